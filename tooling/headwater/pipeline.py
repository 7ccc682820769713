"""Artifacts -> `Loaded`: read, parse what is not known yet, build the graph. The only conductor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.project import read_artifacts
from headwater.artifacts.seeds import read_header, seed_file
from headwater.core.edges import NodeLineage
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.graph.column_graph import ColumnGraph
from headwater.parsing import Tools, parse_project
from headwater.sql.dialects import dialect_for
from headwater.sql.snapshots import with_snapshot_columns
from headwater.workers import ParseNode, Workers


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load.

    ``catalog``: use a catalog where there is one. ``use_cache``: keep and reuse what was understood
    (``cache_dir``: where, by default the user's cache folder). ``jobs``: processes for a cold run;
    0 decides by the amount of work.
    """

    catalog: bool = True
    use_cache: bool = True
    cache_dir: Path | None = None
    jobs: int = 0


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

    ``parse`` replaces the SQL walk (tests do).

    *Raises*: `ArtifactError` when the manifest, or a catalog that the user named, cannot be used.
    Anything less is a warning or a gap.
    """
    options = options or LoadOptions()
    read = read_artifacts(paths, catalog=options.catalog)
    project = read.project
    workers = Workers(parse or _parse_node(), options.jobs)
    try:
        lineages, counts = parse_project(project, _tools(project, workers))
    finally:
        workers.close()
    graph = build_graph(project, lineages)
    return Loaded(project, graph, lineages, read.warnings, LoadStats(counts.parsed, counts.cached))


def _parse_node() -> ParseNode:
    from headwater.sql.parse import parse_node  # noqa: PLC0415 - sqlglot only when it is needed

    return parse_node


def _tools(project: Project, workers: Workers) -> Tools:
    return Tools(
        dialect=dialect_for(project.adapter),
        parse_many=workers.parse_many,
        header=_header_reader(project),
        snapshot=with_snapshot_columns,
    )


def _header_reader(project: Project) -> Callable[[Node], tuple[str, ...] | None]:
    root = Path(project.root) if project.root else None

    def header(node: Node) -> tuple[str, ...] | None:
        path = seed_file(node, root)
        return read_header(path, str(node.extra.get("delimiter") or ",")) if path else None

    return header
