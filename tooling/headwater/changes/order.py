"""What lies downstream of the changed nodes, in an order in which causes come first."""

from __future__ import annotations

from collections.abc import Iterable

from headwater.graph.column_graph import ColumnGraph


def downstream_of(graph: ColumnGraph, begin: Iterable[str]) -> tuple[list[str], frozenset[str]]:
    """The nodes to visit, each after all it depends on; and those that lie on or behind a cycle.

    *Shape*: ``begin`` and everything that depends on it; sorted where the order is free.
    """
    children: dict[str, list[str]] = {}
    for node in graph.nodes:
        for parent in graph.parents(node):
            if parent != node:
                children.setdefault(parent, []).append(node)
    inside = _reached(set(begin), children)
    waiting = {node: sum(p in inside and p != node for p in graph.parents(node)) for node in inside}
    ready = sorted((node for node, count in waiting.items() if not count), reverse=True)
    order: list[str] = []
    while ready:
        node = ready.pop()
        order.append(node)
        del waiting[node]
        free = []
        for child in children.get(node, ()):
            waiting[child] -= 1
            if not waiting[child]:
                free.append(child)
        ready.extend(sorted(free, reverse=True))
    return [*order, *sorted(waiting)], frozenset(waiting)


def _reached(begin: set[str], children: dict[str, list[str]]) -> set[str]:
    found, level = set(begin), begin
    while level:
        level = {child for node in level for child in children.get(node, ())} - found
        found |= level
    return found
