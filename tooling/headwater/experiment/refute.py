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

from headwater.experiment.compare import Claims, folded
from headwater.experiment.data import CHANGES
from headwater.experiment.observe import Influence
from headwater.experiment.sandbox import ROW_VARIANTS, QueryFailed, Sandbox, Source
from headwater.experiment.signature import Signature, labels, measure, settled

Changes = Mapping[Source, int]
REPEATS = 3  #: before a miss is believed
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
        base = measure(sandbox, sql, {})
    except QueryFailed as error:
        found.failed = str(error)
        return found
    found.rows = base.height
    found.columns = labels(base.columns)
    if len(claimed.columns) != len(found.columns):
        found.shape_differs = True
        return found
    rng = Random(f"{seed}/{sql}")  # noqa: S311  (repeatable, not secret)
    case = _Case(sandbox, sql, base, found)
    for denied, outputs in _groups(sandbox, claimed).items():
        for _ in range(rounds if denied else 0):
            _challenge(case, _pick(denied, rng), outputs)
    return found


class _Case:
    """One query over one sandbox, and what has been found about it."""

    def __init__(self, sandbox: Sandbox, sql: str, base: Signature, found: Refutation) -> None:
        self.sandbox, self.sql, self.base, self.found = sandbox, sql, base, found
        self._chance: frozenset[int] | None = None

    def moved(self, changes: Changes, outputs: frozenset[int]) -> frozenset[int]:
        """Those of the outputs (`ROWS`: the number of rows) that move, and not by chance."""
        self.found.runs += 1
        try:
            now = measure(self.sandbox, self.sql, changes)
            if now.columns != self.base.columns:
                return frozenset()
            rows = {ROWS} if now.height != self.base.height else set()
            moved = (self.base.moved(now) | rows) & outputs
            return (
                moved - self.chance - _chance(self.sandbox, self.sql, changes) if moved else moved
            )
        except QueryFailed:
            return frozenset()

    @property
    def chance(self) -> frozenset[int]:
        """What differs between orders of the unchanged rows; measured when first asked for."""
        if self._chance is None:
            self._chance = _chance(self.sandbox, self.sql, {})
            self.found.unstable = {self.found.columns[at] for at in self._chance if at != ROWS}
        return self._chance


def _chance(sandbox: Sandbox, sql: str, changes: Changes) -> frozenset[int]:
    after = settled(sandbox, sql, changes, REPEATS)
    return after.unstable | (frozenset() if after.same_height else {ROWS})


def _groups(sandbox: Sandbox, claimed: Claims) -> dict[tuple[Source, ...], frozenset[int]]:
    """Sources that cannot matter -> the outputs for which the claims say so."""
    every = (*sandbox.sources, *(Source(name, None) for name in sandbox.tables))
    groups: dict[tuple[Source, ...], set[int]] = {}
    for at in [*range(len(claimed.columns)), ROWS]:
        if at in claimed.opaque:
            continue
        reach = claimed.rows if at == ROWS else claimed.reach(at)
        denied = tuple(source for source in every if folded(source) not in reach)
        groups.setdefault(denied, set()).add(at)
    return {denied: frozenset(at) for denied, at in groups.items()}


def _pick(denied: tuple[Source, ...], rng: Random) -> Changes:
    """A random change for every denied source; now and then only for some of them."""
    some = denied if rng.random() < 0.7 else rng.sample(denied, (len(denied) + 1) // 2)
    ways = {True: ROW_VARIANTS[-1], False: len(CHANGES)}
    return {source: rng.randint(1, ways[source.column is None]) for source in some}


def _challenge(case: _Case, changes: Changes, outputs: frozenset[int]) -> None:
    for at in sorted(case.moved(changes, outputs)):
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
        if case.moved({source: variant}, only):
            return source
    left = dict(changes)
    for source in tuple(changes):
        fewer = {key: value for key, value in left.items() if key != source}
        if fewer and case.moved(fewer, only):
            left = fewer
    return next(iter(left), None)
