"""A counter-example made small: drop what can be dropped while it still shows the same fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

Fault = Callable[[str], bool]  #: whether this SQL still shows the fault

_OPTIONAL = (
    "with_ with where having qualify order limit offset distinct windows group filter alias".split()
)
_LISTS = ("joins", "expressions", "laterals", "ifs", "pivots", "windows", "partition_by")


def shrink(sql: str, shows: Fault, *, seconds: float = 60.0) -> str:
    """The smallest SQL found in the time given that still shows the fault.

    *Raises* nothing: SQL that does not survive a round trip comes back as it was.
    """
    end = time.monotonic() + seconds
    try:
        best = sqlglot.parse_one(sql, dialect="duckdb").sql("duckdb")
    except sqlglot.errors.SqlglotError:
        return sql
    if best != sql and not shows(best):
        return sql
    improved = True
    while improved and time.monotonic() < end:
        improved = False
        for smaller in _smaller(best):
            if time.monotonic() > end:
                break
            if shows(smaller):
                best, improved = smaller, True
                break
    return best


def _smaller(sql: str) -> Iterator[str]:
    """Texts with one thing less, the most promising first; each shorter than ``sql``."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    count = sum(1 for _ in tree.bfs())
    seen = {sql}
    for edit in (_keep_only, _drop_optional, _drop_item, _replace_by_child, _replace_by_constant):
        for at in range(count):
            for change in range(12):
                text = _edited(tree, at, change, edit)
                if text is None:
                    break
                if text and text not in seen and len(text) < len(sql):
                    seen.add(text)
                    yield text


Edit = Callable[[exp.Expression, int], "exp.Expression | bool | None"]


def _edited(tree: exp.Expression, at: int, change: int, edit: Edit) -> str | None:
    """The text after the edit at the ``at``-th node; None when there is no such change."""
    copy = tree.copy()
    node = next((n for place, n in enumerate(copy.bfs()) if place == at), None)
    if node is None:
        return None
    result = edit(node, change)
    if result is None or result is False:
        return None
    root = result if isinstance(result, exp.Expression) else copy
    try:
        return root.sql("duckdb")
    except (sqlglot.errors.SqlglotError, ValueError, AttributeError, TypeError):
        return ""


def _keep_only(node: exp.Expression, change: int) -> exp.Expression | None:
    """A query inside becomes the whole."""
    if change or not isinstance(node, exp.Query) or node.parent is None:
        return None
    return node.copy()


def _drop_optional(node: exp.Expression, change: int) -> bool | None:
    present = [name for name in _OPTIONAL if node.args.get(name)]
    if change >= len(present):
        return None
    node.set(present[change], None)
    return True


def _drop_item(node: exp.Expression, change: int) -> bool | None:
    items = [
        (name, item)
        for name in _LISTS
        if isinstance(node.args.get(name), list) and len(node.args[name]) > (name == "expressions")
        for item in node.args[name]
    ]
    if change >= len(items):
        return None
    name, item = items[change]
    node.set(name, [other for other in node.args[name] if other is not item])
    return True


def _replace_by_child(node: exp.Expression, change: int) -> bool | None:
    if node.parent is None or isinstance(node, exp.Identifier | exp.Literal):
        return None
    inner = [child for child in node.bfs() if child is not node and _fits(node, child)]
    if change >= len(inner):
        return None
    node.replace(inner[change].copy())
    return True


def _fits(node: exp.Expression, child: exp.Expression) -> bool:
    """Whether the child could stand in the node's place."""
    if isinstance(node, exp.Query):
        return isinstance(child, exp.Query)
    if isinstance(node, exp.Alias | exp.Table | exp.From | exp.Join | exp.CTE):
        return False
    return isinstance(child, exp.Condition) and not isinstance(child, exp.Identifier)


def _replace_by_constant(node: exp.Expression, change: int) -> bool | None:
    plain = isinstance(node, exp.Condition) and not isinstance(
        node, exp.Literal | exp.Star | exp.Column | exp.Identifier | exp.Null
    )
    if change or not plain or node.parent is None:
        return None
    node.replace(exp.null())
    return True
