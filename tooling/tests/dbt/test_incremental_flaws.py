"""dbt's built-ins on Postgres do X, ours do Y: one test per measured flaw, I1 to I8."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from dbt_sessions import Ran, Session, session
from projects import DbtProject, drop, link_package, new_project

SCHEMA = "hw_flaws"
DAYS = ("--event-time-start", "2026-01-01", "--event-time-end", "2026-01-04")
BATCHES = {
    "nulls": ("(1, 'a'), (2, 'b'), (null, 'n')",) * 2,
    "doubles": ("(1, 'a')", "(1, 'b'), (1, 'c')"),
    "mixed": ("(1, 'a')", "(1, 'b')"),
    "days": (
        "(1, '2026-01-01'), (2, '2026-01-02'), (3, '2026-01-03')",
        "(1, '2026-01-01'), (3, '2026-01-03')",
    ),
}


def _pair(name: str, theirs: str, ours: str, query: str) -> dict[str, str]:
    """Two models that differ in nothing but their config."""
    return {
        f"models/theirs_{name}.sql": f"{{{{ config({theirs}) }}}}\n{query}",
        f"models/ours_{name}.sql": f"{{{{ config({ours}) }}}}\n{query}",
    }


def _given(name: str, key: str) -> str:
    """A query of what `load` put into the table of that name."""
    return f"select given_id as {key}, note from {SCHEMA}.{name}_rows"


MERGE = "materialized='incremental', incremental_strategy='merge', unique_key='id'"
DELETE_INSERT = "materialized='incremental', incremental_strategy='delete+insert', unique_key='id'"
OURS = "materialized='upsert', unique_key=['id']"
REMEMBER = (
    f'post_hook="create table {SCHEMA}.seen_{{{{ this.name }}}} as select reltuples from pg_class'
    " where relpersistence = 't' and relkind = 'r' and pg_table_is_visible(oid)\""
)
WAIT_FOR_THE_OTHER = f"""
create function {SCHEMA}.wait_for_the_other() returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(4711);
    for attempt in 1 .. 60 loop
        exit when (
            select count(*) from pg_locks
            where locktype = 'advisory' and objid = 4711 and granted
        ) > 1;
        perform pg_sleep(0.1);
    end loop;
end $$
"""
FILES = {
    **_pair("i1_merge", MERGE, OURS, _given("nulls", "id")),
    **_pair(
        "i1_delete_insert",
        DELETE_INSERT,
        OURS.replace("upsert", "delete_insert"),
        _given("nulls", "id"),
    ),
    **_pair("i2_merge", MERGE, OURS, _given("doubles", "id")),
    **_pair("i2_delete_insert", DELETE_INSERT, OURS, _given("doubles", "id")),
    **_pair(
        "i3",
        MERGE.replace("'id'", "'UserId'"),
        OURS.replace("'id'", "'UserId'"),
        _given("mixed", '"UserId"'),
    ),
    **_pair(
        "i4",
        f"{DELETE_INSERT}, {REMEMBER}",
        f"{OURS.replace('upsert', 'delete_insert')}, {REMEMBER}",
        _given("mixed", "id"),
    ),
    **_pair("i5", MERGE, OURS, _given("mixed", "id")),
    "models/days.sql": (
        "{{ config(materialized='view', event_time='day') }}\n"
        f"select given_id as id, cast(note as date) as day from {SCHEMA}.days_rows"
    ),
    **_pair(
        "i6",
        "materialized='incremental', incremental_strategy='microbatch', unique_key='id',"
        " event_time='day', batch_size='day', begin='2026-01-01'",
        "materialized='replace_window', event_time='day'",
        "select * from {{ ref('days') }}",
    ),
    **_pair(
        "i7",
        "materialized='table'",
        "materialized='in_place_refresh'",
        _given("mixed", "id"),
    ),
}


@dataclass(frozen=True)
class Demo:
    """The project after two runs, with what each of them said."""

    project: DbtProject
    dbt: Session
    first: Ran
    second: Ran

    def rows(self, model: str) -> list[tuple[object, ...]]:
        return self.project.sql(f"select * from {SCHEMA}.{model} order by 1, 2")


@pytest.fixture(scope="module")
def demo(postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Both runs, the second on the second batches and with an index in the config of I5."""
    project = new_project(tmp_path_factory.mktemp("flaws"), SCHEMA, postgres)
    link_package(project)
    project.write(FILES)
    drop(postgres, SCHEMA, "hw_reader")
    project.sql(f"create schema {SCHEMA}")
    with session(project) as dbt:
        _load(project, 0)
        first = dbt.run("run", *DAYS)
        _stand_on_i7(project)
        for side, config in {"theirs": MERGE, "ours": OURS}.items():
            indexed = f"{{{{ config({config}, indexes=[{{'columns': ['note']}}]) }}}}"
            query = _given("mixed", "id")
            project.write({f"models/{side}_i5.sql": f"{indexed}\n{query}"})
        project.sql(f"drop table {SCHEMA}.seen_theirs_i4, {SCHEMA}.seen_ours_i4")
        _load(project, 1)
        yield Demo(project, dbt, first, dbt.run("run", *DAYS))
    drop(postgres, SCHEMA, "hw_reader")


