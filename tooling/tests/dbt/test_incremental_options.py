"""What the options of the incremental materializations do, on Postgres, one small table each.

A case is a model's config, a first and a second query, and what must be so afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Ran, session
from projects import DbtProject, drop, link_package, new_project

SCHEMA = "hw_options"
FIRST = "select 1 as id, cast('a' as varchar(5)) as name, cast(1 as int) as amount"
WIDER = (
    "select 1 as id, cast('longer name' as varchar(20)) as name, 5000000000 as amount,"
    " 'new' as note"
)
ODD = (
    'select {id} as "Order", \'{{"a": {n}}}\'::json as doc, point({n}, 1) as place,'
    " array[{n}] as numbers, int4range(1, {n} + 5) as span, null::xml as markup,"
    f' {{n}} as "{"n" * 63}"'
)
# Values that are equal, and yet not the same.
ALIKE = (
    "select {id} as id, {loose}::numeric as loose, {fixed}::numeric(8, 2) as fixed,"
    f" '{{zero}}'::float8 as zero, '{{word}}' collate {SCHEMA}.any_case as word, {{text}}::text as text"
)
# Under which A equals a, where the server was built with ICU.
ANY_CASE = f"""do $$ begin
    create collation {SCHEMA}.any_case (
        provider = icu, locale = 'und-u-ks-level2', deterministic = false
    );
exception when feature_not_supported then create collation {SCHEMA}.any_case from "C";
end $$"""
SAME = {"loose": "1.0", "fixed": "1.0", "zero": "-0", "word": "A", "text": "null"}
OTHER = {"loose": "1.00", "zero": "0", "word": "a", "text": "''", "fixed": "1.00"}
UPSERT = "materialized='upsert', unique_key=['id']"
CONTRACT = """
models:
  - name: contracted
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: integer, constraints: [{type: not_null}]}
      - {name: name, data_type: text}
  - name: documented
    description: One row per id.
    columns:
      - {name: id, description: The key.}
