"""Canonical forms of the case files: the columns they must have, or no form at all."""

from __future__ import annotations

import re

import pytest

from headwater.sql.canonical import NoPlan, canonical_plan
from headwater.sql.canonical_scope import Facts

from .case_files import Case, read_cases

ALL = read_cases()
_SPACE = re.compile(
    r"('(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|`[^`]*`|\[[^\[\],]*\]|\$\$.*?\$\$|--[^\n]*|#[^\n]*|/\*.*?\*/)|(,?)\s+",
    re.S,
)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_columns_and_another_layout(case: Case) -> None:
    made = canonical_plan(case.sql, case.context(), Facts())
    if isinstance(made, NoPlan):
        assert ":" not in made.why or made.why.startswith("it could not be parsed"), made.why
        return
    if not made.unlisted and case.columns is not None:
        assert [n.lower() for n in made.names] == [n.lower() for n in case.columns]
    other = canonical_plan(_SPACE.sub(_spread, case.sql), case.context(), Facts())
    assert not isinstance(other, NoPlan), other.why
    assert other.rows.key == made.rows.key
    assert [v.key for v in other.values] == [v.key for v in made.values]


def _spread(found: re.Match[str]) -> str:
    """White space becomes more of it, with a comment; quoted text and comments stay."""
    return found[1] or (",  /* -- spread ' */\n  " if found[2] else "\n\t")
