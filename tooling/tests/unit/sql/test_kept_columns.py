"""What a table has that applies a log of changes: the members of the payload, and not its query's columns."""

from __future__ import annotations

from headwater.core.columns import Column
from headwater.core.project import Node
from headwater.sql.kept import with_table_columns

from .parsing import edges_of, parse

CHANGES = (
    "select to_jsonb(id) as key, status as op, amount as seq, amount as ts,"
    " {payload} as payload from orders"
)
WHOLE_ROW = "jsonb_build_object('id', id, 'status', status, 'amount', amount)"


def table(*names: str, materialized: str = "cdc_apply") -> Node:
    columns = tuple(Column(name) for name in names)
    return Node("model.shop.t", "model", "t", columns=columns, materialized=materialized)


def sources(payload: str, *names: str) -> dict[str, set[str]]:
    lineage = with_table_columns(parse(CHANGES.format(payload=payload)), table(*names))
    assert lineage.columns == names
    return {
        name: {f"{e.source.column} {e.effect.name}" for e in edges_of(lineage, name)}
        for name in names
    }


def test_a_column_is_the_member_of_its_name() -> None:
    assert sources(WHOLE_ROW, "id", "Status") == {
        "id": {"id TRANSFORMATION"},
        "Status": {"status TRANSFORMATION"},
    }


def test_a_column_of_another_name_may_be_anything_in_the_payload() -> None:
    assert sources(WHOLE_ROW, "note")["note"] == {
        "id TRANSFORMATION",
        "status TRANSFORMATION",
        "amount TRANSFORMATION",
    }
    assert sources("status", "id", "note") == {
        "id": {"status TRANSFORMATION"},
        "note": {"status TRANSFORMATION"},
    }


def test_its_own_columns_come_from_the_position_and_the_time() -> None:
    found = sources(WHOLE_ROW, "_cdc_seq", "_cdc_deleted_at")
    assert found == {
        "_cdc_seq": {"amount TRANSFORMATION"},
        "_cdc_deleted_at": {"amount TRANSFORMATION"},
    }


def test_operation_and_position_decide_which_rows_there_are() -> None:
    lineage = with_table_columns(parse(CHANGES.format(payload=WHOLE_ROW)), table("id"))
    deciding = {e.source.column for e in lineage.edges() if e.target.column is None}
    assert {"status", "amount"} <= deciding


def test_another_materialization_and_unknown_columns_are_left_alone() -> None:
    query = parse(CHANGES.format(payload=WHOLE_ROW))
    assert with_table_columns(query, table("id", materialized="table")) is query
    assert with_table_columns(query, table()) is query
    other = parse("select id, status from orders")
    assert with_table_columns(other, table("id")) is other
