"""cdc_apply on a real Postgres: any order, any batches, replays, two sessions equal the model."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from cdc_models import Change, after
from dbt_sessions import Session, session
from hypothesis import HealthCheck, event, given, settings
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_cdc_apply"
COLUMNS = ("amount", "note", "document")
LANES = 6  # logs that one run of dbt applies, each to a table of its own
MODEL = """
{{ config(materialized='cdc_apply', unique_key=['id'], meta={'headwater': {
    'deletes': '%(deletes)s',
    'column_types': {'id': 'bigint', 'amount': 'numeric(10, 2)', 'note': 'text', 'document': headwater.json_type()},
}}) }}
{{ headwater.cdc_normalize(
    "select op, seq, ts, id, old_id, doc from " ~ target.schema ~ ".log where lane = %(lane)s",
    ['id'], fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'doc', 'old_key': {'id': 'old_id'}}
) }}
"""

LOG_COLUMNS = "lane int, op text, seq text, ts text, id int, old_id int, doc"
values = st.fixed_dictionaries(
    {"amount": st.sampled_from([None, 1.5, 20]), "note": st.sampled_from([None, "", "a", 'q"o'])},
    optional={"document": st.sampled_from([None, {"a": [1]}, "big"])},
)
kinds = st.tuples(
    st.sampled_from(["create", "update", "update", "update", "delete", "truncate"]),
    st.sampled_from([1, 2, 3]),
    st.sampled_from([None, None, None, 1, 2]),
    values,
)


@st.composite
def logs(draw: st.DrawFn) -> list[Change]:
    """A log in the order of its positions."""
    log = []
    for place, (op, key, old, given_values) in enumerate(draw(st.lists(kinds, max_size=10))):
        full = {"document": None} | given_values if op == "create" else given_values
        moves = old if op == "update" and old != key else None
        if op == "truncate":
            log.append(Change(10 * place + 10, op))
        else:
            log.append(Change(10 * place + 10, op, key, moves, {} if op == "delete" else full))
    return log


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Change], list[list[Change]]]:
    """A log, and how it arrives: in any order, in batches, some changes more than once."""
    log = draw(logs())
    again = draw(st.lists(st.sampled_from(log), max_size=3)) if log else []
    arriving = draw(st.permutations(log + again))
    cuts = sorted(draw(st.lists(st.integers(0, len(arriving)), min_size=2, max_size=2)))
    return log, [arriving[: cuts[0]], arriving[cuts[0] : cuts[1]], arriving[cuts[1] :]]


def literal(change: Change, lane: int) -> str:
    """A change as a row of the log's table."""
    document = "null"
    if change.op in ("create", "update"):
        text = json.dumps({"id": change.key, **change.values}).replace("'", "''")
        document = f"'{text}'"
    key, old = (("null" if k is None else str(k)) for k in (change.key, change.old_key))
    moment = f"'2026-01-01 00:00:{change.seq % 60:02}'"
    return f"({lane}, '{change.op}', '{change.seq}', {moment}, {key}, {old}, {document})"


def load(project: DbtProject, batches: Sequence[Sequence[Change]]) -> None:
    """Make these the changes that the models read, one batch per lane."""
    rows = [literal(change, lane) for lane, batch in enumerate(batches) for change in batch]
    insert = f"insert into {SCHEMA}.log values {', '.join(rows)};" if rows else ""
    project.sql(f"delete from {SCHEMA}.log; {insert}")


def table(project: DbtProject, name: str, *, soft: bool = False) -> list[dict[str, Any]]:
    """The rows of a model, by key."""
    deleted = "_cdc_deleted_at is not null" if soft else "false"
    found = project.sql(
        f"select id, amount, note, document, {deleted} from {SCHEMA}.{name} order by id"
    )
    names = ("id", *COLUMNS, "is_deleted")
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return [
        row | {"amount": None if row["amount"] is None else float(row["amount"])} for row in rows
    ]


