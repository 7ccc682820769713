"""What if this were dropped, renamed, retyped, filtered or computed in another way?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from headwater.changes.propagate import Orphan, Propagation, propagate
from headwater.core.changes import Change, ChangeKind, Hit, Verdict
from headwater.core.columns import ColumnRef
from headwater.core.edges import Gap
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown
from headwater.core.report import Report
from headwater.graph.selection import select_nodes
from headwater.pipeline.loading import Loaded
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.questions.evidence import Evidence, SqlTexts
from headwater.questions.impact import descendants, targets_of
from headwater.questions.names import Target
from headwater.questions.reading_places import place_of_use


class Edit(StrEnum):
    """What a person may think of doing. The words of ``--change``."""

    DROP = "drop"
    RENAME = "rename"
    TYPE = "type"
    LOGIC = "logic"
    ROWS = "rows"

    @property
    def done(self) -> str:
        """As a heading says it."""
        return _DONE[self]


_DONE = {
    Edit.DROP: "dropped",
    Edit.RENAME: "renamed",
    Edit.TYPE: "given another type",
    Edit.LOGIC: "computed another way",
    Edit.ROWS: "given other rows",
}
_KINDS = {
    Edit.DROP: ChangeKind.REMOVED,
    Edit.RENAME: ChangeKind.RENAMED,
    Edit.TYPE: ChangeKind.TYPE,
    Edit.LOGIC: ChangeKind.VALUE,
    Edit.ROWS: ChangeKind.ROWS,
}
#: The words of ``--only`` for verdicts.
VERDICTS = {
    "breaks": Verdict.BREAKS,
    "unknown": Verdict.UNKNOWN,
    "rows": Verdict.ROWS,
    "value": Verdict.VALUE,
    "shape": Verdict.SHAPE,
}


UNTOUCHED = "untouched"


class FeltPlace(NamedTuple):
    """One thing that one place feels, with the SQL that makes it so and the way it came."""

    hit: Hit
    evidence: Evidence | None
    path: tuple[ColumnRef, ...]


class FeltNode(NamedTuple):
    """A node that feels the edit: the worst of it first. ``is_blocked``: see `Propagation`."""

    node: str
    kind: str
    is_blocked: bool
    places: tuple[FeltPlace, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst that it feels."""
        return self.places[0].hit.verdict

    @property
    def depth(self) -> int:
        """How near the worst is."""
        return self.places[0].hit.depth


