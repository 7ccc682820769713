"""Random edits, executed: none is shown safer than it is, and harmless ones are mostly told as such."""

from __future__ import annotations

import pytest

from . import random_hops
from .execution import FILLS
from .mutations import EDITS, HARMLESS
from .random_edits import fault, trials, warning

#: seeds of random queries; below zero, queries of the pairs
SEEDS = (*range(-24, 0), *range(12))
BATCHES = 6
EACH = 2


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_edit_is_shown_safer_than_it_is(batch: int) -> None:
    tried = list(trials(SEEDS[batch::BATCHES], EDITS, EACH))
    wrong = [f"{t.edit}: {fault(t)}\n{t.base}\n{t.head}" for t in tried if fault(t)]
    assert not wrong, "\n\n".join(wrong)
    assert len(tried) > 3


def test_harmless_edits_of_plain_queries_are_none() -> None:
    tried = list(trials(range(-16, 0), HARMLESS, EACH))
    warned = [t for t in tried if warning(t)]
    assert len(tried) > 20
    assert len(warned) <= 0.05 * len(tried), [(t.edit, warning(t), t.base) for t in warned]


def test_no_reader_of_an_edited_model_is_shown_safer_than_it_is() -> None:
    moved = 0
    for pair, seen, answer in random_hops.trials(range(0, 160, 20), FILLS[1:4]):
        moved += sum(bool(here.broken) or here.rows_moved(set()) for here in seen.values())
        wrong = list(random_hops.dangers(pair, seen, answer))
        assert not wrong, f"{wrong}\n{pair.base}\n{pair.head}"
    assert moved > 10
