"""The tests scd2_valid and current_matches_source held against short models, on both engines."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import hypothesis.strategies as st
import pytest
from history_rows import (
    ENGINES,
    FAR,
    FORMS,
    KEY,
    KEYS,
    PACKAGES,
    TEXT,
    Form,
    Key,
    Row,
    Run,
    Version,
    examples,
    histories,
    number_of,
    relation_of,
    rows_relation,
)
from hypothesis import event, given

anything = st.builds(
    Version,
    key=st.sampled_from(KEYS[1:3]),
    begin=st.sampled_from([None, 1, 2, 3, 4]),
    end=st.sampled_from([2, 3, 4, 5, FAR]),
    note=st.sampled_from(["x", "y", None]),
    is_deleted=st.booleans(),
)


def broken(versions: Sequence[Version], gaps: str, null_keys: str) -> Iterator[Row]:
    """Each broken rule, with the version that breaks it."""
    for version in versions:
        shown = (*version.key, version.begin, version.end)
        if version.begin is None:
            yield ("no begin", *shown)
        elif version.begin >= version.end:
            word = "empty" if version.begin == version.end else "inverted"
            yield (f"{word} interval", *shown)
        if None in version.key and null_keys == "forbid":
            yield ("null key", *shown)
    for key in KEYS:
        held = [(v.begin, v) for v in versions if v.key == key and v.begin is not None]
        held = sorted(
            ((begin, v) for begin, v in held if begin < v.end), key=lambda p: (p[0], p[1].end)
        )
        for place, (begin, version) in enumerate(held):
            earlier = [v for _, v in held[:place]]
            yield from _against(earlier, begin, version, gaps)


def _against(earlier: list[Version], begin: int, version: Version, gaps: str) -> Iterator[Row]:
    shown = (*version.key, begin, version.end)
    last = max((v.end for v in earlier), default=begin)
    closed = max((v.end for v in earlier if v.end != FAR), default=None)
    if last > begin:
        yield ("overlap", *shown)
    if last == FAR and version.end == FAR:
        yield ("two current versions", *shown)
    if last < begin and gaps == "forbid":
        yield ("gap", *shown)
    if closed == begin and (earlier[-1].note, earlier[-1].is_deleted) == (
        version.note,
        version.is_deleted,
    ):
        yield ("repeated version", *shown)


@pytest.mark.parametrize("engine", ENGINES)
@examples
@given(
    versions=st.one_of(
        st.lists(anything, max_size=5, unique_by=lambda v: (v.key, v.begin, v.end)), histories()
    ),
    form=st.sampled_from([form for form in FORMS if form.has_marks]),
    gaps=st.sampled_from(["allow", "forbid"]),
    null_keys=st.sampled_from(["allow", "forbid"]),
)
def test_scd2_valid_names_each_broken_rule(
    engines: dict[str, Run],
    engine: str,
    versions: list[Version],
    form: Form,
    gaps: str,
    null_keys: str,
) -> None:
    sql = PACKAGES[engine].sql(
        "test_scd2_valid",
        relation_of(versions, form, engine),
        KEY,
        gaps=gaps,
        null_keys=null_keys,
        **form.options(),
    )
    answer = Counter(
        (*row[:3], None if row[3] is None else number_of(row[3]), number_of(row[4]))
        for row in engines[engine](sql)
    )
    wanted = Counter(broken(versions, gaps, null_keys))
    event(", ".join(sorted({rule for rule, *_ in wanted})) or "valid")
    assert answer == wanted, sql


@pytest.mark.parametrize("engine", ENGINES)
def test_the_end_of_time_is_the_one_agreed(engines: dict[str, Run], engine: str) -> None:
    stored = {None: "null", "infinity": "'infinity'", "9999-12-31": "'9999-12-31'"}
    for (kept, cell), agreed in itertools.product(stored.items(), stored):
        relation = rows_relation(
            (("id", "integer"), ("dbt_valid_from", "timestamp"), ("dbt_valid_to", "timestamp")),
            [["1", "'2026-01-01'", cell]],
        )
        sql = PACKAGES[engine].sql("test_scd2_valid", relation, ["id"], open_end=agreed)
        rules = [row[0] for row in engines[engine](sql)]
        assert rules == ([] if kept == agreed else ["wrong open end"]), (kept, agreed)


def mismatches(
    versions: Sequence[Version], source: Sequence[tuple[Key, str | None]], deletes: str
) -> set[Row]:
    """What current_matches_source has to say."""
    current: dict[Key, list[str | None]] = {}
    for version in versions:
        if version.end == FAR and not version.is_deleted:
            current.setdefault(version.key, []).append(version.note)
    given_rows: dict[Key, list[str | None]] = {}
    for key, note in source:
        given_rows.setdefault(key, []).append(note)
    found: set[Row] = set()
    for key in current.keys() | given_rows.keys():
        now, there = current.get(key, []), given_rows.get(key, [])
        if len(now) > 1:
            found.add(("two current versions", *key, ""))
        elif len(there) > 1:
            found.add(("repeated in the source", *key, ""))
        elif not now:
            found.add(("missing", *key, ""))
        elif not there:
            found |= {("surplus", *key, "")} if deletes == "close" else set()
        elif now != there:
            found.add(("different", *key, "note"))
    return found


@pytest.mark.parametrize("engine", ENGINES)
@examples
@given(
    versions=st.one_of(st.lists(anything, max_size=4), histories()),
    source=st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(["x", "y", None])), max_size=5
    ),
    form=st.sampled_from([form for form in FORMS if form.has_marks]),
    deletes=st.sampled_from(["close", "ignore"]),
)
def test_current_matches_source_finds_what_differs(
    engines: dict[str, Run],
    engine: str,
    versions: list[Version],
    source: list[tuple[Key, str | None]],
    form: Form,
    deletes: str,
) -> None:
    columns = (("id", "bigint"), ("Kind", TEXT[engine]), ("note", TEXT[engine]))
    cells = [["null" if v is None else f"'{v}'" for v in (*key, note)] for key, note in source]
    sql = PACKAGES[engine].sql(
        "test_current_matches_source",
        relation_of(versions, form, engine),
        rows_relation(columns, cells),
        KEY,
        deletes=deletes,
        **form.options(),
    )
    answer = engines[engine](sql)
    event(", ".join(sorted({row[0] for row in answer})) or "all match")
    assert len(answer) == len(set(answer))
    assert set(answer) == mismatches(versions, source, deletes), sql
