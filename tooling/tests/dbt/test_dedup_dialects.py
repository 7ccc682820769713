"""What the deduplication macros write for every engine parses in the engine's dialect."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
from rendering import PREFIXES, FakeRelation, Package
from sqlglot import exp

ORDERS = FakeRelation(
    "shop.orders", (("order", "integer"), ("Mixed Case", "varchar"), ("updated_at", "timestamp"))
)
KEEPS: tuple[dict[str, Any], ...] = (
    {},
    {"keep": "first", "nulls": "first", "null_keys": "keep_all"},
    {"keep": "all_ties", "tie_breaker": ["Mixed Case desc"], "null_keys": "drop"},
    {"keep": "error", "columns": ["order"]},
    {"keep": "error", "order_by": []},
)
WITHOUT_GOLDEN_RECORDS = {"redshift", "fabric"}


def tree_of(engine: str, sql: str) -> exp.Expression:
    """The one statement that a text is."""
    (tree,) = sqlglot.parse(sql, read="tsql" if engine == "fabric" else engine)
    assert isinstance(tree, exp.Expression)
    return tree


def read_columns(tree: exp.Expression) -> set[str]:
    """The names of the columns that a statement reads, as far as they are the source's."""
    ours = {"*", "headwater_place", "headwater_row", "headwater_rows"}
    return {c.name.lower() for c in tree.find_all(exp.Column) if c.name.lower() not in ours}


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize("options", KEEPS, ids=str)
def test_dedup_parses(engine: str, options: dict[str, Any]) -> None:
    given = {"order_by": ["updated_at desc"]} | options
    tree = tree_of(engine, Package(engine).sql("dedup", ORDERS, ["order"], **given))
    wanted = {"order", "mixed case", "updated_at"}
    if given.get("keep") == "error":
        wanted = {"order", *(["updated_at"] if given["order_by"] else [])}
        wanted |= set() if given.get("columns") else {"mixed case", "updated_at"}
    assert read_columns(tree) == wanted


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize("null_keys", ["group", "keep_all", "drop"])
def test_golden_records_parse(engine: str, null_keys: str) -> None:
    if engine in WITHOUT_GOLDEN_RECORDS:
        return
    sql = Package(engine).sql(
        "coalesce_duplicates", ORDERS, ["order"], ["updated_at"], null_keys=null_keys
    )
    assert read_columns(tree_of(engine, sql)) == {"order", "mixed case", "updated_at"}


@pytest.mark.parametrize("engine", PREFIXES)
def test_reports_parse(engine: str) -> None:
    sql = Package(engine).sql("dedup_report", ORDERS, ["order"], ["updated_at"])
    assert [c.alias_or_name.lower() for c in tree_of(engine, sql).selects] == [
        "row_count", "key_count", "repeated_key_count", "surplus_row_count",
        "largest_key_row_count", "tied_key_count", "null_key_row_count", "duplicate_ratio",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize("null_keys", ["group", "keep_all", "drop"])
def test_the_ratio_test_parses(engine: str, null_keys: str) -> None:
    sql = Package(engine).sql(
        "test_duplicate_ratio_below", ORDERS, ["order"], 0.01, null_keys=null_keys
    )
    assert "order" in read_columns(tree_of(engine, sql))
