"""What scd2 says of wrong options and bad rows, in whole; the history stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Ran, Session, session
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_scd2_errors"
TIMED = "'updated_at': 'ts'"
END = "'infinity', a date or time of UTC such as '9999-12-31', or an SQL expression"
COLUMNS = "columns of the model: doc, gone, id, name, nums (+1)"


def model(options: str, rows: str = "rows", key: str = "['id']") -> str:
    """A model's file."""
    return (
        f"{{{{ config(materialized='scd2', unique_key={key}, meta={{'headwater': {{{options}}}}}) }}}}\n"
        f"select * from {{{{ target.schema }}}}.{rows}"
    )


# Options that are wrong whatever the rows, and the lines that dbt prints.
WRONG: dict[str, tuple[str, ...]] = {
    "'updated_at': 'tss'": ("updated_at", COLUMNS, "'tss'", "did you mean 'ts'?"),
    "'updated_at': 'name'": (
        "updated_at",
        "a column of a date or time type",
        "'name' of type text",
        "cast it in the model's query to timestamp",
    ),
    f"{TIMED}, 'deletes': 'close'": (
        "deleted_column",
        "the column that says which rows are deletions (deletes: close)",
        "none",
        "write deleted_column, or deletes: from_missing if a deleted row is one that is absent",
    ),
    f"{TIMED}, 'deleted_column': 'name'": (
        "deleted_column",
        "a column of type boolean",
        "'name' of type text",
        "write a condition in the model's query, such as operation = 'D' as is_deleted",
    ),
    "'check_cols': ['name'], 'exclude_cols': ['doc']": (
        "exclude_cols",
        "only one of check_cols and exclude_cols",
        "both",
    ),
    "'check_cols': ['names']": ("check_cols", COLUMNS, "'names'", "did you mean 'name'?"),
    "'type1_cols': ['id']": ("type1_cols", "columns that are not in unique_key", "'id'"),
    "'late': 'reject'": (
        "late",
        "updated_at beside it: without it no row can be late",
        "'reject'",
    ),
    "'sequence_by': ['ts']": (
        "sequence_by",
        "updated_at beside it: without it a version begins when the model runs",
        "ts",
    ),
    "'late': 'sometimes', 'updated_at': 'ts'": (
        "late",
        "one of 'quarantine', 'rebuild', 'reject'",
        "the string 'sometimes'",
    ),
    "'snapshot_meta_column_names': {'valid_from': 'since'}": (
        "snapshot_meta_column_names",
        "names among 'dbt_is_deleted', 'dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'",
        "the string 'valid_from'",
        "did you mean 'dbt_valid_from'?",
    ),
    "'snapshot_meta_column_names': {'dbt_valid_from': 'ts'}": (
        "sql",
        "a query without the columns that scd2 adds",
        "'ts'",
        "rename it in the query, or give the added one another name with snapshot_meta_column_names",
    ),
    f"{TIMED}, 'sequence_by': ['name'], 'type1_cols': ['name']": (
        "type1_cols",
        "columns that are not in sequence_by",
        "'name'",
        "a column without history can't say which of several events was the last",
    ),
    f"{TIMED}, 'valid_to_current': 'never'": ("valid_to_current", END, "the string 'never'"),
    f"{TIMED}, 'valid_to_current': '9999-13-01'": (
        "valid_to_current",
        END,
        "the string '9999-13-01'",
    ),
    f"{TIMED}, 'dbt_valid_to_current': 9999": ("dbt_valid_to_current", END, "the number 9999"),
    "'max_delete_ratio': 2": ("max_delete_ratio", "a number from 0 to 1", "the number 2"),
    "'unique_current': 'yes'": ("unique_current", "true or false", "the string 'yes'"),
    "'updatedat': 'ts'": None,  # type: ignore[dict-item]  # its line is long; held below
    f"{TIMED}, 'exclusion_constraint': true": (
        "exclusion_constraint",
        "a database with the extension btree_gist",
        "none",
        "have it made with 'create extension btree_gist', or leave the option out",
    ),
}
# Histories of good rows: their options, what makes the rows bad, and the lines about it.
BAD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "null_time": (
        TIMED,
        "insert into {s}.null_time values (4, 'd', null)",
        ("on_null_time", "a time in ts of every row (on_null_time: error)", "1 rows with NULL"),
    ),
    "future": (
        TIMED,
        "insert into {s}.future values (4, 'd', '2999-01-01')",
        (
            "on_future_time",
            "no time in ts that is more than a day from now (on_future_time: error)",
            "1 rows of the future",
        ),
    ),
    "null_key": (
        f"{TIMED}, 'on_null_key': 'error'",
        "insert into {s}.null_key values (null, 'd', '2026-01-05')",
        ("on_null_key", "no NULL in id (on_null_key: error)", "1 rows with one"),
    ),
    "late": (
        f"{TIMED}, 'late': 'reject'",
        "insert into {s}.late values (1, 'd', '2025-12-31')",
        ("late", "no row older than what is known of its key (late: reject)", "1 late rows"),
    ),
    "twice": (
        "'exclude_cols': ['ts']",
        "insert into {s}.twice values (1, 'x', '2026-01-05')",
        ("unique_key", "one row per id (on_duplicate_key: error)", "1 rows too many"),
    ),
    "lost": (
        TIMED,
        "alter table {s}.lost drop column name",
        (
            "sql",
            "the columns of the history, or wider ones",
            "no column 'name' any more",
            "give the query the column as NULL, or set on_lost_column: fill_null",
        ),
    ),
    "retyped": (
        TIMED,
        "alter table {s}.retyped alter column name type integer using 1",
        (
            "sql",
            "the columns of the history, or wider ones",
            "column 'name' integer instead of text",
            "cast the column in the query to its old type",
        ),
    ),
    "zoned": (
        TIMED,
        "alter table {s}.zoned alter column ts type timestamptz",
        (
            "sql",
            "the columns of the history, or wider ones",
            "column 'ts' timestamp with time zone instead of timestamp without time zone",
            "cast the column in the query to its old type",
        ),
    ),
    "storm": (
        "'deletes': 'from_missing', 'max_delete_ratio': 0.5",
        "delete from {s}.storm where id > 1",
        (
            "max_delete_ratio",
            "a batch that lacks at most 0.5 of the table's rows",
            "2 of 3 rows missing",
        ),
    ),
    "overlap": (
        TIMED,
        "update {s}.overlap_history set dbt_valid_to = '2026-01-01' where id = 1;"
        " insert into {s}.overlap values (1, 'z', '2026-01-05'), (2, 'z', '2026-01-05')",
        (
            "this",
            "versions of one key that follow each other, from the past to now",
            '1 broken versions of keys with news in "{d}"."{s}"."overlap_history":'
            " that of id 1 from 2026-01-01 00:00:00 ends before it begins",
            "the test scd2_valid finds them all; mend them, or build the table anew with --full-refresh",
        ),
    ),
    "beginless": (
        TIMED,
        "update {s}.beginless_history set dbt_valid_from = null where id = 2;"
        " insert into {s}.beginless values (2, 'z', '2026-01-05')",
        (
            "this",
            "versions of one key that follow each other, from the past to now",
            '1 broken versions of keys with news in "{d}"."{s}"."beginless_history":'
            " that of id 2 from NULL has no beginning",
            "the test scd2_valid finds them all; mend them, or build the table anew with --full-refresh",
        ),
    ),
    "ends_of_text": (
        TIMED,
        "alter table {s}.ends_of_text_history alter column dbt_valid_to type text",
        (
            "this",
            "a history whose dbt_valid_from and dbt_valid_to are of one type",
            'timestamp without time zone and text in "{d}"."{s}"."ends_of_text_history"',
            "bring them to one type with alter table, or build the table anew with --full-refresh",
        ),
    ),
    "named": (
        TIMED,
        "alter table {s}.named add column headwater_from int",
        (
            "sql",
            "no column of a name that begins with headwater_",
            "'headwater_from'",
            "rename it in the query",
        ),
    ),
    "gap": (
        TIMED,
        "update {s}.gap_history set dbt_valid_to = '2026-01-03' where id = 1;"
        " insert into {s}.gap values (1, 'z', '2026-01-05')",
        (
            "this",
            "versions of one key that follow each other, from the past to now",
            '1 broken versions of keys with news in "{d}"."{s}"."gap_history":'
            " that of id 1 from 2026-01-01 00:00:00 ends, and nothing says why",
            "the test scd2_valid finds them all; mend them, or build the table anew with --full-refresh",
        ),
    ),
    "clock": (
        "'exclude_cols': ['ts']",
        "update {s}.clock_history set dbt_valid_from = '2999-01-01' where id = 1;"
        " update {s}.clock set name = 'z'",
        (
            "this",
            "versions of one key that follow each other, from the past to now",
            '1 broken versions of keys with news in "{d}"."{s}"."clock_history":'
            " that of id 1 from 2999-01-01 00:00:00 begins after now",
            "the test scd2_valid finds them all; mend them, or build the table anew with --full-refresh",
        ),
    ),
    "foreign": (
        TIMED,
        "alter table {s}.foreign_history drop column dbt_valid_to",
        (
            "this",
            "a history with the columns dbt_scd_id, dbt_updated_at, dbt_valid_from, dbt_valid_to",
            '"{d}"."{s}"."foreign_history" without dbt_valid_to',
            "take a snapshot over with scd2_adopt, or name its columns with"
            " snapshot_meta_column_names, or build the table anew with --full-refresh",
        ),
    ),
}

