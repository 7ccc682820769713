"""The select list: one output column after another, stars expanded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect, GapReason
from headwater.sql.column_sets import like, matching, name_condition, renamed
from headwater.sql.flows import (
    Col,
    Steer,
    StructCol,
    changed,
    field,
    steering,
    union,
)
from headwater.sql.masks import numbering
from headwater.sql.output_names import output_name
from headwater.sql.pieces import let_go_of_pieces
from headwater.sql.references import plain_column
from headwater.sql.relations import FieldsRel, Rel
from headwater.sql.scope import Scope
from headwater.sql.structs import dealt, with_fields

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

JOIN = int(Effect.JOIN)
_COLUMNS_DIALECTS = frozenset({"duckdb", "clickhouse"})


def read_projections(walk: Walk, node: exp.Expr, scope: Scope, rows: Steer) -> Rel:
    """The relation that a SELECT's list makes (its rows still without the other clauses)."""
    rel = Rel([], [], rows)
    for position, projection in enumerate(node.expressions):
        if isinstance(projection, exp.Star):
            _star(walk, scope, projection, (), rel)
        elif isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star):
            qualifier = [projection.args.get(k) for k in ("catalog", "db", "table")]
            names = tuple(q.name for q in qualifier if q is not None)
            if walk.context.dialect == "bigquery" and _element_star(scope, names, rel):
                continue
            _star(walk, scope, projection.this, names, rel)
        elif _is_filtered_star(projection):
            _filtered_star(walk, scope, projection, rel)
        elif (columns := _columns_alone(projection)) is not None:
            alias = projection.alias if isinstance(projection, exp.Alias) else ""
            for name, col in matching(walk, scope, columns):
                _add(rel, scope, renamed(columns, alias, name) if alias else name, col)
        elif isinstance(projection, exp.Dot) and isinstance(projection.expression, exp.Star):
            _row_star(walk, scope, projection, rel)
        elif isinstance(projection, exp.Apply):
            _applied(walk, scope, projection, rel)
        elif isinstance(projection, exp.QueryTransform):
            _script(walk, scope, projection, rel)
        elif walk.context.dialect in _COLUMNS_DIALECTS and _has_columns(projection):
            _each_column(walk, scope, projection, rel)
        else:
            _one(walk, scope, projection, position, rel)
    if str(node.args.get("kind") or "").upper() == "VALUE" and len(rel.cols) == 1:
        rel = _value_table(rel)
    exclude = node.args.get("exclude")
    return _without(rel, exclude) if exclude else rel


def _value_table(rel: Rel) -> Rel:
    """BigQuery's ``select as value struct(…)``: the fields are the columns."""
    only = rel.cols[0]
    if not isinstance(only, StructCol):
        return rel
    return Rel(list(only.fields), [changed(each) for each in only.fields.values()], rel.rows)


def _one(walk: Walk, scope: Scope, node: exp.Expr, position: int, rel: Rel) -> None:
    if isinstance(node, exp.Aliases) and isinstance(node.this, exp.Stack):
        names = [walk.spell(alias) for alias in node.args.get("expressions") or ()]
        for name, col in zip(names, dealt(walk, scope, node.this, len(names)), strict=True):
            _add(rel, scope, name, col)
        return
    if isinstance(node, exp.Aliases):
        flow = walk.flow(scope, node.this)
        col = flow.col()
        if flow.expands:
            steering(col, JOIN, rel.rows, (flow.start, flow.end))
        for at, alias in enumerate(node.args.get("expressions") or ()):
            is_position = at == 0 and isinstance(node.this, exp.Posexplode)
            _add(rel, scope, alias.name, numbering(col) if is_position else col)
        return
    inner = node.this if node.__class__ is exp.Alias else node
    if isinstance(inner, exp.Column):
        plain = plain_column(walk, scope, inner)
        if plain is not None:
            _add(rel, scope, output_name(walk, node, position), plain)
            return
    if _is_assignment(walk, node):
        _add(rel, scope, node.this.name, walk.value(scope, node.args["expression"]))
        return
    flow = walk.flow(scope, node)
    let_go_of_pieces(flow, inner)
    col = with_fields(walk, scope, inner, flow.col())
    if flow.expands:
        steering(col, JOIN, rel.rows, (flow.start, flow.end))
    if walk.context.dialect == "bigquery":  # anonymous columns are numbering among themselves
        position = sum(1 for n in rel.names if n[:1] == "f" and n[1:-1].isdigit() and n[-1] == "_")
    _add(rel, scope, output_name(walk, node, position), col)


