"""Measure the materialization scd2 against dbt's snapshot, and a rebuild against a plain table.

``python tooling/bench/macros_scd2.py``: one million keys of which 20,000 change, by dbt's snapshot
(check strategy, all columns) and by scd2 in two ways (without and with a time of its own), with
four columns and with ten and an index; and a full rebuild from a log of five million events against
``create table as`` with one window function. Printed are ratios inside one run: below 1 ours is
quicker. Theirs and ours take turns; of each the smallest counts, on Postgres of the CPU time of the
server's processes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from macros_incremental import SCHEMA, Bench, project_on  # noqa: E402
from postgres import postgres  # noqa: E402

INDEX = "indexes=[{'columns': ['id']}]"
SNAPSHOT = """
{%% snapshot %(name)s %%}
{{ config(
    strategy='check', unique_key='id', check_cols='all', target_schema='%(schema)s'%(index)s
) }}
select * from %(schema)s.source
{%% endsnapshot %%}
"""
HISTORY = """
{{ config(materialized='scd2', unique_key=['id']%(index)s, meta={'headwater': {%(options)s}}) }}
select * from %(schema)s.source
"""
LOG = """
create unlogged table %(schema)s.log as
select cast(n * 7919 %% %(keys)s as integer) as id,
    timestamp '2026-01-01' + n * interval '5 seconds' as updated_at,
    md5(cast(n * 31 %% 3000017 as text)) as name, cast(n %% 977 as integer) as amount,
    'c' || n %% 50 as city
from generate_series(cast(0 as bigint), %(rows)s - 1) as series (n)
"""
WINDOW = """
{{ config(materialized='table') }}
select *, lead(updated_at) over (partition by id order by updated_at) as valid_to
from %(schema)s.log
"""
REBUILD = """
{{ config(
    materialized='scd2', unique_key=['id'], meta={'headwater': {'updated_at': 'updated_at'}}
) }}
select * from %(schema)s.log
"""


def cost(bench: Bench, name: str, *words: str) -> float:
    """Seconds of CPU that one run of a model or a snapshot takes the server."""
    before = bench._server_seconds()  # the other benches' own counter
    command = "snapshot" if name.startswith("theirs") else "run"
    bench.dbt.succeed(command, "--select", name, "--threads", "1", *words)
    time.sleep(0.3)  # the server's process ends after dbt's
    return bench._server_seconds() - before


def line(case: str, names: tuple[str, str], seconds: tuple[float, float], limit: float) -> str:
    """A row of the table of results."""
    ratio = seconds[0] / seconds[1]
    return (
        f"| {case} | {names[0]} {seconds[0]:.2f} s | {names[1]} {seconds[1]:.2f} s |"
        f" {ratio:.2f} | {limit} | {'yes' if ratio <= limit else 'no'} |"
    )


def changes(bench: Bench, keys: int, columns: int, repeat: int) -> Iterator[str]:
    """One key in fifty changes between two runs."""
    has_index = columns > 4
    words = {"schema": SCHEMA, "index": f", {INDEX}" if has_index else ""}
    suffix = f"{columns}_columns"
    names = [f"{who}_{suffix}" for who in ("theirs", "ours", "ours_timed")]
    timed = "'updated_at': 'updated_at'"
    bench.project.write(
        {
            f"snapshots/{names[0]}.sql": SNAPSHOT % {"name": names[0], **words},
            f"models/{names[1]}.sql": HISTORY
            % {"options": "'exclude_cols': ['updated_at']", **words},
            f"models/{names[2]}.sql": HISTORY % {"options": timed, **words},
        }
    )
    values = ", ".join(
        f"md5(cast(n + {i} as text)) as text_{i}"
        if i % 2
        else f"cast(n * {i + 1} as integer) % 100003 as number_{i}"
        for i in range(columns - 2)
    )
    bench.sql(
        f"drop table if exists {SCHEMA}.source; create table {SCHEMA}.source as"
        f" select cast(n as integer) as id, timestamp '2026-01-01' as updated_at, {values}"
        f" from generate_series(1, {keys}) as series (n)"
    )
    for name in names:
        cost(bench, name)
    for name in names:
        bench.sql(f"analyze {SCHEMA}.{name}")
    best = dict.fromkeys(names, float("inf"))
    for number in range(1, repeat + 1):
        bench.sql(
            f"update {SCHEMA}.source set number_0 = number_0 + 1,"
            f" updated_at = timestamp '2026-01-01' + {number} * interval '1 day'"
            f" where id % 50 = {number}"
        )
        for name in names:
            best[name] = min(best[name], cost(bench, name))
    limit = 0.7 if has_index else 1.0
    for name in names[1:]:
        title = f"{columns} columns{', an index' if has_index else ''}"
        yield line(title, (name, names[0]), (best[name], best[names[0]]), limit)


def rebuild(bench: Bench, rows: int, repeat: int) -> Iterator[str]:
    """All of a log."""
    words = {"schema": SCHEMA, "rows": rows, "keys": max(rows // 5, 1)}
    bench.sql(LOG % words)
    bench.project.write(
        {"models/window.sql": WINDOW % words, "models/rebuilt.sql": REBUILD % words}
    )
    best = {"rebuilt": float("inf"), "window": float("inf")}
    for _ in range(repeat):
        for name, least in best.items():
            best[name] = min(least, cost(bench, name, "--full-refresh"))
    yield line(
        f"rebuild of {rows:,}", ("rebuilt", "window"), (best["rebuilt"], best["window"]), 3.0
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=["4", "10", "rebuild"])
    given = parser.parse_args()
    print("| case | ours | theirs | ratio | limit | met |\n|---|---|---|---|---|---|")
    with postgres("bench-scd2") as server, project_on("postgres", server) as bench:
        bench.sql(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        for name in given.only:
            rows = (
                rebuild(bench, given.rows, given.repeat)
                if name == "rebuild"
                else changes(bench, given.keys, int(name), given.repeat)
            )
            for text in rows:
                print(text, flush=True)


if __name__ == "__main__":
    main()
