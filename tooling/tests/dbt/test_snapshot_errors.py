"""What the safe strategies and the guards say of wrong configs, sources and tables; the table stays as it was.

One project with a snapshot and a source for each case, run twice: before the second run each source, or
table, gets what makes it wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Ran, Session, session
from projects import DbtProject, connect, link_package, new_project, said

SCHEMA = "hw_snapshot_errors"
T = {"strategy": "headwater.safe_timestamp", "updated_at": "ts", "unique_key": ["id"]}
C = {"strategy": "headwater.safe_check", "check_cols": "all", "unique_key": ["id"]}
G = {"strategy": "timestamp", "updated_at": "ts", "unique_key": ["id"]}
FAR = {"dbt_valid_to_current": "cast('9999-12-31' as timestamp)"}
COLUMNS = "columns of the model: id, n, name, ts"
GUARDS = "options among 'allow_empty_source', 'guard', 'max_delete_ratio', 'on_duplicate_key', 'on_null_key'"
SQL_END = (
    "dbt_valid_to_current",
    "an SQL expression, such as cast('9999-12-31' as timestamp)",
)
RAW = "dbt writes it into its statements as it stands"
RENAME = (
    "rename it in the query, or give the added one another name with snapshot_meta_column_names"
)
OLD_TYPE = (
    "cast in the snapshot's query to the old type, or alter the table's column to the new one"
)
Found = tuple[str, ...]


def _meta(**options: Any) -> dict[str, Any]:
    return {"meta": {"headwater": options}}


# By name: the config, and what is said of it in the first run.
WRONG: dict[str, tuple[dict[str, Any], Found]] = {
    "no_time": (
        {key: value for key, value in T.items() if key != "updated_at"},
        ("updated_at", "the name of a column with a date or timestamp", "none",
         "use strategy: headwater.safe_check where there is none"),
    ),
    "misspelt_time": (T | {"updated_at": "tss"}, ("updated_at", COLUMNS, "'tss'", "did you mean 'ts'?")),
    "misspelt_time_checked": (C | {"updated_at": "tss"}, ("updated_at", COLUMNS, "'tss'", "did you mean 'ts'?")),
    "worked_out_time": (
        T | {"updated_at": "coalesce(ts, ts)"},
        ("updated_at", COLUMNS, "'coalesce(ts, ts)'",
         "give the expression a name in the model's query, and write that name"),
    ),
    "number_time": (
        T | {"updated_at": "n"},
        ("updated_at", "a column with a date or timestamp", "'n', of type integer",
         "cast it in the snapshot's query"),
    ),
    "misspelt_key": (T | {"unique_key": "idd"}, ("unique_key", COLUMNS, "'idd'", "did you mean 'id'?")),
    "misspelt_part": (
        T | {"unique_key": ["id", "nam"]}, ("unique_key", COLUMNS, "'nam'", "did you mean 'name'?"),
    ),
    "misspelt_check": (C | {"check_cols": ["nam"]}, ("check_cols", COLUMNS, "'nam'", "did you mean 'name'?")),
    "no_checks": (
        C | {"check_cols": []},
        ("check_cols", "a list of column names, such as ['customer_id', 'valid_from']", "an empty list"),
    ),
    "misspelt_exclusion": (
        T | _meta(exclude_cols=["nam"]), ("exclude_cols", COLUMNS, "'nam'", "did you mean 'name'?"),
    ),
    "end_of_a_word": (T | {"dbt_valid_to_current": "never"}, (*SQL_END, "the string 'never'", RAW)),
    "end_of_a_day": (T | {"dbt_valid_to_current": "9999-12-31"}, (*SQL_END, "the string '9999-12-31'", RAW)),
    "quoted_names": (
        T | {"snapshot_meta_column_names": {"dbt_valid_from": "Valid From"}},
        ("snapshot_meta_column_names", "names that need no quotes, since dbt writes them without",
         "the string 'Valid From' for dbt_valid_from"),
    ),
    "equal_names": (
        T | {"snapshot_meta_column_names": {"dbt_valid_from": "at", "dbt_valid_to": "at"}},
        ("snapshot_meta_column_names", "a name of its own for each column", "'at' twice"),
    ),
    "taken_names": (
        C | {"snapshot_meta_column_names": {"dbt_valid_from": "name"}},
        ("snapshot_meta_column_names", "a query without the columns that the snapshot adds", "'name'", RENAME),
    ),
    "late_when": (
        T | _meta(on_late="later"),
        ("on_late", "one of 'error', 'ignore', 'version'", "the string 'later'"),
    ),
    "too_many": (T | _meta(max_delete_ratio=2), ("max_delete_ratio", "a number from 0 to 1", "the number 2")),
    "guarded_how": (
        G | _meta(guard="yes"), ("guard", "true or false under headwater in meta", "the string 'yes'"),
    ),
    "guarded_late": (G | _meta(guard=True, on_late="error"), ("meta.headwater", GUARDS, "the option 'on_late'")),
    "guarded_misspelt": (
        G | _meta(guard=True, max_delete_rati=1),
        ("meta.headwater", GUARDS, "the option 'max_delete_rati'", "did you mean 'max_delete_ratio'?"),
    ),
    "guarded_empty": (
        G | _meta(guard=True, allow_empty_source="yes"),
        ("allow_empty_source", "true or false", "the string 'yes'"),
    ),
    "guarded_key": (
        G | _meta(guard=True) | {"unique_key": "idd"}, ("unique_key", COLUMNS, "'idd'", "did you mean 'id'?"),
    ),
}  # fmt: skip
ONE_ROW = (
    "on_duplicate_key", "one row per id", "1 keys with several rows",
    "keep one of them in the query with headwater.dedup(); for several changes of a key use materialized: scd2",
)  # fmt: skip
TYPES = "the types of {this}, or wider ones"
# By name: the config, what happens to its source {t} or table {this}, and what is said in the second run.
BAD: dict[str, tuple[dict[str, Any], str, Found]] = {
    "twice": (T, "insert into {t} values (1, 'z', timestamp '2026-01-03', 5)", ONE_ROW),
    "null_key": (
        C | _meta(on_null_key="error"), "insert into {t} values (null, 'z', timestamp '2026-01-03', 5)",
        ("on_null_key", "no NULL in id (on_null_key: error)", "1 rows with one"),
    ),
    "future": (
        T, "insert into {t} values (9, 'z', timestamp '2999-01-03', 5)",
        ("on_future_time", "no ts that is more than a day from now", "1 rows of the future"),
    ),
    "late": (
        T | _meta(on_late="error"), "update {t} set name = 'z' where id = 1",
        ("on_late", "a later ts where a row has changed (on_late: error)", "1 rows that changed without one"),
    ),
    "emptied": (
        T | FAR | {"hard_deletes": "invalidate"}, "delete from {t}",
        ("allow_empty_source", "rows in the source of {this}", "none, which would close 3 current rows"),
    ),
    "halved": (
        C | {"hard_deletes": "new_record"}, "delete from {t} where id > 1",
        ("max_delete_ratio", "a source that lacks at most 0.5 of the current keys", "2 of 3 keys missing"),
    ),
    "lost_check": (
        C | {"check_cols": ["name"]}, "alter table {t} drop column name",
        ("check_cols", "columns of the model: id, n, ts", "'name'"),
    ),
    "lost_key": (
        C, "alter table {t} drop column id", ("unique_key", "columns of the model: n, name, ts", "'id'"),
    ),
    "lost_time": (
        T, "alter table {t} drop column ts", ("updated_at", "columns of the model: id, n, name", "'ts'"),
    ),
    "retyped": (
        T, "alter table {t} alter column n type date using date '2026-01-01'",
        ("sql", TYPES, "column 'n' date instead of integer", OLD_TYPE),
    ),
    "cut_fractions": (
        C, "alter table {t} alter column n type numeric(12, 3)",
        ("sql", TYPES, "column 'n' {decimal}(12,3) instead of integer", OLD_TYPE),
    ),
    "own_column": (
        T, "alter table {t} add column dbt_valid_to integer",
        ("snapshot_meta_column_names", "a query without the columns that the snapshot adds", "'dbt_valid_to'",
         RENAME),
    ),
    "working_column": (
        T, "alter table {t} add column hw_key integer",
        ("sql", "a query without the names that a snapshot works with", "'hw_key'", "rename it in the query"),
    ),
    "two_open": (
        C | {"unique_key": ["id", "name"]},
        "insert into {this} select * from {this} where id = 1; update {t} set n = 7",
        ("this", "one open version per id, name", "2 of 1, a in {this}",
         "the test scd2_valid finds them all, and what overlaps; close or delete all but one of each"),
    ),
    "no_end": (
        C, "alter table {this} drop column dbt_valid_to",
        ("this", "a table with the columns that a snapshot keeps", "{this} without dbt_valid_to",
         "name them with snapshot_meta_column_names; or add them; or rename the table, and the snapshot begins anew"),
    ),
}  # fmt: skip
# What is no error: the config, what happens, the versions then, and the same after a third run.
GOOD: dict[str, tuple[dict[str, Any], str, int]] = {
    "late_ignored": (T | _meta(on_late="ignore"), "update {t} set name = 'z' where id = 1", 3),
    "future_accepted": (
        T | _meta(on_future_time="accept"),
        "insert into {t} values (9, 'z', timestamp '2999-01-03', 5)",
        4,
    ),
    "emptied_ignored": (C, "delete from {t}", 3),
    "lost_any": (C, "alter table {t} drop column name", 3),
    "added": (C, "alter table {t} add column extra integer default 3", 3),
    "added_versions": (
        C | _meta(on_new_column="new_version"),
        "alter table {t} add column extra integer default 3",
        6,
    ),
    "added_unchecked": (
        C | {"check_cols": ["name"]} | _meta(on_new_column="new_version"),
        "alter table {t} add column extra integer default 3",
        3,
    ),
    "widened": (
        C,
        "alter table {t} alter column n type bigint; update {t} set n = 99999999999 where id = 1",
        4,
    ),
    "widened_fractions": (
        C,
        "alter table {t} alter column n type double precision; update {t} set n = 1.5 where id = 1",
        4,
    ),
    "a_day": (C | {"updated_at": "ts"}, "alter table {t} alter column ts type date", 3),
    "worked_out_key": (
        T | {"unique_key": "id || '-' || n", "hard_deletes": "invalidate"},
        "update {t} set ts = timestamp '2026-01-05', name = 'z' where id = 1;"
        " alter table {t} add column extra integer default 3",
        4,
    ),
    "clock_back": (
        C,
        "update {this} set dbt_valid_from = timestamp '2999-01-01' where id = 1;"
        " update {t} set name = 'z' where id = 1",
        4,
    ),
}
# What DuckDB might say or do otherwise: the rest is settled before any engine is asked.
ON_DUCKDB = (
    "misspelt_key", "number_time",
    "retyped", "cut_fractions", "two_open", "no_end",
    "lost_any", "added_versions", "widened", "widened_fractions", "a_day", "worked_out_key",
)  # fmt: skip


class Cases:
    """The project, and what each snapshot said in its first and second run."""

    def __init__(self, project: DbtProject, dbt: Session, engine: str) -> None:
        self.project, self.dbt, self.engine = project, dbt, engine
        tried = {*WRONG, *BAD, *GOOD} if engine == "postgres" else {*ON_DUCKDB}
        self.wrong = {name: case for name, case in WRONG.items() if name in tried}
        self.bad = {name: case for name, case in BAD.items() if name in tried}
        self.good = {name: case for name, case in GOOD.items() if name in tried}
        self.configs: dict[str, dict[str, Any]] = {}
        for name, case in (self.wrong | self.bad | self.good).items():
            self.configs[name] = case[0]
        self.first: Ran = {}
        self.second: Ran = {}
        self.before: dict[str, list[str]] = {}

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        run = self.project.sql if self.engine == "postgres" else self.dbt.duckdb
        return run(statement)

    def rows(self, name: str) -> list[str]:
        """All of a snapshot's table."""
        return sorted(map(repr, self.sql(f"select * from {SCHEMA}.{name}")))

    def lines(self, name: str, found: Found) -> list[str]:
        """What dbt prints."""
        database = "consumer" if self.engine == "duckdb" else self.project.server["PGDATABASE"]
        words = {
            "this": f'"{database}"."{SCHEMA}"."{name}"',
            "decimal": "decimal" if self.engine == "duckdb" else "numeric",
        }
        argument, expected, got, *hint = (text.format(**words) for text in found)
        macro = self.configs[name]["strategy"].removeprefix("headwater.")
        if macro == "timestamp":
            macro = "guarded_snapshot"
        lines = [f"headwater.{macro}(): bad argument '{argument}'", f"expected: {expected}", f"got: {got}"]  # fmt: skip
        return lines + [f"hint: {one}" for one in hint]


