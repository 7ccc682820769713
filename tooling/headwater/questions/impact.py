"""Everything downstream of models and columns: what would be felt there, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from headwater.core.columns import ColumnRef
from headwater.core.edges import Gap
from headwater.core.errors import NotFound
from headwater.core.report import Report
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.compose import Feel, Reach, reach_downstream
from headwater.graph.selection import looks_like_selection, select_nodes
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.questions.effects import DIRECT, Teller
from headwater.questions.loaded import Loaded
from headwater.questions.names import Target, resolve


class TouchedColumn(NamedTuple):
    """A column that feels the targets. ``via`` is the step before it on a shortest path."""

    ref: ColumnRef
    depth: int
    effect: str  #: in words: ``aggregation``, ``indirect (filter)``
    feels: tuple[Feel, ...]
    via: ColumnRef


class TouchedNode(NamedTuple):
    """A node that feels the targets in its columns, its rows, or as a whole."""

    node: str
    kind: str
    depth: int
    effect: str  #: of its rows, or of the whole where it has no columns; may be empty
    values: int  #: columns whose value flows from the targets
    indirect: int  #: columns whose value is only decided by them
    rows: bool  #: whether which rows it has is decided by them
    path: tuple[ColumnRef, ...]  #: a shortest one, from the target to here


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer.

    *Shape*: ``columns`` sorted by depth, node and place in the node; ``nodes`` (exposures, models,
    tests and all others) by depth and id. The targets themselves are in neither. ``untouched`` are
    nodes that depend on the targets' nodes without feeling the targets, sorted.
    """

    loaded: Loaded
    targets: tuple[Target, ...]
    columns: tuple[TouchedColumn, ...]
    nodes: tuple[TouchedNode, ...]
    untouched: tuple[str, ...]
    vertices: tuple[int, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    def of_kind(self, *kinds: str) -> tuple[TouchedNode, ...]:
        """The touched nodes of some kinds."""
        return tuple(node for node in self.nodes if node.kind in kinds)

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.impact_report import impact_report  # noqa: PLC0415 - a circle

        return impact_report(self)


def impact(
    loaded: Loaded,
    names: Sequence[str],
    *,
    depth: int | None = None,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Impact:
    """What feels the named models, columns or selections, at most ``depth`` nodes away.

    ``select`` and ``exclude`` keep and leave out nodes of the answer, not of the way to them.
    *Raises*: `NotFound`, `Ambiguous`, `SelectionError`.
    """
    targets = targets_of(loaded, names)
    starts = _starts(loaded, targets)
    reach = reach_downstream(loaded.graph, starts, depth)
    wanted = _wanted(loaded, select, exclude)
    own = frozenset(starts)
    touched = [v for v in reach.vertices() if v not in own]
    shown = [v for v in touched if wanted is None or loaded.graph.node_of(v) in wanted]
    said = [_Met(vertex, reach.nearest(vertex), reach.feels(vertex)) for vertex in shown]
    below = descendants(loaded, {target.node for target in targets}, depth)
    met = {loaded.graph.node_of(vertex) for vertex in touched}
    return Impact(
        loaded=loaded,
        targets=targets,
        columns=_columns(loaded, reach, said),
        nodes=_nodes(loaded, reach, said, {target.node for target in targets}),
        untouched=tuple(sorted(n for n in below - met if wanted is None or n in wanted)),
        vertices=tuple(sorted({*starts, *shown})),
        gaps=gaps_of(loaded, below | {target.node for target in targets}),
        coverage=coverage_line(loaded),
    )


def targets_of(loaded: Loaded, names: Sequence[str]) -> tuple[Target, ...]:
    """What the names stand for, each once, in the order given; a selection's nodes by id."""
    found: dict[Target, None] = {}
    for name in names:
        try:
            found[resolve(loaded, name)] = None
        except NotFound:
            if not looks_like_selection(name):
                raise
            nodes = sorted(select_nodes(loaded.project, [name]))
            if not nodes:
                raise
            found.update((Target(node), None) for node in nodes)
    return tuple(found)


def _starts(loaded: Loaded, targets: Iterable[Target]) -> list[int]:
    """The vertices to start at: a whole node starts at its rows and at every column."""
    starts: list[int] = []
    for target in targets:
        starts.append(loaded.graph.vertex(target.ref))
        if target.column is None:
            starts.extend(loaded.graph.columns_of(target.node))
    return starts


def _wanted(
    loaded: Loaded, select: Sequence[str], exclude: Sequence[str]
) -> Collection[str] | None:
    if not select and not exclude:
        return None
    return select_nodes(loaded.project, select, exclude)


def descendants(loaded: Loaded, nodes: Iterable[str], depth: int | None = None) -> set[str]:
    """The nodes that depend on any of these, by dbt's own word; without these themselves."""
    children: dict[str, list[str]] = {}
    for node in loaded.graph.nodes:
        for parent in loaded.graph.parents(node):
            children.setdefault(parent, []).append(node)
    begin = set(nodes)
    found: set[str] = set()
    level = begin
    while level and (depth is None or depth > 0):
        level = {child for node in level for child in children.get(node, ())} - found - begin
        found |= level
        depth = None if depth is None else depth - 1
    return found


# -- what was met --------------------------------------------------------------------------------


class _Met(NamedTuple):
    """One vertex that was met: how near, and in which ways."""

    vertex: int
    nearest: Feel
    feels: list[Feel]


def _columns(loaded: Loaded, reach: Reach, met: Iterable[_Met]) -> tuple[TouchedColumn, ...]:
    graph, teller = loaded.graph, Teller(loaded.graph, reach)
    found = [each for each in met if not graph.is_rows(each.vertex)]
    found.sort(key=lambda each: (each.nearest.depth, each.vertex))
    return tuple(
        TouchedColumn(
            graph.ref(each.vertex),
            each.nearest.depth,
            teller.told(each.feels),
            tuple(each.feels),
            graph.ref(_or(reach.before(each.nearest), each.vertex)),
        )
        for each in found
    )


def _or(vertex: int | None, other: int) -> int:
    return other if vertex is None else vertex


def _nodes(
    loaded: Loaded, reach: Reach, met: Iterable[_Met], own: Collection[str]
) -> tuple[TouchedNode, ...]:
    teller = Teller(loaded.graph, reach)
    by_node: dict[str, list[_Met]] = {}
    for each in met:
        by_node.setdefault(loaded.graph.node_of(each.vertex), []).append(each)
    found = [
        _node(loaded.graph, reach, teller, there)
        for node, there in by_node.items()
        if node not in own
    ]
    return tuple(sorted(found, key=lambda node: (node.depth, node.node)))


def _node(graph: ColumnGraph, reach: Reach, teller: Teller, met: list[_Met]) -> TouchedNode:
    node = graph.node_of(met[0].vertex)
    rows = graph.rows_vertex(node)
    row_feels = [feel for each in met if each.vertex == rows for feel in each.feels]
    columns = [each for each in met if each.vertex != rows]
    values = sum(any(feel.word in DIRECT for feel in each.feels) for each in columns)
    nearest = min(met, key=lambda each: (each.nearest.depth, each.vertex))
    path = reach.path(nearest.nearest)
    return TouchedNode(
        node=node,
        kind=graph.kind(node),
        depth=nearest.nearest.depth,
        effect=teller.told(row_feels),
        values=values,
        indirect=len(columns) - values,
        rows=any(feel.word == "ROWS" for feel in row_feels),
        path=tuple(graph.ref(v) for v in [*(s.source for s in path), nearest.vertex]),
    )
