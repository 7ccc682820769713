"""Which exposures show something of a node."""

from __future__ import annotations

from collections.abc import Mapping

from headwater.core.columns import kind_of
from headwater.core.project import Node


def exposures_below(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """The exposures that show something of each node, by id, sorted."""
    found: dict[str, list[str]] = {}
    for exposure in (name for name in nodes if kind_of(name) == "exposure"):
        ahead, met = [exposure], {exposure}
        while ahead:
            for parent in nodes[ahead.pop()].parents:
                if parent in nodes and parent not in met:
                    met.add(parent)
                    ahead.append(parent)
        for node in met - {exposure}:
            found.setdefault(node, []).append(exposure)
    return {node: tuple(sorted(names)) for node, names in found.items()}
