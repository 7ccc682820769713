"""What the last runs said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headwater.artifacts.observed import observed
from headwater.artifacts.paths import find_results
from headwater.artifacts.results import (
    RunResult,
    SourceResult,
    read_run_results,
    read_source_results,
)
from headwater.artifacts.run_log import read_run_log
from headwater.core.errors import ArtifactError

from .tiny import ORDERS, RAW_ORDERS, write

METADATA = {
    "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
    "dbt_version": "1.12.6",
    "generated_at": "2026-11-23T08:00:00Z",
}


def test_run_results(tmp_path: Path) -> None:
    result = {
        "unique_id": ORDERS,
        "status": "success",
        "execution_time": 1.5,
        "timing": [
            {"name": "compile", "started_at": "T1", "completed_at": "T2"},
            {"name": "execute", "started_at": "T2", "completed_at": "T3"},
        ],
        "message": None,
        "failures": None,
        "adapter_response": {"rows_affected": 3},
    }
    value = {"metadata": METADATA, "results": [result], "elapsed_time": 4.0} | {
        "args": {"which": "build"}
    }
    found = read_run_results(write(tmp_path / "run_results.json", value))
    assert (found.command, found.seconds, found.dbt_version) == ("build", 4.0, "1.12.6")
    assert found.results == (RunResult(ORDERS, "success", 1.5, "T1", "T3", None, None, rows=3),)


@pytest.mark.parametrize("word", ["status", "state"])
def test_source_results_of_both_kinds(word: str, tmp_path: Path) -> None:
    result: dict[str, Any] = {
        "unique_id": RAW_ORDERS,
        word: "warn",
        "max_loaded_at": "T1",
        "snapshotted_at": "T2",
        "max_loaded_at_time_ago_in_s": 60.0,
    }
    value = {"metadata": METADATA, "results": [result], "elapsed_time": 1.0}
    found = read_source_results(write(tmp_path / "sources.json", value))
    assert found.results == (SourceResult(RAW_ORDERS, "warn", "T1", "T2", 60.0),)


def test_a_source_that_could_not_be_queried_has_a_status_and_no_times(tmp_path: Path) -> None:
    result = {"unique_id": RAW_ORDERS, "status": "runtime error", "error": "no relation"}
    value = {"metadata": METADATA, "results": [result]}
    found = read_source_results(write(tmp_path / "sources.json", value))
    assert found.results == (SourceResult(RAW_ORDERS, "runtime error", None, None, None),)


def test_results_that_cannot_be_read_say_which_command_writes_them(tmp_path: Path) -> None:
    path = write(tmp_path / "run_results.json", {"metadata": METADATA})
    with pytest.raises(ArtifactError) as caught:
        read_run_results(path)
    assert str(caught.value) == (
        f"the run results '{path}' lacks 'results'\n  hint: write a new one with 'dbt build'"
    )


def test_what_dbt_2_says_of_models_is_read_beside_what_it_says_of_sources(tmp_path: Path) -> None:
    """``dbt freshness`` writes freshness.json, ``dbt source freshness`` sources.json."""
    schema = "https://schemas.getdbt.com/dbt/freshness/v0.json"
    times = {"snapshotted_at": "2026-11-23T08:00:00Z", "max_loaded_at": "2026-11-23T07:00:00Z"}
    model = {"unique_id": ORDERS, "resource_type": "model", "status": "Warn", **times}
    value = {"metadata": METADATA | {"dbt_schema_version": schema}, "results": [model]}
    write(tmp_path / "freshness.json", value)
    found = observed(find_results(tmp_path))
    assert (found.sources[ORDERS].status, found.is_checked) == ("warn", True)
    older = {"unique_id": RAW_ORDERS, "status": "pass", **times}
    sources = METADATA | {"dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json"}
    write(tmp_path / "sources.json", {"metadata": sources, "results": [older]})
    assert set(observed(find_results(tmp_path)).sources) == {ORDERS, RAW_ORDERS}


@pytest.mark.parametrize(
    ("command", "is_retry"),
    [
        ("dbt retry", True),
        ("dbt --quiet retry", True),
        ("dbt build", False),
        ("dbt build --select retry", False),
    ],
)
def test_a_retry_and_what_it_has_to_be_given_again(
    command: str, is_retry: bool, tmp_path: Path
) -> None:
    args = {"which": "build", "invocation_command": command, "target": "prod's"}
    args |= {"full_refresh": True, "vars": {"key": "hidden"}}
    value = {"metadata": METADATA, "results": [], "args": args}
    found = read_run_results(write(tmp_path / "run_results.json", value))
    assert found.is_retry == is_retry
    assert found.flags == """--target 'prod'"'"'s' --full-refresh --vars '<the same>'"""


def test_what_a_run_operation_wrote_is_no_build(tmp_path: Path) -> None:
    macro = {"unique_id": "macro.shop.export", "status": "success"}
    for which in ("run-operation", ""):
        value = {"metadata": METADATA, "results": [macro], "args": {"which": which}}
        write(tmp_path / "run_results.json", value)
        assert not observed(find_results(tmp_path)).builds


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "-Infinity", "1e300", "-3"])
def test_a_duration_that_is_none_is_0(seconds: str, tmp_path: Path) -> None:
    value = {"metadata": METADATA, "results": [{"unique_id": ORDERS, "execution_time": 7.25}]}
    path = write(tmp_path / "run_results.json", value | {"elapsed_time": 7.25})
    path.write_text(path.read_text().replace("7.25", seconds))
    found = read_run_results(path)
    assert (found.seconds, found.results[0].seconds) == (0.0, 0.0)
    log = tmp_path / "runs.jsonl"
    log.write_text(f'{{"invocation_id": "1", "node_id": "{ORDERS}", "seconds": {seconds}}}')
    assert read_run_log(log).runs[0].nodes[0].seconds == 0.0
