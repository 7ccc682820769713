"""The kinds of model that dbt projects are made of, as SQL with its true lineage."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sql_truth import (
    Offer,
    Script,
    Steer,
    Table,
    Value,
    aggregated,
    computed,
    deciding,
    either,
    first_known,
    literal,
    over,
)

WORDS = {
    "id": "customer order product account invoice shipment store employee campaign session".split(),
    "text": "status channel region email currency segment category reason source country".split(),
    "number": "amount quantity price discount tax cost weight score margin balance".split(),
    "moment": "created updated shipped paid closed opened synced expired started ended".split(),
    "flag": "active deleted returned gift verified paid new blocked final internal".split(),
}
_ENDING = {"id": "_id", "text": "", "number": "", "moment": "_at", "flag": ""}
_START = {"id": "", "text": "", "number": "", "moment": "", "flag": "is_"}
_KINDS = ("id", "text", "number", "moment", "flag")


@dataclass(frozen=True, slots=True)
class Shape:
    """A model's SQL and its last relation: columns, and what decides the rows."""

    kind: str
    sql: str
    table: Table


class Maker:
    """Makes shapes of about ``width`` columns; the same seed gives the same shapes."""

    def __init__(self, rng: random.Random, width: int) -> None:
        self.rng = rng
        self.width = width

    # -- picking --------------------------------------------------------------------------------

    def pick(self, table: Table, kind: str) -> Value:
        """A column of a kind, or one cast to it."""
        names = table.of_kind(kind)
        if names:
            return table.column(self.rng.choice(names))
        types = {"number": "numeric(18, 2)", "text": "text", "moment": "timestamp", "flag": "bool"}
        value = table.column(self.rng.choice(list(table.columns)))
        return computed(f"cast({{0}} as {types.get(kind, 'text')})", kind, value)

    def spread(self, tables: Sequence[Table], count: int) -> dict[str, Value]:
        """About ``count`` columns over all tables, one of each kind first, names made unique."""
        found: dict[str, Value] = {}
        for kind in _KINDS:
            names = tables[0].of_kind(kind)
            if names:
                name = self.rng.choice(names)
                found[name] = tables[0].column(name)
        places = [(table, name) for table in tables for name in table.columns]
        self.rng.shuffle(places)
        for table, name in places:
            if len(found) >= count:
                break
            free = name
            while free in found:
                free = f"{free}_{table.name.rsplit('_', 1)[-1]}"
            found[free] = table.column(name)
        return found

    def derived(self, table: Table) -> tuple[str, Value]:
        """A new value of some kind, with a name that says what it is."""
        kind = self.rng.choice(("text", "number", "number", "moment", "flag"))
        first, second = self.pick(table, kind), self.pick(table, kind)
        options: dict[str, list[Callable[[], Value]]] = {
            "text": [
                lambda: computed("lower(trim({0}))", "text", first),
                lambda: computed("{0} || '-' || {1}", "text", first, second),
                lambda: computed("split_part({0}, '@', 2)", "text", first),
                lambda: first_known(first, second),
                lambda: either(self.condition(table), first, literal("'n/a'", "text")),
            ],
            "number": [
                lambda: computed("round({0} / nullif({1}, 0), 2)", "number", first, second),
                lambda: computed("{0} - {1}", "number", first, second),
                lambda: computed("({0} * 0.01)::numeric(18, 2)", "number", first),
                lambda: first_known(first, literal("0", "number")),
                lambda: either(self.condition(table), first, second),
                lambda: either(self.condition(table), first, literal("0", "number")),
            ],
            "moment": [
                lambda: computed("date_trunc('day', {0})", "moment", first),
                lambda: computed("({0} + interval '1 day')", "moment", first),
                lambda: first_known(first, second),
            ],
            "flag": [
                lambda: computed("({0} and not {1})", "flag", first, second),
                lambda: self.condition(table),
            ],
        }
        stem = self.rng.choice(("derived", "clean", "effective", "reported", "current"))
        return f"{stem}_{kind}", self.rng.choice(options[kind])()

    def condition(self, table: Table) -> Value:
        """A boolean expression over one or two columns."""
        number, text = self.pick(table, "number"), self.pick(table, "text")
        moment = self.pick(table, "moment")
        return self.rng.choice(
            [
                lambda: computed("({0} > 100)", "flag", number),
                lambda: computed("({0} in ('open', 'paid', 'late'))", "flag", text),
                lambda: computed("({0} is not null)", "flag", moment),
                lambda: computed("({0} = 'final' and {1} >= 0)", "flag", text, number),
            ]
        )()

    def extended(self, items: dict[str, Value], table: Table, count: int) -> dict[str, Value]:
        """The items, and further derived ones."""
        for _ in range(count):
            name, value = self.derived(table)
            while name in items:
                name += "_2"
            items[name] = value
        return items

    # -- shapes ---------------------------------------------------------------------------------

    def staging(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Rename and cast; sometimes a filter."""
        script = Script()
        source = script.read(offers[0])
        types = {"number": "numeric(18, 2)", "text": "varchar", "moment": "timestamp"}
        items: dict[str, Value] = {}
        for name in source.columns:
            value = source.column(name).written(name)
            clean = name.removeprefix("raw_")
            if value.kind in types and self.rng.random() < 0.4:
                value = computed(f"cast({{0}} as {types[value.kind]})", value.kind, value)
            elif value.kind == "text" and self.rng.random() < 0.3:
                value = computed("lower(trim({0}))", "text", value)
            items[clean] = value
        rows: Steer = frozenset()
        tail = f"from {source.name}"
        if self.rng.random() < 0.4:
            flag = source.column(source.of_kind("flag")[0]).written(source.of_kind("flag")[0])
            tail += f"\n    where not {flag.sql}"
            rows = deciding("FILTER", [flag])
        renamed = script.add("renamed", items, tail, rows)
        return Shape("staging", script.text(), renamed)

    def deduplicated(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """The newest row by key: ``row_number() … = 1``."""
        script = Script()
        table = script.read(offers[0])
        items = self.extended(self.spread([table], self.width - 2), table, 1)
        order = self.pick(table, "moment")
        number = over(literal("row_number()", "number"), self.pick(table, "id"), order)
        tail = f"from {table.name}"
        ranked = script.add("ranked", {**items, "row_rank": number}, tail, table.rows)
        rank = ranked.columns["row_rank"]
        rows = ranked.rows | deciding("FILTER", [rank])
        names = ", ".join(items)
        columns = {name: ranked.columns[name] for name in items}
        final = Table("final", columns, rows)
        final = script.add_text("final", names, "from ranked\n    where row_rank = 1", final)
        return Shape("deduplicated", script.text(), final)

    def joined(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Two to four relations joined by key, some columns derived."""
        script = Script()
        tables = [script.read(o) for o in offers]
        extra = self.rng.randint(1, 4)
        items = self.spread(tables, self.width - extra)
        self.extended(items, self.rng.choice(tables), extra)
        tail, rows = self._joins(tables)
        final = script.add("final", items, tail, rows)
        return Shape("joined", script.text(), final)

    def _joins(self, tables: Sequence[Table]) -> tuple[str, Steer]:
        tail = f"from {tables[0].name}"
        rows: Steer = frozenset().union(*(t.rows for t in tables))
        for table in tables[1:]:
            left, right = self.pick(tables[0], "id"), self.pick(table, "id")
            kind = self.rng.choice(("left join", "left join", "inner join"))
            tail += f"\n    {kind} {table.name} on {left.sql} = {right.sql}"
            rows |= deciding("JOIN", [left, right])
        return tail, rows

    def aggregated(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Group by a key, then join the groups to a dimension."""
        script = Script()
        tables = [script.read(o) for o in offers]
        fact = tables[0]
        key = self.pick(fact, "id")
        month = computed("date_trunc('month', {0})", "moment", self.pick(fact, "moment"))
        items: dict[str, Value] = {"group_id": key, "group_month_at": month}
        while len(items) < self.width // 2:
            name, value = self._measure(fact)
            items.setdefault(name, value)
        condition = self.condition(fact)
        rows = fact.rows | deciding("FILTER", [condition]) | deciding("GROUP_BY", [key, month])
        tail = f"from {fact.name}\n    where {condition.sql}\n    group by 1, 2"
        grouped = script.add("grouped", items, tail, rows)
        if len(tables) == 1:
            return Shape("aggregated", script.text(), grouped)
        columns = {n: grouped.column(n) for n in grouped.columns}
        rest = self.spread(tables[1:], self.width - len(columns))
        columns.update({n: v for n, v in rest.items() if n not in columns})
        left, right = grouped.column("group_id"), self.pick(tables[1], "id")
        joins = f"from grouped\n    left join {tables[1].name} on {left.sql} = {right.sql}"
        rows = grouped.rows | tables[1].rows | deciding("JOIN", [left, right])
        for table in tables[2:]:
            more = self.pick(table, "id")
            joins += f"\n    left join {table.name} on {left.sql} = {more.sql}"
            rows |= table.rows | deciding("JOIN", [left, more])
        final = script.add("final", columns, joins, rows)
        return Shape("aggregated", script.text(), final)

    def _measure(self, table: Table) -> tuple[str, Value]:
        number, any_id = self.pick(table, "number"), self.pick(table, "id")
        made = self.rng.randint(0, 6)
        if made == 0:
            return "row_count", literal("count(*)", "number")
        if made == 1:
            return f"distinct_{self.rng.choice(WORDS['id'])}s", aggregated(
                "count(distinct {0})", "number", any_id
            )
        if made == 2:
            return f"first_{self.rng.choice(WORDS['moment'])}_at", aggregated(
                "min({0})", "moment", self.pick(table, "moment")
            )
        if made == 3:
            value = either(self.condition(table), number, literal("0", "number"))
            return f"matching_{self.rng.choice(WORDS['number'])}", aggregated(
                "sum({0})", "number", value
            )
        if made == 4:
            return f"any_{self.rng.choice(WORDS['text'])}", aggregated(
                "max({0})", "text", self.pick(table, "text")
            )
        verb = self.rng.choice(("sum", "avg", "max"))
        name = f"{verb}_{self.rng.choice(WORDS['number'])}"
        return name, aggregated(f"{verb}({{0}})", "number", number)

    def windowed(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Running totals, previous values, ranks."""
        script = Script()
        table = script.read(offers[0])
        key, at = self.pick(table, "id"), self.pick(table, "moment")
        number, text = self.pick(table, "number"), self.pick(table, "text")
        items = self.spread([table], self.width - 4)
        items["running_total"] = over(aggregated("sum({0})", "number", number), key, at)
        items["previous_text"] = over(computed("lag({0})", "text", text), key, at)
        items["share_of_total"] = computed(
            "{0} / nullif({1}, 0)",
            "number",
            number,
            over(aggregated("sum({0})", "number", number), key),
        )
        items["sequence_number"] = over(literal("row_number()", "number"), key, at)
        final = script.add("windowed", items, f"from {table.name}", table.rows)
        return Shape("windowed", script.text(), final)

    def chained(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Several steps, each a CTE over the one before."""
        script = Script()
        tables = [script.read(o) for o in offers]
        tail, rows = self._joins(tables)
        step = script.add("joined", self.spread(tables, self.width - 6), tail, rows)
        for name in ("enriched", "classified", "final"):
            items = {c: step.column(c) for c in step.columns}
            self.extended(items, step, 2)
            tail, rows = f"from {step.name}", step.rows
            if self.rng.random() < 0.4:
                condition = self.condition(step)
                tail += f"\n    where {condition.sql}"
                rows |= deciding("FILTER", [condition])
            step = script.add(name, items, tail, rows)
        return Shape("chained", script.text(), step)

    def unioned(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """``union all`` of two relations, columns by position."""
        script = Script()
        tables = [script.read(o) for o in offers[:2]]
        branches, rows = [], frozenset().union(*(t.rows for t in tables))
        first = self.spread(tables[:1], self.width - 1)
        for at, table in enumerate(tables):
            branch = {n: v if not at else self.pick(table, v.kind) for n, v in first.items()}
            branch["record_source"] = literal(f"'{table.name}'", "text")
            branches.append(branch)
        text = "\n\n    union all\n\n    select\n        ".join(
            ",\n        ".join(f"{v.sql} as {n}" for n, v in branch.items())
            + f"\n    from {table.name}"
            for branch, table in zip(branches, tables, strict=True)
        )
        columns = {n: _both([b[n] for b in branches]) for n in branches[0]}
        union = script.add_text("unioned", text, "", Table("unioned", columns, rows))
        return Shape("unioned", script.text(), union)

    def starred(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """``a.*`` and a few columns of others."""
        script = Script()
        tables = [script.read(o) for o in offers]
        columns = {n: tables[0].column(n) for n in tables[0].columns}
        added: dict[str, Value] = {}
        for table in tables[1:]:
            kind = self.rng.choice(("text", "number"))
            added[f"{table.name}_{kind}"] = self.pick(table, kind)
        tail, rows = self._joins(tables)
        lines = [f"{tables[0].name}.*", *(f"{v.sql} as {n}" for n, v in added.items())]
        final = Table("final", {**columns, **added}, rows)
        final = script.add_text("final", ",\n        ".join(lines), tail, final)
        return Shape("starred", script.text(), final)

    def incremental(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """What ``is_incremental()`` compiles to: newer than the newest row already there."""
        script = Script()
        table = script.read(offers[0])
        at = table.of_kind("moment")
        name = at[0] if at else next(iter(table.columns))
        items = {name: table.column(name)}
        for column, value in self.spread([table], self.width - 2).items():
            items.setdefault(column, value)
        self.extended(items, table, 2)
        moment = table.column(name)
        mine = Value(name, "moment", {(own.node, name): 0})
        tail = (
            f"from {table.name}\n    where {moment.sql} > "
            f"(select coalesce(max({name}), '1900-01-01') from {own.relation})"
        )
        rows = table.rows | deciding("FILTER", [moment, mine])
        final = script.add("final", items, tail, rows)
        return Shape("incremental", script.text(), final)

    def semijoined(self, offers: Sequence[Offer], own: Offer) -> Shape:
        """Rows that exist elsewhere: ``in (select …)`` and ``exists (…)``."""
        script = Script()
        tables = [script.read(o) for o in offers]
        table, other = tables[0], tables[-1]
        items = self.extended(self.spread([table], self.width - 2), table, 2)
        key, their = self.pick(table, "id"), self.pick(other, "id")
        condition = self.condition(other)
        if self.rng.random() < 0.5:
            tail = f"where {key.sql} in (select {their.sql} from {other.name})"
            used = [key, their]
        else:
            inner = f"select 1 from {other.name} where {their.sql} = {key.sql} and {condition.sql}"
            tail = f"where exists ({inner})"
            used = [key, their, condition]
        rows = table.rows | other.rows | deciding("FILTER", used)
        final = script.add("final", items, f"from {table.name}\n    {tail}", rows)
        return Shape("semijoined", script.text(), final)


def _both(values: Sequence[Value]) -> Value:
    direct: dict[tuple[str, str], int] = {}
    for value in values:
        for ref, strength in value.direct.items():
            direct[ref] = max(direct.get(ref, 0), strength)
    steer = frozenset().union(*(v.steer for v in values))
    return Value("", values[0].kind, direct, steer)


def raw_columns(rng: random.Random, entity: str, width: int) -> dict[str, str]:
    """A source's columns: kinds by name."""
    found = {f"{entity}_id": "id"}
    mix = ("id", "text", "text", "number", "number", "moment", "flag")
    at = 0
    while len(found) < width:
        kind = mix[at % len(mix)]
        at += 1
        word = rng.choice(WORDS[kind])
        stem = f"{_START[kind]}{word}{_ENDING[kind]}"
        for name in (stem, f"{entity}_{stem}", f"{stem}_{at}"):
            if name not in found and f"raw_{name}" not in found:
                found[name if rng.random() < 0.6 else f"raw_{name}"] = kind
                break
    return found
