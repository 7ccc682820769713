"""What a stranger runs first: the Makefile and the locks."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from house import REPO

LOCKS = sorted((REPO / "requirements").glob("*.txt"))


def test_make_alone_lists_every_target() -> None:
    shown = subprocess.run(["make"], cwd=REPO, capture_output=True, text=True, check=True).stdout
    makefile = (REPO / "Makefile").read_text()
    targets = re.findall(r"(?m)^\.PHONY: (\S+)$", makefile)
    assert {"demo", "test", "check", "bench", "fmt", "help"} <= set(targets)
    for target in targets:
        assert re.search(rf"(?m)^  make {target} +\S", shown), f"no help for '{target}'"


def test_ci_runs_the_documented_test_command() -> None:
    assert (REPO / ".ci" / "run").read_text().endswith("\nexec make test\n")
    assert (REPO / ".ci" / "run").stat().st_mode & 0o100


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_is_one_that_make_lock_writes(lock: Path) -> None:
    assert f"-o requirements/{lock.name}" in (REPO / "Makefile").read_text()


def test_the_lock_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = re.findall(r"(?m)^([\w.-]+)==", (REPO / "requirements" / "dev.txt").read_text())
    names = {re.split(r"[\s<>=;\[]", requirement)[0] for requirement in wanted}
    assert names <= set(locked)


def test_dbt_stays_below_2_in_the_environment_of_the_demo() -> None:
    lock = (REPO / "requirements" / "dev.txt").read_text()
    assert re.search(r"(?m)^dbt-core==1\.", lock)
