"""As of when the data of a node is: the oldest of what flows into it.

A table holds what its sources held when it was built, so its data is as of its last good build or
of the oldest data that it was built from, whichever is earlier. A view holds what its parents hold
now. A seed is a file of the project and has no age. What is not known stays unknown: an age is
then only "at least so old". Where a model itself was looked at, its newest row counts, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from headwater.core.columns import kind_of
from headwater.core.observations import Checked, Observations
from headwater.core.project import Node, Project

#: Built anew whenever they are read.
_PASSING = frozenset({"view", "ephemeral", "materialized_view"})
#: Kinds that hold data, or show it.
DATA = frozenset({"model", "snapshot", "seed", "source", "exposure"})
CARRIERS = DATA | {"metric", "semantic_model", "saved_query"}


@dataclass(frozen=True, slots=True)
class DataAge:
    """As of when the data of one node is.

    ``as_of`` is the oldest known moment, ``None`` when none is known. ``culprit`` is the node that
    moment belongs to, ``path`` the way from it to this node, both ends included. ``unknown`` are
    the sources and tables upstream (or this node) of which nothing is known, sorted.
    """

    as_of: datetime | None
    culprit: str
    path: tuple[str, ...]
    unknown: tuple[str, ...]


def data_ages(project: Project, seen: Observations) -> Mapping[str, DataAge]:
    """The age of every source, seed, model, snapshot and exposure, and what stands between."""
    found: dict[str, DataAge] = {}
    for node in _ordered(project):
        found[node.id] = _age(node, [found[p] for p in node.parents if p in found], seen)
    return found


def _age(node: Node, parents: list[DataAge], seen: Observations) -> DataAge:
    if node.kind == "source":
        checked = seen.sources.get(node.id)
        loaded = checked.loaded_at if checked else None
        return DataAge(loaded, node.id, (node.id,), () if loaded else (node.id,))
    unknown = {name for parent in parents for name in parent.unknown}
    known = [parent for parent in parents if parent.as_of is not None]
    oldest = min(known, key=lambda p: (p.as_of, p.culprit), default=None)
    path = (*oldest.path, node.id) if oldest else (node.id,)
    as_of, culprit = (oldest.as_of, oldest.culprit) if oldest else (None, node.id)
    built, checked = seen.builds.get(node.id), looked_at(node.id, seen)
    good = built.good_at if built and is_stored(node) else None
    if checked is not None and checked.loaded_at is not None:
        good = checked.loaded_at if good is None else min(good, checked.loaded_at)
    if good is None and not is_stored(node):
        return DataAge(as_of, culprit, path, tuple(sorted(unknown)))
    if good is None:
        return DataAge(as_of, culprit, path, tuple(sorted({*unknown, node.id})))
    if as_of is None or good < as_of:
        as_of, culprit, path = good, node.id, (node.id,)
    return DataAge(as_of, culprit, path, tuple(sorted(unknown)))


def looked_at(name: str, seen: Observations) -> Checked | None:
    """What ``dbt freshness`` (dbt 2) saw of a model itself, unless it was built since."""
    checked, built = seen.sources.get(name), seen.builds.get(name)
    if checked is None or checked.loaded_at is None or checked.checked_at is None:
        return None
    good = built.good_at if built else None
    return checked if good is None or good <= checked.checked_at else None


def is_stored(node: Node) -> bool:
    """Whether a node holds rows of its own."""
    return node.kind == "snapshot" or (node.kind == "model" and node.materialized not in _PASSING)


def _ordered(project: Project) -> Iterable[Node]:
    """What carries data, upstream first; nodes of a cycle come in the order of their ids."""
    done: set[str] = set()
    for start in project.nodes:
        stack = [start]
        path: set[str] = set()
        while stack:
            name = stack[-1]
            if name in done or name not in project.nodes or kind_of(name) not in CARRIERS:
                stack.pop()
                continue
            node = project.nodes[name]
            ahead = [p for p in node.parents if p not in done and p not in path]
            ahead = [p for p in ahead if p in project.nodes and kind_of(p) in CARRIERS]
            path.add(name)
            if ahead:
                stack.extend(ahead)
                continue
            stack.pop()
            done.add(name)
            yield node
