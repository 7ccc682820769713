"""A diff as findings: every edit where it was made, everything felt where it is felt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from headwater.core.changes import Change, ChangeKind, Hit, Verdict
from headwater.core.columns import ColumnRef, short_name
from headwater.core.errors import shown
from headwater.core.project import Node
from headwater.core.report import Rule
from headwater.questions.diff import Diff
from headwater.questions.policy import FailOn
from headwater.questions.policy_match import Subject

#: What an edit is worth by itself, before anybody is asked who feels it.
_WORTH = {
    ChangeKind.ROWS: Verdict.ROWS,
    ChangeKind.GRAIN: Verdict.ROWS,
    ChangeKind.VALUE: Verdict.VALUE,
    ChangeKind.TYPE: Verdict.VALUE,
    ChangeKind.NULLABILITY: Verdict.VALUE,
    ChangeKind.UNKNOWN: Verdict.UNKNOWN,
    ChangeKind.RUN_FAILS: Verdict.BREAKS,
    ChangeKind.IGNORED: Verdict.VALUE,
}
_PROMISED = (ChangeKind.REMOVED, ChangeKind.RENAMED)
_FELT = {
    Verdict.BREAKS: "breaks",
    Verdict.UNKNOWN: "unknown",
    Verdict.ROWS: "rows-change",
    Verdict.VALUE: "value-change",
    Verdict.SHAPE: "shape-change",
}
_THRESHOLDS = {
    FailOn.BREAKING: Verdict.BREAKS,
    FailOn.EXPOSURES: Verdict.BREAKS,
    FailOn.UNKNOWN: Verdict.UNKNOWN,
    FailOn.ROWS: Verdict.ROWS,
    FailOn.VALUE: Verdict.VALUE,
}
RULES = (
    Rule("breaks", "Something downstream fails, or refers to what is gone."),
    Rule("unknown", "Something downstream reads a change in a way that could not be seen."),
    Rule("rows-change", "Something downstream has other rows."),
    Rule("value-change", "A column downstream has other values."),
    Rule("shape-change", "Something downstream gains, loses or renames a column by itself."),
    *(Rule(f"edit-{k.value.replace(' ', '-')}", f"An edit: {k.value}.") for k in ChangeKind),
    Rule("orphan", "A test or a description is about something that is gone."),
    Rule("required", "Something that the policy requires is missing."),
    Rule("budget", "There is more of something than the policy allows."),
    Rule("waiver-expired", "A waiver of the policy has ended and excuses nothing."),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding before it is told: what it is about, how bad, and the edit or hit behind it."""

    subject: Subject
    level: str
    message: str
    change: Change | None = None
    hit: Hit | None = None
    detail: str = ""  #: tells findings of one subject apart
    excused: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same finding in every run, wherever it stands in its file.

        What is felt is of one change: the same felt of another change is another finding.
        """
        subject = self.subject
        return _digest(subject.rule, subject.node, (subject.column or "").lower(), self.detail)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def edits_and_hits(diff: Diff) -> Iterator[Found]:
    """The changes, then what is felt of them; levels are not decided yet."""
    promised = {n.id for n in diff.base.project.nodes.values() if _is_promised(n)}
    felt = _felt_by_origin(diff)
    marks = [_mark(diff, change) for change in diff.changes]
    for at, change in enumerate(diff.changes):
        edit = _edit(change, change.place.node in promised, felt.get(at, ""))
        yield replace(edit, detail=marks[at])
    for hit in diff.propagation.hits:
        if hit.verdict is not Verdict.UNTOUCHED:
            yield replace(_felt(hit), detail=marks[hit.origin])


def _mark(diff: Diff, change: Change) -> str:
    """What tells a change from every other one: where it is and what was done there.

    Where that could not be told, the SQL itself.
    """
    place = change.place
    parts = [place.node, (place.column or "").lower(), change.kind.value, change.other]
    if change.kind is ChangeKind.UNKNOWN:
        sides = (diff.base.project.nodes, diff.head.project.nodes)
        nodes = (nodes.get(place.node) for nodes in sides)
        parts += [(node.raw_sql or node.checksum) if node else "" for node in nodes]
    return _digest(*parts, change.reason)


def orphans(diff: Diff) -> Iterator[Found]:
    """Tests and descriptions of what is gone, where they do not break already."""
    for orphan in diff.propagation.orphans:
        if diff.propagation.worst(orphan.node) is Verdict.BREAKS:
            continue
        message = f"{orphan.what} of {place_name(orphan.names)}, which is gone"
        column = orphan.names.column if orphan.node == orphan.names.node else None
        subject = Subject("orphan", orphan.node, column, verdict=Verdict.SHAPE)
        yield Found(subject, "warning", message, detail=orphan.what)


def _is_promised(node: Node) -> bool:
    """Whether readers outside of the project may rely on it."""
    return node.access == "public" or bool(node.extra.get("contract_enforced"))


def _felt_by_origin(diff: Diff) -> dict[int, str]:
    """By the index of a change, how many nodes feel it worst in which way: ``breaks 2``."""
    worst: dict[int, dict[str, Verdict]] = {}
    for hit in diff.propagation.hits:
        nodes = worst.setdefault(hit.origin, {})
        nodes[hit.place.node] = max(nodes.get(hit.place.node, hit.verdict), hit.verdict)
    return {origin: _counted(nodes) for origin, nodes in worst.items()}


def _counted(nodes: Mapping[str, Verdict]) -> str:
    exposures = sorted(short_name(node) for node in nodes if node.startswith("exposure."))
    counts = [
        f"{verdict.words} {sum(felt is verdict for felt in nodes.values())}"
        for verdict in sorted({*nodes.values()} - {Verdict.UNTOUCHED}, reverse=True)
    ]
    named = [f"exposures: {shown(exposures)}"] if exposures else []
    return ", ".join(counts) + "".join(f"; {text}" for text in named)


def _edit(change: Change, is_promised: bool, felt: str) -> Found:
    place, kind = change.place, change.kind
    worth = _WORTH.get(kind, Verdict.SHAPE)
    if kind in _PROMISED and is_promised:
        worth = Verdict.BREAKS
    rule = f"edit-{kind.value.replace(' ', '-')}"
    other = f" (now {change.other}?)" if change.other and kind is ChangeKind.RENAMED else ""
    message = f"{place_name(place)}: {kind.value}{other}{_because(change.reason, kind.value)}"
    message += f" — downstream: {felt}" if felt else ""
    subject = Subject(rule, place.node, place.column, kind.value, worth)
    return Found(subject, "warning", message, change=change)


def _felt(hit: Hit) -> Found:
    place = hit.place
    words = hit.verdict.words
    via = f", by {place_name(hit.via)}" if hit.via.node != place.node else ""
    message = f"{place_name(place)}: {words}{via}{_because(hit.reason, words)}"
    subject = Subject(_FELT[hit.verdict], place.node, place.column, verdict=hit.verdict)
    return Found(subject, "warning", message, hit=hit)


def _because(reason: str, said: str) -> str:
    return f" ({reason})" if reason and reason.lower() != said.lower() else ""


def is_test(node: str) -> bool:
    """Whether an id is a data test's or a unit test's."""
    return node.startswith(("test.", "unit_test."))


def place_name(place: ColumnRef) -> str:
    """``orders`` or ``orders.amount``."""
    name = short_name(place.node)
    return name if place.column is None else f"{name}.{place.column}"


def level_of(found: Found, node: Node | None, fail_on: FailOn, is_blocked: bool = False) -> str:
    """The level when no rule of the policy says otherwise.

    A test that reads other rows or values may have another result: that is what it is there for.
    What is only not built, because something above it breaks, is no second error.
    """
    verdict = found.subject.verdict
    if is_test(found.subject.node) and verdict < Verdict.UNKNOWN and found.hit is not None:
        return "note"
    if fail_on is FailOn.EXPOSURES and node is not None and node.kind == "exposure":
        return "error"
    if is_blocked and (node is None or node.kind != "exposure"):
        return "warning"
    threshold = _THRESHOLDS.get(fail_on)
    if threshold is not None and verdict >= threshold:
        return "error"
    return "warning" if verdict >= Verdict.VALUE or found.subject.rule == "orphan" else "note"
