from __future__ import annotations

import os
from pathlib import Path

import pytest

from headwater.artifacts.paths import Wanted
from headwater.cli.compiling import compiled_project
from headwater.core.errors import ArtifactError, UsageError

GOOD = """\
while [ $# -gt 0 ]; do
  case $1 in --target-path) target=$2;; esac
  echo "$1" >> "$PWD/words"
  shift
done
echo '{}' > "$target/manifest.json"
"""
BAD = "echo 'Running'; echo; echo 'Compilation Error in model orders'; exit 2\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dbt_project.yml").write_text("name: tiny\n")
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text("old")
    (tmp_path / "target" / "catalog.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def program(folder: Path, script: str) -> str:
    path = folder / "a-dbt"
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)
    return str(path)


def compiled(dbt: str, wanted: Wanted) -> tuple[Wanted, str]:
    """What is wanted after compiling, and the manifest found there; then the folder is gone."""
    with compiled_project(dbt, wanted) as after:
        assert after.target_path is not None
        text = (after.target_path / "manifest.json").read_text()
    assert not after.target_path.exists()
    return after, text


def test_dbt_compiles_into_a_folder_of_its_own(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    after, manifest = compiled(program(project, GOOD), Wanted())
    assert manifest == "{}\n"
    assert after.project_dir == project
    assert after.catalog == project / "target" / "catalog.json"
    assert (project / "target" / "manifest.json").read_text() == "old"
    words = (project / "words").read_text().split()
    assert words[:4] == ["--no-use-colors", "compile", "--no-populate-cache", "--no-introspect"]
    assert capfd.readouterr() == ("", "running dbt compile into a temporary folder …\n")


def test_a_model_that_looks_at_the_warehouse_gets_it(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wants = 'case "$*" in *--no-introspect*) echo "connection never acquired"; exit 2;; esac\n'
    _, manifest = compiled(program(project, wants + GOOD), Wanted())
    assert manifest == "{}\n"
    assert "--no-introspect" not in (project / "words").read_text()
    assert capfd.readouterr().err.endswith(
        "a model looks at the warehouse while it compiles: running dbt compile with it …\n"
    )


def test_a_project_named_by_its_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    after, _ = compiled(program(project, GOOD), Wanted(project_dir=Path(project.name)))
    assert after.project_dir == project
    assert (project / "words").exists()


def test_what_dbt_said_is_in_the_error(project: Path) -> None:
    with pytest.raises(ArtifactError) as error:
        compiled(program(project, BAD), Wanted())
    assert str(error.value) == (
        "'dbt compile' failed with exit code 2\n"
        "  dbt: Running\n"
        "  dbt: Compilation Error in model orders"
    )


def test_a_program_that_cannot_run(project: Path) -> None:
    (project / "a-dbt").write_bytes(b"\x7fELF nonsense")
    os.chmod(project / "a-dbt", 0o755)
    with pytest.raises(ArtifactError, match=r"cannot run '.*a-dbt'"):
        compiled(str(project / "a-dbt"), Wanted())


def test_no_program(project: Path) -> None:
    with pytest.raises(ArtifactError) as error:
        compiled("no-such-dbt", Wanted())
    assert str(error.value) == (
        "no program 'no-such-dbt' to compile with\n"
        "  hint: activate the environment dbt is in, or name it with --dbt PROGRAM"
    )


def test_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArtifactError, match=r"no dbt_project.yml in '.*' or above it: nothing to"):
        compiled(program(tmp_path, GOOD), Wanted())


def test_a_manifest_cannot_be_named_too(project: Path) -> None:
    with pytest.raises(UsageError, match="--compile writes a manifest and --manifest names one"):
        compiled(program(project, GOOD), Wanted(manifest=Path("m.json")))
