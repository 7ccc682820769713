"""The table that scd2 leaves: constraints, contracts, other names and ends, and runs of a part of the rows.

Several models over the same rows, one for each thing, in one run of dbt after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_scd2_tables"
NAMES = (
    "'snapshot_meta_column_names': {'dbt_scd_id': 'Version', 'dbt_updated_at': 'seen',"
    " 'dbt_valid_from': 'Valid From', 'dbt_valid_to': 'to', 'dbt_is_deleted': 'is_gone'}"
)
TIMED = "'updated_at': 'ts', 'deleted_column': 'gone'"
NOW = "'exclude_cols': ['ts', 'gone'], 'deletes': 'from_missing', 'max_delete_ratio': 1.0"
KEY = "['id', 'Kind']"
PLAIN = "['id']"
# By name: key, options, and the columns in which the rules of the history are looked up.
MODELS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "named": (
        KEY,
        f"{TIMED}, 'deletes': 'tombstone', {NAMES}",
        {
            "column_names": {
                "dbt_valid_from": "Valid From",
                "dbt_valid_to": "to",
                "dbt_is_deleted": "is_gone",
            }
        },
    ),
    "endless": (KEY, f"{TIMED}, 'valid_to_current': 'infinity'", {"open_end": "infinity"}),
    "far": (KEY, f"{TIMED}, 'valid_to_current': '9999-12-31'", {"open_end": "9999-12-31"}),
    "absent": (KEY, f"{NOW}, 'valid_to_current': 'infinity'", {"open_end": "infinity"}),
    "contracted": (PLAIN, TIMED, {}),
    "apart": (PLAIN, f"{TIMED}, 'exclusion_constraint': true, 'unique_current': true", {}),
    "apart_far": (
        PLAIN,
        f"{TIMED}, 'exclusion_constraint': true, 'unique_current': true, 'valid_to_current': 'infinity'",
        {"open_end": "infinity"},
    ),
}
ONLY_POSTGRES = ("apart", "apart_far")
MODEL = """
{{ config(materialized='scd2', unique_key=%(key)s, meta={'headwater': {%(options)s}}) }}
select id%(kind)s, name, ts, gone from {{ ref('given') }}%(where)s
"""
TYPES = {"id": "integer", "name": "text", "ts": "timestamp", "gone": "boolean",
         "dbt_scd_id": "text", "dbt_updated_at": "timestamp", "dbt_valid_from": "timestamp",
         "dbt_valid_to": "timestamp"}  # fmt: skip
# Batches of a log: key, name, day, whether it is a deletion.
BATCHES = (
    "(1, 'a', 'p', '2026-01-01', false), (1, null, 'q', '2026-01-01', false),"
    " (null, 'a', 'r', '2026-01-02', false), (2, 'b', 's', '2026-01-03', false)",
    "(1, 'a', 'p2', '2026-01-05', false), (1, null, 'q', '2026-01-05', true),"
    " (null, 'a', 'r0', '2026-01-01', false), (2, 'b', 's', '2026-01-04', false)",
    "(1, 'a', 'p1', '2026-01-03', false), (1, null, 'q3', '2026-01-09', false),"
    " (null, 'a', 'r9', '2026-01-09', false), (3, null, 't', '2026-01-01', false)",
)
WANTED = [
    (1, "a", "p", 1, 3),
    (1, "a", "p1", 3, 5),
    (1, "a", "p2", 5, None),
    (1, None, "q", 1, 5),
    (1, None, "q3", 9, None),
    (2, "b", "s", 3, None),
    (3, None, "t", 1, None),
    (None, "a", "r", 2, 9),
    (None, "a", "r0", 1, 2),
    (None, "a", "r9", 9, None),
]


class Tables:
    """A project with all the models, on one engine."""

    def __init__(self, project: DbtProject, dbt: Session, engine: str) -> None:
        self.project, self.dbt, self.engine = project, dbt, engine
        self.names = [name for name in MODELS if engine == "postgres" or name not in ONLY_POSTGRES]

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        run = self.project.sql if self.engine == "postgres" else self.dbt.duckdb
        return run(statement.replace("{s}", SCHEMA))

    def load(self, rows: str) -> None:
        """Put rows in the place of those before."""
        values = f"; insert into {{s}}.log values {rows}" if rows else ""
        self.sql("delete from {s}.log" + values)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """All of a table, to see whether anything changed."""
        return sorted(self.sql(f"select * from {{s}}.{name}"), key=str)

    def all_rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table."""
        return {name: self.rows(name) for name in self.names}

    def versions(self, name: str) -> list[tuple[Any, ...]]:
        """What the versions say, with the days of January on which they begin and end."""
        begin, end = (
            ('"Valid From"', '"to"') if name == "named" else ("dbt_valid_from", "dbt_valid_to")
        )
        gone = "where not is_gone" if name == "named" else ""
        kind = '"Kind"' if MODELS[name][0] == KEY else "null"
        found = self.sql(
            f"select id, {kind}, name, cast(extract(day from {begin}) as integer),"
            f" case when {end} < timestamp '2100-01-01' then cast(extract(day from {end}) as integer)"
            f" end from {{s}}.{name} {gone}"
        )
        return sorted(found, key=str)


