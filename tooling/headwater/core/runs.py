"""Runs of dbt: what ran when, for how long, and how it ended.

*Units*: every moment is a `datetime` with a time zone; durations are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: dbt's words for a node that did not do what it should.
BAD = frozenset({"error", "fail", "runtime error", "partial success"})
SKIPPED = "skipped"
#: dbt 2's word, and dbt 1.12's, for a node that it did not build: an earlier run's is new enough.
REUSED = "reused"
DID_NOT_RUN = frozenset({SKIPPED, REUSED})
#: What an earlier run called good; a word that is not known here is none of them.
GOOD = frozenset({"success", "pass", "warn"})
#: Commands whose results call a node a success that they did not build.
_LOOKING = frozenset(
    """clone compile docs freshness generate list ls parse run-operation show source""".split()
)


def is_no_node(name: str) -> bool:
    """Whether it is a hook, or the macro of a `dbt run-operation`: no manifest has it as a node."""
    return name.startswith(("operation.", "macro."))


@dataclass(frozen=True, slots=True)
class NodeRun:
    """One node in one run. ``thread`` is dbt's name of the worker ("" when it is not known)."""

    node: str
    status: str
    seconds: float = 0.0
    started_at: datetime | None = None
    completed_at: datetime | None = None
    thread: str = ""
    message: str = ""
    failures: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One source in one ``dbt source freshness``."""

    node: str
    status: str
    checked_at: datetime | None
    loaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """One invocation of dbt, as far as it is known. ``origin`` is the file it was read from.

    ``is_partial``: it read a part of its inputs (``--empty``, ``--sample``), so that its durations
    say nothing. ``flags``: what a run of the same nodes has to be given again. ``nodes`` and
    ``checks`` are in the order that dbt wrote them.
    """

    id: str
    command: str
    started_at: datetime | None
    generated_at: datetime | None
    seconds: float
    nodes: tuple[NodeRun, ...] = ()
    checks: tuple[SourceCheck, ...] = ()
    dbt_version: str = ""
    is_partial: bool = False
    is_retry: bool = False
    flags: str = ""
    origin: str = ""

    @property
    def builds(self) -> bool:
        """Whether it is of a command that builds nodes, or tests them, as far as is known.

        `dbt docs generate` overwrites the results of the build before it, and calls every model a
        success: it has compiled it.
        """
        return not self.command or self.command.split()[0] not in _LOOKING

    @property
    def has_nodes(self) -> bool:
        """Whether a node of a project ran, and not only a macro or hooks."""
        return any(not is_no_node(each.node) for each in self.nodes)

    @property
    def at(self) -> datetime | None:
        """When it began; when its results were written, if that is all that is known."""
        return self.started_at or self.generated_at


def in_order(runs: list[Run]) -> tuple[Run, ...]:
    """Each run once, the oldest first; of two copies the one with more in it."""
    best: dict[str, Run] = {}
    for run in runs:
        known = best.get(run.id)
        if known is None or len(known.nodes) + len(known.checks) < len(run.nodes) + len(run.checks):
            best[run.id] = run
    return tuple(sorted(best.values(), key=lambda r: (r.at is not None, r.at, r.id)))
