"""Names in expressions: columns, stars, rows, fields, methods on columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from headwater.core.edges import ColumnFlag, GapReason
from headwater.sql.column_sets import matching
from headwater.sql.flow import Flow, children, weaker
from headwater.sql.flows import Col, claimed, field
from headwater.sql.functions import function_name
from headwater.sql.mask_rules import is_part
from headwater.sql.masks import PART, methods_leave
from headwater.sql.relations import NamedValue, positional
from headwater.sql.scope import Scope
from headwater.sql.slices import is_small_slice
from headwater.sql.structs import accessed

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FAILED = int(ColumnFlag.FAILED)


#: Functions that are called without parentheses.
NILADIC = frozenset(
    """current_catalog current_date current_role current_schema current_time current_timestamp
    current_user level localtime localtimestamp row_number rowid rownum session_user sysdate
    systimestamp user""".split()
)


def alias(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """What is named is the value; ClickHouse knows a name given anywhere from there on."""
    if flow.walk.rules.alias_first:
        flow.scope.aliases.setdefault(node.alias.lower(), flow.walk.value(flow.scope, node.this))
    flow.work.append((node.this, effect, flags))


def plain_column(walk: Walk, scope: Scope, node: exp.Expr) -> Col | None:
    """``a`` or ``t.a`` where nothing about it is special; ``None`` sends it the long way."""
    args = node.args
    name, table = args["this"], args.get("table")
    if name.__class__ is not exp.Identifier or args.get("db") is not None:
        return None
    if table is None and walk.rules.aliases and scope.aliases:
        return None
    if walk.variables or (table is None and name.name.lower() in scope.ctes):
        return None
    parts = (walk.spell(name),) if table is None else (walk.spell(table), walk.spell(name))
    found = scope.resolve(parts)
    if found is None or found.reason is not None or found.fields:
        return None
    last = name._meta
    if not last or "start" not in last:
        return found.col
    first = table._meta if table is not None else last
    return claimed(found.col, (first or last).get("start", -1), last["end"] + 1)


def column(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """A column reference: by alias, name, qualifier, or as a field of a struct."""
    args = node.args
    name = args["this"]
    if isinstance(name, exp.Star):
        starred(flow, node, effect, flags)
        return
    if isinstance(name, exp.Parameter):
        offer = flow.scope.row(args["table"].name) if args.get("table") is not None else None
        if offer is not None:
            flow.use(positional(offer.rel, name.name), effect, flags)
        return
    flow.see(name)
    walk = flow.walk
    table = args.get("table")
    if table is None:
        text = walk.spell(name)
        if text in flow.shadow or text.lower() in walk.variables:
            return
        parts: tuple[str, ...] = (text,)
        if walk.rules.alias_first and _named_value(flow, text, effect, flags):
            return
        alias = alias_for(flow, text)
        if alias is not None:
            flow.use(alias, effect, flags)
            return
    else:
        flow.see(table)
        owners = (args.get("catalog"), args.get("db"), table)
        parts = (*(walk.spell(o) for o in owners if o is not None), walk.spell(name))
        if parts[0] in flow.shadow:
            return
    found = flow.scope.resolve(parts)
    if found is None and len(parts) == 1 and walk.rules.aliases:
        found = flow.scope.outer_alias(parts[0])
    if found is None:
        unresolved(flow, node, parts, effect, flags)
        return
    if found.reason is not None:
        walk.gap(found.reason, ".".join(parts), name)
        if found.reason == GapReason.UNKNOWN_COLUMN and not found.col.direct:
            flow.flags |= FAILED
    if found.fields:
        flow.use(field(found.col, found.fields), weaker(effect), flags)
        return
    flow.use(found.col, effect, flags)


def _named_value(flow: Flow, name: str, effect: int, flags: int) -> bool:
    """ClickHouse's ``with <expression> as name``: computed where the name is used."""
    named = flow.scope.ctes.get(name.lower())
    if named is None or name.lower() in flow.scope.merged:
        return False
    if isinstance(named, NamedValue):
        inner = Scope({k: v for k, v in flow.scope.ctes.items() if v is not named})
        inner.parent, inner.offers, inner.merged = flow.scope.parent, flow.scope.offers, {}
        flow.use(flow.walk.value(inner, named.expression), weaker(effect), flags)
        return True
    if len(named.names) == 1 and not any(o.rel is named for o in flow.scope.offers):
        listed = any(o.rel.find(name) >= 0 for o in flow.scope.offers)
        if not listed:
            flow.use(named.at(0), weaker(effect), flags)
        return not listed
    return False


def alias_for(flow: Flow, name: str) -> Col | None:
    """An alias of the same select list, where the dialect lets it be used as a value."""
    scope, rules = flow.scope, flow.walk.rules
    if not rules.aliases or not scope.aliases:
        return None
    col = scope.aliases.get(name.lower())
    if col is None or rules.alias_first:
        return col
    if name.lower() in scope.merged:
        return None
    listed = any(o.rel.find(name) >= 0 for o in scope.offers)
    return None if listed else col


