"""Statements: queries, and the DML that hooks and materializations are made of."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.edges import Effect
from headwater.sql.clauses import read_clauses
from headwater.sql.flows import EFFECTS, Col, Steer, union
from headwater.sql.projections import read_projections
from headwater.sql.relations import Rel
from headwater.sql.scope import Offer, Scope
from headwater.sql.tables import offer, read_join

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FILTER, JOIN, CONDITIONAL = int(Effect.FILTER), int(Effect.JOIN), int(Effect.CONDITIONAL)


def read_statement(walk: Walk, statement: exp.Expr) -> Rel | None:
    """The columns a statement returns or writes; ``None`` when it does neither."""
    if isinstance(statement, (exp.Create, exp.Insert)):
        return _written(walk, statement)
    if isinstance(statement, exp.Update):
        return _update(walk, statement)
    if isinstance(statement, exp.Merge):
        return _merge(walk, statement)
    if isinstance(statement, (exp.Query, exp.Values, exp.Paren, exp.Pivot)):
        return walk.query(statement, Scope({}))
    if isinstance(statement, exp.MultitableInserts):
        return _many_inserts(walk, statement)
    if isinstance(statement, exp.Command):
        return _command(walk, statement)
    if isinstance(statement, (exp.Copy, exp.Cache)):
        query = statement.find(exp.Query)
        return walk.query(query, Scope({})) if query is not None else None
    return None


def declared_variables(statements: list[exp.Expr]) -> frozenset[str]:
    """The script variables that the statements declare; such a name is no column."""
    names: set[str] = set()
    for statement in statements:
        for item in statement.find_all(exp.DeclareItem) if statement.key == "declare" else ():
            found = item.this if isinstance(item.this, list) else [item.this]
            names |= {n.name.lower() for n in found}
    return frozenset(names)


_QUERY = re.compile(r"\b(?:select|with)\b", re.IGNORECASE)
_DATA = re.compile(r"\bwith\s+(?:no\s+)?data\s*$", re.IGNORECASE)


def _command(walk: Walk, statement: exp.Expr) -> Rel | None:
    """A statement that sqlglot leaves as text (``explain …``, ``replace into …``): its query."""
    text = _DATA.sub("", str(statement.args["expression"]).rstrip("; \n"))
    text = statement.expression.name if isinstance(statement.expression, exp.Literal) else text
    found = _QUERY.search(text)
    if found is None:
        return None
    with suppress(SqlglotError):
        query = sqlglot.parse_one(text[found.start() :], dialect=walk.context.dialect or None)
        if isinstance(query, exp.Query):
            return walk.query(query, Scope({}))
    return None


def _many_inserts(walk: Walk, statement: exp.Expr) -> Rel:
    """One source, several targets (Hive's ``from … insert``, Snowflake's ``insert all``)."""
    scope = Scope({})
    rows: Steer = {}
    offer(walk, _as_item(statement.args["source"]), scope, rows)
    out = Rel([], [], rows)
    for branch in statement.expressions:
        insert = branch.this if isinstance(branch, exp.ConditionalInsert) else branch
        steer: Steer = {}
        condition = branch.args.get("expression") if insert is not branch else None
        if condition is not None:
            walk.steer(scope, condition, CONDITIONAL, steer)
        for name, col in _branch(walk, insert, scope):
            _assign(out, name, col, steer)
    return out


def _branch(walk: Walk, insert: exp.Expr, scope: Scope) -> list[tuple[str, Col]]:
    body = insert.args.get("expression")
    names = [c.name for c in getattr(insert.this, "expressions", []) or []]
    inner = Scope(scope.ctes, scope.parent, scope.offers)
    if isinstance(body, exp.Select):
        rel = read_projections(walk, body, inner, {})
        read_clauses(walk, body, inner, rel)
        for col in rel.cols:
            col.steer = {
                **{k // EFFECTS * EFFECTS + CONDITIONAL: v for k, v in rel.rows.items()},
                **col.steer,
            }
        return list(zip(names or rel.names, rel.cols, strict=False))
    if isinstance(body, exp.Values) and body.expressions:
        values = [walk.value(inner, e) for e in body.expressions[0].expressions]
        return list(
            zip(names or [f"column{i + 1}" for i in range(len(values))], values, strict=False)
        )
    return [(n, c) for n, c, _ in inner.star() if c is not None]


def _as_item(query: exp.Expr) -> exp.Expr:
    return query if isinstance(query, (exp.Subquery, exp.Table)) else exp.Subquery(this=query)


def _written(walk: Walk, statement: exp.Expr) -> Rel | None:
    """``create table/view … as`` and ``insert into … select``, under the target's column list."""
    query = statement.args.get("expression")
    if query is None or not isinstance(query, (exp.Query, exp.Values, exp.Paren)):
        return None
    if isinstance(statement.this, exp.UserDefinedFunction):
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
    elif isinstance(statement, exp.Insert) and not statement.args.get("by_name"):
        written, known = walk.index.find(target)
        if known and not written.is_open and len(rel.names) <= len(written.names):
            rel = rel.renamed(written.names[: len(rel.names)]) if not rel.is_open else rel
    if isinstance(statement, exp.Insert) and statement.args.get("conflict") is not None:
        _on_conflict(walk, statement, rel)
    return rel


