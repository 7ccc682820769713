"""`ImpactChange` in shapes: whom to call, then what breaks, then all else by how bad it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headwater.core.changes import Verdict
from headwater.core.columns import ColumnRef, short_name
from headwater.core.project import Node
from headwater.core.report import Cell, Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.graph.compose import WHOLE
from headwater.questions.effects import MOST_BOXES, owner_text, ref_data, ref_text, test_name

if TYPE_CHECKING:
    from headwater.questions.impact_change import FeltNode, FeltPlace, ImpactChange

EXPOSURES = ("exposure",)
TESTS = ("test", "unit_test")
SEMANTIC = ("metric", "semantic_model", "saved_query")
SHOWN_TARGETS = 5
NOT_BUILT = "not built"
_LEVELS = {Verdict.BREAKS: "bad", Verdict.UNKNOWN: "warn", Verdict.ROWS: "warn"}


def impact_change_report(answer: ImpactChange) -> Report:
    """The answer in shapes. Tables without rows are left out, but for the first two."""
    first = [_exposures(answer)] if answer.shows(*EXPOSURES) else []
    first += [_models(answer)] if answer.shows("model", "snapshot", "seed") else []
    further = [_people(answer), _semantic(answer), _tests(answer), _orphans(answer)]
    if "effects" in answer.wants:
        further.insert(0, _effects(answer))
    further.append(_untouched(answer))
    return Report(
        title=_title(answer),
        facts=_facts(answer),
        tables=(*first, *(table for table in further if table.rows)),
        graph=_picture(answer),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer),
    )


def _title(answer: ImpactChange) -> str:
    names = ", ".join(map(str, answer.targets[:SHOWN_TARGETS]))
    more = len(answer.targets) - SHOWN_TARGETS
    names += f" (+{more})" if more > 0 else ""
    verb = "were" if len(answer.targets) > 1 else "was"
    to = f" to {answer.to}" if answer.to else ""
    return f"If {names} {verb} {answer.edit.done}{to}"


def _facts(answer: ImpactChange) -> tuple[Fact, ...]:
    facts = [Fact("exposures", len(answer.of_kind(*EXPOSURES)), _level(answer, EXPOSURES))]
    own = [node for node in answer.nodes if not node.is_blocked]
    for verdict in sorted(Verdict, reverse=True):
        count = sum(node.verdict is verdict for node in own)
        if verdict is not Verdict.UNTOUCHED:
            facts.append(
                Fact(verdict.words, count, _LEVELS.get(verdict, "info") if count else "info")
            )
        if verdict is Verdict.BREAKS:
            blocked = len(answer.nodes) - len(own)
            facts.append(Fact(f"{NOT_BUILT} then", blocked, "bad" if blocked else "info"))
    return (*facts, Fact(Verdict.UNTOUCHED.words, len(answer.untouched)))


def _level(answer: ImpactChange, kinds: tuple[str, ...]) -> str:
    return "warn" if answer.of_kind(*kinds) else "info"


# -- tables --------------------------------------------------------------------------------------


def _word(felt: FeltNode) -> str:
    return NOT_BUILT if felt.is_blocked else felt.verdict.words


def _exposures(answer: ImpactChange) -> Table:
    nodes = answer.loaded.project.nodes
    rows = tuple(
        (
            short_name(felt.node),
            owner_text(nodes.get(felt.node)),
            _word(felt),
            felt.depth,
            felt.places[0].hit.reason,
            _way(answer, felt.places[0]),
        )
        for felt in answer.shown
        if felt.kind in EXPOSURES
    )
    heads = ("exposure", "owner", "verdict", "depth", "why", "way")
    return Table("Exposures", heads, rows, ("owner", "why", "way"))


def _models(answer: ImpactChange) -> Table:
    others = (*EXPOSURES, *TESTS, *SEMANTIC)
    felt = [node for node in answer.shown if node.kind not in others]
    return _table(answer, "Models", "model", felt)


def _semantic(answer: ImpactChange) -> Table:
    felt = [node for node in answer.shown if node.kind in SEMANTIC]
    return _table(answer, "Semantic layer", "name", felt)


def _tests(answer: ImpactChange) -> Table:
    felt = [node for node in answer.shown if node.kind in TESTS]
    return _table(answer, "Tests", "test", felt)


def _table(answer: ImpactChange, title: str, head: str, nodes: Iterable[FeltNode]) -> Table:
    with_path = "path" in answer.wants
    rows: list[tuple[Cell, ...]] = []
    for felt in nodes:
        place = felt.places[0]
        row: tuple[Cell, ...] = (
            _word(felt),
            test_name(felt.node),
            _kind(answer.loaded.project.nodes.get(felt.node), felt.kind),
            felt.depth,
            _why(answer, place),
            _line(place),
        )
        rows.append((*row, _way(answer, place)) if with_path else row)
    heads = ("verdict", head, "kind", "depth", "why", "SQL")
    path = ("path",) if with_path else ()
    return Table(title, (*heads, *path), tuple(rows), ("why", "SQL", *path))


def _kind(node: Node | None, kind: str) -> str:
    """The kind, with what widens the circle of those who care: access and group."""
    words = [kind.replace("_", " ")]
    if node is not None and node.access == "public":
        words.append("public")
    if node is not None and node.group:
        words.append(f"group {node.group}")
    return ", ".join(words)


def _why(answer: ImpactChange, place: FeltPlace) -> str:
    """``total: aggregates it (stg.amount)``."""
    column = place.hit.place.column
    return f"{column}: {_reason(answer, place)}" if column else _reason(answer, place)


def _line(place: FeltPlace) -> str:
    """``5: sum(p.amount) as total``."""
    found = place.evidence
    return f"{found.line}: {found.text}" if found else ""


def _way(answer: ImpactChange, place: FeltPlace) -> str:
    graph = answer.loaded.graph
    return " > ".join(
        ref_text(graph, ref) if ref.node in graph else str(ref) for ref in place.path[:-1]
    )


def _effects(answer: ImpactChange) -> Table:
    rows = tuple(
        (
            short_name(felt.node),
            place.hit.place.column or "(rows)",
            place.hit.verdict.words,
            place.hit.depth,
            _reason(answer, place),
            _line(place),
        )
        for felt in answer.shown
        if felt.kind not in (*TESTS, *EXPOSURES) and not felt.is_blocked
        for place in felt.places
    )
    heads = ("model", "column", "verdict", "depth", "why", "SQL")
    return Table("Effects", heads, rows, ("why", "SQL"), group="model")


def _reason(answer: ImpactChange, place: FeltPlace) -> str:
    """``aggregates it (stg.amount)``, ``reads its rows (stg)``."""
    hit = place.hit
    if hit.via == hit.place:
        return hit.reason
    read = short_name(hit.via.node)
    return f"{hit.reason} ({f'{read}.{hit.via.column}' if hit.via.column else read})"


def _people(answer: ImpactChange) -> Table:
    """Owners of what is felt, the worst first."""
    nodes = answer.loaded.project.nodes
    found: dict[str, list[FeltNode]] = {}
    for felt in answer.shown:
        owner = owner_text(nodes.get(felt.node))
        if owner and felt.kind not in TESTS:
            found.setdefault(owner, []).append(felt)
    rows = [
        (owner, _word(those[0]), len(those), ", ".join(short_name(f.node) for f in those[:5]))
        for owner, those in found.items()
    ]
    order = {owner: (-those[0].verdict, owner) for owner, those in found.items()}
    rows.sort(key=lambda row: order[row[0]])
    return Table(
        "Whom to call", ("owner", "worst", "nodes", "which"), tuple(rows), ("owner", "which")
    )


def _orphans(answer: ImpactChange) -> Table:
    rows = tuple(
        (orphan.what, test_name(orphan.node), ref_text(answer.loaded.graph, orphan.names))
        for orphan in answer.orphans
    )
    return Table("Names what is gone", ("what", "of", "names"), rows, ("of", "names"))


def _untouched(answer: ImpactChange) -> Table:
    graph = answer.loaded.graph
    rows = tuple(
        (short_name(node), graph.kind(node).replace("_", " "))
        for node in answer.shown_untouched
        if graph.kind(node) not in TESTS
    )
    return Table("Downstream, but untouched (without tests)", ("node", "kind"), rows)


# -- the picture ---------------------------------------------------------------------------------


def _picture(answer: ImpactChange) -> Subgraph:
    """Every way from the change to what feels it; of each node only the worst when it is much."""
    places = [place for felt in answer.shown for place in felt.places]
    if len(places) > MOST_BOXES:
        places = [felt.places[0] for felt in answer.shown]
    boxes: dict[str, GraphNode] = {}
    arrows: dict[tuple[str, str], list[str]] = {}
    for ref in (target.ref for target in answer.targets):
        boxes[_box_id(ref)] = _box(answer, ref)
    for place in places:
        for ref in place.path:
            boxes.setdefault(_box_id(ref), _box(answer, ref))
        hit = place.hit
        if hit.via != hit.place:
            boxes.setdefault(_box_id(hit.via), _box(answer, hit.via))
            arrows.setdefault((_box_id(hit.via), _box_id(hit.place)), []).append(hit.verdict.words)
    return Subgraph(
        tuple(boxes[key] for key in sorted(boxes)),
        tuple(
            GraphEdge(source, target, ", ".join(words), "unknown" not in words)
            for (source, target), words in sorted(arrows.items())
        ),
    )


def _box_id(ref: ColumnRef) -> str:
    return f"{ref.node}.{'(rows)' if ref.column is None else ref.column}"


def _box(answer: ImpactChange, ref: ColumnRef) -> GraphNode:
    graph = answer.loaded.graph
    kind = graph.kind(ref.node) if ref.node in graph else "external"
    if ref.column is not None:
        return GraphNode(_box_id(ref), ref.column, "column", ref.node)
    if kind in WHOLE or kind in TESTS:
        return GraphNode(_box_id(ref), test_name(ref.node), kind)
    return GraphNode(_box_id(ref), "(rows)", "rows", ref.node)


# -- the JSON form -------------------------------------------------------------------------------


def _data(answer: ImpactChange) -> dict[str, Any]:
    own = [node for node in answer.nodes if not node.is_blocked]
    return {
        "change": answer.edit.value,
        "to": answer.to or None,
        "targets": [ref_data(target.ref) for target in answer.targets],
        "counts": {
            **{
                verdict.name.lower(): sum(node.verdict is verdict for node in own)
                for verdict in sorted(Verdict, reverse=True)
                if verdict is not Verdict.UNTOUCHED
            },
            "not_built": len(answer.nodes) - len(own),
            "untouched": len(answer.untouched),
            "exposures": len(answer.of_kind(*EXPOSURES)),
        },
        "nodes": [_node_data(answer, felt) for felt in answer.shown],
        "orphans": [
            {"what": orphan.what, "node": orphan.node, "names": ref_data(orphan.names)}
            for orphan in answer.orphans
        ],
        "untouched": list(answer.shown_untouched),
    }


def _node_data(answer: ImpactChange, felt: FeltNode) -> dict[str, Any]:
    node = answer.loaded.project.nodes.get(felt.node)
    found: dict[str, Any] = {
        "node": felt.node,
        "kind": felt.kind,
        "verdict": felt.verdict.name.lower(),
        "is_blocked": felt.is_blocked,
        "depth": felt.depth,
        "effects": [_place_data(place) for place in felt.places],
    }
    if node is not None and node.owner:
        found["owner"] = {key: node.owner[key] for key in sorted(node.owner)}
    if node is not None:
        found |= {key: value for key in ("group", "access") if (value := getattr(node, key))}
    return found


def _place_data(place: FeltPlace) -> dict[str, Any]:
    hit = place.hit
    return {
        "column": hit.place.column,
        "verdict": hit.verdict.name.lower(),
        "depth": hit.depth,
        "reason": hit.reason,
        "via": ref_data(hit.via),
        "line": place.evidence.line if place.evidence else None,
        "sql": place.evidence.text if place.evidence else None,
        "path": [ref_data(ref) for ref in place.path],
    }
