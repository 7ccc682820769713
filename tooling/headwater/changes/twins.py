"""Nodes that stand for the same relation: a seed, and the source that is declared over it.

Two models of the same relation are not meant: each reader says by its ``ref`` which it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from headwater.core.changes import Change
from headwater.core.project import Project

_KINDS = frozenset({"model", "seed", "snapshot", "source"})


def twins(project: Project, nodes: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
    """For each node that shares its relation: the others, sorted. Only of ``nodes`` when given."""
    wanted = None if nodes is None else {_relation(project, node) for node in nodes}
    by_relation: dict[str, list[str]] = {}
    for node in project.nodes.values():
        relation = _relation(project, node.id) if node.kind in _KINDS and node.relation else ""
        if relation and (wanted is None or relation in wanted):
            by_relation.setdefault(relation, []).append(node.id)
    found = {
        node: tuple(sorted(other for other in those if _declared(other) != _declared(node)))
        for those in by_relation.values()
        for node in those
    }
    return {node: others for node, others in found.items() if others}


def with_twins(project: Project, changes: Sequence[Change]) -> list[tuple[int, Change]]:
    """The changes with their places in the list, each also at the nodes of the same relation."""
    others = twins(project, {change.place.node for change in changes})
    found: list[tuple[int, Change]] = []
    for at, change in enumerate(changes):
        found.append((at, change))
        for node in others.get(change.place.node, ()):
            found.append((at, replace(change, place=change.place._replace(node=node))))
    return found


def _declared(node: str) -> bool:
    return node.startswith("source.")


def _relation(project: Project, node: str) -> str:
    known = project.nodes.get(node)
    return (known.relation or "").lower() if known is not None else ""
