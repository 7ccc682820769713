"""Measure what log_run() adds to a run.

``python tooling/bench/macros_run_log.py [--nodes 500]``: a project of that many views is run on
Postgres without the hook and with it, in turns, by a dbt that stays. Printed are the seconds that
dbt says the hook took, the difference of the whole runs, and the statements that were sent for it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

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


def measured(project: DbtProject, dbt: Session, *, log: bool) -> tuple[float, float, int]:
    """Seconds of the hook, seconds of the run, and statements after the last model."""
    file = project.folder / "logs" / "dbt.log"
    before = file.stat().st_size if file.exists() else 0
    dbt.run("run", "--vars", json.dumps({"log": log}))
    results = json.loads((project.folder / "target" / "run_results.json").read_text())
    hooks = [r for r in results["results"] if r["unique_id"].startswith("operation.")]
    said = file.read_bytes()[before:].decode()
    ending = said.rpartition("On model.consumer.")[2]
    return (
        sum(r["execution_time"] for r in hooks),
        results["elapsed_time"],
        len(SENT.findall(ending)),
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres("bench-run-log") as server:
        project = new_project(Path(folder), "bench_run_log", server)
        link_package(project)
        make(project, options.nodes)
        project.sql("drop schema if exists bench_run_log cascade; create schema bench_run_log")
        with session(project, logs=True) as dbt:
            measured(project, dbt, log=True)  # makes the tables, and warms dbt
            pairs = [
                (measured(project, dbt, log=False), measured(project, dbt, log=True))
                for _ in range(options.repeat)
            ]
        rows = project.sql("select count(*) from headwater_run_nodes")[0][0]
    hook = median(logged[0] - without[0] for without, logged in pairs)
    runs = [median(side[at][1] for side in pairs) for at in (0, 1)]
    assert rows == options.nodes * (options.repeat + 1)
    sent = pairs[0][1][2]  # not every dbt writes down what it sends
    print(f"{options.nodes} nodes: the hook takes {hook:.2f} s, in {sent or '?'} statements")
    print(f"whole runs: {runs[0]:.1f} s without, {runs[1]:.1f} s with it")


if __name__ == "__main__":
    main()
