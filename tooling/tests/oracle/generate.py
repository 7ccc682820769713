"""Random, valid DuckDB SQL: a grammar with typed scopes, from a seed.

``Generator(seed).query()`` gives SQL that DuckDB accepts nearly always; what it rejects is left out
by the caller. Every form used is counted in ``forms``, so that a run can show that it met them all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from .expressions import Expressions
from .grammar import TYPES, Column, Scope, Source, Table, quoted, random_schema
from .relations import Relations
from .selects import Selects
from .subqueries import Subqueries


@dataclass(frozen=True, slots=True)
class Query:
    """A random query, and the forms it is made of."""

    sql: str
    forms: Counter[str]


def random_query(seed: int, tables: list[Table]) -> Query:
    """The query of this seed over these tables."""
    source = Source(Random(f"query {seed}"), list(tables))
    writer = Writer(source)
    sql, _ = writer.write(2, [], top=True)
    return Query(sql, source.forms)


def tables_of(seed: int) -> list[Table]:
    """The random schema of this seed."""
    return random_schema(Random(f"schema {seed}"))


class Writer:
    """Whole queries: selects, set operations, WITH, pivots."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.expressions = Expressions(source)
        self.relations = Relations(source, self.expressions, self.write)
        self.selects = Selects(source, self.expressions, self.relations)
        self.expressions.subquery = Subqueries(source, self.expressions, self.relations).make

    def write(self, depth: int, outer: list[Column], top: bool = False) -> tuple[str, list[Column]]:
        """A query and its output columns; without repeated names unless it is the top one."""
        if outer or depth < 0:
            return self.selects.make(max(depth, 0), outer, top)
        kinds = [(9, self._select), (2, self._set_operation)]
        if depth > 0:
            kinds += [(5, self._with), (1, self._pivot), (1, self._unpivot), (1, self._recursive)]
            kinds += [(1, self._from_first)]
        self.relations.fresh()
        return self.source.weighted(kinds)(depth, top)

    def _select(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        return self.selects.make(depth, [], top)

    def _from_first(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        self.source.note("from first")
        table = self.source.one(self.source.tables)
        columns = [replace(c, text=quoted(c.name)) for c in table.columns]
        where = self.expressions.make("b", Scope(columns), 1)
        if self.source.chance(0.5):
            return f"from {table.name} where {where}", table.columns
        picked = self.source.some([c for c in columns if c.type in TYPES], 1, 4)
        names = ", ".join(c.text for c in picked)
        return f"from {table.name} select {names} where {where}", picked

    def _set_operation(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        if self.source.chance(0.3):
            return self._by_name(depth)
        types = [self.source.one("iinssd") for _ in range(self.source.rng.randint(1, 3))]
        branches = [self._branch(types, depth) for _ in range(self.source.rng.choice((2, 2, 3)))]
        sql, columns = branches[0]
        for branch, _ in branches[1:]:
            word = self.source.one(
                (
                    "union all",
                    "union",
                    "intersect",
                    "except",
                    "union",
                    "intersect all",
                    "except all",
                )
            )
            self.source.note(word)
            sql = (
                f"{sql} {word} {branch}"
                if self.source.chance(0.7)
                else f"({sql}) {word} ({branch})"
            )
        if self.source.chance(0.3):
            self.source.note("set operation, ordered and limited")
            places = ", ".join(str(at + 1) for at in range(len(types)))
            sql = f"{sql} order by {places} limit 7"
        return sql, columns

    def _branch(self, types: list[str], depth: int) -> tuple[str, list[Column]]:
        """A select with outputs of the given types."""
        self.relations.fresh()
        text, scope = self.relations.make(min(depth, 1) - 1, [])
        columns = [Column(self.source.name("c"), type_) for type_ in types]
        made = (f"{self.expressions.make(c.type, scope, 1)} as {c.name}" for c in columns)
        sql = f"select {', '.join(made)} from {text}"
        if self.source.chance(0.4):
            sql += f" where {self.expressions.make('b', scope, 1)}"
        return sql, columns

    def _by_name(self, depth: int) -> tuple[str, list[Column]]:
        self.source.note("union by name")
        left, columns = self._branch(["i", "s"], depth)
        right, others = self._branch(["s", "i", "d"], depth)
        names = {others[0].name: columns[1].name, others[1].name: columns[0].name}
        if self.source.chance(0.5):
            names.pop(others[1].name)
        for old, new in names.items():
            right = right.replace(f" as {old}", f" as {new}")
        word = self.source.one(("union all by name", "union by name"))
        named = [replace(c, name=names.get(c.name, c.name)) for c in others]
        known = {c.name for c in columns}
        return f"{left} {word} {right}", columns + [c for c in named if c.name not in known]

    def _with(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        before, parts = list(self.source.tables), []
        for _ in range(self.source.rng.randint(1, 3)):
            sql, columns = self.write(depth - 1, [])
            shadow = self.source.chance(0.15) and self.source.one(before).name
            name = shadow or self.source.name("cte")
            if any(part.startswith(f"{name} ") for part in parts):
                name = self.source.name("cte")
            self.source.note("cte shadows a table" if shadow else "cte")
            header = name
            if self.source.chance(0.15):
                self.source.note("cte.column_aliases")
                columns = [replace(c, name=self.source.name("h")) for c in columns]
                header = f"{name} ({', '.join(c.name for c in columns)})"
            word = self.source.one(("as", "as", "as", "as materialized", "as not materialized"))
            parts.append(f"{header} {word} ({sql})")
            hidden = [t for t in self.source.tables if t.name != name]
            made = Table(name, columns)
            self.source.tables = [*hidden, made, made, made]
        body, columns = self.write(depth - 1, [], top)
        self.source.tables = before
        if body.startswith("with "):
            self.source.note("with inside with")
            bare = self.source.chance(0.5) and not any(_redefines(body, part) for part in parts)
            body = f"({body})" if bare else f"select * from ({body}) as inside"
        return f"with {', '.join(parts)} {body}", columns

    def _recursive(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        self.source.note("recursive cte")
        table = self.source.one(self.source.tables)
        numbers = [c for c in table.columns if c.type == "i"]
        if not numbers:
            return self._select(depth, top)
        name, step = self.source.name("walk"), self.source.one(numbers)
        start = quoted(self.source.one(numbers).name)
        link = quoted(self.source.one(numbers).name)
        word = self.source.one(("union all", "union"))
        value = quoted(step.name)
        sql = (
            f"with recursive {name}(lvl, node, total) as (select 1, {start}, {value} from {table.name}"
            f" where {start} < 4 {word} select w.lvl + 1, t.{link}, w.total + t.{value} from {name} w"
            f" join {table.name} t on t.{start} = w.node + 1 where w.lvl < 3)"
            f" select lvl, max(node) as top_node, sum(total) as total from {name} group by lvl"
        )
        return sql, [Column("lvl", "i"), Column("top_node", "i"), Column("total", "i")]

    def _pivot(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        table = self.source.one(self.source.tables)
        texts = [c for c in table.columns if c.type == "s"]
        numbers = [c for c in table.columns if c.type in "in"]
        if not texts or len(numbers) < 2:
            return self._select(depth, top)
        on, (value, group) = self.source.one(texts), self.source.some(numbers, 2, 2)
        on_text, value_text, group_text = quoted(on.name), quoted(value.name), quoted(group.name)
        columns = [group, Column("a_total", "i"), Column("b_total", "i")]
        aggregate = self.source.one(("sum", "max", "count"))
        if self.source.chance(0.5):
            self.source.note("pivot statement")
            return (
                f"select * from (pivot {quoted(table.name)} on {on_text} in ('a', 'b')"
                f" using {aggregate}({value_text}) as total group by {group_text})",
                columns,
            )
        self.source.note("pivot clause")
        inner = f"select {on_text}, {value_text}, {group_text} from {quoted(table.name)}"
        return (
            f"select * from ({inner}) pivot ({aggregate}({value_text}) as total"
            f" for {on_text} in ('a', 'b'))",
            columns,
        )

    def _unpivot(self, depth: int, top: bool) -> tuple[str, list[Column]]:
        table = self.source.one(self.source.tables)
        numbers = [c for c in table.columns if c.type == "i"]
        if len(numbers) < 3:
            return self._select(depth, top)
        key, *values = self.source.some(numbers, 3, 3)
        names = ", ".join(quoted(c.name) for c in values)
        inner = f"select {quoted(key.name)}, {names} from {quoted(table.name)}"
        columns = [key, Column("measure", "s"), Column("amount", "i")]
        if self.source.chance(0.5):
            self.source.note("unpivot statement")
            nulls = self.source.one(("", "include nulls "))
            sql = f"(unpivot {nulls}({inner}) on {names} into name measure value amount)"
            return f"select * from {sql}".replace("unpivot include nulls", "unpivot"), columns
        self.source.note("unpivot clause")
        nulls = self.source.one(("", "include nulls "))
        sql = f"select * from ({inner}) unpivot {nulls}(amount for measure in ({names}))"
        return sql, columns


def _redefines(body: str, part: str) -> bool:
    """Whether a WITH in the body has a CTE of the same name.

    Around a query in parentheses DuckDB then takes the outer one, and every other engine the inner.
    """
    name = part.partition(" ")[0]
    return any(f"{before} {name} " in body for before in ("with", "recursive", ","))
