from __future__ import annotations

import random

import pytest

from graph.builders import lineage, node, project, ref, uid
from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, Gap, GapReason
from headwater.graph import ColumnGraph, build_graph, from_state, to_state


def into(graph: ColumnGraph, text: str) -> set[tuple[str, str, str]]:
    """The edges into a column: source, effect, and ``?`` when ambiguous."""
    found = set()
    for number, _ in graph.upstream(graph.vertex(ref(text))):
        edge = graph.edge(number)
        mark = "?" if edge.flags & EdgeFlag.AMBIGUOUS else ""
        found.add((str(edge.source), edge.effect.name, mark))
    return found


def shop() -> ColumnGraph:
    nodes = project(
        node("@raw", columns="id status amount"),
        node("stg", "@raw"),
        node("orders", "stg"),
    )
    lineages = [
        lineage(
            "stg", {"id": "@raw.id", "status": "@raw.status", "amount": "@raw.amount"}, "@raw."
        ),
        lineage(
            "orders",
            {"id": "stg.id", "total": [("stg.amount", Effect.AGGREGATION)]},
            "stg. stg.status",
            {"total": ColumnFlag.ROW_DEPENDENT},
        ),
    ]
    return build_graph(nodes, {lin.node: lin for lin in lineages})


def test_vertices_are_row_set_then_columns() -> None:
    graph = shop()
    assert graph.nodes == [uid("orders"), uid("stg"), uid("@raw")]
    assert graph.column_names(uid("orders")) == ("id", "total")
    rows = graph.rows_vertex(uid("orders"))
    assert graph.is_rows(rows)
    assert graph.columns_of(uid("orders")) == range(rows + 1, rows + 3)
    assert len(graph) == 3 + 3 + 3 + 2
    assert [graph.ref(v) for v in range(3)] == [
        ref("orders."),
        ref("orders.id"),
        ref("orders.total"),
    ]
    assert graph.flags(graph.vertex(ref("orders.total"))) == ColumnFlag.ROW_DEPENDENT


def test_edges_in_both_directions() -> None:
    graph = shop()
    assert into(graph, "orders.total") == {("stg.amount", "AGGREGATION", "")}
    assert into(graph, "orders.") == {("stg.*rows", "FILTER", ""), ("stg.status", "FILTER", "")}
    status = graph.vertex(ref("stg.status"))
    assert [graph.ref(v) for _, v in graph.downstream(status)] == [ref("orders.")]
    assert sum(1 for _ in graph.edges()) == graph.edge_count == 8


def test_names_do_not_depend_on_case_and_keep_the_first_spelling() -> None:
    nodes = project(node("@raw", columns="Id"), node("stg", "@raw"))
    graph = build_graph(nodes, {uid("stg"): lineage("stg", {"ID": "@raw.iD"})})
    assert graph.column_names(uid("@raw")) == ("Id",)
    assert graph.find(ref("stg.id")) == graph.vertex(ref("stg.ID"))
    assert graph.ref(graph.vertex(ref("stg.iD"))) == ref("stg.ID")


def test_duplicate_output_names_share_a_vertex() -> None:
    lin = lineage("stg", {"id": "@raw.id", "ID": "@raw.other"})
    graph = build_graph(project(node("@raw"), node("stg", "@raw")), {lin.node: lin})
    assert graph.column_names(uid("stg")) == ("id",)
    assert into(graph, "stg.id") == {
        ("raw.raw.id", "IDENTITY", ""),
        ("raw.raw.other", "IDENTITY", ""),
    }


def test_unknown_names_are_not_found() -> None:
    graph = shop()
    assert graph.find(ref("orders.nope")) is None
    assert graph.find(ref("nope.id")) is None
    assert uid("nope") not in graph
    assert uid("orders") in graph
    with pytest.raises(KeyError):
        graph.vertex(ref("orders.nope"))
    with pytest.raises(KeyError):
        graph.columns_of("model.shop.nope")


