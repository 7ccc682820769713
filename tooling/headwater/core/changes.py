"""What changed at its origin, and what is felt downstream of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from headwater.core.columns import ColumnRef
from headwater.core.edges import Span

NOWHERE = Span(-1, -1)


class Axis(StrEnum):
    """On which of three axes something changed; the same edit may show on several."""

    CONTRACT = "contract"  #: what readers may rely on: names, types, order of the columns
    DATA = "data"  #: what stands in the rows, and which rows there are
    DEPLOY = "deploy"  #: what has to be done in the warehouse for the change to be there


class ChangeKind(StrEnum):
    """What changed at its origin. The words are the ones answers use."""

    # contract
    REMOVED = "removed"  #: the column, or the whole node, is gone
    RENAMED = "renamed"  #: gone under this name; ``Change.other`` is the likely new name
    ADDED = "added"
    TYPE = "type"
    NULLABILITY = "nullability"
    COLUMN_ORDER = "column order"
    # data
    ROWS = "rows"  #: which rows there are
    GRAIN = "grain"  #: what one row stands for; also a change of rows
    VALUE = "value"
    ROW_ORDER = "row order"  #: only the order in which the rows come
    UNKNOWN = "unknown"  #: something changed, and what it does could not be told
    # deploy
    FULL_REFRESH = "full refresh needed"
    IGNORED = "column silently ignored"
    DROPPED = "relation dropped"
    RUN_FAILS = "run fails"
    REBUILT = "built another way"

    @property
    def axis(self) -> Axis:
        """The axis it shows on."""
        return _AXES[self]


_CONTRACT = (
    ChangeKind.REMOVED,
    ChangeKind.RENAMED,
    ChangeKind.ADDED,
    ChangeKind.TYPE,
    ChangeKind.NULLABILITY,
    ChangeKind.COLUMN_ORDER,
)
_DATA = (
    ChangeKind.ROWS,
    ChangeKind.GRAIN,
    ChangeKind.VALUE,
    ChangeKind.ROW_ORDER,
    ChangeKind.UNKNOWN,
)
_AXES = {
    kind: Axis.CONTRACT if kind in _CONTRACT else Axis.DATA if kind in _DATA else Axis.DEPLOY
    for kind in ChangeKind
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change at its origin.

    ``place.column is None``: the rows of the node, or the node as a whole. ``reason`` says in words
    what was edited (``WHERE condition added``). ``base`` and ``head`` are spans in the node's
    compiled SQL before and after, ``(-1, -1)`` where there is none. ``similarity`` (0 to 1) belongs
    to RENAMED.
    """

    place: ColumnRef
    kind: ChangeKind
    reason: str
    base: Span = NOWHERE
    head: Span = NOWHERE
    other: str = ""
    similarity: float = 0.0


class Verdict(IntEnum):
    """What a place downstream feels of a change; a higher one is worse to merge unseen."""

    UNTOUCHED = 0
    SHAPE = 1  #: it gains, loses or renames a column by itself (``select *``)
    VALUE = 2  #: the same rows, with another value in a column
    ROWS = 3  #: other rows
    UNKNOWN = 4  #: it reads the change in a way that could not be seen
    BREAKS = 5  #: its SQL fails, or it refers to what is gone

    @property
    def words(self) -> str:
        """As answers say it."""
        return _WORDS[self]


_WORDS = {
    Verdict.UNTOUCHED: "untouched",
    Verdict.SHAPE: "shape changes",
    Verdict.VALUE: "value changes",
    Verdict.ROWS: "rows change",
    Verdict.UNKNOWN: "unknown",
    Verdict.BREAKS: "breaks",
}


class Hit(NamedTuple):
    """One place that feels a change. ``column`` of ``place`` is None for rows or whole nodes.

    ``via`` is the place one step nearer to the change, ``evidence`` the span in the compiled SQL of
    ``place.node`` that makes it so, ``reason`` the words for it. A place may have several hits of
    different verdicts, never two of one.
    """

    place: ColumnRef
    verdict: Verdict
    depth: int  #: nodes between it and the origin; a direct reader has 1
    via: ColumnRef
    evidence: Span
    reason: str
    origin: int  #: index of the change in the list that was propagated
