"""Histories on Postgres and DuckDB: any order, any batches, replays and a full refresh equal the model.

Each model holds many histories, told apart by the first column of the key, so that one run of dbt builds
hundreds. `HEADWATER_RANDOM=1` draws others than the day before.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, connect, link_package, new_project
from scd2_models import Event, Version, as_rows, history

SCHEMA = "hw_scd2_models"
LANES = 2  # models of each way, in sessions of different zones
HISTORIES = 150  # in each model
BATCHES = 3
COLUMNS = "lane int, history int, id int, part text, ts timestamptz, seq int, gone boolean, name text, note text, tag text, extra text"
MODEL = """
{{ config(materialized='scd2', unique_key=['history', 'id', 'part'], pre_hook="%(hook)s", meta={'headwater': {
    'updated_at': 'ts', 'sequence_by': ['seq'], 'type1_cols': ['tag'], %(options)s
}}) }}
select history, id, part, %(time)s as ts, seq, gone, name, note, tag
    {%% if env_var('HW_EXTRA', '') and %(extra)s %%}, extra {%% endif %%}
from {{ target.schema }}.log where lane = %(lane)s
"""
UTC = "ts at time zone 'UTC'"
# Each way: its options, its expression of the time, whether it takes the column that comes later.
WAYS = {
    "close": ("'deleted_column': 'gone', 'exclude_cols': ['note']", UTC, "true"),
    "tombstone": (
        "'deletes': 'tombstone', 'deleted_column': 'gone', 'check_cols': ['name'],"
        " 'valid_to_current': 'infinity'",
        "ts",
        "false",
    ),
    "ignore": (
        "'deletes': 'ignore', 'deleted_column': 'gone', 'check_cols': ['name'],"
        " 'valid_to_current': '9999-12-31',"
        " 'snapshot_meta_column_names': {'dbt_valid_from': 'Valid From', 'dbt_valid_to': 'to'}",
        UTC,
        "false",
    ),
}
# Clocks were put forward in New York at hour 7 of this day, and a day there has 23 hours.
ZERO = "timestamptz '2026-03-08 00:00+00'"

TEXTS = ["a", "b", "B", "", None]
Batches = list[list[Event]]


def one_event(draw: random.Random) -> Event:
    """Few keys, times and values, so that much is late, at one time, and the same again."""
    return Event(
        key=draw.choice([(1, "x"), (1, "x"), (2, None), (None, None)]),
        at=draw.choice([1, 5, 6, 7, 8, 30]),
        seq=draw.choice([None, 1, 2]),
        gone=draw.random() < 0.25,
        name=draw.choice(TEXTS),
        note=draw.choice(TEXTS),
        tag=draw.choice(TEXTS),
    )


def deliveries(draw: random.Random) -> Batches:
    """Events in batches, in any order, some more than once; those of later batches have a new column."""
    log = [one_event(draw) for _ in range(draw.randrange(3, 10))]
    again = draw.choices(log, k=draw.randrange(4))
    batches: Batches = [[] for _ in range(BATCHES)]
    for one in draw.sample(log + again, len(log + again)):
        place = draw.randrange(BATCHES)
        extra = draw.choice([None, "e"]) if place else None
        batches[place].append(replace(one, extra=extra))
    return batches


def literal(value: object) -> str:
    """A value as SQL."""
    return "null" if value is None else str(value) if isinstance(value, int) else f"'{value}'"


class Warehouse:
    """A project on one engine, and its log."""

    def __init__(self, project: DbtProject, dbt: Session, engine: str) -> None:
        self.project, self.dbt, self.engine = project, dbt, engine

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement."""
        return (self.project.sql if self.engine == "postgres" else self.dbt.duckdb)(statement)

    def load(self, given: Iterable[tuple[int, int, Event]]) -> None:
        """Put events, each of a lane and a history, in the place of the last."""
        rows = [
            f"({lane}, {number}, {literal(e.key[0])}, {literal(e.key[1])},"
            f" {ZERO} + {e.at} * interval '1 hour', {literal(e.seq)}, {e.gone}, {literal(e.name)},"
            f" {literal(e.note)}, {literal(e.tag)}, {literal(e.extra)})"
            for lane, number, e in given
        ]
        inserts = f"; insert into {SCHEMA}.log values {', '.join(rows)}" if rows else ""
        self.sql(
            f"drop table if exists {SCHEMA}.log; create table {SCHEMA}.log ({COLUMNS}){inserts}"
        )

    def tables(self, way: str, lane: int) -> dict[int, list[tuple[object, ...]]]:
        """The versions of each history, in the words of the model."""
        begin, end = (
            ('"Valid From"', '"to"') if way == "ignore" else ("dbt_valid_from", "dbt_valid_to")
        )
        zero = ZERO if way == "tombstone" else "timestamp '2026-03-08 00:00'"
        found = self.sql(
            f"select history, id, part, cast(extract(epoch from {begin} - {zero}) / 3600 as integer),"
            f" case when extract(year from {end}) < 9999 then"
            f" cast(extract(epoch from {end} - {zero}) / 3600 as integer) end,"
            f" {'dbt_is_deleted' if way == 'tombstone' else 'false'}, name, note, tag,"
            f" {'extra' if way == 'close' else 'null'} from {SCHEMA}.{way}_{lane}"
            + (
                f" where {end} is null or extract(year from {end}) <= 9999 or {end} = 'infinity'"
                if way != "close"
                else ""
            )
        )
        told = defaultdict(list)
        for number, *r in found:
            told[int(str(number))].append(Version((r[0], r[1]), r[2], r[3], r[4], tuple(r[5:])))  # type: ignore[arg-type]
        return {number: as_rows(versions) for number, versions in told.items()}


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def warehouse(
    request: pytest.FixtureRequest,
    postgres: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Warehouse]:
    """A project with a model per way and lane."""
    engine = request.param
    folder: Path = tmp_path_factory.mktemp(f"scd2_{engine}")
    project = new_project(folder, SCHEMA, postgres)
    link_package(project)
    zones = ["set local timezone to 'America/New_York'", "set local timezone to 'Asia/Kathmandu'"]
    for lane in range(LANES):
        for way, (options, time, extra) in WAYS.items():
            hook = zones[lane % 2] if engine == "postgres" else ""
            words = {"options": options, "time": time, "lane": lane, "hook": hook, "extra": extra}
            words["options"] += ", 'on_new_column': 'new_version'"
            project.write({f"models/{way}_{lane}.sql": MODEL % words})
    with session(project, engine) as dbt:
        warehouse = Warehouse(project, dbt, engine)
        if engine == "duckdb":
            warehouse.sql(f"create schema {SCHEMA}")
            yield warehouse
            return
        connection = connect(postgres)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
            yield warehouse
            cursor.execute(f"drop schema if exists {SCHEMA} cascade")
        connection.close()


