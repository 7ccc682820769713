"""Random projects on DuckDB: models over models, one change, and what it really did to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import duckdb

from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import Column as Declared
from headwater.core.columns import ColumnRef
from headwater.core.project import Node, Project
from headwater.experiment.data import Recipe, TableData, build_tables
from headwater.experiment.values import literal
from headwater.graph.build import build_graph
from headwater.pipeline.loading import Loaded
from headwater.pipeline.parsing import Tools, parse_project
from headwater.sql.parse import parse_node

from .generate import Writer, tables_of
from .grammar import Source, Table, quoted, schema_of

MODELS = 5
ROWS_HIGH = 12
Values = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class RandomProject:
    """Sources with rows, and models in the order in which they are built."""

    seed: int
    tables: tuple[Table, ...]
    data: tuple[TableData, ...]
    models: tuple[tuple[str, str], ...]
    loaded: Loaded
    columns: Mapping[str, Sequence[str]]  #: of every table, as they really are

    def node(self, name: str) -> str:
        """The unique id of a source or model."""
        return node_id(name)


@dataclass(frozen=True)
class Seen:
    """One relation as built: its columns, and its rows; or why it could not be built."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    error: str = ""
    skipped: bool = False

    def bag(self, names: Sequence[str]) -> Values:
        """The rows with these columns only, however often each."""
        lowered = [name.lower() for name in self.columns]
        places = [lowered.index(name) for name in names]
        return Counter(tuple(row[at] for at in places) for row in self.rows)


def node_id(name: str) -> str:
    """``m2`` is a model, all else a source."""
    is_model = name[0] == "m" and name[1:].isdigit()
    return f"model.random.{name}" if is_model else f"source.random.raw.{name}"


# -- projects ------------------------------------------------------------------------------------


def random_project(seed: int, known: str = "catalog") -> RandomProject:
    """The project of this seed: every model runs.

    ``known`` is how the tool knows the columns of sources: ``catalog`` (all there are),
    ``declared`` (there may be more) or ``nothing``.
    """
    tables = tables_of(seed)
    data = build_tables(schema_of(tables), "", Recipe(seed, ROWS_HIGH, nulls=0.15))
    rng = Random(f"project {seed}")
    reach = list(tables)
    models: list[tuple[str, str]] = []
    with _filled(data) as connection:
        for turn in range(40):
            if len(models) == MODELS:
                break
            source = Source(Random(f"model {seed} {turn}"), _weighted(reach, rng))
            sql, columns = Writer(source).write(rng.choice((0, 1, 1, 2)), [], top=False)
            name = f"m{len(models) + 1}"
            seen = _built(connection, name, sql)
            names = [c.name.lower() for c in columns]
            if seen.error or len(set(names)) < len(names) or list(seen.columns) != names:
                continue
            models.append((name, sql))
            reach.append(Table(name, [replace(c, text="") for c in columns]))
    columns = {table.name: [column.name for column in table.columns] for table in reach}
    loaded = _loaded(tables, models, known)
    return RandomProject(seed, tuple(tables), data, tuple(models), loaded, columns)


def _weighted(reach: list[Table], rng: Random) -> list[Table]:
    """Models are read more often than sources."""
    return [*reach, *(t for t in reach if t.name[0] == "m" and t.name[1:].isdigit())] * 2


def _loaded(tables: Sequence[Table], models: Sequence[tuple[str, str]], known: str) -> Loaded:
    nodes: dict[str, Node] = {}
    for table in tables:
        key = node_id(table.name)
        columns = tuple(Declared(c.name) for c in table.columns)
        nodes[key] = Node(
            key, "source", table.name, relation=f'"{table.name}"',
            columns=columns if known == "declared" else (),
            catalog_columns=columns if known == "catalog" else None,
        )  # fmt: skip
    for name, sql in models:
        key = node_id(name)
        nodes[key] = Node(
            key, "model", name, relation=f'"{name}"', sql=sql, raw_sql=sql,
            parents=tuple(sorted(nodes)), materialized="table",
        )  # fmt: skip
    first = _understood(nodes)
    for key, lineage in first.lineages.items():
        read = {source.node for source in lineage.sources}
        nodes[key] = replace(nodes[key], parents=tuple(sorted(read)))
    return _understood(nodes)


