"""What one node may read: its `SqlContext`, and the key of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from headwater.core.columns import Column
from headwater.core.edges import Gap, GapReason, NodeLineage
from headwater.core.project import Node
from headwater.core.relations import Relation, SqlContext
from headwater.sql.slices import SLICES_TEXT

_EPHEMERAL_PREFIX = "__dbt__cte__"
_QUOTES = re.compile(r'["`\[\]]')
_TEXT = re.compile(r"(?i:(n?var)?char(acter)?( varying)?|text|string|bpchar)\s*(\(.*\))?")
#: The kinds that have a relation others may read.
_KINDS = frozenset(("source", "model", "snapshot", "seed"))


@dataclass(slots=True)
class Contexts:
    """What every node understood so far offers, and what the next ones may read of it.

    ``stamp`` is part of every key: what makes a kept lineage this code's.
    """

    nodes: Mapping[str, Node]
    dialect: str
    stamp: bytes = b""
    _offers: dict[str, Relation] = field(default_factory=dict)
    _marks: dict[str, bytes] = field(default_factory=dict)
    _ephemerals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _texts: dict[str, frozenset[str]] = field(default_factory=dict)
    _by_relation: dict[str, list[str]] | None = None

    def offer(self, node: Node, lineage: NodeLineage | None) -> None:
        """Let the nodes that come later read this one."""
        self._offers[node.id] = relation = offered(node, lineage)
        mark = _mark(node, relation)
        if node.relation is None:
            inner = [p for p in sorted(node.parents) if p in self._ephemerals]
            chain = dict.fromkeys((*inner, *(e for p in inner for e in self._ephemerals[p])))
            self._ephemerals[node.id] = tuple(chain)
            for parent in chain:
                mark.update(self._marks[parent])
        self._marks[node.id] = mark.digest()

    def key(self, node: Node, sql: str, undeclared: tuple[str, ...] = ()) -> bytes:
        """Everything that the SQL text and `context` can change in a lineage, as 16 bytes."""
        key = blake2b(f"{node.id}\0{self.dialect}\0".encode(), digest_size=16)
        key.update(self.stamp)
        key.update(sql.encode("utf-8", "surrogatepass"))
        if self.dialect in SLICES_TEXT:
            texts = {each: sorted(self.texts(each)) for each in (*node.parents, *undeclared)}
            key.update(repr(sorted(texts.items())).encode("utf-8", "surrogatepass"))
        for parent_id in (*sorted(node.parents), *undeclared):
            parent = self.nodes.get(parent_id)
            if parent_id in self._marks:
                key.update(self._marks[parent_id])
            elif parent is not None:  # on a cycle; an ephemeral one is then not readable at all
                key.update(b"unread" + _mark(parent, offered(parent, None)).digest())
        if node.relation:
            key.update(_mark(node, offered(node, None)).digest())
        return key.digest()

    def context(self, node: Node, undeclared: tuple[str, ...] = ()) -> SqlContext:
        """The node's inputs by relation, ephemeral ones by CTE name, and the node itself."""
        relations: dict[str, Relation] = {}
        ephemerals: dict[str, Relation] = {}
        for parent_id in (*sorted(node.parents), *undeclared):
            parent = self.nodes.get(parent_id)
            if parent is None:
                continue
            if parent.relation:
                relation = self._offers.get(parent_id) or offered(parent, None)
                if self.dialect in SLICES_TEXT:
                    relation = replace(relation, texts=self.texts(parent_id))
                relations.setdefault(parent.relation, relation)
            elif parent_id in self._ephemerals:
                for name in (parent_id, *self._ephemerals[parent_id]):
                    for cte in cte_names(self.nodes[name]):
                        ephemerals.setdefault(cte, self._offers[name])
        if node.relation:
            relations.setdefault(node.relation, offered(node, None))
        return SqlContext(node.id, self.dialect, relations, ephemerals)

    def texts(self, node_id: str) -> frozenset[str]:
        """The columns of a node that its catalog, or who declared them, calls texts."""
        found = self._texts.get(node_id)
        if found is None:
            node = self.nodes.get(node_id)
            found = self._texts[node_id] = texts_of(node) if node is not None else frozenset()
        return found

    def undeclared(self, node: Node, lineage: NodeLineage) -> tuple[str, ...]:
        """The project's nodes that the SQL reads though dbt was not told of it.

        A macro that asks the warehouse what exists writes relations that no ``ref`` or ``source``
        names. They count only when nothing the node depends on has that relation, and when it is
        clear whose relation it is (docs/decisions/0005-relations-outside-depends-on.md).
        """
        found = {self._owner(name) for name in self._outside(node.id, lineage)}
        return tuple(sorted(f for f in found if f is not None and f != node.id))

    def explained(self, lineage: NodeLineage) -> NodeLineage:
        """The lineage; a gap about a relation that several nodes share names them."""
        if not any(gap.reason == GapReason.UNKNOWN_RELATION for gap in lineage.gaps):
            return lineage
        gaps = tuple(self._with_owners(gap) for gap in lineage.gaps)
        return replace(lineage, gaps=gaps) if gaps != lineage.gaps else lineage

    def _with_owners(self, gap: Gap) -> Gap:
        if gap.reason != GapReason.UNKNOWN_RELATION:
            return gap
        owners = self._owners().get(relation_key(gap.detail), [])
        if len(owners) < 2:
            return gap
        detail = f"{gap.detail} could be {' or '.join(owners)}: depends_on names none of them"
        return replace(gap, detail=detail)

    @staticmethod
    def _outside(node_id: str, lineage: NodeLineage) -> set[str]:
        """The names of relations that nothing the node depends on has."""
        prefix = SqlContext(node_id, "").external
        sources = lineage.sources
        return {r.node.removeprefix(prefix) for r in sources if r.node.startswith(prefix)}

    def _owner(self, name: str) -> str | None:
        """The one node whose relation it is; of a source and the seeds that fill it, the source."""
        owners = self._owners().get(name.lower(), [])
        filled = [owner for owner in owners if self.nodes[owner].kind != "seed"] or owners
        if len(filled) > 1 or (len(owners) > 1 and self.nodes[filled[0]].kind != "source"):
            return None
        return filled[0] if filled else None

    def _owners(self) -> dict[str, list[str]]:
        if self._by_relation is None:
            self._by_relation = {}
            for node in sorted(self.nodes.values(), key=lambda n: n.id):
                if node.relation and node.kind in _KINDS:
                    self._by_relation.setdefault(relation_key(node.relation), []).append(node.id)
        return self._by_relation


