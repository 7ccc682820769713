"""Keeps the output shown in the documentation real: runs each shown command and writes it down.

A block to keep is a fenced block behind a comment that names the words after ``lineage``::

    <!-- lineage impact stg_orders.amount -->
    ```console
    $ lineage impact stg_orders.amount
    …
    ```

Between ``<!-- a comment -->`` and ``<!-- end of the comment -->`` stands the comment that
`doc_comment` renders.

The commands run on the recorded artifacts of the demo. ``--check`` changes nothing and exits with 1
when a block is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import doc_comment

REPO = Path(__file__).resolve().parents[2]
ARTIFACTS = REPO / "tooling" / "tests" / "fixtures" / "demo"
DOCUMENTS = ("README.md", "docs/*.md")
BLOCK = re.compile(
    r"(<!-- lineage (?P<words>[^\n]*?)(?: # first (?P<lines>\d+))? -->\n)"
    r"```console\n(?:.*?\n)??```\n",
    re.S,
)
COMMENT = re.compile(
    r"(<!-- a comment(?: # first (\d+))? -->\n).*?(<!-- end of the comment -->\n)", re.S
)
NO_ARTIFACTS = {"sql", "--help", "--version"}
#: The clock stands soon after the artifacts were recorded: their age is the same every day.
PROGRAM = """
import sys
from datetime import UTC, datetime
from headwater.cli import app, doctor
doctor.now = lambda: datetime(2026, 11, 1, 15, 30, tzinfo=UTC)
app(sys.argv[1:])
"""


def output_of(words: str) -> str:
    """What ``lineage <words>`` prints on an 80-column terminal, its coverage line last."""
    parts = shlex.split(words)
    if parts[0] not in NO_ARTIFACTS:
        parts += ["--target-path", str(ARTIFACTS), "--no-cache"]
    return run(parts, REPO)


def run(words: Sequence[str], folder: Path) -> str:
    """What ``lineage`` prints when it runs in a folder, stderr last."""
    env = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(REPO / "tooling")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True,
        text=True,
        env=env,
        cwd=folder,
        check=False,
    )
    return (done.stdout + done.stderr).rstrip()


def rewritten(text: str) -> str:
    """The document with every block filled from a fresh run."""

    def fill(match: re.Match[str]) -> str:
        lines = output_of(match["words"]).splitlines()
        limit = int(match["lines"] or 0)
        if limit and len(lines) > limit:
            lines = [*lines[:limit], "…"]
        body = "\n".join([f"$ lineage {match['words']}", *lines])
        return f"{match[1]}```console\n{body}\n```\n"

    filled = BLOCK.sub(fill, text)
    if COMMENT.search(filled) is None:
        return filled
    comment = doc_comment.rendered().splitlines()

    def place(match: re.Match[str]) -> str:
        limit = int(match[2] or len(comment))
        cut = ["", "…"] if limit < len(comment) else []
        return "\n".join([f"{match[1]}", *comment[:limit], *cut, "", match[3]])

    return COMMENT.sub(place, filled)


def main(arguments: list[str]) -> int:
    """0, or 1 when ``--check`` found a block that is out of date."""
    stale = []
    for pattern in DOCUMENTS:
        for path in sorted(REPO.glob(pattern)):
            text = path.read_text("utf-8")
            fresh = rewritten(text)
            if fresh != text:
                stale.append(path.relative_to(REPO).as_posix())
                if "--check" not in arguments:
                    path.write_text(fresh, "utf-8")
    if stale and "--check" in arguments:
        print(f"out of date: {', '.join(stale)} (mend with: make docs)", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
