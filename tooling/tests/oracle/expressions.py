"""Random expressions of a wanted type over a scope."""

from __future__ import annotations

from collections.abc import Callable

from .grammar import TYPES, Column, Scope, Source

Maker = Callable[["Expressions", Scope, int], str]
WORDS = ("a", "b", "ab", "abc", "B", "x1", "yy", "zed")


class Expressions:
    """Expressions over scopes. ``subquery`` is given by whoever knows how to write queries."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.subquery: Callable[[Scope, str, str], str] = lambda scope, type_, form: "null"

    def make(self, type_: str, scope: Scope, depth: int) -> str:
        """An expression of the type; deeper where ``depth`` allows."""
        if depth <= 0 or self.source.chance(0.4):
            return self.leaf(type_, scope)
        return self.source.weighted(_MAKERS[type_])(self, scope, depth - 1)

    def leaf(self, type_: str, scope: Scope) -> str:
        """A column if there is one, now and then of the outer query, else a literal."""
        inner, outer = scope.of(type_), [c for c in scope.outer if c.type == type_]
        if outer and self.source.chance(0.3):
            self.source.note("correlated")
            return self.source.one(outer).text
        if inner and self.source.chance(0.9):
            return self.source.one(inner).text
        return self.literal(type_)

    def literal(self, type_: str) -> str:
        """A constant of the type."""
        one = self.source.one
        if type_ == "i":
            return str(self.source.rng.randint(1, 9))
        if type_ == "n":
            return one(("2.5", "10.0", "25.5", "3.0"))
        if type_ == "s":
            return f"'{one(WORDS)}'"
        if type_ == "d":
            return f"date '2020-01-{self.source.rng.randint(10, 28)}'"
        if type_ == "l":
            return "[1, 2]"
        return one(("true", "false")) if type_ == "b" else "null"

    def column(self, scope: Scope, type_: str | None = None) -> Column | None:
        """Any column of a simple type, or of the type."""
        wanted = [
            c for c in scope.columns if (c.type in TYPES if type_ is None else c.type == type_)
        ]
        return self.source.one(wanted) if wanted else None

    def any(self, scope: Scope, depth: int) -> tuple[str, str]:
        """An expression with its type."""
        type_ = self.source.one("iinnssdb")
        return self.make(type_, scope, depth), type_


def _form(form: str, template: str, *types: str) -> Maker:
    def make(self: Expressions, scope: Scope, depth: int) -> str:
        self.source.note(form)
        return template.format(*(self.make(type_, scope, depth) for type_ in types))

    return make


def _nested(form: str, template: str, type_: str, fallback: str) -> Maker:
    def make(self: Expressions, scope: Scope, depth: int) -> str:
        columns = scope.of(type_)
        if not columns:
            return self.leaf(fallback, scope)
        self.source.note(form)
        return template.format(self.source.one(columns).text)

    return make


def _query(form: str, type_: str) -> Maker:
    def make(self: Expressions, scope: Scope, depth: int) -> str:
        if depth < 0:
            return self.leaf(type_, scope)
        self.source.note(f"subquery.{form}")
        return self.subquery(scope, type_, form)

    return make


def _comparison(self: Expressions, scope: Scope, depth: int) -> str:
    type_ = self.source.one("iinsd")
    operator = self.source.one(("=", "<", ">", "<=", ">=", "<>", "is distinct from"))
    left = self.make(type_, scope, depth)
    right = self.literal(type_) if self.source.chance(0.6) else self.make(type_, scope, depth)
    return f"{left} {operator} {right}"


def _in_list(self: Expressions, scope: Scope, depth: int) -> str:
    type_ = self.source.one("is")
    values = ", ".join(dict.fromkeys(self.literal(type_) for _ in range(4)))
    return f"{self.leaf(type_, scope)} {self.source.one(('in', 'in', 'not in'))} ({values})"


def _is_null(self: Expressions, scope: Scope, depth: int) -> str:
    text, _ = self.any(scope, depth)
    return f"({text}) is {self.source.one(('', 'not '))}null"


def _whole_row(self: Expressions, scope: Scope, depth: int) -> str:
    aliases = [alias for alias in scope.aliases if alias not in {c.name for c in scope.columns}]
    if not aliases:
        return self.leaf("s", scope)
    self.source.note("whole row")
    return f"cast({self.source.one(aliases)} as varchar)"


def _tuple_in(self: Expressions, scope: Scope, depth: int) -> str:
    self.source.note("tuple in values")
    left = f"({self.leaf('i', scope)}, {self.leaf('s', scope)})"
    return f"{left} in ((3, 'a'), (4, 'b'), (5, 'ab'), ({self.leaf('i', scope)}, 'B'))"


_ANY_BRANCH = {
    type_: [
        (4, _form("case", "case when {} then {} else {} end", "b", type_, type_)),
        (1, _form("case", "case when {} then {} when {} then {} end", "b", type_, "b", type_)),
        (1, _form("case.operand", "case {} when 2 then {} else {} end", "i", type_, type_)),
        (3, _form("coalesce", "coalesce({}, {})", type_, type_)),
        (2, _form("nullif", "nullif({}, {})", type_, type_)),
        (1, _form("greatest", "greatest({}, {})", type_, type_)),
        (1, _form("if", "if({}, {}, {})", "b", type_, type_)),
        (1, _form("ifnull", "ifnull({}, {})", type_, type_)),
        (2, _query("scalar", type_)),
        (1, _form("struct literal", "({{'p': {}, 'q': {}}}).q", "i", type_)),
        (1, _form("struct_pack", "struct_pack(p := {}, q := {}).p", type_, "s")),
        (1, _form("list literal", "([{}, {}])[1]", type_, type_)),
        (1, _form("between columns", "if({} between {} and 7, {}, null)", "i", "i", type_)),
    ]
    for type_ in TYPES
}
_MAKERS: dict[str, list[tuple[int, Maker]]] = {
    "i": [
        *_ANY_BRANCH["i"],
        (4, _form("arithmetic", "({} + {})", "i", "i")),
        (2, _form("arithmetic", "{} * 2", "i")),
        (1, _form("arithmetic", "({} % 4)", "i")),
        (2, _form("function", "length({})", "s")),
        (1, _form("function", "abs(-{})", "i")),
        (1, _form("function", "strpos({}, 'a')", "s")),
        (2, _form("cast", "cast({} as integer)", "n")),
        (1, _form("cast", "({} > 2)::integer", "i")),
        (1, _form("cast.try", "try_cast({} as integer)", "s")),
        (2, _form("extract", "extract(day from {})", "d")),
        (1, _form("date_diff", "date_diff('day', {}, {})", "d", "d")),
        (3, _nested("list", "len({})", "l", "i")),
        (2, _nested("list", "{}[1]", "l", "i")),
        (2, _nested("list.aggregate", "list_sum({})", "l", "i")),
        (2, _nested("lambda", "list_sum(list_transform({}, lambda e: e + 1))", "l", "i")),
        (3, _nested("struct", "{}.x", "t", "i")),
        (2, _nested("struct", "struct_extract({}, 'x')", "t", "i")),
        (2, _nested("json", "try_cast({} ->> 'a' as integer)", "j", "i")),
        (1, _query("count", "i")),
        (
            1,
            _form("json built", "cast(json_object('a', {}, 'b', {}) ->> 'a' as integer)", "i", "s"),
        ),
        (1, _form("map", "map(['x', 'y'], [{}, {}])['x']", "i", "i")),
    ],
    "n": [
        *_ANY_BRANCH["n"],
        (4, _form("arithmetic", "({} + {})", "n", "n")),
        (2, _form("arithmetic", "({} - {})", "n", "i")),
        (1, _form("arithmetic", "{} / 2", "n")),
        (2, _form("function", "round({}, 1)", "n")),
        (1, _form("cast", "cast({} as decimal(15, 2))", "i")),
        (1, _form("cast.chain", "cast(cast({} as varchar) as double)", "i")),
    ],
    "s": [
        *_ANY_BRANCH["s"],
        (3, _form("function", "upper({})", "s")),
        (3, _form("concat", "{} || {}", "s", "s")),
        (1, _form("function", "concat({}, '-', {})", "s", "i")),
        (1, _form("function", "substr({}, 1, 1)", "s")),
        (1, _form("function", "replace({}, 'a', {})", "s", "s")),
        (1, _form("cast", "cast({} as varchar)", "i")),
        (1, _form("cast", "({})::text", "d")),
        (1, _form("function", "strftime({}, '%m-%d')", "d")),
        (1, _form("function", "md5({})", "s")),
        (3, _nested("struct", "{}.y", "t", "s")),
        (3, _nested("json", "{} ->> 'b'", "j", "s")),
        (2, _nested("json", "json_extract_string({}, '$.a')", "j", "s")),
        (2, _nested("list", "array_to_string({}, '/')", "l", "s")),
        (2, _nested("comprehension", "cast([e * 2 for e in {} if e > 3] as varchar)", "l", "s")),
    ],
    "d": [
        *_ANY_BRANCH["d"],
        (2, _form("date.interval", "cast({} + interval 3 day as date)", "d")),
        (2, _form("date_trunc", "cast(date_trunc('month', {}) as date)", "d")),
        (1, _form("arithmetic", "{} + {}", "d", "i")),
        (1, _form("function", "last_day({})", "d")),
    ],
    "b": [
        (10, _comparison),
        (3, _in_list),
        (1, _tuple_in),
        (3, _is_null),
        (2, _form("between", "{} between 2 and {}", "i", "i")),
        (2, _form("like", "{} like '%a%'", "s")),
        (2, _form("and", "({} and {})", "b", "b")),
        (2, _form("or", "({} or {})", "b", "b")),
        (1, _form("not", "not ({})", "b")),
        (2, _nested("list.contains", "list_contains({}, 2)", "l", "b")),
        (1, _form("tuple", "({}, {}) = (3, 'a')", "i", "s")),
        (2, _query("exists", "b")),
        (2, _query("in", "b")),
        (2, _query("any", "b")),
    ],
}
