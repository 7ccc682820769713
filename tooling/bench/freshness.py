"""Measure `lineage freshness` and `lineage runs` on a generated project.

``python tooling/bench/freshness.py [--models 5000]``: every fifth model promises something, each
source was checked, every node has a result. Printed are the seconds of
whole processes, the least of three with a warm cache, and the size of the page for 2,000 models.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from measure import lineage
from synthetic import make_project, write_project

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def _moment(hours: float) -> str:
    return (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def promise(manifest: dict[str, Any]) -> None:
    """Give every source a threshold and every fifth model a promise."""
    for source in manifest["sources"].values():
        source["freshness"] = {"warn_after": {"count": 24, "period": "hour"}}
    models = [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]
    for model in models[::5]:
        sla = {"by": "07:00", "tz": "Europe/Berlin", "days": "weekdays"}
        model["config"]["meta"] = model["meta"] = {"sla": sla}


def results(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A good run of everything, a tenth of a second each."""
    entries = [
        {
            "unique_id": name,
            "status": "success",
            "execution_time": 0.1,
            "thread_id": f"Thread-{number % 8}",
            "timing": [{"name": "execute", "started_at": _moment(2), "completed_at": _moment(1.9)}],
        }
        for number, name in enumerate(manifest["nodes"])
    ]
    return _artifact("run-results", 6, entries) | {"args": {"which": "build"}, "elapsed_time": 90.0}


def checks(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A check of every source; each tenth is late."""
    entries = [
        {
            "unique_id": name,
            "status": "warn" if number % 10 == 0 else "pass",
            "max_loaded_at": _moment(40 if number % 10 == 0 else 3),
            "snapshotted_at": _moment(1),
        }
        for number, name in enumerate(manifest["sources"])
    ]
    return _artifact("sources", 3, entries)


def _artifact(kind: str, version: int, entries: list[dict[str, Any]]) -> dict[str, Any]:
    schema = f"https://schemas.getdbt.com/dbt/{kind}/v{version}.json"
    metadata = {"dbt_schema_version": schema, "generated_at": _moment(1), "invocation_id": kind}
    return {"metadata": metadata, "results": entries}


def make(models: int, folder: Path) -> Path:
    """The target folder of a project with results."""
    write_project(make_project(models), folder, catalog=False)
    target = next(folder.rglob("manifest.json")).parent
    manifest = json.loads((target / "manifest.json").read_text())
    promise(manifest)
    (target / "manifest.json").write_text(json.dumps(manifest))
    (target / "run_results.json").write_text(json.dumps(results(manifest)))
    (target / "sources.json").write_text(json.dumps(checks(manifest)))
    return target


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=5000)
    parser.add_argument("--page", type=int, default=2000, help="models of the html page")
    options = parser.parse_args()
    fresh = ["freshness", "--now", NOW.isoformat()]
    with tempfile.TemporaryDirectory() as folder:
        target = make(options.models, Path(folder))
        lineage(fresh, target)  # makes the cache
        for words in (fresh, ["runs"]):
            spent = lineage(words, target, repeat=3)
            seconds = f"{spent.wall:.2f} s, {spent.cpu:.2f} s of one core"
            print(f"lineage {words[0]} on {options.models:,} models: {seconds}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page.html"
        lineage([*fresh, "--out", str(out)], make(options.page, Path(folder)))
        print(f"html page of {options.page:,} models: {out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
