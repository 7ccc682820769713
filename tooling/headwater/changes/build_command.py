"""The smallest ``dbt build`` that brings a change into the warehouse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from headwater.changes.node_diff import NodeDiff, Status
from headwater.core.changes import ChangeKind
from headwater.pipeline.loading import Loaded

_BUILT = frozenset({"model", "seed", "snapshot"})


def build_command(head: Loaded, diffs: Sequence[NodeDiff], felt: Collection[str]) -> str:
    """``dbt build -s …`` over what was edited and feels it; "" when nothing need be built.

    What needs a full refresh is built in a second command together with what reads it.
    """
    project = _Built(head)
    edited = {d.head for d in diffs if d.head and (d.changes or d.status is Status.ADDED)}
    wanted = {node for node in (*edited, *felt) if project.is_built(node)}
    refreshed = {
        d.head
        for d in diffs
        if d.head in wanted and any(c.kind is ChangeKind.FULL_REFRESH for c in d.changes)
    }
    again = wanted & (refreshed | project.below(refreshed))
    commands = []
    if wanted - again:
        commands.append(f"dbt build -s {project.selection(wanted - again)}")
    if again:
        commands.append(f"dbt build --full-refresh -s {project.selection(again)}")
    return " && ".join(commands)


class _Built:
    """What dbt builds of a project, and who reads whom."""

    def __init__(self, head: Loaded) -> None:
        self._nodes = head.project.nodes
        self._ids = [node for node in self._nodes if node.partition(".")[0] in _BUILT]
        self._children: dict[str, list[str]] = {}
        for node in self._ids:
            for parent in head.graph.parents(node) if node in head.graph else ():
                self._children.setdefault(parent, []).append(node)
        self._packages: dict[str, set[str]] = {}
        for node in self._ids:
            _, package, name = node.split(".", 2)
            self._packages.setdefault(name, set()).add(package)

    def is_built(self, node: str) -> bool:
        """Whether it becomes a relation of its own."""
        if node.partition(".")[0] not in _BUILT or node not in self._nodes:
            return False
        return self._nodes[node].materialized != "ephemeral"

    def below(self, starts: Iterable[str]) -> set[str]:
        """Everything that reads these, directly or not."""
        found: set[str] = set()
        level = set(starts)
        while level:
            level = {c for node in level for c in self._children.get(node, ())} - found
            found |= level
        return found

    def selection(self, wanted: set[str]) -> str:
        """Names, with a ``+`` where everything below is wanted too."""
        words: list[str] = []
        covered: set[str] = set()
        below = {node: self.below([node]) for node in wanted}
        for node in sorted(wanted, key=lambda n: (-len(below[n]), n)):
            if node in covered:
                continue
            covered.add(node)
            readers = {n for n in below[node] if n in wanted or self.is_built(n)}
            if readers and readers <= wanted:
                covered |= readers
                words.append(f"{self._name(node)}+")
            else:
                words.append(self._name(node))
        return " ".join(sorted(words))

    def _name(self, node: str) -> str:
        """The name dbt selects it by; with its package when that is not unique."""
        _, package, name = node.split(".", 2)
        return f"{package}.{name}" if len(self._packages[name]) > 1 else name
