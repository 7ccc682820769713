"""What a change of the project does: every edited node on three axes, and what feels it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.changes.node_diff import NodeDiff
from headwater.core.changes import Change
from headwater.core.edges import Gap
from headwater.core.report import Report
from headwater.questions.loaded import Loaded

if TYPE_CHECKING:
    from headwater.changes.propagate import Propagation


@dataclass(frozen=True, slots=True)
class Diff:
    """The answer.

    *Shape*: ``nodes`` are those that were edited, added or removed, by id. ``changes`` are theirs,
    flat, in that order: `Hit.origin` is an index into it. ``build_command`` is the smallest ``dbt
    build`` that brings the change into the warehouse ("" when there is nothing to build).
    ``notes`` say what makes the two sides hard to compare (another dbt version …).
    """

    base: Loaded
    head: Loaded
    nodes: tuple[NodeDiff, ...]
    changes: tuple[Change, ...]
    propagation: Propagation
    build_command: str
    notes: tuple[str, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.diff_report import diff_report  # noqa: PLC0415 - a circle

        return diff_report(self)
