"""Promises about how fresh data is: declared in ``meta.sla``, judged at a moment.

    sla: {max_age: 24h, grace: 30m}
    sla: {by: "07:00", tz: Europe/Berlin, days: weekdays, calendar: bank, grace: 15m}

*Units*: every moment is a `datetime` with a time zone; durations are ``90m``, ``24h``, ``2d``,
``1h30m`` or dbt's ``{count: 24, period: hour}``.
*Source*: local times that a change of clocks skips or repeats are read as RFC 5545 (3.3.5) reads
them: a skipped one with the offset from before the change, a repeated one as the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from headwater.core.errors import HeadwaterError, did_you_mean, shown
from headwater.core.weekdays import DAY_WORDS, DAYS, days_of, days_words

PASS, WARN, ERROR = "pass", "warn", "error"
KEYS = ("max_age", "by", "tz", "days", "calendar", "grace", "measure")
MEASURES = ("data", "build")
_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_HALVES = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([ap])m")
_NONE, _AND = timedelta(0), ", "
_LONGEST = 100 * 365 * 86400  #: seconds of a duration
_LOOK = 400  #: days looked at for a deadline, or counted into an age

Holidays = Mapping[str, frozenset[date]]


class SlaError(HeadwaterError):
    """A declaration that cannot be read: the message says what, the details what is allowed."""


@dataclass(frozen=True, slots=True)
class Sla:
    """One promise. Exactly one of ``max_age`` and ``by`` is set.

    ``days`` are numbers from 0 (Monday). ``calendar`` names a list of holidays, on which nothing is
    due; of several (``a, b``) all count. With ``measure`` ``build`` the last good build counts,
    whatever data it read.
    """

    max_age: timedelta | None = None
    by: clock | None = None
    tz: str = "UTC"
    days: frozenset[int] = frozenset(range(7))
    calendar: str = ""
    grace: timedelta = _NONE
    measure: str = "data"

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of its calendars."""
        return tuple(self.calendar.split(_AND)) if self.calendar else ()

    @property
    def words(self) -> str:
        """``at most 24h old``, ``by 07:00 Europe/Berlin mon-fri``."""
        if self.max_age is not None:
            said = f"at most {duration_words(self.max_age)} old"
        else:
            said = f"by {self.by:%H:%M} {self.tz}"
        said += days_words(self.days)
        said += f", not on holidays ({self.calendar})" if self.calendar else ""
        return said + (f", grace {duration_words(self.grace)}" if self.grace else "")


@dataclass(frozen=True, slots=True)
class Judged:
    """How a promise is kept at a moment.

    ``deadline`` is the last one that has passed (``None`` for ``max_age``), ``next`` the moment at
    which the promise will be broken, or has to be kept again, if nothing new comes.
    """

    status: str
    deadline: datetime | None
    next: datetime | None
    reason: str


# -- reading -------------------------------------------------------------------------------------


def parse_sla(value: Any) -> Sla:
    """The promise that ``meta.sla`` declares. *Raises*: `SlaError`."""
    if not isinstance(value, Mapping):
        raise SlaError(f"an sla is a mapping, not {_told(value)}", ("allowed", ", ".join(KEYS)))
    for key in value:
        if key not in KEYS:
            hints = did_you_mean(str(key), KEYS)
            raise SlaError(f"no key '{key}' in an sla", ("allowed", ", ".join(KEYS)), *hints)
    if (value.get("max_age") is None) == (value.get("by") is None):
        raise SlaError("an sla has either 'max_age' or 'by'", ("has", shown(map(str, value))))
    max_age, by = value.get("max_age"), value.get("by")
    sla = Sla(
        max_age=None if max_age is None else _duration(max_age, "max_age"),
        by=None if by is None else _clock(by),
        tz=_zone_name(value.get("tz") or "UTC"),
        days=_days(value.get("days")),
        calendar=_calendars(value.get("calendar")),
        grace=_duration(value["grace"], "grace") if value.get("grace") is not None else _NONE,
        measure=_measure(value.get("measure") or "data"),
    )
    if sla.max_age == timedelta(0):
        raise SlaError("'max_age' is 0: nothing can be that fresh")
    return sla


def parse_duration(value: Any) -> timedelta:
    """``90m``, ``1h30m``, ``2 days``, ``{count: 24, period: hour}``. *Raises*: `SlaError`."""
    seconds = _seconds(value)
    if seconds is not None and seconds > _LONGEST:
        raise SlaError(f"no duration: {_told(value)}", ("why", "it is longer than a century"))
    if seconds is not None and seconds >= 0:
        return timedelta(seconds=seconds)
    raise SlaError(f"no duration: {_told(value)}", ("write", "90m, 24h, 2d, 1h30m"))


