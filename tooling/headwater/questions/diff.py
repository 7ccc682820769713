"""What a change of the project does: every edited node on three axes, and what feels it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from headwater.changes.build_command import build_command
from headwater.changes.compare_projects import compare_projects
from headwater.changes.node_diff import NodeDiff
from headwater.changes.propagate import Propagation, propagate
from headwater.core.changes import Change, ChangeKind, Hit, Verdict
from headwater.core.edges import Gap
from headwater.core.errors import UsageError
from headwater.core.project import Project
from headwater.core.report import Report
from headwater.pipeline.loading import Loaded
from headwater.questions.coverage import coverage_line, gaps_of

_GATES = {
    "breaking": Verdict.BREAKS,
    "unknown": Verdict.UNKNOWN,
    "rows": Verdict.ROWS,
    "value": Verdict.VALUE,
}
#: What a change is worth at its origin, where nobody downstream feels it.
_OWN = {
    ChangeKind.RUN_FAILS: Verdict.BREAKS,
    ChangeKind.UNKNOWN: Verdict.UNKNOWN,
    ChangeKind.ROWS: Verdict.ROWS,
    ChangeKind.GRAIN: Verdict.ROWS,
    ChangeKind.VALUE: Verdict.VALUE,
}


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

    def hits_gate(self, gate: str) -> bool:
        """Whether something is at least as bad as the gate says.

        ``any`` is hit by every change, ``exposures`` by whatever an exposure feels or breaks, and
        ``value``, ``rows``, ``unknown``, ``breaking`` each by what is worse too.
        """
        if gate == "none":
            return False
        if gate == "any":
            return bool(self.changes)
        if gate == "exposures":
            nodes = self.head.project.nodes
            kinds = {nodes[n].kind for n in self.propagation.by_node if n in nodes}
            return "exposure" in kinds or self.worst() is Verdict.BREAKS
        return self.worst() >= _GATES[gate]

    def worst(self) -> Verdict:
        """The worst of what changed and what is felt."""
        own = (_OWN.get(change.kind, Verdict.UNTOUCHED) for change in self.changes)
        felt = (hit.verdict for hit in self.propagation.hits)
        return max((*own, *felt), default=Verdict.UNTOUCHED)

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.diff_report import diff_report  # noqa: PLC0415 - a circle

        return diff_report(self)


def diff(base: Loaded, head: Loaded, *, force: bool = False) -> Diff:
    """What is different in ``head``, and what feels it.

    *Raises*: `UsageError` when the two are of different projects or adapters, unless ``force``.
    """
    _check_comparable(base, head, force)
    nodes = compare_projects(base, head)
    changes = tuple(change for node in nodes for change in node.changes)
    propagation = _felt_elsewhere(propagate(head, changes, base=base), changes)
    felt = {hit.place.node for hit in propagation.hits}
    edited = {node.head for node in nodes if node.head}
    return Diff(
        base=base,
        head=head,
        nodes=nodes,
        changes=changes,
        propagation=propagation,
        build_command=build_command(head, nodes, felt),
        notes=tuple(_notes(base, head)),
        gaps=gaps_of(head, felt | edited),
        coverage=coverage_line(head),
    )


def _felt_elsewhere(found: Propagation, changes: tuple[Change, ...]) -> Propagation:
    """Without what a change of a whole node says of the node's own columns again."""
    kept = tuple(
        hit
        for hit in found.hits
        if hit.depth or hit.verdict is Verdict.BREAKS or not _is_own(hit, changes[hit.origin])
    )
    return replace(found, hits=kept) if len(kept) != len(found.hits) else found


def _is_own(hit: Hit, change: Change) -> bool:
    return hit.place.node == change.place.node and change.place.column is None


def _check_comparable(base: Loaded, head: Loaded, force: bool) -> None:
    old, new = base.project, head.project
    pairs = (("project", old.name, new.name), ("adapter", old.adapter, new.adapter))
    for what, before, after in pairs:
        if before != after and not force:
            raise UsageError(
                f"base and head are of different {what}s",
                ("base", f"{what} '{before}'"),
                ("head", f"{what} '{after}'"),
                ("hint", "compare two states of one project, or add --force"),
            )


def _notes(base: Loaded, head: Loaded) -> Iterator[str]:
    old, new = base.project, head.project
    if old.name != new.name or old.adapter != new.adapter:
        yield f"base is {old.name} on {old.adapter}, head is {new.name} on {new.adapter}"
    if old.dbt_version != new.dbt_version:
        yield f"base was written by dbt {old.dbt_version}, head by dbt {new.dbt_version}"
    for word, side in (("base", old), ("head", new)):
        if not side.is_compiled:
            yield (
                f"no model of the {word} has compiled SQL: what an edit does cannot be told, nor "
                "whether vars changed (run 'dbt compile')"
            )
    before, after = _packages(old), _packages(new)
    missing = sorted(before - after)
    if missing:
        yield f"packages that only the base has: {', '.join(missing)}"
    come = sorted(after - before)
    if come:
        yield f"packages that only the head has: {', '.join(come)}"


def _packages(project: Project) -> set[str]:
    """The packages of a project's nodes, read off their ids."""
    return {node.split(".", 2)[1] for node in project.nodes if node.count(".") > 1}
