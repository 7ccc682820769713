"""dbt adapter -> sqlglot dialect, and what name resolution must know of each dialect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: dbt adapter type -> sqlglot dialect. An adapter that is not listed is read as generic SQL.
DIALECTS: dict[str, str] = {
    "athena": "athena",
    "bigquery": "bigquery",
    "clickhouse": "clickhouse",
    "databricks": "databricks",
    "doris": "doris",
    "dremio": "dremio",
    "duckdb": "duckdb",
    "exasol": "exasol",
    "fabric": "fabric",
    "fabricspark": "spark",
    "glue": "spark",
    "greenplum": "postgres",
    "hive": "hive",
    "materialize": "materialize",
    "mysql": "mysql",
    "oracle": "oracle",
    "postgres": "postgres",
    "presto": "presto",
    "redshift": "redshift",
    "risingwave": "risingwave",
    "singlestore": "singlestore",
    "snowflake": "snowflake",
    "spark": "spark",
    "sqlite": "sqlite",
    "sqlserver": "tsql",
    "starrocks": "starrocks",
    "synapse": "tsql",
    "teradata": "teradata",
    "trino": "trino",
}


def dialect_for(adapter: str) -> str:
    """sqlglot's name of an adapter's dialect; ``""`` (generic SQL) for an unknown adapter."""
    return DIALECTS.get(adapter.lower(), "")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a dialect resolves names where dialects differ.

    ``lowers``: an unquoted output name is folded to lower case. ``aliases``: a select list item may
    use an alias defined before it, and WHERE may too. ``alias_first``: such an alias wins over a
    column of the same name. ``whole_row``: a relation's alias may be used as a value.
    ``using_in_place``: a star leaves a USING key where the left table has it, not in front.
    ``numbers_names``: a subquery's second column ``x`` is called ``x_1`` outside.
    ``lateral_by_itself``: a subquery in FROM may use the items before it without LATERAL.
    """

    lowers: bool = False
    aliases: bool = False
    alias_first: bool = False
    whole_row: bool = False
    using_in_place: bool = False
    numbers_names: bool = False
    lateral_by_itself: bool = False


_LOWERS = frozenset({"postgres", "redshift", "materialize", "risingwave"})
_ALIASES = frozenset(
    "snowflake redshift databricks spark duckdb clickhouse teradata exasol".split()
) | {""}
_WHOLE_ROW = frozenset("postgres redshift materialize risingwave duckdb bigquery".split())
_ALIAS_FIRST = frozenset({"clickhouse"})


def rules_for(dialect: str) -> Rules:
    """The name-resolution rules of a sqlglot dialect."""
    return Rules(
        lowers=dialect in _LOWERS,
        aliases=dialect in _ALIASES,
        alias_first=dialect in _ALIAS_FIRST,
        whole_row=dialect in _WHOLE_ROW,
        using_in_place=dialect == "duckdb",
        numbers_names=dialect == "duckdb",
        lateral_by_itself=dialect == "duckdb",
    )


def numbered(names: Iterable[str]) -> tuple[str, ...]:
    """Repeated names told apart as DuckDB does: ``x``, ``x_1``, ``x_2``."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        turn = seen.get(name.lower(), 0)
        seen[name.lower()] = turn + 1
        found.append(f"{name}_{turn}" if turn else name)
    return tuple(found)
