"""dbt in a process that stays: a second command costs tenths of a second and not several.

    with session(project) as dbt:
        ran = dbt.run("run")                      # {"orders": ("success", "INSERT 0 3")}
        dbt.start("run", batch=2); other.run("run"); dbt.finish()

Started as a script it reads one command per line from stdin, as JSON, and answers the same way.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projects import REPO, DbtProject, link_package, new_project

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
def session(
    project: DbtProject, target: str = "postgres", *, logs: bool = False
) -> Iterator[Session]:
    """A running session, ended with the block; SIGKILL if it doesn't answer.

    `logs` are the file dbt.log, which takes a tenth of dbt's time.
    """
    _, env = project.command()
    env |= {} if logs else {"DBT_LOG_LEVEL_FILE": "none"}
    env |= {"HEADWATER_TARGET": target, "HEADWATER_DUCKDB": str(project.folder / "consumer.duckdb")}
    _reuse_parsed(project, target, env)
    process = subprocess.Popen(
        [sys.executable, __file__], cwd=project.folder, env=env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Session(process)
    finally:
        process.kill()
        process.communicate()


PARSED = Path("target", "partial_parse.msgpack")


def _reuse_parsed(project: DbtProject, target: str, env: dict[str, str]) -> None:
    """Spare dbt the two seconds in which it parses its own macros and the package's.

    The first session of a pytest run parses a project without models; dbt, which parses again what is
    new or has changed, starts from there. A project with other settings is parsed as a whole.
    """
    runs = (path for path in project.folder.parents if path.name.startswith("pytest-"))
    if (project.folder / PARSED).exists() or (run := next(runs, None)) is None:
        return
    empty = run / f"parsed-{target}"
    with (run / f"{empty.name}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not empty.exists():
            empty.mkdir()
            link_package(new_project(empty, "nothing", project.server))
            words = [sys.executable, __file__, "parse"]
            subprocess.run(words, cwd=empty, env=env | {"DBT_PROFILES_DIR": str(empty)}, check=True)
    if not (empty / PARSED).exists():
        return  # the session will say what is wrong
    (project.folder / "target").mkdir(exist_ok=True)
    shutil.copy(empty / PARSED, project.folder / PARSED)
    env["HEADWATER_PARSED"] = "elsewhere"


def _ignore_the_schema() -> None:
    """Let dbt take what was parsed with another schema and server, on which no macro depends."""
    from dbt.parser import manifest  # noqa: PLC0415

    loader: Any = manifest.ManifestLoader
    is_usable = loader.is_partial_parsable

    def is_usable_here(self: Any, parsed: Any) -> Any:
        parsed.state_check.profile_hash = self.manifest.state_check.profile_hash
        loader.is_partial_parsable = is_usable
        return is_usable(self, parsed)

    loader.is_partial_parsable = is_usable_here


def main() -> None:
    """Answer commands until stdin ends; with words, run them as one."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what dbt prints is no answer
    from dbt.cli.main import dbtRunner  # noqa: PLC0415  # the import takes seconds

    sys.path.append(str(REPO / "tooling" / "dev"))
    import engine_trace  # noqa: PLC0415  # found by the line above

    if sys.argv[1:]:
        dbtRunner().invoke([*sys.argv[1:], "--quiet"])
        return
    if os.environ.get("HEADWATER_PARSED"):
        _ignore_the_schema()
    calls = engine_trace.watch() if os.environ.get("HEADWATER_TRACE") else None
    for line in sys.stdin:
        command = json.loads(line)
        if "sql" in command:
            answers.write(json.dumps(_duckdb(command["sql"]), default=str) + "\n")
            answers.flush()
            continue
        os.environ.update(command["env"])
        sys.argv = ["dbt", *command["words"]]  # dbt records it as the command that was run
        result = dbtRunner().invoke([*command["words"], "--quiet"])
        if calls is not None:
            engine_trace.note(result, calls)
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
