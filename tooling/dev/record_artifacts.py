"""Record what dbt writes about the demo, as fixtures: the same bytes for the same project.

Everything is kept; what differs from run to run or from machine to machine is set to a constant:
clock readings, random ids, the folder of the checkout. Lists without an order are sorted.

tooling/tests/fixtures/demo/          manifest, catalog, run_results (of `dbt build`), sources
tooling/tests/fixtures/demo-parsed/   manifest of `dbt parse`: no compiled SQL
tooling/tests/fixtures/demo-dbt-2/    manifest of dbt 2.x, parsed (needs .venvs/dbt-2)
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dbt_steps
from postgres import REPO, postgres
from signals import exit_on_signals

FIXTURES = REPO / "tooling" / "tests" / "fixtures"
DBT_2 = REPO / ".venvs" / "dbt-2" / "bin" / "dbt"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CLOCK_KEYS = {"generated_at", "invocation_started_at", "run_started_at", "started_at",
              "completed_at", "snapshotted_at"}  # fmt: skip
CONSTANTS: dict[str, Any] = {
    **dict.fromkeys(CLOCK_KEYS, NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
    "created_at": NOW.timestamp(),
    "invocation_id": "00000000-0000-4000-8000-000000000000",
    "elapsed_time": 1.0,
    "execution_time": 1.0,
    "thread_id": "Thread-1",
    "user_id": None,
}
UNORDERED, LISTS_UNORDERED = {"results", "macros"}, {"child_map", "parent_map"}


def steady(value: Any, folder: str, key: str = "", above: str = "") -> Any:
    """The value with sorted keys and without what changes from run to run."""
    if isinstance(value, Mapping):
        changed = {k: steady(v, folder, k, key) for k, v in sorted(value.items())}
        if "max_loaded_at_time_ago_in_s" in changed:
            loaded = datetime.fromisoformat(changed["max_loaded_at"])
            changed["max_loaded_at_time_ago_in_s"] = (NOW - loaded).total_seconds()
        return changed
    if isinstance(value, list):
        items = [steady(item, folder, key, above) for item in value]
        is_set = key in UNORDERED or above in LISTS_UNORDERED
        return sorted(items, key=_sort_key) if is_set else items
    if key in CONSTANTS and not (key == "created_at" and isinstance(value, str)):
        return CONSTANTS[key]
    if isinstance(value, str):
        return re.sub(r"(?<=in )\d+\.\d+s", "1.00s", value.replace(folder, "."))
    return value


def _sort_key(item: Any) -> str:
    return str(item["unique_id"] if isinstance(item, Mapping) else item)


def _save(source: Path, folder: Path, to: str) -> None:
    """As gzip without a time stamp, so that the same text gives the same bytes."""
    text = json.dumps(steady(json.loads(source.read_text()), str(folder)), separators=(",", ":"))
    target = FIXTURES / to / f"{source.name}.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{target.relative_to(REPO)}  {target.stat().st_size:,} bytes")


def _copy_of_the_repository(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (REPO / name).is_file() and not name.startswith("tooling/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPO / name, folder / name)


def _run(folder: Path, server: Mapping[str, str], *steps: str, code: int = 0) -> Path:
    done = dbt_steps.run(steps, folder, dbt_steps.environment(server), quiet=True)
    if done.returncode != code:
        sys.exit(f"{done.stdout}\nerror: dbt {steps} gave exit code {done.returncode}")
    return folder / "target"


def record(folder: Path, server: Mapping[str, str]) -> None:
    """Write the fixtures, from a copy of the repository in the folder."""
    target = _run(folder, server, "parse")
    _save(target / "manifest.json", folder, "demo-parsed")
    _save(_run(folder, server, "build") / "run_results.json", folder, "demo")
    _run(folder, server, "docs generate")
    for name in ("manifest.json", "catalog.json"):
        _save(target / name, folder, "demo")
    _save(_run(folder, server, "source freshness") / "sources.json", folder, "demo")
    if DBT_2.exists():
        env = dbt_steps.environment(server) | {"DBT_ALLOW_EXPERIMENTAL_ADAPTERS": "true"}
        shutil.rmtree(target)
        subprocess.run([DBT_2, "parse", "--quiet"], cwd=folder, env=env, check=True)
        _save(target / "manifest.json", folder, "demo-dbt-2")


def main() -> None:
    """Raises: SystemExit when a dbt command fails."""
    exit_on_signals()
    with tempfile.TemporaryDirectory() as name, postgres("record") as server:
        folder = Path(name).resolve()
        _copy_of_the_repository(folder)
        record(folder, server)


if __name__ == "__main__":
    main()
