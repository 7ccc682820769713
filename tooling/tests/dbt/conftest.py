"""Fixtures for tests that drive dbt on a real Postgres.

def test_x(dbt_project):
    dbt_project.write({"models/a.sql": "select {{ headwater.surrogate_key(['b']) }} as k …"})
    dbt_project.run("build")                       # asserts exit code 0; code=1 expects a failure
    assert dbt_project.sql("select count(*) from a") == [(3,)]

`run` starts dbt in a process of its own, so a test may start two at once or kill one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import postgres as launcher
import pytest
from history_rows import Run, local_duckdb, on_postgres
from projects import DbtProject, connect, link_package, new_project


@pytest.fixture(scope="session")
def postgres(worker_id: str) -> Iterator[Mapping[str, str]]:
    """The `PG*` variables of a running Postgres: the suite's, or one of this process's own."""
    with launcher.postgres(f"pytest-{worker_id}") as server:
        yield server


@pytest.fixture(scope="module")
def engines(postgres: Mapping[str, str]) -> Iterator[dict[str, Run]]:
    """How to run a select on Postgres, and on a DuckDB of this process."""
    with on_postgres(postgres) as run:
        yield {"postgres": run, "duckdb": local_duckdb()}


@pytest.fixture
def schema(postgres: Mapping[str, str], request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a schema that is the test's own, gone afterwards with those it prefixes."""
    stem = re.sub(r"\W+", "_", request.node.name.lower())[:32]
    name = f"hw_{stem}_{secrets.token_hex(3)}"
    yield name
    connection = connect(postgres)
    with connection, connection.cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where starts_with(nspname, %s)", (name,))
        for (found,) in cursor.fetchall():
            cursor.execute(f'drop schema "{found}" cascade')
    connection.close()


@pytest.fixture
def bare_project(tmp_path: Path, schema: str, postgres: Mapping[str, str]) -> DbtProject:
    """A dbt project that has not installed the package yet."""
    folder = tmp_path / "consumer"
    folder.mkdir()
    return new_project(folder, schema, postgres)


@pytest.fixture
def dbt_project(bare_project: DbtProject) -> DbtProject:
    """A dbt project that has installed the package from this checkout."""
    link_package(bare_project)
    return bare_project