KEPT = "its table of kept events, in which its deletions and repeats stand"
BACK = (
    "bring it back (or rename it, if the history was renamed); or build the history anew with"
    " --full-refresh, if the query has all its events; or go on from the versions alone, after which a"
    " late row may be put wrong where a repeat was forgotten: %sdbt run-operation scd2_adopt --args"
    """ '{"table": "{s}.%s_history", "key": ["id"]}'"""
)
BAD |= {
    "forgotten": (
        TIMED,
        "drop table {s}.forgotten_history_kept_events; update {s}.forgotten set name = 'z'",
        (
            "this",
            f'beside "{{d}}"."{{s}}"."forgotten_history" {KEPT}',
            'no "{d}"."{s}"."forgotten_history_kept_events"',
            BACK % ("", "forgotten"),
        ),
    ),
    "halved": (
        f"{TIMED}, 'late': 'reject'",
        "alter table {s}.halved_history_kept_events drop column name",
        (
            "this",
            f'beside "{{d}}"."{{s}}"."halved_history" {KEPT}',
            '"{d}"."{s}"."halved_history_kept_events" without name',
            BACK % ("drop what is left of it, and ", "halved"),
        ),
    ),
    "overlaid": (
        TIMED,
        "drop table {s}.overlaid_history_kept_events;"
        " create view {s}.overlaid_history_kept_events as select 1 as headwater_from, 0 as headwater_gone",
        (
            "this",
            'the table of kept events of "{d}"."{s}"."overlaid_history", or nothing, under its name',
            'the view "{d}"."{s}"."overlaid_history_kept_events"',
            "rename it, or the model",
        ),
    ),
}


