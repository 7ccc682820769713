"""Artifacts -> `Loaded`: what was kept from the last run, or a cold load."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from headwater.artifacts.paths import PROJECT_FILE, ArtifactPaths, named_project
from headwater.cache.folder import cache_folder
from headwater.cache.states import identity, look, read_earlier, read_warm, write_warm
from headwater.core.edges import NodeLineage
from headwater.core.project import Project
from headwater.core.relations import SqlContext
from headwater.graph.column_graph import ColumnGraph

ParseNode = Callable[[str, SqlContext], NodeLineage]


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
    with collector_paused():
        found = read_warm(folder, _state_name(paths, options)) if folder else None
        if found is None:
            return _load_cold(paths, options, folder, parse)
    stats = LoadStats(cached=len(found.lineages), from_snapshot=True)
    return Loaded(found.project, found.graph, found.lineages, found.warnings, stats)


def _load_cold(
    paths: ArtifactPaths, options: LoadOptions, folder: Path | None, parse: ParseNode | None
) -> Loaded:
    from headwater.pipeline.cold import Wants, load_cold  # noqa: PLC0415 - not for a warm start

    marks = [look(path) for path in _own_inputs(paths, options)] if folder else []
    name = _state_name(paths, options)
    earlier = read_earlier(folder, name, named_project(paths.manifest)) if folder else None
    cold = load_cold(paths, Wants(options.catalog, options.jobs, folder, parse, earlier))
    state, failure = cold.state, cold.cache_warnings
    if folder and options.keep_state and not failure:
        try:
            marks += [look(path, timed=True) for path in cold.looked]
            write_warm(folder, name, state, marks)
        except (OSError, ValueError) as error:
            failure = (f"nothing kept for the next run in '{folder}': {error}",)
    stats = LoadStats(cold.counts.parsed, cold.counts.cached)
    return Loaded(state.project, state.graph, state.lineages, (*state.warnings, *failure), stats)


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
def collector_paused() -> Iterator[None]:
    """No garbage collection: a load makes millions of objects that are all still in use."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
