"""PIVOT and UNPIVOT, in the SQL-standard, Snowflake, BigQuery and DuckDB forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect, GapReason
from headwater.sql.column_sets import matching
from headwater.sql.flows import (
    CONDITIONAL,
    NOTHING,
    Col,
    Steer,
    merge_steer,
    steering,
    union,
)
from headwater.sql.relations import FieldsRel, Rel
from headwater.sql.scope import Offer, Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FILTER, GROUP_BY = int(Effect.FILTER), int(Effect.GROUP_BY)


def apply_pivot(walk: Walk, rel: Rel, pivot: exp.Expr, scope: Scope) -> Rel:
    """The relation after one PIVOT or UNPIVOT, under its alias's column list."""
    made = _unpivot(walk, rel, pivot) if pivot.args.get("unpivot") else _pivot(walk, rel, pivot)
    alias = pivot.args.get("alias")
    columns = alias.args.get("columns") or () if isinstance(alias, exp.TableAlias) else ()
    return made.renamed([walk.spell(c) for c in columns])


def simplified_pivot(walk: Walk, node: exp.Expr, scope: Scope) -> Rel:
    """DuckDB's statements ``pivot t on … using …`` and ``unpivot t on … into …``."""
    table = exp.Select(expressions=[exp.Star()], from_=exp.From(this=node.this))
    rel = walk.query(table, Scope(scope.ctes, scope.parent))
    if node.args.get("unpivot"):
        into = node.args.get("into")
        name, values = "name", ["value"]
        if isinstance(into, exp.Expr) and into.this is not None:
            name, values = into.this.name, [e.name for e in into.expressions] or values
        return _melt(walk, rel, (name, values), list(node.expressions))
    aggregates = node.args.get("using") or []
    group = node.args.get("group")
    fields: list[exp.Expr] = [
        e if isinstance(e, exp.In) else exp.In(this=e) for e in node.expressions
    ]
    names = _duckdb_names(fields, aggregates)
    keys = [e.name for e in group.expressions] if group is not None else None
    return _spread(walk, rel, (aggregates, fields, names), keys)


def _inside(rel: Rel) -> Scope:
    return Scope({}, None, [Offer("", (), rel)])


def _pivot(walk: Walk, rel: Rel, pivot: exp.Expr) -> Rel:
    names = [walk.spell(c) for c in pivot.args.get("columns") or ()]
    if walk.context.dialect == "duckdb":
        names = _duckdb_names(list(pivot.args.get("fields") or ()), list(pivot.expressions))
    group = pivot.args.get("group")
    keys = [e.name for e in group.expressions] if group is not None else None
    fields = list(pivot.args.get("fields") or ())
    return _spread(walk, rel, (list(pivot.expressions), fields, names), keys)


def _spread(
    walk: Walk,
    rel: Rel,
    parts: tuple[list[exp.Expr], list[exp.Expr], list[str]],
    keys: list[str] | None,
) -> Rel:
    """Rows to columns: the columns not named stay as group keys."""
    aggregates, fields, names = parts
    scope = _inside(rel)
    values = [walk.value(scope, a) for a in aggregates]
    steer = [walk.value(scope, f.this) for f in fields if f.this is not None]
    cells = [_cell(value, steer) for value in values]
    used = {c.name.lower() for e in (*aggregates, *fields) for c in e.find_all(exp.Column)}
    used |= {f.this.name.lower() for f in fields if f.this is not None}
    for key in keys or ():
        walk.missing(scope, exp.to_identifier(key))
    if keys is None:
        kept = [(n, rel.at(i)) for i, n in enumerate(rel.names) if n.lower() not in used]
    else:
        kept = [(k, rel.lookup(k) or rel.lookup_open(k) or NOTHING) for k in keys]
    rows: Steer = dict(rel.rows)
    for _, col in kept:
        steering(col, GROUP_BY, rows)
    out = Rel([n for n, _ in kept], [c for _, c in kept], rows)
    for position, name in enumerate(names):
        out.names.append(name)
        out.cols.append(_cell_for(name, position, aggregates, cells))
    if rel.is_open and keys is None:
        out.opens = [(rel, frozenset(used) | {n.lower() for n in out.names})]
        steering(rel.star(), GROUP_BY, rows)
    if not names and cells:
        walk.gap(GapReason.DYNAMIC_COLUMNS, "the values of a pivot are known only when it runs")
        out.opens.append((FieldsRel(union(cells)), frozenset(n.lower() for n in out.names)))
    return out