def _files(names: list[str]) -> dict[str, str]:
    files = {
        "models/sources.yml": json.dumps(
            {"version": 2, "sources": [{"name": "shop", "schema": SCHEMA, "tables": [
                {"name": "log", "config": {"event_time": "ts"}}]}]}
        ),
        "models/given.sql": (
            "{{ config(materialized='table', event_time='ts') }}"
            " select * from {{ source('shop', 'log') }}"
        ),
    }  # fmt: skip
    entries = []
    for name in names:
        key, options, told = MODELS[name]
        is_plain = key == PLAIN
        words = {"kind": "" if is_plain else ', "Kind"', "key": key, "options": options,
                 "where": ' where "Kind" = \'a\' and id is not null' if is_plain else ""}  # fmt: skip
        files[f"models/{name}.sql"] = MODEL % words
        arguments = {"key": ["id"] if is_plain else ["id", "Kind"], **told}
        entry: dict[str, Any] = {
            "name": name,
            "data_tests": [{"headwater.scd2_valid": {"arguments": arguments}}],
        }
        if name == "contracted":
            entry["config"] = {"contract": {"enforced": True}}
            entry["columns"] = [
                {"name": column, "data_type": kind} for column, kind in TYPES.items()
            ]
            entry["columns"][0]["constraints"] = [{"type": "not_null"}]
        entries.append(entry)
    files["models/models.yml"] = json.dumps({"version": 2, "models": entries})
    return files


@pytest.fixture(params=["postgres", "duckdb"])
def tables(
    request: pytest.FixtureRequest,
    postgres: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tables]:
    """The project, with an empty log."""
    database = dict(postgres) | {"PGDATABASE": SCHEMA}  # an extension is for a whole database
    project = new_project(tmp_path_factory.mktemp("scd2_tables"), SCHEMA, database)
    link_package(project)
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor, session(project, request.param) as dbt:
        made = Tables(project, dbt, request.param)
        project.write(_files(made.names))
        if request.param == "postgres":
            cursor.execute(f"drop database if exists {SCHEMA} with (force)")
            cursor.execute(f"create database {SCHEMA}")
        made.sql("create schema {s}")
        if request.param == "postgres":
            made.sql("create extension btree_gist")
        made.sql(
            'create table {s}.log (id integer, "Kind" text, name text, ts timestamp, gone boolean)'
        )
        yield made
        if request.param == "postgres":
            cursor.execute(f"drop database {SCHEMA} with (force)")
    connection.close()


def _wrong(ran: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: one for name, one in ran.items() if one[0] not in {"success", "pass"}}


def _wanted(name: str) -> list[tuple[Any, ...]]:
    if MODELS[name][0] == KEY:
        return sorted(WANTED, key=str)
    return sorted(((i, None, *rest) for i, kind, *rest in WANTED if (i, kind) == (1, "a")), key=str)


def test_constraints_contracts_names_ends_and_parts_of_the_rows(tables: Tables) -> None:
    timed = [name for name in tables.names if name != "absent"]
    for batch in BATCHES:
        tables.load(batch)
        assert _wrong(tables.dbt.run("build")) == {}
    for name in timed:
        assert tables.versions(name) == _wanted(name), name
    absent = [(row[0], row[1], row[4]) for row in tables.versions("absent") if row[4] is None]
    assert len(absent) == 4, "one open version for each row that is there"
    _parts_of_the_rows_close_nothing(tables)
    _constraints_hold(tables)
    for name in timed:
        tables.sql(f"create view {{s}}.on_{name} as select * from {{s}}.{name}")
    tables.load(", ".join(BATCHES))
    assert _wrong(tables.dbt.run("build", "--full-refresh", "--exclude", "absent")) == {}
    for name in timed:
        assert tables.versions(name) == _wanted(name), name
    _constraints_hold(tables)


def _parts_of_the_rows_close_nothing(tables: Tables) -> None:
    before = tables.all_rows()
    assert _wrong(tables.dbt.run("run", "--empty")) == {}
    assert tables.all_rows() == before, "--empty made a difference"
    assert _wrong(tables.dbt.run("run")) == {}
    assert tables.all_rows() == before
    assert _wrong(tables.dbt.run("run", "--sample", "1 day")) == {}
    assert tables.all_rows() == before, "--sample made a difference"
    ran = tables.dbt.run("run", "--empty", "--full-refresh", "--exclude", "given", "absent")
    assert {status for status, _ in ran.values()} == {"error"}, ran
    assert all("rows from which" in message for _, message in ran.values()), ran
    assert tables.all_rows() == before, "--empty --full-refresh emptied a history"


def _constraints_hold(tables: Tables) -> None:
    if tables.engine == "duckdb":
        return
    for name in ONLY_POSTGRES:
        kinds = tables.sql(
            f"select indisunique, indpred is not null from pg_index where indrelid = '{{s}}.{name}'::regclass"
            " order by 1"
        )
        assert kinds == [(False, False), (True, True)], name
        columns = "id, name, ts, gone, dbt_scd_id, dbt_updated_at, dbt_valid_from, dbt_valid_to"
        insert = f"insert into {{s}}.{name} ({columns}) select {columns} from {{s}}.{name} where "
        for where in ("dbt_valid_to = '2026-01-03'", "name = 'p2'"):
            with pytest.raises(Exception, match=r"scd2_(apart|current)_"):
                tables.sql(insert + where)
    not_null = "select attnotnull from pg_attribute where attrelid = '{s}.contracted'::regclass and attname = 'id'"
    assert tables.sql(not_null) == [(True,)]
