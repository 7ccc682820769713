"""dbt in a process that stays: a second command costs tenths of a second and not several.

    with session(project) as dbt:
        ran = dbt.run("run")                      # {"orders": ("success", "INSERT 0 3")}
        dbt.start("run", batch=2); other.run("run"); dbt.finish()

Started as a script it reads one command per line from stdin, as JSON, and answers the same way.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from projects import DbtProject

Ran = dict[str, tuple[str, str]]
"""Status and message of each node, by its name; under '' what kept dbt from running any."""


@dataclass(frozen=True)
class Session:
    """A process that runs dbt commands on one project."""

    process: subprocess.Popen[str]

    def start(self, *words: str, env: Mapping[str, str] | None = None) -> None:
        """Begin a command; `finish` waits for it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"words": words, "env": dict(env or {})}) + "\n")
        self.process.stdin.flush()

    def finish(self) -> Ran:
        """What came of the command that was started."""
        assert self.process.stdout is not None
        answer = self.process.stdout.readline()
        assert answer, "dbt's process has died"
        return {name: (status, message) for name, status, message in json.loads(answer)}

    def duckdb(self, statement: str) -> list[Any]:
        """The rows of a statement on the project's DuckDB file, which this process keeps locked."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"sql": statement}) + "\n")
        self.process.stdin.flush()
        return [tuple(row) for row in json.loads(self.process.stdout.readline())]

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> Ran:
        """Start and finish a command."""
        self.start(*words, env=env)
        return self.finish()

    def succeed(self, *words: str, env: Mapping[str, str] | None = None) -> Ran:
        """Run a command of which every node must succeed."""
        ran = self.run(*words, env=env)
        assert ran, "nothing ran"
        assert {status for status, _ in ran.values()} == {"success"}, ran
        return ran


@contextmanager
def session(project: DbtProject, target: str = "postgres") -> Iterator[Session]:
    """A running session, ended with the block; SIGKILL if it doesn't answer."""
    _, env = project.command()
    env |= {"HEADWATER_TARGET": target, "HEADWATER_DUCKDB": str(project.folder / "consumer.duckdb")}
    process = subprocess.Popen(
        [sys.executable, __file__], cwd=project.folder, env=env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Session(process)
    finally:
        process.kill()
        process.communicate()


def main() -> None:
    """Answer commands until stdin ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what dbt prints is no answer
    from dbt.cli.main import dbtRunner  # noqa: PLC0415  # the import takes seconds

    for line in sys.stdin:
        command = json.loads(line)
        if "sql" in command:
            answers.write(json.dumps(_duckdb(command["sql"]), default=str) + "\n")
            answers.flush()
            continue
        os.environ.update(command["env"])
        sys.argv = ["dbt", *command["words"]]  # dbt records it as the command that was run
        result = dbtRunner().invoke([*command["words"], "--quiet"])
        answers.write(json.dumps(list(_rows(result))) + "\n")
        answers.flush()


def _duckdb(statement: str) -> list[Any]:
    import duckdb  # noqa: PLC0415  # sessions on Postgres have no use for it

    with duckdb.connect(os.environ["HEADWATER_DUCKDB"]) as connection:
        return connection.execute(statement).fetchall()


def _rows(result: Any) -> Iterator[tuple[str, str, str]]:
    if result.exception is not None:
        yield "", "error", str(result.exception)
    for ran in getattr(result.result, "results", None) or ():
        node = getattr(ran, "node", None)  # an operation has none
        name = node.name if node is not None else str(ran.unique_id)
        yield name, str(ran.status), str(ran.message)


if __name__ == "__main__":
    main()
