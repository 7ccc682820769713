"""`Freshness` in shapes: exposures first, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from headwater.core.columns import short_name
from headwater.core.moments import time_text
from headwater.core.report import Cell, Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.core.sla import ERROR, PASS, WARN, duration_words, moment_words

if TYPE_CHECKING:
    from headwater.questions.freshness import Freshness, FreshnessRow

_KEPT, _DAYS = "kept in 7 / 30 days", "last 30 days"
_LEVELS = {ERROR: "bad", PASS: "good", "not configured": "info"}
_PLURAL = {"exposure": "Exposures", "model": "Models and snapshots", "source": "Sources"}
_SHOWN = 3  #: names in a sentence
_WRAP = ("promised", "next", _DAYS, "why", "culprit", "owner", "exposures", "so late")


def freshness_report(answer: Freshness) -> Report:
    """The answer in shapes. The models that promise nothing are counted, not listed."""
    tables = [
        _culprits(answer),
        _table(answer, "exposure"),
        _table(answer, "model"),
        _table(answer, "source"),
    ]
    return Report(
        headline=_headline(answer),
        title="Freshness: what is stale, since when, whose fault",
        facts=_facts(answer),
        tables=tuple(table for table in tables if table.rows or table.title == "Sources"),
        graph=_picture(answer),
        coverage=_coverage(answer),
        data=_data(answer),
    )


def _facts(answer: Freshness) -> tuple[Fact, ...]:
    from headwater.questions.freshness import STATUSES  # noqa: PLC0415 - a circle

    counted = {status: len(answer.of(status)) for status in STATUSES}
    worst = next((status for status in STATUSES if counted[status]), PASS)
    facts = [Fact("worst", worst, _level(worst))]
    facts += [Fact(status, count, _level(status)) for status, count in counted.items() if count]
    return (*facts, Fact("as of", time_text(answer.now)))


def _level(status: str) -> str:
    return _LEVELS.get(status, "warn")


def _coverage(answer: Freshness) -> str:
    without = answer.sources - answer.sources_configured
    if not answer.sources:
        return "The project has no sources"
    if not without:
        all_of_them = f"All {answer.sources} sources promise"
        return f"{all_of_them if answer.sources > 1 else 'The one source promises'} freshness"
    have = "has" if without == 1 else "have"
    return f"{without} of {answer.sources} sources {have} no freshness"


def _table(answer: Freshness, kind: str) -> Table:
    kinds = ("model", "snapshot") if kind == "model" else (kind,)
    rows = [row for row in answer.rows if row.kind in kinds]
    if kind == "model":
        rows = [row for row in rows if row.status != "not configured"]
    cells: list[tuple[Cell, ...]] = []
    has_history = any(row.attained for row in answer.rows)
    for row in rows:
        history = (attained_words(row), row.days or None) if has_history else ()
        cells.append(
            (
                short_name(row.node),
                row.status,
                age_text(row),
                _moment(row.since, row),
                row.promised or None,
                _moment(row.next, row),
                *history,
                row.reason,
                _blame(row),
                owner_words(row),
            )
        )
    kept = (_KEPT, _DAYS) if has_history else ()
    heads = (kind, "status", "age", "late since", "promised", "next", *kept)
    heads += ("why", "culprit", "owner")
    return Table(_PLURAL[kind], heads, tuple(cells), _WRAP, is_sparse=True, strips=kept[1:])


def _moment(at: datetime | None, row: FreshnessRow) -> str | None:
    return None if at is None else moment_words(at, row.zone)


# -- whose fault ---------------------------------------------------------------------------------


def _late(answer: Freshness) -> dict[str, list[FreshnessRow]]:
    """What is late or may be, by whose fault: the worst first, then the one that hits most."""
    from headwater.questions.freshness import NOT_CONFIGURED, STATUSES  # noqa: PLC0415 - a circle

    found: dict[str, list[FreshnessRow]] = {}
    for row in answer.rows:
        if row.status not in (PASS, NOT_CONFIGURED):
            found.setdefault(row.culprit, []).append(row)

    def order(culprit: str) -> tuple[int, int, str]:
        rows = found[culprit]
        hit = sum(row.kind == "exposure" for row in rows)
        return min(STATUSES.index(row.status) for row in rows), -hit, culprit

    return {culprit: found[culprit] for culprit in sorted(found, key=order)}


def _headline(answer: Freshness) -> Fact | None:
    """The answer in one sentence."""
    exposures = [row for row in answer.rows if row.kind == "exposure"]
    late = [row for row in exposures if row.status in (ERROR, WARN)]
    unsure = [row for row in exposures if row.status in ("old artifact", "unknown")]
    if late:
        culprits = list(dict.fromkeys(row.culprit for row in late))
        said = f"{len(late)} of {len(exposures)} exposures late, because of {_names(culprits)}"
        worst = ERROR if any(row.status == ERROR for row in late) else WARN
        return Fact("answer", said, _level(worst))
    if unsure:
        said = f"of {len(unsure)} of {len(exposures)} exposures nobody knows whether they are late"
        return Fact("answer", said, "warn")
    if exposures and any(row.status == PASS for row in exposures):
        return Fact("answer", "no exposure is late", "good")
    others = list(_late(answer))
    return Fact("answer", f"late, or maybe late: {_names(others)}", "warn") if others else None


def _names(nodes: Sequence[str]) -> str:
    said = ", ".join(map(short_name, nodes[:_SHOWN]))
    return said + (f" (+{len(nodes) - _SHOWN})" if len(nodes) > _SHOWN else "")


def _culprits(answer: Freshness) -> Table:
    """Each node that is to blame, and what it holds up."""
    rows: list[tuple[Cell, ...]] = []
    known = {row.node: row for row in answer.rows}
    for culprit, late in _late(answer).items():
        first, own = late[0], known.get(culprit, late[0])
        hit = sorted({name for row in late for name in row.exposures if row.kind != "exposure"})
        hit = sorted({*hit, *(row.node for row in late if row.kind == "exposure")})
        worst = first.status if own.status == PASS else own.status
        since = own if own.since else next((row for row in late if row.since), own)
        rows.append(
            (
                short_name(culprit),
                worst,
                _moment(since.since, since),
                own.reason,
                ", ".join(map(short_name, hit)) or None,
                sum(row.kind != "exposure" and row.node != culprit for row in late),
                owner_words(own) if culprit in known else None,
            )
        )
    heads = ("culprit", "status", "late since", "why", "exposures", "late models", "owner")
    wrap = ("why", "exposures", "owner")
    return Table("Whose fault", heads, tuple(rows), wrap, is_sparse=True)


def age_text(row: FreshnessRow) -> str | None:
    """``26h``; ``26h or more`` when something upstream is not known."""
    if row.age is None:
        return None
    said = duration_words(row.age)
    return f"{said} or more" if row.unknown and row.kind != "source" else said


def attained_words(row: FreshnessRow) -> str | None:
    """``100 % / 96.7 %``: how often the promise was kept, of what is known."""
    said = [f"{_percent(a.percent)}" for a in row.attained]
    return " / ".join(said) if any(a.known for a in row.attained) else None


def _percent(share: float | None) -> str:
    """Cut, never rounded up: 100 % means always."""
    return "?" if share is None else f"{int(share * 10) / 10:g} %"


def _blame(row: FreshnessRow) -> str | None:
    """The way from the culprit to the node; nothing when it is the node itself."""
    if len(row.path) < 2:
        return None
    return " > ".join(short_name(name) for name in row.path[:-1])


def owner_words(row: FreshnessRow) -> str | None:
    """Whom to call."""
    return row.owner.get("name") or row.owner.get("email") or None


def _picture(answer: Freshness) -> Subgraph:
    """The ways from culprits to what is late."""
    from headwater.questions.freshness import NOT_CONFIGURED  # noqa: PLC0415 - a circle

    nodes: dict[str, GraphNode] = {}
    edges: dict[tuple[str, str], GraphEdge] = {}
    for row in answer.rows:
        if row.status in (PASS, NOT_CONFIGURED):
            continue
        for name in (*row.path, row.node):
            nodes.setdefault(name, GraphNode(name, short_name(name), "node"))
        nodes[row.node] = GraphNode(row.node, f"{short_name(row.node)}: {row.status}", "node")
        for above, below in zip(row.path, row.path[1:], strict=False):
            edges.setdefault((above, below), GraphEdge(above, below))
    return Subgraph(tuple(nodes.values()), tuple(edges.values()))


def _data(answer: Freshness) -> dict[str, Any]:
    return {
        "now": time_text(answer.now),
        "max_artifact_age_seconds": int(answer.max_artifact_age.total_seconds()),
        "sources": answer.sources,
        "sources_configured": answer.sources_configured,
        "rows": [_row_data(row) for row in answer.rows],
    }


def _row_data(row: FreshnessRow) -> dict[str, Any]:
    return {
        "node": row.node,
        "kind": row.kind,
        "status": row.status,
        "reason": row.reason,
        "as_of": time_text(row.as_of),
        "age_seconds": None if row.age is None else int(row.age.total_seconds()),
        "promised": row.promised or None,
        "checked_at": time_text(row.checked_at),
        "last_build": time_text(row.last_build),
        "culprit": row.culprit,
        "path": list(row.path),
        "unknown": list(row.unknown),
        "late_since": time_text(row.since),
        "next": time_text(row.next),
        "time_zone": row.zone,
        "owner": dict(row.owner),
        "exposures": list(row.exposures),
        "attained": [each._asdict() | {"percent": each.percent} for each in row.attained],
        "days": row.days or None,
    }