# As long as a table's name may be, so that the name of its kept events is cut.
EVERY_TYPE = "every_type".ljust(63, "_")


def lines(found: tuple[str, ...]) -> str:
    """What dbt prints."""
    argument, expected, got, *hint = found
    text = f"headwater.scd2(): bad argument '{argument}'\n  expected: {expected}\n  got: {got}"
    return text + "".join(f"\n  hint: {one}" for one in hint)


@pytest.fixture(scope="module")
def running(
    postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DbtProject, Session]]:
    """A project with a model for each wrong option and each kind of bad rows."""
    project = new_project(tmp_path_factory.mktemp("scd2_errors"), SCHEMA, postgres)
    link_package(project)
    for place, options in enumerate(WRONG):
        project.write({f"models/wrong_{place}.sql": model(options)})
    for name, (options, _, _) in BAD.items():
        project.write({f"models/{name}_history.sql": model(options, name)})
    project.write(
        {
            "models/no_key.sql": model(TIMED, key="none"),
            "models/json_key.sql": model(TIMED, key="['doc']"),
            f"models/{EVERY_TYPE}.sql": model(TIMED),
            "models/beside.sql": model(TIMED),
            "models/closing.sql": model("").replace("meta=", "hard_deletes='invalidate', meta="),
        }
    )
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        cursor.execute(
            f"create table {SCHEMA}.rows as select 1 as id, 'a' as name, '{{}}'::json as doc,"
            " array[1, 2] as nums, false as gone, timestamp '2026-01-01' as ts"
        )
        for name in BAD:
            cursor.execute(
                f"create table {SCHEMA}.{name} as select n as id, 'a' as name,"
                " timestamp '2026-01-01' as ts from generate_series(1, 3) as n"
            )
        with session(project) as dbt:
            yield project, dbt
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def test_wrong_options(running: tuple[DbtProject, Session]) -> None:
    _, dbt = running
    ran: Ran = dbt.run("run", "-s", "wrong_*", "no_key", "json_key", "closing")
    missed = []
    for place, (options, found) in enumerate(WRONG.items()):
        status, message = ran[f"wrong_{place}"]
        wanted = (
            lines(found)
            if found
            else "got: the option 'updatedat'\n  hint: did you mean 'updated_at'?"
        )
        if status != "error" or wanted not in message.replace("\n    ", "\n  "):
            missed.append((options, wanted, message))
    assert missed == []
    assert "bad argument 'unique_key'" in ran["no_key"][1]
    assert "bad argument 'hard_deletes'" in ran["closing"][1]
    wanted = "columns of a type that has an order", "'doc' of type json"
    assert all(text in ran["json_key"][1] for text in wanted), ran["json_key"]


