"""Tests, unit tests and the semantic layer: nodes whose reads come from their definition."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.core.edges import ColumnFlag, EdgeFlag
from headwater.core.project import Node
from headwater.graph import ColumnGraph, build_graph

from .builders import lineage, node, project, ref, uid


def graph_of(*nodes: Node, columns: str = "id amount status") -> ColumnGraph:
    """A model ``orders`` with these columns, and the nodes."""
    everything = project(node("orders"), *nodes)
    lin = lineage("orders", {name: [] for name in columns.split()})
    return build_graph(everything, {lin.node: lin})


def reads(graph: ColumnGraph, target: str) -> set[tuple[str, str]]:
    vertex = graph.vertex(ref(target))
    edges = (graph.edge(number) for number, _ in graph.upstream(vertex))
    return {
        (str(e.source), e.effect.name + ("?" if EdgeFlag.AMBIGUOUS in e.flags else ""))
        for e in edges
    }


def check(name: str, parents: str, **extra: Any) -> Node:
    return node(f"test.shop.{name}.0123456789", parents, extra=extra)


def test_a_column_test_reads_its_column() -> None:
    graph = graph_of(check("t", "orders", column_name="AMOUNT", attached_node=uid("orders")))
    assert reads(graph, "test.shop.t.0123456789.") == {
        ("orders.amount", "FILTER"),
        ("orders.*rows", "FILTER"),
    }


def test_a_relationship_reads_both_sides() -> None:
    graph = graph_of(
        node("@customers", columns="key"),
        check(
            "t",
            "@customers orders",
            column_name="id",
            attached_node=uid("orders"),
            test_metadata={"name": "relationships", "kwargs": {"field": "key"}},
        ),
    )
    assert reads(graph, "test.shop.t.0123456789.") == {
        ("orders.id", "FILTER"),
        ("orders.*rows", "FILTER"),
        ("raw.customers.key", "FILTER"),
        ("raw.customers.*rows", "FILTER"),
    }


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"column_name": "lower(status)"},
        {"column_name": "id", "attached_node": "model.shop.gone"},
    ],
)
def test_a_test_of_which_nothing_is_known_may_read_everything(extra: dict[str, str]) -> None:
    graph = graph_of(check("t", "orders", **extra))
    assert {source for source, _ in reads(graph, "test.shop.t.0123456789.")} == {
        "orders.*rows",
        "orders.id",
        "orders.amount",
        "orders.status",
    }
    assert graph.gaps == ()


def test_a_test_of_a_column_that_is_not_there_is_a_gap() -> None:
    graph = graph_of(check("t", "orders", column_name="gone", attached_node=uid("orders")))
    assert [(g.node, g.column) for g in graph.gaps] == [(uid("orders"), "gone")]
    assert graph.flags(graph.vertex(ref("orders.gone"))) & ColumnFlag.FAILED


def test_a_unit_test_reads_what_it_gives_and_expects() -> None:
    graph = build_graph(
        project(
            node("@orders", columns="id"),
            node("stg", columns="id"),
            node("orders", "stg @orders"),
            node(
                "unit_test.shop.orders.u",
                "orders",
                extra={
                    "model": "orders",
                    "given": [
                        {"input": "ref('stg')", "rows": [{"id": None}]},
                        {"input": "source('raw', 'orders')", "rows": [{"id": None}]},
                        {"input": "this", "rows": []},
                        {"input": "ref('elsewhere')", "rows": [{"id": None}]},
                    ],
                    "expect": {"rows": [{"amount": None}]},
                },
            ),
        ),
        {uid("orders"): lineage("orders", {"id": "stg.id", "amount": []})},
    )
    assert reads(graph, "unit_test.shop.orders.u.") == {
        ("orders.*rows", "FILTER"),
        ("orders.amount", "FILTER"),
        ("stg.id", "FILTER"),
        ("raw.orders.id", "FILTER"),
    }


SEMANTIC = node(
    "semantic_model.shop.sm",
    "orders",
    extra={
        "entities": [{"name": "order", "type": "primary", "expr": "id"}],
        "dimensions": [
            {"name": "status"},
            {"name": "big", "expr": "case when amount > 10 then 'status' else \"id\" end"},
        ],
        "measures": [
            {"name": "revenue", "agg": "sum", "expr": "amount"},
            {"name": "orders", "agg": "count", "expr": "1"},
        ],
    },
)


def test_a_semantic_model_has_the_columns_of_its_parts() -> None:
    graph = graph_of(SEMANTIC)
    assert graph.column_names("semantic_model.shop.sm") == (
        "order",
        "status",
        "big",
        "revenue",
        "orders",
    )
    assert reads(graph, "semantic_model.shop.sm.order") == {("orders.id", "IDENTITY")}
    assert reads(graph, "semantic_model.shop.sm.big") == {
        ("orders.amount", "TRANSFORMATION"),
        ("orders.id", "TRANSFORMATION"),
    }
    assert reads(graph, "semantic_model.shop.sm.revenue") == {("orders.amount", "AGGREGATION")}
    assert reads(graph, "semantic_model.shop.sm.orders") == set()
    flags = graph.flags(graph.vertex(ref("semantic_model.shop.sm.orders")))
    assert flags & ColumnFlag.ROW_DEPENDENT


def test_metrics_and_saved_queries() -> None:
    simple = node(
        "metric.shop.revenue",
        "semantic_model.shop.sm",
        extra={
            "type_params": {
                "measure": {"name": "revenue"},
                "input_measures": [{"name": "revenue"}],
            },
            "filter": {
                "where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'x'"}]
            },
        },
    )
    derived = node("metric.shop.twice", "metric.shop.revenue", extra={"type_params": {"expr": "a"}})
    saved = node(
        "saved_query.shop.daily",
        "metric.shop.twice",
        extra={"query_params": {"group_by": ["Dimension('order__big')"], "where": None}},
    )
    graph = graph_of(SEMANTIC, simple, derived, saved)
    assert reads(graph, "metric.shop.revenue.") == {
        ("sm.revenue", "AGGREGATION"),
        ("sm.status", "FILTER"),
    }
    assert reads(graph, "metric.shop.twice.") == {("revenue.*rows", "TRANSFORMATION")}
    assert reads(graph, "saved_query.shop.daily.") == {
        ("twice.*rows", "IDENTITY"),
        ("sm.big", "GROUP_BY"),
    }


def test_an_exposure_shows_all_of_what_it_depends_on() -> None:
    graph = graph_of(node("exposure.shop.weekly", "orders"))
    assert reads(graph, "exposure.shop.weekly.") == {
        (f"orders.{name}", "IDENTITY") for name in ("*rows", "id", "amount", "status")
    }


@pytest.mark.parametrize("kind", ["test", "unit_test", "semantic_model", "metric", "saved_query"])
@pytest.mark.parametrize(
    "extra",
    [
        {"test_metadata": "x", "given": ["x"], "expect": 1, "measures": [1], "type_params": []},
        {"column_name": 1, "attached_node": 2, "given": [{"input": 3}], "query_params": "x"},
        {"entities": [{"name": None}], "measures": [{"expr": "x"}], "filter": "Dimension('"},
    ],
)
def test_odd_definitions_do_not_stop_the_graph(kind: str, extra: dict[str, Any]) -> None:
    graph = graph_of(node(f"{kind}.shop.odd", "orders model.shop.gone", extra=extra))
    assert graph.kind(f"{kind}.shop.odd") == kind
