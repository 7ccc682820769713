"""watermark() and incremental_filter() against a model in Python, on Postgres and DuckDB.

Tables of random rows, with NULL, infinite values and NaN, are asked by one dbt model that takes the
rows of as many sources.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dbt_sessions import session
from projects import drop, link_package, new_project

SCHEMA = "hw_watermarks"
START = datetime(2026, 3, 1)
HIGH, LOW = math.inf, -math.inf
Row = tuple[int, str | None, int | None, Any]
"""A number, two columns that tell groups apart, and the value."""


def less(value: Any, lookback: str | float | None) -> Any:
    """The value before which a run need not look."""
    if lookback is None:
        return value
    if not isinstance(lookback, str):
        if isinstance(value, date):
            return value - timedelta(days=int(lookback))
        return value - type(value)(lookback)
    count, unit = int(lookback.split()[0]), lookback.split()[1].lower()
    if unit in ("month", "quarter"):
        months = value.year * 12 + value.month - 1 - count * (3 if unit == "quarter" else 1)
        return value.replace(year=months // 12, month=months % 12 + 1)
    span = timedelta(**{unit: count})
    if isinstance(value, datetime):
        return value - span
    found = datetime(value.year, value.month, value.day) - span
    return found.date()


# Types of each engine, the values that they have beside the usual ones, and lookbacks for them.
TIMES = [None, "3 days", "2 Hours", "1 month", "1 quarter"]
DATES = [None, "3 days", "36 hours", "1 month", 2]
TYPES: dict[str, dict[str, tuple[list[Any], list[Any]]]] = {
    "postgres": {
        "timestamp without time zone": ([HIGH, LOW], TIMES),
        "timestamp(3) with time zone": ([HIGH, LOW], TIMES[:2]),
        "date": ([HIGH, LOW], DATES),
        "bigint": ([], [None, 5, 0]),
        "numeric": ([math.nan], [None, 2.5]),
        "numeric(12,2)": ([math.nan], [None, 2.5]),
        "double precision": ([HIGH, LOW, math.nan], [None, 2.5]),
        "text": ([], [None]),
    },
    "duckdb": {
        "TIMESTAMP": ([HIGH, LOW], TIMES),
        "TIMESTAMP_MS": ([HIGH, LOW], TIMES[3:4]),
        "TIMESTAMP WITH TIME ZONE": ([HIGH, LOW], TIMES[:2]),
        "DATE": ([HIGH, LOW], DATES),
        "BIGINT": ([], [None, 5, 0]),
        "UINTEGER": ([], [None, 5, 100]),
        "DECIMAL(12,2)": ([], [None, 2.5]),
        "DOUBLE": ([HIGH, LOW, math.nan], [None, 2.5]),
        "VARCHAR": ([], [None]),
    },
}


BY: tuple[tuple[str, ...], ...] = ((), ("grp",), ("grp", "part"))


def usual(kind: str, chance: random.Random) -> Any:
    """A value of the middle of a type."""
    name = kind.lower()
    moment = START + timedelta(hours=chance.randrange(24 * 27))
    if name.startswith("timestamp"):
        return moment
    if name == "date":
        return moment.date()
    if "int" in name:
        return chance.randrange(20)
    if name.startswith(("numeric", "decimal")):
        return Decimal(chance.randrange(2000)) / 100
    return chance.randrange(40) / 2 if name.startswith("double") else chance.choice("abcdef'")


@dataclass(frozen=True)
class Case:
    """A table, the rows of a source, and the arguments."""

    kind: str
    table: list[Row]
    source: list[Row]
    lookback: str | float | None
    by: tuple[str, ...]
    nulls: str
    where: str | None

    def group(self, row: Row) -> tuple[Any, ...]:
        """The values of the columns of `by`."""
        return tuple(row[1] if name == "grp" else row[2] for name in self.by)

    def marks(self, *, grouped: bool) -> dict[tuple[Any, ...], Any]:
        """The newest value that is finite, less the lookback, of the table or of each group."""
        newest: dict[tuple[Any, ...], Any] = {}
        for row in self.table:
            value = row[3]
            is_usable = value is not None and placed(value)[0] == 0
            if is_usable and (self.where is None or row[0] < 4):
                group = self.group(row) if grouped else ()
                others = [newest[group]] if group in newest else []
                newest[group] = max([value, *others], key=placed)
        marks = {group: less(value, self.lookback) for group, value in newest.items()}
        if self.kind.startswith("U"):
            return {group: max(value, 0) for group, value in marks.items()}
        return marks

    def passes(self, row: Row) -> bool:
        """Whether a run has to read a row of the source."""
        value, marks = row[3], self.marks(grouped=True)
        if value is None:
            return self.nulls == "keep"
        if self.group(row) not in marks:
            return True
        return placed(value) >= placed(marks[self.group(row)])


def placed(value: Any) -> tuple[int, Any]:
    """Where a value stands: infinite ones at the ends, NaN after all."""
    if isinstance(value, float) and math.isnan(value):
        return 2, 0
    return (1, 0) if value == HIGH else (-1, 0) if value == LOW else (0, value)


def written(value: Any, kind: str) -> str:
    """A value as a literal of SQL."""
    if value is None:
        return f"cast(null as {kind})"
    if isinstance(value, float) and not math.isfinite(value):
        text = "NaN" if math.isnan(value) else "infinity" if value > 0 else "-infinity"
    else:
        text = str(value).replace("'", "''")
    return f"cast('{text}' as {kind})"


def cases(engine: str) -> list[Case]:
    """Each type with each lookback, each time with another `by`; always the same."""
    chance = random.Random(20261124)
    found = []

    def rows(kind: str, odd: list[Any], count: int) -> list[Row]:
        return [
            (
                number,
                chance.choice(["x", "y's", None]),
                chance.choice([1, 2, None]),
                chance.choice([None, *odd]) if chance.random() < 0.3 else usual(kind, chance),
            )
            for number in range(count)
        ]

    for kind, (odd, lookbacks) in TYPES[engine].items():
        for lookback in lookbacks:
            by = BY[len(found) % len(BY)]
            where = chance.choice([None, None, "id < 4 or id is null"])
            table = rows(kind, odd, chance.choice([6, 12, 18]))
            if lookback is None:
                table += [(3, "x", 1, value) for value in odd]
            nulls = chance.choice(["keep", "drop"])
            found.append(Case(kind, table, rows(kind, odd, 12), lookback, by, nulls, where))
    kind, (odd, _) = next(iter(TYPES[engine].items()))
    source = rows(kind, odd, 12)
    # Tables with nothing of which to be newer.
    found.append(Case(kind, [], source, "3 days", (), "keep", None))
    found.append(Case(kind, [(1, "x", 1, HIGH)], source, None, ("grp",), "drop", None))
    found.append(Case(kind, [(1, "x", 1, LOW)], source, "1 month", (), "keep", None))
    return found


def values(rows: list[Row], kind: str) -> str:
    """A select of rows."""
    lines = [
        f"select {number} as id, {written(group, 'varchar(9)')} as grp,"
        f" {written(part, 'integer')} as part, {written(value, kind)} as value"
        for number, group, part, value in rows or [(0, None, None, None)]
    ]
    return " union all ".join(lines) + ("" if rows else " where false")


def asked(number: int, case: Case) -> str:
    """What the model selects for a case: -1 if the watermark is right, and the rows that pass."""
    table = (
        f"api.Relation.create(database=target.database, schema='{SCHEMA}', identifier='t_{number}')"
    )
    words = f"lookback={case.lookback!r}, relation={table}, where={case.where!r}"
    mark = written(case.marks(grouped=False).get(()), case.kind)
    by = f", by={list(case.by)}, source_column='moment', nulls='{case.nulls}'"
    return (
        f"select {number} as number, -1 as id\n"
        f"where {{{{ headwater.watermark('value', {words}) }}}} is not distinct from {mark}\n"
        f"union all select {number}, id\n"
        f"from (select id, grp, part, value as moment from s_{number}) as source\n"
        f"where {{{{ headwater.incremental_filter('value', {words}{by}) }}}}"
    ).replace("s_", f"{SCHEMA}.s_", 1)


# On the first run a filter lets everything through, and later what its own table says.
OWN = """{{ config(materialized='incremental') }}
select * from (
    select 1 as id, timestamp '2026-03-01 00:00' as moment
    union all select 2, timestamp '2026-03-02 12:00'
    union all select 3, timestamp '2026-03-03 00:00'
    union all select 4, null
) as source
where {{ headwater.incremental_filter('moment', lookback='12 hours', nulls='NULLS') }}
"""


@pytest.mark.parametrize("engine", TYPES)
def test_what_a_run_reads(engine: str, postgres: Mapping[str, str], tmp_path: Path) -> None:
    project = new_project(tmp_path, SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA)
    given = cases(engine)
    body = "\nunion all\n".join(asked(number, case) for number, case in enumerate(given))
    project.write(
        {
            "models/asked.sql": "{{ config(materialized='incremental') }}\n" + body,
            "models/keeping.sql": OWN.replace("NULLS", "keep"),
            "models/dropping.sql": OWN.replace("NULLS", "drop"),
        }
    )
    statements = [
        f"create schema {SCHEMA}",
        f"create table {SCHEMA}.asked (number integer, id integer)",
    ]
    for number, case in enumerate(given):
        for name, rows in (("t", case.table), ("s", case.source)):
            statements.append(f"create table {SCHEMA}.{name}_{number} as {values(rows, case.kind)}")
    with session(project, engine) as dbt:
        run = dbt.duckdb if engine == "duckdb" else project.sql
        run(";".join(statements))
        dbt.succeed("run")
        dbt.succeed("run", "--select", "keeping", "dropping")
        got = found(run(f"select number, id from {SCHEMA}.asked"))
        for number, case in enumerate(given):
            wanted = [row[0] for row in case.source if case.passes(row)]
            assert got.get(number) == [-1, *wanted], (number, case)
        for name, own in {"keeping": [1, 2, 2, 3, 3, 4, 4], "dropping": [1, 2, 2, 3, 3]}.items():
            rows = run(f"select id from {SCHEMA}.{name} order by id")
            assert [number for (number,) in rows] == own
    drop(postgres, SCHEMA)


def found(rows: list[Any]) -> dict[int, list[int]]:
    """The numbers of the rows that passed, by case."""
    numbers: dict[int, list[int]] = {}
    for number, row in sorted(rows):
        numbers.setdefault(number, []).append(row)
    return numbers
