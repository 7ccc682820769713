"""The shapes every answer is given in, so that no question knows a format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from headwater.core.edges import Gap

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; ``level`` is info, good, warn or bad."""

    label: str
    value: Cell
    level: str = "info"


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. Every row has ``len(columns)`` cells.

    ``wrap`` names the columns of text, which may wrap or stand below their row. ``group`` names a
    column whose equal values follow each other: they may become headings. Where all columns in
    ``fold`` are as in the row before, a reader need not see them again.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wrap: tuple[str, ...] = ()
    group: str = ""
    fold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A box: ``id`` is unique in the subgraph, ``group`` (a node id) draws a frame around boxes."""

    id: str
    label: str
    kind: str = "column"
    group: str = ""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """An arrow from ``source`` to ``target`` (GraphNode ids), with its words."""

    source: str
    target: str
    label: str = ""
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Subgraph:
    """What a picture format draws."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An answer, in shapes. ``data`` is the plain JSON form (str keys, JSON values only).

    ``coverage`` is the one line that says what could not be seen ("" when it does not apply).
    """

    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    graph: Subgraph = field(default_factory=Subgraph)
    gaps: tuple[Gap, ...] = ()
    coverage: str = ""
    data: dict[str, Any] = field(default_factory=dict)
