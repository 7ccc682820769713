"""What the statements of one text share: ``create table x …; select … from x``."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import STRIDE, NodeLineage
from headwater.sql.flows import NOTHING, Sources, Steer, merge_steer, union
from headwater.sql.masks import Calls
from headwater.sql.names import names_of
from headwater.sql.relations import Rel

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

Name = tuple[str, ...]


class Script:
    """The statements of one text: what they share, and the relations that they make on the way.

    A table that one statement creates and others fill has the flows of all of them. One that is
    only inserted into existed before: what it held is not known here, so it stays a source.
    """

    def __init__(self, variables: frozenset[str] = frozenset(), strict: bool = False) -> None:
        self.variables = variables
        self.strict = strict
        self.sources = Sources()
        self.calls = Calls()
        #: Sources that something is done with, and whether by name; noted when strict.
        self.used: dict[int, bool] = {}
        self.walks = 0  #: how many statements were read, one read twice counted twice
        self._made: dict[Name, Rel] = {}
        self._empty: dict[Name, list[str]] = {}

    def find(self, table: exp.Expr) -> Rel | None:
        """What a name in FROM stands for, if an earlier statement made it."""
        if not self._made:
            return None
        return self._made.get(self._known(_name(table), self._made) or ())

    def note(self, walk: Walk, statement: exp.Expr, rel: Rel | None) -> None:
        """Remember what a statement made. ``rel`` is what it was understood to write."""
        target = _target(statement)
        if target is None:
            return
        name = _name(target)
        if isinstance(statement, exp.Insert):
            self._insert(name, rel)
        elif rel is not None:
            rel.gaps = dict(walk.gaps)
            self._made[name] = rel
            self._empty.pop(name, None)
        elif isinstance(statement, exp.Create) and isinstance(statement.this, exp.Schema):
            parts = statement.this.expressions
            columns = [walk.spell(c.this) for c in parts if isinstance(c, exp.ColumnDef)]
            self._empty[name] = columns

    def _insert(self, name: Name, rel: Rel | None) -> None:
        known = self._known(name, self._made)
        if rel is None:
            return
        if known:
            self._made[known] = _stacked(self._made[known], rel)
            return
        empty = self._known(name, self._empty)
        if empty:
            columns = self._empty.pop(empty)
            if columns and len(columns) == len(rel.names):
                rel = rel.renamed(columns)
            self._made[empty] = rel

    @staticmethod
    def _known(name: Name, among: Iterable[Name]) -> Name | None:
        """The name that means the same relation: one of the two may be written in full."""
        for known in among:
            size = min(len(known), len(name))
            if known[-size:] == name[-size:]:
                return known
        return None


def _stacked(first: Rel, second: Rel) -> Rel:
    """Rows of both; columns meet by name, or by position where the second has other names."""
    rows: Steer = dict(first.rows)
    merge_steer(rows, second.rows)
    out = Rel(list(first.names), [], rows)
    by_name = any(second.find(name) >= 0 for name in first.names)
    for position, name in enumerate(first.names):
        other = second.lookup(name) if by_name else None
        if not by_name and position < len(second.names):
            other = second.at(position)
        out.cols.append(union([first.at(position), other or NOTHING]))
    out.opens = [*first.opens, *second.opens]
    out.all_open = True
    return out


def _target(statement: exp.Expr) -> exp.Expr | None:
    if isinstance(statement, exp.Select):
        into = statement.args.get("into")
        return into.this if into is not None else None
    if not isinstance(statement, (exp.Create, exp.Insert)):
        return None
    target = statement.this.this if isinstance(statement.this, exp.Schema) else statement.this
    return target if isinstance(target, exp.Table) else None


def _name(table: exp.Expr) -> Name:
    return tuple(part.lower() for part in names_of(table))


def with_used_sources(lineage: NodeLineage) -> NodeLineage:
    """The lineage with only the sources that its links mention, in the same order."""
    used = sorted(set(lineage.links[::STRIDE]))
    places = {old: new for new, old in enumerate(used)}
    links = array("i", lineage.links)
    links[::STRIDE] = array("i", [places[old] for old in lineage.links[::STRIDE]])
    return replace(lineage, sources=tuple(lineage.sources[old] for old in used), links=links)
