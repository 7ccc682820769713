"""Where personal data is, how much of it is left, and where it should not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from headwater.core.columns import ColumnRef
from headwater.core.edges import Effect, Gap, NodeLineage
from headwater.core.project import Node
from headwater.core.report import Report
from headwater.questions.coverage import coverage_line
from headwater.questions.loaded import Loaded
from headwater.questions.pii_declared import (
    Declarations,
    declarations,
    declared_masks,
)
from headwater.questions.pii_findings import Found, findings
from headwater.questions.pii_flow import Flow, call_caps, lost_nodes
from headwater.questions.pii_rules import PiiException, PiiRules
from headwater.questions.pii_start import start_flow
from headwater.questions.pii_views import hold_masked_views
from headwater.questions.pii_words import Level, level_after
from headwater.questions.policy import Where, fits
from headwater.questions.policy_match import Matcher, Subject

RANKS = {"error": 0, "warning": 1, "note": 2}
_READERS = frozenset(("model", "snapshot"))


@dataclass(frozen=True, slots=True)
class PiiTerms:
    """What the project is held against; ``fail_on`` instead of that of the rules."""

    rules: PiiRules
    today: date
    fail_on: tuple[str, ...] | None = None
    nodes: frozenset[str] | None = None  #: findings at these nodes only
    prefix: str = ""


class Indirect(NamedTuple):
    """A personal column that shapes a node without being in it: by a filter, a join, an order …"""

    node: str
    column: str | None  #: ``None``: it shapes the rows
    effects: tuple[Effect, ...]
    source: ColumnRef
    name: str
    level: Level
    edge: int


class Excepted(NamedTuple):
    """An exception and what it did."""

    exception: PiiException
    used: int
    expired: bool


@dataclass(frozen=True, slots=True)
class Pii:
    """The answer. Findings are sorted, the worst first; excused ones come last."""

    loaded: Loaded
    terms: PiiTerms
    declared: Declarations
    flow: Flow
    findings: tuple[Found, ...]
    indirect: tuple[Indirect, ...]
    exceptions: tuple[Excepted, ...]
    masks: Mapping[str, str] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    coverage: str = ""

    @property
    def fail_on(self) -> tuple[str, ...]:
        """Levels and rules that the exit code depends on."""
        return self.terms.fail_on or self.terms.rules.fail_on

    @property
    def open(self) -> tuple[Found, ...]:
        """The findings that nobody excused."""
        return tuple(found for found in self.findings if not found.excused)

    @property
    def is_hit(self) -> bool:
        """Whether the gate is hit."""
        words = set(self.fail_on)
        worst = max((RANKS[word] for word in words & RANKS.keys()), default=-1)
        return any(RANKS[f.level] <= worst or f.rule in words for f in self.open)

    def report(self, *, every: bool = True) -> Report:
        """The answer in shapes; not ``every``: what tables do not show is left out."""
        from headwater.questions.pii_report import pii_report  # noqa: PLC0415 - it needs `Pii`

        return pii_report(self, every=every)


def pii(loaded: Loaded, terms: PiiTerms, lineages: Mapping[str, NodeLineage] | None = None) -> Pii:
    """Where personal data flows, and every finding.

    ``lineages`` are needed where masks are declared for functions of the project's own.
    *Raises*: `PolicyError` for a selection in the rules that cannot be read.
    """
    rules, project, graph = terms.rules, loaded.project, loaded.graph
    masks = declared_masks(project, rules)
    caps = {}
    if masks and lineages is not None:
        caps = call_caps(graph, lineages, masks, _mentioning(project.nodes, masks))
    flow = Flow(graph, caps)
    matcher = Matcher([project], rules.file)
    live = [e for e in rules.exceptions if e.expires >= terms.today]
    held = _hold(flow, loaded, live, matcher)
    hold_masked_views(flow, loaded)
    declared = declarations(project, rules, graph)
    start_flow(loaded, declared, flow)
    found = [*findings(loaded, rules, declared, flow)]
    found = [_levelled(each, rules) for each in found]
    found, used = _excused(found, live, matcher, project.nodes)
    excepted = tuple(
        Excepted(e, used.get(e.place, 0) + held.get(e.place, 0), e.expires < terms.today)
        for e in rules.exceptions
    )
    found += [_levelled(_expired(e), rules) for e in excepted if e.expired]
    if terms.nodes is not None:
        found = [f for f in found if f.node in terms.nodes or not f.node]
    kept = (f for f in found if f.level != "off")
    return Pii(
        loaded=loaded,
        terms=terms,
        declared=declared,
        flow=flow,
        findings=tuple(sorted(kept, key=_order)),
        indirect=tuple(_indirect(loaded, flow, terms.nodes)),
        exceptions=excepted,
        masks=masks,
        gaps=_gaps(loaded, flow),
        coverage=coverage_line(loaded),
    )


def _mentioning(nodes: Mapping[str, Node], masks: Mapping[str, str]) -> Iterator[str]:
    """The nodes whose SQL may call one of the functions."""
    names = {name.rpartition(".")[2] for name in masks}
    for node_id, node in nodes.items():
        if node.kind in _READERS and node.sql:
            text = node.sql.lower()
            if any(name in text for name in names):
                yield node_id


# -- exceptions -----------------------------------------------------------------------------------


def _hold(flow: Flow, loaded: Loaded, live: list[PiiException], matcher: Matcher) -> dict[str, int]:
    """Hold the columns of exceptions that say what is left there; how many each holds."""
    graph, held = loaded.graph, dict.fromkeys((e.place for e in live), 0)
    for exception in (e for e in live if e.level is not None):
        where = replace(exception.where, rules=())
        for node_id in loaded.project.nodes:
            if node_id not in graph or not matcher.fits(
                replace(where, columns=()), Subject("", node_id)
            ):
                continue
            for vertex in graph.columns_of(node_id):
                if fits(where.columns, (graph.name(vertex),)) and exception.level is not None:
                    hold = (exception.classes, exception.level)
                    flow.held.setdefault(vertex, []).append(hold)
                    held[exception.place] += 1
    return held


def _excused(
    found: Iterable[Found], live: list[PiiException], matcher: Matcher, nodes: Mapping[str, Node]
) -> tuple[list[Found], dict[str, int]]:
    used: dict[str, int] = {}
    told = []
    for each in found:
        exception = next((e for e in live if _fits(e, each, matcher, nodes)), None)
        if exception is not None:
            used[exception.place] = used.get(exception.place, 0) + 1
            why = f"{exception.reason} ({exception.author}, until {exception.expires})"
            told.append(replace(each, excused=why))
        else:
            told.append(each)
    return told, used


def _fits(
    exception: PiiException, found: Found, matcher: Matcher, nodes: Mapping[str, Node]
) -> bool:
    """Whether an exception means a finding: where it is found, or the column it came through."""
    if exception.level is not None or not found.classes:
        return False
    if exception.classes and not set(found.classes) <= set(exception.classes):
        return False
    where = exception.where
    if where.exposures:
        node = nodes.get(found.node)
        if node is None or node.kind != "exposure" or not fits(where.exposures, (node.name,)):
            return False
        where = replace(where, exposures=())
        if replace(where, rules=()) == Where():
            return not where.rules or fits(where.rules, (found.rule,))
    subjects = [Subject(found.rule, found.node, found.column)]
    if found.via is not None:
        subjects.append(Subject(found.rule, found.via.node, found.via.column))
    return any(matcher.fits(where, subject) for subject in subjects)


def _expired(excepted: Excepted) -> Found:
    exception = excepted.exception
    message = f"the exception {exception.place} of {exception.author} ended on {exception.expires}"
    return Found("exception-expired", "", None, message, detail=exception.place)


# -- findings -------------------------------------------------------------------------------------


def _levelled(found: Found, rules: PiiRules) -> Found:
    level = rules.severities.get(found.rule)
    return found if level is None else replace(found, level=level)


def _order(found: Found) -> tuple[object, ...]:
    return (
        bool(found.excused),
        RANKS[found.level],
        not found.node.startswith("exposure."),
        found.rule,
        found.node,
        found.column or "",
        str(found.via or ""),
        found.message,
    )


# -- the rest -------------------------------------------------------------------------------------


def _indirect(loaded: Loaded, flow: Flow, nodes: frozenset[str] | None) -> list[Indirect]:
    graph, data = loaded.graph, loaded.graph.data
    owners, direct = graph.owners(), int(Effect.AGGREGATION)
    readers = [kind in _READERS for kind in data.kinds]
    met: dict[tuple[int, int, str], list[tuple[int, Level]]] = {}
    for vertex, loads in flow.levels.items():
        for at in range(data.down_at[vertex], data.down_at[vertex + 1]):
            edge = data.down[at]
            if data.effect[edge] <= direct or not readers[owners[data.target[edge]]]:
                continue
            there = flow.levels.get(data.target[edge], {})
            for name, level in loads.items():
                left = level_after(level, data.edge_flags[edge])
                if left <= Level.PARTIAL and name not in there:
                    key = (data.target[edge], vertex, name)
                    met.setdefault(key, []).append((edge, left))
    found = []
    for (target, source, name), edges in met.items():
        ref = graph.ref(target)
        if nodes is None or ref.node in nodes:
            effects = tuple(sorted({Effect(data.effect[edge]) for edge, _ in edges}))
            worst = min(level for _, level in edges)
            first = min(edge for edge, _ in edges)
            found.append(
                Indirect(ref.node, ref.column, effects, graph.ref(source), name, worst, first)
            )
    return sorted(found, key=lambda i: (i.node, i.column or "", str(i.source), i.name))


def _gaps(loaded: Loaded, flow: Flow) -> tuple[Gap, ...]:
    """Gaps of the nodes that personal data enters."""
    lost = lost_nodes(loaded.graph)
    owners, nodes = loaded.graph.owners(), loaded.graph.data.nodes
    met = {nodes[owners[vertex]] for vertex in flow.levels}
    return tuple(gap for gap in loaded.graph.gaps if gap.node in met or gap.node in lost)
