"""Measure what log_run() adds to a run.

``python tooling/bench/macros_run_log.py [--nodes 500]``: a project of that many views is run on
Postgres without the hook and with it, by a dbt that stays; as that grows slower with every run,
each goes first in every other pair. Printed are the seconds that dbt says the hook took, the
statements that were sent for it, and what whole runs take, by the clock and of dbt's processor
(Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from dbt_sessions import Session, session  # noqa: E402  # the folders above must be known first
from postgres import postgres  # noqa: E402
from projects import DbtProject, link_package, new_project  # noqa: E402

PROJECT: dict[str, Any] = {
    "name": "consumer", "version": "1.0.0", "config-version": 2, "profile": "consumer",
}  # fmt: skip
HOOK = "{{ headwater.log_run(results) if var('log', true) }}"
#: What dbt's own log says of each statement on the connection of the hooks.
SENT = re.compile(r"On master: (?!BEGIN|COMMIT|ROLLBACK|Close)")


def make(project: DbtProject, nodes: int) -> None:
    """Views that read nothing: what they cost is dbt's own."""
    project.write({f"models/m{n}.sql": f"select {n} as id" for n in range(nodes)})
    project.write({"dbt_project.yml": json.dumps(PROJECT | {"on-run-end": [HOOK]})})


class Figures(NamedTuple):
    """Seconds of the hook, of the run and of dbt's processor in it, and statements at its end."""

    hook: float
    clock: float
    processor: float
    statements: int


def processor_seconds(dbt: Session) -> float:
    """What dbt's process has computed so far."""
    fields = Path("/proc", str(dbt.process.pid), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(project: DbtProject, dbt: Session, *, log: bool) -> Figures:
    """The figures of one run."""
    file = project.folder / "logs" / "dbt.log"
    before = file.stat().st_size if file.exists() else 0
    started = processor_seconds(dbt)
    dbt.run("run", "--vars", json.dumps({"log": log}))
    computed = processor_seconds(dbt) - started
    results = json.loads((project.folder / "target" / "run_results.json").read_text())
    hooks = [r for r in results["results"] if r["unique_id"].startswith("operation.")]
    said = file.read_bytes()[before:].decode()
    ending = said.rpartition("On model.consumer.")[2]
    return Figures(
        sum(r["execution_time"] for r in hooks),
        results["elapsed_time"],
        computed,
        len(SENT.findall(ending)),
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres("bench-run-log") as server:
        project = new_project(Path(folder), "bench_run_log", server)
        link_package(project)
        make(project, options.nodes)
        project.sql("drop schema if exists bench_run_log cascade; create schema bench_run_log")
        with session(project, logs=True) as dbt:
            measured(project, dbt, log=True)  # makes the tables, and warms dbt
            runs: dict[bool, list[Figures]] = {False: [], True: []}
            for number in range(options.repeat):
                for log in (number % 2 == 1, number % 2 == 0):
                    runs[log].append(measured(project, dbt, log=log))
        rows = project.sql("select count(*) from headwater_run_nodes")[0][0]
    assert rows == options.nodes * (options.repeat + 1)
    hook = median(run.hook for run in runs[True]) - median(run.hook for run in runs[False])
    sent = runs[True][0].statements  # not every dbt writes down what it sends
    print(f"{options.nodes} nodes: the hook takes {hook:.2f} s, in {sent or '?'} statements")
    for log, name in ((False, "without"), (True, "with")):
        clock, computed = (median(run[at] for run in runs[log]) for at in (1, 2))
        print(f"whole runs {name} it: {clock:.1f} s, {computed:.1f} s of dbt's processor")


if __name__ == "__main__":
    main()