@pytest.fixture(scope="module")
def running(
    postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DbtProject, Session]]:
    """A project with a hard and a soft model per lane, and a session that runs them."""
    folder: Path = tmp_path_factory.mktemp("cdc")
    project = new_project(folder, SCHEMA, postgres)
    link_package(project)
    for lane in range(LANES):
        for deletes in ("hard", "soft"):
            text = MODEL % {"deletes": deletes, "lane": lane}
            project.write({f"models/{deletes}_{lane}.sql": text})
    connection = connect(postgres)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        cursor.execute(f"create table {SCHEMA}.log ({LOG_COLUMNS} jsonb)")
        with session(project) as dbt:
            yield project, dbt
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def test_any_order_any_batches_and_replays_equal_the_model(
    running: tuple[DbtProject, Session],
) -> None:
    project, dbt = running

    @settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(deliveries(), min_size=LANES, max_size=LANES))
    def check(drawn: list[tuple[list[Change], list[list[Change]]]]) -> None:
        for step in range(4):  # the last batch comes again
            load(project, [batches[min(step, 2)] for _, batches in drawn])
            dbt.succeed("run", *(["--full-refresh"] if step == 0 else []))
        for lane, (log, batches) in enumerate(drawn):
            event(f"{len(log)} changes")
            for deletes in ("hard", "soft"):
                soft = deletes == "soft"
                wanted = after(log, COLUMNS, soft=soft)
                wanted = [row | {"is_deleted": row["is_deleted"] and soft} for row in wanted]
                assert table(project, f"{deletes}_{lane}", soft=soft) == wanted, (deletes, batches)

    check()


