"""Every option of cdc_apply, on Postgres and on DuckDB: one small log, one model per option.

The log is run without its rows, then in two batches, then with a full refresh, always all models at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg2.extensions
import pytest
from dbt_sessions import Ran, Session, session
from projects import connect, drop, link_package, new_project, said

SCHEMA = "hw_cdc_options"
READER = "hw_cdc_reader"
LONG = "l" * 63
#: What cdc_apply calls things while it works, and what a log may well call its columns.
CLASHING = (
    "seq", "ts", "op", "key", "payload", "reason", "names", "task", "place", "older", "value", "document",
    "is_delete", "is_full", "up_seq", "up_ts", "row_seq", "row_ts", "row_older", "delete_seq", "delete_ts",
    "deleted_at", "new_1", "old_1", "seq_1", "place_1", "new_ts", "event", "present", "given", "order", "Mixed",
)  # fmt: skip
TYPES = {"id": "integer", "amount": "integer", "note": "varchar(5)"}
WIDER = {"id": "bigint", "amount": "bigint", "note": "varchar(20)"}
OTHER = {"id": "text", "amount": "numeric(20, 2)", "note": "varchar(20)"}
MODE = ", 'on_schema_change': '{}'".format
READ = ("append", "ignore", "guessed", "other", "soft", "kept", "agreed")
ONLY_ON_POSTGRES = ("sync", "kept", "filtered", "strict", LONG)
"""What depends on no engine, or is not for DuckDB."""
#: By model: the key, config besides it, and the types and other options of each of two steps.
MODELS: dict[str, tuple[str, str, Mapping[str, str], Mapping[str, str], str]] = {
    "append": ("id", "", TYPES, WIDER, MODE("append_new_columns")),
    "ignore": ("id", "", TYPES, WIDER, MODE("ignore")),
    "fail": ("id", "", TYPES, WIDER, MODE("fail")),
    "strict": ("id", "", WIDER, WIDER, MODE("fail")),
    "sync": ("id", "", TYPES, TYPES, MODE("sync_all_columns")),
    "guessed": ("id", "", {}, {}, ""),
    "other": ("id", "", TYPES, OTHER, ""),
    "soft": ("id", "", TYPES, WIDER, ", 'deletes': 'soft', 'lock': 'none'"),
    "kept": ("id", ", full_refresh=false", TYPES, WIDER, ", 'lock': 'fail', 'quarantine_table': 'aside'"),
    "narrow": ("id", "", TYPES, TYPES, ""),
    "agreed": ("id", ", contract={'enforced': true}", {}, {}, MODE("ignore")),
    "clash": ("seq", "", {"seq": "integer"}, {"seq": "integer"}, ""),
    "filtered": ("id", ", incremental_predicates=['1 = 1']", {}, {}, ""),
    LONG: ("id", "", {}, {}, ""),
    "dressed": (
        "id",
        f", pre_hook=\"insert into {SCHEMA}.hooks values ('before')\","
        f" post_hook=[\"insert into {SCHEMA}.hooks values ('in')\","
        f" {{'sql': \"insert into {SCHEMA}.hooks values ('after')\", 'transaction': False}}],"
        " persist_docs={'relation': true, 'columns': true}, indexes=[{'columns': ['INDEXED']}]",
        TYPES, TYPES, "",
    ),
}  # fmt: skip
FIRST = [
    ("create", 1, {"id": 1, "amount": 1, "note": "a"}),
    ("create", 2, {"id": 2, "amount": 1, "note": "b"}),
]
SECOND = [
    ("update", 3, {"id": 1, "amount": 5_000_000_000, "note": "longer note"}),
    ("delete", 4, {"id": 2}),
    ("create", 5, {"id": 3, "amount": 7, "note": None, "more": True}),
]
CLASHES = [
    ("create", 1, {"seq": 1} | dict.fromkeys(CLASHING[1:], "a")),
    ("create", 2, {"seq": 2} | dict.fromkeys(CLASHING[1:], "b")),
    ("update", 3, {"seq": 1} | dict.fromkeys(CLASHING[1:15], "c")),
    ("delete", 4, {"seq": 2}),
]
OWN = {
    "postgres": {"_cdc_seq": "numeric", "_cdc_ts": "timestamp", "_cdc_older": "jsonb"},
    "duckdb": {"_cdc_seq": "decimal(38, 9)", "_cdc_ts": "timestamp", "_cdc_older": "json"},
}


def model(name: str, target: str, step: int) -> str:
    """The model of an option, in one of the two steps."""
    key, config, *types, options = MODELS[name]
    config = config.replace("INDEXED", ("note", "amount")[step])
    if name == "dressed" and target == "postgres":
        config += f", grants={{'select': ['{READER}']}}"
    log = "clashes" if name == "clash" else "log"
    return (
        f"{{{{ config(materialized='cdc_apply', unique_key='{key}'{config},"
        f" meta={{'headwater': {{'column_types': {dict(types[step])!r}{options}}}}}) }}}}\n"
        f"{{{{ headwater.cdc_normalize(ref('{log}'), ['{key}'],"
        " fields={'op': 'what', 'ts': 'happened', 'seq': 'position', 'payload': 'doc'}) }}"
    )


def log(changes: list[tuple[str, int, dict[str, Any]]], target: str) -> str:
    """The model of a log."""
    json_type = "jsonb" if target == "postgres" else "json"
    rows = " union all ".join(
        f"select '{op}' as what, {seq} as position, cast('2026-01-01' as timestamp) as happened,"
        f" cast('{json.dumps(row)}' as {json_type}) as doc"
        for op, seq, row in changes
    )
    return f"{{{{ config(materialized='table') }}}}\n{rows}"


def properties(target: str) -> str:
    """The contract, without the column that comes late, and what is to be said of `dressed`."""
    wanted = {"id": "integer", "amount": "bigint", "note": "varchar(20)"} | OWN[target]
    columns: list[dict[str, Any]] = [{"name": n, "data_type": t} for n, t in wanted.items()]
    columns[0]["constraints"] = [{"type": "primary_key"}]
    columns[2]["constraints"] = [{"type": "not_null"}]
    told = {
        "name": "dressed",
        "description": "One row.",
        "columns": [{"name": "id", "description": "Key."}],
    }
    return json.dumps({"models": [{"name": "agreed", "columns": columns}, told]})


@dataclass
class Applied:
    """What came of all models on one engine, by step."""

    target: str
    dbt: Session
    postgres: psycopg2.extensions.connection
    ran: dict[str, Ran] = field(default_factory=dict)
    rows: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def sql(self, statement: str) -> list[Any]:
        """The rows of a statement; committed."""
        if self.target == "duckdb":
            return self.dbt.duckdb(statement)
        with self.postgres, self.postgres.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def types(self, table: str) -> dict[str, str]:
        """The columns of a table, in words that both engines use."""
        found = self.sql(
            "select column_name, lower(data_type) from information_schema.columns"
            f" where table_schema = '{SCHEMA}' and table_name = '{table}' and left(column_name, 4) <> '_cdc'"
        )
        usual = {"character varying": "text", "varchar": "text", "decimal(20,2)": "numeric"}
        return {name: usual.get(kind, kind) for name, kind in found}

    @property
    def models(self) -> tuple[str, ...]:
        """The models of this engine."""
        without = () if self.target == "postgres" else ONLY_ON_POSTGRES
        return tuple(name for name in MODELS if name not in without)

    def run(self, step: str, *words: str) -> None:
        """Run all models and keep their rows, as far as there are some."""
        self.ran[step] = self.dbt.run("run", *words)
        self.rows[step] = {
            name: self.sql(
                f"select cast(id as integer), amount, note from {SCHEMA}.{name} order by 1"
            )
            for name in READ
            if step != "empty" and name in self.models
        }


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def applied(
    request: pytest.FixtureRequest, postgres: Mapping[str, str], tmp_path_factory: Any
) -> Iterator[Applied]:
    """All models after all steps."""
    target = request.param
    project = new_project(tmp_path_factory.mktemp("cdc_options"), SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA, READER)
    connection = connect(postgres)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create role {READER}")
    project.write(
        {"models/schema.yml": properties(target), "models/clashes.sql": log(CLASHES, target)}
    )
    with session(project, target) as dbt:
        found = Applied(target, dbt, connection)
        found.sql(f"create schema {SCHEMA}")
        found.sql(f"create table {SCHEMA}.hooks (word text)")
        for step, changes in enumerate((FIRST, SECOND)):
            project.write(
                {f"models/{name}.sql": model(name, target, step) for name in found.models}
            )
            project.write({"models/log.sql": log(changes, target)})
            if not step:
                found.run("empty", "--empty", "--select", "+guessed")
            found.run(("first", "second")[step])
        found.run(
            "full", "--full-refresh", "--threads", "1", "--select", "+other", "kept", "narrow"
        )
        yield found
    connection.close()
    drop(postgres, SCHEMA, READER)


REFUSED = {"sync": "on_schema_change", "filtered": "incremental_predicates"}


def test_what_is_refused_is_named(applied: Applied) -> None:
    """Columns that a log can't lose, predicates; and in the second batch what `fail` does not want."""
    late = REFUSED | {"fail": "on_schema_change", "strict": "on_schema_change"}
    for step, given in (("empty", {}), ("first", REFUSED), ("second", late), ("full", {})):
        refused = {name: argument for name, argument in given.items() if name in applied.models}
        wrong = {
            name: text for name, (status, text) in applied.ran[step].items() if status != "success"
        }
        assert set(wrong) == set(refused), wrong
        for name, argument in refused.items():
            assert said(wrong[name])[0] == f"headwater.cdc_apply(): bad argument '{argument}'"
    message = said(applied.ran["second"]["fail"][1])
    words = ("bigint", "integer") if applied.target == "postgres" else ("BIGINT", "INTEGER")
    assert "column 'amount' {} instead of {}".format(*words) in message[2]
    if "strict" in applied.models:
        assert "got: 'more'" in said(applied.ran["second"]["strict"][1])


