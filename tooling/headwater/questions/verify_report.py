"""`Verify` in shapes: what the graph lacks first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from headwater.core.columns import ColumnRef, short_name
from headwater.core.report import Cell, Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.questions.effects import effect_text, ref_text

if TYPE_CHECKING:
    from headwater.questions.verify import Verdict, Verify

ROWS = "(rows)"


def verify_report(answer: Verify) -> Report:
    """The answer in shapes. The first table is shown also when it is empty, as it should be.

    What was never seen comes last: it can be long, and is the least alarming.
    """
    further = (_untested(answer), _by_model(answer), _never_seen(answer))
    return Report(
        title=f"Verified by experiment: {_models(answer)}",
        facts=_facts(answer),
        tables=(_missed(answer), *(table for table in further if table.rows)),
        graph=_picture(answer),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer),
    )


def _models(answer: Verify) -> str:
    names = [short_name(verdict.node) for verdict in answer.verdicts]
    more = f" (+{len(names) - 5})" if len(names) > 5 else ""
    return (", ".join(names[:5]) + more) or "nothing"


def _facts(answer: Verify) -> tuple[Fact, ...]:
    verdicts = answer.verdicts
    tested = sum(verdict.is_tested for verdict in verdicts)
    missed = sum(len(verdict.missed) for verdict in verdicts)
    seen = sum(verdict.seen for verdict in verdicts)
    claimed = sum(verdict.claimed for verdict in verdicts)
    return (
        Fact("models tested", f"{tested} of {len(verdicts)}", _level(tested == len(verdicts))),
        Fact("seen to move, not in the graph", missed, "bad" if missed else "good"),
        Fact("in the graph", claimed),
        Fact("in the graph, and seen to move", seen),
        Fact("in the graph, never seen to move", claimed - seen),
    )


def _level(is_good: bool) -> str:
    return "good" if is_good else "warn"


def _missed(answer: Verify) -> Table:
    rows = tuple(
        (short_name(verdict.node), each.output or ROWS, ref_text(answer.graph, each.source))
        for verdict in answer.verdicts
        for each in verdict.missed
    )
    return Table("Seen to move, not in the graph", ("model", "moved", "when changed"), rows)


def _never_seen(answer: Verify) -> Table:
    rows = []
    for verdict in answer.verdicts:
        for each in verdict.never_seen:
            target = ColumnRef(verdict.node, each.output)
            words = ", ".join(effect_text(effect, each.source, target) for effect in each.effects)
            output = each.output or ROWS
            source = ref_text(answer.graph, each.source)
            rows.append((short_name(verdict.node), output, source, words, each.tried))
    heads = ("model", "output", "source", "effect", "tried")
    return Table("In the graph, never seen to move", heads, tuple(rows), fold=("model",))


def _untested(answer: Verify) -> Table:
    rows = tuple((short_name(each.node), each.what, each.reason) for each in answer.untested)
    heads = ("model", "what", "reason")
    return Table("Could not be tested", heads, rows, ("what", "reason"))


def _by_model(answer: Verify) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            short_name(verdict.node),
            verdict.trial.runs,
            verdict.trial.rows,
            verdict.claimed,
            verdict.seen,
            len(verdict.missed),
            _data_words(verdict),
        )
        for verdict in answer.verdicts
        if verdict.is_tested
    )
    heads = ("model", "runs", "most rows", "in the graph", "seen", "missed", "data")
    return Table("Tested", heads, rows, ("data",))


def _data_words(verdict: Verdict) -> str:
    counted = Counter(verdict.trial.data.values())
    parts = [f"{counted[origin]} {origin}" for origin in sorted(counted)]
    return ", ".join(parts) or "no inputs"


def _picture(answer: Verify) -> Subgraph:
    """Arrows of what was seen; dotted what was not, and labelled what the graph lacks."""
    boxes: dict[str, GraphNode] = {}
    edges = []
    for source, target, label in _arrows(answer):
        for ref in (source, target):
            name = ref.column or ROWS
            boxes.setdefault(str(ref), GraphNode(str(ref), name, _kind(answer, ref), ref.node))
        edges.append(GraphEdge(str(source), str(target), label, direct=label != "never seen"))
    return Subgraph(tuple(boxes.values()), tuple(edges))


def _arrows(answer: Verify) -> Iterator[tuple[ColumnRef, ColumnRef, str]]:
    for verdict in answer.verdicts:
        for miss in verdict.missed:
            yield miss.source, ColumnRef(verdict.node, miss.output), "not in the graph"
        for each in verdict.never_seen:
            yield each.source, ColumnRef(verdict.node, each.output), "never seen"


def _kind(answer: Verify, ref: ColumnRef) -> str:
    return answer.graph.kind(ref.node) if ref.node in answer.graph else "column"


def _data(answer: Verify) -> dict[str, Any]:
    verdicts = answer.verdicts
    return {
        "counts": {
            "models": len(verdicts),
            "tested": sum(verdict.is_tested for verdict in verdicts),
            "in_graph": sum(verdict.claimed for verdict in verdicts),
            "seen": sum(verdict.seen for verdict in verdicts),
            "missed": sum(len(verdict.missed) for verdict in verdicts),
        },
        "models": [_verdict_data(verdict) for verdict in verdicts],
    }


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    trial = verdict.trial
    return {
        "node": verdict.node,
        "tested": verdict.is_tested,
        "runs": trial.runs,
        "rows": trial.rows,
        "data": dict(trial.data),
        "in_graph": verdict.claimed,
        "seen": verdict.seen,
        "missed": [
            {"source": _ref_data(each.source), "output": each.output} for each in verdict.missed
        ],
        "never_seen": [
            {
                "source": _ref_data(each.source),
                "output": each.output,
                "effects": [effect.name for effect in each.effects],
                "tried": each.tried,
            }
            for each in verdict.never_seen
        ],
        "untested": [{"what": each.what, "reason": each.reason} for each in verdict.untested],
    }


def _ref_data(ref: ColumnRef) -> dict[str, Any]:
    return {"node": ref.node, "column": ref.column}
