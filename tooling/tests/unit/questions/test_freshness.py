"""What is stale, and whose fault: one project, seen at different moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from graph.builders import node, project

from headwater.core.observations import Built, Checked, Observations
from headwater.core.project import Project
from headwater.core.sla import SlaError
from headwater.graph import build_graph
from headwater.questions.freshness import Freshness, FreshnessRow, freshness

from .shop import Shop

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = {"warn_after": {"count": 1, "period": "day"}, "error_after": {"count": 2, "period": "day"}}


def hours(count: float) -> datetime:
    """So many hours before now."""
    return NOW - timedelta(hours=count)


def shop(**models: Any) -> Shop:
    """Two sources, a table over both, a view of it, a dashboard; ``models`` are their extras."""
    nodes = project(
        node("@orders", extra={"source_name": "raw", "freshness": DAY}),
        node("@rates", extra={"source_name": "raw"}, **models.get("rates", {})),
        node("facts", "@orders @rates", materialized="table", **models.get("facts", {})),
        node("report", "facts", materialized="view", **models.get("report", {})),
        node(
            "exposure.shop.board",
            "report",
            owner={"name": "Ann"},
            **models.get("board", {}),
        ),
    )
    return Shop(nodes, build_graph(nodes, {}))


def seen(orders: float, rates: float | None, built: float, *, checked: float = 1) -> Observations:
    sources = {"source.shop.raw.orders": Checked("pass", hours(checked), hours(orders))}
    if rates is not None:
        sources["source.shop.raw.rates"] = Checked("pass", hours(checked), hours(rates))
    good = Built("success", hours(built), hours(built))
    return Observations(sources, {"model.shop.facts": good, "model.shop.report": good})


def rows(answer: Freshness) -> dict[str, FreshnessRow]:
    return {row.node.rpartition(".")[2]: row for row in answer.rows}


def test_the_oldest_source_is_the_culprit() -> None:
    found = rows(freshness(shop(), seen(orders=30, rates=5, built=2), NOW))
    board = found["board"]
    assert (board.status, board.culprit) == ("warn", "source.shop.raw.orders")
    assert board.reason == "raw.orders: 30h old, warn after 24h"
    assert board.path == (
        "source.shop.raw.orders",
        "model.shop.facts",
        "model.shop.report",
        "exposure.shop.board",
    )
    assert board.age == timedelta(hours=30)
    assert board.owner == {"name": "Ann"}
    assert found["orders"].exposures == ("exposure.shop.board",)
    assert found["facts"].status == "not configured"


def test_a_table_is_as_old_as_its_last_build_and_a_view_as_what_it_shows() -> None:
    found = rows(freshness(shop(), seen(orders=1, rates=1, built=7), NOW))
    assert found["facts"].age == timedelta(hours=7)
    assert found["report"].age == timedelta(hours=7)
    assert found["report"].culprit == "model.shop.facts"


def test_what_is_not_known_is_never_fresh() -> None:
    promised = shop(facts={"meta": {"sla": {"max_age": "1d"}}})
    facts = rows(freshness(promised, seen(orders=2, rates=None, built=1), NOW))["facts"]
    assert (facts.status, facts.reason) == (
        "unknown",
        "'pass' by what is known; unknown: raw.rates",
    )
    assert facts.unknown == ("source.shop.raw.rates",)
    late = rows(freshness(promised, seen(orders=40, rates=None, built=1), NOW))["facts"]
    assert late.status == "error"  # late already by what is known


def test_a_promise_of_builds_asks_nothing_of_sources() -> None:
    promised = shop(facts={"meta": {"sla": {"max_age": "1d", "measure": "build"}}})
    facts = rows(freshness(promised, seen(orders=90, rates=None, built=1), NOW))["facts"]
    assert facts.status == "pass"


@pytest.mark.parametrize(
    ("checked", "orders", "status", "reason"),
    [
        (1, 5, "pass", "5h old, warn after 24h"),
        (1, 30, "warn", "30h old, warn after 24h"),
        (1, 60, "error", "2d 12h old, error after 2d"),
        (30, 31, "old artifact", "checked 30h ago ('pass' then)"),
        (
            20,
            30,
            "unknown",
            "'pass' when checked 20h ago; by now 'warn', unless new rows have come: check again",
        ),
        (1, -3, "unknown", "its newest row lies 3h ahead"),
        (-2, -2, "unknown", "checked 2h from now: a clock is ahead"),
    ],
)
def test_a_source(checked: float, orders: float, status: str, reason: str) -> None:
    row = rows(freshness(shop(), seen(orders, 1, 1, checked=checked), NOW))["orders"]
    assert (row.status, row.reason) == (status, reason)


def test_no_results_at_all() -> None:
    found = rows(freshness(shop(), Observations(), NOW))
    assert found["orders"].status == "unknown"
    assert found["orders"].reason == "no result: run 'dbt source freshness'"
    assert found["board"].status == "unknown"


def test_a_failed_run() -> None:
    failed = Observations(
        seen(1, 1, 1).sources, {"model.shop.facts": Built("error", hours(1), None)}
    )
    found = rows(freshness(shop(), failed, NOW))
    assert (found["facts"].status, found["facts"].reason) == ("error", "the last run said 'error'")
    assert (found["board"].status, found["board"].culprit) == ("error", "model.shop.facts")


def test_old_runs_are_not_called_fresh() -> None:
    promised = shop(facts={"meta": {"sla": {"max_age": "3d"}}})
    facts = rows(freshness(promised, seen(orders=1, rates=1, built=30), NOW))["facts"]
    assert facts.status == "old artifact"
    wide = freshness(promised, seen(1, 1, 30), NOW, max_artifact_age=timedelta(days=2))
    assert rows(wide)["facts"].status == "pass"


@pytest.mark.parametrize(
    ("on", "orders", "rates", "status"),
    [
        ("any", 20, 15, "pass"),  # nothing new since the build
        ("any", 20, 1, "pass"),  # new, and still in time
        ("any", 20, 4, "warn"),
        ("all", 20, 4, "pass"),  # not all of them are new
        ("all", 6, 4, "warn"),
    ],
)
def test_build_after(on: str, orders: float, rates: float, status: str) -> None:
    """Built ten hours ago; new data is to be built in within two hours."""
    after = {"build_after": {"count": 2, "period": "hour", "updates_on": on}}
    where = shop(facts={"extra": {"freshness": after}})
    row = rows(freshness(where, seen(orders, rates, built=10), NOW))["facts"]
    assert row.status == status


def test_a_deadline_of_an_exposure() -> None:
    sla = {"by": "07:00", "tz": "Europe/Berlin", "days": "weekdays"}
    where = shop(board={"meta": {"sla": sla}})
    kept = rows(freshness(where, seen(orders=8, rates=8, built=7), NOW))["board"]
    assert (kept.status, kept.promised) == ("pass", "by 07:00 Europe/Berlin mon-fri")
    assert kept.next == datetime(2026, 11, 23, 6, tzinfo=UTC)
    late = rows(freshness(where, seen(orders=20, rates=8, built=7), NOW))["board"]
    assert (late.status, late.culprit) == ("error", "source.shop.raw.orders")


def test_every_bad_declaration_is_told() -> None:
    where = shop(
        facts={"meta": {"sla": {"by": "7 o'clock"}}, "path": "models/facts.sql"},
        board={"meta": {"sla": {"max_age": "1d", "calendar": "bank"}}},
    )
    with pytest.raises(SlaError) as caught:
        freshness(where, Observations(), NOW)
    assert str(caught.value) == (
        "no calendar 'bank'\n  in: board\n  hint: give --calendar bank=FILE\n"
        "  facts: 'by' is no time of day: '7 o'clock'"
    )


def test_the_report_counts_sources_without_freshness() -> None:
    report = freshness(shop(), seen(30, 5, 2), NOW).report()
    assert report.coverage == "1 of 2 sources has no freshness"
    assert report.data["rows"][0]["node"] == "exposure.shop.board"
    assert [table.title for table in report.tables] == [
        "Whose fault",
        "Exposures",
        "Sources",
    ]


def test_a_cycle_ends() -> None:
    nodes: Project = project(node("a", "b"), node("b", "a"), node("exposure.shop.x", "a"))
    answer = freshness(Shop(nodes, build_graph(nodes, {})), Observations(), NOW)
    assert {row.status for row in answer.rows} == {"not configured"}


def test_since_when_it_is_late_and_by_whose_clock() -> None:
    sla = {"by": "07:00", "tz": "Europe/Berlin"}
    late = shop(facts={"meta": {"sla": sla, "owner": "Bo"}})
    answer = freshness(
        late, seen(orders=40, rates=40, built=39), NOW, max_artifact_age=timedelta(days=3)
    )
    found = rows(answer)
    facts, orders, board = found["facts"], found["orders"], found["board"]
    assert (facts.status, facts.zone) == ("error", "Europe/Berlin")
    assert facts.since is not None
    assert facts.next is not None
    assert facts.since < NOW < facts.next
    assert facts.owner == {"name": "Bo"}
    assert (orders.status, orders.since) == ("warn", hours(40 - 24))
    assert board.since == facts.since
    report = answer.report()
    fault = next(table for table in report.tables if table.title == "Whose fault")
    assert [row[0] for row in fault.rows] == ["facts", "raw.orders"]
    assert report.headline is not None
    assert report.headline.value == "1 of 1 exposures late, because of facts"


def test_the_owners_clock_counts_where_a_promise_names_none() -> None:
    board = {"meta": {"sla": {"max_age": "12h"}, "owner": {"name": "Bo"}}}
    found = rows(freshness(shop(board=board), seen(30, 5, 2), NOW))["board"]
    assert (found.zone, found.owner) == ("UTC", {"name": "Ann"})
    facts = {"meta": {"sla": {"max_age": "12h"}, "owner": {"name": "Bo", "tz": "Asia/Tokyo"}}}
    assert rows(freshness(shop(facts=facts), seen(30, 5, 2), NOW))["facts"].zone == "Asia/Tokyo"
    facts["meta"]["owner"]["tz"] = "Asia/Tokio"  # nobody's clock
    assert rows(freshness(shop(facts=facts), seen(30, 5, 2), NOW))["facts"].zone == "UTC"


def test_what_was_built_long_ago_is_not_fresh_by_a_fresh_source() -> None:
    found = rows(freshness(shop(), seen(orders=3, rates=3, built=60), NOW))
    assert found["orders"].status == "pass"
    board = found["board"]
    assert (board.status, board.culprit) == ("old artifact", "model.shop.facts")
    assert board.reason == "facts ran 2d 12h ago; 'pass' by what raw.orders promises"
    patient = freshness(
        shop(), seen(orders=3, rates=3, built=60), NOW, max_artifact_age=timedelta(days=9)
    )
    assert rows(patient)["board"].status == "pass"


def test_what_was_skipped_is_the_fault_of_what_failed() -> None:
    nodes = project(
        node("facts", materialized="table"),
        node("report", "facts", materialized="table"),
        node("exposure.shop.board", "report"),
        node("test.shop.unique_facts", "facts"),
    )
    built = {
        "model.shop.facts": Built("success", hours(1), hours(1)),
        "test.shop.unique_facts": Built("fail", hours(1)),
        "model.shop.report": Built("skipped", hours(1)),
        "exposure.shop.board": Built("skipped", hours(1)),
    }
    shop_of = Shop(nodes, build_graph(nodes, {}))
    found = rows(freshness(shop_of, Observations({}, built), NOW))
    for name in ("report", "board"):
        assert found[name].culprit == "test.shop.unique_facts"
        assert found[name].path[:2] == ("test.shop.unique_facts", "model.shop.facts")
        assert found[name].reason == "not run, because of unique_facts: 'fail'"
    older = {name: b for name, b in built.items() if not name.startswith("exposure")}
    board = rows(freshness(shop_of, Observations({}, older), NOW))["board"]
    assert (board.status, board.culprit) == ("error", "test.shop.unique_facts")


@pytest.mark.parametrize("sla", [{"max_age": "2h"}, {"by": "07:00", "measure": "build"}])
def test_a_build_from_the_future_is_not_believed(sla: dict[str, Any]) -> None:
    facts = shop(facts={"meta": {"sla": sla}})
    found = rows(freshness(facts, seen(1, 1, -3), NOW))["facts"]
    assert (found.status, found.reason) == ("unknown", "built 3h from now: a clock is ahead")
    assert rows(freshness(facts, seen(1, 1, -0.05), NOW))["facts"].status == "pass"


def test_whose_fault_the_unknown_is() -> None:
    promised = shop(facts={"meta": {"sla": {"max_age": "1d"}}})
    facts = rows(freshness(promised, seen(orders=2, rates=None, built=1), NOW))["facts"]
    assert (facts.culprit, facts.path) == (
        "source.shop.raw.rates",
        ("source.shop.raw.rates", "model.shop.facts"),
    )


def test_a_dashboard_over_a_table_that_nobody_saw_built_is_not_called_fresh() -> None:
    sources = seen(1, 1, 1).sources
    board = rows(freshness(shop(), Observations(sources), NOW))["board"]
    assert (board.status, board.culprit) == ("unknown", "model.shop.facts")
    assert board.reason == (
        "when facts was built, nothing tells; 'pass' by what raw.orders promises"
    )


@pytest.mark.parametrize(
    ("good", "status", "reason"),
    [
        (2, "pass", "2h old, at most 24h allowed"),
        (30, "error", "30h old, at most 24h allowed"),
        (None, "unknown", "'pass' by what is known; unknown: facts (reused)"),
    ],
)
def test_what_was_reused_is_as_old_as_its_last_build(
    good: float | None, status: str, reason: str
) -> None:
    where = shop(facts={"meta": {"sla": {"max_age": "24h"}}})
    last = Built("reused", hours(0.5), None if good is None else hours(good))
    known = Observations(seen(1, 1, 1).sources, {"model.shop.facts": last})
    row = rows(freshness(where, known, NOW))["facts"]
    assert (row.status, row.reason) == (status, reason)
    built = shop(facts={"meta": {"sla": {"max_age": "24h", "measure": "build"}}})
    row = rows(freshness(built, known, NOW))["facts"]
    assert row.status == status
    assert good or row.reason == "the last run reused it; when it was built, nothing tells"


def test_a_source_that_a_check_left_out() -> None:
    nothing = Observations(is_checked=True)
    assert rows(freshness(shop(), nothing, NOW))["orders"].reason == (
        "no result: its check failed, or 'dbt source freshness' was not asked for it"
    )


@pytest.mark.parametrize(("built", "status"), [(10, "warn"), (0, "pass")])
def test_a_threshold_of_nothing_is_a_promise(built: float, status: str) -> None:
    after = {"build_after": {"count": 0, "period": "hour"}}
    where = shop(facts={"extra": {"freshness": after}})
    row = rows(freshness(where, seen(orders=1, rates=1, built=built), NOW))["facts"]
    assert (row.status, row.promised) == (status, "built 0s after any update")


@pytest.mark.parametrize(
    ("newest", "checked", "built", "status", "age"),
    [
        (5, 1, 2, "pass", 5),  # the newest row of the model itself counts, and not only its sources
        (30, 1, 2, "warn", 30),
        (30, 3, 2, "pass", 2),  # built since it was looked at
        (5, 1, None, "pass", 5),  # nobody saw a build
    ],
)
def test_a_model_that_dbt_2_looked_at(
    newest: float, checked: float, built: float | None, status: str, age: float
) -> None:
    where = shop(facts={"extra": {"freshness": DAY}})
    base = seen(1, 1, built or 1)
    looked = {"model.shop.facts": Checked("pass", hours(checked), hours(newest))}
    both = Observations({**base.sources, **looked}, base.builds if built else {})
    row = rows(freshness(where, both, NOW))["facts"]
    assert (row.status, row.age) == (status, timedelta(hours=age))


def test_a_seed_promises_when_it_is_loaded() -> None:
    nodes = project(
        node("seed.shop.rates", meta={"sla": {"max_age": "2d"}}),
        node("seed.shop.silent"),
        node("exposure.shop.board", "seed.shop.rates seed.shop.silent"),
    )
    where = Shop(nodes, build_graph(nodes, {}))
    loaded = Built("success", hours(60), hours(60))
    old = timedelta(days=9)
    found = rows(
        freshness(where, Observations({}, {"seed.shop.rates": loaded}), NOW, max_artifact_age=old)
    )
    assert found["rates"].reason == "2d 12h old, at most 2d allowed"
    assert {name: row.status for name, row in found.items()} == {"rates": "error", "board": "error"}


def test_several_calendars() -> None:
    sla = {"by": "07:00", "days": "weekdays", "calendar": ["bank", "firm"]}
    where = shop(facts={"meta": {"sla": sla}})
    days = {"bank": {NOW.date()}, "firm": {NOW.date() - timedelta(days=1)}}
    base = seen(40, 40, 39)  # two days ago
    for names, status in ((["bank", "firm"], "pass"), (["bank"], "error")):
        closed = {name: frozenset(days[name] if name in names else ()) for name in days}
        both = Observations(base.sources, base.builds, closed)
        answer = freshness(where, both, NOW, max_artifact_age=timedelta(days=3))
        assert rows(answer)["facts"].status == status
