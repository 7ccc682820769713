"""Random FROM clauses: joins of every kind, derived tables, laterals, unnests, values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .expressions import Expressions
from .grammar import TYPES, Column, Scope, Source, quoted

#: writes a query for a derived table: (depth, outer columns) -> (SQL, its columns)
Writer = Callable[[int, list[Column]], tuple[str, list[Column]]]
ORDERABLE = "insdb"


class Relations:
    """FROM clauses over the tables in reach."""

    def __init__(self, source: Source, expressions: Expressions, write: Writer) -> None:
        self.source = source
        self.expressions = expressions
        self.write = write
        self._taken: set[str] = set()

    def make(self, depth: int, outer: list[Column]) -> tuple[str, Scope]:
        """A FROM clause (without the word) and what may be named after it."""
        text, scope = self.item(depth)
        scope.outer = outer
        for _ in range(self.source.rng.choices((0, 1, 2), (5, 4, 2))[0]):
            text, scope = self._joined(text, scope, depth)
            scope.outer = outer
        return text, self._with_short_names(scope)

    def item(self, depth: int) -> tuple[str, Scope]:
        """A table, CTE, derived table or VALUES, with an alias."""
        kinds = [(10, self._table), (1, self._values)]
        if depth > 0:
            kinds.append((4, self._derived))
        return self.source.weighted(kinds)(depth)

    def _table(self, depth: int) -> tuple[str, Scope]:
        table = self.source.one(self.source.tables)
        alias = table.name if self.source.chance(0.2) else self.source.name("t")
        if self.source.chance(0.04):
            self.source.note("alias like a column")
            alias = self.source.one(("k", "g"))
        if alias in self._taken:
            alias = self.source.name("t")
        self._taken.add(alias)
        scope = self._scope(alias, table.columns)
        if table.key:
            scope.order = [f"{alias}.{quoted(table.key)}"]
        word = self.source.one(("as ", ""))
        return (alias if alias == table.name else f"{quoted(table.name)} {word}{alias}"), scope

    def apart(self, depth: int) -> tuple[str, Scope]:
        """A FROM clause of a subquery: its table names may hide those outside."""
        taken, self._taken = self._taken, set()
        text, scope = self.item(depth)
        if self.source.chance(0.25):
            text, scope = self._on(text, scope, depth)
        self._taken = taken
        return text, scope

    def fresh(self) -> None:
        """Forget which table names stand unaliased: a new FROM begins."""
        self._taken = set()

    def _derived(self, depth: int) -> tuple[str, Scope]:
        self.source.note("derived")
        taken, self._taken = self._taken, set()
        sql, columns = self.write(depth - 1, [])
        self._taken = taken
        alias = self.source.name("q")
        if self.source.chance(0.15) and len(columns) > 1:
            self.source.note("derived.column_aliases")
            named = [replace(c, name=self.source.name("v")) for c in columns]
            return f"({sql}) as {alias}({', '.join(c.name for c in named)})", self._scope(
                alias, named
            )
        return f"({sql}) as {alias}", self._scope(alias, columns)

    def _values(self, depth: int) -> tuple[str, Scope]:
        self.source.note("values")
        alias, literal = self.source.name("v"), self.expressions.literal
        columns = [Column(self.source.name("x"), type_) for type_ in self.source.some("iisd", 1, 3)]
        rows = ", ".join("(" + ", ".join(literal(c.type) for c in columns) + ")" for _ in range(3))
        return f"(values {rows}) as {alias}({', '.join(c.name for c in columns)})", self._scope(
            alias, columns
        )

    def _scope(self, alias: str, columns: list[Column]) -> Scope:
        named = [replace(c, text=f"{alias}.{quoted(c.name)}") for c in columns]
        order = [c.text for c in named if c.type in ORDERABLE]
        return Scope(named, order, star=list(named), aliases=[alias])

    def _joined(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        kinds = [
            (8, self._on),
            (4, self._using),
            (1, self._cross),
            (1, self._comma),
            (2, self._semi),
            (1, self._natural),
            (1, self._asof),
            (2, self._unnest),
            (1, self._range),
        ]
        if depth > 0:
            kinds.append((3, self._lateral))
        return self.source.weighted(kinds)(text, left, depth)

    def _on(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        right_text, right = self.item(depth)
        kind = self.source.one(("join", "inner join", "left join", "right join", "full outer join"))
        self.source.note(kind)
        both = left.merged(right)
        return f"{text} {kind} {right_text} on {self._condition(left, right)}", both

    def _condition(self, left: Scope, right: Scope) -> str:
        type_ = "i" if left.of("i") and right.of("i") else "s"
        a = self.expressions.column(left, type_)
        b = self.expressions.column(right, type_)
        equal = f"{a.text} = {b.text}" if a and b else "1 = 1"
        if self.source.chance(0.2):
            self.source.note("join.extra")
            plain = Scope([c for c in (left.columns + right.columns) if c.type in TYPES])
            equal += f" and {self.expressions.make('b', plain, self.source.one((0, 0, 1)))}"
        return equal

    def _using(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        right_text, right = self.item(depth)
        shared = self._shared(left, right)
        if not shared:
            return f"{text} join {right_text} on {self._condition(left, right)}", left.merged(right)
        keys = self.source.some(shared, 1, 1 if self.source.chance(0.7) else 2)
        kind = self.source.one(("join", "left join", "right join", "full join"))
        self.source.note(f"{kind} using")
        names = ", ".join(quoted(key) for key in keys)
        return f"{text} {kind} {right_text} using ({names})", self._fused(left, right, keys)

    def _natural(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        right_text, right = self._table(depth)
        shared = self._shared(left, right)
        clashing = {c.name for c in left.star} & {c.name for c in right.star}
        if not shared or set(shared) != clashing:
            return f"{text} join {right_text} on {self._condition(left, right)}", left.merged(right)
        self.source.note("natural join")
        kind = self.source.one(("natural join", "natural left join", "natural full join"))
        return f"{text} {kind} {right_text}", self._fused(left, right, shared)

    def _shared(self, left: Scope, right: Scope) -> list[str]:
        def names(scope: Scope) -> dict[str, str]:
            found = [c.name for c in scope.star]
            return {c.name: c.type for c in scope.star if found.count(c.name) == 1}

        mine, theirs = names(left), names(right)
        return [n for n, type_ in mine.items() if theirs.get(n) == type_ and type_ in TYPES]

    def _fused(self, left: Scope, right: Scope, keys: list[str]) -> Scope:
        """The join's scope: the keys also have a name without a table, and stand once in a star."""
        both = left.merged(right)
        both.star = left.star + [c for c in right.star if c.name not in keys]
        merged = [Column(c.name, c.type, quoted(c.name)) for c in left.star if c.name in keys]
        both.columns = both.columns + merged * 2
        both.star = [next((m for m in merged if m.name == c.name), c) for c in both.star]
        return both

    def _cross(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        self.source.note("cross join")
        right_text, right = self._values(depth)
        return f"{text} cross join {right_text}", left.merged(right)

    def _comma(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        self.source.note("comma join")
        right_text, right = self._values(depth)
        return f"{text}, {right_text}", left.merged(right)

    def _semi(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        right_text, right = self._table(depth)
        kind = self.source.one(("semi join", "anti join"))
        shared = self._shared(left, right)
        self.source.note(kind)
        if shared and self.source.chance(0.3):
            return f"{text} {kind} {right_text} using ({quoted(shared[0])})", left
        return f"{text} {kind} {right_text} on {self._condition(left, right)}", left

    def _asof(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        right_text, right = self._table(depth)
        a, b = self.expressions.column(left, "i"), self.expressions.column(right, "i")
        keys = [c for c in right.columns if right.order and c.text == right.order[0]]
        if not (a and b and keys) or a.name == b.name:
            return f"{text} cross join {right_text}", left.merged(right)
        self.source.note("asof join")
        kind = self.source.one(("asof join", "asof left join"))
        return f"{text} {kind} {right_text} on {a.text} >= {keys[0].text}", left.merged(right)

    def _unnest(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        alias, column = self.source.name("u"), self.source.name("e")
        lists = left.of("l")
        if lists:
            self.source.note("unnest of a column")
            inner = self.source.one(lists).text
        else:
            self.source.note("unnest of expressions")
            inner = f"[{self.expressions.leaf('i', left)}, {self.expressions.leaf('i', left)}]"
        right = self._scope(alias, [Column(column, "i")])
        how = self.source.one((",", " cross join", ", lateral"))
        return f"{text}{how} unnest({inner}) as {alias}({column})", left.merged(right)

    def _range(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        self.source.note("range of a column")
        alias, column = self.source.name("g"), self.source.name("n")
        upto = f"coalesce({self.expressions.leaf('i', left)}, 0) % 4"
        function = self.source.one(("range", "generate_series"))
        right = self._scope(alias, [Column(column, "i")])
        return f"{text}, {function}(0, {upto}) as {alias}({column})", left.merged(right)

    def _lateral(self, text: str, left: Scope, depth: int) -> tuple[str, Scope]:
        self.source.note("lateral")
        alias = self.source.name("l")
        visible = [c for c in left.columns if "." in c.text and c.type in TYPES]
        taken, self._taken = self._taken, set()
        if self.source.chance(0.15):
            self.source.note("lateral values")
            name, rows = (
                self.source.name("w"),
                [self.expressions.make("i", Scope(visible), 1) for _ in "ab"],
            )
            sql = f"select * from (values ({rows[0]}), ({rows[1]})) as {alias}x({name})"
            columns = [Column(name, "i")]
        elif self.source.chance(0.35):
            made = [(self.expressions.any(Scope(visible), 2), self.source.name("w")) for _ in "ab"]
            sql = "select " + ", ".join(f"{expr} as {name}" for (expr, _), name in made)
            columns = [Column(name, type_) for (_, type_), name in made]
        else:
            sql, columns = self.write(0, visible)
        self._taken = taken
        right = self._scope(alias, columns)
        how = self.source.one((", lateral ({}) as {}", " left join lateral ({}) as {} on true"))
        return text + how.format(sql, alias), left.merged(right)

    def _with_short_names(self, scope: Scope) -> Scope:
        """Some columns are named without their table, where that is not ambiguous."""
        names = [c.name for c in scope.star] + [c.name for c in scope.columns if "." not in c.text]
        reach = {c.name for c in scope.outer}

        def short(column: Column) -> Column:
            alone = names.count(column.name) == 1 and column.name not in reach
            if alone and "." in column.text and self.source.chance(0.4):
                return replace(column, text=quoted(column.name))
            if self.source.chance(0.03):
                self.source.note("other case")
                return replace(column, text=column.text.upper())
            return column

        scope.columns = [short(column) for column in scope.columns]
        return scope
