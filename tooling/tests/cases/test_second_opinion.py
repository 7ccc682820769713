"""A second opinion: the engine's direct sources against ``sqlglot.lineage``, on every case.

Known differences stand in ``second_opinion.txt`` with the reason; a new one fails.
"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlglot

from headwater.sql.parse import parse_node

from .case_files import read_cases
from .second_opinion import disagreements, opinion

GIVEN_BY = "30.30"  #: the version of sqlglot whose opinions are listed
LISTED = Path(__file__).parent / "second_opinion.txt"
CASES = {case.id: case for case in read_cases()}


def known() -> dict[str, str]:
    """``case id | column`` -> the reason of the section it stands in."""
    found: dict[str, str] = {}
    reason = ""
    for line in LISTED.read_text("utf-8").splitlines():
        if line.startswith("["):
            reason = line.strip("[]")
        elif line and not line.startswith("#"):
            found[line] = reason
    return found


@pytest.fixture(autouse=True)
def quiet() -> None:
    """sqlglot warns about what it cannot tell; that is no news here."""
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


@pytest.mark.skipif(
    not sqlglot.__version__.startswith(GIVEN_BY + "."),
    reason=f"the listed opinions are those of sqlglot {GIVEN_BY}; another version has others",
)
def test_every_difference_is_known() -> None:
    listed = known()
    new = [
        f"{case.id} | {column}: {said}"
        for case in CASES.values()
        for column, said in disagreements(case)
        if f"{case.id} | {column}" not in listed
    ]
    assert new == [], "new differences:\n" + "\n".join(new)


def test_every_known_difference_has_a_reason_and_a_case() -> None:
    for entry, reason in known().items():
        case_id, _, column = entry.rpartition(" | ")
        assert reason, entry
        assert case_id in CASES, entry
        case = CASES[case_id]
        assert column in parse_node(case.sql, case.context()).columns, entry


def test_there_is_an_opinion_on_most_columns() -> None:
    """An opinion that is always missing would agree with anything."""
    told = total = 0
    for case in CASES.values():
        for column in parse_node(case.sql, case.context()).columns:
            total += 1
            told += opinion(case, column) is not None
    assert told / total > 0.8, f"{told} of {total}"
