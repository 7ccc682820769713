"""What one item of FROM stands for: a table, a subquery, a function, an array, VALUES."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import ColumnFlag, Effect, GapReason
from headwater.sql.flows import (
    NOTHING,
    Col,
    Steer,
    StructCol,
    changed,
    merge_steer,
    steering,
    union,
)
from headwater.sql.functions import ARGUMENT_TABLE_TYPES, ARGUMENT_TABLES, function_name
from headwater.sql.names import names_of
from headwater.sql.pivots import simplified_pivot
from headwater.sql.relations import FieldsRel, Rel
from headwater.sql.scope import Scope
from headwater.sql.structs import dealt, elements, with_fields

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

JOIN = int(Effect.JOIN)


def relation_of(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """The relation that one item of FROM stands for, before its alias."""
    for kind, read in KINDS:
        if isinstance(item, kind):
            return read(walk, item, scope)
    walk.gap(GapReason.UNSUPPORTED_SYNTAX, f"from {type(item).__name__.lower()}")
    return _wild(NOTHING)


def _parenthesis(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    if isinstance(item.this, (exp.Pivot, exp.Values)):
        return relation_of(walk, item.this, scope)
    plain = item
    if item.args.get("pivots"):
        plain = item.copy()
        plain.set("pivots", None)
    return _query(walk, plain, scope)


def _query(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    if not walk.rules.lateral_by_itself or not scope.offers:
        return walk.query(item, Scope(scope.ctes, scope.parent))
    outside, walk.gaps = walk.gaps, {}
    rel = walk.query(item, Scope(scope.ctes, scope.parent))
    if any(g.reason == GapReason.UNKNOWN_COLUMN for g in walk.gaps.values()):
        walk.gaps = {}
        rel = walk.query(item, Scope(scope.ctes, scope))
    walk.gaps = outside | walk.gaps
    return rel


def _value(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    inner = item.this if isinstance(item, exp.Alias) else item
    return Rel([item.alias_or_name], [walk.value(scope, inner)], {})


def _rows_of(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    return _function(walk, item.this, scope)


def _pivot(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    if not isinstance(item.this, exp.AtIndex):
        return simplified_pivot(walk, item, scope)
    rel = _indexed(walk, item.this, scope)  # Redshift: unpivot object as value at key
    rel.cols = [rel.cols[0]] * len(rel.cols)
    return rel


def _dynamic(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """``identifier('orders')``: a table when the name is written out, otherwise not known."""
    name = item.this.this
    if isinstance(name, exp.Literal):
        return _named(walk, exp.to_table(name.name, dialect=walk.context.dialect), scope)
    walk.gap(GapReason.UNKNOWN_RELATION, item.sql(dialect=walk.context.dialect or None))
    return _wild(Col({}, {}, int(ColumnFlag.OPAQUE)))


def _side_by_side(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """``rows from (f(), g())``: the functions' columns next to each other."""
    out = Rel([], [], {})
    for function in item.args["rows_from"]:
        rel = relation_of(walk, function, scope)
        merge_steer(out.rows, rel.rows)
        out.names += rel.names or [f"column{len(out.names) + 1}"]
        out.cols += [rel.at(i) for i in range(len(rel.names))] or [rel.wild or NOTHING]
    return out


def _table(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    """A name in FROM: a function, a CTE, an array of a row in scope, or a relation."""
    if isinstance(item.this, exp.DynamicIdentifier):
        return _dynamic(walk, item, scope)
    if isinstance(item.this, exp.Func):
        return _function(walk, item.this, scope)
    if item.args.get("rows_from"):
        return _side_by_side(walk, item, scope)
    return _named(walk, item, scope)


def _named(walk: Walk, item: exp.Expr, scope: Scope) -> Rel:
    name = item.name
    if not item.args.get("db"):
        rel = scope.ctes.get(name.lower()) or walk.index.ephemerals.get(name.lower())
        if rel is not None:
            walk.gaps |= rel.gaps
            return rel
    else:
        array = _array_path(walk, item, scope)
        if array is not None:
            return array
    made = walk.script.find(item)
    if made is not None:
        walk.gaps |= made.gaps
        return made
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
    found = scope.resolve(names_of(item))
    if found is None:
        return None
    rows: Steer = {}
    steering(found.col, JOIN, rows)
    return _wild(changed(found.col), rows)


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
        return _unnest(walk, inner, scope, item.args.get("alias"))
    return _function(walk, inner, scope)


def _function(walk: Walk, node: exp.Expr, scope: Scope) -> Rel:
    """A table function: every column comes from its arguments."""
    if isinstance(node, exp.Unnest):
        return _unnest(walk, node, scope)
    if isinstance(node, exp.Stack):
        return _stack(walk, node, scope)
    if isinstance(node, exp.Predict):
        return _predicted(walk, node, scope)
    name = function_name(node.expression if isinstance(node, exp.Dot) else node)
    if name == "table" and len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Func):
        return _function(walk, node.expressions[0], scope)
    table_scope = Scope(scope.ctes, scope) if not scope.offers else scope
    queries = [q for q in node.find_all(exp.Query) if not isinstance(q, exp.Table)]
    if queries:
        rel = walk.query(queries[0], Scope(scope.ctes, scope))
        cols = [rel.at(i) for i in range(len(rel.names))] + ([rel.star()] if rel.is_open else [])
        return _wild(union(cols), rel.rows)
    tables = [
        t for t in node.find_all(exp.Table) if t.name.lower() in scope.ctes or walk.index.find(t)[1]
    ]
    if tables:  # BigQuery's ``table t`` as an argument
        rel = _named(walk, tables[-1], scope)
        every = [
            *(rel.at(i) for i in range(len(rel.names))),
            *([rel.star()] if rel.is_open else []),
        ]
        return _wild(changed(union(every)), rel.rows)
    col = _made_of(walk, node, table_scope)
    if isinstance(node, exp.Inline) and isinstance(col, StructCol):
        return Rel(list(col.fields), list(col.fields.values()), _joined(col))
    flow_rows = _joined(col)
    declared = [
        d.name for d in node.find_all(exp.ColumnDef, exp.JSONColumnDef, exp.OpenJSONColumnDef)
    ]
    if declared:
        return Rel(declared, [col] * len(declared), flow_rows)
    if not (name in ARGUMENT_TABLES or isinstance(node, ARGUMENT_TABLE_TYPES)):
        walk.gap(GapReason.UNKNOWN_TABLE_FUNCTION, f"{name}()", node)
        col = Col(col.direct, col.steer, int(ColumnFlag.OPAQUE))
    return _wild(col, flow_rows)


