"""Which columns no two rows of a node share: what the project tests, or constrains, to be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headwater.core.project import Node
from headwater.pipeline.loading import Loaded

_OWN = frozenset({"primary_key", "unique"})


class UniqueKeys(Mapping[str, tuple[frozenset[str], ...]]):
    """By node the sets of columns (lower case) that tell its rows apart; found when asked for."""

    def __init__(self, loaded: Loaded) -> None:
        self._nodes = loaded.project.nodes
        self._tests: dict[str, list[str]] = {}
        self._found: dict[str, tuple[frozenset[str], ...]] = {}
        for node in loaded.graph.nodes:
            if node.startswith("test."):
                for parent in loaded.graph.parents(node):
                    self._tests.setdefault(parent, []).append(node)

    def __getitem__(self, node_id: str) -> tuple[frozenset[str], ...]:
        found = self._found.get(node_id)
        if found is None:
            found = self._found[node_id] = self._of(node_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def _of(self, node_id: str) -> tuple[frozenset[str], ...]:
        node = self._nodes.get(node_id)
        sets = set(_constrained(node)) if node is not None and node.kind == "model" else set()
        for test in self._tests.get(node_id, ()):
            sets |= {columns for target, columns in _tested(self._nodes[test]) if target == node_id}
        return tuple(sorted(sets, key=sorted))


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
