"""Options of scd2 that the random histories leave out: rows as they are now, absence, new columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_scd2_options"
NOW = "'exclude_cols': ['ts']"
MODELS = {
    "closing": f"{NOW}, 'type1_cols': ['tag'], 'deletes': 'from_missing', 'unique_current': true,"
    " 'valid_to_current': '9999-12-31'",
    "marking": f"{NOW}, 'deletes': 'from_missing', 'missing_as': 'tombstone'",
    "timed": "'updated_at': 'ts', 'deletes': 'from_missing'",
    "versioning": f"{NOW}, 'on_new_column': 'new_version'",
    "ignoring": f"{NOW}, 'on_new_column': 'ignore'",
    "timed_filling": "'updated_at': 'ts'",
    "aside": "'updated_at': 'ts', 'on_null_key': 'quarantine', 'on_null_time': 'quarantine',"
    " 'on_future_time': 'quarantine', 'late': 'quarantine'",
}
TEXT = (
    "{{ config(materialized='scd2', unique_key=['id'], meta={'headwater': {%s}}) }}\n"
    "select * from {{ target.schema }}.rows"
)
OPEN = "coalesce(nullif(dbt_valid_to, '9999-12-31'), 'infinity') = 'infinity'"


class Histories:
    """A project with a model for each option, run as one."""

    def __init__(self, project: DbtProject, dbt: Session, engine: str) -> None:
        self.project, self.dbt, self.engine = project, dbt, engine

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        run = self.project.sql if self.engine == "postgres" else self.dbt.duckdb
        return run(statement.replace("{s}", SCHEMA))

    def all_rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table, to see whether one changed."""
        return {
            name: self.sql(f"select * from {{s}}.{name} order by dbt_scd_id") for name in MODELS
        }

    def versions(self, name: str, columns: str = "id, name, tag") -> list[tuple[Any, ...]]:
        """What the versions of a history say, and whether they stand."""
        return self.sql(
            f"select {columns}, {OPEN} from {{s}}.{name} order by id nulls last, dbt_valid_from"
        )


@pytest.fixture(params=["postgres", "duckdb"])
def histories(
    request: pytest.FixtureRequest,
    postgres: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Histories]:
    """Histories of three rows, one of which has no key, after their first run."""
    project = new_project(tmp_path_factory.mktemp("scd2_options"), SCHEMA, postgres)
    link_package(project)
    for name, options in MODELS.items():
        if request.param == "duckdb":
            options = options.replace(", 'unique_current': true", "")  # noqa: PLW2901
        project.write({f"models/{name}.sql": TEXT % options})
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor, session(project, request.param) as dbt:
        made = Histories(project, dbt, request.param)
        if request.param == "duckdb":
            made.sql("create schema {s}")
        else:
            cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        made.sql(
            "create table {s}.rows as select * from (values (1, 'a', 'x', timestamp '2026-01-01'),"
            " (2, 'b', 'x', timestamp '2026-01-01'), (null, 'c', 'x', timestamp '2026-01-01'))"
            " as given (id, name, tag, ts)"
        )
        dbt.succeed("run")
        yield made
        if request.param == "postgres":
            cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def test_absence_returns_new_columns_and_nothing(histories: Histories) -> None:
    _changes_absence_and_return(histories)
    _empty_sources_delete_nothing(histories)
    _new_columns(histories)


def _changes_absence_and_return(histories: Histories) -> None:
    dbt = histories.dbt
    before = histories.all_rows()
    dbt.succeed("run")
    assert histories.all_rows() == before, "the same rows made a difference"
    histories.sql("update {s}.rows set name = 'a2', tag = 'y', ts = '2026-01-02' where id = 1")
    histories.sql("update {s}.rows set name = 'c2', ts = '2026-01-02' where id is null")
    histories.sql("delete from {s}.rows where id = 2")
    dbt.succeed("run")
    news = [(1, "a", "y", False), (1, "a2", "y", True), (2, "b", "x", False)]
    assert histories.versions("closing") == [
        *news,
        (None, "c", "x", False),
        (None, "c2", "x", True),
    ]
    assert histories.versions("marking", "id, name, dbt_is_deleted")[2:4] == [
        (2, "b", False, False),
        (2, "b", True, True),
    ]
    assert histories.versions("timed")[2:3] == [(2, "b", "x", False)]
    assert histories.versions("versioning")[2:3] == [(2, "b", "x", True)]
    histories.sql("insert into {s}.rows values (2, 'b', 'x', '2026-01-01')")
    dbt.succeed("run")
    for name in ("closing", "timed"):
        assert histories.versions(name)[2:4] == [(2, "b", "x", False), (2, "b", "x", True)], name
    assert histories.versions("marking", "id, dbt_is_deleted")[2:5] == [
        (2, False, False),
        (2, True, False),
        (2, False, True),
    ]
    before = histories.all_rows()
    dbt.succeed("run")
    assert histories.all_rows() == before, "what came back made a difference again"
    histories.sql(
        "insert into {s}.rows values (4, 'd', 'x', null), (4, 'd', 'x', '2999-01-01'),"
        " (1, 'late', 'x', '2025-01-01')"
    )
    dbt.succeed("run", "-s", "aside")
    dbt.succeed("run", "-s", "aside")
    found = histories.sql("select reason from {s}.aside_quarantine order by 1")
    wanted = ["NULL in the key", "NULL in the key", "NULL in ts", "late", "ts in the future"]
    assert sorted(reason for (reason,) in found) == wanted
    histories.sql("delete from {s}.rows where id = 4 or name = 'late'")
    assert histories.all_rows()["aside"] == before["aside"]


