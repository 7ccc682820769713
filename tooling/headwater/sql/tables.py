"""FROM and JOIN: what a SELECT can read, and how joins shape its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import ColumnFlag, Effect, GapReason
from headwater.sql.flows import (
    CONDITIONAL,
    NOTHING,
    Col,
    Steer,
    changed,
    merge_steer,
    steering,
    union,
)
from headwater.sql.functions import ARGUMENT_TABLE_TYPES, ARGUMENT_TABLES, function_name
from headwater.sql.matching import match_recognize
from headwater.sql.names import names_of
from headwater.sql.pivots import apply_pivot, simplified_pivot
from headwater.sql.relations import Rel
from headwater.sql.scope import Offer, Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

JOIN = int(Effect.JOIN)


def read_from(walk: Walk, node: exp.Expr, scope: Scope, rows: Steer) -> None:
    """Fill the scope with everything a SELECT reads, and ``rows`` with what joins decide."""
    scope.in_place = walk.rules.using_in_place
    scope.whole_row = walk.rules.whole_row
    from_ = node.args.get("from_")
    if from_ is not None:
        offer(walk, from_.this, scope, rows)
    for join in node.args.get("joins") or ():
        read_join(walk, join, scope, rows)
    for lateral in node.args.get("laterals") or ():
        offer(walk, lateral, scope, rows)
    for pivot in node.args.get("pivots") or ():
        if scope.offers:
            last = scope.offers[-1]
            last.rel = apply_pivot(walk, last.rel, pivot, scope)
    if node.args.get("match") is not None and scope.offers:
        match_recognize(walk, scope, node.args["match"], rows)


def offer(walk: Walk, item: exp.Expr, scope: Scope, rows: Steer) -> None:
    """Add one item of FROM (and the joins inside its parentheses) to the scope."""
    if isinstance(item, exp.Final):
        item = item.this
    if _is_joined(item):
        _parenthesised(walk, item, scope, rows)
        return
    rel = _aliased(walk, item, _relation(walk, item, scope))
    alias = _alias_of(item)
    for pivot in item.args.get("pivots") or ():
        rel = apply_pivot(walk, rel, pivot, scope)
        alias = pivot.alias.lower() or alias
    parts = tuple(p.lower() for p in names_of(item)) if isinstance(item, exp.Table) else ()
    scope.offers.append(Offer(alias, parts, rel, *_place(item)))
    merge_steer(rows, rel.rows)
    for join in item.args.get("joins") or ():
        read_join(walk, join, scope, rows)
    for lateral in item.args.get("laterals") or ():
        offer(walk, lateral, scope, rows)


def _place(item: exp.Expr) -> tuple[int, int]:
    """Where a table stands in the text; ``(-1, -1)`` for anything else."""
    if not isinstance(item, exp.Table):
        return -1, -1
    spans = [p._meta for p in item.parts if p._meta and "start" in p._meta]
    if not spans:
        return -1, -1
    return min(m["start"] for m in spans), max(m["end"] for m in spans) + 1


def _is_joined(item: exp.Expr) -> bool:
    """Whether a parenthesis holds tables and joins, not a query."""
    inner = item
    while isinstance(inner, (exp.Subquery, exp.Paren)):
        inner = inner.this
    return inner is not item and isinstance(inner, exp.Table)


def _parenthesised(walk: Walk, item: exp.Expr, scope: Scope, rows: Steer) -> None:
    """``(a join b on …) as x``: without an alias the names inside stay visible."""
    inner = Scope(scope.ctes, scope.parent) if item.alias else scope
    offer(walk, item.this, inner, rows)
    for join in item.args.get("joins") or ():
        read_join(walk, join, inner, rows)
    if item.alias:
        rel = Rel([], [], {})
        for name, col, source in inner.star():
            if col is None:
                rel.opens.append((source, frozenset()))
            else:
                rel.names.append(name)
                rel.cols.append(col)
        scope.offers.append(Offer(item.alias.lower(), (), _aliased(walk, item, rel)))


def _relation(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """The relation that one item of FROM stands for, before its alias."""
    if isinstance(item, exp.Table):
        if isinstance(item.this, exp.DynamicIdentifier):
            return _dynamic(walk, item, scope)
        if isinstance(item.this, exp.Func):
            return _function(walk, item.this, item, scope)
        if item.args.get("rows_from"):
            return _side_by_side(walk, item.args["rows_from"], scope)
        return _table(walk, item, scope)
    if isinstance(item, (exp.Subquery, exp.Paren)):
        if isinstance(item.this, (exp.Pivot, exp.Values)):
            return _relation(walk, item.this, scope)
        plain = item.copy() if item.args.get("pivots") else item
        if plain is not item:
            plain.set("pivots", None)
        return walk.query(plain, Scope(scope.ctes, scope.parent))
    if isinstance(item, exp.Query) and not isinstance(item, exp.Table):
        return walk.query(item, Scope(scope.ctes, scope.parent))
    if isinstance(item, exp.Lateral):
        return _lateral(walk, item, scope)
    if isinstance(item, exp.Unnest):
        return _unnest(walk, item, scope)
    if isinstance(item, exp.Values):
        return _values(walk, item, scope)
    if isinstance(item, exp.TableFromRows):
        return _function(walk, item.this, item, scope)
    if isinstance(item, exp.AtIndex):
        return _indexed(walk, item, scope)
    if isinstance(item, exp.Pivot) and isinstance(item.this, exp.AtIndex):
        rel = _indexed(walk, item.this, scope)  # Redshift: unpivot object as value at key
        rel.cols = [rel.cols[0]] * len(rel.cols)
        return rel
    if isinstance(item, exp.Pivot):
        return simplified_pivot(walk, item, scope)
    if isinstance(item, (exp.Alias, exp.Column)):  # ClickHouse: array join arr as x
        inner = item.this if isinstance(item, exp.Alias) else item
        return Rel([item.alias_or_name], [walk.value(scope, inner)], {})
    if isinstance(item, exp.Func):
        return _function(walk, item, item, scope)
    walk.gap(GapReason.UNSUPPORTED_SYNTAX, f"from {type(item).__name__.lower()}")
    return _wild(NOTHING)


def _dynamic(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """``identifier('orders')``: a table when the name is written out, otherwise not known."""
    name = item.this.this
    if isinstance(name, exp.Literal):
        return _table(walk, exp.to_table(name.name, dialect=walk.context.dialect), scope)
    walk.gap(GapReason.UNKNOWN_RELATION, item.sql(dialect=walk.context.dialect or None))
    return _wild(Col({}, {}, int(ColumnFlag.OPAQUE)))


def _side_by_side(walk: Walk, items: list[exp.Expr], scope: Scope) -> Rel:
    """``rows from (f(), g())``: the functions' columns next to each other."""
    out = Rel([], [], {})
    for item in items:
        rel = _relation(walk, item, scope)
        merge_steer(out.rows, rel.rows)
        out.names += rel.names or [f"column{len(out.names) + 1}"]
        out.cols += [rel.at(i) for i in range(len(rel.names))] or [rel.wild or NOTHING]
    return out


