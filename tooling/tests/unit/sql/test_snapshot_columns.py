"""Snapshots: the columns that dbt adds, by strategy, renamed or not."""

from __future__ import annotations

from typing import Any

from headwater.core.project import Node
from headwater.sql.snapshots import meta_columns, with_snapshot_columns

from .parsing import edges_of, parse

SQL = "select id, status, amount as at from orders"


def snapshot(**config: Any) -> Node:
    return Node("snapshot.shop.s", "snapshot", "s", config={"unique_key": "id", **config})


def added(sql: str, node: Node) -> dict[str, set[str]]:
    before = parse(sql)
    lineage = with_snapshot_columns(before, node)
    return {
        c: {f"{e.source.column} {e.effect.name}" for e in edges_of(lineage, c)}
        for c in lineage.columns[len(before.columns) :]
    }


def test_the_timestamp_strategy_takes_its_times_from_updated_at() -> None:
    columns = added(SQL, snapshot(strategy="timestamp", updated_at="at"))
    assert list(columns) == ["dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to"]
    assert columns["dbt_scd_id"] == {"id TRANSFORMATION", "amount TRANSFORMATION"}
    assert columns["dbt_updated_at"] == {"amount IDENTITY"}
    assert columns["dbt_valid_from"] == {"amount IDENTITY"}
    assert "amount IDENTITY" in columns["dbt_valid_to"]


def test_the_check_strategy_is_steered_by_the_checked_columns() -> None:
    columns = added(SQL, snapshot(strategy="check", check_cols=["status"]))
    assert columns["dbt_valid_from"] == {"status CONDITIONAL"}
    assert columns["dbt_updated_at"] == {"status CONDITIONAL"}
    assert columns["dbt_valid_to"] == {"id CONDITIONAL", "status CONDITIONAL"}
    assert columns["dbt_scd_id"] == {"id TRANSFORMATION", "status CONDITIONAL"}


def test_the_check_strategy_over_all_columns() -> None:
    columns = added(SQL, snapshot(strategy="check", check_cols="all"))
    assert columns["dbt_valid_from"] == {
        "id CONDITIONAL",
        "status CONDITIONAL",
        "amount CONDITIONAL",
    }


def test_meta_columns_may_be_renamed() -> None:
    config = {
        "strategy": "timestamp",
        "updated_at": "at",
        "snapshot_meta_column_names": {"dbt_valid_to": "ended_at", "dbt_scd_id": "version_id"},
    }
    assert list(added(SQL, snapshot(**config))) == [
        "version_id",
        "dbt_updated_at",
        "dbt_valid_from",
        "ended_at",
    ]


def test_new_record_adds_a_deleted_mark() -> None:
    config = {"strategy": "timestamp", "updated_at": "at", "hard_deletes": "new_record"}
    assert "dbt_is_deleted" in added(SQL, snapshot(**config))
    assert "dbt_is_deleted" not in meta_columns({"hard_deletes": "invalidate"})


def test_several_keys() -> None:
    node = snapshot(strategy="timestamp", updated_at="at", unique_key=["id", "status"])
    assert added(SQL, node)["dbt_scd_id"] == {
        "id TRANSFORMATION",
        "status TRANSFORMATION",
        "amount TRANSFORMATION",
    }


def test_a_column_that_the_query_already_has_is_not_added_twice() -> None:
    node = snapshot(strategy="timestamp", updated_at="at")
    sql = "select id, amount as at, amount as DBT_VALID_FROM from orders"
    assert "dbt_valid_from" not in added(sql, node)


def test_the_query_s_own_edges_stay() -> None:
    before = parse(SQL)
    after = with_snapshot_columns(before, snapshot(strategy="timestamp", updated_at="at"))
    assert list(after.edges())[: len(list(before.edges()))] == list(before.edges())


def test_without_a_key_that_is_found_nothing_is_made_up() -> None:
    columns = added(SQL, snapshot(strategy="timestamp", updated_at="gone", unique_key="lost"))
    assert columns["dbt_scd_id"] == set()
    assert columns["dbt_valid_from"] == set()
