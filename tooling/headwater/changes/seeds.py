"""Changes -> how the places they were made at are moved."""

from __future__ import annotations

from collections.abc import Iterable

from headwater.changes.felt import Feel, States, at_origin
from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.graph.column_graph import ColumnGraph

#: Kinds that say what happens to the one place they name.
_FEELS = {
    ChangeKind.REMOVED: Feel.GONE,
    ChangeKind.RENAMED: Feel.GONE,
    ChangeKind.ADDED: Feel.NEW,
    ChangeKind.TYPE: Feel.TYPE,
    ChangeKind.NULLABILITY: Feel.NULLS,
    ChangeKind.VALUE: Feel.VALUE,
    ChangeKind.UNKNOWN: Feel.UNKNOWN,
    ChangeKind.IGNORED: Feel.GONE,
}
_OF_ROWS = (ChangeKind.ROWS, ChangeKind.GRAIN)
_OF_WHOLE = (ChangeKind.VALUE, ChangeKind.UNKNOWN, ChangeKind.TYPE)
_WHOLE_FAILS = (ChangeKind.REMOVED, ChangeKind.RENAMED, ChangeKind.RUN_FAILS)


def plant(states: States, graph: ColumnGraph, changes: Iterable[tuple[int, Change]]) -> None:
    """Note what every change, told with its place in the list, does at its own place."""
    for at, change in changes:
        if change.kind is ChangeKind.DROPPED or _has_its_new_name(change, graph):
            states.dropped.setdefault(change.place.node, at)
            continue
        for place, feel in _moved(change, graph):
            states.add(place, feel, at_origin(change, at))


def _moved(change: Change, graph: ColumnGraph) -> Iterable[tuple[ColumnRef, Feel]]:
    place, kind = change.place, change.kind
    rows = ColumnRef(place.node, None)
    if kind in _OF_ROWS:
        yield rows, Feel.ROWS
    elif place.column is not None and kind in _FEELS:
        yield _known(place, graph) if kind in _OF_WHOLE else place, _FEELS[kind]
        if kind is ChangeKind.RENAMED and change.other:
            yield ColumnRef(place.node, change.other), Feel.NEW
    elif kind in _WHOLE_FAILS:
        yield rows, Feel.BREAKS
    elif kind in _OF_WHOLE:
        names = graph.column_names(place.node) if place.node in graph else ()
        for name in names:
            yield ColumnRef(place.node, name), _FEELS[kind]
        if kind is ChangeKind.UNKNOWN or not names:
            yield rows, Feel.UNKNOWN


def _has_its_new_name(change: Change, graph: ColumnGraph) -> bool:
    """Whether a renamed node is already there under its new name: every ref then says so too."""
    renamed = change.kind is ChangeKind.RENAMED and change.place.column is None
    return renamed and change.other in graph


def _known(place: ColumnRef, graph: ColumnGraph) -> ColumnRef:
    """The place itself; of a node with unknown columns their ``*`` where nobody names this one."""
    star = ColumnRef(place.node, "*")
    if place.node in graph and graph.find(place) is None and graph.find(star) is not None:
        return star
    return place
