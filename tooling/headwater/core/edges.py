"""Effects, edges, gaps, and what one node's SQL was understood to do."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import NamedTuple

from headwater.core.columns import ColumnRef


class Effect(IntEnum):
    """How a source column shapes its target: OpenLineage's ColumnLineageDatasetFacet words.

    Direct effects are ordered by strength. The rest are indirect.
    """

    IDENTITY = 0
    TRANSFORMATION = 1
    AGGREGATION = 2
    JOIN = 3
    FILTER = 4
    GROUP_BY = 5
    SORT = 6
    WINDOW = 7
    CONDITIONAL = 8

    @property
    def is_direct(self) -> bool:
        """Whether the value itself flows (IDENTITY, TRANSFORMATION, AGGREGATION)."""
        return self <= Effect.AGGREGATION


class EdgeFlag(IntFlag):
    """What else is true of an edge."""

    NONE = 0
    RENAMED = 1  #: IDENTITY under another name
    CAST = 2  #: the value passed a cast
    MASKING = 4  #: a masking function stands between source and target; sticks over hops
    AMBIGUOUS = 8  #: one of several candidates, because a relation's columns are not known
    ORDER_ONLY = 16  #: SORT without a limit: the order of rows moves, not which rows there are
    PARTIAL = 32  #: only a part of the value is left, or less; MASKING implies it
    COUNTED = 64  #: nothing of the value is left, it was only counted; implies MASKING
    REVEALED = 128  #: what was encrypted before is decrypted; the masks beside it came after
    MARKED = 256  #: a mark in the SQL says that it is a mask


#: Above the flags of a link: one bit for each of a text's functions that nobody knows here, set
#: where every path passes it. `NodeLineage.calls` has their names.
FIRST_CALL = 512
CALLS = 21
KNOWN_FLAGS = FIRST_CALL - 1


class ColumnFlag(IntFlag):
    """What is true of an output column of one node's SQL."""

    NONE = 0
    CONSTANT = 1  #: no source column at all
    OPAQUE = 2  #: its sources cannot be seen (Python, an unknown table function); there is a Gap
    FAILED = 4  #: its sources could not be resolved; there is a Gap with the reason
    ROW_DEPENDENT = 8  #: an aggregate or a window: its value moves when the set of rows moves
    OPEN = 16  #: the column ``*``: everything of a relation whose columns are not known


class Span(NamedTuple):
    """A half-open range of characters in the node's (compiled) SQL; ``(-1, -1)`` is nowhere."""

    start: int
    end: int


class Edge(NamedTuple):
    """One influence. ``target.column is None``: it shapes the rows of the whole target node.

    ``source.column is None``: the set of rows of the source node is the influence.
    """

    source: ColumnRef
    target: ColumnRef
    effect: Effect
    flags: EdgeFlag
    evidence: Span

    @property
    def masking(self) -> bool:
        """Whether a mask stands between source and target (OpenLineage ``masking``)."""
        return bool(self.flags & (EdgeFlag.MASKING | EdgeFlag.MARKED))


class GapReason:
    """The closed list of reasons why something could not be seen."""

    NOT_COMPILED = "not_compiled"
    PARSE_FAILED = "parse_failed"
    TOO_DEEP = "too_deep"
    JINJA_LEFT = "jinja_left"
    NOT_A_QUERY = "not_a_query"
    PYTHON_MODEL = "python_model"
    UNKNOWN_COLUMNS = "unknown_columns"
    UNKNOWN_COLUMN = "unknown_column"
    AMBIGUOUS_COLUMN = "ambiguous_column"
    COLUMN_COUNT = "column_count"
    UNKNOWN_RELATION = "unknown_relation"
    UNKNOWN_TABLE_FUNCTION = "unknown_table_function"
    DYNAMIC_COLUMNS = "dynamic_columns"
    UNSUPPORTED_SYNTAX = "unsupported_syntax"
    CYCLE = "cycle"
    CATALOG_DRIFT = "catalog_drift"
    INTERNAL = "internal"


#: Reasons that leave nothing of a node.
NOTHING_LEFT = frozenset(
    {
        GapReason.NOT_COMPILED,
        GapReason.PARSE_FAILED,
        GapReason.TOO_DEEP,
        GapReason.JINJA_LEFT,
        GapReason.NOT_A_QUERY,
        GapReason.PYTHON_MODEL,
        GapReason.UNSUPPORTED_SYNTAX,
        GapReason.INTERNAL,
    }
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be seen, and why. ``column is None``: it concerns the whole node."""

    node: str
    column: str | None
    reason: str
    detail: str
    line: int | None = None


_OPEN = int(ColumnFlag.OPEN)  # arithmetic of IntFlag is slow, and this is asked often
STRIDE = 6  #: integers per link: source, target, effect, flags, start, end


@dataclass(frozen=True, slots=True)
class NodeLineage:
    """One node's SQL, understood: the unit of caching and of parallel work.

    *Shape*: ``columns`` are the output columns in order (duplicates possible); ``column_flags``
    is parallel to it. ``links`` is flat, ``STRIDE`` integers per edge: index into ``sources``,
    index into ``columns`` (-1: the node's row set), Effect, EdgeFlag, and the evidence span.
    ``calls`` are the unknown functions that the bits from ``FIRST_CALL`` on stand for.
    """

    node: str
    columns: tuple[str, ...] = ()
    column_flags: tuple[int, ...] = ()
    sources: tuple[ColumnRef, ...] = ()
    links: array[int] = field(default_factory=lambda: array("i"))
    gaps: tuple[Gap, ...] = ()
    calls: tuple[str, ...] = ()

    def edges(self) -> Iterator[Edge]:
        """The links as `Edge`s, in stored order."""
        links, columns, sources = self.links, self.columns, self.sources
        for at in range(0, len(links), STRIDE):
            source, target, effect, flags, start, end = links[at : at + STRIDE]
            column = None if target < 0 else columns[target]
            yield Edge(
                sources[source],
                ColumnRef(self.node, column),
                Effect(effect),
                EdgeFlag(flags & KNOWN_FLAGS),
                Span(start, end),
            )

    @property
    def is_open(self) -> bool:
        """Whether some output columns are unknown (the last column is then ``*``)."""
        return any(flag & _OPEN for flag in self.column_flags)
