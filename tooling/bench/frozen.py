"""How a section of the bench measures: a frozen copy of the package, projects, workloads."""

from __future__ import annotations

import compileall
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import Command, CommandError, Cost, cost_of

if TYPE_CHECKING:
    from run import Options

HERE = Path(__file__).resolve().parent
_CLI = "from headwater.cli import app; app()"


class _Frozen:
    """Where the scripts and the package that are measured lie."""

    scripts = HERE


def measure_copy(folder: Path) -> None:
    """Measure a copy of the package, made now in ``folder``.

    The code is part of every key of the cache: an edit while the bench runs would make a warm run
    a cold one.
    """
    shutil.rmtree(folder, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__")
    for name in ("headwater", HERE.name):
        shutil.copytree(HERE.parent / name, folder / name, ignore=without)
    compileall.compile_dir(folder, quiet=2)
    _Frozen.scripts = folder / HERE.name


def project(options: Options, models: int) -> Path:
    """The folder of a generated project of that size, made once."""
    folder = options.made.get(models)
    if folder is None:
        folder = options.made[models] = options.work / f"synthetic-{models}"
        words = [sys.executable, str(_Frozen.scripts / "synthetic.py"), "--models", str(models)]
        cost_of(Command([*words, "--out", str(folder)]))
    return folder


def manifest_of(folder: Path) -> Path:
    """The manifest of a generated project."""
    return folder / "target" / "manifest.json"


def workload(name: str, *words: object, repeat: int = 1) -> tuple[Cost, dict[str, Any]]:
    """The cost of a workload, and what it printed."""
    script = str(_Frozen.scripts / "workloads.py")
    command = Command([sys.executable, script, name, *map(str, words)])
    cost = cost_of(command, repeat)
    return cost, json.loads(cost.output.splitlines()[-1])


def cold(manifest: Path, cache: Path, repeat: int) -> tuple[Cost, dict[str, Any]]:
    """A load that finds no cache and leaves one; the cache of the last run stays."""
    best: Cost | None = None
    said: dict[str, Any] = {}
    for _ in range(repeat):
        shutil.rmtree(cache, ignore_errors=True)
        cost, said = workload("load", manifest, cache)
        best = cost if best is None else best.best(cost)
    assert best is not None
    return best, said


def warm(manifest: Path, cache: Path) -> tuple[Cost, dict[str, Any]]:
    """A load of what the cache knows whole.

    *Raises*: `CommandError` when it did not: its cost would not be that of a warm run.
    """
    spent, said = workload("load", manifest, cache)
    if not said["warm"]:
        raise CommandError(f"a warm run found no state and parsed {said['parsed']} models")
    return spent, said


def lineage(words: list[str], cache: Path, repeat: int) -> Cost:
    """The cost of a command of the tool."""
    package = str(_Frozen.scripts.parent)
    env = {"PYTHONPATH": package, "HEADWATER_CACHE_DIR": str(cache), "NO_COLOR": "1"}
    return cost_of(Command([sys.executable, "-c", _CLI, *words], env=env), repeat)


def truth_of(folder: Path) -> dict[str, Any]:
    """Our graph of a generated project, held against what is true by construction."""
    words = [sys.executable, str(_Frozen.scripts / "truth_check.py"), str(folder), "headwater"]
    found: dict[str, Any] = json.loads(cost_of(Command(words)).output)
    return found
