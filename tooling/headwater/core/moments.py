"""Moments as dbt writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


def parse_time(text: str | None) -> datetime | None:
    """dbt's UTC text as a time, or ``None`` when it is none.

    What lies before 1900, or after 9000, is the nearest of these.
    """
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return min(max(found if found.tzinfo else found.replace(tzinfo=UTC), _FIRST), _LAST)


def parse_seconds(value: float | None) -> float:
    """A duration, or 0 for what can be none: NaN, infinity, less than nothing, a century."""
    return value if value is not None and 0 <= value < _CENTURY else 0.0


_CENTURY = 100 * 365 * 86400.0
#: A warehouse's word for "never" is a year 1, or 9999: sums with such moments leave the calendar.
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)  # a large answer has few moments, each of them many times
def time_text(moment: datetime | None) -> str | None:
    """A moment in UTC as JSON has it: ``2026-11-23T08:00:00Z``."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
