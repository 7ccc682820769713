"""What is shared while a list of changes is followed through the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from headwater.changes.felt import Cause, Feel, States, onward
from headwater.changes.propagation import Orphan
from headwater.changes.whatif import WhatIf
from headwater.core.changes import NOWHERE, Axis, Change
from headwater.core.columns import ColumnRef
from headwater.core.edges import Span
from headwater.core.project import Node
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.loading import Loaded

NO_SPAN = NOWHERE
#: Kinds that stand for a relation, or for code inside one.
BUILT = frozenset({"model", "snapshot", "seed", "source", "function", "external"})
COME_AND_GO = (Feel.GONE, Feel.NEW)


@dataclass(slots=True)
class Following:
    """The state of one walk. ``reshaped`` says why a relation has other columns."""

    loaded: Loaded
    changes: Sequence[Change]
    base: Loaded | None
    states: States
    whatif: WhatIf
    reshaped: dict[str, Cause] = field(default_factory=dict)
    orphans: set[Orphan] = field(default_factory=set)

    @property
    def graph(self) -> ColumnGraph:
        """The graph of the readers."""
        return self.loaded.graph

    def node(self, node: str) -> Node | None:
        """What dbt told of a node; ``None`` outside the project."""
        return self.loaded.project.nodes.get(node)

    def parents(self, node: str) -> tuple[str, ...]:
        """The nodes above, with those the SQL reads beside its ``depends_on``."""
        lineage = self.loaded.lineages.get(node)
        known = [p for p in self.graph.parents(node) if p != node]
        more = {s.node for s in lineage.sources} - {*known, node} if lineage else set()
        return (*known, *sorted(more))

    def moves(self, node: str) -> bool:
        """Whether anything at all happens to a node."""
        states = self.states
        return node in states or node in self.reshaped or node in states.dropped

    def felt_above(self, node: str) -> Iterator[tuple[ColumnRef, Cause]]:
        """Of each parent that feels something, the place with the nearest cause."""
        for parent in self.parents(node):
            found = self.states.nearest(parent)
            if found is None and parent in self.reshaped:
                found = ColumnRef(parent, None), self.reshaped[parent]
            if found is not None:
                yield found

    def gone(self, node: str) -> dict[str, Cause]:
        """The columns of a node that are not there any more."""
        return self.states.columns(node, Feel.GONE)

    def fail(self, node: str, via: ColumnRef, cause: Cause, why: tuple[str, Span]) -> None:
        """Note that a node breaks because of something one node above."""
        self.states.add(ColumnRef(node, None), Feel.BREAKS, onward(via, cause, *why))

    def fail_whole(self, node: str) -> bool:
        """Whether the node breaks because something it refers to does, or is gone; noted."""
        for parent in self.parents(node):
            cause = self.states.breaks(parent)
            if cause is None or self.graph_kind(parent) not in BUILT:
                continue
            if self.is_gone(parent):
                reason = "refers to what is gone"
                self.states.blocked.discard(node)
            else:
                reason = "is not built: what it reads breaks"
                if self.states.breaks(node) is None:
                    self.states.blocked.add(node)
            self.fail(node, ColumnRef(parent, None), cause, (reason, NO_SPAN))
        return self.states.breaks(node) is not None

    def is_gone(self, node: str) -> bool:
        """Whether the node as a whole is taken away, or goes by another name."""
        cause = self.states.breaks(node)
        at_home = cause is not None and cause.depth == 0 and cause.via == (node, "")
        return (
            cause is not None
            and at_home
            and (self.changes[cause.origin].kind.axis is Axis.CONTRACT)
        )

    def graph_kind(self, node: str) -> str:
        """The kind of a node; ``external`` for what the graph does not know."""
        return self.graph.kind(node) if node in self.graph else "external"
