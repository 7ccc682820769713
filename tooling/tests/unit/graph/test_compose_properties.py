"""The walk against a fixpoint that is too slow to use and too simple to be wrong."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect
from headwater.graph import ColumnGraph, build_graph
from headwater.graph.compose import reach_downstream, reach_upstream

from .builders import lineage, node, project, uid

NODES = "abcd"
COLUMNS = "xy"
Felt = set[tuple[str, bool]]

edges = st.tuples(
    st.sampled_from(NODES),
    st.sampled_from(["", *COLUMNS]),
    st.sampled_from(NODES),
    st.sampled_from(["", *COLUMNS]),
    st.sampled_from(list(Effect)),
    st.sampled_from([EdgeFlag.NONE, EdgeFlag.NONE, EdgeFlag.MASKING, EdgeFlag.ORDER_ONLY]),
)


def graph_of(
    chosen: list[tuple[str, str, str, str, Effect, EdgeFlag]], moved: set[str]
) -> ColumnGraph:
    """Row sets read with indirect effects only, as the SQL walk writes them."""
    lineages = []
    for name in NODES:
        columns: dict[str, list[object]] = {column: [] for column in COLUMNS}
        rows: list[object] = []
        for source, column, target, into, effect, flags in chosen:
            if target != name:
                continue
            if into:
                columns[into].append((f"{source}.{column}", effect, flags & ~EdgeFlag.ORDER_ONLY))
            else:
                rows.append((f"{source}.{column}", max(effect, Effect.JOIN), flags))
        marks = {c: ColumnFlag.ROW_DEPENDENT for c in COLUMNS if f"{name}.{c}" in moved}
        lineages.append(lineage(name, columns, rows, marks))  # type: ignore[arg-type]
    nodes = project(*map(node, NODES))
    return build_graph(nodes, {lin.node: lin for lin in lineages})


def slow_downstream(graph: ColumnGraph, start: ColumnRef) -> dict[ColumnRef, Felt]:
    felt: dict[ColumnRef, Felt] = {start: {("ROWS" if start.column is None else "IDENTITY", False)}}
    all_edges = list(graph.edges())
    changed = True
    while changed:
        changed = False
        for edge in all_edges:
            for word, masked in list(felt.get(edge.source, ())):
                after = after_step(word, edge.effect, edge.target.column is None, edge.flags)
                if after and (after, masked or edge.masking) not in felt.setdefault(
                    edge.target, set()
                ):
                    felt[edge.target].add((after, masked or edge.masking))
                    changed = True
        for ref, ways in list(felt.items()):
            for vertex in graph.columns_of(ref.node) if ref.column is None else ():
                if not graph.flags(vertex) & ColumnFlag.ROW_DEPENDENT:
                    continue
                new = {("INDIRECT", m) for w, m in ways if w != "ORDER"}
                if not new <= felt.setdefault(graph.ref(vertex), set()):
                    felt[graph.ref(vertex)] |= new
                    changed = True
    return {ref: strongest(ways) for ref, ways in felt.items() if ways}


def after_step(word: str, effect: Effect, to_rows: bool, flags: EdgeFlag) -> str:
    if word == "ORDER":
        return ""
    if flags & EdgeFlag.ORDER_ONLY:
        return "ORDER"
    direct = word in ("IDENTITY", "TRANSFORMATION", "AGGREGATION")
    if direct and effect.is_direct:
        return max(Effect[word], effect).name
    if word == "INDIRECT" and effect.is_direct:
        return "INDIRECT"
    return "ROWS" if to_rows else "INDIRECT"


def strongest(ways: Felt) -> Felt:
    order = ["IDENTITY", "TRANSFORMATION", "AGGREGATION"]
    kept = set()
    for word, masked in ways:
        stronger = order[order.index(word) + 1 :] if word in order else []
        if any((other, masked) in ways for other in stronger) or (masked and (word, False) in ways):
            continue
        if not (masked and any((other, False) in ways for other in stronger)):
            kept.add((word, masked))
    return kept


starts = st.tuples(st.sampled_from(NODES), st.sampled_from(["", *COLUMNS]))
moves = st.sets(st.sampled_from([f"{n}.{c}" for n in NODES for c in COLUMNS]))


@settings(max_examples=100, deadline=None)
@given(st.lists(edges, max_size=14), moves, starts)
def test_the_walk_equals_the_fixpoint(
    chosen: list[tuple[str, str, str, str, Effect, EdgeFlag]],
    moved: set[str],
    start: tuple[str, str],
) -> None:
    graph = graph_of(chosen, moved)
    begin = ColumnRef(uid(start[0]), start[1] or None)
    reach = reach_downstream(graph, [graph.vertex(begin)])
    found = {
        graph.ref(v): {(feel.word, feel.masked) for feel in reach.feels(v)}
        for v in reach.vertices()
    }
    expected = slow_downstream(graph, begin)
    assert {r: strongest(w) for r, w in found.items()} == expected
    for vertex in reach.vertices():
        for feel in reach.feels(vertex):
            path = reach.path(feel)
            assert all(a.target == b.source for a, b in pairwise(path))
            if path:
                assert (path[0].source, path[-1].target) == (graph.vertex(begin), vertex)


@settings(max_examples=60, deadline=None)
@given(st.lists(edges, max_size=14), moves)
def test_values_are_felt_alike_up_and_down(
    chosen: list[tuple[str, str, str, str, Effect, EdgeFlag]], moved: set[str]
) -> None:
    graph = graph_of(chosen, moved)
    columns = [v for v in range(len(graph)) if not graph.is_rows(v)]
    down = {v: reach_downstream(graph, [v]) for v in columns}
    for target in columns:
        up = reach_upstream(graph, [target])
        for source in columns:
            words = [
                {
                    f.word
                    for f in reach.feels(v)
                    if f.word in ("IDENTITY", "TRANSFORMATION", "AGGREGATION")
                }
                for reach, v in ((down[source], target), (up, source))
            ]
            assert words[0] == words[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(edges, max_size=14), moves, starts)
def test_a_limit_cuts_and_nothing_else(
    chosen: list[tuple[str, str, str, str, Effect, EdgeFlag]],
    moved: set[str],
    start: tuple[str, str],
) -> None:
    graph = graph_of(chosen, moved)
    begin = graph.vertex(ColumnRef(uid(start[0]), start[1] or None))
    whole = reach_downstream(graph, [begin])
    for limit in range(4):
        cut = reach_downstream(graph, [begin], limit)
        near = [v for v in whole.vertices() if whole.nearest(v).depth <= limit]
        assert cut.vertices() == near
