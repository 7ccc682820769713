"""The words of the random SQL: scopes of typed columns, and where chance comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

T = TypeVar("T")

#: the grammar's types: int, number, string, date, bool, list of int, struct, json
TYPES = "insdb"
STRUCT = "STRUCT(x INTEGER, y VARCHAR)"
DUCKDB_TYPE = {
    "i": "INTEGER",
    "n": "DECIMAL(15,2)",
    "s": "VARCHAR",
    "d": "DATE",
    "b": "BOOLEAN",
    "l": "INTEGER[]",
    "t": STRUCT,
    "j": "JSON",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be named: ``text`` is how to write it here."""

    name: str
    type: str
    text: str = ""


@dataclass(slots=True)
class Scope:
    """What an expression may name.

    ``order`` are expressions that order the rows totally, so that LIMIT and row numbers are not
    left to chance. ``outer`` holds the columns of the enclosing query, for correlation.
    """

    columns: list[Column] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    outer: list[Column] = field(default_factory=list)
    star: list[Column] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)

    def of(self, type_: str) -> list[Column]:
        """Columns of one type."""
        return [column for column in self.columns if column.type == type_]

    def merged(self, other: Scope) -> Scope:
        """Both scopes side by side, as after a join."""
        return Scope(
            self.columns + other.columns,
            self.order + other.order,
            self.outer,
            self.star + other.star,
            self.aliases + other.aliases,
        )


@dataclass(slots=True)
class Table:
    """A relation of the random schema, or a CTE: readable by name."""

    name: str
    columns: list[Column]
    key: str = ""


@dataclass(slots=True)
class Source:
    """Chance, the tables in reach, and a tally of the forms that were used."""

    rng: Random
    tables: list[Table]
    forms: Counter[str] = field(default_factory=Counter)
    serial: int = 0

    def name(self, prefix: str) -> str:
        """A name not used before in this query."""
        self.serial += 1
        return f"{prefix}{self.serial}"

    def note(self, form: str) -> None:
        """Count a form as used."""
        self.forms[form] += 1

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.rng.random() < probability

    def one(self, items: Sequence[T]) -> T:
        """Any of the items."""
        return self.rng.choice(items)

    def some(self, items: Sequence[T], low: int, high: int) -> list[T]:
        """Between ``low`` and ``high`` different items, in random order."""
        count = min(len(items), self.rng.randint(low, high))
        return self.rng.sample(items, count)

    def weighted(self, table: Sequence[tuple[int, Callable[..., T]]]) -> Callable[..., T]:
        """One of the makers, by weight."""
        weights = [weight for weight, _ in table]
        return self.rng.choices([maker for _, maker in table], weights)[0]


def quoted(name: str) -> str:
    """The name as an identifier, quoted only where it must be."""
    plain = name.isidentifier() and name.islower() and name not in ("select", "order", "group")
    return name if plain else '"' + name.replace('"', '""') + '"'


def random_schema(rng: Random) -> list[Table]:
    """Four tables: each with a key of its own, some columns shared in name, some of odd types."""
    odd = [("l", "tags"), ("t", "place"), ("j", "extra"), ("s", "Mixed Name"), ("i", "order")]
    tables = []
    for name in ("orders", "people", "items", "events"):
        letter = name[0]
        columns = [Column(f"{letter}_id", "i"), Column("k", "i")]
        columns += [Column(f"{letter}_{type_}{n}", type_) for n in (1, 2) for type_ in "ins"]
        columns += [Column(f"{letter}_d", "d"), Column(f"{letter}_flag", "b")]
        if rng.random() < 0.6:
            columns.append(Column("g", "s"))
        columns += [Column(text, type_) for type_, text in rng.sample(odd, 3)]
        first, rest = columns[:2], columns[2:]
        kept = [*rng.sample(rest[:-3], rng.randint(3, 5)), *rest[-3:]]
        tables.append(Table(name, [*first, *sorted(kept, key=rest.index)], f"{letter}_id"))
    return tables


def schema_of(tables: Sequence[Table]) -> dict[str, dict[str, str]]:
    """The tables as DuckDB types."""
    return {t.name: {c.name: DUCKDB_TYPE[c.type] for c in t.columns} for t in tables}
