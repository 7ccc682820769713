"""What is said of results, run logs, calendars and promises that cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from . import tiny
from .transcripts import Golden, Lineage, Project

NOW = ("--now", "2026-11-01T15:30:00Z")
Break = Callable[[Path], None]
RESULTS = "target/run_results.json"


def written(name: str, value: Any) -> Break:
    """A file with this text, or with this value as JSON."""

    def write(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))

    return write


def changed(**metadata: Any) -> dict[str, Any]:
    """The results of a run, with other metadata."""
    results = tiny.run_results(2)
    results["metadata"] |= metadata
    return results


def elsewhere(share: float) -> dict[str, Any]:
    """Results of which a share is of another project."""
    results = tiny.run_results(5)
    entries = results["results"]
    for entry in entries[: round(len(entries) * share)]:
        entry["unique_id"] = entry["unique_id"].replace("tiny", "other")
    return results


def sources(**more: Any) -> dict[str, Any]:
    """A freshness check of the one source."""
    entry = {
        "unique_id": "source.tiny.raw.orders",
        "status": "pass",
        "max_loaded_at": "2026-11-01T15:00:00Z",
        "snapshotted_at": "2026-11-01T15:10:00Z",
        "max_loaded_at_time_ago_in_s": 600,
    }
    schema = "https://schemas.getdbt.com/dbt/sources/v3.json"
    metadata = {"dbt_schema_version": schema, "generated_at": "2026-11-01T15:10:00Z"}
    return {"metadata": metadata, "results": [entry | more]}


def newer_sources() -> dict[str, Any]:
    """A freshness check as a later dbt might write it: another version, a key more."""
    found = sources(bytes_scanned=12)
    found["metadata"]["dbt_schema_version"] = "https://schemas.getdbt.com/dbt/sources/v9.json"
    return found


V9 = "https://schemas.getdbt.com/dbt/run-results/v9.json"
LINE = json.dumps({"table": "nodes", "invocation_id": "1", "node_id": "model.tiny.orders"})
RUNS: dict[str, tuple[Break, list[str]]] = {
    "results_cut_short": (written(RESULTS, json.dumps(tiny.run_results(2))[:900]), []),
    "results_empty": (written(RESULTS, ""), []),
    "results_of_another_kind": (written(RESULTS, sources()), []),
    "results_from_the_future": (written(RESULTS, changed(dbt_schema_version=V9)), ["-o", "csv"]),
    "results_of_another_project": (written(RESULTS, elsewhere(1.0)), []),
    "results_partly_of_another_project": (written(RESULTS, elsewhere(0.4)), ["--strict"]),
    "history_not_there": (written("x", ""), ["--history", "gone"]),
    "history_without_results": (written("kept/readme.txt", "x"), ["--history", "kept"]),
    "history_partly_cut_short": (
        lambda folder: (
            written("kept/1/run_results.json", tiny.run_results(1))(folder),
            written("kept/2/run_results.json", "{")(folder),
        )[0],
        ["--history", "kept", "-o", "mermaid"],
    ),
    "log_line_cut_short": (written("log.jsonl", f"{LINE}\n{LINE[:40]}\n"), ["--log", "log.jsonl"]),
    "log_without_ids": (written("log.jsonl", '{"table": "nodes"}\n'), ["--log", "log.jsonl"]),
    "log_of_another_table": (
        written("log.jsonl", '{"table": "orders", "invocation_id": "1"}\n'),
        ["--log", "log.jsonl"],
    ),
    "log_csv_without_heading": (written("log.csv", "a,b\n1,2\n"), ["--log", "log.csv"]),
    "log_csv_short_line": (
        written("log.csv", "invocation_id,node_id,status\n1,model.tiny.orders\n"),
        ["--log", "log.csv"],
    ),
    "log_of_words": (written("log.txt", "nothing here\n"), ["--log", "log.txt"]),
    "run_unknown": (written(RESULTS, tiny.run_results(2)), ["--run", "ffff"]),
    "gate_unknown": (written(RESULTS, tiny.run_results(2)), ["--fail-on", "failures"]),
}


@pytest.mark.parametrize("name", RUNS)
def test_runs(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    damage, words = RUNS[name]
    damage(project())
    golden(f"runs_{name}", lineage("runs", *words))


@pytest.mark.parametrize("gate", ["failure", "regression"])
def test_gates(gate: str, project: Project, lineage: Lineage) -> None:
    tiny.write_runs(project() / "kept")
    words = ("runs", "--history", "kept", "-q", "--fail-on", gate)
    assert "\nexit 1\n" in lineage(*words)
    assert "\nexit 0\n" in lineage(*words, "--run", "00000002")


def promising(sla: Any) -> Callable[[dict[str, Any]], None]:
    """A manifest in which a model promises this."""

    def change(manifest: dict[str, Any]) -> None:
        entry = manifest["nodes"]["model.tiny.daily"]
        entry["config"] = (entry.get("config") or {}) | {"meta": {"sla": sla}}
        entry["meta"] = {"sla": sla}

    return change


PROMISES: dict[str, Any] = {
    "zone_unknown": {"by": "07:00", "tz": "Europe/Berln"},
    "both": {"by": "07:00", "max_age": "24h"},
    "neither": {"tz": "UTC"},
    "no_time_of_day": {"by": "25:00"},
    "no_duration": {"max_age": "a day"},
    "no_day": {"by": "07:00", "days": ["mon", "wendsday"]},
    "key_unknown": {"max_ages": "24h"},
    "a_text": "07:00",
    "calendar_not_given": {"by": "07:00", "calendar": "bank"},
}


@pytest.mark.parametrize("name", PROMISES)
def test_promises(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    project(promising(PROMISES[name]))
    golden(f"freshness_sla_{name}", lineage("freshness", *NOW))


FRESHNESS: dict[str, tuple[Break, list[str]]] = {
    "sources_cut_short": (written("target/sources.json", json.dumps(sources())[:200]), []),
    "sources_are_results": (written("target/sources.json", tiny.run_results(1)), []),
    "sources_of_another_project": (
        written("target/sources.json", sources(unique_id="source.other.raw.orders")),
        [],
    ),
    "results_of_another_project": (written(RESULTS, elsewhere(1.0)), []),
    "results_of_no_build": (
        written(RESULTS, tiny.run_results(2) | {"args": {"which": "generate"}}),
        [],
    ),
    "sources_from_the_future": (written("target/sources.json", newer_sources()), ["-o", "csv"]),
    "sources_beyond_the_calendar": (
        written(
            "target/sources.json",
            sources(max_loaded_at=None, max_loaded_at_time_ago_in_s=1e300),
        ),
        ["-o", "csv"],
    ),
    "calendar_with_a_typo": (
        written("bank.csv", "date,what\n2026-12-25,Christmas\n2026-13-01,typo\n"),
        ["--calendar", "bank=bank.csv"],
    ),
    "calendar_with_two_dates": (
        written("bank.csv", "2026-12-24 - 2026-12-26 Christmas\n"),
        ["--calendar", "bank=bank.csv"],
    ),
    "calendar_not_there": (written("x", ""), ["--calendar", "bank=gone.csv"]),
    "calendar_without_a_name": (written("x", ""), ["--calendar", "bank.csv"]),
    "moment_is_none": (written("x", ""), ["--now", "yesterday"]),
    "age_is_none": (written("x", ""), ["--max-artifact-age", "soon"]),
}


@pytest.mark.parametrize("name", FRESHNESS)
def test_freshness(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    damage, words = FRESHNESS[name]
    damage(project())
    golden(f"freshness_{name}", lineage("freshness", *words, *(() if "--now" in words else NOW)))


#: By what the promise is judged: Berlin's clocks, which skip 02:30 on 29 March 2026 and have it
#: twice on 25 October; and clocks that are ahead.
MOMENTS = {
    "before_a_skipped_deadline": ("2026-03-29T01:29:00Z", "2026-03-28T12:00:00Z"),
    "after_a_skipped_deadline": ("2026-03-29T01:30:00Z", "2026-03-28T12:00:00Z"),
    "before_a_repeated_deadline": ("2026-10-25T00:29:00Z", "2026-10-24T12:00:00Z"),
    "after_a_repeated_deadline": ("2026-10-25T00:30:00Z", "2026-10-24T12:00:00Z"),
    "row_from_the_future": ("2026-10-25T00:30:00Z", "2026-10-25T04:00:00Z"),
}


def test_moments(project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project(promising_source({"by": "02:30", "tz": "Europe/Berlin"}))
    said = []
    for name, (now, loaded) in MOMENTS.items():
        checks = sources(max_loaded_at=loaded, snapshotted_at=now)
        written("target/sources.json", checks)(folder)
        text = lineage("freshness", "--now", now, "-q", "-o", "json", "--select", "source:*")
        row = json.loads(text.partition("--- stdout\n")[2])["data"]["rows"][0]
        said.append(f"{name}: {row['status']}: {row['reason']} (next {row['next']})")
    checks = sources(snapshotted_at="2026-11-01T18:00:00Z")
    written("target/sources.json", checks)(folder)
    text = lineage("freshness", *NOW, "-q", "-o", "json", "--select", "source:*")
    row = json.loads(text.partition("--- stdout\n")[2])["data"]["rows"][0]
    said.append(f"clock_ahead: {row['status']}: {row['reason']}")
    golden("freshness_moments", "\n".join(said) + "\n")


def promising_source(sla: Any) -> Callable[[dict[str, Any]], None]:
    """A manifest in which the source promises this."""

    def change(manifest: dict[str, Any]) -> None:
        manifest["sources"]["source.tiny.raw.orders"] |= {
            "meta": {"sla": sla}, "config": {"meta": {"sla": sla}}
        }  # fmt: skip

    return change
