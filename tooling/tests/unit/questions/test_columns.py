from __future__ import annotations

import json

import pytest

from headwater.core.edges import ColumnFlag
from headwater.core.errors import NotFound
from headwater.questions.columns import columns
from questions.shop import shop

SHOP = shop()


def test_columns_with_their_direct_sources() -> None:
    answer = columns(SHOP, "orders")
    found = {c.name: [str(hop.source) for hop in c.direct] for c in answer.columns}
    assert found == {
        "order_id": ["stg_orders.id"],
        "total": ["stg_payments.amount"],
        "payments": [],
    }
    payments = answer.columns[2]
    assert payments.flags == ColumnFlag.CONSTANT | ColumnFlag.ROW_DEPENDENT
    assert payments.notes == "constant, over rows"
    assert [hop.word for hop in answer.rows] == ["read", "read", "join", "join", "filter"]


def test_one_column() -> None:
    assert [c.name for c in columns(SHOP, "orders.total").columns] == ["total"]


def test_report() -> None:
    report = columns(SHOP, "orders").report()
    assert report.title == "Columns of orders"
    assert report.tables[0].rows == (
        ("order_id", None, "", "stg_orders.id", "identity"),
        ("total", None, "over rows", "stg_payments.amount", "aggregation"),
        ("payments", None, "constant, over rows", "", ""),
    )
    assert report.tables[1].rows[2] == ("stg_payments.order_id", "join", "p.order_id = o.id", 6)
    assert {fact.label: fact.value for fact in report.facts}["description"] == "One row per order."
    assert json.loads(json.dumps(report.data)) == report.data


def test_a_node_without_known_columns() -> None:
    report = columns(SHOP, "py").report()
    assert report.tables[0].rows == ()
    assert [gap.reason for gap in report.gaps] == ["python_model"]
    with pytest.raises(NotFound):
        columns(SHOP, "py.x")
