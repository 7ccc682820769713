"""Places and pieces of a text in an expression: where a cut begins, how much of it is few."""

from __future__ import annotations

from contextlib import suppress

from sqlglot import exp

MOST_SHOWN = 6  #: characters that a mask may keep in one piece
SPLITS = (exp.Split, exp.RegexpSplit, exp.StringToArray)
_SPLITTERS = frozenset("splitbychar extractall regexp_split_to_array str_split chars".split())
#: What a place in a value is computed with: nothing that goes on from place to place by itself.
_PLACES = (
    exp.Literal, exp.Neg, exp.Paren, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Length,
    exp.StrPosition, exp.RegexpInstr, exp.Greatest, exp.Least, exp.Coalesce, exp.Nullif, exp.Cast,
    exp.DataType, exp.Lower, exp.Upper, exp.Trim, exp.Ceil, exp.Floor, exp.Reverse,
)  # fmt: skip


def argument(node: exp.Expr, key: str, place: int) -> exp.Expr | None:
    """An argument by its key, or by its place in a call that sqlglot keeps by name."""
    if isinstance(node, exp.Anonymous):
        found = node.expressions
        return found[place] if place < len(found) else None
    value = node.args.get(key)
    return value if isinstance(value, exp.Expr) else None


def whole_number(node: exp.Expr | None) -> int | None:
    """A literal whole number."""
    if isinstance(node, exp.Paren):
        return whole_number(node.this)
    if isinstance(node, exp.Neg):
        inner = whole_number(node.this)
        return None if inner is None else -inner
    if isinstance(node, exp.Literal) and not node.is_string:
        with suppress(ValueError):
            return int(node.this)
    return None


def literal_text(node: exp.Expr | None) -> str | None:
    """A literal text."""
    if isinstance(node, exp.Literal) and node.is_string:
        return str(node.this)
    return str(node.this) if isinstance(node, (exp.RawString, exp.National)) else None


def is_few(node: exp.Expr | None) -> bool:
    """A literal count of few characters; a negative one means "all but so many" somewhere."""
    number = whole_number(node)
    return number is not None and 0 <= number <= MOST_SHOWN


def finds_at(node: exp.Expr | None) -> bool:
    """Whether a position is that of the ``@``."""
    found = node.find_all(exp.StrPosition) if node is not None else ()
    return any(literal_text(each.args.get("substr")) == "@" for each in found)


def is_near_end(node: exp.Expr | None) -> bool:
    """``length(x) - 3``, ``length(x) - 3 + 1``."""
    inner = node.unnest() if node is not None else None
    if isinstance(inner, exp.Add) and whole_number(inner.expression) == 1:
        inner = inner.this.unnest()
    is_length = isinstance(inner, exp.Sub) and isinstance(inner.this.unnest(), exp.Length)
    return is_length and inner is not None and is_few(inner.expression)


def is_of(place: exp.Expr, value: exp.Expr | None) -> bool:
    """Whether a place in a value depends on nothing but the value."""
    owned = {c.sql().lower() for c in value.find_all(exp.Column)} if value is not None else set()
    for node in place.walk(prune=lambda n: isinstance(n, exp.Column)):
        is_own = isinstance(node, exp.Column) and node.sql().lower() in owned
        if not is_own and not isinstance(node, _PLACES):
            return False
    return True


def are_letters(node: exp.Expr) -> bool:
    """``string_split(x, '')``, ``regexp_extract_all(x, '.')``: all signs of a value, one by one."""
    name = str(node.this).lower() if isinstance(node, exp.Anonymous) else ""
    if isinstance(node, (*SPLITS, exp.RegexpExtractAll)) or name in _SPLITTERS:
        given = node.expressions if name else [node.args.get("expression")]
        return any(isinstance(each, exp.Null) or _is_any_sign(each) for each in given)
    return name == "ngrams"


def _is_any_sign(by: exp.Expr | None) -> bool:
    return literal_text(by) in ("", ".", "(.)")
