"""Both sides of a pair built on DuckDB over made-up rows, and what was seen to break or to move.

Nothing here knows what the tool says: this is the witness that the declared truth is held against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb

from headwater.experiment.data import ORDERS, Recipe, TableData, build_tables
from headwater.experiment.values import literal
from headwater.sql.transpiling import to_duckdb

from .pair_files import Columns, Pair, Part

BUILT = ("model", "snapshot", "test")
_EVERY_TABLE = "select schema_name || '.' || table_name from duckdb_tables()"
_NAMED = re.compile(r"\b(raw|main)\.(\w+)")
_REDRAWN = 1  # the first kind of change in `experiment.data.CHANGES`: other rows, keys repeated
_FRESH = 2  # the second: values that are nowhere else
_ALIKE = 6  # the fill in which a row that stands there twice differs in one column
_REPEATED = ORDERS + 1  # rows that stand there twice
Fill = tuple[int, int, float, bool, int]
#: seed, rows, share of NULLs, whether keys are redrawn, which rows of the table are taken
FILLS = (
    (1, 30, 0.0, False, 0),
    (2, 40, 0.15, True, 0),
    (3, 14, 0.3, True, _REPEATED),
    (4, 60, 0.1, False, 2),
    (5, 25, 0.2, True, 1),
    (6, 40, 0.12, False, _REPEATED),
    (7, 4, 0.1, True, 0),
    (8, 10, 0.08, False, 0),
    (9, 6, 0.0, True, 0),
)


@dataclass(frozen=True)
class Relation:
    """What one node gave in one run: its columns and rows, or why it failed."""

    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    error: str = ""
    skipped: bool = False

    def only(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows with these columns only."""
        at = [self.columns.index(name) for name in names]
        return [tuple(_plain(row[i]) for i in at) for row in self.rows]


@dataclass
class Seen:
    """What all runs together showed about one node. Names are in lower case."""

    broken: str = ""
    skipped: bool = False
    base_columns: tuple[str, ...] = ()
    head_columns: tuple[str, ...] = ()
    types: set[str] = field(default_factory=set)
    runs: list[tuple[Relation, Relation]] = field(default_factory=list)

    @property
    def common(self) -> list[str]:
        """Columns of both sides."""
        return [name for name in self.base_columns if name in self.head_columns]

    def same_shape(self) -> bool:
        """The same columns in the same order."""
        return self.base_columns == self.head_columns

    def rows_moved(self, moving: set[str]) -> bool:
        """Other rows, when the columns that change their value are left aside."""
        names = [name for name in self.common if name not in moving]
        return any(
            len(a.rows) != len(b.rows) or Counter(a.only(names)) != Counter(b.only(names))
            for a, b in self.runs
        )

    def count_moved(self) -> bool:
        """Another number of rows."""
        return any(len(a.rows) != len(b.rows) for a, b in self.runs)

    def order_moved(self) -> bool:
        """The same rows in another order."""
        return any(a.only(self.common) != b.only(self.common) for a, b in self.runs)

    def value_moved(self, column: str, moving: set[str]) -> bool:
        """Another value of the column in a row that the still columns tell apart, or in none.

        Without still columns to know a row by, the values are compared as a whole.
        """
        known_by = [n for n in self.common if n not in moving and n != column]
        for a, b in self.runs:
            if len(a.rows) == len(b.rows):
                both = [*known_by, column]
                same_others = Counter(a.only(known_by)) == Counter(b.only(known_by))
                if same_others and Counter(a.only(both)) != Counter(b.only(both)):
                    return True
            if known_by and self._differs(a, b, known_by, column):
                return True
        return False

    @staticmethod
    def _differs(a: Relation, b: Relation, known_by: list[str], column: str) -> bool:
        ours, theirs = _by_key(a, known_by, column), _by_key(b, known_by, column)
        return any(ours[key] != theirs[key] for key in ours.keys() & theirs.keys())


def _by_key(relation: Relation, names: list[str], column: str) -> dict[tuple[Any, ...], Any]:
    """The column by the other columns, where those are unique."""
    keys = relation.only(names)
    count = Counter(keys)
    values = relation.only([column])
    return {k: v for k, v in zip(keys, values, strict=True) if count[k] == 1}


