"""Every SQL node of a project -> `NodeLineage`, in an order where each knows its inputs' columns.

A node's `SqlContext` holds what *it* depends on and nothing else. The columns of an input are, in
this order: those of its own SQL; the catalog's, where the SQL leaves some open or could not be
read; the header of a seed's CSV file; those declared in YAML (which may not be all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from headwater.core.edges import Gap, GapReason, NodeLineage
from headwater.core.project import Node, Project
from headwater.pipeline.contexts import Contexts
from headwater.pipeline.ordering import batches
from headwater.pipeline.workers import Task

ParseMany = Callable[[list[Task]], list[NodeLineage]]

#: Nodes whose columns others read, or whose SQL reads others' columns.
KINDS = frozenset(("model", "snapshot", "seed", "source", "test"))
_SQL_KINDS = frozenset(("model", "snapshot", "test"))
#: dbt's own generic tests: column_name (and ``field``) say all that their SQL would.
_KNOWN_TESTS = frozenset(("unique", "not_null", "accepted_values", "relationships"))
_PLAIN_COLUMN = re.compile(r"""[A-Za-z_][\w$]*|"[^"]+"|`[^`]+`""")


class Store(Protocol):
    """Where lineages are kept between runs."""

    def get_many(self, keys: list[bytes]) -> dict[bytes, NodeLineage]:
        """The lineages that are known, by key."""

    def put_many(self, lineages: Mapping[bytes, NodeLineage]) -> None:
        """Keep these."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the walk over a project is done with."""

    dialect: str
    parse_many: ParseMany
    store: Store | None = None
    stamp: bytes = b""  #: what makes a kept lineage this code's: part of its key
    header: Callable[[Node], tuple[str, ...] | None] = lambda node: None
    table: Callable[[NodeLineage, Node], NodeLineage] = lambda lineage, node: lineage


@dataclass(slots=True)
class Counts:
    """How many nodes have SQL, and how often SQL had to be parsed.

    A node that reads what dbt was not told of is parsed twice; ``undeclared``: there are such.
    """

    total: int = 0
    parsed: int = 0
    undeclared: bool = False

    @property
    def cached(self) -> int:
        """How many nodes were known from an earlier run."""
        return max(0, self.total - self.parsed)


class _Todo(NamedTuple):
    """A node whose SQL is to be understood, and nodes it reads beside its ``depends_on``."""

    node: Node
    sql: str
    undeclared: tuple[str, ...] = ()


def parse_project(project: Project, tools: Tools) -> tuple[dict[str, NodeLineage], Counts]:
    """The lineage of every node that has, or should have, SQL; and of seeds with a CSV header.

    *Shape*: keyed by node id, sorted. Python models and nodes without compiled SQL have a lineage
    with a gap and no columns; a node on a cycle has a gap and is read without knowing its inputs.
    Tests whose metadata says which columns they read are left out: they are most of a project's
    SQL texts, and the graph reads their metadata.
    """
    parents = {
        n.id: n.parents
        for n in project.nodes.values()
        if n.kind in KINDS and not (n.kind == "test" and is_known_test(n))
    }
    order, cyclic = batches(parents)
    walk = Walk(project, tools, cyclic, Contexts(project.nodes, tools.dialect, tools.stamp))
    for batch in order:
        walk.understand(batch)
    return dict(sorted(walk.lineages.items())), walk.counts


