"""A model's columns: what each is made of, its type and description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from headwater.core.columns import Column, short_name
from headwater.core.edges import ColumnFlag, Gap
from headwater.core.report import Fact, Report, Table
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.questions.effects import flag_text, picture, ref_text
from headwater.questions.evidence import SqlTexts
from headwater.questions.loaded import Loaded
from headwater.questions.names import resolve
from headwater.questions.steps import Hop, hop

_FLAG_WORDS = {
    ColumnFlag.CONSTANT: "constant",
    ColumnFlag.OPAQUE: "opaque",
    ColumnFlag.FAILED: "failed",
    ColumnFlag.ROW_DEPENDENT: "over rows",
    ColumnFlag.OPEN: "not known",
}


class ColumnSources(NamedTuple):
    """One column. ``direct`` hand on values, ``indirect`` only decide which value there is."""

    name: str
    type: str | None
    description: str
    tags: tuple[str, ...]
    flags: ColumnFlag
    direct: tuple[Hop, ...]
    indirect: tuple[Hop, ...]

    @property
    def notes(self) -> str:
        """The flags in words."""
        return ", ".join(word for flag, word in _FLAG_WORDS.items() if flag in self.flags)


@dataclass(frozen=True, slots=True)
class Columns:
    """The answer. *Shape*: ``columns`` in the order of the select list, ``rows`` as stored."""

    loaded: Loaded
    node: str
    columns: tuple[ColumnSources, ...]
    rows: tuple[Hop, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        graph = self.loaded.graph
        tables = [_column_table(graph, self.columns)]
        if self.rows:
            tables.append(_rows_table(graph, self.rows))
        return Report(
            title=f"Columns of {short_name(self.node)}",
            facts=_facts(self),
            tables=tuple(tables),
            graph=picture(graph, _vertices(graph, self.node)),
            gaps=self.gaps,
            coverage=self.coverage,
            data=_data(self),
        )


def columns(loaded: Loaded, name: str) -> Columns:
    """The columns of the named node, or the one column that is named.

    *Raises*: `NotFound`, `Ambiguous`.
    """
    target = resolve(loaded, name)
    graph, texts = loaded.graph, SqlTexts(loaded.project)
    known = _known(loaded, target.node)
    vertices = [
        vertex
        for vertex in graph.columns_of(target.node)
        if target.column is None or graph.name(vertex) == target.column
    ]
    row_hops = _hops(graph, texts, graph.rows_vertex(target.node))
    return Columns(
        loaded=loaded,
        node=target.node,
        columns=tuple(_sources(graph, texts, vertex, known) for vertex in vertices),
        rows=tuple(row_hops),
        gaps=gaps_of(loaded, [target.node]),
        coverage=coverage_line(loaded),
    )


def _known(loaded: Loaded, node_id: str) -> dict[str, Column]:
    """What is declared of each column, with the catalog's type where it has one."""
    node = loaded.project.nodes.get(node_id)
    if node is None:
        return {}
    known = {column.name.lower(): column for column in node.catalog_columns or ()}
    for column in node.columns:
        real = known.get(column.name.lower())
        kind = real.type if real is not None and real.type else column.type
        known[column.name.lower()] = Column(
            column.name, kind, column.description, column.tags, column.meta
        )
    return known


def _sources(
    graph: ColumnGraph, texts: SqlTexts, vertex: int, known: Mapping[str, Column]
) -> ColumnSources:
    name = graph.name(vertex)
    column = known.get(name.lower(), Column(name))
    hops = _hops(graph, texts, vertex)
    return ColumnSources(
        name=name,
        type=column.type,
        description=column.description,
        tags=column.tags,
        flags=graph.flags(vertex),
        direct=tuple(h for h in hops if h.effect is not None and h.effect.is_direct),
        indirect=tuple(h for h in hops if h.effect is None or not h.effect.is_direct),
    )


def _hops(graph: ColumnGraph, texts: SqlTexts, vertex: int) -> list[Hop]:
    return list(dict.fromkeys(hop(graph, texts, number) for number, _ in graph.upstream(vertex)))


def _vertices(graph: ColumnGraph, node: str) -> set[int]:
    own = {graph.rows_vertex(node), *graph.columns_of(node)}
    return own | {source for vertex in own for _, source in graph.upstream(vertex)}


# -- shapes --------------------------------------------------------------------------------------


def _facts(answer: Columns) -> tuple[Fact, ...]:
    node = answer.loaded.project.nodes.get(answer.node)
    facts = [Fact("node", answer.node), Fact("columns", len(answer.columns))]
    if node is not None and node.materialized:
        facts.append(Fact("materialized", node.materialized))
    if node is not None and node.path:
        facts.append(Fact("file", node.path))
    if node is not None and node.description:
        facts.append(Fact("description", " ".join(node.description.split())))
    return tuple(facts)


def _column_table(graph: ColumnGraph, found: Iterable[ColumnSources]) -> Table:
    """One row per column; one more for each further source."""
    rows = []
    for column in found:
        first = (column.name, column.type, column.notes)
        hops = (*column.direct, *column.indirect)
        for source, effects in _merged(hops):
            rows.append((*first, ref_text(graph, source), effects))
        if not hops:
            rows.append((*first, "", ""))
    heads = ("column", "type", "note", "from", "effect")
    return Table("Columns", heads, tuple(rows), ("note", "from", "effect"), fold=heads[:3])


def _merged(hops: Iterable[Hop]) -> list[tuple[Any, str]]:
    """One entry for each source, with all its effects in words."""
    words: dict[Any, dict[str, None]] = {}
    for each in hops:
        said = words.setdefault(each.source, {})
        said[each.word] = None
        said.update(dict.fromkeys(filter(None, flag_text(each.flags).split(", "))))
    return [(source, ", ".join(said)) for source, said in words.items()]


def _rows_table(graph: ColumnGraph, hops: Iterable[Hop]) -> Table:
    rows = tuple(
        (
            ref_text(graph, h.source),
            h.word,
            h.expression,
            h.line,
        )
        for h in hops
    )
    heads = ("decided by", "effect", "expression", "line")
    return Table("Which rows there are", heads, rows, ("expression",))


def _data(answer: Columns) -> dict[str, Any]:
    return {
        "node": answer.node,
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "description": column.description,
                "tags": list(column.tags),
                "flags": [f.name for f in _FLAG_WORDS if f in column.flags],
                "direct": [each.data() for each in column.direct],
                "indirect": [each.data() for each in column.indirect],
            }
            for column in answer.columns
        ],
        "rows": [each.data() for each in answer.rows],
    }
