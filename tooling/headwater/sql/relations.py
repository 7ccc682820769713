"""Relations as the walk sees them: named columns, open ends, and the flows of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headwater.core.edges import Gap
from headwater.sql.flows import AMBIGUOUS, NOTHING, Col, Sources, Steer, field, union


class Rel:
    """What a table, CTE, subquery or set operation offers to the query around it.

    ``opens`` are relations whose unknown columns may come through a star (each with the lower-case
    names that the star leaves out); with ``all_open`` an unknown column comes from every one of
    them (a set operation), otherwise from one of them (a join). ``wild`` answers for any name at
    all (table functions).
    """

    __slots__ = (
        "_folded",
        "all_open",
        "cols",
        "gaps",
        "index",
        "names",
        "opens",
        "rows",
        "twice",
        "wild",
    )

    def __init__(self, names: list[str], cols: list[Col], rows: Steer) -> None:
        self.names = names
        self.cols = cols
        self.rows = rows
        self.opens: list[tuple[Rel, frozenset[str]]] = []
        self.all_open = False
        self.wild: Col | None = None
        self.gaps: dict[tuple[str, str, int | None], Gap] = {}
        self.index: dict[str, int] | None = None
        self.twice: frozenset[str] = frozenset()
        self._folded: dict[str, int] | None = None

    @property
    def is_open(self) -> bool:
        """Whether there may be columns that are not listed."""
        return bool(self.opens)

    def at(self, position: int) -> Col:
        """The flows of the column at a position."""
        return self.cols[position]

    def find(self, name: str) -> int:
        """The position of a listed column (exact spelling first, then any case), or -1."""
        index = self.index
        if index is None:
            index = self.index = {}
            for i, n in enumerate(self.names):
                if index.setdefault(n, i) != i:
                    self.twice = self.twice | {n.lower()}
        found = index.get(name)
        if found is not None:
            return found
        folded = self._folded
        if folded is None:
            folded = self._folded = {}
            for i, n in enumerate(self.names):
                if folded.setdefault(n.lower(), i) != i and _is_even(n):
                    other = folded[n.lower()]
                    if not _is_even(self.names[other]):  # that one must have been quoted
                        folded[n.lower()] = i
        return folded.get(name.lower(), -1)

    def same_named(self, name: str) -> list[Col]:
        """Every column of that name: more than one when the name was given twice."""
        position = self.find(name)
        if position < 0:
            return []
        if name.lower() not in self.twice:
            return [self.at(position)]
        return [self.at(i) for i, n in enumerate(self.names) if n.lower() == name.lower()]

    def lookup(self, name: str) -> Col | None:
        """The flows of a listed column, or of any name for a ``wild`` relation; else ``None``."""
        position = self.find(name)
        if position >= 0:
            return self.at(position)
        return None if self.wild is None else field(self.wild, (name,))

    def lookup_open(self, name: str) -> Col | None:
        """The flows of a column that is not listed but may be there through an open star."""
        lowered = name.lower()
        found = []
        for rel, left_out in self.opens:
            if lowered in left_out:
                continue
            col = rel.lookup(name) or rel.lookup_open(name)
            if col is not None:
                found.append(col)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return union(found, 0 if self.all_open else AMBIGUOUS)

    def star(self) -> Col:
        """The flows of everything that is not listed (the open column ``*``)."""
        cols = [rel.star() for rel, _ in self.opens]
        if self.wild is not None and not self.names:
            cols.append(self.wild)
        return cols[0] if len(cols) == 1 else union(cols)

    def renamed(self, names: Sequence[str]) -> Rel:
        """The same relation under an alias column list (``as t(a, b)``)."""
        if not names:
            return self
        rest = self.names[len(names) :]
        rel = Rel([*names, *rest], [], self.rows)
        known = [self.at(i) for i in range(len(self.names))]
        filler = self.wild or (self.star() if self.opens else NOTHING)
        rel.cols = [*known, *[filler] * (len(names) - len(known))][: max(len(names), len(known))]
        rel.opens = self.opens if len(names) < len(known) or not self.opens else []
        rel.all_open = self.all_open
        rel.wild = self.wild
        rel.gaps = self.gaps
        return rel


def _is_even(name: str) -> bool:
    """Whether a name is all in one case, as one without quotes is stored."""
    return name in (name.lower(), name.upper())


def positional(rel: Rel, position: str) -> Col:
    """The column ``$1``, ``$2`` … of a relation (Snowflake's stages and tables)."""
    at = int(position) - 1 if position.isdigit() else -1
    if 0 <= at < len(rel.names):
        return rel.at(at)
    name = f"${position}"
    return rel.lookup(name) or rel.lookup_open(name) or NOTHING


class NamedValue(Rel):
    """ClickHouse's ``with <expression> as name``: it waits for the scope it is used in."""

    __slots__ = ("expression",)

    def __init__(self, expression: object) -> None:
        super().__init__([], [], {})
        self.expression: Any = expression


class FieldsRel(Rel):
    """Columns whose names are not known, all fed by the same flows (a struct, a dynamic pivot)."""

    __slots__ = ("col",)

    def __init__(self, col: Col) -> None:
        super().__init__([], [], {})
        self.col = col

    @property
    def is_open(self) -> bool:
        """Always: no name is known."""
        return True

    def lookup_open(self, name: str) -> Col | None:
        """The shared flows, whatever the name."""
        return self.col

    def star(self) -> Col:
        """The shared flows."""
        return self.col


class BaseRel(Rel):
    """A relation outside the statement: every column is its own source."""

    __slots__ = ("_extra", "_listed", "complete", "node", "sources")

    def __init__(self, node: str, columns: Sequence[str], complete: bool, sources: Sources) -> None:
        super().__init__(list(columns), [], {})
        self.node = node
        self.complete = complete
        self.sources = sources
        self._extra: dict[str, Col] = {}
        self._listed: dict[int, Col] = {}

    @property
    def is_open(self) -> bool:
        """Whether there may be columns that are not listed."""
        return not self.complete

    def at(self, position: int) -> Col:
        """The column as its own source."""
        col = self._listed.get(position)
        if col is None:
            source = self.sources.intern(self.node, self.names[position])
            col = self._listed[position] = Col({source: (0, 0, -1, -1)}, {})
        return col

    def column(self, name: str) -> Col:
        """The column of that name as its own source, listed or not."""
        position = self.find(name)
        if position >= 0:
            return self.at(position)
        key = name.lower()
        col = self._extra.get(key)
        if col is None:
            source = self.sources.intern(self.node, name)
            col = self._extra[key] = Col({source: (0, 0, -1, -1)}, {})
        return col

    def lookup_open(self, name: str) -> Col | None:
        """Any name, while the relation may have columns that are not listed."""
        return None if self.complete else self.column(name)

    def star(self) -> Col:
        """The open column ``*`` of this relation."""
        return self.column("*")

    def renamed(self, names: Sequence[str]) -> Rel:
        """The same relation under an alias column list."""
        if not names:
            return self
        if self.complete:
            return Rel(self.names, [self.at(i) for i in range(len(self.names))], self.rows).renamed(
                names
            )
        listed = [self.at(i) if i < len(self.names) else self.star() for i in range(len(names))]
        return Rel(list(names), listed, self.rows)