def _is_assignment(walk: Walk, node: exp.Expr) -> bool:
    """T-SQL's ``select name = expression``."""
    by_equals = isinstance(node, exp.EQ) and walk.context.dialect in ("tsql", "fabric")
    return (by_equals or isinstance(node, exp.PropertyEQ)) and isinstance(
        node.this, (exp.Column, exp.Identifier)
    )


def _add(rel: Rel, scope: Scope, name: str, col: Col) -> None:
    rel.names.append(name)
    rel.cols.append(col)
    rel.index = None
    scope.aliases.setdefault(name.lower(), col)


def _star(walk: Walk, scope: Scope, star: exp.Expr, qualifier: tuple[str, ...], rel: Rel) -> None:
    """``*`` with its except/exclude, replace, rename and ilike."""
    if not scope.merged and not any(star.args.values()) and _whole(scope, qualifier, rel):
        return
    scope, left_out = _leaving_out(scope, star, qualifier)
    _named_in(walk, scope, star, qualifier)
    replaced = {e.alias.lower(): e.this for e in star.args.get("replace") or ()}
    renamings = [e for e in star.args.get("rename") or () if e.this is not None]
    new_names = {e.this.name.lower(): e.alias for e in renamings}
    pattern = star.args.get("ilike")
    matches = like(pattern.name, ignore_case=True) if isinstance(pattern, exp.Expr) else None
    found = False
    opens: list[Rel] = []
    listed: set[str] = set()
    for name, col, source in scope.star(qualifier):
        found = True
        key = name.lower()
        if col is None:
            opens.append(source)
            continue
        listed.add(key)
        if key in left_out or (matches is not None and not matches(name)):
            continue
        if key in replaced:
            _add(rel, scope, name, walk.value(scope, replaced[key]))
        else:
            _add(rel, scope, new_names.get(key, name), col)
    if not found:
        if qualifier and not _struct_star(walk, scope, qualifier, rel):
            walk.gap(GapReason.UNKNOWN_RELATION, ".".join(qualifier) + ".*")
        return
    for key, expression in replaced.items():
        if key not in listed and opens:
            _add(rel, scope, key, walk.value(scope, expression))
    for old, new in new_names.items():
        if old not in listed and opens:
            col = union_of_open(opens, old)
            if col is not None:
                _add(rel, scope, new, col)
    hidden = frozenset(left_out | set(replaced) | set(new_names) | (listed if opens else set()))
    for source in opens:
        rel.opens.append((source, hidden))


def _element_star(scope: Scope, qualifier: tuple[str, ...], rel: Rel) -> bool:
    """``e.*`` of ``unnest(array) as e``: the fields of a struct, which are not known."""
    for each in scope.starred(qualifier):
        wild = each.rel.wild
        if wild is not None and [n.lower() for n in each.rel.names] == [each.alias]:
            rel.opens.append((FieldsRel(wild), frozenset()))
            return True
    return False


