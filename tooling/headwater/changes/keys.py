"""Which columns no two rows of a node share: what the project tests, or constrains, to be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headwater.core.project import Node, Project

_OWN = frozenset({"primary_key", "unique"})


def unique_keys(project: Project) -> dict[str, tuple[frozenset[str], ...]]:
    """By node the sets of columns (lower case) that tell its rows apart, sorted."""
    found: dict[str, set[frozenset[str]]] = {}
    for node in project.nodes.values():
        if node.kind == "test":
            for target, columns in _tested(node):
                found.setdefault(target, set()).add(columns)
        elif node.kind == "model":
            for columns in _constrained(node):
                found.setdefault(node.id, set()).add(columns)
    return {node: tuple(sorted(sets, key=sorted)) for node, sets in sorted(found.items())}


def _tested(test: Node) -> Iterator[tuple[str, frozenset[str]]]:
    """``unique``, and dbt_utils' ``unique_combination_of_columns``, without a ``where``."""
    extra = test.extra
    target = extra.get("attached_node")
    metadata: Mapping[str, Any] = extra.get("test_metadata") or {}
    if not target or extra.get("where") or extra.get("severity") == "warn":
        return
    if metadata.get("name") == "unique" and metadata.get("namespace") in (None, "dbt"):
        column = str(extra.get("column_name") or "")
        if column.replace("_", "").isalnum():
            yield target, frozenset({column.lower()})
    elif metadata.get("name") == "unique_combination_of_columns":
        columns = (metadata.get("kwargs") or {}).get("combination_of_columns") or ()
        if columns and not (metadata.get("kwargs") or {}).get("quote_columns"):
            yield target, frozenset(str(c).lower() for c in columns)


def _constrained(node: Node) -> Iterator[frozenset[str]]:
    """Primary keys and unique constraints of an enforced contract."""
    if not node.extra.get("contract_enforced"):
        return
    for name, constraints in (node.extra.get("column_constraints") or {}).items():
        if any(c.get("type") in _OWN for c in constraints):
            yield frozenset({name.lower()})
    for constraint in node.extra.get("constraints") or ():
        if constraint.get("type") in _OWN and constraint.get("columns"):
            yield frozenset(str(c).lower() for c in constraint["columns"])