def test_any_order_any_batches_and_replays_equal_the_model_on_duckdb(
    running: tuple[DbtProject, Session],
) -> None:
    """The models of the first lanes, with what the DuckDB file has."""
    project, _ = running
    models = [f"{deletes}_{lane}" for deletes in ("hard", "soft") for lane in range(2)]
    with session(project, "duckdb") as dbt:
        dbt.duckdb(f"create schema if not exists {SCHEMA}")
        dbt.duckdb(f"create or replace table {SCHEMA}.log ({LOG_COLUMNS} json)")

        @settings(
            max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(st.lists(deliveries(), min_size=2, max_size=2))
        def check(drawn: list[tuple[list[Change], list[list[Change]]]]) -> None:
            for step in range(4):
                dbt.duckdb(f"delete from {SCHEMA}.log")
                for lane, (_, batches) in enumerate(drawn):
                    rows = [literal(change, lane) for change in batches[min(step, 2)]]
                    if rows:
                        dbt.duckdb(f"insert into {SCHEMA}.log values {', '.join(rows)}")
                dbt.succeed("run", "-s", *models, *(["--full-refresh"] if step == 0 else []))
            for lane, (log, batches) in enumerate(drawn):
                for deletes in ("hard", "soft"):
                    soft = deletes == "soft"
                    wanted = [
                        row | {"is_deleted": row["is_deleted"] and soft}
                        for row in after(log, COLUMNS, soft=soft)
                    ]
                    found = table_on_duckdb(dbt, f"{deletes}_{lane}", soft=soft)
                    assert found == wanted, (deletes, batches)

        check()


def table_on_duckdb(dbt: Session, name: str, *, soft: bool) -> list[dict[str, Any]]:
    """The rows of a model, by key, as `table` gives them."""
    deleted = "_cdc_deleted_at is not null" if soft else "false"
    found = dbt.duckdb(
        f"select id, amount, note, document, {deleted} from {SCHEMA}.{name} order by id"
    )
    return [
        {
            "id": key,
            "amount": None if amount is None else float(amount),
            "note": note,
            "document": None if document is None else json.loads(document),
            "is_deleted": is_deleted,
        }
        for key, amount, note, document, is_deleted in found
    ]


def long_log(draw: random.Random, count: int) -> list[Change]:
    """A log of some length over a few keys."""
    log = []
    for place in range(count):
        op = draw.choice(["create", "update", "update", "delete"])
        row = {"amount": float(place), "note": f"n{place}"}
        if op == "create" or draw.random() < 0.5:
            row["document"] = {"n": place}
        log.append(Change(place + 1, op, draw.randrange(30), None, {} if op == "delete" else row))
    return log


def one_model(project: DbtProject, name: str, lane: int = 0) -> None:
    """A project with one hard model."""
    project.write({f"models/{name}.sql": MODEL % {"deletes": "hard", "lane": lane}})


def test_two_sessions_at_once_equal_the_model(
    postgres: Mapping[str, str], tmp_path: Path, running: tuple[DbtProject, Session]
) -> None:
    """Two dbt processes apply the same batches side by side, also the first one; none fails."""
    project, _ = running
    draw = random.Random(11)
    log = long_log(draw, 400)
    arriving = log + draw.sample(log, 50)
    draw.shuffle(arriving)
    folders = []
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        folders.append(new_project(tmp_path / str(number), SCHEMA, postgres))
        link_package(folders[-1])
        one_model(folders[-1], "shared")
    with session(folders[0]) as one, session(folders[1]) as other:
        for place in range(0, len(arriving), 150):
            load(project, [arriving[place : place + 150]])
            one.start("run")
            other.start("run")
            for ran in (one.finish(), other.finish()):
                assert {status for status, _ in ran.values()} == {"success"}, ran
    rows = [row | {"is_deleted": False} for row in after(log, COLUMNS)]
    assert table(project, "shared") == rows


def test_bad_changes_are_set_aside_once_with_the_good_ones_applied(
    running: tuple[DbtProject, Session],
) -> None:
    project, dbt = running
    good = Change(10, "create", 1, None, {"amount": 1, "note": "a", "document": None})
    load(project, [[good]])
    project.sql(
        f"insert into {SCHEMA}.log values"
        """ (0, 'explode', '11', '2026-01-01', 1, null, '{"id": 1}'),"""
        """ (0, 'update', 'eleven', '2026-01-01', 1, null, '{"id": 1}'),"""
        """ (0, 'update', '12', '2026-13-01', 1, null, '{"id": 1}'),"""
        # Postgres would take each of these for a time.
        """ (0, 'update', '12.1', '2026-01-0001', 1, null, '{"id": 1}'),"""
        """ (0, 'update', '12.2', '2026-01-04C88', 1, null, '{"id": 1}'),"""
        """ (0, 'update', '12.3', '2026-01-01 10:00 PST', 1, null, '{"id": 1}'),"""
        """ (0, 'update', '13', '2026-01-01', 1, null, '{"id": 1, "amount": "lots"}'),"""
        """ (0, 'update', '14', '2026-01-01', null, null, '{"id": "one"}'),"""
        """ (0, 'update', '15', '2026-01-01', null, null, '{"amount": 3}'),"""
        """ (0, 'update', '16', '2026-01-01', 1, null, null)"""
    )
    dbt.succeed("run", "-s", "hard_0", "--full-refresh")
    dbt.succeed("run", "-s", "hard_0")
    assert [row["note"] for row in table(project, "hard_0")] == ["a"]
    found = project.sql(
        f"select reason, count(*) from {SCHEMA}.hard_0_quarantine"
        " where row_data ->> 'seq' is null or (row_data ->> 'seq')::numeric between 11 and 16"
        " group by 1 order by 1"
    )
    assert found == [
        ("bad value in amount", 1),
        ("bad value in id", 1),
        ("no key", 1),
        ("no position", 1),
        ("no row", 1),
        ("no time", 4),
        ("unknown operation", 1),
    ]


EVOLVING = """
{{ config(materialized='cdc_apply', unique_key=['Id', 'order'], meta={'headwater': {%s}}) }}
{{ headwater.cdc_normalize(
    "select * from " ~ target.schema ~ ".evolving", ['Id', 'order'],
    fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'doc'}
) }}
"""


def test_columns_come_with_the_changes(running: tuple[DbtProject, Session]) -> None:
    """Without declared types they are guessed; a new member becomes a column, unless it may not."""
    project, dbt = running
    project.write(
        {
            "models/evolving_table.sql": EVOLVING % "",
            "models/strict_table.sql": EVOLVING % "'on_schema_change': 'fail'",
            "models/blind_table.sql": EVOLVING % "'on_schema_change': 'ignore'",
        }
    )
    names = ["evolving_table", "strict_table", "blind_table"]
    project.sql(
        f"create table {SCHEMA}.evolving as select 'create' as op, 1 as seq, now() as ts, jsonb_build_object("
        """'Id', 1, 'order', 'a"b', 'amount', 1.5, 'select', true, 'tags', array[1]) as doc"""
    )
    dbt.succeed("run", "-s", *names)
    types = project.sql(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        f" where attrelid = '{SCHEMA}.evolving_table'::regclass and attnum > 0 and left(attname, 4) <> '_cdc'"
        " order by attname"
    )
    assert types == [
        ("Id", "numeric"),
        ("amount", "numeric"),
        ("order", "text"),
        ("select", "boolean"),
        ("tags", "jsonb"),
    ]
    project.sql(f"""update {SCHEMA}.evolving set seq = 2, doc = doc || '{{"new one": "x"}}'""")
    ran = dbt.run("run", "-s", *names)
    assert {name: status for name, (status, _) in ran.items()} == {
        "evolving_table": "success",
        "strict_table": "error",
        "blind_table": "success",
    }
    assert "headwater.cdc_apply(): bad argument 'on_schema_change'" in ran["strict_table"][1]
    assert "got: 'new one'" in ran["strict_table"][1]
    assert project.sql(f'select "new one", _cdc_seq from {SCHEMA}.evolving_table') == [("x", 2)]
    assert project.sql(f"select _cdc_seq from {SCHEMA}.strict_table") == [(1,)]
    assert project.sql(f"select _cdc_seq from {SCHEMA}.blind_table") == [(2,)]
