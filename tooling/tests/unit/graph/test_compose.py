from __future__ import annotations

from graph.builders import lineage, node, project, ref, uid
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, NodeLineage
from headwater.core.project import Node
from headwater.graph import ColumnGraph, build_graph
from headwater.graph.compose import Reach, reach_downstream, reach_upstream


def graph_of(*lineages: NodeLineage, nodes: tuple[Node, ...] = ()) -> ColumnGraph:
    names = {lin.node for lin in lineages}
    own = [node(name) for name in sorted(names)]
    return build_graph(project(*own, *nodes), {lin.node: lin for lin in lineages})


def words(graph: ColumnGraph, reach: Reach) -> dict[str, list[str]]:
    """The ways each vertex feels the start, ``~`` before masked ones."""
    return {
        str(graph.ref(v)): [("~" if f.masked else "") + f.word for f in reach.feels(v)]
        for v in reach.vertices()
    }


def down(graph: ColumnGraph, start: str, limit: int | None = None) -> dict[str, list[str]]:
    return words(graph, reach_downstream(graph, [graph.vertex(ref(start))], limit))


def up(graph: ColumnGraph, start: str, rows: bool = True) -> dict[str, list[str]]:
    return words(graph, reach_upstream(graph, [graph.vertex(ref(start))], rows=rows))


def test_direct_after_direct_is_the_strongest() -> None:
    graph = graph_of(
        lineage("a", {"x": []}),
        lineage("b", {"x": [("a.x", Effect.AGGREGATION)]}),
        lineage("c", {"x": [("b.x", Effect.TRANSFORMATION)]}),
        lineage("d", {"x": "c.x"}),
    )
    assert down(graph, "a.x") == {
        "a.x": ["IDENTITY"],
        "b.x": ["AGGREGATION"],
        "c.x": ["AGGREGATION"],
        "d.x": ["AGGREGATION"],
    }
    assert up(graph, "d.x")["a.x"] == ["AGGREGATION"]
    assert up(graph, "d.x")["b.x"] == ["TRANSFORMATION"]


def test_anything_through_an_indirect_step_is_indirect() -> None:
    graph = graph_of(
        lineage("a", {"x": [], "y": []}),
        lineage("b", {"x": [("a.x", Effect.CONDITIONAL), "a.y"]}),
        lineage("c", {"x": "b.x"}),
    )
    assert down(graph, "a.x")["c.x"] == ["INDIRECT"]
    assert up(graph, "c.x") == {
        "a.x": ["INDIRECT"],
        "a.y": ["IDENTITY"],
        "b.x": ["IDENTITY"],
        "c.x": ["IDENTITY"],
    }


def test_several_ways_are_kept_and_the_weaker_direct_one_is_not() -> None:
    graph = graph_of(
        lineage("a", {"x": []}),
        lineage("b", {"x": ["a.x", ("a.x", Effect.TRANSFORMATION), ("a.x", Effect.CONDITIONAL)]}),
    )
    assert down(graph, "a.x")["b.x"] == ["TRANSFORMATION", "INDIRECT"]


def test_masking_sticks_and_an_unmasked_way_is_told_too() -> None:
    mask = ("a.x", Effect.TRANSFORMATION, EdgeFlag.MASKING)
    graph = graph_of(
        lineage("a", {"x": []}),
        lineage("b", {"m": [mask], "x": "a.x"}),
        lineage("c", {"only": "b.m", "both": "b.m b.x"}),
    )
    found = down(graph, "a.x")
    assert found["c.only"] == ["~TRANSFORMATION"]
    assert found["c.both"] == ["IDENTITY", "~TRANSFORMATION"]


def filtered() -> ColumnGraph:
    """a.status filters b; c reads b and counts; d reads c."""
    return graph_of(
        lineage("a", {"id": [], "status": []}),
        lineage("b", {"id": "a.id"}, "a. a.status"),
        lineage(
            "c",
            {"id": "b.id", "n": []},
            "b.",
            {"n": ColumnFlag.CONSTANT | ColumnFlag.ROW_DEPENDENT},
        ),
        lineage("d", {"id": "c.id", "n": "c.n"}, "c."),
    )


def test_rows_move_rows_and_the_values_computed_over_rows() -> None:
    assert down(filtered(), "a.status") == {
        "a.status": ["IDENTITY"],
        "b.*rows": ["ROWS"],
        "c.*rows": ["ROWS"],
        "c.n": ["INDIRECT"],
        "d.*rows": ["ROWS"],
        "d.n": ["INDIRECT"],
    }


