"""Small histories for tests: versions in Python, and the same as a relation of an engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from projects import connect
from rendering import FakeRelation, Package

Row = tuple[Any, ...]
Key = tuple[int | None, str | None]
Run = Callable[[str], list[Row]]

ENGINES = ("postgres", "duckdb")
PACKAGES = {engine: Package(engine) for engine in ENGINES}
KEY = ["id", "Kind"]
examples = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""How often the selects and tests of histories are tried, unless a test says otherwise."""

FAR = 10**6
"""The day on which a version ends that has no end."""
KEYS: tuple[Key, ...] = ((1, "a"), (1, None), (None, "a"), (None, None))
TEXT = {"postgres": "text", "duckdb": "varchar"}


@dataclass(frozen=True)
class Version:
    """What was known of a key from one day up to, but not including, another."""

    key: Key
    begin: int | None
    end: int
    note: str | None
    is_deleted: bool = False

    def holds(self, day: int | None) -> bool:
        """Whether this is what was true on that day."""
        if day is None or self.begin is None or self.is_deleted:
            return False
        return self.begin <= day < self.end


@dataclass(frozen=True)
class Form:
    """How a history is stored: its column names, and what stands for an open end."""

    names: tuple[tuple[str, str], ...] = ()
    open_end: str | None = None
    moment: str = "timestamp"
    has_marks: bool = True

    def name(self, column: str) -> str:
        """The name of one of dbt's meta columns in this history."""
        return dict(self.names).get(column, column)

    def options(self) -> dict[str, Any]:
        """As the macros take them."""
        return {"column_names": dict(self.names), "open_end": self.open_end}


FORMS = (
    Form(),
    Form(has_marks=False),
    Form(open_end="infinity", moment="timestamp with time zone"),
    Form((("dbt_valid_from", "Valid From"), ("dbt_valid_to", "to")), "9999-12-31"),
    Form((("dbt_is_deleted", "gone"),), "cast('9999-12-31' as date)", "date"),
)


def day_of(number: int) -> str:
    """A day as text."""
    return (dt.date(2026, 1, 1) + dt.timedelta(days=number)).isoformat()


@st.composite
def histories(draw: st.DrawFn, keys: Sequence[Key] = KEYS, *, odd: bool = True) -> list[Version]:
    """Valid histories with gaps and deletions; `odd` ones hold versions that are never true."""
    versions = []
    for key in keys:
        days = sorted(draw(st.sets(st.integers(1, 9), max_size=4)))
        if not days:
            continue
        for begin, end in zip(days, [*days[1:], FAR], strict=True):
            kind = draw(st.sampled_from(["version", "version", "deleted", "gap"]))
            note = draw(st.sampled_from(["x", "y", None]))
            if kind != "gap":
                versions.append(Version(key, begin, end, note, kind == "deleted"))
            if odd and draw(st.integers(0, 7)) == 0:
                never = (begin, begin) if draw(st.booleans()) else (None, FAR)
                versions.append(Version(key, *never, "never", False))
    return versions


def relation_of(
    versions: Sequence[Version], form: Form, engine: str, *, extra: str = "note"
) -> FakeRelation:
    """A relation that holds these versions, with the columns' types known."""
    end = {None: "null", "infinity": "'infinity'"}.get(form.open_end, "'9999-12-31'")
    columns = (
        ("id", "integer"),
        ("Kind", TEXT[engine]),
        (form.name("dbt_valid_from"), form.moment),
        (form.name("dbt_valid_to"), form.moment),
        (extra, TEXT[engine]),
        *([(form.name("dbt_is_deleted"), TEXT[engine])] if form.has_marks else []),
    )
    values = [
        (*v.key, v.begin, v.end, v.note, *([str(v.is_deleted)] if form.has_marks else []))
        for v in versions
        if form.has_marks or not v.is_deleted
    ]

    def cell(place: int, value: Any) -> str:
        if place in (2, 3) and value is not None:
            zone = "+00" if "zone" in form.moment else ""
            return end if value == FAR else f"'{day_of(value)}{' 00:00' + zone if zone else ''}'"
        return "null" if value is None else f"'{value}'"

    return rows_relation(columns, [[cell(i, v) for i, v in enumerate(row)] for row in values])


def rows_relation(
    columns: tuple[tuple[str, str], ...], cells: Sequence[Sequence[str]]
) -> FakeRelation:
    """A relation that holds literals, each cast to its column's type."""
    casts = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns)
    values = ", ".join(f"({', '.join(row)})" for row in cells or [["null"] * len(columns)])
    names = ", ".join(f'"{name}"' for name, _ in columns)
    where = "" if cells else " where false"
    return FakeRelation(
        f"(select {casts} from (values {values}) as v ({names}){where}) as given", columns
    )


def number_of(day: Any) -> int | None:
    """The number of a day that came back from an engine; an open end is `FAR`."""
    if day is None or str(day).startswith(("9999", "infinity")):
        return FAR
    if isinstance(day, dt.datetime):
        day = day.astimezone(dt.UTC) if day.tzinfo else day
        day = day.date()
    return int((day - dt.date(2026, 1, 1)).days)


@contextmanager
def on_postgres(server: Mapping[str, str]) -> Iterator[Run]:
    """How to run a select on Postgres, in a session that is not in UTC."""
    connection = connect(server)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("set timezone = 'America/New_York'")

    def run(sql: str) -> list[Row]:
        cursor.execute(sql)
        return list(cursor.fetchall())

    try:
        yield run
    finally:
        connection.close()


def local_duckdb() -> Run:
    """How to run a select on a DuckDB of this process, in a session that is not in UTC."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'America/New_York'")
    return lambda sql: list(connection.execute(sql).fetchall())
