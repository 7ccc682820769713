"""The commands that `make demo` runs and proposes work on the demo's artifacts."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import demo
import pytest
from house import REPO

FIXTURES = REPO / "tooling" / "tests" / "fixtures" / "demo"
PROPOSED = [line.split() for line in re.findall(r"(?m)^  lineage (.+?)(?: {2}|$)", demo.NEXT)]
RUN = [list(words) for _, *words in demo.QUESTIONS]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    for file in FIXTURES.glob("*.json.gz"):
        (tmp_path / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
    return tmp_path


@pytest.mark.parametrize("words", RUN + PROPOSED, ids=" ".join)
def test_the_command_answers(words: list[str], target: Path) -> None:
    program = "from headwater.cli import app; app()"
    command = [sys.executable, "-c", program, *words, "--target-path", str(target)]
    env = os.environ | {"PYTHONPATH": str(REPO / "tooling")}
    done = subprocess.run(command, cwd=target, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 3


def test_both_a_model_and_a_column_are_asked_about() -> None:
    assert {"." in words[-1] for words in RUN} == {True, False}