"""


def _meta(**options: str) -> str:
    return f"meta={{'headwater': {{{', '.join(f'{k!r}: {v}' for k, v in options.items())}}}}}"


# name: config, first query, second query
CASES: dict[str, tuple[str, str, str]] = {
    "sc_ignore": (UPSERT, FIRST, WIDER.replace("5000000000", "5")),
    "sc_append": (f"{UPSERT}, on_schema_change='append_new_columns'", FIRST, WIDER),
    "sc_sync": (
        f"{UPSERT}, on_schema_change='sync_all_columns'",
        FIRST,
        "select 1 as id, 7 as note, '2' as amount",
    ),
    "never": (
        f"{UPSERT}, {_meta(never_update=['name'], coalesce=['amount'])}",
        FIRST,
        "select 1 as id, 'b' as name, null::int as amount union all select 2, 'c', null",
    ),
    "only": (
        f"{UPSERT}, merge_update_columns=['amount']",
        FIRST,
        "select 1 as id, 'b' as name, 2 as amount",
    ),
    "but": (
        f"{UPSERT}, merge_exclude_columns=['amount']",
        FIRST,
        "select 1 as id, 'b' as name, 2 as amount",
    ),
    "predicates": (
        f"{UPSERT}, incremental_predicates=['DBT_INTERNAL_DEST.amount < DBT_INTERNAL_SOURCE.amount']",
        "select 1 as id, 5 as amount union all select 2, 5",
        "select 1 as id, 4 as amount union all select 2, 6",
    ),
    "protected": (
        "materialized='delete_insert', unique_key=['id'],"
        " incremental_predicates=['DBT_INTERNAL_DEST.amount < 5']",
        "select 1 as id, 5 as amount union all select 2, 4",
        "select 1 as id, 6 as amount union all select 2, 6",
    ),
    "lines": (
        f"materialized='delete_insert', unique_key=['id'], {_meta(on_duplicate_key=repr('keep'))}",
        "select 1 as id, 'old' as name union all select 2, 'stays'",
        "select 1 as id, 'x' as name union all select 1, 'y'",
    ),
    "odd": (
        "materialized='upsert', unique_key=['Order']",
        ODD.format(id=1, n=1) + " union all " + ODD.format(id=2, n=2),
        ODD.format(id=1, n=1) + " union all " + ODD.format(id=2, n=3),
    ),
    "alike": (
        UPSERT,
        " union all ".join(ALIKE.format(id=n, **SAME) for n in range(len(OTHER))),
        " union all ".join(
            ALIKE.format(id=n, **SAME | {column: OTHER[column]}) for n, column in enumerate(OTHER)
        ),
    ),
    "spans": (
        "materialized='upsert', unique_key=['Numbers', 'span', 'select', 'b', 'c']",
        'select array[1, null] as "Numbers", int4range(1, 5) as span, null::uuid as "select",'
        " 2 as b, 'x' as c, 'old' as v union all select null, 'empty', null, 2, 'x', 'stays'",
        'select array[1, null] as "Numbers", int4range(1, 5) as span, null::uuid as "select",'
        " 2 as b, 'x' as c, 'new' as v",
    ),
    "n" * 63: (UPSERT, "select 1 as id", "select 2 as id"),
    "five": (
        "materialized='full_diff', unique_key=['a', 'b', 'c', 'd', 'e']",
        "select 1 as a, null::text as b, 'c' as c, null::date as d, 5 as e, 'old' as v"
        " union all select 1, 'b', 'c', null, 5, 'goes'",
        "select 1 as a, null::text as b, 'c' as c, null::date as d, 5 as e, 'new' as v",
    ),
    "hooked": (
        f'{UPSERT}, pre_hook="create table if not exists {SCHEMA}.hooks (word text)",'
        f" post_hook=[\"insert into {SCHEMA}.hooks values ('in')\","
        f" {{'sql': \"insert into {SCHEMA}.hooks values ('after')\", 'transaction': False}}]",
        "select 1 as id",
        "select 2 as id",
    ),
    "granted": (
        f"{UPSERT}, grants={{'select': ['hw_analyst']}}",
        "select 1 as id",
        "select 2 as id",
    ),
    "documented": (
        f"{UPSERT}, persist_docs={{'relation': true, 'columns': true}}",
        "select 1 as id",
        "select 2 as id",
    ),
    "contracted": (UPSERT, "select 1 as id, 'a' as name", "select 2 as id, 'b' as name"),
    "keeps": (f"{UPSERT}, full_refresh=false", "select 1 as id", "select 2 as id"),
    "made_by_hand": (UPSERT, "select 1 as id, 'a' as name", "select 1 as id, 'b' as name"),
    "quarantined": (
        f"{UPSERT}, {_meta(on_null_key=repr('quarantine'))}",
        "select 1 as id, 'a' as name union all select null, 'n'",
        "select 1 as id, 'a' as name union all select null, 'n'",
    ),
}


@pytest.fixture(scope="module")
def after(
    postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DbtProject, Ran, list[Any]]]:
    """The project after both runs, what the second said, and the rows of `odd` before it."""
    project = new_project(tmp_path_factory.mktemp("options"), SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA, "hw_analyst")
    project.sql(
        f"create schema {SCHEMA}; create role hw_analyst;"
        f"{ANY_CASE};"
        f"create table {SCHEMA}.made_by_hand (row_number bigint generated always as identity,"
        " id int, name text, shouted text generated always as (upper(name)) stored);"
        f"insert into {SCHEMA}.made_by_hand (id, name) values (1, 'x'), (9, 'y')"
    )
    project.write({"models/schema.yml": CONTRACT})
    with session(project) as dbt:
        _write(project, 1)
        dbt.succeed("run")
        odd = project.sql(f'select xmin::text from {SCHEMA}.odd order by "Order"')
        _write(project, 2)
        ran = dbt.run("run", "--full-refresh", "--select", "keeps")
        ran |= dbt.run("run", "--exclude", "keeps")
        yield project, ran, odd
    drop(postgres, SCHEMA, "hw_analyst")


def _write(project: DbtProject, step: int) -> None:
    for name, case in CASES.items():
        project.write({f"models/{name}.sql": f"{{{{ config({case[0]}) }}}}\n{case[step]}"})


def _columns(project: DbtProject, table: str) -> dict[str, str]:
    found = project.sql(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        f" where attrelid = '{SCHEMA}.{table}'::regclass and attnum > 0 and not attisdropped"
    )
    return dict(found)


def test_every_run_succeeds(after: tuple[DbtProject, Ran, list[Any]]) -> None:
    assert {name: said for name, said in after[1].items() if said[0] != "success"} == {}
    assert set(after[1]) == set(CASES)


def test_columns_follow_the_query_as_far_as_they_may(
    after: tuple[DbtProject, Ran, list[Any]],
) -> None:
    project = after[0]
    kept = {"id": "integer", "name": "character varying(20)", "amount": "integer"}
    assert _columns(project, "sc_ignore") == kept
    assert project.sql(f"select name from {SCHEMA}.sc_ignore") == [("longer name",)]
    assert _columns(project, "sc_append") == kept | {"amount": "bigint", "note": "text"}
    assert project.sql(f"select * from {SCHEMA}.sc_append") == [
        (1, "longer name", 5000000000, "new")
    ]
    assert _columns(project, "sc_sync") == {"id": "integer", "amount": "text", "note": "integer"}
    assert project.sql(f"select id, amount, note from {SCHEMA}.sc_sync") == [(1, "2", 7)]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("never", [(1, "a", 1), (2, "c", None)]),
        ("only", [(1, "a", 2)]),
        ("but", [(1, "b", 1)]),
        ("predicates", [(1, 5), (2, 6)]),
        ("protected", [(1, 5), (2, 6)]),
        ("lines", [(1, "x"), (1, "y"), (2, "stays")]),
        ("n" * 63, [(1,), (2,)]),
        ("five", [(1, None, "c", None, 5, "new")]),
        ("hooks", [("after",), ("after",), ("in",), ("in",)]),
        ("contracted", [(1, "a"), (2, "b")]),
        ("keeps", [(1,), (2,)]),
        ("made_by_hand", [(1, 1, "b", "B"), (2, 9, "y", "Y")]),
        ("quarantined", [(1, "a")]),
    ],
)
def test_rows(after: tuple[DbtProject, Ran, list[Any]], table: str, rows: list[Any]) -> None:
    assert after[0].sql(f"select * from {SCHEMA}.{table} order by 1, 2 nulls last".replace(
        ", 2 nulls last", "" if len(rows[0]) == 1 else ", 2 nulls last"
    )) == rows  # fmt: skip


def test_types_without_equality_and_odd_names(after: tuple[DbtProject, Ran, list[Any]]) -> None:
    """Only the row that differs is written; the other is the very same version as before."""
    project, _, before = after
    found = project.sql(
        f'select xmin::text, doc::text, place::text, "{"n" * 63}" from {SCHEMA}.odd order by "Order"'
    )
    assert found[0] == (before[0][0], '{"a": 1}', "(1,1)", 1)
    assert found[1][0] != before[1][0]
    assert found[1][1:] == ('{"a": 3}', "(3,1)", 3)


def test_a_key_of_five_columns_with_arrays_ranges_and_reserved_names(
    after: tuple[DbtProject, Ran, list[Any]],
) -> None:
    assert after[0].sql(f"select v from {SCHEMA}.spans order by v") == [("new",), ("stays",)]


def test_equal_values_that_are_not_the_same_are_written(
    after: tuple[DbtProject, Ran, list[Any]],
) -> None:
    """`1.0` and `1.00` differ as numeric, but not as numeric(8, 2)."""
    project = after[0]
    assert after[1]["alike"] == ("success", "INSERT 0 4")
    found = project.sql(
        f"select loose::text, zero::text, word, text, fixed::text from {SCHEMA}.alike order by id"
    )
    changed = [("1.00", "0", "a", "", "1.00")[n] for n in range(len(OTHER))]
    assert [row[n] for n, row in enumerate(found)] == changed


def test_grants_docs_contract_and_quarantine(after: tuple[DbtProject, Ran, list[Any]]) -> None:
    project = after[0]
    checks = (
        f"has_table_privilege('hw_analyst', '{SCHEMA}.granted', 'select')",
        f"obj_description('{SCHEMA}.documented'::regclass) = 'One row per id.'",
        f"col_description('{SCHEMA}.documented'::regclass, 1) = 'The key.'",
        f"(select attnotnull from pg_attribute where attrelid = '{SCHEMA}.contracted'::regclass"
        " and attname = 'id')",
        f"(select array_agg(reason || ' ' || (row_data ->> 'name')) from"
        f" {SCHEMA}.quarantined_quarantine) = array['NULL in the key n']",
    )
    assert project.sql(f"select {', '.join(checks)}") == [(True,) * len(checks)]


def test_empty_and_sample_delete_nothing(dbt_project: DbtProject) -> None:
    """Nor does --full-refresh mind a view in the way."""
    source = "select * from {{ ref('given') }}"
    names = ("full_diff", "soft_delete", "in_place_refresh", "replace_window", "swap_partition")
    files = {
        f"models/m_{name}.sql": (
            f"{{{{ config(materialized='{name}', event_time='day',"
            f" unique_key={['id'] if name in names[:2] else 'none'},"
            " meta={'headwater': {}}) }}\n" + source
        ).replace(
            "'headwater': {}",
            "'headwater': {'partition_by': {'fields': ['day'], 'granularity': 'day'}}"
            if name == "swap_partition"
            else "'headwater': {}",
        )
        for name in names
    }
    given = "select n as id, date '2026-01-01' + n as day from generate_series(1, 3) as n"
    dbt_project.write({**files, "models/given.sql": given})
    with session(dbt_project) as dbt:
        dbt.succeed("run")
        dbt.succeed("run", "--empty")
        for name in names:
            assert dbt_project.sql(f"select count(*) from m_{name}") == [(3,)], name
        dbt_project.sql("drop table m_full_diff; create view m_full_diff as select 7 as id")
        dbt.succeed("run", "--full-refresh")
        for name in names:
            assert dbt_project.sql(f"select count(*) from m_{name}") == [(3,)], name


SAMPLE = ("--sample", "{'start': '2026-01-05', 'end': '2026-01-08'}")
#: Ids after a sampled run, with the note of each: 5 was changed, 6 lost, 7 added, 1 changed beyond.
CHANGED = "1 2 3 4 5* 6 7*"
SAMPLED = {
    "upsert": CHANGED,
    "delete_insert": CHANGED,
    "full_diff": CHANGED,
    "soft_delete": CHANGED,
    "append_dedup": "1 2 3 4 5 6 7*",
    "in_place_refresh": "1 2 3 4 5 6",
    # What the sample covers is read whole: 6 is gone.
    "replace_window": "1 2 3 4 5* 7*",
    "swap_partition": "1 2 3 4 5* 7*",
}
LATE = ("full_diff", "replace_window", "swap_partition")
GIVEN = """{{ config(materialized='table', event_time='%s') }}
select id, cast(day as date) as day, cast(loaded as date) as loaded, note
from (%s) as rows_given"""


def _given(rows: list[tuple[int, int, int, str]]) -> str:
    return " union all ".join(
        f"select {n} as id, '2026-01-{day:02}' as day, '2026-01-{loaded:02}' as loaded, '{note}' as note"
        for n, day, loaded, note in rows
    )


@pytest.mark.parametrize("target", ["postgres", "duckdb"])
def test_a_sample_changes_only_what_it_has_read(dbt_project: DbtProject, target: str) -> None:
    """A source that is sampled by another time than the table's leaves every row of the table."""

    def put(name: str, event_time: str, rows: list[tuple[int, int, int, str]]) -> None:
        dbt_project.write({f"models/{name}.sql": GIVEN % (event_time, _given(rows))})

    def ids(model: str) -> str:
        statement = f"select id, note from {dbt_project.schema}.{model} order by id, note"
        rows = dbt.duckdb(statement) if target == "duckdb" else dbt_project.sql(statement)
        return " ".join(f"{n}{'*' if note == 'new' else ''}" for n, note in rows)

    old = [(n, n, n, "old") for n in range(1, 7)]
    put("given", "day", old)
    put("late", "loaded", old)
    options = "'partition_by': {'fields': ['day'], 'granularity': 'month'}"
    for name in SAMPLED:
        config = f"materialized='{name}', event_time='day', meta={{'headwater': {{%s}}}}"
        config %= options if name == "swap_partition" else ""
        key = "" if name in ("replace_window", "swap_partition") else ", unique_key=['id']"
        sources = {name: "given"} | ({f"late_{name}": "late"} if name in LATE else {})
        for model, source in sources.items():
            text = f"{{{{ config({config}{key}) }}}}\nselect * from {{{{ ref('{source}') }}}}"
            dbt_project.write({f"models/{model}.sql": text})
    with session(dbt_project, target) as dbt:
        dbt.succeed("run")
        put("given", "day", [(1, 1, 1, "new"), *old[1:4], (5, 5, 5, "new"), (7, 7, 7, "new")])
        put("late", "loaded", [*old, (8, 2, 7, "new")])
        dbt.succeed("run", "--select", "given", "late")
        for _ in range(2):
            dbt.succeed("run", "--exclude", "given", "late", *SAMPLE)
            assert {name: ids(name) for name in SAMPLED} == SAMPLED
            assert {ids(f"late_{name}") for name in LATE} == {"1 2 3 4 5 6 8*"}
        dbt.succeed("run", "--exclude", "given", "late", "--empty")
        assert {name: ids(name) for name in SAMPLED} == SAMPLED


