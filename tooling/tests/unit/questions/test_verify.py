"""A graph held against trials made by hand: what is missed, never seen, or not tested."""

from __future__ import annotations

import pytest

import headwater
from headwater.core.columns import ColumnRef
from headwater.core.errors import NotFound, UsageError
from headwater.core.trial import Movement, Trial
from headwater.questions.verify import Verify, nodes_to_verify, verify
from questions.shop import shop

ORDERS = "model.shop.orders"
ID, STATUS = (ColumnRef("source.shop.raw.raw_orders", name) for name in ("id", "status"))
AMOUNT, KEY = (ColumnRef("source.shop.raw.raw_payments", name) for name in ("amount", "order_id"))
OUTPUTS = ("order_id", "total", "payments")
ROWS = (ColumnRef(ID.node, None), ColumnRef(KEY.node, None))
EVERYTHING = dict.fromkeys((ID, STATUS, AMOUNT, KEY, *ROWS), 9)


def asked(*movements: Movement, **more: object) -> Verify:
    told = {"tried": EVERYTHING, "rows": 4, "runs": 30} | more
    trial = Trial(ORDERS, OUTPUTS, frozenset(movements), **told)  # type: ignore[arg-type]
    return verify(shop(), [trial])  # type: ignore[arg-type]


def test_what_moved_and_is_in_the_graph_was_seen() -> None:
    answer = asked(Movement(AMOUNT, "total"))
    assert answer.agrees
    assert answer.verdicts[0].seen == 1
    assert (AMOUNT, "total") not in [n[:2] for n in answer.verdicts[0].never_seen]


def test_what_moved_and_is_not_in_the_graph_is_missed() -> None:
    answer = asked(Movement(AMOUNT, "order_id"))
    assert not answer.agrees
    assert answer.verdicts[0].missed == (Movement(AMOUNT, "order_id"),)
    assert ("orders", "order_id", "raw.raw_payments.amount") in answer.report().tables[0].rows


def test_a_condition_on_the_rows_covers_every_output() -> None:
    answer = asked(Movement(STATUS, "total"), Movement(STATUS, None))
    assert answer.agrees
    assert (STATUS, None) not in [n[:2] for n in answer.verdicts[0].never_seen]


def test_what_did_not_move_was_never_seen() -> None:
    verdict = asked().verdicts[0]
    assert verdict.claimed == len(verdict.never_seen) > 0
    assert {unseen.tried for unseen in verdict.never_seen} == {9}


def test_a_source_that_was_not_changed_is_not_tested() -> None:
    every = asked()
    answer = asked(tried={**EVERYTHING, AMOUNT: 0})
    assert answer.verdicts[0].claimed < every.verdicts[0].claimed
    assert AMOUNT not in {unseen.source for unseen in answer.verdicts[0].never_seen}
    assert any("could not be changed" in each.reason for each in answer.untested)


@pytest.mark.parametrize(
    ("more", "what", "reason"),
    [
        ({"failed": "a Python model"}, "all of it", "a Python model"),
        ({"outputs": ("a", "b")}, "all of it", "DuckDB gives other columns than the graph has"),
        ({"rows": 0}, "all of it", "no row passed its conditions"),
        ({"unstable": frozenset({"total"})}, "total", "differs from run to run"),
        ({"stable_rows": False}, "how many rows", "differs from run to run"),
        ({"cut_short": True}, "some changes", "--seconds"),
    ],
)
def test_what_was_not_tested_says_why(more: dict[str, object], what: str, reason: str) -> None:
    told = {"outputs": OUTPUTS, "tried": EVERYTHING, "rows": 4} | more
    answer = verify(shop(), [Trial(ORDERS, **told)])  # type: ignore[arg-type]
    assert answer.agrees
    assert [(e.what, reason in e.reason) for e in answer.untested] == [(what, True)]


def test_names_selections_or_everything() -> None:
    loaded = shop()
    assert nodes_to_verify(loaded, ["orders"]) == (ORDERS,)  # type: ignore[arg-type]
    every = nodes_to_verify(loaded, [], every=True)  # type: ignore[arg-type]
    assert ORDERS in every
    assert all(node.startswith("model.") for node in every)
    with pytest.raises(UsageError, match="no model is named"):
        nodes_to_verify(loaded, [])  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        nodes_to_verify(loaded, ["nothing_like_it"])  # type: ignore[arg-type]


def test_the_library_tries_what_it_can() -> None:
    answer = headwater.verify(shop(), ["py"], seconds=1)  # type: ignore[arg-type]
    assert [each.reason for each in answer.untested] == ["a Python model: only SQL can be tried"]
