"""`Diff` in shapes: what to worry about first, then every change, then what feels it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headwater.changes.node_diff import NodeDiff, Status
from headwater.core.changes import NOWHERE, Axis, Change, Hit, Verdict
from headwater.core.columns import ColumnRef, short_name
from headwater.core.edges import Span
from headwater.core.report import Cell, Fact, Report, Table
from headwater.questions.effects import owner_text, picture, ref_data, test_name
from headwater.questions.evidence import SqlTexts

if TYPE_CHECKING:
    from headwater.questions.diff import Diff

TESTS = ("test", "unit_test")
_LEVELS = {Verdict.BREAKS: "bad", Verdict.UNKNOWN: "warn", Verdict.ROWS: "warn"}
_WHOLE = "(whole)"


def diff_report(answer: Diff) -> Report:
    """The answer in shapes. Tables without rows are left out, but for the first two."""
    lines = _Lines(answer)
    first = (_exposures(answer), _changes(answer, lines))
    further = (
        _felt(answer, lines),
        _tests(answer, lines),
        _orphans(answer),
        _others(answer),
        _untouched(answer),
    )
    return Report(
        title="What changed, and what feels it",
        facts=_facts(answer),
        tables=(*first, *(table for table in further if table.rows)),
        graph=picture(answer.head.graph, _vertices(answer)),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer, lines),
    )


class _Lines:
    """Where a change or a hit stands in the compiled SQL of either side."""

    def __init__(self, answer: Diff) -> None:
        self._base = SqlTexts(answer.base.project)
        self._head = SqlTexts(answer.head.project)
        self._bases = {diff.node: diff.base for diff in answer.nodes}

    def of_change(self, change: Change) -> int | None:
        """The line in the head, else the one in the base."""
        return self.in_head(change.place.node, change.head) or self.in_base(change)

    def in_base(self, change: Change) -> int | None:
        """The line in the base."""
        node = self._bases.get(change.place.node, change.place.node)
        return self._base.line(node, change.base) if change.base != NOWHERE and node else None

    def in_head(self, node: str, span: Span) -> int | None:
        """The line in the head."""
        return self._head.line(node, span) if span != NOWHERE else None


# -- facts ---------------------------------------------------------------------------------------


def _facts(answer: Diff) -> tuple[Fact, ...]:
    exposures = _worst(answer, ("exposure",))
    facts = [Fact("note", note, "warn") for note in answer.notes]
    for status in Status:
        count = sum(diff.status is status for diff in answer.nodes if _is_shown(diff))
        word = "edited, but proved the same" if status is Status.SAME else status.value
        if count or status is Status.MODIFIED:
            facts.append(Fact(word, count))
    facts.append(Fact("exposures that feel it", len(exposures), "warn" if exposures else "info"))
    worst = _worst(answer)
    for verdict in sorted(Verdict, reverse=True):
        count = sum(found is verdict for found in worst.values())
        if verdict is not Verdict.UNTOUCHED:
            level = _LEVELS.get(verdict, "info") if count else "info"
            facts.append(Fact(f"downstream: {verdict.words}", count, level))
    facts.append(Fact("downstream, but untouched", len(answer.propagation.untouched)))
    if answer.build_command:
        facts.append(Fact("to build", answer.build_command))
    return tuple(facts)


def _is_shown(diff: NodeDiff) -> bool:
    return diff.kind not in TESTS


def _worst(answer: Diff, kinds: tuple[str, ...] = ()) -> dict[str, Verdict]:
    """The worst that each node downstream feels."""
    nodes = answer.head.project.nodes
    return {
        node: max(hit.verdict for hit in hits)
        for node, hits in answer.propagation.by_node.items()
        if not kinds or (node in nodes and nodes[node].kind in kinds)
    }


# -- tables --------------------------------------------------------------------------------------


def _exposures(answer: Diff) -> Table:
    nodes, rows = answer.head.project.nodes, []
    for node in _worst(answer, ("exposure",)):
        hit = answer.propagation.leading(node)
        if hit is not None:
            row: tuple[Cell, ...] = (
                short_name(node),
                owner_text(nodes.get(node)),
                hit.verdict.words,
                hit.reason,
                _way(answer, hit),
            )
            rows.append((-hit.verdict, row))
    ordered = tuple(row for _, row in sorted(rows, key=lambda each: (each[0], each[1][0])))
    heads = ("exposure", "owner", "verdict", "why", "way")
    return Table("Exposures", heads, ordered, ("owner", "why", "way"))


def _way(answer: Diff, hit: Hit) -> str:
    return " > ".join(str(place) for place in answer.propagation.path(hit)[:-1])


def _changes(answer: Diff, lines: _Lines) -> Table:
    rows = [
        (
            short_name(diff.node),
            change.place.column or (_WHOLE if change.kind.axis is not Axis.DATA else "(rows)"),
            change.kind.axis.value,
            change.kind.value,
            change.reason + (_cause(diff) if change is diff.changes[0] else ""),
            lines.of_change(change),
        )
        for diff in answer.nodes
        for change in diff.changes
    ]
    heads = ("node", "column", "axis", "change", "what", "line")
    return Table("Changes", heads, tuple(rows), ("what",), group="node")


def _cause(diff: NodeDiff) -> str:
    """Why the SQL of a file that nobody edited is another: a macro, or something else."""
    if "compiled sql" not in diff.edited:
        return ""
    names = ", ".join(macro.rpartition(".")[2] for macro in diff.culprits)
    if names:
        return f" (by macro {names})"
    return " (its file was not edited: a var, the environment or dbt made it so)"


def _felt(answer: Diff, lines: _Lines) -> Table:
    nodes = answer.head.project.nodes
    kinds = {node: nodes[node].kind for node in answer.propagation.by_node if node in nodes}
    wanted = [n for n, kind in kinds.items() if kind not in (*TESTS, "exposure")]
    return Table(
        "Downstream",
        ("verdict", "node", "kind", "depth", "why", "line"),
        tuple(_hit_rows(answer, wanted, lines)),
        ("why",),
    )


def _tests(answer: Diff, lines: _Lines) -> Table:
    nodes = answer.head.project.nodes
    wanted = [n for n in answer.propagation.by_node if n in nodes and nodes[n].kind in TESTS]
    return Table(
        "Tests",
        ("verdict", "test", "kind", "depth", "why", "line"),
        tuple(_hit_rows(answer, wanted, lines)),
        ("test", "why"),
    )


def _hit_rows(answer: Diff, wanted: Iterable[str], lines: _Lines) -> list[tuple[Cell, ...]]:
    rows = []
    for node in wanted:
        hit = answer.propagation.leading(node)
        if hit is None:
            continue
        blocked = node in answer.propagation.blocked
        word = "not built" if blocked else hit.verdict.words
        kind = answer.head.project.nodes[node].kind.replace("_", " ")
        where = f"{hit.place.column}: " if hit.place.column else ""
        via = "" if hit.via == hit.place else f" ({hit.via})"
        row = (word, test_name(node), kind, hit.depth, f"{where}{hit.reason}{via}")
        rows.append((blocked, -hit.verdict, hit.depth, (*row, lines.in_head(node, hit.evidence))))
    return [each[-1] for each in sorted(rows, key=lambda each: (*each[:-1], each[-1][1]))]


def _orphans(answer: Diff) -> Table:
    rows = tuple(
        (orphan.what, test_name(orphan.node), str(orphan.names))
        for orphan in answer.propagation.orphans
    )
    return Table("Names what is gone", ("what", "of", "names"), rows, ("of", "names"))


def _others(answer: Diff) -> Table:
    """Edits without a change: proved to do the same, or of what has no data."""
    rows = tuple(
        (test_name(diff.node), diff.kind.replace("_", " "), _status(diff), _edited(diff))
        for diff in answer.nodes
        if not diff.changes
    )
    return Table(
        "Edited without a change", ("node", "kind", "status", "what"), rows, ("node", "what")
    )


def _status(diff: NodeDiff) -> str:
    return "proved the same" if diff.status is Status.SAME else diff.status.value


def _edited(diff: NodeDiff) -> str:
    proof = f": {diff.proof}" if diff.proof and "sql" in " ".join(diff.edited) else ""
    return f"{', '.join(diff.edited)}{proof}"


def _untouched(answer: Diff) -> Table:
    nodes = answer.head.project.nodes
    rows = tuple(
        (short_name(node), nodes[node].kind.replace("_", " "))
        for node in answer.propagation.untouched
        if node in nodes and nodes[node].kind not in TESTS
    )
    return Table("Downstream, but untouched (without tests)", ("node", "kind"), rows)


def _vertices(answer: Diff) -> list[int]:
    """The changed places, and the way to every place that feels them."""
    graph = answer.head.graph
    places: set[ColumnRef] = {change.place for change in answer.changes}
    for node in answer.propagation.by_node:
        hit = answer.propagation.leading(node)
        if hit is not None:
            places.update(answer.propagation.path(hit))
    found = (graph.find(place) for place in places if place.node in graph)
    return sorted(vertex for vertex in found if vertex is not None)


# -- the JSON form -------------------------------------------------------------------------------


def _data(answer: Diff, lines: _Lines) -> dict[str, Any]:
    worst = _worst(answer)
    index = {id(change): at for at, change in enumerate(answer.changes)}
    return {
        "notes": list(answer.notes),
        "counts": {
            **{status.value: sum(d.status is status for d in answer.nodes) for status in Status},
            **{
                verdict.name.lower(): sum(found is verdict for found in worst.values())
                for verdict in sorted(Verdict, reverse=True)
                if verdict is not Verdict.UNTOUCHED
            },
            "untouched": len(answer.propagation.untouched),
            "exposures": len(_worst(answer, ("exposure",))),
        },
        "nodes": [_node_data(diff, lines, index) for diff in answer.nodes],
        "hits": [_hit_data(hit, lines) for hit in answer.propagation.hits],
        "blocked": sorted(answer.propagation.blocked),
        "orphans": [
            {"what": orphan.what, "node": orphan.node, "names": ref_data(orphan.names)}
            for orphan in answer.propagation.orphans
        ],
        "untouched": list(answer.propagation.untouched),
        "build_command": answer.build_command,
    }


def _node_data(diff: NodeDiff, lines: _Lines, index: dict[int, int]) -> dict[str, Any]:
    return {
        "node": diff.node,
        "kind": diff.kind,
        "status": diff.status.value,
        "base": diff.base or None,
        "head": diff.head or None,
        "edited": list(diff.edited),
        "culprits": list(diff.culprits),
        "proof": diff.proof or None,
        "changes": [
            {
                "index": index[id(change)],
                **ref_data(change.place),
                "axis": change.kind.axis.value,
                "change": change.kind.value,
                "reason": change.reason,
                "other": change.other or None,
                "similarity": change.similarity or None,
                "base_line": lines.in_base(change),
                "head_line": lines.in_head(change.place.node, change.head),
            }
            for change in diff.changes
        ],
    }


def _hit_data(hit: Hit, lines: _Lines) -> dict[str, Any]:
    return {
        **ref_data(hit.place),
        "verdict": hit.verdict.name.lower(),
        "depth": hit.depth,
        "via": ref_data(hit.via),
        "reason": hit.reason,
        "line": lines.in_head(hit.place.node, hit.evidence),
        "change": hit.origin,
    }