@dataclass(frozen=True, slots=True)
class ImpactChange:
    """The answer.

    *Shape*: ``nodes`` by verdict (the worst first), then depth and id; ``untouched`` and
    ``orphans`` sorted. ``only`` and ``wants`` say what of it the report shows: see `Asked`.
    """

    loaded: Loaded
    edit: Edit
    to: str
    targets: tuple[Target, ...]
    nodes: tuple[FeltNode, ...]
    untouched: tuple[str, ...]
    orphans: tuple[Orphan, ...]
    gaps: tuple[Gap, ...]
    coverage: str
    only: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()

    def of_kind(self, *kinds: str) -> tuple[FeltNode, ...]:
        """The nodes of some kinds."""
        return tuple(node for node in self.nodes if node.kind in kinds)

    @property
    def shown(self) -> tuple[FeltNode, ...]:
        """The nodes of a kind, and with a verdict, that was asked for."""
        return tuple(node for node in self.nodes if _is_wanted(node, self.only))

    @property
    def shown_untouched(self) -> tuple[str, ...]:
        """The untouched nodes of a kind that was asked for, unless only verdicts were."""
        verdicts = any(word in VERDICTS for word in self.only)
        if verdicts and UNTOUCHED not in self.only:
            return ()
        kinds = _kinds(self.only)
        kind = self.loaded.graph.kind
        return tuple(node for node in self.untouched if not kinds or kind(node) in kinds)

    def shows(self, *kinds: str) -> bool:
        """Whether nodes of some kinds were asked for, be there any or none."""
        wanted = _kinds(self.only)
        felt = UNTOUCHED not in self.only or any(word in VERDICTS for word in self.only)
        return felt and (not wanted or bool(wanted.intersection(kinds)))

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.impact_change_report import (  # noqa: PLC0415 - a circle
            impact_change_report,
        )

        return impact_change_report(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of the answer is wanted.

    ``only`` are kinds of nodes and words of `VERDICTS` (and ``untouched``); ``wants`` further
    tables: ``effects`` (every column), ``path``.
    """

    depth: int | None = None
    only: Sequence[str] = ()
    select: Sequence[str] = ()
    exclude: Sequence[str] = ()
    wants: Collection[str] = ()


def impact_change(
    loaded: Loaded, names: Sequence[str], edit: str, *, to: str = "", asked: Asked | None = None
) -> ImpactChange:
    """What breaks or changes downstream when models or columns are edited so.

    *Raises*: `NotFound`, `Ambiguous`, `SelectionError`; `UsageError` for a new name (``to``) that
    fits no renaming, or several.
    """
    asked = asked or Asked()
    what = edit_named(edit)
    targets = targets_of(loaded, names)
    _check_new_name(loaded, what, to, targets)
    said = propagate(loaded, _changes(what, to, targets))
    below = descendants(loaded, {target.node for target in targets}, asked.depth)
    near = below | {target.node for target in targets}
    return ImpactChange(
        loaded=loaded,
        edit=what,
        to=to,
        targets=targets,
        nodes=_nodes(loaded, said, asked),
        untouched=_untouched(loaded, said, asked, below),
        orphans=tuple(o for o in said.orphans if o.node in near),
        gaps=gaps_of(loaded, near),
        coverage=coverage_line(loaded),
        only=tuple(asked.only),
        wants=frozenset(asked.wants),
    )


def edit_named(word: str) -> Edit:
    """The edit of that name. *Raises*: `NotFound`."""
    words = [each.value for each in Edit]
    if word in words:
        return Edit(word)
    raise NotFound(
        f"no change '{word}'", ("has", shown(words, len(words))), *did_you_mean(word, words)
    )


def _check_new_name(loaded: Loaded, edit: Edit, to: str, targets: Sequence[Target]) -> None:
    if not to:
        return
    if edit is not Edit.RENAME:
        raise UsageError(
            f"a new name goes with the change 'rename', not with '{edit}'",
            ("hint", f"--change rename --to {to}"),
        )
    if len(targets) > 1:
        raise UsageError(f"the new name '{to}' is for one thing, and {len(targets)} are named")
    target = targets[0]
    if target.column is None:
        return
    taken = loaded.graph.find(ColumnRef(target.node, to))
    if taken is not None and to.lower() != target.column.lower():
        raise UsageError(f"'{target}' cannot be renamed: there is a column '{to}' already")


def _changes(edit: Edit, to: str, targets: Sequence[Target]) -> list[Change]:
    changes = []
    for target in targets:
        place = ColumnRef(target.node, None) if edit is Edit.ROWS else target.ref
        changes.append(Change(place, _KINDS[edit], f"{target} is {edit.done}", other=to))
        if edit is Edit.LOGIC and target.column is None:
            changes.append(Change(place, ChangeKind.ROWS, f"{target} is {edit.done}"))
    return changes


# -- what is felt --------------------------------------------------------------------------------


def _nodes(loaded: Loaded, said: Propagation, asked: Asked) -> tuple[FeltNode, ...]:
    wanted = _selected(loaded, asked)
    sql = SqlTexts(loaded.project)
    kinds = loaded.graph.kind
    found = []
    for node, hits in said.by_node.items():
        near = [hit for hit in hits if asked.depth is None or hit.depth <= asked.depth]
        if not near or (wanted is not None and node not in wanted):
            continue
        near.sort(key=lambda hit: (-hit.verdict, hit.depth, hit.place.column or "", hit))
        places = tuple(_place(loaded, said, sql, hit) for hit in near)
        found.append(FeltNode(node, kinds(node), node in said.blocked, places))
    return tuple(sorted(found, key=lambda n: (-n.verdict, n.is_blocked, n.depth, n.node)))


def _place(loaded: Loaded, said: Propagation, sql: SqlTexts, hit: Hit) -> FeltPlace:
    span = hit.evidence
    is_blocked = hit.verdict is Verdict.BREAKS and hit.place.node in said.blocked
    if span.start < 0 and hit.via.node != hit.place.node and not is_blocked:
        span = place_of_use(loaded, hit.place.node, hit.via)
    return FeltPlace(hit, sql.evidence(hit.place.node, span), said.path(hit))


def _kinds(only: Sequence[str]) -> set[str]:
    return {word for word in only if word not in VERDICTS and word != UNTOUCHED}


def _is_wanted(felt: FeltNode, only: Sequence[str]) -> bool:
    """Whether the node is of a kind, and feels a verdict, that was asked for."""
    kinds = _kinds(only)
    verdicts = {VERDICTS[word] for word in only if word in VERDICTS}
    if UNTOUCHED in only and not verdicts:
        return False
    felt_verdicts = {place.hit.verdict for place in felt.places}
    return (not kinds or felt.kind in kinds) and (not verdicts or bool(verdicts & felt_verdicts))


def _selected(loaded: Loaded, asked: Asked) -> Collection[str] | None:
    if not asked.select and not asked.exclude:
        return None
    return select_nodes(loaded.project, asked.select, asked.exclude)


def _untouched(
    loaded: Loaded, said: Propagation, asked: Asked, below: Collection[str]
) -> tuple[str, ...]:
    wanted = _selected(loaded, asked)
    return tuple(n for n in said.untouched if n in below and (wanted is None or n in wanted))
