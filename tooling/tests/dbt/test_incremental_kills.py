"""A run that is killed has done nothing or everything, and the next run makes it right."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dbt_sessions import session
from projects import DbtProject, connect
from test_incremental_models import model_files

ROWS = 300
MODELS = ("upsert", "delete_insert", "append_dedup", "soft_delete", "full_diff", "replace_window")
ROUNDS = 6


def _load(project: DbtProject, batch: int) -> None:
    """The same keys every time, with other values: after a run every row is of one batch."""
    project.sql(
        "create table if not exists batches"
        " (batch int, id int, part text, day int, seq int, name text);"
        f"truncate batches; insert into batches select {batch}, n, null, n, {batch}, 'b{batch}'"
        f" from generate_series(1, {ROWS}) as n"
    )


def _states(project: DbtProject) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: project.sql(f"select name, count(*) from {name} group by name order by name")
        for name in MODELS
    }


@contextmanager
def _axe(project: DbtProject, after: float) -> Iterator[None]:
    """Terminates dbt's connections, all of them, some time after the block has begun."""

    def fall() -> None:
        time.sleep(after)
        connection = connect(project.server)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                f" where application_name = '{project.schema}'"
            )
        connection.close()

    thread = threading.Thread(target=fall)
    thread.start()
    yield
    thread.join()


def _assert_old_or_new(project: DbtProject, old: int, new: int) -> None:
    for name, found in _states(project).items():
        allowed = ([(f"b{old}", ROWS)], [(f"b{new}", ROWS)])
        if name == "append_dedup":
            allowed = ([("b0", ROWS)],) * 2
        assert found in allowed, (name, found)


def test_terminated_backends_leave_the_old_table_or_the_new(dbt_project: DbtProject) -> None:
    draw = random.Random(7)
    dbt_project.write(model_files())
    dbt_project.sql(f"create schema {dbt_project.schema}")
    _load(dbt_project, 0)
    broken = 0
    with session(dbt_project) as dbt:
        dbt.succeed("run")
        started = time.monotonic()
        dbt.succeed("run")
        usual = time.monotonic() - started
        for number in range(1, ROUNDS + 1):
            _load(dbt_project, number)
            with _axe(dbt_project, draw.uniform(0.2, 1.0) * usual):
                ran = dbt.run("run")
            broken += any(status != "success" for status, _ in ran.values())
            _assert_old_or_new(dbt_project, number - 1, number)
            dbt.succeed("run")
            _assert_old_or_new(dbt_project, number, number)
    assert broken, "no run was hit; the test shows nothing"


def test_a_killed_dbt_leaves_the_old_table_or_the_new(dbt_project: DbtProject) -> None:
    draw = random.Random(8)
    dbt_project.write(model_files())
    dbt_project.sql(f"create schema {dbt_project.schema}")
    _load(dbt_project, 0)
    with session(dbt_project) as dbt:
        dbt.succeed("run")
    for number in (1, 2):
        _load(dbt_project, number)
        with session(dbt_project) as dbt:
            dbt.run("parse")
            dbt.start("run")
            time.sleep(draw.uniform(0.3, 1.5))
            dbt.process.send_signal(signal.SIGKILL)
            dbt.process.wait()
        _wait_for_the_server(dbt_project)
        _assert_old_or_new(dbt_project, number - 1, number)
        with session(dbt_project) as dbt:
            dbt.succeed("run")
        _assert_old_or_new(dbt_project, number, number)


def _wait_for_the_server(project: DbtProject) -> None:
    """Until it has noticed that its client is gone, and rolled back."""
    for _ in range(100):
        busy = project.sql(
            f"select count(*) from pg_stat_activity where application_name = '{project.schema}'"
        )
        if busy == [(0,)]:
            return
        time.sleep(0.1)


def test_two_sessions_at_once_also_on_the_first_run(dbt_project: DbtProject) -> None:
    """Neither doubles a row, and whoever comes second meets what the first has made."""
    dbt_project.write(model_files())
    dbt_project.sql(f"create schema {dbt_project.schema}")
    with session(dbt_project) as one, session(dbt_project) as other:
        one.run("parse")
        other.run("parse")
        for number in range(3):
            _load(dbt_project, number)
            one.start("run")
            other.start("run")
            for ran in (one.finish(), other.finish()):
                assert {status for status, _ in ran.values()} == {"success"}, ran
            _assert_old_or_new(dbt_project, number, number)
