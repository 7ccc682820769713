"""All artifacts of a project -> `Project`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from headwater.artifacts.catalog import attach_catalog, read_catalog
from headwater.artifacts.compiled import with_compiled_files
from headwater.artifacts.manifest import read_manifest
from headwater.artifacts.paths import ArtifactPaths, project_setting
from headwater.core.errors import ArtifactError
from headwater.core.project import Project


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project, what should be said about how it was read, and the other files it came from.

    ``consulted`` are paths (as text) of files besides manifest and catalog that shaped the result.
    """

    project: Project
    warnings: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()


def read_project(paths: ArtifactPaths, *, catalog: bool = True) -> Project:
    """The project that the artifacts describe.

    *Raises*: `ArtifactError` when the manifest cannot be used, or a catalog that the user named.
    """
    return read_artifacts(paths, catalog=catalog).project


def read_artifacts(paths: ArtifactPaths, *, catalog: bool = True) -> ReadProject:
    """As `read_project`, with the warnings."""
    read = read_manifest(paths.manifest)
    project, warnings = replace(read.project, root=_root(read.project, paths)), read.warnings
    compiled = with_compiled_files(project, paths)
    project, warnings = compiled.project, warnings + compiled.warnings
    if catalog and paths.catalog is not None:
        project, more = _with_catalog(project, paths)
        warnings += more
    return ReadProject(project, warnings, compiled.consulted)


def _root(project: Project, paths: ArtifactPaths) -> str:
    """The project's folder, unless the manifest is of another project than the folder."""
    if paths.project_dir is None:
        return ""
    name = project_setting(paths.project_dir, "name", {})
    return str(paths.project_dir) if name == project.name else ""


def _with_catalog(project: Project, paths: ArtifactPaths) -> tuple[Project, tuple[str, ...]]:
    assert paths.catalog is not None  # noqa: S101 - the caller looked
    try:
        document = read_catalog(paths.catalog)
    except ArtifactError as error:
        if paths.catalog_given:
            raise
        return project, (f"{error.message}; it is not used",)
    return attach_catalog(project, document, paths.catalog, strict=paths.catalog_given)
