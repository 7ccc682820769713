from __future__ import annotations

import json

from headwater.questions.trace import Trace, trace, way
from questions.shop import shop

SHOP = shop()


def steps(answer: Trace) -> list[tuple[int, str, str, str, str, int | None]]:
    return [
        (depth, str(hop.target), str(hop.source), hop.word, hop.expression, hop.line)
        for depth, hop in answer.steps
    ]


def test_every_step_up_to_the_source_with_its_sql() -> None:
    answer = trace(SHOP, "orders.total")
    assert steps(answer) == [
        (1, "orders.total", "stg_payments.amount", "aggregation", "sum(p.amount) as total", 3),
        (2, "stg_payments.amount", "raw.raw_payments.amount", "transformation", "", None),
    ]
    assert [(str(o.ref), o.kind, o.effect, o.depth) for o in answer.origins] == [
        ("raw.raw_payments.amount", "source", "aggregation", 2)
    ]


def test_what_decides_rows_is_listed_where_it_happens() -> None:
    rows = trace(SHOP, "orders.total").rows
    assert [(str(h.target), str(h.source), h.word, h.expression, h.line) for h in rows] == [
        ("orders.*rows", "stg_payments.order_id", "join", "p.order_id = o.id", 6),
        ("orders.*rows", "stg_orders.id", "join", "p.order_id = o.id", 6),
        ("orders.*rows", "stg_orders.status", "filter", "o.status <> 'void'", 7),
    ]


def test_rows_can_be_followed() -> None:
    answer = trace(SHOP, "orders.payments", rows=True)
    assert answer.rows == ()
    assert ("raw.raw_orders.status", "indirect (filter)") in {
        (str(o.ref), o.effect) for o in answer.origins
    }
    assert (1, "orders.payments", "orders.*rows", "rows", "", None) in steps(answer)


def test_a_count_ends_in_itself_unless_rows_are_followed() -> None:
    answer = trace(SHOP, "orders.payments")
    assert answer.steps == ()
    assert [(str(o.ref), o.note) for o in answer.origins] == [
        ("orders.payments", "computed over rows")
    ]


def test_a_whole_node_and_an_exposure_can_be_traced() -> None:
    origins = {str(o.ref) for o in trace(SHOP, "orders").origins}
    assert origins == {"orders.payments", "raw.raw_orders.id", "raw.raw_payments.amount"}
    assert {str(o.ref) for o in trace(SHOP, "exposure:weekly").origins} == origins


def test_depth() -> None:
    assert len(trace(SHOP, "orders.total", depth=1).steps) == 1


def test_the_way_between_two_columns() -> None:
    found = way(SHOP, "raw_payments.amount", "metric:revenue")
    assert [str(hop.target) for hop in found.steps] == [
        "stg_payments.amount",
        "orders.total",
        "orders.revenue",
        "revenue.*rows",
    ]
    assert found.effect == "aggregation"
    assert found.report().data["found"] is True


def test_a_way_that_is_none() -> None:
    found = way(SHOP, "raw_payments.amount", "stg_orders.status")
    assert found.steps == ()
    report = found.report()
    assert report.facts[0].value == "none that was seen"
    assert report.data["found"] is False


def test_the_way_through_rows_says_so() -> None:
    found = way(SHOP, "stg_orders.status", "orders.payments")
    assert found.effect == "indirect (filter)"
    assert [hop.word for hop in found.steps] == ["filter", "rows"]


def test_reports_are_json() -> None:
    for report in (trace(SHOP, "orders").report(), way(SHOP, "orders", "py").report()):
        assert json.loads(json.dumps(report.data)) == report.data
        for table in report.tables:
            assert all(len(row) == len(table.columns) for row in table.rows)
