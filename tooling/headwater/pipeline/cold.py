"""A load from the artifacts themselves: read, parse what is not known yet, build the graph.

What an earlier load found is a start: see `reparsing` and the graph's `splice`. The result is the
same as without it, to the byte.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from headwater.artifacts.manifest import Known
from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.project import read_artifacts
from headwater.artifacts.seeds import read_header, seed_files
from headwater.artifacts.stored import OverlaidNodes, StoredNodes
from headwater.cache.lineages import LineageCache
from headwater.cache.stamp import code_stamp
from headwater.cache.states import Loose, WarmState
from headwater.core.edges import NodeLineage
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.graph.change import Change, Side
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.splice import changed_graph
from headwater.pipeline.parsing import Counts, Tools, parse_project
from headwater.pipeline.reparsing import reparsed
from headwater.pipeline.workers import ParseNode, Workers
from headwater.sql.dialects import dialect_for
from headwater.sql.kept import with_table_columns


@dataclass(frozen=True, slots=True)
class ColdLoad:
    """What a load found, what it cost, and which files besides the artifacts it looked at."""

    state: WarmState
    counts: Counts
    looked: tuple[str, ...]
    cache_warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wants:
    """How to load: with a catalog or not, in how many processes, and with which walk.

    ``folder`` holds the cache of lineages, if there is one; ``earlier`` is what a load before this
    one found, there.
    """

    catalog: bool = True
    jobs: int = 0
    folder: Path | None = None
    parse: ParseNode | None = None
    earlier: WarmState | None = None


class _Understood(NamedTuple):
    lineages: Mapping[str, NodeLineage]
    graph: ColumnGraph
    counts: Counts
    loose: Loose


def load_cold(paths: ArtifactPaths, wants: Wants) -> ColdLoad:
    """Everything behind the artifacts.

    *Raises*: `ArtifactError` when the manifest, or a catalog that the user named, cannot be used.
    """
    earlier = wants.earlier
    known = earlier.project.nodes if earlier else None
    kept = Known(known if isinstance(known, StoredNodes) else None) if wants.folder else None
    read = read_artifacts(paths, catalog=wants.catalog, known=kept)
    project = _without_unchanged(read.project)
    headers = _Headers(Path(project.root) if project.root else None)
    cache = LineageCache(wants.folder) if wants.folder else None
    workers = Workers(wants.parse or _parse_node(), wants.jobs)
    tools = Tools(
        dialect=dialect_for(project.adapter),
        parse_many=workers.parse_many,
        store=cache,
        stamp=code_stamp() if cache else b"",
        header=headers.of,
        table=with_table_columns,
    )
    gc.freeze()  # collecting syntax trees need not look at the project
    try:
        found = _after(earlier, project, tools) if earlier else None
        found = found or _from_scratch(project, tools)
    finally:
        gc.unfreeze()
        workers.close()
        if cache:
            cache.close()
    state = WarmState(
        project, found.graph, found.lineages, read.warnings, read.digests, found.loose
    )
    looked = tuple(dict.fromkeys((*read.consulted, *headers.looked)))
    return ColdLoad(state, found.counts, looked, tuple(cache.warnings) if cache else ())


def _without_unchanged(project: Project) -> Project:
    """The project; what became another node but is as it was is taken from the earlier load."""
    if isinstance(project.nodes, OverlaidNodes):
        with suppress(ValueError):  # a node that cannot be packed cannot be compared
            return replace(project, nodes=project.nodes.without_unchanged())
    return project


def _from_scratch(project: Project, tools: Tools) -> _Understood:
    lineages, counts = parse_project(project, tools)
    nodes = project.nodes
    missing = {p for node in nodes.values() for p in node.parents if p not in nodes}
    loose = Loose(counts.undeclared, frozenset(missing))
    return _Understood(lineages, build_graph(project, lineages), counts, loose)


def _after(earlier: WarmState, project: Project, tools: Tools) -> _Understood | None:
    """What the earlier load found, but for what changed since; ``None``: start from scratch."""
    found = reparsed(earlier, project, tools)
    if found is None or not isinstance(project.nodes, OverlaidNodes):
        return None
    change = Change(
        Side(earlier.project, earlier.lineages),
        Side(project, found.lineages),
        found.nodes,
        found.gone,
    )
    graph = changed_graph(earlier.graph, change) or build_graph(project, found.lineages)
    nodes = project.nodes
    missing = {p for node in nodes.fresh.values() for p in node.parents if p not in nodes}
    loose = Loose(False, earlier.loose.missing | missing | found.gone)
    return _Understood(found.lineages, graph, found.counts, loose)


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
