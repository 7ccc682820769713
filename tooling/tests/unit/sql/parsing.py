"""Short ways for the tests of the SQL walk to ask for one node's lineage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headwater.core.edges import ColumnFlag, Edge, NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.sql.parse import parse_node

SHOP: dict[str, Sequence[str]] = {
    "orders": ("id", "customer_id", "amount", "status"),
    "customers": ("id", "name"),
}


def context(
    tables: Mapping[str, Sequence[str]] = SHOP,
    dialect: str = "duckdb",
    ephemerals: Mapping[str, Relation] | None = None,
) -> SqlContext:
    """A context whose tables have exactly these columns, named like their nodes."""
    relations = {name: Relation(name, tuple(columns), True) for name, columns in tables.items()}
    return SqlContext("query", dialect, relations, ephemerals or {}, external="")


def parse(sql: str, dialect: str = "duckdb") -> NodeLineage:
    """The lineage of a query over the shop's tables."""
    return parse_node(sql, context(dialect=dialect))


def reasons(lineage: NodeLineage) -> list[str]:
    """The reasons of a lineage's gaps, in order."""
    return [gap.reason for gap in lineage.gaps]


def edges_of(lineage: NodeLineage, column: str | None) -> list[Edge]:
    """The edges into one output column (or the row set), row-set sources left out."""
    return [e for e in lineage.edges() if e.target.column == column and e.source.column is not None]


def evidence(sql: str, lineage: NodeLineage, column: str | None) -> set[tuple[str, str, str]]:
    """Source column, effect and the piece of SQL that is the evidence, of every edge."""
    return {
        (str(e.source.column), e.effect.name, sql[e.evidence.start : e.evidence.end])
        for e in edges_of(lineage, column)
    }


def flags_of(lineage: NodeLineage, column: str) -> ColumnFlag:
    """The flags of one output column."""
    return ColumnFlag(lineage.column_flags[lineage.columns.index(column)])
