"""The launcher of the embedded Postgres: always stopped, never in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import postgres as launcher
import psycopg2
import pytest
from projects import connect

SCRIPT = Path(launcher.__file__)
SLEEP = "env | grep ^PG | sort; exec sleep 600"


@pytest.fixture(autouse=True)
def no_server_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)


@pytest.fixture
def slot(worker_id: str) -> Iterator[str]:
    """The name of a slot of this test's own; what it leaves is stopped by the launcher itself."""
    name = f"launcher-{worker_id}"
    yield name
    with launcher.postgres(name):
        pass


def _start(slot: str) -> tuple[subprocess.Popen[str], dict[str, str]]:
    command = [sys.executable, str(SCRIPT), "run", slot, "--", "sh", "-c", SLEEP]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(5)]
    return process, dict(line.split("=", 1) for line in lines)


def _answers(server: dict[str, str]) -> bool:
    try:
        connect(server).close()
    except psycopg2.OperationalError:
        return False
    return True


def _killed(process: subprocess.Popen[str], number: int, *, group: bool) -> int:
    (os.killpg if group else os.kill)(process.pid, number)
    code = process.wait(timeout=30)
    if not group:  # the command survives a launcher that is shot
        os.killpg(process.pid, signal.SIGKILL)
    return code


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_stops_the_server(number: int, code: int, slot: str) -> None:
    process, server = _start(slot)
    assert _answers(server)
    assert _killed(process, number, group=True) == code
    assert not _answers(server)


def test_what_a_shot_launcher_left_is_stopped_by_the_next(slot: str) -> None:
    process, server = _start(slot)
    _killed(process, signal.SIGKILL, group=False)
    assert _answers(server)
    with launcher.postgres(slot) as next_server:
        assert _answers(dict(next_server))
        assert not _answers(server) or server["PGPORT"] == next_server["PGPORT"]
    assert not _answers(server)
    assert not _answers(dict(next_server))


def test_a_slot_in_use_is_refused(slot: str) -> None:
    with (
        launcher.postgres(slot) as server,
        pytest.raises(SystemExit, match=f"another process uses the Postgres '{slot}'"),
        launcher.postgres(slot),
    ):
        pytest.fail("two servers on one slot")
    assert not _answers(server)


def test_only_the_password_opens_it(slot: str) -> None:
    with launcher.postgres(slot) as server:
        assert _answers(server)
        assert not _answers(server | {"PGPASSWORD": "guess"})
        assert not _answers(server | {"PGPASSWORD": ""})


def test_kept_data_is_there_next_time_at_the_same_port(slot: str) -> None:
    with launcher.postgres(slot, keep=True) as first:
        connection = connect(first)
        with connection, connection.cursor() as cursor:
            cursor.execute("create table kept as select 42 as answer")
        connection.close()
    with launcher.postgres(slot, keep=True) as second:
        connection = connect(second)
        with connection, connection.cursor() as cursor:
            cursor.execute("select answer from kept")
            assert cursor.fetchall() == [(42,)]
        connection.close()
    assert second == first


def test_a_given_server_is_used_and_none_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example.com")
    monkeypatch.setenv("PGUSER", "anna")
    monkeypatch.setattr(launcher, "_Cluster", None)
    with launcher.postgres("never-started") as server:
        assert server == {
            "PGHOST": "db.example.com",
            "PGPORT": "5432",
            "PGUSER": "anna",
            "PGDATABASE": "anna",
        }
