"""Histories: the columns that `scd2` adds, whatever its options are, and where they come from."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.core.edges import ColumnFlag
from headwater.core.project import Node
from headwater.sql.kept import with_table_columns

from .parsing import edges_of, parse

SQL = "select id, status, amount as seen_at from orders"


def history(*, in_meta: bool = True, **options: Any) -> Node:
    config = {"meta": {"headwater": options}} if in_meta else options
    return Node(
        "model.shop.h", "model", "h", materialized="scd2", config={"unique_key": ["id"], **config}
    )


def added(node: Node, sql: str = SQL) -> dict[str, set[str]]:
    before = parse(sql)
    lineage = with_table_columns(before, node)
    assert list(lineage.edges())[: len(list(before.edges()))] == list(before.edges())
    return {
        c: {f"{e.source.column} {e.effect.name}" for e in edges_of(lineage, c)}
        for c in lineage.columns[len(before.columns) :]
    }


@pytest.mark.parametrize("in_meta", [True, False])
def test_times_come_from_updated_at_and_checked_columns_decide(in_meta: bool) -> None:
    columns = added(history(in_meta=in_meta, updated_at="seen_at"))
    assert columns == {
        "dbt_scd_id": {"id TRANSFORMATION", "amount TRANSFORMATION", "status CONDITIONAL"},
        "dbt_updated_at": {"amount IDENTITY", "status CONDITIONAL"},
        "dbt_valid_from": {"amount IDENTITY", "status CONDITIONAL"},
        "dbt_valid_to": {"amount IDENTITY", "status CONDITIONAL", "id CONDITIONAL"},
    }


def test_without_a_time_they_are_the_clock_s() -> None:
    columns = added(history())
    assert columns["dbt_valid_from"] == {"status CONDITIONAL", "amount CONDITIONAL"}


def test_columns_that_make_no_version_decide_nothing() -> None:
    for option in ("type1_cols", "exclude_cols"):
        columns = added(history(updated_at="seen_at", **{option: ["status"]}))
        assert columns["dbt_valid_from"] == {"amount IDENTITY"}
    columns = added(history(updated_at="seen_at", check_cols=["Status"]))
    assert columns["dbt_valid_from"] == {"amount IDENTITY", "status CONDITIONAL"}


def test_deletions_that_are_versions_are_marked() -> None:
    sql = "select id, status = 'D' as is_deleted, amount as seen_at from orders"
    node = history(updated_at="seen_at", deleted_column="is_deleted", deletes="tombstone")
    columns = added(node, sql)
    assert columns["dbt_is_deleted"] == {"status TRANSFORMATION", "id CONDITIONAL"}
    assert "status CONDITIONAL" in columns["dbt_valid_to"]
    assert "status CONDITIONAL" in columns["dbt_valid_from"]  # a key that returns
    assert "dbt_is_deleted" in added(history(deletes="from_missing", missing_as="tombstone"))
    assert "dbt_is_deleted" not in added(history(deletes="from_missing"))


def test_the_columns_may_have_other_names() -> None:
    names = {"dbt_valid_from": "Valid From", "dbt_valid_to": "to"}
    columns = added(history(updated_at="seen_at", snapshot_meta_column_names=names))
    assert list(columns) == ["dbt_scd_id", "dbt_updated_at", "Valid From", "to"]


def test_a_type_1_column_has_the_value_of_the_newest_event() -> None:
    node = history(updated_at="seen_at", type1_cols=["Status", "nowhere"])
    lineage = with_table_columns(parse(SQL), node)
    edges = {f"{e.source.column} {e.effect.name}" for e in edges_of(lineage, "status")}
    assert edges == {"status IDENTITY", "amount CONDITIONAL", "id CONDITIONAL"}
    at = lineage.columns.index("status")
    assert lineage.column_flags[at] & ColumnFlag.ROW_DEPENDENT
