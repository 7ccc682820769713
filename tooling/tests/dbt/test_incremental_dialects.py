"""The statements of the incremental materializations parse in the dialect of every engine."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
from rendering import PREFIXES, Package
from sqlglot import exp

COLUMNS = ["order", "Mixed Case", "note"]
WRITERS = {
    "upsert_statements": {exp.Merge, exp.Insert, exp.Update},
    "append_statements": {exp.Insert},
    "_delete_insert_statements": {exp.Delete, exp.Insert},
    "_full_diff_statements": {exp.Delete, exp.Merge, exp.Insert, exp.Update},
    "_soft_delete_statements": {exp.Update, exp.Merge, exp.Insert},
}


def a_run(*, null_keys: int = 1, version: int = 180000, **options: Any) -> dict[str, Any]:
    """A run as the skeleton hands it to a writer."""
    settings = {
        "merge_update_columns": [],
        "merge_exclude_columns": [],
        "never_update": [],
        "coalesce": ["note"],
        "predicates": ["DBT_INTERNAL_DEST.note <> DBT_INTERNAL_SOURCE.note"],
        "on_empty_batch": "keep",
        "max_delete_ratio": 1,
    }
    return {
        "macro": "upsert",
        "target": "shop.orders",
        "batch": "hw_batch",
        "key": ["order", "Mixed Case"],
        "columns": COLUMNS,
        "own": ["is_deleted", "deleted_at"],
        "options": settings | options,
        "facts": {"version": version},
        "counts": {"rows": 3, "null_keys": null_keys, "surplus": 0},
        "is_partial": False,
        "override": False,
    }


def trees_of(engine: str, statements: list[str]) -> list[exp.Expression]:
    """The statements, each of which must parse on its own."""
    dialect = "tsql" if engine == "fabric" else engine
    trees = []
    for text in statements:
        # `*<>` compares bytes; only Postgres knows it, and runs it in other tests.
        (tree,) = sqlglot.parse(text.replace(" *<> ", " <> "), read=dialect)
        assert isinstance(tree, exp.Expression)
        trees.append(tree)
    return trees


# DuckDB's statements need a relation of dbt's, and are executed in other tests.
@pytest.mark.parametrize("engine", [name for name in PREFIXES if name != "duckdb"])
@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("null_keys", [0, 1])
def test_what_is_written_parses(engine: str, writer: str, null_keys: int) -> None:
    statements = getattr(Package(engine), writer)(a_run(null_keys=null_keys))
    trees = trees_of(engine, statements)
    assert {type(tree) for tree in trees} <= WRITERS[writer]
    names = {c.name.lower() for tree in trees for c in tree.find_all(exp.Column, exp.Identifier)}
    assert {"order", "mixed case", "note"} <= names


def test_postgres_before_15_joins_where_an_index_has_no_place_for_null() -> None:
    statements = Package("postgres").upsert_statements(a_run(version=140000))
    kinds = [type(tree) for tree in trees_of("postgres", statements)]
    assert kinds == [exp.Update, exp.Update, exp.Insert, exp.Insert]
    (statement,) = Package("postgres").upsert_statements(a_run(version=140000, null_keys=0))
    assert "on conflict" in statement


@pytest.mark.parametrize("engine", PREFIXES)
def test_staging_parses(engine: str) -> None:
    package = Package(engine)
    query = "select 1 as note, " + package.sql("utc_now") + " as now"
    (tree,) = trees_of(engine, [package.sql("stage_rows", "hw_batch", query)])
    # sqlglot leaves `on commit drop` unread.
    assert isinstance(tree, exp.Command if engine == "postgres" else exp.Create)


@pytest.mark.parametrize("engine", [name for name in PREFIXES if name != "fabric"])
def test_a_row_as_json_parses(engine: str) -> None:
    package = Package(engine)
    json = package.sql("row_as_json", "batch", COLUMNS)
    (tree,) = trees_of(engine, [f"select {json} as row_data from hw_batch as batch"])
    assert isinstance(tree, exp.Select)
