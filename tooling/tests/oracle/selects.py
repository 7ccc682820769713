"""Random SELECTs: plain, grouped, windowed, distinct, with stars, and their tails."""

from __future__ import annotations

import re

from .aggregates import Aggregates
from .expressions import Expressions
from .grammar import TYPES, Column, Scope, Source, quoted
from .relations import ORDERABLE, Relations
from .stars import Stars

Item = tuple[str, Column]  #: the text in the select list, and the output column it makes


class Selects:
    """SELECT statements over FROM clauses."""

    def __init__(self, source: Source, expressions: Expressions, relations: Relations) -> None:
        self.source = source
        self.expressions = expressions
        self.relations = relations
        self.aggregates = Aggregates(source, expressions)
        self.stars = Stars(source, expressions)

    def make(self, depth: int, outer: list[Column], top: bool) -> tuple[str, list[Column]]:
        """A SELECT and its output columns."""
        text, scope = self.relations.make(depth, outer)
        body = f"from {text}"
        if self.source.chance(0.5):
            body += f" where {self.expressions.make('b', scope, 2)}"
        kinds = [(6, self._plain), (4, self._grouped), (3, self._windowed), (1, self._distinct)]
        kinds += [(1, self._global), (1, self._distinct_on)]
        if not outer:
            kinds += [(3, self._star), (1, self._unnested)]
        sql, columns, is_done = self.source.weighted(kinds)(scope, body, top)
        if is_done:
            return sql, columns
        if self._is_plain(sql) and self._is_total(scope) and self.source.chance(0.15):
            self.source.note("order by what is not selected, limit")
            first = self.expressions.make(self.source.one("ind"), scope, 1)
            way = self.source.one(("", " desc", " nulls first"))
            keys = self.source.rng.sample(scope.order, len(scope.order))
            order = ", ".join([f"coalesce({first}){way}", *keys])
            sql = f"{sql} order by {order} limit {self.source.rng.randint(2, 9)}"
        elif self.source.chance(0.25):
            sql = self._limited(sql, columns)
        return sql, columns

    @staticmethod
    def _is_plain(sql: str) -> bool:
        """Whether ORDER BY may name source columns: no grouping, no DISTINCT, no UNNEST."""
        return not re.search(r"\b(group by|distinct|unnest\()", sql)

    @staticmethod
    def _is_total(scope: Scope) -> bool:
        return bool(scope.order) and not any("." not in key for key in scope.order)

    def _limited(self, sql: str, columns: list[Column]) -> str:
        """ORDER BY everything, then LIMIT: equal rows may change places, nothing else."""
        if any(c.type not in ORDERABLE for c in columns):
            return sql
        self.source.note("order by, limit")
        if self.source.chance(0.2):
            return f"{sql} order by all limit {self.source.rng.randint(2, 9)}"
        places = list(range(1, len(columns) + 1))
        self.source.rng.shuffle(places)
        ways = ("", "", " desc", " nulls last", " desc nulls first")
        keys = ", ".join(f"{place}{self.source.one(ways)}" for place in places)
        offset = " offset 1" if self.source.chance(0.2) else ""
        return f"{sql} order by {keys} limit {self.source.rng.randint(2, 9)}{offset}"

    def _name(self, scope: Scope, taken: set[str]) -> str:
        """An output name: a fresh one, or (a trap) that of some column in reach."""
        others = [c.name for c in scope.columns if c.name not in taken]
        if others and self.source.chance(0.2):
            return self.source.one(others)
        return self.source.name("c")

    def _star(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        return self.stars.make(scope, body, top) or self._plain(scope, body, top)

    def _items(self, scope: Scope, low: int, high: int) -> list[Item]:
        """Select-list items; a later one may use an earlier one's alias."""
        items: list[Item] = []
        taken: set[str] = set()
        visible = Scope(list(scope.columns), scope.order, scope.outer)
        names = {c.name for c in scope.star} | {c.name for c in scope.outer}
        for _ in range(self.source.rng.randint(low, high)):
            column = self.expressions.column(scope)
            if column and column.name not in taken and self.source.chance(0.35):
                items.append((column.text, Column(column.name, column.type)))
                taken.add(column.name)
                continue
            expression, type_ = self.expressions.any(visible, 2)
            name = self._name(scope, taken)
            taken.add(name)
            word = self.source.one((" as ", " as ", " "))
            items.append((f"{expression}{word}{quoted(name)}", Column(name, type_)))
            if name not in names and self.source.chance(0.3):
                self.source.note("lateral alias offered")
                visible.columns += [Column(name, type_, quoted(name))] * 3
        return items

    def _plain(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        items = self._items(scope, 1, 4)
        body = self._with_alias_condition(scope, body, items)
        extra = [c for c in scope.columns if c.type not in TYPES]
        if extra and self.source.chance(0.2):
            column = self.source.one(extra)
            name = self.source.name("c")
            items.append((f"{column.text} as {name}", Column(name, column.type)))
        if top and self.source.chance(0.1):
            self.source.note("repeated output name")
            items.append((items[0][0], items[0][1]))
        return f"select {_listed(items)} {body}", _columns(items), False

    def _with_alias_condition(self, scope: Scope, body: str, items: list[Item]) -> str:
        """WHERE naming an alias of the select list, which DuckDB allows."""
        names = {c.name for c in (*scope.star, *scope.outer, *scope.columns)}
        free = [
            c for text, c in items if c.name not in names and c.type in "in" and "over" not in text
        ]
        if not free or " where " in body or not self.source.chance(0.3):
            return body
        self.source.note("alias in where")
        return f"{body} where {self.source.one(free).name} {self.source.one(('>', '<', '<>'))} 3"

    def _distinct(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        self.source.note("distinct")
        items = self._items(scope, 1, 3)
        return f"select distinct {_listed(items)} {body}", _columns(items), False

    def _distinct_on(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        self.source.note("distinct on")
        items = self._items(scope, 1, 3)
        key = self.expressions.leaf(self.source.one("is"), scope)
        if not key[0].isalpha() or not scope.order:
            return f"select {_listed(items)} {body}", _columns(items), False
        order = ", ".join([key, *self.source.rng.sample(scope.order, len(scope.order))])
        return (
            f"select distinct on ({key}) {_listed(items)} {body} order by {order}",
            _columns(items),
            True,
        )

    def _global(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        self.source.note("aggregates without group by")
        items = [self.aggregates.item(scope) for _ in range(self.source.rng.randint(1, 3))]
        having = ""
        if self.source.chance(0.15):
            having = f" having {self.aggregates.condition(scope)}"
        return f"select {_listed(items)} {body}{having}", _columns(items), True

    def _grouped(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        keys = self._keys(scope)
        if not keys:
            return self._global(scope, body, top)
        items = [
            *keys,
            *(self.aggregates.item(scope) for _ in range(self.source.rng.randint(1, 3))),
        ]
        if self.source.chance(0.3):
            items.append(self._over_keys(keys, scope))
        group = self._group_by(keys)
        tail = f" having {self.aggregates.condition(scope)}" if self.source.chance(0.3) else ""
        if "sets" in group or "rollup" in group or "cube" in group:
            if self.source.chance(0.5):
                name = self.source.name("c")
                self.source.note("grouping()")
                items.append((f"grouping({_bare(keys[0])}) as {name}", Column(name, "i")))
        elif self.source.chance(0.15):
            name = self.source.name("c")
            self.source.note("window over aggregates")
            over = ", ".join(_bare(key) for key in keys)
            items.append((f"sum(count(*)) over (order by {over}) as {name}", Column(name, "i")))
        if self.source.chance(0.15) and len(items) > len(keys) + 1:
            self.source.note("group key not selected")
            if "by all" not in group and not any(
                char.isdigit() and "(" not in group for char in group[-1]
            ):
                items = items[1:]
        return f"select {_listed(items)} {body} {group}{tail}", _columns(items), False

    def _over_keys(self, keys: list[Item], scope: Scope) -> Item:
        """An expression over group keys, beside an aggregate."""
        self.source.note("expression over group keys")
        known = Scope([Column(c.name, c.type, f"({_bare(k)})") for k in keys for c in [k[1]]])
        type_ = self.source.one([c.type for c in known.columns])
        name = self.source.name("c")
        text = self.expressions.make(type_, known, 1)
        if self.source.chance(0.5):
            text = f"case when {self.aggregates.condition(scope)} then {text} end"
        return f"{text} as {name}", Column(name, type_)

    def _keys(self, scope: Scope) -> list[Item]:
        keys: list[Item] = []
        taken: set[str] = set()
        for _ in range(self.source.rng.randint(1, 2)):
            column = self.expressions.column(scope)
            if column is None:
                continue
            if column.name not in taken and self.source.chance(0.7):
                keys.append((column.text, Column(column.name, column.type)))
                taken.add(column.name)
                continue
            type_ = self.source.one("isd")
            name = self.source.name("c")
            text = self.expressions.make(type_, replace_outer(scope), 1)
            keys.append((f"{text} as {name}", Column(name, type_)))
        return keys

    def _group_by(self, keys: list[Item]) -> str:
        bare = [_bare(key) for key in keys]
        joined = ", ".join(bare)
        places = ", ".join(str(at + 1) for at in range(len(keys)))
        names = ", ".join(quoted(key[1].name) for key in keys)
        ways = {
            f"group by {places}": 4,
            f"group by {joined}": 4,
            "group by all": 3,
            f"group by {names}": 1,
            f"group by rollup ({joined})": 1,
            f"group by cube ({joined})": 1,
            f"group by grouping sets (({joined}), ({bare[0]}), ())": 1,
        }
        chosen = self.source.rng.choices(list(ways), list(ways.values()))[0]
        self.source.note("group by " + _kind_of_group(chosen))
        return chosen

    def _windowed(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        items = self._items(scope, 1, 2)
        named = ""
        if self.source.chance(0.3):
            self.source.note("named window")
            named = f" window win as ({self.aggregates.window(scope)})"
        for _ in range(self.source.rng.randint(1, 2)):
            text, type_ = self.aggregates.windowed(scope, "win" if named else "")
            name = self.source.name("c")
            items.append((f"{text} as {name}", Column(name, type_)))
        qualify = ""
        if self.source.chance(0.4):
            self.source.note("qualify")
            numbers = [c.name for _, c in items[-1:] if c.type == "i"]
            if numbers and self.source.chance(0.4):
                qualify = f" qualify {numbers[0]} <= 3"
            else:
                over = self.aggregates.window(scope, total=True)
                qualify = f" qualify row_number() over ({over}) <= 2"
        return f"select {_listed(items)} {body}{named}{qualify}", _columns(items), False

    def _unnested(self, scope: Scope, body: str, top: bool) -> tuple[str, list[Column], bool]:
        lists = scope.of("l")
        if not lists:
            return self.stars.make(scope, body, top) or self._plain(scope, body, top)
        self.source.note("unnest in select")
        items = self._items(scope, 1, 2)
        name = self.source.name("c")
        items.append((f"unnest({self.source.one(lists).text}) as {name}", Column(name, "i")))
        return f"select {_listed(items)} {body}", _columns(items), False


def replace_outer(scope: Scope) -> Scope:
    """The scope without the enclosing query: group keys name only what is grouped."""
    return Scope(scope.columns, scope.order, [], scope.star, scope.aliases)


def _listed(items: list[Item]) -> str:
    return ", ".join(text for text, _ in items)


def _columns(items: list[Item]) -> list[Column]:
    return [column for _, column in items]


def _bare(item: Item) -> str:
    """The item's expression without its alias."""
    text, column = item
    tail = f" as {quoted(column.name)}"
    return text.removesuffix(tail)


def _kind_of_group(text: str) -> str:
    return next(
        (word for word in ("rollup", "cube", "grouping sets", "all") if word in text), "keys"
    )
