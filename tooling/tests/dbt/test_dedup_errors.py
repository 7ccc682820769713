"""What the deduplication macros say when they are called wrongly: the whole text."""

from __future__ import annotations

from typing import Any

import pytest
from rendering import FakeRelation, Package, WrongArgumentError

ORDERS = FakeRelation(
    '"shop"."orders"',
    tuple((name, "text") for name in ("amount", "currency", "Id", "id", "status", "updated_at")),
)
HAS = "columns of the relation: amount, currency, Id, id, status (+1)"
COLUMNS = "a list of column names, such as ['customer_id', 'valid_from']"
SORTED = "a list of column names with or without 'desc', such as ['updated_at desc']"
RELATION = "a relation such as ref('orders'), the name of a CTE, or a select"

WRONG: dict[str, tuple[tuple[Any, ...], dict[str, Any], tuple[str, ...]]] = {
    "a misspelt key": (
        (ORDERS, ["statuss"]), {}, ("key", HAS, "'statuss'", "did you mean 'status'?"),
    ),
    "a key that is an expression": (
        (ORDERS, ["lower(id)"]), {},
        ("key", HAS, "'lower(id)'", "give the expression a name in a select, and pass that select"),
    ),
    "a key that is text": (
        (ORDERS, "id, status"), {},
        ("key", COLUMNS, "the string 'id, status'", "write ['id', 'status']"),
    ),
    "no key": ((ORDERS, []), {}, ("key", COLUMNS, "an empty list")),
    "a misspelt order": (
        (ORDERS, ["id"], ["update_at desc"]), {},
        ("order_by", HAS, "'update_at'", "did you mean 'updated_at'?"),
    ),
    "an order that is text": (
        (ORDERS, ["id"], "updated_at desc, status"), {},
        ("order_by", SORTED, "the string 'updated_at desc, status'",
         "write ['updated_at desc', 'status']"),
    ),
    "an order that is a number": (
        (ORDERS, ["id"], ["status", 2]), {}, ("order_by", SORTED, "the number 2 at position 2"),
    ),
    "an order of another direction": (
        (ORDERS, ["id"], [{"column": "status", "direction": "down"}]), {},
        ("order_by", SORTED, "a mapping at position 1"),
    ),
    "a tie-breaker that is not there": (
        (ORDERS, ["id"]), {"tie_breaker": ["zzz"]}, ("tie_breaker", HAS, "'zzz'"),
    ),
    "another keep": (
        (ORDERS, ["id"]), {"keep": "newest"},
        ("keep", "one of 'all_ties', 'error', 'first', 'last'", "the string 'newest'"),
    ),
    "another nulls": (
        (ORDERS, ["id"]), {"nulls": "never"}, ("nulls", "one of 'first', 'last'", "the string 'never'"),
    ),
    "another null_keys": (
        (ORDERS, ["id"]), {"null_keys": "ignore"},
        ("null_keys", "one of 'drop', 'group', 'keep_all'", "the string 'ignore'"),
    ),
    "another method": (
        (ORDERS, ["id"]), {"method": "hash"},
        ("method", "one of 'auto', 'distinct_on', 'row_number'", "the string 'hash'"),
    ),
    "a method that can't": (
        (ORDERS, ["id"]), {"method": "distinct_on", "keep": "all_ties"},
        ("method", "'auto' or 'row_number' for keep='all_ties', null_keys='group'",
         "the string 'distinct_on'"),
    ),
    "a column that is not there": (
        (ORDERS, ["id"]), {"columns": ["id", "amout"]},
        ("columns", HAS, "'amout'", "did you mean 'amount'?"),
    ),
    "no relation": ((None, ["id"]), {}, ("relation", RELATION, "none")),
    "an empty relation": ((" ", ["id"]), {}, ("relation", RELATION, "an empty string")),
    "a list of relations": ((["a", "b"], ["id"]), {}, ("relation", RELATION, "a list of 2")),
}  # fmt: skip


def said(engine: str, macro: str, *words: Any, **options: Any) -> str:
    """What the macro says when it refuses."""
    with pytest.raises(WrongArgumentError) as caught:
        Package(engine).sql(macro, *words, **options)
    return str(caught.value)


def text(macro: str, argument: str, expected: str, got: str, hint: str = "") -> str:
    """An error in the one shape that all macros use."""
    head = f"headwater.{macro}(): bad argument '{argument}'\n  expected: {expected}\n  got: {got}"
    return head + (f"\n  hint: {hint}" if hint else "")


@pytest.mark.parametrize("case", WRONG)
def test_dedup_says_what_is_wrong(case: str) -> None:
    words, options, lines = WRONG[case]
    assert said("postgres", "dedup", *words, **options) == text("dedup", *lines)


@pytest.mark.parametrize("macro", ["coalesce_duplicates", "dedup_report"])
def test_the_others_name_themselves(macro: str) -> None:
    lines = ("key", HAS, "'statuss'", "did you mean 'status'?")
    assert said("postgres", macro, ORDERS, ["statuss"]) == text(macro, *lines)


def test_golden_records_need_the_columns() -> None:
    assert said("postgres", "coalesce_duplicates", "customers", ["id"]) == text(
        "coalesce_duplicates", "columns", "the names of the columns, each of which is merged", "none",
        "pass a relation such as ref('customers'), or name the columns",
    )  # fmt: skip


def test_an_engine_without_qualify_needs_the_columns() -> None:
    assert said("trino", "dedup", "orders", ["id"], ["id"]) == text(
        "dedup", "columns",
        "the names of the columns, since trino can't sort by a row whose columns are not known",
        "none", "pass a relation such as ref('orders'), or name the columns",
    )  # fmt: skip


@pytest.mark.parametrize("ratio", [0, 1.5, "0.1", True, None])
def test_a_ratio_is_a_share(ratio: Any) -> None:
    shown = {0: "the number 0", 1.5: "the number 1.5", "0.1": "the string '0.1'"}
    got = "the boolean true" if ratio is True else "none" if ratio is None else shown[ratio]
    assert said("postgres", "test_duplicate_ratio_below", ORDERS, ["id"], ratio) == text(
        "duplicate_ratio_below", "ratio",
        "a number above 0 and up to 1: 0.01 lets less than one row in a hundred repeat", got,
    )  # fmt: skip


def test_case_counts_only_where_the_engine_says_so() -> None:
    """Postgres has both `id` and `Id`; DuckDB takes the one for the other."""
    upper = FakeRelation("orders", (("ID", "integer"),))
    assert Package("duckdb").sql("dedup", upper, ["id"])
    assert said("postgres", "dedup", upper, ["id"]) == text(
        "dedup", "key", "columns of the relation: ID", "'id'", "did you mean 'ID'?"
    )