def test_types_become_wider_as_the_mode_says(applied: Applied) -> None:
    """Also the key's, in the table of tombstones; other types take a full refresh."""
    more, old, wide = {"more": "boolean"}, {"id": "integer", "amount": "integer"}, "bigint"
    text = {"note": "text"}
    assert applied.types("append") == {"id": wide, "amount": wide} | text | more
    assert applied.types("append_tombstones") == {"id": wide}
    assert applied.types("ignore") == old | text
    assert applied.types("fail") == old | text
    assert applied.types("other") == {"id": "text", "amount": "numeric"} | text | more
    number = "numeric" if applied.target == "postgres" else "bigint"
    assert applied.types("guessed") == {"id": number, "amount": number} | text | more
    second, full = applied.rows["second"], applied.rows["full"]
    changed = [(1, 5_000_000_000, "longer note"), (3, 7, None)]
    assert second["append"] == second["guessed"] == changed
    assert [(*key, int(float(amount)), note) for *key, amount, note in full["other"]] == changed


def test_a_value_that_does_not_fit_hides_no_new_column(applied: Applied) -> None:
    """One change is set aside, and the next one of the batch brings its column."""
    assert applied.types("narrow") == TYPES | {"note": "text", "more": "boolean"}
    rows = applied.sql(f"select id, more from {SCHEMA}.narrow order by id")
    assert rows == [(3, True)]  # after the full refresh
    found = applied.sql(f"select distinct reason from {SCHEMA}.narrow_quarantine")
    assert found == [("bad value in amount",)]
    kept = applied.rows["second"]["ignore"]
    assert kept == [(1, 1, "a"), (3, 7, None)]
    if "kept" in applied.models:
        assert applied.rows["full"]["kept"] == applied.rows["second"]["kept"] != []
        assert applied.sql(f"select count(*) from {SCHEMA}.aside") == [(0,)]