def _seconds(value: Any) -> float | None:
    if isinstance(value, Mapping):
        count, period = value.get("count"), str(value.get("period") or "").rstrip("s")
        if isinstance(count, int | float) and not isinstance(count, bool) and period in _PERIODS:
            return count * _PERIODS[period]
    elif value in (0, "0") and value is not False:
        return 0.0  # in any unit
    elif isinstance(value, str):
        text = value.strip().lower()
        parts = _PART.findall(text)
        if parts and not _PART.sub("", text).strip():
            scales = [_scale(unit) for _, unit in parts]
            if all(scales):
                pairs = zip(parts, scales, strict=True)
                return sum(float(n) * scale for (n, _), scale in pairs)
    return None


def _scale(unit: str) -> int:
    if unit in _UNITS:
        return _UNITS[unit]
    named = {"min": 60, "hr": 3600, "sec": 1, **_PERIODS}
    return named.get(unit.rstrip("s"), 0)


def _duration(value: Any, key: str) -> timedelta:
    try:
        return parse_duration(value)
    except SlaError as error:
        raise SlaError(f"'{key}' is {error.message}", *error.details) from None


def _clock(value: Any) -> clock:
    """``"07:00"``, ``7am``; YAML reads 7:00 without quotes as the number of minutes."""
    hours, minutes = -1, -1
    # Below 60 it was no time: YAML leaves 0:07 a text, and who writes 7 means seven o'clock.
    if isinstance(value, int) and not isinstance(value, bool) and value >= 60:
        hours, minutes = divmod(value, 60)
    elif isinstance(value, str) and (found := _CLOCK.fullmatch(value.strip())):
        hours, minutes = int(found[1]), int(found[2])
    elif isinstance(value, str) and (found := _HALVES.fullmatch(value.strip().lower())):
        hours, minutes = int(found[1]), int(found[2] or 0)
        hours = hours % 12 + 12 * (found[3] == "p") if 0 < hours <= 12 else -1
    if not (0 <= hours < 24 and 0 <= minutes < 60):
        raise SlaError(f"'by' is no time of day: {_told(value)}", ("write", '"07:00"'))
    return clock(hours, minutes)


def _days(value: Any) -> frozenset[int]:
    """``weekdays``, ``[mon, Tuesday]``, ``mon-fri``, ``"sat, sun"``."""
    if value is None:
        return frozenset(range(7))
    given = value if isinstance(value, list | tuple) else [value]
    words = [part.strip() for word in given for part in re.split("[,;]", str(word))]
    found: set[int] = set()
    for word in words:
        days = days_of(word.lower())
        if days is None:
            allowed = ", ".join([*DAYS, *DAY_WORDS, "mon-fri"])
            raise SlaError(f"no day '{word}'", ("allowed", allowed), *did_you_mean(word, DAYS))
        found.update(days)
    if not found:
        raise SlaError("'days' names no day")
    return frozenset(found)


def _calendars(value: Any) -> str:
    names = value if isinstance(value, list | tuple) else [value] if value else []
    return _AND.join(str(name).strip() for name in names)


def closed_days(sla: Sla, holidays: Holidays | None) -> frozenset[date]:
    """The days on which nothing is due, of all calendars that a promise names."""
    if not sla.calendar:
        return frozenset()
    known = holidays or {}
    return frozenset[date]().union(*(known.get(name, ()) for name in sla.calendars))


def _measure(value: Any) -> str:
    if value not in MEASURES:
        raise SlaError(f"no measure '{value}'", ("allowed", ", ".join(MEASURES)))
    return str(value)


