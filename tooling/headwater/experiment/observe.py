"""What influences what, found by trying: change one source at a time, and see what moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from headwater.experiment.data import CHANGES, Recipe, Rows, Schema, build_tables
from headwater.experiment.sandbox import ROW_VARIANTS, QueryFailed, Sandbox, Source
from headwater.experiment.signature import Settled, labels, measure, settled

STYLES = ("words", "numbers", "dates")  #: what made-up text looks like, tried in this order
HEIGHT = 24


class Influence(NamedTuple):
    """A movement that was seen.

    ``output is None``: the number of rows moved. ``column is None``: the rows of ``table`` were
    changed, not a column. ``how``: ``value`` while the number of rows stayed, else ``rows``.
    """

    output: str | None
    table: str
    column: str | None
    how: str


@dataclass(slots=True)
class Observed:
    """What an experiment saw.

    *Shape*: ``columns`` are the output columns in order, repeated names counted (``id:2``).
    ``unstable`` moved without any change, so nothing is claimed about them; ``stable_rows`` is
    False when even the number of rows did. ``rows`` is the most rows any round returned.
    ``tried`` are the sources that were changed at least once without an error.
    """

    columns: tuple[str, ...] = ()
    rows: int = 0
    influences: set[Influence] = field(default_factory=set)
    unstable: set[str] = field(default_factory=set)
    stable_rows: bool = True
    tried: set[Source] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Whether the query ran at all."""
        return bool(self.columns)


def run(
    sql: str, schema: Schema, *, seed: int = 0, rounds: int = 3, rows: Rows | None = None
) -> Observed:
    """Every influence seen in ``rounds`` of made-up (or the given) rows.

    *Shape*: each round makes new rows and new changes from ``seed``; given ``rows`` stay, and only
    the changes are new. A query that fails with words as text is tried with numbers, then dates.
    """
    seen = Observed()
    style = 0
    turn = 0
    while turn < rounds:
        recipe = Recipe(seed * 1_000 + turn, HEIGHT, STYLES[style])
        with Sandbox(build_tables(schema, sql, recipe, rows)) as sandbox:
            failed = watch(sandbox, sql, seen)
        if failed and not seen.answered and style + 1 < len(STYLES):
            style += 1
            continue
        turn += 1
    return seen


Hoped = Mapping[Source, frozenset[str | None]]  #: source -> outputs worth changing it for


def watch(sandbox: Sandbox, sql: str, seen: Observed, hoped: Hoped | None = None) -> bool:
    """Whether the query failed; else ``seen`` grew by one round over the sandbox's tables.

    Every source is changed in every way until all it may move has moved; with ``hoped`` only those
    sources, until they moved what was hoped for.
    """
    try:
        base = settled(sandbox, sql, {})
    except QueryFailed as error:
        seen.errors.append(str(error))
        return True
    names = labels(base.signature.columns)
    seen.columns = seen.columns or names
    if names != seen.columns:
        seen.errors.append("the output columns depend on the data")
        return False
    seen.rows = max(seen.rows, base.signature.height)
    seen.unstable |= {names[at] for at in base.unstable}
    seen.stable_rows &= base.same_height
    for source, variant in _trials(sandbox, hoped):
        if _worth(seen, source, hoped):
            _try(sandbox, sql, seen, base, (source, variant))
    seen.influences = {i for i in seen.influences if i.output not in seen.unstable}
    return False


def _trials(sandbox: Sandbox, hoped: Hoped | None) -> Iterator[tuple[Source, int]]:
    """Every (source, variant): all sources under one change before the next change."""
    columns = [source for source in sandbox.sources if hoped is None or source in hoped]
    for variant in range(1, len(CHANGES) + 1):
        yield from ((source, variant) for source in columns)
    tables = [Source(name, None) for name in sandbox.tables]
    rows = [source for source in tables if hoped is None or source in hoped]
    yield from ((source, variant) for source in rows for variant in ROW_VARIANTS)


def _worth(seen: Observed, source: Source, hoped: Hoped | None) -> bool:
    """Whether something is left that this source may move."""
    every: frozenset[str | None] = frozenset(seen.columns) | {None}
    wanted = (every if hoped is None else hoped[source]) - seen.unstable
    left = wanted - (frozenset() if seen.stable_rows else {None})
    return not left <= {i.output for i in seen.influences if i[1:3] == source}


def _try(
    sandbox: Sandbox, sql: str, seen: Observed, base: Settled, trial: tuple[Source, int]
) -> None:
    source, variant = trial
    changes = {source: variant}
    names = seen.columns
    try:
        now = measure(sandbox, sql, changes)
        if now.columns != base.signature.columns:
            return
        seen.tried.add(source)
        moved = base.signature.moved(now) - base.unstable
        taller = now.height != base.signature.height and base.same_height
        how = "rows" if now.height != base.signature.height else "value"
        new = {Influence(names[at], *source, how) for at in moved}
        new |= {Influence(None, *source, "rows")} if taller else set()
        if new <= seen.influences:
            return
        after = settled(sandbox, sql, changes)
    except QueryFailed as error:
        seen.errors.append(str(error))
        return
    chance = {names[at] for at in after.unstable} | (set() if after.same_height else {None})
    seen.influences |= {influence for influence in new if influence.output not in chance}
