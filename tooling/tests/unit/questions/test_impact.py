from __future__ import annotations

import json

import pytest

from headwater.core.errors import NotFound, SelectionError
from headwater.questions.impact import Impact, impact
from questions.shop import shop

SHOP = shop()


def effects(answer: Impact) -> dict[str, str]:
    return {str(column.ref): column.effect for column in answer.columns}


def nodes(answer: Impact) -> dict[str, tuple[int, str, int, int]]:
    return {n.node: (n.depth, n.effect, n.values, n.indirect) for n in answer.nodes}


def test_a_value_flows_to_columns_tests_metrics_and_exposures() -> None:
    answer = impact(SHOP, ["source:raw.raw_payments.amount"])
    assert effects(answer) == {
        "stg_payments.amount": "transformation",
        "orders.total": "aggregation",
        "orders.revenue": "aggregation",
    }
    assert nodes(answer) == {
        "model.shop.stg_payments": (1, "", 1, 0),
        "model.shop.orders": (2, "", 1, 0),
        "exposure.shop.weekly": (3, "aggregation", 0, 0),
        "model.shop.py": (3, "rows (filter)", 0, 0),
        "semantic_model.shop.orders": (3, "", 1, 0),
        "test.shop.not_null_orders_total.0123456789": (3, "rows (filter)", 0, 0),
        "metric.shop.revenue": (4, "aggregation", 0, 0),
    }


def test_a_filter_moves_rows_and_the_values_over_them() -> None:
    answer = impact(SHOP, ["stg_orders.status"])
    assert effects(answer) == {
        "orders.total": "indirect (filter)",
        "orders.payments": "indirect (filter)",
        "orders.revenue": "indirect (filter)",
    }
    weekly = answer.of_kind("exposure")[0]
    assert weekly.effect == "indirect (filter), rows (filter)"
    assert [str(ref) for ref in weekly.path] == [
        "stg_orders.status",
        "orders.*rows",
        "orders.total",
        "weekly.*rows",
    ]


def test_a_whole_model_moves_its_rows_and_columns() -> None:
    answer = impact(SHOP, ["stg_payments"])
    found = {n.node: n for n in answer.nodes}
    orders = found["model.shop.orders"]
    assert (orders.values, orders.indirect, orders.rows, orders.effect) == (
        1,
        1,
        True,
        "rows",
    )
    assert "model.shop.stg_payments" not in found


def test_depth_and_selection() -> None:
    assert set(nodes(impact(SHOP, ["raw_payments.amount"], depth=1))) == {"model.shop.stg_payments"}
    kept = impact(SHOP, ["raw_payments.amount"], select=["exposure:*", "orders"])
    assert {n.kind for n in kept.nodes} == {"exposure", "model", "semantic_model", "test"}
    left = impact(SHOP, ["raw_payments.amount"], exclude=["orders+"])
    assert set(nodes(left)) == {"model.shop.stg_payments"}


def test_what_depends_without_feeling_it_is_untouched() -> None:
    answer = impact(SHOP, ["raw_orders.id"], depth=1)
    assert answer.untouched == ()
    everything = impact(SHOP, ["stg_orders.id"])
    assert "test.shop.not_null_orders_total.0123456789" not in everything.untouched
    one = impact(SHOP, ["orders.order_id"])
    assert one.untouched == (
        "metric.shop.revenue",
        "semantic_model.shop.orders",
        "test.shop.not_null_orders_total.0123456789",
    )


def test_several_names_and_a_selection() -> None:
    answer = impact(SHOP, ["path:models/staging", "stg_orders"])
    assert [str(t) for t in answer.targets] == ["stg_orders", "stg_payments"]
    with pytest.raises(NotFound, match="no model, seed, snapshot or source 'tag:none'"):
        impact(SHOP, ["tag:none"])
    with pytest.raises(NotFound):
        impact(SHOP, ["nope"])
    with pytest.raises(SelectionError):
        impact(SHOP, ["color:red"])


def test_report_is_complete_and_stable() -> None:
    report = impact(SHOP, ["raw_payments.amount"]).report()
    assert report.title == "Impact of raw.raw_payments.amount"
    facts = {fact.label: fact.value for fact in report.facts}
    assert facts["exposures"] == 1
    assert facts["models"] == 3
    assert facts["columns"] == 3
    exposures = report.tables[0]
    assert exposures.rows == (
        (
            "weekly",
            "Ann <ann@shop.example>",
            "aggregation",
            3,
            "raw.raw_payments.amount > stg_payments.amount > orders.total",
        ),
    )
    assert report.data["exposures"][0]["owner"] == {"email": "ann@shop.example", "name": "Ann"}
    assert report.data["counts"]["columns"] == len(report.data["columns"]) == 3
    assert json.loads(json.dumps(report.data)) == report.data
    assert report == impact(shop(), ["raw_payments.amount"]).report()
    for table in report.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_picture_holds_every_box_its_arrows_name() -> None:
    picture = impact(SHOP, ["raw_payments"]).report().graph
    ids = [box.id for box in picture.nodes]
    assert len(ids) == len(set(ids))
    assert {end for arrow in picture.edges for end in (arrow.source, arrow.target)} <= set(ids)


def test_gaps_of_everything_downstream_are_told() -> None:
    answer = impact(SHOP, ["raw_payments.amount"])
    assert [gap.node for gap in answer.gaps] == ["model.shop.py"]
    assert answer.coverage == (
        "Seen 3 of 4 models, 100 % of columns; 1 gap (lineage coverage lists it)"
    )
    assert impact(SHOP, ["exposure:weekly"]).gaps == ()
