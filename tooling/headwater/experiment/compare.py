"""An experiment held against a graph: what was seen to move, and what the graph says can move."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from headwater.core.edges import STRIDE, ColumnFlag, NodeLineage
from headwater.experiment.observe import Influence, Observed
from headwater.experiment.sandbox import Source
from headwater.experiment.signature import labels


@dataclass(frozen=True, slots=True)
class Claims:
    """What a node's lineage says can move its outputs.

    *Shape*: ``columns[k]`` holds the sources of the k-th output alone, ``rows`` those of its row
    set, which reach every output. About the outputs in ``opaque``, which have a gap, nothing is
    claimed.
    """

    names: tuple[str, ...]
    columns: tuple[frozenset[Source], ...]
    rows: frozenset[Source]
    opaque: frozenset[int] = frozenset()

    def reach(self, at: int) -> frozenset[Source]:
        """Everything that may move the output at this position, by value or by rows."""
        return self.columns[at] | self.rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where experiment and graph differ.

    ``missed`` was seen to move and is not in the graph; ``never_seen`` is in the graph and was not
    seen to move (an edge may still be true: the experiment proves presence, never absence).
    ``named`` counts the claims that the experiment could have seen, ``observed`` what it saw.
    """

    missed: tuple[Influence, ...]
    never_seen: tuple[Influence, ...]
    named: int
    observed: int
    names_differ: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether every observed influence is covered, over the same output columns."""
        return not self.missed and not self.names_differ


def claims(lineage: NodeLineage, tables: Mapping[str, str]) -> Claims:
    """What the lineage claims, by table name. ``tables`` maps node ids to tables."""
    columns: list[set[Source]] = [set() for _ in lineage.columns]
    rows: set[Source] = set()
    links = lineage.links
    for at in range(0, len(links), STRIDE):
        ref, target = lineage.sources[links[at]], links[at + 1]
        if ref.node in tables:
            reached = rows if target < 0 else columns[target]
            reached.add(folded(Source(tables[ref.node], ref.column)))
    unclear = ColumnFlag.OPAQUE | ColumnFlag.FAILED | ColumnFlag.OPEN
    opaque = {at for at, flag in enumerate(lineage.column_flags) if flag & unclear}
    return Claims(
        lineage.columns, tuple(map(frozenset, columns)), frozenset(rows), frozenset(opaque)
    )


def compare(
    observed: Observed, lineage: NodeLineage, tables: Mapping[str, str] | None = None
) -> Comparison:
    """The differences between what was seen and what the lineage claims.

    *Shape*: outputs are matched by position, so unnamed expressions need no common spelling;
    ``tables`` maps node ids to the experiment's tables (default: they are the same).
    """
    names = tables or {ref.node: ref.node for ref in lineage.sources}
    claimed = claims(lineage, names)
    if len(claimed.columns) != len(observed.columns):
        return Comparison((), (), 0, len(observed.influences), names_differ=True)
    place = {name: at for at, name in enumerate(observed.columns)}
    missed = tuple(
        sorted(
            (i for i in observed.influences if not _is_covered(i, claimed, place)), key=_sort_key
        )
    )
    named = _named(observed, claimed)
    seen = {(i.output, folded(Source(i.table, i.column))) for i in observed.influences}
    never = tuple(
        sorted(
            (i for i in named if (i.output, Source(i.table, i.column)) not in seen), key=_sort_key
        )
    )
    return Comparison(
        missed, never, len(named), len(observed.influences), _differ(observed, lineage)
    )


def _is_covered(influence: Influence, claimed: Claims, place: Mapping[str, int]) -> bool:
    source = folded(Source(influence.table, influence.column))
    if influence.output is None:
        return source in claimed.rows
    return source in claimed.reach(place[influence.output])


def _named(observed: Observed, claimed: Claims) -> set[Influence]:
    """The claims that the experiment tried to see: one per output and source column."""
    tried = {folded(source) for source in observed.tried if source.column is not None}
    return {
        Influence(name, source.table, source.column, "any")
        for at, name in enumerate(observed.columns)
        if name not in observed.unstable
        for source in claimed.reach(at) & tried
    }


def _differ(observed: Observed, lineage: NodeLineage) -> bool:
    """Whether plainly named outputs have other names in the lineage; expressions may differ."""
    theirs: Collection[str] = labels(lineage.columns)
    return any(
        ours.replace("_", "").isalnum() and ours.lower() != other.lower()
        for ours, other in zip(observed.columns, theirs, strict=True)
    )


def folded(source: Source) -> Source:
    """The source with its column's name in lower case: DuckDB's names ignore case."""
    return Source(source.table, None if source.column is None else source.column.lower())


def _sort_key(influence: Influence) -> tuple[str, ...]:
    return tuple(part or "" for part in influence)
