"""A small shop for the questions: two sources, staging, marts, tests, an exposure, a metric."""

from __future__ import annotations

from dataclasses import dataclass

from graph.builders import lineage, node, project

from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, Gap, GapReason
from headwater.core.project import Project
from headwater.graph import ColumnGraph, build_graph

ORDERS_SQL = """select
    o.id as order_id,
    sum(p.amount) as total,
    count(*) as payments
from stg_orders as o
join stg_payments as p on p.order_id = o.id
where o.status <> 'void'
group by o.id
"""


@dataclass(frozen=True)
class Shop:
    project: Project
    graph: ColumnGraph


def span(text: str) -> tuple[int, int]:
    start = ORDERS_SQL.index(text)
    return start, start + len(text)


def edge(source: str, effect: Effect, text: str) -> tuple[object, ...]:
    return (source, effect, EdgeFlag.NONE, *span(text))


def shop() -> Shop:
    nodes = project(
        node("@raw_orders", columns="id status", extra={"source_name": "raw"}),
        node("@raw_payments", columns="order_id amount", extra={"source_name": "raw"}),
        node("stg_orders", "@raw_orders", path="models/staging/stg_orders.sql"),
        node("stg_payments", "@raw_payments", path="models/staging/stg_payments.sql"),
        node(
            "orders",
            "stg_orders stg_payments",
            path="models/marts/orders.sql",
            sql=ORDERS_SQL,
            materialized="table",
            description="One row per order.",
            catalog="order_id total payments",
        ),
        node("py", "orders", language="python", path="models/py.py"),
        node(
            "test.shop.not_null_orders_total.0123456789",
            "orders",
            name="not_null_orders_total",
            extra={"column_name": "total", "attached_node": "model.shop.orders"},
        ),
        node(
            "exposure.shop.weekly",
            "orders",
            owner={"name": "Ann", "email": "ann@shop.example"},
            extra={"type": "dashboard", "url": "https://bi.example/weekly"},
        ),
        node(
            "semantic_model.shop.orders",
            "orders",
            extra={"measures": [{"name": "revenue", "agg": "sum", "expr": "total"}]},
        ),
        node(
            "metric.shop.revenue",
            "semantic_model.shop.orders",
            extra={"type_params": {"measure": {"name": "revenue"}}},
        ),
    )
    rows = ColumnFlag.ROW_DEPENDENT
    lineages = [
        lineage(
            "stg_orders", {"id": "@raw_orders.id", "status": "@raw_orders.status"}, "@raw_orders."
        ),
        lineage(
            "stg_payments",
            {
                "order_id": "@raw_payments.order_id",
                "amount": [("@raw_payments.amount", Effect.TRANSFORMATION, EdgeFlag.CAST)],
            },
            "@raw_payments.",
        ),
        lineage(
            "orders",
            {
                "order_id": [edge("stg_orders.id", Effect.IDENTITY, "o.id as")],
                "total": [edge("stg_payments.amount", Effect.AGGREGATION, "p.amount")],
                "payments": [],
            },
            [
                "stg_orders.",
                "stg_payments.",
                edge("stg_payments.order_id", Effect.JOIN, "p.order_id"),
                edge("stg_orders.id", Effect.JOIN, "p.order_id = o.id"),
                edge("stg_orders.status", Effect.FILTER, "o.status"),
            ],
            {"total": rows, "payments": rows | ColumnFlag.CONSTANT},
        ),
        lineage("py", gaps=(Gap("model.shop.py", None, GapReason.PYTHON_MODEL, "Python"),)),
    ]
    return Shop(nodes, build_graph(nodes, {lin.node: lin for lin in lineages}))
