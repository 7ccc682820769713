"""Joins and selects of histories held against short models, on Postgres and on DuckDB.

Random valid histories with gaps, deletions, NULL in the key and versions that are never true, under
several column names, types of time and open ends. The sessions are in New York, and times in UTC.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import hypothesis.strategies as st
import pytest
from history_rows import (
    ENGINES,
    FAR,
    FORMS,
    KEY,
    KEYS,
    PACKAGES,
    Form,
    Key,
    Row,
    Run,
    Version,
    day_of,
    examples,
    histories,
    number_of,
    relation_of,
    rows_relation,
)
from hypothesis import event, given, settings
from rendering import FakeRelation

DAYS = range(11)
facts = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([None, *DAYS])), max_size=8)
forms = st.sampled_from(FORMS)


def spine_of(rows: Sequence[tuple[Key, int | None]], form: Form) -> FakeRelation:
    """Facts, numbered; their key has other names and another type than the history's."""
    columns = (("n", "integer"), ("Customer", "bigint"), ("kind", "varchar"), ("At", form.moment))
    zone = " 00:00+00" if "zone" in form.moment else ""
    cells = [
        [
            str(n),
            *("null" if part is None else f"'{part}'" for part in key),
            "null" if day is None else f"'{day_of(day)}{zone}'",
        ]
        for n, (key, day) in enumerate(rows)
    ]
    return rows_relation(columns, cells)


def found(versions: Sequence[Version], key: Key, day: int | None) -> Version | None:
    """The version of a key that holds on a day."""
    held = [version for version in versions if version.key == key and version.holds(day)]
    assert len(held) <= 1
    return held[0] if held else None


def first(versions: Sequence[Version], key: Key, day: int | None) -> Version | None:
    """The first version of a key that is ever true, if the day is before it."""
    begun = [
        (version.begin, version)
        for version in versions
        if version.key == key and version.begin is not None
        if version.begin < version.end and not version.is_deleted
    ]
    if day is None or not begun:
        return None
    earliest = min(begun, key=lambda pair: pair[0])
    return earliest[1] if day < earliest[0] else None


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples, max_examples=120)
@given(
    versions=histories(),
    rows=facts,
    form=forms,
    missing=st.sampled_from(["null", "first", "unknown", "drop"]),
    null_keys=st.sampled_from(["match", "never"]),
    method=st.sampled_from(["auto", "range", "sweep"]),
    is_select=st.booleans(),
)
def test_pit_join_equals_the_model(
    engines: dict[str, Run],
    engine: str,
    versions: list[Version],
    rows: list[tuple[Key, int | None]],
    form: Form,
    missing: str,
    null_keys: str,
    method: str,
    is_select: bool,
) -> None:
    wanted = []
    for n, (key, day) in enumerate(rows):
        version = found(versions, key, day)
        if version is None and missing == "first":
            version = first(versions, key, day)
        if None in key and null_keys == "never":
            version = None
        if version is None and missing == "drop":
            continue
        lost = "nobody" if missing == "unknown" else None
        wanted.append((n, lost if version is None else version.note))
        event("found" if version else "missing")
    history, options = relation_of(versions, form, engine), form.options()
    if is_select and form.has_marks:
        options["column_names"] |= {"dbt_is_deleted": form.name("dbt_is_deleted")}
    sql = PACKAGES[engine].sql(
        "pit_join",
        spine_of(rows, form),
        f"select * from {history}" if is_select else history,
        {"Customer": "id", "kind": "Kind"},
        "At",
        columns={"note": "Note"},
        missing=missing,
        unknown={"Note": "'nobody'"} if missing == "unknown" else {},
        null_keys=null_keys,
        method=method,
        **options,
    )
    assert sorted((row[0], row[4]) for row in engines[engine](sql)) == wanted, sql


