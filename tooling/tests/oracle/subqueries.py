"""Random subqueries inside expressions: scalar, EXISTS, IN, ANY; mostly correlated."""

from __future__ import annotations

from .expressions import Expressions
from .grammar import TYPES, Column, Scope, Source
from .relations import Relations


class Subqueries:
    """Subqueries over the tables in reach."""

    def __init__(self, source: Source, expressions: Expressions, relations: Relations) -> None:
        self.source = source
        self.expressions = expressions
        self.relations = relations

    def make(self, scope: Scope, type_: str, form: str) -> str:
        """A subquery of this form, as an expression of the type."""
        outer = [c for c in scope.columns if "." in c.text and c.type in TYPES]
        text, inner = self.relations.apart(0)
        inner.outer = outer + scope.outer
        where = self._condition(inner, outer)
        body = f"from {text} where {where}"
        write = {"scalar": self._scalar, "count": self._count, "exists": self._exists}
        if form in write:
            return write[form](inner, type_, body)
        return self._quantified(scope, inner, form, body)

    def _condition(self, inner: Scope, outer: list[Column]) -> str:
        mine = self.expressions.column(inner, "i")
        theirs = [c for c in outer if c.type == "i"]
        alone = Scope(inner.columns, inner.order, inner.outer)
        extra = self.expressions.make("b", alone, 0)
        if mine and theirs and self.source.chance(0.75):
            self.source.note("subquery.correlated")
            operator = self.source.one(("=", "=", "=", ">=", "<"))
            equal = f"{mine.text} {operator} {self.source.one(theirs).text}"
            return equal if self.source.chance(0.5) else f"{equal} and {extra}"
        return extra

    def _scalar(self, inner: Scope, type_: str, body: str) -> str:
        value = self.expressions.make(type_, inner, 1)
        if self.source.chance(0.3) and inner.order:
            self.source.note("subquery.scalar with limit")
            return f"(select {value} {body} order by {', '.join(inner.order)} limit 1)"
        function = "bool_or" if type_ == "b" else self.source.one(("max", "min"))
        return f"(select {function}({value}) {body})"

    def _count(self, inner: Scope, type_: str, body: str) -> str:
        column = self.expressions.column(inner)
        what = column.text if column and self.source.chance(0.4) else "*"
        return f"(select count({what}) {body})"

    def _exists(self, inner: Scope, type_: str, body: str) -> str:
        word = self.source.one(("exists", "not exists"))
        return f"{word} (select {self.source.one(('1', '*'))} {body})"

    def _quantified(self, scope: Scope, inner: Scope, form: str, body: str) -> str:
        left = self.expressions.leaf("i", scope)
        right = self.expressions.make("i", inner, 1)
        if form == "in":
            operator = self.source.one(("in", "in", "not in"))
        else:
            operator = self.source.one(("= any", "> all", "<= any"))
        return f"{left} {operator} (select {right} {body})"
