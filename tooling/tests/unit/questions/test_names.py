from __future__ import annotations

import pytest
from graph.builders import lineage, node, project

from headwater.core.errors import Ambiguous, HeadwaterError, NotFound
from headwater.graph import build_graph
from headwater.questions.names import Target, resolve
from questions.shop import Shop, shop

SHOP = shop()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("orders", Target("model.shop.orders")),
        ("orders.total", Target("model.shop.orders", "total")),
        ("orders.TOTAL", Target("model.shop.orders", "total")),
        ("ORDERS.total", Target("model.shop.orders", "total")),
        (" orders ", Target("model.shop.orders")),
        ("shop.orders.total", Target("model.shop.orders", "total")),
        ("model.shop.orders", Target("model.shop.orders")),
        ("model.shop.orders.total", Target("model.shop.orders", "total")),
        ("model:orders.total", Target("model.shop.orders", "total")),
        ("source:raw.raw_orders", Target("source.shop.raw.raw_orders")),
        ("source:raw.raw_orders.id", Target("source.shop.raw.raw_orders", "id")),
        ("raw.raw_orders.id", Target("source.shop.raw.raw_orders", "id")),
        ("raw_orders.id", Target("source.shop.raw.raw_orders", "id")),
        ("source.shop.raw.raw_orders.id", Target("source.shop.raw.raw_orders", "id")),
        ("exposure:weekly", Target("exposure.shop.weekly")),
        ("weekly", Target("exposure.shop.weekly")),
        ("metric:revenue", Target("metric.shop.revenue")),
        ("semantic_model:orders.revenue", Target("semantic_model.shop.orders", "revenue")),
        ("models/marts/orders.sql", Target("model.shop.orders")),
        ("./models/marts/orders.sql", Target("model.shop.orders")),
        ("models\\marts\\orders.sql", Target("model.shop.orders")),
        ("not_null_orders_total", Target("test.shop.not_null_orders_total.0123456789")),
    ],
)
def test_names(text: str, expected: Target) -> None:
    assert resolve(SHOP, text) == expected


def named(*names: str, columns: str = "id") -> Shop:
    nodes = project(*(node(name) for name in names))
    found = [lineage(n.id, {c: [] for c in columns.split("|")}) for n in nodes.nodes.values()]
    return Shop(nodes, build_graph(nodes, {lin.node: lin for lin in found}))


def test_quotes_keep_dots_in_a_name() -> None:
    loaded = named("orders", columns='unit.price|say "x"|plain')
    assert resolve(loaded, 'orders."unit.price"').column == "unit.price"
    assert resolve(loaded, "orders.`unit.price`").column == "unit.price"
    assert resolve(loaded, "orders.unit.price").column == "unit.price"
    assert resolve(loaded, 'orders."say ""x"""').column == 'say "x"'
    assert resolve(loaded, '"orders"."plain"').column == "plain"


def test_a_path_into_a_struct_is_its_column() -> None:
    assert resolve(named("orders", columns="address"), "orders.address.city").column == "address"


def test_versions() -> None:
    loaded = named("model.shop.orders.v1", "model.shop.orders.v2")
    assert resolve(loaded, "orders.v2").node == "model.shop.orders.v2"
    assert resolve(loaded, "orders.v2.id").column == "id"
    with pytest.raises(Ambiguous) as caught:
        resolve(loaded, "orders.id")
    assert str(caught.value) == (
        "'orders.id' fits 2 things\n"
        "  has: model.shop.orders.v1.id, model.shop.orders.v2.id\n"
        "  hint: name one of them in full"
    )


def test_a_path_of_the_root_project_wins_over_a_package() -> None:
    nodes = project(
        node("orders", path="models/o.sql"), node("model.other.orders", path="models/o.sql")
    )
    loaded = Shop(nodes, build_graph(nodes, {}))
    assert resolve(loaded, "models/o.sql").node == "model.shop.orders"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "orders.totl",
            "no column 'totl' in model 'orders'\n"
            "  has: order_id, payments, total\n"
            "  hint: did you mean 'total'?",
        ),
        (
            "ordes.total",
            "no model, seed, snapshot or source 'ordes.total'\n"
            "  has: orders, py, raw.raw_orders, raw.raw_payments, stg_orders (+1)\n"
            "  hint: did you mean 'orders'?",
        ),
        (
            "exposure:wekly",
            "no exposure 'wekly'\n  has: weekly\n  hint: did you mean 'weekly'?",
        ),
        ("saved_query:x", "no saved_query 'x'\n  knows: the project has no saved_query"),
        (
            "models/order.sql",
            "no node in file 'models/order.sql'\n"
            "  has: models/marts/orders.sql, models/py.py, models/staging/stg_orders.sql, "
            "models/staging/stg_payments.sql\n"
            "  hint: did you mean 'models/marts/orders.sql'?",
        ),
        ("py.score", "no column 'score' in model 'py'\n  knows: no column of this model is known"),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(SHOP, text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["", ".", "...", '"', "model:", ":", "🦆", "a" * 5000, "\0"])
def test_odd_names_are_errors_not_crashes(text: str) -> None:
    with pytest.raises(HeadwaterError):
        resolve(SHOP, text)
