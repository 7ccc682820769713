"""Every public macro is rendered for every engine; what it writes parses, or it says no.

A macro without a case fails here: give it one in dialect_cases.py, and a reason in not_offered.yml
for each engine that it refuses. What stands in macros/cross_db/ is reached through the others, and
noted where it is.
"""

from __future__ import annotations

import functools

import engine_cases
import macro_index
import pytest
import sqlglot
from dialect_cases import CASES, Case
from locked import REPO
from recording import Recorder
from rendering import PREFIXES, WrongArgumentError

#: Postgres and DuckDB execute what the others only parse.
ENGINES = tuple(engine for engine in PREFIXES if engine not in ("postgres", "duckdb"))


@functools.cache
def parsed_on(engine: str) -> tuple[frozenset[str], dict[str, str]]:
    """The macros of which all statements parse, and what others say instead."""
    parsed: set[str] = set()
    refused: dict[str, str] = {}
    for case in CASES:
        recorder = Recorder(engine, case.config, case.answers)
        try:
            _parse(recorder, case, engine)
        except WrongArgumentError as said:
            refused[case.macro] = str(said)
        else:
            parsed |= recorder.reached
    return frozenset(parsed & public_macros()), refused


def _parse(recorder: Recorder, case: Case, engine: str) -> None:
    written = recorder.written(case.macro, *case.words, **case.options)
    dialect = "tsql" if engine == "fabric" else engine
    for text in [*recorder.sent, *map(case.within.format, written)]:
        try:
            trees = sqlglot.parse(text, read=dialect)
        except sqlglot.ParseError as error:
            pytest.fail(f"{case.macro} on {engine}: {error}\n{text}")
        assert all(tree is not None for tree in trees), text


@functools.cache
def public_macros() -> frozenset[str]:
    return frozenset(macro.name for macro in macro_index.read_macros(REPO))


@functools.cache
def macros_for_users() -> frozenset[str]:
    found = macro_index.read_macros(REPO)
    return frozenset(macro.name for macro in found if macro.theme != "cross_db")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_macro_parses_or_says_no(engine: str) -> None:
    parsed, refused = parsed_on(engine)
    reasons = engine_cases.reasons()[engine]["macros"]
    without_a_case = macros_for_users() - parsed - set(reasons)
    assert not without_a_case, f"{engine}: {sorted(without_a_case)}; they said: {refused}"
    assert not set(reasons) & parsed, "not_offered.yml names macros that are offered"
    assert set(reasons) <= macros_for_users(), "not_offered.yml names macros that are gone"


def test_the_record_says_what_parses() -> None:
    recorded = engine_cases.read_parsed()
    current = {engine: sorted(parsed_on(engine)[0]) for engine in ENGINES}
    assert recorded == current, "run `python tooling/dev/engine_dialects.py`"
