"""What of a graph is touched when a few nodes change; or that it cannot be said locally.

A change is *local* when no column comes or goes because somebody reads it (see demand.py), before
or after: then the vertices and edges of every node that is not named here are as they were.
Whatever is not plainly local ends in `NotLocalError`, and the graph is built anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.build import CONSUMERS
from headwater.graph.column_graph import EXTERNAL
from headwater.graph.consumers import consumer_lineage
from headwater.graph.drafts import STAR, Draft, draft_node

if TYPE_CHECKING:
    from headwater.core.edges import NodeLineage
    from headwater.core.project import Project
    from headwater.graph.column_graph import ColumnGraph

#: Kinds whose edges depend on more than their parents, and kinds on which such edges depend.
_FAR_READING = frozenset({"metric", "saved_query"})
_FAR_READ = _FAR_READING | {"function", "semantic_model", EXTERNAL}


class NotLocalError(Exception):
    """The change may reach further than can be told from the nodes it names."""


@dataclass(frozen=True, slots=True)
class Side:
    """A project and its lineages: before, or after."""

    project: Project
    lineages: Mapping[str, NodeLineage]


@dataclass(frozen=True, slots=True)
class Change:
    """``nodes`` are those that differ, in what dbt says or in lineage, or came; others are gone."""

    before: Side
    after: Side
    nodes: frozenset[str]
    gone: frozenset[str]


class Drafts(Mapping[str, Draft]):
    """The columns of every node: those given, and for the rest what the graph has."""

    def __init__(self, graph: ColumnGraph, gone: frozenset[str]) -> None:
        self._graph = graph
        self._gone = gone
        self._first: Mapping[str, int] | None = None
        self.made: dict[str, Draft] = {}

    def __getitem__(self, key: str) -> Draft:
        found = self.made.get(key)
        if found is None:
            if key not in self:
                raise KeyError(key)
            found = self.made[key] = self._from_graph(key)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.made or (key in self._graph and key not in self._gone)  # type: ignore[operator]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._graph.nodes, *self.made} - self._gone))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def settle(self, first: Mapping[str, int]) -> None:
        """Say which vertex is each node's first."""
        self._first = first
        for key, draft in self.made.items():
            draft.first = first[key]

    def _from_graph(self, key: str) -> Draft:
        names = list(self._graph.column_names(key))
        flags = [int(self._graph.flags(v)) for v in self._graph.columns_of(key)]
        index = {name.lower(): place for place, name in enumerate(names)}
        draft = Draft(key, self._graph.kind(key), names, flags, index, len(names))
        draft.first = self._first[key] if self._first is not None else 0
        return draft


@dataclass(slots=True)
class View:
    """One side of a change: the touched nodes' drafts, and what they read.

    ``told`` are nodes whose reads follow from what dbt says of them, not from their SQL.
    """

    side: Side
    drafts: Drafts
    used: dict[str, NodeLineage] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def draw(self, ids: frozenset[str]) -> None:
        """Make the drafts of these nodes; those that read others' drafts last.

        *Raises*: `NotLocalError` for a node with columns that are not known.
        """
        nodes = self.side.project.nodes
        mine = sorted(key for key in ids if key in nodes)
        for key in mine:
            lineage = self.side.lineages.get(key)
            if lineage is not None and (lineage.columns or lineage.links):
                self.used[key] = lineage
            self._keep(key, lineage)
        for kind in CONSUMERS:
            for key in mine:
                if nodes[key].kind == kind and key not in self.used:
                    lineage = consumer_lineage(nodes[key], self.side.project, self.drafts)
                    if lineage is not None:
                        self.used[key] = lineage
                        self.told.add(key)
                        self._keep(key, lineage)

    def _keep(self, key: str, lineage: NodeLineage | None) -> None:
        draft, said = draft_node(self.side.project.nodes[key], lineage)
        if said or STAR in draft.index:
            raise NotLocalError(f"{key} has columns that are not known")
        self.drafts.made[key] = draft


