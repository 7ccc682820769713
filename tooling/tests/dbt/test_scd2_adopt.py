"""Tables that dbt's own snapshots wrote, taken over by scd2: every version stays, and it goes on from there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_scd2_adopt"
NAMES = {"dbt_valid_from": "begins", "dbt_valid_to": "ends", "dbt_scd_id": "version",
         "dbt_updated_at": "seen_at", "dbt_is_deleted": "is_gone"}  # fmt: skip
FAR = "cast('9999-12-31' as timestamp)"
TIMED = {"strategy": "timestamp", "updated_at": "ts"}
CHECKED = {"strategy": "check", "check_cols": ["name"]}
KEY = ["id", "kind"]
# By name: what the snapshot has, and the options of the history that goes on with it.
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "invalidate_timed": (
        {**TIMED, "hard_deletes": "invalidate"},
        "'updated_at': 'ts', 'deletes': 'from_missing'",
    ),
    "ignore_far_timed": (
        {**TIMED, "hard_deletes": "ignore", "dbt_valid_to_current": FAR},
        "'updated_at': 'ts', 'valid_to_current': '9999-12-31'",
    ),
    "marked_timed": (
        {**TIMED, "hard_deletes": "new_record", "snapshot_meta_column_names": NAMES},
        f"'updated_at': 'ts', 'deletes': 'from_missing', 'missing_as': 'tombstone',"
        f" 'snapshot_meta_column_names': {NAMES}",
    ),
    "invalidate_far_checked": (
        {**CHECKED, "hard_deletes": "invalidate", "dbt_valid_to_current": FAR,
         "snapshot_meta_column_names": NAMES},
        f"'check_cols': ['name'], 'deletes': 'from_missing', 'valid_to_current': '9999-12-31',"
        f" 'snapshot_meta_column_names': {NAMES}",
    ),
    "marked_checked": (
        {**CHECKED, "hard_deletes": "new_record"},
        "'check_cols': ['name'], 'deletes': 'from_missing', 'missing_as': 'tombstone'",
    ),
}  # fmt: skip
MODEL = """
{{ config(materialized='scd2', unique_key=['id', 'kind'], meta={'headwater': {%s}}) }}
select id, kind, name, ts from {{ target.schema }}.given
"""
CLOCK = "cast(current_timestamp at time zone 'UTC' as timestamp)"
# The source in each step; a key goes in the second and is back in the third.
STEPS = (
    "(1, 'a', 'p', '2026-01-01'), (1, 'b', 'q', '2026-01-01'), (2, 'a', 'r', '2026-01-01')",
    "(1, 'a', 'p2', '2026-01-02'), (1, 'b', 'q', '2026-01-01')",
    f"(1, 'a', 'p2', '2026-01-02'), (2, 'a', 'r', {CLOCK})",
)
AFTER = f"(1, 'a', 'p3', {CLOCK}), (1, 'b', 'q2', {CLOCK}), (3, 'c', 's', {CLOCK})"


def _own(name: str) -> dict[str, Any]:
    config = CASES[name][0]
    return {
        "column_names": config.get("snapshot_meta_column_names", {}),
        "open_end": config.get("dbt_valid_to_current"),
    }


class Snapshots:
    """A project in which every snapshot has run three times."""

    def __init__(self, project: DbtProject, dbt: Session, engine: str) -> None:
        self.project, self.dbt, self.engine = project, dbt, engine

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        run = self.project.sql if self.engine == "postgres" else self.dbt.duckdb
        return run(statement.replace("{s}", SCHEMA))

    def give(self, rows: str) -> None:
        """What the source has now."""
        self.sql(f"delete from {{s}}.given; insert into {{s}}.given values {rows}")

    def versions(self, table: str, name: str) -> set[tuple[Any, ...]]:
        """What the versions say and when they begin and, unless they stand, end."""
        own = CASES[name][0].get("snapshot_meta_column_names", {})
        begin, end = (
            own.get("dbt_valid_from", "dbt_valid_from"),
            own.get("dbt_valid_to", "dbt_valid_to"),
        )
        gone = own.get("dbt_is_deleted", "dbt_is_deleted") if "marked" in name else "false"
        return set(
            self.sql(
                f'select id, kind, name, cast({gone} as boolean), cast("{begin}" as varchar),'
                f' case when "{end}" < timestamp \'2900-01-01\' then cast("{end}" as varchar) end'
                f" from {{s}}.{table}"
            )
        )


@pytest.fixture(params=["postgres", "duckdb"])
def snapshots(
    request: pytest.FixtureRequest,
    postgres: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Snapshots]:
    """The project, after its snapshots have run."""
    project = new_project(tmp_path_factory.mktemp("scd2_adopt"), SCHEMA, postgres)
    link_package(project)
    entries = [
        {"name": f"{name}_snapshot", "relation": "source('shop', 'given')",
         "config": {"unique_key": KEY, **config}}
        for name, (config, _) in CASES.items()
    ]  # fmt: skip
    source = {"name": "shop", "schema": SCHEMA, "tables": [{"name": "given"}]}
    project.write(
        {
            "snapshots/all.yml": json.dumps(
                {"version": 2, "sources": [source], "snapshots": entries}
            ),
            **{f"models/{name}.sql": MODEL % options for name, (_, options) in CASES.items()},
            "models/tests.yml": json.dumps(
                {"version": 2, "models": [
                    {"name": name, "data_tests": [
                        {"headwater.scd2_valid": {"arguments": {
                            "key": KEY, "columns": ["name", "ts"], **_own(name)}}},
                    ]}
                    for name in CASES
                ]}
            ),
        }
    )  # fmt: skip
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor, session(project, request.param) as dbt:
        made = Snapshots(project, dbt, request.param)
        if request.param == "postgres":
            cursor.execute(f"drop schema if exists {SCHEMA} cascade")
        made.sql("create schema {s}")
        made.sql("create table {s}.given (id integer, kind text, name text, ts timestamp)")
        for rows in STEPS:
            made.give(rows)
            dbt.succeed("snapshot")
        yield made
        if request.param == "postgres":
            cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


# What is wrong with an operation, and what is then not there.
REFUSED = (
    ("scd2_adopt", {"to": "given"}),
    ("scd2_adopt", {"to": "shop.customers"}),
    ("scd2_adopt", {"to": "wrong", "open_end": "never"}),
    ("scd2_adopt", {"to": "wrong", "column_names": {"dbt_valid_to": "name"}}),
    ("scd2_rewind", {"to": "2026-13-01"}),
    ("scd2_rewind", {"to": "2026-01-01", "dry_run": "no"}),
)


def _refuse(snapshots: Snapshots) -> None:
    """Operations that are wrong do nothing."""
    table = f"{SCHEMA}.invalidate_timed_snapshot"
    before = snapshots.sql(f"select * from {table} order by 1, 2, 5")
    for macro, wrong in REFUSED:
        given = {"table": table, "dry_run": False, **wrong}
        if macro == "scd2_adopt":
            given["key"] = KEY
        ran = snapshots.dbt.run("run-operation", macro, "--args", json.dumps(given))
        assert {status for status, _ in ran.values()} == {"error"}, (macro, wrong)
    assert snapshots.sql(f"select * from {table} order by 1, 2, 5") == before
    tables = "select table_name from information_schema.tables where table_schema = '{s}'"
    assert {name for (name,) in snapshots.sql(tables)} == {
        "given",
        *(f"{name}_snapshot" for name in CASES),
    }


def test_every_kind_of_snapshot_is_adopted_and_goes_on(snapshots: Snapshots) -> None:
    _refuse(snapshots)
    old = {name: snapshots.versions(f"{name}_snapshot", name) for name in CASES}
    for name in CASES:
        given = {"table": f"{SCHEMA}.{name}_snapshot", "key": KEY, "to": name, "dry_run": False}
        words = json.dumps(given | _own(name))
        ran = snapshots.dbt.run("run-operation", "scd2_adopt", "--args", words)
        assert {status for status, _ in ran.values()} == {"success"}, (name, ran)
        assert snapshots.versions(name, name) == old[name], name
    ran = snapshots.dbt.run("build", "--exclude", "resource_type:snapshot")
    assert _wrong(ran) == {}
    quiet = {name: snapshots.versions(name, name) for name in CASES}
    for name in CASES:
        assert quiet[name] >= {row for row in old[name] if row[-1] is not None}, name
        assert _standing(quiet[name]) - {(1, "b", "q")} == {(1, "a", "p2"), (2, "a", "r")}, name
    snapshots.give(AFTER)
    assert _wrong(snapshots.dbt.run("build", "--exclude", "resource_type:snapshot")) == {}
    for name in CASES:
        now = snapshots.versions(name, name)
        assert {row[:5] for row in now} >= {row[:5] for row in old[name]}, name
        lost = {(2, "a", "r")} if name == "ignore_far_timed" else set()
        assert _standing(now) == {(1, "a", "p3"), (1, "b", "q2"), (3, "c", "s")} | lost, name
    before = {name: snapshots.versions(name, name) for name in CASES}
    assert _wrong(snapshots.dbt.run("build", "--exclude", "resource_type:snapshot")) == {}
    assert {name: snapshots.versions(name, name) for name in CASES} == before
    moment = "2026-01-01 12:00:00"
    for name in CASES:
        given = {"table": f"{SCHEMA}.{name}", "to": moment, "dry_run": False}
        words = json.dumps(given | _own(name))
        ran = snapshots.dbt.run("run-operation", "scd2_rewind", "--args", words)
        assert {status for status, _ in ran.values()} == {"success"}, (name, ran)
        assert snapshots.versions(name, name) == {
            (*row[:5], row[5] if (row[5] or moment) < moment else None)
            for row in before[name]
            if row[4] <= moment
        }, name


def _wrong(ran: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: one for name, one in ran.items() if one[0] not in {"success", "pass"}}


def _standing(versions: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {row[:3] for row in versions if row[-1] is None and not row[3]}
