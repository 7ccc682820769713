"""A private in-memory DuckDB that holds every variant of every table, and swaps them in cheaply.

All variants are loaded once, side by side, in wide tables; a relation that the SQL reads is a view
which picks, for each column, the variant wanted. Changing the data is changing a view.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from headwater.core.errors import UsageError
from headwater.experiment.data import ORDERS, ROW_CHANGES, TableData
from headwater.experiment.values import literal


class Source(NamedTuple):
    """What may be changed: a column of a table, or (``column is None``) the table's set of rows."""

    table: str
    column: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a query returned."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class QueryFailed(Exception):
    """DuckDB would not run the query; the text is DuckDB's."""


class Sandbox:
    """Tables in memory, with their variants. A context manager; not safe to share by threads."""

    def __init__(self, tables: Sequence[TableData], *, seconds: float = 10.0) -> None:
        self.tables = {table.name: table for table in tables}
        self._store = {name: f"memory.headwater_store.t{at}" for at, name in enumerate(self.tables)}
        self._shown: dict[str, str] = {}
        self._picked = {(name, 0) for name in self.tables}
        self._connection = _connect()
        self._watchdog = _Watchdog(weakref.WeakMethod(self._interrupt), seconds)
        self._failure: type[Exception] = duckdb_module().Error
        self._connection.execute("create schema memory.headwater_store")
        for table in tables:
            self._load(table)
        self.arrange({})
        self._connection.execute("set enable_external_access = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watchdog.stop()
        self._connection.close()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every column of every table."""
        return tuple(
            Source(table.name, column) for table in self.tables.values() for column in table.columns
        )

    def named_in(self, sql: str) -> tuple[str, ...]:
        """The tables whose name stands somewhere in the text; no other can matter."""
        text = sql.lower()
        return tuple(name for name in self.tables if split_name(name)[-1].lower() in text)

    def arrange(
        self, changes: Mapping[Source, int], order: int = 0, among: Sequence[str] | None = None
    ) -> None:
        """Make the tables (all, or those ``among``) look as ``changes`` say, in physical ``order``.

        *Shape*: source -> variant, an index of ``data.CHANGES`` or ``data.ROW_CHANGES`` from 1.
        """
        wanted = []
        for name in self.tables if among is None else among:
            view = self._view(self.tables[name], changes, order)
            if self._shown.get(name) != view:
                self._shown[name] = view
                wanted.append(view)
        if wanted:
            self._connection.execute("; ".join(wanted))

    def _view(self, table: TableData, changes: Mapping[Source, int], order: int) -> str:
        rows = changes.get(Source(table.name, None), 0)
        store = self._rows(table, ORDERS + rows - 1 if rows else order)
        shown = ", ".join(
            f'c{at}_{changes.get(Source(table.name, column), 0)} as "{_quoted(column)}"'
            for at, column in enumerate(table.columns)
        )
        return f"create or replace view {table.name} as select {shown} from {store}"  # noqa: S608

    def execute(self, sql: str) -> Outcome:
        """The query's columns and rows. *Raises* `QueryFailed`, also when it takes too long."""
        try:
            with self._watchdog:
                result = self._connection.execute(sql)
                rows = result.fetchall()
            return Outcome(tuple(str(item[0]) for item in result.description or ()), rows)
        except self._failure as error:
            raise QueryFailed(str(error)) from error

    def _interrupt(self) -> None:
        self._connection.interrupt()

    def _load(self, table: TableData) -> None:
        self._make_home(table.name)
        store = self._store[table.name]
        declared = ", ".join(
            f"c{at}_{variant} {type_name}"
            for at, type_name in enumerate(table.types)
            for variant in range(len(table.values[at]))
        )
        run = self._connection.execute
        run(f"create table {store}_0 (rid integer, {declared})")
        lines = (
            f"({row}, "
            + ", ".join(literal(variant[row]) for column in table.values for variant in column)
            + ")"
            for row in range(table.height)
        )
        if table.height:
            run(f"insert into {store}_0 values {', '.join(lines)}")  # noqa: S608

    def _rows(self, table: TableData, pick: int) -> str:
        """The stored table with the rows of this pick; made when first asked for."""
        store = self._store[table.name]
        if (table.name, pick) not in self._picked:
            wanted = "[" + ", ".join(map(str, table.picks[pick])) + "]::integer[]"
            self._connection.execute(
                f"create table {store}_{pick} as select w.* from "  # noqa: S608
                f"(select unnest({wanted}) as rid, generate_subscripts({wanted}, 1) as place) as p "
                f"join {store}_0 as w using (rid) order by place"
            )
            self._picked.add((table.name, pick))
        return f"{store}_{pick}"

    def _make_home(self, name: str) -> None:
        """The database and schema that a dotted relation name asks for."""
        parts = split_name(name)
        if len(parts) == 3 and parts[0] not in self._databases():
            self._connection.execute(f"attach ':memory:' as {_as_name(parts[0])}")
        if len(parts) > 1:
            home = ".".join(_as_name(part) for part in parts[:-1])
            self._connection.execute(f"create schema if not exists {home}")

    def _databases(self) -> set[str]:
        found = self._connection.execute("select database_name from duckdb_databases()").fetchall()
        return {str(row[0]) for row in found}


class _Watchdog:
    """Calls ``bark`` when the block it guards takes longer than ``seconds``; one thread for all.

    The method is held weakly, so that a sandbox nobody closed can go.
    """

    def __init__(self, bark: weakref.WeakMethod[Callable[[], None]], seconds: float) -> None:
        self._bark, self._seconds = bark, seconds
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._stopped = False
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        with self._changed:
            was_idle, self._deadline = self._deadline is None, monotonic() + self._seconds
            if was_idle:
                self._changed.notify()

    def __exit__(self, *_: object) -> None:
        self._deadline = inf

    def stop(self) -> None:
        """End the thread."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._stopped:
                if self._deadline is None:
                    self._changed.wait()
                elif self._deadline == inf:
                    self._changed.wait(self._seconds / 2)
                elif (left := self._deadline - monotonic()) > 0:
                    self._changed.wait(left)
                else:
                    self._deadline = inf
                    bark = self._bark()
                    if bark is not None:
                        bark()


ROW_VARIANTS = tuple(range(1, len(ROW_CHANGES) + 1))


def split_name(name: str) -> tuple[str, ...]:
    """The parts of a dotted relation name, without quotes: ``"db"."a.b".t`` -> db, a.b, t."""
    parts, part, inside = [], "", False
    for char in name:
        if char == '"':
            inside = not inside
        elif char == "." and not inside:
            parts.append(part)
            part = ""
        else:
            part += char
    return (*parts, part)


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _as_name(name: str) -> str:
    return f'"{_quoted(name)}"'


def duckdb_module() -> Any:
    """DuckDB. *Raises*: `UsageError` where it is not installed."""
    try:
        import duckdb  # noqa: PLC0415  (an optional extra: only experiments need a database)
    except ImportError as error:
        raise UsageError(
            "experiments need DuckDB, which is not installed",
            ("hint", "pip install 'dbt-headwater[verify]'"),
        ) from error
    return duckdb


def _connect() -> Any:
    connection = duckdb_module().connect(":memory:")
    for setting in (
        "set threads = 1",
        "set timezone = 'UTC'",
        "set memory_limit = '1GB'",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
    ):
        connection.execute(setting)
    return connection