def _leaving_out(
    scope: Scope, star: exp.Expr, qualifier: tuple[str, ...]
) -> tuple[Scope, set[str]]:
    """The names that a star leaves out, and the scope without the columns it leaves out by table.

    Of a key that a join merged only the first table's column is shown: leaving that one out lets
    the next one be seen.
    """
    names = star.args.get("except_") or ()
    owned = [e for e in names if isinstance(e, exp.Column) and e.table] if not qualifier else []
    merged, hidden = dict(scope.merged), set(scope.hidden)
    for each in owned:
        key, table = each.name.lower(), each.table.lower()
        having = [at for at, o in enumerate(scope.offers) if o.rel.find(key) >= 0]
        if key not in merged:
            hidden |= {(at, key) for at in having if scope.offers[at].alias == table}
        elif having and scope.offers[having[0]].alias == table:
            del merged[key]
            hidden -= {(at, key) for at in having[1:]}
    left_out = {e.name.lower() for e in names if e not in owned}
    return (replace(scope, merged=merged, hidden=hidden) if owned else scope), left_out


def _named_in(walk: Walk, scope: Scope, star: exp.Expr, qualifier: tuple[str, ...]) -> None:
    """Refuse a star that leaves out, replaces or renames what is not there."""
    if not walk.strict or walk.context.dialect == "clickhouse":
        return
    renamed = [e.this for e in star.args.get("rename") or () if e.this is not None]
    replaced = [e.args["alias"] for e in star.args.get("replace") or () if e.args.get("alias")]
    if walk.context.dialect == "duckdb":
        renamed = []  # it lets a renaming of nothing pass
    for name in (*(star.args.get("except_") or ()), *replaced, *renamed):
        if name.name.lower() not in scope.merged:
            walk.missing(scope, name, qualifier)


def _whole(scope: Scope, qualifier: tuple[str, ...], rel: Rel) -> bool:
    """A star that leaves nothing out, in one go; False when it names nothing in FROM."""
    offers = scope.starred(qualifier)
    opens = [o.rel for o in offers if o.has_more]
    for offer in offers:
        rel.names += offer.rel.names
        rel.cols += offer.columns()
    rel.index = None
    if opens:
        listed = frozenset(n.lower() for o in offers for n in o.rel.names)
        rel.opens += [(r, listed) for r in opens]
    return bool(offers)


def union_of_open(rels: list[Rel], name: str) -> Col | None:
    """The flows of a column that one of several open relations must have."""
    holder = Rel([], [], {})
    holder.opens = [(r, frozenset()) for r in rels]
    return holder.lookup_open(name)


def _row_star(walk: Walk, scope: Scope, node: exp.Expr, rel: Rel) -> None:
    """``(t).*``: the columns of a row, or the fields of a composite value."""
    inner = node.this.unnest()
    is_name = isinstance(inner, exp.Column) and inner.args.get("table") is None
    if is_name and scope.unqualified(inner.name) is None and scope.row(inner.name) is not None:
        _star(walk, scope, node.expression, (inner.name,), rel)
    else:
        _add_fields(walk, rel, scope, with_fields(walk, scope, inner, walk.value(scope, inner)))


def _applied(walk: Walk, scope: Scope, node: exp.Expr, rel: Rel) -> None:
    """ClickHouse's ``columns('…') apply (f)``: f of each column."""
    columns, function = node.find(exp.Columns), node.args.get("expression")
    if columns is None or function is None:
        return
    for name, _ in list(matching(walk, scope, columns)):
        call = exp.func(function.name, exp.column(exp.to_identifier(name, quoted=True)))
        _add(rel, scope, f"{function.name}({name})", walk.value(scope, call))


def _script(walk: Walk, scope: Scope, node: exp.Expr, rel: Rel) -> None:
    """Spark's ``transform(…) using 'script' as (c, d)``: every column from every argument."""
    cols = [walk.value(scope, e) for e in node.expressions]
    schema = node.args.get("schema")
    for column in schema.expressions if schema is not None else ():
        _add(rel, scope, column.name, changed(union(cols)))


def _struct_star(walk: Walk, scope: Scope, parts: tuple[str, ...], rel: Rel) -> bool:
    """``s.*`` where ``s`` is a struct column."""
    found = scope.resolve(parts)
    if found is None:
        return False
    col = field(found.col, found.fields)
    _add_fields(walk, rel, scope, col if isinstance(col, StructCol) else changed(col))
    return True


