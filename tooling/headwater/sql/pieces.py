"""Values that one expression takes apart and puts together: each piece a part, all the whole.

``make_date(year(d), month(d), day(d))``, ``left(p, 4) || substr(p, 5, 4)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from headwater.core.edges import EdgeFlag
from headwater.sql.cuts import MOST_SHOWN
from headwater.sql.flow import Flow
from headwater.sql.masks import MARK, PART, PSEUDONYM

_MARKED = int(EdgeFlag.MARKED)
#: What a part of a date is called -> of what it is a part.
_UNITS = {
    **dict.fromkeys("year years yyyy yy isoyear yearofweek yearofweekiso".split(), "year"),
    **dict.fromkeys(("month", "months", "mm", "mon"), "month"),
    **dict.fromkeys(("day", "days", "dd", "dayofmonth"), "day"),
    **dict.fromkeys(("doy", "dayofyear"), "day of year"),
    **dict.fromkeys(("week", "weekofyear", "isoweek"), "week"),
    **dict.fromkeys(("dow", "isodow", "dayofweek", "dayofweekiso", "weekday"), "day of week"),
}  # fmt: skip
_WHOLE_DATES = ({"year", "month", "day"}, {"year", "day of year"}, {"year", "week", "day of week"})
_IN_FORMATS = (
    (re.compile(r"%[YyG]|[Yy]{2}"), "year"),
    (re.compile(r"%[mbB]|MM|Mon|MON"), "month"),
    (re.compile(r"%[deF]|(?<!D)DD(?!D)|dd"), "day"),
    (re.compile(r"%j|DDD"), "day of year"),
)
_TRUNCATED = (exp.DateTrunc, exp.DatetimeTrunc, exp.TimestampTrunc)
#: What hands no piece on: conditions, hashes, counts, other queries.
_HANDS_ON_NOTHING = (
    exp.Predicate, exp.Subquery, exp.AggFunc, exp.MD5, exp.MD5Digest, exp.SHA, exp.SHA2,
)  # fmt: skip


def let_go_of_pieces(flow: Flow, node: exp.Expr) -> None:
    """Take what says "a part is left" off the flows of an expression that has all the pieces."""
    parts = [s for s, f in flow.direct.items() if f[1] & (PSEUDONYM | _MARKED) == PART]
    if parts and _has_all_pieces(node):
        for source in parts:
            effect, flags, start, end = flow.direct[source]
            flow.direct[source] = (effect, flags & ~PART, start, end)


def _has_all_pieces(node: exp.Expr) -> bool:
    units: dict[str, set[str]] = {}
    texts: dict[str, list[tuple[int, int]]] = {}
    for call in node.walk(prune=_ends):
        some = _units(call)
        if some:
            units.setdefault(_date_of(call), set()).update(some)
        elif isinstance(call, (exp.Left, exp.Substring, exp.Bracket)):
            texts.setdefault(call.this.sql().lower(), []).extend(_range(call))
    return any(whole <= found for found in units.values() for whole in _WHOLE_DATES) or any(
        _longest(ranges) > MOST_SHOWN for ranges in texts.values()
    )


def _date_of(call: exp.Expr) -> str:
    value = call.expression if isinstance(call, exp.Extract) else call.this
    value = call.expressions[-1] if isinstance(call, exp.Anonymous) else value
    while isinstance(value, (exp.Cast, exp.Paren, exp.TsOrDsToDate)):
        value = value.this
    return str(value.sql()).lower()


def _ends(node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous) and str(node.this).startswith(MARK):
        return True
    around = node.parent
    is_condition = isinstance(around, exp.If) and around.this is node
    return is_condition or isinstance(node, _HANDS_ON_NOTHING)


def _units(node: exp.Expr) -> set[str]:
    """The units of a date that a call keeps."""
    if isinstance(node, _TRUNCATED) or (
        isinstance(node, exp.LastDay) and not node.args.get("unit")
    ):
        unit = node.args.get("unit")
        name = _UNITS.get(str(unit.name).lower()) if isinstance(unit, exp.Expr) else "month"
        return {"year": {"year"}, "month": {"year", "month"}}.get(name or "", set())
    if isinstance(node, (exp.TimeToStr, exp.ToChar)):
        form = node.args.get("format")
        text = str(form.this) if isinstance(form, exp.Literal) else ""
        return {unit for pattern, unit in _IN_FORMATS if pattern.search(text)}
    unit_of = _unit(node)
    return set() if unit_of is None else {unit_of}


def _unit(node: exp.Expr) -> str | None:
    """The unit that a call takes out of a date; ``None`` for other calls."""
    if isinstance(node, exp.Extract):
        return _UNITS.get(str(node.this.name).lower())
    if isinstance(node, exp.Anonymous):
        name, given = str(node.this).lower(), node.expressions
        if name in ("date_part", "datepart") and len(given) == 2:
            return _UNITS.get(str(given[0].name).lower())
        return _UNITS.get(name) if len(given) == 1 else None
    return _UNITS.get(node.key) if isinstance(node, exp.Func) and node.this is not None else None


def _range(call: exp.Expr) -> Iterator[tuple[int, int]]:
    """The first and the last place that a call shows, if both are literals."""
    if isinstance(call, exp.Bracket):
        yield from (place for each in call.expressions[:1] for place in _sliced(each))
        return
    start = exp.Literal.number(1) if isinstance(call, exp.Left) else call.args.get("start")
    length = call.expression if isinstance(call, exp.Left) else call.args.get("length")
    if isinstance(start, exp.Literal) and isinstance(length, exp.Literal):
        first, count = str(start.this), str(length.this)
        if first.isdigit() and count.isdigit():
            yield int(first), int(first) + int(count) - 1


def _sliced(inside: exp.Expr) -> Iterator[tuple[int, int]]:
    """The places of ``[1:3]``; of an element ``[1]``, too, which sqlglot counts from 0."""
    if isinstance(inside, exp.Slice):
        first, last = inside.this or exp.Literal.number(1), inside.expression
    else:
        first = last = inside
    bounds = [str(each.this) for each in (first, last) if isinstance(each, exp.Literal)]
    if len(bounds) == 2 and all(each.isdigit() for each in bounds):
        more = int(not isinstance(inside, exp.Slice))
        yield int(bounds[0]) + more, int(bounds[1]) + more


def _longest(ranges: list[tuple[int, int]]) -> int:
    """How many characters stand in one piece."""
    longest, begin, reached = 0, 0, -1
    for first, last in sorted(ranges):
        begin = begin if first <= reached + 1 else first
        reached = max(reached, last)
        longest = max(longest, reached - begin + 1)
    return longest
