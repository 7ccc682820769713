"""What becomes of readers when names come, go and change."""

from __future__ import annotations

import pytest

from headwater.changes.propagate import propagate
from headwater.core.changes import ChangeKind

from .projects import after, change, felt, model, node_id, source, understood

REMOVED, RENAMED, ADDED = ChangeKind.REMOVED, ChangeKind.RENAMED, ChangeKind.ADDED
ORDER, IGNORED = ChangeKind.COLUMN_ORDER, ChangeKind.IGNORED
RAW, OTHER = source("raw", "id amount status"), source("raw_other", "id note status")


def said(sql: str, place: str, kind: ChangeKind, other: str = "", adapter: str = "postgres"):
    found = felt(
        after(understood(RAW, OTHER, model("m", sql), adapter=adapter), place, kind, other)
    )
    return {p.removeprefix("m").removeprefix("."): word for p, word in found.items()}


BREAKS = {"": "breaks"}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select status from {raw}", BREAKS),
        ("select id from {raw} where status = 'x'", BREAKS),
        ("select id from {raw} order by status", BREAKS),
        ("with dead as (select status from {raw}) select id from {raw}", BREAKS),
        ("select * from {raw}", {"status": "shape"}),
        ("select id, amount from {raw}", {}),
        ("select distinct * from {raw}", {"": "rows", "status": "shape"}),
        ("select * from {raw} union all select * from {raw_other}", BREAKS),
        ("select a.id from {raw} as a join {raw_other} as b using (status)", BREAKS),
        ("select a.id from {raw} as a natural join {raw_other} as b", {"": "rows"}),
        ("select id from {raw} where id in (select status from {raw_other})", {}),
        ("select a.id from {raw} as a where exists "
         "(select 1 from {raw_other} as b where b.id = a.id and note = status)", {}),
        ("with t(x, y, z) as (select * from {raw}) select x from t", BREAKS),
        ("select count(*) as n from {raw}", {}),
        ("select to_json(t) as whole from {raw} as t", {"whole": "value"}),
    ],
)  # fmt: skip
def test_a_column_is_dropped(sql: str, expected: dict[str, str]) -> None:
    assert said(sql, "raw.status", REMOVED) == expected


def test_a_name_that_is_found_elsewhere_then_is_not_called_safe() -> None:
    sql = (
        "select o.id from {raw_other} as o "
        "where exists (select 1 from {raw} as i where i.id = o.id and status = 'x')"
    )
    assert said(sql, "raw.status", REMOVED) == {"": "unknown"}


def test_an_exclusion_of_nothing_fails_where_the_warehouse_says_so() -> None:
    sql = "select * exclude (status) from {raw}"
    assert said(sql, "raw.status", REMOVED, adapter="duckdb") == BREAKS


def test_duckdb_never_looks_at_a_cte_that_nobody_reads() -> None:
    sql = "with dead as (select status from {raw}) select id from {raw}"
    assert said(sql, "raw.status", REMOVED, adapter="duckdb") == {}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select * from {raw}", {"note": "shape"}),
        ("select id, amount from {raw}", {}),
        ("select a.id, note from {raw} as a join {raw_other} as b on b.id = a.id", BREAKS),
        ("select * from {raw} union all select * from {raw_other}", BREAKS),
        ("select 1 as x where (1, 2, 3) in (select * from {raw})", BREAKS),
        ("select a.*, b.note from {raw} as a join {raw_other} as b on b.id = a.id", BREAKS),
        ("select id from {raw_other} as o where exists "
         "(select 1 from {raw} as i where note = 'x')", {"": "unknown"}),
    ],
)  # fmt: skip
def test_a_column_is_added(sql: str, expected: dict[str, str]) -> None:
    assert said(sql, "raw.note", ADDED) == expected


def test_duckdb_numbers_a_repeated_name() -> None:
    sql = "select a.*, b.note from {raw} as a join {raw_other} as b on b.id = a.id"
    found = said(sql, "raw.note", ADDED, adapter="duckdb")
    assert found == {"note": "unknown", "note_1": "shape"}


def test_a_renamed_column_breaks_who_names_it_and_comes_through_a_star() -> None:
    loaded = understood(
        RAW,
        model("stg", "select * from {raw}"),
        model("named", "select amount from {stg}"),
        model("deaf", "select id from {stg}"),
    )
    assert felt(after(loaded, "raw.amount", RENAMED, "gross")) == {
        "named": "breaks", "stg.amount": "shape", "stg.gross": "shape",
    }  # fmt: skip


def test_what_is_already_so_in_the_state_of_the_readers_is_found_too() -> None:
    """As in a comparison: the head has no ``status`` any more, one reader forgot it."""
    loaded = understood(
        RAW,
        model("stg", "select id, amount as gross from {raw}"),
        model("forgot", "select id from {stg} where status = 'x'"),
        model("followed", "select gross from {stg}"),
        model("copy", "select * from {stg}"),
    )
    made = [change("stg.status", REMOVED), change("stg.amount", RENAMED, "gross")]
    assert felt(propagate(loaded, made)) == {
        "copy.amount": "shape", "copy.status": "shape", "forgot": "breaks",
    }  # fmt: skip


def test_the_order_of_columns_matters_to_a_union_by_position() -> None:
    base = understood(RAW, OTHER, model("stg", "select id, amount from {raw}"))
    union = model("both", "select * from {stg} union all select id, note from {raw_other}")
    head = understood(RAW, OTHER, model("stg", "select amount, id from {raw}"), union)
    answer = propagate(head, [change("stg", ORDER)], base=base)
    assert felt(answer)["both.id"] == "unknown"


def test_what_reads_a_broken_model_is_not_built() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id, status from {raw}"),
        model("fct", "select id from {stg}"),
        model("far", "select id from {fct}"),
    )
    answer = after(loaded, "raw.status", REMOVED)
    assert felt(answer) == {"far": "breaks", "fct": "breaks", "stg": "breaks"}
    assert answer.blocked == {node_id("fct"), node_id("far")}


def test_a_whole_model_is_dropped() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id from {raw}"),
        model("fct", "select id from {stg}"),
        model("far", "select id from {fct}"),
    )
    answer = after(loaded, "stg", REMOVED)
    assert felt(answer) == {"far": "breaks", "fct": "breaks"}
    assert answer.blocked == {node_id("far")}
    hit = answer.leading(node_id("fct"))
    assert hit is not None
    assert hit.reason == "refers to what is gone"


def test_an_ephemeral_model_stands_inside_its_readers() -> None:
    inlined = (
        'with __dbt__cte__eph as (select * from "db"."raw"."raw") select {} from __dbt__cte__eph'
    )
    loaded = understood(
        RAW,
        model("eph", "select * from {raw}", relation=None, materialized="ephemeral"),
        model("named", inlined.format("status"), parents=(node_id("eph"),)),
        model("deaf", inlined.format("id"), parents=(node_id("eph"),)),
    )
    assert felt(after(loaded, "raw.status", REMOVED)) == {
        "eph.status": "shape", "named": "breaks",
    }  # fmt: skip


def test_a_column_that_is_silently_ignored_is_not_there_for_its_readers() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id, amount from {raw}", materialized="incremental"),
        model("uses", "select amount from {stg}"),
    )
    made = [change("stg.amount", ADDED), change("stg.amount", IGNORED)]
    assert felt(propagate(loaded, made)) == {"uses": "breaks"}
