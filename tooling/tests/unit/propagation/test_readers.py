"""What tests, unit tests, exposures, the semantic layer, contracts and settings feel."""

from __future__ import annotations

import pytest

from headwater.changes.propagate import Orphan, propagate
from headwater.core.changes import ChangeKind
from headwater.core.columns import Column, ColumnRef

from .projects import (
    after,
    change,
    felt,
    generic_test,
    model,
    node_id,
    reader,
    relation,
    source,
    understood,
)

REMOVED, VALUE, ROWS = ChangeKind.REMOVED, ChangeKind.VALUE, ChangeKind.ROWS
TYPE, ADDED, RENAMED = ChangeKind.TYPE, ChangeKind.ADDED, ChangeKind.RENAMED
RAW = source("raw", "id k amount status")
STG = model("stg", "select id, k, amount, status from {raw}")
COPY = model("copy", "select * from {stg}")


# -- tests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "breaks"),
    [
        (generic_test("not_null", "stg", "status"), True),
        (generic_test("not_null", "copy", "status"), True),
        (generic_test("not_null", "stg", "id"), False),
        (generic_test("unique_combination", "stg", "id", combination=["k", "STATUS"]), True),
        (generic_test("accepted_values", "stg", "id", values=["status"]), False),
        (generic_test("relationships", "copy", "id", to="{stg}", field="status"), True),
        (generic_test("relationships", "copy", "id", to="{stg}", field="id"), False),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_test_that_names_what_is_gone(test, breaks: bool) -> None:
    answer = after(understood(RAW, STG, COPY, test), "stg.status", REMOVED)
    assert felt(answer).get(test.name) == ("breaks" if breaks else None)
    assert any(orphan.node == test.id for orphan in answer.orphans) == breaks


def test_a_test_whose_expression_speaks_of_what_is_gone_cannot_be_judged_without_its_sql() -> None:
    test = generic_test("expression_is_true", "stg", "id", expression="status <> 'x'")
    assert felt(after(understood(RAW, STG, test), "stg.status", REMOVED))[test.name] == "unknown"


def test_a_singular_test_is_read_again() -> None:
    named = model("named", "select id from {stg} where status = 'x'", "test", relation=None)
    starred = model("starred", "select * from {stg} where id is null", "test", relation=None)
    answer = after(understood(RAW, STG, named, starred), "stg.status", REMOVED)
    assert felt(answer) == {"named": "breaks"}
    assert answer.orphans == (
        Orphan("test", "test.shop.named", ColumnRef(node_id("stg"), "status")),
    )


def test_a_test_finds_other_rows_when_what_it_reads_moves() -> None:
    loaded = understood(RAW, STG, generic_test("not_null", "stg", "amount"))
    assert felt(after(loaded, "raw.amount", VALUE))["not_null_stg_amount"] == "rows"
    assert felt(after(loaded, "raw", ROWS))["not_null_stg_amount"] == "rows"
    assert felt(after(loaded, "raw.amount", TYPE))["not_null_stg_amount"] == "unknown"
    assert "not_null_stg_amount" not in felt(after(loaded, "raw.status", VALUE))


def unit_test(**extra) -> object:
    return reader("unit_test", "copes", "fct", extra=extra)


FCT = model("fct", "select k, sum(amount) as total from {stg} group by k")
GIVEN = [{"input": "ref('stg')", "rows": [{"k": None, "amount": None, "status": None}]}]
EXPECT = {"rows": [{"k": None, "total": None}]}


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        ("stg.status", REMOVED, "breaks"),  # given, though the model does not read it
        ("stg.id", REMOVED, None),
        ("fct.total", RENAMED, "breaks"),  # expected
        ("fct.total", VALUE, "value"),  # its logic
        ("fct.k", TYPE, "unknown"),
        ("stg.amount", VALUE, None),  # the rows are made up
        ("raw", ROWS, None),
    ],
)
def test_a_unit_test_has_rows_of_its_own(place: str, kind: ChangeKind, expected: str) -> None:
    loaded = understood(RAW, STG, FCT, unit_test(given=GIVEN, expect=EXPECT))
    assert felt(after(loaded, place, kind)).get("copes") == expected


