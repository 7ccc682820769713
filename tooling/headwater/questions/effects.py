"""How an influence is said: in a word, as a step, as a box and an arrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from headwater.core.columns import ColumnRef, short_name
from headwater.core.edges import EdgeFlag, Effect
from headwater.core.project import Node
from headwater.core.report import GraphEdge, GraphNode, Subgraph
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.compose import WHOLE, Feel, Reach

DIRECT = ("IDENTITY", "TRANSFORMATION", "AGGREGATION")
FLAG_WORDS = {
    EdgeFlag.RENAMED: "renamed",
    EdgeFlag.CAST: "cast",
    EdgeFlag.MASKING: "masked",
    EdgeFlag.AMBIGUOUS: "ambiguous",
    EdgeFlag.ORDER_ONLY: "order only",
}
ROWS = "(rows)"
HASH_LENGTH = 10  #: of what dbt appends to the id of a generic test


def ref_text(graph: ColumnGraph, ref: ColumnRef) -> str:
    """``orders.amount``, ``orders (rows)``; an exposure or metric is its name alone."""
    if ref.column is not None:
        return f"{short_name(ref.node)}.{ref.column}"
    name = short_name(ref.node)
    return name if graph.kind(ref.node) in WHOLE else f"{name} {ROWS}"


def test_name(node: str) -> str:
    """The short name of a node; of a test without the hash that ends its id."""
    name = short_name(node)
    head, dot, tail = name.rpartition(".")
    return head if dot and node.startswith("test.") and len(tail) == HASH_LENGTH else name


def effect_text(effect: Effect | None, source: ColumnRef, target: ColumnRef) -> str:
    """``group by``; ``read`` where rows come from, ``rows`` where a value is computed over them."""
    if effect is None:
        return "rows"
    if effect == Effect.FILTER and source.column is None and target.column is None:
        return "read"
    return effect.name.lower().replace("_", " ")


def flag_text(flags: EdgeFlag) -> str:
    """``renamed, cast``."""
    return ", ".join(word for flag, word in FLAG_WORDS.items() if flag in flags)


class Teller:
    """Says how the start of a walk is felt, remembering what decided it along every path."""

    def __init__(self, graph: ColumnGraph, reach: Reach) -> None:
        self._graph, self._reach = graph, reach
        self._deciders: dict[int, Effect | None] = {}
        self._rows = frozenset(graph.data.first)

    def said(self, vertex: int) -> str:
        """``aggregation``, ``indirect (filter)``, ``rows (join)`` …, the strongest first."""
        return self.told(self._reach.feels(vertex))

    def told(self, feels: Iterable[Feel]) -> str:
        """The same, of feels that are at hand."""
        return ", ".join(map(self._word, feels))

    def _word(self, feel: Feel) -> str:
        word = feel.word.lower()
        if feel.word not in DIRECT:
            decider = self.decider(feel)
            if decider is not None:
                word += f" ({decider.name.lower().replace('_', ' ')})"
            elif feel.word == "INDIRECT":
                word += " (rows)"
        return f"masked {word}" if feel.masked else word

    def decider(self, feel: Feel) -> Effect | None:
        """The effect of the first step on the path on which a column decides something.

        ``None`` where rows are only handed on from one row set to the next.
        """
        if self._reach.upstream:
            return self._of_path(feel)
        came_from, known, behind = self._reach.came_from, self._deciders, []
        key = feel.key
        while key >= 0 and key not in known:
            behind.append(key)
            key = came_from[key]
        found = known[key] if key >= 0 else None
        for key in reversed(behind):
            found = known[key] = found if found is not None else self._decides(key)
        return found

    def _of_path(self, feel: Feel) -> Effect | None:
        for step in self._reach.path(feel):
            if step.edge is not None and step.source not in self._rows:
                effect = Effect(self._graph.data.effect[step.edge])
                if not effect.is_direct:
                    return effect
        return None

    def _decides(self, key: int) -> Effect | None:
        edge = self._reach.came_by[key]
        if edge < 0 or self._graph.data.source[edge] in self._rows:
            return None
        effect = Effect(self._graph.data.effect[edge])
        return None if effect.is_direct else effect


def flag_names(flags: EdgeFlag) -> list[str]:
    """``["RENAMED", "CAST"]``."""
    return [flag.name for flag in FLAG_WORDS if flag in flags and flag.name]


def ref_data(ref: ColumnRef) -> dict[str, Any]:
    """A column's address in the JSON form; ``column`` is null for a row set."""
    return {"node": ref.node, "column": ref.column}


def owner_text(node: Node | None) -> str:
    """``Ann <ann@shop.example>``, or whichever of the two is known."""
    if node is None or not node.owner:
        return ""
    name, email = node.owner.get("name", ""), node.owner.get("email", "")
    return f"{name} <{email}>" if name and email else name or email


# -- pictures ------------------------------------------------------------------------------------

MOST_BOXES = 150  #: more columns than this are drawn as nodes


def picture(graph: ColumnGraph, vertices: Iterable[int]) -> Subgraph:
    """The vertices and every edge between them; by whole nodes when there are too many."""
    shown = sorted(set(vertices))
    if len(shown) > MOST_BOXES:
        return _node_picture(graph, shown)
    boxes = tuple(_box(graph, vertex) for vertex in shown)
    inside = frozenset(shown)
    arrows: dict[tuple[int, int, bool], list[str]] = {}
    for vertex in shown:
        for edge, source in graph.upstream(vertex):
            if source in inside:
                effect = Effect(graph.data.effect[edge])
                words = arrows.setdefault((source, vertex, effect.is_direct), [])
                words.append(effect.name.lower())
    return Subgraph(
        boxes,
        tuple(
            GraphEdge(_box_id(graph, s), _box_id(graph, t), ", ".join(sorted(set(words))), direct)
            for (s, t, direct), words in sorted(arrows.items())
        ),
    )


def _box_id(graph: ColumnGraph, vertex: int) -> str:
    ref = graph.ref(vertex)
    return f"{ref.node}.{'(rows)' if ref.column is None else ref.column}"


def _box(graph: ColumnGraph, vertex: int) -> GraphNode:
    ref = graph.ref(vertex)
    kind = graph.kind(ref.node)
    if ref.column is not None:
        return GraphNode(_box_id(graph, vertex), ref.column, "column", ref.node)
    if kind in WHOLE or kind in ("test", "unit_test"):
        return GraphNode(_box_id(graph, vertex), test_name(ref.node), kind)
    return GraphNode(_box_id(graph, vertex), ROWS, "rows", ref.node)


def _node_picture(graph: ColumnGraph, vertices: list[int]) -> Subgraph:
    nodes = sorted({graph.node_of(vertex) for vertex in vertices})
    inside = frozenset(vertices)
    arrows: dict[tuple[str, str], bool] = {}
    for vertex in vertices:
        for edge, source in graph.upstream(vertex):
            if source in inside:
                ends = graph.node_of(source), graph.node_of(vertex)
                direct = graph.data.effect[edge] <= Effect.AGGREGATION
                arrows[ends] = arrows.get(ends, False) or direct
    return Subgraph(
        tuple(GraphNode(node, short_name(node), graph.kind(node)) for node in nodes),
        tuple(
            GraphEdge(source, target, "", direct)
            for (source, target), direct in sorted(arrows.items())
            if source != target
        ),
    )
