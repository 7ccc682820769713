"""``--compile``: the user's own dbt, in a process of its own, into a temporary folder.

Nothing else in the package calls dbt, and nothing imports it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from headwater.artifacts.paths import PROJECT_FILE, Wanted, enclosing_project, find_artifacts
from headwater.cli.output import say
from headwater.core.errors import ArtifactError, UsageError

SHOWN_LINES = 5


@contextmanager
def compiled_project(
    dbt: str, wanted: Wanted, quiet: bool = False, environ: Mapping[str, str] | None = None
) -> Iterator[Wanted]:
    """Compile the project; what is yielded points at the new artifacts.

    The project's own target folder stays as it was, and its catalog is used. The temporary folder
    lives as long as the context. ``environ`` is added to dbt's environment.

    *Raises*: `UsageError`, `ArtifactError` when dbt cannot be run or fails.
    """
    if wanted.manifest is not None:
        raise UsageError(
            "--compile writes a manifest and --manifest names one",
            ("hint", "leave one of them out"),
        )
    found = shutil.which(dbt)
    if found is None:
        raise ArtifactError(
            f"no program '{dbt}' to compile with",
            ("hint", "activate the environment dbt is in, or name it with --dbt PROGRAM"),
        )
    project = project_folder(wanted)
    if not quiet:
        say("running dbt compile into a temporary folder …")
    with tempfile.TemporaryDirectory(prefix="lineage-", ignore_cleanup_errors=True) as folder:
        target = Path(folder)
        _run(os.path.abspath(found), project, target, environ or {})
        yield replace(wanted, project_dir=project, target_path=target, catalog=_catalog(wanted))


def project_folder(wanted: Wanted) -> Path:
    """The folder of the project to compile. *Raises*: `ArtifactError` when there is none."""
    named = wanted.project_dir or os.environ.get("DBT_PROJECT_DIR")
    project = Path.cwd() / named if named else enclosing_project(Path.cwd())
    if project is None or not (project / PROJECT_FILE).is_file():
        raise ArtifactError(
            f"no {PROJECT_FILE} in '{project or Path.cwd()}' or above it: nothing to compile",
            ("hint", "name the project's folder with --project-dir DIR"),
        )
    return project


def _run(program: str, project: Path, target: Path, environ: Mapping[str, str]) -> None:
    """Without the warehouse if that is possible, else with it.

    A model with ``is_incremental()`` or ``run_query()`` looks at the warehouse while it compiles.
    """
    done = _dbt(program, project, target, environ, "--no-introspect")
    if done.returncode and any(sign in done.stdout for sign in _NEEDS_WAREHOUSE):
        say("a model looks at the warehouse while it compiles: running dbt compile with it …")
        done = _dbt(program, project, target, environ)
    if done.returncode:
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise ArtifactError(
            f"'dbt compile' failed with exit code {done.returncode}",
            *(("dbt", line) for line in said[-SHOWN_LINES:]),
        )


#: What dbt says when a model wants a connection and ``--no-introspect`` gave it none.
_NEEDS_WAREHOUSE = ("connection never acquired", "no-introspect")


def _dbt(
    program: str, project: Path, target: Path, environ: Mapping[str, str], *flags: str
) -> subprocess.CompletedProcess[str]:
    words = [program, "--no-use-colors", "compile", "--no-populate-cache", *flags]
    places = ["--project-dir", str(project), "--target-path", str(target)]
    try:
        return subprocess.run(
            [*words, *places, "--log-path", str(target)],
            cwd=project,
            env={
                **os.environ,
                **environ,
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            },  # nothing calls home
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ArtifactError(f"cannot run '{program}'", ("why", str(error))) from None


def _catalog(wanted: Wanted) -> Path | None:
    """The catalog to go on using: the named one, or the one in the project's target folder."""
    if wanted.catalog is not None:
        return Path.cwd() / wanted.catalog
    try:
        return find_artifacts(wanted).catalog
    except ArtifactError:
        return None  # nothing was ever compiled here