def test_upstream_a_row_dependent_value_looks_at_rows() -> None:
    graph = filtered()
    assert up(graph, "d.n")["a.status"] == ["INDIRECT"]
    assert up(graph, "d.")["a.status"] == ["ROWS"]
    assert up(graph, "d.id") == {t: ["IDENTITY"] for t in ("a.id", "b.id", "c.id", "d.id")}
    assert up(graph, "d.n", rows=False) == {"c.n": ["IDENTITY"], "d.n": ["IDENTITY"]}


def test_a_step_inside_a_node_adds_no_depth() -> None:
    graph = filtered()
    reach = reach_downstream(graph, [graph.vertex(ref("a.status"))])
    depths = {str(graph.ref(v)): reach.nearest(v).depth for v in reach.vertices()}
    assert depths == {"a.status": 0, "b.*rows": 1, "c.*rows": 2, "c.n": 2, "d.*rows": 3, "d.n": 3}


def test_paths_are_shortest_and_run_with_the_data() -> None:
    graph = filtered()
    vertex = graph.vertex
    reach = reach_downstream(graph, [vertex(ref("a.status"))])
    path = reach.path(reach.nearest(vertex(ref("d.n"))))
    assert [(str(graph.ref(s.source)), str(graph.ref(s.target))) for s in path] == [
        ("a.status", "b.*rows"),
        ("b.*rows", "c.*rows"),
        ("c.*rows", "c.n"),
        ("c.n", "d.n"),
    ]
    assert [step.edge is None for step in path] == [False, False, True, False]
    up = reach_upstream(graph, [vertex(ref("d.n"))])
    assert up.path(up.nearest(vertex(ref("a.status")))) == path
    assert reach.path(reach.nearest(vertex(ref("a.status")))) == []
    assert reach.before(reach.nearest(vertex(ref("d.n")))) == vertex(ref("c.n"))
    assert reach.before(reach.nearest(vertex(ref("a.status")))) is None


def test_depth_limit() -> None:
    assert set(down(filtered(), "a.status", limit=1)) == {"a.status", "b.*rows"}
    assert set(down(filtered(), "a.status", limit=0)) == {"a.status"}


def test_cycles_and_self_edges_end() -> None:
    graph = graph_of(lineage("a", {"x": "a.x b.x"}, "a. b."), lineage("b", {"x": "a.x"}, "a."))
    assert down(graph, "a.x") == {"a.x": ["IDENTITY"], "b.x": ["IDENTITY"]}
    assert down(graph, "a.") == {"a.*rows": ["ROWS"], "b.*rows": ["ROWS"]}


def test_exposures_feel_values_and_rows_apart() -> None:
    dashboard = node("exposure.shop.weekly", "b")
    graph = graph_of(
        lineage("a", {"x": [], "s": []}), lineage("b", {"x": "a.x"}, "a. a.s"), nodes=(dashboard,)
    )
    assert down(graph, "a.x")["weekly.*rows"] == ["IDENTITY"]
    assert down(graph, "a.s")["weekly.*rows"] == ["ROWS"]
    assert up(graph, "exposure.shop.weekly.")["a.x"] == ["IDENTITY"]
    assert up(graph, "exposure.shop.weekly.")["a.s"] == ["ROWS"]


def test_values_of_an_opaque_node_are_felt_through_its_rows() -> None:
    py = node("py", "a", language="python", columns="score")
    graph = graph_of(lineage("a", {"x": []}), nodes=(py,))
    assert down(graph, "a.x")["py.score"] == ["INDIRECT"]
    assert uid("py") in graph


def test_order_only_stays_where_it_is() -> None:
    order = ("a.x", Effect.SORT, EdgeFlag.ORDER_ONLY)
    graph = graph_of(
        lineage("a", {"x": [], "y": []}),
        lineage("b", {"y": "a.y"}, ["a.", order]),
        lineage("c", {"n": []}, "b.", {"n": ColumnFlag.ROW_DEPENDENT}),
    )
    assert down(graph, "a.x") == {"a.x": ["IDENTITY"], "b.*rows": ["ORDER"]}
    assert up(graph, "b.")["a.x"] == ["ORDER"]
    assert "a.x" not in up(graph, "c.n")


def test_a_filter_of_a_metric_decides_its_value() -> None:
    model = node(
        "semantic_model.shop.sm", "a", extra={"dimensions": [{"name": "s"}], "measures": []}
    )
    metric = node(
        "metric.shop.m", "semantic_model.shop.sm", extra={"filter": "{{ Dimension('x__s') }} > 1"}
    )
    graph = graph_of(lineage("a", {"s": []}), nodes=(model, metric))
    assert down(graph, "a.s")["m.*rows"] == ["INDIRECT"]
