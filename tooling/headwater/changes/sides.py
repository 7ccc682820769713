"""The two sides of a comparison: inputs under one name, and canonical forms of their nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from headwater.changes.keys import UniqueKeys
from headwater.changes.types import Known
from headwater.core.columns import ColumnRef
from headwater.core.edges import Effect, NodeLineage
from headwater.core.project import Node
from headwater.core.relations import Relation, SqlContext
from headwater.pipeline.contexts import Contexts, offered
from headwater.pipeline.loading import Loaded
from headwater.sql.canonical import NoPlan, Plan, canonical_plan
from headwater.sql.canonical_scope import Facts
from headwater.sql.dialects import dialect_for

_PLAIN = frozenset({"view", "table", "ephemeral"})


@dataclass
class Sides:
    """Base and head, and how the base's node ids are called in the head (``renamed``)."""

    base: Loaded
    head: Loaded
    renamed: Mapping[str, str] = field(default_factory=dict)
    renamed_columns: dict[str, dict[str, str]] = field(default_factory=dict)
    _unique: UniqueKeys | None = None

    def plans(self, old: Node, new: Node) -> tuple[Plan | NoPlan, Plan | NoPlan]:
        """The canonical forms of one node, over the same inputs.

        Both read the inputs' columns as they are in the head: what comes through a star because
        an input has changed is no change of this node.
        """
        before, after = self.context(self.base, old), self.context(self.head, new)
        facts = self._facts(before, after)
        renamed = {node: names for node in facts.others if (names := self.renames_of(node))}
        return (
            canonical_plan(
                old.sql or "", self._as_in_head(before), replace(facts, renamed=renamed)
            ),
            canonical_plan(new.sql or "", after, facts),
        )

    def body(self, node_id: str) -> tuple[str, SqlContext] | None:
        """The SQL of a model that only one side has, so that its readers are compared through it.

        What keeps rows of earlier runs is not what its SQL says, so it stays closed.
        """
        for side, other in ((self.base, self.head), (self.head, self.base)):
            node = side.project.nodes.get(node_id)
            taken = self.renamed if side is self.base else self.renamed.values()
            if node is None or node_id in other.project.nodes or node_id in taken:
                continue
            if node.kind != "model" or node.materialized not in _PLAIN or not node.sql:
                return None
            context = self.context(side, node)
            return node.sql, self._as_in_head(context) if side is self.base else context
        return None

    def renames_of(self, node_id: str) -> Mapping[str, str]:
        """The columns of a node that were probably renamed: old key -> new one.

        A node that was not edited hands on the renames above it, through its star.
        """
        found = self.renamed_columns.get(node_id)
        if found is None:
            self.renamed_columns[node_id] = {}
            found = self.renamed_columns[node_id] = self._handed_on(node_id)
        return found

    def _handed_on(self, node_id: str) -> dict[str, str]:
        before, after = self.base.lineages.get(node_id), self.head.lineages.get(node_id)
        if before is None or after is None or before.columns == after.columns:
            return {}
        old, new = _carried(before), _carried(after)
        come = {source: column for column, source in new.items() if column not in old}
        found = {}
        for column, source in old.items():
            if column in new or source.column is None:
                continue
            parent = self.name_in_head(source.node)
            name = self.renames_of(parent).get(source.column)
            target = come.get(ColumnRef(parent, name)) if name else None
            if target is not None:
                found[column] = target
        return found

    def same_text(self, old: Node, new: Node) -> bool:
        """Whether the compiled SQL is alike but for where its inputs are."""
        if old.sql is None or new.sql is None:
            return False
        if old.sql == new.sql:
            return True
        return self._neutral(self.base, old) == self._neutral(self.head, new)

    def known_types(self, node: Node) -> Known:
        """The types of the inputs' columns, where the catalog or YAML tells them."""
        found: dict[str, Mapping[str, str]] = {}
        for parent_id in node.parents:
            parent = self.head.project.nodes.get(parent_id)
            if parent is not None:
                columns = parent.catalog_columns or parent.columns
                found[parent_id] = {c.name.lower(): c.type for c in columns if c.type}
        return found

    def name_in_head(self, node_id: str) -> str:
        """What the head calls a node of the base."""
        return self.renamed.get(node_id, node_id)

    # -- inputs ----------------------------------------------------------------------------------

    def context(self, loaded: Loaded, node: Node) -> SqlContext:
        """What the node may read, by relation."""
        contexts = Contexts(loaded.project.nodes, dialect_for(loaded.project.adapter))
        for each in _inputs(loaded, node):
            contexts.offer(each, loaded.lineages.get(each.id))
        lineage = loaded.lineages.get(node.id)
        undeclared = contexts.undeclared(node, lineage) if lineage is not None else ()
        return contexts.context(node, undeclared)

    def _as_in_head(self, context: SqlContext) -> SqlContext:
        relations = {k: self._unified(r) for k, r in context.relations.items()}
        ephemerals = {k: self._unified(r) for k, r in context.ephemerals.items()}
        node = self.name_in_head(context.node)
        return replace(context, node=node, relations=relations, ephemerals=ephemerals)

    def _unified(self, relation: Relation) -> Relation:
        name = self.name_in_head(relation.node)
        node = self.head.project.nodes.get(name)
        if node is None:
            return relation
        found = offered(node, self.head.lineages.get(name))
        return found if found.columns or not relation.columns else replace(relation, node=name)

    def _facts(self, before: SqlContext, after: SqlContext) -> Facts:
        others: dict[str, tuple[str, ...]] = {}
        for relation in (*before.relations.values(), *before.ephemerals.values()):
            unified = self._unified(relation)
            have = {c.lower() for c in unified.columns}
            more = tuple(c for c in relation.columns if c.lower() not in have)
            if more:
                others[unified.node] = more
        if self._unique is None:
            self._unique = UniqueKeys(self.head)
        return Facts(self._unique, others, body=self.body)

    def _neutral(self, loaded: Loaded, node: Node) -> str:
        text = node.sql or ""
        nodes = loaded.project.nodes
        places = [(node.relation, node.id)] if node.relation else []
        for parent_id in node.parents:
            parent = nodes.get(parent_id)
            if parent is not None and parent.relation:
                places.append((parent.relation, parent_id))
        for relation, node_id in sorted(places, key=lambda p: (-len(p[0]), p[1])):
            name = self.name_in_head(node_id) if loaded is self.base else node_id
            text = text.replace(relation, f"\0{name}\0")
        return text


def _carried(lineage: NodeLineage) -> dict[str, ColumnRef]:
    """The columns that are one column of an input, unchanged; in lower case."""
    found: dict[str, ColumnRef] = {}
    for edge in lineage.edges():
        column, source = edge.target.column, edge.source
        if column is not None and source.column is not None and edge.effect is Effect.IDENTITY:
            found[column.lower()] = ColumnRef(source.node, source.column.lower())
    return found


def _inputs(loaded: Loaded, node: Node) -> Iterable[Node]:
    """The nodes a node reads, those inside of ephemeral ones before them."""
    nodes = loaded.project.nodes
    found: dict[str, Node] = {}

    def add(parent_id: str, around: frozenset[str]) -> None:
        parent = nodes.get(parent_id)
        if parent is None or parent_id in found or parent_id in around or parent.kind == "test":
            return
        if parent.relation is None:
            for inner in parent.parents:
                add(inner, around | {parent_id})
        found[parent_id] = parent

    for parent_id in node.parents:
        add(parent_id, frozenset({node.id}))
    return found.values()