def test_relations_outside_the_project_are_nodes() -> None:
    lin = lineage("stg", {"id": [("external.other.t.id", Effect.IDENTITY)]})
    graph = build_graph(project(node("stg")), {lin.node: lin})
    assert graph.kind("external.other.t") == "external"
    assert graph.parents(uid("stg")) == ("external.other.t",)
    assert into(graph, "stg.id") == {("external.other.t.id", "IDENTITY", "")}


def star_chain() -> dict[str, object]:
    """raw -> a (select *) -> b (select *) -> c (select x from b)."""
    lineages = [
        lineage("a", {"*": "@raw.*"}, "@raw."),
        lineage("b", {"*": "a.*"}, "a."),
        lineage("c", {"y": "b.X"}, "b."),
    ]
    return {lin.node: lin for lin in lineages}


def test_a_used_column_of_an_open_node_is_created_up_to_the_source() -> None:
    nodes = project(node("@raw"), node("a", "@raw"), node("b", "a"), node("c", "b"))
    graph = build_graph(nodes, star_chain())  # type: ignore[arg-type]
    assert graph.column_names(uid("a")) == ("*", "X")
    assert graph.column_names(uid("@raw")) == ("*", "X")
    assert into(graph, "b.x") == {("a.X", "IDENTITY", "")}
    assert into(graph, "a.x") == {("raw.raw.X", "IDENTITY", "")}


def test_a_created_column_also_flows_through_the_star_of_other_readers() -> None:
    nodes = project(node("@raw"), node("a", "@raw"), node("b", "@raw"))
    lineages = [lineage("a", {"*": "@raw.*"}), lineage("b", {"x": "@raw.x"})]
    graph = build_graph(nodes, {lin.node: lin for lin in lineages})
    assert into(graph, "@raw.*") == {("raw.raw.x", "IDENTITY", "?")}


def test_several_stars_are_ambiguous() -> None:
    nodes = project(node("@p"), node("@q"), node("j", "@p @q"), node("k", "j"))
    lineages = [lineage("j", {"*": "@p.* @q.*"}), lineage("k", {"x": "j.x"})]
    graph = build_graph(nodes, {lin.node: lin for lin in lineages})
    assert into(graph, "j.x") == {("raw.p.x", "IDENTITY", "?"), ("raw.q.x", "IDENTITY", "?")}


def test_a_relation_known_to_lack_the_column_is_no_candidate() -> None:
    nodes = project(node("@p", catalog="id"), node("@q"), node("j", "@p @q"), node("k", "j"))
    lineages = [lineage("j", {"*": "@p.* @q.*"}), lineage("k", {"x": "j.x"})]
    graph = build_graph(nodes, {lin.node: lin for lin in lineages})
    assert into(graph, "j.x") == {("raw.q.x", "IDENTITY", "")}
    assert "x" not in graph.column_names(uid("@p"))


def test_the_catalog_of_an_open_node_creates_its_columns() -> None:
    nodes = project(node("@raw"), node("a", "@raw", catalog="id name"))
    graph = build_graph(nodes, {uid("a"): lineage("a", {"*": "@raw.*"})})
    assert graph.column_names(uid("a")) == ("*", "id", "name")
    assert into(graph, "a.name") == {("raw.raw.name", "IDENTITY", "")}


def test_a_star_over_itself_ends() -> None:
    nodes = project(node("a", "a b"), node("b", "a"), node("c", "a"))
    lineages = [
        lineage("a", {"*": "a.* b.*"}),
        lineage("b", {"*": "a.*"}),
        lineage("c", {"x": "a.x"}),
    ]
    graph = build_graph(nodes, {lin.node: lin for lin in lineages})
    assert into(graph, "a.x") == {("b.x", "IDENTITY", "")}
    assert into(graph, "b.x") == {("a.x", "IDENTITY", "")}


def test_a_column_that_cannot_exist_is_a_gap() -> None:
    nodes = project(node("a"), node("b", "a"))
    lineages = [lineage("a", {"id": []}), lineage("b", {"x": "a.x"})]
    graph = build_graph(nodes, {lin.node: lin for lin in lineages})
    assert graph.flags(graph.vertex(ref("a.x"))) & ColumnFlag.FAILED
    assert [(g.node, g.column, g.reason) for g in graph.gaps] == [
        (uid("a"), "x", GapReason.UNKNOWN_COLUMN)
    ]


