"""Which column that is gone is probably which one that is new. Candidates, never certainties."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import NamedTuple

from headwater.changes.row_facts import leaf_columns
from headwater.changes.same_value import leaves
from headwater.sql.terms import Term

#: Below this nothing is said: two columns of one table are alike by chance.
LEAST = 0.5


class Rename(NamedTuple):
    """The new name, and how sure it is (0 to 1; 1: the very same expression)."""

    key: str
    similarity: float


def likely_renames(gone: Mapping[str, Term], come: Mapping[str, Term]) -> dict[str, Rename]:
    """Old key -> its likely new one; every new column is taken once, the likeliest pairs first."""
    pairs = sorted(
        ((-similarity(old, gone[old], new, come[new]), old, new) for old in gone for new in come),
    )
    found: dict[str, Rename] = {}
    taken: set[str] = set()
    for alike, old, new in pairs:
        if -alike >= LEAST and old not in found and new not in taken:
            found[old] = Rename(new, round(-alike, 2))
            taken.add(new)
    return found


def similarity(old: str, before: Term, new: str, after: Term) -> float:
    """How alike two columns are: by expression, by what they read, by name."""
    if before.key == after.key and (before.labels or before.args):
        return 1.0
    name = difflib.SequenceMatcher(None, old.lower(), new.lower()).ratio()
    mine, theirs = leaf_columns(before), leaf_columns(after)
    if not mine and not theirs:
        return (
            0.9 * name if before.op == after.op and leaves(before) == leaves(after) else 0.5 * name
        )
    shared = len(mine & theirs) / len(mine | theirs)
    same_kind = 1.0 if before.op == after.op else 0.0
    return min(0.99, 0.55 * shared + 0.15 * same_kind * bool(shared) + 0.3 * name)
