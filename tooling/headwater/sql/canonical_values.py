"""Expressions -> canonical terms.

What is made alike: parentheses, aliases, ``a = b`` and ``b = a``, ``a > b`` and ``b < a``, ``<>``
and ``not =``, the order of conjuncts and of IN lists, BETWEEN and its two comparisons, simple and
searched CASE, a missing ELSE, ``::`` and CAST, ``count(*)`` and ``count(1)``, named windows. What
is not: the order of CASE branches and COALESCE arguments, anything that only holds for numbers,
and two calls of a function that gives another value each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from headwater.core.edges import Span
from headwater.sql.canonical_scope import Frame, column_key
from headwater.sql.functions import function_name, is_aggregate
from headwater.sql.terms import NOWHERE, Term, closing, conjuncts, label_term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon

VOLATILE = frozenset(
    """clock_timestamp gen_random_uuid generate_uuid generateuuidv4 newid newsequentialid nextval
    normal rand rand32 rand64 randn random randomblob randstr seq1 seq2 seq4 seq8 setseed timeofday
    uniform uuid uuid_generate_v4 uuid_string zipf""".split()
)
#: Aggregates and windows whose value depends on the order in which rows come.
_ORDERED = frozenset(
    """any_value arg_max arg_min array_agg array_concat_agg array_unique_agg collect_list first
    first_value group_concat grouparray json_agg json_object_agg jsonb_agg jsonb_object_agg lag last
    last_value lead list listagg nth_value ntile object_agg row_number string_agg stringagg
    xmlagg""".split()
)
#: A select list's alias is looked for only after the columns of FROM.
_COLUMN_FIRST = frozenset(
    "postgres redshift materialize risingwave duckdb snowflake spark databricks tsql".split()
)
#: ``+`` may join texts here, so the order of its arguments counts.
_PLUS_JOINS = frozenset({"", "tsql", "fabric", "mysql", "sqlite"})
_SAME_TEXT = {"duckdb": "text", "snowflake": "text", "bigquery": "text"}
_SKIPPED = frozenset({"comments", "big_int", "is_nvl", "is_null"})
_TEXT_LIMIT = 90

Handler = Callable[["Values", Any], Term]


class Values:
    """Converts the expressions of one SELECT."""

    def __init__(self, canon: Canon, frame: Frame) -> None:
        self.canon = canon
        self.frame = frame
        self.dialect = canon.context.dialect
        self.aliases_count = canon.rules.aliases
        self.in_group = False

    def located(self, node: exp.Expr) -> Term:
        """The term, knowing where it stands and how it reads."""
        elsewhere = self.canon.around is not None  # in the SQL of another node
        return self.of(node).located(NOWHERE if elsewhere else span_of(node), self.text(node))

    def text(self, node: exp.Expr) -> str:
        """How an expression reads, on one line and not too long."""
        inner = node.this if isinstance(node, exp.Alias) else node
        text = " ".join(inner.sql(dialect=self.dialect or None, comments=False).split())
        return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 2] + " …"

    def conditions(self, node: exp.Expr) -> list[Term]:
        """The conditions of an AND, each located."""
        node = _bare(node)
        if isinstance(node, exp.And):
            found: list[Term] = []
            stack = [node.expression, node.this]
            while stack:
                part = _bare(stack.pop())
                if isinstance(part, exp.And):
                    stack += [part.expression, part.this]
                else:
                    found += self.conditions(part)
            return found
        whole = self.located(node)
        return [each.located(whole.span, each.text or whole.text) for each in conjuncts(whole)]

    def of(self, node: exp.Expr) -> Term:
        """The term of an expression."""
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            return handler(self, node)
        if isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
            return self.summary(node) if is_aggregate(_called(node)) else self.parts(node)
        if is_aggregate(node):
            return self.summary(node)
        if function_name(node) in VOLATILE or type(node).__name__.lower() in VOLATILE:
            return self.volatile(node)
        if isinstance(node, exp.Query):
            return self.query(node)
        return self.parts(node)

    def parts(self, node: exp.Expr) -> Term:
        """Any other operator: its name and everything in it."""
        name = type(node).__name__
        if isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc)):
            name = f"call {str(node.this).lower()}"
        words, found = [name], []
        for key in sorted(node.args):
            value = node.args[key]
            if value is None or value is False or value == [] or key in _SKIPPED:
                continue
            if isinstance(value, exp.Expr):
                words.append(key)
                found.append(self.of(value))
            elif isinstance(value, list):
                inner = [self.of(v) if isinstance(v, exp.Expr) else term(f"{v}") for v in value]
                words.append(f"{key}*{len(inner)}")
                found += inner
            elif key != "this" or not name.startswith("call "):
                words.append(f"{key}={value}")
        return term(" ".join(words), *found)

    def summary(self, node: exp.Expr) -> Term:
        """An aggregate over the rows of this SELECT: its value moves when they do."""
        if self.frame.group is None or self.in_group:
            return self.parts(node)
        self.in_group = True
        inner = self.parts(node)
        self.in_group = False
        rows, keys = self.frame.group
        needs = [inner, rows, *keys]
        if function_name(_called(node)) in _ORDERED and not list(node.find_all(exp.Order)):
            needs.append(self.frame.order or term("unordered"))
        found = closing(self.frame.own(needs), *needs)
        pairs = sorted(zip(found[2 : 2 + len(keys)], keys, strict=True), key=lambda p: p[0].key)
        return term(
            "summary", found[0], found[1], term("by", *[p[0] for p in pairs]),
            term("of", *[p[1] for p in pairs]), *found[2 + len(keys) :],
        )  # fmt: skip

    def volatile(self, node: exp.Expr) -> Term:
        """A call that gives another value each time: equal to itself only."""
        inner = self.parts(node)
        count = self.canon.volatile.get(inner.key, 0)
        self.canon.volatile[inner.key] = count + 1
        return term(f"volatile {count}", inner)

    def query(self, node: exp.Expr, what: str = "query") -> Term:
        """A subquery as a value: bound, but for what it uses of the scopes around it."""
        block = self.canon.query(node, self.frame.ctes, self.frame, self.frame.depth + 1)
        needs = [block.rows, *([] if what == "exists" else block.everything())]
        inner = Frame({}, None, self.frame.depth + 1)
        return term(f"{what} {len(needs)}", *closing(inner.own(needs), *needs))

    def window(self, node: exp.Window) -> Term:
        """A window: the function, its partition, order and frame, and the rows it is over."""
        named = node.args.get("alias")
        spec: list[exp.Expr] = [node]
        if named is not None and node.args.get("over"):
            base = self.frame.windows.get(named.name.lower())
            spec += [base] if base is not None else []
        partition = [self.of(p) for s in spec for p in s.args.get("partition_by") or ()]
        orders = [o for s in spec if s.args.get("order") for o in s.args["order"].expressions]
        frames = [self.parts(s.args["spec"]) for s in spec if s.args.get("spec") is not None]
        function = self._windowed(node.this)
        rows = [self.frame.rows]
        if not orders and function_name(_called(node.this)) in _ORDERED:
            rows.append(self.frame.order or term("unordered"))
        labels = sorted(self.frame.own(rows))
        over = closing(labels, *rows)
        return term(
            "window", function, term("keys", *partition),
            term("sorted", *[self.ordered(o) for o in orders]), term("frame", *frames),
            term("over", *over, *[term("col:*", label_term(label)) for label in labels]),
        )  # fmt: skip

    def _windowed(self, node: exp.Expr) -> Term:
        """The function of a window: no aggregate of this SELECT, though its arguments may be."""
        words = [type(node).__name__]
        if isinstance(node, (exp.Filter, exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup)):
            found = [self._windowed(node.this)]
            rest = node.args.get("expression")
            found += [self.of(rest)] if isinstance(rest, exp.Expr) else []
            return term(words[0], *found)
        return self.parts(_row_count(node))

    def ordered(self, node: exp.Expr) -> Term:
        """One sort key."""
        if not isinstance(node, exp.Ordered):
            return term("asc", self.of(node))
        nulls = "first" if node.args.get("nulls_first") else "last"
        return term(f"{'desc' if node.args.get('desc') else 'asc'} {nulls}", self.of(node.this))

    def column(self, node: exp.Column) -> Term:
        """A column reference, resolved."""
        name = node.args["this"]
        if isinstance(name, exp.Star):
            return self.whole(_qualifier(node))
        if not isinstance(name, exp.Identifier):
            return self.parts(node)
        key = self.key(name)
        parts = [node.args.get(k) for k in ("catalog", "db", "table")]
        owners = [p for p in parts if p is not None]
        if owners:
            return self._qualified([*owners, name])
        found = self.frame.shadow.get(key)
        return found if found is not None else self.bare(key)

    def key(self, name: exp.Expr) -> str:
        """The name of a column as `column_key` has it."""
        return column_key(name.name, bool(name.args.get("quoted")), self.dialect)

    def bare(self, key: str) -> Term:
        """A name without qualifier: a column of FROM, an alias, a column of a scope around."""
        frame: Frame | None = self.frame
        listed = self.frame.listed(key)
        alias = self.alias(key) if self.aliases_count else None
        if listed is not None:
            return (
                listed if alias is None or self._column_first() else term("either", listed, alias)
            )
        found = [each for each in (self.frame.unlisted(key), alias) if each is not None]
        outer = None
        while frame is not None and outer is None:
            frame = frame.parent
            outer = frame.listed(key) if frame is not None else None
        if outer is not None and alias is None:
            found.append(outer)
        frame = self.frame.parent
        while not found and frame is not None:
            found = [each for each in (frame.unlisted(key),) if each is not None]
            frame = frame.parent
        if len(found) == 1:
            return found[0]
        if found:
            return term("either", *found)
        item = self.frame.row(key)
        if item is not None:
            return term("row", *item.block.everything())
        return term(f"name {key}")

    def _column_first(self) -> bool:
        return self.dialect in _COLUMN_FIRST

    def alias(self, key: str) -> Term | None:
        """The value of an alias of this select list."""
        node = self.frame.aliases.get(key)
        if node is None or key in self.frame.busy:
            return None
        self.frame.busy.add(key)
        try:
            return self.of(node)
        finally:
            self.frame.busy.discard(key)

    def _qualified(self, parts: list[exp.Expr]) -> Term:
        """``a.b.c``: the longest qualifier that names a source wins; the rest are fields."""
        names = [p.name.lower() for p in parts]
        if names[0] in self.frame.shadow:
            return _fields(self.frame.shadow[names[0]], names[1:])
        for split in range(len(parts) - 1, 0, -1):
            found = self.frame.qualified(tuple(names[:split]), self.key(parts[split]))
            if found is not None:
                return _fields(found, names[split + 1 :])
        return _fields(self.bare(self.key(parts[0])), names[1:])

    def whole(self, qualifier: tuple[str, ...] = ()) -> Term:
        """Every column of FROM, or of one item."""
        values = [value for _, _, value, _ in self.frame.star(qualifier)]
        return term("row", *values, *[o.everything() for o in self.frame.star_opens(qualifier)])


def span_of(node: exp.Expr) -> Span:
    """From the first name in an expression to the last."""
    start, end = -1, -1
    for each in node.walk():
        meta = each._meta
        if meta and meta.get("start") is not None:
            start = meta["start"] if start < 0 else min(start, meta["start"])
            end = max(end, meta["end"] + 1)
    return Span(start, end)


def _qualifier(node: exp.Column) -> tuple[str, ...]:
    parts = [node.args.get(k) for k in ("catalog", "db", "table")]
    return tuple(p.name.lower() for p in parts if p is not None)


def _fields(value: Term, names: list[str]) -> Term:
    for name in names:
        value = term(f"field:{name}", value)
    return value


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, (exp.Paren, exp.Alias)):
        node = node.this
    return node


def _called(node: exp.Expr) -> exp.Expr:
    while isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        node = node.this
    return node


# -- one small function for each operator --------------------------------------------------------


def _inside(values: Values, node: exp.Expr) -> Term:
    return values.of(node.this)


def _and(values: Values, node: exp.And) -> Term:
    parts = [p for each in node.flatten() for p in conjuncts(values.of(_bare(each)))]
    kept = {p.key: p for p in parts if p.op != "true"}
    if any(p.op == "false" for p in kept.values()):
        return term("false") if len(kept) == 1 else term("and", *kept.values())
    if len(kept) < 2:
        return next(iter(kept.values()), term("true"))
    return term("and", *kept.values())


def _or(values: Values, node: exp.Expr) -> Term:
    return _any(values.of(_bare(each)) for each in node.flatten())


def _any(found: Any) -> Term:
    parts = [p for each in found for p in (each.args if each.op == "or" else (each,))]
    kept = {p.key: p for p in parts if p.op != "false"}
    if len(kept) < 2:
        return next(iter(kept.values()), term("false"))
    return term("or", *kept.values())


def _not(values: Values, node: exp.Not) -> Term:
    return negated(values.of(_bare(node.this)))


def negated(found: Term) -> Term:
    """NOT, pushed inwards as far as it holds for NULL too."""
    opposite = {"eq": "neq", "neq": "eq", "true": "false", "false": "true"}.get(found.op)
    if opposite is not None:
        return term(opposite, *found.args)
    if found.op == "not":
        return found.args[0]
    if found.op == "and":
        return _any(negated(arg) for arg in found.args)
    if found.op == "or":
        parts = [p for arg in found.args for p in conjuncts(negated(arg))]
        return term("and", *parts)
    return term("not", found)


def _binary(op: str, turned: bool = False) -> Handler:
    def convert(values: Values, node: exp.Binary) -> Term:
        left, right = values.of(_bare(node.this)), values.of(_bare(node.expression))
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
    return term(op, values.of(_bare(node.this)), values.of(_bare(node.expression)))


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
    return _any(term("eq", value, values.of(_bare(item))) for item in items)


def _literal(values: Values, node: exp.Literal) -> Term:
    return term(f"text {node.name}" if node.is_string else f"number {node.name.lower()}")


def _boolean(values: Values, node: exp.Boolean) -> Term:
    return term("true" if node.this else "false")


def _cast(values: Values, node: exp.Cast) -> Term:
    name = type_text(node.to, values.dialect)
    rest = [k for k in node.args if node.args[k] and k not in ("this", "to", "comments")]
    more = [term(key, _any_value(values, node.args[key])) for key in sorted(rest)]
    return term(f"{type(node).__name__.lower()} {name}", values.of(_bare(node.this)), *more)


def _any_value(values: Values, value: object) -> Term:
    return values.of(value) if isinstance(value, exp.Expr) else term(str(value))


def type_text(node: exp.Expr, dialect: str) -> str:
    """A type's name, one for each type of the dialect."""
    text = node.sql(dialect=dialect or None).lower()
    return _SAME_TEXT.get(dialect, text) if text in ("text", "varchar", "string") else text


