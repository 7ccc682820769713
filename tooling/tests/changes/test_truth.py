"""The declared truth of every pair agrees with what execution shows."""

from __future__ import annotations

import pytest

from .pair_files import Pair, read_pairs
from .truth import changes, disagreements, felt

ALL = read_pairs()


@pytest.mark.parametrize("pair", [p for p in ALL if not p.cannot], ids=lambda p: p.id)
def test_declared_truth_is_what_execution_shows(pair: Pair) -> None:
    assert not disagreements(pair)


@pytest.mark.parametrize("pair", ALL, ids=lambda p: p.id)
def test_lines_are_well_formed(pair: Pair) -> None:
    assert changes(pair)
    assert pair.kind
    felt(pair)
