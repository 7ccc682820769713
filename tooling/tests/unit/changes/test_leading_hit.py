"""Which of a node's hits is shown when only one is."""

from __future__ import annotations

from headwater.changes.propagation import Propagation
from headwater.core.changes import Hit, Verdict
from headwater.core.columns import ColumnRef
from headwater.core.edges import Span


def hit(column: str | None, verdict: Verdict, depth: int = 1) -> Hit:
    place = ColumnRef("model.p.a", column)
    return Hit(place, verdict, depth, ColumnRef("model.p.b", None), Span(-1, -1), "", 0)


def test_the_worst_then_the_nearest_then_the_rows() -> None:
    hits = (
        hit("x", Verdict.VALUE, 0),
        hit("x", Verdict.ROWS, 2),
        hit("y", Verdict.ROWS),
        hit(None, Verdict.ROWS),
    )
    assert Propagation(hits).leading("model.p.a") == hits[3]
    assert Propagation(hits[::-1]).leading("model.p.a") == hits[3]
    assert Propagation(hits[:3]).leading("model.p.a") == hits[2]
    assert Propagation(()).leading("model.p.a") is None