def test_a_model_without_lineage_may_read_all_of_its_parents() -> None:
    nodes = project(
        node("@raw", columns="id"), node("py", "@raw", language="python", columns="score")
    )
    gap = Gap(uid("py"), None, GapReason.PYTHON_MODEL, "python")
    graph = build_graph(nodes, {uid("py"): lineage("py", gaps=(gap,))})
    assert graph.gaps == (gap,)
    assert into(graph, "py.") == {
        ("raw.raw.*rows", "FILTER", "?"),
        ("raw.raw.id", "FILTER", "?"),
    }
    assert graph.flags(graph.vertex(ref("py.score"))) == ColumnFlag.OPAQUE


def test_a_model_nobody_parsed_is_a_gap() -> None:
    graph = build_graph(project(node("m", columns="id")), {})
    assert [gap.reason for gap in graph.gaps] == [GapReason.NOT_COMPILED]
    assert graph.flags(graph.vertex(ref("m.id"))) == ColumnFlag.FAILED


def test_drift_between_catalog_and_sql_is_a_gap() -> None:
    nodes = project(node("m", catalog="ID old"))
    graph = build_graph(nodes, {uid("m"): lineage("m", {"id": [], "new": []})})
    assert [gap.detail for gap in graph.gaps] == ["only in the catalog: old; only in the SQL: new"]


def test_a_function_may_shape_everything_in_its_callers() -> None:
    nodes = project(node("function.shop.f"), node("m", "function.shop.f"))
    graph = build_graph(nodes, {uid("m"): lineage("m", {"id": []})})
    function = graph.rows_vertex("function.shop.f")
    assert {str(graph.ref(v)) for _, v in graph.downstream(function)} == {"m.*rows", "m.id"}


def test_order_of_input_does_not_matter() -> None:
    def build(seed: int) -> dict[str, object]:
        nodes = [
            node("@p"),
            node("@q", columns="id"),
            node("j", "@p @q"),
            node("k", "j"),
            node("l", "j"),
        ]
        lineages = [
            lineage("j", {"*": "@p.* @q.*"}),
            lineage("k", {"x": "j.x", "id": "j.id"}),
            lineage("l", {"x": "j.X", "z": "j.z"}),
        ]
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(lineages)
        plan = project(*nodes, nodes={n.id: n for n in nodes})
        return to_state(build_graph(plan, {lin.node: lin for lin in lineages}))

    assert all(build(seed) == build(0) for seed in range(1, 6))


def test_state_round_trip() -> None:
    graph = shop()
    again = from_state(to_state(graph))
    assert again.data == graph.data
    assert again.vertex(ref("orders.total")) == graph.vertex(ref("orders.total"))


@pytest.mark.parametrize(
    "change",
    [{"version": -1}, {"order": "middle"}, {"target": b""}, {"names": None, "name_at": b""}],
)
def test_state_of_another_kind_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="graph state"):
        from_state(to_state(shop()) | change)


def test_state_with_a_missing_part_is_refused() -> None:
    state = to_state(shop())
    del state["down"]
    with pytest.raises(ValueError, match="incomplete"):
        from_state(state)


def test_networkx_forms() -> None:
    graph = shop()
    columns = graph.to_networkx()
    assert columns.number_of_nodes() == len(graph)
    assert columns.has_edge(ref("stg.amount"), ref("orders.total"))
    assert sorted(graph.node_graph().edges) == [
        (uid("stg"), uid("orders")),
        (uid("@raw"), uid("stg")),
    ]


def test_names_with_any_character_survive() -> None:
    names = ["a\nb", "a.b", 'say "x"', "Größe", "🦆"]
    lin = lineage("m", {name: [] for name in names})
    graph = from_state(to_state(build_graph(project(node("m")), {lin.node: lin})))
    assert graph.column_names(uid("m")) == tuple(names)
    assert graph.ref(graph.vertex(ColumnRef(uid("m"), "größe"))).column == "Größe"
