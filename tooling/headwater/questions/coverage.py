"""What could not be seen, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from headwater.core.columns import short_name
from headwater.core.edges import ColumnFlag, Gap, GapReason
from headwater.core.report import Fact, Report, Table
from headwater.questions.loaded import Loaded

#: The kinds whose SQL should be understood.
SEEN_KINDS = frozenset({"model", "snapshot"})
#: What a reason means, and what helps.
REASONS: dict[str, str] = {
    GapReason.NOT_COMPILED: "no compiled SQL: run 'dbt compile', or use --compile",
    GapReason.PARSE_FAILED: "the SQL could not be parsed",
    GapReason.TOO_DEEP: "the SQL is nested too deeply",
    GapReason.JINJA_LEFT: "Jinja is left in the SQL: was it compiled?",
    GapReason.NOT_A_QUERY: "the SQL makes no columns",
    GapReason.PYTHON_MODEL: "a Python model: its code is not read",
    GapReason.UNKNOWN_COLUMNS: "the columns of a relation are not known: a catalog would help",
    GapReason.UNKNOWN_COLUMN: "a column is read that its relation does not have",
    GapReason.AMBIGUOUS_COLUMN: "a column may come from several relations",
    GapReason.COLUMN_COUNT: "a place takes another number of columns than it is given",
    GapReason.UNKNOWN_RELATION: "a relation that is no node of the project",
    GapReason.UNKNOWN_TABLE_FUNCTION: "a table function whose columns are not known",
    GapReason.DYNAMIC_COLUMNS: "columns that depend on the data",
    GapReason.UNSUPPORTED_SYNTAX: "syntax that is not understood yet",
    GapReason.CYCLE: "the node depends on itself",
    GapReason.CATALOG_DRIFT: "the catalog and the SQL do not agree: one of them is stale",
    GapReason.INTERNAL: "an error in headwater: please report it",
}


class Counts(NamedTuple):
    """How much was seen."""

    models: int  #: models and snapshots
    models_seen: int  #: those whose columns are known from their SQL
    resolved: int  #: columns with sources
    constant: int  #: columns that need none
    opaque: int  #: columns whose sources cannot be seen
    failed: int  #: columns whose sources could not be resolved
    open: int  #: unknown columns behind a ``*``, each counted as one

    @property
    def columns(self) -> int:
        """All columns of models and snapshots."""
        return self.resolved + self.constant + self.opaque + self.failed + self.open

    @property
    def share(self) -> float:
        """The part of the columns that is accounted for, from 0 to 1; 1 when there are none."""
        return (self.resolved + self.constant) / self.columns if self.columns else 1.0


class NodeCoverage(NamedTuple):
    """What was seen of one model or snapshot."""

    node: str
    counts: Counts
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answer. ``nodes`` are the models and snapshots, sorted by id; so are the ``gaps``."""

    counts: Counts
    nodes: tuple[NodeCoverage, ...]
    gaps: tuple[Gap, ...]

    @property
    def line(self) -> str:
        """The one line that every answer carries."""
        counts, gaps = self.counts, len(self.gaps)
        line = f"Seen {counts.models_seen} of {counts.models} models, {_percent(counts)} of columns"
        if not gaps:
            return f"{line}; no gaps"
        words = (
            "1 gap (lineage coverage lists it)"
            if gaps == 1
            else f"{gaps} gaps (lineage coverage lists them)"
        )
        return f"{line}; {words}"

    def report(self) -> Report:
        """The answer in shapes."""
        return Report(
            title="Coverage: what could be seen, and what not",
            facts=_facts(self),
            tables=(_reason_table(self.gaps), _node_table(self.nodes)),
            gaps=self.gaps,
            coverage=self.line,
            data=_data(self),
        )


def coverage(loaded: Loaded, nodes: Iterable[str] | None = None) -> Coverage:
    """What was seen of the whole project, or of the models, snapshots and gaps of some nodes."""
    wanted = None if nodes is None else frozenset(nodes)
    gaps = tuple(g for g in loaded.graph.gaps if wanted is None or g.node in wanted)
    reasons: dict[str, set[str]] = {}
    for gap in gaps:
        reasons.setdefault(gap.node, set()).add(gap.reason)
    total = [0] * len(Counts._fields)
    found = []
    for node, kind in zip(loaded.graph.nodes, loaded.graph.data.kinds, strict=True):
        if kind in SEEN_KINDS and (wanted is None or node in wanted):
            counts = _node_counts(loaded, node)
            total = [a + b for a, b in zip(total, counts, strict=True)]
            why = tuple(sorted(reasons.get(node, ())))
            found.append(NodeCoverage(node, counts, why))
    return Coverage(Counts(*total), tuple(found), gaps)


