"""Calls that leave a part of a value with some arguments only: ``left(x, 3)``, not ``left(x, 99)``.

A rule is a function of the call that says whether a part is left. What cannot be read off literals
leaves everything. Patterns are tried on samples of what people keep in such columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress

from sqlglot import exp

from headwater.sql.cuts import (
    MOST_SHOWN,
    SPLITS,
    argument,
    finds_at,
    is_few,
    is_near_end,
    is_of,
    literal_text,
    whole_number,
)

MOST_NETWORK = 24  #: bits of an address that name a network and not a machine
MOST_LEFT = 0.7  #: of letters and digits that a replacement may leave
_SAMPLES = {
    "mail": ("anna.lee@example.com",),
    "phone|mobile|tel|fax|cell": ("+44 20 7946 0958", "+442079460958"),
    "card|pan|cc_": ("4111111111111111", "4111 1111 1111 1111"),
    "iban|account": ("GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"),
    r"\bip|_ip|ip_": ("192.168.10.77",),
    "birth|dob": ("1985-04-12",),
    "ssn|social|tax|national|passport": ("123-45-6789", "123456789"),
    "name|customer|person": ("Anna Maria Lee",),
    "street|address": ("Hauptstrasse 12",),
}
_MASK_CHARACTER = re.compile(r"[*#•█xX_?]|redact|mask|hidden|remove|anonym", re.IGNORECASE)
_REFERENCE = re.compile(r"\\+g?<?\d>?|\$\{?\d\}?")
_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "space": r"\s", "upper": "A-Z",
    "lower": "a-z", "punct": r"!-/:-@\[-`{-~", "word": r"\w",
}  # fmt: skip
_COARSE_UNITS = frozenset(
    """year years yyyy yy quarter quarters q month months mm mon decade century millennium
    isoyear""".split()
)
_FINE_PARTS = frozenset("epoch epoch_second epoch_millisecond julian date time".split())
_COARSE_FORMAT = re.compile(r"(?:%[YymBbGgq]|[^%\w])+|(?:[Yy]{2,4}|[Mm]{2,4}|Q|q|[^\w])+")


def _left(node: exp.Expr) -> bool:
    return is_few(argument(node, "expression", 1))


def _right(node: exp.Expr) -> bool:
    count = argument(node, "expression", 1)
    return is_few(count) or finds_at(count)


def _substring(node: exp.Expr) -> bool:
    start, length = argument(node, "start", 1), argument(node, "length", 2)
    if start is not None and not is_of(start, argument(node, "this", 0)):
        return False  # place after place, with a series of numbers
    if length is not None:
        return is_few(length) or (finds_at(start) and not isinstance(start, exp.Sub))
    number = whole_number(start)
    if number is not None:
        return -MOST_SHOWN <= number < 0
    pattern = literal_text(start)
    if pattern is not None:
        return _extracts_little(node, pattern)
    return is_near_end(start) or finds_at(start)


def _split(node: exp.Expr) -> bool:
    """The domain of an address."""
    place = argument(node, "part_index", 2) or node.args.get("count")
    number = whole_number(place)
    delimiter = literal_text(argument(node, "delimiter", 1))
    turned = isinstance(argument(node, "this", 0), exp.Reverse)  # the domain comes first
    if delimiter != "@" or number is None:
        return False
    return number == 1 if turned else number >= 2 or number == -1


def is_part(node: exp.Expr, counts_from: int) -> bool:
    """``split(email, '@')[1]``, ``(regexp_match(email, '@(.*)'))[1]``.

    ``counts_from`` is the first place of an array in the dialect, which sqlglot takes off a place
    unless it keeps it as ``offset``.
    """
    inner = node.this.unnest() if isinstance(node.this, exp.Expr) else None
    if not isinstance(node, exp.Bracket):
        return False
    if isinstance(inner, exp.Anonymous) and str(inner.this).lower() == "regexp_match":
        return _regexp_extract(inner)
    if not isinstance(inner, SPLITS) or literal_text(inner.args.get("expression")) != "@":
        return False
    place = whole_number(node.expressions[0]) if len(node.expressions) == 1 else None
    kept = node.args.get("offset")
    last = -1 if kept is not None else -1 - counts_from
    return place is not None and (place > (kept or 0) or place == last)


def _samples(node: exp.Expr) -> list[str]:
    """Samples of what the argument holds, by the names of its columns; all, if they say nothing."""
    names = " ".join(c.name.lower() for c in node.find_all(exp.Column))
    for words, samples in _SAMPLES.items():
        if re.search(words, names):
            return [*samples]
    return [sample for samples in _SAMPLES.values() for sample in samples]


def _regex(pattern: str, modifiers: str = "") -> re.Pattern[str] | None:
    """A pattern of SQL as one of Python; ``None`` when it cannot be read."""
    for name, inside in _CLASSES.items():
        pattern = pattern.replace(f"[:{name}:]", inside)
    pattern = re.sub(r"\\[mM<>yY]", r"\\b", pattern)
    with suppress(re.error, RecursionError, OverflowError):
        return re.compile(pattern, re.IGNORECASE if "i" in modifiers else 0)
    return None


def _signs(text: str) -> int:
    return sum(each.isalnum() for each in text)


def _extracts_little(node: exp.Expr, pattern: str, group: int | None = None) -> bool:
    found = _regex(pattern)
    if found is None:
        return False
    group = min(found.groups, 1) if group is None else group
    if group > found.groups:
        return False
    pieces = [(m[group] or "", s) for s in _samples(node) for m in [found.search(s)] if m]
    return bool(pieces) and all(_is_little(piece, sample) for piece, sample in pieces)


def _is_little(piece: str, sample: str) -> bool:
    """Whether a piece of a value is a few signs, or the domain of an address."""
    return _signs(piece) <= MOST_SHOWN or piece.lstrip("@") == sample.partition("@")[2]


def _regexp_extract(node: exp.Expr) -> bool:
    pattern = literal_text(argument(node, "expression", 1))
    if pattern is None:
        return False
    group = whole_number(node.args.get("group")) if not isinstance(node, exp.Anonymous) else None
    return _extracts_little(node, pattern, group)


def _covers(before: Iterable[str], change: Callable[[str], str]) -> bool:
    """Whether a change takes enough of the letters and digits away, where it changes any."""
    found = [(_signs(text), _signs(_MASK_CHARACTER.sub("", change(text)))) for text in before]
    return any(after <= MOST_LEFT * signs for signs, after in found)


def _regexp_replace(node: exp.Expr) -> bool:
    return masks_by_pattern(node, bool(node.args.get("single_replace")))


def masks_by_pattern(node: exp.Expr, only_first: bool) -> bool:
    """Whether a replacement puts visible signs in the place of enough of the value."""
    pattern, by = (
        literal_text(argument(node, k, p)) for k, p in (("expression", 1), ("replacement", 2))
    )
    if pattern is None or by is None:
        return False
    modifiers = literal_text(argument(node, "modifiers", 3)) or ""
    once = only_first and "g" not in modifiers
    found = _regex(pattern, modifiers)
    if found is None:
        return False
    sign = "*" if _MASK_CHARACTER.search(_REFERENCE.sub("", by)) else ""

    def replaced(match: re.Match[str]) -> str:
        return "".join(_referred(match, each[0]) for each in _REFERENCE.finditer(by)) + sign

    def changed(text: str) -> str:
        return found.sub(replaced, text, count=int(once))

    if sign:
        return _covers(_samples(node), changed)
    if _REFERENCE.sub("", by):
        return False  # something else stands in its place, perhaps a code
    return all(found.search(text) and _is_little(changed(text), text) for text in _samples(node))


def _referred(match: re.Match[str], reference: str) -> str:
    number = int("".join(c for c in reference if c.isdigit()))
    return (match[number] or "") if number <= (match.re.groups or 0) else ""


def _translate(node: exp.Expr) -> bool:
    source, target = literal_text(argument(node, "from_", 1)), literal_text(argument(node, "to", 2))
    if not source or not target or _MASK_CHARACTER.sub("", target):
        return False
    table = {ord(each): "*" for each in source}
    return _covers(_samples(node), lambda text: text.translate(table))


def _overlay(node: exp.Expr) -> bool:
    by = argument(node, "expression", 3)
    if isinstance(by, exp.Repeat):
        times = whole_number(by.args.get("times"))
        sign = literal_text(by.this) or ""
        is_mask = _MASK_CHARACTER.fullmatch(sign) is not None
        return is_mask and (times is None or times > MOST_SHOWN // 2)
    text = literal_text(by)
    return text is not None and len(_MASK_CHARACTER.findall(text)) > MOST_SHOWN // 2


def _mask(node: exp.Expr) -> bool:
    """Databricks' ``mask(x, upper, lower, digit, other)``: NULL leaves the signs as they are."""
    return not any(isinstance(each, exp.Null) for each in node.expressions[1:4])


