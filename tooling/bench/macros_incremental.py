"""Measure the incremental materializations against dbt's built-ins.

``python tooling/bench/macros_incremental.py``: a target of one million rows, batches of 50,000
(half of them changed, three in ten unchanged, one in five new), narrow and wide, on Postgres and
DuckDB; and a window of three days of a hundred in ten million rows. Printed are ratios inside one
run: below 1 ours is quicker. Theirs and ours take turns; of each the smallest counts, on Postgres
of the CPU time of the server's processes, on DuckDB of the time that dbt gives for the model.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from dbt_sessions import Session, session  # noqa: E402  # the folders above must be known first
from postgres import postgres  # noqa: E402
from projects import DbtProject, link_package, new_project  # noqa: E402

SCHEMA = "bench_incremental"
TICKS = 100  # per second: USER_HZ on every Linux
KEY = "unique_key=['id']"
LIST = "unique_key=['id', 'part']"
LIST_INDEX = "indexes=[{'columns': ['id', 'part'], 'unique': True}]"
INDEX = "indexes=[{'columns': ['id'], 'unique': True}]"
WINDOW_INDEX = "indexes=[{'columns': ['happened_at'], 'type': 'brin'}]"
BUILT_IN = "materialized='incremental', incremental_strategy="


@dataclass(frozen=True, slots=True)
class Case:
    """Models over one source; `pairs` are ours, theirs and the limit of their ratio."""

    name: str
    rows: int
    batch: str
    columns: int
    models: dict[str, str]
    pairs: tuple[tuple[str, str, float], ...]


def keyed(name: str, rows: int, columns: int, engine: str) -> Case:
    """Upserts of 50,000 rows by key."""
    models = {
        "merge": f"{BUILT_IN}'merge', {KEY}",
        "upsert": f"materialized='upsert', {KEY}",
        "delete_insert_list": f"{BUILT_IN}'delete+insert', {LIST}",
        "upsert_list": f"materialized='upsert', {LIST}",
    }
    pairs = [("upsert", "merge", 1.0), ("upsert_list", "delete_insert_list", 0.5)]
    if engine == "postgres":
        models["merge_with_index"] = f"{BUILT_IN}'merge', {KEY}, {INDEX}"
        models["delete_insert_list_with_index"] = f"{BUILT_IN}'delete+insert', {LIST}, {LIST_INDEX}"
        pairs.append(("upsert", "merge_with_index", 1.0))
        pairs.append(("upsert_list", "delete_insert_list_with_index", 0.5))
    # 40,000 keys that are there, spread over the table, and 10,000 new ones.
    batch = (
        "select case when n < 40000 then (n * {spread} + {b}) % {rows} else {rows} + {b} * 10000"
        " + n end as id, case when n < 25000 then {b} else 0 end as version from {series}"
    )
    return Case(name, rows, batch, columns, models, tuple(pairs))


def windowed(rows: int, engine: str) -> Case:
    """The last three of a hundred days, anew."""
    window = "{'headwater': {'window': {'granularity': 'day'}}}"
    models = {
        "delete_insert_window": f"{BUILT_IN}'delete+insert', {KEY}",
        "replace_window": f"materialized='replace_window', event_time='happened_at', meta={window}"
        + (f", {WINDOW_INDEX}" if engine == "postgres" else ""),
    }
    pairs = [("replace_window", "delete_insert_window", 0.3)]
    if engine == "postgres":
        by = "{'fields': ['happened_at'], 'granularity': 'day'}"
        models["swap_partition"] = (
            f"materialized='swap_partition', meta={{'headwater': {{'partition_by': {by}}}}}"
        )
        pairs.append(("swap_partition", "delete_insert_window", 0.3))
    batch = "select cast({rows} * 0.97 as bigint) + n as id, {b} as version from {series}"
    return Case("window", rows, batch, 2, models, tuple(pairs))


def source_sql(case: Case, engine: str, number: int) -> str:
    """A view's text: all rows for number 0, else that batch."""
    rows = case.rows if number == 0 else 50_000
    if case.name == "window" and number:
        rows = round(case.rows * 0.03)
    series = (
        f"generate_series(cast(0 as bigint), {rows - 1}) as series (n)"
        if engine == "postgres"
        else f"range({rows}) as series (n)"
    )
    keys = f"select n as id, 0 as version from {series}"
    if number:
        names = {"spread": case.rows // 40_000, "b": number, "rows": case.rows, "series": series}
        keys = case.batch.format(**names)
    step = "interval '1 second'"
    values = ", ".join(
        f"md5(cast(id + version + {i} as varchar)) as text_{i}"
        if i % 2
        else f"cast(id * {i + 1} + version as numeric(18, 2)) as amount_{i}"
        for i in range(case.columns)
    )
    seconds = 8_640_000 / case.rows
    return (
        f"select id, id % 7 as part, version, timestamp '2026-01-01'"
        f" + cast(floor(id * {seconds}) as integer) * {step} as happened_at,"
        f" {values} from ({keys}) as keys"
    )


class Bench:
    """One engine, one project, one session."""

    def __init__(self, project: DbtProject, engine: str, dbt: Session) -> None:
        self.project, self.engine, self.dbt = project, engine, dbt
        self.postmaster = ""
        if engine == "postgres":
            folder = project.sql("show data_directory")[0][0]
            self.postmaster = Path(folder, "postmaster.pid").read_text().split()[0]

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        if self.engine == "duckdb":
            return self.dbt.duckdb(statement)
        return self.project.sql(statement)

    def cost(self, model: str, *words: str) -> float:
        """Seconds of one run of a model."""
        before = self._server_seconds()
        self.dbt.succeed("run", "--select", model, "--threads", "1", *words)
        time.sleep(0.3)  # the server's process ends after dbt's
        used = self._server_seconds() - before
        ran = json.loads((self.project.folder / "target" / "run_results.json").read_text())
        return used if self.postmaster else float(ran["results"][0]["execution_time"])

    def _server_seconds(self) -> float:
        """CPU of the server's processes that have ended: of each connection, once it is closed."""
        if not self.postmaster:
            return 0.0
        fields = Path(f"/proc/{self.postmaster}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / TICKS

    def statements(self, model: str) -> int:
        """How many statements the model's run sent."""
        log = self.project.folder / "logs" / "dbt.log"
        log.unlink(missing_ok=True)
        self.dbt.succeed("run", "--select", model)
        return log.read_text().count(f'Using {self.engine} connection "model.consumer.{model}"')

    def barest(self, case: Case) -> float:
        """Seconds of the two statements that no upsert by an index can do without, and no others.

        The batch into a temporary table, and each of its rows by the index: written where it
        differs or is new. No lock, no look at the keys, no commit that others wait for.
        """
        source, table = f"{SCHEMA}.source_{case.name}", f"{SCHEMA}.barest_{case.name}"
        names = [name for (name,) in self.sql(
            f"select attname from pg_attribute where attrelid = '{table}'::regclass and attnum > 0"
            " order by attnum"
        )]  # fmt: skip
        values = [name for name in names if name not in {"id", "part"}]
        before = self._server_seconds()
        self.sql(
            "set local enable_hashjoin = off; set local enable_mergejoin = off;"
            f" create temporary table batch as select * from {source};"
            f" merge into {table} as kept using batch on kept.id = batch.id"
            " and kept.part = batch.part when matched and"
            f" ({' or '.join(f'kept.{name} is distinct from batch.{name}' for name in values)})"
            f" then update set {', '.join(f'{name} = batch.{name}' for name in values)}"
            f" when not matched then insert values ({', '.join(f'batch.{n}' for n in names)})"
        )
        time.sleep(0.3)
        return self._server_seconds() - before


def measure(case: Case, bench: Bench, repeat: int) -> Iterator[str]:
    """Lines of results."""
    source = f"{SCHEMA}.source_{case.name}"
    bench.project.write(
        {
            f"models/{model}_{case.name}.sql": f"{{{{ config({config}) }}}}\nselect * from {source}"
            for model, config in case.models.items()
        }
    )
    bench.sql(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
    bench.sql(f"create view {source} as {source_sql(case, bench.engine, 0)}")
    for model in case.models:
        bench.cost(f"{model}_{case.name}")
        if bench.engine == "postgres":
            bench.sql(f"analyze {SCHEMA}.{model}_{case.name}")
    has_barest = bench.engine == "postgres" and case.name != "window"
    if has_barest:
        table = f"{SCHEMA}.barest_{case.name}"
        bench.sql(f"create table {table} as select * from {source}")
        bench.sql(f"create unique index on {table} (id, part); analyze {table}")
    barest, best = float("inf"), dict.fromkeys(case.models, float("inf"))
    for number in range(1, repeat + 1):
        bench.sql(f"drop view {source}")
        bench.sql(f"create table {source} as {source_sql(case, bench.engine, number)}")
        for model in case.models:
            best[model] = min(best[model], bench.cost(f"{model}_{case.name}"))
        if has_barest:
            barest = min(barest, bench.barest(case))
        bench.sql(f"drop table {source}; create view {source} as select 1 as one")
    for ours, theirs, limit in case.pairs:
        ratio = best[ours] / best[theirs]
        yield (
            f"| {bench.engine} | {case.name} | {ours} {best[ours]:.2f} s | {theirs} "
            f"{best[theirs]:.2f} s | {ratio:.2f} | {limit} | {'yes' if ratio <= limit else 'no'} |"
        )
    if has_barest:
        yield f"| postgres | {case.name} | the barest upsert by an index {barest:.2f} s | | | | |"
    if case.name == "window":
        return
    bench.sql(f"drop view {source}; create table {source} as "
              f"{source_sql(case, bench.engine, 1)} limit 0")  # fmt: skip
    for model in case.models:
        count = bench.statements(f"{model}_{case.name}")
        yield f"| {bench.engine} | {case.name} | {model}, empty batch: {count} statements | | | | |"


@contextmanager
def project_on(engine: str, server: dict[str, str]) -> Iterator[Bench]:
    """A throw-away project and a session of it."""
    with tempfile.TemporaryDirectory(prefix="headwater-bench-") as folder:
        project = new_project(Path(folder), SCHEMA, server)
        link_package(project)
        with session(project, engine, logs=True) as dbt:
            yield Bench(project, engine, dbt)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--window-rows", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=["narrow", "wide", "window"])
    parser.add_argument("--engines", nargs="*", default=["postgres", "duckdb"])
    given = parser.parse_args()
    print("| engine | shape | ours | theirs | ratio | limit | met |\n|---|---|---|---|---|---|---|")
    with postgres("bench-incremental") as server:
        for engine in given.engines:
            cases = {
                "narrow": keyed("narrow", given.rows, 2, engine),
                "wide": keyed("wide", given.rows, 40, engine),
                "window": windowed(given.window_rows, engine),
            }
            with project_on(engine, server) as bench:
                for name in given.only:
                    for line in measure(cases[name], bench, given.repeat):
                        print(line, flush=True)


if __name__ == "__main__":
    main()
