"""Are the artifacts here, fresh and complete? What should be run?

What lies on disk is told by the caller; this question only judges it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from headwater.core.edges import ColumnFlag, GapReason
from headwater.core.moments import parse_time
from headwater.core.report import Fact, Report, Table
from headwater.questions.coverage import SEEN_KINDS, Coverage, coverage
from headwater.questions.loaded import Loaded

NEWEST_SCHEMA = 12  #: of manifests that are tried in the tests
OLD = timedelta(days=7)  #: a manifest older than this is worth a word
#: Gaps that the catalog, or a compile, would close.
_CATALOG_GAPS = frozenset({GapReason.UNKNOWN_COLUMNS, GapReason.AMBIGUOUS_COLUMN})


class Artifact(NamedTuple):
    """One file that dbt may have written. *Units*: ``generated_at`` is dbt's own UTC text."""

    name: str  #: manifest, catalog, run_results, sources
    path: str | None = None  #: ``None``: not found
    generated_at: str | None = None
    dbt_version: str | None = None
    schema_version: int | None = None
    problem: str | None = None  #: why it cannot be used
    remedy: str | None = None  #: what to do about that


class Advice(NamedTuple):
    """Something to do. ``level`` is info, warn or bad (nothing can be answered without it)."""

    level: str
    finding: str
    action: str


@dataclass(frozen=True, slots=True)
class Doctor:
    """The answer. *Shape*: ``advice`` with the worst first; empty when all is well."""

    artifacts: tuple[Artifact, ...]
    advice: tuple[Advice, ...]
    facts: tuple[Fact, ...]
    now: datetime
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        worst = self.advice[0].level if self.advice else "good"
        verdict = {"good": "all is well", "info": "fine, with remarks", "warn": "incomplete"}
        return Report(
            title="Doctor: what the answers rest on",
            facts=(Fact("verdict", verdict.get(worst, "cannot answer"), worst), *self.facts),
            tables=(_artifact_table(self), _advice_table(self)),
            coverage=self.coverage,
            data=_data(self),
        )


def doctor(artifacts: Sequence[Artifact], loaded: Loaded | None, now: datetime) -> Doctor:
    """What was found, and what to run. ``loaded`` is ``None`` when the manifest is of no use.

    *Units*: ``now`` with a time zone.
    """
    advice = list(_about_files(artifacts, now))
    facts: tuple[Fact, ...] = ()
    line = ""
    if loaded is not None:
        seen = coverage(loaded)
        advice += _about_project(loaded, seen, has_catalog=_found(artifacts, "catalog"))
        facts, line = _facts(loaded, seen), seen.line
    order = {"bad": 0, "warn": 1, "info": 2}
    advice.sort(key=lambda each: order[each.level])
    return Doctor(tuple(artifacts), tuple(advice), facts, now, line)


# -- judgement -----------------------------------------------------------------------------------


def _about_files(artifacts: Sequence[Artifact], now: datetime) -> Iterable[Advice]:
    by_name = {artifact.name: artifact for artifact in artifacts}
    for artifact in artifacts:
        if artifact.problem:
            level = "bad" if artifact.name == "manifest" else "warn"
            yield Advice(
                level,
                f"the {artifact.name} cannot be used: {artifact.problem}",
                artifact.remedy or "",
            )
    manifest, catalog = by_name.get("manifest"), by_name.get("catalog")
    if manifest is None or manifest.path is None:
        yield Advice("bad", "there is no manifest", "run 'dbt compile'")
        return
    written = parse_time(manifest.generated_at)
    if written is not None and now - written > OLD:
        yield Advice(
            "info",
            f"the manifest was written {_age(written, now)} ago",
            "run 'dbt compile' if the project has changed since",
        )
    if manifest.schema_version is not None and manifest.schema_version > NEWEST_SCHEMA:
        finding = f"manifest version {manifest.schema_version} is newer than any that was tried"
        yield Advice("warn", finding, "look for a newer dbt-headwater")
    described = parse_time(catalog.generated_at) if catalog else None
    if written is not None and described is not None and written - described > OLD:
        finding = f"the catalog is {_age(described, written)} older than the manifest"
        yield Advice("info", finding, "run 'dbt docs generate'")


