"""What decides a value without being it: CASE, COALESCE, IN, EXISTS, FILTER, subqueries."""

from __future__ import annotations

from sqlglot import exp

from headwater.sql.flow import Flow, children, deciding, weaker
from headwater.sql.flows import AGGREGATION, CONDITIONAL, MASKS
from headwater.sql.masks import NOTHING_LEFT, PART


def case(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """Conditions decide, results are the value."""
    steer = deciding(effect)
    effect = weaker(effect)
    work = flow.work
    if node.args.get("this") is not None:
        work.append((node.this, steer, flags))
    for branch in node.args.get("ifs") or ():
        work.append((branch.this, steer, flags))
        work.append((branch.args.get("true"), effect, flags))
    if node.args.get("default") is not None:
        work.append((node.args["default"], effect, flags))


def if_(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``if(c, a, b)``."""
    flow.see(node)
    work = flow.work
    work.append((node.this, deciding(effect), flags))
    for key in ("true", "false"):
        if node.args.get(key) is not None:
            work.append((node.args[key], weaker(effect), flags))


def coalesce(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """Every argument may be the value; all but the last also decide which."""
    flow.see(node)
    arguments = [node.this, *(node.args.get("expressions") or ())]
    for position, argument in enumerate(arguments):
        flow.work.append((argument, weaker(effect), flags))
        if effect <= AGGREGATION and position < len(arguments) - 1:
            flow.work.append((argument, CONDITIONAL, flags))


def nullif(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``nullif(a, b)``: a is the value, b decides."""
    flow.see(node)
    flow.work.append((node.this, weaker(effect), flags))
    steer = deciding(effect)
    flow.work.append((node.args.get("expression"), steer, flags))


def nvl2(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``nvl2(c, a, b)``."""
    flow.see(node)
    flow.work.append((node.this, deciding(effect), flags))
    for key in ("true", "false"):
        if node.args.get(key) is not None:
            flow.work.append((node.args[key], weaker(effect), flags))


def filter(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``agg(x) filter (where c)``."""
    flow.work.append((node.this, effect, flags))
    steer = deciding(effect)
    flow.work.append((node.args.get("expression"), steer, flags & ~MASKS))


def in_(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``a in (…)``: a list is compared by value, a subquery decides."""
    query = node.args.get("query")
    if effect <= AGGREGATION:
        flags |= PART
    flow.work.append((node.this, weaker(effect), flags))
    for item in node.args.get("expressions") or ():
        flow.work.append((item, weaker(effect), flags))
    for key in ("unnest", "field"):
        if isinstance(node.args.get(key), exp.Expr):
            flow.work.append((node.args[key], weaker(effect), flags))
    if query is not None:
        flow.subquery(query, deciding(effect), flags)


def predicate(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``a = b``, ``a is null``: yes or no is a part of the value; whether there is one, nothing."""
    if effect <= AGGREGATION:
        is_null = isinstance(node, exp.Is) and isinstance(node.args.get("expression"), exp.Null)
        flags |= NOTHING_LEFT if is_null else PART
    children(flow, node, effect, flags)


def exists(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``exists (select …)``: only the rows of the subquery decide."""
    query = node.this
    if isinstance(query, (exp.Query, exp.Subquery)):
        flow.subquery(query, deciding(effect), flags, values=False)
    else:
        children(flow, node, effect, flags)


def subquery(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """A scalar subquery: its column is the value, its rows decide."""
    flow.subquery(node, effect, flags)


def decode(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``decode(x, search, result, …, default)``: x and the searches only decide."""
    flow.see(node)
    steer = deciding(effect)
    items = list(node.expressions)
    flow.work.append((items[0], steer, flags))
    rest = items[1:]
    for position, item in enumerate(rest):
        is_default = position == len(rest) - 1 and len(rest) % 2 == 1
        is_result = is_default or position % 2 == 1
        flow.work.append((item, weaker(effect) if is_result else steer, flags))


def having_max(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """BigQuery's ``any_value(x having max y)``: y picks the row."""
    flow.work.append((node.this, effect, flags))
    steer = deciding(effect)
    flow.work.append((node.args.get("expression"), steer, flags))