def test_tests_of_a_model_that_is_dropped_are_orphans() -> None:
    answer = after(understood(RAW, STG, generic_test("unique", "stg", "id")), "stg", REMOVED)
    assert [orphan.what for orphan in answer.orphans] == ["test"]


# -- exposures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "kind", "bare", "listing"),
    [
        ("raw.amount", VALUE, "value", "value"),
        ("raw.status", VALUE, "value", None),
        ("raw", ROWS, "rows", "rows"),
        ("stg.amount", REMOVED, "unknown", "breaks"),
        ("stg.status", REMOVED, "unknown", None),
        ("stg.amount", TYPE, "unknown", "unknown"),
        ("stg.extra", ADDED, None, None),
        ("stg", REMOVED, "breaks", "breaks"),
        ("stg", ChangeKind.DROPPED, "breaks", "breaks"),
    ],
)
def test_an_exposure(place: str, kind: ChangeKind, bare: str, listing: str) -> None:
    for columns, expected in ((None, bare), (["stg.amount", "id"], listing)):
        meta = {"columns": columns} if columns else {}
        loaded = understood(RAW, STG, reader("exposure", "board", "stg", meta=meta))
        assert felt(after(loaded, place, kind)).get("board") == expected, columns


def test_an_exposure_may_list_columns_by_model() -> None:
    board = reader("exposure", "board", "stg", meta={"columns": {"stg": ["Amount"]}})
    loaded = understood(RAW, STG, board)
    assert felt(after(loaded, "stg.amount", REMOVED)) == {"board": "breaks"}
    assert felt(after(loaded, "stg.status", REMOVED)) == {}


def test_an_exposure_of_a_model_that_breaks_is_not_fed() -> None:
    loaded = understood(RAW, STG, reader("exposure", "board", "stg"))
    answer = after(loaded, "raw.status", REMOVED)
    assert felt(answer)["board"] == "breaks"
    assert "exposure.shop.board" in answer.blocked


# -- semantic layer ------------------------------------------------------------------------------

SEMANTIC = reader(
    "semantic_model",
    "sales",
    "stg",
    extra={
        "entities": [{"name": "sale", "expr": "id"}],
        "dimensions": [{"name": "status"}, {"name": "big", "expr": "amount > 100"}],
        "measures": [{"name": "revenue", "agg": "sum", "expr": "amount"}],
    },
)
REVENUE = reader(
    "metric", "revenue", "semantic_model.shop.sales",
    extra={"type_params": {"measure": {"name": "revenue"}}},
)  # fmt: skip
DOUBLE = reader("metric", "double", "metric.shop.revenue", extra={"type_params": {}})
WEEKLY = reader(
    "saved_query", "weekly", "metric.shop.double",
    extra={"query_params": {"group_by": ["Dimension('sale__status')"]}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        ("stg.amount", REMOVED, {"sales": "breaks", "sales.big": "breaks", "sales.revenue": "breaks",
                                 "revenue": "breaks", "double": "breaks", "weekly": "breaks"}),
        ("stg.status", REMOVED, {"sales": "breaks", "sales.status": "breaks", "weekly": "breaks"}),
        ("stg.k", REMOVED, {}),
        ("stg.amount", VALUE, {"sales.big": "value", "sales.revenue": "value", "revenue": "value",
                               "double": "value", "weekly": "value"}),
        ("metric.shop.revenue", REMOVED, {"double": "breaks", "weekly": "breaks"}),
    ],
)  # fmt: skip
def test_the_semantic_layer(place: str, kind: ChangeKind, expected: dict[str, str]) -> None:
    loaded = understood(RAW, STG, SEMANTIC, REVENUE, DOUBLE, WEEKLY)
    assert felt(after(loaded, place, kind)) == expected


# -- promises ------------------------------------------------------------------------------------


