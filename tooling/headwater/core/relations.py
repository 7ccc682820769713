"""What one node's SQL may read: the bridge from a project to the SQL walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Relation:
    """A readable relation. ``complete`` is False while it may have columns that are not listed.

    ``texts`` are columns that are known to hold texts, in lower case; empty where no SQL asks.
    """

    node: str
    columns: tuple[str, ...] = ()
    complete: bool = False
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SqlContext:
    """Everything the walk needs besides the SQL text.

    ``relations`` is keyed by the relation's name as dbt prints it (``"db"."schema"."orders"``), and
    holds only what *this* node depends on, and itself. ``ephemerals`` is keyed by the CTE name
    (``__dbt__cte__orders``). A table found in neither becomes ``external + its dotted name``.
    ``dialect`` is sqlglot's name ("" for generic SQL).
    """

    node: str
    dialect: str
    relations: Mapping[str, Relation] = field(default_factory=dict)
    ephemerals: Mapping[str, Relation] = field(default_factory=dict)
    external: str = "external."
