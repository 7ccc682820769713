"""What the materializations say of bad input, in whole; the old table stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from dbt_sessions import Ran, session
from incremental_matrix import MODELS, config_of
from projects import REPO, DbtProject, drop, guest_of, link_package, new_project, said

SCHEMA = "hw_errors"
STRATEGY_MACROS = REPO / "integration_tests" / "macros" / "strategies.sql"
GUESTS_QUERY = "select 1 as id, 'b' as note, date '2026-01-01' as day"
QUERY = (
    "select 1 as id, 'a' as name, '{}'::json as payload, null::xml as markup,"
    " array[1, 2] as numbers, int4range(1, 2) as span, date '2026-01-01' as happened_on"
)
COLUMNS = "columns of the model: happened_on, id, markup, name, numbers (+2)"


def _config(materialization: str, key: str = "['id']", **options: str) -> str:
    meta = ", ".join(f"'{name}': {value}" for name, value in options.items())
    return f"materialized='{materialization}', unique_key={key}, meta={{'headwater': {{{meta}}}}}"


# Each config, and the lines that dbt prints for it. The table `<model>` is there already.
WRONG: dict[str, tuple[str, ...]] = {
    _config("upsert", "none"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: a list of column names, such as ['order_id']",
        "got: none",
    ),
    _config("upsert", "['idd']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        f"expected: {COLUMNS}",
        "got: 'idd'",
        "hint: did you mean 'id'?",
    ),
    _config("upsert", "['ID']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        f"expected: {COLUMNS}",
        "got: 'ID'",
        "hint: did you mean 'id'?",
    ),
    _config("delete_insert", "['lower(name)']"): (
        "headwater.delete_insert(): bad argument 'unique_key'",
        f"expected: {COLUMNS}",
        "got: 'lower(name)'",
        "hint: give the expression a name in the model's query, and write that name",
    ),
    _config("upsert", "'id, name'"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: a list of column names, such as ['customer_id', 'valid_from']",
        "got: the string 'id, name'",
        "hint: write ['id', 'name']",
    ),
    _config("upsert", "['payload']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: columns of a type that has an equality",
        "got: 'payload' of type json",
        "hint: cast it in the model's query, for instance to text",
    ),
    _config("full_diff", "['id', 'markup']"): (
        "headwater.full_diff(): bad argument 'unique_key'",
        "expected: columns of a type that has an equality",
        "got: 'markup' of type xml",
        "hint: cast it in the model's query, for instance to text",
    ),
    _config("upsert", on_null_key="'skip'"): (
        "headwater.upsert(): bad argument 'on_null_key'",
        "expected: one of 'error', 'match', 'quarantine'",
        "got: the string 'skip'",
    ),
    _config("upsert", on_nul_key="'match'"): (
        "headwater.upsert(): bad argument 'meta.headwater'",
        "expected: options among 'coalesce', 'dedup_order_by', 'incremental_predicates', 'lock', "
        "'max_delete_ratio', 'merge_exclude_columns', 'merge_update_columns', 'never_update', "
        "'on_duplicate_key', 'on_empty_batch', 'on_null_key', 'on_schema_change', "
        "'quarantine_table', 'unique_key'",
        "got: the option 'on_nul_key'",
        "hint: did you mean 'on_null_key'?",
    ),
    _config("upsert", dedup_order_by="['updated_at']"): (
        "headwater.upsert(): bad argument 'dedup_order_by'",
        f"expected: {COLUMNS}",
        "got: 'updated_at'",
    ),
    _config("upsert") + ", on_schema_change='append'": (
        "headwater.upsert(): bad argument 'on_schema_change'",
        "expected: one of 'append_new_columns', 'fail', 'ignore', 'sync_all_columns'",
        "got: the string 'append'",
    ),
    _config("upsert") + ", on_schema_change='fail'": (
        "headwater.upsert(): bad argument 'on_schema_change'",
        "expected: the columns of the table (on_schema_change: fail)",
        "got: new column 'payload' json; new column 'markup' xml; new column 'numbers' integer[]; "
        "new column 'span' int4range; new column 'happened_on' date",
        "hint: set on_schema_change to append_new_columns or sync_all_columns, or use "
        "--full-refresh",
    ),
    _config("soft_delete", max_delete_ratio="0.5"): (
        "headwater.soft_delete(): bad argument 'max_delete_ratio'",
        "expected: a batch that lacks at most 0.5 of the table's rows",
        "got: 2 of 3 rows missing",
    ),
    _config("upsert", on_empty_batch="'error'") + ", alias='empty_one'": (
        "headwater.upsert(): bad argument 'on_empty_batch'",
        "expected: at least one row (on_empty_batch: error)",
        "got: an empty batch",
    ),
    _config("replace_window", "none") + ", event_time='happend_on'": (
        "headwater.replace_window(): bad argument 'event_time'",
        f"expected: {COLUMNS}",
        "got: 'happend_on'",
        "hint: did you mean 'happened_on'?",
    ),
    _config("replace_window", "none", window="{'last': '3 days'}") + ", event_time='happened_on'": (
        "headwater.replace_window(): bad argument 'window'",
        "expected: one of 'begin', 'end', 'granularity', 'lookback'",
        "got: the string 'last'",
    ),
    _config("replace_window", "none", window="{'lookback': 'soon'}")
    + ", event_time='happened_on'": (
        "headwater.replace_window(): bad argument 'window'",
        "expected: a number and a unit, such as '3 days' or '90 minutes'",
        "got: the string 'soon'",
    ),
    _config("swap_partition", "none"): (
        "headwater.swap_partition(): bad argument 'partition_by'",
        "expected: a mapping such as {fields: [ordered_on], method: range, granularity: month}",
        "got: none",
    ),
    _config("swap_partition", "none", partition_by="{'fields': ['happened_on']}"): (
        "headwater.swap_partition(): bad argument 'this'",
        "expected: a partitioned table",
        'got: the table "{database}"."hw_errors"."{model}"',
        "hint: run with --full-refresh to build it anew",
    ),
    _config("upsert", "['name']") + ", alias='doubles'": (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: a table with one row per name",
        'got: 1 keys with several rows in "{database}"."hw_errors"."doubles"',
        "hint: remove them, or build the table anew with --full-refresh",
    ),
    _config("upsert", "[]"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: a list of column names, such as ['order_id']",
        "got: none",
    ),
    _config("upsert", "['id', 'name', 'id']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: each column once",
        "got: 'id' twice",
    ),
    _config("append_dedup", lock="'maybe'"): (
        "headwater.append_dedup(): bad argument 'lock'",
        "expected: one of 'fail', 'none', 'wait'",
        "got: the string 'maybe'",
    ),
    _config("full_diff", max_delete_ratio="'half'"): (
        "headwater.full_diff(): bad argument 'max_delete_ratio'",
        "expected: a number from 0 to 1",
        "got: the string 'half'",
    ),
    _config("upsert", never_update="['nam']"): (
        "headwater.upsert(): bad argument 'never_update'",
        f"expected: {COLUMNS}",
        "got: 'nam'",
        "hint: did you mean 'name'?",
    ),
    _config("upsert") + ", merge_update_columns=['name'], merge_exclude_columns=['id']": (
        "headwater.upsert(): bad argument 'merge_exclude_columns'",
        "expected: only one of merge_update_columns and merge_exclude_columns",
        "got: both",
    ),
    _config("upsert") + ", indexes=[{'columns': ['nam']}]": (
        "headwater.upsert(): bad argument 'indexes'",
        "expected: columns of the model: id, name",
        "got: 'nam'",
        "hint: did you mean 'name'?",
    ),
    _config("upsert", on_null_key="'error'"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: no NULL in id (on_null_key: error)",
        "got: 1 rows with one",
    ),
    _config("upsert", on_duplicate_key="'error'"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: one row per id (on_duplicate_key: error)",
        "got: 1 rows too many",
    ),
    _config("in_place_refresh") + ", incremental_predicates=['id < 5']": (
        "headwater.in_place_refresh(): bad argument 'incremental_predicates'",
        "expected: none, since no row of what is replaced can be kept",
        "got: a list of 1",
    ),
    _config("upsert", "['id', 'happened_on']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: columns of the table: id, name",
        "got: 'happened_on'",
        "hint: set on_schema_change to append_new_columns, or use --full-refresh",
    ),
    _config("upsert", repr(["k" * 64])): (
        "headwater.upsert(): bad argument 'unique_key'",
        "expected: at most 63 bytes, which is all that postgres keeps of a name",
        f"got: 64 bytes: '{'k' * 64}'",
    ),
    _config("upsert", "['id::text']"): (
        "headwater.upsert(): bad argument 'unique_key'",
        f"expected: {COLUMNS}",
        "got: 'id::text'",
        "hint: give the expression a name in the model's query, and write that name",
    ),
    _config("upsert") + ", indexes=5": (
        "headwater.upsert(): bad argument 'indexes'",
        "expected: a list of mappings with 'columns', and perhaps 'unique' and 'type'",
        "got: the number 5",
    ),
    _config("upsert") + ", indexes=[{'columns': ['name'], 'uniqe': true}]": (
        "headwater.upsert(): bad argument 'indexes'",
        "expected: one of 'columns', 'type', 'unique'",
        "got: the string 'uniqe'",
    ),
    _config("upsert") + ", indexes=[{'columns': ['name'], 'type': 'bteee'}]": (
        "headwater.upsert(): bad argument 'indexes'",
        "expected: one of 'brin', 'btree', 'gin', 'gist', 'hash', 'spgist'",
        "got: the string 'bteee'",
    ),
    _config("delete_insert") + ", incremental_predicates=[none]": (
        "headwater.delete_insert(): bad argument 'incremental_predicates'",
        "expected: a list of SQL conditions, such as ['DBT_INTERNAL_DEST.amount < 5']",
        "got: none at position 1",
    ),
    _config("upsert", quarantine_table="this.identifier"): (
        "headwater.upsert(): bad argument 'quarantine_table'",
        "expected: another name than the model's",
        "got: '{model}'",
    ),
    _config("in_place_refresh") + ", on_null_keys='error'": (
        "headwater.in_place_refresh(): bad argument 'config'",
        "expected: options among 'coalesce', 'dedup_order_by', 'incremental_predicates', 'lock', "
        "'max_delete_ratio', 'merge_exclude_columns', 'merge_update_columns', 'never_update', "
        "'on_duplicate_key', 'on_empty_batch', 'on_null_key', 'on_schema_change', "
        "'quarantine_table', 'unique_key'",
        "got: the option 'on_null_keys'",
        "hint: did you mean 'on_null_key'?",
    ),
    _config("swap_partition", "none", partition_by="{'fields': ['name']}"): (
        "headwater.swap_partition(): bad argument 'partition_by.fields'",
        "expected: a column of dates or times",
        "got: 'name' of type text",
        "hint: cast it in the model's query",
    ),
    _config("upsert") + ", alias='a_copy'": (
        "headwater.upsert(): bad argument 'this'",
        "expected: a table, or nothing of that name yet",
        'got: the materialized view "{database}"."hw_errors"."a_copy"',
        "hint: run with --full-refresh to put a table in its place",
    ),
    _config("upsert") + ", alias='a_view'": (
        "headwater.upsert(): bad argument 'this'",
        "expected: a table, or nothing of that name yet",
        'got: the view "{database}"."hw_errors"."a_view"',
        "hint: run with --full-refresh to put a table in its place",
    ),
}


# What of a config the query must be to bring it about.
QUERIES = {
    "empty_one": f"{QUERY} where false",
    "'on_null_key': 'error'": f"{QUERY} union all {QUERY}".replace("1 as id", "null as id", 1),
    "'on_duplicate_key': 'error'": f"{QUERY} union all {QUERY}",
}


@pytest.fixture(scope="module")
def wrong(
    postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DbtProject, Ran]]:
    """One model per config, run once, each on a table of three rows."""
    project = new_project(tmp_path_factory.mktemp("errors"), SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA)
    project.sql(
        f"create schema {SCHEMA}; create view {SCHEMA}.a_view as select 1 as id;"
        f"create materialized view {SCHEMA}.a_copy as select 1 as id;"
        f"create table {SCHEMA}.doubles as select 1 as id, 'a' as name union all select 2, 'a'"
    )
    for number, config in enumerate(WRONG):
        query = next((text for mark, text in QUERIES.items() if mark in config), QUERY)
        sql = f"{{{{ config({config}) }}}}\n{query}"
        project.write({f"models/wrong_{number:02}.sql": sql})
        if "alias" not in config:
            project.sql(
                f"create table {SCHEMA}.wrong_{number:02} as select id, 'old' as name,"
                " false as is_deleted, null::timestamp as deleted_at from generate_series(1, 3) id"
                if "soft_delete" in config
                else f"create table {SCHEMA}.wrong_{number:02} as select id, 'old' as name"
                " from generate_series(1, 3) as id"
            )
    with session(project) as dbt:
        yield project, dbt.run("run")
    drop(postgres, SCHEMA)


def test_bad_input_is_named_and_the_table_stays(wrong: tuple[DbtProject, Ran]) -> None:
    project, ran = wrong
    different = {}
    for number, (config, lines) in enumerate(WRONG.items()):
        model = f"wrong_{number:02}"
        status, message = ran[model]
        names = {"database": project.server["PGDATABASE"], "model": model}
        wanted = [
            line.replace("{database}", names["database"]).replace("{model}", model)
            for line in lines
        ]
        if status != "error" or said(message) != wanted:
            different[config] = message
        if "alias" not in config:
            found = project.sql(f"select id, name from {SCHEMA}.{model} order by 1")
            assert found == [(1, "old"), (2, "old"), (3, "old")], config
    assert not different, "\n".join(f"{k}\n{v}" for k, v in different.items())
    assert project.sql(f"select count(*) from {SCHEMA}.doubles") == [(2,)]


def test_a_table_of_somebody_else(dbt_project: DbtProject) -> None:
    """Without rights on the rows, without ownership where the table must change, and with neither."""
    upsert = "{{ config(materialized='upsert', unique_key=['id'] EXTRA) }}\n" + GUESTS_QUERY
    sync = ", on_schema_change='sync_all_columns'"
    closed = {f"closed_{model}": config_of(model) for model in MODELS}
    models = {name: upsert.replace("EXTRA", "") for name in ("unindexed", "ready")}
    models |= {"changed": upsert.replace("EXTRA", sync)}
    models |= {name: f"{{{{ config({text}) }}}}\n{GUESTS_QUERY}" for name, text in closed.items()}
    dbt_project.write({f"models/{name}.sql": text for name, text in models.items()})
    dbt_project.write({"macros/strategies.sql": STRATEGY_MACROS.read_text()})
    with guest_of(dbt_project) as (name, guest), session(dbt_project) as dbt:
        dbt_project.sql(
            ";".join(
                f"create table {t} (id int, note text, day date); insert into {t} values (1, 'a')"
                for t in models
            )
            + ";create unique index on ready (id) nulls not distinct;"
            "create unique index on changed (id) nulls not distinct; alter table changed add old int;"
            f"grant select, insert, update, delete on unindexed, ready, changed to {name}"
        )
        ran = dbt.run("run", env=guest)
        assert ran["ready"] == ("success", "INSERT 0 1")
        rights = f"a table on which '{name}' has select, insert, update and delete"
        owned = f"a table that '{name}' owns, since it must be altered"
        wanted = {table: (MODELS[table[7:]], "this", rights) for table in closed}
        wanted |= {"unindexed": ("upsert", "indexes", owned)}
        wanted |= {"changed": ("upsert", "on_schema_change", owned)}
        owner = dbt_project.server["PGUSER"]
        where = f'"{dbt_project.server["PGDATABASE"]}"."{dbt_project.schema}".'
        for table, (macro, argument, expected) in wanted.items():
            status, message = ran[table]
            assert status == "error"
            assert said(message)[:3] == [
                f"headwater.{macro}(): bad argument '{argument}'",
                f"expected: {expected}",
                f"got: {where}\"{table}\" of '{owner}'",
            ]
            assert dbt_project.sql(f"select id, note from {table}") == [(1, "a")]
