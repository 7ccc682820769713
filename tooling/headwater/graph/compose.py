"""What an influence becomes over several hops.

One breadth-first walk over pairs (vertex, state). A *state* says how the start is felt there:

* direct, by its strongest step: identity < transformation < aggregation;
* indirect: some step only decided something about the value (a join key, a condition, a window);
* rows: which rows exist is decided by the start.

Direct after direct is direct and the strongest step names it; anything through an indirect step is
indirect; a mask on the way sticks. A row set that moves moves the row sets read from it and the
values that are computed over rows. There are ten states, so the walk is linear in the edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from headwater.core.edges import ColumnFlag, EdgeFlag, Effect

if TYPE_CHECKING:
    from headwater.graph.column_graph import ColumnGraph

IDENTITY, TRANSFORMATION, AGGREGATION, INDIRECT, ROWS = range(5)
STATES = 8  #: room for the five; a masked state is the same number in a second half
MASKED = STATES
_WIDTH = 2 * STATES
_MOVED_BY_ROWS = ColumnFlag.ROW_DEPENDENT | ColumnFlag.OPAQUE | ColumnFlag.FAILED
_DIRECT = int(Effect.AGGREGATION)
_MASKING = int(EdgeFlag.MASKING)
#: Kinds without columns: a value they show stays a value.
WHOLE = frozenset({"exposure", "metric", "saved_query"})
_WORDS = ("IDENTITY", "TRANSFORMATION", "AGGREGATION", "INDIRECT", "ROWS")


class Feel(NamedTuple):
    """How the start is felt at a vertex, in one of perhaps several ways."""

    word: str  #: IDENTITY, TRANSFORMATION, AGGREGATION, INDIRECT or ROWS
    masked: bool
    depth: int  #: nodes away from the start


class Step(NamedTuple):
    """One step of a path. ``edge`` is ``None`` for a step from a row set to a value of its node."""

    source: int
    target: int
    edge: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything a walk met. ``depth`` and ``came`` are keyed by ``vertex * 16 + state``."""

    starts: tuple[int, ...]
    upstream: bool
    depth: Mapping[int, int]
    came: Mapping[int, tuple[int, int]]

    def vertices(self) -> list[int]:
        """The vertices met, sorted; the starts are among them."""
        return sorted({key // _WIDTH for key in self.depth})

    def feels(self, vertex: int) -> list[Feel]:
        """The ways the start is felt at the vertex: the strongest direct one, indirect, rows."""
        found = {s: self.depth[vertex * _WIDTH + s] for s in self._states(vertex)}
        return [Feel(_WORDS[s % STATES], s >= MASKED, depth) for s, depth in found.items()]

    def nearest(self, vertex: int) -> int:
        """How many nodes away the vertex is. *Raises* ValueError when it was not met."""
        return min(self.depth[vertex * _WIDTH + state] for state in self._all_states(vertex))

    def path(self, vertex: int) -> list[Step]:
        """A shortest path of steps, in the direction data flows; empty at a start."""
        states = list(self._all_states(vertex))
        key = vertex * _WIDTH + min(states, key=lambda s: (self.depth[vertex * _WIDTH + s], s))
        return self._path(key)

    def path_of(self, vertex: int, word: str) -> list[Step]:
        """A shortest path on which the start is felt in that way."""
        state = next(s for s in self._all_states(vertex) if _WORDS[s % STATES] == word)
        return self._path(vertex * _WIDTH + state)

    def _path(self, key: int) -> list[Step]:
        steps: list[Step] = []
        while key in self.came:
            before, edge = self.came[key]
            ends = (before // _WIDTH, key // _WIDTH)
            source, target = reversed(ends) if self.upstream else ends
            steps.append(Step(source, target, edge if edge >= 0 else None))
            key = before
        return steps if self.upstream else steps[::-1]

    def _all_states(self, vertex: int) -> Iterator[int]:
        base = vertex * _WIDTH
        return (s for s in range(_WIDTH) if base + s in self.depth)

    def _states(self, vertex: int) -> Iterator[int]:
        """All but the weaker direct states; unmasked before masked."""
        for half in (0, MASKED):
            states = [s - half for s in self._all_states(vertex) if (s >= MASKED) == bool(half)]
            direct = [s for s in states if s <= AGGREGATION]
            yield from (s + half for s in direct[-1:] + [s for s in states if s > AGGREGATION])


def reach_downstream(graph: ColumnGraph, starts: Iterable[int], limit: int | None = None) -> Reach:
    """What the starts influence, at most ``limit`` nodes away.

    A start that is a row set starts as rows; a column as an identity.
    """
    return _walk(graph, starts, limit, _Down(graph))


def reach_upstream(
    graph: ColumnGraph, starts: Iterable[int], limit: int | None = None, rows: bool = True
) -> Reach:
    """What influences the starts. Without ``rows``, what only shapes row sets is left out."""
    return _walk(graph, starts, limit, _Up(graph, rows))


Move = tuple[int, int, int, bool]  #: vertex, state, edge (-1: none), whether it leaves the node
Moves = Callable[[int, int], Iterator[Move]]


def _walk(graph: ColumnGraph, starts: Iterable[int], limit: int | None, moves: Moves) -> Reach:
    """Level by level; a step inside a node stays in its level."""
    begin = tuple(sorted(set(starts)))
    whole = _whole_nodes(graph)
    level = [
        v * _WIDTH + (ROWS if graph.is_rows(v) and v not in whole else IDENTITY) for v in begin
    ]
    depth = dict.fromkeys(level, 0)
    came: dict[int, tuple[int, int]] = {}
    distance = 0
    while level:
        following: list[int] = []
        for key in level:  # grows while it is walked: steps inside a node are appended
            if depth[key] < distance:
                continue
            for vertex, state, edge, leaves in moves(*divmod(key, _WIDTH)):
                to, at = vertex * _WIDTH + state, distance + leaves
                if depth.get(to, at + 1) <= at or (limit is not None and at > limit):
                    continue
                depth[to], came[to] = at, (key, edge)
                (following if leaves else level).append(to)
        level, distance = following, distance + 1
    return Reach(begin, isinstance(moves, _Up), depth, came)


def _whole_nodes(graph: ColumnGraph) -> frozenset[int]:
    """The row-set vertices that stand for a whole thing, which has a value rather than rows."""
    data = graph.data
    return frozenset(v for v, kind in zip(data.first, data.kinds, strict=False) if kind in WHOLE)


class _Down:
    """The moves along the edges."""

    def __init__(self, graph: ColumnGraph) -> None:
        self.data, self.owner = graph.data, graph.owners()

    def __call__(self, vertex: int, state: int) -> Iterator[Move]:
        data, owner = self.data, self.owner
        here, feel, masked = owner[vertex], state % STATES, state & MASKED
        for at in range(data.down_at[vertex], data.down_at[vertex + 1]):
            edge = data.down[at]
            target = data.target[edge]
            if feel > INDIRECT or data.effect[edge] > _DIRECT:
                after = ROWS if data.first[owner[target]] == target else INDIRECT
            else:
                after = max(feel, data.effect[edge])
            mask = masked or (MASKED if data.edge_flags[edge] & _MASKING else 0)
            yield target, after | mask, edge, owner[target] != here
        if data.first[here] == vertex:
            for column in range(vertex + 1, data.first[here + 1]):
                if data.column_flags[column] & _MOVED_BY_ROWS:
                    yield column, INDIRECT | masked, -1, False


class _Up:
    """The moves against the edges. Here *rows* means: it shapes which rows the start has."""

    def __init__(self, graph: ColumnGraph, rows: bool) -> None:
        self.data, self.owner, self.rows = graph.data, graph.owners(), rows
        self.whole = _whole_nodes(graph)

    def __call__(self, vertex: int, state: int) -> Iterator[Move]:
        data, owner = self.data, self.owner
        here, feel, masked = owner[vertex], state % STATES, state & MASKED
        for edge in range(data.up_at[vertex], data.up_at[vertex + 1]):
            source = data.source[edge]
            of_rows = data.first[owner[source]] == source and source not in self.whole
            if of_rows and not self.rows:
                continue
            if feel < INDIRECT and of_rows:
                after = ROWS if vertex in self.whole else INDIRECT
            elif feel < INDIRECT and data.effect[edge] > _DIRECT:
                after = INDIRECT
            else:
                after = max(feel, data.effect[edge]) if feel < INDIRECT else feel
            mask = masked or (MASKED if data.edge_flags[edge] & _MASKING else 0)
            yield source, after | mask, edge, owner[source] != here
        if self.rows and data.first[here] != vertex and data.column_flags[vertex] & _MOVED_BY_ROWS:
            yield data.first[here], max(feel, INDIRECT) | masked, -1, False
