"""Every incremental materialization and strategy with every option, on Postgres and on DuckDB.

All models of `incremental_matrix` are run with the old batch, the new one, and the new one again, which
may change nothing; then with `--full-refresh`, and at last with batches that must be refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg2.extensions
import pytest
from dbt_sessions import Ran, Session, session
from incremental_matrix import (
    MADE,
    MODELS,
    NEW,
    NEWER,
    OLD,
    READER,
    REPLACED,
    SCHEMA,
    batches,
    cells,
    computed,
    contracts,
    files,
    options,
    quoted,
    select,
    table,
)
from projects import REPO, connect, link_package, new_project

Rows = list[tuple[Any, ...]]
STEPS = ("old", "new", "again", "full", "refused")
SOME = {"again": ("append", "protected"), "full": ("odd", "sync", "fail", "dressed", "computed")}
"""The options with which a step has something to get wrong; the others are left out of it."""


@dataclass
class Matrix:
    """What came of all models on one engine, by step."""

    target: str
    dbt: Session
    postgres: psycopg2.extensions.connection
    ran: dict[str, Ran] = field(default_factory=dict)
    rows: dict[str, dict[str, Rows]] = field(default_factory=dict)
    dressed: dict[str, Rows] = field(default_factory=dict)
    computed: dict[str, Rows] = field(default_factory=dict)

    def sql(self, statement: str) -> Rows:
        """The rows of a statement; committed."""
        if self.target == "duckdb":
            return self.dbt.duckdb(statement)
        with self.postgres, self.postgres.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def texts(self, word: str, source: str, first: bool = False) -> Rows:
        """The columns of an option's table, as texts."""
        option = options(self.target)[word]
        names = option.old if first else option.shown
        columns = ", ".join(f"cast({quoted(name)} as varchar)" for name in names)
        return sorted(self.sql(f"select {columns} from {source}"), key=str)

    def run(self, step: str, *words: str) -> None:
        """Run all models, or those that the words select, and keep what they hold."""
        if step in SOME:
            words += ("--select", *(f"*__{word}" for word in SOME[step]))
        self.ran[step] = self.dbt.run("run", *words)
        self.rows[step] = {
            f"{model}__{word}": self.texts(word, f"{SCHEMA}.{model}__{word}", step == "old")
            for model, word in cells(self.target)
        }


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def matrix(
    request: pytest.FixtureRequest, postgres: Mapping[str, str], tmp_path_factory: Any
) -> Iterator[Matrix]:
    """All models after all steps."""
    target = request.param
    project = new_project(tmp_path_factory.mktemp("matrix"), SCHEMA, postgres)
    link_package(project)
    strategies = (REPO / "integration_tests" / "macros" / "strategies.sql").read_text()
    project.write({"models/schema.yml": contracts(), "macros/strategies.sql": strategies})
    connection = connect(postgres)
    _drop(connection)
    with session(project, target) as dbt:
        matrix = Matrix(target, dbt, connection)
        matrix.sql(f"create schema {SCHEMA}")
        matrix.sql(f"create table {SCHEMA}.hooks (model text, word text)")
        matrix.sql(computed(target))
        for step, name in enumerate(("old", "new")):
            project.write(files(target, step))
            matrix.sql(batches(target, step))
            matrix.run(name)
        matrix.run("again")
        for model in MODELS:
            matrix.dressed[model] = matrix.sql(_dress(target, f"{model}__dressed"))
        matrix.computed = {
            model: matrix.sql(
                f"select bool_and(shouted = upper(note)) from {SCHEMA}.{model}__{word}"
            )
            for model, word in cells(target)
            if word == "computed"
        }
        # In dbt's own full refresh threads stumble over each other's tables on DuckDB.
        matrix.run("full", "--full-refresh", *(["--threads", "1"] if target == "duckdb" else []))
        matrix.sql(_refused())
        matrix.run("refused", "--select", "*__append", "*__fail", "*__protected")
        yield matrix
    _drop(connection)
    connection.close()


def _refused() -> str:
    """Batches without the key and the day, with a new column, and with a key of NULL."""
    rows = {
        "append": {"note": "'lost'"},
        "fail": {**NEWER, "surprise": "1"},
        "protected": {**NEWER, "id": "cast(null as int)"},
    }
    return "; ".join(table(word, [select(columns, 5)]) for word, columns in rows.items())


def _drop(connection: psycopg2.extensions.connection) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade; drop role if exists {READER}")
        cursor.execute(f"create role {READER}")


def _show(found: Mapping[str, Any]) -> str:
    return "\n".join(f"{name}: {said}" for name, said in found.items())


@pytest.mark.parametrize("step", STEPS[:-1])
def test_every_run_succeeds(matrix: Matrix, step: str) -> None:
    ran = matrix.ran[step]
    wrong = {name: said for name, said in ran.items() if said[0] != "success"}
    assert not wrong, _show(wrong)
    words = SOME.get(step, tuple(options(matrix.target)))
    assert len(ran) == sum(word in words for _, word in cells(matrix.target))


