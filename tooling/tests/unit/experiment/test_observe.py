from __future__ import annotations

from headwater.experiment import Influence, run

SCHEMA = {"t": {"id": "INTEGER", "a": "INTEGER", "b": "VARCHAR", "unused": "INTEGER"}}


def seen(sql: str, **options: int) -> set[str]:
    """``table.column>output:how`` for every column change seen."""
    observed = run(sql, SCHEMA, **options)
    return {
        f"{i.column}>{i.output or '*'}:{i.how}" for i in observed.influences if i.column is not None
    }


def test_a_projected_column_moves_by_value_only() -> None:
    assert seen("select a as x, b from t") == {"a>x:value", "b>b:value"}


def test_a_filter_moves_the_rows_of_every_output() -> None:
    found = seen("select b from t where a > 4")
    assert {"a>*:rows", "a>b:rows", "b>b:value"} <= found
    assert not any(influence.startswith(("id", "unused")) for influence in found)


def test_a_count_moves_by_value_with_the_filter() -> None:
    assert seen("select count(*) as n from t where a > 4") == {"a>n:value"}


def test_rows_of_a_table_are_changed_too() -> None:
    observed = run("select count(*) as n from t", SCHEMA)
    assert observed.influences == {Influence("n", "t", None, "value")}


def test_what_moves_by_itself_is_unstable_not_influenced() -> None:
    observed = run("select random() as r, a from t", SCHEMA)
    assert observed.unstable == {"r"}
    assert {i.output for i in observed.influences} == {"a", None}


def test_a_limit_without_an_order_is_chance() -> None:
    observed = run("select b from t limit 3", SCHEMA)
    assert "b" in observed.unstable
    assert not any(i.output == "b" for i in observed.influences)


def test_ties_in_a_row_number_are_chance() -> None:
    observed = run("select id, row_number() over (order by 1) as place from t", SCHEMA)
    assert "place" not in {i.output for i in observed.influences if i.column is not None}


def test_repeated_names_are_told_apart() -> None:
    observed = run("select a, b as a from t", SCHEMA)
    assert observed.columns == ("a", "a:2")
    assert Influence("a:2", "t", "b", "value") in observed.influences


def test_literals_of_the_sql_become_likely_values() -> None:
    observed = run("select id from t where b = 'quite rare' and a = 8231", SCHEMA)
    assert observed.rows > 0
    assert {Influence(None, "t", "a", "rows"), Influence(None, "t", "b", "rows")} <= (
        observed.influences
    )


def test_text_is_tried_as_numbers_when_words_fail() -> None:
    observed = run("select cast(b as integer) + 1 as n from t", SCHEMA)
    assert Influence("n", "t", "b", "value") in observed.influences


def test_given_rows_are_used() -> None:
    rows = {"t": [(1, 5, "x", 0), (2, 6, "y", 0)]}
    observed = run("select a from t where b = 'x'", SCHEMA, rows=rows)
    assert observed.rows == 1
    assert Influence("a", "t", "b", "rows") in observed.influences


def test_a_failing_query_is_told() -> None:
    observed = run("select nothing from t", SCHEMA)
    assert not observed.answered
    assert 'Referenced column "nothing" not found' in observed.errors[0]


def test_the_same_seed_sees_the_same() -> None:
    sql = "select b, sum(a) as total from t group by b"
    assert run(sql, SCHEMA, seed=3) == run(sql, SCHEMA, seed=3)


def test_dotted_names_get_their_database_and_schema() -> None:
    schema = {'"shop"."raw data".orders': {"id": "INTEGER", "Total Paid": "DECIMAL(9,2)"}}
    observed = run('select "Total Paid" as paid from "shop"."raw data".orders', schema)
    (influence,) = (i for i in observed.influences if i.column is not None)
    assert influence == Influence("paid", '"shop"."raw data".orders', "Total Paid", "value")


def test_types_of_other_warehouses_and_nested_types() -> None:
    schema = {
        "t": {
            "n": "NUMBER(38,0)",
            "s": "character varying(10)",
            "made_at": "timestamp without time zone",
            "tags": "VARCHAR[]",
            "place": "STRUCT(x INTEGER, y VARCHAR)",
            "extra": "jsonb",
        }
    }
    sql = "select n, s, made_at, len(tags) as l, place.y as y, extra ->> 'kind' as kind from t"
    found = {(i.column, i.output) for i in run(sql, schema).influences if i.column is not None}
    assert found == {
        ("n", "n"), ("s", "s"), ("made_at", "made_at"), ("tags", "l"), ("place", "y"), ("extra", "kind"),
    }  # fmt: skip
