"""Operators whose writing varies -> canonical terms, one small function each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from headwater.sql.terms import Term, conjuncts, term

if TYPE_CHECKING:
    from headwater.sql.canonical_values import Values

#: ``+`` may join texts here, so the order of its arguments counts.
_PLUS_JOINS = frozenset({"", "tsql", "fabric", "mysql", "sqlite"})
#: Where NaN is the greatest number, or there is none.
_ORDERED_FLOATS = frozenset(
    """postgres redshift materialize risingwave duckdb snowflake spark databricks mysql tsql fabric
    sqlite""".split()
)
_SAME_TEXT = {"duckdb": "text", "snowflake": "text", "bigquery": "text"}

Handler = Callable[["Values", Any], Term]


def bare_node(node: exp.Expr) -> exp.Expr:
    """The expression inside parentheses and under aliases."""
    while isinstance(node, (exp.Paren, exp.Alias)):
        node = node.this
    return node


def _inside(values: Values, node: exp.Expr) -> Term:
    return values.of(node.this)


def _and(values: Values, node: exp.And) -> Term:
    parts = [p for each in node.flatten() for p in conjuncts(values.of(bare_node(each)))]
    kept = {p.key: p for p in parts if p.op != "true"}
    if any(p.op == "false" for p in kept.values()):
        return term("false") if len(kept) == 1 else term("and", *kept.values())
    if len(kept) < 2:
        return next(iter(kept.values()), term("true"))
    return term("and", *kept.values())


def _or(values: Values, node: exp.Expr) -> Term:
    return _any(values.of(bare_node(each)) for each in node.flatten())


def _any(found: Any) -> Term:
    parts = [p for each in found for p in (each.args if each.op == "or" else (each,))]
    kept = {p.key: p for p in parts if p.op != "false"}
    if len(kept) < 2:
        return next(iter(kept.values()), term("false"))
    return term("or", *kept.values())


def _not(values: Values, node: exp.Not) -> Term:
    return negated(values.of(bare_node(node.this)), values.dialect in _ORDERED_FLOATS)


def negated(found: Term, total: bool = False) -> Term:
    """NOT, pushed inwards as far as it holds for NULL too.

    ``total``: any two values can be ordered, NaN too, so that "not less" is "at least".
    """
    opposite = {"eq": "neq", "neq": "eq", "true": "false", "false": "true"}.get(found.op)
    if opposite is not None:
        return term(opposite, *found.args)
    if found.op == "not":
        return found.args[0]
    if found.op == "and":
        return _any(negated(arg, total) for arg in found.args)
    if found.op == "or":
        parts = [p for arg in found.args for p in conjuncts(negated(arg, total))]
        return term("and", *parts)
    if total and found.op in ("lt", "lte"):
        return term("lte" if found.op == "lt" else "lt", found.args[1], found.args[0])
    return term("not", found)


def _binary(op: str, turned: bool = False) -> Handler:
    def convert(values: Values, node: exp.Binary) -> Term:
        left, right = values.of(bare_node(node.this)), values.of(bare_node(node.expression))
        return term(op, right, left) if turned else term(op, left, right)

    return convert


def _equal(op: str) -> Handler:
    plain = _binary(op)

    def convert(values: Values, node: exp.Binary) -> Term:
        found = plain(values, node)
        numbers = [arg.op[7:] for arg in found.args if arg.op.startswith("number ")]
        if len(numbers) == 2 and all(number.isdigit() for number in numbers):
            return term("true" if (int(numbers[0]) == int(numbers[1])) == (op == "eq") else "false")
        return found

    return convert


def _add(values: Values, node: exp.Add) -> Term:
    op = "plus" if values.dialect in _PLUS_JOINS else "add"
    return term(op, values.of(bare_node(node.this)), values.of(bare_node(node.expression)))


def _between(values: Values, node: exp.Between) -> Term:
    if node.args.get("symmetric"):
        return values.parts(node)
    value = values.of(node.this)
    low, high = values.of(node.args["low"]), values.of(node.args["high"])
    return term("and", term("lte", low, value), term("lte", value, high))


def _in(values: Values, node: exp.In) -> Term:
    value = values.of(node.this)
    query = node.args.get("query")
    if query is not None:
        inner = query.this if isinstance(query, exp.Subquery) else query
        return term("in", value, values.query(inner))
    items = node.expressions
    if not items or any(node.args.get(k) for k in ("unnest", "field", "is_global")):
        return values.parts(node)
    return _any(term("eq", value, values.of(bare_node(item))) for item in items)


def _literal(values: Values, node: exp.Literal) -> Term:
    return term(f"text {node.name}" if node.is_string else f"number {node.name.lower()}")


def _boolean(values: Values, node: exp.Boolean) -> Term:
    return term("true" if node.this else "false")


def _cast(values: Values, node: exp.Cast) -> Term:
    name = type_text(node.to, values.dialect)
    rest = [k for k in node.args if node.args[k] and k not in ("this", "to", "comments")]
    more = [term(key, _any_value(values, node.args[key])) for key in sorted(rest)]
    return term(f"{type(node).__name__.lower()} {name}", values.of(bare_node(node.this)), *more)


def _any_value(values: Values, value: object) -> Term:
    return values.of(value) if isinstance(value, exp.Expr) else term(str(value))


def type_text(node: exp.Expr, dialect: str) -> str:
    """A type's name, one for each type of the dialect."""
    text = node.sql(dialect=dialect or None, comments=False).lower()
    return _SAME_TEXT.get(dialect, text) if text in ("text", "varchar", "string") else text


