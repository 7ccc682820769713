"""bitemporal_merge() held against a model: what was known on one day of another, for every two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import hypothesis.strategies as st
import pytest
from history_rows import (
    ENGINES,
    FAR,
    PACKAGES,
    TEXT,
    Run,
    day_of,
    examples,
    number_of,
    rows_relation,
)
from hypothesis import event, given, settings
from rendering import FakeRelation

DAYS = range(8)


@dataclass(frozen=True)
class Event:
    """On a day it was recorded that a key has a note, or is gone, from one day up to another."""

    key: int | None
    begin: int
    end: int
    recorded: int
    number: int | None
    note: str | None
    is_gone: bool


events = st.lists(
    st.builds(
        Event,
        key=st.sampled_from([None, 1]),
        begin=st.integers(0, 5),
        end=st.sampled_from([1, 3, 5, 7, FAR]),
        recorded=st.integers(0, 4),
        number=st.none() | st.integers(0, 1000),
        note=st.sampled_from(["x", "y", None]),
        is_gone=st.sampled_from([False, False, True]),
    ),
    max_size=7,
    unique_by=lambda given_event: given_event.number,
)


def _place(told: Event) -> tuple[int, int]:
    """By time, then by number; NULL comes first."""
    return told.recorded, -1 if told.number is None else told.number


def known(given_events: Sequence[Event], key: int | None, day: int, on: int) -> Event | None:
    """What was known on a day of another: the last event that says anything of it."""
    told = [e for e in given_events if e.key == key and e.begin <= day < e.end and e.recorded <= on]
    last = max(told, key=_place, default=None)
    return None if last is None or last.is_gone else last


def relation_of(given_events: Sequence[Event], engine: str) -> FakeRelation:
    """The events in the order given."""
    columns = (
        ("Key", "integer"), ("begins", "timestamp"), ("ends", "timestamp"),
        ("recorded", "timestamp"), ("number", "integer"), ("note", TEXT[engine]),
        ("gone", "boolean"),
    )  # fmt: skip
    cells = [
        [
            "null" if e.key is None else str(e.key),
            f"'{day_of(e.begin)}'",
            "null" if e.end == FAR else f"'{day_of(e.end)}'",
            f"'{day_of(e.recorded)}'",
            "null" if e.number is None else str(e.number),
            "null" if e.note is None else f"'{e.note}'",
            str(e.is_gone).lower(),
        ]
        for e in given_events
    ]
    return rows_relation(columns, cells)


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples, max_examples=80)
@given(given_events=events, data=st.data())
def test_it_knows_what_was_known(
    engines: dict[str, Run], engine: str, given_events: list[Event], data: st.DataObject
) -> None:
    answers = []
    for stored in (given_events, data.draw(st.permutations(given_events))):
        sql = PACKAGES[engine].sql(
            "bitemporal_merge", relation_of(stored, engine), ["Key"], "begins", "ends", "recorded",
            columns=["note"], sequence_by=["number"], deleted_column="gone",
        )  # fmt: skip
        rows = [(*row[:2], *map(number_of, row[2:])) for row in engines[engine](sql)]
        answers.append(sorted(rows, key=str))
    assert answers[0] == answers[1]
    event(f"{min(len(answers[0]), 6)} rows")
    for key in (None, 1):
        for day in DAYS:
            for on in range(6):
                held = [
                    row[1]
                    for row in answers[0]
                    if row[0] == key and row[2] <= day < row[3] and row[4] <= on < row[5]
                ]
                wanted = known(given_events, key, day, on)
                assert held == ([] if wanted is None else [wanted.note]), (key, day, on)
    package = PACKAGES[engine]
    merged = f"select * from ({sql}) as merged"
    for on in (None, day_of(2)):
        point = package.sql("bitemporal_as_of", merged, day_of(3), on, columns=["Key", "note"])
        wanted_rows = [
            (key, found.note)
            for key in (None, 1)
            if (found := known(given_events, key, 3, FAR if on is None else 2))
        ]
        assert sorted(engines[engine](point), key=str) == sorted(wanted_rows, key=str)
