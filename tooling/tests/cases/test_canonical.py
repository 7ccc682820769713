"""Canonical forms of the case files: the columns they must have, or no form at all."""

from __future__ import annotations

import re

import pytest

from headwater.sql.canonical import NoPlan, Plan, canonical_plan
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


#: What makes no difference: a number in EXISTS (SELECT 1 …), a CTE that nobody reads.
_MAKES_NONE = re.compile(
    r"exists \(\s*select \d|\bselect \d+ from c where|with lost as|with fill step", re.I
)
_COUNTS = re.compile(r"'[^']*'|\b\d+(?:\.\d+)?\b|<=|>=|<>|(?<=\s)[<>+-](?=\s)")
_OPERATORS = {"<": "<=", ">": ">=", "<=": "<", ">=": ">", "<>": "=", "+": "-", "-": "+"}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_every_constant_and_comparison_counts(case: Case) -> None:
    made = canonical_plan(case.sql, case.context(), Facts())
    if isinstance(made, NoPlan) or _MAKES_NONE.search(case.sql):
        return
    for found in _COUNTS.finditer(case.sql):
        edited = case.sql[: found.start()] + _another(found[0]) + case.sql[found.end() :]
        other = canonical_plan(edited, case.context(), Facts())
        if "interval" not in case.sql[: found.start()][-10:]:  # sqlglot reads '1 day7' as '1 day'
            assert isinstance(other, NoPlan) or _form(other) != _form(made), edited


def _another(text: str) -> str:
    if text in _OPERATORS:
        return _OPERATORS[text]
    return f"'{text[1:-1]}7'" if text.startswith("'") else f"{text}1"


def _form(plan: Plan) -> object:
    order = plan.order.key if plan.order else None
    return plan.keys, [v.key for v in plan.values], plan.rows.key, order
