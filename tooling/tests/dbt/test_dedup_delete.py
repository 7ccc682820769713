"""dedup_delete deletes what dedup() leaves out, all of it or nothing, and says what it would do."""

from __future__ import annotations

import json
import re
from typing import Any

import dbt_steps
import duckdb
from projects import DbtProject

TABLE = """
create table {name} as
select (n % 40) as "Key", case when n % 7 = 0 then null else n end as moment, cast('[1]' as json) as note
from generate_series(1, 200) as rows (n)
"""
IDENTICAL = "insert into {name} select null, null, cast('[2]' as json) from generate_series(1, 3)"


def command(**arguments: Any) -> str:
    """The run-operation as it is written on the command line."""
    given = {"key": ["Key"], "order_by": ["moment"]} | arguments
    return f"run-operation headwater.dedup_delete --args '{json.dumps(given)}'"


def messages(output: str) -> list[str]:
    """What the operation said."""
    return re.findall(r"headwater\.dedup_delete\(\): (.*?)(?:\x1b|$)", output, re.MULTILINE)


def invoke(project: DbtProject, *steps: str, code: int = 0, target: str = "postgres") -> str:
    """Several dbt commands in one process; what they said."""
    _, env = project.command()
    env |= {"HEADWATER_TARGET": target, "HEADWATER_DUCKDB": str(project.folder / "it.duckdb")}
    done = dbt_steps.run(steps, project.folder, env, quiet=True)
    assert done.returncode == code, done.stdout
    return str(done.stdout)


def rows(project: DbtProject, name: str) -> list[tuple[Any, ...]]:
    """What is left, by key."""
    return project.sql(f'select "Key", moment, count(*) from {name} group by 1, 2 order by 1, 2')


def test_it_deletes_what_dedup_leaves_out(dbt_project: DbtProject) -> None:
    dbt_project.sql(f'create schema "{dbt_project.schema}"')
    dbt_project.sql(TABLE.format(name='"Deliveries"') + ";" + IDENTICAL.format(name='"Deliveries"'))
    dbt_project.sql(
        'create table parts (id integer, day integer, "Key" integer, moment integer) partition by list (day);'
        "create table parts_1 partition of parts for values in (1);"
        "create table parts_2 partition of parts for values in (2);"
        "insert into parts values (1, 1, 7, 1), (2, 2, 7, 2), (3, 2, 7, 1), (4, 1, 8, null)"
    )
    name = f"{dbt_project.schema}.Deliveries"
    before = rows(dbt_project, '"Deliveries"')
    output = invoke(
        dbt_project,
        command(relation=name),
        command(relation=name, null_keys="keep_all", dry_run=False, batch_size=50),
        command(relation=name, dry_run=False),
        command(relation=name, dry_run=False),
        command(relation="parts", dry_run=False),
    )
    said = [re.sub(r'"[^ ]*"', "the table", line) for line in messages(output)]
    assert said == [
        "162 surplus rows in the table; nothing deleted (dry_run)",
        "160 surplus rows deleted from the table in 4 batches",
        "2 surplus rows deleted from the table in 1 batches",
        "0 surplus rows deleted from the table in 0 batches",
        "2 surplus rows deleted from the table in 1 batches",
    ]
    assert sum(count for *_, count in before) == 203
    newest = [
        (key, max(n for n in range(1, 201) if n % 40 == key and n % 7), 1) for key in range(40)
    ]
    assert rows(dbt_project, '"Deliveries"') == [*newest, (None, None, 1)]
    assert dbt_project.sql("select id from parts order by id") == [(2,), (4,)]


def test_on_duckdb_too(dbt_project: DbtProject) -> None:
    path = dbt_project.folder / "it.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create schema {dbt_project.schema}; use {dbt_project.schema}")
        connection.execute(TABLE.format(name="deliveries"))
    name = f"{dbt_project.schema}.deliveries"
    output = invoke(
        dbt_project,
        command(relation=name),
        command(relation=name, dry_run=False, batch_size=50),
        command(relation=name, dry_run=False),
        target="duckdb",
    )
    said = [line.partition(" surplus rows ") for line in messages(output)]
    assert [(head, tail.split(" ")[0]) for head, _, tail in said] == [
        ("160", "in"),
        ("160", "deleted"),
        ("0", "deleted"),
    ]
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"use {dbt_project.schema}")
        left = connection.execute('select "Key", moment from deliveries order by 1').fetchall()
    assert left == [(k, max(n for n in range(1, 201) if n % 40 == k and n % 7)) for k in range(40)]


BREAK = """
create function refuse() returns trigger language plpgsql as
$$ begin if old.moment > 100 then raise exception 'not this one'; end if; return old; end $$;
create trigger refuse before delete on deliveries for each row execute function refuse();
"""


def test_a_failure_half_way_leaves_everything(dbt_project: DbtProject) -> None:
    """The third batch fails: what the first two deleted is back."""
    dbt_project.sql(f'create schema "{dbt_project.schema}"')
    dbt_project.sql(TABLE.format(name="deliveries") + ";" + BREAK)
    before = rows(dbt_project, "deliveries")
    output = invoke(
        dbt_project,
        command(relation="deliveries", keep="first", dry_run=False, batch_size=10),
        code=1,
    )
    assert "not this one" in output
    assert rows(dbt_project, "deliveries") == before


WRONG = {
    "it is not there": (
        {"relation": "nowhere"},
        "expected: the name of a table, such as 'shop.orders'",
        "got: 'nowhere', which is not there",
    ),
    "it is a view": (
        {"relation": "a_view"},
        "expected: the name of a table, such as 'shop.orders'",
        "got: 'a_view', which is a view",
    ),
    "the key is misspelt": (
        {"relation": "deliveries", "key": ["Keyy"]},
        "expected: columns of the relation: Key, moment, note",
        "got: 'Keyy'",
    ),
    "nothing would be kept": (
        {"relation": "deliveries", "null_keys": "drop"},
        "expected: one of 'group', 'keep_all'",
        "got: the string 'drop'",
    ),
    "a batch of nothing": (
        {"relation": "deliveries", "batch_size": 0},
        "expected: a number of rows, at least 1",
        "got: the number 0",
    ),
}


def test_wrong_calls_are_refused_and_change_nothing(dbt_project: DbtProject) -> None:
    dbt_project.sql(f'create schema "{dbt_project.schema}"')
    dbt_project.sql(
        TABLE.format(name="deliveries") + "; create view a_view as select * from deliveries"
    )
    for number, (arguments, *_) in enumerate(WRONG.values()):
        given = json.dumps({"key": ["Key"], "dry_run": False} | arguments)
        sql = f"{{% if execute %}}{{{{ headwater.dedup_delete(**fromjson('{given}')) }}}}{{% endif %}}"
        dbt_project.write({f"models/wrong_{number}.sql": sql})
    before = rows(dbt_project, "deliveries")
    ran = dbt_project.run("run", code=1)
    for number, (case, (_, expected, got)) in enumerate(WRONG.items()):
        message = str(ran.results[f"model.consumer.wrong_{number}"]["message"])
        said = [line.strip() for line in message.splitlines()]
        assert expected in said, case
        assert got in said, case
    assert rows(dbt_project, "deliveries") == before