def _case(values: Values, node: exp.Case) -> Term:
    subject = values.of(bare_node(node.this)) if node.this is not None else None
    found = []
    for branch in node.args.get("ifs") or ():
        condition = values.of(bare_node(branch.this))
        if subject is not None:
            condition = term("eq", subject, condition)
        found += [condition, values.of(bare_node(branch.args["true"]))]
    default = node.args.get("default")
    return _cased(values, found, default)


def _if(values: Values, node: exp.If) -> Term:
    found = [values.of(bare_node(node.this)), values.of(bare_node(node.args["true"]))]
    default = node.args.get("false")
    return _cased(values, found, default)


def _cased(values: Values, found: list[Term], default: exp.Expr | None) -> Term:
    last = term("null value") if default is None else values.of(bare_node(default))
    return term("case", *found, last)


def _null(values: Values, node: exp.Null) -> Term:
    return term("null value")


def _coalesce(values: Values, node: exp.Coalesce) -> Term:
    found: list[Term] = []
    for each in (node.this, *node.expressions):
        value = values.of(bare_node(each))
        found += value.args if value.op == "coalesce" else (value,)
    if values.dialect in ("tsql", "fabric") and (
        node.args.get("is_null") or node.args.get("is_nvl")
    ):
        return term("isnull", *found)
    return term("coalesce", *found) if len(found) > 1 else found[0]


def plain_aggregate(node: exp.Expr) -> exp.Expr:
    """An aggregate in its plainest form: ``sum(a) filter (where f)`` is ``sum(case when f …)``.

    Aggregates that leave NULL out say the same either way; ``max(distinct a)`` is ``max(a)``.
    """
    if isinstance(node, exp.Filter) and isinstance(node.this, _SKIP_NULLS):
        inner = plain_aggregate(row_count(node.this))
        value = inner.this
        if isinstance(value, exp.Var):
            value = exp.Literal.number(1)
        if isinstance(value, exp.Distinct) or inner.expressions:
            return node
        return type(inner)(this=_when(node.expression.this, value))
    if isinstance(node, exp.CountIf) and not isinstance(node.this, exp.Distinct):
        return exp.Count(this=_when(node.this, exp.Literal.number(1)))
    if isinstance(node, (exp.Max, exp.Min)) and isinstance(node.this, exp.Distinct):
        values = node.this.expressions
        if len(values) == 1 and not node.expressions:
            return type(node)(this=values[0].copy())
    return row_count(node)


_SKIP_NULLS = (exp.Sum, exp.Min, exp.Max, exp.Avg, exp.Count)


def _when(condition: exp.Expr, value: exp.Expr) -> exp.Case:
    return exp.Case(ifs=[exp.If(this=condition.copy(), true=value.copy())])


def _count(values: Values, node: exp.Count) -> Term:
    return values.summary(row_count(node))


def row_count(node: exp.Expr) -> exp.Expr:
    """``count(*)``, ``count(1)`` and ``count()`` alike; anything else as it is."""
    counted = node.this
    constant = isinstance(counted, (exp.Literal, exp.Star)) or counted is None
    if isinstance(node, exp.Count) and constant and not node.expressions:
        return exp.Count(this=exp.Var(this="rows"))
    return node


def _subquery(values: Values, node: exp.Subquery) -> Term:
    if isinstance(node.this, exp.Query):
        return values.query(node)
    return values.of(node.this)


def _exists(values: Values, node: exp.Exists) -> Term:
    if isinstance(node.this, exp.Query):
        return values.query(node.this, "exists")
    return values.parts(node)


def _lambda(values: Values, node: exp.Lambda) -> Term:
    before = dict(values.frame.shadow)
    depth = len(before)
    for position, name in enumerate(node.expressions):
        values.frame.shadow[values.key(name)] = term(f"argument {depth + position}")
    try:
        return term(f"lambda {len(node.expressions)}", values.of(node.this))
    finally:
        values.frame.shadow = before


def _word(values: Values, node: exp.Expr) -> Term:
    return term(f"word {node.name.lower()}")


def _identifier(values: Values, node: exp.Identifier) -> Term:
    found = values.frame.shadow.get(values.key(node))
    return found if found is not None else term(f"word {values.key(node)}")


def _type(values: Values, node: exp.DataType) -> Term:
    return term(f"type {type_text(node, values.dialect)}")


def _star(values: Values, node: exp.Star) -> Term:
    return values.whole()


HANDLERS: dict[type[exp.Expr], Handler] = {
    exp.Column: lambda values, node: values.column(node),
    exp.Paren: _inside,
    exp.Alias: _inside,
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.EQ: _equal("eq"),
    exp.NEQ: _equal("neq"),
    exp.LT: _binary("lt"),
    exp.LTE: _binary("lte"),
    exp.GT: _binary("lt", turned=True),
    exp.GTE: _binary("lte", turned=True),
    exp.Mul: _binary("mul"),
    exp.Add: _add,
    exp.Between: _between,
    exp.In: _in,
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Null: _null,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Case: _case,
    exp.If: _if,
    exp.Coalesce: _coalesce,
    exp.Count: _count,
    exp.Window: lambda values, node: values.window(node),
    exp.Subquery: _subquery,
    exp.Exists: _exists,
    exp.Lambda: _lambda,
    exp.Var: _word,
    exp.Identifier: _identifier,
    exp.DataType: _type,
    exp.Star: _star,
    exp.Ordered: lambda values, node: values.ordered(node),
}
