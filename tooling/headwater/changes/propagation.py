"""What is felt downstream of a list of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from headwater.core.changes import Hit, Verdict
from headwater.core.columns import ColumnRef


class Orphan(NamedTuple):
    """Something beside the SQL that names a column, or a node, that is gone.

    ``what`` is ``test``, ``unit test``, ``column doc``, ``contract``, ``config`` …; ``node`` is
    the node that it belongs to (a test's own id; for the rest the described node).
    """

    what: str
    node: str
    names: ColumnRef


@dataclass(frozen=True)
class Propagation:
    """The answer.

    *Shape*: ``hits`` sorted by depth, node, column and verdict (the worst first); never two of one
    verdict at one place. ``untouched`` are the nodes that depend on a changed node and feel
    nothing, sorted. ``blocked`` nodes break only because a node above them does: dbt would skip
    them.
    """

    hits: tuple[Hit, ...] = ()
    untouched: tuple[str, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    blocked: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_node(self) -> dict[str, tuple[Hit, ...]]:
        """The hits of every node that has some, sorted by node."""
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.place.node, []).append(hit)
        return {node: tuple(found[node]) for node in sorted(found)}

    def of(self, node: str) -> tuple[Hit, ...]:
        """The hits of one node, the nearest and worst first."""
        return self.by_node.get(node, ())

    def worst(self, node: str) -> Verdict:
        """The worst that the node feels; UNTOUCHED when it feels nothing."""
        return max((hit.verdict for hit in self.of(node)), default=Verdict.UNTOUCHED)

    def verdict(self, place: ColumnRef) -> Verdict:
        """The worst at one column or row set; a node that breaks takes all of its places along."""
        column = (place.column or "").lower()
        felt = Verdict.UNTOUCHED
        for hit in self.of(place.node):
            here = (hit.place.column or "").lower() == column
            whole = hit.place.column is None and hit.verdict is Verdict.BREAKS
            if here or whole:
                felt = max(felt, hit.verdict)
        return felt

    def leading(self, node: str) -> Hit | None:
        """The hit to show when only one is shown: of the worst verdict the nearest."""
        hits = self.of(node)

        def order(hit: Hit) -> tuple[int, int, str, int]:
            return -hit.verdict, hit.depth, hit.place.column or "", hit.origin

        return min(hits, key=order, default=None)

    def path(self, hit: Hit) -> tuple[ColumnRef, ...]:
        """The places from the change to this one, by the nearest way; the hit's own comes last."""
        way = [hit.place]
        at: Hit | None = hit
        while at is not None and at.via != at.place and at.via not in way:
            way.append(at.via)
            at = next(self._at(at.via, at), None)
        return tuple(reversed(way))

    def _at(self, place: ColumnRef, then: Hit) -> Iterator[Hit]:
        """The hits at a place that may have led to another one, the likeliest first."""
        found = [
            hit
            for hit in self.of(place.node)
            if hit.place == place and hit.origin == then.origin and hit.depth <= then.depth
        ]
        return iter(sorted(found, key=lambda hit: (-hit.depth, -hit.verdict)))