def test_bad_rows_are_refused_and_the_history_stays(
    running: tuple[DbtProject, Session],
) -> None:
    project, dbt = running
    names = [f"{name}_history" for name in BAD]
    dbt.succeed("run", "-s", *names)
    for name, (_, statement, _) in BAD.items():
        project.sql(statement.format(s=SCHEMA, n=name))
    before = _contents(project, names)
    ran = dbt.run("run", "-s", *names)
    database = project.server["PGDATABASE"]
    for name, (_, _, found) in BAD.items():
        status, message = ran[f"{name}_history"]
        assert status == "error", (name, message)
        wanted = lines(found).replace("{d}", database).replace("{s}", SCHEMA)
        assert wanted in message.replace("\n    ", "\n  "), (name, message)
    assert _contents(project, names) == before


def test_kept_events_of_somebody_else_are_left_and_lost_ones_made_up(
    running: tuple[DbtProject, Session],
) -> None:
    project, dbt = running
    project.sql(f"create table {SCHEMA}.beside_kept_events as select 1 as theirs")
    told = dbt.run("run", "-s", "beside")["beside"][1]
    assert "without headwater_from, headwater_gone" in told, told
    assert project.sql(f"select theirs from {SCHEMA}.beside_kept_events") == [(1,)]
    project.sql(f"drop table {SCHEMA}.beside_kept_events")
    dbt.succeed("run", "-s", "beside")
    project.sql(f"drop table {SCHEMA}.beside_kept_events")
    assert dbt.run("run", "-s", "beside")["beside"][0] == "error"
    given = f'{{"table": "{SCHEMA}.beside", "key": ["id"], "dry_run": false}}'
    dbt.succeed("run-operation", "scd2_adopt", "--args", given)
    dbt.succeed("run", "-s", "beside")
    project.sql(f"drop table {SCHEMA}.beside_kept_events")
    dbt.succeed("run", "-s", "beside", "--full-refresh")
    assert project.sql(f"select count(*) from {SCHEMA}.beside_kept_events") == [(0,)]


def test_json_and_arrays_make_versions_only_when_they_change(
    running: tuple[DbtProject, Session],
) -> None:
    project, dbt = running
    dbt.succeed("run", "-s", EVERY_TYPE)
    project.sql(f"update {SCHEMA}.rows set ts = '2026-01-02'")
    dbt.succeed("run", "-s", EVERY_TYPE)
    assert project.sql(f"select count(*) from {SCHEMA}.{EVERY_TYPE}") == [(1,)]
    project.sql(f"update {SCHEMA}.rows set ts = '2026-01-03', nums = '{{1, 3}}'")
    dbt.succeed("run", "-s", EVERY_TYPE)
    project.sql(f"update {SCHEMA}.rows set ts = '2026-01-04', doc = '{{\"a\": 1}}'")
    dbt.succeed("run", "-s", EVERY_TYPE)
    assert project.sql(f"select count(*) from {SCHEMA}.{EVERY_TYPE}") == [(3,)]


def _contents(project: DbtProject, names: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: project.sql(f"select to_jsonb(h)::text from {SCHEMA}.{name} as h order by 1")
        for name in names
    }