def _zone_name(value: Any) -> str:
    if not is_zone(str(value)):
        known = sorted(available_timezones())
        raise SlaError(
            f"no time zone '{value}'",
            ("write", "a name such as Europe/Berlin"),
            *did_you_mean(str(value), known),
        )
    return str(value)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        zone_of(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """The time zone of that name. *Raises*: `ZoneInfoNotFoundError` and kin."""
    return UTC if name.upper() == "UTC" else ZoneInfo(name)


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return "'{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}'"
    return f"'{value}'" if isinstance(value, str | int | float) else f"a {type(value).__name__}"


# -- judging -------------------------------------------------------------------------------------


def judge(sla: Sla, as_of: datetime, now: datetime, holidays: Holidays | None = None) -> Judged:
    """How the promise is kept at ``now`` by data that is as of ``as_of``."""
    closed = closed_days(sla, holidays)
    if sla.max_age is not None:
        return _judge_age(sla, as_of, now, closed)
    return _judge_deadline(sla, as_of, now, closed)


def _judge_age(sla: Sla, as_of: datetime, now: datetime, closed: frozenset[date]) -> Judged:
    allowed = sla.max_age or timedelta(0)
    age = counted_age(sla, as_of, now, closed)
    breaks = _moment_after(sla, as_of, allowed, closed)
    said = f"{duration_words(age)} old, at most {duration_words(allowed)} allowed"
    if age <= allowed:
        return Judged(PASS, None, breaks, said)
    if age <= allowed + sla.grace:
        return Judged(WARN, None, breaks, f"{said}: in grace of {duration_words(sla.grace)}")
    return Judged(ERROR, None, breaks, said)


def counted_age(
    sla: Sla, as_of: datetime, now: datetime, closed: frozenset[date] = frozenset()
) -> timedelta:
    """The age, without the days on which nothing is due; at most some 400 days are told apart."""
    if len(sla.days) == 7 and not closed:
        return max(now - as_of, timedelta(0))
    spans = _open_spans(sla, as_of, closed, now)
    return sum((end - start for start, end in spans), timedelta(0))


def _open_spans(
    sla: Sla, since: datetime, closed: frozenset[date], until: datetime | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of time from ``since`` on that lie on due days, one a day."""
    zone = zone_of(sla.tz)
    day = since.astimezone(zone).date()
    for offset in range(_LOOK):
        today = day + timedelta(days=offset)
        start = max(instant(today, clock(0), zone), since)
        end = instant(today + timedelta(days=1), clock(0), zone)
        end = end if until is None else min(end, until)
        if until is not None and start >= until:
            return
        if today.weekday() in sla.days and today not in closed and end > start:
            yield start, end


def _moment_after(
    sla: Sla, since: datetime, allowed: timedelta, closed: frozenset[date]
) -> datetime | None:
    """When the counted age will be ``allowed``."""
    if len(sla.days) == 7 and not closed:
        return since + allowed
    left = allowed
    for start, end in _open_spans(sla, since, closed):
        if end - start >= left:
            return start + left
        left -= end - start
    return None


def _judge_deadline(sla: Sla, as_of: datetime, now: datetime, closed: frozenset[date]) -> Judged:
    last, upcoming = deadlines(sla, now, closed)
    if last is None:
        return Judged(PASS, None, upcoming, "nothing was due yet")
    # Within the grace of one deadline, the one before may have been missed for good.
    over, _ = deadlines(sla, now - sla.grace, closed) if sla.grace else (last, None)
    if over is not None and as_of < _opened(sla, over):
        return Judged(ERROR, over, upcoming, f"{_due(sla, over)}, and nothing of that day is there")
    if as_of >= _opened(sla, last):
        return Judged(PASS, last, upcoming, f"{_due(sla, last)}, and that day's data is there")
    grace = f"late: in grace of {duration_words(sla.grace)}"
    return Judged(WARN, last, upcoming, f"{_due(sla, last)}, {grace}")


def _opened(sla: Sla, deadline: datetime) -> datetime:
    """When the day of a deadline began: data since then is of that day.

    A deadline late in the evening may lie in the next day, where a change of clocks skips midnight.
    """
    zone = zone_of(sla.tz)
    day = deadline.astimezone(zone).date()
    if instant(day, sla.by or clock(0), zone) != deadline:
        day -= timedelta(days=1)
    return instant(day, clock(0), zone)


def _due(sla: Sla, deadline: datetime) -> str:
    return f"due {moment_words(deadline, sla.tz)}"


@lru_cache(maxsize=1024)  # many nodes make the same promise
def deadlines(
    sla: Sla, now: datetime, closed: frozenset[date] = frozenset()
) -> tuple[datetime | None, datetime | None]:
    """The last deadline that has passed at ``now``, and the next one."""
    zone, by = zone_of(sla.tz), sla.by or clock(0)
    today = now.astimezone(zone).date()
    last = upcoming = None
    for offset in range(_LOOK):
        if last is not None and upcoming is not None:
            break
        for day in {today + timedelta(days=offset), today - timedelta(days=offset)}:
            if day.weekday() not in sla.days or day in closed:
                continue
            at = instant(day, by, zone)
            if at <= now:
                last = at if last is None else max(last, at)
            else:
                upcoming = at if upcoming is None else min(upcoming, at)
    return last, upcoming


def instant(day: date, at: clock, zone: tzinfo) -> datetime:
    """The moment of a local time, in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


# -- words ---------------------------------------------------------------------------------------


def duration_words(span: timedelta) -> str:
    """``45m``, ``26h``, ``3d 4h``: two units at most, cut, never rounded up."""
    seconds = int(abs(span.total_seconds()))
    sign = "-" if span < timedelta(0) else ""
    if seconds < 60:
        return f"{sign}{seconds}s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{sign}{minutes}m"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{sign}{hours}h {minutes}m" if minutes else f"{sign}{hours}h"
    days, hours = divmod(hours, 24)
    return f"{sign}{days}d {hours}h" if hours else f"{sign}{days}d"


@lru_cache(maxsize=1024)
def moment_words(moment: datetime, tz: str) -> str:
    """``Mon 23 Nov 07:00 Europe/Berlin``."""
    return f"{moment.astimezone(zone_of(tz)):%a %d %b %H:%M} {tz}"
