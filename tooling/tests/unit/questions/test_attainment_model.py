"""How often a promise was kept, against a plain model that knows every minute of the past.

Rows are loaded, tables are restored from copies and lose what was new; who checks sees only some of
it. What is said must be true of the whole past, and all of it must be said where every moment was
checked. The window has a change of clocks (Berlin, 25 October; New York, 1 November).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from headwater.core.project import Node
from headwater.core.runs import NodeRun, Run, SourceCheck
from headwater.core.sla import parse_sla
from headwater.questions.attainment import attainments
from headwater.questions.promises import Promise

NOW = datetime(2026, 11, 12, 9, 20, tzinfo=UTC)
START, HOUR, MINUTE = NOW - timedelta(days=40), timedelta(hours=1), timedelta(minutes=1)
SOURCE, TABLE = "source.p.raw", "model.p.facts"
NODES = {
    SOURCE: Node(SOURCE, "source", "raw"),
    TABLE: Node(TABLE, "model", "facts", parents=(SOURCE,), materialized="table"),
}
PROMISES = (
    {"by": "07:00", "tz": "Europe/Berlin"},
    {"by": "02:30", "tz": "Europe/Berlin", "grace": "45m"},
    {"by": "01:30", "tz": "America/New_York", "days": "sun, mon"},
    {"by": "23:00", "tz": "America/New_York", "days": "weekdays", "grace": "3d"},
    {"max_age": "12h"},
    {"max_age": "20h", "grace": "3h", "days": "weekdays", "tz": "Europe/Berlin"},
)


@dataclass(frozen=True)
class Past:
    """What really happened: at each change, the newest row from then on."""

    changes: list[tuple[datetime, datetime]]

    def newest(self, at: datetime) -> datetime | None:
        """The newest row that was there at a moment."""
        return next((row for when, row in reversed(self.changes) if when <= at), None)


def a_past(dice: random.Random) -> tuple[Past, list[datetime]]:
    """Loads and restores, and the moments around the restores, which somebody looked at."""
    at, changes, looked = START, list[tuple[datetime, datetime]](), list[datetime]()
    while at < NOW:
        at += timedelta(minutes=dice.randint(90, 60 * 30))
        if len(changes) > 3 and dice.random() < 0.2:
            older = sorted({row for _, row in changes if row < changes[-1][1]} or {changes[-1][1]})
            changes.append((at, older[-dice.randint(1, len(older[-2:]))]))
            looked += [at - MINUTE, at]
        else:
            changes.append((at, at))
    return Past(changes), looked


def checked(past: Past, moments: list[datetime]) -> list[Run]:
    """A freshness check at each of these moments."""
    seen = [(at, past.newest(at)) for at in sorted(set(moments)) if at <= NOW]
    return [
        Run(f"check {at}", "source freshness", None, at, 0.0,
            checks=(SourceCheck(SOURCE, "pass", at, row),))
        for at, row in seen if row is not None
    ]  # fmt: skip


def due(promise: dict[str, str]) -> list[tuple[datetime, datetime | None]]:
    """Each moment at which a promise is looked at in 30 days, and when the data's day began."""
    zone = ZoneInfo(promise.get("tz", "UTC"))
    days = {"weekdays": range(5), "sun, mon": (6, 0)}.get(promise.get("days", ""), range(7))
    since = NOW - timedelta(days=30)
    if "by" not in promise:
        first = since.replace(minute=0) + HOUR
        hours = [first + n * HOUR for n in range(24 * 30)]
        return [(at, None) for at in hours if at.astimezone(zone).weekday() in days]
    hour, minute = map(int, promise["by"].split(":"))
    found = []
    for number in range(60):
        day = date(2026, 9, 20) + timedelta(days=number)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        at = midnight.replace(hour=hour, minute=minute).astimezone(UTC) + grace(promise)
        if day.weekday() in days and since < at <= NOW:
            found.append((at, midnight.astimezone(UTC)))
    return found


