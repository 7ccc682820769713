"""How long a run took, and why: the critical path, and what became slower than it used to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from headwater.core.project import Node
from headwater.core.runs import BAD, DID_NOT_RUN, NodeRun, Run, is_no_node
from headwater.questions.run_causes import TESTS, waits_for

ENOUGH = 3  #: earlier runs of a node, before anything is said of what is usual
SLOWER, AT_LEAST = 1.5, 1.0  #: a regression: so many times the usual, and so many seconds more


class Step(NamedTuple):
    """One node on the critical path."""

    node: str
    seconds: float


class Usual(NamedTuple):
    """How long a node took in earlier runs. *Units*: seconds."""

    runs: int
    p50: float
    p95: float


class Slower(NamedTuple):
    """A node that took longer than it used to. *Units*: seconds."""

    node: str
    seconds: float
    usual: Usual

    @property
    def ratio(self) -> float:
        """So many times the usual."""
        return self.seconds / self.usual.p50 if self.usual.p50 else 0.0


def critical_path(nodes: Mapping[str, Node], run: Run) -> tuple[Step, ...]:
    """The chain of nodes that each had to wait for the one before and took longest in all.

    With any number of threads the run would have taken no less. In ``dbt build`` what is downstream
    of a node waits for the tests of that node alone, too. Hooks stand on no path.
    """
    ran = [each for each in run.nodes if each.status not in DID_NOT_RUN]
    took = {each.node: each.seconds for each in ran if not is_no_node(each.node)}
    chains = _Chains(nodes, took, waits=run.command in ("build", ""))
    best, best_seconds = "", 0.0
    for name in took:
        seconds = chains.seconds(name)
        if seconds > best_seconds or (seconds == best_seconds and name < best):
            best, best_seconds = name, seconds
    return tuple(Step(name, took[name]) for name in chains.path(best) if name in took)


class _Chains:
    """The longest chain that ends at each node."""

    def __init__(
        self, nodes: Mapping[str, Node], took: Mapping[str, float], *, waits: bool
    ) -> None:
        self.nodes, self.took = nodes, took
        self.tests: dict[str, list[str]] = {}
        for name in took if waits else ():
            node = nodes.get(name)
            if node is not None and node.kind in TESTS and len(node.parents) == 1:
                self.tests.setdefault(node.parents[0], []).append(name)
        self.found: dict[str, tuple[float, str]] = {}

    def seconds(self, name: str) -> float:
        """How long the chain that ends with this node took."""
        stack = [name]
        open_: set[str] = set()
        while stack:
            each = stack[-1]
            if each in self.found:
                stack.pop()
                continue
            ahead = [b for b in self._before(each) if b not in self.found and b not in open_]
            if ahead and each not in open_:
                open_.add(each)
                stack.extend(ahead)
                continue
            ends = [(self.found[b][0], b) for b in self._before(each) if b in self.found]
            longest, before = max(ends, key=lambda e: (e[0], e[1]), default=(0.0, ""))
            self.found[each] = (longest + self.took.get(each, 0.0), before)
            stack.pop()
        return self.found[name][0]

    def path(self, name: str) -> list[str]:
        """The chain that ends with this node, its first node first."""
        way = []
        while name:
            way.append(name)
            name = self.found[name][1] if name in self.found else ""
        return way[::-1]

    def _before(self, name: str) -> Iterable[str]:
        return waits_for(self.nodes, name, self.tests)


def usual_times(runs: Sequence[Run]) -> dict[str, Usual]:
    """How long each node took when it went well; runs on a part of the data do not count."""
    took: dict[str, list[float]] = {}
    for run in runs:
        for each in run.nodes if run.builds and not run.is_partial else ():
            if _went_well(each):
                took.setdefault(each.node, []).append(each.seconds)
    return {name: _usual(sorted(times)) for name, times in took.items() if len(times) >= ENOUGH}


def slower_nodes(run: Run, usual: Mapping[str, Usual]) -> tuple[Slower, ...]:
    """The nodes that took notably longer than usual, the one that lost most time first."""
    found = []
    for each in run.nodes if run.builds and not run.is_partial else ():
        known = usual.get(each.node)
        if known is None or not _went_well(each):
            continue
        # Above what it sometimes took, too: a node that varies much is not slower each time.
        limit = max(known.p50 * SLOWER, known.p50 + AT_LEAST, known.p95)
        if each.seconds > limit:
            found.append(Slower(each.node, each.seconds, known))
    return tuple(sorted(found, key=lambda s: (s.usual.p50 - s.seconds, s.node)))


def _went_well(result: NodeRun) -> bool:
    return result.status not in DID_NOT_RUN and result.status not in BAD


def _usual(times: Sequence[float]) -> Usual:
    # Nearest ranks, as the model `headwater_model_timing` has them: a time that a run really took.
    p50, p95 = (times[-(-percent * len(times) // 100) - 1] for percent in (50, 95))
    return Usual(len(times), p50, p95)