def _about_project(loaded: Loaded, seen: Coverage, has_catalog: bool) -> Iterable[Advice]:
    reasons = Counter(gap.reason for gap in seen.gaps)
    lost = {gap.node for gap in seen.gaps if gap.reason == GapReason.NOT_COMPILED}
    uncompiled = sum(loaded.graph.kind(node) in SEEN_KINDS for node in lost)
    models = seen.counts.models
    if uncompiled:
        level = "bad" if uncompiled >= models - reasons[GapReason.PYTHON_MODEL] else "warn"
        finding = f"{uncompiled} of {models} models have no compiled SQL"
        yield Advice(level, finding, "run 'dbt compile', or use --compile")
    blind = sum(reasons[reason] for reason in _CATALOG_GAPS) + _open_sources(loaded)
    if not has_catalog and blind:
        finding = f"{blind} relations or columns are not known without a catalog"
        yield Advice("warn", finding, "run 'dbt docs generate' once the models are built")
    if reasons[GapReason.CATALOG_DRIFT]:
        finding = f"in {reasons[GapReason.CATALOG_DRIFT]} nodes the catalog and the SQL differ"
        yield Advice("info", finding, "run 'dbt build', then 'dbt docs generate'")
    said = {GapReason.NOT_COMPILED, GapReason.CATALOG_DRIFT, *_CATALOG_GAPS}
    others = {reason: count for reason, count in reasons.items() if reason not in said}
    if others:
        listed = ", ".join(f"{reason} {others[reason]}" for reason in sorted(others))
        yield Advice("info", f"further gaps: {listed}", "'lineage coverage' lists them")


def _open_sources(loaded: Loaded) -> int:
    """Sources and seeds that something reads all of, without their columns being known."""
    graph = loaded.graph
    return sum(
        1
        for node, kind in zip(graph.nodes, graph.data.kinds, strict=True)
        if kind in ("source", "seed")
        and any(graph.flags(vertex) & ColumnFlag.OPEN for vertex in graph.columns_of(node))
    )


def _found(artifacts: Sequence[Artifact], name: str) -> bool:
    return any(a.name == name and a.path is not None and not a.problem for a in artifacts)


# -- shapes --------------------------------------------------------------------------------------


def _facts(loaded: Loaded, seen: Coverage) -> tuple[Fact, ...]:
    project, counts = loaded.project, seen.counts
    nodes = [node for node in project.nodes.values() if node.kind in SEEN_KINDS]
    compiled = sum(node.sql is not None for node in nodes)
    return (
        Fact("project", project.name),
        Fact("adapter", project.adapter),
        Fact("dbt", project.dbt_version),
        Fact("models with compiled SQL", f"{compiled} of {len(nodes)}"),
        Fact("models understood", f"{counts.models_seen} of {counts.models}"),
        Fact("columns", counts.columns),
        Fact("edges", loaded.graph.edge_count),
        Fact("gaps", len(seen.gaps)),
    )


def _artifact_table(answer: Doctor) -> Table:
    rows = []
    for artifact in answer.artifacts:
        written = parse_time(artifact.generated_at)
        age = _age(written, answer.now) if written is not None else None
        path = artifact.path or "not found"
        rows.append((artifact.name, path, artifact.dbt_version, artifact.schema_version, age))
    heads = ("artifact", "file", "dbt", "version", "age")
    return Table("Artifacts", heads, tuple(rows), ("file",))


def _advice_table(answer: Doctor) -> Table:
    rows = tuple((each.level, each.finding, each.action) for each in answer.advice)
    return Table("What to do", ("level", "finding", "action"), rows, ("finding", "action"))


def _age(then: datetime, now: datetime) -> str:
    """``3 days``, ``5 hours``, ``12 minutes``; what lies ahead has no age."""
    seconds = max((now - then).total_seconds(), 0)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // size)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def _data(answer: Doctor) -> dict[str, Any]:
    return {
        "artifacts": [artifact._asdict() for artifact in answer.artifacts],
        "advice": [each._asdict() for each in answer.advice],
        "facts": {fact.label.replace(" ", "_"): fact.value for fact in answer.facts},
        "checked_at": answer.now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
