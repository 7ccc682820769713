"""log_run() writes what happened, hides what is secret, and never ends a run."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import dbt_steps
import pytest
from dbt_sessions import Session, session
from projects import DbtProject, link_package, new_project

from headwater.artifacts.run_log import read_run_log

PROJECT = {
    "name": "consumer", "version": "1.0.0", "config-version": 2, "profile": "consumer",
    "on-run-end": ["{{ headwater.log_run(results, labels={'job': 'nightly'}) }}"],
}  # fmt: skip
MODELS = {
    "models/good.sql": "{{ config(materialized='table') }} select 1 as id union all select 2",
    "models/broken.sql": (
        "select cast('{{ var('key', '1') }}' as integer) as n, 'O''B\\$x$' as t from {{ ref('good') }}"
    ),
    "models/below.sql": "select * from {{ ref('broken') }}",
    "models/schema.yml": """
sources:
  - name: raw
    schema: "{{ target.schema }}"
    config: {loaded_at_field: loaded_at, freshness: {warn_after: {count: 1, period: hour}}}
    tables: [{name: events}, {name: nowhere}]
models:
  - name: good
    columns:
      - name: id
        data_tests:
          - unique
          - accepted_values: {arguments: {values: [1], quote: false}, config: {severity: warn}}
""",
}
SECRET = "hunter-22"
SCHEMA, KEPT = "hw_run_log", "hw_run_log_kept"


@dataclass(frozen=True)
class Logged:
    """A project whose runs are logged, and a dbt for it that stays."""

    project: DbtProject
    dbt: Session

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        return self.project.sql(statement)

    def said(self, *words: str) -> str:
        """What dbt wrote into its own log while it ran a command."""
        return self._logged(words, {"success", "pass", "warn"})

    def refused(self, name: str, args: dict[str, Any], *words: str) -> str:
        """What dbt wrote while it refused to run a macro of the run log."""
        text = json.dumps(args).replace("Infinity", ".inf").replace("NaN", ".nan")
        words = ("run-operation", f"headwater.run_log_{name}", "--args", text, *words)
        return self._logged(words, {"error"})

    def _logged(self, words: tuple[str, ...], ends: set[str]) -> str:
        log = self.project.folder / "logs" / "dbt.log"
        before = log.stat().st_size if log.exists() else 0
        ran = self.dbt.run(*words)
        assert {status for status, _ in ran.values()} <= ends, ran
        return log.read_bytes()[before:].decode()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, postgres: dict[str, str]) -> Iterator[Logged]:
    """A project that was built in several ways."""
    project = new_project(tmp_path_factory.mktemp("logged"), SCHEMA, postgres)
    link_package(project)
    project.write({**MODELS, "dbt_project.yml": json.dumps(PROJECT)})
    project.sql(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
    project.sql("create table events (loaded_at timestamp)")
    project.sql("insert into events values (timestamp '2026-01-01')")
    values = json.dumps({"key": SECRET, "deep": {"k": [SECRET]}})
    with session(project, logs=True) as dbt:
        dbt.run("build", "--vars", values)
        dbt.run("retry")
        dbt.run("build", "--empty", "--select", "good")
        shutil.copytree(project.folder / "target", project.folder / "state")
        dbt.run("run", "--select", "good", "--defer", "--state", "state", "--full-refresh")
        dbt.run("source", "freshness")
        copy_tables(project, SCHEMA, KEPT)
        yield Logged(project, dbt)
    project.sql(f"drop schema {SCHEMA} cascade; drop schema {KEPT} cascade")


def copy_tables(project: DbtProject, source: str, copy: str) -> None:
    """Make one schema anew, with the tables of another and nothing else."""
    names = project.sql(f"select tablename from pg_tables where schemaname = '{source}'")
    steps = [f"drop schema if exists {copy} cascade", f"create schema {copy}"]
    for (name,) in names:
        steps += [
            f"create table {copy}.{name} (like {source}.{name} including all)",
            f"insert into {copy}.{name} select * from {source}.{name}",
        ]
    project.sql("; ".join(steps))


@pytest.fixture
def logged(built: Logged) -> Logged:
    """The project as it was built, whatever the tests before have changed."""
    copy_tables(built.project, KEPT, SCHEMA)
    built.project.write({"dbt_project.yml": json.dumps(PROJECT)})
    return built


def test_what_happened_is_in_the_tables(logged: Logged) -> None:
    assert logged.sql(
        "select command, status, is_retry, is_empty, is_deferred, is_full_refresh, node_count,"
        " error_count, warn_count, skip_count from headwater_run_invocations order by started_at"
    ) == [
        ("build", "error", False, False, False, False, 5, 1, 1, 1),
        ("build", "error", True, False, False, False, 2, 1, 0, 1),
        ("build", "success", False, True, False, False, 3, 0, 0, 0),
        ("run", "success", False, False, True, True, 1, 0, 0, 0),
        ("freshness", "error", False, False, False, False, 2, 1, 1, 0),
    ]
    assert logged.sql(
        "select name, resource_type, materialized, nodes.status, rows_affected,"
        " nodes.seconds > 0, completed_at >= nodes.started_at"
        " from headwater_run_nodes as nodes join headwater_run_invocations using (invocation_id)"
        " where not is_retry and command = 'build' and not is_empty order by name"
    ) == [
        ("below", "model", "view", "skipped", None, False, None),
        ("broken", "model", "view", "error", None, True, True),
        ("good", "model", "table", "success", 2, True, True),
    ]
    assert logged.sql(
        "select distinct on (name) test_type, tested_node_id, column_name, severity, status,"
        " failures from headwater_run_tests order by name, invocation_id"
    )[0][0:4] == ("generic", "model.consumer.good", "id", "warn")
    assert logged.sql(
        "select source_name, name, status, loaded_at, warn_after_seconds, age_seconds > 86400"
        " from headwater_run_sources order by name"
    ) == [
        ("raw", "events", "warn", datetime(2026, 1, 1), 3600, True),
        ("raw", "nowhere", "runtime error", None, 3600, None),
    ]


def test_no_value_of_a_variable_is_kept(logged: Logged) -> None:
    for table in ("invocations", "nodes", "tests", "sources"):
        everything = logged.sql(f"select cast(t as text) from headwater_run_{table} as t")
        assert everything
        assert SECRET not in str(everything)
    assert logged.sql("select distinct var_names, labels from headwater_run_invocations") != []
    (names,) = logged.sql(
        "select var_names from headwater_run_invocations where var_names is not null limit 1"
    )
    assert names == ("deep, key",)
    assert logged.sql(
        "select count(*) from headwater_run_nodes where message like '%\"[redacted]\"%'"
    ) == [(2,)]


def test_an_invocation_is_there_once_and_older_tables_are_kept(
    logged: Logged,
) -> None:
    before = logged.sql("select count(*), count(distinct node_id) from headwater_run_nodes")
    logged.sql(
        "alter table headwater_run_nodes drop column query_id, drop column bytes_processed,"
        " alter column message type varchar(400), add column note text default 'mine';"
        "alter table headwater_run_invocations drop column labels;"
        "drop table headwater_run_sources"
    )
    twice = dict(PROJECT) | {"on-run-end": PROJECT["on-run-end"] * 2}
    logged.project.write({"dbt_project.yml": json.dumps(twice)})
    assert "was not logged" not in logged.said("run", "--select", "good")
    after = logged.sql("select count(*), count(distinct node_id) from headwater_run_nodes")
    assert (after[0][0] - before[0][0], after[0][1]) == (1, before[0][1])
    assert logged.sql(
        "select count(query_id), count(*) - count(note) from headwater_run_nodes"
    ) == [(0, 0)]
    assert logged.sql("select atttypmod from pg_attribute where attname = 'message'"
                       " and attrelid = to_regclass('headwater_run_nodes')") == [(-1,)]  # fmt: skip
    assert logged.sql("select count(*) from headwater_run_sources") == [(0,)]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "alter table headwater_run_tests add column must text;"
            " update headwater_run_tests set must = ''; "
            "alter table headwater_run_tests alter column must set not null",
            'null value in column "must" of relation "headwater_run_tests"',
        ),
        (
            "alter table headwater_run_nodes rename to kept; create view headwater_run_nodes as"
            " select 1 as x",
            "cannot ",
        ),
        (
            "alter database postgres set default_transaction_read_only = off;"
            " alter table headwater_run_nodes alter column seconds type text using 'x';"
            " alter table headwater_run_nodes add check (seconds = 'x')",
            "seconds",
        ),
    ],
    ids=["not null", "view", "type"],
)
def test_it_never_ends_a_run(logged: Logged, damage: str, said: str) -> None:
    count = "select count(*) from headwater_run_invocations"
    before = logged.sql(count)
    logged.sql(damage)
    output = logged.said("build", "--select", "good")
    (line,) = [line for line in output.splitlines() if "log_run()" in line]
    assert "headwater.log_run(): the run was not logged, and is not affected: " in line
    assert said in output
    assert logged.sql(count) == before, "something was half-written"


def test_the_models_over_it_are_there_for_who_asks(logged: Logged) -> None:
    logged.sql(
        "insert into headwater_run_invocations (invocation_id, command, started_at)"
        " select 'old-' || n, 'run', timestamp '2026-01-01' + n * interval '1 day'"
        " from generate_series(1, 20) as n;"
        "insert into headwater_run_nodes (invocation_id, node_id, resource_type, status, seconds)"
        " select 'old-' || n, 'model.consumer.was_quick', 'model', 'success',"
        " case when n = 20 then 9 when n = 19 then 3 else 2 end from generate_series(1, 20) as n;"
        "insert into headwater_run_tests (invocation_id, node_id, test_type, status)"
        " select 'old-' || n, 'test.consumer.flaky', 'generic',"
        " case when n % 2 = 0 then 'fail' else 'pass' end from generate_series(1, 4) as n"
    )
    asked = ("--vars", json.dumps({"headwater_audit": True}))
    logged.said("run", "--select", "package:headwater", *asked)
    assert logged.sql("select count(*) from headwater_run_history") == logged.sql(
        "select count(*) from headwater_run_nodes"
    )
    timing = "select last_seconds, earlier_run_count, p50_seconds, p95_seconds, is_slower"
    assert logged.sql(
        f"{timing} from headwater_model_timing where node_id = 'model.consumer.was_quick'"
    ) == [(9.0, 19, 2.0, 3.0, True)]
    assert logged.sql(
        "select run_count, failure_count, change_count, last_failed_at from headwater_test_history"
        " where node_id = 'test.consumer.flaky'"
    ) == [(4, 2, 3, datetime(2026, 1, 5))]
    assert logged.sql(
        "select name, last_status, checks_7_days, kept_30_days from headwater_source_freshness"
    ) == [("events", "warn", 1, 0)]


def test_wrong_arguments_are_told_and_end_nothing(logged: Logged) -> None:
    call = "{{ headwater.log_run(results, labels='nightly', redact='x', messages=1) }}"
    logged.project.write({"dbt_project.yml": json.dumps(dict(PROJECT) | {"on-run-end": [call]})})
    output = logged.said("run", "--select", "good")
    assert (
        "'labels' is not a mapping: the string 'nightly'; 'redact' is not a list: the string 'x'; "
        "'messages' is not true or false: the number 1"
    ) in output


def test_purge_and_export(logged: Logged, tmp_path: Path) -> None:
    logged.sql(
        "update headwater_run_invocations set started_at = started_at - interval '40 days'"
        " where command = 'run'"
    )
    tables = ("nodes", "tests", "invocations")
    counts = [logged.sql(f"select count(*) from headwater_run_{t}")[0][0] for t in tables]
    run = "run-operation headwater.run_log_"
    steps = [
        f"--quiet {run}export --args '{{days: 60}}'",
        f"{run}purge --args '{{keep_days: 30}}'",
        f"{run}purge --args '{{keep_days: 30, dry_run: false}}'",
    ]
    done = dbt_steps.run(steps, logged.project.folder, logged.project.command()[1], quiet=True)
    assert done.returncode == 0, done.stdout
    file = tmp_path / "runs.jsonl"
    file.write_text(done.stdout)
    kept = read_run_log(file).runs
    assert sum(len(run.nodes) for run in kept) == sum(counts[:2]) > 0
    assert len(kept) == counts[2]
    assert {(run.command, run.is_partial) for run in kept} >= {
        ("build", True),
        ("freshness", False),
    }
    assert done.stdout.count("UTC; nothing deleted (dry_run)") == 1
    assert done.stdout.count("UTC deleted") == 1
    assert 0 < logged.sql("select count(*) from headwater_run_invocations")[0][0] < counts[2]
    assert logged.sql(
        "select count(*) from headwater_run_nodes where invocation_id not in"
        " (select invocation_id from headwater_run_invocations)"
    ) == [(0,)]


def nearest_rank(values: list[int], percent: int) -> int:
    """The smallest value that so many percent of all do not exceed."""
    return next(
        v for v in sorted(values) if 100 * sum(w <= v for w in values) >= percent * len(values)
    )


def test_the_numbers_of_the_models_are_those_of_a_plain_count(logged: Logged) -> None:
    """Also over tables that have columns of the user's with the models' own names."""
    dice = random.Random(20261124)
    sizes = (1, 2, 3, 4, 5, 20, 21, 41, 101, 130)
    times = {f"model.p.m{n}": [dice.randint(1, 40) for _ in range(n)] for n in sizes}
    ends = {f"test.p.t{n}": [dice.choice(ENDS) for _ in range(n)] for n in sizes}
    for mine, table in (("run_started_at", "tests"), ("status_before", "tests"), ("newness", "sources"),
                        ("seconds_before", "nodes"), ("name_of_job", "invocations")):  # fmt: skip
        logged.sql(f"alter table headwater_run_{table} add column {mine} text default 'mine'")
    logged.sql("alter table headwater_run_invocations drop column is_sample, drop column is_retry")
    logged.sql(
        "insert into headwater_run_invocations (invocation_id, command, started_at, is_empty)"
        " select 'old-' || n, 'build', timestamp '2026-01-01' + n * interval '1 hour', n >= 900"
        " from generate_series(0, 999) as n"
    )
    for table, column, told in (("nodes", "seconds", times), ("tests", "status", ends)):
        other = {"nodes": "resource_type, status", "tests": "test_type, name"}[table]
        said = {"nodes": "'model', 'success'", "tests": "'generic', 't'"}[table]
        rows = [f"('old-{at}', '{node}', {said}, {value!r})"
                for node, values in told.items() for at, value in enumerate(values)]  # fmt: skip
        # What is empty says nothing, whatever it says.
        rows += [f"('old-{900 + at}', '{node}', {said}, {999 if table == 'nodes' else 'fail'!r})"
                 for node in told for at in range(2)]  # fmt: skip
        logged.sql(
            f"insert into headwater_run_{table} (invocation_id, node_id, {other}, {column})"
            f" values {', '.join(rows)}"
        )
    asked = ("--vars", json.dumps({"headwater_audit": True}))
    logged.said("run", "--select", "package:headwater", *asked)
    wanted = {}
    for node, (*past, last) in times.items():
        known = past[-99:]
        p50, p95 = (nearest_rank(known, p) if known else None for p in (50, 95))
        is_slower = bool(
            len(known) >= 3 and p50 and p95 and last > max(1.5 * p50, p50 + 1, p95)
        )  # fmt: skip
        wanted[node] = (last, len(known), p50, p95, is_slower)
    found = logged.sql(
        "select node_id, last_seconds, earlier_run_count, p50_seconds, p95_seconds, is_slower"
        " from headwater_model_timing where node_id like 'model.p.%'"
    )
    assert {node: tuple(rest) for node, *rest in found} == wanted
    found = logged.sql(
        "select node_id, run_count, failure_count, warning_count, change_count,"
        " extract(epoch from last_failed_at - timestamp '2026-01-01') / 3600,"
        " extract(epoch from last_passed_at - timestamp '2026-01-01') / 3600"
        " from headwater_test_history where node_id like 'test.p.%'"
    )
    assert {node: tuple(rest) for node, *rest in found} == {
        node: numbers_of(known) for node, known in ends.items() if known != ["skipped"]
    }


ENDS = ("pass", "pass", "pass", "fail", "warn", "error", "skipped")


def numbers_of(ends: list[str]) -> tuple[int | None, ...]:
    """What is known of a test that ended so, an hour after the other."""
    ran = [(at, end) for at, end in enumerate(ends) if end != "skipped"]
    bad = [at for at, end in ran if end in ("fail", "error")]
    good = [at for at, end in ran if end == "pass"]
    changes = sum((a == "pass") != (b == "pass") for (_, a), (_, b) in pairwise(ran))
    warned = sum(end == "warn" for _, end in ran)
    return len(ran), len(bad), warned, changes, max(bad, default=None), max(good, default=None)


def test_days_that_are_none_delete_and_print_nothing(logged: Logged) -> None:
    count = "select count(*) from headwater_run_invocations"
    before = logged.sql(count)
    logged.sql("update headwater_run_invocations set started_at = timestamp '1999-01-01'")
    for days in (None, -1, True, "'; drop table x; --", 1e9, float("inf"), float("nan")):
        said = logged.refused("purge", {"keep_days": days, "dry_run": False})
        assert "headwater.run_log_purge(): bad argument 'keep_days'" in said, days
        assert "a number of days from 1 to 36500" in said
    for days in (0, 36_501):
        said = logged.refused("export", {"days": days})
        assert "headwater.run_log_export(): bad argument 'days'" in said
        assert "a number of days above 0 to 36500" in said
    assert "bad argument 'keep_days'" in logged.refused("purge", {})
    assert logged.sql(count) == before


def test_purge_and_export_of_a_log_that_is_not_there_or_not_whole(logged: Logged) -> None:
    run = ("run-operation", "headwater.run_log_purge", "--args", "{keep_days: 1, dry_run: false}")
    logged.sql(
        "drop table headwater_run_sources; alter table headwater_run_nodes drop column thread;"
        " update headwater_run_invocations set started_at = started_at - interval '40 days'"
    )
    logged.dbt.succeed("run-operation", "headwater.run_log_export", "--args", "{days: 60}")
    logged.dbt.succeed(*run)
    assert logged.sql("select count(*) from headwater_run_nodes") == [(0,)]
    logged.sql("drop table headwater_run_invocations")
    said = logged.refused("purge", {"keep_days": 1})
    assert "headwater.run_log_purge(): there is no run log" in said
    assert "'run_log_schema'" in said


def test_who_may_not_write_there_is_told_and_runs_on(logged: Logged) -> None:
    """It may write into one of the tables: nothing is half-written."""
    logged.sql("drop role if exists hw_reader; create role hw_reader")
    logged.sql(
        f"grant usage on schema {SCHEMA} to hw_reader;"
        " grant all on headwater_run_invocations to hw_reader"
    )
    hooks = ["set role hw_reader", *PROJECT["on-run-end"], "reset role"]
    logged.project.write({"dbt_project.yml": json.dumps(dict(PROJECT) | {"on-run-end": hooks})})
    before = logged.sql("select count(*) from headwater_run_invocations")
    try:
        output = logged.said("run", "--select", "good")
        assert "the run was not logged, and is not affected: permission denied" in output
        assert logged.sql("select count(*) from headwater_run_invocations") == before
    finally:
        logged.sql("drop owned by hw_reader; drop role hw_reader")


#: What would end a run on DuckDB, which catches no error: how it is made and unmade, and what is said.
OBSTACLES = (
    ("add column must text; update {} set must = ''; alter table {} alter column must set not null",
     "drop column must", "column 'must' of"),
    ("alter column seconds type decimal(4, 3)", "alter column seconds type float", "decimal(4,3)"),
    ("alter column rows_affected type tinyint", "alter column rows_affected type bigint", "tinyint"),
)  # fmt: skip


def test_duckdb(logged: Logged) -> None:
    words = ("build", "--select", "good", "--vars", json.dumps({"key": SECRET}))
    nodes = f"{SCHEMA}.headwater_run_nodes"
    with session(logged.project, "duckdb", logs=True) as dbt:
        on_duckdb = Logged(logged.project, dbt)
        assert "was not logged" not in on_duckdb.said(*words)
        assert "was not logged" not in on_duckdb.said(*words)
        assert dbt.duckdb(f"select count(*) from {nodes}") == [(2,)]
        dbt.duckdb(f"alter table {nodes} drop column thread")
        dbt.duckdb(f"alter table {nodes} drop column seconds")
        dbt.duckdb(f"alter table {nodes} add column seconds date")
        said = on_duckdb.said(*words)
        assert "column 'seconds' of" in said
        assert "is of the type date" in said
        dbt.duckdb(f"alter table {nodes} drop column seconds")
        assert "was not logged" not in on_duckdb.said(*words)
        assert dbt.duckdb(f"select count(*), count(thread) from {nodes}") == [(3, 1)]
        for damage, mend, reason in OBSTACLES:
            dbt.duckdb(f"alter table {nodes} " + damage.replace("{}", nodes))
            said = on_duckdb.said("run", "--select", "good")
            assert "the run was not logged" in said, damage
            assert reason in said
            dbt.duckdb(f"alter table {nodes} {mend}")
        assert "was not logged" not in on_duckdb.said("run", "--select", "good")
        assert dbt.duckdb(f"select count(*) from {nodes}") == [(4,)]
        dbt.succeed("run-operation", "headwater.run_log_export", "--args", "{days: 1}")
        invocations = f"{SCHEMA}.headwater_run_invocations"
        dbt.duckdb(f"update {invocations} set started_at = timestamp '2020-01-01'")
        purge = ("run-operation", "headwater.run_log_purge", "--args")
        dbt.succeed(*purge, "{keep_days: 30}")
        assert dbt.duckdb(f"select count(*) from {nodes}") == [(4,)], "a dry run"
        dbt.succeed(*purge, "{keep_days: 30, dry_run: false}")
        assert dbt.duckdb(f"select count(*) from {nodes}") == [(0,)]
