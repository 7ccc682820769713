"""Slices of texts, ``email[1:2]``: a few signs of a text, where a list would give whole elements.

Of the dialects only DuckDB slices texts as it slices lists. A slice counts as a piece of a text
where the SQL, a declared type or the catalog says that it is one; else it may be of a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.cuts import MOST_SHOWN, finds_at, is_few, is_near_end, is_of, whole_number

if TYPE_CHECKING:
    from headwater.sql.flow import Flow

SLICES_TEXT = frozenset(("duckdb",))
_SLICES = frozenset(("list_slice", "array_slice"))
_ELEMENTS = frozenset(("array_extract", "list_element", "list_extract"))
_TEXTS = (
    exp.Concat, exp.ConcatWs, exp.Hex, exp.Initcap, exp.Left, exp.Lower, exp.Pad, exp.RegexpExtract,
    exp.RegexpReplace, exp.Repeat, exp.Replace, exp.Reverse, exp.Right, exp.SplitPart,
    exp.Substring, exp.Translate, exp.Trim, exp.Upper,
)  # fmt: skip
_TEXT_METHODS = frozenset(
    """concat left lower lpad ltrim regexp_extract regexp_replace repeat replace reverse right rpad
    rtrim split_part string_agg substr substring translate trim upper""".split()
)


def is_slice(node: exp.Expr, name: str) -> bool:
    """Whether a call by name slices, or takes an element."""
    return isinstance(node, exp.ArraySlice) or name in _SLICES or name in _ELEMENTS


def is_small_slice(flow: Flow, node: exp.Expr) -> bool:
    """Whether a slice is of a text, and leaves few signs of it, or its domain."""
    if flow.walk.context.dialect not in SLICES_TEXT:
        return False
    value, start, end = _bounds(node)
    if value is None or not (start is None or is_of(start, value)):
        return False
    return _is_small(start, end) and _is_text(flow, value, (start, end))


def _bounds(node: exp.Expr) -> tuple[exp.Expr | None, exp.Expr | None, exp.Expr | None]:
    """What is sliced, and the first and the last place that is shown."""
    if isinstance(node, exp.Bracket):
        inside = node.expressions[0] if len(node.expressions) == 1 else None
        if isinstance(inside, exp.Slice):
            is_stepped = inside.args.get("step") is not None
            return None if is_stepped else node.this, inside.this, inside.expression
        return (node.this, inside, inside) if whole_number(inside) is not None else (None,) * 3
    if isinstance(node, exp.ArraySlice):
        return node.this, node.args.get("start"), node.args.get("end")
    given = [*node.expressions, None, None, None][:3]
    is_element = str(node.this).lower() in _ELEMENTS
    return given[0], given[1], given[1] if is_element else given[2]


def _is_small(start: exp.Expr | None, end: exp.Expr | None) -> bool:
    first, last = whole_number(start), whole_number(end)
    if first is not None and last is not None:
        return (first < 0) == (last < 0) and last - first < MOST_SHOWN
    if start is None:
        return is_few(end)
    if end is None:
        return (first is not None and -MOST_SHOWN <= first < 0) or (
            is_near_end(start) or (finds_at(start) and not isinstance(start, exp.Sub))
        )
    return False


def _is_text(flow: Flow, value: exp.Expr, bounds: tuple[exp.Expr | None, ...] = ()) -> bool:
    node = value.unnest()
    if isinstance(node, exp.Column) and _is_text_column(flow, node):
        return True
    if any(b is not None and _looks_for(b, node) for b in bounds):
        return True
    if isinstance(node, (exp.Cast, exp.TryCast)):
        return node.to.this in exp.DataType.TEXT_TYPES
    if isinstance(node, (exp.DPipe, exp.Coalesce, exp.Nullif, exp.Bracket)):
        parts = [node.this, node.args.get("expression"), *node.expressions]
        if isinstance(node, exp.Bracket):
            parts = parts[:1] if isinstance(node.expressions[0], exp.Slice) else []
        return any(isinstance(p, exp.Expr) and _is_text(flow, p) for p in parts)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous):
        return str(node.expression.this).lower() in _TEXT_METHODS
    return isinstance(node, _TEXTS) or (isinstance(node, exp.Literal) and node.is_string)


def _looks_for(place: exp.Expr, value: exp.Expr) -> bool:
    """``strpos(x, '@')``: who looks for a text in ``x`` has a text."""
    return any(each.this.unnest() == value for each in place.find_all(exp.StrPosition))


def _is_text_column(flow: Flow, node: exp.Expr) -> bool:
    """A column that is, unchanged, one of a relation that says that it is text."""
    texts, walk = flow.walk.index.texts, flow.walk
    if not texts or flow.shadow:
        return False
    col = walk.value(flow.scope, node)
    refs = [(walk.sources.refs[source], found) for source, found in col.direct.items()]
    return bool(refs) and all(
        found[0] == 0 and not found[1] and (ref.column or "").lower() in texts.get(ref.node, ())
        for ref, found in refs
    )
