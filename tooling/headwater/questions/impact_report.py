"""`Impact` in shapes: exposures first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headwater.core.columns import ColumnRef, short_name
from headwater.core.report import Cell, Fact, Report, Table
from headwater.questions.effects import owner_text, picture, ref_data, ref_text, test_name

if TYPE_CHECKING:
    from headwater.questions.impact import Impact, TouchedColumn, TouchedNode

TESTS = ("test", "unit_test")
SEMANTIC = ("metric", "semantic_model", "saved_query")
DATA = ("model", "snapshot", "seed", "source", "analysis", "operation", "function", "external")
#: ``rows (filter)``, under a heading that says ``rows`` already.
_ROWS = re.compile(r"rows(?: \((.*?)\))?")
#: The words of the facts, by kinds.
_COUNTED = (
    ("exposures", ("exposure",)),
    ("models", ("model",)),
    ("snapshots", ("snapshot",)),
    ("tests", ("test",)),
    ("unit tests", ("unit_test",)),
    ("metrics", ("metric",)),
    ("semantic models", ("semantic_model",)),
    ("saved queries", ("saved_query",)),
    ("analyses", ("analysis",)),
)


def impact_report(answer: Impact) -> Report:
    """The answer in shapes. Tables without rows are left out, but for the first two."""
    tables = [_exposures(answer), _models(answer)]
    further = (_columns(answer), _semantic(answer), _tests(answer), _untouched(answer))
    return Report(
        title=f"Impact of {', '.join(map(str, answer.targets[:5]))}{_more(answer)}",
        facts=_facts(answer),
        tables=(*tables, *(table for table in further if table.rows)),
        graph=picture(answer.loaded.graph, answer.vertices),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer),
    )


def _more(answer: Impact) -> str:
    return f" (+{len(answer.targets) - 5})" if len(answer.targets) > 5 else ""


def _facts(answer: Impact) -> tuple[Fact, ...]:
    facts = []
    for label, kinds in _COUNTED:
        count = len(answer.of_kind(*kinds))
        if count or label in ("exposures", "models"):
            level = "warn" if label == "exposures" and count else "info"
            facts.append(Fact(label, count, level))
    values = sum(node.values for node in answer.nodes)
    rows = sum(node.rows for node in answer.nodes if node.kind in DATA)
    return (
        *facts,
        Fact("columns", len(answer.columns)),
        Fact("columns whose value changes", values),
        Fact("models whose rows change", rows),
        Fact("downstream, but untouched", len(answer.untouched)),
    )


def _exposures(answer: Impact) -> Table:
    nodes, graph = answer.loaded.project.nodes, answer.loaded.graph
    rows: list[tuple[Cell, ...]] = []
    for touched in answer.of_kind("exposure"):
        node = nodes.get(touched.node)
        way = " > ".join(ref_text(graph, ref) for ref in touched.path[:-1])
        rows.append(
            (short_name(touched.node), owner_text(node), touched.effect, touched.depth, way)
        )
    heads = ("exposure", "owner", "effect", "depth", "way")
    return Table("Exposures", heads, tuple(rows), ("owner", "effect", "way"))


def _models(answer: Impact) -> Table:
    rows = tuple(
        (
            short_name(touched.node),
            touched.kind,
            touched.depth,
            touched.values,
            touched.indirect,
            _ROWS.sub(lambda found: found[1] or "yes", touched.effect),
        )
        for touched in answer.of_kind(*DATA)
    )
    heads = ("model", "kind", "depth", "by value", "indirect", "rows")
    return Table("Models", heads, rows, ("rows",))


def _columns(answer: Impact) -> Table:
    """The columns by node, in the order of the nodes."""
    graph = answer.loaded.graph
    by_node: dict[str, list[TouchedColumn]] = {node.node: [] for node in answer.nodes}
    for column in answer.columns:
        by_node.setdefault(column.ref.node, []).append(column)
    rows = tuple(
        (short_name(node), each.ref.column, each.effect, each.depth, ref_text(graph, each.via))
        for node, columns in by_node.items()
        for each in columns
        if graph.kind(node) not in TESTS
    )
    heads = ("model", "column", "effect", "depth", "via")
    return Table("Columns", heads, rows, ("effect", "via"), group="model")


def _semantic(answer: Impact) -> Table:
    rows = tuple(
        (
            short_name(touched.node),
            touched.kind.replace("_", " "),
            touched.effect,
            touched.values,
            touched.depth,
        )
        for touched in answer.of_kind(*SEMANTIC)
    )
    return Table(
        "Semantic layer", ("name", "kind", "effect", "columns", "depth"), rows, ("effect",)
    )


def _tests(answer: Impact) -> Table:
    graph = answer.loaded.graph
    rows = tuple(
        (
            test_name(touched.node),
            touched.kind.replace("_", " "),
            touched.effect or "columns",
            touched.depth,
            ref_text(graph, touched.path[-2]) if len(touched.path) > 1 else "",
        )
        for touched in answer.of_kind(*TESTS)
    )
    return Table("Tests", ("test", "kind", "effect", "depth", "reads"), rows, ("test", "reads"))


def _untouched(answer: Impact) -> Table:
    graph = answer.loaded.graph
    kinds = [(node, graph.kind(node)) for node in answer.untouched]
    rows = tuple((short_name(node), kind) for node, kind in kinds if kind not in TESTS)
    return Table("Downstream, but untouched (without tests)", ("node", "kind"), rows)


# -- the JSON form -------------------------------------------------------------------------------


def _data(answer: Impact) -> dict[str, Any]:
    graph = answer.loaded.graph
    counts = {label.replace(" ", "_"): len(answer.of_kind(*kinds)) for label, kinds in _COUNTED}
    return {
        "targets": [ref_data(target.ref) for target in answer.targets],
        "counts": {
            **counts,
            "columns": len(answer.columns),
            "columns_by_value": sum(node.values for node in answer.nodes),
            "row_sets": sum(node.rows for node in answer.nodes if node.kind in DATA),
            "untouched": len(answer.untouched),
        },
        "exposures": [_node_data(answer, node) for node in answer.of_kind("exposure")],
        "nodes": [
            _node_data(answer, n) for n in answer.nodes if n.kind not in ("exposure", *TESTS)
        ],
        "tests": [_node_data(answer, node) for node in answer.of_kind(*TESTS)],
        "columns": [_column_data(c) for c in answer.columns if graph.kind(c.ref.node) not in TESTS],
        "untouched": list(answer.untouched),
    }


def _node_data(answer: Impact, touched: TouchedNode) -> dict[str, Any]:
    node = answer.loaded.project.nodes.get(touched.node)
    found: dict[str, Any] = {
        "node": touched.node,
        "kind": touched.kind,
        "depth": touched.depth,
        "effect": touched.effect,
        "columns_by_value": touched.values,
        "columns_indirect": touched.indirect,
        "rows": touched.rows,
        "path": _path_data(touched.path),
    }
    if node is not None and node.owner:
        found["owner"] = {key: node.owner[key] for key in sorted(node.owner)}
    if node is not None and node.kind == "exposure":
        found |= {key: node.extra.get(key) for key in ("type", "url", "maturity")}
    return found


def _column_data(column: TouchedColumn) -> dict[str, Any]:
    return {
        **ref_data(column.ref),
        "depth": column.depth,
        "effect": column.effect,
        "ways": [
            {"word": feel.word, "masked": feel.masked, "depth": feel.depth} for feel in column.feels
        ],
        "via": ref_data(column.via),
    }


def _path_data(path: Iterable[ColumnRef]) -> list[dict[str, Any]]:
    return [ref_data(ref) for ref in path]
