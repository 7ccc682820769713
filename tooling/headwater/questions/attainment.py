"""How often a promise was kept, as far as kept results and run logs tell.

A promise with a time of day is looked at when each deadline, with its grace, had passed; one of an
age every full hour. What is known of a moment in the past is a range: the data was at least as new
as the newest row that a check had seen by then, and no newer than the first check afterwards could
show. Where a check saw older rows than the one before or after (a table restored from a copy), only
those are sure in between, unless the newer ones were seen before and after. A promise was kept when
the older end keeps it, missed when not even the newer end does, and else nobody knows: that counts
neither way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock
from typing import NamedTuple

from headwater.core.project import Node
from headwater.core.runs import GOOD, Run
from headwater.core.sla import Holidays, Sla, closed_days, counted_age, instant, zone_of
from headwater.questions.data_age import is_stored
from headwater.questions.promises import Promise

WINDOWS = (7, 30)  #: days
_MOST = 40_000  #: moments that are looked at for promises of age; with more nodes, fewer each
_HOUR = timedelta(hours=1)
KEPT, MISSED, UNSEEN, NOTHING_DUE = "■", "x", "?", "·"  #: what a day was


class Attained(NamedTuple):
    """How often a promise was kept in the last ``days``: of ``known`` moments, ``kept``."""

    days: int
    kept: int
    known: int
    unknown: int

    @property
    def percent(self) -> float | None:
        """The share that was kept, of what is known."""
        return 100 * self.kept / self.known if self.known else None


class History(NamedTuple):
    """What is known of a promise's past.

    ``days`` has a sign for each of the last 30 days, today last: kept, missed at least once, not
    known, nothing due.
    """

    windows: tuple[Attained, ...]
    days: str


class _Range(NamedTuple):
    """As of when data was: not before ``low`` (``None``: nobody knows), not after ``high``."""

    low: datetime | None
    high: datetime


def attainments(
    nodes: Mapping[str, Node],
    promised: Mapping[str, Promise],
    runs: Sequence[Run],
    now: datetime,
    holidays: Holidays | None = None,
) -> dict[str, History]:
    """For each node that promises something, how often it was kept; nothing without history."""
    if not runs:
        return {}
    slas = {name: sla for name, each in promised.items() if (sla := _sla_of(each)) is not None}
    past = _Past(nodes, runs)
    aged = sum(sla.by is None for sla in slas.values())
    step = max(1, -(-aged * WINDOWS[-1] * 24 // _MOST)) * _HOUR
    found = {}
    for name, sla in slas.items():
        closed = closed_days(sla, holidays)
        verdicts = [
            (at, _verdict(sla, past.of(name, at, sla.measure), at, day, closed))
            for at, day in _moments(sla, now, step, closed)
        ]
        if any(kept is not None for _, kept in verdicts):
            windows = tuple(_counted(verdicts, now, days) for days in WINDOWS)
            found[name] = History(windows, _days(verdicts, now, zone_of(sla.tz)))
    return found


def _days(verdicts: Iterable[tuple[datetime, bool | None]], now: datetime, zone: tzinfo) -> str:
    """A sign for each day: one miss is enough, and one moment that is known."""
    seen: dict[date, set[bool | None]] = {}
    for at, kept in verdicts:
        seen.setdefault(at.astimezone(zone).date(), set()).add(kept)
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in reversed(range(WINDOWS[-1])))
    return "".join(_sign(seen.get(day, set())) for day in days)


def _sign(verdicts: Collection[bool | None]) -> str:
    if not verdicts:
        return NOTHING_DUE
    return MISSED if False in verdicts else KEPT if True in verdicts else UNSEEN


def _sla_of(promise: Promise) -> Sla | None:
    """What is promised; dbt's own thresholds are a promise of age."""
    limit = promise.error or promise.warn
    return promise.sla or (Sla(max_age=limit) if limit else None)


def _counted(
    verdicts: Sequence[tuple[datetime, bool | None]], now: datetime, days: int
) -> Attained:
    since = now - timedelta(days=days)
    seen = [kept for at, kept in verdicts if at > since]
    known = [kept for kept in seen if kept is not None]
    return Attained(days, sum(known), len(known), len(seen) - len(known))


def _moments(
    sla: Sla, now: datetime, step: timedelta, closed: frozenset[date]
) -> Iterator[tuple[datetime, datetime | None]]:
    """When a promise is looked at; for a deadline also when its day began."""
    zone, since = zone_of(sla.tz), now - timedelta(days=WINDOWS[-1])
    if sla.by is None:
        at = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        while at > since:
            local = at.astimezone(zone).date()
            if local.weekday() in sla.days and local not in closed:
                yield at, None
            at -= step
        return
    for back in range(WINDOWS[-1] + 2 + sla.grace.days):
        day = now.astimezone(zone).date() - timedelta(days=back)
        at = instant(day, sla.by, zone) + sla.grace
        if since < at <= now and day.weekday() in sla.days and day not in closed:
            yield at, instant(day, clock(0), zone)


