"""What the nodes without SQL of their own read: tests, unit tests, semantic models, metrics.

Each is given the same form as parsed SQL, a `NodeLineage`, so that the builder knows one shape.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, NodeLineage
from headwater.core.project import Node, Project
from headwater.graph.drafts import Draft

Read = tuple[
    ColumnRef, int, Effect, EdgeFlag
]  #: source, place in columns (-1: rows), effect, flags
Drafts = Mapping[str, Draft]

_PLAIN = re.compile(r'[A-Za-z_][\w$]*|"[^"]+"|`[^`]+`')
_WORD = re.compile(r"""'(?:[^']|'')*'|"([^"]+)"|`([^`]+)`|([A-Za-z_][\w$]*)(?!\s*\()""")
_MEMBER = re.compile(r"""(?:Dimension|Entity)\(\s*\\?['"]([^'"\\]+)""")
_CALL = re.compile(r"""(ref|source)\(([^)]*)\)""")
_QUOTED = re.compile(r"""['"]([^'"]+)['"]""")


def consumer_lineage(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """What the node reads, or ``None`` when nothing finer than "its parents" is known."""
    maker = _MAKERS.get(node.kind)
    return maker(node, project, drafts) if maker else None


def _lineage(
    node: Node, reads: Iterable[Read], columns: Mapping[str, int] | None = None
) -> NodeLineage | None:
    columns = columns or {}
    sources: dict[ColumnRef, int] = {}
    links = array("i")
    for ref, place, effect, flags in reads:
        at = sources.setdefault(ref, len(sources))
        links.extend((at, place, int(effect), int(flags), -1, -1))
    if not links:
        return None
    return NodeLineage(node.id, tuple(columns), tuple(columns.values()), tuple(sources), links)


def _rows_reads(refs: Iterable[ColumnRef], effect: Effect = Effect.FILTER) -> list[Read]:
    return [(ref, -1, effect, EdgeFlag.NONE) for ref in refs]


# -- tests ---------------------------------------------------------------------------------------


def _test(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """``column_name`` on the attached node; ``field`` on the other (relationships)."""
    metadata = _mapping(node.extra.get("test_metadata"))
    arguments = _mapping(metadata.get("kwargs"))
    column = node.extra.get("column_name") or arguments.get("column_name")
    attached = node.extra.get("attached_node") or next(iter(node.parents), None)
    if not isinstance(column, str) or not isinstance(attached, str) or attached not in drafts:
        return None
    name = _unquoted(column)
    if name.lower() not in drafts[attached].index and not _PLAIN.fullmatch(column):
        return None  # an expression; what it reads is not known without the compiled SQL
    refs = [ColumnRef(attached, name), ColumnRef(attached, None)]
    others = [p for p in node.parents if p != attached and p in drafts]
    field = arguments.get("field")
    for other in others:
        refs.append(ColumnRef(other, None))
        if isinstance(field, str):
            refs.append(ColumnRef(other, _unquoted(field)))
    return _lineage(node, _rows_reads(refs))


def _unit_test(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """The expected columns of the tested model and the given columns of its inputs."""
    tested = next((p for p in node.parents if p in drafts), None)
    if tested is None:
        return None
    expected = _row_columns(_mapping(node.extra.get("expect")).get("rows"))
    if not expected:
        expected = [n for n in drafts[tested].names if n != "*"]
    refs = [ColumnRef(tested, None), *(ColumnRef(tested, name) for name in expected)]
    inputs = project.nodes[tested].parents if tested in project.nodes else ()
    for given in node.extra.get("given") or ():
        source = _given_node(_mapping(given).get("input"), inputs, project)
        if source is not None:
            names = _row_columns(_mapping(given).get("rows"))
            refs.extend(ColumnRef(source, name) for name in names)
    return _lineage(node, _rows_reads(refs))


def _row_columns(rows: Any) -> list[str]:
    """The column names of dict rows, or of a CSV text's header; nothing for SQL rows."""
    if isinstance(rows, list):
        names = {name: None for row in rows if isinstance(row, dict) for name in row}
        return [str(name) for name in names]
    return []


def _given_node(call: Any, inputs: Iterable[str], project: Project) -> str | None:
    """The input that ``ref('orders')`` or ``source('shop', 'orders')`` names, if there is one."""
    match = _CALL.search(call) if isinstance(call, str) else None
    names = _QUOTED.findall(match[2]) if match else []
    if not match or not names:
        return None
    for node in inputs:
        found = project.nodes.get(node)
        if (
            found is None
            or found.name != names[-1]
            or (match[1] == "source") != (found.kind == "source")
        ):
            continue
        return node
    return None


# -- semantic layer ------------------------------------------------------------------------------


def _semantic_model(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """Entities, dimensions and measures are its columns; each reads the columns of its ``expr``."""
    model = next((p for p in node.parents if p in drafts), None)
    if model is None:
        return None
    columns: dict[str, int] = {}
    reads: list[Read] = [(ColumnRef(model, None), -1, Effect.IDENTITY, EdgeFlag.NONE)]
    for part in ("entities", "dimensions", "measures"):
        for item in node.extra.get(part) or ():
            name = _mapping(item).get("name")
            if not isinstance(name, str):
                continue
            is_measure = part == "measures"
            flags = ColumnFlag.ROW_DEPENDENT if is_measure else ColumnFlag.NONE
            columns.setdefault(name, int(flags))
            place = list(columns).index(name)
            reads.extend(_expression_reads(item, place, drafts[model], is_measure))
    return _lineage(node, reads, columns)


def _expression_reads(
    item: Mapping[str, Any], place: int, model: Draft, is_measure: bool
) -> list[Read]:
    expression = item.get("expr")
    text = str(expression) if expression is not None else item["name"]
    plain = _PLAIN.fullmatch(text.strip()) is not None
    names = [_unquoted(text.strip())] if plain else _mentioned(text, model)
    effect = Effect.IDENTITY if plain else Effect.TRANSFORMATION
    if is_measure:
        effect = Effect.AGGREGATION
    flags = _LEFT.get(str(item.get("agg")).lower(), EdgeFlag.NONE) if is_measure else EdgeFlag.NONE
    return [(ColumnRef(model.id, name), place, effect, flags) for name in names]


#: What the aggregation of a measure leaves of the value.
_COUNT = EdgeFlag.PARTIAL | EdgeFlag.MASKING | EdgeFlag.COUNTED
_LEFT = {
    "count": _COUNT,
    "count_distinct": _COUNT,
    "sum_boolean": _COUNT,
    "sum": EdgeFlag.PARTIAL,
    "average": EdgeFlag.PARTIAL,
}


def _mentioned(text: str, model: Draft) -> list[str]:
    """The words of an SQL expression that are columns of the model, each once."""
    words = (m[1] or m[2] or m[3] for m in _WORD.finditer(text))
    return list(dict.fromkeys(w for w in words if w and w.lower() in model.index))


def _metric(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """Its measures, the metrics it is derived from, and the dimensions of its filters."""
    parameters = _mapping(node.extra.get("type_params"))
    named = [parameters.get("measure"), *(parameters.get("input_measures") or ())]
    measures = {m.get("name") for m in map(_mapping, named)} - {None}
    reads: list[Read] = []
    for parent in node.parents:
        if parent not in drafts:
            continue
        kind = drafts[parent].kind
        names = sorted(
            n for n in measures if isinstance(n, str) and n.lower() in drafts[parent].index
        )
        if kind == "semantic_model" and names:
            refs = [ColumnRef(parent, name) for name in names]
            reads.extend(_rows_reads(refs, Effect.AGGREGATION))
        elif kind in {"metric", "semantic_model"}:
            reads.extend(_rows_reads([ColumnRef(parent, None)], Effect.TRANSFORMATION))
    filters = [node.extra.get("filter"), *named]
    reads.extend(_rows_reads(_members(filters, drafts)))
    return _lineage(node, reads)


def _saved_query(node: Node, project: Project, drafts: Drafts) -> NodeLineage | None:
    """Its metrics, and the dimensions it groups and filters by."""
    refs = [ColumnRef(p, None) for p in node.parents if p in drafts]
    reads = _rows_reads(refs, Effect.IDENTITY)
    parameters = _mapping(node.extra.get("query_params"))
    groups = _members(parameters.get("group_by"), drafts)
    reads.extend(_rows_reads(groups, Effect.GROUP_BY))
    reads.extend(_rows_reads(_members(parameters.get("where"), drafts)))
    return _lineage(node, reads)


def _members(value: Any, drafts: Drafts) -> list[ColumnRef]:
    """The semantic model columns that ``Dimension('order__status')`` and the like name."""
    names = {found.rpartition("__")[2].lower() for found in _MEMBER.findall(repr(value))}
    models = sorted(d.id for d in drafts.values() if d.kind == "semantic_model") if names else []
    return [
        ColumnRef(model, drafts[model].names[drafts[model].index[name]])
        for model in models
        for name in sorted(names)
        if name in drafts[model].index
    ]


# -- small readers -------------------------------------------------------------------------------


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] and name[0] in '"`' else name


Maker = Callable[[Node, Project, Drafts], NodeLineage | None]
_MAKERS: Mapping[str, Maker] = {
    "test": _test,
    "unit_test": _unit_test,
    "semantic_model": _semantic_model,
    "metric": _metric,
    "saved_query": _saved_query,
}
