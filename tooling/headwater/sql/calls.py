"""Functions: aggregates, windows, orders inside aggregates, lambdas, masks."""

from __future__ import annotations

from sqlglot import exp

from headwater.core.edges import Effect
from headwater.sql import references
from headwater.sql.flow import Flow, Handler, children, deciding, weaker
from headwater.sql.flows import (
    AGGREGATION,
    CONDITIONAL,
    EFFECTS,
    IDENTITY,
    ROW_DEPENDENT,
    TRANSFORMATION,
    Col,
    add_direct,
)
from headwater.sql.functions import (
    UNTYPED,
    base_name,
    is_aggregate,
    is_conditional,
    makes_rows,
)
from headwater.sql.masks import LOOKED_UP, mapped, masked

SORT = int(Effect.SORT)
WINDOW = int(Effect.WINDOW)


def function(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """Any call: arguments transform, aggregate or hide the value."""
    flow.see(node)
    name = base_name(node) if isinstance(node, UNTYPED) else ""
    if name in BY_NAME:
        BY_NAME[name](flow, node, effect, flags)
        return
    if name in LOOKED_UP:
        _looked_up(flow, node, effect, masked(flow, node, name, flags))
        return
    if is_aggregate(node):
        flow.flags |= ROW_DEPENDENT
        effect = max(effect, AGGREGATION)
    flags = mapped(flow, node, name, masked(flow, node, name, flags))
    if makes_rows(node, flow.walk.context.dialect):
        flow.expands = True
    if name and is_conditional(node):
        *arguments, condition = node.args.get("params") or node.expressions
        for argument in arguments:
            flow.work.append((argument, effect, flags))
        flow.work.append((condition, deciding(effect), flags))
        return
    children(flow, node, effect, flags)
    if isinstance(node.parent, exp.Dot):  # DuckDB's ``lower(a).trim()`` leaves ``a`` untyped
        for name in (node.args.get("this"), *(node.args.get("expressions") or ())):
            if isinstance(name, exp.Identifier):
                references.column(flow, exp.Column(this=name), weaker(effect), flags)


def _multi_if(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """ClickHouse's ``multiIf(c1, v1, c2, v2, …, otherwise)``."""
    items = list(node.expressions)
    for position, item in enumerate(items):
        decides = position % 2 == 0 and position < len(items) - 1
        flow.work.append((item, deciding(effect) if decides else weaker(effect), flags))


def _looked_up(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """A token from a vault, or its value: what it is looked up by comes back in another form."""
    for each in node.expressions:
        inner = flow.walk.flow(flow.scope, each, IDENTITY, flow.shadow)
        col = inner.col()
        refs, direct = flow.walk.sources.refs, dict(col.direct)
        for key, (have, start, end) in col.steer.items():
            if refs[key // EFFECTS].column is not None:
                add_direct(direct, key // EFFECTS, (TRANSFORMATION, have, start, end))
        flow.use(Col(direct, col.steer, col.flags), weaker(effect), flags)


def _choose(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """T-SQL's ``choose(index, a, b, …)``."""
    index, *values = node.expressions
    flow.work.append((index, deciding(effect), flags))
    for value in values:
        flow.work.append((value, weaker(effect), flags))


#: Calls that sqlglot keeps by name and that do not just transform their arguments.
BY_NAME: dict[str, Handler] = {
    "multiif": _multi_if,
    "choose": _choose,
    "tupleelement": references.extract,
}


def arg_max(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``max_by(x, y)``: y picks the row that x is taken from."""
    flow.see(node)
    flow.flags |= ROW_DEPENDENT
    steer = effect if effect > AGGREGATION else CONDITIONAL
    flow.work.append((node.this, max(effect, AGGREGATION), flags))
    flow.work.append((node.args.get("expression"), steer, flags))


def window(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``f(x) over (partition by p order by o)``: x is the value; p and o are its WINDOW."""
    flow.flags |= ROW_DEPENDENT
    inner = node.this
    if inner is not None:
        flow.work.append((inner, weaker(effect), flags))
    steer = effect if effect > AGGREGATION else WINDOW
    seen: set[int] = set()
    spec: exp.Expr | None = node
    while spec is not None and id(spec) not in seen:
        seen.add(id(spec))
        for part in spec.args.get("partition_by") or ():
            flow.work.append((part, steer, 0))
        for key in ("order", "spec", "first"):
            if isinstance(spec.args.get(key), exp.Expr):
                flow.work.append((spec.args[key], steer, 0))
        name = spec.args.get("alias") or (spec.this if spec is not node else None)
        named = flow.scope.windows.get(name.name.lower()) if name is not None else None
        spec = named if isinstance(named, exp.Expr) else None


def order(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``array_agg(x order by y)``: x is the value, y the order."""
    if node.args.get("this") is not None:
        flow.work.append((node.this, effect, flags))
        effect = effect if effect > AGGREGATION else SORT
    for key in node.args.get("expressions") or ():
        flow.work.append((key, effect, flags))


def within_group(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``percentile_cont(0.5) within group (order by v)``: v is the value unless x stands inside."""
    flow.flags |= ROW_DEPENDENT
    flow.work.append((node.this, effect, flags))
    order = node.args.get("expression")
    if order is None or node.this is None:
        return
    has_value = node.this.find(exp.Column) is not None
    steer = effect if effect > AGGREGATION else (SORT if has_value else AGGREGATION)
    for key in order.args.get("expressions") or ():
        flow.work.append((key, steer, flags))


def comprehension(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``[f(y) for y in list if g(y)]``: y is no column inside the body."""
    variables = [node.args.get("expression"), node.args.get("position")]
    names = {flow.walk.spell(v) for v in variables if v is not None}
    for key in ("this", "condition"):
        if node.args.get(key) is not None:
            shadowed(flow, names, node.args[key], (weaker(effect), flags))
    flow.work.append((node.args.get("iterator"), weaker(effect), flags))


def lambda_(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``x -> f(x, a)``: x is no column inside the body."""
    names = {flow.walk.spell(p) for p in node.args.get("expressions") or ()}
    shadowed(flow, names, node.this, (weaker(effect), flags))


def shadowed(flow: Flow, names: set[str], body: exp.Expr, how: tuple[int, int]) -> None:
    """Collect a body in which some names are its own variables."""
    effect, flags = how
    inner = flow.walk.flow(flow.scope, body, IDENTITY, flow.shadow | names)
    flow.use(Col(inner.direct, inner.steer, inner.flags), effect, flags)


def property(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``name := value``, ``name => value``; the key of a map may be a value, too."""
    flow.work.append((node.args.get("expression"), weaker(effect), flags))
    if isinstance(node.parent, exp.Struct) and not isinstance(
        node.this, (exp.Identifier, exp.Literal)
    ):
        flow.work.append((node.this, weaker(effect), flags))