def _empty_sources_delete_nothing(histories: Histories) -> None:
    dbt = histories.dbt
    before = histories.all_rows()
    histories.sql("create table {s}.saved as select * from {s}.rows")
    histories.sql("delete from {s}.rows")
    dbt.succeed("run")
    assert histories.all_rows() == before
    ran = dbt.run("run", "--full-refresh")
    assert histories.all_rows() == before
    refused = {name for name, (status, _) in ran.items() if status == "error"}
    assert refused == {"timed_filling", "aside"}  # the others' queries don't give their past back
    assert "got: --full-refresh with an empty batch" in ran["aside"][1]
    histories.sql("insert into {s}.rows select * from {s}.saved")


def _new_columns(histories: Histories) -> None:
    dbt = histories.dbt
    before = {name: len(rows) for name, rows in histories.all_rows().items()}
    histories.sql("alter table {s}.rows add column extra text")
    histories.sql("update {s}.rows set extra = 'e'")
    dbt.succeed("run")
    after = {name: len(rows) for name, rows in histories.all_rows().items()}
    assert after.pop("versioning") == before.pop("versioning") + 3
    assert after == before, "a new column made versions"
    assert histories.versions("closing", "id, extra")[:2] == [(1, None, False), (1, "e", True)]
    histories.sql("update {s}.rows set ts = '2026-01-03', extra = 'f' where id = 1")
    histories.sql("update {s}.rows set ts = '2026-01-03' where id = 2")
    dbt.succeed("run")
    assert histories.versions("closing", "id, extra")[:3] == [
        (1, None, False),
        (1, "e", False),
        (1, "f", True),
    ]
    assert len(histories.versions("ignoring")) == before["ignoring"]
    assert histories.versions("timed_filling", "id, name")[:4] == [
        (1, "a", False),
        (1, "a2", False),
        (1, "a2", True),
        (2, "b", True),
    ]
    before_rows = histories.all_rows()
    dbt.succeed("run")
    assert histories.all_rows() == before_rows


def test_a_snapshot_of_dbts_is_adopted_and_a_history_rewound(histories: Histories) -> None:
    if histories.engine == "duckdb":
        return  # its file is held by the session; the statements are those of Postgres
    project = histories.project
    histories.sql(
        "create table {s}.snapped as select id, name, tag, ts, md5(ts::text || id::text) as dbt_scd_id,"
        " ts as dbt_updated_at, ts as dbt_valid_from, ended as dbt_valid_to"
        " from (values (1, 'a', 'x', timestamp '2026-01-01', timestamp '2026-01-05'),"
        " (1, 'b', 'x', '2026-01-05', null), (2, 'c', 'x', '2026-01-01', '2026-01-03'))"
        " as given (id, name, tag, ts, ended)"
    )
    old = histories.sql(
        "select id, name, dbt_scd_id, dbt_valid_from, dbt_valid_to from {s}.snapped"
    )
    arguments = f"{{table: {SCHEMA}.snapped, key: [id], to: adopted%s}}"
    said = project.run("run-operation", "scd2_adopt", "--args", arguments % "").output
    assert "3 versions and 1 deletions" in said
    assert "would be taken over as adopted (dry_run)" in said
    assert histories.sql("select to_regclass('{s}.adopted') is null") == [(True,)]
    project.run("run-operation", "scd2_adopt", "--args", arguments % ", dry_run: false")
    assert histories.sql(
        "select id, name, dbt_scd_id, dbt_valid_from, dbt_valid_to from {s}.adopted"
    ) == old  # fmt: skip
    project.write({"models/adopted.sql": TEXT % "'updated_at': 'ts'"})
    histories.sql("delete from {s}.rows")
    histories.sql(
        "insert into {s}.rows values (1, 'late', 'x', '2026-01-02'), (2, 'back', 'x', '2026-01-04')"
    )
    histories.dbt.succeed("run", "-s", "adopted")
    rows = "select id, name, dbt_valid_from::date::text, dbt_valid_to::date::text from {s}.adopted order by 1, 3"
    assert histories.sql(rows) == [
        (1, "a", "2026-01-01", "2026-01-02"),
        (1, "late", "2026-01-02", "2026-01-05"),
        (1, "b", "2026-01-05", None),
        (2, "c", "2026-01-01", "2026-01-03"),
        (2, "back", "2026-01-04", None),
    ]
    arguments = f"{{table: {SCHEMA}.adopted, to: '2026-01-02'%s}}"
    said = project.run("run-operation", "scd2_rewind", "--args", arguments % "").output
    assert "2 versions and 1 kept events after 2026-01-02 would go from" in said
    assert "2 versions would be open again (dry_run)" in said
    project.run("run-operation", "scd2_rewind", "--args", arguments % ", dry_run: false")
    assert histories.sql(rows) == [
        (1, "a", "2026-01-01", "2026-01-02"),
        (1, "late", "2026-01-02", None),
        (2, "c", "2026-01-01", None),
    ]
    histories.sql(
        "update {s}.snapped set dbt_valid_to = '2026-02-01' where dbt_valid_to is not null"
    )
    histories.sql(
        "create table {s}.marked as select 1 as id, md5('1') as dbt_scd_id, timestamp '2026-01-01' as dbt_updated_at,"
        " timestamp '2026-01-01' as dbt_valid_from, null::timestamp as dbt_valid_to, 'True' as dbt_is_deleted"
    )
    arguments = f"{{table: {SCHEMA}.marked, key: [id], dry_run: false}}"
    project.run("run-operation", "scd2_adopt", "--args", arguments)
    assert histories.sql("select id, dbt_is_deleted from {s}.marked") == [(1, True)]
    arguments = f"{{table: {SCHEMA}.snapped, key: [id]}}"
    said = project.run("run-operation", "scd2_adopt", "--args", arguments, code=1).output
    assert "got: 1 of 3 versions of" in said
