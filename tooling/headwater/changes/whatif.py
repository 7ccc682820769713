"""What if a relation had other columns? Its readers' SQL, read once with and once without them.

Names are resolved by reading the SQL again: nothing else knows what an unqualified name, a star, a
position in a union or a USING clause would come to mean. The names of a changed relation are taken
to be all there are, in both readings alike, so what differs is due to the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple, Protocol

from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.core.edges import STRIDE, ColumnFlag, Gap, GapReason, NodeLineage, Span
from headwater.core.project import Node, Project
from headwater.core.relations import Relation, SqlContext
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.contexts import cte_names, offered
from headwater.pipeline.loading import Loaded
from headwater.sql.dialects import dialect_for, numbered, rules_for
from headwater.sql.kept import with_table_columns

STAR = "*"
#: Gaps that mean: a warehouse would refuse this SQL.
FAILING = frozenset((GapReason.UNKNOWN_COLUMN, GapReason.AMBIGUOUS_COLUMN, GapReason.COLUMN_COUNT))
_LOST = (ChangeKind.REMOVED, ChangeKind.RENAMED, ChangeKind.IGNORED)
#: sources, effects and flags of one output column or row set
Reading = frozenset[tuple[ColumnRef, int, int]]


class Shape(NamedTuple):
    """The columns of a relation before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """The columns that are not there after, in their old order."""
        kept = {name.lower() for name in self.after}
        return tuple(name for name in self.before if name.lower() not in kept)

    @property
    def gained(self) -> tuple[str, ...]:
        """The columns that were not there before, in their new order."""
        had = {name.lower() for name in self.before}
        return tuple(name for name in self.after if name.lower() not in had)


class Failure(NamedTuple):
    """Why a reader's SQL fails: the name that means nothing or two things, and where it stands."""

    reason: str
    name: str
    evidence: Span


class Move(NamedTuple):
    """An output (``column is None``: the rows) that is made of something else than before."""

    column: str | None
    source: ColumnRef
    evidence: Span
    is_other: bool  #: whether a name means something else now, so that it may not even fit


@dataclass(frozen=True, slots=True)
class Reread:
    """One reader, read twice. ``unseen`` says that its SQL could not be understood.

    ``strayed`` are columns that its names mean only after, be it in vain: whether they are there,
    and fit, is not known.
    """

    shape: Shape
    failures: tuple[Failure, ...] = ()
    moves: tuple[Move, ...] = ()
    carries: dict[str, tuple[ColumnRef, Span]] = field(default_factory=dict)
    strayed: tuple[ColumnRef, ...] = ()
    unseen: bool = False


class ParseNode(Protocol):
    """`headwater.sql.parse.parse_node`."""

    def __call__(
        self,
        sql: str,
        context: SqlContext,
        *,
        strict: bool = False,
        used: dict[ColumnRef, bool] | None = None,
    ) -> NodeLineage:
        """The lineage of an SQL text."""


