"""Random aggregates and window functions."""

from __future__ import annotations

from .expressions import Expressions
from .grammar import Column, Scope, Source


class Aggregates:
    """Aggregates and windows over scopes."""

    def __init__(self, source: Source, expressions: Expressions) -> None:
        self.source = source
        self.expressions = expressions

    def item(self, scope: Scope) -> tuple[str, Column]:
        """An aggregate in a select list, with a name."""
        type_ = self.source.one("iiinnssdbl")
        name = self.source.name("c")
        text = self.make(type_, scope)
        if self.source.chance(0.15):
            self.source.note("expression over aggregates")
            if type_ in "in":
                text = f"{text} + {self.make('i', scope)}"
            elif type_ != "l":
                text = f"coalesce({text}, {self.make(type_, scope)})"
        return f"{text} as {name}", Column(name, type_)

    def make(self, type_: str, scope: Scope) -> str:
        """An aggregate of the type."""
        value = self.expressions.make(type_ if type_ != "l" else "i", scope, 1)
        text = self._aggregate(type_, value, scope)
        if self.source.chance(0.2):
            self.source.note("filter")
            text += f" filter (where {self.expressions.make('b', scope, 0)})"
        return text

    def condition(self, scope: Scope) -> str:
        """A HAVING condition."""
        self.source.note("having")
        aggregate = self.make(self.source.one("in"), scope)
        return f"{aggregate} {self.source.one(('>', '>=', '<>'))} {self.source.rng.randint(1, 4)}"

    def _aggregate(self, type_: str, value: str, scope: Scope) -> str:
        self.source.note("aggregate")
        key = ", ".join(scope.order[:2]) or value
        if type_ == "i":
            return self._whole(value, key, scope)
        if type_ == "n":
            function = self.source.one(("sum", "avg", "max", "min", "median", "sum"))
            if self.source.chance(0.1):
                return f"quantile_cont({value}, 0.5)"
            return f"{function}({value})"
        if type_ == "s" and self.source.chance(0.3):
            self.source.note("string_agg")
            return f"string_agg({value}, ',' order by {self.source.one((value, key))})"
        if type_ == "s" and self.source.chance(0.2):
            self.source.note("arg_max")
            return f"arg_max({value}, {key.split(', ')[0]})"
        if type_ == "b":
            return f"{self.source.one(('bool_or', 'bool_and'))}({value})"
        if type_ == "l":
            self.source.note("list aggregate")
            return f"{self.source.one(('list', 'array_agg'))}({value} order by {self.source.one((value, key))})"
        return f"{self.source.one(('max', 'min'))}({value})"

    def _whole(self, value: str, key: str, scope: Scope) -> str:
        ways = (
            "count(*)",
            f"count({value})",
            f"count(distinct {value})",
            f"sum({value})",
            f"max({value})",
            f"sum(distinct {value})",
            f"count_if({self.expressions.make('b', scope, 0)})",
            f"first({value} order by {key})",
        )
        return self.source.one(ways)

    def window(self, scope: Scope, total: bool = False) -> str:
        """What stands between the parentheses of OVER, without a frame."""
        parts = []
        if self.source.chance(0.6):
            partition = self.expressions.make(self.source.one("isd"), scope, 0)
            parts.append(f"partition by {partition}")
        order = self.source.rng.sample(scope.order, len(scope.order))
        key = self.expressions.column(scope)
        if key and self.source.chance(0.6):
            order = [f"{key.text}{self.source.one((' desc', '', ' nulls first'))}", *order]
        if not total and key and self.source.chance(0.3):
            order = order[:1]
        if order and (total or self.source.chance(0.85)):
            parts.append(f"order by {', '.join(order)}")
        return " ".join(parts)

    def windowed(self, scope: Scope, named: str) -> tuple[str, str]:
        """A window function with its type; over the named window if there is one."""
        if named and self.source.chance(0.6):
            type_ = self.source.one("in")
            return f"sum({self.expressions.make(type_, scope, 1)}) over {named}", type_
        if self.source.chance(0.4):
            return self._ranking(scope)
        return self._running(scope)

    def _ranking(self, scope: Scope) -> tuple[str, str]:
        self.source.note("window.ranking")
        if not scope.order:
            return "count(*) over ()", "i"
        if self.source.chance(0.5):
            functions = ("row_number()", "ntile(3)", "rank()", "dense_rank()")
            return f"{self.source.one(functions)} over ({self.window(scope, total=True)})", "i"
        type_ = self.source.one("ins")
        value = self.expressions.make(type_, scope, 1)
        functions = (
            f"lag({value})",
            f"lead({value}, 1, {self.expressions.leaf(type_, scope)})",
            f"first_value({value})",
            f"nth_value({value}, 2)",
            f"last_value({value} ignore nulls)",
        )
        return f"{self.source.one(functions)} over ({self.window(scope, total=True)})", type_

    def _running(self, scope: Scope) -> tuple[str, str]:
        self.source.note("window.aggregate")
        type_ = self.source.one("iins")
        value = self.expressions.make(type_, scope, 1)
        function = self.source.one(("sum", "max", "count", "min")) if type_ != "s" else "max"
        if function == "count":
            type_ = "i"
        text = f"{function}({value})"
        if self.source.chance(0.2):
            self.source.note("window.filter")
            text += f" filter (where {self.expressions.make('b', scope, 0)})"
        if scope.order and self.source.chance(0.4):
            self.source.note("window.frame")
            frames = (
                "rows between 1 preceding and current row",
                "rows between unbounded preceding and 1 following",
                "rows between 2 preceding and 2 following exclude current row",
                "range between unbounded preceding and current row",
            )
            over = f"{self.window(scope, total=True)} {self.source.one(frames)}"
            return f"{text} over ({over})", type_
        return f"{text} over ({self.window(scope)})", type_
