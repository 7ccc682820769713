"""Where a node's SQL names another node's relation."""

from __future__ import annotations

import re

from headwater.core.changes import NOWHERE
from headwater.core.columns import ColumnRef
from headwater.core.edges import Span
from headwater.core.project import Project
from headwater.questions.loaded import Loaded

_PARTS = re.compile(r'[^\s."`\[\]]+|"[^"]+"|`[^`]+`|\[[^\]]+\]')


def place_of_use(loaded: Loaded, reader: str, used: ColumnRef) -> Span:
    """Where the reader does anything with a column, or else names its relation."""
    graph = loaded.graph
    vertex = graph.find(used) if used.column is not None and used.node in graph else None
    if vertex is not None:
        edges = (graph.edge(edge) for edge, _ in graph.downstream(vertex))
        spans = [e.evidence for e in edges if e.target.node == reader and e.evidence.start >= 0]
        if spans:
            return min(spans)
    return place_of_read(loaded.project, reader, used.node)


def place_of_read(project: Project, reader: str, read: str) -> Span:
    """The first place at which the reader names the relation; nowhere when it does not.

    Looked for as dbt prints it, then by its last name alone: an ephemeral model, or SQL in which
    the relation was spelled in another way.
    """
    node, other = project.nodes.get(reader), project.nodes.get(read)
    if node is None or other is None or not node.sql:
        return NOWHERE
    if other.relation:
        for found in re.finditer(re.escape(other.relation), node.sql):
            if not _in_comment(node.sql, found.start()):
                return Span(*found.span())
    name = _last(other.relation) if other.relation else f"__dbt__cte__{other.name}"
    pattern = rf"\b(?:from|join)\s+(\S*?{re.escape(name)}[\"`\]]?)(?=[\s,;)]|$)"
    spelled = re.search(pattern, node.sql, re.I)
    return Span(*spelled.span(1)) if spelled else NOWHERE


def _in_comment(sql: str, at: int) -> bool:
    return "--" in sql[sql.rfind("\n", 0, at) + 1 : at]


def _last(relation: str) -> str:
    parts = _PARTS.findall(relation)
    return parts[-1].strip('"`[]') if parts else relation
