"""Where personal data begins: declared columns of sources and seeds, and others that nothing feeds.

A declaration at a column that other columns feed is a claim about what arrives there. Only where
nothing personal arrives does data begin in it: whoever declared it late still has it followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headwater.core.edges import ColumnFlag, Effect
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.loaded import Loaded
from headwater.questions.pii_declared import Declarations, Declared
from headwater.questions.pii_flow import Flow, lost_nodes

_ROOTS = frozenset(("source", "seed"))
_UNSEEN = int(ColumnFlag.OPAQUE | ColumnFlag.FAILED)
_CONSTANT = int(ColumnFlag.CONSTANT)


def start_flow(loaded: Loaded, declared: Declarations, flow: Flow) -> None:
    """Begin everywhere personal data begins, and follow it."""
    graph = loaded.graph
    lost = lost_nodes(graph)
    claims: dict[str, list[tuple[int, Declared]]] = {}
    for node, columns in declared.columns.items():
        if node not in graph:
            continue
        is_root = graph.kind(node) in _ROOTS or node in lost
        vertices = {graph.name(v).lower(): v for v in reversed(graph.columns_of(node))}
        for name, said in columns.items():
            vertex = vertices.get(name)
            if vertex is None:
                continue
            if is_root or graph.data.column_flags[vertex] & _UNSEEN:
                flow.settled.add(vertex)
                _begin(flow, vertex, said)
            elif said.is_personal:
                claims.setdefault(node, []).append((vertex, said))
        if node in lost and all(v in flow.settled for v in graph.columns_of(node)):
            flow.settled.add(graph.rows_vertex(node))
    for node, said in declared.nodes.items():
        own = declared.columns.get(node, {})
        if (
            node in graph
            and graph.kind(node) in _ROOTS
            and not any(d.is_personal for d in own.values())
        ):
            for vertex in graph.columns_of(node):
                if graph.name(vertex).lower() not in own:
                    _begin(flow, vertex, said)
    flow.run()
    for node in _in_order(graph, claims.keys()):
        for vertex, said in claims[node]:
            if vertex not in flow.levels and vertex not in flow.emptied and is_fed(graph, vertex):
                _begin(flow, vertex, said)
        flow.run()


def _begin(flow: Flow, vertex: int, said: Declared) -> None:
    if said.is_personal:
        for name in sorted(said.classes):
            flow.start(vertex, name, said.level)


def is_fed(graph: ColumnGraph, vertex: int) -> bool:
    """Whether the value of another column reaches it."""
    return any(True for _ in direct_sources(graph, vertex))


def direct_sources(graph: ColumnGraph, vertex: int) -> Iterator[int]:
    """The columns whose values reach it in one step."""
    data = graph.data
    for edge in range(data.up_at[vertex], data.up_at[vertex + 1]):
        source = data.source[edge]
        if data.effect[edge] <= int(Effect.AGGREGATION) and source != vertex:
            yield source


def roots_of(graph: ColumnGraph, vertex: int) -> list[int]:
    """The columns at which the values that reach it begin."""
    seen, work, found = {vertex}, [vertex], []
    while work:
        here = work.pop()
        above = [v for v in direct_sources(graph, here) if not graph.is_rows(v)]
        if not above and here != vertex:
            found.append(here)
        for each in above:
            if each not in seen:
                seen.add(each)
                work.append(each)
    return sorted(found)


def _in_order(graph: ColumnGraph, nodes: Iterable[str]) -> list[str]:
    """The nodes, each after all that it depends on."""
    wanted = set(nodes)
    data, order, done = graph.data, list[int](), set[int]()
    for start in (at for at in map(graph.number, sorted(wanted)) if at is not None):
        stack = [(start, False)]
        while stack:
            at, is_left = stack.pop()
            if is_left:
                order.append(at)
            elif at not in done:
                done.add(at)
                stack.append((at, True))
                parents = data.parents[data.parent_at[at] : data.parent_at[at + 1]]
                stack.extend((parent, False) for parent in parents if parent not in done)
    return [data.nodes[at] for at in order if data.nodes[at] in wanted]
