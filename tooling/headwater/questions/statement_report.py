"""`Statement`s in shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.core.columns import ColumnRef
from headwater.core.edges import Edge, Gap
from headwater.core.report import Cell, Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.questions.effects import ROWS, effect_text, flag_text
from headwater.questions.evidence import SqlText

if TYPE_CHECKING:
    from headwater.questions.statement import Statement


def statement_report(found: Sequence[Statement]) -> Report:
    """One answer about all of them; the JSON form is of a single one."""
    only = found[0] if len(found) == 1 else None
    tables = {source.node for each in found for source in each.lineage.sources}
    facts = [
        Fact("dialect", ", ".join(sorted({each.dialect or "generic" for each in found}))),
        Fact("columns", sum(len(each.lineage.columns) for each in found)),
        Fact("tables read", len(tables)),
    ]
    if only is None:
        facts.insert(0, Fact("statements", len(found)))
    return Report(
        title=f"Lineage of {only.name if only else f'{len(found)} statements'}",
        facts=tuple(facts),
        tables=tuple(table for each in found for table in _tables(each, only is None)),
        graph=_joined(_picture(each, number, only is None) for number, each in enumerate(found, 1)),
        gaps=tuple(_placed(gap, each) for each in found for gap in each.lineage.gaps),
        data={"line": only.line, **only.data()} if only else {},
    )


def _placed(gap: Gap, found: Statement) -> Gap:
    """The gap, with its line in the text that the statement comes from."""
    line = None if gap.line is None else gap.line + found.line - 1
    return replace(gap, node=found.name, line=line)


def _tables(found: Statement, several: bool) -> list[Table]:
    of = f": {found.name}" if several else ""
    edges = list(found.lineage.edges())
    heads = ("column", "from", "effect", "line")
    columns = _columns(found, edges)
    tables = [Table(f"Columns{of}", heads, columns, ("from", "effect"), fold=("column",))]
    rows = tuple(_row_cells(found, edges))
    if rows:
        heads = ("decided by", "effect", "expression", "line")
        tables.append(Table(f"Which rows there are{of}", heads, rows, ("expression",)))
    return tables


def _columns(found: Statement, edges: Iterable[Edge]) -> tuple[tuple[Cell, ...], ...]:
    """One row for each source of each column, with all its effects in words."""
    words: dict[str, dict[ColumnRef, dict[str, None]]] = {c: {} for c in found.lineage.columns}
    lines: dict[tuple[str, ColumnRef], int | None] = {}
    text = SqlText(found.sql)
    for edge in edges:
        column = edge.target.column
        if column is not None:
            said = words[column].setdefault(edge.source, {})
            said |= dict.fromkeys([effect_text(edge.effect, edge.source, edge.target)])
            said |= dict.fromkeys(filter(None, flag_text(edge.flags).split(", ")))
            lines.setdefault((column, edge.source), _line(found, text, edge))
    rows: list[tuple[Cell, ...]] = []
    for column, sources in words.items():
        if not sources:
            rows.append((column, "", "", None))
        for source, said in sources.items():
            rows.append((column, _name(source), ", ".join(said), lines[column, source]))
    return tuple(rows)


def _row_cells(found: Statement, edges: Iterable[Edge]) -> Iterable[tuple[Cell, ...]]:
    text = SqlText(found.sql)
    cells: dict[tuple[Cell, ...], None] = {}
    for edge in edges:
        if edge.target.column is None:
            evidence = text.evidence(edge.evidence)
            word = effect_text(edge.effect, edge.source, edge.target)
            expression = evidence.text if evidence and edge.source.column is not None else ""
            cells[_name(edge.source), word, expression, _line(found, text, edge)] = None
    return cells


def _line(found: Statement, text: SqlText, edge: Edge) -> int | None:
    line = text.line(edge.evidence)
    return None if line is None else line + found.line - 1


def _name(ref: ColumnRef) -> str:
    return f"{ref.node}.{ref.column}" if ref.column is not None else f"{ref.node} {ROWS}"


# -- pictures ------------------------------------------------------------------------------------


def _picture(found: Statement, number: int, several: bool) -> Subgraph:
    frame = found.name if several else "query"
    boxes: dict[str, GraphNode] = {}
    arrows: dict[GraphEdge, None] = {}
    for column in found.lineage.columns:
        key = f"{number}:{column}"
        boxes[key] = GraphNode(key, column, "column", frame)
    for edge in found.lineage.edges():
        source, target = _name(edge.source), f"{number}:{edge.target.column or ROWS}"
        label = edge.source.column or ROWS
        boxes[source] = GraphNode(source, label, "column", edge.source.node)
        boxes[target] = GraphNode(target, edge.target.column or ROWS, "column", frame)
        word = effect_text(edge.effect, edge.source, edge.target)
        arrows[GraphEdge(source, target, word, edge.effect.is_direct)] = None
    return Subgraph(tuple(boxes.values()), tuple(arrows))


def _joined(pictures: Iterable[Subgraph]) -> Subgraph:
    nodes: dict[str, GraphNode] = {}
    edges: list[GraphEdge] = []
    for each in pictures:
        nodes |= {node.id: node for node in each.nodes}
        edges += each.edges
    return Subgraph(tuple(nodes.values()), tuple(edges))
