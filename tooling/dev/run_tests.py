"""The whole suite: the demo and the integration tests built by dbt, then pytest.

Everything runs on one Postgres of our own (or on the one that `PG*` names), and leaves the demo's
warehouse and `target/` alone. Arguments go to pytest.
"""

from __future__ import annotations

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


def main() -> int:
    """0 when everything passed, else 1; 130 after Ctrl-C."""
    exit_on_signals()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    try:
        with postgres("test") as server:
            built = _builds(server)
            pytest = [sys.executable, "-m", "pytest", "-n", str(CORES), *sys.argv[1:]]
            tested = subprocess.run(pytest, cwd=REPO, env=os.environ | server, check=False)
    except KeyboardInterrupt:
        return 130
    if not built:
        print("FAILED  a dbt build above", flush=True)
    return int(not built or tested.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
