"""cdc_apply that is killed while a statement runs: the table is the old one or the new one; a rerun is right."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cdc_models import Change, Values, after
from dbt_sessions import Ran, session
from projects import DbtProject, connect, link_package, new_project
from test_cdc_apply import COLUMNS, MODEL, literal

SCHEMA = "hw_cdc_kills"
KEYS = 400
BATCH = 2500
OURS = f"from pg_stat_activity where application_name = '{SCHEMA}'"
AT_WORK = f"""
select pid {OURS} and state = 'active' and query like '%"model.consumer.hard_0"%'
"""


def long_log(draw: random.Random, count: int) -> list[Change]:
    """A log over a few keys: deletes, rows in full and rows without a column, a truncate, keys that move."""
    log = []
    for place in range(1, count + 1):
        op = draw.choice(["create", "update", "update", "update", "delete"])
        row: Values = {"amount": float(place % 1000), "note": f"n{place}"}
        if op == "create" or draw.random() < 0.5:
            row["document"] = {"n": place}
        key = draw.randrange(KEYS)
        old = draw.randrange(KEYS) if op == "update" and draw.random() < 0.05 else None
        if place == count // 3:
            log.append(Change(place, "truncate"))
        else:
            moves = old if old != key else None
            log.append(Change(place, op, key, moves, {} if op == "delete" else row))
    return log


@dataclass
class Axe:
    """Strikes while a statement of dbt's runs on the table, and remembers which it hit."""

    project: DbtProject
    after: float
    hit: list[int] = field(default_factory=list)

    def fall(self, strike: Any) -> None:
        """Wait until dbt is at work, some time longer, and strike at the next statement that runs."""
        connection = connect(self.project.server)
        connection.autocommit = True
        with connection.cursor() as cursor:
            give_up = time.monotonic() + 60
            begun = None
            while time.monotonic() < give_up and not self.hit:
                cursor.execute(AT_WORK)
                pids = [row[0] for row in cursor.fetchall()]
                begun = begun or (time.monotonic() if pids else None)
                if pids and begun and time.monotonic() - begun >= self.after:
                    strike(cursor, pids[0])
                    self.hit.append(pids[0])
        connection.close()


@contextmanager
def falling(axe: Axe, strike: Any) -> Iterator[None]:
    """The axe falls while the block runs."""
    thread = threading.Thread(target=axe.fall, args=(strike,))
    thread.start()
    yield
    thread.join()


def terminate(cursor: Any, pid: int) -> None:
    """Take the backend away from dbt; it must have been there."""
    cursor.execute(f"select pg_terminate_backend({pid})")
    assert cursor.fetchone() == (True,)


@pytest.fixture
def project(postgres: Mapping[str, str], tmp_path: Path) -> Iterator[DbtProject]:
    """A project with one model on the log of lane 0."""
    made = new_project(tmp_path, SCHEMA, postgres)
    link_package(made)
    made.write({"models/hard_0.sql": MODEL % {"deletes": "hard", "lane": 0}})
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        cursor.execute(
            f"create table {SCHEMA}.log (lane int, op text, seq text, ts text, id int, old_id int, doc jsonb)"
        )
        yield made
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def load(project: DbtProject, batch: list[Change]) -> None:
    """Make these the changes that the model reads."""
    rows = ", ".join(literal(change, 0) for change in batch)
    project.sql(f"delete from log; insert into log values {rows}; analyze log")


def table(project: DbtProject) -> list[Values]:
    """The rows, by key; none before the first run."""
    if project.sql("select to_regclass('hard_0')") == [(None,)]:
        return []
    rows = project.sql("select id, amount, note, document, false from hard_0 order by id")
    names = ("id", *COLUMNS, "is_deleted")
    return [dict(zip(names, row, strict=True)) | {"amount": float(row[1])} for row in rows]


def wait_for_the_server(project: DbtProject) -> None:
    """Until it has noticed that its client is gone, and rolled back."""
    for _ in range(200):
        if project.sql(f"select count(*) {OURS}") == [(0,)]:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("kind", ["terminate", "sigkill"])
def test_a_run_that_is_killed_has_done_nothing_or_everything(
    project: DbtProject, kind: str
) -> None:
    draw = random.Random(5)
    log = long_log(draw, 2 * BATCH)
    arriving = log + draw.sample(log, 200)
    draw.shuffle(arriving)
    known: list[Change] = []
    killed = []
    for number, place in enumerate(range(0, len(arriving), len(arriving) // 2)):
        batch = arriving[place : place + len(arriving) // 2]
        load(project, batch)
        before, done = after(known, COLUMNS), after([*known, *batch], COLUMNS)
        ran = run_under_the_axe(project, kind, draw.uniform(0.0, 0.1) * number)
        wait_for_the_server(project)
        # A strike may come as the last statement ends: then the run has done everything.
        killed.append(ran.get("hard_0", ("error", ""))[0] == "error")
        assert table(project) in ((before, done) if killed[-1] else (done,))
        with session(project) as dbt:
            dbt.succeed("run")
        assert table(project) == done
        known += batch
    assert killed[0], "the first statement was hit, and the run has survived"


def run_under_the_axe(project: DbtProject, kind: str, wait: float) -> Ran:
    """A run of which a statement was hit, and what dbt says of it, if dbt is still there to say it."""
    with session(project) as dbt:

        def strike(cursor: Any, pid: int) -> None:
            if kind == "terminate":
                terminate(cursor, pid)
            else:
                dbt.process.send_signal(signal.SIGKILL)
                dbt.process.wait()

        axe = Axe(project, wait)
        with falling(axe, strike):
            dbt.start("run")
            ran = dbt.finish() if kind == "terminate" else {}
        assert axe.hit, "no statement was hit; the test shows nothing"
        return ran
