"""Random edits of random queries: what `lineage diff` says, held against what DuckDB then gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import duckdb

from headwater.core.columns import Column
from headwater.core.project import Node, Project
from headwater.experiment.data import Recipe, TableData, build_tables
from headwater.experiment.values import literal
from headwater.graph.build import build_graph
from headwater.pipeline.loading import Loaded
from headwater.pipeline.parsing import Tools, parse_project
from headwater.questions.diff import Diff, diff
from headwater.sql.parse import parse_node
from tests.oracle.generate import random_query, tables_of
from tests.oracle.grammar import Column as Typed
from tests.oracle.grammar import Table, quoted, schema_of

from .execution import Relation, Seen
from .mutations import Edit, edited
from .pair_files import read_pairs

MODEL = "model.random.m"
FILLS = ((1, 18, 0.1), (2, 7, 0.25), (3, 30, 0.0))
ORDERS = (0, 1)


@dataclass(frozen=True)
class Trial:
    """One edit of one query, and what was said of it."""

    seed: int
    edit: str
    base: str
    head: str
    seen: Seen
    answer: Diff


def trials(seeds: Sequence[int], edits: dict[str, Edit], each: int) -> Iterator[Trial]:
    """Edits that DuckDB accepts, of queries whose answer does not hang on the order of rows."""
    for seed in seeds:
        rng = Random(f"edits {seed}")
        tables, sql = query(seed)
        for _ in range(each):
            made = edited(sql, rng, edits)
            if made is None:
                break
            seen = _executed(tables, made[0], made[1])
            if seen is not None:
                loaded = [_loaded(tables, text) for text in made[:2]]
                yield Trial(seed, made[2], made[0], made[1], seen, diff(*loaded))


def query(seed: int) -> tuple[list[Table], str]:
    """A query and its tables: a random one, or (below zero) one of the pairs'."""
    if seed >= 0:
        tables = tables_of(seed % 5)
        return tables, random_query(seed, tables).sql
    written = _written()
    return written[-seed % len(written)]


@cache
def _written() -> list[tuple[list[Table], str]]:
    """The queries over sources that the pairs are made of."""
    found: dict[str, list[Table]] = {}
    for pair in read_pairs():
        for side in ("base", "head"):
            parts = pair.side(side)
            tables = [
                Table(name.removeprefix("raw."), [_column(c, t) for c, t in part.columns])
                for (kind, name), part in parts.items() if kind == "input"
            ]  # fmt: skip
            for (kind, _), part in parts.items():
                usable = kind == "model" and pair.dialect == "duckdb" and "main." not in part.sql
                if usable and part.sql:
                    found.setdefault(part.sql.replace("raw.", ""), tables)
    return [(tables, sql) for sql, tables in found.items()]


def _column(name: str, kind: str) -> Typed:
    kinds = {"int": "i", "decimal": "n", "double": "n", "text": "s", "date": "d", "boolean": "b"}
    return Typed(name, kinds.get(kind.removesuffix(" key"), "s"))


def _loaded(tables: Sequence[Table], sql: str) -> Loaded:
    nodes: dict[str, Node] = {}
    for table in tables:
        key = f"source.random.raw.{table.name}"
        columns = tuple(Column(c.name) for c in table.columns)
        nodes[key] = Node(
            key, "source", table.name, relation=f'"{table.name}"', catalog_columns=columns
        )
    nodes[MODEL] = Node(
        MODEL, "model", "m", relation='"m"', sql=sql, raw_sql=sql, parents=tuple(sorted(nodes)),
        materialized="table", checksum=str(hash(sql)),
    )  # fmt: skip
    ordered = dict(sorted(nodes.items()))
    project = Project("random", "duckdb", "1.11.0", 12, "", ordered, has_catalog=True)
    tools = Tools("duckdb", lambda tasks: [parse_node(*task) for task in tasks])
    lineages, _ = parse_project(project, tools)
    return Loaded(project, build_graph(project, lineages), lineages)


# -- what is true --------------------------------------------------------------------------------


def _executed(tables: Sequence[Table], base: str, head: str) -> Seen | None:
    """Both queries over several fills; ``None`` if one fails, or hangs on the order of rows."""
    seen = Seen()
    for seed, height, nulls in FILLS:
        recipe = Recipe(seed, height, nulls=nulls)
        data = build_tables(schema_of(tables), base + "\n" + head, recipe)
        runs = [[], []]
        for order in ORDERS:
            _fill(data, order)
            for side, sql in enumerate((base, head)):
                runs[side].append(_run(sql))
        found = [relation for side in runs for relation in side if relation is not None]
        if len(found) < len(ORDERS) * 2 or any(_bag(a) != _bag(b) for a, b in runs):
            return None
        seen.base_columns, seen.head_columns = found[0].columns, found[-1].columns
        seen.runs.append((found[0], found[len(ORDERS)]))
    return seen


def _bag(relation: Relation) -> Counter[tuple[Any, ...]]:
    return Counter(relation.only(relation.columns))


@cache
def _database() -> Any:
    return duckdb.connect(config={"threads": 1})


def _run(sql: str) -> Relation | None:
    try:
        result = _database().execute(sql)
        rows = result.fetchall()
    except duckdb.Error:
        return None
    names = [str(column[0]).lower() for column in result.description]
    if len(set(names)) < len(names):
        return None
    return Relation(tuple(names), tuple(str(c[1]) for c in result.description), tuple(rows))


def _fill(data: Sequence[TableData], order: int) -> None:
    for table in data:
        kinds = list(zip(table.columns, table.types, strict=True))
        declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in kinds)
        _database().execute(f"create or replace table {quoted(table.name)} ({declared})")
        lines = []
        for row in table.picks[order]:
            values = zip((column[0][row] for column in table.values), table.types, strict=True)
            casts = ", ".join(f"cast({literal(value)} as {kind})" for value, kind in values)
            lines.append(f"({casts})")
        _database().execute(f"insert into {quoted(table.name)} values {', '.join(lines)}")


# -- what was said -------------------------------------------------------------------------------


def fault(trial: Trial) -> str:
    """Why the answer is dangerous; empty when it is not."""
    seen = trial.seen
    words = [((c.place.column or "").lower(), c.kind.value) for c in trial.answer.changes]
    kinds = {word for _, word in words}
    if "unknown" in kinds:
        return ""
    told = {column for column, word in words if word in ("removed", "renamed")}
    gone = set(seen.base_columns) - set(seen.head_columns) - told
    if gone:
        return f"columns {sorted(gone)} go, and nothing is said"
    if kinds & {"rows", "grain"}:
        return ""
    values = {column for column, word in words if word in ("value", "type")}
    if seen.count_moved():
        return f"rows come or go, said {sorted(kinds)}"
    if seen.rows_moved(values):
        return f"something moves beyond {sorted(values)}"
    return ""


def warning(trial: Trial) -> str:
    """What was said of an edit that changes nothing."""
    return "; ".join(f"{c.place} {c.kind.value}: {c.reason}" for c in trial.answer.changes)
