"""Where personal data goes: from declared columns along direct edges, and what masks leave of it.

A *load* is data of one class in one column or row set. Each has the worst level at which it
arrives, and the edge by which it came so.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from headwater.core.edges import (
    CALLS,
    FIRST_CALL,
    NOTHING_LEFT,
    STRIDE,
    ColumnFlag,
    Effect,
    NodeLineage,
)
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.pii_words import Level, level_after

BLIND = -2  #: came through a node that cannot be seen
START = -1
_DIRECT = int(Effect.AGGREGATION)
_UNSEEN = int(ColumnFlag.OPAQUE | ColumnFlag.FAILED)
_MAKERS = frozenset(("model", "snapshot", "function"))


class Came(NamedTuple):
    """By which edge a load came, from where (`START`, `BLIND`), and what was left of it before."""

    edge: int
    source: int


class Flow:
    """The loads of every vertex that has some."""

    def __init__(self, graph: ColumnGraph, caps: Mapping[int, str]) -> None:
        self.graph = graph
        self.levels: dict[int, dict[str, Level]] = {}
        self.came: dict[tuple[int, str], Came] = {}
        #: Columns that personal data reached with nothing left; whether an exception says so.
        self.emptied: dict[int, bool] = {}
        #: Exceptions and masked views: of these classes (none: of all) at most this much is left.
        self.held: dict[int, list[tuple[tuple[str, ...], Level]]] = {}
        self.settled: set[int] = set()  #: columns of unseen nodes that declare what they hold
        self._caps = caps
        self._work: deque[tuple[int, str]] = deque()
        self._fog = _fog(graph)
        self._fogged: set[tuple[int, str]] = set()
        self._owners = graph.owners()

    def start(self, vertex: int, name: str, level: Level) -> None:
        """Data of a class begins in a column."""
        self._arrive(vertex, name, level, Came(START, START))

    def run(self) -> None:
        """Follow everything to where it ends."""
        data, caps, work = self.graph.data, self._caps, self._work
        down_at, down, target, effect, flags = (
            data.down_at, data.down, data.target, data.effect, data.edge_flags,
        )  # fmt: skip
        while work:
            vertex, name = work.popleft()
            level = self.levels[vertex][name]
            for at in range(down_at[vertex], down_at[vertex + 1]):
                edge = down[at]
                if effect[edge] > _DIRECT:
                    continue
                left = level_after(level, flags[edge])
                if caps and edge in caps:
                    left = _capped(left, level, caps[edge])
                if left is Level.NONE:
                    self.emptied.setdefault(target[edge], False)
                else:
                    self._arrive(target[edge], name, left, Came(edge, vertex))
            if self._fog:
                self._enter_fog(vertex, name)
        self._spread()

    def _spread(self) -> None:
        """What is made of nothing is nothing: follow the emptied columns, too."""
        data, spread = self.graph.data, deque(self.emptied)
        while spread:
            vertex = spread.popleft()
            for at in range(data.down_at[vertex], data.down_at[vertex + 1]):
                edge = data.down[at]
                target = data.target[edge]
                if data.effect[edge] <= _DIRECT and target not in self.emptied:
                    self.emptied[target] = self.emptied[vertex]
                    spread.append(target)

    def _arrive(self, vertex: int, name: str, level: Level, came: Came) -> None:
        for classes, most in self.held.get(vertex, ()):
            if not classes or name in classes:
                level = max(level, most)
        if level is Level.NONE:
            self.emptied[vertex] = True
            return
        there = self.levels.setdefault(vertex, {})
        have = there.get(name)
        if have is None or level < have:
            there[name] = level
            self.came[vertex, name] = came
            self._work.append((vertex, name))

    def _enter_fog(self, vertex: int, name: str) -> None:
        """What reaches an input of a node that cannot be seen may be in anything it makes."""
        owner = self._owners[vertex]
        hidden = self._fog.get(owner)
        if hidden is None or (owner, name) in self._fogged:
            return
        self._fogged.add((owner, name))
        for each in hidden:
            if each not in self.settled:
                self._arrive(each, name, Level.UNKNOWN, Came(BLIND, vertex))

    def path(self, vertex: int, name: str) -> list[tuple[int, Came]]:
        """The way of a load from where it began: (vertex, how it came there), that first."""
        found: list[tuple[int, Came]] = []
        seen: set[int] = set()
        while vertex >= 0 and vertex not in seen:
            seen.add(vertex)
            came = self.came.get((vertex, name))
            if came is None:
                break
            found.append((vertex, came))
            vertex = came.source
        return found[::-1]


def _capped(left: Level, before: Level, word: str) -> Level:
    """What a declared function leaves; ``reveal`` makes a pseudonym raw again."""
    if word == "reveal":
        return Level.RAW if before in (Level.RAW, Level.PSEUDONYMISED) else before
    return max(
        left, {"partial": Level.PARTIAL, "pseudonymised": Level.PSEUDONYMISED}.get(word, Level.NONE)
    )


def _fog(graph: ColumnGraph) -> dict[int, tuple[int, ...]]:
    """Number of a node -> vertices that may hold anything of it, because nobody can see how."""
    data = graph.data
    numbers = {node: at for at, node in enumerate(data.nodes)}
    lost = {numbers[g.node] for g in graph.gaps if g.reason in NOTHING_LEFT and g.node in numbers}
    lost |= {at for at, kind in enumerate(data.kinds) if kind == "function"}
    found: dict[int, list[int]] = {}
    for at, kind in enumerate(data.kinds):
        if kind not in _MAKERS:
            continue
        first, end = data.first[at], data.first[at + 1]
        hidden = [
            vertex
            for vertex in range(first, end)
            if at in lost or data.column_flags[vertex] & _UNSEEN
        ]
        if not hidden:
            continue
        for parent in data.parents[data.parent_at[at] : data.parent_at[at + 1]]:
            if parent != at:
                found.setdefault(parent, []).extend(hidden)
    return {parent: tuple(vertices) for parent, vertices in found.items()}


def lost_nodes(graph: ColumnGraph) -> dict[str, str]:
    """Node -> why nothing of it can be seen."""
    return {gap.node: gap.reason for gap in graph.gaps if gap.reason in NOTHING_LEFT}


# -- declared functions ---------------------------------------------------------------------------


def call_caps(
    graph: ColumnGraph,
    lineages: Mapping[str, NodeLineage],
    masks: Mapping[str, str],
    mentioning: Iterable[str],
) -> dict[int, str]:
    """Edge -> what a declared function on all of its ways leaves. ``mentioning``: where to look."""
    found: dict[int, str] = {}
    for node in mentioning:
        lineage = lineages.get(node)
        if lineage is None or node not in graph:
            continue
        bits = _declared_bits(lineage.calls, masks)
        if bits:
            found.update(_caps_of(graph, lineage, bits))
    return found


def _declared_bits(calls: tuple[str, ...], masks: Mapping[str, str]) -> list[tuple[int, str]]:
    found = []
    for at, name in enumerate(calls[:CALLS]):
        word = masks.get(name) or masks.get(name.rpartition(".")[2])
        if word is not None:
            found.append((FIRST_CALL << at, word))
    return found


_ORDER = ("reveal", "none", "pseudonymised", "partial")


def _caps_of(
    graph: ColumnGraph, lineage: NodeLineage, bits: list[tuple[int, str]]
) -> dict[int, str]:
    data, links = graph.data, lineage.links
    words: dict[tuple[int, ...], str] = {}
    for at in range(0, len(links), STRIDE):
        source, target, effect, flags, start, end = links[at : at + STRIDE]
        passed = [word for bit, word in bits if flags & bit]
        if passed:
            from_vertex = graph.find(lineage.sources[source])
            key = (-1 if from_vertex is None else from_vertex, target, effect, start, end)
            words[key] = min(passed, key=_ORDER.index)
    if not words:
        return {}
    names = {name.lower(): at for at, name in reversed(list(enumerate(lineage.columns)))}
    found = {}
    for vertex in graph.columns_of(lineage.node):
        place = names.get(graph.name(vertex).lower(), -1)
        for edge, source in graph.upstream(vertex):
            key = (source, place, data.effect[edge], data.start[edge], data.end[edge])
            if key in words:
                found[edge] = words[key]
    return found
