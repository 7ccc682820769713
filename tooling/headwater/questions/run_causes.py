"""Why nodes of a run did not run: each skipped node and each failure, led back to its root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from headwater.core.project import Node
from headwater.core.runs import BAD, SKIPPED, NodeRun, Run
from headwater.questions.exposures import exposures_below

TESTS = frozenset({"test", "unit_test"})


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


def failures(nodes: Mapping[str, Node], run: Run) -> tuple[Failure, ...]:
    """The failures of a run: roots first, of those the one that kept most from running."""
    ran = {each.node: each for each in run.nodes}
    bad = {name for name, each in ran.items() if each.status in BAD}
    if not bad:
        return ()
    above = _Above(nodes, ran, bad)
    shown = exposures_below(nodes)
    kept: dict[str, list[str]] = {name: [] for name in bad}
    for name, each in ran.items():
        if each.status == SKIPPED:
            for cause in above.causes(name):
                kept[cause].append(name)
    found = [_failure(nodes, ran[name], above, kept[name], shown) for name in bad]
    return tuple(sorted(found, key=lambda f: (bool(f.after), -len(f.skipped), f.node)))


def _failure(
    nodes: Mapping[str, Node],
    result: NodeRun,
    above: _Above,
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
        after=above.causes(result.node),
        skipped=tuple(sorted(skipped)),
        exposures=tuple(sorted(exposures)),
    )


class _Above:
    """The failures upstream of a node, by way of what was skipped or ran between."""

    def __init__(
        self, nodes: Mapping[str, Node], ran: Mapping[str, NodeRun], bad: set[str]
    ) -> None:
        self.nodes, self.ran, self.bad = nodes, ran, bad
        #: failed tests by the node they test: they hold up what is downstream of it
        self.tests: dict[str, list[str]] = {}
        for name in sorted(bad):
            node = nodes.get(name)
            for parent in node.parents if node and node.kind in TESTS else ():
                self.tests.setdefault(parent, []).append(name)
        self.known: dict[str, tuple[str, ...]] = {}

    def causes(self, name: str) -> tuple[str, ...]:
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
        """What a node waits for: its parents, and their failed tests unless it is a test."""
        node = self.nodes.get(name)
        for parent in node.parents if node else ():
            yield parent
            if node is not None and node.kind not in TESTS:
                yield from self.tests.get(parent, ())