def _understood(nodes: Mapping[str, Node]) -> Loaded:
    project = Project("random", "duckdb", "1.11.0", 12, "", dict(sorted(nodes.items())))
    tools = Tools("duckdb", lambda tasks: [parse_node(*task) for task in tasks])
    lineages, _ = parse_project(project, tools)
    return Loaded(project, build_graph(project, lineages), lineages)


# -- changes -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """Changes as the tool is told of them, and the SQL that makes them, by relation."""

    changes: tuple[Change, ...]
    statements: Mapping[str, tuple[str, ...]]

    def with_other(self, other: Trial) -> Trial:
        """Both at once; this one alone where they change the same relation."""
        if self.statements.keys() & other.statements.keys():
            return self
        return Trial((*self.changes, *other.changes), {**self.statements, **other.statements})


def trials(project: RandomProject, count: int) -> Iterator[Trial]:
    """Random changes of sources and models, every fourth time two at once."""
    rng = Random(f"changes {project.seed}")
    makers = (_drop, _drop, _rename, _add, _value, _value, _rows, _type)
    for at in range(count):
        made = makers[at % len(makers)](project, rng)
        yield made.with_other(rng.choice(makers)(project, rng)) if at % 4 == 3 else made


def trial(name: str, change: Change, statements: tuple[str, ...]) -> Trial:
    """One change of one relation."""
    return Trial((change,), {name: statements})


def _pick(project: RandomProject, rng: Random) -> tuple[str, list[str]]:
    names = [t.name for t in project.tables] + [name for name, _ in project.models[:-1]]
    name = rng.choice(names)
    return name, list(project.columns[name])


def _change(name: str, column: str | None, kind: ChangeKind, other: str = "") -> Change:
    return Change(ColumnRef(node_id(name), column), kind, "made up", other=other)


