"""What an influence becomes over several hops.

One breadth-first walk over pairs (vertex, state). A *state* says how the start is felt there:

* direct, by its strongest step: identity < transformation < aggregation;
* indirect: some step only decided something about the value (a join key, a condition, a window);
* rows: which rows exist is decided by the start;
* order: only the order of the node's rows is; no later node feels that.

Direct after direct is direct and the strongest step names it; anything through an indirect step is
indirect; a mask on the way sticks. A row set that moves moves the row sets read from it and the
values that are computed over rows. There are twelve states, so the walk is linear in the edges.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from headwater.core.edges import ColumnFlag, EdgeFlag, Effect

if TYPE_CHECKING:
    from headwater.graph.column_graph import ColumnGraph

IDENTITY, TRANSFORMATION, AGGREGATION, INDIRECT, ROWS, ORDER = range(6)
WORDS = ("IDENTITY", "TRANSFORMATION", "AGGREGATION", "INDIRECT", "ROWS", "ORDER")
#: Kinds without columns: a value they show stays a value.
WHOLE = frozenset({"exposure", "metric", "saved_query"})

_MASKED = 8  #: added to a state once a mask stands on the way
_BITS = 4  #: a key is ``vertex << 4 | state``
_STATE = (1 << _BITS) - 1
_DIRECT = int(Effect.AGGREGATION)
#: A *code* says all of a step that matters: the effect, and these bits. ``_CODE_FROM_WHOLE`` is
#: about the end the step comes from, ``_CODE_ROWS`` and ``_CODE_WHOLE`` about the other.
_CODE_MASK, _CODE_ROWS, _CODE_WHOLE, _CODE_FROM_WHOLE, _CODE_ORDER = 16, 32, 64, 128, 256
_FLAG_CODES = [
    (_CODE_MASK if flags & EdgeFlag.MASKING else 0)
    | (_CODE_ORDER if flags & EdgeFlag.ORDER_ONLY else 0)
    for flags in range(256)
]
_MOVED_BY_ROWS = int(ColumnFlag.ROW_DEPENDENT | ColumnFlag.OPAQUE | ColumnFlag.FAILED)


def _stronger(state: int) -> tuple[int, ...]:
    """The states that say more of the same, beside which this one need not be followed."""
    feel, masked = state & ~_MASKED, state & _MASKED
    same = [masked | other for other in range(feel + 1, AGGREGATION + 1)]
    return (*same, feel) if masked else tuple(same)


#: The states as they are told: the same feeling with a mask comes after that without.
_BY_FEEL = sorted(range(_STATE + 1), key=lambda state: (state & ~_MASKED, state))
_STRONGER = [_stronger(state) for state in range(_STATE + 1)]


class Feel(NamedTuple):
    """How the start is felt at a vertex, in one of perhaps several ways."""

    word: str  #: one of `WORDS`
    masked: bool
    depth: int  #: nodes away from the start
    key: int  #: the place in the walk, for `Reach.before` and `Reach.path`


class Step(NamedTuple):
    """One step of a path. ``edge`` is ``None`` for a step between a row set and a value of it."""

    source: int
    target: int
    edge: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything a walk met: by key, the depth (-1: not met) and the step that led there."""

    starts: tuple[int, ...]
    upstream: bool
    met: list[int]
    depth: array[int]
    came_from: array[int]
    came_by: array[int]

    def vertices(self) -> list[int]:
        """The vertices met, sorted; the starts are among them."""
        return sorted({key >> _BITS for key in self.met})

    def feels(self, vertex: int) -> list[Feel]:
        """The ways the start is felt at the vertex, in the order of `WORDS`, unmasked first."""
        base = vertex << _BITS
        states = [state for state in _BY_FEEL if self.depth[base + state] >= 0]
        return [
            Feel(WORDS[state & ~_MASKED], state >= _MASKED, self.depth[base + state], base + state)
            for state in states
            if not any(other in states for other in _STRONGER[state])
        ]

    def nearest(self, vertex: int) -> Feel:
        """The way the vertex was met first. *Raises* ValueError when it was not met."""
        base = vertex << _BITS
        keys = [key for key in range(base, base + _STATE + 1) if self.depth[key] >= 0]
        key = min(keys, key=lambda k: (self.depth[k], k & ~_MASKED, k))
        word = WORDS[key & _STATE & ~_MASKED]
        return Feel(word, bool(key & _MASKED), self.depth[key], key)

    def before(self, feel: Feel) -> int | None:
        """The vertex before this one on a shortest path; ``None`` at a start."""
        key = self.came_from[feel.key]
        return None if key < 0 else key >> _BITS

    def path(self, feel: Feel) -> list[Step]:
        """A shortest path to where the start is felt so, in the direction data flows."""
        key = feel.key
        steps: list[Step] = []
        while self.came_from[key] >= 0:
            before, edge = self.came_from[key], self.came_by[key]
            ends = (before >> _BITS, key >> _BITS)
            source, target = reversed(ends) if self.upstream else ends
            steps.append(Step(source, target, edge if edge >= 0 else None))
            key = before
        return steps if self.upstream else steps[::-1]


def reach_downstream(graph: ColumnGraph, starts: Iterable[int], limit: int | None = None) -> Reach:
    """What the starts influence, at most ``limit`` nodes away.

    A start that is a row set starts as rows; a column, or a node without columns, as a value.
    """
    return _walk(_Plan(graph, upstream=False), starts, limit)


