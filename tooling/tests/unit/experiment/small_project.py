"""A project from SQL texts: sources with columns, models in order, read by the engine itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from headwater.core.columns import Column
from headwater.core.project import Node, Project
from headwater.graph import build_graph
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.parsing import Tools, parse_project
from headwater.sql.dialects import dialect_for
from headwater.sql.parse import parse_node


class Small(NamedTuple):
    project: Project
    graph: ColumnGraph


def source(name: str, **types: str | None) -> Node:
    columns = tuple(Column(column, type_name) for column, type_name in types.items())
    return Node(
        f"source.p.raw.{name}", "source", name, "p", f'"db"."raw"."{name}"', columns=columns
    )


def model(name: str, sql: str | None, *parents: str, ephemeral: bool = False, **more: str) -> Node:
    relation = None if ephemeral else f'"db"."main"."{name}"'
    return Node(
        f"model.p.{name}",
        "model",
        name,
        "p",
        relation,
        sql,
        path=f"{name}.sql",
        parents=parents,
        **more,  # type: ignore[arg-type]
    )


def small(*nodes: Node, adapter: str = "duckdb") -> Small:
    known: Mapping[str, Node] = {node.id: node for node in sorted(nodes, key=lambda n: n.id)}
    project = Project("p", adapter, "1.11", 12, "2026-11-01T12:00:00Z", known)
    tools = Tools(dialect_for(adapter), lambda tasks: [parse_node(*task) for task in tasks])
    lineages, _ = parse_project(project, tools)
    return Small(project, build_graph(project, lineages))
