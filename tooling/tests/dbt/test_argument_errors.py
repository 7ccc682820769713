"""What watermarks, filters, locks, drift, deduplication and cdc_gap say of wrong arguments: in whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from dbt_sessions import session
from projects import drop, link_package, new_project, said

SCHEMA = "hw_argument_errors"
HAS = "columns of the relation: day, doc, grp, id, moment (+2)"
NAME = "the name of one column or relation"
NAMES = "a list of column names, such as ['customer_id', 'valid_from']"
TABLE = "a table or view, such as ref('orders')"
THERE = "a table or view that is there"
AGO = "a length of time such as '3 days', or for a column of numbers a number"
LENGTH = "a number and a unit, such as '3 days' or '90 minutes'"
BYTES = "at most 63 bytes, which is all that postgres keeps of a name"
SORTED = "a list of column names with or without 'desc', such as ['updated_at desc']"
RATIO = "a number above 0 and up to 1: 0.01 lets less than one row in a hundred repeat"
COMPARED = "a column whose values can be compared"
WHOLE = "a column of whole numbers"
CAST = "cast it in the model's query, if its texts are whole numbers without gaps"
EXPRESSION = "give the expression a name in a select, and pass that select"
LONG = "n" * 64
ROWS = "relation=ref('rows')"

# Each call, and argument, expected, got and hint of what is said; three marks stand for what only one
# engine says: its name, with what it says instead, or nothing where it takes the call.
WRONG: dict[str, tuple[str, ...]] = {
    "watermark()": ("column", NAME, "nothing"),
    f"watermark(['moment'], {ROWS})": ("column", NAME, "a list of 1"),
    f"watermark('momemt', {ROWS})": ("column", HAS, "'momemt'", "did you mean 'moment'?"),
    f"watermark('max(moment)', {ROWS})": ("column", HAS, "'max(moment)'", EXPRESSION),
    f"watermark('moment', '', {ROWS})": ("lookback", AGO, "an empty string"),
    f"watermark('moment', true, {ROWS})": ("lookback", AGO, "the boolean true"),
    f"watermark('moment', ['3 days'], {ROWS})": ("lookback", AGO, "a list of 1"),
    f"watermark('moment', {{'days': 3}}, {ROWS})": ("lookback", AGO, "a mapping"),
    f"watermark('num', '3', {ROWS})": ("lookback", AGO, "the string '3'"),
    f"watermark('num', -3, {ROWS})": ("lookback", AGO, "the number -3"),
    f"watermark('moment', '3 lightyears', {ROWS})": (
        "lookback", LENGTH, "the string '3 lightyears'",
    ),
    f"watermark('moment', '-3 days', {ROWS})": ("lookback", LENGTH, "the string '-3 days'"),
    f"watermark('moment', 3, {ROWS})": (
        "lookback", "a length of time such as '3 days', since 'moment' is of type <moment>",
        "the number 3",
    ),
    f"watermark('num', '3 days', {ROWS})": (
        "lookback", "a number that is not below 0, since 'num' is of type <num>",
        "the string '3 days'",
    ),
    f"watermark('grp', 3, {ROWS})": (
        "lookback", "none, since 'grp' is of type <grp>", "the number 3",
    ),
    "watermark('moment', relation='rows')": ("relation", TABLE, "the string 'rows'"),
    "watermark('moment', relation=7)": ("relation", TABLE, "the number 7"),
    "watermark('moment', relation={'a': 1})": ("relation", TABLE, "a mapping"),
    "watermark('moment', relation=nowhere)": ("relation", THERE, "<nowhere>"),
    "watermark('moment', relation=ref('passing'))": (
        "relation", TABLE, "'__dbt__cte__passing', which is ephemeral",
    ),
    f"watermark('moment', where='', {ROWS})": (
        "where", "an SQL expression, such as 'email'", "an empty string",
    ),
    f"watermark('moment', where=['a'], {ROWS})": (
        "where", "an SQL expression, such as 'email'", "a list of 1",
    ),
    "incremental_filter()": ("column", NAME, "nothing"),
    "incremental_filter('momemt')": ("column", HAS, "'momemt'", "did you mean 'moment'?"),
    "incremental_filter('moment', by='grp')": (
        "by", NAMES, "the string 'grp'", "write ['grp']",
    ),
    "incremental_filter('moment', by={})": ("by", NAMES, "a mapping"),
    "incremental_filter('moment', by=['grpp'])": ("by", HAS, "'grpp'", "did you mean 'grp'?"),
    "incremental_filter('moment', source_column='')": (
        "source_column", NAME, "an empty string",
    ),
    "incremental_filter('moment', nulls='last')": (
        "nulls", "one of 'drop', 'keep'", "the string 'last'",
    ),
    "incremental_filter('moment', relation='rows')": ("relation", TABLE, "the string 'rows'"),
    "incremental_filter('moment', where=7)": (
        "where", "an SQL expression, such as 'email'", "the number 7",
    ),
    "incremental_filter('moment', 3)": (
        "lookback", "a length of time such as '3 days', since 'moment' is of type <moment>",
        "the number 3",
    ),
    "lock()": ("name", NAME, "nothing"),
    "lock({'a': 1})": ("name", NAME, "a mapping"),
    "lock('x', wait='no')": ("wait", "true or false", "the string 'no'"),
    "lock('x', wait=0)": ("wait", "true or false", "the number 0"),
    "lock('x', scope='row')": (
        "scope", "one of 'session', 'transaction'", "the string 'row'",
    ),
    "unlock()": ("name", NAME, "nothing"),
    "schema_drift(none, ref('rows'))": ("relation", TABLE, "none"),
    "schema_drift(ref('rows'))": ("expected", TABLE, "nothing"),
    "schema_drift(ref('rows'), 'rows')": ("expected", TABLE, "the string 'rows'"),
    "schema_drift(nowhere, ref('rows'))": ("relation", THERE, "<nowhere>"),
    "schema_drift(ref('rows'), nowhere)": ("expected", THERE, "<nowhere>"),
    "dedup(ref('rows'))": ("key", NAMES, "nothing"),
    "dedup(missing, ['id'])": (
        "relation", "a relation such as ref('orders'), the name of a CTE, or a select", "nothing",
    ),
    "dedup(ref('rows'), ['id'], [{'column': 'moment', 'nulls': 'first'}])": (
        "order_by", SORTED, "a mapping at position 1",
    ),
    "dedup(ref('rows'), ['id'], [{'column': 'moment', 'expression': 'num'}])": (
        "order_by", SORTED, "a mapping at position 1",
    ),
    "test_duplicate_ratio_below(ref('rows'), ['id'])": ("ratio", RATIO, "nothing"),
    "test_duplicate_ratio_below(ref('rows'), ['id'], nan)": ("ratio", RATIO, "the number nan"),
    "test_cdc_gap(ref('rows'), 'numm')": ("position", HAS, "'numm'", "did you mean 'num'?"),
    "test_cdc_gap(ref('rows'), 'moment')": (
        "position", WHOLE, "'moment' of type <moment, lower>", CAST,
    ),
    "test_cdc_gap(ref('rows'), 'grp')": ("position", WHOLE, "'grp' of type <grp>", CAST),
    "test_cdc_gap(ref('rows'), 'num', per='')": ("per", NAMES, "an empty string"),
    "test_cdc_gap(ref('rows'), 'num', per=['grpp'])": (
        "per", HAS, "'grpp'", "did you mean 'grp'?",
    ),
}  # fmt: skip

# What only Postgres refuses.
ONLY_POSTGRES: dict[str, tuple[str, ...]] = {
    f"watermark('MOMENT', {ROWS})": ("column", HAS, "'MOMENT'", "did you mean 'moment'?"),
    f"watermark('{LONG}', {ROWS})": ("column", BYTES, f"64 bytes: '{LONG}'"),
    f"watermark('doc', {ROWS})": ("column", COMPARED, "'doc' of type json"),
    "incremental_filter('moment', by=['doc'])": ("by", COMPARED, "'doc' of type json"),
    f"incremental_filter('moment', source_column='{LONG}')": (
        "source_column", BYTES, f"64 bytes: '{LONG}'",
    ),
    f"dedup('select * from ' ~ ref('rows'), ['id'], ['{LONG}'])": (
        "order_by", BYTES, f"64 bytes: '{LONG}'",
    ),
    "test_cdc_gap(ref('rows'), 'num', per=['doc'])": ("per", COMPARED, "'doc' of type json"),
}  # fmt: skip

# What may be written, though it may not seem so.
RIGHT = (
    f"watermark('moment', '3 Days', {ROWS})",
    f"watermark('moment', '1 quarter', {ROWS})",
    f"watermark('day', 3, {ROWS})",
    f"watermark('tags', {ROWS})",
    "incremental_filter('moment', by=('grp',))",
    "incremental_filter('moment', by=none)",
    f"lock('{'x' * 200}')",
    "lock('a \"$headwater$\" 100% it\\'s', wait=false)",
    "unlock('not held')",
    "schema_drift(ref('rows'), ref('rows'))",
    "dedup(ref('rows'), ('id', 'grp'), order_by=('moment desc',), columns=('id', 'grp'))",
    "test_cdc_gap(ref('rows'), 'num', per=('grp',))",
)
TYPES = {
    "postgres": {"moment": "timestamp without time zone", "num": "integer", "grp": "text"},
    "duckdb": {"moment": "TIMESTAMP", "num": "INTEGER", "grp": "character varying(256)"},
}
HEAD = (
    "{{ config(materialized='MADE') }}\n-- depends_on: {{ ref('rows') }} {{ ref('passing') }}\n"
    "{% set nowhere = api.Relation.create(database=target.database, schema=target.schema,"
    " identifier='nowhere') %}{% set nan = (target.name[:0] ~ 'nan') | float %}"
)
TABLE_SQL = """
select 1 as id, 'a' as grp, timestamp '2026-01-05 10:00' as moment, date '2026-01-05' as day,
    5 as num, cast('{"a": 1}' as json) as doc, cast(array[timestamp '2026-01-05'] as timestamp[]) as tags
