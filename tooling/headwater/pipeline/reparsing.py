"""The lineages after a change: those of an earlier load, but for the nodes that the change reaches.

A node is understood again when it changed, or when what it may read of its inputs did: what an
unchanged node reads of unchanged inputs is what it was. Where that cannot be told from
``depends_on`` alone (cycles, SQL that reads nodes dbt was not told of) nothing is said at all, and
the whole project is gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from headwater.artifacts.stored import OverlaidNodes
from headwater.cache.states import WarmState
from headwater.cache.stored import OverlaidLineages, StoredLineages
from headwater.core.edges import GapReason, NodeLineage
from headwater.core.project import Node, Project
from headwater.core.relations import SqlContext
from headwater.graph.column_graph import EXTERNAL
from headwater.pipeline.contexts import Contexts, offered, relation_key, texts_of
from headwater.pipeline.ordering import batches
from headwater.pipeline.parsing import KINDS, Counts, Tools, Walk, is_known_test

_OFFERING = KINDS - {"test"}


@dataclass(frozen=True, slots=True)
class Reparsed:
    """The lineages after a change. ``nodes`` differ, in what dbt says or in lineage, or came."""

    lineages: OverlaidLineages
    nodes: frozenset[str]
    gone: frozenset[str]
    counts: Counts


def reparsed(earlier: WarmState, project: Project, tools: Tools) -> Reparsed | None:
    """The lineages of ``project``; ``None`` when it has to be gone through as a whole."""
    if not isinstance(project.nodes, OverlaidNodes):
        return None
    if not isinstance(earlier.lineages, StoredLineages):
        return None
    if earlier.project.adapter != project.adapter or earlier.loose.undeclared:
        return None
    if any(gap.reason == GapReason.CYCLE for gap in earlier.graph.gaps):
        return None
    walk = _Again(earlier, project, project.nodes, earlier.lineages, tools)
    return None if walk.is_tied_elsewhere() else walk.found()


@dataclass(slots=True)
class _Again:
    """The nodes that a change reaches, in order."""

    earlier: WarmState
    project: Project
    nodes: OverlaidNodes
    old: StoredLineages
    tools: Tools
    differ: frozenset[str] = field(init=False)
    gone: frozenset[str] = field(init=False)
    moved: set[str] = field(init=False)
    walk: Walk = field(init=False)
    _ready: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        before = self.earlier.project.nodes
        self.differ = frozenset(self.nodes.fresh)
        self.gone = frozenset(key for key in before if key not in self.nodes)
        self.moved = set(self.gone)
        contexts = Contexts(self.nodes, self.tools.dialect, self.tools.stamp)
        self.walk = Walk(self.project, self.tools, frozenset(), contexts)

    def is_tied_elsewhere(self) -> bool:
        """Whether untouched nodes may read changed ones that their ``depends_on`` does not name."""
        before = self.earlier.project.nodes
        if not self.earlier.loose.missing.isdisjoint(self.differ.difference(before)):
            return True
        outside = set(self._outside())
        if not outside:
            return False
        touched = [before[key] for key in (*self.differ, *self.gone) if key in before]
        touched += self.nodes.fresh.values()
        return any(node.relation and relation_key(node.relation) in outside for node in touched)

    def _outside(self) -> Iterator[str]:
        """The relations that are read but belong to no input of their readers."""
        prefix, graph = SqlContext("", "").external, self.earlier.graph
        for node, kind in zip(graph.nodes, graph.data.kinds, strict=True):
            if kind == EXTERNAL:
                yield node.removeprefix(prefix).lower()
        for gap in graph.gaps:
            if gap.reason == GapReason.UNKNOWN_RELATION:
                yield relation_key(gap.detail.partition(" could be ")[0])

    def found(self) -> Reparsed | None:
        """The lineages, or ``None`` where the order of understanding is not this one's."""
        start = self.differ.union(self._reheaded())
        order, cyclic = batches(self._parents(self._downstream(start | self.gone)))
        if cyclic:
            return None
        again = set(start)
        for batch in order:
            todo = [key for key in batch if key in start or self._has_moved_parent(key)]
            again.update(todo)
            self._understand([key for key in todo if not is_known_test(self.nodes[key])])
        if self.walk.counts.undeclared:
            return None
        done = self.walk.lineages
        fresh = {key: found for key, found in done.items() if self.old.get(key) != found}
        lost = again.intersection(self.old).difference(done)
        lineages = OverlaidLineages(self.old, fresh, lost | self.gone)
        headers = sum(key.startswith("seed.") for key in lineages)
        counts = Counts(len(lineages) - headers, self.walk.counts.parsed)
        return Reparsed(lineages, self.differ | fresh.keys() | lost, self.gone, counts)

    # -- which -----------------------------------------------------------------------------------

    def _reheaded(self) -> Iterator[str]:
        """The seeds whose CSV header is another one now."""
        data = self.earlier.graph.data
        for key, kind in zip(data.nodes, data.kinds, strict=True):
            if kind == "seed" and key in self.nodes and key not in self.differ:
                lineage = self.walk.without_sql(self.nodes[key])
                if lineage != self.old.get(key):
                    yield key

    def _downstream(self, ids: Iterable[str]) -> set[str]:
        """These and everything that depends on them, as far as it is still there."""
        data = self.earlier.graph.data
        children: dict[int, list[int]] = {}
        for child, low in enumerate(data.parent_at[:-1]):
            for parent in data.parents[low : data.parent_at[child + 1]]:
                children.setdefault(parent, []).append(child)
        reached = set(ids)
        numbers = [self.earlier.graph.number(key) for key in reached]
        queue = [number for number in numbers if number is not None]
        while queue:
            for child in children.get(queue.pop(), ()):
                if data.nodes[child] not in reached:
                    reached.add(data.nodes[child])
                    queue.append(child)
        return {key for key in reached if key in self.nodes}

    def _parents(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        graph, found = self.earlier.graph, {}
        for key in ids:
            fresh = self.nodes.fresh.get(key)
            kind = fresh.kind if fresh else graph.kind(key)
            if kind in KINDS:
                found[key] = fresh.parents if fresh else graph.parents(key)
        return found

    def _has_moved_parent(self, key: str) -> bool:
        return not self.moved.isdisjoint(self.nodes[key].parents)

    # -- again -----------------------------------------------------------------------------------

    def _understand(self, batch: list[str]) -> None:
        for key in batch:
            for parent in self.nodes[key].parents:
                self._offer(parent)
        self.walk.understand(batch)
        for key in batch:
            self._ready.add(key)
            if self._offers_other(self.nodes[key]):
                self.moved.add(key)

    def _offer(self, key: str) -> None:
        """Let the walk know what an input that is as it was has to offer."""
        if key in self._ready or key not in self.nodes:
            return
        self._ready.add(key)
        node = self.nodes[key]
        if node.kind not in _OFFERING:
            return
        if node.relation is None:  # an ephemeral model hands on the ephemeral ones inside it
            for parent in node.parents:
                self._offer(parent)
        self.walk.contexts.offer(node, self.old.get(key))

    def _offers_other(self, node: Node) -> bool:
        before = self.earlier.project.nodes.get(node.id)
        if before is None or _naming(before) != _naming(node):
            return True
        if node.relation is None and self._has_moved_parent(node.id):
            return True
        new: NodeLineage | None = self.walk.lineages.get(node.id)
        return offered(before, self.old.get(node.id)) != offered(node, new)


def _naming(node: Node) -> tuple[object, ...]:
    return node.kind, node.relation, node.name, node.extra.get("alias"), texts_of(node)