@pytest.mark.parametrize("target", ["postgres", "duckdb"])
def test_an_empty_batch_costs_two_statements_more_at_most(
    dbt_project: DbtProject, target: str
) -> None:
    """Than dbt's own incremental, which checks, locks and compares nothing.

    Both come after a model that pays what an adapter asks the database once in a run.
    """
    query = "select 1 as id, 'a' as note {% if not flags.FULL_REFRESH %} where 1 = 2 {% endif %}"
    after = "-- depends_on: {{ ref('first') }}"
    theirs = "materialized='incremental', unique_key='id', incremental_strategy='merge'"
    ours = "materialized='upsert', unique_key=['id']"
    models = {
        "first": f"{{{{ config({theirs}) }}}}\n{query}",
        "theirs": f"{{{{ config({theirs}) }}}}\n{after}\n{query}",
        "ours": f"{{{{ config({ours}) }}}}\n{after}\n{query}",
    }
    dbt_project.write({f"models/{name}.sql": text for name, text in models.items()})
    log = dbt_project.folder / "logs" / "dbt.log"
    with session(dbt_project, target, logs=True) as dbt:
        dbt.succeed("run", "--full-refresh")
        log.unlink()
        dbt.succeed("run")
    text = log.read_text()
    asked = {
        name: text.count(f'Using {target} connection "model.consumer.{name}"') for name in models
    }
    assert 0 < asked["ours"] <= asked["theirs"] + 2