class WhatIf:
    """Which relations have other columns before and after, and what that does to their readers."""

    def __init__(self, loaded: Loaded, base: Loaded | None = None) -> None:
        self.project: Project = loaded.project
        self.graph: ColumnGraph = loaded.graph
        self.lineages = loaded.lineages
        self.base = base
        self.shapes: dict[str, Shape] = {}
        self._dialect = dialect_for(loaded.project.adapter)
        self._parse: ParseNode | None = None

    # -- the relations that change ---------------------------------------------------------------

    def begin(self, changes: Sequence[Change]) -> None:
        """Note the shapes of the nodes that the changes were made at."""
        by_node: dict[str, list[Change]] = {}
        for change in changes:
            ordered = change.kind is ChangeKind.COLUMN_ORDER
            if change.place.node in self.project.nodes and (change.place.column or ordered):
                by_node.setdefault(change.place.node, []).append(change)
        for node, those in by_node.items():
            shape = self._origin(node, those)
            if shape.before != shape.after:
                self.shapes[node] = shape

    def _origin(self, node: str, changes: list[Change]) -> Shape:
        listed = self.columns(node)
        lost = [c.place.column for c in changes if c.kind in _LOST and c.place.column]
        added = [c.place.column for c in changes if c.kind is ChangeKind.ADDED and c.place.column]
        renamed = {
            (c.place.column or "").lower(): c.other
            for c in changes
            if c.kind is ChangeKind.RENAMED and c.other
        }
        never = {name.lower() for name in lost}
        fresh = {name.lower() for name in added} - never
        before = _distinct([*(n for n in listed if n.lower() not in fresh), *lost])
        then = [renamed.get(n.lower(), n) if n.lower() in never else n for n in listed]
        after = _distinct([*then, *renamed.values(), *added])
        after = tuple(n for n in after if n.lower() not in never)
        return Shape(self._as_before(node, before), after)

    def _as_before(self, node: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names in the order that the base has them; new ones last."""
        known = self.base.project.nodes.get(node) if self.base else None
        if known is None or self.base is None:
            return names
        said = offered(known, self.base.lineages.get(node)).columns
        place = {name.lower(): at for at, name in enumerate(said)}
        return tuple(sorted(names, key=lambda name: place.get(name.lower(), len(place))))

    def columns(self, node: str) -> tuple[str, ...]:
        """The columns a relation has now: those it offers, and those that its readers found."""
        relation = offered(self.project.nodes[node], self.lineages.get(node))
        if relation.complete or node not in self.graph:
            return relation.columns
        found = (name for name in self.graph.column_names(node) if name != STAR)
        return _distinct([*relation.columns, *found])

    # -- their readers ---------------------------------------------------------------------------

    def touches(self, node: str) -> bool:
        """Whether a node reads a relation that has other columns."""
        return any(parent in self.shapes for parent in self._inputs(node))

    def reread(self, node_id: str) -> Reread:
        """What becomes of a reader; its own shape is noted when that changes."""
        node = self.project.nodes[node_id]
        if node.sql is None or node.language != "sql":
            return Reread(Shape((), ()), unseen=True)
        used: dict[ColumnRef, bool] = {}
        before = self._read(node, after=False, used=used)
        after = self._read(node, after=True)
        if not before.columns or not (after.columns or after.gaps):
            return Reread(Shape((), ()), unseen=True)
        shape = Shape(_names(before), _names(after))
        failures = tuple(_failures(before, after))
        if node.kind in ("model", "snapshot"):
            failures += tuple(_repeated(before, after))
        if not failures and shape.before != shape.after:
            self._note(node_id, shape)
        heals = _heals(before, after)
        moves = () if heals else tuple(_moves(before, after))
        named = (ref for ref, by_name in used.items() if by_name)
        strayed = () if heals or failures else tuple(self._strayed(named, before, after))
        return Reread(shape, failures, moves, _carries(before, after, shape), strayed)

    def _strayed(
        self, named: Iterable[ColumnRef], before: NodeLineage, after: NodeLineage
    ) -> Iterator[ColumnRef]:
        """Lost columns that an expression names all the same, and what names come to mean then."""
        lost = {node: {n.lower() for n in shape.lost} for node, shape in self.shapes.items()}
        yield from (ref for ref in named if (ref.column or "").lower() in lost.get(ref.node, ()))
        names = {name for those in lost.values() for name in those}
        known = {_lower(ref) for ref in before.sources}
        for ref in after.sources:
            if (ref.column or "").lower() in names and _lower(ref) not in known:
                yield ref

    def _note(self, node: str, shape: Shape) -> None:
        """Keep the shape of a reader, with what its own change, if there is one, does besides."""
        own = self.shapes.get(node)
        gone = {name.lower() for name in shape.lost}
        if own is not None:
            before = [*own.before, *shape.lost]
            after = [*(n for n in own.after if n.lower() not in gone), *shape.gained]
        else:
            kept = [n for n in self.columns(node) if n not in shape.before]
            kept = [n for n in kept if n.lower() not in gone]
            before, after = [*shape.before, *kept], [*shape.after, *kept]
        self.shapes[node] = Shape(_distinct(before), _distinct(after))

    def missed(self, reader: str, gone: Mapping[str, Iterable[str]]) -> frozenset[str]:
        """Which names of columns (in lower case) a reader's SQL would miss, be it in vain.

        ``gone`` are the columns taken away, by node.
        """
        self._take_away(gone)
        reread = self.reread(reader)
        every = frozenset(name.lower() for names in gone.values() for name in names)
        named = {failure.name.rpartition(".")[2].lower() for failure in reread.failures}
        named |= {(ref.column or "").lower() for ref in reread.strayed}
        if reread.unseen or reread.moves or not named <= every:
            return every  # it is not by their names that they are missed
        return every & named

    def _take_away(self, gone: Mapping[str, Iterable[str]]) -> None:
        self.shapes = {}
        for node, names in gone.items():
            away = {name.lower() for name in names}
            listed = self.columns(node)
            self.shapes[node] = Shape(listed, tuple(n for n in listed if n.lower() not in away))

    def mark(self, reader: str, gone: Mapping[str, Iterable[str]]) -> bytes:
        """Everything that `missed` depends on, but for this code: 16 bytes."""
        self._take_away(gone)
        node = self.project.nodes[reader]
        before = self._context(node, after=False)
        said = [reader, node.kind, node.materialized, self._dialect, repr(node.config)]
        said += [column.name for column in (*node.columns, *(node.catalog_columns or ()))]
        mark = blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=16)
        mark.update((node.sql or "").encode("utf-8", "surrogatepass"))
        for names in (before.relations, before.ephemerals):
            for name, read in names.items():
                text = f"\1{name}\0{read.node}\0{read.complete}\0" + "\0".join(read.columns)
                mark.update(text.encode("utf-8", "surrogatepass"))
        for name, shape in self.shapes.items():
            text = f"\2{name}\0" + "\0".join(shape.lost)
            mark.update(text.encode("utf-8", "surrogatepass"))
        return mark.digest()

    def used(self, node_id: str) -> frozenset[tuple[str, str]]:
        """The columns (in lower case) that a node's SQL does something with, be it in vain."""
        node = self.project.nodes.get(node_id)
        if node is None or node.sql is None or node.language != "sql":
            return frozenset()
        found: dict[ColumnRef, bool] = {}
        self._parser()(node.sql, self._context(node, after=True), strict=True, used=found)
        return frozenset((ref.node, (ref.column or "").lower()) for ref in found)

    def _parser(self) -> ParseNode:
        if self._parse is None:
            from headwater.sql.parse import parse_node  # noqa: PLC0415 - only where names change

            self._parse = parse_node
        return self._parse

    def _read(
        self, node: Node, *, after: bool, used: dict[ColumnRef, bool] | None = None
    ) -> NodeLineage:
        context = self._context(node, after=after)
        lineage = self._parser()(node.sql or "", context, strict=True, used=used)
        lineage = with_table_columns(lineage, node)
        if rules_for(self._dialect).numbers_names:
            lineage = replace(lineage, columns=numbered(lineage.columns))
        return lineage

    def _context(self, node: Node, *, after: bool) -> SqlContext:
        relations: dict[str, Relation] = {}
        ephemerals: dict[str, Relation] = {}
        for parent_id in self._inputs(node.id):
            parent = self.project.nodes.get(parent_id)
            if parent is None:
                continue
            if parent.relation:
                relations.setdefault(parent.relation, self._relation(parent, after=after))
            elif parent.kind == "model":
                for inner in self._inlined(parent):
                    for cte in cte_names(inner):
                        ephemerals.setdefault(cte, self._relation(inner, after=after))
        if node.relation:
            relations.setdefault(node.relation, offered(node, None))
        return SqlContext(node.id, self._dialect, relations, ephemerals)

    def _relation(self, node: Node, *, after: bool) -> Relation:
        shape = self.shapes.get(node.id)
        if shape is None:
            return offered(node, self.lineages.get(node.id))
        return Relation(node.id, shape.after if after else shape.before, complete=True)

    def _inputs(self, node_id: str) -> list[str]:
        """What dbt says the node depends on, and what its SQL reads besides."""
        node = self.project.nodes[node_id]
        lineage = self.lineages.get(node_id)
        known = set(node.parents)
        read = {s.node for s in lineage.sources} if lineage else set()
        more = (n for n in read if n in self.project.nodes and n not in known and n != node_id)
        return [*sorted(known), *sorted(more)]

    def _inlined(self, node: Node) -> Iterable[Node]:
        """An ephemeral model, and those that stand inside it."""
        yield node
        for parent_id in sorted(node.parents):
            parent = self.project.nodes.get(parent_id)
            if parent is not None and parent.kind == "model" and not parent.relation:
                yield from self._inlined(parent)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, the first of those that differ only in case."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.lower(), name)
    return tuple(found.values())


def _lower(ref: ColumnRef) -> tuple[str, str]:
    return ref.node, (ref.column or "").lower()


def _names(lineage: NodeLineage) -> tuple[str, ...]:
    return _distinct(name for name in lineage.columns if name != STAR)


# -- two readings of one text --------------------------------------------------------------------


def _key(gap: Gap) -> tuple[str, str, int | None]:
    return gap.reason, gap.detail, gap.line


def _failures(before: NodeLineage, after: NodeLineage) -> Iterable[Failure]:
    """What is wrong after and was not before."""
    known = {_key(gap) for gap in before.gaps}
    for gap in after.gaps:
        if gap.reason in FAILING and _key(gap) not in known:
            yield Failure(gap.reason, gap.detail, _span_of(gap, before))


def _repeated(before: NodeLineage, after: NodeLineage) -> Iterable[Failure]:
    """Names that the table would have twice, and had not."""
    had = Counter(name.lower() for name in before.columns)
    has = Counter(name.lower() for name in after.columns)
    for name in sorted(has):
        if has[name] > max(1, had[name]):
            yield Failure(GapReason.AMBIGUOUS_COLUMN, name, Span(-1, -1))


def _span_of(gap: Gap, lineage: NodeLineage) -> Span:
    """Where the name stands: the first place at which the column was read."""
    name = gap.detail.rpartition(".")[2].lower()
    found = [
        edge.evidence
        for edge in lineage.edges()
        if edge.evidence.start >= 0 and (edge.source.column or "").lower() == name
    ]
    return min(found, default=Span(-1, -1))


def _heals(before: NodeLineage, after: NodeLineage) -> bool:
    """Whether the text was written for the relations as they are after."""
    known = {_key(gap) for gap in after.gaps}
    return any(gap.reason in FAILING and _key(gap) not in known for gap in before.gaps)


def _readings(lineage: NodeLineage) -> dict[str | None, dict[tuple[ColumnRef, int, int], Span]]:
    found: dict[str | None, dict[tuple[ColumnRef, int, int], Span]] = {None: {}}
    for name in lineage.columns:
        found.setdefault(name.lower(), {})
    links, sources = lineage.links, lineage.sources
    for at in range(0, len(links), STRIDE):
        source, target, effect, flags, start, end = links[at : at + STRIDE]
        node, column = sources[source]
        key = (ColumnRef(node, column.lower() if column else column), effect, flags)
        output = None if target < 0 else lineage.columns[target].lower()
        found[output].setdefault(key, Span(start, end))
    return found


def _moves(before: NodeLineage, after: NodeLineage) -> Iterable[Move]:
    """Outputs on both sides that are made of other sources."""
    old, new = _readings(before), _readings(after)
    flags = dict(zip((n.lower() for n in after.columns), after.column_flags, strict=True))
    for name in [None, *_names(before)]:
        key = name.lower() if name else None
        if key not in new or (key and flags.get(key, 0) & ColumnFlag.FAILED):
            continue
        differ = sorted(
            set(old[key]) ^ set(new[key]), key=lambda r: (r[0].node, r[0].column or "", r[1:])
        )
        if differ:
            lost = [reading for reading in differ if reading in old[key]]
            first = (lost or differ)[0]
            span = old[key].get(first) or new[key].get(first) or Span(-1, -1)
            is_other = bool(lost) and len(lost) < len(differ)
            yield Move(name, first[0], span, is_other)


def _carries(
    before: NodeLineage, after: NodeLineage, shape: Shape
) -> dict[str, tuple[ColumnRef, Span]]:
    """For each column that comes or goes, where it was taken from."""
    found: dict[str, tuple[ColumnRef, Span]] = {}
    for names, lineage in ((shape.lost, before), (shape.gained, after)):
        wanted = {name.lower(): name for name in names}
        for edge in lineage.edges():
            name = wanted.get((edge.target.column or "").lower())
            if name is not None and edge.source.column is not None:
                found.setdefault(name, (edge.source, edge.evidence))
    return found
