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
    is_detail: bool = False  #: formats that can, show the title only until somebody wants more
    is_sparse: bool = False  #: a column in which nothing stands need not be shown
    strips: tuple[str, ...] = ()  #: columns whose text is a row of signs, to be seen as a picture


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
class Bar:
    """A stretch of time: what it was, when it began and ended, and how it went.

    *Units*: seconds since the timeline began. ``level`` is info, good, warn or bad; ``mark`` makes
    it stand out.
    """

    label: str
    begin: float
    end: float
    level: str = "info"
    lane: str = ""
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when: a bar for each thing, in the order to be shown."""

    title: str = ""
    bars: tuple[Bar, ...] = ()
    seconds: float = 0.0  #: from its beginning to its end
    note: str = ""  #: what is not shown, and what the marks mean
    before: str = ""  #: the title of the table that a page shows it before; else it comes last


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: its id (``rows-change``), and what it says in general."""

    id: str
    summary: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, at a place in a file of the project.

    ``level`` is error, warning or note. ``subject`` names the node or column as a person does,
    ``file`` is relative to the project ("" when there is none), ``line`` counts from 1. The same
    finding has the same ``fingerprint`` in every run. ``excused`` says why it does not count (""
    when it does): a waiver's reason, or that it was there before.
    """

    rule: str
    level: str
    message: str
    subject: str
    file: str = ""
    line: int = 1
    fingerprint: str = ""
    excused: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """An answer, in shapes. ``data`` is the plain JSON form (str keys, JSON values only).

    ``coverage`` is the one line that says what could not be seen ("" when it does not apply).
    ``headline`` is the answer in one line, for formats that begin with it. ``findings`` is ``None``
    for a question that has none by nature; ``rules`` are then the kinds that it knows.
    """

    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    graph: Subgraph = field(default_factory=Subgraph)
    gaps: tuple[Gap, ...] = ()
    coverage: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    headline: Fact | None = None
    findings: tuple[Finding, ...] | None = None
    rules: tuple[Rule, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
