"""The graph as plain values, for a warm start: strings, bytes, integers, lists and dicts only."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any

from headwater.core.edges import Gap
from headwater.graph.column_graph import ColumnGraph, GraphData

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 2

_NUMBERS = (
    *("first", "parent_at", "parents", "name_at"),
    *("source", "target", "start", "end", "up_at", "down_at", "down"),
)
#: Name -> type of the array's items.
_CODES = {"column_flags": "B", "effect": "B", "edge_flags": "H"}


def to_state(graph: ColumnGraph) -> dict[str, Any]:
    """Everything the graph is, fit for msgpack. Arrays are bytes in this machine's order."""
    data = graph.data
    state: dict[str, Any] = {
        "version": VERSION,
        "order": sys.byteorder,
        "size": array("i").itemsize,
        "nodes": data.nodes,
        "kinds": data.kinds,
        "names": data.names,
        "gaps": [[g.node, g.column, g.reason, g.detail, g.line] for g in data.gaps],
    }
    for name in (*_NUMBERS, *_CODES):
        state[name] = getattr(data, name).tobytes()
    return state


def from_state(state: Mapping[str, Any]) -> ColumnGraph:
    """The graph again, without rebuilding anything.

    *Raises* ValueError when another version or kind of machine wrote the state, or a part of it is
    missing: the caller builds anew.
    """
    written = (state.get("version"), state.get("order"), state.get("size"))
    if written != (VERSION, sys.byteorder, array("i").itemsize):
        raise ValueError(f"graph state of another kind: {written}")
    try:
        arrays = {name: _array("i", state[name]) for name in _NUMBERS}
        arrays |= {name: _array(code, state[name]) for name, code in _CODES.items()}
        gaps = tuple(Gap(*gap) for gap in state["gaps"])
        data = GraphData(
            nodes=list(state["nodes"]),
            kinds=list(state["kinds"]),
            names=state["names"],
            gaps=gaps,
            **arrays,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"graph state is incomplete: {error}") from error
    _check(data)
    return ColumnGraph(data)


def _array(code: str, raw: bytes) -> array[int]:
    values = array(code)
    values.frombytes(raw)
    return values


def _check(data: GraphData) -> None:
    """The lengths must fit together; a cut-off state would otherwise fail far from here."""
    vertices, edges = len(data.column_flags), len(data.source)
    sizes = (
        (data.kinds, len(data.nodes)),
        (data.first, len(data.nodes) + 1),
        (data.parent_at, len(data.nodes) + 1),
        (data.name_at, vertices + 1),
        (data.up_at, vertices + 1),
        (data.down_at, vertices + 1),
        (data.target, edges),
        (data.effect, edges),
        (data.edge_flags, edges),
        (data.start, edges),
        (data.end, edges),
        (data.down, edges),
    )
    if any(len(values) != size for values, size in sizes):
        raise ValueError("graph state is cut off")
