"""Every case file holds: the engine finds exactly the edges that are written there."""

from __future__ import annotations

import pytest

from headwater.sql.parse import parse_node

from .case_files import Case, constants, edge_lines, read_cases

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_case(case: Case) -> None:
    lineage = parse_node(case.sql, case.context())
    found = edge_lines(lineage, case.levels)
    assert sorted(found) == sorted(case.edges)
    if case.columns is not None:
        assert lineage.columns == case.columns
    assert constants(lineage) == case.constant
    assert [
        f"{g.reason} {g.detail}".strip()[: len(e)]
        for g, e in zip(lineage.gaps, case.gaps, strict=False)
    ] == list(case.gaps)
    assert len(lineage.gaps) == len(case.gaps), lineage.gaps


def test_no_two_cases_share_a_name() -> None:
    names = [c.id for c in CASES]
    assert len(names) == len(set(names))
