"""Small projects and lineages, written in a few words.

Columns are written ``orders.amount`` (a model), ``@raw.id`` (a source); a row set is ``orders.``.
"""

from __future__ import annotations

from array import array
from typing import Any

from headwater.core.columns import Column, ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Effect, Gap, NodeLineage
from headwater.core.project import Node, Project

Reading = str | tuple[Any, ...]  #: "orders.amount", or with an Effect and EdgeFlags


def uid(name: str) -> str:
    """``orders`` -> ``model.shop.orders``; ``@raw`` -> ``source.shop.raw.raw``; ids stay."""
    if name.startswith("@"):
        return f"source.shop.raw.{name[1:]}"
    return name if "." in name else f"model.shop.{name}"


def ref(text: str) -> ColumnRef:
    node, _, column = text.rpartition(".")
    return ColumnRef(uid(node), column or None)


def node(name_or_id: str, parents: str = "", **values: Any) -> Node:
    """A node; ``columns`` and ``catalog`` are space-separated names."""
    node_id = uid(name_or_id)
    kind = node_id.partition(".")[0]
    columns = tuple(Column(c) for c in values.pop("columns", "").split())
    catalog = values.pop("catalog", None)
    settings: dict[str, Any] = {
        "id": node_id,
        "kind": kind,
        "name": name_or_id.lstrip("@").rpartition(".")[2],
        "package": node_id.split(".")[1],
        "columns": columns,
        "catalog_columns": None if catalog is None else tuple(Column(c) for c in catalog.split()),
        "parents": tuple(uid(p) for p in parents.split()),
        "fqn": tuple(node_id.split(".")[1:]),
        "sql": "select 1" if kind == "model" else None,
    }
    return Node(**(settings | values))


def project(*nodes: Node, **values: Any) -> Project:
    settings: dict[str, Any] = {
        "name": "shop",
        "adapter": "postgres",
        "dbt_version": "1.11.0",
        "schema_version": 12,
        "generated_at": "2026-11-23T08:00:00Z",
        "nodes": {n.id: n for n in sorted(nodes, key=lambda n: n.id)},
    }
    return Project(**(settings | values))


def lineage(
    name: str,
    columns: dict[str, list[Reading] | str] | None = None,
    rows: list[Reading] | str = (),  # type: ignore[assignment]
    flags: dict[str, ColumnFlag] | None = None,
    gaps: tuple[Gap, ...] = (),
) -> NodeLineage:
    """The lineage of one node: what each column, and its row set, reads.

    A reading without an effect is IDENTITY for a column and FILTER for the rows.
    """
    columns = columns or {}
    sources: dict[ColumnRef, int] = {}
    links = array("i")

    def add(readings: list[Reading] | str, place: int, default: Effect) -> None:
        for reading in readings.split() if isinstance(readings, str) else readings:
            text, *rest = (reading,) if isinstance(reading, str) else reading
            effect, mark, start, end = [*rest, *(default, EdgeFlag.NONE, -1, -1)[len(rest) :]]
            at = sources.setdefault(ref(text), len(sources))
            links.extend((at, place, effect, mark, start, end))

    for place, readings in enumerate(columns.values()):
        add(readings, place, Effect.IDENTITY)
    add(rows, -1, Effect.FILTER)
    marks = tuple(int((flags or {}).get(c, ColumnFlag.OPEN if c == "*" else 0)) for c in columns)
    return NodeLineage(uid(name), tuple(columns), marks, tuple(sources), links, gaps)
