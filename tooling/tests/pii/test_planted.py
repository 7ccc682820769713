"""Every planted leak is found, and where nothing is planted nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from .pii_files import Case, ask, read_cases, said

LEAKS = read_cases("leak_*.sql")
CLEAN = read_cases("clean_*.sql")
QUIET = ("undeclared",)  #: in a planted leak, columns on the way may be undeclared


@pytest.mark.parametrize("case", LEAKS, ids=lambda c: c.id)
def test_a_planted_leak_is_found(case: Case, tmp_path: Path) -> None:
    found = said(ask(case, tmp_path))
    assert case.found
    loud = [line for line in found if not line.startswith(QUIET)]
    assert loud == sorted(line for line in case.found if not line.startswith(QUIET))
    assert [line for line in case.found if line not in found] == []


@pytest.mark.parametrize("case", CLEAN, ids=lambda c: c.id)
def test_a_clean_project_is_clean(case: Case, tmp_path: Path) -> None:
    assert said(ask(case, tmp_path)) == sorted(case.found) == []


def test_enough_is_planted() -> None:
    assert len(LEAKS) >= 60
    assert len(CLEAN) >= 60
    names = [case.id for case in (*LEAKS, *CLEAN)]
    assert len(names) == len(set(names))
