from __future__ import annotations

import pytest

from headwater.sql.splitting import Part, split_statements


@pytest.mark.parametrize("sql", ["", "  \n", ";;", "-- only\n/* comments */", "; -- x\n;"])
def test_nothing(sql: str) -> None:
    assert split_statements(sql) == []


def test_each_statement_has_its_place() -> None:
    sql = "select 1;\n\n-- two\nselect 2 -- rest\n;"
    parts = split_statements(sql)
    assert parts == [Part("select 1", 0, 1), Part("select 2 -- rest", 18, 4)]
    assert all(sql[part.start :].startswith(part.text) for part in parts)


@pytest.mark.parametrize(
    ("sql", "dialect"),
    [
        ("select ';' as a", ""),
        ('select ";" from t', "postgres"),
        ("select 1 /* ; */ + 2", "duckdb"),
        ("select `;` from t", "bigquery"),
        ("select $$a;b$$", "snowflake"),
        ("select [a;b] from t", "tsql"),
    ],
)
def test_a_semicolon_inside_something_splits_nothing(sql: str, dialect: str) -> None:
    assert [part.text for part in split_statements(sql, dialect)] == [sql]


@pytest.mark.parametrize("sql", ["select 'open", "select \x00; select 1", 'select "a'])
def test_what_has_no_words_is_one_part_or_more_and_never_an_error(sql: str) -> None:
    assert "".join(part.text for part in split_statements(sql)).startswith("select")
