"""Throw-away dbt projects that consume the package, each with a schema of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

REPO = Path(__file__).resolve().parents[3]
DBT = Path(sys.executable).with_name("dbt")

_PROFILES = """
consumer:
  target: "{{ env_var('HEADWATER_TARGET', 'postgres') }}"
  outputs:
    postgres:
      type: postgres
      host: "{{ env_var('PGHOST') }}"
      port: "{{ env_var('PGPORT') | as_number }}"
      user: "{{ env_var('PGUSER') }}"
      password: "{{ env_var('PGPASSWORD', '') }}"
      dbname: "{{ env_var('PGDATABASE') }}"
      schema: "{{ env_var('CONSUMER_SCHEMA') }}"
      application_name: "{{ env_var('CONSUMER_SCHEMA') }}"
      threads: 2
    duckdb:
      type: duckdb
      path: "{{ env_var('HEADWATER_DUCKDB', 'consumer.duckdb') }}"
      schema: "{{ env_var('CONSUMER_SCHEMA') }}"
      threads: 2
"""
_PROJECT = {"name": "consumer", "version": "1.0.0", "config-version": 2, "profile": "consumer"}


@dataclass(frozen=True)
class Invocation:
    """One finished dbt command."""

    code: int
    output: str
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What run_results.json says, by the node's unique id; empty when nothing ran."""


@dataclass(frozen=True)
class DbtProject:
    """A dbt project in a folder, and how to run it."""

    folder: Path
    schema: str
    server: Mapping[str, str]
    dbt: Path = DBT

    def write(self, files: Mapping[str, str]) -> None:
        """Write files by their path in the project."""
        for path, text in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)

    def command(self, *words: str) -> tuple[list[str], dict[str, str]]:
        """The command line and the environment, for who starts dbt by other means."""
        env = os.environ | dict(self.server)
        env |= {"CONSUMER_SCHEMA": self.schema, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        env |= {"DBT_ALLOW_EXPERIMENTAL_ADAPTERS": "true"}  # dbt 2.x, for Postgres
        env |= {"DBT_PROFILES_DIR": str(self.folder)}
        if os.environ.get("HEADWATER_TRACE") and self.dbt == DBT:
            return [
                sys.executable,
                str(REPO / "tooling/dev/engine_trace.py"),
                "--note",
                *words,
            ], env
        return [str(self.dbt), *words], env

    def run(self, *words: str, code: int | None = 0) -> Invocation:
        """Run dbt in a process of its own, and assert its exit code unless that is None."""
        command, env = self.command(*words)
        results_file = self.folder / "target" / "run_results.json"
        results_file.unlink(missing_ok=True)
        done = subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        output = done.stdout + done.stderr
        assert code in (None, done.returncode), f"dbt {' '.join(words)}\n{output}"
        ran = json.loads(results_file.read_text())["results"] if results_file.exists() else []
        return Invocation(done.returncode, output, {r["unique_id"]: r for r in ran})

    def manifest(self) -> dict[str, Any]:
        """The manifest of the last command."""
        found: dict[str, Any] = json.loads((self.folder / "target" / "manifest.json").read_text())
        return found

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, with this project's schema as the search path; committed."""
        connection = connect(self.server)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(f'set search_path = "{self.schema}"')
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


def connect(server: Mapping[str, str]) -> Any:
    """A psycopg2 connection to the server that these `PG*` variables name."""
    return psycopg2.connect(
        host=server["PGHOST"],
        port=server["PGPORT"],
        user=server["PGUSER"],
        password=server.get("PGPASSWORD", ""),
        dbname=server["PGDATABASE"],
    )


def new_project(folder: Path, schema: str, server: Mapping[str, str]) -> DbtProject:
    """An empty consumer project, without the package."""
    project = DbtProject(folder, schema, server)
    project.write({"dbt_project.yml": json.dumps(_PROJECT), "profiles.yml": _PROFILES})
    return project


def link_package(project: DbtProject) -> None:
    """Install the checkout as `dbt deps` does for a local package, without its three seconds."""
    project.write({"packages.yml": json.dumps({"packages": [{"local": str(REPO)}]})})
    (project.folder / "dbt_packages").mkdir()
    (project.folder / "dbt_packages" / "headwater").symlink_to(REPO, target_is_directory=True)


def drop(server: Mapping[str, str], schema: str, *roles: str) -> None:
    """Drop a schema with all that is in it, and roles that have nothing left, where there are any."""
    connection = connect(server)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {schema} cascade")
        for role in roles:
            cursor.execute(f"drop role if exists {role}")
    connection.close()


@contextmanager
def guest_of(project: DbtProject) -> Iterator[tuple[str, dict[str, str]]]:
    """Somebody who may create tables in the project's schema, which is new: name and environment."""
    name = f"hw_guest_{project.schema[-6:]}"
    project.sql(
        f"create role {name} login password 'guest'; create schema {project.schema};"
        f"grant usage, create on schema {project.schema} to {name}"
    )
    try:
        yield name, {"PGUSER": name, "PGPASSWORD": "guest"}
    finally:
        project.sql(f"drop owned by {name}; drop role {name}")


def said(message: str) -> list[str]:
    """The lines of an error of ours: macro and argument, expected, got, hint."""
    head = message.partition("> in macro")[0]
    return [line.strip() for line in head.splitlines() if line.strip()][1:]
