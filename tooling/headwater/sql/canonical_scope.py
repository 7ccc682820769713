"""What one SELECT can name, in canonical terms: sources by label, columns by definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from headwater.core.relations import SqlContext
from headwater.sql.terms import Term, label_term, relabelled, term

#: Dialects in which quotes do not make a column's name case sensitive.
_ANY_CASE = frozenset(
    "duckdb bigquery mysql spark databricks hive tsql fabric trino presto athena sqlite doris "
    "starrocks singlestore".split()
)
_UPPERS = frozenset({"snowflake", "oracle", "exasol", "teradata"})


def column_key(name: str, quoted: bool, dialect: str) -> str:
    """A column's name so that two spellings of one column are alike, and of two are not."""
    if dialect in _ANY_CASE or not quoted:
        return name.lower()
    if dialect in _UPPERS and name.isupper():
        return name.lower()
    return name


class Unseen(Exception):
    """A construct whose meaning is not modelled; the text says which."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the inputs besides their columns, by node.

    ``unique``: sets of columns no two rows share. ``others``: columns that a node does not have
    now, but on the other side of the comparison; ``renamed``: what they are called now. ``body``
    gives the SQL of a node that only one side has, to be read in its place.
    """

    unique: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    body: Callable[[str], tuple[str, SqlContext] | None] = lambda node: None


@dataclass(frozen=True, slots=True)
class Open:
    """Columns that are not listed: of the source ``label``, without the names in ``hidden``."""

    label: str
    hidden: frozenset[str] = frozenset()
    wraps: tuple[Term, ...] = ()

    def column(self, key: str) -> Term:
        """One of them."""
        found = term(f"col:{key}", label_term(self.label))
        for wrap in self.wraps:
            found = term("null", found, wrap)
        return found

    def everything(self) -> Term:
        """All of them, as one value."""
        hidden = ",".join(sorted(self.hidden))
        return term(f"open:{hidden}", self.column("*"))


@dataclass(slots=True)
class Block:
    """A relation: named values over the labels it exports, and its rows.

    ``starred``: the value came from a source's column through stars alone. ``unique`` are sets of
    values no two rows share. ``wild`` answers for any name (a function's columns). ``extras`` are
    columns that may be named though no star means them.
    """

    names: list[str]
    values: list[Term]
    starred: list[bool]
    labels: tuple[str, ...]
    rows: Term
    opens: list[Open] = field(default_factory=list)
    order: Term | None = None
    unique: list[frozenset[Term]] = field(default_factory=list)
    wild: Callable[[str], Term] | None = None
    extras: dict[str, Term] = field(default_factory=dict)

    def everything(self) -> list[Term]:
        """All values, the unlisted as one."""
        return [*self.values, *(each.everything() for each in self.opens)]

    def moved(self, mapping: dict[str, str]) -> Block:
        """The same relation under other labels."""
        memo: dict[bytes, Term] = {}

        def move(found: Term) -> Term:
            return relabelled(found, mapping, memo)

        wild = self.wild
        return Block(
            list(self.names),
            [move(v) for v in self.values],
            list(self.starred),
            tuple(mapping.get(label, label) for label in self.labels),
            move(self.rows),
            [
                replace(o, label=mapping.get(o.label, o.label), wraps=tuple(map(move, o.wraps)))
                for o in self.opens
            ],
            move(self.order) if self.order else None,
            [frozenset(map(move, values)) for values in self.unique],
            (lambda name: move(wild(name))) if wild else None,
            {key: move(value) for key, value in self.extras.items()},
        )


@dataclass(slots=True)
class Item:
    """One item of FROM under its alias; keys are its columns' names as `column_key` has them."""

    alias: str
    parts: tuple[str, ...]
    keys: list[str]
    block: Block

    def named(self, key: str) -> list[Term]:
        """The listed columns of that name."""
        pairs = zip(self.keys, self.block.values, strict=False)
        return [value for each, value in pairs if each == key]

    def unlisted(self, key: str) -> list[Term]:
        """What a name that is not listed may be here."""
        found = [o.column(key) for o in self.block.opens if key not in o.hidden]
        if not found and key in self.block.extras:
            found = [self.block.extras[key]]
        if not found and self.block.wild is not None:
            found = [self.block.wild(key)]
        return found

    def answers(self, qualifier: tuple[str, ...]) -> bool:
        """Whether a (lower-case) qualifier means this item."""
        if len(qualifier) == 1:
            return qualifier[0] == self.alias
        return bool(self.parts) and self.parts[-len(qualifier) :] == qualifier

    def wrapped(self, matched: Term) -> None:
        """Let every value be NULL where an outer join found no match."""
        block = self.block
        block.values = [term("null", value, matched) for value in block.values]
        block.opens = [replace(o, wraps=(*o.wraps, matched)) for o in block.opens]
        wild = block.wild
        if wild is not None:
            block.wild = lambda name: term("null", wild(name), matched)
        block.extras = {key: term("null", value, matched) for key, value in block.extras.items()}


