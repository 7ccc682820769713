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
from functools import cache
from pathlib import Path
from typing import Any

from headwater.experiment import Recipe

from .witness import Bench, bench, context_of

REPO = Path(__file__).resolve().parents[3]
LOCK = REPO / "requirements" / "tpc.txt"
HOME = REPO / ".venvs" / "tpc"
COUNTS = {"tpch": 22, "tpcds": 99}
NAMES = tuple(f"{suite} {n:02d}" for suite, count in COUNTS.items() for n in range(1, count + 1))

#: rows, and how many different keys: few keys let facts meet over several of them
RECIPES = ((24, 0), (24, 6), (60, 8), (60, 3), (100, 10), (120, 3))


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
    for seed, (height, keys) in enumerate(RECIPES):
        recipe = Recipe(seed, height, keys=keys, nulls=0.03, hinted=0.93)
        with bench(named, sql, recipe, context_of(schema)) as made:
            last = seed == len(RECIPES) - 1
            if last or (made.runs(sql) and made.sandbox.execute(sql).rows):
                yield made, sql
                return