def grace(promise: dict[str, str]) -> timedelta:
    """Its grace."""
    spans = {"45m": 45 * MINUTE, "3h": 3 * HOUR, "3d": timedelta(days=3)}
    return spans.get(promise.get("grace", ""), timedelta(0))


def was_kept(
    promise: dict[str, str], row: datetime | None, at: datetime, opened: datetime | None
) -> bool:
    """Whether data as of a row keeps the promise."""
    if row is None:
        return False
    if opened is not None:
        return row >= opened
    allowed = timedelta(hours=int(promise["max_age"][:-1])) + grace(promise)
    if "days" not in promise:
        return at - row <= allowed
    zone, age, minute = ZoneInfo("Europe/Berlin"), timedelta(0), row
    while minute < at:
        age += 10 * MINUTE if minute.astimezone(zone).weekday() < 5 else timedelta(0)
        minute += 10 * MINUTE
    return age <= allowed + 10 * MINUTE


def told(promise: dict[str, str], node: str, runs: list[Run]) -> tuple[int, int, int]:
    """Kept, missed and unknown in 30 days."""
    found = attainments(NODES, {node: Promise(sla=parse_sla(promise))}, runs, NOW)
    if node not in found:
        return 0, 0, 0
    month = found[node].windows[-1]
    return month.kept, month.known - month.kept, month.unknown


@pytest.mark.parametrize("promise", PROMISES, ids=lambda each: " ".join(each.values()))
def test_what_is_said_is_true_whatever_was_not_seen(promise: dict[str, str]) -> None:
    some = False
    for seed in range(6):
        dice = random.Random(seed)
        past, looked = a_past(dice)
        rare = [START + timedelta(minutes=dice.randint(0, 40 * 1440)) for _ in range(60)]
        a_gap = NOW - timedelta(days=dice.randint(8, 20))
        seen = [at for at in rare if not a_gap <= at <= a_gap + timedelta(days=6)]
        moments = due(promise)
        truth = [was_kept(promise, past.newest(at), at, opened) for at, opened in moments]
        kept, missed, unknown = told(promise, SOURCE, checked(past, looked + seen))
        assert kept + missed + unknown == len(moments)
        assert kept <= sum(truth), f"seed {seed}: too good"
        assert missed <= len(truth) - sum(truth), f"seed {seed}: too bad"
        some = some or (kept > 0 and (missed > 0 or "3d" in str(promise)) and unknown > 0)
        if "days" in promise and "max_age" in promise:
            continue  # the model counts ages of open days in steps of ten minutes
        kept, missed, unknown = told(promise, SOURCE, checked(past, [at for at, _ in moments]))
        assert (kept, missed, unknown) == (sum(truth), len(truth) - sum(truth), 0), f"seed {seed}"
    assert some


def test_before_the_first_run_that_is_known_nobody_knows_of_builds() -> None:
    """A kept history that begins five days ago says nothing of the days before."""
    promise = {"by": "07:00", "measure": "build"}
    ends = [NOW.replace(hour=6, minute=0) - timedelta(days=back) for back in range(5)]
    runs = [Run(f"{at}", "build", at, at, 1.0, (NodeRun(TABLE, "success", 1.0, None, at),))
            for at in ends]  # fmt: skip
    assert told(promise, TABLE, runs) == (5, 0, 25)
    other = "model.p.other"
    late = [Run("late", "build", NOW, NOW, 1.0, (NodeRun(other, "success", 1.0, None, NOW),))]
    assert told(promise, TABLE, runs + late) == (5, 0, 25)
    assert told(promise, TABLE, [*runs[2:], *late]) == (3, 2, 25)


def test_a_promise_that_changed_is_judged_as_it_is_now() -> None:
    past, _ = a_past(random.Random(1))
    runs = checked(past, [at for at, _ in due({"max_age": "12h"})])
    strict, loose = (told({"max_age": age}, SOURCE, runs) for age in ("12h", "24h"))
    assert strict[0] < loose[0]
    assert sum(strict) == sum(loose) == 720