def segments(parts: Sequence[Sequence[Version]], present: str) -> list[Row]:
    """What was true of each key between two days on which anything changed."""
    answer = []
    for key in KEYS:
        own = [[v for v in part if v.key == key and _is_ever_true(v)] for part in parts]
        days = sorted({d for part in own for v in part for d in (v.begin, v.end) if d is not None})
        for begin, end in itertools.pairwise(days):
            held = [found(part, key, begin) for part in own]
            is_there = [version is not None for version in held]
            if {"any": any(is_there), "all": all(is_there), "first": is_there[0]}[present]:
                answer.append((*key, begin, end, *(v.note if v else None for v in held)))
    return answer


def _is_ever_true(version: Version) -> bool:
    begin = version.begin
    return begin is not None and begin < version.end and not version.is_deleted


@pytest.mark.parametrize("engine", ENGINES)
@examples
@given(
    parts=st.tuples(histories(), histories(), histories(KEYS[:2])),
    given_forms=st.sampled_from([FORMS[:1] * 3, (FORMS[0], FORMS[3], FORMS[1]), FORMS[2:3] * 3]),
    present=st.sampled_from(["any", "all", "first"]),
    open_end=st.sampled_from([None, "infinity"]),
)
def test_scd2_join_equals_the_model(
    engines: dict[str, Run],
    engine: str,
    parts: tuple[list[Version], ...],
    given_forms: tuple[Form, ...],
    present: str,
    open_end: str | None,
) -> None:
    given_histories = [
        {
            "relation": relation_of(versions, form, engine, extra=f"note{place}"),
            "columns": [f"note{place}"],
            **form.options(),
        }
        for place, (versions, form) in enumerate(zip(parts, given_forms, strict=True))
    ]
    sql = PACKAGES[engine].sql(
        "scd2_join", given_histories, KEY, present=present, open_end=open_end
    )
    answer = [
        (*row[:2], number_of(row[2]), number_of(row[3]), *row[4:]) for row in engines[engine](sql)
    ]
    wanted = segments(parts, present)
    event(f"{min(len(wanted), 5)} segments")
    assert sorted(answer, key=str) == sorted(wanted, key=str), sql


def notes(versions: Sequence[Version], day: int) -> dict[Key, str | None]:
    """What was true on a day, by key."""
    return {version.key: version.note for version in versions if version.holds(day)}


@pytest.mark.parametrize("engine", ENGINES)
@examples
@given(versions=histories(), form=forms, days=st.tuples(*[st.sampled_from(DAYS)] * 2))
def test_as_of_current_and_diff_equal_the_model(
    engines: dict[str, Run],
    engine: str,
    versions: list[Version],
    form: Form,
    days: tuple[int, int],
) -> None:
    relation, package = relation_of(versions, form, engine), PACKAGES[engine]

    def rows(macro: str, *words: Any, **options: Any) -> list[Row]:
        return engines[engine](package.sql(macro, relation, *words, **form.options(), **options))

    held = rows("as_of", day_of(days[0]), columns=[*KEY, "note"])
    assert {row[:2]: row[2] for row in held} == notes(versions, days[0])
    assert len(held) == len(notes(versions, days[0]))
    kept = rows("as_of", day_of(days[0]) + " 03:00+03:00", columns=KEY, deleted="keep")
    assert len(kept) == len(held) + sum(
        form.has_marks and v.is_deleted and v.begin is not None and v.begin <= days[0] < v.end
        for v in versions
    )
    open_rows = sorted((v.key for v in versions if v.end == FAR and not v.is_deleted), key=str)
    assert sorted(rows("scd2_current", columns=KEY), key=str) == open_rows
    before, after = (notes(versions, day) for day in days)
    wanted: list[Row] = [("added", *key, None, after[key]) for key in after.keys() - before.keys()]
    wanted += [("removed", *key, before[key], None) for key in before.keys() - after.keys()]
    wanted += [
        ("changed", *key, before[key], after[key])
        for key in before.keys() & after.keys()
        if before[key] != after[key]
    ]
    event(", ".join(sorted({row[0] for row in wanted})) or "nothing differs")
    answer = rows("scd2_diff", KEY, day_of(days[0]), day_of(days[1]))
    assert sorted(answer, key=str) == sorted(wanted, key=str)
