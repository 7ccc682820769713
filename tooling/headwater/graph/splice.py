"""The graph after a local change: the graph before it, with a few nodes drawn anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.build import (
    Plan,
    append_sorted,
    by_source,
    lineage_links,
    offsets_of,
    own_gaps,
    sorted_gaps,
    whole_reads,
)
from headwater.graph.change import NotLocalError, Reach
from headwater.graph.column_graph import ColumnGraph, GraphData

if TYPE_CHECKING:
    from headwater.core.edges import Gap
    from headwater.graph.change import Change

_GONE = -1


def changed_graph(graph: ColumnGraph, change: Change) -> ColumnGraph | None:
    """What `build_graph` would make of the project after the change; ``None``: build it anew."""
    try:
        return _Splice(graph, change, Reach(graph, change)).graph()
    except NotLocalError:
        return None


class _Run(NamedTuple):
    """Nodes that stay as they were, by their numbers before: ``low`` up to ``high``."""

    low: int
    high: int


class _Splice:
    """The arrays of the graph after the change, run by run."""

    def __init__(self, graph: ColumnGraph, change: Change, reach: Reach) -> None:
        self._old = graph.data
        self._change = change
        self._anew = reach.nodes
        self._drafts = reach.after.drafts
        came = reach.nodes.difference(graph.nodes)
        gone = change.gone
        self._order = sorted([*(n for n in graph.nodes if n not in gone), *came])
        self._number_before = {node: at for at, node in enumerate(graph.nodes)}
        self._plan = Plan(self._drafts, reach.after.used, [])
        self._first = self._numbered()
        self._drafts.settle(dict(zip(self._order, self._first, strict=False)))
        self._moved = self._moves()

    def graph(self) -> ColumnGraph:
        """The whole of it."""
        size = self._first[-1]
        source, target, effect, edge_flags, start, end = self._edges()
        parent_at, parents = self._parents()
        names, name_at, column_flags = self._names()
        down_at = offsets_of(source, size)
        return ColumnGraph(
            GraphData(
                nodes=self._order,
                kinds=self._kinds(),
                first=self._first,
                parent_at=parent_at,
                parents=parents,
                names=names,
                name_at=name_at,
                column_flags=column_flags,
                source=source,
                target=target,
                effect=effect,
                edge_flags=edge_flags,
                start=start,
                end=end,
                up_at=offsets_of(target, size),
                down_at=down_at,
                down=by_source(source, down_at),
                gaps=sorted_gaps(self._gaps()),
            )
        )

    # -- nodes and vertices ----------------------------------------------------------------------

    def _pieces(self) -> Iterator[_Run | str]:
        """The nodes in their new order: runs that stay, and single nodes that are drawn anew."""
        low = high = 0
        for node in self._order:
            if node in self._anew:
                if high > low:
                    yield _Run(low, high)
                low = high = 0
                yield node
                continue
            at = self._number_before[node]
            if high > low and at != high:
                yield _Run(low, high)
                low = high = at
            low, high = (low, at + 1) if high > low else (at, at + 1)
        if high > low:
            yield _Run(low, high)

    def _numbered(self) -> array[int]:
        old = self._old.first
        first = array("i", [0])
        for piece in self._pieces():
            if isinstance(piece, _Run):
                shift = first[-1] - old[piece.low]
                ends = old[piece.low + 1 : piece.high + 1]
                first.extend([at + shift for at in ends] if shift else ends)
            else:
                first.append(first[-1] + 1 + len(self._drafts[piece].names))
        return first

    def _moves(self) -> array[int] | None:
        """The new vertex of every old one; ``None`` when all keep their numbers."""
        old, moved = self._old.first, array("i", [_GONE]) * self._old.first[-1]
        for piece, first in self._placed():
            if isinstance(piece, _Run):
                low, high = old[piece.low], old[piece.high]
                moved[low:high] = array("i", range(first, first + high - low))
            elif piece in self._number_before:
                before, draft = self._number_before[piece], self._drafts[piece]
                moved[old[before]] = first
                for vertex in range(old[before] + 1, old[before + 1]):
                    place = draft.index.get(self._name(vertex).lower())
                    moved[vertex] = _GONE if place is None else first + 1 + place
        return None if moved == array("i", range(len(moved))) else moved

    def _placed(self) -> Iterator[tuple[_Run | str, int]]:
        """The pieces with their new first vertices."""
        at = 0
        for piece in self._pieces():
            yield piece, self._first[at]
            at += piece.high - piece.low if isinstance(piece, _Run) else 1

    def _name(self, vertex: int) -> str:
        return self._old.names[self._old.name_at[vertex] : self._old.name_at[vertex + 1]]

    def _names(self) -> tuple[str, array[int], array[int]]:
        old = self._old
        names: list[str] = []
        name_at, flags, length = array("i", [0]), array("B"), 0
        for piece in self._pieces():
            if isinstance(piece, _Run):
                low, high = old.first[piece.low], old.first[piece.high]
                text = old.names[old.name_at[low] : old.name_at[high]]
                shift, ends = length - old.name_at[low], old.name_at[low + 1 : high + 1]
                name_at.extend([at + shift for at in ends] if shift else ends)
                flags.extend(old.column_flags[low:high])
            else:
                draft = self._drafts[piece]
                text = "".join(draft.names)
                name_at.append(length)
                for name in draft.names:
                    name_at.append(name_at[-1] + len(name))
                flags.extend([0, *draft.flags])
            names.append(text)
            length += len(text)
        return "".join(names), name_at, flags

    def _kinds(self) -> list[str]:
        kinds: list[str] = []
        for piece in self._pieces():
            if isinstance(piece, _Run):
                kinds.extend(self._old.kinds[piece.low : piece.high])
            else:
                kinds.append(self._drafts[piece].kind)
        return kinds

    # -- edges -----------------------------------------------------------------------------------

    def _edges(self) -> tuple[array[int], ...]:
        old, moved = self._old, self._moved
        parts = (array("i"), array("i"), array("B"), array("H"), array("i"), array("i"))
        for piece in self._pieces():
            if isinstance(piece, str):
                self._draw(piece, parts)
                continue
            low, high = old.up_at[old.first[piece.low]], old.up_at[old.first[piece.high]]
            for part, column in zip(parts[:2], (old.source, old.target), strict=True):
                ends = column[low:high]
                part.extend(ends if moved is None else [moved[vertex] for vertex in ends])
            others: Sequence[array[int]] = (old.effect, old.edge_flags, old.start, old.end)
            for part, column in zip(parts[2:], others, strict=True):
                part.extend(column[low:high])
        if _GONE in parts[0]:
            raise NotLocalError("something is read that is no longer there")
        return parts

    def _draw(self, node_id: str, parts: tuple[array[int], ...]) -> None:
        columns = lineage_links(self._plan, node_id)
        extra = whole_reads(self._change.after.project.nodes[node_id], self._plan)
        for column, values in zip(columns, zip(*extra, strict=True), strict=False):
            column.extend(values)
        append_sorted(parts, columns, self._drafts[node_id].first)

    def _parents(self) -> tuple[array[int], array[int]]:
        old = self._old
        numbers = {node: at for at, node in enumerate(self._order)}
        renumbered = [numbers.get(node, _GONE) for node in old.nodes]
        parent_at, parents = array("i", [0]), array("i")
        for piece in self._pieces():
            if isinstance(piece, _Run):
                low, high = old.parent_at[piece.low], old.parent_at[piece.high]
                shift = len(parents) - low
                parents.extend([renumbered[number] for number in old.parents[low:high]])
                parent_at.extend(
                    [at + shift for at in old.parent_at[piece.low + 1 : piece.high + 1]]
                )
            else:
                parents.extend(sorted(self._parents_of(piece, numbers)))
                parent_at.append(len(parents))
        if _GONE in parents:
            raise NotLocalError("something is depended on that is no longer there")
        return parent_at, parents

    def _parents_of(self, node_id: str, numbers: dict[str, int]) -> set[int]:
        nodes = self._change.after.project.nodes
        found = {numbers[p] for p in nodes[node_id].parents if p in numbers}
        lineage = self._plan.lineages.get(node_id)
        if lineage is not None:
            found |= {numbers[s.node] for s in lineage.sources if s.node not in nodes}
        return found

    # -- gaps ------------------------------------------------------------------------------------

    def _gaps(self) -> Iterator[Gap]:
        away = self._anew | self._change.gone
        yield from (gap for gap in self._old.gaps if gap.node not in away)
        after = self._change.after
        for key in sorted(self._anew):
            lineage = after.lineages.get(key)
            yield from lineage.gaps if lineage is not None else ()
            yield from own_gaps(after.project.nodes[key], lineage, self._drafts[key])