def observe(pair: Pair, fills: Sequence[Fill] = FILLS) -> dict[str, Seen]:
    """Every node of both sides, built in every fill. *Raises*: AssertionError if the base fails."""
    seen: dict[str, Seen] = {}
    sides = {side: pair.side(side) for side in ("base", "head")}
    for fill in fills:
        _drawn.cache_clear()
        both = [_build(sides[side], pair.dialect, _data(pair, fill, side)) for side in sides]
        for name, base in both[0].items():
            assert not base.error, f"{pair.id}: the base of {name} fails: {base.error}"
            if name in both[1]:
                _note(seen.setdefault(name, Seen()), base, both[1][name])
    return seen


def built(pair: Pair, fill: Fill, side: str) -> dict[str, Relation]:
    """Every node of one side, built over the rows of one fill."""
    return _build(pair.side(side), pair.dialect, _data(pair, fill, side))


def _note(seen: Seen, base: Relation, head: Relation) -> None:
    seen.base_columns = base.columns
    if head.error or head.skipped:
        seen.broken = seen.broken or head.error
        seen.skipped = seen.skipped or head.skipped
        return
    seen.head_columns = head.columns
    theirs = dict(zip(head.columns, head.types, strict=True))
    pairs = zip(base.columns, base.types, strict=True)
    seen.types |= {name for name, kind in pairs if theirs.get(name, kind) != kind}
    seen.runs.append((base, head))


# -- one side ------------------------------------------------------------------------------------


def _inputs(parts: Mapping[tuple[str, str], Part]) -> dict[str, Part]:
    """Relation in DuckDB -> what fills it."""
    found = {}
    for (kind, name), part in parts.items():
        if kind in ("input", "seed"):
            found[name if "." in name else f"main.{name}"] = part
    return found


def _data(pair: Pair, fill: Fill, side: str) -> list[TableData]:
    """The rows of one fill; a seed of other content has other rows in the head."""
    seed, height, nulls, _, _ = fill
    both = [part.sql for s in ("base", "head") for part in pair.side(s).values()]
    text = "\n".join(dict.fromkeys(both))
    tables = []
    for name, part in _inputs(pair.side(side)).items():
        before, after = (_inputs(pair.side(s)).get(name, part) for s in ("base", "head"))
        known = {c: t.removesuffix(" key") for c, t in (*before.columns, *after.columns)}
        is_other = part.options.get("content") != before.options.get("content")
        other = 50 if side == "head" and is_other else 0
        recipe = Recipe(seed + other, height, nulls=nulls)
        table = _drawn(name, tuple(known.items()), text, recipe)
        tables.append(_taken(table, part, fill))
    return tables


@cache
def _drawn(name: str, columns: Columns, text: str, recipe: Recipe) -> TableData:
    (table,) = build_tables({name: dict(columns)}, text, recipe)
    return table


def _taken(table: TableData, part: Part, fill: Fill) -> TableData:
    """The rows that this fill takes, as the only variant and the only order."""
    has_key = any(kind.endswith(" key") for _, kind in part.columns)
    redrawn, pick = fill[3] and not has_key, 0 if has_key and fill[4] == _REPEATED else fill[4]
    rows = table.picks[pick]
    again = [at > 0 and rows[at - 1] == row for at, row in enumerate(rows)]
    wanted = [name for name, _ in part.columns]
    values = []
    for at, name in enumerate(table.columns):
        if name in wanted:
            first = table.values[at][_REDRAWN if redrawn and at == 0 else 0]
            other = table.values[at][_FRESH] if fill[0] == _ALIKE and at else first
            odd = [
                twice and row % len(table.columns) == at  # the same on both sides of the pair
                for row, twice in zip(rows, again, strict=True)
            ]
            values.append(
                (tuple((other if o else first)[r] for r, o in zip(rows, odd, strict=True)),)
            )
    kinds = [k for n, k in zip(table.columns, table.types, strict=True) if n in wanted]
    return TableData(
        table.name, tuple(wanted), tuple(kinds), tuple(values), (tuple(range(len(rows))),)
    )


