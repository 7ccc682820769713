"""The selects that build histories parse in the dialect of every engine, and say what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
from rendering import PREFIXES, FakeRelation, Package, WrongArgumentError
from sqlglot import exp

#: Engines without row_hash(), on which versions have no dbt_scd_id.
WITHOUT_HASH = {"redshift", "fabric"}
LOG = FakeRelation(
    "shop.log",
    (
        ("order", "integer"),
        ("Mixed Case", "varchar"),
        ("at", "timestamp"),
        ("seq", "integer"),
        ("gone", "boolean"),
        ("tag", "varchar"),
    ),
)
VERSIONS = FakeRelation(
    "shop.versions",
    (
        ("order", "integer"),
        ("Mixed Case", "varchar"),
        ("dbt_valid_from", "timestamp"),
        ("dbt_valid_to", "timestamp"),
    ),
)
META = ["dbt_updated_at", "dbt_valid_from", "dbt_valid_to"]


def names_of(engine: str, sql: str) -> list[str]:
    """The names of the columns of the one statement that a text is."""
    dialect = "tsql" if engine == "fabric" else engine
    # Only Postgres compares bytes with `*<>` and `*<`, and runs both in other tests.
    plain = sql.replace(" *<> ", " <> ").replace(" using operator(pg_catalog.*>)", "")
    (tree,) = sqlglot.parse(plain, read=dialect)
    assert isinstance(tree, exp.Select)
    return [column.alias_or_name.lower() for column in tree.selects]


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"sequence_by": ["seq"], "type1_cols": ["tag"], "deleted_column": "gone"},
        {"deleted_column": "gone", "deletes": "tombstone", "valid_to_current": "9999-12-31"},
        {"deleted_column": "gone", "deletes": "ignore", "check_cols": ["Mixed Case"]},
    ],
    ids=str,
)
def test_a_history_of_a_log_parses(engine: str, options: dict[str, Any]) -> None:
    has_hash = engine not in WITHOUT_HASH
    sql = Package(engine).sql("scd2_from_log", LOG, ["order"], "at", scd_id=has_hash, **options)
    own = ["order", "mixed case", "at", "seq", "gone", "tag"]
    marks = ["dbt_is_deleted"] if options.get("deletes") == "tombstone" else []
    assert names_of(engine, sql) == own + ["dbt_scd_id"] * has_hash + META + marks


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize("deletes", ["close", "tombstone", "ignore"])
def test_a_history_of_copies_parses(engine: str, deletes: str) -> None:
    sql = Package(engine).sql(
        "scd2_from_snapshots", LOG, ["order"], "at", deletes=deletes, scd_id=False,
        columns=["order", "Mixed Case"],
    )  # fmt: skip
    marks = ["dbt_is_deleted"] if deletes == "tombstone" else []
    assert names_of(engine, sql) == ["order", "mixed case", *META, *marks]


@pytest.mark.parametrize("engine", PREFIXES)
def test_collapsed_and_merged_histories_parse(engine: str) -> None:
    package = Package(engine)
    for sql in (
        package.sql("scd2_collapse", VERSIONS, ["order"]),
        package.sql("scd2_merge_history", VERSIONS, VERSIONS, ["order"]),
    ):
        assert names_of(engine, sql) == ["order", "mixed case", "dbt_valid_from", "dbt_valid_to"]


@pytest.mark.parametrize(
    ("arguments", "options", "lines"),
    [
        (
            (LOG, ["order"], "att"),
            {},
            (
                "bad argument 'updated_at'",
                "expected: columns of the model: at, gone, Mixed Case, order, seq (+1)",
                "got: 'att'",
                "hint: did you mean 'at'?",
            ),
        ),
        (
            ("select 1 as id", ["id"], "at"),
            {},
            (
                "bad argument 'columns'",
                "expected: the names of the columns, which can't be known of a CTE or a select",
                "got: none",
                "hint: pass a relation such as ref('customer_log'), or name the columns",
            ),
        ),
        (
            (LOG, ["order"], "at"),
            {"deletes": "hard"},
            (
                "bad argument 'deletes'",
                "expected: one of 'close', 'ignore', 'tombstone'",
                "got: the string 'hard'",
            ),
        ),
        (
            (LOG, "order", "at"),
            {},
            (
                "bad argument 'key'",
                "expected: a list of column names, such as ['customer_id', 'valid_from']",
                "got: the string 'order'",
                "hint: write ['order']",
            ),
        ),
    ],
)
def test_wrong_arguments(
    arguments: tuple[Any, ...], options: dict[str, Any], lines: tuple[str, ...]
) -> None:
    with pytest.raises(WrongArgumentError) as caught:
        Package("postgres").sql("scd2_from_log", *arguments, **options)
    assert str(caught.value) == "headwater.scd2_from_log(): " + "\n  ".join(lines)
