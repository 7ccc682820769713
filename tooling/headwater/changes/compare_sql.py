"""The SQL of one node on both sides -> its changes on the axes contract and data, or the proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headwater.changes.compare_columns import FoundColumn, compare_columns
from headwater.changes.compare_rows import Found, compare_rows
from headwater.changes.sides import Sides
from headwater.changes.types import typer
from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.core.project import Node
from headwater.sql.canonical import NoPlan, Plan


@dataclass(frozen=True, slots=True)
class SqlDiff:
    """What an edit of SQL does. ``proof`` says why nothing, where it does nothing."""

    changes: tuple[Change, ...] = ()
    proof: str = ""


SAME_TEXT = "the compiled SQL is the same"
SAME_FORM = "another way to write the same query"


def compare_sql(sides: Sides, old: Node, new: Node) -> SqlDiff:
    """The changes of a node that both sides have."""
    if old.sql is None or new.sql is None or {old.language, new.language} != {"sql"}:
        return _unread(old, new)
    if sides.same_text(old, new):
        return SqlDiff(proof=SAME_TEXT)
    base, head = sides.plans(old, new)
    if isinstance(base, NoPlan) or isinstance(head, NoPlan):
        return _without_plan(sides, (old, new), base, head)
    columns = compare_columns(base, head, typer(sides.known_types(new)))
    rows = compare_rows(base, head)
    changes = (*_columns(new.id, columns), *_rows(new.id, rows))
    return SqlDiff(changes, "" if changes else SAME_FORM)


def _columns(node: str, found: Iterable[FoundColumn]) -> list[Change]:
    return [
        Change(
            ColumnRef(node, each.column), each.kind, each.reason, each.base, each.head,
            each.other, each.similarity,
        )
        for each in found
    ]  # fmt: skip


def _rows(node: str, found: Iterable[Found]) -> list[Change]:
    place = ColumnRef(node, None)
    return [Change(place, each.kind, each.reason, each.base, each.head) for each in found]


def _unread(old: Node, new: Node) -> SqlDiff:
    """One side at least has no compiled SQL, or another language."""
    if old.raw_sql == new.raw_sql and old.language == new.language:
        return SqlDiff()  # whether a macro changes it is for the caller to say
    what = "Python code" if "python" in (old.language, new.language) else "SQL that is not compiled"
    return SqlDiff((unknown(new.id, f"{what} was edited"),))


def unknown(node: str, reason: str) -> Change:
    """Something changed, and what it does cannot be told."""
    return Change(ColumnRef(node, None), ChangeKind.UNKNOWN, reason)


def _without_plan(
    sides: Sides, nodes: tuple[Node, Node], base: Plan | NoPlan, head: Plan | NoPlan
) -> SqlDiff:
    """No canonical form: the same words prove the same meaning, anything else is unknown."""
    old, new = nodes
    if isinstance(base, NoPlan) and isinstance(head, NoPlan) and base.tokens and (
        base.tokens == head.tokens
    ):  # fmt: skip
        return SqlDiff(proof="only layout and comments")
    why = base.why if isinstance(base, NoPlan) else head.why if isinstance(head, NoPlan) else ""
    found = [unknown(new.id, f"the SQL was edited, and {why}")]
    return SqlDiff((*_names_only(sides, old, new), *found))


def _names_only(sides: Sides, old: Node, new: Node) -> list[Change]:
    """The columns that came and went, from what the walk could see."""
    before, after = sides.base.lineages.get(old.id), sides.head.lineages.get(new.id)
    if before is None or after is None or not before.columns or not after.columns:
        return []
    if before.is_open or after.is_open:
        return []
    mine, theirs = {c.lower(): c for c in before.columns}, {c.lower(): c for c in after.columns}
    gone = [
        Change(ColumnRef(new.id, mine[c]), ChangeKind.REMOVED, "removed")
        for c in mine
        if c not in theirs
    ]
    come = [
        Change(ColumnRef(new.id, theirs[c]), ChangeKind.ADDED, "added")
        for c in theirs
        if c not in mine
    ]
    return [*gone, *come]