def _ends_shown(node: exp.Expr) -> bool:
    """MySQL's ``mask_inner(x, left, right)``, Hive's ``mask_show_first_n(x, n)``."""
    return all(is_few(each) for each in node.expressions[1:3])


def _ends_masked(node: exp.Expr) -> bool:
    """MySQL's ``mask_outer(x, left, right)``, Hive's ``mask_first_n(x, n)``."""
    given = [whole_number(each) for each in node.expressions[1:3]] or [4]
    return _covers(_samples(node), lambda text: text[sum(each or 0 for each in given) :])


def _trunc(node: exp.Expr) -> bool:
    unit = argument(node, "unit", 0)
    return unit is not None and str(unit.name).lower() in _COARSE_UNITS


def _extract(node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous):
        return _regexp_extract(node)  # ClickHouse's ``extract(x, 'pattern')``
    part = node.this
    return isinstance(part, exp.Expr) and str(part.name).lower() not in _FINE_PARTS


def _named_part(node: exp.Expr) -> bool:
    part = literal_text(argument(node, "this", 0))
    return part is not None and part.lower() not in _FINE_PARTS


def _format(node: exp.Expr) -> bool:
    text = literal_text(argument(node, "format", 1))
    return text is not None and _COARSE_FORMAT.fullmatch(text) is not None


