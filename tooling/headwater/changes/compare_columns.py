"""Two canonical forms -> what became of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from headwater.changes.renames import Rename, likely_renames
from headwater.changes.same_value import Memo, same_value
from headwater.changes.types import TypeOf, same_type, widened
from headwater.core.changes import NOWHERE, ChangeKind
from headwater.core.edges import Span
from headwater.sql.canonical import Plan
from headwater.sql.terms import Term


class FoundColumn(NamedTuple):
    """One difference of one column, named as the side it stands on names it."""

    column: str | None
    kind: ChangeKind
    reason: str
    base: Span = NOWHERE
    head: Span = NOWHERE
    other: str = ""
    similarity: float = 0.0


Where = Callable[[str], Span]


class _Side(NamedTuple):
    """One side's columns by key; of a name that is there twice the second has a number."""

    names: dict[str, str]
    values: dict[str, Term]


def compare_columns(base: Plan, head: Plan, type_of: TypeOf) -> list[FoundColumn]:
    """What became of every column; a column without a difference is not named.

    Empty only when every column is proved to be the same.
    """
    old, new = _side(base), _side(head)
    gone = [key for key in old.names if key not in new.names]
    come = [key for key in new.names if key not in old.names]
    found: list[FoundColumn] = []
    renames = likely_renames(
        {key: old.values[key] for key in gone}, {key: new.values[key] for key in come}
    )
    for key in gone:
        found.append(_gone(old, new, key, renames.get(key)))
    taken = {rename.key for rename in renames.values()}
    for key in come:
        if key not in taken:
            span = new.values[key].span
            found.append(FoundColumn(new.names[key], ChangeKind.ADDED, "added", head=span))
    memo: Memo = {}
    pairs = [(key, key) for key in old.names if key in new.names]
    pairs += [(key, rename.key) for key, rename in renames.items() if rename.similarity < 1]
    for before, after in pairs:
        name = new.names[after]
        found += _values(name, old.values[before], new.values[after], (type_of, memo))
    return [*found, *_order(old, new), *_unlisted(base, head)]


def _side(plan: Plan) -> _Side:
    names: dict[str, str] = {}
    values: dict[str, Term] = {}
    turns: dict[str, int] = {}
    for key, name, value in zip(plan.keys, plan.names, plan.values, strict=True):
        turn = turns[key] = turns.get(key, 0) + 1
        told = f"{key} ({turn})" if turn > 1 else key
        names[told], values[told] = name, value
    return _Side(names, values)


def _gone(old: _Side, new: _Side, key: str, rename: Rename | None) -> FoundColumn:
    span = old.values[key].span
    if rename is None:
        return FoundColumn(old.names[key], ChangeKind.REMOVED, "removed", span)
    name = new.names[rename.key]
    likely = "same expression" if rename.similarity >= 1 else f"{rename.similarity:.0%} alike"
    return FoundColumn(
        old.names[key], ChangeKind.RENAMED, f"probably renamed to {name} ({likely})",
        span, new.values[rename.key].span, name, rename.similarity,
    )  # fmt: skip


def _values(name: str, old: Term, new: Term, tools: tuple[TypeOf, Memo]) -> Iterator[FoundColumn]:
    """The difference between two values of one column: in type, in value, in both, in none."""
    type_of, memo = tools
    if same_value(old, new, memo):
        return
    before, after = type_of(old), type_of(new)
    if before and after and not same_type(before, after):
        yield FoundColumn(name, ChangeKind.TYPE, f"{after} instead of {before}", old.span, new.span)
    if same_value(_uncast(old), _uncast(new), memo):
        if not (before and after):
            yield FoundColumn(name, ChangeKind.TYPE, _cast_words(old, new), old.span, new.span)
        if _keeps_all(old, type_of) and _keeps_all(new, type_of):
            return
    yield FoundColumn(name, ChangeKind.VALUE, _reason(old, new), old.span, new.span)


def _is_cast(found: Term) -> bool:
    return found.op.partition(" ")[0] in ("cast", "trycast")


def _cast_words(old: Term, new: Term) -> str:
    if _is_cast(old) and _is_cast(new):
        return "another cast"
    return "cast added" if _is_cast(new) else "cast removed"


def _keeps_all(found: Term, type_of: TypeOf) -> bool:
    """Whether no cast around a value loses anything of it."""
    while _is_cast(found):
        if not widened(type_of(found.args[0]), found.op.partition(" ")[2]):
            return False
        found = found.args[0]
    return True


def _uncast(found: Term) -> Term:
    while _is_cast(found):
        found = found.args[0]
    return found


def _reason(old: Term, new: Term) -> str:
    before, after = old.text or _column(old), new.text or _column(new)
    if before and after and before != after:
        return f"`{after}` instead of `{before}`"
    if old.op == new.op == "summary" and old.args[0].key == new.args[0].key:
        return "summed up over other rows" if old.args[1].key != new.args[1].key else "other groups"
    if old.op == new.op == "window":
        return "a window over other rows"
    return "what it is made of changed"


def _column(found: Term) -> str:
    return found.op[4:] if found.op.startswith("col:") else ""


def _order(old: _Side, new: _Side) -> list[FoundColumn]:
    before = [key for key in old.names if key in new.names]
    after = [key for key in new.names if key in old.names]
    if before == after:
        return []
    moved = next(a for a, b in zip(after, before, strict=True) if a != b)
    reason = f"the columns are in another order, from {new.names[moved]} on"
    return [FoundColumn(None, ChangeKind.COLUMN_ORDER, reason)]


def _unlisted(base: Plan, head: Plan) -> list[FoundColumn]:
    """What comes through a star over unknown columns must come from the same place."""
    old, new = {t.key for t in base.unlisted}, {t.key for t in head.unlisted}
    if old == new or (not old and len(head.values) > len(base.values)):
        return []  # a star that adds named columns may add others too: no reader knows them yet
    return [FoundColumn("*", ChangeKind.UNKNOWN, "a star over columns that are not known")]
