"""Measure cdc_apply: ``python tooling/bench/macros_cdc.py`` prints events per second.

An event is one row of a log: operation, position, time, and the row as jsonb with 5 columns
(narrow) or 30 (wide). A first run creates the table of 1,000,000 rows. Then come batches over keys
from the whole table: 80 % updates, of which an eighth leaves the text out as Postgres does with
unchanged TOAST values, 10 % creates of new keys, 10 % deletes. Run through dbt on the Postgres of
the wheel; timed is what dbt reports for the model: reading, checking, merging, writing, commit.
Before it in the same dbt process runs a model of ten changes, which pays what the first model of a
process pays: dbt compiles each macro once. Its seconds are printed beside.
The floor is one statement that casts the same JSON into columns and inserts it into an empty table
without an index: no order, no keys, no checks. Linux, for the processor's time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from postgres import postgres  # noqa: E402  # the folders above must be known first
from projects import DbtProject, connect, link_package, new_project  # noqa: E402

NARROW = {
    "id": ("bigint", "n"),
    "amount": ("numeric(12, 2)", "n / 100.0"),
    "note": ("text", "md5(cast(n as text))"),
    "status": ("text", "'open'"),
    "changed_on": ("date", "'2026-01-01'"),
}
KINDS = (
    ("bigint", "n"),
    ("numeric(12, 2)", "n / 100.0"),
    ("text", "md5(cast(n as text))"),
    ("date", "date '2026-01-01' + cast(n % 300 as integer)"),
    ("timestamp", "timestamp '2026-01-01 10:00:00' + n * interval '1 second'"),
)
WIDE = NARROW | {f"part_{place:02}": KINDS[place % len(KINDS)] for place in range(25)}
FIRST = "a_first_model"  # dbt takes models by name
SHAPES = {"narrow": NARROW, "wide": WIDE}
Shape = dict[str, tuple[str, str]]


def model(name: str, shape: Shape) -> str:
    """The model of a shape."""
    types = {column: kind for column, (kind, _) in shape.items()}
    return (
        "{{ config(materialized='cdc_apply', unique_key=['id'],"
        f" meta={{'headwater': {{'column_types': {types!r}}}}}) }}}}\n"
        f"{{{{ headwater.cdc_normalize(target.schema ~ '.log_{name}', ['id'],"
        " fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'doc'}) }}"
    )


def log(shape: Shape, start: int, count: int, rows: int) -> str:
    """A select of changes; the first load is a log of creates."""
    others = [f"'{column}', {value}" for column, (_, value) in shape.items() if column != "id"]
    document = f"jsonb_build_object('id', id, {', '.join(others)})"
    kind = "'create'" if not start else (
        "case when n % 10 = 0 then 'delete' when n % 10 = 1 then 'create' else 'update' end"
    )  # fmt: skip
    key = "n" if not start else (
        f"case when n % 10 = 1 then {start} + n else 1 + n * 7919 % {rows} end"
    )  # fmt: skip
    return (
        f"select {kind} as op, {start} + n as seq,"
        " timestamp '2026-01-01' + n * interval '1 ms' as ts,"
        f" case when {start} > 0 and n % 10 = 2 then {document} - 'note' else {document} end as doc"
        f" from (select n, {key} as id from generate_series(cast(1 as bigint), {count}) as n)"
        " as numbered"
    )


def floor(project: DbtProject, name: str, shape: Shape) -> float:
    """Seconds in which the log's JSON is cast and inserted, and nothing else."""
    record = ", ".join(f"{column} {kind}" for column, (kind, _) in shape.items())
    project.sql(f"drop table if exists floor; create table floor ({record})")
    started = time.perf_counter()
    project.sql(
        f"insert into floor select r.* from log_{name},"
        f" lateral jsonb_to_record(doc) as r ({record})"
    )
    return time.perf_counter() - started


def processor_seconds(project: DbtProject) -> float:
    """What Postgres has computed in sessions that are over; steadier than the clock."""
    connection = connect(project.server)
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        session = Path("/proc", str(cursor.fetchone()[0]), "stat").read_text()
        parent = Path("/proc", session.rpartition(")")[2].split()[1], "stat").read_text()
    connection.close()
    ticks = parent.rpartition(")")[2].split()[13:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def apply(project: DbtProject, name: str) -> tuple[float, float]:
    """Seconds that the first, tiny model of the process took, and the model."""
    ran = project.run("run", "--threads", "1", "--select", FIRST, f"applied_{name}").results
    first, second = (f"model.consumer.{model}" for model in (FIRST, f"applied_{name}"))
    return ran[first]["execution_time"], ran[second]["execution_time"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, nargs="+", default=[50_000, 50_000, 200_000])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    given = parser.parse_args()
    with postgres("bench-cdc") as server, tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder), "bench_cdc", server)
        link_package(project)
        project.write({f"models/applied_{n}.sql": model(n, SHAPES[n]) for n in given.shapes})
        project.write({f"models/{FIRST}.sql": model("first", NARROW)})
        project.sql(
            f"create schema bench_cdc; create table log_first as {log(NARROW, 0, 10, given.rows)}"
        )
        print(
            "| row | batch | seconds | of Postgres's processor | events/s | floor, events/s |"
            " first model, seconds |"
        )
        print("|---|---|---|---|---|---|---|")
        for name in given.shapes:
            measure(project, name, given.rows, given.batches)


def measure(project: DbtProject, name: str, rows: int, batches: list[int]) -> None:
    """The first run and each batch of one shape, a line each."""
    start = 0
    for count in (rows, *batches):
        project.sql(
            f"drop table if exists log_{name}; create table log_{name} as"
            f" {log(SHAPES[name], start, count, rows)}"
        )
        project.sql(f"analyze log_{name}")
        lowest = floor(project, name, SHAPES[name])
        before = processor_seconds(project)
        first, seconds = apply(project, name)
        computed = processor_seconds(project) - before
        label = f"{count:,} changes" if start else f"first run, {count:,}"
        rates = f"{count / seconds:,.0f} | {count / lowest:,.0f} | {first:.2f}"
        print(f"| {name} | {label} | {seconds:.2f} | {computed:.2f} | {rates} |", flush=True)
        start += count


if __name__ == "__main__":
    main()