def _on_conflict(walk: Walk, statement: exp.Expr, rel: Rel) -> None:
    """``on conflict … do update``: assigned from the row that was offered and the one there is."""
    conflict = statement.args["conflict"]
    target = statement.this.this if isinstance(statement.this, exp.Schema) else statement.this
    offered = Scope({}, offers=[Offer("excluded", (), Rel(rel.names, list(rel.cols), {}))])
    scope = Scope({}, offered)
    offer(walk, target, scope, {})
    where: Steer = {}
    if conflict.args.get("where") is not None:
        walk.steer(scope, conflict.args["where"].this, CONDITIONAL, where)
    for name, expression in _assignments(conflict.expressions):
        _assign(rel, name, walk.value(scope, expression.transform(_by_values)), where)


def _by_values(node: exp.Expr) -> exp.Expr:
    """MySQL's ``values(a)`` is the new row's ``a``."""
    if isinstance(node, exp.Anonymous) and str(node.this).lower() == "values" and node.expressions:
        return exp.column(node.expressions[0].name, table="excluded")
    return node


def _update(walk: Walk, statement: exp.Expr) -> Rel:
    """``update t set a = …``: the assigned columns; joins and WHERE decide which rows get them."""
    scope = walk.with_ctes(statement, Scope({}))
    rows: Steer = {}
    target = statement.this
    if statement.args.get("from_") is not None:
        source = statement.args["from_"]
        offer(walk, source.this, scope, rows)
        for join in source.args.get("joins") or ():
            read_join(walk, join, scope, rows)
    named = {o.alias for o in scope.offers}  # T-SQL: update c … from customers as c
    if target.args.get("db") or target.alias_or_name.lower() not in named:
        offer(walk, target, scope, rows)
    joined = {k: f for k, f in rows.items() if k % EFFECTS == JOIN}
    where: Steer = {k // EFFECTS * EFFECTS + CONDITIONAL: f for k, f in joined.items()}
    if statement.args.get("where") is not None:
        walk.steer(scope, statement.args["where"].this, CONDITIONAL, where)
    rel = Rel([], [], {})
    for name, expression in _assignments(statement.expressions):
        _assign(rel, name, walk.value(scope, expression), where)
    return rel


def _assignments(items: list[exp.Expr]) -> list[tuple[str, exp.Expr]]:
    found: list[tuple[str, exp.Expr]] = []
    for item in items:
        if not isinstance(item, exp.EQ):
            continue
        left, right = item.this, item.expression
        if isinstance(left, exp.Tuple):
            rights = right.expressions if isinstance(right, exp.Tuple) else _one_by_one(right)
            for position, column in enumerate(left.expressions):
                value = rights[position] if position < len(rights) else right
                found.append((column.name, value))
        else:
            found.append((left.name, right))
    return found


def _one_by_one(query: exp.Expr) -> list[exp.Expr]:
    """A subquery of several columns as several subqueries of one."""
    if not (isinstance(query, exp.Subquery) and isinstance(query.this, exp.Select)):
        return []
    found: list[exp.Expr] = []
    for position, item in enumerate(query.this.expressions):
        if item.is_star:
            return []
        alone = query.copy()
        alone.this.set("expressions", [alone.this.expressions[position]])
        found.append(alone)
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


def _merge(walk: Walk, statement: exp.Expr) -> Rel:
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
            _merge_insert(walk, rel, then, using, steer)
        else:
            rows.update({k // EFFECTS * EFFECTS + FILTER: v for k, v in steer.items()})
    return rel


def _merge_insert(walk: Walk, rel: Rel, then: exp.Expr, using: Scope, steer: Steer) -> None:
    values = then.args.get("expression")
    columns = then.this.expressions if isinstance(then.this, exp.Tuple) else []
    if isinstance(values, exp.Tuple) and columns:
        for column, value in zip(columns, values.expressions, strict=False):
            # A row that matches nothing in the target can only be made of the source.
            _assign(rel, column.name, walk.value(using, value), steer)
        return
    _whole_row(rel, using, steer)


def _whole_row(rel: Rel, using: Scope, steer: Steer) -> None:
    """``insert *``, ``update set *``, ``insert row``: every column of the source."""
    for name, col, source in using.star():
        if col is None:
            rel.opens.append((source, frozenset()))
        else:
            _assign(rel, name, col, steer)
