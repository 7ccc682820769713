"""Columns that exist because somebody reads them.

``select *`` over a relation whose columns nobody knows leaves an *open* node. A later explicit use
of one of its columns is proof that the column exists: it is created, and routed through the star to
what it stands for, node by node up to the source. Creation depends on nothing but which columns are
asked for, so the order of asking does not matter; only the spelling does (first asked, first kept).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from headwater.core.edges import ColumnFlag, EdgeFlag, Gap, GapReason, NodeLineage
from headwater.graph.drafts import STAR, Draft, Route, StarRoute, external_draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Demand = tuple[str, str, str]  #: node, column, who reads it


def lineage_demands(lineage: NodeLineage, drafts: dict[str, Draft]) -> list[Demand]:
    """The columns this lineage reads that are not there yet; unknown relations become drafts."""
    wanted: list[Demand] = []
    for node, column in lineage.sources:
        draft = drafts.get(node)
        if draft is None:
            draft = drafts[node] = external_draft(node)
        if column is None or column.lower() in draft.index:
            continue
        wanted.append((node, column, lineage.node))
    return wanted


def meet(demands: Iterable[Demand], drafts: Mapping[str, Draft]) -> list[Gap]:
    """Create every demanded column and what it stands for; gaps for those that cannot exist."""
    gaps: list[Gap] = []
    queue = deque(demands)
    while queue:
        node, column, reader = queue.popleft()
        draft = drafts[node]
        key = column.lower()
        if key in draft.index:
            continue
        if column == STAR:
            draft.add(STAR, ColumnFlag.OPEN)
        elif not draft.stars and draft.complete:
            draft.add(column, ColumnFlag.FAILED)
            detail = f"'{column}' is read by {reader}, but is not among its columns"
            gaps.append(Gap(node, column, GapReason.UNKNOWN_COLUMN, detail))
        else:
            queue.extend(_create(draft, column, drafts))
    return gaps


def _create(draft: Draft, column: str, drafts: Mapping[str, Draft]) -> list[Demand]:
    """Create the column and its routes; gives what that asks of the nodes above."""
    draft.add(column, draft.created_flag)
    candidates = _candidates(draft, column.lower(), drafts)
    several = EdgeFlag.AMBIGUOUS if len({star.source for star in candidates}) > 1 else EdgeFlag.NONE
    for star in candidates:
        route = Route(star.source, column, star.effect, star.flags | several, star.evidence)
        draft.routes.append(route)
    return [(star.source, column, draft.id) for star in candidates]


def _candidates(draft: Draft, key: str, drafts: Mapping[str, Draft]) -> list[StarRoute]:
    """The stars that may stand for the column; all of them when none admits to it."""
    return [s for s in draft.stars if drafts[s.source].may_have(key)] or draft.stars
