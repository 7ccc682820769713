"""How often a promise was kept: kept, missed, or nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from headwater.core.project import Node
from headwater.core.runs import NodeRun, Run, SourceCheck
from headwater.core.sla import parse_sla
from headwater.questions.attainment import attainments
from headwater.questions.promises import Promise

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOURCE, TABLE, VIEW, SEED = "source.p.raw", "model.p.facts", "model.p.shown", "seed.p.rates"
NODES = {
    SOURCE: Node(SOURCE, "source", "raw"),
    SEED: Node(SEED, "seed", "rates"),
    TABLE: Node(TABLE, "model", "facts", parents=(SOURCE, SEED), materialized="table"),
    VIEW: Node(VIEW, "model", "shown", parents=(TABLE,), materialized="view"),
}


def at(day: int, hour: float) -> datetime:
    """An hour of a day of November 2026."""
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour)


def check(loaded: datetime, checked: datetime) -> Run:
    seen = SourceCheck(SOURCE, "pass", checked, loaded)
    return Run(f"check {checked}", "source freshness", None, checked, 0.0, checks=(seen,))


def build(ended: datetime, status: str = "success") -> Run:
    return Run(
        f"run {ended}", "build", ended, ended, 1.0, (NodeRun(TABLE, status, 1, None, ended),)
    )


def kept(node: str, sla: object, *runs: Run, days: int = 7) -> tuple[int, int, int]:
    """Kept, known and unknown."""
    found = attainments(NODES, {node: Promise(sla=parse_sla(sla))}, runs, NOW)
    answer = (
        next((each for each in found[node].windows if each.days == days), None)
        if node in found
        else None
    )
    return (answer.kept, answer.known, answer.unknown) if answer else (0, 0, 0)


DAILY = {"by": "07:00"}


def test_each_deadline_is_kept_missed_or_unknown() -> None:
    runs = [
        check(at(14, 6), at(14, 8)),  # in time
        check(at(15, 6.5), at(15, 20)),  # in time
        check(at(15, 6.5), at(16, 8)),  # nothing new on the 16th: missed
        check(at(17, 7.5), at(17, 8)),  # something came later; what was there at seven, nobody saw
        check(at(19, 6), at(19, 6.5)),  # there at six, so at seven too
    ]
    # 14, 15, 19: kept; 16: missed; 18: nobody looked, 20: neither; 17 as said.
    assert kept(SOURCE, DAILY, *runs) == (3, 4, 3)
    assert kept(SOURCE, DAILY | {"days": "weekdays"}, *runs) == (1, 2, 3)
    assert kept(SOURCE, DAILY | {"grace": "1h"}, *runs) == (4, 5, 2)
    assert kept(SOURCE, DAILY) == (0, 0, 0)


def test_a_run_that_reused_a_table_did_not_build_it() -> None:
    promise = {"by": "07:00", "measure": "build"}
    ends = [build(at(day, 6), "success" if day < 18 else "reused") for day in range(14, 21)]
    assert kept(TABLE, promise, *ends) == (4, 6, 1)  # after the last run, nobody saw


def test_a_table_is_as_old_as_what_it_was_built_of() -> None:
    loads = [check(at(day, 6), at(day, 11)) for day in range(13, 20)]
    early = [build(at(day, 5)) for day in range(13, 21)]
    late = [build(at(day, 6.5)) for day in range(13, 21)]
    for node in (TABLE, VIEW):
        assert kept(node, DAILY, *loads, *late)[:2] == (6, 6), "the last was built unseen"
        assert kept(node, DAILY, *loads, *early)[0] == 0, "built before the day's rows came"
    assert kept(TABLE, DAILY | {"measure": "build"}, *loads, *early)[:2] == (7, 7)


def test_a_failed_build_changes_nothing() -> None:
    loads = [check(at(day, 6), at(day, 11)) for day in range(13, 21)]
    runs = [build(at(day, 6.5), "error" if day == 18 else "success") for day in range(13, 21)]
    promise = DAILY | {"measure": "build"}
    assert kept(TABLE, promise, *loads, *runs)[:2] == (6, 7)


def test_an_age_is_looked_at_each_hour() -> None:
    runs = [check(at(18, 0), at(19, 0)), check(at(19, 0), at(20, 0))]
    # 18th: from 0 to 12 young enough, then too old until the 19th, and so on.
    assert kept(SOURCE, {"max_age": "12h"}, *runs)[:2] == (26, 49)
    assert kept(SOURCE, {"max_age": "30h"}, *runs)[1] > 48


def test_holidays_do_not_count() -> None:
    sla = parse_sla(DAILY | {"calendar": "bank"})
    runs = [check(at(day, 6), at(day, 8)) for day in range(10, 21)]
    closed = {"bank": frozenset({date(2026, 11, 17), date(2026, 11, 18)})}
    found = attainments(NODES, {SOURCE: Promise(sla=sla)}, runs, NOW, closed)
    assert [(each.days, each.kept, each.known) for each in found[SOURCE].windows] == [
        (7, 5, 5),
        (30, 9, 9),
    ]


def test_dbts_thresholds_are_a_promise_of_age() -> None:
    runs = [check(at(19, 12), at(20, 12))]
    promise = Promise(warn=timedelta(hours=6), error=timedelta(hours=12))
    week, _ = attainments(NODES, {SOURCE: promise}, runs, NOW)[SOURCE].windows
    assert (week.kept, week.known) == (13, 25)
    assert week.percent == 52.0


def test_each_day_has_a_sign() -> None:
    runs = [check(at(day, 6), at(day, 8)) for day in (16, 19)]
    runs.append(check(at(16, 6), at(18, 8)))
    sla = parse_sla({"by": "07:00", "days": "weekdays"})
    days = attainments(NODES, {SOURCE: Promise(sla=sla)}, runs, NOW)[SOURCE].days
    # the 14th and 15th are a weekend; nothing came on two days, and nobody
    # has looked on the 20th
    assert (len(days), days[-8:]) == (30, "?··■xx■?")


@pytest.mark.parametrize(("command", "is_partial"), [("generate", False), ("build", True)])
def test_a_run_that_built_nothing_is_no_build(command: str, is_partial: bool) -> None:
    """`dbt docs generate` calls every model a success; `--empty` builds it without rows."""
    looked = replace(build(at(19, 6)), command=command, is_partial=is_partial)
    assert kept(TABLE, DAILY | {"measure": "build"}, looked) == (0, 0, 0)
    assert kept(TABLE, DAILY | {"measure": "build"}, build(at(19, 6)))[0] == 1
