"""Who reads a column? Followed up from the readers, because being handed on is not being read.

A column is *used* when something is decided by it, tests it, promises it or shows it, or when it
ends in a table that is an end of the project. It is *unseen* when it may be used, but that cannot
be seen. Otherwise it is unused: nobody takes it, or it only feeds columns that are unused
themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from headwater.changes.consumers import shown_columns
from headwater.changes.hops import gaps_of
from headwater.changes.order import downstream_of
from headwater.changes.promises import names_in_config
from headwater.changes.relations import BLINDING
from headwater.changes.twins import twins
from headwater.core.columns import ColumnRef, short_name
from headwater.core.edges import ColumnFlag, EdgeFlag
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.loading import Loaded

HELD = frozenset({"model", "snapshot", "seed", "source"})
#: What reads a column by its name; a test does not make the model that it tests less of an end.
TESTS = frozenset({"test", "unit_test"})
_BY_NAME = TESTS | {"semantic_model", "metric", "saved_query"}
# As numbers: an operation on members of an enumeration makes a member, and there are millions.
_OPEN, _UNCLEAR = int(ColumnFlag.OPEN), int(ColumnFlag.OPAQUE | ColumnFlag.FAILED)
_AMBIGUOUS = int(EdgeFlag.AMBIGUOUS)


class Reading(IntEnum):
    """How far a column is read."""

    UNUSED = 0
    FEEDS = 1  #: it only feeds columns that are unused themselves
    UNSEEN = 2  #: it may be read, which cannot be seen
    USED = 3


@dataclass(slots=True)
class Readings:
    """What is known of every column. ``reasons`` says why a column is unseen; ``feeds`` lists the
    unused columns that an unused one feeds. ``ends`` are nodes that no node reads.
    """

    of: dict[ColumnRef, Reading] = field(default_factory=dict)
    reasons: dict[ColumnRef, str] = field(default_factory=dict)
    feeds: dict[ColumnRef, tuple[ColumnRef, ...]] = field(default_factory=dict)
    ends: tuple[str, ...] = ()


def readings(loaded: Loaded, *, ends_are_used: bool = True) -> Readings:
    """How far every column of every model, snapshot, seed and source is read."""
    walk = _Walk(loaded, ends_are_used)
    order, _ = downstream_of(loaded.graph, loaded.graph.nodes)
    for node in reversed(order):
        if loaded.graph.kind(node) in HELD:
            walk.judge(node)
    walk.found.ends = tuple(sorted(walk.found.ends))
    _share(loaded, walk.found, walk.twins)
    return walk.found


def _share(loaded: Loaded, found: Readings, shared: Mapping[str, tuple[str, ...]]) -> None:
    """What reads a relation reads it under each of the nodes that stand for it."""
    graph = loaded.graph
    for node, others in shared.items():
        for name in graph.column_names(node) if node in graph else ():
            ref = ColumnRef(node, name)
            for other in others:
                vertex = graph.find(ColumnRef(other, name)) if other in graph else None
                twin = None if vertex is None else graph.ref(vertex)
                if twin in found.of and ref in found.of and found.of[ref] < found.of[twin]:
                    found.of[ref] = found.of[twin]
                    found.reasons[ref] = found.reasons.get(twin, "")
                    found.feeds[ref] = found.feeds.get(twin, ())


class _Walk:
    """Nodes judged so far, from the ends up."""

    def __init__(self, loaded: Loaded, ends_are_used: bool) -> None:
        self.loaded = loaded
        self.graph: ColumnGraph = loaded.graph
        self.ends_are_used = ends_are_used
        self.found = Readings()
        self.twins = twins(loaded.project)
        self.unseen: dict[str, str] = {}
        self.kinds = dict(zip(self.graph.nodes, self.graph.data.kinds, strict=True))
        self.children: dict[str, list[str]] = {}
        for node in self.graph.nodes:
            for parent in self.graph.parents(node):
                if parent != node:
                    self.children.setdefault(parent, []).append(node)

    def judge(self, node: str) -> None:
        """Note how far each column of a node is read."""
        readers = self._readers(node)
        is_end = not readers and not any(map(self._readers, self.twins.get(node, ())))
        if is_end:
            self.found.ends = (*self.found.ends, node)
        said = self._by_others(node, readers)
        flags = self.graph.data.column_flags
        for vertex in self.graph.columns_of(node):
            if flags[vertex] & _OPEN:
                continue
            ref = self.graph.ref(vertex)
            reading, reason = said.get((ref.column or "").lower(), (Reading.UNUSED, ""))
            if is_end and self.ends_are_used:
                reading = Reading.USED
            if reading < Reading.USED:
                reading, reason = max((reading, reason), self._by_edges(vertex, ref))
            if reading < Reading.UNSEEN and "*" in said:
                reading, reason = said["*"]
                self.found.feeds.pop(ref, None)
            self.found.of[ref] = reading
            if reading is Reading.UNSEEN:
                self.found.reasons[ref] = reason

    def _readers(self, node: str) -> list[str]:
        return [c for c in self.children.get(node, ()) if self.kinds[c] not in TESTS]

    def _by_edges(self, vertex: int, ref: ColumnRef) -> tuple[Reading, str]:
        """What the edges out of a column say."""
        graph, feeds = self.graph, []
        best = (Reading.UNUSED, "")
        for number, target in graph.downstream(vertex):
            then = graph.ref(target)
            kind = self.kinds[then.node]
            if kind == "exposure" or then == ref:
                continue
            if then.node == ref.node:  # it reads itself, or a star over it hands on what is asked
                best = max(best, self._of_itself(target, then))
                continue
            if graph.data.edge_flags[number] & _AMBIGUOUS and then.column != "*":
                best = max(best, (Reading.UNSEEN, f"{short_name(then.node)} may read it"))
            elif kind in _BY_NAME or then.column is None:
                return Reading.USED, ""
            else:
                feeds.append(then)
                best = max(best, self._of_target(then))
        if feeds and best[0] is Reading.UNUSED:
            self.found.feeds[ref] = tuple(sorted(set(feeds)))
            return Reading.FEEDS, ""
        return best

    def _of_itself(self, vertex: int, then: ColumnRef) -> tuple[Reading, str]:
        if then.column != "*":
            return Reading.USED, ""
        taken = [self.graph.ref(target).node for _, target in self.graph.downstream(vertex)]
        others = sorted(node for node in taken if node != then.node)
        if not others:
            return Reading.UNUSED, ""
        return Reading.UNSEEN, f"{short_name(others[0])} hands all columns on"

    def _of_target(self, then: ColumnRef) -> tuple[Reading, str]:
        if then.column == "*":
            return Reading.UNSEEN, f"{short_name(then.node)} hands all columns on"
        reading = self.found.of.get(then, Reading.USED)
        if reading is Reading.USED:
            return reading, ""
        if reading is Reading.UNSEEN:
            return reading, self.found.reasons.get(then, "")
        return Reading.UNUSED, ""

    def _by_others(self, node: str, readers: Iterable[str]) -> dict[str, tuple[Reading, str]]:
        """What is read by no edge; ``*`` stands for every column of the node."""
        found: dict[str, tuple[Reading, str]] = {}
        known = self.loaded.project.nodes.get(node)
        if known is not None:
            for name in names_in_config(known):
                found[name.lower()] = (Reading.USED, "")
            if known.extra.get("contract_enforced"):
                found.update((c.name.lower(), (Reading.USED, "")) for c in known.columns)
            if known.access == "public":
                found["*"] = (Reading.UNSEEN, "public: other projects may read it")
        for reader in readers:
            why = self._unseen_by(reader)
            if why:
                found.setdefault("*", (Reading.UNSEEN, why))
            if self.graph.kind(reader) == "exposure":
                _shown(found, self.loaded, node, reader)
        return found

    def _unseen_by(self, reader: str) -> str:
        """Why a reader may read anything; empty when it cannot."""
        if reader not in self.unseen:
            self.unseen[reader] = self._look_at(reader)
        return self.unseen[reader]

    def _look_at(self, reader: str) -> str:
        name = short_name(reader)
        if any(gap.reason in BLINDING for gap in gaps_of(self.graph, reader)):
            return f"{name} could not be seen"
        flags = self.graph.data.column_flags
        if any(flags[vertex] & _UNCLEAR for vertex in self.graph.columns_of(reader)):
            return f"{name} has columns of unknown origin"
        return ""


def _shown(found: dict[str, tuple[Reading, str]], loaded: Loaded, node: str, exposure: str) -> None:
    """An exposure shows the columns that it lists, or any when it lists none."""
    known = loaded.project.nodes.get(exposure)
    shown = shown_columns(known) if known is not None else None
    if shown is None:
        found.setdefault("*", (Reading.UNSEEN, f"{short_name(exposure)} may show it"))
        return
    owner = short_name(node).lower()
    for name in loaded.graph.column_names(node):
        if shown & {name.lower(), f"{owner}.{name.lower()}"}:
            found[name.lower()] = (Reading.USED, "")
