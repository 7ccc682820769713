"""Statements: queries, and the DML that hooks and materializations are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect
from headwater.sql.flows import Col, Steer, union
from headwater.sql.relations import Rel
from headwater.sql.scope import Scope
from headwater.sql.tables import offer, read_join

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FILTER, JOIN, CONDITIONAL = int(Effect.FILTER), int(Effect.JOIN), int(Effect.CONDITIONAL)


def read_statement(walk: Walk, statement: exp.Expression) -> Rel | None:
    """The columns a statement returns or writes; ``None`` when it does neither."""
    if isinstance(statement, (exp.Create, exp.Insert)):
        return _written(walk, statement)
    if isinstance(statement, exp.Update):
        return _update(walk, statement)
    if isinstance(statement, exp.Merge):
        return _merge(walk, statement)
    if isinstance(statement, (exp.Query, exp.Values, exp.Paren, exp.Pivot)):
        return walk.query(statement, Scope({}))
    if isinstance(statement, exp.Cache) and statement.expression is not None:
        return walk.query(statement.expression, Scope({}))
    return None


def _written(walk: Walk, statement: exp.Expression) -> Rel | None:
    """``create table/view … as`` and ``insert into … select``, under the target's column list."""
    query = statement.args.get("expression")
    if query is None or not isinstance(query, (exp.Query, exp.Values, exp.Paren)):
        return None
    rel = walk.query(query, walk.with_ctes(statement, Scope({})))
    target = statement.this
    if isinstance(target, exp.Schema):
        columns = [
            walk.spell(c.this if isinstance(c, exp.ColumnDef) else c)
            for c in target.expressions
            if isinstance(c, (exp.Identifier, exp.ColumnDef, exp.Column))
        ]
        if columns and not statement.args.get("by_name"):
            rel = rel.renamed(columns)
    return rel


def _update(walk: Walk, statement: exp.Expression) -> Rel:
    """``update t set a = …``: the assigned columns."""
    scope = walk.with_ctes(statement, Scope({}))
    rows: Steer = {}
    target = statement.this
    offer(walk, target, scope, rows)
    if statement.args.get("from_") is not None:
        source = statement.args["from_"]
        offer(walk, source.this, scope, rows)
        for join in source.args.get("joins") or ():
            read_join(walk, join, scope, rows)
    where: Steer = {}
    if statement.args.get("where") is not None:
        walk.steer(scope, statement.args["where"].this, CONDITIONAL, where)
    rel = Rel([], [], {})
    for name, expression in _assignments(statement.expressions):
        _assign(rel, name, walk.value(scope, expression), where)
    return rel


def _assignments(items: list[exp.Expression]) -> list[tuple[str, exp.Expression]]:
    found: list[tuple[str, exp.Expression]] = []
    for item in items:
        if not isinstance(item, exp.EQ):
            continue
        left, right = item.this, item.expression
        if isinstance(left, exp.Tuple):
            rights = right.expressions if isinstance(right, exp.Tuple) else []
            for position, column in enumerate(left.expressions):
                value = rights[position] if position < len(rights) else right
                found.append((column.name, value))
        else:
            found.append((left.name, right))
    return found


def _assign(rel: Rel, name: str, col: Col, where: Steer) -> None:
    steer = dict(col.steer)
    steer.update({k: v for k, v in where.items() if k not in steer})
    made = Col(col.direct, steer, col.flags)
    at = rel.find(name)
    if at >= 0:
        rel.cols[at] = union([rel.cols[at], made])
    else:
        rel.names.append(name)
        rel.cols.append(made)
        rel.index = None
        rel._folded = None


def _merge(walk: Walk, statement: exp.Expression) -> Rel:
    """``merge``: what each branch writes; the join and the branch conditions steer it."""
    scope = walk.with_ctes(statement, Scope({}))
    rows: Steer = {}
    using = Scope(scope.ctes)
    offer(walk, statement.args["using"], using, rows)
    offer(walk, statement.this, scope, {})
    scope.offers.extend(using.offers)
    walk.steer(scope, statement.args["on"], JOIN, rows)
    rel = Rel([], [], rows)
    whens = statement.args["whens"].expressions if statement.args.get("whens") else []
    for when in whens:
        steer: Steer = {}
        if when.args.get("condition") is not None:
            walk.steer(scope, when.args["condition"], CONDITIONAL, steer)
        then = when.args.get("then")
        if isinstance(then, exp.Update):
            for name, expression in _assignments(then.expressions):
                _assign(rel, name, walk.value(scope, expression), steer)
            if not then.expressions:
                _whole_row(rel, using, steer)
        elif isinstance(then, exp.Insert):
            _merge_insert(walk, rel, then, (scope, using, steer))
        else:
            rows.update({k // 16 * 16 + FILTER: v for k, v in steer.items()})
    return rel


def _merge_insert(
    walk: Walk, rel: Rel, then: exp.Expression, how: tuple[Scope, Scope, Steer]
) -> None:
    scope, using, steer = how
    values = then.args.get("expression")
    columns = then.this.expressions if isinstance(then.this, exp.Tuple) else []
    if isinstance(values, exp.Tuple) and columns:
        for column, value in zip(columns, values.expressions, strict=False):
            _assign(rel, column.name, walk.value(scope, value), steer)
        return
    _whole_row(rel, using, steer)


def _whole_row(rel: Rel, using: Scope, steer: Steer) -> None:
    """``insert *``, ``update set *``, ``insert row``: every column of the source."""
    for name, col, source in using.star():
        if col is None:
            rel.opens.append((source, frozenset()))
        else:
            _assign(rel, name, col, steer)


