"""Histories on Postgres and DuckDB: any order, any batches, replays and a full refresh equal the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import hypothesis.strategies as st
import pytest
from dbt_sessions import Session, session
from hypothesis import HealthCheck, event, given, settings
from projects import DbtProject, connect, link_package, new_project
from scd2_models import Event, Version, as_rows, history

SCHEMA = "hw_scd2_models"
LANES = 3  # histories that one run of dbt builds in each way
BATCHES = 3
COLUMNS = "lane int, id int, part text, ts timestamptz, seq int, gone boolean, name text, note text, tag text, extra text"
MODEL = """
{{ config(materialized='scd2', unique_key=['id', 'part'], pre_hook="%(hook)s", meta={'headwater': {
    'updated_at': 'ts', 'sequence_by': ['seq'], 'type1_cols': ['tag'], %(options)s
}}) }}
select id, part, %(time)s as ts, seq, gone, name, note, tag
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

texts = st.sampled_from(["a", "b", "B", "", None])
events = st.builds(
    Event,
    key=st.sampled_from([(1, "x"), (1, "x"), (2, None), (None, None)]),
    at=st.sampled_from([1, 5, 6, 7, 8, 30]),
    seq=st.sampled_from([None, 1, 2]),
    gone=st.sampled_from([False, False, False, True]),
    name=texts,
    note=texts,
    tag=texts,
)


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Event]]:
    """Events in batches, in any order, some more than once; those of later batches have a new column."""
    log = draw(st.lists(events, min_size=3, max_size=9))
    again = draw(st.lists(st.sampled_from(log), max_size=3)) if log else []
    batches: list[list[Event]] = [[] for _ in range(BATCHES)]
    for one in draw(st.permutations(log + again)):
        place = draw(st.integers(0, BATCHES - 1))
        extra = draw(st.sampled_from([None, "e"])) if place else None
        batches[place].append(Event(**{**vars(one), "extra": extra}))
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

    def load(self, lanes: Sequence[Sequence[Event]]) -> None:
        """Put batches, one of each lane, in the place of the last."""
        rows = [
            f"({lane}, {literal(e.key[0])}, {literal(e.key[1])}, {ZERO} + {e.at} * interval '1 hour',"
            f" {literal(e.seq)}, {e.gone}, {literal(e.name)}, {literal(e.note)}, {literal(e.tag)},"
            f" {literal(e.extra)})"
            for lane, batch in enumerate(lanes)
            for e in batch
        ]
        inserts = f"; insert into {SCHEMA}.log values {', '.join(rows)}" if rows else ""
        self.sql(
            f"drop table if exists {SCHEMA}.log; create table {SCHEMA}.log ({COLUMNS}){inserts}"
        )

    def table(self, way: str, lane: int, *, extra: bool = False) -> list[tuple[object, ...]]:
        """The versions of a history, in the words of the model."""
        begin, end = (
            ('"Valid From"', '"to"') if way == "ignore" else ("dbt_valid_from", "dbt_valid_to")
        )
        zero = ZERO if way == "tombstone" else "timestamp '2026-03-08 00:00'"
        found = self.sql(
            f"select id, part, cast(extract(epoch from {begin} - {zero}) / 3600 as integer),"
            f" case when extract(year from {end}) < 9999 then"
            f" cast(extract(epoch from {end} - {zero}) / 3600 as integer) end,"
            f" {'dbt_is_deleted' if way == 'tombstone' else 'false'}, name, note, tag,"
            f" {'extra' if extra else 'null'} from {SCHEMA}.{way}_{lane}"
            + (
                f" where {end} is null or extract(year from {end}) <= 9999 or {end} = 'infinity'"
                if way != "close"
                else ""
            )
        )
        return as_rows(Version((r[0], r[1]), r[2], r[3], r[4], tuple(r[5:])) for r in found)  # type: ignore[arg-type]


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


def compare(warehouse: Warehouse, drawn: list[list[list[Event]]], *, told: str) -> None:
    """Every table against the model."""
    for lane, batches in enumerate(drawn):
        log = [one for batch in batches for one in batch]
        for way in WAYS:
            extra = way == "close"
            wanted = as_rows(history(log, way, extra=extra))
            assert warehouse.table(way, lane, extra=extra) == wanted, (told, way, batches)


def test_any_order_any_batches_replays_and_a_full_refresh_equal_the_model(
    warehouse: Warehouse,
) -> None:
    examples = 2

    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(deliveries(), min_size=LANES, max_size=LANES))
    def check(drawn: list[list[list[Event]]]) -> None:
        event(f"{sum(len(b) for batches in drawn for b in batches)} events")
        for step in [*range(BATCHES), BATCHES - 1]:  # the last batch comes again
            warehouse.load([batches[step] for batches in drawn])
            words = ["--full-refresh"] if step == 0 else []
            env = {"HW_EXTRA": "yes" if step else ""}
            warehouse.dbt.succeed("run", *words, env=env)
        compare(warehouse, drawn, told="in batches")
        warehouse.load([[one for batch in batches for one in batch] for batches in drawn])
        warehouse.dbt.succeed("run", "--full-refresh", env={"HW_EXTRA": "yes"})
        compare(warehouse, drawn, told="full refresh")

    check()
