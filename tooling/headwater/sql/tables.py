"""FROM and JOIN: what a SELECT can read, and how joins shape its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import ColumnFlag, Effect, GapReason
from headwater.sql.dialects import numbered
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
from headwater.sql.masks import numbering
from headwater.sql.matching import match_recognize
from headwater.sql.names import names_of
from headwater.sql.pivots import apply_pivot
from headwater.sql.relations import BaseRel, Rel
from headwater.sql.scope import Offer, Scope
from headwater.sql.sources import relation_of

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

JOIN = int(Effect.JOIN)


def read_from(walk: Walk, node: exp.Expr, scope: Scope, rows: Steer) -> None:
    """Fill the scope with everything a SELECT reads, and ``rows`` with what joins decide."""
    scope.in_place = walk.rules.using_in_place
    scope.whole_row = walk.rules.whole_row
    scope.strict = walk.strict
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
    if isinstance(item, (exp.Final, exp.Stream)):
        item = item.this
    if _is_joined(item):
        _parenthesised(walk, item, scope, rows)
        return
    rel = _aliased(walk, item, relation_of(walk, item, scope))
    if walk.rules.numbers_names and not isinstance(rel, BaseRel):
        rel = _numbered(rel)
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


def _numbered(rel: Rel) -> Rel:
    """The relation with its repeated names told apart as DuckDB does: ``x``, ``x_1``, ``x_2``."""
    names = list(numbered(rel.names))
    return rel if names == rel.names else rel.renamed(names)


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
    columns = alias.args.get("columns") or _flattened(walk, item)
    if not columns:
        is_value = rel.wild is not None and not rel.wild.flags & ColumnFlag.OPAQUE
        if rel.wild is not None and is_value and not rel.names and alias.this is not None:
            rel.names.append(walk.spell(alias.this))
            rel.cols.append(rel.wild)
        return rel
    names = [walk.spell(c.this if isinstance(c, exp.ColumnDef) else c) for c in columns]
    walk.takes(len(names), rel, alias)
    out = rel.renamed(names)
    for place in _positions(walk, item, len(names)):
        out.cols[place] = numbering(out.cols[place])
    return out


#: What Snowflake's ``flatten`` gives; sqlglot names these itself behind ``lateral``.
_FLATTENED = ("SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS")


def _flattened(walk: Walk, item: exp.Expr) -> tuple[exp.Identifier, ...]:
    """The columns of ``table(flatten(…))``."""
    if not isinstance(item, exp.TableFromRows) or not _is_flatten(walk, item.this):
        return ()
    return tuple(exp.to_identifier(name) for name in _FLATTENED)


def _is_flatten(walk: Walk, node: exp.Expr) -> bool:
    return walk.context.dialect == "snowflake" and isinstance(node, exp.Explode)


def _positions(walk: Walk, item: exp.Expr, width: int) -> tuple[int, ...]:
    """The columns of a table function that only count its rows: no value of an argument."""
    if isinstance(item, (exp.Lateral, exp.TableFromRows)):
        if isinstance(item.this, exp.Posexplode) and width > 1:
            return (0,)
        if _is_flatten(walk, item.this) and width == len(_FLATTENED):
            return (_FLATTENED.index("SEQ"), _FLATTENED.index("INDEX"))
    return (width - 1,) if item.args.get("ordinality") and width > 1 else ()


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
    for key in join.args.get("using") or ():
        for side in (scope.offers[:before], right):
            if key.name.lower() not in scope.merged or side is right:
                walk.missing(Scope({}, offers=side), key)
    if str(join.args.get("method") or "").upper() == "NATURAL":
        names = _natural(walk, scope, before)
    if is_semi:
        for name in names:
            for side in (scope.offers[:before], right):
                steering(_pick(side, name) or NOTHING, JOIN, rows)
        names = []
    for name in names:
        walk.uses(filter(None, (_pick(side, name) for side in (scope.offers[:before], right))))
        _merge_key(scope, before, name, (str(join.args.get("side") or "").upper(), rows))
    if is_semi and right:
        del scope.offers[before:]


def _array_join(walk: Walk, join: exp.Expr, scope: Scope, rows: Steer) -> None:
    """ClickHouse's ``array join a, b as x``: each array becomes its elements."""
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
