"""One hop along the edges of the graph: what a moved place does to the node that reads it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from headwater.changes.felt import Cause, Feel, States, beside, onward
from headwater.core.changes import NOWHERE
from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, Edge, EdgeFlag, Effect, Gap, GapReason
from headwater.graph.column_graph import ColumnGraph

#: What a hop can carry; names that come and go are found by reading the SQL again.
CARRIED = (Feel.TYPE, Feel.NULLS, Feel.VALUE, Feel.ROWS, Feel.UNKNOWN)
#: Places of the nodes above, each with the cause of what it feels.
Above = Sequence[tuple[ColumnRef, Cause]]
_UNCLEAR = int(ColumnFlag.OPAQUE | ColumnFlag.FAILED)
_WORDS = {
    Effect.IDENTITY: "takes its value",
    Effect.TRANSFORMATION: "is computed from it",
    Effect.AGGREGATION: "aggregates it",
    Effect.JOIN: "joins on it",
    Effect.FILTER: "filters by it",
    Effect.GROUP_BY: "groups by it",
    Effect.SORT: "keeps the first rows by it",
    Effect.WINDOW: "a window is cut or ordered by it",
    Effect.CONDITIONAL: "a condition reads it",
}


class Became(NamedTuple):
    """What a feel turns into over one edge, in words."""

    feel: Feel
    reason: str


def became(feel: Feel, edge: Edge, alone: bool) -> Became | None:
    """What the target of an edge feels; ``None`` when the edge does not hand it on.

    ``alone``: no other column flows directly into the same target.
    """
    if edge.flags & EdgeFlag.ORDER_ONLY and edge.target.column is None:
        return None
    if edge.target.column == "*" and edge.source.node == edge.target.node:
        return Became(feel, "is among its columns")
    if edge.flags & EdgeFlag.AMBIGUOUS:
        return Became(Feel.UNKNOWN, "may read it: which column is meant is not known")
    words = _words(edge)
    if feel is Feel.UNKNOWN:
        return Became(feel, words)
    if feel is Feel.ROWS:
        if edge.target.column is None:
            return Became(feel, "reads its rows")
        return Became(Feel.VALUE, "is computed over its rows")
    if feel is Feel.VALUE:
        return Became(feel if edge.target.column is not None else Feel.ROWS, words)
    return _retyped(feel, edge, alone, words)


def _retyped(feel: Feel, edge: Edge, alone: bool, words: str) -> Became | None:
    """A type, or whether it may be null, is handed on by plain selection and by nothing else."""
    if edge.effect is Effect.IDENTITY and not edge.flags & EdgeFlag.CAST and alone:
        return Became(feel, words)
    if feel is Feel.NULLS:
        return None
    if edge.effect is Effect.IDENTITY:
        return Became(Feel.UNKNOWN, f"{words}, cast or united with others: its type is another")
    return Became(Feel.UNKNOWN, f"{words}: its type is another")


def _words(edge: Edge) -> str:
    if edge.source.column is None:
        return "reads its rows"
    return _WORDS[edge.effect]


def hop(graph: ColumnGraph, states: States, node: str, one_row: bool) -> None:
    """Note everything that the edges into a node hand on, and what its own rows then move.

    ``one_row``: however its inputs move, the node has exactly one row.
    """
    rows = ColumnRef(node, None)
    moved: dict[Feel, Cause] = {}
    news = True
    while news:  # a node may read itself
        news = False
        for vertex in (graph.rows_vertex(node), *graph.columns_of(node)):
            for place, feel, cause in _arriving(graph, states, vertex):
                if place.column is None and one_row:
                    have = moved.get(feel)
                    news |= have is None
                    moved[feel] = min(cause, have or cause)
                else:
                    news |= states.add(place, feel, cause)
        felt = moved if one_row else states.feels(node, None)
        news |= move_by_rows(graph, states, rows, felt)


def _arriving(
    graph: ColumnGraph, states: States, vertex: int
) -> list[tuple[ColumnRef, Feel, Cause]]:
    found = []
    target = graph.ref(vertex)
    for number, source in graph.upstream(vertex):
        place = graph.ref(source)
        feels = states.feels(place.node, place.column)
        if not feels or (place == target):
            continue
        edge = graph.edge(number)
        alone = Feel.TYPE not in feels or _is_alone(graph, vertex, source)
        for feel in CARRIED:
            felt = became(feel, edge, alone) if feel in feels else None
            if felt is None:
                continue
            inside = place.node == target.node
            make = beside(place, feels[feel], felt.reason) if inside else None
            cause = make or onward(place, feels[feel], felt.reason, edge.evidence)
            found.append((target, felt.feel, cause))
    return found


def _is_alone(graph: ColumnGraph, vertex: int, source: int) -> bool:
    effects = graph.data.effect
    direct = {s for edge, s in graph.upstream(vertex) if effects[edge] <= Effect.AGGREGATION}
    return direct == {source}


def move_by_rows(
    graph: ColumnGraph, states: States, rows: ColumnRef, felt: dict[Feel, Cause]
) -> bool:
    """Move the columns of a node that are computed over its rows; whether that is news."""
    news = False
    flags = graph.data.column_flags
    for vertex in graph.columns_of(rows.node):
        if not flags[vertex] & (ColumnFlag.ROW_DEPENDENT | _UNCLEAR) or _is_made_up(graph, vertex):
            continue
        place = graph.ref(vertex)
        unclear = bool(flags[vertex] & _UNCLEAR)
        for feel in (Feel.ROWS, Feel.UNKNOWN):
            if feel not in felt:
                continue
            then = Feel.UNKNOWN if unclear or feel is Feel.UNKNOWN else Feel.VALUE
            news |= states.add(
                place, then, beside(rows, felt[feel], "is computed over rows that change")
            )
    return news


def move_star(graph: ColumnGraph, states: States, node: str) -> None:
    """Move the ``*`` of a node with the columns that are known to be among it."""
    star = graph.find(ColumnRef(node, "*"))
    for _, source in graph.upstream(star) if star is not None else ():
        place = graph.ref(source)
        for feel, cause in list(states.feels(node, place.column).items()):
            if place.node == node and feel in CARRIED:
                states.add(ColumnRef(node, "*"), feel, beside(place, cause, "is among its columns"))


def blind(graph: ColumnGraph, states: States, node: str, above: Above) -> None:
    """Nothing of the node was seen: all of it may be moved by anything above it."""
    for place, cause in above:
        then = onward(place, cause, "may read it: its SQL could not be seen", NOWHERE)
        states.add(ColumnRef(node, None), Feel.UNKNOWN, then)
        for name in graph.column_names(node):
            states.add(ColumnRef(node, name), Feel.UNKNOWN, then)


def unclear(graph: ColumnGraph, states: States, node: str, above: Above) -> None:
    """Columns whose sources are not known may be moved by anything above the node."""
    flags = graph.data.column_flags
    for vertex in graph.columns_of(node):
        if flags[vertex] & _UNCLEAR and not _is_made_up(graph, vertex):
            for place, cause in above:
                words = "may read it: what it is made of could not be seen"
                states.add(graph.ref(vertex), Feel.UNKNOWN, onward(place, cause, words, NOWHERE))


def gaps_of(graph: ColumnGraph, node: str) -> Sequence[Gap]:
    """The gaps of one node; the graph keeps them sorted by node."""
    gaps = graph.gaps
    first = bisect_left(gaps, node, key=lambda gap: gap.node)
    return gaps[first : bisect_right(gaps, node, key=lambda gap: gap.node)]


def _is_made_up(graph: ColumnGraph, vertex: int) -> bool:
    """Whether the column is only there because somebody reads it, of a node that lacks it."""
    data = graph.data
    if data.up_at[vertex] < data.up_at[vertex + 1]:
        return False
    node, column = graph.ref(vertex)
    return any(
        gap.column == column and gap.reason == GapReason.UNKNOWN_COLUMN
        for gap in gaps_of(graph, node)
    )