def _named_difference(node: exp.Expr) -> bool:
    """``datesub('year', a, b)``, ``age('year', a, b)``."""
    unit = literal_text(argument(node, "unit", 0))
    return unit is not None and unit.lower() in _COARSE_UNITS and len(node.expressions) == 3


def _difference(node: exp.Expr) -> bool:
    unit = node.args.get("unit")
    return isinstance(unit, exp.Expr) and str(unit.name).lower() in _COARSE_UNITS


def _floor(node: exp.Expr) -> bool:
    """``floor(age / 10)``: bands of ten."""
    inner = node.this.unnest() if isinstance(node.this, exp.Expr) else None
    by = whole_number(inner.expression) if isinstance(inner, (exp.Div, exp.IntDiv)) else None
    return by is not None and by >= 5


def _round(node: exp.Expr) -> bool:
    """Tens and more; of a coordinate at most two places, which is about a kilometre."""
    places = whole_number(node.args.get("decimals"))
    if places is None:
        return False
    names = " ".join(c.name.lower() for c in node.find_all(exp.Column))
    return places < 0 or (places <= 2 and re.search(r"lat|lon|lng|geo", names) is not None)


def _network(node: exp.Expr) -> bool:
    """``network(set_masklen(ip, 24))``: the host's part of an address is gone."""
    inner = argument(node, "this", 0)
    if not isinstance(inner, exp.Anonymous) or str(inner.this).lower() != "set_masklen":
        return False
    return _is_network(argument(inner, "expression", 1))


def _ip_trunc(node: exp.Expr) -> bool:
    return _is_network(argument(node, "expression", 1))


def _is_network(length: exp.Expr | None) -> bool:
    bits = whole_number(length)
    return bits is not None and 0 <= bits <= MOST_NETWORK


def is_named_uuid(node: exp.Expr) -> bool:
    """``uuid_string(namespace, value)``: a hash in the form of a UUID."""
    return node.args.get("name") is not None


Rule = Callable[[exp.Expr], bool]
#: Class name or name of a call, in lower case -> its rule.
PARTLY: dict[str, Rule] = {
    **dict.fromkeys(("left", "strleft", "leftutf8"), _left),
    **dict.fromkeys(("right", "strright", "rightutf8"), _right),
    **dict.fromkeys(("substring", "substr", "mid", "substringutf8", "substrb"), _substring),
    **dict.fromkeys(("splitpart", "substringindex", "split_part", "substring_index"), _split),
    **dict.fromkeys(
        ("regexpextract", "regexpsubstr", "regexp_substr", "regexp_extract", "regextract"),
        _regexp_extract,
    ),
    **dict.fromkeys(
        ("regexpreplace", "regexp_replace", "replaceregexpall", "regexp_replace_all"),
        _regexp_replace,
    ),
    **dict.fromkeys(("translate", "translatecharacters"), _translate),
    **dict.fromkeys(("overlay", "stuff", "insert"), _overlay),
    **dict.fromkeys(
        ("timestamptrunc", "datetimetrunc", "datetrunc", "timetrunc", "date_trunc"), _trunc
    ),
    "extract": _extract,
    **dict.fromkeys(("date_part", "datepart"), _named_part),
    **dict.fromkeys(("timetostr", "tochar", "to_char", "date_format", "format_date"), _format),
    **dict.fromkeys(("datediff", "timestampdiff", "datetimediff", "tsordsdiff"), _difference),
    **dict.fromkeys(("datesub", "date_sub", "age"), _named_difference),
    "mask": _mask,
    **dict.fromkeys(("mask_inner", "mask_show_first_n", "mask_show_last_n"), _ends_shown),
    **dict.fromkeys(("mask_outer", "mask_first_n", "mask_last_n"), _ends_masked),
    "network": _network,
    "ip_trunc": _ip_trunc,
    "floor": _floor,
    "round": _round,
}
