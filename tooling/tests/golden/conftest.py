"""Golden files: what was typed, what came back. ``--update-golden`` writes them anew.

    pytest tooling/tests/golden --update-golden

A file is one run: the words, the exit code, all of stdout and all of stderr. Review the diff as
carefully as code: the texts are the program's face.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headwater.cli import app

from . import tiny
from .transcripts import Golden, Lineage, Project, transcript

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with ``<folder of the test's name>/<name>.txt``."""
    folder = HERE / request.module.__name__.rpartition(".")[2].removeprefix("test_")

    def compare(name: str, text: str) -> None:
        path = folder / f"{name}.txt"
        if request.config.getoption("--update-golden", default=False):
            folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path} is missing: run with --update-golden, and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def lineage(tmp_path: Path) -> Lineage:
    """Runs a command line; gives the run as text, with the project's folder as ``<project>``."""

    def run(*words: str, stdin: str | None = None) -> str:
        result = CliRunner().invoke(app, list(words), input=stdin)
        text = transcript(words, result.exit_code, result.stdout, result.stderr)
        return text.replace(str(tmp_path.resolve()), "<project>")

    return run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Makes the tiny project in the working directory, changed by a function of its manifest."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEADWATER_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("COLUMNS", "NO_COLOR", "DBT_TARGET_PATH", "DBT_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)

    def make(change: Callable[[dict[str, Any]], None] = lambda _: None, text: str = "") -> Path:
        manifest = tiny.manifest()
        change(manifest)
        (tmp_path / "dbt_project.yml").write_text("name: tiny\n")
        target = tmp_path / "target"
        target.mkdir(exist_ok=True)
        (target / "manifest.json").write_text(text or json.dumps(manifest))
        return tmp_path

    return make
