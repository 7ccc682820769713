"""Many nodes are parsed alike in one process and in several."""

from __future__ import annotations

import gc
import os

import pytest

from headwater.core.edges import GapReason, NodeLineage
from headwater.core.relations import SqlContext
from headwater.pipeline.workers import PAYS_ABOVE, Workers, parse_serially

from .nodes import lineage


def tasks(count: int, size: int = 1) -> list[tuple[str, SqlContext]]:
    return [(f"c{at}" * size, SqlContext(f"model.shop.m{at}", "postgres")) for at in range(count)]


def parse_or_die(sql: str, context: SqlContext) -> NodeLineage:
    """A walk that ends its process for some nodes, as a stack overflow does."""
    if context.node.endswith("7"):
        os._exit(11)
    return lineage(sql, context)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_jobs_gives_the_same(jobs: int) -> None:
    given = tasks(300, size=200)
    workers = Workers(lineage, jobs)
    try:
        assert workers.parse_many(given) == [lineage(*task) for task in given]
    finally:
        workers.close()


def test_little_work_stays_in_this_process() -> None:
    workers = Workers(lineage)
    workers.parse_many(tasks(10))
    assert workers._pool is None


def test_much_work_is_shared_where_that_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.pipeline.workers._cores", lambda: 2)
    workers = Workers(lineage)
    given = tasks(200, size=PAYS_ABOVE // 400)
    for can_fork in (False, True):
        monkeypatch.setattr("headwater.pipeline.workers._can_fork", lambda: can_fork)  # noqa: B023
        assert workers.parse_many(given) == [lineage(*task) for task in given]
        assert (workers._pool is not None) == can_fork
    workers.close()
    assert workers._pool is None


def test_no_work_is_no_work() -> None:
    assert Workers(lineage, 4).parse_many([]) == []


def test_a_node_that_ends_its_process_is_a_gap_and_the_others_are_read() -> None:
    given = tasks(12)
    workers = Workers(parse_or_die, 2)
    found = workers.parse_many(given)
    workers.close()
    assert [each.node for each in found] == [context.node for _, context in given]
    lost = [each for each in found if each.gaps]
    assert [(each.node, each.gaps[0].reason) for each in lost] == [
        ("model.shop.m7", GapReason.INTERNAL)
    ]
    assert lost[0].gaps[0].detail == "the process that parsed it ended"


def test_a_bug_in_the_walk_costs_one_node() -> None:
    context = SqlContext("model.shop.a", "postgres")
    first, second = parse_serially(lineage, [("boom", context), ("x", context)])
    assert [(g.reason, g.detail) for g in first.gaps] == [
        (GapReason.INTERNAL, "RuntimeError: a bug in the walk")
    ]
    assert second.columns == ("x",)


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    parse_serially(lineage, tasks(3, size=100_000))
    assert gc.isenabled()
    gc.disable()
    try:
        parse_serially(lineage, tasks(1))
        assert not gc.isenabled()
    finally:
        gc.enable()
