"""DuckDB's ``COLUMNS(...)``: the columns meant by a regex, a star, a list or a lambda."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import GapReason
from headwater.sql.flows import Col
from headwater.sql.scope import Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

Test = Callable[[str], bool]


def matching(walk: Walk, scope: Scope, node: exp.Expr) -> Iterator[tuple[str, Col]]:
    """Name and flows of each column that ``COLUMNS(...)`` means, in the order of the star."""
    inner = node.this
    qualifier: tuple[str, ...] = ()
    if isinstance(inner, exp.Column) and isinstance(inner.this, exp.Star):
        qualifier = (inner.table,)
        inner = inner.this
    test = _test_of(inner)
    if test is None:
        walk.gap(GapReason.DYNAMIC_COLUMNS, node.sql(dialect=walk.context.dialect or None))
    for name, col, rel in scope.star(qualifier):
        if col is not None:
            if test is None or test(name):
                yield name, col
        elif isinstance(inner, exp.Star):
            yield name, rel.star()
        else:
            walk.gap(GapReason.DYNAMIC_COLUMNS, "columns(...) over unknown columns")


def renamed(node: exp.Expr, alias: str, name: str) -> str:
    """The output name of ``columns('(.*)_id') as '\\1_key'`` for one matching column."""
    pattern = node.this
    if "\\" not in alias or not isinstance(pattern, exp.Literal):
        return alias
    found = re.search(pattern.name, name)
    return found.expand(alias.replace("\\0", "\\g<0>")) if found else name


def _test_of(node: exp.Expr) -> Test | None:
    """The test a column's name must pass; ``None`` when it cannot be told from the SQL alone."""
    if isinstance(node, exp.Star):
        left_out = {e.name.lower() for e in node.args.get("except_") or ()}
        return lambda name: name.lower() not in left_out
    if isinstance(node, exp.Literal):
        pattern = re.compile(node.name)
        return lambda name: pattern.search(name) is not None
    listed = node.expressions if isinstance(node, exp.Array) else [node]
    if len(listed) == 1 and isinstance(listed[0], exp.Comprehension):
        condition, variable = listed[0].args.get("condition"), listed[0].args.get("expression")
        if condition is None or variable is None:
            return (lambda name: True) if condition is None else None
        return name_condition(condition, variable.name)
    if isinstance(node, exp.Array):
        wanted = {e.name.lower() for e in node.expressions}
        return lambda name: name.lower() in wanted
    if isinstance(node, exp.Lambda) and len(node.expressions) == 1:
        return name_condition(node.this, node.expressions[0].name)
    return None


def name_condition(node: exp.Expr, variable: str) -> Test | None:
    """A condition over one name as a test of it; ``None`` when it says more than we can tell."""
    if isinstance(node, exp.Paren):
        return name_condition(node.this, variable)
    if isinstance(node, exp.Not):
        inner = name_condition(node.this, variable)
        return None if inner is None else lambda name: not inner(name)
    if isinstance(node, (exp.And, exp.Or)):
        left, right = name_condition(node.this, variable), name_condition(node.expression, variable)
        if left is None or right is None:
            return None
        if isinstance(node, exp.And):
            return lambda name: left(name) and right(name)
        return lambda name: left(name) or right(name)
    return _comparison(node, variable)


def _comparison(node: exp.Expr, variable: str) -> Test | None:
    escape = None
    if isinstance(node, exp.Escape):
        escape, node = node.expression.name, node.this
    if node.args.get("negate"):
        positive = node.copy()
        positive.set("negate", False)
        inner = _comparison(positive, variable)
        return None if inner is None else lambda name: not inner(name)
    if getattr(node.this, "name", None) != variable:
        return None
    if isinstance(node, exp.In):
        wanted = {e.name for e in node.expressions if isinstance(e, exp.Literal)}
        return (lambda name: name in wanted) if len(wanted) == len(node.expressions) else None
    value = node.args.get("expression")
    if not isinstance(value, exp.Literal):
        return None
    text = value.name
    if isinstance(node, exp.EQ):
        return lambda name: name == text
    if isinstance(node, exp.NEQ):
        return lambda name: name != text
    if isinstance(node, (exp.Like, exp.ILike)):
        return like(text, escape, ignore_case=isinstance(node, exp.ILike))
    if isinstance(node, (exp.SimilarTo, exp.RegexpLike)):
        return lambda name: re.fullmatch(text, name) is not None
    if isinstance(node, exp.Glob):
        return lambda name: fnmatch.fnmatchcase(name, text)
    if isinstance(node, exp.StartsWith):
        return lambda name: name.startswith(text)
    return None


def like(pattern: str, escape: str | None = None, *, ignore_case: bool = False) -> Test:
    """A ``LIKE`` pattern as a test of a whole name."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == escape and at + 1 < len(pattern):
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append({"%": ".*", "_": "."}.get(char) or re.escape(char))
        at += 1
    regex = re.compile("".join(out), re.IGNORECASE if ignore_case else 0)
    return lambda name: regex.fullmatch(name) is not None