def test_deleted_rows_stay_where_they_are_marked(applied: Applied) -> None:
    assert [row[0] for row in applied.rows["second"]["soft"]] == [1, 2, 3]
    gone = applied.sql(f"select id from {SCHEMA}.soft where _cdc_deleted_at is not null")
    assert gone == [(2,)]


def test_a_contract_holds_and_null_is_set_aside(applied: Applied) -> None:
    assert applied.rows["second"]["agreed"] == [(1, 5_000_000_000, "longer note")]
    assert applied.sql(f"select reason from {SCHEMA}.agreed_quarantine") == [("NULL in note",)]


def test_columns_may_have_any_name(applied: Applied) -> None:
    """None of ours is in the way, also of those that are in the key."""
    names = ", ".join(f'"{name}"' for name in CLASHING)
    rows = applied.sql(f"select {names} from {SCHEMA}.clash")
    assert rows == [(1, *("c" * 14), *("a" * (len(CLASHING) - 15)))]
    beside = applied.sql(
        f"select count(*) from information_schema.tables where table_schema = '{SCHEMA}'"
        f" and table_name like 'lllll%' and table_name <> '{LONG}'"
    )
    assert beside == [(2 if LONG in applied.models else 0,)]


def test_the_table_is_dressed_as_the_config_says(applied: Applied) -> None:
    """Hooks, comments, grants, and the index of the new config alone."""
    hooks = applied.sql(f"select word, count(*) from {SCHEMA}.hooks group by 1 order by 1")
    assert hooks == [("after", 2), ("before", 2), ("in", 2)]
    if applied.target == "duckdb":
        where = f"schema_name = '{SCHEMA}' and table_name = 'dressed'"
        found = applied.sql(
            f"select comment, (select comment from duckdb_columns() where {where} and column_name = 'id')"
            f" from duckdb_tables() where {where}"
        )
        assert found == [("One row.", "Key.")]
        return
    table = f"'{SCHEMA}.dressed'::regclass"
    found = applied.sql(
        f"select obj_description({table}), col_description({table}, 1),"
        f" has_table_privilege('{READER}', {table}, 'select'),"
        f" (select array_agg(split_part(pg_get_indexdef(indexrelid), ' btree ', 2) order by 1) from pg_index"
        f" where indrelid = {table} and not indisunique)"
    )
    assert found == [("One row.", "Key.", True, ["(amount)"])]
