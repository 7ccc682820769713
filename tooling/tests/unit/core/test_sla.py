"""Promises about freshness: what they mean at a moment, on both sides of a change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.moments import parse_time
from headwater.core.sla import (
    ERROR,
    PASS,
    WARN,
    Sla,
    SlaError,
    duration_words,
    judge,
    parse_duration,
    parse_sla,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


BERLIN: dict[str, Any] = {"by": "07:00", "tz": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"max_age": "24h"}, "at most 24h old"),
        ({"max_age": {"count": 2, "period": "day"}, "grace": "30m"}, "at most 2d old, grace 30m"),
        (BERLIN, "by 07:00 Europe/Berlin"),
        ({"by": 420, "days": "weekdays"}, "by 07:00 UTC mon-fri"),  # `by: 07:00` without quotes
        (
            {"by": "6:30", "days": ["Mon", "friday"], "calendar": "bank"},
            "by 06:30 UTC mon,fri, not on holidays (bank)",
        ),
    ],
)
def test_what_is_declared(value: Any, words: str) -> None:
    assert parse_sla(value).words == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            "07:00",
            "an sla is a mapping, not '07:00'\n  allowed: max_age, by, tz, days, calendar, grace, measure",
        ),
        (
            {"max_ag": "1h"},
            "no key 'max_ag' in an sla\n  allowed: max_age, by, tz, days, calendar, grace, measure\n"
            "  hint: did you mean 'max_age'?",
        ),
        ({"tz": "UTC"}, "an sla has either 'max_age' or 'by'\n  has: tz"),
        (
            {"by": "7:00", "max_age": "1h"},
            "an sla has either 'max_age' or 'by'\n  has: by, max_age",
        ),
        ({"max_age": "soon"}, "'max_age' is no duration: 'soon'\n  write: 90m, 24h, 2d, 1h30m"),
        ({"max_age": "0h"}, "'max_age' is 0: nothing can be that fresh"),
        ({"by": "25:00"}, "'by' is no time of day: '25:00'\n  write: \"07:00\""),
        ({"by": 7}, "'by' is no time of day: '7'\n  write: \"07:00\""),
        (
            {"max_age": {"count": 1, "period": "fortnight"}},
            "'max_age' is no duration: '{count: 1, period: fortnight}'\n  write: 90m, 24h, 2d, 1h30m",
        ),
        ({"by": True}, "'by' is no time of day: 'True'\n  write: \"07:00\""),
        (
            {"by": "07:00", "tz": "Europe/Berln"},
            "no time zone 'Europe/Berln'\n  write: a name such as Europe/Berlin\n"
            "  hint: did you mean 'Europe/Berlin'?",
        ),
        (
            {"by": "07:00", "days": ["monn"]},
            "no day 'monn'\n  allowed: mon, tue, wed, thu, fri, sat, sun, daily, weekdays, weekends, mon-fri\n"
            "  hint: did you mean 'mon'?",
        ),
        ({"max_age": "1h", "measure": "x"}, "no measure 'x'\n  allowed: data, build"),
    ],
)
def test_what_cannot_be_read(value: Any, text: str) -> None:
    with pytest.raises(SlaError) as caught:
        parse_sla(value)
    assert str(caught.value) == text


def test_an_age() -> None:
    sla = parse_sla({"max_age": "24h", "grace": "1h"})
    loaded = at("2026-11-20T06:00")
    assert judge(sla, loaded, at("2026-11-21T06:00")).status == PASS
    assert judge(sla, loaded, at("2026-11-21T06:30")).status == WARN
    late = judge(sla, loaded, at("2026-11-21T07:00:01"))
    assert (late.status, late.reason) == (ERROR, "25h old, at most 24h allowed")
    assert late.next == at("2026-11-21T06:00")


def test_an_age_over_a_weekend() -> None:
    """Loaded on Friday at 18:00: on Monday at 06:00 twelve hours have counted."""
    sla = parse_sla({"max_age": "24h", "days": "weekdays"})
    friday = at("2026-11-20T18:00")
    assert judge(sla, friday, at("2026-11-23T06:00")).reason.startswith("12h old")
    assert judge(sla, friday, at("2026-11-23T18:00")).status == PASS
    assert judge(sla, friday, at("2026-11-23T18:01")).status == ERROR
    assert judge(sla, friday, at("2026-11-21T12:00")).next == at("2026-11-23T18:00")


def test_a_deadline() -> None:
    sla = parse_sla({**BERLIN, "grace": "30m"})  # 06:00 UTC in winter
    yesterday = at("2026-11-19T23:30")  # 00:30 of the 20th in Berlin
    assert judge(sla, yesterday, at("2026-11-20T07:00")).status == PASS
    before = at("2026-11-19T22:30")  # still the 19th in Berlin
    assert judge(sla, before, at("2026-11-20T05:59")).status == PASS  # the 19th's deadline holds
    assert judge(sla, before, at("2026-11-20T06:10")).status == WARN
    late = judge(sla, before, at("2026-11-20T06:30"))
    assert late.status == ERROR
    assert late.reason == "due Fri 20 Nov 07:00 Europe/Berlin, and nothing of that day is there"
    assert late.deadline == at("2026-11-20T06:00")
    assert late.next == at("2026-11-21T06:00")


def test_no_deadline_at_weekends_and_on_holidays() -> None:
    sla = parse_sla({**BERLIN, "days": "weekdays", "calendar": "bank"})
    thursday = at("2026-12-24T05:00")
    assert judge(sla, thursday, at("2026-12-27T12:00")).status == ERROR  # Friday the 25th was due
    holidays = {"bank": frozenset({date(2026, 12, 25)})}
    kept = judge(sla, thursday, at("2026-12-27T12:00"), holidays)
    assert (kept.status, kept.next) == (PASS, at("2026-12-28T06:00"))


@pytest.mark.parametrize(
    ("by", "day", "moment"),
    [
        ("02:30", "2026-03-29", "2026-03-29T01:30"),  # skipped: 03:30 summer time
        ("02:30", "2026-10-25", "2026-10-25T00:30"),  # twice: the first, in summer time
        ("07:00", "2026-03-28", "2026-03-28T06:00"),
        ("07:00", "2026-03-29", "2026-03-29T05:00"),
    ],
)
def test_deadlines_where_clocks_change(by: str, day: str, moment: str) -> None:
    sla = parse_sla({"by": by, "tz": "Europe/Berlin"})
    found = judge(sla, at("2020-01-01"), at(f"{day}T12:00"))
    assert found.deadline == at(moment)


@pytest.mark.parametrize(
    ("zone", "by", "day", "moment"),
    [
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:45"),  # skipped: 30 minutes
        ("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04T14:45"),  # twice: the first
        ("Australia/Sydney", "02:30", "2026-10-04", "2026-10-03T16:30"),
        ("America/Santiago", "00:00", "2026-09-06", "2026-09-06T04:00"),  # midnight is skipped
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30"),
        ("Asia/Kathmandu", "07:00", "2026-11-01", "2026-11-01T01:15"),
    ],
)
def test_deadlines_where_clocks_change_elsewhere(zone: str, by: str, day: str, moment: str) -> None:
    sla = parse_sla({"by": by, "tz": zone})
    found = judge(sla, at("2020-01-01"), at(moment) + timedelta(minutes=1))
    assert (found.deadline, found.status) == (at(moment), "error")
    fresh = judge(sla, at(moment), at(moment) + timedelta(minutes=1))
    assert fresh.status == "pass", day


@pytest.mark.parametrize(
    ("as_of", "now", "status", "due"),
    [
        ("2026-11-24T01:00", "2026-11-24T08:00", "pass", "Tue 24 Nov"),
        ("2026-11-23T12:00", "2026-11-24T08:00", "warn", "Tue 24 Nov"),  # in today's grace
        ("2026-11-20T12:00", "2026-11-24T08:00", "error", "Mon 23 Nov"),  # Monday's is long over
        ("2026-11-23T12:00", "2026-11-24T09:00", "error", "Tue 24 Nov"),  # grace has ended
    ],
)
def test_a_grace_excuses_only_its_own_deadline(as_of: str, now: str, status: str, due: str) -> None:
    sla = parse_sla({"by": "07:00", "grace": "2h", "days": "weekdays"})
    found = judge(sla, at(as_of), at(now))
    assert (found.status, found.reason[4:14]) == (status, due)


def test_a_grace_longer_than_a_day_ends_nevertheless() -> None:
    sla = parse_sla({"by": "07:00", "grace": "30h"})
    assert judge(sla, at("2026-11-20T12:00"), at("2026-11-24T08:00")).status == "error"
    assert judge(sla, at("2026-11-23T12:00"), at("2026-11-24T08:00")).status == "warn"


def test_a_grace_goes_on_past_midnight() -> None:
    sla = parse_sla({"by": "23:45", "grace": "1h", "tz": "Europe/Berlin"})
    late = at("2026-11-22T12:00")
    assert judge(sla, late, at("2026-11-23T23:10")).status == "warn"  # 00:10 of the next day
    assert judge(sla, late, at("2026-11-23T23:50")).status == "error"
    assert judge(sla, at("2026-11-23T20:00"), at("2026-11-23T23:50")).status == "pass"


def test_the_day_of_23_hours_counts_23() -> None:
    sla = parse_sla({"max_age": "30h", "days": ["sun"], "tz": "Europe/Berlin"})
    found = judge(sla, at("2026-03-27T12:00"), at("2026-04-01T12:00"))
    assert found.reason == "23h old, at most 30h allowed"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90m", 5400), ("1h30m", 5400), ("2 days", 172800), ("1.5h", 5400), ("45 min", 2700)],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, "59s"),
        (3599, "59m"),
        (5400, "1h 30m"),
        (93_600, "26h"),
        (187_200, "2d 4h"),
        (-60, "-1m"),
    ],
)
def test_words_are_cut_not_rounded(seconds: int, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("loaded", "status"),
    [("2025-03-29T02:00", PASS), ("2025-03-29T01:59", ERROR), ("2025-03-30T00:30", PASS)],
)
def test_a_deadline_that_a_skipped_midnight_moves_into_the_next_day(
    loaded: str, status: str
) -> None:
    """In Nuuk 23:00 of the 29th is followed by midnight: what is due at 23:30 is due at 00:30."""
    judged = judge(
        parse_sla({"by": "23:30", "tz": "America/Nuuk"}), at(loaded), at("2025-03-30T02:00")
    )
    assert (judged.status, judged.deadline) == (status, at("2025-03-30T01:30"))


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
DAYS = st.sets(st.integers(0, 6), min_size=1).map(frozenset)


@given(MOMENTS, MOMENTS, st.times(), ZONES, DAYS)
def test_newer_data_never_keeps_a_promise_worse(
    first: datetime, now: datetime, by: Any, tz: str, days: frozenset[int]
) -> None:
    by = by.replace(second=0, microsecond=0)
    order = [PASS, WARN, ERROR]
    for sla in (
        Sla(by=by, tz=tz, days=days, grace=timedelta(hours=1)),
        Sla(max_age=timedelta(hours=30), tz=tz, days=days, grace=timedelta(hours=1)),
    ):
        older, newer = (judge(sla, first + timedelta(hours=h), now) for h in (0, 5))
        assert order.index(newer.status) <= order.index(older.status)
        assert newer.next is None or sla.max_age is not None or newer.next > now


@pytest.mark.parametrize("text", ["999999999999d", "101w 9999d 9999w", "40000d"])
def test_a_duration_beyond_a_century_is_none(text: str) -> None:
    with pytest.raises(SlaError, match="no duration"):
        parse_duration(text)
    with pytest.raises(SlaError, match="no duration"):
        parse_duration({"count": 10**15, "period": "day"})


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("sla", [{"max_age": "24h", "days": "weekdays"}, {"by": "07:00"}])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_moment_at_the_end_of_the_calendar_is_judged(
    text: str, sla: dict[str, Any], zone: str
) -> None:
    moment = parse_time(text)
    assert moment is not None
    judge(parse_sla(sla | {"tz": zone, "grace": "90d"}), moment, at("2026-11-23T12:00"))
