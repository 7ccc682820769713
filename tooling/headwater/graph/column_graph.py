"""The column graph: plain arrays behind a small read-only interface.

A *vertex* is an integer. Each node owns a contiguous run: first its row-set vertex, then one vertex
per column. Edges are integers too, sorted by their target, so that the edges into a vertex
are a range, and the edges out of it a slice of one permutation.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, Edge, EdgeFlag, Effect, Gap, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx

EXTERNAL = "external"  #: the kind of a relation that no node of the project stands for


@dataclass(frozen=True, slots=True)
class GraphData:
    """The arrays. ``first`` and every ``…_at`` have one entry more than what they index.

    ``first[n]`` is the row-set vertex of node ``n``. ``name_at`` cuts ``names`` into vertex names.
    ``up_at[v]`` is the first edge into ``v``; ``down_at[v]`` the first place in ``down`` of the
    edges out of ``v``. ``parent_at`` cuts ``parents`` (numbers of nodes) by node.
    """

    nodes: list[str]
    kinds: list[str]
    first: array[int]
    parent_at: array[int]
    parents: array[int]
    names: str
    name_at: array[int]
    column_flags: array[int]
    source: array[int]
    target: array[int]
    effect: array[int]
    edge_flags: array[int]
    start: array[int]
    end: array[int]
    up_at: array[int]
    down_at: array[int]
    down: array[int]
    gaps: tuple[Gap, ...] = field(default=())


class ColumnGraph:
    """Every column of a project, and what shapes it. Built once, then only read."""

    __slots__ = ("_lookup", "_owner", "data")

    def __init__(self, data: GraphData) -> None:
        self.data = data
        self._lookup: dict[int, dict[str, int]] = {}
        self._owner: array[int] | None = None

    # -- size ------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many vertices there are: columns and row sets."""
        return len(self.data.column_flags)

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return len(self.data.source)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be seen, sorted by node."""
        return self.data.gaps

    # -- nodes -----------------------------------------------------------------------------------

    @property
    def nodes(self) -> Sequence[str]:
        """The ids of all nodes, sorted; relations outside the project are ``external.…``."""
        return self.data.nodes

    def __contains__(self, node: str) -> bool:
        return self.number(node) is not None

    def number(self, node: str) -> int | None:
        """The node's place in `nodes`, or ``None`` when it is not in the graph."""
        at = bisect_left(self.data.nodes, node)
        return at if at < len(self.data.nodes) and self.data.nodes[at] == node else None

    def kind(self, node: str) -> str:
        """``model``, ``source`` … or ``external``. *Raises* KeyError for an unknown node."""
        return self.data.kinds[self._number(node)]

    def parents(self, node: str) -> tuple[str, ...]:
        """The ids of the nodes it depends on, as dbt says, and external relations it reads."""
        data, at = self.data, self._number(node)
        numbers = data.parents[data.parent_at[at] : data.parent_at[at + 1]]
        return tuple(data.nodes[n] for n in numbers)

    def rows_vertex(self, node: str) -> int:
        """The vertex that stands for which rows the node has."""
        return self.data.first[self._number(node)]

    def columns_of(self, node: str) -> range:
        """The vertices of the node's columns, in the order of its select list."""
        at = self._number(node)
        return range(self.data.first[at] + 1, self.data.first[at + 1])

    def column_names(self, node: str) -> tuple[str, ...]:
        """The names of the node's columns, in order; ``*`` stands for columns not known."""
        return tuple(self.name(v) for v in self.columns_of(node))

    # -- vertices --------------------------------------------------------------------------------

    def find(self, ref: ColumnRef) -> int | None:
        """The vertex of a column (case does not matter) or row set, or ``None``."""
        at = self.number(ref.node)
        if at is None:
            return None
        if ref.column is None:
            return self.data.first[at]
        return self._columns(at).get(ref.column.lower())

    def vertex(self, ref: ColumnRef) -> int:
        """Like `find`. *Raises* KeyError when there is no such column."""
        found = self.find(ref)
        if found is None:
            raise KeyError(ref)
        return found

    def ref(self, vertex: int) -> ColumnRef:
        """The address of a vertex."""
        at = self.owner(vertex)
        column = None if vertex == self.data.first[at] else self.name(vertex)
        return ColumnRef(self.data.nodes[at], column)

    def name(self, vertex: int) -> str:
        """The column's name; empty for a row set."""
        at = self.data.name_at
        return self.data.names[at[vertex] : at[vertex + 1]]

    def owner(self, vertex: int) -> int:
        """The number of the node that owns the vertex."""
        if self._owner is not None:
            return self._owner[vertex]
        return bisect_right(self.data.first, vertex) - 1

    def node_of(self, vertex: int) -> str:
        """The id of the node that owns the vertex."""
        return self.data.nodes[self.owner(vertex)]

    def is_rows(self, vertex: int) -> bool:
        """Whether the vertex is a row set."""
        return self.data.first[self.owner(vertex)] == vertex

    def flags(self, vertex: int) -> ColumnFlag:
        """What is true of the column."""
        return ColumnFlag(self.data.column_flags[vertex])

    def owners(self) -> array[int]:
        """The number of the owning node by vertex, for walks that ask it of every vertex."""
        if self._owner is None:
            first = self.data.first
            self._owner = array("i")
            for at in range(len(self.data.nodes)):
                self._owner.extend([at] * (first[at + 1] - first[at]))
        return self._owner

    # -- edges -----------------------------------------------------------------------------------

    def downstream(self, vertex: int) -> Iterator[tuple[int, int]]:
        """Pairs (edge, target vertex) of the edges out of a vertex."""
        data = self.data
        for at in range(data.down_at[vertex], data.down_at[vertex + 1]):
            edge = data.down[at]
            yield edge, data.target[edge]

    def upstream(self, vertex: int) -> Iterator[tuple[int, int]]:
        """Pairs (edge, source vertex) of the edges into a vertex."""
        data = self.data
        for edge in range(data.up_at[vertex], data.up_at[vertex + 1]):
            yield edge, data.source[edge]

    def edge(self, number: int) -> Edge:
        """The edge with that number."""
        data = self.data
        return Edge(
            self.ref(data.source[number]),
            self.ref(data.target[number]),
            Effect(data.effect[number]),
            EdgeFlag(data.edge_flags[number]),
            Span(data.start[number], data.end[number]),
        )

    def edges(self) -> Iterator[Edge]:
        """All edges, sorted by target vertex."""
        return map(self.edge, range(self.edge_count))

    # -- other forms -----------------------------------------------------------------------------

    def to_networkx(self) -> nx.MultiDiGraph[ColumnRef]:
        """The columns as a `networkx.MultiDiGraph` of `ColumnRef`, for those who want one."""
        from headwater.graph.export import column_digraph  # noqa: PLC0415 - networkx is slow

        return column_digraph(self)

    def node_graph(self) -> nx.DiGraph[str]:
        """The nodes as a `networkx.DiGraph` of unique ids, edges pointing downstream."""
        from headwater.graph.export import node_digraph  # noqa: PLC0415 - networkx is slow

        return node_digraph(self)

    # -- inside ----------------------------------------------------------------------------------

    def _number(self, node: str) -> int:
        number = self.number(node)
        if number is None:
            raise KeyError(node)
        return number

    def _columns(self, at: int) -> dict[str, int]:
        found = self._lookup.get(at)
        if found is None:
            vertices = range(self.data.first[at] + 1, self.data.first[at + 1])
            # The first of two columns that differ only in case wins, as in the builder.
            found = {self.name(v).lower(): v for v in reversed(vertices)}
            self._lookup[at] = found
        return found