def _case(values: Values, node: exp.Case) -> Term:
    subject = values.of(_bare(node.this)) if node.this is not None else None
    found = []
    for branch in node.args.get("ifs") or ():
        condition = values.of(_bare(branch.this))
        if subject is not None:
            condition = term("eq", subject, condition)
        found += [condition, values.of(_bare(branch.args["true"]))]
    default = node.args.get("default")
    return _cased(found, values.of(_bare(default)) if default is not None else term("null value"))


def _if(values: Values, node: exp.If) -> Term:
    found = [values.of(_bare(node.this)), values.of(_bare(node.args["true"]))]
    default = node.args.get("false")
    return _cased(found, values.of(_bare(default)) if default is not None else term("null value"))


def _cased(found: list[Term], default: Term) -> Term:
    return term("case", *found, default)


def _null(values: Values, node: exp.Null) -> Term:
    return term("null value")


def _coalesce(values: Values, node: exp.Coalesce) -> Term:
    found: list[Term] = []
    for each in (node.this, *node.expressions):
        value = values.of(_bare(each))
        found += value.args if value.op == "coalesce" else (value,)
    if values.dialect in ("tsql", "fabric") and (
        node.args.get("is_null") or node.args.get("is_nvl")
    ):
        return term("isnull", *found)
    return term("coalesce", *found) if len(found) > 1 else found[0]


def _count(values: Values, node: exp.Count) -> Term:
    return values.summary(_row_count(node))


def _row_count(node: exp.Expr) -> exp.Expr:
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


_HANDLERS: dict[type[exp.Expr], Handler] = {
    exp.Column: Values.column,
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
    exp.Window: Values.window,
    exp.Subquery: _subquery,
    exp.Exists: _exists,
    exp.Lambda: _lambda,
    exp.Var: _word,
    exp.Identifier: _identifier,
    exp.DataType: _type,
    exp.Star: _star,
    exp.Ordered: Values.ordered,
}
