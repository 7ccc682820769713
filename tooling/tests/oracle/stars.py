"""Random stars: over joins, with EXCLUDE, REPLACE, RENAME, COLUMNS."""

from __future__ import annotations

from dataclasses import replace

from .expressions import Expressions
from .grammar import TYPES, Column, Scope, Source, quoted


class Stars:
    """Select lists with a star."""

    Made = tuple[str, list[Column]]

    def __init__(self, source: Source, expressions: Expressions) -> None:
        self.source = source
        self.expressions = expressions

    def make(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool] | None:
        columns = scope.star
        names = [c.name for c in columns]
        if len(set(names)) != len(names) and not top:
            return None
        alone = [c for c in columns if names.count(c.name) == 1]
        simple = [c for c in alone if c.type in TYPES]
        ways = [(3, self._bare_star), (3, self._exclude), (2, self._replace), (2, self._rename)]
        ways += [(1, self._columns), (2, self._table_star)]
        text, made = self.source.weighted(ways)(scope, columns, simple)
        if self.source.chance(0.3):
            name = self.source.name("c")
            expression, type_ = self.expressions.any(scope, 1)
            text += f", {expression} as {name}"
            made = [*made, Column(name, type_)]
        return f"select {text} {body}", [replace(c, text="") for c in made], False

    def _bare_star(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        self.source.note("star")
        return "*", columns

    def _exclude(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        gone = self.source.some(simple, 1, 2)
        if not gone or len(gone) == len(columns):
            return "*", columns
        self.source.note("star exclude")
        names = {c.name for c in gone}
        return (
            f"* exclude ({', '.join(quoted(c.name) for c in gone)})",
            [c for c in columns if c.name not in names],
        )

    def _replace(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        if not simple:
            return "*", columns
        self.source.note("star replace")
        column = self.source.one(simple)
        text = self.expressions.make(column.type, scope, 1)
        return f"* replace ({text} as {quoted(column.name)})", columns

    def _rename(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        if not simple:
            return "*", columns
        self.source.note("star rename")
        column, name = self.source.one(simple), self.source.name("r")
        made = [replace(c, name=name) if c.name == column.name else c for c in columns]
        return f"* rename ({quoted(column.name)} as {name})", made

    def _columns(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        self.source.note("columns()")
        found = [c for c in columns if "_" in c.name]
        if not found:
            return "*", columns
        return self.source.one(
            ("columns('_')", "columns(lambda c: c like '%\\_%' escape '\\')")
        ), found

    def _table_star(self, scope: Scope, columns: list[Column], simple: list[Column]) -> Stars.Made:
        alias = self.source.one(scope.aliases)
        mine = [c for c in scope.columns if c.text.startswith(f"{alias}.")]
        everything = [c for c in columns if c.text.startswith(f"{alias}.")]
        if (
            len(mine) != len(everything)
            or not mine
            or len(scope.aliases) != len(set(scope.aliases))
        ):
            return "*", columns
        self.source.note("table star")
        return f"{alias}.*", everything
