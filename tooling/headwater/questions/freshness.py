"""What is stale, since when, and whose fault: one row per source, model, snapshot and exposure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from headwater.core.columns import short_name
from headwater.core.observations import Built, Observations
from headwater.core.project import Node
from headwater.core.report import Report
from headwater.core.runs import BAD, REUSED, SKIPPED
from headwater.core.sla import ERROR, PASS, WARN, duration_words, judge, moment_words
from headwater.questions.attainment import MISSED, Attained, History, attainments
from headwater.questions.data_age import DataAge, data_ages, looked_at
from headwater.questions.exposures import exposures_below
from headwater.questions.loaded import Loaded
from headwater.questions.promises import (
    Promise,
    clock_of,
    measure_of,
    owner_of,
    promises,
    promising,
)
from headwater.questions.run_causes import Causes, way

OLD, UNKNOWN, NOT_CONFIGURED = "old artifact", "unknown", "not configured"
#: The worst first.
STATUSES = (ERROR, OLD, UNKNOWN, WARN, PASS, NOT_CONFIGURED)
#: dbt's words for a run that did not go well.
FAILED = BAD | {SKIPPED}
AHEAD = timedelta(minutes=5)  #: clocks may differ by so much


class FreshnessRow(NamedTuple):
    """How fresh one node is.

    ``as_of``: how old its data is at least (of a source: its newest row). ``culprit`` is the node
    that is to blame for the status or the age, ``path`` the way from it to this node. ``since`` is
    when the promise was broken, ``next`` when it has to be kept again, or will break; ``zone`` is
    whose clock counts. ``attained`` and ``days``: how often it was kept, where there is history.
    """

    node: str
    kind: str
    status: str
    reason: str
    as_of: datetime | None
    age: timedelta | None
    promised: str
    checked_at: datetime | None
    last_build: datetime | None
    culprit: str
    path: tuple[str, ...]
    unknown: tuple[str, ...]
    next: datetime | None
    owner: Mapping[str, str]
    exposures: tuple[str, ...]
    attained: tuple[Attained, ...] = ()
    since: datetime | None = None
    zone: str = "UTC"
    days: str = ""


class Told(NamedTuple):
    """A status and why; ``culprit`` where another node is to blame."""

    status: str
    reason: str
    next: datetime | None = None
    culprit: str = ""
    since: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The answer. *Shape*: exposures, models and snapshots, sources; in each the worst first."""

    rows: tuple[FreshnessRow, ...]
    now: datetime
    max_artifact_age: timedelta
    sources: int
    sources_configured: int

    def of(self, *statuses: str) -> tuple[FreshnessRow, ...]:
        """The rows with one of these statuses."""
        return tuple(row for row in self.rows if row.status in statuses)

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.freshness_report import freshness_report  # noqa: PLC0415 - a circle

        return freshness_report(self)


def freshness(
    loaded: Loaded,
    seen: Observations,
    now: datetime,
    *,
    max_artifact_age: timedelta | None = None,
    nodes: Collection[str] | None = None,
) -> Freshness:
    """How fresh everything is at ``now``, as far as the observations tell.

    ``nodes`` keeps only some rows; results older than ``max_artifact_age`` (a day) are never called
    fresh. *Raises*: `SlaError` for a declaration that cannot be read.
    """
    project = loaded.project
    promised = promises(project, seen.holidays)
    oldest = timedelta(days=1) if max_artifact_age is None else max_artifact_age
    judging = _Judging(
        project.nodes,
        seen,
        promised,
        data_ages(project, seen),
        now,
        oldest,
        attainments(project.nodes, promised, seen.runs, now, seen.holidays),
    )
    shown = promising(project)
    exposures = exposures_below(project.nodes)
    rows = [judging.row(node, exposures.get(node.id, ())) for node in shown]
    configured = sum(bool(judging.promised[n.id]) for n in shown if n.kind == "source")
    return Freshness(
        rows=tuple(sorted((r for r in rows if nodes is None or r.node in nodes), key=_order)),
        now=now,
        max_artifact_age=oldest,
        sources=sum(node.kind == "source" for node in shown),
        sources_configured=configured,
    )


