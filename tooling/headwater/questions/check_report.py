"""`Check` in shapes: the verdict, exposures, what breaks, what is missing, the models, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from headwater.core.changes import Verdict
from headwater.core.columns import short_name
from headwater.core.report import (
    Cell,
    Fact,
    Finding,
    GraphEdge,
    GraphNode,
    Report,
    Subgraph,
    Table,
)
from headwater.questions.check_findings import RULES, Found, is_test, place_name
from headwater.questions.check_places import Places
from headwater.questions.effects import owner_text, test_name

if TYPE_CHECKING:
    from headwater.questions.check import Check

MOST_IN_SIGHT = 20  #: rows; a longer table is folded where a format can
_DEMANDS = ("required", "budget")


def check_report(answer: Check) -> Report:
    """The answer in shapes. Tables without rows are left out."""
    places = Places(answer)
    tables = (
        _exposures(answer),
        *_broken(answer, places),
        _demands(answer, places),
        _edits(answer, places),
        *_downstream(answer),
        _orphans(answer),
        _waivers(answer),
        _excused(answer),
    )
    title = "Check of the change" if answer.diff else "Check of the project"
    return Report(
        title=title,
        facts=_facts(answer),
        tables=tuple(table for table in tables if table.rows),
        graph=_picture(answer),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer, places),
        headline=_headline(answer),
        findings=tuple(_told(answer, each, places) for each in answer.findings),
        rules=RULES,
    )


def name_of(node: str) -> str:
    """The node as people call it; tests without their hash."""
    return test_name(node) if is_test(node) else short_name(node)


def _told(answer: Check, found: Found, places: Places) -> Finding:
    file, line = places.of(found)
    subject = found.subject
    name = name_of(subject.node) if subject.node else found.detail
    needed = f" ({found.detail})" if subject.rule == "required" else ""
    return Finding(
        rule=subject.rule,
        level=found.level,
        message=found.message,
        subject=(name if subject.column is None else f"{name}.{subject.column}") + needed,
        file=file,
        line=line,
        fingerprint=found.fingerprint,
        excused=found.excused,
    )


# -- the verdict ---------------------------------------------------------------------------------


def _nodes(found: Iterable[Found], verdict: Verdict) -> set[str]:
    """The nodes that feel it; tests only when they break."""
    there = (f.subject for f in found if f.hit is not None and f.subject.verdict is verdict)
    return {s.node for s in there if verdict is Verdict.BREAKS or not is_test(s.node)}


def _count(number: int, one: str, more: str) -> list[str]:
    return [f"{number} {one if number == 1 else more}"] if number else []


def _headline(answer: Check) -> Fact:
    """What happened in one line: what breaks, who feels it, what is missing."""
    found = answer.open
    blocked = answer.diff.propagation.blocked if answer.diff else frozenset()
    breaks = _nodes(found, Verdict.BREAKS)
    exposures = {f.subject.node for f in found if f.subject.node.startswith("exposure.")}
    breaks -= exposures
    edits = sum(f.change is not None and f.subject.verdict is Verdict.BREAKS for f in found)
    parts = [
        *_count(len(breaks - blocked) + edits, "thing breaks", "things break"),
        *_count(len(breaks & blocked), "is not built", "are not built"),
        *_count(len(exposures), "exposure feels it", "exposures feel it"),
        *_count(len(_nodes(found, Verdict.ROWS)), "has other rows", "have other rows"),
        *_count(len(_nodes(found, Verdict.VALUE)), "has other values", "have other values"),
        *_count(len(_nodes(found, Verdict.UNKNOWN)), "could not be told", "could not be told"),
        *_count(sum(f.subject.rule in _DEMANDS for f in found), "demand of the policy not met",
                "demands of the policy not met"),
        *_count(sum(f.subject.rule == "waiver-expired" for f in found), "waiver has ended",
                "waivers have ended"),
    ]  # fmt: skip
    text = ", ".join(parts) or _quiet(answer)
    level = "bad" if answer.is_hit else "warn" if _is_loud(found) else "good"
    return Fact("check", text, level)


def _quiet(answer: Check) -> str:
    if answer.diff is None:
        return "the project keeps to its policy"
    if not answer.diff.nodes:
        return "nothing was changed"
    excused = ", but for what is excused" if len(answer.open) < len(answer.findings) else ""
    return f"nothing downstream feels the change{excused}"


def _is_loud(found: Sequence[Found]) -> bool:
    return any(f.level in ("error", "warning") for f in found)


def _facts(answer: Check) -> tuple[Fact, ...]:
    found = answer.open
    levels = {level: sum(f.level == level for f in found) for level in ("error", "warning", "note")}
    gate = "hit" if answer.is_hit else "not hit"
    facts = [
        Fact(
            "gate", f"{gate} (fail on: {answer.fail_on.value})", "bad" if answer.is_hit else "good"
        ),
        Fact("errors", levels["error"], "bad" if levels["error"] else "info"),
        Fact("warnings", levels["warning"]),
        Fact("notes", levels["note"]),
    ]
    if len(found) < len(answer.findings):
        facts.append(Fact("excused", len(answer.findings) - len(found)))
    if answer.policy.file:
        facts.append(Fact("policy", answer.policy.file))
    if answer.diff is not None:
        facts += [Fact("note", note, "warn") for note in answer.diff.notes]
        if answer.diff.build_command:
            facts.append(Fact("to build", answer.diff.build_command))
    return tuple(facts)


# -- tables --------------------------------------------------------------------------------------


def _exposures(answer: Check) -> Table:
    nodes = answer.loaded.project.nodes
    by_node: dict[str, list[Found]] = {}
    for found in answer.open:
        if found.subject.node.startswith("exposure."):
            by_node.setdefault(found.subject.node, []).append(found)
    rows: list[tuple[Cell, ...]] = []
    for node, there in by_node.items():
        worst = max(there, key=lambda f: f.subject.verdict)
        what = worst.subject.verdict.words
        rows.append((short_name(node), owner_text(nodes.get(node)), what, _why(worst)))
    return Table("Exposures", ("exposure", "owner", "what", "why"), tuple(rows), ("owner", "why"))


def _why(found: Found) -> str:
    """What makes it so, and through what it comes."""
    if found.hit is None:
        return found.change.reason if found.change is not None else found.message
    via = found.hit.via
    through = "" if via.node == found.hit.place.node else f" (through {place_name(via)})"
    return f"{found.hit.reason}{through}"


def _broken(answer: Check, places: Places) -> Iterator[Table]:
    """What breaks, the nearest first; what is only not built, because of another, by itself."""
    blocked = answer.diff.propagation.blocked if answer.diff else frozenset()
    found = [
        f
        for f in answer.open
        if f.subject.verdict is Verdict.BREAKS and not f.subject.node.startswith("exposure.")
    ]
    found.sort(key=lambda f: f.hit.depth if f.hit else 0)
    heads = ("what", "kind", "why", "where")
    for title, wanted in (("Breaks", False), ("Not built, because of these", True)):
        rows = tuple(
            (_subject(f), _kind(answer, f), _why(f), places.shown(f))
            for f in found
            if (f.subject.node in blocked) is wanted
        )
        yield Table(title, heads, rows, ("why", "where"), is_detail=wanted)


def _subject(found: Found) -> str:
    subject = found.subject
    name = name_of(subject.node)
    return name if subject.column is None else f"{name}.{subject.column}"


def _kind(answer: Check, found: Found) -> str:
    node = answer.loaded.project.nodes.get(found.subject.node)
    return (node.kind if node else found.subject.node.partition(".")[0]).replace("_", " ")


def _demands(answer: Check, places: Places) -> Table:
    rows = tuple(
        (found.level, found.message, places.shown(found))
        for found in answer.open
        if found.subject.rule in (*_DEMANDS, "waiver-expired")
    )
    return Table("Demands of the policy", ("level", "what", "where"), rows, ("what", "where"))


def _edits(answer: Check, places: Places) -> Table:
    rows = tuple(
        (_subject(found), found.subject.kind, _edited(found), places.shown(found))
        for found in sorted(answer.open, key=lambda f: (f.subject.node, f.subject.column or ""))
        if found.change is not None
    )
    return Table("Edited", ("what", "change", "how", "where"), rows, ("how", "where"))


def _edited(found: Found) -> str:
    change = found.change
    if change is None:
        return ""
    if not change.other:
        return change.reason
    named = "" if change.other in change.reason else f"now {change.other}? "
    return f"{named}{change.reason} ({change.similarity:.0%} alike)"


def _downstream(answer: Check) -> Iterator[Table]:
    """What is felt, node by node, with the number of columns; tests by themselves."""
    heads = ("node", "kind", "what", "columns", "depth")
    models: list[tuple[Cell, ...]] = []
    tests: list[tuple[Cell, ...]] = []
    for row in _felt_rows(answer):
        (tests if row[1] in ("test", "unit test") else models).append(row)
    many = len(models) > MOST_IN_SIGHT
    yield Table("Downstream", heads, tuple(models), ("node", "what"), is_detail=many)
    yield Table("Tests downstream", heads, tuple(tests), ("node", "what"), is_detail=True)


def _felt_rows(answer: Check) -> list[tuple[Cell, ...]]:
    if answer.diff is None:
        return []
    shown = {f.subject.node for f in answer.open if f.hit is not None}
    rows: list[tuple[Cell, ...]] = []
    for node, hits in answer.diff.propagation.by_node.items():
        if node not in shown or node.startswith("exposure."):
            continue
        words = ", ".join(v.words for v in sorted({hit.verdict for hit in hits}, reverse=True))
        columns = {hit.place.column for hit in hits if hit.place.column is not None}
        depth = min(hit.depth for hit in hits)
        kind = node.partition(".")[0].replace("_", " ")
        rows.append((name_of(node), kind, words, len(columns), depth))
    return sorted(rows, key=lambda row: (row[4] or 0, str(row[0])))


def _orphans(answer: Check) -> Table:
    rows = tuple(
        (_subject(found), found.message) for found in answer.open if found.subject.rule == "orphan"
    )
    heads = ("what", "why")
    return Table("About something that is gone", heads, rows, heads, is_detail=True)


def _waivers(answer: Check) -> Table:
    rows = tuple(
        (
            each.waiver.place,
            each.waiver.reason,
            each.waiver.author,
            each.waiver.expires.isoformat() if each.waiver.expires else "never",
            "expired" if each.expired else f"excuses {each.used}" if each.used else "unused",
        )
        for each in answer.waived
    )
    heads = ("waiver", "reason", "author", "expires", "state")
    return Table("Waivers", heads, rows, ("reason", "author"), is_detail=True)


def _excused(answer: Check) -> Table:
    rows = tuple((f.message, f.excused) for f in answer.findings if f.excused)
    heads = ("finding", "excused by")
    return Table("Excused", heads, rows, heads, is_detail=True)


# -- the picture ---------------------------------------------------------------------------------


def _picture(answer: Check) -> Subgraph:
    """The edited nodes and those that feel them; tests only where they break."""
    if answer.diff is None:
        return Subgraph()
    edited = {node.node for node in answer.diff.nodes if node.changes}
    propagation = answer.diff.propagation
    felt = {
        node: propagation.worst(node)
        for node in propagation.by_node
        if not is_test(node) or propagation.worst(node) is Verdict.BREAKS
    }
    boxes = []
    for node in sorted(edited | felt.keys()):
        words = [
            *(["edited"] if node in edited else []),
            *([felt[node].words] if node in felt else []),
        ]
        kind = node.partition(".")[0].replace("unit_test", "test")
        boxes.append(GraphNode(node, f"{name_of(node)}: {', '.join(words)}", kind))
    known = {box.id for box in boxes}
    arrows = {
        (hit.via.node, hit.place.node)
        for hit in propagation.hits
        if hit.via.node != hit.place.node and {hit.via.node, hit.place.node} <= known
    }
    return Subgraph(tuple(boxes), tuple(GraphEdge(*ends) for ends in sorted(arrows)))


# -- the JSON form -------------------------------------------------------------------------------


def _data(answer: Check, places: Places) -> dict[str, Any]:
    found = answer.open
    return {
        "gate": {
            "hit": answer.is_hit,
            "fail_on": answer.fail_on.value,
            "errors": sum(f.level == "error" for f in found),
            "warnings": sum(f.level == "warning" for f in found),
            "notes": sum(f.level == "note" for f in found),
            "excused": len(answer.findings) - len(found),
        },
        "headline": str(_headline(answer).value),
        "policy": answer.policy.file or None,
        "compared": answer.diff is not None,
        "notes": list(answer.diff.notes) if answer.diff else [],
        "build_command": answer.diff.build_command if answer.diff else "",
        "findings": [_finding_data(each, places) for each in answer.findings],
        "waivers": [
            {
                "place": each.waiver.place,
                "reason": each.waiver.reason,
                "author": each.waiver.author,
                "expires": each.waiver.expires.isoformat() if each.waiver.expires else None,
                "expired": each.expired,
                "excuses": each.used,
            }
            for each in answer.waived
        ],
        "budgets": [
            {"place": s.budget.place, "at_most": s.budget.at_most, "used": s.used}
            for s in answer.spent
        ],
    }


def _finding_data(found: Found, places: Places) -> dict[str, Any]:
    file, line = places.of(found)
    subject = found.subject
    return {
        "rule": subject.rule,
        "level": found.level,
        "node": subject.node or None,
        "column": subject.column,
        "verdict": subject.verdict.name.lower(),
        "kind": subject.kind or None,
        "message": found.message,
        "file": file,
        "line": line,
        "owner": places.owner(subject.node),
        "fingerprint": found.fingerprint,
        "excused": found.excused or None,
    }
