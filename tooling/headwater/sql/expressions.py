"""Expression -> flows: which columns give the value, and which only steer it.

One loop over a work list. Each entry carries the effect that its columns have on the result; a
handler per node class says how the effect changes on the way down.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, GapReason
from headwater.sql.column_sets import matching
from headwater.sql.flows import (
    AGGREGATION,
    CONDITIONAL,
    EFFECTS,
    IDENTITY,
    MASKING,
    ROW_DEPENDENT,
    TRANSFORMATION,
    Col,
    Direct,
    Steer,
    add_direct,
    add_steer,
    claimed_steer,
    merge_steer,
    steering,
)
from headwater.sql.functions import function_name, is_aggregate, is_mask, makes_rows
from headwater.sql.relations import positional
from headwater.sql.scope import Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

CAST = int(EdgeFlag.CAST)
FAILED = int(ColumnFlag.FAILED)
SORT = int(Effect.SORT)
WINDOW = int(Effect.WINDOW)


class Flow:
    """The flows of one expression, while they are being collected."""

    __slots__ = ("direct", "end", "expands", "flags", "scope", "shadow", "start", "steer", "walk", "work")

    def __init__(self, walk: Walk, scope: Scope, shadow: frozenset[str] = frozenset()) -> None:
        self.walk = walk
        self.scope = scope
        self.shadow = shadow
        self.direct: Direct = {}
        self.steer: Steer = {}
        self.flags = 0
        self.expands = False
        self.start = -1
        self.end = -1
        self.work: list[tuple[exp.Expression, int, int]] = []

    def run(self, root: exp.Expression, effect: int) -> Flow:
        """Collect everything below ``root``, which stands for the result with ``effect``."""
        work = self.work
        work.append((root, effect, 0))
        handlers = HANDLERS
        while work:
            node, effect, flags = work.pop()
            handler = handlers.get(node.__class__) or _handler_of(node)
            handler(self, node, effect, flags)
        return self

    def col(self) -> Col:
        """The result as a column, with this expression as the evidence of what it changed."""
        start, end = self.start, self.end
        direct = {
            s: (f if f[2] >= 0 else (f[0], f[1], start, end)) for s, f in self.direct.items()
        }
        return Col(direct, claimed_steer(self.steer, start, end), self.flags)

    def see(self, identifier: exp.Expression | None) -> None:
        """Widen the evidence span by a token that carries its position."""
        meta = identifier._meta if identifier is not None else None
        if meta is None:
            return
        start = meta.get("start")
        if start is None:
            return
        if self.start < 0 or start < self.start:
            self.start = start
        end = meta["end"] + 1
        self.end = max(self.end, end)

    def use(self, col: Col, effect: int, flags: int) -> None:
        """Let a column reach the result with an effect."""
        self.flags |= col.flags
        if effect > AGGREGATION:
            steering(col, effect, self.steer)
            return
        direct = self.direct
        for source, (had, have, start, end) in col.direct.items():
            if effect == IDENTITY:
                add_direct(direct, source, (had, have | flags, start, end))
            else:
                add_direct(direct, source, (max(had, effect), have | flags, -1, -1))
        if not flags & MASKING:
            merge_steer(self.steer, col.steer)
        else:
            for key, (have, start, end) in col.steer.items():
                add_steer(self.steer, key, (have | MASKING, start, end))

    def subquery(self, query: exp.Expression, effect: int, flags: int, values: bool = True) -> None:
        """Let a subquery's value (and its rows) reach the result."""
        rel = self.walk.query(query, Scope(self.scope.ctes, self.scope))
        rows_effect = effect if effect > AGGREGATION else CONDITIONAL
        if values:
            cols = [rel.at(i) for i in range(len(rel.names))]
            cols += [rel.star()] if rel.is_open else []
            for col in cols:
                self.use(Col(col.direct, col.steer, 0), effect, flags)
        for key, flow in rel.rows.items():
            add_steer(self.steer, key // EFFECTS * EFFECTS + rows_effect, flow)


Handler = Callable[[Flow, exp.Expression, int, int], None]


def _weaker(effect: int) -> int:
    return TRANSFORMATION if effect == IDENTITY else effect


def _nothing(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    return None


def _through(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.work.append((node.this, effect, flags))


def _children(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    effect = _weaker(effect)
    work = flow.work
    for value in node.args.values():
        if value.__class__ is list:
            for item in value:
                if isinstance(item, exp.Expression):
                    work.append((item, effect, flags))
        elif isinstance(value, exp.Expression):
            work.append((value, effect, flags))


def _function(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.see(node)
    if is_aggregate(node):
        flow.flags |= ROW_DEPENDENT
        effect = max(effect, AGGREGATION)
    if is_mask(node):
        flags |= MASKING
    if makes_rows(node):
        flow.expands = True
    _children(flow, node, effect, flags)
    if isinstance(node.parent, exp.Dot):  # DuckDB's ``lower(a).trim()`` leaves ``a`` untyped
        for name in (node.args.get("this"), *(node.args.get("expressions") or ())):
            if isinstance(name, exp.Identifier):
                _column(flow, exp.Column(this=name), _weaker(effect), flags)


def _cast(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.work.append((node.this, _weaker(effect), flags | CAST))


def _column(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    args = node.args
    name = args["this"]
    if isinstance(name, exp.Star):
        _starred(flow, node, effect, flags)
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
        alias = _alias_for(flow, text)
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
        _unresolved(flow, node, parts, effect, flags)
        return
    if found.reason is not None:
        walk.gap(found.reason, ".".join(parts), name)
        if found.reason == GapReason.UNKNOWN_COLUMN and not found.col.direct:
            flow.flags |= FAILED
    flow.use(found.col, _weaker(effect) if found.has_fields else effect, flags)


def _alias_for(flow: Flow, name: str) -> Col | None:
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


def _unresolved(
    flow: Flow, node: exp.Expression, parts: tuple[str, ...], effect: int, flags: int
) -> None:
    offer = flow.scope.row(parts[0])
    if offer is not None and flow.walk.rules.whole_row:
        rel = offer.rel
        cols = [rel.at(i) for i in range(len(rel.names))] + ([rel.star()] if rel.is_open else [])
        if rel.wild is not None and not cols:
            cols = [rel.wild]
        for col in cols:
            flow.use(col, _weaker(effect), flags)
        return
    if len(parts) == 1 and parts[0].lower() in _NILADIC:
        return
    system = flow.scope.system_column(parts[0]) if len(parts) == 1 else None
    if system is not None:
        flow.use(system, effect, flags)
        return
    flow.flags |= FAILED
    flow.walk.gap(GapReason.UNKNOWN_COLUMN, ".".join(parts), node.this)


_NILADIC = frozenset(
    "current_date current_time current_timestamp localtime localtimestamp current_user session_user "
    "user current_role current_catalog current_schema sysdate systimestamp rownum level rowid "
    "row_number".split()
)


def _starred(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``t.*`` inside an expression: the whole row."""
    table = node.args.get("table")
    flow.see(table)
    qualifier = (flow.walk.spell(table),) if table is not None else ()
    star = node if isinstance(node, exp.Star) else node.this
    left_out = {e.name.lower() for e in star.args.get("except_") or ()}
    for name, col, rel in flow.scope.star(qualifier):
        if name.lower() not in left_out:
            flow.use(col if col is not None else rel.star(), _weaker(effect), flags)


def _star(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``hash(*)`` is the whole row; ``count(*)`` no column at all."""
    around = node.find_ancestor(exp.Func)
    if around is not None and function_name(around) not in ("count", "count_if", "count_big"):
        _starred(flow, node, effect, flags)


def _parameter(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """Snowflake's ``$1``: a column by its position."""
    if flow.walk.context.dialect == "snowflake" and node.name.isdigit() and flow.scope.offers:
        flow.use(positional(flow.scope.offers[0].rel, node.name), effect, flags)


def _case(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    steer = effect if effect > AGGREGATION else CONDITIONAL
    effect = _weaker(effect)
    work = flow.work
    if node.args.get("this") is not None:
        work.append((node.this, steer, flags))
    for branch in node.args.get("ifs") or ():
        work.append((branch.this, steer, flags))
        work.append((branch.args["true"], effect, flags))
    if node.args.get("default") is not None:
        work.append((node.args["default"], effect, flags))


def _if(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.see(node)
    work = flow.work
    work.append((node.this, effect if effect > AGGREGATION else CONDITIONAL, flags))
    for key in ("true", "false"):
        if node.args.get(key) is not None:
            work.append((node.args[key], _weaker(effect), flags))


def _coalesce(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """Every argument may be the value; all but the last also decide which."""
    flow.see(node)
    arguments = [node.this, *(node.args.get("expressions") or ())]
    for position, argument in enumerate(arguments):
        flow.work.append((argument, _weaker(effect), flags))
        if effect <= AGGREGATION and position < len(arguments) - 1:
            flow.work.append((argument, CONDITIONAL, flags))


def _nullif(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.see(node)
    flow.work.append((node.this, _weaker(effect), flags))
    steer = effect if effect > AGGREGATION else CONDITIONAL
    flow.work.append((node.args["expression"], steer, flags))


def _nvl2(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.see(node)
    flow.work.append((node.this, effect if effect > AGGREGATION else CONDITIONAL, flags))
    for key in ("true", "false"):
        if node.args.get(key) is not None:
            flow.work.append((node.args[key], _weaker(effect), flags))


def _filter(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.work.append((node.this, effect, flags))
    steer = effect if effect > AGGREGATION else CONDITIONAL
    flow.work.append((node.args["expression"], steer, flags & ~MASKING))


def _window(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.flags |= ROW_DEPENDENT
    inner = node.this
    if inner is not None:
        flow.work.append((inner, _weaker(effect), flags))
    steer = effect if effect > AGGREGATION else WINDOW
    seen: set[int] = set()
    spec: exp.Expression | None = node
    while spec is not None and id(spec) not in seen:
        seen.add(id(spec))
        for part in spec.args.get("partition_by") or ():
            flow.work.append((part, steer, 0))
        for key in ("order", "spec", "first"):
            if isinstance(spec.args.get(key), exp.Expression):
                flow.work.append((spec.args[key], steer, 0))
        name = spec.args.get("alias") or (spec.this if spec is not node else None)
        named = flow.scope.windows.get(name.name.lower()) if name is not None else None
        spec = named if isinstance(named, exp.Expression) else None


def _order(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``array_agg(x order by y)``: x is the value, y the order."""
    if node.args.get("this") is not None:
        flow.work.append((node.this, effect, flags))
        effect = effect if effect > AGGREGATION else SORT
    for key in node.args.get("expressions") or ():
        flow.work.append((key, effect, flags))


def _within_group(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``percentile_cont(0.5) within group (order by v)``: v is the value unless x stands inside."""
    flow.flags |= ROW_DEPENDENT
    flow.work.append((node.this, effect, flags))
    order = node.args["expression"]
    has_value = node.this.find(exp.Column) is not None
    steer = effect if effect > AGGREGATION else (SORT if has_value else AGGREGATION)
    for key in order.args.get("expressions") or ():
        flow.work.append((key, steer, flags))


def _in(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.work.append((node.this, _weaker(effect), flags))
    for item in node.args.get("expressions") or ():
        flow.work.append((item, _weaker(effect), flags))
    for key in ("unnest", "field"):
        if isinstance(node.args.get(key), exp.Expression):
            flow.work.append((node.args[key], _weaker(effect), flags))
    query = node.args.get("query")
    if query is not None:
        flow.subquery(query, effect if effect > AGGREGATION else CONDITIONAL, flags)


def _exists(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    query = node.this
    if isinstance(query, (exp.Query, exp.Subquery)):
        flow.subquery(query, effect if effect > AGGREGATION else CONDITIONAL, flags, values=False)
    else:
        _children(flow, node, effect, flags)


def _subquery(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    flow.subquery(node, effect, flags)


def _dot(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``(t).a``: a column of the row ``t``; otherwise a field of what stands before the dot."""
    inner = node.this.unnest()
    field = node.expression
    parts = list(node.flatten())
    if isinstance(parts[0], exp.Identifier):
        _chain(flow, parts, effect, flags)
    elif (
        isinstance(inner, exp.Column)
        and isinstance(field, exp.Identifier)
        and inner.args.get("table") is None
        and flow.scope.unqualified(flow.walk.spell(inner.this)) is None
        and flow.scope.row(inner.name) is not None
    ):
        _column(flow, exp.Column(this=field, table=inner.this), effect, flags)
    else:
        _children(flow, node, effect, flags)


def _chain(
    flow: Flow, parts: list[exp.Expression], effect: int, flags: int
) -> None:
    """``name.upper().trim()``: a method called on a column, unless ``name`` is a function's schema."""
    names = []
    while parts and isinstance(parts[0], exp.Identifier):
        names.append(parts.pop(0))
    has_arguments = bool(parts and (parts[0].args.get("expressions") or parts[0].args.get("this")))
    if parts and isinstance(parts[0], exp.Anonymous):
        has_arguments = bool(parts[0].expressions)
    keys = ("this", "table", "db", "catalog")
    column = exp.Column(**dict(zip(keys, reversed(names), strict=False)))
    known = flow.scope.known(names[0].name) is not None or flow.scope.row(names[0].name) is not None
    if known or not has_arguments:
        _column(flow, column, _weaker(effect) if parts else effect, flags)
    for part in parts:
        flow.work.append((part, _weaker(effect), flags))


def _decode(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``decode(x, search, result, …, default)``: x and the searches only decide."""
    flow.see(node)
    steer = effect if effect > AGGREGATION else CONDITIONAL
    items = list(node.expressions)
    flow.work.append((items[0], steer, flags))
    rest = items[1:]
    for position, item in enumerate(rest):
        is_default = position == len(rest) - 1 and len(rest) % 2 == 1
        is_result = is_default or position % 2 == 1
        flow.work.append((item, _weaker(effect) if is_result else steer, flags))


def _having_max(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """BigQuery's ``any_value(x having max y)``: y picks the row."""
    flow.work.append((node.this, effect, flags))
    steer = effect if effect > AGGREGATION else CONDITIONAL
    flow.work.append((node.args["expression"], steer, flags))


def _comprehension(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``[f(y) for y in list if g(y)]``: y is no column inside the body."""
    variables = [node.args.get("expression"), node.args.get("position")]
    names = {flow.walk.spell(v) for v in variables if v is not None}
    for key in ("this", "condition"):
        if node.args.get(key) is not None:
            _shadowed(flow, names, node.args[key], (_weaker(effect), flags))
    flow.work.append((node.args["iterator"], _weaker(effect), flags))


def _lambda(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``x -> f(x, a)``: x is no column inside the body."""
    names = {flow.walk.spell(p) for p in node.args.get("expressions") or ()}
    _shadowed(flow, names, node.this, (_weaker(effect), flags))


def _shadowed(flow: Flow, names: set[str], body: exp.Expression, how: tuple[int, int]) -> None:
    effect, flags = how
    inner = Flow(flow.walk, flow.scope, flow.shadow | names).run(body, IDENTITY)
    flow.use(Col(inner.direct, inner.steer, inner.flags), effect, flags)


def _property(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    """``name := value`` and ``name => value``: only the value matters."""
    flow.work.append((node.args["expression"], _weaker(effect), flags))


def _columns(flow: Flow, node: exp.Expression, effect: int, flags: int) -> None:
    for _, col in matching(flow.walk, flow.scope, node):
        flow.use(col, _weaker(effect), flags)


HANDLERS: dict[type, Handler] = {
    exp.Alias: _through,
    exp.Paren: _through,
    exp.Distinct: _children,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Column: _column,
    exp.Case: _case,
    exp.If: _if,
    exp.Coalesce: _coalesce,
    exp.Nullif: _nullif,
    exp.Nvl2: _nvl2,
    exp.Filter: _filter,
    exp.Window: _window,
    exp.Order: _order,
    exp.WithinGroup: _within_group,
    exp.In: _in,
    exp.Exists: _exists,
    exp.Subquery: _subquery,
    exp.Select: _subquery,
    exp.Union: _subquery,
    exp.Intersect: _subquery,
    exp.Except: _subquery,
    exp.Comprehension: _comprehension,
    exp.DecodeCase: _decode,
    exp.Dot: _dot,
    exp.HavingMax: _having_max,
    exp.Lambda: _lambda,
    exp.PropertyEQ: _property,
    exp.Kwarg: _property,
    exp.Columns: _columns,
    exp.Literal: _nothing,
    exp.Null: _nothing,
    exp.Boolean: _nothing,
    exp.DataType: _nothing,
    exp.Identifier: _nothing,
    exp.Var: _nothing,
    exp.Star: _star,
    exp.Placeholder: _nothing,
    exp.Parameter: _parameter,
    exp.JSONPath: _nothing,
    exp.Interval: _children,
}


def _handler_of(node: exp.Expression) -> Handler:
    """The handler of a class met for the first time, remembered for the next."""
    if isinstance(node, exp.Func) and not isinstance(node, (exp.And, exp.Or)):
        handler: Handler = _function
    elif isinstance(node, exp.Cast):
        handler = _cast
    else:
        handler = _children
    HANDLERS[node.__class__] = handler
    return handler
