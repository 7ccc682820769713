"""What ``sqlglot.lineage`` says of a case, in the case files' words: the second opinion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage

from headwater.core.edges import Effect, NodeLineage
from headwater.sql.names import split_name
from headwater.sql.parse import parse_node

from .case_files import Case

#: What it raises when it cannot tell, besides its own errors.
CANNOT_TELL = (SqlglotError, ValueError, KeyError, AttributeError, TypeError, IndexError)


def schema_of(case: Case) -> dict[str, Any]:
    """The case's tables as sqlglot wants them: nested by the parts of their names."""
    schema: dict[str, Any] = {}
    for name, relation in case.schema.items():
        level = schema
        for part in split_name(name):
            level = level.setdefault(part, {})
        level.update(dict.fromkeys(relation.columns, "text"))
    return schema


def opinion(case: Case, column: str) -> frozenset[str] | None:
    """The sources of one output column, lower case; ``None`` when it cannot tell."""
    try:
        root = lineage(column, case.sql, schema=schema_of(case), dialect=case.dialect or None)
    except CANNOT_TELL:
        return None
    return frozenset(_leaves(root))


def _leaves(root: Node) -> Iterator[str]:
    for node in root.walk():
        if not node.downstream and isinstance(node.expression, exp.Table):
            table = ".".join(part.name for part in node.expression.parts)
            yield f"{table}.{node.name.rsplit('.', 1)[-1]}".lower().replace('"', "")


def ours(found: NodeLineage, position: int) -> tuple[frozenset[str], frozenset[str]]:
    """The engine's direct sources of an output column, and all that reach it in any way."""
    direct, every = set(), set()
    links = found.links
    for edge, at in zip(found.edges(), range(1, len(links), 6), strict=True):
        if links[at] != position or edge.source.column is None:
            continue
        source = f"{edge.source.node}.{edge.source.column}".lower()
        every.add(source)
        if edge.effect <= Effect.AGGREGATION:
            direct.add(source)
    return frozenset(direct), frozenset(every)


def disagreements(case: Case) -> Iterator[tuple[str, str]]:
    """The output columns on which the two differ, with what each says alone.

    sqlglot does not tell a value from what steers it, so a source that the engine calls a condition
    may stand on either side. A column without an opinion is not a difference.
    """
    found = parse_node(case.sql, case.context())
    for position, name in enumerate(found.columns):
        if name == "*" or found.columns.count(name) > 1:
            continue
        theirs = opinion(case, name)
        if theirs is None:
            continue
        direct, every = ours(found, position)
        lost, more = sorted(theirs - every), sorted(direct - theirs)
        if lost or more:
            yield (
                name,
                f"only ours: {', '.join(more) or '-'}; only theirs: {', '.join(lost) or '-'}",
            )
