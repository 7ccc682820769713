"""The engine's claims about one query, held against the experiment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from headwater import experiment
from headwater.core.edges import NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.experiment import Claims, Recipe, Refutation, Sandbox
from headwater.experiment.data import Rows, Schema
from headwater.sql.parse import parse_node

from .shrink import shrink

ROUNDS = 4


@dataclass(frozen=True)
class Bench:
    """A schema with its sandbox, and how the engine is told about it."""

    schema: Schema
    sandbox: Sandbox
    context: SqlContext

    def lineage(self, sql: str) -> NodeLineage:
        """What the engine says."""
        return parse_node(sql, self.context)

    def claims(self, sql: str) -> Claims:
        """What the engine claims, by table."""
        return experiment.claims(self.lineage(sql), {table: table for table in self.schema})

    def refute(self, sql: str, seed: int = 0, rounds: int = ROUNDS) -> Refutation:
        """What the data say against it."""
        return experiment.refute(self.sandbox, sql, self.claims(sql), rounds=rounds, seed=seed)

    def runs(self, sql: str) -> bool:
        """Whether DuckDB accepts the query."""
        try:
            self.sandbox.arrange({})
            self.sandbox.execute(sql)
        except experiment.QueryFailed:
            return False
        return True


def context_of(schema: Schema, dialect: str = "duckdb") -> SqlContext:
    """The schema as a project would tell it: every column known, node id = table."""
    relations = {
        ".".join(f'"{part}"' for part in experiment.sandbox.split_name(table)): Relation(
            table, tuple(columns), complete=True
        )
        for table, columns in schema.items()
    }
    return SqlContext("query", dialect, relations)


@contextmanager
def bench(
    schema: Schema,
    sql: str = "",
    recipe: Recipe | None = None,
    *,
    rows: Rows | None = None,
    context: SqlContext | None = None,
) -> Iterator[Bench]:
    """A bench with made-up rows (but for the given ones), closed at the end."""
    with Sandbox(experiment.build_tables(schema, sql, recipe, rows)) as sandbox:
        yield Bench(schema, sandbox, context or context_of(schema))


def fault(found: Refutation, lineage: NodeLineage) -> str:
    """What is wrong, in words; empty when nothing is.

    An engine that says by a gap that it could not see is not wrong about what it did not claim.
    """
    if found.failed or lineage.is_open:
        return ""
    if found.shape_differs and not lineage.gaps:
        return f"columns: DuckDB has {found.columns}, the engine {lineage.columns}"
    if not found.shape_differs and not lineage.gaps:
        differing = _renamed(found.columns, lineage.columns)
        if differing:
            return f"names: DuckDB has {differing[0]}, the engine {differing[1]}"
    misses = sorted(found.missed, key=str)
    return "; ".join(
        f"{m.table}.{m.column or '*rows'} moves {m.output or 'the rows'}" for m in misses
    )


def case_text(where: Bench, sql: str) -> str:
    """A counter-example as a case file would state it, shrunk."""

    def shows(candidate: str) -> bool:
        return where.runs(candidate) and bool(
            fault(where.refute(candidate), where.lineage(candidate))
        )

    small = shrink(sql, shows, seconds=45)
    what = fault(where.refute(small, rounds=2 * ROUNDS), where.lineage(small))
    named = {t: c for t, c in where.schema.items() if t.lower() in small.lower()}
    tables = ", ".join(f"{t}({_listed(c)})" for t, c in named.items())
    return (
        f"-- case: found by experiment: {what}\n-- dialect: duckdb\n-- schema: {tables}\n{small}\n"
    )


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(c if c.isidentifier() and c.islower() else f'"{c}"' for c in columns)


def _renamed(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The names that differ, DuckDB's and the engine's; computed names may be spelt differently."""
    pairs = [
        (a, b)
        for a, b in zip((name.partition(":")[0] for name in ours), theirs, strict=True)
        if a.lower() != b.lower() and a.replace("_", "").replace(" ", "").isalnum()
    ]
    return ([a for a, _ in pairs], [b for _, b in pairs]) if pairs else None
