"""Random batches, in any order and again: each materialization makes what its model makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbt_sessions import Session, session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from incremental_models import MODELS, Row
from projects import DbtProject, connect, link_package, new_project

EXAMPLES = {"postgres": 8, "duckdb": 5}
COLUMNS = "id, part, day, seq, name"
CONFIGS = {
    "replace_window": "event_time='day'",
    "soft_delete": "unique_key=['id', 'part'], meta={'headwater': {'dedup_order_by': ['day', 'seq']}}",
}
rows = st.tuples(
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, 1, 2, 3, 4]),
    st.sampled_from(["x", "y"]),
)
batches = st.lists(st.lists(rows, max_size=8), min_size=2, max_size=4)


class Warehouse:
    """The batches' table and the models' tables on one engine."""

    def __init__(self, target: str, project: DbtProject, dbt: Session) -> None:
        self.target, self.project, self.dbt = target, project, dbt
        self.sql(f"create schema if not exists {project.schema}")
        self.sql(
            f"create table if not exists {project.schema}.batches"
            " (batch int, id int, part text, day int, seq int, name text)"
        )
        self.sql(f"create table if not exists {project.schema}.current_batch (batch int)")

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement; committed."""
        if self.target == "duckdb":
            return self.dbt.duckdb(statement)
        return self.project.sql(statement)

    def load(self, number: int, batch: list[Row]) -> None:
        """Make a batch the one that the models read."""
        text = ", ".join(_literal((number, *row)) for row in batch)
        schema = self.project.schema
        insert = f"insert into {schema}.batches values {text};" if batch else ""
        self.sql(f"delete from {schema}.batches; {insert}")

    def rows(self, model: str) -> list[tuple[Any, ...]]:
        """The model's rows, sorted; for soft_delete with the mark."""
        more = ", is_deleted" if model == "soft_delete" else ""
        found = self.sql(f"select {COLUMNS}{more} from {self.project.schema}.{model}")
        return sorted(found, key=str)


def _literal(values: tuple[Any, ...]) -> str:
    said = ("null" if v is None else f"'{v}'" if isinstance(v, str) else str(v) for v in values)
    return f"({', '.join(said)})"


def model_files() -> dict[str, str]:
    """One model per materialization, all reading the current batch."""
    return {
        f"models/{name}.sql": (
            f"{{{{ config(materialized='{name}', {CONFIGS.get(name, CONFIGS['soft_delete'])}) }}}}\n"
            f"select {COLUMNS} from {{{{ target.schema }}}}.batches\n"
        )
        for name in MODELS
    }


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def running(
    request: pytest.FixtureRequest, postgres: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Warehouse, Session]]:
    """A project with all six models, and a session that runs them."""
    schema = f"hw_models_{request.param}"
    folder: Path = tmp_path_factory.mktemp("models")
    project = new_project(folder, schema, postgres)
    link_package(project)
    project.write(model_files())
    connection = connect(postgres)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {schema} cascade")
    with session(project, request.param) as dbt:
        yield Warehouse(request.param, project, dbt), dbt
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {schema} cascade")
    connection.close()


def test_any_batches_in_any_order_make_what_the_model_makes(
    running: tuple[Warehouse, Session],
) -> None:
    warehouse, dbt = running

    @settings(
        max_examples=EXAMPLES[warehouse.target],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(batches, st.lists(st.integers(0, 3), min_size=1, max_size=3))
    def check(drawn: list[list[tuple[Any, ...]]], order: list[int]) -> None:
        numbered = [
            [(i, p, t, 100 * b + n, name) for n, (i, p, t, name) in enumerate(batch)]
            for b, batch in enumerate(drawn)
        ]
        states: dict[str, Any] = {name: [] if name == "replace_window" else {} for name in MODELS}
        for step, place in enumerate([0, *order]):
            batch = numbered[place % len(numbered)]
            warehouse.load(step, batch)
            dbt.succeed("run", *(["--full-refresh"] if step == 0 else []))
            for name, model in MODELS.items():
                fresh: Any = [] if name == "replace_window" else {}
                states[name] = model(fresh if step == 0 else states[name], batch)
                state = states[name]
                wanted = sorted(state if isinstance(state, list) else state.values(), key=str)
                assert warehouse.rows(name) == wanted, (name, step)

    check()
