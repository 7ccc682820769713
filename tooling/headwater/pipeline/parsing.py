"""Every SQL node of a project -> `NodeLineage`, in an order where each knows its inputs' columns.

A node's `SqlContext` holds what *it* depends on and nothing else. The columns of an input are, in
this order: those of its own SQL; the catalog's, where the SQL leaves some open or could not be
read; the header of a seed's CSV file; those declared in YAML (which may not be all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from headwater.core.columns import Column
from headwater.core.edges import Gap, GapReason, NodeLineage
from headwater.core.project import Node, Project
from headwater.core.relations import Relation, SqlContext
from headwater.pipeline.ordering import batches
from headwater.pipeline.workers import Task

ParseMany = Callable[[list[Task]], list[NodeLineage]]

#: Nodes whose columns others read, or whose SQL reads others' columns.
_KINDS = frozenset(("model", "snapshot", "seed", "source", "test"))
_SQL_KINDS = frozenset(("model", "snapshot", "test"))
#: dbt's own generic tests: column_name (and ``field``) say all that their SQL would.
_KNOWN_TESTS = frozenset(("unique", "not_null", "accepted_values", "relationships"))
_PLAIN_COLUMN = re.compile(r"""[A-Za-z_][\w$]*|"[^"]+"|`[^`]+`""")
_EPHEMERAL_PREFIX = "__dbt__cte__"


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
    snapshot: Callable[[NodeLineage, Node], NodeLineage] = lambda lineage, node: lineage


@dataclass(slots=True)
class Counts:
    """How many nodes were parsed, and how many were known from an earlier run."""

    parsed: int = 0
    cached: int = 0


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
        if n.kind in _KINDS and not (n.kind == "test" and is_known_test(n))
    }
    order, cyclic = batches(parents)
    walk = _Walk(project, tools, cyclic)
    for batch in order:
        walk.understand(batch)
    return dict(sorted(walk.lineages.items())), walk.counts


