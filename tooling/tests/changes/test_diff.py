"""`lineage diff` on every pair: nothing is shown safer than it is, and little worse."""

from __future__ import annotations

from collections import Counter

import pytest

from headwater.changes.propagate import propagate
from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef

from .asking import ask
from .pair_files import Pair, read_pairs
from .scoring import Judged, Mark, answer_of, judge, names_of
from .truth import changes

ALL = read_pairs()
#: at most, of all places judged
OVER, UNKNOWN = 0.02, 0.03


@pytest.mark.parametrize("pair", ALL, ids=lambda pair: pair.id)
def test_nothing_is_shown_safer_than_it_is(pair: Pair) -> None:
    found, followed = judged(pair)
    assert not [each for each in found if each.mark is Mark.DANGER]
    assert not [each for each in followed if each.mark is Mark.DANGER]


def test_few_over_warnings() -> None:
    for which in (0, 1):
        every = [each for pair in ALL for each in judged(pair)[which]]
        count = Counter(each.mark for each in every)
        warned = {each.pair for each in every if each.mark is Mark.OVER}
        assert len(warned) <= OVER * len(ALL), warned
        assert count[Mark.OVER] <= OVER * len(every), warned
        assert count[Mark.VAGUE] <= UNKNOWN * len(every)


_KEPT: dict[str, tuple[list[Judged], list[Judged]]] = {}


def judged(pair: Pair) -> tuple[list[Judged], list[Judged]]:
    """Every place, of what `diff` found out, and of what follows from the declared changes."""
    if pair.id not in _KEPT:
        answer = ask(pair)
        told = declared(pair)
        spread = propagate(answer.head, told, base=answer.base)
        _KEPT[pair.id] = (
            judge(pair, answer_of(pair, answer.changes, answer.propagation)),
            judge(pair, answer_of(pair, told, spread)),
        )
    return _KEPT[pair.id]


def declared(pair: Pair) -> tuple[Change, ...]:
    """The changes that the pair declares, as the tool names them."""
    ids = {name: node for node, name in names_of(pair).items()}
    return tuple(
        Change(ColumnRef(ids[s.node], s.column or None), ChangeKind(s.word), "", other=s.to)
        for s in changes(pair)
        if not s.may and s.word != "none"
    )
