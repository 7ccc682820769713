"""What a policy requires and a column or node does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from headwater.core.changes import ChangeKind
from headwater.core.columns import Column, ColumnRef, short_name
from headwater.core.project import Node
from headwater.questions.check_findings import Found
from headwater.questions.diff import Diff
from headwater.questions.loaded import Loaded
from headwater.questions.policy import Needed, Policy, Requirement
from headwater.questions.policy_match import Matcher, Subject, owners_of

#: What a requirement is about when it names no type: what the project itself makes.
_OWN_KINDS = ("model", "snapshot")
_GONE = (ChangeKind.REMOVED, ChangeKind.RENAMED)


def missing(loaded: Loaded, diff: Diff | None, policy: Policy, matcher: Matcher) -> Iterator[Found]:
    """A finding for everything that is required and not there."""
    if not policy.requirements:
        return
    tests = _Tests(loaded)
    changed = _changed(diff) if diff is not None else None
    for requirement in policy.requirements:
        wanted = None if requirement.always else changed
        for place in _places(loaded, requirement, wanted):
            subject = Subject("required", place.node, place.column)
            if matcher.fits(requirement.where, subject) and not _has(
                loaded, tests, requirement, place
            ):
                yield _finding(requirement, subject)


def _finding(requirement: Requirement, subject: Subject) -> Found:
    what = requirement.what.value
    if requirement.tests:
        what = f"test ({' or '.join(requirement.tests)})"
    name = short_name(subject.node) + (f".{subject.column}" if subject.column else "")
    if requirement.what is Needed.LINEAGE:
        message = f"{name} could not be seen in full ({requirement.place})"
    else:
        message = f"{name} has no {what} ({requirement.place})"
    return Found(subject, requirement.level, message, detail=what)


def _changed(diff: Diff) -> frozenset[ColumnRef]:
    """The places that were edited and are still there; a changed column's node is one too."""
    found = set()
    for node in diff.nodes:
        if not node.head:
            continue
        found.add(ColumnRef(node.head, None))
        if not node.base:  # a new node: all of its columns are
            found |= {ColumnRef(node.head, c) for c in diff.head.graph.column_names(node.head)}
        for change in node.changes:
            if change.kind is ChangeKind.RENAMED and change.other:
                found.add(ColumnRef(node.head, change.other))
            elif change.kind not in _GONE:
                found.add(change.place)
    return frozenset(found)


def _places(
    loaded: Loaded, requirement: Requirement, wanted: frozenset[ColumnRef] | None
) -> Iterator[ColumnRef]:
    """The columns or nodes that a requirement may be about."""
    project = loaded.project
    types = requirement.where.types
    for node in project.nodes.values():
        if node.kind not in _OWN_KINDS and not types:
            continue
        if not types and node.package != project.name:
            continue
        names: list[str | None] = [None]
        if requirement.of == "column":
            names = [name for name in loaded.graph.column_names(node.id) if name != "*"]
        places = (ColumnRef(node.id, name) for name in names)
        yield from (place for place in places if wanted is None or place in wanted)


class _Tests:
    """Which tests there are on which column or node; columns in any case of letters."""

    def __init__(self, loaded: Loaded) -> None:
        self.names: dict[tuple[str, str], set[str]] = {}
        self.unit: set[str] = set()
        for node in loaded.project.nodes.values():
            if node.kind == "unit_test":
                self.unit.update(node.parents)
            elif node.kind == "test":
                self._add(node)

    def _add(self, node: Node) -> None:
        metadata = node.extra.get("test_metadata")
        name = str(metadata.get("name", "")) if isinstance(metadata, Mapping) else node.name
        column = str(node.extra.get("column_name") or "").strip('"`[]').lower()
        attached = node.extra.get("attached_node")
        for owner in [attached] if attached else node.parents:
            self.names.setdefault((str(owner), column), set()).add(name)
            self.names.setdefault((str(owner), ""), set()).add(name)


def _has(loaded: Loaded, tests: _Tests, requirement: Requirement, place: ColumnRef) -> bool:
    node = loaded.project.nodes[place.node]
    what = requirement.what
    if what is Needed.TEST:
        found = tests.names.get((place.node, (place.column or "").lower()), set())
        return bool(found & set(requirement.tests) if requirement.tests else found)
    asked: Mapping[Needed, Callable[[], bool]] = {
        Needed.DESCRIPTION: partial(_described, node, place),
        Needed.TYPE: partial(_typed, node, place),
        Needed.UNIT_TEST: lambda: place.node in tests.unit,
        Needed.OWNER: lambda: bool(owners_of(node)),
        Needed.CONTRACT: lambda: bool(node.extra.get("contract_enforced")),
        Needed.LINEAGE: lambda: all(gap.node != node.id for gap in loaded.graph.gaps),
    }
    return asked[what]()


def _described(node: Node, place: ColumnRef) -> bool:
    if place.column is None:
        return bool(node.description.strip())
    column = _declared(node, place.column)
    return column is not None and bool(column.description.strip())


def _typed(node: Node, place: ColumnRef) -> bool:
    if place.column is None:
        return all(column.type for column in node.columns)
    column = _declared(node, place.column)
    return column is not None and bool(column.type)


def _declared(node: Node, name: str) -> Column | None:
    folded = name.lower()
    return next((c for c in node.columns if c.name.strip('"`[]').lower() == folded), None)
