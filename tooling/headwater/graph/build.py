"""Project + NodeLineages -> ColumnGraph."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from headwater.core.edges import (
    KNOWN_FLAGS,
    STRIDE,
    ColumnFlag,
    EdgeFlag,
    Effect,
    Gap,
    GapReason,
    NodeLineage,
)
from headwater.graph.column_graph import ColumnGraph, GraphData
from headwater.graph.consumers import consumer_lineage
from headwater.graph.demand import Demand, lineage_demands, meet
from headwater.graph.drafts import SQL_KINDS, STAR, Draft, draft_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.core.project import Node, Project

#: Nodes that read others of their own kind come last, so that those are drafted before them.
CONSUMERS = ("test", "unit_test", "semantic_model", "metric", "saved_query")


class Link(NamedTuple):
    """One edge by vertex numbers."""

    source: int
    target: int
    effect: int
    flags: int
    start: int = -1
    end: int = -1


class Plan(NamedTuple):
    """Everything that is known before vertices are numbered."""

    drafts: Mapping[str, Draft]
    lineages: Mapping[str, NodeLineage]
    gaps: list[Gap]


def build_graph(project: Project, lineages: Mapping[str, NodeLineage]) -> ColumnGraph:
    """The graph of every column of the project.

    *Shape*: the same graph for any order of ``project.nodes`` and ``lineages``. Lineages of nodes
    that the project does not have are left out.
    """
    plan = _plan(project, lineages)
    order = sorted(plan.drafts)
    first = _settle(plan.drafts, order)
    source, target, effect, edge_flags, start, end = _edges(project, plan, order)
    parent_at, parents = _parents(project, plan, order)
    names, name_at, column_flags = _names(plan.drafts, order)
    down_at = offsets_of(source, first[-1])
    return ColumnGraph(
        GraphData(
            nodes=order,
            kinds=[plan.drafts[node].kind for node in order],
            first=first,
            parent_at=parent_at,
            parents=parents,
            names=names,
            name_at=name_at,
            column_flags=column_flags,
            source=source,
            target=target,
            effect=effect,
            edge_flags=edge_flags,
            start=start,
            end=end,
            up_at=offsets_of(target, first[-1]),
            down_at=down_at,
            down=by_source(source, down_at),
            gaps=sorted_gaps(plan.gaps),
        )
    )


# -- columns -------------------------------------------------------------------------------------


def _plan(project: Project, lineages: Mapping[str, NodeLineage]) -> Plan:
    drafts: dict[str, Draft] = {}
    used: dict[str, NodeLineage] = {}
    gaps: list[Gap] = []
    demands: list[Demand] = []
    for node_id in sorted(project.nodes):
        node, lineage = project.nodes[node_id], lineages.get(node_id)
        drafts[node_id], said = draft_node(node, lineage)
        demands.extend((node_id, name, node_id) for name in said)
        if lineage is not None:
            gaps.extend(lineage.gaps)
            if lineage.columns or lineage.links:
                used[node_id] = lineage
        gaps.extend(own_gaps(node, lineage, drafts[node_id]))
    for node_id in sorted(used):
        demands.extend(lineage_demands(used[node_id], drafts))
    gaps.extend(meet(demands, drafts))
    for kind in CONSUMERS:
        gaps.extend(_add_consumers(kind, project, drafts, used))
    return Plan(drafts, used, gaps)


def _settle(drafts: Mapping[str, Draft], order: list[str]) -> array[int]:
    """Number the vertices; gives the first of each node, and how many there are."""
    first = array("i", [0])
    for node in order:
        first.append(drafts[node].settle(first[-1]))
    return first


def _add_consumers(
    kind: str, project: Project, drafts: dict[str, Draft], used: dict[str, NodeLineage]
) -> list[Gap]:
    """Give the nodes of one kind that have no lineage yet what they are known to read."""
    demands: list[Demand] = []
    for node_id in sorted(project.nodes):
        node = project.nodes[node_id]
        if node.kind != kind or node_id in used:
            continue
        lineage = consumer_lineage(node, project, drafts)
        if lineage is not None:
            used[node_id] = lineage
            drafts[node_id], _ = draft_node(node, lineage)
            demands.extend(lineage_demands(lineage, drafts))
    return meet(demands, drafts)


def own_gaps(node: Node, lineage: NodeLineage | None, draft: Draft) -> Iterable[Gap]:
    """Gaps nobody below this layer can know: no lineage at all, and drift from the catalog."""
    if node.kind in {"model", "snapshot"} and lineage is None:
        python = node.language != "sql"
        reason = GapReason.PYTHON_MODEL if python else GapReason.NOT_COMPILED
        yield Gap(node.id, None, reason, f"{node.language} without lineage")
    if node.catalog_columns is None or not draft.understood or node.kind not in SQL_KINDS:
        return
    in_catalog = {column.name.lower(): column.name for column in node.catalog_columns}
    only_catalog = sorted(n for key, n in in_catalog.items() if key not in draft.index)
    only_sql = sorted(n for n in draft.names if n != STAR and n.lower() not in in_catalog)
    if only_sql or (only_catalog and draft.complete and STAR not in draft.index):
        detail = (
            f"only in the catalog: {_listed(only_catalog)}; only in the SQL: {_listed(only_sql)}"
        )
        yield Gap(node.id, None, GapReason.CATALOG_DRIFT, detail)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


def sorted_gaps(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Each gap once, by node."""

    def key(gap: Gap) -> tuple[str, str, str, int, str]:
        return gap.node, gap.column or "", gap.reason, gap.line or 0, gap.detail

    return tuple(sorted(dict.fromkeys(gaps), key=key))


