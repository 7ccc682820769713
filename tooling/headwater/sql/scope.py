"""One SELECT's world: what its FROM offers, what stands around it, and how names resolve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from headwater.core.edges import GapReason
from headwater.sql.flows import AMBIGUOUS, Col, placed, union
from headwater.sql.relations import BaseRel, Rel

#: Columns that exist without being declared; they never count as unknown.
SYSTEM_COLUMNS = frozenset(
    """_file_name _partitiondate _partitiontime _table_suffix cmax cmin ctid file_row_number
    filename oid rowid rownum tableoid xmax xmin""".split()
)


@dataclass(slots=True)
class Offer:
    """One item of FROM: its alias, the parts of its name (lower case), its relation, its place."""

    alias: str
    parts: tuple[str, ...]
    rel: Rel
    start: int = -1
    end: int = -1

    @property
    def has_more(self) -> bool:
        """Whether a star over this item may mean columns that are not listed."""
        return self.rel.is_open or (self.rel.wild is not None and not self.rel.names)

    def columns(self) -> list[Col]:
        """The flows of the listed columns, with this item as their place where they have none."""
        rel = self.rel
        if not isinstance(rel, BaseRel):
            return rel.cols
        return [placed(rel.at(i), self.start, self.end) for i in range(len(rel.names))]

    def answers(self, qualifier: tuple[str, ...]) -> bool:
        """Whether a (lower-case) qualifier means this item.

        A dotted name means its table even under an alias: strict engines refuse that, lenient
        ones do not, and nothing else could be meant.
        """
        if len(qualifier) == 1:
            return qualifier[0] == self.alias
        return bool(self.parts) and self.parts[-len(qualifier) :] == qualifier


@dataclass(slots=True)
class Found:
    """What a column reference turned out to be; ``reason`` names a gap when something is off.

    ``fields`` are the rest of the name: a way into the struct that the column is.
    """

    col: Col
    reason: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Scope:
    """The names that one SELECT can use."""

    ctes: dict[str, Rel]
    parent: Scope | None = None
    offers: list[Offer] = field(default_factory=list)
    merged: dict[str, tuple[str, Col]] = field(default_factory=dict)
    hidden: set[tuple[int, str]] = field(default_factory=set)
    aliases: dict[str, Col] = field(default_factory=dict)
    windows: dict[str, object] = field(default_factory=dict)
    in_place: bool = False
    whole_row: bool = False
    strict: bool = False

    def resolve(self, parts: tuple[str, ...]) -> Found | None:
        """A column by the parts of its name; the last parts may be fields of a struct.

        The longest qualifier that names something in FROM wins, here before the scopes around.
        """
        lowered = tuple(p.lower() for p in parts)
        for split in range(len(parts) - 1, 0, -1):
            found = self._qualified(lowered[:split], parts[split])
            if found is not None and self._is_better_as_field(found, parts[0]):
                break
            if found is not None:
                found.fields = parts[split + 1 :]
                return found
        found = self.unqualified(parts[0])
        if found is not None:
            found.fields = parts[1:]
        return found

    def _is_better_as_field(self, found: Found, first: str) -> bool:
        """Whether ``s.a`` is a field of a column ``s``: the relation ``s`` has no column ``a``."""
        return found.reason == GapReason.UNKNOWN_COLUMN and self.known(first) is not None

    def _qualified(self, qualifier: tuple[str, ...], name: str) -> Found | None:
        scope: Scope | None = self
        alias = qualifier[0] if len(qualifier) == 1 else None
        while scope is not None:
            for item in scope.offers:
                if item.alias == alias if alias is not None else item.answers(qualifier):
                    return _column_of(item.rel, name)
            scope = scope.parent
        return None

    def unqualified(self, name: str) -> Found | None:
        """A bare name: a merged key, a known column, one of an open relation, an outer one."""
        key = name.lower()
        if key in self.merged:
            return Found(self.merged[key][1])
        cols = []
        for item in self.offers:
            cols += item.rel.same_named(name)
        if not cols and self.parent is not None:
            outer = self.parent.known(name)
            if outer is not None:
                return self._inner_or_outer(name, outer)
        if not cols:
            cols = self._wilds()
            if cols and any(o.rel.is_open for o in self.offers):
                cols = []
        if cols:
            if len(cols) == 1:
                return Found(cols[0])
            return Found(union(cols, AMBIGUOUS), GapReason.AMBIGUOUS_COLUMN)
        if self.whole_row and self.row(name) is not None:
            return None
        return self._open(name)

    def _wilds(self) -> list[Col]:
        """What answers for any name: table functions, strictly only those without own names."""
        wild = [o.rel for o in self.offers if o.rel.wild is not None]
        return [r.wild for r in wild if r.wild is not None and not (self.strict and r.names)]

    def _inner_or_outer(self, name: str, outer: Found) -> Found:
        """A name listed outside only: the inner relation wins if it has it, and it might."""
        opened = [o.rel.lookup_open(name) for o in self.offers if o.rel.is_open]
        cols = [c for c in opened if c is not None]
        if not cols:
            return outer
        return Found(union([*cols, outer.col], AMBIGUOUS), GapReason.AMBIGUOUS_COLUMN)

    def known(self, name: str) -> Found | None:
        """A bare name that some scope from here outward lists for sure."""
        key = name.lower()
        if key in self.merged:
            return Found(self.merged[key][1])
        cols = [o.rel.at(o.rel.find(name)) for o in self.offers if o.rel.find(name) >= 0]
        if cols:
            return Found(cols[0] if len(cols) == 1 else union(cols, AMBIGUOUS))
        return self.parent.known(name) if self.parent is not None else None

    def _open(self, name: str) -> Found | None:
        scope: Scope | None = self
        while scope is not None:
            opened = [o.rel.lookup_open(name) for o in scope.offers if o.rel.is_open]
            cols = [c for c in opened if c is not None]
            cols += [] if cols else scope._wilds()
            if len(cols) == 1:
                return Found(cols[0])
            if cols:
                return Found(union(cols, AMBIGUOUS), GapReason.AMBIGUOUS_COLUMN)
            scope = scope.parent
        return None

    def outer_alias(self, name: str) -> Found | None:
        """An alias of a select list around this scope (where the dialect knows such aliases)."""
        scope = self.parent
        while scope is not None:
            col = scope.aliases.get(name.lower())
            if col is not None:
                return Found(col)
            scope = scope.parent
        return None

    def system_column(self, name: str) -> Col | None:
        """A column that a base relation has without listing it (``ctid``, ``rowid`` …)."""
        if name.lower() not in SYSTEM_COLUMNS:
            return None
        bases = [o.rel for o in self.offers if isinstance(o.rel, BaseRel)]
        return bases[0].column(name) if bases else None

    def row(self, name: str) -> Offer | None:
        """The item of FROM, here or around, whose alias is ``name`` (a whole-row reference)."""
        scope: Scope | None = self
        key = name.lower()
        while scope is not None:
            for offer in scope.offers:
                if offer.alias == key:
                    return offer
            scope = scope.parent
        return None

    def star(self, qualifier: tuple[str, ...] = ()) -> Iterator[tuple[str, Col | None, Rel]]:
        """What ``*`` (or ``q.*``) stands for, in order; ``None`` marks a relation's open rest."""
        waiting = dict(self.merged) if not qualifier else {}
        if not self.in_place:
            for name, col in waiting.values():
                yield name, col, self.offers[0].rel
            waiting = {}
        for position, offer in enumerate(self.starred(qualifier)):
            rel = offer.rel
            for i, name in enumerate(rel.names):
                if qualifier or (position, name.lower()) not in self.hidden:
                    yield name, placed(rel.at(i), offer.start, offer.end), rel
                elif name.lower() in waiting:
                    yield name, waiting.pop(name.lower())[1], rel
            if offer.has_more:
                yield "*", None, rel

    def starred(self, qualifier: tuple[str, ...]) -> list[Offer]:
        """The items of FROM that ``*`` or ``q.*`` means."""
        if not qualifier:
            return self.offers
        lowered = tuple(q.lower() for q in qualifier)
        scope: Scope | None = self
        while scope is not None:
            matches = [o for o in scope.offers if o.answers(lowered)]
            if matches:
                return matches[:1]
            scope = scope.parent
        return []


def _column_of(rel: Rel, name: str) -> Found | None:
    """A column of one relation; one that a complete base relation lacks is kept, and told."""
    col = rel.lookup(name) or rel.lookup_open(name)
    if name.lower() in rel.twice:
        return Found(union(rel.same_named(name), AMBIGUOUS), GapReason.AMBIGUOUS_COLUMN)
    if col is not None:
        return Found(col)
    if isinstance(rel, BaseRel):
        reason = None if name.lower() in SYSTEM_COLUMNS else GapReason.UNKNOWN_COLUMN
        return Found(rel.column(name), reason)
    return Found(Col({}, {}), GapReason.UNKNOWN_COLUMN)