class Reach:
    """The nodes to be drawn anew, seen from both sides."""

    def __init__(self, graph: ColumnGraph, change: Change) -> None:
        self._graph = graph
        self._change = change
        self._created: dict[str, frozenset[str]] = {}
        self.before = View(change.before, Drafts(graph, frozenset()))
        self.after = View(change.after, Drafts(graph, change.gone))
        touched = change.nodes | change.gone
        self._check_kinds(touched, _FAR_READ)
        self.before.draw(touched)
        self.after.draw(change.nodes)
        readers = self._readers(touched)
        self._check_kinds(readers, _FAR_READING)
        self.before.draw(readers)
        self.after.draw(readers)
        self.nodes = change.nodes | readers  #: drawn anew
        for key in self.nodes | change.gone:
            self._check(key, key in readers)

    def _check_kinds(self, ids: frozenset[str], far: frozenset[str]) -> None:
        for side in (self._change.before, self._change.after):
            for key in ids:
                node = side.project.nodes.get(key)
                if node is not None and node.kind in far:
                    raise NotLocalError(f"{key} is read from afar")

    def _readers(self, touched: frozenset[str]) -> frozenset[str]:
        """The untouched nodes that depend on touched ones whose columns differ; and unit tests."""
        graph, before, after = self._graph, self.before.drafts.made, self.after.drafts.made
        reshaped = {
            key
            for key in touched
            if key not in before
            or key not in after
            or before[key].names != after[key].names
            or before[key].complete != after[key].complete
        }
        numbers = {graph.number(key) for key in touched} - {None}
        data, found = graph.data, set()
        for at, number in enumerate(data.parents):
            if number in numbers:
                reader = bisect_right(data.parent_at, at) - 1
                is_unit_test = data.kinds[reader] == "unit_test"
                if is_unit_test or data.nodes[number] in reshaped:
                    found.add(data.nodes[reader])
        return frozenset(found - touched)

    def _check(self, key: str, is_reader: bool) -> None:
        before, after = self.before.drafts.made.get(key), self.after.drafts.made.get(key)
        if before is not None and tuple(before.names) != self._graph.column_names(key):
            raise NotLocalError(f"{key} has columns because they are read")
        if is_reader and (before is None or after is None or before.names != after.names):
            raise NotLocalError(f"{key} changes with what it reads")
        for view in (self.before, self.after):
            lineage = view.side.lineages.get(key)
            if lineage is not None and any(gap.node != key for gap in lineage.gaps):
                raise NotLocalError(f"{key} has gaps of other nodes")
        self._check_names(key)
        for node, column in self.after.used[key].sources if key in self.after.used else ():
            if node not in self.after.drafts:
                raise NotLocalError(f"{key} reads {node}, which was not there")
            if column is not None and column.lower() not in self.after.drafts[node].index:
                raise NotLocalError(f"{key} reads '{column}' of {node}, which was not there")
        if self._demands(self.before, key) != self._demands(self.after, key):
            raise NotLocalError(f"{key} reads other columns that are there because they are read")

    def _check_names(self, key: str) -> None:
        before = self._change.before.project.nodes.get(key)
        after = self._change.after.project.nodes.get(key)
        if before is not None and after is not None and before.name != after.name:
            raise NotLocalError(f"{key} has another name")

    def _demands(self, view: View, key: str) -> list[tuple[str, str | None]]:
        """What the node reads that is only there because it is read, in order."""
        lineage = view.used.get(key)
        found: list[tuple[str, str | None]] = []
        for node, column in lineage.sources if lineage is not None else ():
            if column == STAR:
                raise NotLocalError(f"{key} reads columns that are not known")
            if node not in self._graph or node in self.nodes or node in self._change.gone:
                continue
            outside = self._graph.kind(node) == EXTERNAL
            if outside or (column and column.lower() in self._created_columns(node)):
                found.append((node, column))
        if found and key in view.told:
            raise NotLocalError(f"{key} may read what others have it read")
        return found

    def _created_columns(self, node_id: str) -> frozenset[str]:
        """The columns of an untouched node that it has because they are read, in lower case."""
        known = self._created.get(node_id)
        if known is None:
            side = self._change.before
            node = side.project.nodes[node_id]
            draft, _ = draft_node(node, side.lineages.get(node_id))
            own = frozenset() if node.kind in CONSUMERS else frozenset(draft.index)
            names = frozenset(name.lower() for name in self._graph.column_names(node_id))
            known = self._created[node_id] = names - own
        return known