# -- edges ---------------------------------------------------------------------------------------


def _edges(
    project: Project, plan: Plan, order: list[str]
) -> tuple[array[int], array[int], array[int], array[int], array[int], array[int]]:
    """Six parallel arrays, sorted by target vertex; edges of one target keep their stored order."""
    parts = (array("i"), array("i"), array("B"), array("H"), array("i"), array("i"))
    shadows = _shadows(plan)
    for node_id in order:
        columns = lineage_links(plan, node_id)
        extra = [*_demanded_links(plan, node_id), *shadows.get(node_id, ())]
        if node_id in project.nodes:
            extra += whole_reads(project.nodes[node_id], plan)
        for column, values in zip(columns, zip(*extra, strict=True), strict=False):
            column.extend(values)
        append_sorted(parts, columns, plan.drafts[node_id].first)
    return parts


def append_sorted(parts: tuple[array[int], ...], columns: tuple[list[int], ...], rows: int) -> None:
    """Append the links of one node by target; ``rows``, its row set, is the first of them.

    A lineage has its columns' links in order and its rows' links after them: moving those to the
    front is all there is to do, and it is most of the graph's edges.
    """
    targets = columns[1]
    split = len(targets) - targets.count(rows)
    head = targets[:split]
    if rows not in head and head == sorted(head):
        for part, column in zip(parts, columns, strict=True):
            part.extend(column[split:] + column[:split] if split else column)
        return
    places = sorted(range(len(targets)), key=targets.__getitem__)
    for part, column in zip(parts, columns, strict=True):
        part.extend([column[at] for at in places])


def lineage_links(plan: Plan, node_id: str) -> tuple[list[int], ...]:
    """The links of a node's lineage by vertex numbers, as six parallel lists in stored order."""
    lineage = plan.lineages.get(node_id)
    if lineage is None:
        return ([], [], [], [], [], [])
    drafts, draft, links = plan.drafts, plan.drafts[node_id], lineage.links
    sources = []
    for node, column in lineage.sources:  # a call for each would cost as much as all the rest
        above = drafts[node]
        place = 0 if column is None else 1 + above.index[column.lower()]
        sources.append(above.first + place)
    count = len(lineage.columns)
    if draft.known == count:  # every column stands where the SQL has it
        targets = list(range(draft.first + 1, draft.first + 1 + count))
    else:
        targets = [draft.vertex(column) for column in lineage.columns]
    targets.append(draft.first)  # index -1 is the node's row set
    effects, flags, start, end = (links[part::STRIDE].tolist() for part in range(2, STRIDE))
    if lineage.calls:
        flags = [each & KNOWN_FLAGS for each in flags]
    return (
        [sources[at] for at in links[0::STRIDE]],
        [targets[at] for at in links[1::STRIDE]],
        *(effects, flags, start, end),
    )