def remade(name: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The statements that leave a table with these columns only."""
    return _remade(name, ", ".join(map(quoted, columns)))


def _remade(name: str, items: str) -> tuple[str, ...]:
    return (
        f"create table __new as select {items} from {quoted(name)}",
        f"drop table {quoted(name)}",
        f"alter table __new rename to {quoted(name)}",
    )


def _drop(project: RandomProject, rng: Random) -> Trial:
    name, columns = _pick(project, rng)
    column = rng.choice(columns)
    if len(columns) == 1:
        return _value(project, rng)
    kept = ", ".join(quoted(c) for c in columns if c != column)
    return trial(name, _change(name, column, ChangeKind.REMOVED), _remade(name, kept))


def _rename(project: RandomProject, rng: Random) -> Trial:
    name, columns = _pick(project, rng)
    column, new = rng.choice(columns), _new_name(project, columns, rng)
    items = ", ".join(
        quoted(c) if c != column else f"{quoted(c)} as {quoted(new)}" for c in columns
    )
    return trial(name, _change(name, column, ChangeKind.RENAMED, new), _remade(name, items))


def _add(project: RandomProject, rng: Random) -> Trial:
    name, columns = _pick(project, rng)
    new = _new_name(project, columns, rng)
    items = ", ".join([*map(quoted, columns), f"7 as {quoted(new)}"])
    return trial(name, _change(name, new, ChangeKind.ADDED), _remade(name, items))


def _new_name(project: RandomProject, columns: list[str], rng: Random) -> str:
    """Often one that other relations have, so that names collide."""
    others = {name.lower() for names in project.columns.values() for name in names}
    free = sorted(others - {c.lower() for c in columns})
    return rng.choice(free) if free and rng.random() < 0.7 else "brand_new"


def _value(project: RandomProject, rng: Random) -> Trial:
    name, columns = _pick(project, rng)
    column = rng.choice(columns)
    told = _change(name, column, ChangeKind.VALUE)
    if rng.random() < 0.3:
        return trial(name, told, (f"update {quoted(name)} set {quoted(column)} = null",))
    return trial(name, told, (_shuffled(name, column, rng),))


def _shuffled(name: str, column: str, rng: Random) -> str:
    """Every row gets the column's value of some other row, or none."""
    column, name = quoted(column), quoted(name)
    shift = rng.randint(1, 5)
    none = "null" if rng.random() < 0.5 else "o.v"
    return (
        f"update {name} as t set {column} = case when o.r % 3 = 0 then {none} else o.v end from "
        f"(select a.rowid as r, b.{column} as v from {name} a join {name} b on b.rowid = "
        f"(a.rowid + {shift}) % (select count(*) from {name})) as o where o.r = t.rowid"
    )


def _rows(project: RandomProject, rng: Random) -> Trial:
    name, _ = _pick(project, rng)
    told = _change(name, None, ChangeKind.ROWS)
    ways = (
        f"delete from {quoted(name)} where rowid % 3 = {rng.randrange(3)}",
        f"insert into {quoted(name)} from {quoted(name)} where rowid % 4 = {rng.randrange(4)}",
        f"delete from {quoted(name)}",
    )
    return trial(name, told, (rng.choice(ways),))


def _type(project: RandomProject, rng: Random) -> Trial:
    name, columns = _pick(project, rng)
    column = rng.choice(columns)
    kind = rng.choice(("varchar", "varchar", "double", "bigint"))
    items = ", ".join(
        quoted(c) if c != column else f"cast({quoted(c)} as {kind}) as {quoted(c)}" for c in columns
    )
    return trial(name, _change(name, column, ChangeKind.TYPE), _remade(name, items))


def _is_model(name: str) -> bool:
    return node_id(name).startswith("model.")


# -- execution -----------------------------------------------------------------------------------


def build(project: RandomProject, trial: Trial | None = None, order: int = 0) -> dict[str, Seen]:
    """Every relation, with the change made where it was made; rows in one of several orders.

    *Raises*: duckdb.Error when the change itself cannot be made.
    """
    found: dict[str, Seen] = {}
    made = trial.statements if trial is not None else {}
    with _filled(project.data, order) as connection:
        for name, statements in made.items():
            if not _is_model(name):
                _make(connection, statements)
        for name, sql in project.models:
            read = {p for p, seen in found.items() if seen.error and _reads(project, name, p)}
            if read:
                found[name] = Seen(error="skipped", skipped=True)
                continue
            found[name] = _built(connection, name, sql)
            if name in made and not found[name].error:
                _make(connection, made[name])
                found[name] = _looked(connection, name)
    return found


def _reads(project: RandomProject, name: str, above: str) -> bool:
    lineage = project.loaded.lineages[node_id(name)]
    return node_id(above) in {source.node for source in lineage.sources}


def _make(connection: Any, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement)


def _built(connection: Any, name: str, sql: str) -> Seen:
    try:
        connection.execute(f"create or replace table {quoted(name)} as {sql}")
    except duckdb.Error as error:
        connection.execute(f"drop table if exists {quoted(name)}")
        return Seen(error=str(error).splitlines()[0])
    return _looked(connection, name)


def _looked(connection: Any, name: str) -> Seen:
    result = connection.execute(f"select * from {quoted(name)}")
    columns = tuple(item[0].lower() for item in result.description)
    rows = tuple(tuple(_text(value) for value in row) for row in result.fetchall())
    return Seen(columns, rows)


def _text(value: Any) -> str:
    return f"{value:.9g}" if isinstance(value, float) else repr(value)


def _filled(data: Sequence[TableData], order: int = 0) -> Any:
    connection = duckdb.connect(config={"threads": 1})
    for table in data:
        kinds = ", ".join(
            f"{quoted(c)} {kind}" for c, kind in zip(table.columns, table.types, strict=True)
        )
        connection.execute(f"create table {quoted(table.name)} ({kinds})")
        rows = ", ".join(
            "(" + ", ".join(
                f"cast({literal(values[0][row])} as {kind})"
                for values, kind in zip(table.values, table.types, strict=True)
            ) + ")"
            for row in table.picks[order]
        )  # fmt: skip
        connection.execute(f"insert into {quoted(table.name)} values {rows}")
    return connection
