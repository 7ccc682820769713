"""All artifacts of a project -> `Project`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from headwater.artifacts.catalog import attach_catalog, read_tables, without_table
from headwater.artifacts.compiled import with_compiled_files
from headwater.artifacts.manifest import Known, read_manifest
from headwater.artifacts.paths import ArtifactPaths, project_setting
from headwater.artifacts.stored import NO_DIGEST, Digests, OverlaidNodes, replaced
from headwater.core.errors import ArtifactError
from headwater.core.project import Project


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project, what should be said about how it was read, and the other files it came from.

    ``consulted`` are paths (as text) of files besides manifest and catalog that shaped the result.
    ``digests`` tell what each node was made of, where they were wanted.
    """

    project: Project
    warnings: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    digests: Digests = field(default_factory=Digests)


def read_project(paths: ArtifactPaths, *, catalog: bool = True) -> Project:
    """The project that the artifacts describe.

    *Raises*: `ArtifactError` when the manifest cannot be used, or a catalog that the user named.
    """
    return read_artifacts(paths, catalog=catalog).project


def read_artifacts(
    paths: ArtifactPaths, *, catalog: bool = True, known: Known | None = None
) -> ReadProject:
    """As `read_project`, with the warnings.

    With nodes ``known`` from an earlier load the project's nodes are `OverlaidNodes`: those that
    are made of the same entries as then are not made again.
    """
    read = read_manifest(paths.manifest, known)
    project, warnings = replace(read.project, root=_root(read.project, paths)), read.warnings
    compiled = with_compiled_files(project, paths)
    project, warnings = compiled.project, warnings + compiled.warnings
    tables: Mapping[str, bytes] = {}
    if catalog and paths.catalog is not None:
        project, tables, more = _with_catalog(project, paths, known)
        warnings += more
    entries = {key: mark for key, mark in read.digests.items() if key not in compiled.candidates}
    project = _without_lost_tables(project, tables)
    return ReadProject(project, warnings, compiled.consulted, Digests(entries, tables))


def _root(project: Project, paths: ArtifactPaths) -> str:
    """The project's folder, unless the manifest is of another project than the folder."""
    if paths.project_dir is None:
        return ""
    name = project_setting(paths.project_dir, "name", {})
    return str(paths.project_dir) if name == project.name else ""


def _with_catalog(
    project: Project, paths: ArtifactPaths, known: Known | None
) -> tuple[Project, Mapping[str, bytes], tuple[str, ...]]:
    assert paths.catalog is not None  # noqa: S101 - the caller looked
    nodes = project.nodes

    def is_known(key: str, digest: bytes) -> bool:
        if not isinstance(nodes, OverlaidNodes) or key in nodes.fresh or key not in nodes:
            return False
        return nodes.base.table_digest(key) == digest

    try:
        found = read_tables(paths.catalog, is_known if known is not None else None)
    except ArtifactError as error:
        if paths.catalog_given:
            raise
        return project, {}, (f"{error.message}; it is not used",)
    attached, warnings = attach_catalog(
        project, found.tables, paths.catalog, strict=paths.catalog_given
    )
    return attached, found.digests if attached.has_catalog else {}, warnings


def _without_lost_tables(project: Project, tables: Mapping[str, bytes]) -> Project:
    """The project without the catalog columns that its nodes had in the earlier load only."""
    nodes = project.nodes
    if not isinstance(nodes, OverlaidNodes) or not nodes.base.has_tables:
        return project
    lost = {
        key: without_table(nodes.base[key])
        for key in nodes
        if key not in nodes.fresh
        and key not in tables
        and nodes.base.table_digest(key) != NO_DIGEST
    }
    return replace(project, nodes=replaced(nodes, lost)) if lost else project