def _demanded_links(plan: Plan, node_id: str) -> Iterable[Link]:
    draft = plan.drafts[node_id]
    for source, column, effect, flags, (start, end) in draft.routes:
        from_vertex = plan.drafts[source].vertex(column)
        yield Link(from_vertex, draft.vertex(column), int(effect), int(flags), start, end)


def _shadows(plan: Plan) -> dict[str, list[Link]]:
    """Edges from created columns to the ``*`` of their own node, where somebody reads that ``*``.

    A column created for one reader is also among what every ``select *`` over the node carries.
    """
    read = {s.node for lin in plan.lineages.values() for s in lin.sources if s.column == STAR}
    shadows: dict[str, list[Link]] = {}
    for node_id in read:
        draft = plan.drafts[node_id]
        star = draft.vertex(STAR)
        effect, flags = int(Effect.IDENTITY), int(EdgeFlag.AMBIGUOUS)
        shadows[node_id] = [
            Link(draft.vertex(name), star, effect, flags)
            for name in draft.names[draft.known :]
            if name != STAR
        ]
    return shadows


def whole_reads(node: Node, plan: Plan) -> list[Link]:
    """Edges from everything a node may read, where nothing finer is known."""
    draft = plan.drafts[node.id]
    if draft.understood and node.id in plan.lineages:
        return _function_reads(node, plan)
    if node.kind in {"source", "seed"}:
        return []
    shows = node.kind == "exposure"
    flags = int(EdgeFlag.NONE if shows else EdgeFlag.AMBIGUOUS)
    effect = int(Effect.IDENTITY if shows else Effect.FILTER)
    links: list[Link] = []
    for parent in node.parents:
        above = plan.drafts.get(parent)
        if above is None or parent == node.id:
            continue
        vertices = range(above.first, above.first + 1 + len(above.names))
        links.extend(Link(vertex, draft.first, effect, flags) for vertex in vertices)
    return links


def _function_reads(node: Node, plan: Plan) -> list[Link]:
    """A warehouse function may shape anything in the nodes that call it."""
    functions = [p for p in node.parents if p.startswith("function.") and p in plan.drafts]
    draft = plan.drafts[node.id]
    effect, flags = int(Effect.TRANSFORMATION), int(EdgeFlag.AMBIGUOUS)
    return [
        Link(plan.drafts[parent].first, vertex, effect, flags)
        for parent in functions
        for vertex in range(draft.first, draft.first + 1 + len(draft.names))
    ]


# -- arrays --------------------------------------------------------------------------------------


def offsets_of(ends: array[int], size: int) -> array[int]:
    """Where the edges of each vertex begin, if they lie in the order of these ``ends``."""
    counts = [0] * (size + 1)
    for vertex in ends:
        counts[vertex + 1] += 1
    return array("i", accumulate(counts))


def by_source(sources: array[int], down_at: array[int]) -> array[int]:
    """The edges ordered by source vertex: a counting sort, because there may be a million."""
    place = down_at[:]
    down = array("i", bytes(sources.itemsize * len(sources)))
    for edge, source in enumerate(sources):
        down[place[source]] = edge
        place[source] += 1
    return down


def _names(drafts: Mapping[str, Draft], order: list[str]) -> tuple[str, array[int], array[int]]:
    names: list[str] = []
    flags = array("B")
    for node in order:
        draft = drafts[node]
        names.append("")
        names.extend(draft.names)
        flags.append(ColumnFlag.NONE)
        flags.extend(draft.flags)
    name_at = array("i", accumulate(map(len, names), initial=0))
    return "".join(names), name_at, flags


def _parents(project: Project, plan: Plan, order: list[str]) -> tuple[array[int], array[int]]:
    """Parents by number: dbt's ``depends_on``, and what the SQL reads outside the project."""
    numbers = {node: at for at, node in enumerate(order)}
    parent_at, parents = array("i", [0]), array("i")
    for node_id in order:
        node, lineage = project.nodes.get(node_id), plan.lineages.get(node_id)
        found = {numbers[p] for p in node.parents if p in numbers} if node else set()
        if lineage is not None:
            outside = {s.node for s in lineage.sources if s.node not in project.nodes}
            found |= {numbers[name] for name in outside}
        parents.extend(sorted(found))
        parent_at.append(len(parents))
    return parent_at, parents