def unresolved(flow: Flow, node: exp.Expr, parts: tuple[str, ...], effect: int, flags: int) -> None:
    """A name that is no column: a whole row, a function without parentheses, or a gap."""
    offer = flow.scope.row(parts[0])
    if offer is not None and flow.walk.rules.whole_row:
        rel = offer.rel
        cols = [rel.at(i) for i in range(len(rel.names))] + ([rel.star()] if rel.is_open else [])
        if rel.wild is not None and not cols:
            cols = [rel.wild]
        for col in cols:
            flow.use(col, weaker(effect), flags)
        return
    if len(parts) == 1 and parts[0].lower() in NILADIC:
        return
    system = flow.scope.system_column(parts[0]) if len(parts) == 1 else None
    if system is not None:
        flow.use(system, effect, flags)
        return
    flow.flags |= FAILED
    flow.walk.gap(GapReason.UNKNOWN_COLUMN, ".".join(parts), node.this)


def starred(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``t.*`` inside an expression: the whole row."""
    table = node.args.get("table")
    flow.see(table)
    qualifier = (flow.walk.spell(table),) if table is not None else ()
    star = node if isinstance(node, exp.Star) else node.this
    left_out = {e.name.lower() for e in star.args.get("except_") or ()}
    for name, col, rel in flow.scope.star(qualifier):
        if name.lower() not in left_out:
            flow.use(col if col is not None else rel.star(), weaker(effect), flags)


def star(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``hash(*)`` is the whole row; ``count(*)`` no column at all."""
    around = node.find_ancestor(exp.Func)
    if around is not None and function_name(around) not in ("count", "count_if", "count_big"):
        starred(flow, node, effect, flags)


def parameter(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """Snowflake's ``$1``: a column by its position."""
    if flow.walk.context.dialect == "snowflake" and node.name.isdigit() and flow.scope.offers:
        flow.use(positional(flow.scope.offers[0].rel, node.name), effect, flags)


def dot(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``(t).a``: a column of the row ``t``; otherwise a field of what stands before the dot."""
    inner, name = node.this.unnest(), node.expression
    parts = list(node.flatten())
    if (
        isinstance(inner, exp.Column)
        and isinstance(name, exp.Identifier)
        and inner.args.get("table") is None
        and flow.scope.unqualified(flow.walk.spell(inner.this)) is None
        and flow.scope.row(inner.name) is not None
    ):
        column(flow, exp.Column(this=name, table=inner.this), effect, flags)
        return
    known = accessed(flow.walk, flow.scope, node) if not flow.shadow else None
    if known is not None:
        flow.use(known, weaker(effect), flags)
    elif isinstance(parts[0], exp.Identifier):
        chain(flow, parts, effect, flags)
    else:
        children(flow, node, effect, flags)


def extract(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``s['x']``, ``struct_extract(s, 'x')``, ``o:x``: one field, if the fields are known."""
    known = accessed(flow.walk, flow.scope, node) if not flow.shadow else None
    if known is not None:
        flow.use(known, weaker(effect), flags)
    else:
        flow.see(node)
        children(flow, node, effect, _of_part(flow, node, flags))


def _of_part(flow: Flow, node: exp.Expr, flags: int) -> int:
    if not isinstance(node, exp.Bracket):
        return flags
    if is_small_slice(flow, node):
        return flags | PART
    first = Dialect.get_or_raise(flow.walk.context.dialect or None).INDEX_OFFSET
    return flags | PART if is_part(node, first) else flags


def chain(flow: Flow, parts: list[exp.Expr], effect: int, flags: int) -> None:
    """``name.upper().trim()``: a method of a column, unless ``name`` is a function's schema."""
    names = []
    while parts and isinstance(parts[0], exp.Identifier):
        names.append(parts.pop(0))
    has_arguments = bool(parts and (parts[0].args.get("expressions") or parts[0].args.get("this")))
    if parts and isinstance(parts[0], exp.Anonymous):
        has_arguments = bool(parts[0].expressions)
    keys = ("this", "table", "db", "catalog")
    receiver = exp.Column(**dict(zip(keys, reversed(names), strict=False)))
    known = flow.scope.known(names[0].name) is not None or flow.scope.row(names[0].name) is not None
    if known or not has_arguments:
        left = methods_leave(flow, receiver, parts) if parts else 0
        column(flow, receiver, weaker(effect) if parts else effect, flags | left)
    for part in parts:
        flow.work.append((part, weaker(effect), flags))


def columns(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """DuckDB's ``COLUMNS(…)`` inside an expression."""
    for _, col in matching(flow.walk, flow.scope, node):
        flow.use(col, weaker(effect), flags)
