"""The demo: dbt builds a small shop on a real Postgres, then `lineage` explains it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dbt_steps
from postgres import REPO, postgres
from signals import exit_on_signals

LINEAGE = Path(sys.executable).with_name("lineage")
QUESTIONS = (
    ("What depends on this model?", "impact", "stg_orders"),
    ("And on this one column?", "impact", "stg_payments.amount"),
)
NEXT = """
What to try next
  . .venv/bin/activate
  lineage trace daily_revenue.net_revenue   where a number comes from, step by step
  lineage columns dim_customers             each column of a model with its direct sources
  lineage impact stg_orders -o mermaid      the same answer, to paste into a pull request
  lineage coverage                          what lineage could not see, and why
  lineage runs                              what took long; what failed, and why
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


def demo() -> None:
    """Raises: SystemExit with the exit code of the step that failed."""
    with ExitStack() as stack:
        with _step("1/4  A Postgres for the demo"):
            env = stack.enter_context(postgres("demo", keep=True))
            print(f"   at {env['PGHOST']}:{env['PGPORT']}")
        with _step("2/4  dbt build: seeds, models, snapshots, tests, unit tests; then the catalog"):
            _must(dbt_steps.run(("build", "docs generate"), REPO, dbt_steps.environment(env)))
    for number, (title, *words) in enumerate(QUESTIONS, 3):
        with _step(f"{number}/4  {title}"):
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