"""


def model(call: str) -> str:
    """A model that makes the call, and runs what is a statement."""
    body = f"{{% if execute %}}{{{{ headwater.{call} }}}}{{% endif %}}"
    if call.startswith("incremental_filter"):
        head = HEAD.replace("MADE", "incremental")
        return f"{head}select * from {{{{ ref('rows') }}}} where {body or 'true'}"
    head = HEAD.replace("MADE", "table")
    if call.startswith("watermark"):
        return f"{head}select {body} as mark"
    if call.startswith(("lock", "unlock")):
        run = "{% if execute and said | trim %}{% do run_query(said) %}{% endif %}"
        return f"{head}{{% set said %}}{body}{{% endset %}}{run}select 1 as mark"
    if call.startswith("schema_drift"):
        return f"{head}select 1 as mark {{# {call} #}}{{% if execute %}}{{% do headwater.{call} %}}{{% endif %}}"
    return head + body


@pytest.mark.parametrize("engine", TYPES)
def test_every_argument(engine: str, postgres: Mapping[str, str], tmp_path: Path) -> None:
    project = new_project(tmp_path, SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA)
    wrong = WRONG | (ONLY_POSTGRES if engine == "postgres" else {})
    right = [call for call in RIGHT if engine == "postgres" or "lock" not in call]
    calls = [*wrong, *right]
    files = {f"models/call_{number:02}.sql": model(call) for number, call in enumerate(calls)}
    files["models/rows.sql"] = "{{ config(materialized='table') }}" + TABLE_SQL
    files["models/passing.sql"] = "{{ config(materialized='ephemeral') }}" + TABLE_SQL
    project.write(files)
    database = postgres["PGDATABASE"] if engine == "postgres" else "consumer"
    with session(project, engine) as dbt:
        # A filter asks the table that it fills, so there must be one.
        run = dbt.duckdb if engine == "duckdb" else project.sql
        filters = [
            number for number, call in enumerate(calls) if call.startswith("incremental_filter")
        ]
        run(f"create schema {SCHEMA}")
        run(";".join(f"create table {SCHEMA}.call_{n:02} as {TABLE_SQL}" for n in filters))
        ran = dbt.run("run")
    assert "" not in ran, ran[""]
    different = {}
    for number, call in enumerate(calls):
        status, message = ran[f"call_{number:02}"]
        if call in right:
            if status != "success":
                different[call] = message
            continue
        argument, expected, got, *hint = wrong[call]
        macro = call.partition("(")[0].removeprefix("test_")
        lines = [f"headwater.{macro}(): bad argument '{argument}'", f"expected: {expected}"]
        lines += [f"got: {got}", *(f"hint: {text}" for text in hint)]
        text = "\n".join(lines).replace("<nowhere>", f'"{database}"."{SCHEMA}"."nowhere"')
        for name, kind in TYPES[engine].items():
            text = text.replace(f"<{name}>", kind).replace(f"<{name}, lower>", kind.lower())
        if status != "error" or said(message) != text.splitlines():
            different[call] = f"{message}\nwanted:\n{text}"
    assert not different, "\n".join(f"{call}\n{text}" for call, text in different.items())
    drop(postgres, SCHEMA)
