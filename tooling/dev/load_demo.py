"""`make demo-load`: the demo on tables that dlt loads from files and an API, and not on seeds.

A small shop runs in this process (`tooling/examples/dlt/shop_api.py`). It is loaded and built as of
the 7th of April; then time passes, and it is loaded and built again: only what is new or
changed comes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dbt_steps
from locked import environment
from postgres import REPO, postgres
from signals import exit_on_signals

EXAMPLE = REPO / "tooling" / "examples" / "dlt"
sys.path.append(str(EXAMPLE))

from shop_api import TOKEN, Shop, serve  # noqa: E402  # the folder above must be known first

SCHEMA = "headwater_loaded"
BUILD = "build --exclude resource_type:seed"
FRESHNESS = "source freshness --select source:loader"
FIRST, LATER = datetime(2026, 4, 7), datetime(2026, 5, 1)


@dataclass(frozen=True)
class Loading:
    """A shop, the Postgres that it is loaded into, and a folder for files."""

    shop: Shop
    api: str
    server: Mapping[str, str]
    work: Path
    schema: str = SCHEMA

    def load(self) -> str:
        """What the loader says: how many rows came for each table.

        Raises: SystemExit, with the loader's own words.
        """
        self.shop.write_files(self.work / "exports")
        quiet = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "CRITICAL"}
        done = subprocess.run(
            [environment("dlt"), EXAMPLE / "load.py", "--files", self.work / "exports",
             "--api", self.api, "--schema", f"{self.schema}_raw", "--state", self.work / "state"],
            env=os.environ | dict(self.server) | quiet | {"SHOP_API_TOKEN": TOKEN},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\nerror: the loader failed")
        return done.stdout

    def dbt(self, *steps: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        """Finished dbt commands on the loaded tables."""
        settings = {"HEADWATER_SCHEMA": self.schema, "HEADWATER_LOADER": "dlt"}
        env = dbt_steps.environment(self.server, self.work / "dbt") | settings
        return dbt_steps.run(steps, REPO, env, quiet=quiet)


@contextmanager
def loading(server: Mapping[str, str], schema: str = SCHEMA) -> Iterator[Loading]:
    """A shop that is served, and nothing loaded yet."""
    shop = Shop(FIRST)
    with tempfile.TemporaryDirectory() as folder, serve(shop) as api:
        yield Loading(shop, api, server, Path(folder), schema)


def demo() -> None:
    """Raises: SystemExit when a step fails."""
    with postgres("load") as server, loading(server) as running:
        for number, as_of in enumerate((FIRST, LATER)):
            if number:
                running.shop.move_on(as_of)
            print(f"\n━━ {2 * number + 1}/4  Load the shop as of {as_of:%d %B %Y}", flush=True)
            print(running.load(), end="", flush=True)
            print(f"\n━━ {2 * number + 2}/4  dbt {BUILD}", flush=True)
            done = running.dbt(BUILD, FRESHNESS)
            if done.returncode:
                sys.exit(done.returncode)


def main() -> int:
    """0, or the exit code of the step that failed; 130 after Ctrl-C."""
    exit_on_signals()
    try:
        demo()
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