def _stack(walk: Walk, node: exp.Expr, scope: Scope) -> Rel:
    """Spark's ``stack(rows, …)``: as many columns as there are arguments for each row."""
    table_scope = Scope(scope.ctes, scope) if not scope.offers else scope
    rows = int(node.this.name) if isinstance(node.this, exp.Literal) else 1
    width = max(1, -(-len(node.expressions) // max(1, rows)))
    names = [f"col{at}" for at in range(width)]
    return Rel(names, dealt(walk, table_scope, node, width), {})


def _predicted(walk: Walk, node: exp.Expr, scope: Scope) -> Rel:
    """BigQuery's ``ml.predict(model m, (query))``: the query's columns, and others made of them."""
    data = node.args.get("expression")
    query = data.find(exp.Query, exp.Table) if isinstance(data, exp.Expr) else None
    if query is None:
        return _wild(changed(walk.value(scope, node)))
    is_table = isinstance(query, exp.Table)
    rel = _named(walk, query, scope) if is_table else walk.query(query, Scope(scope.ctes, scope))
    made = Rel(list(rel.names), [rel.at(i) for i in range(len(rel.names))], rel.rows)
    every = [*made.cols, *([rel.star()] if rel.is_open else [])]
    made.opens = [*rel.opens, (FieldsRel(changed(union(every))), frozenset())]
    return made


def _made_of(walk: Walk, node: exp.Expr, scope: Scope) -> Col:
    """What a table function makes its columns of; the elements of an array where it takes one."""
    value = walk.value(scope, node)
    if isinstance(node, (exp.Explode, exp.Inline)):
        return elements(with_fields(walk, scope, node.this, value))
    return changed(value)


def _joined(col: Col) -> Steer:
    rows: Steer = {}
    steering(col, JOIN, rows)
    return rows


def _unnest(walk: Walk, item: exp.Expr, scope: Scope, around: exp.Expr | None = None) -> Rel:
    """The elements of arrays; ``around`` is the alias of a ``lateral`` that they stand in."""
    rows: Steer = {}
    cols = []
    for expression in item.expressions:
        value = with_fields(walk, scope, expression, walk.value(scope, expression))
        cols.append(elements(value))
        steering(value, JOIN, rows)
    wild = cols[0] if len(cols) == 1 else union(cols)
    rel = _wild(wild, rows)
    alias = item.args.get("alias") or around
    names = [walk.spell(c) for c in alias.args.get("columns") or ()] if alias is not None else []
    if not names and alias is not None and alias.this is not None:
        names = [walk.spell(alias.this)]
    if isinstance(wild, StructCol) and (
        walk.context.dialect == "bigquery" or len(names) == len(wild.fields) > 1
    ):  # the fields are the columns, under their own names or those given
        rel = Rel(list(wild.fields), list(wild.fields.values()), rows)
        rel = rel if walk.context.dialect == "bigquery" else rel.renamed(names)
        names = []
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


#: The first kind that fits reads the item; a table is also a query to sqlglot, so it comes first.
KINDS: tuple[tuple[type | tuple[type, ...], Callable[[Walk, exp.Expr, Scope], Rel]], ...] = (
    (exp.Table, _table),
    ((exp.Subquery, exp.Paren), _parenthesis),
    (exp.Values, _values),
    (exp.Unnest, _unnest),
    (exp.Lateral, _lateral),
    (exp.TableFromRows, _rows_of),
    (exp.AtIndex, _indexed),
    (exp.Pivot, _pivot),
    (exp.Query, _query),
    ((exp.Alias, exp.Column), _value),
    (exp.Func, _function),
)
