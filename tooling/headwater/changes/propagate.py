"""A list of changes -> what is felt downstream, node by node in the order in which they are built.

Names first: where a relation has other columns, the SQL of its readers is read again (`whatif`).
Then values and rows, along the edges of the graph (`hops`). What has no SQL of its own, tests and
exposures and metrics, is asked for the names and the places it speaks of (`consumers`).
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.changes import consumers, hops, relations
from headwater.changes.felt import Cause, Feel, States, at_origin
from headwater.changes.following import Following
from headwater.changes.order import downstream_of
from headwater.changes.propagation import Orphan, Propagation
from headwater.changes.seeds import plant
from headwater.changes.twins import with_twins
from headwater.changes.whatif import WhatIf
from headwater.core.changes import Change, ChangeKind, Hit, Verdict
from headwater.core.columns import ColumnRef
from headwater.pipeline.loading import Loaded

__all__ = ["Orphan", "Propagation", "propagate"]


def propagate(
    loaded: Loaded, changes: Sequence[Change], *, base: Loaded | None = None
) -> Propagation:
    """What is felt downstream of the changes, all of them made together.

    ``loaded`` is the state in which the readers stand: the head of a comparison, or the project as
    it is when asking "what if". A column may already be gone (or be there) in it, or not yet.
    ``base`` is the state before, where there is one: it tells the old order of columns.
    """
    states = States()
    everywhere = with_twins(loaded.project, changes)
    plant(states, loaded.graph, everywhere)
    run = Following(loaded, changes, base, states, WhatIf(loaded, base))
    run.whatif.begin([change for _, change in everywhere])
    begun = {change.place.node: at for at, change in reversed(everywhere)}
    origins = {node for node in begun if node in loaded.graph}
    order, cyclic = downstream_of(loaded.graph, origins)
    for node in order:
        if node in origins:
            _begin(run, node, begun[node])
        if node in cyclic:
            hops.blind(loaded.graph, states, node, list(run.felt_above(node)))
        elif any(run.moves(read) for read in consumers.spoken_of(run, node)):
            consumers.visit(run, node)
    _orphans(run)
    felt = {place.node for place, _, _ in states.told()}
    return Propagation(
        hits=_hits(run),
        untouched=tuple(sorted(node for node in order if node not in felt and node not in origins)),
        orphans=tuple(sorted(run.orphans, key=_orphan_key)),
        blocked=frozenset(states.blocked),
    )


def _begin(run: Following, node: str, first: int) -> None:
    """What a changed node feels of its own change; ``first`` is the first that was made there."""
    graph, states = run.graph, run.states
    rows = ColumnRef(node, None)
    hops.move_by_rows(graph, states, rows, states.feels(node, None))
    hops.move_star(graph, states, node)
    if node in run.whatif.shapes:
        run.reshaped[node] = at_origin(run.changes[first], first)
        shape = run.whatif.shapes[node]
        never = {
            (change.place.column or "").lower()
            for change in run.changes
            if change.place.node == node and change.kind is ChangeKind.IGNORED
        }
        lost = tuple(name for name in shape.lost if name.lower() not in never)
        relations.settle_shape(run, node, lost, shape.gained)
    relations.settle(run, node)


def _orphans(run: Following) -> None:
    """The tests, unit tests and docs of nodes that are gone as a whole."""
    gone = {
        change.place.node
        for change in run.changes
        if change.kind is ChangeKind.REMOVED and change.place.column is None
    }
    for node_id, node in run.loaded.project.nodes.items() if gone else ():
        parents = gone.intersection(node.parents) if node.kind in ("test", "unit_test") else ()
        for parent in parents:
            what = node.kind.replace("_", " ")
            run.orphans.add(Orphan(what, node_id, ColumnRef(parent, None)))


def _orphan_key(orphan: Orphan) -> tuple[str, str, str, str]:
    return orphan.what, orphan.node, orphan.names.node, orphan.names.column or ""


def _hits(run: Following) -> tuple[Hit, ...]:
    """Every feel as a hit, the nearest of each verdict at each place."""
    found: dict[tuple[ColumnRef, Verdict], tuple[Cause, Feel]] = {}
    for place, feel, cause in run.states.told():
        if _is_the_change(run, cause) or (cause.depth == 0 and place.column == "*"):
            continue
        key = place, feel.verdict
        have = found.get(key)
        if have is None or (cause, feel) < have:
            found[key] = cause, feel
    hits = [
        Hit(place, verdict, cause.depth, cause.place, cause.evidence, cause.reason, cause.origin)
        for (place, verdict), (cause, _) in found.items()
    ]
    return tuple(sorted(hits, key=_hit_key))


def _is_the_change(run: Following, cause: Cause) -> bool:
    """Whether a feel is only the change itself, where it was made or at a twin of that place."""
    return cause.depth == 0 and cause.reason == run.changes[cause.origin].reason


def _hit_key(hit: Hit) -> tuple[int, str, str, int, int]:
    return hit.depth, hit.place.node, hit.place.column or "", -hit.verdict, hit.origin
