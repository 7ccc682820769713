"""Measure pit_join() against the best plans we know how to write by hand, on Postgres and DuckDB.

``python tooling/bench/macros_pit_join.py``: five million facts, one million versions, with five,
fifty and a thousand versions per key. Each form writes the same rows into a table, which is
checked. The forms take turns; of each the smallest CPU time counts. The ratio is that of ours to
the quickest of the others.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from postgres import postgres  # noqa: E402  # the folders above must be known first
from projects import connect  # noqa: E402
from rendering import FakeRelation, Package  # noqa: E402

COLUMNS = (("id", "integer"), ("cid", "integer"), ("moment", "timestamp"), ("amount", "integer"))
FACTS = FakeRelation("facts", COLUMNS)
HISTORY = FakeRelation(
    "history",
    (("cid", "integer"), ("name", "text"), ("tier", "text"),
     ("dbt_valid_from", "timestamp"), ("dbt_valid_to", "timestamp")),
)  # fmt: skip
SERIES = {"postgres": "generate_series(cast(0 as bigint), {})", "duckdb": "range(0, {} + 1)"}
HOLDS = "(h.dbt_valid_to is null or f.moment < h.dbt_valid_to)"
FORMS = {
    "hash join on the key, range as a filter": (
        "select f.*, h.name, h.tier from facts as f left join history as h"
        f" on f.cid = h.cid and h.dbt_valid_from <= f.moment and {HOLDS}"
    ),
    "index lookup per fact (lateral, limit 1)": (
        "select f.*, h.name, h.tier from facts as f left join lateral (select * from history as h"
        " where h.cid = f.cid and h.dbt_valid_from <= f.moment"
        f" order by h.dbt_valid_from desc limit 1) as h on {HOLDS}"
    ),
    "union, running max over a window, hash join back": (
        "select f.id, f.cid, f.moment, f.amount, h.name, h.tier from ("
        "select *, max(began) over (partition by cid order by moment, is_fact"
        " rows unbounded preceding) as last_began from (select *, 1 as is_fact,"
        " cast(null as timestamp) as began from facts union all"
        " select null, cid, dbt_valid_from, null, 0, dbt_valid_from from history) as both_kinds)"
        " as f left join history as h on h.cid = f.cid"
        f" and h.dbt_valid_from = f.last_began and {HOLDS}"
        " where is_fact = 1"
    ),
    "binary search in an array per key": (
        "with numbered as materialized (select *, row_number() over"
        " (partition by cid order by dbt_valid_from) as n from history), begun as materialized"
        " (select cid, array_agg(dbt_valid_from order by n) as moments from numbered group by cid)"
        " select f.*, h.name, h.tier from facts as f left join begun on begun.cid = f.cid"
        " left join numbered as h on h.cid = f.cid"
        f" and h.n = width_bucket(f.moment, begun.moments) and {HOLDS}"
    ),
    "asof join": (
        "select f.*, case when h.dbt_valid_to is null or f.moment < h.dbt_valid_to then h.name end"
        " as name, case when h.dbt_valid_to is null or f.moment < h.dbt_valid_to then h.tier end"
        " as tier from facts as f asof left join history as h"
        " on f.cid = h.cid and f.moment >= h.dbt_valid_from"
    ),
}
LONG = ("lateral", "array", "range as")
"""Forms whose time grows with the versions of a key, by a word of their name."""


@dataclass(frozen=True, slots=True)
class Session:
    """An engine to run on: a statement's rows, and the CPU seconds used so far."""

    engine: str
    run: Callable[[str], Any]
    cpu: Callable[[], float]


