from __future__ import annotations

import pytest

from headwater.sql.transpiling import CannotTranspile, to_duckdb, to_duckdb_type
from headwater.sql.usage import type_cues

TABLES = {'"db"."main"."orders"': '"s0"."orders"', "raw.x": '"s1"."x"'}
PINNED = "TRY_CAST('2020-01-21 12:00:00' AS TIMESTAMP)"


@pytest.mark.parametrize(
    ("dialect", "sql", "expected"),
    [
        (
            "postgres",
            'select orders.id from "db"."main"."orders"',
            'SELECT orders.id FROM "s0"."orders"',
        ),
        ("postgres", "select a::int from raw.x", 'SELECT TRY_CAST(a AS INT) FROM "s1"."x"'),
        ("bigquery", "select a from `db.main.orders`", 'SELECT a FROM "s0"."orders"'),
        ("tsql", "select top 3 a from [raw].[x]", 'SELECT a FROM "s1"."x" LIMIT 3'),
        (
            "snowflake",
            "select iff(a, 1, 2) as b from RAW.X",
            'SELECT CASE WHEN a THEN 1 ELSE 2 END AS b FROM "s1"."x"',
        ),
        (
            "postgres",
            'select "db"."main"."orders".id from "db"."main"."orders"',
            'SELECT "orders".id FROM "s0"."orders"',
        ),
        (
            "duckdb",
            "with orders as (select * from orders), x as (select * from orders) select * from x",
            'WITH orders AS (SELECT * FROM "s0"."orders"), x AS (SELECT * FROM orders) SELECT * FROM x',
        ),
        (
            "duckdb",
            "with recursive x as (select 1 as a union all select a + 1 from x) select a from x",
            "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM x) SELECT a FROM x",
        ),
        (
            "postgres",
            "create table t as select now() as n from raw.x",
            f'SELECT {PINNED} AS n FROM "s1"."x"',
        ),
        ("snowflake", "select getdate() as n", f"SELECT {PINNED} AS n"),
        (
            "postgres",
            "select encode(sha256(convert_to(a, 'UTF8')), 'hex') as h",
            "SELECT SHA256(a) AS h",
        ),
        (
            "postgres",
            "select pg_typeof(a) = 'text'::regtype as t",
            "SELECT LOWER(TYPEOF(a)) = TRY_CAST('text' AS TEXT) AS t",
        ),
        ("postgres", "select a #>> '{b,c}' as t", "SELECT JSON_EXTRACT_STRING(a, '$.b.c') AS t"),
    ],
)
def test_said_for_duckdb(dialect: str, sql: str, expected: str) -> None:
    assert to_duckdb(sql, dialect, TABLES) == expected


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select from where )", "Expected table name"),
        ("{{ ref('a') }}", "the SQL is a template, not compiled"),
        ("delete from t", "there is no query in it"),
        ("select " + "(" * 600 + "1" + ")" * 600, "nested too deeply"),
    ],
)
def test_what_cannot_be_said_has_a_reason(sql: str, why: str) -> None:
    with pytest.raises(CannotTranspile, match=why) as error:
        to_duckdb(sql, "postgres", TABLES)
    assert str(error.value)


def test_types() -> None:
    assert to_duckdb_type("STRING", "bigquery") == "TEXT"
    assert to_duckdb_type("no such (type", "postgres") == ""


def test_usage_betrays_types() -> None:
    cues = type_cues(
        "select sum(a), b || 'x', try_cast(c as date), case when d then 1 end, e ->> '$.k', "
        "date_trunc('day', f), unnest(g), h from t where i = 3 and j > '2020-01-01' and k = true"
    )
    assert cues == {
        "a": "DOUBLE",
        "b": "VARCHAR",
        "c": "DATE",
        "d": "BOOLEAN",
        "e": "JSON",
        "f": "TIMESTAMP",
        "g": "VARCHAR[]",
        "i": "INTEGER",
        "j": "DATE",
        "k": "BOOLEAN",
    }
    assert type_cues("select (") == {}
