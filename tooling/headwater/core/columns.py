"""A column's address, and what is known about a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


def kind_of(node_id: str) -> str:
    """The kind of node that an id tells: ``model`` of ``model.shop.orders``."""
    return node_id.partition(".")[0]


def short_name(node_id: str) -> str:
    """The name a person uses for a node id.

    ``model.shop.orders`` -> ``orders``, ``model.shop.orders.v2`` -> ``orders.v2``,
    ``source.shop.raw.orders`` -> ``raw.orders``; anything else is returned as it is.
    """
    kind, _, rest = node_id.partition(".")
    if kind in _THREE_PART_KINDS and "." in rest:
        return rest.partition(".")[2]
    return node_id


_THREE_PART_KINDS = frozenset(
    "model seed snapshot source test unit_test exposure metric semantic_model saved_query "
    "analysis operation function sql_operation".split()
)


class ColumnRef(NamedTuple):
    """A column of a node; ``column`` is ``None`` for the node's set of rows."""

    node: str
    column: str | None

    def __str__(self) -> str:
        """``orders.amount``; the row set prints as ``orders.*rows``."""
        return f"{short_name(self.node)}.{'*rows' if self.column is None else self.column}"


@dataclass(frozen=True, slots=True)
class Column:
    """What a project declares, or a catalog knows, about one column."""

    name: str
    type: str | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
