"""Why nodes of a run did not run: each skipped node and each failure, led back to its root."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from headwater.core.project import Node
from headwater.core.runs import BAD, DID_NOT_RUN, SKIPPED, NodeRun, Run
from headwater.questions.exposures import exposures_below

UNIT_TEST = "unit_test"
TESTS = frozenset({"test", UNIT_TEST})


class Failure(NamedTuple):
    """One node that failed.

    ``after``: failures upstream of it, the nearest root first: it may be but their consequence.
    ``skipped``: what did not run because of it; a node with several causes counts for each.
    ``exposures`` show something of it, or of what it kept from running.
    """

    node: str
    kind: str
    status: str
    message: str
    seconds: float
    after: tuple[str, ...]
    skipped: tuple[str, ...]
    exposures: tuple[str, ...]


class Before(NamedTuple):
    """How a node that failed ended in the ``runs`` before that ran it: ``failed`` of them.

    ``is_old``: it failed the last time, too, and ``since`` then without a run that went well.
    """

    runs: int
    failed: int
    is_old: bool
    since: datetime | None


def earlier_ends(run: Run, earlier: Sequence[Run]) -> dict[str, Before]:
    """For each failure of a run that ran before, how it ended then. ``earlier``: oldest first."""
    names = {each.node for each in run.nodes if each.status in BAD}
    ended: dict[str, list[tuple[datetime | None, bool]]] = {}
    for past in earlier:
        for each in past.nodes if past.builds and not past.is_partial else ():
            if each.node in names and each.status not in DID_NOT_RUN:
                ended.setdefault(each.node, []).append((past.at, each.status in BAD))
    return {name: _before(known, run.at) for name, known in ended.items()}


def _before(known: Sequence[tuple[datetime | None, bool]], now: datetime | None) -> Before:
    since = now
    for at, is_bad in reversed(known):
        if not is_bad:
            break
        since = at
    failed = sum(is_bad for _, is_bad in known)
    return Before(len(known), failed, bool(known) and known[-1][1], since)


def failures(nodes: Mapping[str, Node], run: Run) -> tuple[Failure, ...]:
    """The failures of a run: roots first, of those the one that kept most from running."""
    ran = {each.node: each for each in run.nodes}
    bad = {name for name, each in ran.items() if each.status in BAD}
    if not bad:
        return ()
    above = Causes(nodes, bad)
    shown = exposures_below(nodes)
    kept: dict[str, list[str]] = {name: [] for name in bad}
    for name, each in ran.items():
        if each.status == SKIPPED:
            for cause in above.of(name):
                kept[cause].append(name)
    found = [_failure(nodes, ran[name], above, kept[name], shown) for name in bad]
    return tuple(sorted(found, key=lambda f: (bool(f.after), -len(f.skipped), f.node)))


def _failure(
    nodes: Mapping[str, Node],
    result: NodeRun,
    above: Causes,
    skipped: Iterable[str],
    shown: Mapping[str, tuple[str, ...]],
) -> Failure:
    node = nodes.get(result.node)
    touched = {result.node, *skipped, *(node.parents if node and node.kind in TESTS else ())}
    exposures = {name for each in touched for name in shown.get(each, ())}
    return Failure(
        node=result.node,
        kind=node.kind if node else result.node.partition(".")[0],
        status=result.status,
        message=result.message,
        seconds=result.seconds,
        after=above.of(result.node),
        skipped=tuple(sorted(skipped)),
        exposures=tuple(sorted(exposures)),
    )


class Causes:
    """The failures upstream of a node, by way of what was skipped or ran between."""

    def __init__(self, nodes: Mapping[str, Node], bad: Collection[str]) -> None:
        self.nodes, self.bad = nodes, frozenset(bad)
        #: failed tests by the node they test: they hold up what is downstream of it
        self.tests: dict[str, list[str]] = {}
        for name in sorted(bad):
            node = nodes.get(name)
            for parent in node.parents if node and node.kind in TESTS else ():
                self.tests.setdefault(parent, []).append(name)
        self.known: dict[str, tuple[str, ...]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """The nearest failures on every way upwards, sorted; nothing behind them."""
        found = self.known.get(name)
        if found is not None:
            return found
        causes: set[str] = set()
        met, ahead = {name}, list(self._before(name))
        while ahead:
            each = ahead.pop()
            if each in met:
                continue
            met.add(each)
            if each in self.bad:
                causes.add(each)
            else:
                ahead.extend(self._before(each))
        self.known[name] = tuple(sorted(causes))
        return self.known[name]

    def _before(self, name: str) -> Iterable[str]:
        return waits_for(self.nodes, name, self.tests)


def waits_for(
    nodes: Mapping[str, Node], name: str, tests: Mapping[str, Sequence[str]]
) -> Iterable[str]:
    """What `dbt build` lets a node wait for, given the tests by the node that they test.

    A model waits for its parents, their data tests, and its own unit tests; a data test for what it
    tests; a unit test for what its model reads, since it runs before the model.
    """
    node = nodes.get(name)
    if node is None:
        return
    if node.kind == UNIT_TEST:
        for tested in node.parents:
            model = nodes.get(tested)
            yield from model.parents if model is not None else ()
        return
    yield from node.parents
    if node.kind in TESTS:
        return
    yield from (t for t in tests.get(name, ()) if nodes[t].kind == UNIT_TEST)
    for parent in node.parents:
        yield from (t for t in tests.get(parent, ()) if nodes[t].kind != UNIT_TEST)


def way(nodes: Mapping[str, Node], start: str, end: str) -> tuple[str, ...]:
    """A shortest way downstream from a node to another; a test comes before what it tests."""
    first = nodes.get(start)
    if first is not None and first.kind in TESTS and first.parents:
        return (start, *way(nodes, first.parents[0], end))
    ahead: dict[str, str] = {end: ""}
    level = [end]
    while level and start not in ahead:
        below: dict[str, str] = {}
        for name in level:
            for parent in nodes[name].parents if name in nodes else ():
                if parent not in ahead:
                    below.setdefault(parent, name)
        ahead.update(below)
        level = sorted(below)
    found, name = [], start
    while name:
        found.append(name)
        name = ahead.get(name, "")
    return tuple(found)
