"""The flows of one expression while they are being collected, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect
from headwater.sql.flows import (
    AGGREGATION,
    CAST,
    CONDITIONAL,
    EFFECTS,
    IDENTITY,
    MASKS,
    TRANSFORMATION,
    Col,
    Direct,
    Steer,
    add_direct,
    add_steer,
    after,
    claimed_steer,
    merge_steer,
    steering,
)
from headwater.sql.scope import Scope

SORT = int(Effect.SORT)

if TYPE_CHECKING:
    from headwater.sql.walk import Walk


class Flow:
    """The flows of one expression, while they are being collected."""

    __slots__ = (
        "direct",
        "end",
        "expands",
        "flags",
        "scope",
        "shadow",
        "start",
        "steer",
        "walk",
        "work",
    )

    def __init__(self, walk: Walk, scope: Scope, shadow: frozenset[str] = frozenset()) -> None:
        self.walk = walk
        self.scope = scope
        self.shadow = shadow
        self.direct: Direct = {}
        self.steer: Steer = {}
        self.flags = 0
        self.expands = False
        self.start = -1
        self.end = -1
        self.work: list[tuple[exp.Expr | None, int, int]] = []

    def col(self) -> Col:
        """The result as a column, with this expression as the evidence of what it changed."""
        start, end = self.start, self.end
        direct = {s: (f if f[2] >= 0 else (f[0], f[1], start, end)) for s, f in self.direct.items()}
        steer = claimed_steer(self.steer, start, end) if self.steer else {}
        return Col(direct, steer, self.flags)

    def see(self, identifier: exp.Expr | None) -> None:
        """Widen the evidence span by a token that carries its position."""
        meta = identifier._meta if identifier is not None else None
        if meta is None:
            return
        start = meta.get("start")
        if start is None:
            return
        if self.start < 0 or start < self.start:
            self.start = start
        end = meta["end"] + 1
        self.end = max(self.end, end)

    def use(self, col: Col, effect: int, flags: int) -> None:
        """Let a column reach the result with an effect."""
        self.flags |= col.flags
        if effect not in (IDENTITY, SORT) or flags & CAST:
            self.walk.uses((col,), by_name=True)
        if effect > AGGREGATION:
            steering(col, effect, self.steer, flags=flags & MASKS)
            return
        direct = self.direct
        for source, (had, have, start, end) in col.direct.items():
            if effect == IDENTITY:
                add_direct(direct, source, (had, after(have, flags), start, end))
            else:
                add_direct(direct, source, (max(had, effect), after(have, flags), -1, -1))
        if not flags & MASKS:
            merge_steer(self.steer, col.steer)
        else:
            for key, (have, start, end) in col.steer.items():
                add_steer(self.steer, key, (have | flags & MASKS, start, end))

    def subquery(self, query: exp.Expr, effect: int, flags: int, values: bool = True) -> None:
        """Let a subquery's value (and its rows) reach the result."""
        rel = self.walk.query(query, Scope(self.scope.ctes, self.scope))
        if values:
            self.walk.fits(query, rel)
        rows_effect = effect if effect > AGGREGATION else CONDITIONAL
        if values:
            cols = [rel.at(i) for i in range(len(rel.names))]
            cols += [rel.star()] if rel.is_open else []
            for col in cols:
                self.use(Col(col.direct, col.steer, 0), effect, flags)
        for key, flow in rel.rows.items():
            add_steer(self.steer, key // EFFECTS * EFFECTS + rows_effect, flow)


Handler = Callable[[Flow, exp.Expr, int, int], None]


def weaker(effect: int) -> int:
    """The effect of a part on the whole: what was the value itself is now transformed."""
    return TRANSFORMATION if effect == IDENTITY else effect


def deciding(effect: int) -> int:
    """The effect of what only decides: CONDITIONAL, unless the whole is a condition already."""
    return effect if effect > AGGREGATION else CONDITIONAL


def nothing(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """No column here, nor below."""


def through(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """An alias or a parenthesis: what is inside is the value."""
    flow.work.append((node.this, effect, flags))


def children(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """Every part transforms into the whole."""
    effect = weaker(effect)
    work = flow.work
    for value in node.args.values():
        if value.__class__ is list:
            for item in value:
                if isinstance(item, exp.Expr):
                    work.append((item, effect, flags))
        elif isinstance(value, exp.Expr):
            work.append((value, effect, flags))


def cast(flow: Flow, node: exp.Expr, effect: int, flags: int) -> None:
    """``a::int``, ``convert(int, a)``."""
    value = node.args.get("expression") if isinstance(node, exp.Convert) else node.this
    flow.work.append((value, weaker(effect), flags | CAST))
