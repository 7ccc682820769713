"""What change data capture says of bad input, in whole; the table that was there stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dbt_sessions import Ran, session
from projects import DbtProject, drop, guest_of, link_package, new_project, said
from rendering import Package, WrongArgumentError

SCHEMA = "hw_cdc_errors"
NORMALIZED = (
    "select jsonb_build_object('customer_id', 1) as key, 'update' as op, now()::timestamp as ts, 1 as seq,"
    """ '{"customer_id": 1, "name": "new"}'::jsonb as payload, null::text as reason"""
)
HEAD = "headwater.cdc_normalize(): bad argument "
OPS = "{'op': 'op', 'ts': 'ts', 'seq': 'seq'}"
LIST = "  expected: a list of column names, such as ['customer_id', 'valid_from']"
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("cdc_normalize", (None, ["id"]), {}, (
        f"{HEAD}'relation'\n"
        "  expected: a relation such as ref('orders'), the name of a CTE, or a select\n  got: none"
    )),
    ("cdc_normalize", ("log", "id, day"), {}, (
        f"{HEAD}'key'\n{LIST}\n  got: the string 'id, day'\n  hint: write ['id', 'day']"
    )),
    ("cdc_normalize", ("log", []), {}, f"{HEAD}'key'\n{LIST}\n  got: an empty list"),
    ("cdc_normalize", ("log", ["id", "id"]), {}, (
        f"{HEAD}'key'\n  expected: each column once\n  got: 'id' twice"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "maxwell"}, (
        f"{HEAD}'format'\n  expected: one of 'airbyte', 'debezium', 'debezium_flattened', 'dlt', "
        "'fivetran', 'generic', 'stitch'\n  got: the string 'maxwell'"
    )),
    ("cdc_normalize", ("log", ["id"]), {"fields": ["op"]}, (
        f"{HEAD}'fields'\n  expected: a mapping, such as {{'op': 'op', 'ts': 'changed_at'}}\n  got: a list of 1"
    )),
    ("cdc_normalize", ("log", ["id"]), {"fields": {"operation": "op"}}, (
        f"{HEAD}'fields'\n  expected: one of 'deleted', 'message_key', 'old_key', 'op', 'payload', 'seq', "
        "'ts', 'value'\n  got: the string 'operation'"
    )),
    ("cdc_normalize", ("log", ["id"]), {"fields": {"op": "op", "ts": "ts"}}, (
        f"{HEAD}'fields'\n  expected: the column of 'seq', which a generic log must have\n"
        "  got: no 'seq'\n  hint: write fields={'seq': '…'}"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "dlt", "exclude": "a,b"}, (
        f"{HEAD}'exclude'\n{LIST}\n  got: the string 'a,b'\n  hint: write ['a', 'b']"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "dlt", "op_values": {"update": "U"}}, (
        f"{HEAD}'op_values'\n  expected: a list of what the log writes, such as {{'update': ['U']}}\n"
        "  got: the string 'U'"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "dlt", "op_values": {"upsert": ["U"]}}, (
        f"{HEAD}'op_values'\n  expected: one of 'create', 'delete', 'read', 'truncate', 'update'\n"
        "  got: the string 'upsert'"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "dlt", "encodings": ["id"]}, (
        f"{HEAD}'encodings'\n  expected: a mapping, such as {{'price': 'decimal(2)'}}\n  got: a list of 1"
    )),
    ("cdc_normalize", ("log", ["id"]), {"format": "dlt", "encodings": {"id": "decimal(2, 1)"}}, (
        f"{HEAD}'encodings'\n  expected: one of 'bytes', 'decimal(<scale>)', 'variable_decimal', 'date', "
        "'micro_time', 'micro_timestamp', 'nano_time', 'nano_timestamp', 'time', 'timestamp'\n"
        "  got: the string 'decimal(2, 1)' for 'id'"
    )),
    ("cdc_normalize", ("log", ["i" * 64]), {"format": "dlt", "fields": {"deleted": "d" * 64}}, (
        f"{HEAD}'key'\n  expected: at most 63 bytes, which is all that postgres keeps of a name\n"
        f"  got: 64 bytes: '{'i' * 64}'"
    )),
    ("test_cdc_gap", ("log", ""), {}, (
        "headwater.cdc_gap(): bad argument 'position'\n"
        "  expected: the name of one column or relation\n  got: an empty string"
    )),
    ("test_cdc_gap", ("log", "seq"), {"per": "shard"}, (
        f"headwater.cdc_gap(): bad argument 'per'\n{LIST}\n  got: the string 'shard'\n  hint: write ['shard']"
    )),
    ("test_cdc_lag", ("log", "ts", "90"), {}, (
        "headwater.cdc_lag(): bad argument 'max_minutes'\n"
        "  expected: a number of minutes above 0\n  got: the string '90'"
    )),
    ("test_cdc_lag", ("log", "ts", 0), {}, (
        "headwater.cdc_lag(): bad argument 'max_minutes'\n"
        "  expected: a number of minutes above 0\n  got: the number 0"
    )),
]  # fmt: skip


@pytest.mark.parametrize(("macro", "words", "options", "text"), CALLS)
def test_bad_arguments(
    macro: str, words: tuple[Any, ...], options: dict[str, Any], text: str
) -> None:
    with pytest.raises(WrongArgumentError) as raised:
        Package("postgres").sql(macro, *words, **options)
    assert str(raised.value) == text


def _config(key: str = "['customer_id']", **options: str) -> str:
    meta = ", ".join(f"'{name}': {value}" for name, value in options.items())
    return f"materialized='cdc_apply', unique_key={key}, meta={{'headwater': {{{meta}}}}}"


BAD = "headwater.cdc_apply(): bad argument "
FORM = "expected: a query with the columns key, op, ts, seq, payload, reason"
#: By config and query what dbt prints. The table `<model>` is there already, but for aliases.
WRONG: dict[tuple[str, str], tuple[str, ...]] = {
    (_config("none"), NORMALIZED): (
        f"{BAD}'unique_key'",
        "expected: a list of column names, such as ['order_id']",
        "got: none",
    ),
    (_config("['customer']"), NORMALIZED): (
        f"{BAD}'unique_key'",
        "expected: columns of the model: customer_id",
        "got: 'customer'",
        "hint: did you mean 'customer_id'?",
    ),
    (_config(deletes="'never'"), NORMALIZED): (
        f"{BAD}'deletes'",
        "expected: one of 'hard', 'soft'",
        "got: the string 'never'",
    ),
    (_config(column_types="['bigint']"), NORMALIZED): (
        f"{BAD}'column_types'",
        "expected: a mapping, such as {'order_id': 'bigint'}",
        "got: a list of 1",
    ),
    (_config(on_schema_change="'sync_all_columns'"), NORMALIZED): (
        f"{BAD}'on_schema_change'",
        "expected: one of 'append_new_columns', 'fail', 'ignore'",
        "got: the string 'sync_all_columns'",
    ),
    (_config(on_schema_change="'fail'"), NORMALIZED.replace('"name"', '"nickname"')): (
        f"{BAD}'on_schema_change'",
        "expected: no new columns (on_schema_change: fail)",
        "got: 'nickname'",
    ),
    (_config(on_null_key="'error'"), NORMALIZED): (
        f"{BAD}'on_null_key'",
        "expected: no such option, since the log alone says what becomes of a row",
        "got: the string 'error'",
    ),
    (_config(lock="'maybe'"), NORMALIZED): (
        f"{BAD}'lock'",
        "expected: one of 'fail', 'none', 'wait'",
        "got: the string 'maybe'",
    ),
    (_config(), "select 1 as customer_id, 'new' as name"): (
        f"{BAD}'sql'",
        FORM,
        "got: no column 'key'",
        "hint: select from cdc_normalize()",
    ),
    (_config(), NORMALIZED.replace("::jsonb as payload", "as payload")): (
        f"{BAD}'sql'",
        "expected: 'payload' of type jsonb, as cdc_normalize() writes it",
        "got: type text",
    ),
    (_config(), NORMALIZED.replace('"name"', '"_cdc_seq"')): (
        f"{BAD}'sql'",
        "expected: rows without a column '_cdc_seq', which cdc_apply keeps itself",
        "got: '_cdc_seq' in a payload",
    ),
    (_config(), NORMALIZED.replace('"name"', f'"{"n" * 64}"')): (
        "headwater.quote_identifier(): bad argument 'name'",
        "expected: at most 63 bytes, which is all that postgres keeps of a name",
        f"got: 64 bytes: '{'n' * 64}'",
    ),
    (_config() + ", alias='a_view'", NORMALIZED): (
        f"{BAD}'this'",
        "expected: a table, or nothing of that name yet",
        'got: the view "{database}"."hw_cdc_errors"."a_view"',
        "hint: run with --full-refresh to put a table in its place",
    ),
    (
        _config("['idd']") + ", alias='not_there_yet'",
        "{{ headwater.cdc_normalize('select 1 as id, 2 as seq, now() as ts, 1 as op', ['idd'],"
        f" fields={OPS}, op_values={{'update': ['1']}}) }}}}",
    ): (
        f"{BAD}'unique_key'",
        "expected: columns of the model: id",
        "got: 'idd'",
        "hint: did you mean 'id'?",
    ),
    (
        _config("['id']"),
        "{{ headwater.cdc_normalize('select 1 as id, 2 as seq, now() as ts, 1 as op', ['idd'],"
        f" fields={OPS}, op_values={{'update': ['1']}}) }}}}",
    ): (
        f"{BAD}'sql'",
        "expected: changes whose key is id",
        "got: rows with it, and no key",
        "hint: write the key of unique_key in cdc_normalize(), too",
    ),
}


@pytest.fixture(scope="module")
def wrong(
    postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DbtProject, Ran]]:
    """One model per config, run once, most of them on a table of three rows."""
    project = new_project(tmp_path_factory.mktemp("cdc_errors"), SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA)
    project.sql(f"create schema {SCHEMA}; create view {SCHEMA}.a_view as select 1 as customer_id")
    for number, (config, query) in enumerate(WRONG):
        project.write({f"models/wrong_{number:02}.sql": f"{{{{ config({config}) }}}}\n{query}"})
        if "alias" not in config:
            project.sql(
                f"create table {SCHEMA}.wrong_{number:02} as select customer_id, 'old' as name"
                " from generate_series(1, 3) as customer_id"
            )
    with session(project) as dbt:
        yield project, dbt.run("run")
    drop(postgres, SCHEMA)


def test_bad_input_is_named_and_the_table_stays(wrong: tuple[DbtProject, Ran]) -> None:
    project, ran = wrong
    different = {}
    for number, ((config, query), lines) in enumerate(WRONG.items()):
        status, message = ran[f"wrong_{number:02}"]
        wanted = [line.replace("{database}", project.server["PGDATABASE"]) for line in lines]
        if status != "error" or said(message) != wanted:
            different[config, query] = message
        if "alias" not in config:
            found = project.sql(f"select customer_id, name from wrong_{number:02} order by 1")
            assert found == [(1, "old"), (2, "old"), (3, "old")], config
    assert not different, "\n".join(f"{k}\n{v}" for k, v in different.items())
    assert project.sql("select to_regclass('not_there_yet')") == [(None,)]


def test_a_table_of_somebody_else(dbt_project: DbtProject) -> None:
    """Without rights on the rows, and without ownership where the table must change."""
    model = f"{{{{ config({_config()}) }}}}\n{NORMALIZED}"
    dbt_project.write({f"models/{table}.sql": model for table in ("closed", "borrowed")})
    with guest_of(dbt_project) as (name, guest), session(dbt_project) as dbt:
        dbt_project.sql(
            "create table closed as select 1::numeric as customer_id, 'old' as name;"
            "create table borrowed as select 1::numeric as customer_id, 'old' as name;"
            f"grant select, insert, update, delete on borrowed to {name}"
        )
        ran = dbt.run("run", env=guest)
        owner = dbt_project.server["PGUSER"]
        where = f'"{dbt_project.server["PGDATABASE"]}"."{dbt_project.schema}".'
        rights = f"a table on which '{name}' has select, insert, update and delete"
        owned = f"a table that '{name}' owns, since it must be altered"
        for table, argument, expected in (
            ("closed", "this", rights),
            ("borrowed", "on_schema_change", owned),
        ):
            assert ran[table][0] == "error"
            assert said(ran[table][1])[:3] == [
                f"{BAD}'{argument}'",
                f"expected: {expected}",
                f"got: {where}\"{table}\" of '{owner}'",
            ]
            assert dbt_project.sql(f"select name from {table}") == [("old",)]


LONG = "é" * 31 + "x"  # 63 bytes
AWKWARD = ["order", "Mixed Case", LONG, "it's", 'a"b']


def test_awkward_names_and_types(dbt_project: DbtProject) -> None:
    """A key of five columns, quoted names, arrays, JSON and a type that cuts nothing off."""
    types = {
        **dict.fromkeys(AWKWARD, "text"),
        "tags": "text[]", "spot": "int4range", "plain": "json", "code": "varchar(3)",
    }  # fmt: skip
    dbt_project.write(
        {
            "models/awkward.sql": f"{{{{ config({_config(repr(AWKWARD), column_types=repr(types))}) }}}}\n"
            f"{{{{ headwater.cdc_normalize('select * from ' ~ target.schema ~ '.log', {AWKWARD!r},"
            " fields={'op': 'op', 'ts': 'ts', 'seq': 'seq', 'payload': 'doc'}) }}"
        }
    )
    values = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}', 'k'" for name in AWKWARD)
    dbt_project.sql(
        f"create schema {dbt_project.schema}; create table log as select 'update' as op, now() as ts,"
        f" n as seq, jsonb_build_object({values}) || part as doc from (values"
        """ (1, '{"tags": ["a", "b,c"], "spot": "[1,3)", "plain": {"x": 1}, "code": "abc"}'::jsonb),"""
        """ (2, '{"tags": ["d"]}'), (3, '{"code": "too long"}'), (4, '{"plain": null}'), (5, '{"spot": "x"}')"""
        ") as given (n, part)"
    )
    with session(dbt_project) as dbt:
        dbt.succeed("run")
        dbt_project.sql(
            "alter table awkward add column size int generated always as (length(code)) stored,"
            " add column number int generated always as identity;"
            """insert into log select op, ts, 9, doc || '{"code": "x", "number": 7}' from log limit 1"""
        )
        dbt.succeed("run")
        dbt.succeed("run")
    rows = dbt_project.sql(
        'select "order", "it\'s", tags, spot::text, plain, code, size from awkward'
    )
    assert rows == [("k", "k", ["a", "b,c"], "[1,3)", {"x": 1}, "x", 1)]
    bad = dbt_project.sql("select reason from awkward_quarantine order by 1")
    assert bad == [("bad value in code",), ("bad value in spot",)]
