"""Where a project's artifacts are, by dbt's own rules."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from headwater.core.errors import ArtifactError

PROJECT_FILE = "dbt_project.yml"
_TOP_KEY = re.compile(
    r"^(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>[^#\n]*?)[ \t]*(?:#.*)?\r?$", re.MULTILINE
)
_ENV_VAR = re.compile(
    r"^\{\{\s*env_var\(\s*['\"](?P<name>[^'\"]+)['\"]\s*(?:,\s*['\"](?P<default>[^'\"]*)['\"]\s*)?\)\s*\}\}$"
)

_PROJECT_NAME = re.compile(rb'"project_name"\s*:\s*"([^"\\]*)"')
_HEAD_BYTES = 4096  #: dbt writes a manifest's metadata first


@dataclass(frozen=True, slots=True)
class ArtifactPaths:
    """The files to read. A path that is not ``None`` names a file that existed when it was found.

    ``project_dir`` is ``None`` when only artifacts are at hand. ``catalog_given`` says that the
    catalog was named by the user and not just found beside the manifest.
    """

    target_dir: Path
    manifest: Path
    catalog: Path | None = None
    run_results: Path | None = None
    sources: Path | None = None
    project_dir: Path | None = None
    catalog_given: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user named; ``None`` is "by dbt's rules"."""

    project_dir: Path | None = None
    target_path: Path | None = None
    manifest: Path | None = None
    catalog: Path | None = None


