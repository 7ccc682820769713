"""Relation names: from how dbt prints them, or SQL writes them, to the relation they mean."""

from __future__ import annotations

import re
from functools import lru_cache

from sqlglot import exp

from headwater.core.relations import Relation, SqlContext
from headwater.sql.flows import EFFECTS, Sources, Steer
from headwater.sql.relations import BaseRel

_PART = re.compile(r'"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[((?:[^\]]|\]\])*)\]|([^."`\[\]\s]+)')


@lru_cache(maxsize=65536)
def split_name(name: str) -> tuple[str, ...]:
    """The parts of a dotted, possibly quoted name, unquoted.

    ``"db"."sales.2024"."o""x"`` -> ``("db", "sales.2024", 'o"x')``. A part quoted with backticks
    that itself holds dots (BigQuery's `project.set.table`) is split further.
    """
    parts: list[str] = []
    for double, tick, square, bare in _PART.findall(name):
        if tick:
            parts += tick.replace("``", "`").split(".")
        elif double:
            parts.append(double.replace('""', '"'))
        else:
            parts.append(square.replace("]]", "]") or bare)
    return tuple(parts)


class RelationIndex:
    """The relations a node may read, found by any suffix of their name that is unambiguous."""

    def __init__(self, context: SqlContext, sources: Sources) -> None:
        self._context = context
        self._sources = sources
        self._bases: dict[str, BaseRel] = {}
        self._by_suffix: dict[tuple[str, ...], list[tuple[tuple[str, ...], Relation]]] = {}
        for name, relation in context.relations.items():
            parts = split_name(name)
            lowered = tuple(p.lower() for p in parts)
            for at in range(len(parts)):
                self._by_suffix.setdefault(lowered[at:], []).append((parts, relation))
        known = (*context.relations.values(), *context.ephemerals.values())
        self.texts = {relation.node: relation.texts for relation in known if relation.texts}
        self.ephemerals = {
            name.lower(): self._base(relation) for name, relation in context.ephemerals.items()
        }

    def find(self, table: exp.Expr) -> tuple[BaseRel, bool]:
        """The relation a table name means, and whether the context knows it."""
        parts = names_of(table)
        lowered = tuple(p.lower() for p in parts)
        for at in range(len(lowered)):  # a name with more parts than the context knows
            matches = self._by_suffix.get(lowered[at:], [])
            if at and matches:
                matches = [m for m in matches if len(m[0]) == len(lowered) - at]
            if matches:
                exact = [m for m in matches if m[0][-len(parts) + at :] == parts[at:]]
                whole = [m for m in matches if len(m[0]) == len(parts)]
                return self._base((exact or whole or matches)[0][1]), True
        node = self._context.external + ".".join(parts)
        return self._base(Relation(node)), False

    def _base(self, relation: Relation) -> BaseRel:
        found = self._bases.get(relation.node)
        if found is None:
            found = BaseRel(relation.node, relation.columns, relation.complete, self._sources)
            found.rows = self._rows(relation.node)
            self._bases[relation.node] = found
        return found

    def _rows(self, node: str) -> Steer:
        return {self._sources.intern(node, None) * EFFECTS + 4: (0, -1, -1)}


def _parts(table: exp.Expr) -> list[exp.Expr]:
    keys = ("catalog", "db", "this")
    found = [table.args[k] for k in keys if isinstance(table.args.get(k), exp.Expr)]
    flat: list[exp.Expr] = []
    for part in found:
        flat += list(part.flatten()) if isinstance(part, exp.Dot) else [part]
    return flat


def names_of(table: exp.Expr) -> tuple[str, ...]:
    """The parts of a table's name as written, unquoted."""
    return tuple(p.name for p in _parts(table))
