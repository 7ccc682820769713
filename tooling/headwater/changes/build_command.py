"""The smallest ``dbt build`` that brings a change into the warehouse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from headwater.changes.node_diff import NodeDiff, Status
from headwater.core.changes import ChangeKind
from headwater.core.project import Node

_BUILT = frozenset({"model", "seed", "snapshot"})


def build_command(
    nodes: Mapping[str, Node], diffs: Sequence[NodeDiff], felt: Collection[str]
) -> str:
    """``dbt build -s …`` over what was edited and feels it; "" when nothing need be built.

    What needs a full refresh is built in a second command together with what reads it.
    """
    edited = {d.head for d in diffs if d.head and _is_built(nodes, d.head) and _needs_build(d)}
    wanted = edited | {node for node in felt if node in nodes and _is_built(nodes, node)}
    refreshed = {
        d.head
        for d in diffs
        if d.head in wanted and any(c.kind is ChangeKind.FULL_REFRESH for c in d.changes)
    }
    children = _children(nodes)
    again = wanted & (refreshed | _below(children, refreshed))
    commands = []
    if wanted - again:
        commands.append(f"dbt build -s {_selection(nodes, children, wanted - again)}")
    if again:
        commands.append(f"dbt build --full-refresh -s {_selection(nodes, children, again)}")
    return " && ".join(commands)


def _is_built(nodes: Mapping[str, Node], node_id: str) -> bool:
    node = nodes[node_id]
    return node.kind in _BUILT and node.materialized != "ephemeral"


def _needs_build(diff: NodeDiff) -> bool:
    return bool(diff.changes) or diff.status is Status.ADDED


def _children(nodes: Mapping[str, Node]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for node in nodes.values():
        if node.kind in _BUILT:
            for parent in node.parents:
                children.setdefault(parent, []).append(node.id)
    return children


def _below(children: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    level = set(starts)
    while level:
        level = {child for node in level for child in children.get(node, ())} - found
        found |= level
    return found


def _selection(
    nodes: Mapping[str, Node], children: Mapping[str, Iterable[str]], wanted: set[str]
) -> str:
    """Names, with a ``+`` where everything below is wanted too."""
    words: list[str] = []
    covered: set[str] = set()
    for node_id in sorted(wanted, key=lambda n: (-len(_below(children, [n])), n)):
        if node_id in covered:
            continue
        below = {n for n in _below(children, [node_id]) if nodes[n].materialized != "ephemeral"}
        covered.add(node_id)
        if below and below <= wanted:
            covered |= below
            words.append(f"{_name(nodes, node_id)}+")
        else:
            words.append(_name(nodes, node_id))
    return " ".join(sorted(words))


def _name(nodes: Mapping[str, Node], node_id: str) -> str:
    """The name dbt selects it by; with its package when that is not unique."""
    node = nodes[node_id]
    name = node.name if node.version is None else f"{node.name}.v{node.version}"
    same = [
        n for n in nodes.values() if n.kind in _BUILT and n.name == node.name and n.id != node.id
    ]
    if any(n.package != node.package for n in same):
        return f"{node.package}.{name}"
    return name
