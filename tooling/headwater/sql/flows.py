"""Flows: which source columns reach a column or a row set, and how. The walk's only currency.

A *source* is an integer: the index of an interned ``ColumnRef`` (`Sources`).

* direct flows are ``{source: (effect, flags, start, end)}``: one effect per source, the strongest;
* steering flows are ``{source * EFFECTS + effect: (flags, start, end)}``: several per source.

``start < 0`` means that no expression has claimed the flow as its evidence yet (see `placed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from headwater.core.columns import ColumnRef
from headwater.core.edges import CALLS, FIRST_CALL, ColumnFlag, EdgeFlag, Effect

EFFECTS = 16
REVEALED = int(EdgeFlag.REVEALED)
#: What says how much of a value is left: it holds of several paths only where it holds of each.
MASKS = int(EdgeFlag.MASKING | EdgeFlag.PARTIAL | EdgeFlag.COUNTED | EdgeFlag.MARKED)
MASKS |= sum(FIRST_CALL << at for at in range(CALLS))
_COUNTED = int(EdgeFlag.COUNTED)
AMBIGUOUS = int(EdgeFlag.AMBIGUOUS)
CAST = int(EdgeFlag.CAST)
IDENTITY = int(Effect.IDENTITY)
TRANSFORMATION = int(Effect.TRANSFORMATION)
AGGREGATION = int(Effect.AGGREGATION)
CONDITIONAL = int(Effect.CONDITIONAL)
ROW_DEPENDENT = int(ColumnFlag.ROW_DEPENDENT)

Direct = dict[int, tuple[int, int, int, int]]
Steer = dict[int, tuple[int, int, int]]


class Sources:
    """Interns column references of one parse to integers."""

    __slots__ = ("_index", "refs")

    def __init__(self) -> None:
        self._index: dict[tuple[str, str | None], int] = {}
        self.refs: list[ColumnRef] = []

    def intern(self, node: str, column: str | None) -> int:
        """The integer of ``node.column``; the same pair always gives the same one."""
        key = (node, column)
        found = self._index.get(key)
        if found is None:
            found = self._index[key] = len(self.refs)
            self.refs.append(ColumnRef(node, column))
        return found


class Col:
    """What flows into one column of a relation. Shared, never changed once built."""

    __slots__ = ("direct", "flags", "steer")

    def __init__(self, direct: Direct, steer: Steer, flags: int = 0) -> None:
        self.direct = direct
        self.steer = steer
        self.flags = flags


NOTHING = Col({}, {})
Fields = Mapping[str, Col]


class StructCol(Col):
    """A column whose fields are known; ``fields`` are keyed by lower-case name, in their order."""

    __slots__ = ("fields",)

    def __init__(self, whole: Col, fields: Fields) -> None:
        super().__init__(whole.direct, whole.steer, whole.flags)
        self.fields = fields


class RowCol(Col):
    """A whole row of which not every column is known; ``ask`` finds one by its name."""

    __slots__ = ("ask",)

    def __init__(self, whole: Col, ask: Callable[[str], Col | None]) -> None:
        super().__init__(whole.direct, whole.steer, whole.flags)
        self.ask = ask


def field(col: Col, path: Iterable[str]) -> Col:
    """The field at the end of a path, or the closest value around it that is known."""
    for name in path:
        inner = col.fields.get(name.lower()) if isinstance(col, StructCol) else None
        inner = col.ask(name) if isinstance(col, RowCol) else inner
        if inner is None:
            break
        col = inner
    return col


def either(flags: int, other: int) -> int:
    """The flags of two paths to one target: a mask holds only if both have it."""
    return (flags | other) & ~MASKS | (flags & other & MASKS)


def after(inner: int, outer: int) -> int:
    """The flags of one path: what is decrypted outside was not masked inside, only counted."""
    if outer & REVEALED and not inner & _COUNTED:
        inner &= ~MASKS
    return inner | outer


def add_direct(into: Direct, source: int, flow: tuple[int, int, int, int]) -> None:
    """Add one direct flow; the strongest effect wins, a mask holds only if every path has it."""
    have = into.get(source)
    if have is None:
        into[source] = flow
        return
    strong, weak = (have, flow) if have[0] >= flow[0] else (flow, have)
    flags = strong[1] if strong[1] == weak[1] else either(strong[1], weak[1])
    into[source] = (strong[0], flags, strong[2], strong[3])


def add_steer(into: Steer, key: int, flow: tuple[int, int, int]) -> None:
    """Add one steering flow; a mask holds only if every path has it."""
    have = into.get(key)
    if have is None:
        into[key] = flow
    elif have[0] != flow[0]:
        into[key] = (either(have[0], flow[0]), have[1], have[2])


def merge_steer(into: Steer, other: Steer) -> None:
    """Add every steering flow of ``other``."""
    if not into:
        into.update(other)
        return
    for key, flow in other.items():
        add_steer(into, key, flow)


def union(cols: Iterable[Col], flags: int = 0) -> Col:
    """One column fed by any of several (set operations); ``flags`` are added to every flow."""
    direct: Direct = {}
    steer: Steer = {}
    state = 0
    for col in cols:
        state |= col.flags
        for source, (effect, have, start, end) in col.direct.items():
            add_direct(direct, source, (effect, after(have, flags), start, end))
        merge_steer(steer, col.steer)
    return Col(direct, steer, state)


def steering(
    col: Col, effect: int, into: Steer, span: tuple[int, int] = (-1, -1), flags: int = 0
) -> None:
    """Use ``col`` as a condition, a key …: all that reaches it steers with ``effect``."""
    for source, flow in col.direct.items():
        add_steer(into, source * EFFECTS + effect, (after(flow[1], flags), *span))
    for key, held in col.steer.items():
        add_steer(into, key // EFFECTS * EFFECTS + effect, (after(held[0], flags), *span))


def changed(col: Col) -> Col:
    """The flows of a part of a value (a field, an element): at least a transformation."""
    direct = {s: (max(f[0], TRANSFORMATION), f[1], f[2], f[3]) for s, f in col.direct.items()}
    return Col(direct, col.steer, 0)


def claimed(col: Col, start: int, end: int) -> Col:
    """``col`` with the flows that have no evidence yet given this span."""
    if start < 0:
        return col
    for flow in col.direct.values():
        if flow[2] < 0:
            break
    else:
        return col
    direct = {s: (f if f[2] >= 0 else (f[0], f[1], start, end)) for s, f in col.direct.items()}
    return Col(direct, claimed_steer(col.steer, start, end) if col.steer else {}, col.flags)


def placed(col: Col, start: int, end: int) -> Col:
    """``col`` as a star over a table gives it: the table is its place until an expression names it.

    Such a place is kept below zero (``-2 - start``), so that a later `claimed` replaces it.
    """
    if start < 0 or any(flow[2] != -1 for flow in col.direct.values()):
        return col
    direct = {s: (f[0], f[1], -2 - start, end) for s, f in col.direct.items()}
    return Col(direct, col.steer, col.flags)


def place(start: int, end: int) -> tuple[int, int]:
    """The span to show for a stored one; ``(-1, -1)`` for nowhere."""
    if start >= 0:
        return start, end
    return (-2 - start, end) if start < -1 else (-1, -1)


def claimed_steer(steer: Steer, start: int, end: int) -> Steer:
    """The same for steering flows."""
    return {k: (f if f[1] >= 0 else (f[0], start, end)) for k, f in steer.items()}
