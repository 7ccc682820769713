"""The whole text of every way in which a comparison fails; see the folder `diff_errors/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from . import tiny
from .transcripts import Golden, Lineage, Project

WORDS = {
    "no_base": [],
    "two_bases": ["--state", "before", "--base", "main"],
    "a_base_and_a_state": ["before", "--state", "before"],
    "three_sides": ["before", "target", "before"],
    "two_heads": ["before", "target", "--manifest", "target/manifest.json"],
    "no_state_folder": ["--state", "after"],
    "no_manifest_in_state": ["--state", "empty"],
    "no_such_manifest": ["nothing.json", "target"],
    "no_such_gate": ["before", "target", "--fail-on", "row"],
    "another_project": ["--state", "blog"],
    "another_adapter": ["--state", "duck"],
    "another_project_all_the_same": ["--state", "blog", "--force"],
    "another_dbt": ["--state", "old"],
    "a_base_without_compiled_sql": ["--state", "parsed"],
    "a_head_without_compiled_sql": ["before", "parsed"],
    "without_compiled_sql_all_the_same": ["--state", "parsed", "--force", "-q"],
    "a_package_less": ["--state", "packaged"],
    "a_base_that_is_too_old": ["--state", "ancient"],
    "gate_hit": ["--state", "before", "--fail-on", "rows", "-q"],
    "not_in_a_repository": ["--base", "main"],
}


def states() -> dict[str, dict[str, Any]]:
    """Manifests to compare with, by folder."""
    names = ("before", "blog", "duck", "old", "parsed", "packaged", "ancient")
    found = {name: tiny.before() for name in names}
    found["blog"]["metadata"]["project_name"] = "blog"
    found["duck"]["metadata"]["adapter_type"] = "duckdb"
    found["old"]["metadata"]["dbt_version"] = "1.8.9"
    found["ancient"]["metadata"]["dbt_schema_version"] = found["ancient"]["metadata"][
        "dbt_schema_version"
    ].replace("v12", "v4")
    for entry in found["parsed"]["nodes"].values():
        entry["compiled_code"] = None
    other = tiny.model("help", "select 1 as id", package_name="utils")
    found["packaged"]["nodes"]["model.utils.help"] = other | {"unique_id": "model.utils.help"}
    return found


@pytest.fixture(autouse=True)
def _prepared(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project()
    monkeypatch.delenv("DBT_STATE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path(folder).resolve().parent))
    for name, manifest in states().items():
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text(json.dumps(manifest))
    (folder / "empty").mkdir()


@pytest.mark.parametrize("name", WORDS)
def test_error(name: str, lineage: Lineage, golden: Golden) -> None:
    golden(name, lineage("diff", *WORDS[name]))


def test_the_state_of_the_environment(lineage: Lineage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBT_STATE", "before")
    assert (
        lineage("diff", "-q").partition("\n")[2]
        == (lineage("diff", "--state", "before", "-q").partition("\n")[2])
    )
