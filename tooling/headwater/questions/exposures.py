"""Which exposures show something of a node."""

from __future__ import annotations

from collections.abc import Mapping

from headwater.core.project import Node


def exposures_below(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """The exposures that show something of each node, by id, sorted."""
    found: dict[str, list[str]] = {}
    for exposure in (n for n in nodes.values() if n.kind == "exposure"):
        ahead, met = [exposure.id], {exposure.id}
        while ahead:
            for parent in nodes[ahead.pop()].parents:
                if parent in nodes and parent not in met:
                    met.add(parent)
                    ahead.append(parent)
        for node in met - {exposure.id}:
            found.setdefault(node, []).append(exposure.id)
    return {node: tuple(sorted(names)) for node, names in found.items()}
