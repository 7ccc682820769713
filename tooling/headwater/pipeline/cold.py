"""A load from the artifacts themselves: read, parse what is not known yet, build the graph."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from pathlib import Path

from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.project import ReadProject, read_artifacts
from headwater.artifacts.seeds import read_header, seed_files
from headwater.cache.lineages import LineageCache
from headwater.cache.stamp import code_stamp
from headwater.core.edges import NodeLineage
from headwater.core.project import Node
from headwater.graph.build import build_graph
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.parsing import Counts, Tools, parse_project
from headwater.pipeline.workers import ParseNode, Workers
from headwater.sql.dialects import dialect_for
from headwater.sql.snapshots import with_snapshot_columns


@dataclass(frozen=True, slots=True)
class ColdLoad:
    """What a load found, what it cost, and which files besides the artifacts it looked at."""

    read: ReadProject
    lineages: dict[str, NodeLineage]
    graph: ColumnGraph
    counts: Counts
    looked: tuple[str, ...]
    cache_warnings: tuple[str, ...] = ()


def load_cold(
    paths: ArtifactPaths, *, catalog: bool, jobs: int, folder: Path | None, parse: ParseNode | None
) -> ColdLoad:
    """Everything behind the artifacts; ``folder`` holds the cache of lineages, if there is one.

    *Raises*: `ArtifactError` when the manifest, or a catalog that the user named, cannot be used.
    """
    read = read_artifacts(paths, catalog=catalog)
    headers = _Headers(Path(read.project.root) if read.project.root else None)
    cache = LineageCache(folder) if folder else None
    workers = Workers(parse or _parse_node(), jobs)
    tools = Tools(
        dialect=dialect_for(read.project.adapter),
        parse_many=workers.parse_many,
        store=cache,
        stamp=code_stamp() if cache else b"",
        header=headers.of,
        snapshot=with_snapshot_columns,
    )
    gc.freeze()  # collecting syntax trees need not look at the project
    try:
        lineages, counts = parse_project(read.project, tools)
    finally:
        gc.unfreeze()
        workers.close()
        if cache:
            cache.close()
    graph = build_graph(read.project, lineages)
    warnings = tuple(cache.warnings) if cache else ()
    looked = (*read.consulted, *headers.looked)
    return ColdLoad(read, lineages, graph, counts, looked, warnings)


def _parse_node() -> ParseNode:
    from headwater.sql.parse import parse_node  # noqa: PLC0415 - sqlglot only when it is needed

    return parse_node


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