_KIND_ORDER = {"exposure": 0, "model": 1, "snapshot": 1, "seed": 1, "source": 2}


def _order(row: FreshnessRow) -> tuple[int, int, str]:
    return _KIND_ORDER[row.kind], STATUSES.index(row.status), row.node


@dataclass(slots=True)
class _Judging:
    """Everything that a row is judged by."""

    nodes: Mapping[str, Node]
    seen: Observations
    promised: Mapping[str, Promise]
    ages: Mapping[str, DataAge]
    now: datetime
    oldest: timedelta
    attained: Mapping[str, History]
    known: dict[str, Told] = field(default_factory=dict)
    causes: Causes = field(init=False)

    def __post_init__(self) -> None:
        bad = [name for name, built in self.seen.builds.items() if built.status in BAD]
        self.causes = Causes(self.nodes, bad)

    def row(self, node: Node, exposures: tuple[str, ...]) -> FreshnessRow:
        """The row of one node."""
        age, promise = self.ages[node.id], self.promised[node.id]
        told = self._told(node)
        checked = self.seen.sources.get(node.id)
        built = self.seen.builds.get(node.id)
        culprit = told.culprit or age.culprit
        path = age.path if culprit == age.culprit else way(self.nodes, culprit, node.id)
        past = self.attained.get(node.id)
        as_of = built.good_at if built and node.kind == "seed" else age.as_of
        return FreshnessRow(
            node=node.id,
            kind=node.kind,
            status=told.status,
            reason=told.reason,
            as_of=as_of,
            age=None if as_of is None else self.now - as_of,
            promised=promise.words,
            checked_at=checked.checked_at if checked else None,
            last_build=built.good_at if built else None,
            culprit=culprit,
            path=path,
            unknown=age.unknown,
            next=told.next if told.next and told.next > self.now else None,
            owner=owner_of(node),
            exposures=exposures,
            attained=past.windows if past else (),
            since=told.since if told.status in (ERROR, WARN) else None,
            zone=told.zone or clock_of(node, promise),
            days=_days(past.days, told.status, promise) if past else "",
        )

    def _told(self, node: Node) -> Told:
        found = self.known.get(node.id)
        if found is None:
            found = self.known[node.id] = self._judged(node)
        return found

    def _judged(self, node: Node) -> Told:
        promise, age = self.promised[node.id], self.ages[node.id]
        if node.kind == "source":
            return self._source(node, promise)
        built = self.seen.builds.get(node.id)
        if built is not None and built.status in FAILED:
            return self._failed(node, built)
        if promise and built is not None and built.good_at and built.good_at > self.now + AHEAD:
            ahead = duration_words(built.good_at - self.now)
            return Told(UNKNOWN, f"built {ahead} from now: a clock is ahead", culprit=node.id)
        if promise:
            return self._promised(node, promise, age)
        if node.kind == "exposure":
            return self._inherited(node)
        return Told(NOT_CONFIGURED, "nothing is promised")

    def _failed(self, node: Node, built: Built) -> Told:
        """By its own fault, or skipped by that of another."""
        causes = self.causes.of(node.id) if built.status == SKIPPED else ()
        if not causes:
            said = f"the last run said '{built.status}'"
            return Told(ERROR, said, culprit=node.id, since=built.at)
        more = f" (+{len(causes) - 1})" if len(causes) > 1 else ""
        said = f"not run, because of {short_name(causes[0])}{more}: "
        said += f"'{self.seen.builds[causes[0]].status}'"
        return Told(ERROR, said, culprit=causes[0], since=built.at)

    # -- sources ---------------------------------------------------------------------------------

    def _source(self, node: Node, promise: Promise) -> Told:
        checked = self.seen.sources.get(node.id)
        if not promise:
            return Told(NOT_CONFIGURED, "nothing is promised")
        if checked is None or checked.checked_at is None:
            # dbt leaves out a source whose query failed.
            said = "no result: run 'dbt source freshness'"
            left_out = "no result: its check failed, or 'dbt source freshness' was not asked for it"
            return Told(UNKNOWN, left_out if self.seen.is_checked else said)
        since = duration_words(self.now - checked.checked_at)
        if checked.checked_at > self.now + AHEAD:
            return Told(UNKNOWN, f"checked {since.lstrip('-')} from now: a clock is ahead")
        if self.now - checked.checked_at > self.oldest:
            return Told(OLD, f"checked {since} ago ('{checked.status}' then)")
        if checked.loaded_at is None:
            return Told(ERROR, f"could not be checked: '{checked.status}'")
        if checked.loaded_at > self.now + AHEAD:
            ahead = duration_words(checked.loaded_at - self.now)
            return Told(UNKNOWN, f"its newest row lies {ahead} ahead")
        then = self._kept(node, promise, checked.loaded_at, checked.checked_at)
        told = self._kept(node, promise, checked.loaded_at, self.now)
        if STATUSES.index(told.status) >= STATUSES.index(then.status):
            return told
        said = (
            f"'{then.status}' when checked {since} ago; by now '{told.status}', "
            "unless new rows have come: check again"
        )
        return told._replace(status=UNKNOWN, reason=said)

    def _kept(self, node: Node, promise: Promise, as_of: datetime, now: datetime) -> Told:
        """The worst of what a node promises, for data as of a moment."""
        found: list[Told] = []
        zone = clock_of(node, promise)
        if promise.sla is not None:
            judged = judge(promise.sla, as_of, now, self.seen.holidays)
            since = judged.deadline or judged.next
            found.append(Told(judged.status, judged.reason, judged.next, "", since, zone))
        age = now - as_of
        limits = [(promise.warn, WARN), (promise.error, ERROR)]
        for limit, status in limits:
            if limit is not None:
                words = f"{duration_words(age)} old, {status} after {duration_words(limit)}"
                kept, at = status if age > limit else PASS, as_of + limit
                found.append(Told(kept, words, at, "", at, zone))
        return min(found, key=lambda told: STATUSES.index(told.status))

    # -- what is built ---------------------------------------------------------------------------

    def _promised(self, node: Node, promise: Promise, age: DataAge) -> Told:
        found = []
        has_limits = promise.warn is not None or promise.error is not None
        if promise.sla is None and has_limits and looked_at(node.id, self.seen):
            found.append(self._source(node, promise)._replace(culprit=node.id))
        elif promise.sla is not None or has_limits:
            found.append(self._aged(node, promise, age))
        if promise.build_after is not None:
            found.append(self._build_after(node, promise))
        return min(found, key=lambda told: STATUSES.index(told.status))

    def _aged(self, node: Node, promise: Promise, age: DataAge) -> Told:
        as_of, unknown = age.as_of, age.unknown
        if measure_of(promise.sla) == "build":
            built = self.seen.builds.get(node.id)
            as_of, unknown = built.good_at if built else None, ()
        if as_of is None:
            said = "as of when its data is, nothing tells"
            built = self.seen.builds.get(node.id)
            if built is not None and built.status == REUSED:
                said = "the last run reused it; when it was built, nothing tells"
            return Told(UNKNOWN, said, culprit=next(iter(unknown), ""))
        told = self._kept(node, promise, as_of, self.now)
        old = self._old_evidence(node.id)
        if old:
            return told._replace(status=OLD, reason=f"{old}; '{told.status}' by it")
        if unknown and told.status in (PASS, WARN):
            names = ", ".join(map(self._named, unknown[:3]))
            more = f" (+{len(unknown) - 3})" if len(unknown) > 3 else ""
            said = f"'{told.status}' by what is known; unknown: {names}{more}"
            return told._replace(status=UNKNOWN, reason=said, culprit=unknown[0])
        return told

    def _named(self, node: str) -> str:
        """Its name, and why nobody knows when it was built if the last run did not build it."""
        built = self.seen.builds.get(node)
        is_reused = built is not None and built.status == REUSED
        return short_name(node) + (" (reused)" if is_reused else "")

    def _build_after(self, node: Node, promise: Promise) -> Told:
        """Whether the node was built in time after its parents had new data."""
        built = self.seen.builds.get(node.id)
        parents = [self.ages[p] for p in node.parents if p in self.ages]
        times = [(p.as_of, p.culprit) for p in parents if p.as_of is not None]
        if built is None or built.good_at is None or not times or promise.build_after is None:
            return Told(UNKNOWN, "its last build, or its parents' data, is not known")
        fresh, culprit = min(times) if promise.updates_on == "all" else max(times)
        due = fresh + promise.build_after
        if fresh <= built.good_at:
            return Told(PASS, "built since its parents had new data")
        if self.now <= due:
            by = moment_words(due, clock_of(node, promise))
            return Told(PASS, f"new data is there; to be built by {by}", due)
        late = duration_words(self.now - due)
        said = f"new data of {short_name(culprit)} is not built in, {late} late"
        return Told(WARN, said, due, since=due)

    def _old_evidence(self, node: str) -> str:
        """What is too old to rest on, in words; empty when nothing is."""
        for upstream in self.ages[node].path:
            checked = self.seen.sources.get(upstream)
            if self.nodes[upstream].kind != "source":
                checked = looked_at(upstream, self.seen)
            if checked and checked.checked_at and self.now - checked.checked_at > self.oldest:
                since = duration_words(self.now - checked.checked_at)
                return f"{short_name(upstream)} was checked {since} ago"
            built = self.seen.builds.get(upstream)
            if built and built.at and self.now - built.at > self.oldest:
                return f"{short_name(upstream)} ran {duration_words(self.now - built.at)} ago"
        return ""

    # -- exposures without a promise of their own ------------------------------------------------

    def _inherited(self, node: Node) -> Told:
        """The worst of what is promised upstream; of several, the one with the oldest data."""
        worst: tuple[int, datetime, str] | None = None
        for name in self._upstream(node.id):
            status = STATUSES.index(self._told(self.nodes[name]).status)
            if STATUSES[status] == NOT_CONFIGURED:
                continue
            found = (status, self.ages[name].as_of or self.now, name)
            worst = found if worst is None else min(worst, found)
        if worst is not None:
            told, name = self._told(self.nodes[worst[2]]), worst[2]
            lost = self._unbuilt(node.id) if told.status == PASS else ""
            if lost:
                said = f"when {short_name(lost)} was built, nothing tells; "
                said += f"'pass' by what {short_name(name)} promises"
                return told._replace(status=UNKNOWN, reason=said, culprit=lost)
            old = self._old_evidence(node.id) if told.status == PASS else ""
            if old:
                said = f"{old}; '{told.status}' by what {short_name(name)} promises"
                return told._replace(status=OLD, reason=said, culprit=self.ages[node.id].culprit)
            return told._replace(
                culprit=told.culprit or name, reason=f"{short_name(name)}: {told.reason}"
            )
        return Told(NOT_CONFIGURED, "nothing is promised, here or upstream")

    def _unbuilt(self, node: str) -> str:
        """A table upstream of which nobody knows when it was built; empty when there is none."""
        unknown = (name for name in self.ages[node].unknown if self.nodes[name].kind != "source")
        return next(unknown, "")

    def _upstream(self, node: str) -> list[str]:
        """Everything with a row that the node depends on, the nearest first."""
        found, level = dict[str, None](), [node]
        while level:
            level = sorted({p for name in level for p in self.nodes[name].parents} - set(found))
            level = [name for name in level if name in self.nodes]
            found.update(dict.fromkeys(level))
        return [n for n in found if n in self.promised and n != node]


def _days(signs: str, status: str, promise: Promise) -> str:
    """What is late now is missed today, whatever was seen of the day."""
    is_late = status == ERROR or (status == WARN and promise.sla is None)
    return signs[:-1] + MISSED if is_late else signs