@dataclass(slots=True)
class Frame:
    """One SELECT: its items, and what stands around it."""

    ctes: dict[str, Block]
    parent: Frame | None
    depth: int
    items: list[Item] = field(default_factory=list)
    merged: dict[str, tuple[str, Term]] = field(default_factory=dict)
    hidden: set[tuple[int, str]] = field(default_factory=set)
    aliases: dict[str, exp.Expr] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)
    windows: dict[str, exp.Expr] = field(default_factory=dict)
    shadow: dict[str, Term] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    rows: Term = field(default_factory=lambda: term("one"))
    unique: list[frozenset[Term]] = field(default_factory=list)
    group: tuple[Term, tuple[Term, ...]] | None = None
    order: Term | None = None
    in_place: bool = False

    def new_label(self, base: str) -> str:
        """A label for one more source of that kind."""
        number = self.taken.get(base, 0)
        self.taken[base] = number + 1
        return f"{self.depth}|{base}#{number}"

    def adopted(self, block: Block) -> Block:
        """The relation under labels of this frame."""
        bases = [label.partition("|")[2].rpartition("#")[0] for label in block.labels]
        names = [self.new_label(base) for base in bases]
        return block.moved(dict(zip(block.labels, names, strict=True)))

    def own(self, terms: Iterable[Term]) -> set[str]:
        """The labels in the terms that belong to this frame, or to one inside it."""
        labels = {label for each in terms for label in each.labels}
        return {label for label in labels if int(label.partition("|")[0]) >= self.depth}

    def qualified(self, qualifier: tuple[str, ...], key: str) -> Term | None:
        """``q.a``; the nearest scope whose FROM has ``q`` decides."""
        frame: Frame | None = self
        while frame is not None:
            for item in frame.items:
                if item.answers(qualifier):
                    found = item.named(key) or item.unlisted(key)
                    return _one(found) if found else term(f"lacking:{key}", *item.block.values)
            frame = frame.parent
        return None

    def listed(self, key: str) -> Term | None:
        """A bare name that some item of this FROM lists."""
        if key in self.merged:
            return self.merged[key][1]
        found = [value for item in self.items for value in item.named(key)]
        return _one(found) if found else None

    def unlisted(self, key: str) -> Term | None:
        """A bare name that some item of this FROM may have."""
        found = [value for item in self.items for value in item.unlisted(key)]
        return _one(found) if found else None

    def row(self, alias: str) -> Item | None:
        """The item of that alias, here or around."""
        frame: Frame | None = self
        while frame is not None:
            for item in frame.items:
                if item.alias == alias:
                    return item
            frame = frame.parent
        return None

    def star(self, qualifier: tuple[str, ...]) -> Iterator[tuple[str, str, Term, bool]]:
        """The listed columns of ``*`` or ``q.*``: name, key, value, through stars alone."""
        waiting = {} if qualifier else dict(self.merged)
        if not self.in_place:
            for key, (name, value) in waiting.items():
                yield name, key, value, False
            waiting = {}
        for position, item in enumerate(self.starred(qualifier)):
            block = item.block
            for at, key in enumerate(item.keys):
                if qualifier or (position, key) not in self.hidden:
                    yield block.names[at], key, block.values[at], block.starred[at]
                elif key in waiting:
                    name, value = waiting.pop(key)
                    yield name, key, value, False

    def star_opens(self, qualifier: tuple[str, ...]) -> list[Open]:
        """The unlisted columns behind ``*`` or ``q.*``."""
        return [each for item in self.starred(qualifier) for each in item.block.opens]

    def starred(self, qualifier: tuple[str, ...]) -> list[Item]:
        """The items that ``*`` or ``q.*`` means. *Raises*: `Unseen` when it is a value's fields."""
        if not qualifier:
            return self.items
        frame: Frame | None = self
        while frame is not None:
            found = [item for item in frame.items if item.answers(qualifier)]
            if found:
                return found[:1]
            frame = frame.parent
        raise Unseen("the fields of a value")


def _one(found: list[Term]) -> Term:
    """The only candidate, or all of them where the name is ambiguous."""
    return found[0] if len(found) == 1 else term("ambiguous", *found)
