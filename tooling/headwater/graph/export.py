"""The graph in networkx's shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from headwater.core.columns import ColumnRef
    from headwater.graph.column_graph import ColumnGraph


def column_digraph(graph: ColumnGraph) -> nx.MultiDiGraph[ColumnRef]:
    """One node per vertex (a `ColumnRef`), one edge per edge with ``effect`` and ``flags``."""
    result: nx.MultiDiGraph[ColumnRef] = nx.MultiDiGraph()
    refs = [graph.ref(v) for v in range(len(graph))]
    result.add_nodes_from(refs)
    data = graph.data
    result.add_edges_from(
        (refs[source], refs[target], {"effect": effect, "flags": flags})
        for source, target, effect, flags in zip(
            data.source, data.target, data.effect, data.edge_flags, strict=True
        )
    )
    return result


def node_digraph(graph: ColumnGraph) -> nx.DiGraph[str]:
    """One node per unique id with its ``kind``, edges from what is depended on downstream."""
    result: nx.DiGraph[str] = nx.DiGraph()
    for node, kind in zip(graph.nodes, graph.data.kinds, strict=True):
        result.add_node(node, kind=kind)
    for node in graph.nodes:
        result.add_edges_from((parent, node) for parent in graph.parents(node))
    return result
