"""What was edited in one node, and what the edit does there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.core.changes import Axis, Change


class Status(StrEnum):
    """What became of a node. The words are the ones answers use."""

    REMOVED = "removed"
    RENAMED = "renamed"
    MODIFIED = "modified"
    ADDED = "added"
    SAME = "same"  #: edited, and proved to do the same; `NodeDiff.proof` says how


@dataclass(frozen=True, slots=True)
class NodeDiff:
    """One node that was edited, added or removed.

    ``base`` and ``head`` are its unique ids before and after ("" where it is not there); they
    differ when it was renamed. ``changes`` are on all three axes, in the order contract, data,
    deploy; every one's ``place.node`` is the head's id, or the base's for a removed node.
    ``edited`` names what differs in the project: sql, config, contract, description, tests, tags,
    path, seed data … ``culprits`` are the macros that explain SQL which differs without an edit of
    the node's own file. ``proof`` says why there is no change on the data axis ("" when there is).
    """

    base: str
    head: str
    kind: str
    status: Status
    changes: tuple[Change, ...] = ()
    edited: tuple[str, ...] = ()
    culprits: tuple[str, ...] = ()
    proof: str = ""

    @property
    def node(self) -> str:
        """The id it goes by: the head's, or the base's when it was removed."""
        return self.head or self.base

    def on(self, axis: Axis) -> tuple[Change, ...]:
        """The changes on one axis."""
        return tuple(change for change in self.changes if change.kind.axis is axis)
