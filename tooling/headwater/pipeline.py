"""Artifacts -> `Loaded`: read, parse what is not known yet, build the graph. The only conductor."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from headwater.artifacts.paths import PROJECT_FILE, ArtifactPaths
from headwater.artifacts.project import read_artifacts
from headwater.artifacts.seeds import read_header, seed_files
from headwater.cache import LineageCache, cache_folder
from headwater.core.edges import NodeLineage
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.graph.column_graph import ColumnGraph
from headwater.parsing import Tools, parse_project
from headwater.sql.dialects import dialect_for
from headwater.sql.snapshots import with_snapshot_columns
from headwater.stamp import code_stamp
from headwater.warm import WarmState, identity, look, read_warm, write_warm
from headwater.workers import ParseNode, Workers


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load.

    ``catalog``: use a catalog where there is one. ``use_cache``: keep and reuse what was understood
    (``cache_dir``: where, by default the user's cache folder). ``jobs``: processes for a cold run;
    0 decides by the amount of work. ``keep_state``: also keep the whole result for the next run;
    not worth it for artifacts in a temporary folder.
    """

    catalog: bool = True
    use_cache: bool = True
    cache_dir: Path | None = None
    jobs: int = 0
    keep_state: bool = True


@dataclass(frozen=True, slots=True)
class LoadStats:
    """Where the answer came from: nodes parsed now, nodes known from earlier runs."""

    parsed: int = 0
    cached: int = 0
    from_snapshot: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project, understood. ``lineages`` is keyed by node id; ``warnings`` are for stderr."""

    project: Project
    graph: ColumnGraph
    lineages: Mapping[str, NodeLineage]
    warnings: tuple[str, ...] = ()
    stats: LoadStats = field(default_factory=LoadStats)


def load(
    paths: ArtifactPaths, options: LoadOptions | None = None, *, parse: ParseNode | None = None
) -> Loaded:
    """The project behind these artifacts, with its column graph.

    ``parse`` replaces the SQL walk, and turns caches off (tests do).

    *Raises*: `ArtifactError` when the manifest, or a catalog that the user named, cannot be used.
    Anything less is a warning or a gap.
    """
    options = options or LoadOptions()
    folder = _cache_folder(options) if parse is None else None
    with _collector_paused():
        found = read_warm(folder, _state_name(paths, options)) if folder else None
        if found is not None:
            stats = LoadStats(cached=len(found.lineages), from_snapshot=True)
            return Loaded(found.project, found.graph, found.lineages, found.warnings, stats)
        return _load_anew(paths, options, folder, parse)


def _load_anew(
    paths: ArtifactPaths, options: LoadOptions, folder: Path | None, parse: ParseNode | None
) -> Loaded:
    marks = [look(path) for path in _own_inputs(paths, options)]
    read = read_artifacts(paths, catalog=options.catalog)
    project = read.project
    headers = _Headers(Path(project.root) if project.root else None)
    cache = LineageCache(folder) if folder else None
    workers = Workers(parse or _parse_node(), options.jobs)
    try:
        lineages, counts = parse_project(project, _tools(project, workers, cache, headers))
    finally:
        workers.close()
        if cache:
            cache.close()
    graph = build_graph(project, lineages)
    warnings = [*read.warnings, *(cache.warnings if cache else ())]
    if folder and options.keep_state and not (cache and cache.warnings):
        marks += [look(path) for path in (*read.consulted, *headers.looked)]
        state = WarmState(project, graph, lineages, read.warnings)
        try:
            write_warm(folder, _state_name(paths, options), state, marks)
        except OSError as error:
            warnings.append(f"nothing kept for the next run in '{folder}': {error}")
    stats = LoadStats(counts.parsed, counts.cached)
    return Loaded(project, graph, lineages, tuple(warnings), stats)


def _cache_folder(options: LoadOptions) -> Path | None:
    if not options.use_cache:
        return None
    return options.cache_dir or cache_folder()


def _state_name(paths: ArtifactPaths, options: LoadOptions) -> str:
    files = _own_inputs(paths, options)
    return identity([*(os.path.abspath(path) for path in files), paths.catalog_given])


def _own_inputs(paths: ArtifactPaths, options: LoadOptions) -> list[Path]:
    found = [paths.manifest]
    if options.catalog:
        found.append(paths.catalog or paths.target_dir / "catalog.json")
    if paths.project_dir:
        found.append(paths.project_dir / PROJECT_FILE)
    return found


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection: a load makes millions of objects that are all still in use.

    What exists is set aside, so that collecting syntax trees (`parse_serially`) looks at them only.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def _parse_node() -> ParseNode:
    from headwater.sql.parse import parse_node  # noqa: PLC0415 - sqlglot only when it is needed

    return parse_node


def _tools(
    project: Project, workers: Workers, cache: LineageCache | None, headers: _Headers
) -> Tools:
    gc.freeze()
    return Tools(
        dialect=dialect_for(project.adapter),
        parse_many=workers.parse_many,
        store=cache,
        stamp=code_stamp() if cache else b"",
        header=headers.of,
        snapshot=with_snapshot_columns,
    )


@dataclass(slots=True)
class _Headers:
    """Reads the headers of seeds, and remembers which files it looked for."""

    root: Path | None
    looked: list[str] = field(default_factory=list)

    def of(self, node: Node) -> tuple[str, ...] | None:
        for path in seed_files(node, self.root):
            self.looked.append(str(path))
            if path.is_file():
                return read_header(path, str(node.extra.get("delimiter") or ","))
        return None