Drawn = dict[tuple[int, int], Batches]


def compare(warehouse: Warehouse, drawn: Drawn) -> None:
    """Every history against the model."""
    missed = []
    for way in WAYS:
        tables = {lane: warehouse.tables(way, lane) for lane in range(LANES)}
        for (lane, number), batches in drawn.items():
            log = [one for batch in batches for one in batch]
            wanted = as_rows(history(log, way, extra=way == "close"))
            found = tables[lane].get(number, [])
            if found != wanted:
                missed.append((way, batches, found, wanted))
    assert missed == []


def test_any_order_any_batches_replays_and_a_full_refresh_equal_the_model(
    warehouse: Warehouse,
) -> None:
    draw = random.Random(os.urandom(8) if os.environ.get("HEADWATER_RANDOM") else 6)
    drawn = {
        (lane, number): deliveries(draw) for lane in range(LANES) for number in range(HISTORIES)
    }
    for step in [*range(BATCHES), BATCHES - 1]:  # the last batch comes again
        warehouse.load((*place, e) for place, batches in drawn.items() for e in batches[step])
        words = ["--full-refresh"] if step == 0 else []
        warehouse.dbt.succeed("run", *words, env={"HW_EXTRA": "yes" if step else ""})
    compare(warehouse, drawn)
    warehouse.load(
        (*place, e) for place, batches in drawn.items() for batch in batches for e in batch
    )
    warehouse.dbt.succeed("run", "--full-refresh", env={"HW_EXTRA": "yes"})
    compare(warehouse, drawn)