def make(session: Session, facts: int, versions: int, per_key: int) -> None:
    """The same rows on every run, spread by multiplication; a sixth of the keys ends."""
    keys, hours = max(versions // per_key, 1), per_key * 7
    series = SERIES[session.engine]
    session.run("drop table if exists facts")
    session.run("drop table if exists history")
    session.run(
        "create table history as select cid, 'name ' || cid || '-' || n as name,"
        " 'tier ' || cid % 5 as tier, begins as dbt_valid_from, case when cid % 6 > 0 or n % 7 > 0"
        " then lead(begins) over (partition by cid order by begins) else begins + interval '1 hour'"
        " end as dbt_valid_to from (select cast(n % " + str(keys) + " as integer) as cid, n,"
        f" timestamp '2020-01-01' + (n // {keys}) * interval '7 hours'"
        " + (n % 97) * interval '1 minute' as begins"
        f" from {series.format(versions - 1)} as s (n)) as v order by (n * 7919) % {versions}"
        .replace("//", "/" if session.engine == "postgres" else "//")
    )  # fmt: skip
    session.run(
        "create table facts as select n as id, cast((n * 7919) % " + str(keys) + " as integer)"
        " as cid, timestamp '2020-01-01' + ((n * 104729) % " + str(hours * 60) + ")"
        " * interval '1 minute' as moment, cast(n % 1000 as integer) as amount"
        f" from (select cast(n as bigint) as n from {series.format(facts - 1)} as s (n)) as f"
    )
    if session.engine == "postgres":
        session.run("create index on history (cid, dbt_valid_from)")
        session.run("vacuum analyze history")
        session.run("vacuum analyze facts")


def forms_for(session: Session, per_key: int) -> dict[str, str]:
    """The forms that this engine has and that end in reasonable time."""
    if session.engine == "duckdb":
        names = [name for name in FORMS if "asof" in name or ("range as" in name and per_key < 20)]
    else:
        names = [name for name in FORMS if "asof" not in name]
        names = [n for n in names if per_key < 20 or not any(word in n for word in LONG)]
    ours = Package(session.engine).sql(
        "pit_join", FACTS, HISTORY, ["cid"], "moment", columns=["name", "tier"]
    )
    return {**{name: FORMS[name] for name in names}, "pit_join": ours}


def measure(session: Session, forms: dict[str, str], repeat: int) -> dict[str, float]:
    """CPU seconds of each form, the smallest of ``repeat``; all must give the same rows."""
    best, sums = dict.fromkeys(forms, float("inf")), set()
    for _ in range(repeat):
        for name, sql in forms.items():
            begun = session.cpu()
            session.run(f"create table answer as {sql}")
            best[name] = min(best[name], session.cpu() - begun)
            rows = session.run(
                "select count(*), count(name), sum(id), sum(length(name) * (id % 97)) from answer"
            )
            sums.add(str(rows))
            session.run("drop table answer")
    assert len(sums) == 1, sums
    return best


def report(session: Session, given: argparse.Namespace) -> None:
    """A line per form."""
    for per_key in given.per_key:
        make(session, given.facts, given.versions, per_key)
        best = measure(session, forms_for(session, per_key), given.repeat)
        ours = best.pop("pit_join")
        title = f"{session.engine}, {per_key} per key"
        for name, seconds in best.items():
            print(f"| {title} | {name} | {seconds:.1f} | |")
        ratio = ours / min(best.values())
        print(f"| {title} | **pit_join** | {ours:.1f} | **{ratio:.2f}x** |", flush=True)


def on_postgres(given: argparse.Namespace) -> None:
    """Without parallel workers, whose CPU time can't be told."""
    with postgres("bench-pit") as server:
        connection = connect(server)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("set max_parallel_workers_per_gather = 0")
        cursor.execute(f"set work_mem = '{given.work_mem}'")
        pid = connection.get_backend_pid()

        def cpu() -> float:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / 100

        def run(sql: str) -> Any:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None

        report(Session("postgres", run, cpu), given)
        connection.close()


def on_duckdb(given: argparse.Namespace) -> None:
    """In a file, with two threads."""
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "bench.duckdb"))
        connection.execute("set threads = 2")
        session = Session(
            "duckdb", lambda sql: connection.execute(sql).fetchall(), time.process_time
        )
        report(session, given)
        connection.close()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=5_000_000)
    parser.add_argument("--versions", type=int, default=1_000_000)
    parser.add_argument("--per-key", type=int, nargs="+", default=[5, 50, 1000])
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--work-mem", default="64MB")
    parser.add_argument("--engine", choices=["postgres", "duckdb"], nargs="+",
                        default=["postgres", "duckdb"])  # fmt: skip
    given = parser.parse_args()
    print("| engine, versions | form | CPU s | ours / best |")
    print("|---|---|---|---|")
    for engine in given.engine:
        {"postgres": on_postgres, "duckdb": on_duckdb}[engine](given)


if __name__ == "__main__":
    main()
