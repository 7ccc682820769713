"""One node's columns while the graph is being built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from headwater.core.edges import (
    KNOWN_FLAGS,
    STRIDE,
    ColumnFlag,
    EdgeFlag,
    Effect,
    NodeLineage,
    Span,
)
from headwater.graph.column_graph import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.core.project import Node

STAR = "*"
SQL_KINDS = frozenset({"model", "snapshot", "analysis", "operation", "sql_operation"})
DATA_KINDS = frozenset({"model", "snapshot", "seed", "source", EXTERNAL})


class StarRoute(NamedTuple):
    """``source.* -> node.*``: where the unknown columns of an open node come from."""

    source: str
    effect: Effect
    flags: EdgeFlag
    evidence: Span


class Route(NamedTuple):
    """An edge made on demand: ``source.column -> node.column``."""

    source: str
    column: str
    effect: Effect
    flags: EdgeFlag
    evidence: Span


@dataclass(slots=True)
class Draft:
    """Columns known and created so far. ``index`` maps the lower-case name to a local place."""

    id: str
    kind: str
    names: list[str] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    known: int = 0  #: how many of the columns were there before any demand
    complete: bool = False  #: whether no column can exist that is not listed
    understood: bool = False  #: whether its SQL (if it has any) gave its columns
    created_flag: ColumnFlag = ColumnFlag.NONE
    stars: list[StarRoute] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    first: int = 0  #: the row-set vertex, once the columns are settled

    def add(self, name: str, flags: int = ColumnFlag.NONE) -> int:
        """The local place of a column; a name that is there (in any case) keeps its spelling."""
        key = name.lower()
        place = self.index.get(key)
        if place is None:
            place = self.index[key] = len(self.names)
            self.names.append(name)
            self.flags.append(int(flags))
        else:
            self.flags[place] |= flags
        return place

    def add_all(self, names: Sequence[str], flags: Sequence[int]) -> None:
        """As `add` for each, into an empty draft; quick where no name occurs twice."""
        index = {name.lower(): place for place, name in enumerate(names)}
        if len(index) == len(names):
            self.names, self.flags, self.index = list(names), list(flags), index
            return
        for name, flag in zip(names, flags, strict=True):
            self.add(name, flag)

    def may_have(self, key: str) -> bool:
        """Whether a column of that lower-case name exists or could exist."""
        return key in self.index or not self.complete

    def settle(self, first: int) -> int:
        """Sort the created columns by name and fix the vertices; gives the next free vertex."""
        self.first = first
        known, created = self.names[: self.known], self.names[self.known :]
        if created:
            flags = {name: self.flags[self.index[name.lower()]] for name in created}
            created.sort(key=lambda name: (name.lower(), name))
            self.names = known + created
            self.flags = self.flags[: self.known] + [flags[name] for name in created]
            self.index.update((n.lower(), self.known + i) for i, n in enumerate(created))
        return first + 1 + len(self.names)

    def vertex(self, column: str | None) -> int:
        """The vertex of a column that is there, or of the row set."""
        return self.first if column is None else self.first + 1 + self.index[column.lower()]


def draft_node(node: Node, lineage: NodeLineage | None) -> tuple[Draft, list[str]]:
    """The draft of a node, and further columns that a catalog or the project declares for it.

    Those further columns are demanded rather than added where a star stands for them, so that they
    get their sources.
    """
    draft = Draft(node.id, node.kind)
    said = node.catalog_columns if node.catalog_columns is not None else node.columns
    names = [column.name for column in said]
    if lineage is not None and lineage.columns:
        _add_lineage(draft, lineage)
        draft.complete = not lineage.is_open or node.catalog_columns is not None
        return draft, names if lineage.is_open else []
    draft.understood = node.kind not in SQL_KINDS
    draft.complete = node.catalog_columns is not None or node.kind not in DATA_KINDS
    if not draft.understood:
        python = node.language != "sql"
        draft.created_flag = ColumnFlag.OPAQUE if python else ColumnFlag.FAILED
    if node.kind in DATA_KINDS:
        draft.add_all(names, [int(draft.created_flag)] * len(names))
    draft.known = len(draft.names)
    return draft, []


def external_draft(node_id: str) -> Draft:
    """The draft of a relation outside the project: nothing known, everything possible."""
    return Draft(node_id, EXTERNAL, understood=True)


def _add_lineage(draft: Draft, lineage: NodeLineage) -> None:
    draft.understood = True
    draft.add_all(lineage.columns, lineage.column_flags)
    draft.known = len(draft.names)
    if not lineage.is_open:
        return
    links, sources = lineage.links, lineage.sources
    for at in range(0, len(links), STRIDE):
        source, target, effect, flags, start, end = links[at : at + STRIDE]
        if target < 0 or lineage.columns[target] != STAR or sources[source].column != STAR:
            continue
        if sources[source].node != draft.id:
            route = StarRoute(
                sources[source].node,
                Effect(effect),
                EdgeFlag(flags & KNOWN_FLAGS),
                Span(start, end),
            )
            draft.stars.append(route)
