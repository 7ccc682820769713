"""SQL expressions that know what truly flows into them.

Nothing here reads SQL. An expression is *built* from others, and its lineage is built with it, so
that the generated projects carry the edges that are true by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Ref = tuple[str, str]  #: node id, column
Steer = frozenset[tuple[Ref, str]]  #: what only decides (effect word), without being the value

DIRECT = ("IDENTITY", "TRANSFORMATION", "AGGREGATION")
IDENTITY, TRANSFORMATION, AGGREGATION = range(3)


@dataclass(frozen=True, slots=True)
class Value:
    """An expression: its SQL, its kind (id, text, number, moment, flag) and its lineage."""

    sql: str
    kind: str
    direct: Mapping[Ref, int] = field(default_factory=dict)
    steer: Steer = frozenset()

    def written(self, sql: str) -> Value:
        """The same value under another spelling (``orders.amount`` after ``amount``)."""
        return Value(sql, self.kind, self.direct, self.steer)


def computed(template: str, kind: str, *values: Value, least: int = TRANSFORMATION) -> Value:
    """``template`` filled with the values' SQL; every value takes part in the result."""
    direct: dict[Ref, int] = {}
    for value in values:
        for ref, strength in value.direct.items():
            direct[ref] = max(direct.get(ref, 0), strength, least)
    steer = frozenset().union(*(v.steer for v in values))
    return Value(template.format(*(v.sql for v in values)), kind, direct, steer)


def aggregated(template: str, kind: str, *values: Value) -> Value:
    """As `computed`, through an aggregate function."""
    return computed(template, kind, *values, least=AGGREGATION)


def deciding(effect: str, values: Iterable[Value]) -> Steer:
    """What the values do when they are used as a condition, a key, an order."""
    found = set()
    for value in values:
        found |= {(ref, effect) for ref in value.direct}
        found |= {(ref, effect) for ref, _ in value.steer}
    return frozenset(found)


def steered(value: Value, effect: str, *by: Value) -> Value:
    """The value, also decided by others."""
    return Value(value.sql, value.kind, value.direct, value.steer | deciding(effect, by))


def either(condition: Value, yes: Value, no: Value | None) -> Value:
    """``case when condition then yes else no end``."""
    branches = [yes] if no is None else [yes, no]
    last = "" if no is None else " else {1}"
    template = f"case when {_escaped(condition.sql)} then {{0}}{last} end"
    return steered(computed(template, yes.kind, *branches), "CONDITIONAL", condition)


def first_known(value: Value, other: Value) -> Value:
    """``coalesce(value, other)``: the first also decides whether the second counts."""
    both = computed("coalesce({0}, {1})", value.kind, value, other)
    return steered(both, "CONDITIONAL", value)


def over(value: Value, partition: Value, order: Value | None = None) -> Value:
    """A window function's value."""
    keys = [partition] if order is None else [partition, order]
    ordering = "" if order is None else f" order by {order.sql}"
    spelled = value.written(f"{value.sql} over (partition by {partition.sql}{ordering})")
    return steered(spelled, "WINDOW", *keys)


def literal(sql: str, kind: str) -> Value:
    """A constant."""
    return Value(sql, kind)


def _escaped(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}")


@dataclass(slots=True)
class Table:
    """Something that can stand in FROM: columns by name, and what decides its rows."""

    name: str
    columns: dict[str, Value]
    rows: Steer = frozenset()

    def column(self, name: str) -> Value:
        """A column, written with the table's name."""
        return self.columns[name].written(f"{self.name}.{name}")

    def of_kind(self, kind: str) -> list[str]:
        """The names of the columns of a kind, in order."""
        return [name for name, value in self.columns.items() if value.kind == kind]


@dataclass(frozen=True, slots=True)
class Offer:
    """A node that a model may read: ``columns`` are kinds by name."""

    node: str
    relation: str
    columns: Mapping[str, str]

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.node.rsplit(".", 1)[1]

    def table(self, name: str) -> Table:
        """The node in FROM: every column is its own source."""
        values = {c: Value(c, kind, {(self.node, c): IDENTITY}) for c, kind in self.columns.items()}
        return Table(name, values)


class Script:
    """A chain of CTEs that ends with ``select * from`` the last one."""

    def __init__(self) -> None:
        self._ctes: list[tuple[str, str]] = []

    def read(self, offer: Offer) -> Table:
        """An import CTE: ``orders as (select * from relation)``."""
        name = self._free(offer.name)
        self._ctes.append((name, f"select * from {offer.relation}"))
        return offer.table(name)

    def add(self, name: str, items: Mapping[str, Value], tail: str, rows: Steer) -> Table:
        """A CTE with these select items; ``tail`` is everything from FROM on."""
        lines = [v.sql if _plain(v.sql) == n else f"{v.sql} as {n}" for n, v in items.items()]
        return self.add_text(name, ",\n        ".join(lines), tail, Table(name, dict(items), rows))

    def add_text(self, name: str, items: str, tail: str, table: Table) -> Table:
        """A CTE whose select list is given as text (``*``, ``a.*``)."""
        name = self._free(name)
        self._ctes.append((name, f"select\n        {items}\n    {tail}"))
        return Table(name, table.columns, table.rows)

    def text(self) -> str:
        """The whole statement."""
        ctes = ",\n\n".join(f"{name} as (\n\n    {body}\n\n)" for name, body in self._ctes)
        return f"with {ctes}\n\nselect * from {self._ctes[-1][0]}"

    def _free(self, name: str) -> str:
        taken = {n for n, _ in self._ctes}
        return name if name not in taken else f"{name}_{len(taken)}"


def _plain(sql: str) -> str:
    """The name that a bare column gives its select item; "" for any other expression."""
    parts = sql.split(".")
    return parts[-1] if all(part.isidentifier() for part in parts) else ""
