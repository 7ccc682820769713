"""dbt-guard's answers: ``changes_dbt_guard.py FOLDER``. Two target folders, all included."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from click.testing import CliRunner
from dbt_guard.cli import diff

FLAGS = ("--include-sources", "--include-exposures", "--include-snapshots")


def main(folder: Path) -> None:
    """One line of JSON per pair."""
    for pair in sorted(folder.iterdir()):
        dialect = json.loads((pair / "pair.json").read_text())["dialect"]
        words = [
            "--base",
            str(pair / "base" / "target"),
            "--current",
            str(pair / "head" / "target"),
        ]
        words += ["--format", "json", "--fail-on", "never", "--dialect", dialect, *FLAGS]
        done = CliRunner().invoke(diff, words)
        try:
            told = json.loads(done.stdout[done.stdout.index("{") :])
        except ValueError:
            print(
                json.dumps(
                    {"pair": pair.name, "failed": (done.output or repr(done.exception))[-200:]}
                )
            )
            continue
        changes = told["breaking_changes"] + told["non_breaking_changes"] + told["source_changes"]
        print(json.dumps({
            "pair": pair.name,
            "said": bool(changes),
            "words": sorted({c["type"] for c in changes}),
            "touched": sorted({m["model_name"] for m in told["impacted_models"]}),
        }))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
