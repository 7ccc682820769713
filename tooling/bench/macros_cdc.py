"""Measure cdc_apply: ``python tooling/bench/macros_cdc.py`` prints events per second.

A table of 1,000,000 rows, then batches of changes: 80 % updates, 10 % creates, 10 % deletes, and a
tenth without one column, as Postgres sends unchanged TOAST values. Run through dbt on the Postgres
of the wheel. Timed is what dbt reports for the model: staging, checking, merging, writing, commit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from postgres import postgres  # noqa: E402  # the folders above must be known first
from projects import DbtProject, link_package, new_project  # noqa: E402

MODEL = """
{{ config(materialized='cdc_apply', unique_key=['id'], meta={'headwater': {'column_types': {
    'id': 'bigint', 'amount': 'numeric(12, 2)', 'note': 'text', 'status': 'text',
    'changed_on': 'date',
}}}) }}
{{ headwater.cdc_normalize(
    target.schema ~ '.log', ['id'],
    fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'doc'}
) }}
"""
LOG = """
drop table if exists log;
create table log as
select
    case when n % 10 = 0 then 'delete' when n % 10 = 1 then 'create' else 'update' end as op,
    cast({start} + n as bigint) as seq,
    timestamp '2026-01-01' + n * interval '1 second' as ts,
    jsonb_build_object(
        'id', n * 7919 % 1000000, 'amount', n / 100.0, 'status', 'open', 'changed_on', '2026-01-01'
    ) || case when n % 10 = 2 then '{{}}' else jsonb_build_object('note', md5(cast(n as text))) end
    as doc
from generate_series(cast(1 as bigint), {count}) as n
"""
FIRST = """
create table log as
select 'create' as op, n as seq, timestamp '2025-01-01' as ts, jsonb_build_object(
    'id', n, 'amount', 1, 'note', md5(cast(n as text)), 'status', 'new',
    'changed_on', '2025-01-01'
) as doc
from generate_series(cast(1 as bigint), {count}) as n
"""


def apply(project: DbtProject) -> float:
    """Seconds that the model took."""
    ran = project.run("run")
    seconds: float = ran.results["model.consumer.applied"]["execution_time"]
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, nargs="+", default=[50_000, 200_000])
    given = parser.parse_args()
    with postgres("bench-cdc") as server, tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder), "bench_cdc", server)
        link_package(project)
        project.write({"models/applied.sql": MODEL})
        project.sql("create schema bench_cdc")
        project.sql(FIRST.format(count=given.rows))
        seconds = apply(project)
        print("| batch | seconds | events/s |\n|---|---|---|")
        print(f"| first run, {given.rows:,} | {seconds:.2f} | {given.rows / seconds:,.0f} |")
        start = given.rows
        for count in given.batches:
            project.sql(LOG.format(start=start, count=count) + "; analyze log")
            start += count
            seconds = apply(project)
            print(f"| {count:,} changes | {seconds:.2f} | {count / seconds:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
