"""`lineage diff` on every pair: nothing is shown safer than it is, and little worse."""

from __future__ import annotations

from collections import Counter

import pytest

from .asking import ask
from .pair_files import Pair, read_pairs
from .scoring import Judged, Mark, answer_of, judge

ALL = read_pairs()
#: at most, of all places judged
OVER, UNKNOWN = 0.02, 0.03


@pytest.mark.parametrize("pair", ALL, ids=lambda pair: pair.id)
def test_nothing_is_shown_safer_than_it_is(pair: Pair) -> None:
    assert not [each for each in judged(pair) if each.mark is Mark.DANGER]


def test_few_over_warnings() -> None:
    every = [each for pair in ALL for each in judged(pair)]
    count = Counter(each.mark for each in every)
    warned = {each.pair for each in every if each.mark is Mark.OVER}
    assert count[Mark.OVER] <= OVER * len(every), warned
    assert len(warned) <= OVER * len(ALL), warned
    assert count[Mark.VAGUE] <= UNKNOWN * len(every)


_KEPT: dict[str, list[Judged]] = {}


def judged(pair: Pair) -> list[Judged]:
    """Every place of the pair, asked for once."""
    if pair.id not in _KEPT:
        answer = ask(pair)
        _KEPT[pair.id] = judge(pair, answer_of(pair, answer.changes, answer.propagation))
    return _KEPT[pair.id]