def _table(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    name = item.name
    if not item.args.get("db"):
        rel = scope.ctes.get(name.lower())
        if rel is not None:
            walk.gaps |= rel.gaps
            return rel
    else:
        array = _array_path(walk, item, scope)
        if array is not None:
            return array
    rel, known = walk.index.find(item)
    if not known:
        walk.unknown_relation(item)
    return rel


def _array_path(walk: Walk, item: exp.Expr, scope: Scope) -> Rel | None:
    """``from t, t.items`` (BigQuery, Spark, Redshift): an array of a row already in scope."""
    db = item.args["db"]
    owner = item.args.get("catalog") or db
    if not any(o.alias == owner.name.lower() for o in scope.offers):
        return None
    found = scope.resolve(tuple(p for p in _names(item)))
    return _wild(changed(found.col)) if found is not None else None


def _names(item: exp.Expr) -> list[str]:
    return [item.args[k].name for k in ("catalog", "db", "this") if item.args.get(k) is not None]


def _indexed(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """Redshift's ``array as element at index``."""
    array = item.this.this if isinstance(item.this, exp.Alias) else item.this
    value = walk.value(scope, array)
    rows: Steer = {}
    steering(value, JOIN, rows)
    names = [item.this.alias_or_name, item.expression.name]
    return Rel(names, [changed(value), NOTHING], rows)


def _lateral(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    inner = item.this
    if isinstance(inner, (exp.Subquery, exp.Query)):
        return walk.query(inner, Scope(scope.ctes, scope))
    if isinstance(inner, exp.Unnest):
        return _unnest(walk, inner, scope)
    return _function(walk, inner, item, scope)


def _function(walk: Walk, node: exp.Expr, item: exp.Expr, scope: Scope) -> Rel:
    """A table function: every column comes from its arguments."""
    if isinstance(node, exp.Unnest):
        return _unnest(walk, node, scope)
    name = function_name(node)
    if name == "table" and len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Func):
        return _function(walk, node.expressions[0], item, scope)
    table_scope = Scope(scope.ctes, scope) if not scope.offers else scope
    queries = [q for q in node.find_all(exp.Query) if not isinstance(q, exp.Table)]
    if queries:
        rel = walk.query(queries[0], Scope(scope.ctes, scope))
        return _wild(union([rel.at(i) for i in range(len(rel.names))]), rel.rows)
    col = changed(walk.value(table_scope, node))
    flow_rows: Steer = {}
    steering(col, JOIN, flow_rows)
    declared = [
        d.name for d in node.find_all(exp.ColumnDef, exp.JSONColumnDef, exp.OpenJSONColumnDef)
    ]
    if declared:
        return Rel(declared, [col] * len(declared), flow_rows)
    if not (name in ARGUMENT_TABLES or isinstance(node, ARGUMENT_TABLE_TYPES)):
        walk.gap(GapReason.UNKNOWN_TABLE_FUNCTION, f"{name}()", node)
        col = Col(col.direct, col.steer, int(ColumnFlag.OPAQUE))
    return _wild(col, flow_rows)


def _unnest(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    rows: Steer = {}
    cols = []
    for expression in item.expressions:
        value = walk.value(scope, expression)
        cols.append(changed(value))
        steering(value, JOIN, rows)
    wild = cols[0] if len(cols) == 1 else union(cols)
    rel = _wild(wild, rows)
    alias = item.args.get("alias")
    names = [walk.spell(c) for c in alias.args.get("columns") or ()] if alias is not None else []
    if not names and alias is not None and alias.this is not None:
        names = [walk.spell(alias.this)]
    for position, name in enumerate(names):
        rel.names.append(name)
        rel.cols.append(cols[position] if len(cols) > 1 and position < len(cols) else wild)
    offset = item.args.get("offset")
    if isinstance(offset, exp.Expr):
        rel.names.append(walk.spell(offset))
        rel.cols.append(NOTHING)
    return rel


def _values(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    width = 0
    columns: list[list[Col]] = []
    for row in item.expressions:
        cells = row.expressions if isinstance(row, exp.Tuple) else [row]
        width = max(width, len(cells))
        while len(columns) < width:
            columns.append([])
        for position, cell in enumerate(cells):
            columns[position].append(walk.value(scope, cell))
    first = {"duckdb": ("col", 0), "spark": ("col", 1), "databricks": ("col", 1)}
    word, start = first.get(walk.context.dialect, ("column", 1))
    names = [f"{word}{start + i}" for i in range(width)]
    return Rel(names, [union(c) for c in columns], {})


def _wild(col: Col, rows: Steer | None = None) -> Rel:
    rel = Rel([], [], rows or {})
    rel.wild = col
    return rel


def _alias_of(item: exp.Expr) -> str:
    if isinstance(item, (exp.AtIndex, exp.Pivot)) and not item.alias:
        inner = item.this.this if isinstance(item.this, exp.AtIndex) else item.this
        return str(inner.alias_or_name).lower()
    alias = item.args.get("alias")
    if isinstance(alias, exp.TableAlias):
        if alias.this is not None:
            return str(alias.this.name).lower()
        columns = alias.args.get("columns")
        return str(columns[0].name).lower() if columns else ""
    return item.alias_or_name.lower()


def _aliased(walk: Walk, item: exp.Expr, rel: Rel) -> Rel:
    """The relation under its alias's column list, if it has one."""
    if isinstance(item, exp.Unnest):
        return rel
    alias = item.args.get("alias")
    if not isinstance(alias, exp.TableAlias):
        return rel
    columns = alias.args.get("columns") or ()
    if not columns:
        if rel.wild is not None and not rel.names and alias.this is not None:
            rel.names.append(walk.spell(alias.this))
            rel.cols.append(rel.wild)
        return rel
    names = [walk.spell(c.this if isinstance(c, exp.ColumnDef) else c) for c in columns]
    return rel.renamed(names)


def read_join(walk: Walk, join: exp.Expr, scope: Scope, rows: Steer) -> None:
    """One JOIN: its relation, its condition, and the columns USING or NATURAL merge."""
    item = join.this
    if str(join.args.get("kind") or "").upper() == "ARRAY":
        _array_join(walk, join, scope, rows)
        return
    before = len(scope.offers)
    is_semi = str(join.args.get("kind") or "").upper() in ("SEMI", "ANTI") or str(
        join.args.get("side") or ""
    ).upper() in ("SEMI", "ANTI")
    offer(walk, item, scope, rows)
    right = scope.offers[before:]
    if join.args.get("on") is not None:
        walk.steer(scope, join.args["on"], JOIN, rows)
    if join.args.get("match_condition") is not None:
        walk.steer(scope, join.args["match_condition"], JOIN, rows)
    names = [walk.spell(u) for u in join.args.get("using") or ()]
    if str(join.args.get("method") or "").upper() == "NATURAL":
        names = _natural(walk, scope, before)
    if is_semi:
        for name in names:
            for side in (scope.offers[:before], right):
                steering(_pick(side, name) or NOTHING, JOIN, rows)
        names = []
    for name in names:
        _merge_key(scope, before, name, (str(join.args.get("side") or "").upper(), rows))
    if is_semi and right:
        del scope.offers[before:]


def _array_join(walk: Walk, join: exp.Expr, scope: Scope, rows: Steer) -> None:
    """ClickHouse's ``array join a, b as x``: each array becomes its elements, in place or renamed."""
    for item in (join.this, *(join.args.get("expressions") or ())):
        array = item.this if isinstance(item, exp.Final) else item
        col = walk.value(scope, array.this if isinstance(array, exp.Alias) else array)
        steering(col, JOIN, rows)
        name = array.alias_or_name
        if isinstance(array, exp.Alias):
            scope.offers.append(Offer("", (), Rel([name], [changed(col)], {})))
            continue
        scope.in_place = True
        scope.merged[name.lower()] = (name, changed(col))
        scope.hidden |= {(at, name.lower()) for at in range(len(scope.offers))}


def _natural(walk: Walk, scope: Scope, before: int) -> list[str]:
    left, right = scope.offers[:before], scope.offers[before:]
    if any(o.rel.is_open for o in (*left, *right)):
        walk.gap(GapReason.UNKNOWN_COLUMNS, "a natural join over relations with unknown columns")
    names = [n for o in right for n in o.rel.names]
    return [n for n in names if any(o.rel.find(n) >= 0 for o in left)]


def _merge_key(scope: Scope, before: int, name: str, how: tuple[str, Steer]) -> None:
    """``using (name)``: both keys decide the rows; the visible one depends on the join's side."""
    side, rows = how
    key = name.lower()
    right = _pick(scope.offers[before:], name)
    left = scope.merged[key][1] if key in scope.merged else _pick(scope.offers[:before], name)
    left, right = left or NOTHING, right or NOTHING
    steering(left, JOIN, rows)
    steering(right, JOIN, rows)
    if side == "FULL":
        both = union([changed(left), changed(right)])
        steering(left, CONDITIONAL, both.steer)
        visible = both
    else:
        kept, other = (right, left) if side == "RIGHT" else (left, right)
        steer = dict(kept.steer)
        steering(other, CONDITIONAL, steer)
        visible = Col(kept.direct, steer, kept.flags)
    scope.merged[key] = (name, visible)
    for position in range(len(scope.offers)):
        scope.hidden.add((position, key))


def _pick(offers: list[Offer], name: str) -> Col | None:
    for item in offers:
        if item.rel.find(name) >= 0:
            return item.rel.lookup(name)
    for item in offers:
        col = item.rel.lookup_open(name) if item.rel.is_open else item.rel.wild
        if col is not None:
            return col
    return None
