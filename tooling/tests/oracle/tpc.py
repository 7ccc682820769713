"""TPC-H and TPC-DS: the query texts that DuckDB ships in its extensions, and tables to run them on.

The texts are TPC's and stay where they are published: an environment of its own, made once from
``requirements/tpc.txt``, is asked for them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from headwater.experiment import QueryFailed, Recipe, Sandbox, build_tables
from headwater.experiment.data import Schema, TableData

from .calendar import days_for, rows_of
from .witness import Bench, context_of

REPO = Path(__file__).resolve().parents[3]
LOCK = REPO / "requirements" / "tpc.txt"
HOME = REPO / ".venvs" / "tpc"
COUNTS = {"tpch": 22, "tpcds": 99}
NAMES = tuple(f"{suite} {n:02d}" for suite, count in COUNTS.items() for n in range(1, count + 1))

#: rows (of dimensions, of facts), how many different keys, how often a literal is met: few keys let
#: facts meet over several of them, and what stands behind a NOT must be missed now and then
RECIPES = (
    *((24, 24, 0, 0.93), (24, 24, 6, 0.93), (60, 60, 8, 0.93), (60, 60, 3, 0.93)),
    *((60, 60, 6, 0.7), (60, 60, 0, 0.6), (100, 100, 10, 0.93), (100, 100, 5, 0.8)),
    *((12, 300, 12, 0.95), (6, 200, 6, 0.97), (12, 300, 12, 0.8), (4, 300, 4, 0.97)),
    *((24, 400, 3, 0.97), (8, 300, 8, 0.6), (200, 200, 12, 0.93), (200, 200, 4, 0.7)),
)
FACTS = ("sales", "returns", "inventory", "lineitem", "orders", "partsupp")


@cache
def texts() -> dict[str, Any]:
    """Suite -> schema and queries. Safe in several processes at once."""
    HOME.parent.mkdir(exist_ok=True)
    with HOME.with_name("tpc.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        kept, source = HOME / "texts.json", LOCK.read_bytes()
        stamp, wanted = HOME / ".made-from", hashlib.sha256(source).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            kept.write_text(_asked())
            stamp.write_text(wanted)
        found: dict[str, Any] = json.loads(kept.read_text())
        return found


def _asked() -> str:
    """The texts, from an environment made for the purpose."""
    uv, python = Path(sys.executable).with_name("uv"), HOME / "bin" / "python"
    _must([uv, "venv", "--quiet", "--clear", "--python", sys.executable, HOME])
    _must([uv, "pip", "install", "--quiet", "--require-hashes", "--python", python, "-r", LOCK])
    return _must([python, Path(__file__).with_name("tpc_texts.py")])


def _must(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


def query(name: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The SQL of ``tpch 01``, and its suite's schema."""
    suite, number = name.split()
    return texts()[suite]["queries"][number], texts()[suite]["schema"]


@contextmanager
def bench_for(name: str) -> Iterator[tuple[Bench, str]]:
    """A bench on which the query returns rows, if one of the recipes does it; and the SQL.

    Only columns that the text names are made: the suites' names are unique, and their queries take
    no star of a base table (the engine is told all columns, so it would be seen).
    """
    sql, schema = query(name)
    words = set(re.findall(r"\w+", sql.lower()))
    named = {
        table: {c: type_ for at, (c, type_) in enumerate(columns.items()) if c in words or at == 0}
        for table, columns in schema.items()
        if table in words
    }
    tables = _tables_with_rows(sql, named)
    with Sandbox(tables) as sandbox:
        yield Bench(named, sandbox, context_of(schema)), sql


def _tables_with_rows(sql: str, named: Schema) -> tuple[TableData, ...]:
    """Tables on which the query returns rows; the last recipe's when none does."""
    tables: tuple[TableData, ...] = ()
    for seed, (height, facts, keys, hinted) in enumerate(RECIPES):
        recipe = Recipe(seed, height, keys=keys, nulls=0.03, hinted=hinted)
        rows = {}
        if "date_dim" in named:
            days = days_for(sql, max(height, 12), Random(seed))
            rows["date_dim"] = rows_of(days, named["date_dim"])
        large = {t: c for t, c in named.items() if t.endswith(FACTS)}
        small = {t: c for t, c in named.items() if t not in large}
        tables = (
            *build_tables(small, sql, recipe, rows),
            *build_tables(large, sql, replace(recipe, height=facts)),
        )
        unchanged = [replace(t, values=tuple(v[:1] for v in t.values)) for t in tables]
        with Sandbox(unchanged) as probe:
            if _has_rows(probe, sql):
                break
    return tables


def _has_rows(sandbox: Sandbox, sql: str) -> bool:
    """Whether there are rows with something in them: sums of nothing make a row of NULLs."""
    try:
        rows = sandbox.execute(sql).rows
    except QueryFailed:
        return False
    return any(value not in (None, 0) for row in rows for value in row)