def _load(project: DbtProject, number: int) -> None:
    for name, batches in BATCHES.items():
        project.sql(
            f"create table if not exists {SCHEMA}.{name}_rows (given_id int, note text);"
            f"truncate {SCHEMA}.{name}_rows;"
            f"insert into {SCHEMA}.{name}_rows values {batches[number]}"
        )


def _stand_on_i7(project: DbtProject) -> None:
    """A view, a policy and a grant that nobody told dbt of."""
    project.sql("create role hw_reader")
    for table in ("theirs_i7", "ours_i7"):
        project.sql(
            f"create view {SCHEMA}.on_{table} as select * from {SCHEMA}.{table};"
            f"alter table {SCHEMA}.{table} enable row level security;"
            f"create policy some_rows on {SCHEMA}.{table} using (id > 0);"
            f"grant select on {SCHEMA}.{table} to hw_reader"
        )


def test_i1_a_null_in_the_key_doubles_its_row(demo: Demo) -> None:
    for strategy in ("merge", "delete_insert"):
        notes = [row[1] for row in demo.rows(f"theirs_i1_{strategy}")]
        assert notes == ["a", "b", "n", "n"]
        assert demo.rows(f"ours_i1_{strategy}") == [(1, "a"), (2, "b"), (None, "n")]


def test_i2_a_key_twice_in_the_batch(demo: Demo) -> None:
    status, message = demo.second["theirs_i2_merge"]
    assert status == "error"
    assert "cannot affect row a second time" in message
    assert demo.rows("theirs_i2_delete_insert") == [(1, "b"), (1, "c")]
    for strategy in ("merge", "delete_insert"):
        assert demo.rows(f"ours_i2_{strategy}") == [(1, "c")]


def test_i3_a_key_of_mixed_case(demo: Demo) -> None:
    status, message = demo.second["theirs_i3"]
    assert status == "error"
    assert "userid does not exist" in message
    assert demo.rows("ours_i3") == [(1, "b")]


def test_i4_the_staged_rows_are_never_counted(demo: Demo) -> None:
    never = -1.0
    assert demo.project.sql(f"select reltuples from {SCHEMA}.seen_theirs_i4") == [(never,)]
    assert demo.project.sql(f"select reltuples from {SCHEMA}.seen_ours_i4") == [(1.0,)]


def test_i5_an_index_added_to_the_config(demo: Demo) -> None:
    def indexes(table: str) -> list[str]:
        found = demo.project.sql(
            f"select indexdef from pg_indexes where schemaname = '{SCHEMA}'"
            f" and tablename = '{table}' and indexdef like '%(note)%'"
        )
        return [str(row[0]) for row in found]

    assert indexes("theirs_i5") == []
    assert len(indexes("ours_i5")) == 1