def coverage_line(loaded: Loaded) -> str:
    """``Seen 412 of 430 models, 98.9 % of columns; 18 gaps (lineage coverage lists them)``."""
    return coverage(loaded).line


def gaps_of(loaded: Loaded, nodes: Iterable[str]) -> tuple[Gap, ...]:
    """The gaps of some nodes, sorted by node."""
    wanted = frozenset(nodes)
    return tuple(gap for gap in loaded.graph.gaps if gap.node in wanted)


# -- counting ------------------------------------------------------------------------------------


def _node_counts(loaded: Loaded, node: str) -> Counts:
    data, vertices = loaded.graph.data, loaded.graph.columns_of(node)
    found: Counter[str] = Counter()
    for vertex in vertices:
        flags = data.column_flags[vertex]
        if not flags and data.up_at[vertex] < data.up_at[vertex + 1]:
            found["resolved"] += 1
        else:
            found[_class(flags, data.up_at[vertex] < data.up_at[vertex + 1])] += 1
    seen = len(vertices) > found["opaque"] + found["failed"]
    return Counts(1, int(seen), *(found[name] for name in Counts._fields[2:]))


def _class(flags: int, has_sources: bool) -> str:
    if flags & ColumnFlag.OPEN:
        return "open"
    if flags & ColumnFlag.FAILED:
        return "failed"
    if flags & ColumnFlag.OPAQUE:
        return "opaque"
    if has_sources:
        return "resolved"
    # Nothing may be left out in silence: a column with neither sources nor an excuse has failed.
    return "constant" if flags & (ColumnFlag.CONSTANT | ColumnFlag.ROW_DEPENDENT) else "failed"


# -- shapes --------------------------------------------------------------------------------------


def _percent(counts: Counts) -> str:
    """``98.9 %``; never rounded up to 100."""
    return f"{int(counts.share * 1000) / 10:.1f} %".replace(".0 %", " %")


def _facts(answer: Coverage) -> tuple[Fact, ...]:
    counts = answer.counts
    missed = counts.opaque + counts.failed + counts.open
    return (
        Fact(
            "models understood",
            f"{counts.models_seen} of {counts.models}",
            "good" if counts.models_seen == counts.models else "warn",
        ),
        Fact("columns accounted for", _percent(counts), "warn" if missed else "good"),
        Fact("columns with sources", counts.resolved),
        Fact("constant columns", counts.constant),
        Fact("opaque columns", counts.opaque, "warn" if counts.opaque else "info"),
        Fact("failed columns", counts.failed, "bad" if counts.failed else "info"),
        Fact("open stars", counts.open, "warn" if counts.open else "info"),
        Fact("gaps", len(answer.gaps)),
    )


def _reason_table(gaps: tuple[Gap, ...]) -> Table:
    counted = Counter(gap.reason for gap in gaps)
    nodes = {reason: len({g.node for g in gaps if g.reason == reason}) for reason in counted}
    rows = tuple(
        (reason, counted[reason], nodes[reason], REASONS.get(reason, ""))
        for reason in sorted(counted, key=lambda r: (-counted[r], r))
    )
    return Table(
        "By reason", ("reason", "gaps", "nodes", "what it means"), rows, ("what it means",)
    )


def _node_table(nodes: tuple[NodeCoverage, ...]) -> Table:
    rows = []
    for node, counts, reasons in nodes:
        accounted = counts.resolved + counts.constant
        if accounted < counts.columns or not counts.models_seen:
            rows.append((short_name(node), counts.columns, accounted, ", ".join(reasons)))
    heads = ("model", "columns", "accounted for", "reasons")
    return Table("Models not seen in full", heads, tuple(rows), ("reasons",))


def _data(answer: Coverage) -> dict[str, Any]:
    counts = answer.counts
    reasons = Counter(gap.reason for gap in answer.gaps)
    return {
        "counts": {**counts._asdict(), "columns": counts.columns, "share": round(counts.share, 6)},
        "reasons": {reason: reasons[reason] for reason in sorted(reasons)},
        "nodes": [
            {"node": n.node, **n.counts._asdict(), "reasons": list(n.reasons)} for n in answer.nodes
        ],
    }