def _verdict(
    sla: Sla, seen: _Range, at: datetime, opened: datetime | None, closed: frozenset[date]
) -> bool | None:
    if seen.low is not None and _keeps(sla, seen.low, at, opened, closed):
        return True
    return None if _keeps(sla, seen.high, at, opened, closed) else False


def _keeps(
    sla: Sla, as_of: datetime, at: datetime, opened: datetime | None, closed: frozenset[date]
) -> bool:
    if opened is not None:
        return as_of >= opened
    allowed = (sla.max_age or timedelta(0)) + sla.grace
    if at - as_of <= allowed:
        return True
    return counted_age(sla, as_of, at, closed) <= allowed


class _Past:
    """As of when the data of a node was, at any moment that the history covers."""

    def __init__(self, nodes: Mapping[str, Node], runs: Sequence[Run]) -> None:
        self.nodes = nodes
        #: by source: its newest rows, each with when checks saw it first and last
        self.seen: dict[str, dict[datetime, tuple[datetime, datetime]]] = {}
        #: by source: each check, with its newest row
        self.checks: dict[str, list[tuple[datetime, datetime]]] = {}
        self.built: dict[str, list[datetime]] = {}
        ends = []
        for run in runs:
            for check in run.checks:
                if check.loaded_at is not None and check.checked_at is not None:
                    self.checks.setdefault(check.node, []).append(
                        (check.checked_at, check.loaded_at)
                    )
                    known = self.seen.setdefault(check.node, {})
                    seen = check.checked_at
                    first, last = known.get(check.loaded_at, (seen, seen))
                    known[check.loaded_at] = min(first, seen), max(last, seen)
            for each in run.nodes if run.builds and not run.is_partial else ():
                at = each.completed_at or run.generated_at
                if at is not None and each.status in GOOD:
                    self.built.setdefault(each.node, []).append(at)
                ends += [at] if at is not None else []
        self.since = min(ends, default=None)
        self.until = max(ends, default=None)  #: after that, a build may have happened unseen
        for times in self.built.values():
            times.sort()
        for checks in self.checks.values():
            checks.sort()
        self.known: dict[tuple[str, datetime], _Range | None] = {}

    def of(self, name: str, at: datetime, measure: str) -> _Range:
        """What is known of a node's data at a moment."""
        if measure == "build":
            built = self._build(name, at)
            is_seen = self.until is not None and at <= self.until
            # A build before the first run that is known may have happened unseen.
            return _Range(built, min(built or self.since or at, at) if is_seen else at)
        return self._range(name, at, frozenset()) or _Range(None, at)

    def _range(self, name: str, at: datetime, above: frozenset[str]) -> _Range | None:
        """``None`` for what has no age of its own: a seed, or a view of seeds."""
        node = self.nodes.get(name)
        if node is None or node.kind == "seed" or name in above:
            return None
        if node.kind == "source":
            return self._source(name, at)
        if not is_stored(node):
            return self._oldest(node, at, above)
        built = self._build(name, at)
        if built is None:
            return _Range(None, at)
        key = (name, built)
        if key not in self.known:
            inputs = self._oldest(node, built, above) or _Range(built, built)
            low = None if inputs.low is None else min(inputs.low, built)
            self.known[key] = _Range(low, min(inputs.high, built))
        found = self.known[key]
        if found is not None and (self.until is None or at > self.until):
            return _Range(found.low, at)
        return found

    def _oldest(self, node: Node, at: datetime, above: frozenset[str]) -> _Range | None:
        found = [self._range(parent, at, above | {node.id}) for parent in node.parents]
        known = [each for each in found if each is not None]
        if not known:
            return None
        lows = [each.low for each in known]
        low = None if None in lows else min(each for each in lows if each is not None)
        return _Range(low, min(each.high for each in known))

    def _source(self, name: str, at: datetime) -> _Range:
        checks = self.checks.get(name, [])
        place = bisect_right(checks, (at, _END))
        before = next((row for _, row in reversed(checks[:place]) if row <= at), None)
        looked, last = checks[place - 1] if place else (None, None)
        again, after = checks[place] if place < len(checks) else (at, None)
        if after is not None and after <= at and (before is None or before <= after):
            is_late = looked is not None and looked <= self.seen[name][after][0]
            if is_late and looked is not None and last is not None and last < after < looked:
                # It was loaded by then, and not there: it came later, who knows when.
                return _Range(last, last if looked == at else after)
            return _Range(after, after)
        if before is not None and (at, before) == (looked, last):
            return _Range(before, before)
        if before is not None and after is not None and after < before:
            is_gone = self.seen[name][before][1] < again
            return _Range(after if is_gone else before, at)
        return _Range(before, at)

    def _build(self, name: str, at: datetime) -> datetime | None:
        times = self.built.get(name, [])
        place = bisect_right(times, at)
        return times[place - 1] if place else None


_END = datetime.max.replace(tzinfo=UTC)