def find_artifacts(
    wanted: Wanted | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> ArtifactPaths:
    """The paths of the artifacts, found as dbt does.

    The project folder: ``wanted.project_dir``, ``DBT_PROJECT_DIR``, else the nearest folder from
    the working directory upwards with a ``dbt_project.yml``. The target folder:
    ``wanted.target_path``, ``DBT_TARGET_PATH``, ``target-path`` in ``dbt_project.yml``, else
    ``target``; relative to the project folder. A named manifest brings its own folder, and the
    project folder only when it lies inside one. Every file may be plain or ``.gz``.

    *Raises*: `ArtifactError` when there is no manifest, or a named file is not there.
    """
    wanted = wanted or Wanted()
    env = os.environ if environ is None else environ
    here = cwd or Path.cwd()
    if wanted.manifest is not None:
        return _around_manifest(wanted, here, cwd)
    project = _project_dir(wanted, env, here)
    target = target_dir(project, wanted.target_path, env)
    manifest = _existing(target, "manifest.json")
    if manifest is None:
        raise _no_manifest(project, target)
    return _collect(target, manifest, project, _under(cwd, wanted.catalog))


def target_dir(project: Path, target_path: Path | None, environ: Mapping[str, str]) -> Path:
    """The project's target folder; it need not exist."""
    if target_path is not None:
        return project / target_path
    from_env = environ.get("DBT_TARGET_PATH")
    if from_env:
        return project / from_env
    return project / (project_setting(project, "target-path", environ) or "target")


def project_setting(project: Path, key: str, environ: Mapping[str, str]) -> str | None:
    """A plain top-level text in ``dbt_project.yml``; ``env_var('X', 'default')`` is understood.

    The file is scanned, not parsed: a YAML library for one line would be a dependency too many.
    """
    try:
        text = (project / PROJECT_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    for found in _TOP_KEY.finditer(text):
        if found["key"] == key:
            return _plain_value(found["value"], environ)
    return None


def _plain_value(text: str, environ: Mapping[str, str]) -> str | None:
    value = text[1:-1] if text[:1] in "\"'" and text[-1:] == text[:1] and len(text) > 1 else text
    call = _ENV_VAR.match(value)
    if call:
        return environ.get(call["name"], call["default"])
    return value if value and "{{" not in value and not value.startswith(("[", "{")) else None


def _project_dir(wanted: Wanted, env: Mapping[str, str], here: Path) -> Path:
    if wanted.project_dir is not None:
        folder = here / wanted.project_dir
        if not folder.is_dir():
            raise ArtifactError(f"no project folder '{wanted.project_dir}'")
        return folder
    if env.get("DBT_PROJECT_DIR"):
        return here / env["DBT_PROJECT_DIR"]
    return enclosing_project(here) or here


def enclosing_project(folder: Path) -> Path | None:
    """The nearest folder upwards that has a ``dbt_project.yml``."""
    for candidate in (folder, *folder.parents):
        if (candidate / PROJECT_FILE).is_file():
            return candidate
    return None


def _around_manifest(wanted: Wanted, here: Path, cwd: Path | None) -> ArtifactPaths:
    named = here / (wanted.manifest or "")
    manifest = _existing(named, "manifest.json") if named.is_dir() else named
    if manifest is None or not manifest.exists():
        looked = "manifest.json, manifest.json.gz" if named.is_dir() else "the path as given"
        raise ArtifactError(
            f"no manifest at '{wanted.manifest}'",
            ("looked", looked),
            ("hint", "run 'dbt compile' to write one, or check --manifest"),
        )
    project = (
        here / wanted.project_dir
        if wanted.project_dir is not None
        else enclosing_project(manifest.absolute().parent)
    )
    return _collect(manifest.parent, manifest, project, _under(cwd, wanted.catalog))


def _collect(
    target: Path, manifest: Path, project: Path | None, catalog: Path | None
) -> ArtifactPaths:
    if catalog is not None:
        named = _existing(catalog, "catalog.json") if catalog.is_dir() else catalog
        if named is None or not named.exists():
            raise ArtifactError(
                f"no catalog at '{catalog}'",
                ("hint", "run 'dbt docs generate' to write one, or leave --catalog out"),
            )
        catalog = named
    return ArtifactPaths(
        target_dir=target,
        manifest=manifest,
        catalog=catalog or _existing(target, "catalog.json"),
        run_results=_existing(target, "run_results.json"),
        sources=_existing(target, "sources.json") or _existing(target, "freshness.json"),
        project_dir=project if project and (project / PROJECT_FILE).is_file() else None,
        catalog_given=catalog is not None,
    )


def find_results(folder: Path) -> ArtifactPaths:
    """The results in a folder, whether there is a manifest beside them or not."""
    return ArtifactPaths(
        target_dir=folder,
        manifest=folder / "manifest.json",
        run_results=_existing(folder, "run_results.json"),
        sources=_existing(folder, "sources.json") or _existing(folder, "freshness.json"),
    )


def all_checks(paths: ArtifactPaths) -> list[Path]:
    """The results of freshness checks: dbt 2 writes one file for sources, and one for all."""
    if paths.sources is None:
        return []
    other = _existing(paths.sources.parent, "freshness.json")
    is_other = other is not None and paths.sources.name.startswith("sources.json")
    return [paths.sources, other] if other is not None and is_other else [paths.sources]


def _under(cwd: Path | None, path: Path | None) -> Path | None:
    """The path, as the user gave it where that will do: texts then show it as it was typed."""
    return path if path is None or cwd is None else cwd / path


def _existing(folder: Path, name: str) -> Path | None:
    """``folder/name`` or its ``.gz``; a folder of that name counts: reading it will say so."""
    for candidate in (folder / name, folder / f"{name}.gz"):
        try:
            if candidate.exists():
                return candidate
        except OSError:  # a folder that may not be entered: reading the file says why
            return candidate
    return None


def _no_manifest(project: Path, target: Path) -> ArtifactError:
    known = (
        f"project '{project}', target folder '{target}'"
        if (project / PROJECT_FILE).is_file()
        else f"no {PROJECT_FILE} in '{project}' or above it"
    )
    hint = (
        "run 'dbt compile' in the project"
        if (project / PROJECT_FILE).is_file()
        else "run in a dbt project, or name it with --project-dir DIR"
    )
    return ArtifactError(
        "no manifest",
        ("looked", f"{target / 'manifest.json'}, {target / 'manifest.json.gz'}"),
        ("knows", known),
        ("hint", f"{hint}; or point at one with --manifest FILE or --target-path DIR"),
    )


def named_project(path: Path) -> str:
    """The project's name as it stands at the start of the manifest, or "": a first guess."""
    try:
        with path.open("rb") as file:
            found = _PROJECT_NAME.search(file.read(_HEAD_BYTES))
    except OSError:
        return ""
    return found[1].decode("utf-8", "replace") if found else ""
