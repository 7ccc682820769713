"""Runs the command line: in this process (quick), or as a user would (a process of its own)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

from typer.testing import CliRunner

from headwater.cli import app

MAIN = "from headwater.cli import app; app()"


class Run(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def lineage(*words: str, stdin: str | None = None) -> Run:
    """Run in this process."""
    result = CliRunner().invoke(app, list(words), input=stdin)
    return Run(result.exit_code, result.stdout, result.stderr)


def lineage_process(*words: str, code: str = MAIN, **env: str) -> Run:
    """Run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **env},
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)
