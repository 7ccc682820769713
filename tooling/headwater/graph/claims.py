"""What the graph says of one node's SQL: which inputs decide each output, and which its rows.

Ephemeral models stand inside the SQL of their readers, so a claim about one is handed on to what it
reads: claims name only what has data of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect
from headwater.core.project import Project
from headwater.graph.column_graph import ColumnGraph

_UNCLEAR = int(ColumnFlag.OPAQUE | ColumnFlag.FAILED | ColumnFlag.OPEN)
_BY_ROWS = int(ColumnFlag.ROW_DEPENDENT)
Sources = Mapping[ColumnRef, frozenset[Effect]]


@dataclass(frozen=True, slots=True)
class NodeClaims:
    """The sources of one node's outputs, with the effects of their edges.

    *Shape*: ``columns[k]`` are the sources of the k-th output alone; ``rows`` those of the row set,
    which reach every output. ``unclear`` are outputs with a gap: nothing is claimed about them.
    ``order_only`` decide the order of the rows and nothing else.
    """

    node: str
    outputs: tuple[str, ...]
    columns: tuple[Sources, ...]
    rows: Sources
    unclear: frozenset[int]
    order_only: frozenset[ColumnRef]

    @property
    def inputs(self) -> frozenset[str]:
        """The nodes that are named."""
        return frozenset(ref.node for each in (self.rows, *self.columns) for ref in each)

    def places(self, names: Sequence[str]) -> tuple[int, ...] | None:
        """For each output that a database named, its place in ``outputs``; -1 where there is none.

        *Shape*: by name where the names agree, else by position. ``None`` when the graph has other
        columns than the database, and does not say that some are unknown to it.
        """
        ours = {name: at for at, name in enumerate(_lowered(self.outputs))}
        theirs = _lowered(names)
        is_open = "*" in ours
        if set(theirs) <= set(ours) or is_open:
            return tuple(ours.get(name, -1) for name in theirs)
        return tuple(range(len(theirs))) if len(theirs) == len(ours) else None


def _lowered(names: Sequence[str]) -> list[str]:
    """Distinct names in lower case: a repeated one gets its count."""
    seen: dict[str, int] = {}
    result = []
    for name in (name.lower() for name in names):
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}:{seen[name]}")
    return result


def inlined_in(project: Project) -> frozenset[str]:
    """The models without a relation of their own: they stand inside their readers' SQL."""
    return frozenset(
        node.id for node in project.nodes.values() if node.kind == "model" and not node.relation
    )


def claims_of(graph: ColumnGraph, node: str, inlined: Collection[str] = ()) -> NodeClaims:
    """The claims about one node; those about ``inlined`` nodes are handed on to their sources."""
    walk = _Walk(graph, frozenset(inlined) - {node})
    vertices = graph.columns_of(node)
    rows, in_order = walk.row_sources(graph.rows_vertex(node))
    return NodeClaims(
        node,
        graph.column_names(node),
        tuple(walk.sources(vertex) for vertex in vertices),
        rows,
        frozenset(at for at, vertex in enumerate(vertices) if graph.flags(vertex) & _UNCLEAR),
        frozenset(ref for ref in in_order if rows[ref] == {Effect.SORT}),
    )


@dataclass(slots=True)
class _Walk:
    """Steps from a vertex to the sources that have data, through what is inlined."""

    graph: ColumnGraph
    inlined: frozenset[str]
    _open: set[int] = field(default_factory=set)

    def sources(self, vertex: int) -> dict[ColumnRef, frozenset[Effect]]:
        found: dict[ColumnRef, set[Effect]] = {}
        for source, effect, _ in self._steps(vertex):
            found.setdefault(self.graph.ref(source), set()).add(effect)
        return {ref: frozenset(found[ref]) for ref in sorted(found, key=_by_name)}

    def row_sources(self, vertex: int) -> tuple[dict[ColumnRef, frozenset[Effect]], set[ColumnRef]]:
        """The sources of a row set, and those with nothing but edges about order."""
        other = {self.graph.ref(s) for s, _, in_order in self._steps(vertex) if not in_order}
        found = self.sources(vertex)
        return found, set(found) - other

    def _steps(self, vertex: int) -> Iterator[tuple[int, Effect, bool]]:
        """Source vertices with the effect of the way, and whether it is about order only."""
        graph, data = self.graph, self.graph.data
        if vertex in self._open:
            return
        self._open.add(vertex)
        for edge, source in graph.upstream(vertex):
            effect = Effect(data.effect[edge])
            in_order = bool(data.edge_flags[edge] & EdgeFlag.ORDER_ONLY)
            if graph.node_of(source) not in self.inlined:
                yield source, effect, in_order
                continue
            inner = [*self._steps(source)]
            if data.column_flags[source] & _BY_ROWS and not graph.is_rows(source):
                inner += self._steps(graph.rows_vertex(graph.node_of(source)))
            for far, first, was_in_order in inner:
                yield far, _over(first, effect), in_order or was_in_order
        self._open.discard(vertex)


def _over(first: Effect, then: Effect) -> Effect:
    """The effect of two steps: the stronger of two direct ones, else the indirect one."""
    if first.is_direct and then.is_direct:
        return max(first, then)
    return first if then.is_direct else then


def _by_name(ref: ColumnRef) -> tuple[str, str]:
    return ref.node, ref.column or ""
