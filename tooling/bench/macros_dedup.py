"""Measure dedup() against what dbt_utils.deduplicate writes.

``python tooling/bench/macros_dedup.py``: one million rows, narrow and wide, with few and with many
repeats, on Postgres and on DuckDB; each form is written into a table. Printed are ratios inside one
run: below 1 ours is quicker. The two take turns, and of each the smallest CPU time counts, which
depends least on what else the machine does. The peer's SQL is written down here by its published
form: `distinct on` on Postgres, elsewhere a natural join with numbered rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from postgres import postgres  # noqa: E402  # the folders above must be known first
from projects import connect  # noqa: E402
from rendering import FakeRelation, Package  # noqa: E402

WIDE = (
    *((f"text_{n}", "text") for n in range(6)),
    ("amount", "numeric(12,2)"),
    ("quantity", "integer"),
    ("placed_at", "timestamp"),
)
NARROW = (("note", "text"),)
VALUES = {
    "text": "md5(cast(n + {i} as {text}))",
    "numeric(12,2)": "cast(n / 100.0 as numeric(12, 2))",
    "integer": "cast(n % 1000 as integer)",
    "timestamp": "timestamp '2026-01-01'",
}
SERIES = {
    "postgres": "generate_series(cast(1 as bigint), {rows}) as series (n)",
    "duckdb": "range(1, {rows} + 1) as series (n)",
}
PEER = {
    "postgres": "select distinct on (id) * from {name} order by id, updated_at desc",
    "duckdb": (
        "with row_numbered as (select _inner.*, row_number() over"
        " (partition by id order by updated_at desc) as rn from {name} as _inner)"
        " select distinct data.* from {name} as data natural join row_numbered"
        " where row_numbered.rn = 1"
    ),
}


@dataclass(frozen=True, slots=True)
class Session:
    """An engine to run on: a statement, and the CPU seconds it has used so far."""

    engine: str
    run: Callable[[str], object]
    cpu: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table to deduplicate: how wide, and how many rows a key has."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows_per_key: int

    def relation(self) -> FakeRelation:
        """As the macro sees it."""
        return FakeRelation(
            self.name, (("id", "bigint"), ("updated_at", "timestamp"), *self.columns)
        )


SHAPES = (
    Shape("narrow_few", NARROW, 1),
    Shape("narrow_many", NARROW, 20),
    Shape("wide_few", WIDE, 1),
    Shape("wide_many", WIDE, 20),
)


def make(session: Session, shape: Shape, rows: int) -> None:
    """Keys and times are spread by multiplication, so that every run has the same rows."""
    text = "text" if session.engine == "postgres" else "varchar"
    columns = [
        f"{VALUES[kind].format(i=place, text=text)} as {name}"
        for place, (name, kind) in enumerate(shape.columns)
    ]
    keys = max(rows // shape.rows_per_key, 1)
    session.run(
        f"create table {shape.name} as select cast((n * 7919) % {keys} + n % 10 as bigint) as id,"
        f" timestamp '2026-01-01' + (n * 104729 % 86400) * interval '1 second' as updated_at,"
        f" {', '.join(columns)} from {SERIES[session.engine].format(rows=rows)}"
    )
    session.run(f"analyze {shape.name}")


def ratio(session: Session, shape: Shape, repeat: int) -> tuple[float, float]:
    """CPU seconds of the peer and of ours, each the smallest of ``repeat``."""
    ours = Package(session.engine).sql("dedup", shape.relation(), ["id"], ["updated_at"])
    forms = {"peer": PEER[session.engine].format(name=shape.name), "ours": ours}
    best = dict.fromkeys(forms, float("inf"))
    for _ in range(repeat):
        for name, sql in forms.items():
            begun = session.cpu()
            session.run(f"create table answer as {sql}")
            best[name] = min(best[name], session.cpu() - begun)
            session.run("drop table answer")
    return best["peer"], best["ours"]


def on_postgres(rows: int, repeat: int) -> list[str]:
    """Without parallel workers, whose CPU time can't be told."""
    with postgres("bench-dedup") as server:
        connection = connect(server)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("set max_parallel_workers_per_gather = 0")
        pid = connection.get_backend_pid()

        def cpu() -> float:
            return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9

        lines = _measured(Session("postgres", cursor.execute, cpu), rows, repeat)
        connection.close()
    return lines


def on_duckdb(rows: int, repeat: int) -> list[str]:
    """In a file, with two threads."""
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "bench.duckdb"))
        connection.execute("set threads = 2")
        lines = _measured(Session("duckdb", connection.execute, time.process_time), rows, repeat)
        connection.close()
    return lines


def _measured(session: Session, rows: int, repeat: int) -> list[str]:
    lines = []
    for shape in SHAPES:
        make(session, shape, rows)
        peer, ours = ratio(session, shape, repeat)
        lines.append(
            f"| {session.engine} | {shape.name} | {peer:.2f} | {ours:.2f} | {ours / peer:.2f}x |"
        )
        session.run(f"drop table {shape.name}")
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    print("| engine | rows | dbt_utils.deduplicate, CPU s | dedup, CPU s | ratio |")
    print("|---|---|---|---|---|")
    for engine in (on_postgres, on_duckdb):
        print("\n".join(engine(given.rows, given.repeat)), flush=True)


if __name__ == "__main__":
    main()
