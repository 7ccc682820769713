"""Our own case files, run: the types that they leave out are found by trying what DuckDB accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from random import Random

import duckdb
from cases.case_files import Case, read_cases

from headwater.core.relations import Relation, SqlContext
from headwater.experiment import Recipe, Sandbox, build_tables
from headwater.experiment.sandbox import split_name

from .witness import Bench

Types = dict[str, dict[str, str]]
TRIES = 40
#: cases whose outcome is chance in a way that reordering rows does not show
CHANCE = {
    "engine/windows.sql: ntile, percent_rank, nth_value": "ties are broken by another window's sort",
}
_POOL = ("INTEGER", "VARCHAR", "DATE", "INTEGER[]", "BOOLEAN", "STRUCT(x INTEGER, y VARCHAR)")
_FORMS = (
    (r"(?:unnest|list_\w+|array_\w+|len)\(\s*(?:\w+\.)?{c}\b|\b{c}\s*\[", "INTEGER[]"),
    (r"\b{c}\s*->", "JSON"),
    (r"(?:json_\w+)\(\s*(?:\w+\.)?{c}\b", "JSON"),
    (
        r"\b{c}\s*(?:\|\||i?like\b|=\s*'|in\s*\(')|(?:upper|lower|trim|md5)\(\s*(?:\w+\.)?{c}\b",
        "VARCHAR",
    ),
    (r"\b{c}\s*[+-]\s*interval|date_trunc\([^,]*,\s*(?:\w+\.)?{c}\b", "DATE"),
    (r"\b(?:where|and|or|when|not)\s+(?:\w+\.)?{c}\s+(?:and|or|then|group|order|$)", "BOOLEAN"),
)


@cache
def runnable() -> tuple[Case, ...]:
    """The DuckDB cases that can be run: all columns known, and DuckDB finds types to its liking."""
    cases = (c for c in read_cases() if c.dialect == "duckdb" and c.id not in CHANCE)
    return tuple(case for case in cases if types_of(case) is not None)


@contextmanager
def bench_for(case: Case) -> Iterator[Bench]:
    """A bench with the case's tables."""
    schema = types_of(case)
    assert schema is not None
    relations = {
        name: Relation(name, relation.columns, relation.complete)
        for name, relation in case.schema.items()
    }
    with Sandbox(build_tables(schema, case.sql, Recipe(1, 20, "numbers"))) as sandbox:
        yield Bench(schema, sandbox, SqlContext("query", case.dialect, relations))


def types_of(case: Case) -> Types | None:
    """Column types that make the SQL valid; None when there are none, or a table is unknown."""
    words = set(re.findall(r"\w+", case.sql.lower()))
    named = {n: r for n, r in case.schema.items() if split_name(n)[-1].lower() in words}
    if case.gaps or not all(relation.complete for relation in named.values()):
        return None
    return _types_of(case.sql, tuple((n, r.columns) for n, r in named.items()))


@cache
def _types_of(sql: str, tables: tuple[tuple[str, tuple[str, ...]], ...]) -> Types | None:
    rng = Random(sql)
    for attempt in range(TRIES):
        guess = {
            name: {c: _guess(sql, c, attempt, rng) for c in columns} for name, columns in tables
        }
        if _is_valid(sql, guess):
            return guess
    return None


def _guess(sql: str, column: str, attempt: int, rng: Random) -> str:
    """First what the text suggests, then more and more by chance."""
    likely = next(
        (t for p, t in _FORMS if re.search(p.format(c=re.escape(column)), sql, re.IGNORECASE)),
        "VARCHAR" if attempt == 1 else "INTEGER",
    )
    return likely if attempt < 2 or rng.random() < 0.5 else rng.choice(_POOL)


def _is_valid(sql: str, schema: Types) -> bool:
    connection = duckdb.connect()
    try:
        for name, columns in schema.items():
            *home, _ = split_name(name)
            if len(home) == 2:
                connection.execute(f"attach if not exists ':memory:' as \"{home[0]}\"")
            if home:
                path = ".".join(f'"{part}"' for part in home)
                connection.execute(f"create schema if not exists {path}")
            listed = ", ".join(f'"{c}" {type_}' for c, type_ in columns.items())
            connection.execute(f"create table {name} ({listed})")
        connection.execute(sql)
    except duckdb.Error:
        return False
    finally:
        connection.close()
    return True
