"""The demo: dbt builds a small shop on a real Postgres, then `lineage` explains it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dbt_steps
import psycopg2
from postgres import REPO, postgres
from signals import exit_on_signals

LINEAGE = Path(sys.executable).with_name("lineage")
QUESTIONS = (
    ("What depends on this model?", "impact", "stg_orders"),
    ("And on this one column?", "impact", "stg_payments.amount"),
    ("Which dashboards show old numbers, and whose fault is it?", "freshness"),
)
LATE = "raw_payments"
FORGET = {"HEADWATER_SUBJECT": '{"customer_id": 2}'}
#: A load of an hour ago into every raw table; of the late one the last load is a day older.
LOAD = """
do $$
declare raw record;
begin
    for raw in select table_schema as s, table_name as t from information_schema.columns
        where table_name like 'raw\\_%' and column_name = 'loaded_at' and table_schema = '{schema}'
    loop
        execute format(
            'update %1$I.%2$I set loaded_at = loaded_at + (now() at time zone ''utc''
                - case %2$L when ''{late}'' then interval ''25 hours'' else interval ''1 hour'' end
                - (select max(loaded_at) from %1$I.%2$I))', raw.s, raw.t
        );
    end loop;
end $$
"""
NEXT = """
What to try next
  . .venv/bin/activate
  lineage trace daily_revenue.net_revenue   where a number comes from, step by step
  lineage columns dim_customers             each column of a model with its direct sources
  lineage impact stg_orders -o mermaid      the same answer, to paste into a pull request
  lineage pii                               where personal data is, and what masks it
  lineage coverage                          what lineage could not see, and why
  lineage runs                              what took long; what failed, and why
  lineage freshness -o html                 what is stale, since when: a page
  make psql                                 look at the tables that dbt built
  make demo                                 again: nothing changes
"""


@contextmanager
def _step(title: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"\n━━ {title}", flush=True)
    yield
    print(f"   ({time.monotonic() - started:.1f} s)", flush=True)


def _must(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        sys.exit(done.returncode)


def load(server: Mapping[str, str]) -> None:
    """Give the rows the times of a load of an hour ago; the next build seeds them anew."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    connection = psycopg2.connect(
        **{name: server[key] for name, key in names.items()}, password=server.get("PGPASSWORD")
    )
    schema = os.environ.get("HEADWATER_SCHEMA", "headwater_demo") + "_raw"
    with connection, connection.cursor() as cursor:
        cursor.execute(LOAD.format(schema=schema, late=LATE))
    connection.close()


@contextmanager
def keeping(file: Path) -> Iterator[None]:
    """`dbt docs generate` writes its own results over those of the build."""
    kept = file.read_bytes()
    yield
    file.write_bytes(kept)


def demo() -> None:
    """Raises: SystemExit with the exit code of the step that failed."""
    with ExitStack() as stack:
        with _step("1/6  A Postgres for the demo"):
            env = stack.enter_context(postgres("demo", keep=True))
            print(f"   at {env['PGHOST']}:{env['PGPORT']}")
        with _step("2/6  dbt build: seeds, models, snapshots, tests, unit tests"):
            _must(dbt_steps.run(("build",), REPO, dbt_steps.environment(env)))
        title = f"3/6  The next load: it brings all but {LATE}; what a customer's erasure would do"
        with _step(f"{title}; the catalog"):
            load(env)
            with keeping(REPO / "target" / "run_results.json"):
                # The catalog comes last: what `run-operation` leaves has no compiled SQL in it.
                steps = (
                    "run-operation headwater.erase_subject",
                    "source freshness",
                    "docs generate",
                )
                _must(dbt_steps.run(steps, REPO, dbt_steps.environment(env) | FORGET))
    for number, (title, *words) in enumerate(QUESTIONS, 4):
        with _step(f"{number}/6  {title}"):
            print(f"   $ lineage {' '.join(words)}\n", flush=True)
            _must(subprocess.run([LINEAGE, *words], cwd=REPO, check=False, text=True))
    print(NEXT)


def main() -> int:
    """0, or the exit code of the step that failed; 130 after Ctrl-C."""
    exit_on_signals()
    try:
        demo()
    except KeyboardInterrupt:
        print("\nstopped, and so is the Postgres of the demo", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
