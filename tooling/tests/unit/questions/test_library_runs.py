"""`headwater.freshness` and `headwater.runs`: the demo with one late source, and with a failed run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import headwater
from headwater.core.errors import ArtifactError
from headwater.pipeline import Loaded

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEMO, LATE = FIXTURES / "demo", FIXTURES / "late"
NOW = datetime(2026, 11, 1, 13, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo() -> Loaded:
    return headwater.load(target_path=DEMO.resolve(), use_cache=False)


def test_one_late_source_is_found_with_the_dashboards_it_is_on(demo: Loaded) -> None:
    answer = headwater.freshness(demo, DEMO, NOW, history=[LATE / "runs.jsonl"])
    late = answer.of("warn")
    assert {row.culprit for row in late} == {"source.headwater.shop.raw_payments"}
    assert [row.node.split(".")[-1] for row in late if row.kind == "exposure"] == [
        "churn_model_export",
        "finance_export",
    ]
    (source,) = (row for row in late if row.kind == "source")
    assert [(each.days, each.known) for each in source.attained] == [(7, 144), (30, 650)]
    assert all(0 < each.kept < each.known for each in source.attained)


def test_without_history_nothing_is_said_of_how_often(demo: Loaded) -> None:
    answer = headwater.freshness(demo, DEMO, NOW)
    assert len(answer.of("warn")) == 8
    assert not any(row.attained for row in answer.rows)


def test_the_last_run_is_that_of_the_log(demo: Loaded) -> None:
    answer = headwater.runs(demo, DEMO, history=[LATE / "failed.jsonl"])
    (failure,) = answer.failures
    assert failure.node.startswith("test.headwater.not_null_stg_payments_payment_id")
    assert set(failure.skipped) == {each.node for each in answer.of("skipped")}
    assert "model.headwater.fct_payments" in failure.skipped
    assert [each.node for each in answer.slower] == ["model.headwater.int_customer_changes"]
    assert answer.retry[0].startswith("dbt build --select ")
    assert headwater.runs(demo, DEMO).run is not None
    earlier = headwater.runs(demo, DEMO, history=[LATE / "failed.jsonl"], run="00000003")
    assert not earlier.failures


def test_a_history_that_is_not_there_is_an_error(demo: Loaded) -> None:
    with pytest.raises(ArtifactError, match="no run log at"):
        headwater.runs(demo, DEMO, history=[LATE / "gone.jsonl"])
