"""The whole suite: the demo and the integration tests built by dbt, then pytest.

Everything runs on one Postgres of our own (or on the one that `PG*` names), and leaves the demo's
warehouse and `target/` alone. At the end, what reads SQL is tested once more, on the oldest sqlglot
allowed. Arguments go to pytest, which then runs once.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import dbt_steps
from postgres import REPO, postgres
from signals import exit_on_signals

WORK = REPO / ".headwater" / "tests"
OLDEST = REPO / ".venvs" / "oldest"
LOCKED = REPO / "requirements" / "oldest.txt"
#: What reads SQL: the part of the suite that another sqlglot could break.
SQL_TESTS = ("tooling/tests/cases", "tooling/tests/unit/sql", "tooling/tests/unit/pipeline")
CORES = min(os.cpu_count() or 2, 4)


@dataclass(frozen=True)
class Build:
    """One dbt project, built on one engine."""

    title: str
    folder: Path
    target: str


BUILDS = (
    Build("integration tests on Postgres", REPO / "integration_tests", "postgres"),
    Build("integration tests on DuckDB", REPO / "integration_tests", "duckdb"),
    Build("demo on Postgres", REPO, "postgres"),
    Build("demo on DuckDB", REPO, "duckdb"),
)


def _build(build: Build, server: Mapping[str, str]) -> bool:
    """Whether it built; says so in one line, with dbt's whole output when it did not."""
    started = time.monotonic()
    env = dbt_steps.environment(server, WORK / build.title.replace(" ", "_"))
    done = dbt_steps.run((f"build --target {build.target}",), build.folder, env, quiet=True)
    seconds = f"{time.monotonic() - started:.0f} s"
    if done.returncode:
        print(f"{done.stdout}\nFAILED  dbt build: {build.title} ({seconds})", flush=True)
        return False
    counts = re.findall(r"PASS=.*", done.stdout)[-1:]
    print(f"passed  dbt build: {build.title} ({seconds})  {' '.join(counts)}", flush=True)
    return True


def _builds(server: Mapping[str, str]) -> bool:
    deps = dbt_steps.run(
        ("deps",), REPO / "integration_tests", dbt_steps.environment(server, WORK), quiet=True
    )
    if deps.returncode:
        print(f"{deps.stdout}\nFAILED  dbt deps: integration tests", flush=True)
        return False
    with ThreadPoolExecutor(CORES) as pool:
        return all(list(pool.map(lambda build: _build(build, server), BUILDS)))


def _oldest_python() -> Path | None:
    """The Python of an environment with the oldest versions allowed, made when the lock changed."""
    python, stamp = OLDEST / "bin" / "python", OLDEST / ".made-from"
    wanted = hashlib.sha256(LOCKED.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    locked = ("install", "--quiet", "--require-hashes", "--no-deps", "-r", LOCKED)
    uv = Path(sys.executable).with_name("uv")
    made = _quietly(sys.executable, "-m", "venv", "--clear", OLDEST) and (
        _quietly(uv, "pip", *locked, "--python", python) or _quietly(python, "-m", "pip", *locked)
    )
    if made:
        stamp.write_text(wanted)
    return python if made else None


def _quietly(*words: str | Path) -> bool:
    return not subprocess.run(words, capture_output=True, check=False).returncode


def _sql_tests_on_the_oldest() -> bool:
    """Whether what reads SQL also passes on the oldest sqlglot allowed."""
    python = _oldest_python()
    if python is None:
        print("FAILED  the environment of requirements/oldest.txt can't be made", flush=True)
        return False
    print("SQL tests on the oldest sqlglot allowed:", flush=True)
    words = (python, "-m", "pytest", "-n", str(CORES), "-q", *SQL_TESTS)
    env = os.environ | {"PYTHONPATH": str(REPO / "tooling")}
    return not subprocess.run(words, cwd=REPO, env=env, check=False).returncode


def main() -> int:
    """0 when everything passed, else 1; 130 after Ctrl-C."""
    exit_on_signals()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    try:
        with postgres("test") as server:
            built = _builds(server)
            # A file stays on one worker: its projects are built once, and its tests meet in order.
            pytest = [sys.executable, "-m", "pytest", "-n", str(CORES), "--dist", "loadfile"]
            pytest += sys.argv[1:]
            tested = subprocess.run(pytest, cwd=REPO, env=os.environ | server, check=False)
        ported = bool(sys.argv[1:]) or _sql_tests_on_the_oldest()
    except KeyboardInterrupt:
        return 130
    if not built:
        print("FAILED  a dbt build above", flush=True)
    if not ported:
        print("FAILED  SQL tests on the oldest sqlglot allowed", flush=True)
    return int(not built or not ported or tested.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