def _files(configs: dict[str, dict[str, Any]]) -> dict[str, str]:
    entries = [
        {"name": name, "relation": f"source('shop', '{name}_rows')", "config": config}
        for name, config in configs.items()
    ]
    tables = [{"name": f"{name}_rows"} for name in configs]
    sources = [{"name": "shop", "schema": SCHEMA, "tables": tables}]
    text = json.dumps({"version": 2, "sources": sources, "snapshots": entries})
    return {"snapshots/all.yml": text}


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def cases(
    request: pytest.FixtureRequest,
    postgres: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cases]:
    """The project after two runs."""
    project = new_project(tmp_path_factory.mktemp("snapshot_errors"), SCHEMA, postgres)
    link_package(project)
    settings = json.loads((project.folder / "dbt_project.yml").read_text())
    order = {"macro_namespace": "dbt", "search_order": ["consumer", "headwater", "dbt"]}
    project.write({"dbt_project.yml": json.dumps(settings | {"dispatch": [order]})})
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor, session(project, request.param) as dbt:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
        made = Cases(project, dbt, request.param)
        project.write(_files(made.configs))
        rows = ", ".join(f"({n}, '{'abc'[n - 1]}', timestamp '2026-01-02', {n})" for n in (1, 2, 3))
        made.sql(
            f"create schema {SCHEMA};"
            + "; ".join(
                f"create table {SCHEMA}.{name}_rows (id integer, name text, ts timestamp, n integer);"
                f" insert into {SCHEMA}.{name}_rows values {rows}"
                for name in made.configs
            )
        )
        made.first = dbt.run("snapshot")
        changes = [
            case[1].format(t=f"{SCHEMA}.{name}_rows", this=f"{SCHEMA}.{name}")
            for name, case in (made.bad | made.good).items()
        ]
        made.sql("; ".join(changes))
        made.before = {name: made.rows(name) for name in made.bad}
        made.second = dbt.run("snapshot", "-s", *made.bad, *made.good)
        yield made
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def test_wrong_configs_are_told_and_make_no_table(cases: Cases) -> None:
    told = {name: said(cases.first[name][1]) for name in cases.wrong}
    assert told == {name: cases.lines(name, found) for name, (_, found) in cases.wrong.items()}
    tables = cases.sql(
        f"select table_name from information_schema.tables where table_schema = '{SCHEMA}'"
    )
    assert {name for (name,) in tables}.isdisjoint(WRONG)


def test_bad_rows_and_tables_are_told_and_left(cases: Cases) -> None:
    assert {cases.first[name][0] for name in [*cases.bad, *cases.good]} == {"success"}
    told = {name: said(cases.second[name][1]) for name in cases.bad}
    assert told == {name: cases.lines(name, found) for name, (_, _, found) in cases.bad.items()}
    assert {name: cases.rows(name) for name in cases.bad} == cases.before


def test_what_changes_without_harm_goes_on(cases: Cases) -> None:
    failed = {name: cases.second[name] for name in cases.good if cases.second[name][0] != "success"}
    assert failed == {}
    wanted = {name: count for name, (_, _, count) in cases.good.items()}
    assert {name: len(cases.rows(name)) for name in cases.good} == wanted
    cases.dbt.succeed("snapshot", "-s", *cases.good)
    assert {name: len(cases.rows(name)) for name in cases.good} == wanted