@dataclass(slots=True)
class _Walk:
    """The lineages found so far, and what each node offers to those that read it."""

    project: Project
    tools: Tools
    cyclic: frozenset[str]
    lineages: dict[str, NodeLineage] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    offers: dict[str, Relation] = field(default_factory=dict)
    marks: dict[str, bytes] = field(default_factory=dict)
    ephemerals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def understand(self, batch: Iterable[str]) -> None:
        """Add the lineages of a batch whose inputs have all been understood."""
        todo: list[tuple[Node, str]] = []
        for node_id in batch:
            node = self.project.nodes[node_id]
            if node.kind in _SQL_KINDS and node.language == "sql" and node.sql is not None:
                todo.append((node, node.sql))
            else:
                lineage = self._without_sql(node)
                if lineage is not None:
                    self.lineages[node_id] = lineage
                self._offer(node, lineage)
        for node, lineage in zip([n for n, _ in todo], self._parse(todo), strict=True):
            finished = self._finished(node, lineage)
            self.lineages[node.id] = finished
            self._offer(node, finished)

    def _parse(self, todo: list[tuple[Node, str]]) -> list[NodeLineage]:
        store = self.tools.store
        keys = [self._key(node, sql) for node, sql in todo] if store else []
        known = store.get_many(keys) if store else {}
        missing = [at for at in range(len(todo)) if not keys or keys[at] not in known]
        tasks = [(todo[at][1], self._context(todo[at][0])) for at in missing]
        fresh = dict(zip(missing, self.tools.parse_many(tasks), strict=True)) if tasks else {}
        self.counts.parsed += len(fresh)
        self.counts.cached += len(todo) - len(fresh)
        if store and fresh:
            store.put_many({keys[at]: found for at, found in fresh.items() if _may_keep(found)})
        return [fresh[at] if at in fresh else known[keys[at]] for at in range(len(todo))]

    def _finished(self, node: Node, lineage: NodeLineage) -> NodeLineage:
        if node.kind == "snapshot":
            lineage = self.tools.snapshot(lineage, node)
        if node.id in self.cyclic:
            lineage = _with_gaps(lineage, _cycle_gap(node))
        return lineage

    def _without_sql(self, node: Node) -> NodeLineage | None:
        """A gap where SQL is missing, the header of a seed, or nothing to add."""
        if node.kind == "seed" and node.catalog_columns is None:
            header = self.tools.header(node)
            return NodeLineage(node.id, header, (0,) * len(header)) if header else None
        if node.kind not in _SQL_KINDS:
            return None
        gap = _no_sql_gap(node)
        gaps = tuple(g for g in (gap, _cycle_gap(node) if node.id in self.cyclic else None) if g)
        return NodeLineage(node.id, gaps=gaps) if gaps else None

    # -- what a node offers, and what it may read ------------------------------------------------

    def _offer(self, node: Node, lineage: NodeLineage | None) -> None:
        if node.kind == "test":
            return
        self.offers[node.id] = relation = offered(node, lineage)
        mark = _mark(node, relation)
        if node.relation is None:
            inner = [p for p in sorted(node.parents) if self._is_ephemeral(p)]
            chain = dict.fromkeys((*inner, *(e for p in inner for e in self.ephemerals[p])))
            self.ephemerals[node.id] = tuple(chain)
            for parent in chain:
                mark.update(self.marks[parent])
        self.marks[node.id] = mark.digest()

    def _is_ephemeral(self, node_id: str) -> bool:
        return node_id in self.ephemerals

    def _key(self, node: Node, sql: str) -> bytes:
        """Everything that `_context` and the SQL text can change in a lineage."""
        key = blake2b(f"{node.id}\0{self.tools.dialect}\0".encode(), digest_size=16)
        key.update(self.tools.stamp)
        key.update(sql.encode("utf-8", "surrogatepass"))
        for parent_id in sorted(node.parents):
            parent = self.project.nodes.get(parent_id)
            if parent_id in self.marks:
                key.update(self.marks[parent_id])
            elif parent is not None:
                key.update(_mark(parent, offered(parent, None)).digest())
        if node.relation:
            key.update(_mark(node, offered(node, None)).digest())
        return key.digest()

    def _context(self, node: Node) -> SqlContext:
        relations: dict[str, Relation] = {}
        ephemerals: dict[str, Relation] = {}
        for parent_id in sorted(node.parents):
            parent = self.project.nodes.get(parent_id)
            if parent is None:
                continue
            if parent.relation:
                relation = self.offers.get(parent_id) or offered(parent, None)
                relations.setdefault(parent.relation, relation)
            elif self._is_ephemeral(parent_id):
                for name in (parent_id, *self.ephemerals[parent_id]):
                    for cte in _cte_names(self.project.nodes[name]):
                        ephemerals.setdefault(cte, self.offers[name])
        if node.relation:
            relations.setdefault(node.relation, offered(node, None))
        return SqlContext(node.id, self.tools.dialect, relations, ephemerals)


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


def offered(node: Node, lineage: NodeLineage | None) -> Relation:
    """The columns that readers of the node may use."""
    if lineage is not None and lineage.columns and not lineage.is_open:
        return Relation(node.id, lineage.columns, complete=True)
    if node.catalog_columns is not None:
        return Relation(node.id, _names(node.catalog_columns), complete=True)
    if lineage is not None and lineage.columns:
        return Relation(node.id, tuple(c for c in lineage.columns if c != "*"))
    return Relation(node.id, _names(node.columns))


def _mark(node: Node, relation: Relation) -> blake2b:
    """What may change in the lineage of a reader when this relation changes."""
    names = "\0".join(relation.columns)
    text = f"{node.relation}\0{node.name}\0{node.id}\0{relation.complete}\0{names}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16)


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple([column.name for column in columns])


def _cte_names(node: Node) -> set[str]:
    """dbt names the CTE of an ephemeral model after its alias; versions differ, so the name too."""
    return {_EPHEMERAL_PREFIX + str(name) for name in (node.name, node.extra.get("alias")) if name}


def _may_keep(lineage: NodeLineage) -> bool:
    return all(gap.reason != GapReason.INTERNAL for gap in lineage.gaps)


def _with_gaps(lineage: NodeLineage, *gaps: Gap) -> NodeLineage:
    return NodeLineage(
        lineage.node,
        lineage.columns,
        lineage.column_flags,
        lineage.sources,
        lineage.links,
        (*lineage.gaps, *gaps),
    )


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