def _build(
    parts: Mapping[tuple[str, str], Part], dialect: str, tables: Sequence[TableData]
) -> dict[str, Relation]:
    connection = _database()
    for (name,) in connection.execute(_EVERY_TABLE).fetchall():
        connection.execute(f"drop table {name}")
    for table in tables:
        _create(connection, table)
    found: dict[str, Relation] = {}
    for name, part in _in_order(parts):
        found[name] = _built(connection, name, part, dialect, found)
    return found


@cache
def _database() -> Any:
    """One for all, emptied before each use: opening one takes longer than what is done in it."""
    connection = duckdb.connect(":memory:")
    connection.execute("set threads = 1; set timezone = 'UTC'; create schema raw")
    return connection


def _create(connection: Any, table: TableData) -> None:
    declared = ", ".join(f'"{c}" {t}' for c, t in zip(table.columns, table.types, strict=True))
    connection.execute(f"create table {table.name} ({declared})")
    rows = zip(*(column[0] for column in table.values), strict=True)
    lines = ["(" + ", ".join(literal(v) for v in row) + ")" for row in rows]
    connection.execute(f"insert into {table.name} values {', '.join(lines)}")


def _in_order(parts: Mapping[tuple[str, str], Part]) -> Iterator[tuple[str, Part]]:
    """Models, snapshots and tests, each after what it reads."""
    waiting = {name: part for (kind, name), part in parts.items() if kind in BUILT}
    while waiting:
        names = {short(name) for name in waiting}
        ready = [n for n, p in waiting.items() if not (references(p) & names - {short(n)})]
        assert ready, f"a circle among {sorted(waiting)}"
        for name in ready:
            yield name, waiting.pop(name)


def short(name: str) -> str:
    """The name of a model in SQL: ``orders.v2`` is read as ``main.orders_v2``."""
    return name.replace(".", "_")


def references(part: Part) -> set[str]:
    """Models, seeds and snapshots that the SQL reads, as it names them."""
    return {name for schema, name in _NAMED.findall(sql_of(part)) if schema == "main"}


def sql_of(part: Part) -> str:
    """The SQL of a model or of a singular test; that of a generic test is made up."""
    if part.kind != "test" or part.sql:
        return part.sql
    name, on, *more = part.words.split()
    model, column = on.rsplit(".", 1)
    relation = f"main.{short(model)}" if not model.startswith("raw.") else model
    if name == "unique":
        return (f"select {column} as unique_field, count(*) as n_records from {relation} "
                f"where {column} is not null group by {column} having count(*) > 1")  # fmt: skip
    if name == "accepted_values":
        values = ", ".join(f"'{value}'" for value in more)
        return (f"with all_values as (select {column} as value_field, count(*) as n_records "
                f"from {relation} group by {column}) "
                f"select * from all_values where value_field not in ({values})")  # fmt: skip
    if name == "relationships":
        to, field_name = more[-1].rsplit(".", 1)
        return (f"with child as (select {column} as from_field from {relation} "
                f"where {column} is not null), parent as (select {field_name} as to_field "
                f"from main.{short(to)}) select from_field from child left join parent "
                "on child.from_field = parent.to_field where parent.to_field is null")  # fmt: skip
    assert name == "not_null", f"no such test: {name}"
    return f"select {column} from {relation} where {column} is null"


def _built(
    connection: Any, name: str, part: Part, dialect: str, done: Mapping[str, Relation]
) -> Relation:
    upstream = [done[n] for n in done if short(n) in references(part)]
    if any(each.error or each.skipped for each in upstream):
        return Relation(skipped=True)
    sql = sql_of(part).strip().rstrip(";")
    if dialect != "duckdb" and part.kind != "test":
        sql = to_duckdb(sql, dialect, {r: r for r in _named(sql)})
    try:
        rows = connection.execute(sql).fetchall()
        described = connection.description
        if part.kind != "test":
            connection.execute(f"create table main.{short(name)} as {sql}")
    except duckdb.Error as error:
        return Relation(error=str(error).partition("\n")[0])
    columns = tuple(str(column[0]).lower() for column in described)
    return Relation(columns, tuple(str(column[1]) for column in described), tuple(rows))


def _named(sql: str) -> list[str]:
    return sorted({f"{schema}.{name}" for schema, name in _NAMED.findall(sql)})


def _plain(value: Any) -> Any:
    """Floats without the last digits: a sum in another order is the same sum."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return tuple(sorted((key, _plain(item)) for key, item in value.items()))
    return value
