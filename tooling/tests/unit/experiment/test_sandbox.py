from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from headwater.core.errors import UsageError
from headwater.experiment import QueryFailed, Recipe, Sandbox, Source, build_tables
from headwater.experiment.data import CHANGES, ROW_CHANGES
from headwater.experiment.sandbox import split_name
from headwater.experiment.values import Domain, draw, duckdb_type, elements, fresh, kind_of, literal

SCHEMA = {"t": {"id": "INTEGER", "b": "VARCHAR"}}


def test_a_change_touches_one_column() -> None:
    (table,) = build_tables(SCHEMA, recipe=Recipe(height=6))
    with Sandbox((table,)) as sandbox:
        sandbox.arrange({Source("t", "b"): CHANGES.index("nulls") + 1})
        rows = sandbox.execute("select * from t").rows
    assert [row[0] for row in rows] == list(table.values[0][0])
    assert {row[1] for row in rows} == {None}


@pytest.mark.parametrize(("change", "rows"), [("none", 0), ("fewer", None), ("repeated", None)])
def test_rows_change(change: str, rows: int | None) -> None:
    (table,) = build_tables(SCHEMA, recipe=Recipe(height=20))
    with Sandbox((table,)) as sandbox:
        sandbox.arrange({Source("t", None): ROW_CHANGES.index(change) + 1})
        count = len(sandbox.execute("select * from t").rows)
    assert count != 20
    assert rows is None or count == rows


def test_orders_hold_the_same_rows() -> None:
    with Sandbox(build_tables(SCHEMA, recipe=Recipe(height=9))) as sandbox:
        found = []
        for order in range(3):
            sandbox.arrange({}, order)
            found.append(sandbox.execute("select * from t").rows)
    assert found[0] != found[1] != found[2]
    assert len({tuple(sorted(map(repr, rows))) for rows in found}) == 1


def test_only_named_tables_are_swapped() -> None:
    schema = {"people": SCHEMA["t"], '"db"."s"."Orders"': SCHEMA["t"]}
    with Sandbox(build_tables(schema)) as sandbox:
        assert sandbox.named_in("select 1 from db.s.orders") == ('"db"."s"."Orders"',)


def test_an_endless_query_is_stopped() -> None:
    endless = (
        "with recursive r as (select 1 as a union all select a + 1 from r) select sum(a) from r"
    )
    with Sandbox((), seconds=0.2) as sandbox:
        with pytest.raises(QueryFailed, match="Interrupted"):
            sandbox.execute(endless)
        assert sandbox.execute("select 1 as one").rows == [(1,)]


def test_nothing_outside_can_be_reached() -> None:
    with (
        Sandbox(build_tables(SCHEMA)) as sandbox,
        pytest.raises(QueryFailed, match="disabled by configuration"),
    ):
        sandbox.execute("select * from read_csv('/etc/passwd')")


def test_without_duckdb_the_hint_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError) as caught:
        Sandbox(())
    assert str(caught.value) == (
        "experiments need DuckDB, which is not installed\n"
        "  hint: pip install 'dbt-headwater[verify]'"
    )


def test_split_name() -> None:
    assert split_name('"db"."a.b".t') == ("db", "a.b", "t")
    assert split_name("t") == ("t",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (True, "true"),
        (Decimal("2.50"), "2.50"),
        (float("inf"), "'inf'"),
        ("it's", "'it''s'"),
        (date(2020, 1, 2), "'2020-01-02'"),
        ([1, None], "[1, NULL]"),
        ({"a": "x"}, "{'a': 'x'}"),
        (b"\x01", "'\\x01'"),
    ],
)
def test_literal(value: object, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("BIGINT", "int"), ("DECIMAL(9,2)", "decimal"), ("VARCHAR[]", "list"), ("JSON", "json"),
        ("STRUCT(a INT)", "struct"), ("TIMESTAMP", "timestamp"), ("GEOMETRY", "other"),
    ],
)  # fmt: skip
def test_kind_of(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_types_of_other_warehouses() -> None:
    assert duckdb_type("character varying(20)") == "VARCHAR"
    assert duckdb_type("NUMBER(38,0)") == "DECIMAL(18,3)"
    assert duckdb_type(None) == "VARCHAR"
    assert duckdb_type("INTEGER[]") == "INTEGER[]"


def test_elements_of_a_struct() -> None:
    assert elements("STRUCT(a INT, b STRUCT(c DECIMAL(9, 2), d INT[]))") == [
        ("a", "INT"),
        ("b", "STRUCT(c DECIMAL(9, 2), d INT[])"),
    ]


@pytest.mark.parametrize("type_", ["INTEGER", "DECIMAL(9,2)", "VARCHAR", "DATE", "TIMESTAMP"])
def test_fresh_values_are_not_drawn(type_: str) -> None:
    rng = Random(0)
    domain = Domain(type_, hints=("7", "2021-05-05", "word"))
    drawn = {draw(domain, rng) for _ in range(300)}
    assert not drawn & {fresh(domain, rng) for _ in range(50)}
