"""WHERE, GROUP BY, HAVING, ORDER BY …: what shapes the rows of a SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import EdgeFlag, Effect, GapReason
from headwater.sql.flows import ROW_DEPENDENT, Col, Steer, steering
from headwater.sql.relations import Rel
from headwater.sql.scope import Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FILTER, GROUP_BY, SORT = int(Effect.FILTER), int(Effect.GROUP_BY), int(Effect.SORT)
ORDER_ONLY = int(EdgeFlag.ORDER_ONLY)

#: Clauses that are one condition over the columns of FROM.
CONDITIONS = {"prewhere": FILTER, "where": FILTER}
#: Clauses that may also use the select list's aliases.
AFTER = {"having": FILTER, "qualify": FILTER}
#: Clauses that only say where and in which order rows are written.
ORDERS = ("sort", "cluster", "distribute")


def read_clauses(walk: Walk, node: exp.Expr, scope: Scope, rel: Rel) -> None:
    """Add the row-set flows of every clause of a SELECT to ``rel.rows``."""
    rows: Steer = dict(rel.rows)
    args = node.args
    for clause, effect in CONDITIONS.items():
        if args.get(clause) is not None:
            walk.steer(scope, args[clause].this, effect, rows)
    if args.get("connect") is not None:
        for key in ("start", "connect"):
            if args["connect"].args.get(key) is not None:
                walk.steer(scope, args["connect"].args[key], FILTER, rows)
    if args.get("group") is not None:
        _read_group(walk, node, scope, (rel, rows))
    for clause, effect in AFTER.items():
        if args.get(clause) is not None:
            _read_key(walk, args[clause].this, scope, (rel, rows), effect)
    _read_distinct(walk, node, scope, (rel, rows))
    rel.rows = rows
    read_order(walk, node, scope, rel)


def _read_group(walk: Walk, node: exp.Expr, scope: Scope, target: tuple[Rel, Steer]) -> None:
    rel, rows = target
    group = node.args["group"]
    keys = list(group.expressions)
    for name in ("cube", "rollup", "grouping_sets"):
        for item in group.args.get(name) or ():
            keys += item.expressions if isinstance(item, exp.Expr) else []
    if group.args.get("all") or any(_is_all(k, rel) for k in keys):
        for col in rel.cols:
            if not col.flags & ROW_DEPENDENT:
                steering(col, GROUP_BY, rows)
        for item in node.expressions:  # the plain columns of ``sum(a) + b``
            if item.find(exp.AggFunc) is not None:
                own = (c for c in item.find_all(exp.Column) if c.find_ancestor(exp.Query) is node)
                keys += [c for c in own if not _is_aggregated(c)]
        keys = [k for k in keys if not _is_all(k, rel)]
    for key in keys:
        for part in _flat(key):
            _read_key(walk, part, scope, target, GROUP_BY)


#: What a column stands inside of when it is no key of ``group by all``.
_AGGREGATING = (exp.AggFunc, exp.Window, exp.Filter, exp.WithinGroup)


def _is_aggregated(column: exp.Expr) -> bool:
    return column.find_ancestor(*_AGGREGATING, exp.Query) is not column.find_ancestor(exp.Query)


def _is_all(key: exp.Expr, rel: Rel) -> bool:
    is_all = isinstance(key, (exp.Column, exp.Var)) and key.name.lower() == "all"
    return is_all and rel.find("all") < 0


def _flat(key: exp.Expr) -> list[exp.Expr]:
    if isinstance(key, (exp.Tuple, exp.Cube, exp.Rollup, exp.GroupingSets)):
        return [leaf for e in key.expressions for leaf in _flat(e)]
    return [key]


def _read_key(
    walk: Walk,
    key: exp.Expr,
    scope: Scope,
    target: tuple[Rel, Steer],
    effect: int,
) -> None:
    """A key or condition that may be a position or an output alias."""
    rel, rows = target
    named = _output_named(walk, key, scope, rel, alias_first=effect == SORT)
    if named is not None:
        steering(named, effect, rows, _span(key))
        return
    if isinstance(key, exp.Literal):
        return
    flow = walk.flow(_with_aliases(walk, scope, rel, key), key, effect)
    for at, (flags, start, end) in flow.steer.items():
        if at not in rows:
            rows[at] = (flags, flow.start, flow.end) if start < 0 else (flags, start, end)


def _output_named(
    walk: Walk, key: exp.Expr, scope: Scope, rel: Rel, *, alias_first: bool
) -> Col | None:
    if isinstance(key, exp.Literal) and not key.is_string and key.name.isdigit():
        position = int(key.name) - 1
        if position >= len(rel.cols) and not rel.is_open:
            detail = f"position {key.name} of {len(rel.cols)} columns"
            walk.refused(GapReason.COLUMN_COUNT, detail, key)
        return rel.at(position) if 0 <= position < len(rel.cols) else None
    if isinstance(key, exp.Column) and key.args.get("table") is None:
        name = walk.spell(key.this) if isinstance(key.this, exp.Identifier) else key.name
        listed = any(o.rel.find(name) >= 0 for o in scope.offers)
        if (alias_first or not listed) and rel.find(name) >= 0:
            return rel.at(rel.find(name))
    return None


def _with_aliases(walk: Walk, scope: Scope, rel: Rel, key: exp.Expr) -> Scope:
    """The scope, seen from a clause that may use output aliases inside an expression."""
    inner = Scope(scope.ctes, scope.parent, scope.offers, dict(scope.merged), scope.hidden)
    inner.windows = scope.windows
    for name, col in zip(rel.names, rel.cols, strict=False):
        listed = any(o.rel.find(name) >= 0 for o in scope.offers)
        if not listed:
            inner.merged.setdefault(name.lower(), (name, col))
    return inner


def _read_distinct(walk: Walk, node: exp.Expr, scope: Scope, target: tuple[Rel, Steer]) -> None:
    distinct = node.args.get("distinct")
    if distinct is None:
        return
    rel, rows = target
    on = distinct.args.get("on")
    if on is None:
        for col in rel.cols:
            steering(col, GROUP_BY, rows)
        if rel.is_open:
            steering(rel.star(), GROUP_BY, rows)
        return
    for key in on.expressions if isinstance(on, exp.Tuple) else [on]:
        _read_key(walk, key, scope, target, GROUP_BY)


def read_order(walk: Walk, node: exp.Expr, scope: Scope, rel: Rel) -> Rel:
    """ORDER BY and LIMIT: with a limit (or DISTINCT ON) the order decides which rows there are."""
    args = node.args
    keys: list[exp.Expr] = list(args["order"].expressions) if args.get("order") else []
    for clause in ORDERS:
        if args.get(clause) is not None:
            keys += args[clause].expressions
    limit = args.get("limit")
    limit_by = list(limit.args.get("expressions") or ()) if limit is not None else []
    distinct = args.get("distinct")
    cuts = limit is not None or args.get("offset") is not None
    cuts = cuts or (isinstance(distinct, exp.Distinct) and distinct.args.get("on") is not None)
    for part in (limit, args.get("offset")):
        count = part.args.get("expression") if isinstance(part, exp.Expr) else None
        if count is not None and count.find(exp.Query) is not None:
            rows = dict(rel.rows)
            walk.steer(scope, count, FILTER, rows)
            rel.rows = rows
    if cuts:
        rel.rows = {k: (f[0] & ~ORDER_ONLY, f[1], f[2]) for k, f in rel.rows.items()}
    if not keys and not limit_by:
        return rel
    found: Steer = {}
    for key in keys:
        expression = key.this if isinstance(key, exp.Ordered) else key
        if _is_all(expression, rel):
            for col in rel.cols:
                steering(col, SORT, found)
            continue
        _read_key(walk, expression, scope, (rel, found), SORT)
    for key in limit_by:
        _read_key(walk, key, scope, (rel, found), GROUP_BY)
    rows = dict(rel.rows)
    for at, (flags, start, end) in found.items():
        rows.setdefault(at, (flags if cuts else flags | ORDER_ONLY, start, end))
    rel.rows = rows
    return rel


def _span(node: exp.Expr) -> tuple[int, int]:
    meta = node.this._meta if isinstance(node.this, exp.Expr) else None
    if not meta or "start" not in meta:
        return -1, -1
    return meta["start"], meta["end"] + 1