def _left(model: str, word: str, step: str) -> Mapping[int, str]:
    """Which rows must be there."""
    made = MADE[MODELS[model]]
    if step == "old":
        return dict.fromkeys(OLD, "old")
    if step in ("full", "refused") and word in SOME["full"] and word != "fail":
        return REPLACED
    return made.protected if made.protected and word == "protected" else made.left


@pytest.mark.parametrize("step", STEPS)
def test_rows(matrix: Matrix, step: str) -> None:
    wanted = {}
    for word, option in options(matrix.target).items():
        for batch, columns, ids in (("old", option.old, OLD), ("new", option.new, NEW)):
            if step == "old" and batch == "new":
                continue
            padded = {name: columns.get(name, "null") for name in (*option.shown, *columns)}
            for number in ids:
                source = f"({select(padded, number)}) as wanted"
                (wanted[word, number, batch],) = matrix.texts(word, source, step == "old")
    wrong = {}
    for model, word in cells(matrix.target):
        left = _left(model, word, step)
        rows = [wanted[word, n, "new" if b == "new" else "old"] for n, b in left.items()]
        found = matrix.rows[step][f"{model}__{word}"]
        if found != sorted(rows, key=str):
            wrong[f"{model}__{word}"] = f"\n  found  {found}\n  wanted {sorted(rows, key=str)}"
    assert not wrong, _show(wrong)


def test_what_is_refused_is_named(matrix: Matrix) -> None:
    """A batch without the key, one with another column, and one with a NULL in the key."""
    wrong = {}
    for model, name in MODELS.items():
        head = f"headwater.{name}(): bad argument "
        drift = f"{head}'on_schema_change'", "got: new column 'surprise' "
        if model != name:
            drift = ("out of sync", "surprise")  # dbt's own words
        for word, parts in {
            "append": (
                f"{head}'unique_key'",
                "expected: columns of the model: ",
                "got: 'id'",
            ),
            "fail": drift,
            "protected": (f"{head}'unique_key'", "no NULL in id (on_null_key: error)"),
        }.items():
            if (model, word) not in cells(matrix.target):
                continue
            status, message = matrix.ran["refused"][f"{model}__{word}"]
            if status != "error" or not all(part in message for part in parts):
                wrong[f"{model}__{word}"] = message
    assert not wrong, _show(wrong)


def test_rows_without_a_key_are_set_aside_once(matrix: Matrix) -> None:
    for model in MODELS:
        found = matrix.sql(
            f"select reason, count(*) from {SCHEMA}.{model}__ignore_quarantine group by reason"
        )
        assert found == [("NULL in the key", 1)], model


def test_tables_are_dressed_as_the_config_says(matrix: Matrix) -> None:
    """Hooks, comments, constraints, grants, and the index of the new config alone."""
    hooks = dict(
        matrix.sql(f"select model || ' ' || word, count(*) from {SCHEMA}.hooks group by 1")
    )
    times = 3
    wanted: dict[str, Any] = {}
    for model in MODELS:
        name = f"{model}__dressed"
        wanted |= {f"{name} in": 2 * times, f"{name} after": times}
    assert hooks == wanted
    different = {name: found for name, found in matrix.dressed.items() if found != [(True,) * 5]}
    assert not different, _show(different)


def test_columns_that_the_table_fills_itself_are_left_to_it(matrix: Matrix) -> None:
    assert set(matrix.computed) == set(MODELS) - {"swap_partition"}
    assert [model for model, found in matrix.computed.items() if found != [(True,)]] == []


def _dress(target: str, name: str) -> str:
    """A select of whether the table has what it should."""
    if target == "duckdb":
        where = f"schema_name = '{SCHEMA}' and table_name = '{name}'"
        return (
            f"select (select comment from duckdb_tables() where {where}) = 'One row.',"
            f" (select comment from duckdb_columns() where {where} and column_name = 'id')"
            f" = 'The key.', (select not is_nullable from duckdb_columns() where {where} and"
            " column_name = 'id'), true, true"
        )
    table = f"'{SCHEMA}.{name}'::regclass"
    index = (
        "exists (select from pg_index where indrelid = {} and pg_get_indexdef(indexrelid) ~ '{}')"
    )
    return (
        f"select obj_description({table}) = 'One row.', col_description({table}, 1) = 'The key.',"
        f" has_table_privilege('{READER}', {table}, 'select'),"
        f" {index.format(table, '[(]day[)]')}, not {index.format(table, '[(]note[)]')}"
    )


def test_nothing_else_is_left(matrix: Matrix) -> None:
    """No staged batch, no half of a partition, no backup."""
    statement = (
        "select table_name from duckdb_tables() union all select view_name from duckdb_views()"
        " where not internal"
        if matrix.target == "duckdb"
        else "select relname from pg_class where not relispartition and relkind in ('r', 'p', 'v', 'm')"
        f" and relnamespace = '{SCHEMA}'::regnamespace"
    )
    words = options(matrix.target)
    wanted = {"hooks", *(f"batch_{word}" for word in words)}
    wanted |= {f"{model}__{word}" for model, word in cells(matrix.target)}
    wanted |= {f"{model}__ignore_quarantine" for model in MODELS}
    assert {name for (name,) in matrix.sql(statement)} == wanted
