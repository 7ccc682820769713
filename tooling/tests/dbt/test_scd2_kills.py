"""A run of scd2 that is killed has done nothing, and two at once do what one does."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, connect, link_package, new_project
from scd2_models import Event, Version, as_rows, history

SCHEMA = "hw_scd2_kills"
ROWS = 240
MODEL = """
{{ config(materialized='scd2', unique_key=['id', 'part'], meta={'headwater': {
    'updated_at': 'ts', 'sequence_by': ['seq'], 'type1_cols': ['tag'], 'exclude_cols': ['note'],
    'deleted_column': 'gone', 'unique_current': true,
}}, post_hook="select pg_sleep({{ env_var('HW_SLEEP', '0') }})") }}
select id, part, ts, seq, gone, name, note, tag from {{ target.schema }}.log
"""
Rows = list[tuple[object, ...]]


def events(draw: random.Random) -> list[Event]:
    """A log over a few keys, in no order."""
    texts = ["a", "b", None]
    return [
        Event(
            key=(draw.choice([1, 2, 3, None]), draw.choice(["x", None])),
            at=draw.randrange(40),
            seq=draw.choice([None, 1, 2]),
            gone=draw.random() < 0.2,
            name=draw.choice(texts),
            note=draw.choice(texts),
            tag=draw.choice(texts),
        )
        for _ in range(ROWS)
    ]


def text(value: object) -> str:
    """A value as SQL."""
    return "null" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def load(project: DbtProject, batch: list[Event]) -> None:
    """Put a batch in the place of the last."""
    rows = ", ".join(
        f"({text(e.key[0])}, {text(e.key[1])}, timestamp '2026-01-01' + {e.at} * interval '1 hour',"
        f" {text(e.seq)}, {e.gone}, {text(e.name)}, {text(e.note)}, {text(e.tag)})"
        for e in batch
    )
    project.sql(f"delete from {SCHEMA}.log; insert into {SCHEMA}.log values {rows}")


def table(project: DbtProject) -> Rows:
    """The versions, in the words of the model."""
    hours = "cast(extract(epoch from {} - timestamp '2026-01-01') / 3600 as integer)"
    begin, end = hours.format("dbt_valid_from"), hours.format("dbt_valid_to")
    found = project.sql(
        f"select id, part, {begin}, {end}, false, name, note, tag, null from {SCHEMA}.versions"
    )
    return as_rows(Version((r[0], r[1]), r[2], r[3], r[4], tuple(r[5:])) for r in found)


def wanted(log: list[Event]) -> Rows:
    """What they must be."""
    return as_rows(history(log, "close"))


@pytest.fixture
def projects(postgres: Mapping[str, str], tmp_path: Path) -> Iterator[list[DbtProject]]:
    """Two projects with the same model, and an empty log."""
    made = []
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        made.append(new_project(tmp_path / str(number), SCHEMA, postgres))
        link_package(made[-1])
        made[-1].write({"models/versions.sql": MODEL})
    columns = (
        "id int, part text, ts timestamp, seq int, gone boolean, name text, note text, tag text"
    )
    made[0].sql(
        f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA};"
        f" create table {SCHEMA}.log ({columns})"
    )
    yield made
    made[0].sql(f"drop schema if exists {SCHEMA} cascade")


def sleeper(server: Mapping[str, str]) -> tuple[int, ...]:
    """The backends that have written and not committed: those in the hook."""
    connection = connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity"
            f" where application_name = '{SCHEMA}' and state = 'active' and query like '%pg_sleep(30)%'"
        )
        pids = tuple(pid for (pid,) in cursor.fetchall())
    connection.close()
    return pids


def wait_for_sleeper(server: Mapping[str, str], *, there: bool) -> int:
    """Until a run is in its hook, or none is any more."""
    for _ in range(600):
        pids = sleeper(server)
        if bool(pids) == there:
            return pids[0] if pids else 0
        time.sleep(0.1)
    raise AssertionError("no run came to where it is to be killed" if there else "it goes on")


def terminate(server: Mapping[str, str], pid: int) -> None:
    """End a backend; it was there."""
    connection = connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", (pid,))
        assert cursor.fetchone() == (True,)
    connection.close()


def kill_at_work(project: DbtProject, dbt: Session, *, by_signal: bool) -> None:
    """Start a run, and kill it when all is written and nothing committed."""
    dbt.start("run", env={"HW_SLEEP": "30"})
    pid = wait_for_sleeper(project.server, there=True)
    if by_signal:
        dbt.process.send_signal(signal.SIGKILL)
        dbt.process.wait()
        terminate(project.server, pid)  # in a sleep the server doesn't see that its client is gone
        return
    terminate(project.server, pid)
    ((status, message),) = dbt.finish().values()
    assert status == "error", message


def test_killed_runs_and_two_at_once_equal_the_model(projects: list[DbtProject]) -> None:
    first, _ = projects
    draw = random.Random(5)
    log = events(draw)
    batches = [log[:60], log[60:120], log[120:180], log[180:]]
    awake = {"HW_SLEEP": "0"}
    with session(projects[0]) as one, session(projects[1]) as other:
        load(first, batches[0])
        one.start("run", env=awake)  # both make the table
        other.start("run", env=awake)
        for ran in (one.finish(), other.finish()):
            assert {status for status, _ in ran.values()} == {"success"}, ran
        assert table(first) == wanted(batches[0])
        load(first, batches[1])
        kill_at_work(first, one, by_signal=False)
        assert table(first) == wanted(batches[0]), "a terminated run left something"
        one.start("run", env=awake)
        other.start("run", env=awake)
        for ran in (one.finish(), other.finish()):
            assert {status for status, _ in ran.values()} == {"success"}, ran
        assert table(first) == wanted(log[:120])
        load(first, batches[2])
        kill_at_work(first, other, by_signal=True)
        assert table(first) == wanted(log[:120]), "a killed run left something"
        one.succeed("run", env=awake)
        load(first, [*batches[3], *draw.sample(log, 40)])
        one.succeed("run", env=awake)
        assert table(first) == wanted(log)
        load(first, log)
        kill_at_work(first, one, by_signal=False)
        one.succeed("run", "--full-refresh", env=awake)
        assert table(first) == wanted(log)