def offered(node: Node, lineage: NodeLineage | None) -> Relation:
    """The columns that readers of the node may use."""
    if lineage is not None and lineage.columns and not lineage.is_open:
        return Relation(node.id, lineage.columns, complete=True)
    if node.catalog_columns is not None:
        return Relation(node.id, _names(node.catalog_columns), complete=True)
    if lineage is not None and lineage.columns:
        return Relation(node.id, tuple(c for c in lineage.columns if c != "*"))
    return Relation(node.id, _names(node.columns))


def texts_of(node: Node) -> frozenset[str]:
    """The columns whose type is said to be one of text, in lower case.

    A CSV holds no lists: what can be sliced in a seed is text, unless a type says otherwise.
    """
    said = node.catalog_columns if node.catalog_columns is not None else node.columns
    types = {c.name.lower(): c.type for c in said}
    if node.kind == "seed":
        types |= {str(name).lower(): str(kind) for name, kind in _column_types(node).items()}
    return frozenset(
        name
        for name, kind in types.items()
        if (_TEXT.fullmatch(kind.strip()) if kind else node.kind == "seed")
    )


def _column_types(node: Node) -> Mapping[str, object]:
    found = node.config.get("column_types")
    return found if isinstance(found, Mapping) else {}


def relation_key(relation: str) -> str:
    """A relation's name without quotes and case: as external relations are named."""
    return _QUOTES.sub("", relation).lower()


def _mark(node: Node, relation: Relation) -> blake2b:
    """What may change in the lineage of a reader when this relation changes."""
    names = "\0".join(relation.columns)
    text = f"{node.relation}\0{node.name}\0{node.id}\0{relation.complete}\0{names}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16)


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple([column.name for column in columns])


def cte_names(node: Node) -> set[str]:
    """dbt names the CTE of an ephemeral model after its alias; versions differ, so the name too."""
    return {_EPHEMERAL_PREFIX + str(name) for name in (node.name, node.extra.get("alias")) if name}
