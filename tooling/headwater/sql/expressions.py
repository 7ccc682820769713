"""Expression -> flows: which columns give the value, and which only steer it.

One loop over a work list. Each entry carries the effect that its columns have on the result; a
handler per node class says how the effect changes on the way down.
"""

from __future__ import annotations

from sqlglot import exp

from headwater.sql import calls, conditions, references
from headwater.sql.flow import Flow, Handler, cast, children, nothing, through


def collect(flow: Flow, root: exp.Expr, effect: int) -> Flow:
    """Add everything below ``root``, which stands for the result with ``effect``."""
    work = flow.work
    work.append((root, effect, 0))
    handlers = HANDLERS
    while work:
        node, effect, flags = work.pop()
        if node is None:  # a part that broken SQL left out
            continue
        handler = handlers.get(node.__class__) or _handler_of(node)
        handler(flow, node, effect, flags)
    return flow


HANDLERS: dict[type, Handler] = {
    exp.Alias: references.alias,
    exp.Paren: through,
    exp.Distinct: children,
    exp.Cast: cast,
    exp.Convert: cast,
    exp.ArgMax: calls.arg_max,
    exp.ArgMin: calls.arg_max,
    exp.TryCast: cast,
    exp.Column: references.column,
    exp.Case: conditions.case,
    exp.If: conditions.if_,
    exp.Coalesce: conditions.coalesce,
    exp.Nullif: conditions.nullif,
    exp.Nvl2: conditions.nvl2,
    exp.Filter: conditions.filter,
    exp.Window: calls.window,
    exp.Order: calls.order,
    exp.WithinGroup: calls.within_group,
    exp.In: conditions.in_,
    exp.Exists: conditions.exists,
    exp.Subquery: conditions.subquery,
    exp.Select: conditions.subquery,
    exp.Union: conditions.subquery,
    exp.Intersect: conditions.subquery,
    exp.Except: conditions.subquery,
    exp.Comprehension: calls.comprehension,
    exp.DecodeCase: conditions.decode,
    exp.Dot: references.dot,
    exp.HavingMax: conditions.having_max,
    exp.Lambda: calls.lambda_,
    exp.PropertyEQ: calls.property,
    exp.Kwarg: calls.property,
    exp.Columns: references.columns,
    exp.Literal: nothing,
    exp.Null: nothing,
    exp.Boolean: nothing,
    exp.DataType: nothing,
    exp.Identifier: nothing,
    exp.Var: nothing,
    exp.Star: references.star,
    exp.Placeholder: nothing,
    exp.Parameter: references.parameter,
    exp.JSONPath: nothing,
    exp.Interval: children,
    exp.Bracket: references.extract,
    exp.StructExtract: references.extract,
    **dict.fromkeys((exp.GetExtract, exp.JSONBExtract, exp.JSONBExtractScalar), references.extract),
    exp.JSONExtract: references.extract,
    exp.JSONExtractScalar: references.extract,
}


def _handler_of(node: exp.Expr) -> Handler:
    """The handler of a class met for the first time, remembered for the next."""
    if isinstance(node, exp.Func) and not isinstance(node, (exp.And, exp.Or)):
        handler: Handler = calls.function
    elif isinstance(node, exp.Cast):
        handler = cast
    elif isinstance(node, exp.Predicate):
        handler = conditions.predicate
    else:
        handler = children
    HANDLERS[node.__class__] = handler
    return handler
