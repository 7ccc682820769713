"""How places are moved while a change is followed, and why."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from headwater.core.changes import NOWHERE, Change, Verdict
from headwater.core.columns import ColumnRef
from headwater.core.edges import Span


class Feel(IntEnum):
    """What happens to a place, told apart as long as the difference matters further down."""

    NEW = 0  #: a column that was not there before
    GONE = 1  #: a column that is not there any more
    TYPE = 2
    NULLS = 3  #: only whether it may be null is another
    VALUE = 4
    ROWS = 5
    UNKNOWN = 6
    MAY_FAIL = 7  #: its SQL works on another type; nothing follows of it further down
    BREAKS = 8

    @property
    def verdict(self) -> Verdict:
        """What it is called in an answer."""
        return _VERDICTS[self]


_VERDICTS = (
    Verdict.SHAPE,
    Verdict.SHAPE,
    Verdict.SHAPE,
    Verdict.SHAPE,
    Verdict.VALUE,
    Verdict.ROWS,
    Verdict.UNKNOWN,
    Verdict.UNKNOWN,
    Verdict.BREAKS,
)
#: What a data question can ask of: the rest concerns names and types.
DATA = (Feel.VALUE, Feel.ROWS, Feel.UNKNOWN)


class Cause(NamedTuple):
    """Why a place is moved; of two causes the lesser one (nearer, earlier in the list) is told."""

    depth: int
    origin: int
    is_blank: bool  #: without evidence: of two equally near causes the other one is told
    via: tuple[str, str]  #: node and column ("" for its rows), so that causes can be ordered
    evidence: Span
    reason: str

    @property
    def place(self) -> ColumnRef:
        """The place one step nearer to the change."""
        return ColumnRef(self.via[0], self.via[1] or None)


Feels = dict[Feel, Cause]


class States:
    """How every place met so far is moved. Columns are found in any case of letters."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, Feels]] = {}
        self._spelled: dict[tuple[str, str], str] = {}
        #: Nodes that fail only because something above them does.
        self.blocked: set[str] = set()
        #: Nodes whose relation goes away or gets another name, by the index of the change.
        self.dropped: dict[str, int] = {}

    def __contains__(self, node: str) -> bool:
        return node in self._places

    def add(self, place: ColumnRef, feel: Feel, cause: Cause) -> bool:
        """Note a feel; whether that is news."""
        name = place.column or ""
        feels = self._places.setdefault(place.node, {}).setdefault(name.lower(), {})
        self._spelled.setdefault((place.node, name.lower()), name)
        have = feels.get(feel)
        if have is not None and have <= cause:
            return False
        feels[feel] = cause
        return have is None

    def feels(self, node: str, column: str | None) -> Feels:
        """How a column, or the rows, of a node are moved."""
        places = self._places.get(node)
        return places.get((column or "").lower(), {}) if places else {}

    def columns(self, node: str, *feels: Feel) -> dict[str, Cause]:
        """The columns of a node that are moved in one of these ways, by spelling, sorted."""
        found: dict[str, Cause] = {}
        for key, there in sorted(self._places.get(node, {}).items()):
            causes = [there[feel] for feel in feels if feel in there]
            if key and causes:
                found[self._spelled[node, key]] = min(causes)
        return found

    def causes(self, node: str, feel: Feel) -> list[Cause]:
        """Why anything of a node is moved in this way."""
        places = self._places.get(node, {})
        return [feels[feel] for feels in places.values() if feel in feels]

    def nearest(self, node: str) -> tuple[ColumnRef, Cause] | None:
        """The place of a node with the least cause of all; ``None`` when nothing of it is moved."""
        causes = [
            (cause, key)
            for key, feels in self._places.get(node, {}).items()
            for cause in feels.values()
        ]
        if not causes:
            return None
        cause, key = min(causes)
        return ColumnRef(node, self._spelled[node, key] or None), cause

    def breaks(self, node: str) -> Cause | None:
        """Why the node as a whole fails, if it does."""
        return self.feels(node, None).get(Feel.BREAKS)

    def nodes(self) -> Iterator[str]:
        """The nodes that feel anything."""
        return iter(self._places)

    def told(self) -> Iterator[tuple[ColumnRef, Feel, Cause]]:
        """Everything, in no order."""
        for node, places in self._places.items():
            for key, feels in places.items():
                place = ColumnRef(node, self._spelled[node, key] or None)
                for feel, cause in feels.items():
                    yield place, feel, cause


def onward(via: ColumnRef, cause: Cause, reason: str, evidence: Span) -> Cause:
    """The cause of a place in the next node, felt through ``via``."""
    is_blank = evidence.start < 0
    place = via.node, via.column or ""
    return Cause(cause.depth + 1, cause.origin, is_blank, place, evidence, reason)


def beside(via: ColumnRef, cause: Cause, reason: str) -> Cause:
    """The cause of another place in the same node."""
    return cause._replace(via=(via.node, via.column or ""), reason=reason)


def at_origin(change: Change, index: int) -> Cause:
    """The cause of what is felt where a change was made."""
    span = change.head if change.head != NOWHERE else change.base
    via = change.place.node, change.place.column or ""
    return Cause(0, index, span.start < 0, via, span, change.reason)