def reach_upstream(
    graph: ColumnGraph, starts: Iterable[int], limit: int | None = None, rows: bool = True
) -> Reach:
    """What influences the starts. Without ``rows``, what only shapes row sets is left out.

    Here *rows* as a word means: it shapes which rows the start has.
    """
    return _walk(_Plan(graph, upstream=True, rows=rows), starts, limit)


class _Plan:
    """One direction of the graph, laid out for the walk.

    ``shape`` holds by vertex the code bits of being a row set, or a whole node.
    """

    def __init__(self, graph: ColumnGraph, upstream: bool, rows: bool = True) -> None:
        data = graph.data
        self.data, self.owner, self.upstream, self.rows = data, graph.owners(), upstream, rows
        self.at = data.up_at if upstream else data.down_at
        self.ends = data.source if upstream else data.target
        self.order: Sequence[int] = range(len(data.source)) if upstream else data.down
        self.shape = bytearray(len(graph))
        for vertex, kind in zip(data.first, data.kinds, strict=False):
            self.shape[vertex] = _CODE_ROWS | (_CODE_WHOLE if kind in WHOLE else 0)
        after = _after_up if upstream else _after_down
        self.table = [
            [
                after(s & ~_MASKED, c, rows) | (s | (c & _CODE_MASK) >> 1) & _MASKED
                for c in range(2 * _CODE_ORDER)
            ]
            for s in range(_STATE + 1)
        ]

    def begin(self, vertex: int) -> int:
        return vertex << _BITS | (ROWS if self.shape[vertex] == _CODE_ROWS else IDENTITY)

    def inside(self, vertex: int, state: int) -> list[int]:
        """The keys one step away without an edge: between a row set and the values over it."""
        data, masked = self.data, state & _MASKED
        if state & ~_MASKED == ORDER:
            return []
        here = self.owner[vertex]
        first = data.first[here]
        if self.upstream:
            if not self.rows or vertex == first or not data.column_flags[vertex] & _MOVED_BY_ROWS:
                return []
            return [first << _BITS | max(state & ~_MASKED, INDIRECT) | masked]
        if vertex != first:
            return []
        moved = range(vertex + 1, data.first[here + 1])
        flags = data.column_flags
        return [c << _BITS | INDIRECT | masked for c in moved if flags[c] & _MOVED_BY_ROWS]


def _after_down(feel: int, code: int, rows: bool) -> int:
    """The state after a step downstream to a column or (by the code) a row set; -1: no step."""
    effect = code & 15
    if feel == ORDER:
        return -1
    if code & _CODE_ORDER:
        return ORDER
    if feel == ROWS:
        return ROWS if code & _CODE_ROWS else INDIRECT
    if effect > _DIRECT:
        return ROWS if code & _CODE_ROWS and not code & _CODE_WHOLE else INDIRECT
    return max(feel, effect)


def _after_up(feel: int, code: int, rows: bool) -> int:
    """The state after a step upstream; -1: no step."""
    effect = code & 15
    of_rows = code & _CODE_ROWS and not code & _CODE_WHOLE
    if of_rows and not rows:
        return -1
    if code & _CODE_ORDER:
        return ORDER if feel >= ROWS else -1
    if feel >= INDIRECT:
        return feel
    if of_rows:
        return ROWS if code & _CODE_FROM_WHOLE else INDIRECT
    return INDIRECT if effect > _DIRECT else max(feel, effect)


def _walk(plan: _Plan, starts: Iterable[int], limit: int | None) -> Reach:
    begin = tuple(sorted(set(starts)))
    size = len(plan.shape) << _BITS
    unmet = array("i", [-1]) * size
    reach = Reach(begin, plan.upstream, [], unmet, unmet[:], unmet[:])
    level = [plan.begin(vertex) for vertex in begin]
    for key in level:
        reach.depth[key] = 0
    distance = 0
    while level:
        following = _walk_level(plan, reach, level, distance, limit is None or distance < limit)
        reach.met.extend(level)
        level, distance = following, distance + 1
    return reach


def _walk_level(
    plan: _Plan, reach: Reach, level: list[int], distance: int, leave: bool
) -> list[int]:
    """Take every step from the keys of one level; gives the keys of the next.

    A step inside a node stays in the level, which grows while it is walked. This is the one hot
    loop of every question, hence the local names.
    """
    at, order, ends, owner, shape = plan.at, plan.order, plan.ends, plan.owner, plan.shape
    effects, flags, table = plan.data.effect, plan.data.edge_flags, plan.table
    depth, came_from, came_by = reach.depth, reach.came_from, reach.came_by
    following: list[int] = []
    for key in level:
        if depth[key] != distance:
            continue  # met again, nearer
        vertex = key >> _BITS
        row, here = table[key & _STATE], owner[vertex]
        whole = _CODE_FROM_WHOLE if shape[vertex] & _CODE_WHOLE else 0
        for edge in order[at[vertex] : at[vertex + 1]]:
            end = ends[edge]
            after = row[effects[edge] | _FLAG_CODES[flags[edge]] | shape[end] | whole]
            to, there = end << _BITS | after, distance + (owner[end] != here)
            if after < 0 or 0 <= depth[to] <= there or (there > distance and not leave):
                continue
            if any(depth[to - after + other] >= 0 for other in _STRONGER[after]):
                continue
            depth[to], came_from[to], came_by[to] = there, key, edge
            (following if there > distance else level).append(to)
        for to in plan.inside(vertex, key & _STATE):
            if not 0 <= depth[to] <= distance:
                depth[to], came_from[to], came_by[to] = distance, key, -1
                level.append(to)
    return following