def test_i6_a_row_deleted_at_the_source(demo: Demo) -> None:
    def ids(model: str) -> list[object]:
        return [row[0] for row in demo.rows(model)]

    assert ids("theirs_i6") == [1, 2, 3]
    assert ids("ours_i6") == [1, 3]


def test_i6_microbatch_by_window_with_one_setting(dbt_project: DbtProject) -> None:
    """No key, and what the source deleted is gone; without the setting dbt asks for a key."""
    schema = dbt_project.schema
    model = (
        "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day',"
        " batch_size='day', begin='2026-01-01') }}\nselect * from {{ ref('days') }}"
    )
    days = FILES["models/days.sql"].replace(SCHEMA, schema)
    dbt_project.write({"models/days.sql": days, "models/by_day.sql": model})
    load = (
        f"create schema {schema}; create table {schema}.days_rows as"
        " select n as given_id, '2026-01-0' || n as note from generate_series(1, 3) as given (n)"
    )
    dbt_project.sql(load)
    with session(dbt_project, logs=True) as dbt:
        dbt.run("run", *DAYS)
        dbt.run("run", *DAYS)
    assert "requires a `unique_key`" in (dbt_project.folder / "logs" / "dbt.log").read_text()
    order = {"macro_namespace": "dbt", "search_order": ["consumer", "headwater", "dbt"]}
    settings = json.loads((dbt_project.folder / "dbt_project.yml").read_text())
    dbt_project.write({"dbt_project.yml": json.dumps(settings | {"dispatch": [order]})})
    with session(dbt_project) as dbt:
        dbt.succeed("run", *DAYS)
        assert dbt_project.sql("select id from by_day order by id") == [(1,), (2,), (3,)]
        dbt_project.sql("delete from days_rows where given_id = 2")
        dbt.succeed("run", *DAYS)
    assert dbt_project.sql("select id from by_day order by id") == [(1,), (3,)]
    with session(dbt_project, "duckdb") as dbt:
        dbt.duckdb(load)
        dbt.succeed("run", *DAYS)
        dbt.duckdb(f"delete from {schema}.days_rows where given_id = 2")
        dbt.succeed("run", *DAYS)
        assert dbt.duckdb(f"select id from {schema}.by_day order by id") == [(1,), (3,)]


def test_i7_a_rebuild_drops_what_stands_on_the_table(demo: Demo) -> None:
    def kept(table: str) -> tuple[object, ...]:
        return demo.project.sql(
            f"select to_regclass('{SCHEMA}.on_{table}') is not null, relrowsecurity,"
            f" (select count(*) from pg_policy where polrelid = pg_class.oid),"
            f" has_table_privilege('hw_reader', oid, 'select')"
            f" from pg_class where oid = '{SCHEMA}.{table}'::regclass"
        )[0]

    assert kept("theirs_i7") == (False, False, 0, False)
    assert kept("ours_i7") == (True, True, 1, True)
    assert demo.rows("on_ours_i7") == [(1, "b")]


def test_i8_two_runs_at_once(demo: Demo) -> None:
    """Each has written before the other commits, if nothing keeps it from that."""
    demo.project.sql(WAIT_FOR_THE_OTHER)
    wait = f', post_hook="select {SCHEMA}.wait_for_the_other()"'
    query = "select 9 as id, 'x' as note"
    models = ("theirs_i8", "ours_i8")
    demo.project.write(_pair("i8", DELETE_INSERT + wait, OURS + wait, query))
    for model in models:
        demo.project.sql(f"create table {SCHEMA}.{model} (id int, note text)")
    with session(demo.project) as other:
        other.run("parse")
        for model in models:
            demo.dbt.start("run", "--select", model)
            other.start("run", "--select", model)
            results = (demo.dbt.finish(), other.finish())
            assert all(ran[model][0] == "success" for ran in results), results
    assert demo.rows("theirs_i8") == [(9, "x"), (9, "x")]
    assert demo.rows("ours_i8") == [(9, "x")]