def promising(**more) -> object:
    columns = tuple(Column(name, "int") for name in ("id", "k", "amount", "status"))
    extra = {"contract_enforced": True}
    return model("stg", "select * from {raw}", columns=columns, extra=extra, **more)


@pytest.mark.parametrize(
    ("place", "kind"), [("raw.status", REMOVED), ("raw.extra", ADDED), ("raw.status", TYPE)]
)
def test_a_contract_is_broken_through_a_star(place: str, kind: ChangeKind) -> None:
    answer = after(understood(RAW, promising()), place, kind)
    assert felt(answer)["stg"] == "breaks"
    hit = answer.leading(node_id("stg"))
    assert hit is not None
    assert "its contract" in hit.reason


def test_a_contract_that_was_changed_too_is_kept() -> None:
    head = promising()
    retyped = tuple(Column(c.name, "text" if c.name == "status" else c.type) for c in head.columns)
    base = understood(RAW, promising())
    changed = understood(
        RAW, model("stg", "select * from {raw}", columns=retyped, extra=dict(head.extra))
    )
    answer = propagate(changed, [change("raw.status", TYPE)], base=base)
    assert felt(answer) == {"stg.status": "shape"}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"unique_key": "status"}, "breaks"),
        ({"unique_key": ["id", "status"]}, "breaks"),
        ({"partition_by": {"field": "status", "data_type": "date"}}, "breaks"),
        ({"indexes": [{"columns": ["status"]}]}, "breaks"),
        ({"cluster_by": "id, status"}, "breaks"),
        ({"unique_key": "id"}, "shape"),
    ],
)
def test_settings_name_columns(config: dict[str, object], expected: str) -> None:
    copy = model("copy", "select * from {raw}", config=config)
    found = felt(after(understood(RAW, copy), "raw.status", REMOVED))
    assert found.get("copy", found["copy.status"]) == expected


@pytest.mark.parametrize(
    ("schema", "lost", "gained"),
    [
        ("ignore", "breaks", "shape"),
        ("fail", "breaks", "breaks"),
        ("append_new_columns", "shape", "shape"),
        ("sync_all_columns", "shape", "shape"),
    ],
)
def test_the_table_of_an_incremental_model(schema: str, lost: str, gained: str) -> None:
    grown = model(
        "m", "select * from {raw}", materialized="incremental", extra={"on_schema_change": schema}
    )
    for kind, column, expected in ((REMOVED, "status", lost), (ADDED, "extra", gained)):
        found = felt(after(understood(RAW, grown), f"raw.{column}", kind))
        assert found.get("m", found[f"m.{column}"]) == expected


def test_a_snapshot_checks_columns() -> None:
    config = {"strategy": "check", "unique_key": "id", "check_cols": ["status"]}
    snapshot = model("history", "select * from {raw}", "snapshot", config=config)
    loaded = understood(RAW, snapshot)
    assert felt(after(loaded, "raw.status", REMOVED))["history"] == "breaks"
    moved = felt(after(loaded, "raw.status", VALUE))
    assert moved["history.status"] == moved["history.dbt_valid_from"] == "value"
    assert "history.amount" not in moved


def test_the_docs_of_a_column_that_is_gone_are_orphans() -> None:
    stg = model("stg", "select id, status from {raw}", columns=(Column("status"),))
    answer = after(understood(RAW, stg), "stg.status", REMOVED)
    assert answer.orphans == (
        Orphan("column doc", node_id("stg"), ColumnRef(node_id("stg"), "status")),
    )


def test_a_function_may_do_anything_to_its_callers() -> None:
    function = reader("function", "cents", relation=relation("cents"))
    calling = model(
        "stg", "select cents(amount) as c from {raw}", parents=(node_id("raw"), function.id)
    )
    loaded = understood(RAW, function, calling)
    assert felt(after(loaded, function.id, ChangeKind.UNKNOWN))["stg.c"] == "unknown"
    assert felt(after(loaded, function.id, REMOVED)) == {"stg": "breaks"}