@dataclass(slots=True)
class Walk:
    """The lineages found so far, and what they offer to the nodes that come after them."""

    project: Project
    tools: Tools
    cyclic: frozenset[str]
    contexts: Contexts
    lineages: dict[str, NodeLineage] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)

    def understand(self, batch: Iterable[str]) -> None:
        """Add the lineages of a batch whose inputs have all been understood."""
        todo: list[_Todo] = []
        for node_id in batch:
            node = self.project.nodes[node_id]
            if node.kind in _SQL_KINDS and node.language == "sql" and node.sql is not None:
                todo.append(_Todo(node, node.sql))
            else:
                self._keep(node, self.without_sql(node))
        found = self._parse(todo)
        self.counts.total += len(found)
        more = {
            at: _Todo(each.node, each.sql, undeclared)
            for at, each in enumerate(todo)
            if (undeclared := self.contexts.undeclared(each.node, found[at]))
        }
        self.counts.undeclared |= bool(more)
        for at, lineage in zip(more, self._parse(list(more.values())), strict=True):
            found[at] = lineage
        for each, lineage in zip(todo, found, strict=True):
            self._keep(each.node, self._finished(each.node, lineage))

    def _keep(self, node: Node, lineage: NodeLineage | None) -> None:
        if lineage is not None:
            self.lineages[node.id] = lineage
        if node.kind != "test":
            self.contexts.offer(node, lineage)

    def _parse(self, todo: list[_Todo]) -> list[NodeLineage]:
        store = self.tools.store
        keys = [self.contexts.key(*each) for each in todo] if store else []
        known = store.get_many(keys) if store and keys else {}
        missing = [at for at in range(len(todo)) if not keys or keys[at] not in known]
        tasks = [
            (each.sql, self.contexts.context(each.node, each.undeclared))
            for each in map(todo.__getitem__, missing)
        ]
        fresh = dict(zip(missing, self.tools.parse_many(tasks), strict=True)) if tasks else {}
        self.counts.parsed += len(fresh)
        if store and fresh:
            store.put_many({keys[at]: found for at, found in fresh.items() if _may_keep(found)})
        return [fresh[at] if at in fresh else known[keys[at]] for at in range(len(todo))]

    def _finished(self, node: Node, lineage: NodeLineage) -> NodeLineage:
        lineage = self.contexts.explained(lineage)
        lineage = self.tools.table(lineage, node)
        if node.id in self.cyclic:
            lineage = _with_gaps(lineage, _cycle_gap(node))
        return lineage

    def without_sql(self, node: Node) -> NodeLineage | None:
        """A gap where SQL is missing, the header of a seed, or nothing to add."""
        if node.kind == "seed" and node.catalog_columns is None:
            header = self.tools.header(node)
            return NodeLineage(node.id, header, (0,) * len(header)) if header else None
        if node.kind not in _SQL_KINDS:
            return None
        gap = _no_sql_gap(node)
        gaps = tuple(g for g in (gap, _cycle_gap(node) if node.id in self.cyclic else None) if g)
        return NodeLineage(node.id, gaps=gaps) if gaps else None


def is_known_test(node: Node) -> bool:
    """Whether a test's metadata tells as much as its SQL: dbt's own four, on a plain column."""
    extra = node.extra
    metadata = extra.get("test_metadata") or {}
    return (
        metadata.get("name") in _KNOWN_TESTS
        and metadata.get("namespace") in (None, "dbt")
        and not extra.get("where")
        and bool(extra.get("attached_node"))
        and _PLAIN_COLUMN.fullmatch(str(extra.get("column_name") or "")) is not None
    )


def _may_keep(lineage: NodeLineage) -> bool:
    return all(gap.reason != GapReason.INTERNAL for gap in lineage.gaps)


def _with_gaps(lineage: NodeLineage, *gaps: Gap) -> NodeLineage:
    return replace(lineage, gaps=(*lineage.gaps, *gaps))


def _cycle_gap(node: Node) -> Gap:
    return Gap(node.id, None, GapReason.CYCLE, "it depends on itself through other nodes")


def _no_sql_gap(node: Node) -> Gap | None:
    if node.language != "sql":
        detail = f"a {node.language} model: which columns it reads cannot be seen"
        return Gap(node.id, None, GapReason.PYTHON_MODEL, detail)
    if node.raw_sql is None and not node.path:
        return None  # a model of another project: only its name and relation are known
    if node.kind == "test" and node.extra.get("test_type") == "generic":
        return None  # its metadata tells which column it reads
    return Gap(node.id, None, GapReason.NOT_COMPILED, "the manifest has no compiled SQL for it")
