"""Two canonical forms -> what is different in which rows there are, and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from headwater.changes.row_facts import Fact, facts_of, one_row_joins
from headwater.core.changes import NOWHERE, ChangeKind
from headwater.core.edges import Span
from headwater.sql.canonical import Plan
from headwater.sql.terms import Term


class Found(NamedTuple):
    """One difference, before it is said of which node."""

    kind: ChangeKind
    reason: str
    base: Span = NOWHERE
    head: Span = NOWHERE


def compare_rows(base: Plan, head: Plan) -> list[Found]:
    """The differences in the rows; empty only when the rows are proved to be the same."""
    if base.rows.key == head.rows.key:
        return _order(base, head)
    olds, news = facts_of(base.rows), facts_of(head.rows)
    gone, come = _without(olds, news), _without(news, olds)
    found = list(_told(*_with_outer_joins((gone, come), base, head)))
    if not found:
        return [Found(ChangeKind.UNKNOWN, "the rows are made in another way")]
    return found


def _order(base: Plan, head: Plan) -> list[Found]:
    old, new = base.order, head.order
    if (old and old.key) == (new and new.key):
        return []
    words = (
        "ORDER BY added"
        if old is None
        else "ORDER BY removed"
        if new is None
        else "another ORDER BY"
    )
    return [Found(ChangeKind.ROW_ORDER, words, _place(old), _place(new))]


def _with_outer_joins(
    facts: tuple[list[Fact], list[Fact]], base: Plan, head: Plan
) -> tuple[list[Fact], list[Fact]]:
    """The facts, with the left join that an inner one was, or became.

    A left join that adds no row is no fact of the rows, so it has to be looked for elsewhere.
    """
    sides = list(facts)
    for mine, plan in ((0, head), (1, base)):
        outer = one_row_joins(plan.values)
        inner = {f.key for f in sides[mine] if f.what == "source inner"}
        joined = [fact for fact in outer if fact.what == "source left" and fact.key in inner]
        sides[1 - mine] = [*sides[1 - mine], *joined]
        said = {fact.key for fact in outer if fact.what != "source left"} if joined else set()
        sides[mine] = [f for f in sides[mine] if f.what != "condition" or f.key not in said]
    return sides[0], sides[1]


def _place(order: Term | None) -> Span:
    spans = [arg.span for arg in order.args] if order is not None else []
    return next((span for span in spans if span[0] >= 0), NOWHERE)


def _without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    """The facts that the other side does not have, each as often as it has it more."""
    counts: dict[tuple[str, str], int] = {}
    for fact in others:
        counts[fact.what, fact.key] = counts.get((fact.what, fact.key), 0) + 1
    left = []
    for fact in facts:
        key = fact.what, fact.key
        if counts.get(key, 0):
            counts[key] -= 1
        else:
            left.append(fact)
    return left


def _told(gone: list[Fact], come: list[Fact]) -> Iterator[Found]:
    """In words: what took the place of what, then what only went or came."""
    come = list(come)
    for old in gone:
        new = next((c for c in come if c.about == old.about and c.what == old.what), None)
        new = new or next((c for c in come if _same_source(old, c)), None)
        if new is None:
            yield Found(old.kind, _one(old, "removed"), old.span)
            continue
        come.remove(new)
        if not _is_echo(old, new):
            yield Found(max(old.kind, new.kind, key=_rank), _two(old, new), old.span, new.span)
    for new in come:
        yield Found(new.kind, _one(new, "added"), NOWHERE, new.span)


def _rank(kind: ChangeKind) -> int:
    return kind is ChangeKind.GRAIN


def _same_source(old: Fact, new: Fact) -> bool:
    return old.what.startswith("source") and new.what.startswith("source") and old.key == new.key


def _is_echo(old: Fact, new: Fact) -> bool:
    return old.what == new.what and old.key == new.key


def _one(fact: Fact, how: str) -> str:
    if fact.what.startswith("source"):
        return f"{_join(fact.what)} {fact.words} {how}"
    if fact.what == "group":
        return f"GROUP BY or DISTINCT {how}: {fact.words}"
    if fact.what == "branch":
        return f"UNION branch {how}: {fact.words}"
    if fact.what == "other":
        return f"{fact.words} {how}"
    return f"{fact.what} {how}: {fact.words}"


def _two(old: Fact, new: Fact) -> str:
    if old.what.startswith("source"):
        return f"{_join(old.what)} {old.words} became {_join(new.what)}"
    if old.what == "group":
        return f"grouped by {new.words} instead of {old.words}"
    if old.what == "other":
        return f"another {new.words}"
    return f"{old.what} changed: {new.words} instead of {old.words}"


def _join(what: str) -> str:
    how = what.removeprefix("source ")
    return {"inner": "inner JOIN", "branch": "branch"}.get(how, f"{how.upper()} JOIN")
