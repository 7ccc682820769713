"""``lineage doctor``: looks at every artifact by itself, so that one broken file hides no other."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.failures import ANSWERED, INCOMPLETE
from headwater.cli.load import artifacts, load_project
from headwater.cli.options import Inputs, Output
from headwater.cli.output import check_writable, deliver, say
from headwater.core.errors import ArtifactError

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.pipeline import Loaded
    from headwater.questions.doctor import Artifact


def command(inputs: Inputs, output: Output) -> int:
    """Are the artifacts here, fresh and complete? What should be run?

    Which of dbt's files were found, what wrote them and when, whether they can be used, and the
    command that would make the answers better.

    \b
    Examples:
      lineage doctor
      lineage doctor --project-dir ../shop
      lineage doctor --strict   exit with 3 when something should be done
    """
    from headwater.questions.doctor import doctor

    check_writable(output.out)
    with ExitStack() as stack:
        paths = _paths(inputs, output, stack)
        loaded, problem = _load(paths, inputs)
        for warning in loaded.warnings if loaded and not output.quiet else ():
            say(f"warning: {warning}")
        found = doctor(tuple(_artifacts(paths, loaded, problem)), loaded, now())
        report = found.report()
    deliver(report, output, "doctor")
    urgent = any(each.level != "info" for each in found.advice)
    return INCOMPLETE if output.strict and urgent else ANSWERED


def now() -> datetime:
    """The time that ages are counted from."""
    return datetime.now(UTC)


def _paths(inputs: Inputs, output: Output, stack: ExitStack) -> ArtifactPaths | None:
    """Where the artifacts are; a manifest that is missing is a finding, unless it was named."""
    try:
        return stack.enter_context(artifacts(inputs, output.quiet))
    except ArtifactError as error:
        if inputs.manifest or inputs.catalog or inputs.project_dir or inputs.compile:
            raise
        if not output.quiet:
            say(f"warning: {error}")
        return None


def _load(
    paths: ArtifactPaths | None, inputs: Inputs
) -> tuple[Loaded | None, ArtifactError | None]:
    """The project, or why there is none."""
    if paths is None:
        return None, None
    try:
        return load_project(paths, inputs), None
    except ArtifactError as error:
        return None, error


def _artifacts(
    paths: ArtifactPaths | None, loaded: Loaded | None, problem: ArtifactError | None
) -> Iterator[Artifact]:
    """The four files, in the order in which dbt's commands write them."""
    from headwater.questions.doctor import Artifact

    manifest = Artifact("manifest", _shown(paths.manifest) if paths else None)
    if problem is not None:
        manifest = _spoiled(manifest, problem)
    if loaded is not None:
        project = loaded.project
        manifest = manifest._replace(
            generated_at=project.generated_at,
            dbt_version=project.dbt_version,
            schema_version=project.schema_version,
        )
    yield manifest
    yield _examined("catalog", paths.catalog if paths else None, _catalog)
    yield _examined("run_results", paths.run_results if paths else None, _run_results)
    yield _examined("sources", paths.sources if paths else None, _sources)


Written = tuple[str, str]  #: when, and by which dbt


def _examined(name: str, path: Path | None, written: Callable[[Path], Written]) -> Artifact:
    from headwater.questions.doctor import Artifact

    if path is None:
        return Artifact(name)
    try:
        generated_at, dbt_version = written(path)
    except ArtifactError as error:
        return _spoiled(Artifact(name, _shown(path)), error)
    return Artifact(name, _shown(path), generated_at, dbt_version)


def _shown(path: Path) -> str:
    """The path as a person here would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _catalog(path: Path) -> Written:
    from headwater.artifacts.catalog import read_catalog

    metadata = read_catalog(path).metadata
    return metadata.generated_at, metadata.dbt_version


def _run_results(path: Path) -> Written:
    from headwater.artifacts.results import read_run_results

    results = read_run_results(path)
    return results.generated_at, results.dbt_version


def _sources(path: Path) -> Written:
    from headwater.artifacts.results import read_source_results

    results = read_source_results(path)
    return results.generated_at, results.dbt_version


def _spoiled(artifact: Artifact, error: ArtifactError) -> Artifact:
    """The artifact with what is wrong with it, and what to do."""
    known = [f"{label}: {text}" for label, text in error.details if label != "hint"]
    hints = [text for label, text in error.details if label == "hint"]
    return artifact._replace(problem="; ".join([error.message, *known]), remedy="; ".join(hints))
