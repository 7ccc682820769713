"""Where a column comes from: every step up to the sources, and the way between two columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from headwater.core.columns import ColumnRef, short_name
from headwater.core.edges import ColumnFlag, Gap
from headwater.core.report import Fact, Report, Table
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.compose import Reach, Step, reach_downstream, reach_upstream
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.questions.effects import DIRECT, Teller, flag_text, picture, ref_data, ref_text
from headwater.questions.evidence import SqlTexts
from headwater.questions.loaded import Loaded
from headwater.questions.names import Target, resolve
from headwater.questions.steps import Hop, hop, rows_hop


class Origin(NamedTuple):
    """A column where the trace ends, and how the target feels it."""

    ref: ColumnRef
    kind: str
    effect: str
    depth: int
    note: str  #: why it ends here, when it is no source or seed


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer.

    *Shape*: ``steps`` by depth, then by target and source, each with its depth (the first step into
    the target has 1); ``rows`` are the hops that decide which rows the nodes on the way have;
    ``origins`` are sorted by node and column.
    """

    loaded: Loaded
    target: Target
    steps: tuple[tuple[int, Hop], ...]
    rows: tuple[Hop, ...]
    origins: tuple[Origin, ...]
    vertices: tuple[int, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        graph = self.loaded.graph
        return Report(
            title=f"Trace of {self.target}",
            facts=(
                Fact("origins", len(self.origins)),
                Fact("steps", len(self.steps)),
                Fact("nodes on the way", len({graph.node_of(v) for v in self.vertices})),
            ),
            tables=(
                _step_table(graph, "Steps", self.steps),
                _origin_table(self.origins),
                _rows_table(graph, self.rows),
            ),
            graph=picture(graph, self.vertices),
            gaps=self.gaps,
            coverage=self.coverage,
            data=_trace_data(self),
        )


@dataclass(frozen=True, slots=True)
class Way:
    """A shortest way from one column to another; no ``steps`` when there is none."""

    loaded: Loaded
    source: Target
    target: Target
    effect: str
    steps: tuple[Hop, ...]
    vertices: tuple[int, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        graph = self.loaded.graph
        found = bool(self.steps) or self.source == self.target
        effect = self.effect if found else "none that was seen"
        numbered = tuple(enumerate(self.steps, 1))
        return Report(
            title=f"The way from {self.source} to {self.target}",
            facts=(
                Fact("effect", effect, "info" if found else "warn"),
                Fact("steps", len(self.steps)),
            ),
            tables=(_step_table(graph, "Steps", numbered),),
            graph=picture(graph, self.vertices),
            gaps=self.gaps,
            coverage=self.coverage,
            data={
                "source": ref_data(self.source.ref),
                "target": ref_data(self.target.ref),
                "found": found,
                "effect": self.effect if found else None,
                "steps": [step.data() for step in self.steps],
            },
        )


def trace(loaded: Loaded, name: str, *, depth: int | None = None, rows: bool = False) -> Trace:
    """Everything the named column (or every column of the named node) is made of.

    With ``rows``, what shapes the row sets on the way is followed up to its own sources; without,
    it is listed where it happens. *Raises*: `NotFound`, `Ambiguous`.
    """
    target = resolve(loaded, name)
    graph = loaded.graph
    starts = [graph.vertex(target.ref)]
    if target.column is None:
        starts = [*(starts if rows or not graph.columns_of(target.node) else ())]
        starts += graph.columns_of(target.node)
    reach = reach_upstream(graph, starts, depth, rows=rows)
    texts = SqlTexts(loaded.project)
    met = reach.vertices()
    nodes = {graph.node_of(vertex) for vertex in met}
    return Trace(
        loaded=loaded,
        target=target,
        steps=_steps(graph, texts, reach, met, rows),
        rows=() if rows else tuple(_row_hops(graph, texts, sorted(nodes))),
        origins=tuple(_origins(graph, reach, met)),
        vertices=tuple(met),
        gaps=gaps_of(loaded, nodes),
        coverage=coverage_line(loaded),
    )


def way(loaded: Loaded, source: str, target: str) -> Way:
    """A shortest way on which the first column (or node) is felt in the second.

    A way that hands on the value is preferred to a shorter one that does not.
    *Raises*: `NotFound`, `Ambiguous`.
    """
    graph = loaded.graph
    begin, end = resolve(loaded, source), resolve(loaded, target)
    reach = reach_downstream(graph, _vertices(graph, begin))
    met = frozenset(reach.vertices())
    goals = [v for v in _vertices(graph, end) if v in met]
    steps: list[Step] = []
    effect = ""
    if goals:
        goal = min(goals, key=lambda v: _preference(reach, v))
        steps, effect = reach.path(reach.feels(goal)[0]), Teller(graph, reach).said(goal)
    texts = SqlTexts(loaded.project)
    vertices = sorted({v for step in steps for v in (step.source, step.target)})
    nodes = {begin.node, end.node, *(graph.node_of(v) for v in vertices)}
    return Way(
        loaded=loaded,
        source=begin,
        target=end,
        effect=effect,
        steps=tuple(_hop_of(graph, texts, step) for step in steps),
        vertices=tuple(vertices),
        gaps=gaps_of(loaded, nodes),
        coverage=coverage_line(loaded),
    )


def _preference(reach: Reach, vertex: int) -> tuple[bool, int, int]:
    strongest = reach.feels(vertex)[0]
    return strongest.word not in DIRECT, strongest.depth, vertex


def _vertices(graph: ColumnGraph, target: Target) -> list[int]:
    if target.column is not None:
        return [graph.vertex(target.ref)]
    return [graph.rows_vertex(target.node), *graph.columns_of(target.node)]


def _hop_of(graph: ColumnGraph, texts: SqlTexts, step: Step) -> Hop:
    if step.edge is None:
        return rows_hop(graph, step.source, step.target)
    return hop(graph, texts, step.edge)


def _steps(
    graph: ColumnGraph, texts: SqlTexts, reach: Reach, met: list[int], rows: bool
) -> tuple[tuple[int, Hop], ...]:
    """Every edge between two vertices that were met, once."""
    inside = frozenset(met)
    found: list[tuple[tuple[int, int, int], Hop]] = []
    for vertex in met:
        depth = reach.nearest(vertex).depth + 1
        numbers = [n for n, source in graph.upstream(vertex) if source in inside]
        hops = list(dict.fromkeys(hop(graph, texts, number) for number in numbers))
        row_set = graph.rows_vertex(graph.node_of(vertex))
        moved = graph.flags(vertex) & ColumnFlag.ROW_DEPENDENT
        if rows and row_set != vertex and row_set in inside and moved:
            hops.append(rows_hop(graph, row_set, vertex))
        found.extend(((depth, vertex, at), each) for at, each in enumerate(hops))
    return tuple((key[0], each) for key, each in sorted(found, key=lambda item: item[0]))


def _row_hops(graph: ColumnGraph, texts: SqlTexts, nodes: Iterable[str]) -> Iterator[Hop]:
    """What decides which rows the nodes have, where a column decides it."""
    for node in nodes:
        seen = set()
        for number, source in graph.upstream(graph.rows_vertex(node)):
            if not graph.is_rows(source):
                found = hop(graph, texts, number)
                if found not in seen:
                    seen.add(found)
                    yield found


def _origins(graph: ColumnGraph, reach: Reach, met: Iterable[int]) -> Iterator[Origin]:
    """The vertices without anything above them, but for row sets."""
    found, teller = [], Teller(graph, reach)
    for vertex in met:
        if graph.is_rows(vertex) or any(source != vertex for _, source in graph.upstream(vertex)):
            continue
        ref = graph.ref(vertex)
        kind = graph.kind(ref.node)
        depth = reach.nearest(vertex).depth
        found.append(Origin(ref, kind, teller.said(vertex), depth, _note(graph, vertex)))
    return iter(sorted(found, key=lambda origin: (origin.ref.node, origin.ref.column or "")))


def _note(graph: ColumnGraph, vertex: int) -> str:
    flags = graph.flags(vertex)
    for flag, words in _ENDS.items():
        if flags & flag:
            return words
    return ""


_ENDS = {
    ColumnFlag.FAILED: "its sources could not be resolved",
    ColumnFlag.OPAQUE: "its sources cannot be seen",
    ColumnFlag.ROW_DEPENDENT: "computed over rows",
    ColumnFlag.CONSTANT: "constant",
    ColumnFlag.OPEN: "columns that are not known",
}


# -- shapes --------------------------------------------------------------------------------------


def _step_table(graph: ColumnGraph, title: str, steps: Iterable[tuple[int, Hop]]) -> Table:
    """One row for each pair of columns and expression, with all its effects."""
    words: dict[tuple[Any, ...], dict[str, None]] = {}
    for depth, each in steps:
        key = (depth, each.target, each.source, each.expression, each.line)
        said = words.setdefault(key, {})
        said[each.word] = None
        said.update(dict.fromkeys(filter(None, flag_text(each.flags).split(", "))))
    rows = tuple(
        (depth, ref_text(graph, target), ref_text(graph, source), ", ".join(said), text, line)
        for (depth, target, source, text, line), said in words.items()
    )
    heads = ("step", "column", "from", "effect", "expression", "line")
    return Table(title, heads, rows, ("from", "effect", "expression"))


def _origin_table(origins: tuple[Origin, ...]) -> Table:
    rows = tuple(
        (f"{short_name(o.ref.node)}.{o.ref.column}", o.kind, o.effect, o.depth, o.note)
        for o in origins
    )
    return Table("Origins", ("column", "kind", "effect", "depth", "note"), rows, ("effect", "note"))


def _rows_table(graph: ColumnGraph, hops: tuple[Hop, ...]) -> Table:
    rows = tuple(
        (short_name(h.target.node), ref_text(graph, h.source), h.word, h.expression, h.line)
        for h in hops
    )
    heads = ("rows of", "decided by", "effect", "expression", "line")
    wrap = ("decided by", "expression")
    return Table("Which rows there are", heads, rows, wrap, group="rows of")


def _trace_data(answer: Trace) -> dict[str, Any]:
    return {
        "target": ref_data(answer.target.ref),
        "steps": [{"depth": depth, **each.data()} for depth, each in answer.steps],
        "origins": [
            {
                **ref_data(origin.ref),
                "kind": origin.kind,
                "effect": origin.effect,
                "depth": origin.depth,
                "note": origin.note or None,
            }
            for origin in answer.origins
        ],
        "rows": [each.data() for each in answer.rows],
    }