def _add_fields(walk: Walk, rel: Rel, scope: Scope, col: Col) -> None:
    """All fields of a struct; where they are not known, all are fed by the struct's column."""
    if not isinstance(col, StructCol):
        rel.opens.append((FieldsRel(col), frozenset()))
        return
    for name, each in col.fields.items():
        _add(rel, scope, name, changed(each))


def _is_filtered_star(node: exp.Expr) -> bool:
    """``* like 'a%'``, ``* not ilike 'b%'``, ``* similar to …``."""
    inner = node.this if isinstance(node, exp.Not) else node
    return isinstance(inner, exp.Binary) and _star_of(inner.this) is not None


def _star_of(node: exp.Expr | None) -> exp.Expr | None:
    """The star itself of ``*`` or ``t.*``."""
    inner = node.this if isinstance(node, exp.Column) else node
    return inner if isinstance(inner, exp.Star) else None


def _filtered_star(walk: Walk, scope: Scope, node: exp.Expr, rel: Rel) -> None:
    test = name_condition(node, "*")
    if test is None:
        walk.gap(GapReason.DYNAMIC_COLUMNS, node.sql(dialect=walk.context.dialect or None))
    star = node.find(exp.Column)
    qualifier = (star.table,) if star is not None and isinstance(star.this, exp.Star) else ()
    for name, col, _ in scope.star(qualifier):
        if col is None:
            walk.gap(GapReason.DYNAMIC_COLUMNS, "a filtered star over unknown columns")
        elif test is None or test(name):
            _add(rel, scope, name, col)


def _columns_alone(node: exp.Expr) -> exp.Columns | None:
    """``columns(…)``, or ``*columns(…)``, as a whole select item, aliased or not."""
    inner = node.this if isinstance(node, exp.Alias) else node
    return inner if isinstance(inner, exp.Columns) else None


def _has_columns(node: exp.Expr) -> bool:
    return node.find(exp.Columns) is not None


def _unpacked(walk: Walk, scope: Scope, node: exp.Expr) -> exp.Expr:
    """``coalesce(*columns('a.*'))``: the columns as arguments of the call."""
    holders = [c for c in node.find_all(exp.Columns) if c.args.get("unpack")]
    for holder in holders:
        found = [name for name, _ in matching(walk, scope, holder)]
        columns = [exp.column(exp.to_identifier(name, quoted=True)) for name in found]
        call, key, at = holder.parent, holder.arg_key, holder.index
        if call is None or key is None or not columns:
            continue
        if at is None:
            call.set(key, columns.pop(0))
            key, at, rest = "expressions", 0, call.args.get("expressions") or []
        else:
            rest = call.args[key][at + 1 :]
        call.set(key, [*(call.args.get(key) or [])[:at], *columns, *rest])
    return node


def _each_column(walk: Walk, scope: Scope, node: exp.Expr, rel: Rel) -> None:
    """``max(columns('a.*'))`` makes one output column per matching column."""
    node = _unpacked(walk, scope, node.copy())
    columns = node.find(exp.Columns)
    if columns is None:
        _one(walk, scope, node, len(rel.names), rel)
        return
    matches = list(matching(walk, scope, columns))
    for name, _ in matches:
        copy = node.copy()
        for holder in list(copy.find_all(exp.Columns)):
            holder.replace(exp.column(exp.to_identifier(name, quoted=True)))
        alias = copy.alias if isinstance(copy, exp.Alias) else name
        _add(rel, scope, alias.replace("\\0", name) or name, walk.value(scope, copy))


def _without(rel: Rel, names: list[exp.Expr]) -> Rel:
    """``select * exclude (a)`` as a clause of the whole list (Redshift)."""
    left_out = {n.name.lower() for n in names}
    kept = [(n, c) for n, c in zip(rel.names, rel.cols, strict=True) if n.lower() not in left_out]
    out = Rel([n for n, _ in kept], [c for _, c in kept], rel.rows)
    out.opens = [(r, hidden | frozenset(left_out)) for r, hidden in rel.opens]
    return out