def _cell(value: Col, keys: Iterable[Col]) -> Col:
    """A cell: the aggregate's value, chosen by the pivot's key."""
    steer = dict(value.steer)
    for key in keys:
        steering(key, CONDITIONAL, steer)
    return Col(value.direct, steer, value.flags)


def _cell_for(name: str, position: int, aggregates: list[exp.Expr], cells: list[Col]) -> Col:
    """The aggregate behind a pivoted column: by its alias in the name, else by its turn."""
    if len(cells) == 1:
        return cells[0]
    lowered = name.lower()
    for aggregate, cell in zip(aggregates, cells, strict=True):
        alias = aggregate.alias.lower()
        if alias and (lowered.endswith("_" + alias) or lowered.startswith(alias + "_")):
            return cell
    return cells[position % len(cells)] if cells else NOTHING


def _duckdb_names(fields: list[exp.Expr], aggregates: list[exp.Expr]) -> list[str]:
    """DuckDB's names: the values joined by ``_``, then an aggregate, if aliased or not alone."""
    names = [""]
    for field in fields:
        if not field.expressions:
            return []
        names = [
            f"{n}_{_value_name(v)}" if n else _value_name(v)
            for n in names
            for v in field.expressions
        ]
    if len(aggregates) < 2 and not any(a.alias for a in aggregates):
        return names
    labels = [a.alias or a.sql(dialect="duckdb").lower() for a in aggregates]
    return [f"{n}_{label}" for n in names for label in labels]


def _value_name(value: exp.Expr) -> str:
    """What DuckDB calls the column of a pivot's value: ``true``, ``NULL``, ``-1``."""
    if value.alias:
        return str(value.alias)
    if isinstance(value, exp.Boolean):
        return "true" if value.this else "false"
    if isinstance(value, exp.Neg):
        return f"-{_value_name(value.this)}"
    return value.name or value.sql(dialect="duckdb")


def _unpivot(walk: Walk, rel: Rel, pivot: exp.Expr) -> Rel:
    first = pivot.expressions[0]
    heads = first.expressions if isinstance(first, exp.Tuple) else [first]
    field = pivot.args["fields"][0]
    names = (walk.spell(field.this), [walk.spell(h) for h in heads])
    made = _melt(walk, rel, names, list(field.expressions))
    if pivot.args.get("include_nulls"):
        made.rows = dict(rel.rows)
        made.cols[made.find(names[0])] = NOTHING
    if pivot.args.get("value_columns_first"):
        width = len(heads)
        at = len(made.names) - width - 1
        made.names = made.names[:at] + made.names[at + 1 :] + [made.names[at]]
        made.cols = made.cols[:at] + made.cols[at + 1 :] + [made.cols[at]]
    return made


def _melt(walk: Walk, rel: Rel, names: tuple[str, list[str]], items: list[exp.Expr]) -> Rel:
    """Columns to rows: the columns not named stay; then the label column, then the values."""
    label, heads = names
    scope = _inside(rel)
    stacks: list[list[Col]] = [[] for _ in heads]
    used: set[str] = set()
    for item in items:
        inner = item.this if isinstance(item, (exp.PivotAlias, exp.Alias)) else item
        if isinstance(inner, exp.Columns):
            for name, col in matching(walk, scope, inner):
                used.add(name.lower())
                stacks[0].append(col)
            continue
        for turn, part in enumerate(_cells(inner)):
            used.add(part.name.lower())
            stacks[turn % len(heads)].append(walk.value(scope, part))
    kept = [(n, rel.at(i)) for i, n in enumerate(rel.names) if n.lower() not in used]
    rows: Steer = {}
    merge_steer(rows, rel.rows)
    chosen: Steer = {}
    for stack in stacks:
        for col in stack:
            steering(col, FILTER, rows)
            steering(col, CONDITIONAL, chosen)
    columns = [*kept, (label, Col({}, chosen)), *zip(heads, map(union, stacks), strict=True)]
    out = Rel([n for n, _ in columns], [c for _, c in columns], rows)
    if rel.is_open:
        out.opens = [(rel, frozenset(used) | {n.lower() for n in out.names})]
    return out


def _cells(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, (exp.Tuple, exp.Paren)):
        return list(node.expressions) or [node.this]
    return [node]
