"""What the macros of change data capture write parses in the dialect of the engines that they are for."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlglot
from rendering import PREFIXES, Package, WrongArgumentError
from sqlglot import exp

OFFERED = ("postgres", "duckdb")
REFUSED = [engine for engine in PREFIXES if engine not in OFFERED]
FORMATS: dict[str, dict[str, Any]] = {
    "debezium": {"fields": {"message_key": "message_key"}},
    "debezium_flattened": {},
    "airbyte": {},
    "fivetran": {},
    "stitch": {},
    "dlt": {"fields": {"deleted": "is_gone"}},
    "generic": {
        "fields": {"op": "op", "ts": "ts", "seq": "order", "old_key": {"Mixed Case": "old"}},
        "op_values": {"update": ["MODIFY", "it's"]},
        "exclude": ["loaded_at"],
    },
}


def a_run(engine: str, **options: Any) -> dict[str, Any]:
    """A run as cdc_apply hands it to the parts that write SQL."""
    text = "json" if engine == "duckdb" else "jsonb"
    types = {"order": "bigint", "Mixed Case": "varchar(20)", "note": "text", "it's": text}
    run = {
        "target": "shop.orders", "tombstones": "shop.orders_tombstones",
        "batch": "hw_batch", "events": "hw_events", "touched": "hw_touched",
        "written": "hw_written", "looked": "hw_looked",
        "key": ["order", "Mixed Case"], "data": ["note", "it's"], "types": types,
        "own": [], "generated": ["size"], "finds_columns": True, "is_created": False, "is_rebuild": False,
        "counts": {"deletes": 1, "truncates": 1, "strange": 0, "unread": 1, "read": 3},
        "options": {"deletes": "hard"},
    }  # fmt: skip
    return run | options


def statements_of(engine: str, sql: str) -> list[exp.Expression]:
    """The statements of a text; the parts of Postgres that sqlglot can't read are put another way."""
    if engine == "postgres":
        sql = sql.replace(" with no data", "").replace(" on commit drop", "")
        sql = sql.replace(".ctid", ".place").replace(" ?& ", " = ")
        sql = sql.replace(" overriding system value", "")
        sql = re.sub(r"alter table [^;]* set statistics 10\s*;", "", sql)
    trees = sqlglot.parse(sql, read=engine)
    assert all(tree is not None and not isinstance(tree, exp.Command) for tree in trees), sql
    return [tree for tree in trees if tree is not None]


@pytest.mark.parametrize("engine", OFFERED)
@pytest.mark.parametrize("name", FORMATS)
def test_normalized_changes_parse(engine: str, name: str) -> None:
    package = Package(engine)
    sql = package.sql("cdc_normalize", "log", ["order", "Mixed Case"], name, **FORMATS[name])
    (tree,) = statements_of(engine, sql)
    assert isinstance(tree, exp.Query)
    assert tree.named_selects == ["key", "op", "ts", "seq", "payload", "reason"]


@pytest.mark.parametrize("engine", REFUSED)
@pytest.mark.parametrize("name", FORMATS)
def test_other_engines_refuse_a_log_by_name(engine: str, name: str) -> None:
    with pytest.raises(WrongArgumentError) as raised:
        Package(engine).sql("cdc_normalize", "log", ["order"], name, **FORMATS[name])
    assert str(raised.value) == (
        "headwater.cdc_normalize(): bad argument 'relation'\n"
        "  expected: a log on Postgres or DuckDB\n"
        f"  got: one on {engine}"
    )


@pytest.mark.parametrize("engine", REFUSED)
def test_other_engines_refuse_the_materialization_by_name(engine: str) -> None:
    with pytest.raises(WrongArgumentError) as raised:
        Package(engine).apply_changes(a_run(engine), "select 1")
    assert str(raised.value) == (
        "headwater.cdc_apply(): bad argument 'materialized'\n"
        "  expected: Postgres or DuckDB\n"
        f"  got: {engine}\n"
        "  hint: keep the changes, and select the last per key with dedup()"
    )


@pytest.mark.parametrize("engine", OFFERED)
@pytest.mark.parametrize("deletes", ["hard", "soft"])
@pytest.mark.parametrize("state", ["is_created", "is_rebuild", "neither"])
def test_statements_of_the_materialization_parse(engine: str, deletes: str, state: str) -> None:
    package = Package(engine)
    facts = {"is_owner": True, "is_referenced": False}
    run = a_run(engine, options={"deletes": deletes}, facts=facts) | {state: True}
    statements = package._cdc_tombstone_statements(run) + package.change_statements(run)
    statements += [package.new_members(run)]
    trees = [tree for text in statements for tree in statements_of(engine, text) if text]
    kinds = {type(tree) for tree in trees}
    assert {exp.Create, exp.Insert, exp.Select} <= kinds
    names = {c.name for tree in trees for c in tree.find_all(exp.Column, exp.Identifier)}
    assert {"order", "Mixed Case", "note", "it's"} <= names


@pytest.mark.parametrize("engine", OFFERED)
def test_typed_changes_parse(engine: str) -> None:
    text = Package(engine).sql("typed_changes", a_run(engine))
    if engine == "postgres":  # the block around the statement is PL/pgSQL
        begin, _, rest = text.partition("begin\n")
        inner, _, after = rest.partition("exception when")
        text = inner.rstrip().rstrip(";") + ";" + after.partition("$headwater$;")[2]
        assert "do $headwater$" in begin
    trees = statements_of(engine, text)
    assert isinstance(trees[-1], exp.Select)
    assert any(isinstance(tree, exp.Create) for tree in trees)


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize(
    ("test", "options"),
    [
        ("test_cdc_gap", {"position": "order"}),
        ("test_cdc_gap", {"position": "order", "per": ["Mixed Case"]}),
        ("test_cdc_lag", {"happened_at": "order", "max_minutes": 90}),
        ("test_cdc_lag", {"happened_at": "order", "max_minutes": 90, "loaded_at": "Mixed Case"}),
    ],
)
def test_tests_parse(engine: str, test: str, options: dict[str, Any]) -> None:
    sql = Package(engine).sql(test, "log", **options)
    (tree,) = sqlglot.parse(sql, read="tsql" if engine == "fabric" else engine)
    assert isinstance(tree, exp.Select)
    names = {column.name.lower() for column in tree.find_all(exp.Column)}
    assert "order" in names
    assert ("Mixed Case" in str(options)) == ("mixed case" in names)
