"""`Runs` in shapes: failures first, then what to run again, then where the time went."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from headwater.core.columns import short_name
from headwater.core.moments import time_text
from headwater.core.report import (
    Bar,
    Cell,
    Fact,
    GraphEdge,
    GraphNode,
    Report,
    Subgraph,
    Table,
    Timeline,
)
from headwater.core.runs import BAD, DID_NOT_RUN, REUSED, SKIPPED, NodeRun, Run

if TYPE_CHECKING:
    from headwater.questions.run_causes import Before, Failure
    from headwater.questions.runs import Runs

_SHOWN = 10  #: of the slowest nodes
_BARS = 40
_LINES = 3  #: of a message
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  #: dbt shows what a unit test has found in colours


def runs_report(answer: Runs) -> Report:
    """The answer in shapes."""
    run = answer.run
    if run is None:
        return Report(
            title="Runs",
            facts=(Fact("runs", 0, "warn"),),
            coverage="No run is known: no run_results.json",
            data={"run": None, "runs": []},
        )
    return Report(
        title=f"Run of dbt {run.command}".rstrip(),
        headline=_headline(answer, run),
        facts=_facts(answer, run),
        tables=_tables(answer, run),
        graph=_picture(answer),
        coverage=_coverage(answer),
        data=_data(answer, run),
        timeline=_timeline(answer, run),
    )


def _headline(answer: Runs, run: Run) -> Fact:
    """The answer in one sentence."""
    if not answer.failures:
        reused, left = len(answer.of(REUSED)), len(answer.of(SKIPPED))
        said = f"nothing failed, in {seconds_words(run.seconds)}"
        if left:
            return Fact(
                "answer", f"{said}, but the run ended before {left} of its nodes ran", "warn"
            )
        return Fact("answer", said + (f"; {reused} reused" if reused else ""), "good")
    roots = [each for each in answer.failures if not each.after] or list(answer.failures)
    said = f"{short_name(roots[0].node)} failed"
    said += f", and {len(answer.failures) - 1} more" if len(answer.failures) > 1 else ""
    skipped = len(answer.of(SKIPPED))
    said += f"; {skipped} did not run because of that" if skipped else ""
    shown = sorted({name for each in answer.failures for name in each.exposures})
    names = ", ".join(map(short_name, shown[:_LINES]))
    more = f" (+{len(shown) - _LINES})" if len(shown) > _LINES else ""
    return Fact("answer", said + (f"; exposures: {names}{more}" if shown else ""), "bad")


def _facts(answer: Runs, run: Run) -> tuple[Fact, ...]:
    failed, skipped = len(answer.failures), len(answer.of(SKIPPED))
    warned = len(answer.of("warn"))
    facts = [
        _status(failed, skipped),
        Fact("began", time_text(run.at)),
        Fact("took", seconds_words(run.seconds)),
        Fact("ran", len(run.nodes) - len(answer.of(*DID_NOT_RUN))),
    ]
    facts += [Fact("failed", failed, "bad")] if failed else []
    facts += [Fact("skipped", skipped, "warn")] if skipped else []
    facts += [Fact("warned", warned, "warn")] if warned else []
    facts += [Fact("reused", len(answer.of(REUSED)))] if answer.of(REUSED) else []
    facts += [Fact("slower than usual", len(answer.slower), "warn")] if answer.slower else []
    if answer.path:
        longest = sum(step.seconds for step in answer.path)
        facts.append(Fact("critical path", seconds_words(longest)))
    worked = sum(each.seconds for each in run.nodes)
    if run.seconds > 0 and worked > 0:
        facts.append(Fact("threads busy", round(worked / run.seconds, 1)))
    facts += [Fact("retries an earlier run", True)] if run.is_retry else []
    facts += [Fact("run again", command) for command in answer.retry[:1]]
    return tuple(facts)


def _status(failed: int, skipped: int) -> Fact:
    if failed:
        return Fact("status", "failed", "bad")
    return (
        Fact("status", "not finished", "warn") if skipped else Fact("status", "went well", "good")
    )


def seconds_words(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``3 min 5 s``, ``2 h 10 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def _coverage(answer: Runs) -> str:
    said = f"{len(answer.earlier)} earlier runs to compare with"
    if len(answer.earlier) == 1:
        said = "1 earlier run to compare with"
    if answer.unknown:
        names = ", ".join(short_name(name) for name in answer.unknown[:3])
        more = f" (+{len(answer.unknown) - 3})" if len(answer.unknown) > 3 else ""
        said += f"; not in the manifest: {names}{more}"
    return said


# -- tables --------------------------------------------------------------------------------------


def _tables(answer: Runs, run: Run) -> tuple[Table, ...]:
    tables = [_failed(answer), _skipped(answer), _again(answer)]
    tables = [table for table in tables if table.rows]
    tables.append(_slowest(answer))
    tables += [table for table in (_slower(answer), _path(answer)) if table.rows]
    if answer.earlier:
        tables.append(_history(answer, run))
    return tuple(tables)


def _failed(answer: Runs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in answer.failures:
        after = ", ".join(map(short_name, each.after))
        before = answer.before.get(each.node)
        rows.append(
            (
                short_name(each.node),
                each.status,
                f"maybe: after {after}" if after else "yes",
                *((_before_words(before),) if answer.before else ()),
                len(each.skipped),
                ", ".join(map(short_name, each.exposures)) or None,
                message_words(each.message),
            )
        )
    ended = ("before",) if answer.before else ()
    heads = ("node", "status", "root cause", *ended, "skipped", "exposures", "message")
    return Table("Failures", heads, tuple(rows), ("before", "exposures", "message"))


def _before_words(before: Before | None) -> str | None:
    """``new``; ``since 2026-10-20: 3 of 7 runs failed``."""
    if before is None:
        return None
    runs = f"{before.failed} of {before.runs} runs before failed"
    since = time_text(before.since) if before.is_old else None
    return f"since {since}: {runs}" if since else f"new: {runs}" if before.failed else "new"


def message_words(message: str) -> str | None:
    """The first lines of what dbt said; where the compiled code lies says nothing more."""
    lines = [line.strip() for line in _COLOURS.sub("", message).splitlines()]
    lines = [line for line in lines if line and not line.startswith("compiled code at")]
    more = "\n…" if len(lines) > _LINES else ""
    return "\n".join(lines[:_LINES]) + more if lines else None


def _skipped(answer: Runs) -> Table:
    rows = []
    for each in answer.failures:
        for name in each.skipped:
            rows.append((short_name(each.node), short_name(name)))
    known = {name for each in answer.failures for name in each.skipped}
    # Nothing above failed: the first failure ended the run (`--fail-fast`), or somebody did.
    ended = "the end of the run"
    others = [each for each in answer.of(SKIPPED) if each.node not in known]
    rows += [(ended, short_name(each.node)) for each in others]
    return Table("Skipped", ("because of", "node"), tuple(rows), fold=("because of",))


def _again(answer: Runs) -> Table:
    rows = tuple((command,) for command in answer.retry)
    return Table("What to run again", ("command",), rows, ("command",))


def _slowest(answer: Runs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    total = sum(each.seconds for each in answer.slowest) or 1.0
    for each in answer.slowest[:_SHOWN]:
        usual = answer.usual.get(each.node)
        rows.append(
            (
                short_name(each.node),
                round(each.seconds, 2),
                round(100 * each.seconds / total),
                round(usual.p50, 2) if usual else None,
                each.rows,
                each.status,
            )
        )
    heads = ("node", "seconds", "% of all", "usual", "rows", "status")
    return Table("Slowest", heads, tuple(rows))


def _slower(answer: Runs) -> Table:
    rows = tuple(
        (
            short_name(each.node),
            round(each.seconds, 2),
            round(each.usual.p50, 2),
            round(each.usual.p95, 2),
            round(each.ratio, 1),
            each.usual.runs,
        )
        for each in answer.slower
    )
    heads = ("node", "seconds", "p50", "p95", "times", "runs")
    return Table("Slower than usual", heads, rows)


def _path(answer: Runs) -> Table:
    rows, total = [], 0.0
    for step in answer.path:
        total += step.seconds
        rows.append((short_name(step.node), round(step.seconds, 2), round(total, 2)))
    return Table("Critical path", ("node", "seconds", "so far"), tuple(rows))


def _history(answer: Runs, run: Run) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in (*answer.earlier[-(_SHOWN - 1) :], run):
        bad = sum(result.status in BAD for result in each.nodes)
        skipped = sum(result.status == SKIPPED for result in each.nodes)
        rows.append(
            (
                time_text(each.at),
                each.id[:8],
                each.command or None,
                round(each.seconds, 1),
                len(each.nodes),
                bad,
                skipped,
            )
        )
    heads = ("began", "run", "command", "seconds", "nodes", "failed", "skipped")
    return Table("Runs", heads, tuple(rows[::-1]))


# -- pictures ------------------------------------------------------------------------------------


def _level(result: NodeRun) -> str:
    if result.status in BAD:
        return "bad"
    return "warn" if result.status == "warn" else "good"


def _timeline(answer: Runs, run: Run) -> Timeline:
    """The bars of what took longest, and of every failure, in the order in which they began."""
    ran = [each for each in run.nodes if each.status != REUSED]
    timed = [each for each in ran if each.started_at and each.completed_at]
    if not timed or run.at is None:
        return Timeline()
    start = min(each.started_at for each in timed if each.started_at)
    critical = {step.node for step in answer.path}
    ranked = sorted(
        timed, key=lambda n: (n.status not in BAD, n.node not in critical, -n.seconds, n.node)
    )
    bars = [
        Bar(
            label=short_name(each.node),
            begin=(each.started_at - start).total_seconds(),
            # A clock that was set back meanwhile would let it end before it began.
            end=(max(each.completed_at, each.started_at) - start).total_seconds(),
            level=_level(each),
            lane=each.thread,
            mark=each.node in critical,
        )
        for each in ranked[:_BARS]
        if each.started_at and each.completed_at
    ]
    left = len(timed) - len(bars)
    note = "* on the critical path" + (f"; {left} shorter ones are not shown" if left else "")
    seconds = max((bar.end for bar in bars), default=0.0)
    ordered = tuple(sorted(bars, key=lambda bar: (bar.begin, bar.end, bar.label)))
    return Timeline("Timeline", ordered, seconds, note, before="Slowest")


def _picture(answer: Runs) -> Subgraph:
    """Failures and what they kept from running; the critical path when there is none."""
    nodes: dict[str, GraphNode] = {}
    edges: list[GraphEdge] = []

    def box(name: str, word: str = "") -> str:
        label = f"{short_name(name)}: {word}" if word else short_name(name)
        nodes.setdefault(name, GraphNode(name, label, "node"))
        return name

    for each in answer.failures:
        box(each.node, each.status)
    for each in answer.failures:
        edges += [GraphEdge(box(each.node), box(name, SKIPPED)) for name in each.skipped]
    if not answer.failures:
        steps = [box(step.node, seconds_words(step.seconds)) for step in answer.path]
        edges += [GraphEdge(a, b) for a, b in pairwise(steps)]
    return Subgraph(tuple(nodes.values()), tuple(edges))


# -- data ----------------------------------------------------------------------------------------


def _data(answer: Runs, run: Run) -> dict[str, Any]:
    return {
        "run": _run_data(run),
        "nodes": [_node_data(each) for each in run.nodes],
        "failures": [each._asdict() | _before_data(answer, each) for each in answer.failures],
        "skipped": [each.node for each in answer.of(SKIPPED)],
        "reused": [each.node for each in answer.of(REUSED)],
        "retry": list(answer.retry),
        "critical_path": [step._asdict() for step in answer.path],
        "slower": [
            {"node": s.node, "seconds": s.seconds, "ratio": round(s.ratio, 3)} | s.usual._asdict()
            for s in answer.slower
        ],
        "usual": {name: usual._asdict() for name, usual in sorted(answer.usual.items())},
        "unknown": list(answer.unknown),
        "runs": [_run_data(each) for each in answer.earlier],
    }


def _before_data(answer: Runs, failure: Failure) -> dict[str, Any]:
    before = answer.before.get(failure.node)
    if before is None:
        return {"before": None}
    return {"before": before._asdict() | {"since": time_text(before.since)}}


def _run_data(run: Run) -> dict[str, Any]:
    statuses: dict[str, int] = {}
    for each in run.nodes:
        statuses[each.status] = statuses.get(each.status, 0) + 1
    return {
        "id": run.id,
        "command": run.command,
        "began": time_text(run.at),
        "seconds": run.seconds,
        "dbt_version": run.dbt_version,
        "is_partial": run.is_partial,
        "is_retry": run.is_retry,
        "statuses": dict(sorted(statuses.items())),
    }


def _node_data(each: NodeRun) -> dict[str, Any]:
    return {
        "node": each.node,
        "status": each.status,
        "seconds": each.seconds,
        "started_at": time_text(each.started_at),
        "completed_at": time_text(each.completed_at),
        "thread": each.thread,
        "rows": each.rows,
        "failures": each.failures,
    }
