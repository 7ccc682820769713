"""The package parses on every dbt it says it supports, at the root and installed elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from environments import REPO, dbt_of_version
from projects import DBT, DbtProject
from test_consumer import CONSUMER

VERSIONS = ("1.10", "1.11", "1.12", "2")


def _dbt(version: str) -> Path:
    return DBT if version == "1.11" else dbt_of_version(version)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_parses_as_a_package(version: str, dbt_project: DbtProject) -> None:
    dbt_project.write(CONSUMER)
    project = replace(dbt_project, dbt=_dbt(version))
    _assert_no_complaint(project.run("parse").output)
    manifest = project.manifest()
    assert manifest["metadata"]["dbt_version"].startswith(f"{version}.")
    assert {node["package_name"] for node in manifest["nodes"].values()} == {"consumer"}
    assert "macro.headwater.surrogate_key" in manifest["macros"]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_demo_parses(version: str, dbt_project: DbtProject) -> None:
    dbt_project.write({"target/.keep": "", "logs/.keep": ""})
    folder = dbt_project.folder
    project = replace(dbt_project, dbt=_dbt(version))
    words = ("parse", "--project-dir", str(REPO), "--profiles-dir", str(REPO))
    paths = ("--target-path", str(folder / "target"), "--log-path", str(folder / "logs"))
    # dbt 2 would like semantic models in a form that dbt 1.10 and 1.11 can't read.
    _assert_no_complaint(project.run(*words, *paths).output, accepted=int(version == "2"))
    nodes = project.manifest()["nodes"].values()
    assert {node["package_name"] for node in nodes} == {"headwater"}


def _assert_no_complaint(output: str, *, accepted: int = 0) -> None:
    """What dbt warns of today is an error of the next dbt."""
    warnings = re.findall(
        r"(?im)^.*(?:\[warn\w*\]|deprecat(?!ed and no longer receives)).*$", output
    )
    assert len(warnings) <= accepted, output
