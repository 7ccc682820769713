"""Small projects, and a stand-in for the SQL walk."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from headwater.core.columns import Column, ColumnRef
from headwater.core.edges import NodeLineage
from headwater.core.project import Node, Project
from headwater.core.relations import SqlContext


def node(kind: str, name: str, parents: Sequence[str] = (), **more: Any) -> Node:
    """A node with a relation; a model's SQL lists its columns: ``a, b`` or ``*``."""
    fields: dict[str, Any] = {
        "relation": f'"db"."main"."{name}"',
        "raw_sql": "select" if kind == "model" else None,
        "path": f"models/{name}.sql",
        "columns": tuple(Column(c) for c in more.pop("declared", ())),
    }
    catalog = more.pop("catalog", None)
    if catalog is not None:
        fields["catalog_columns"] = tuple(Column(c) for c in catalog)
    return Node(f"{kind}.shop.{name}", kind, name, "shop", parents=tuple(parents), **fields | more)


def project(*nodes: Node) -> Project:
    """The project of these nodes."""
    ordered = {n.id: n for n in sorted(nodes, key=lambda n: n.id)}
    return Project("shop", "postgres", "1.12.6", 12, "", ordered)


class Recorder:
    """Parses ``a, b`` and ``*`` by hand, and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: dict[str, SqlContext] = {}

    def __call__(self, sql: str, context: SqlContext) -> NodeLineage:
        self.seen[context.node] = context
        return lineage(sql, context)

    def many(self, tasks: list[tuple[str, SqlContext]]) -> list[NodeLineage]:
        """As `Tools.parse_many`."""
        return [self(sql, context) for sql, context in tasks]


def lineage(sql: str, context: SqlContext) -> NodeLineage:
    """Each listed column comes from the first input that has it; ``*`` is every input's columns."""
    inputs = [r for r in _inputs(context) if r.node != context.node]
    if sql == "boom":
        raise RuntimeError("a bug in the walk")
    if sql.startswith("from "):
        return _from_one(sql.removeprefix("from "), context)
    names: list[str] = []
    for word in sql.split(", "):
        if word == "*":
            names += [c for r in inputs for c in r.columns]
            names += ["*"] if not all(r.complete for r in inputs) else []
        else:
            names.append(word)
    sources = tuple(ColumnRef(r.node, c) for r in inputs for c in r.columns)
    links = array("i")
    for at, name in enumerate(names):
        found = next((i for i, ref in enumerate(sources) if ref.column == name), None)
        if found is not None:
            links.extend((found, at, 0, 0, 0, 1))
    flags = tuple(16 if name == "*" else 0 for name in names)
    return NodeLineage(context.node, tuple(names), flags, sources, links)


def _from_one(name: str, context: SqlContext) -> NodeLineage:
    """Reads every column of one relation, as a walk that may not find it."""
    quoted = ".".join(f'"{part}"' for part in name.lower().split("."))
    relation = context.relations.get(quoted)
    if relation is None:
        return NodeLineage(context.node, sources=(ColumnRef(context.external + name, None),))
    return NodeLineage(
        context.node, sources=tuple(ColumnRef(relation.node, c) for c in relation.columns)
    )


def _inputs(context: SqlContext) -> list[Any]:
    return [*context.relations.values(), *context.ephemerals.values()]
