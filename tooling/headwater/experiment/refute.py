"""Trying to prove a graph wrong: change, all at once, everything it says cannot matter.

Where `observe` asks what each column does, this asks only whether the graph misses something, and
needs far fewer runs: if an output is independent of each of a hundred columns, it is independent of
all of them together. When an output moves nevertheless, the columns are put back one by one until
the culprit stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from headwater.experiment.compare import Claims
from headwater.experiment.data import CHANGES
from headwater.experiment.observe import Influence
from headwater.experiment.sandbox import QueryFailed, Sandbox, Source
from headwater.experiment.signature import Settled, labels, measure, settled

Changes = Mapping[Source, int]
ROWS = -1  #: stands for the row set where positions of outputs are meant


@dataclass(slots=True)
class Refutation:
    """What was found: misses, and how much was tried. ``failed`` is DuckDB's text, or empty."""

    missed: set[Influence] = field(default_factory=set)
    runs: int = 0
    rows: int = 0
    columns: tuple[str, ...] = ()
    unstable: set[str] = field(default_factory=set)
    failed: str = ""
    shape_differs: bool = False


def refute(
    sandbox: Sandbox, sql: str, claimed: Claims, *, rounds: int = 6, seed: int = 0
) -> Refutation:
    """Influences that the claims deny and the data show; empty when none was found."""
    found = Refutation()
    try:
        base = settled(sandbox, sql, {})
    except QueryFailed as error:
        found.failed = str(error)
        return found
    found.rows = base.signature.height
    found.columns = labels(base.signature.columns)
    found.unstable = {found.columns[at] for at in base.unstable}
    if len(claimed.columns) != len(found.columns):
        found.shape_differs = True
        return found
    rng = Random(f"{seed}/{sql}")
    for denied, outputs in _groups(sandbox, claimed, base).items():
        for _ in range(rounds if denied else 0):
            _challenge(_Case(sandbox, sql, base, found), _pick(denied, rng), outputs)
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    sandbox: Sandbox
    sql: str
    base: Settled
    found: Refutation

    def moved(self, changes: Changes) -> frozenset[int]:
        """Outputs (and `ROWS`) that differ from the base, chance excluded."""
        self.found.runs += 1
        try:
            now = measure(self.sandbox, self.sql, changes)
        except QueryFailed:
            return frozenset()
        first = self.base.signature
        if now.columns != first.columns:
            return frozenset()
        rows = {ROWS} if now.height != first.height and self.base.same_height else set()
        return (first.moved(now) - self.base.unstable) | rows

    def surely_moved(self, changes: Changes, outputs: frozenset[int]) -> frozenset[int]:
        """Those of the outputs that moved and are the same in every order of the changed rows."""
        moved = self.moved(changes) & outputs
        if not moved:
            return moved
        try:
            after = settled(self.sandbox, self.sql, changes)
        except QueryFailed:
            return frozenset()
        chance = after.unstable | (frozenset() if after.same_height else {ROWS})
        return moved - chance


def _groups(
    sandbox: Sandbox, claimed: Claims, base: Settled
) -> dict[tuple[Source, ...], frozenset[int]]:
    """Sources that cannot matter -> the outputs for which the claims say so."""
    every = sandbox.sources
    groups: dict[tuple[Source, ...], set[int]] = {}
    outputs = [at for at in range(len(claimed.columns)) if at not in base.unstable]
    for at in [*outputs, *([ROWS] if base.same_height else [])]:
        if at in claimed.opaque:
            continue
        reach = claimed.rows if at == ROWS else claimed.reach(at)
        denied = tuple(s for s in every if Source(s.table, (s.column or "").lower()) not in reach)
        groups.setdefault(denied, set()).add(at)
    return {denied: frozenset(at) for denied, at in groups.items()}


def _pick(denied: tuple[Source, ...], rng: Random) -> Changes:
    """A random change for every denied source; now and then only for some of them."""
    some = denied if rng.random() < 0.7 else rng.sample(denied, (len(denied) + 1) // 2)
    return {source: rng.randint(1, len(CHANGES)) for source in some}


def _challenge(case: _Case, changes: Changes, outputs: frozenset[int]) -> None:
    for at in sorted(case.surely_moved(changes, outputs)):
        culprit = _culprit(case, changes, at)
        if culprit is None:
            continue
        name = None if at == ROWS else case.found.columns[at]
        how = "rows" if at == ROWS else "value"
        case.found.missed.add(Influence(name, *culprit, how))


def _culprit(case: _Case, changes: Changes, at: int) -> Source | None:
    """One source without which, or alone with which, the output moves."""
    only = frozenset({at})
    for source, variant in changes.items():
        if case.surely_moved({source: variant}, only):
            return source
    left = dict(changes)
    for source in tuple(changes):
        fewer = {key: value for key, value in left.items() if key != source}
        if fewer and case.surely_moved(fewer, only):
            left = fewer
    return next(iter(left), None)
