"""Compiled SQL that is still on disk is used only when it is of the text at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from headwater.artifacts.paths import Wanted, find_artifacts
from headwater.artifacts.project import ReadProject, read_artifacts

from .tiny import ORDERS, STG_ORDERS, UNIQUE, make_project, manifest

SQL = "select 1 as id"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was compiled once and then only parsed."""
    value = manifest()
    for node in value["nodes"].values():
        node.pop("compiled_code", None)
    folder = make_project(tmp_path / "shop", manifest=value)
    for path in ("models/orders.sql", "models/stg_orders.sql", "models/schema.yml"):
        _write(folder / path, "source", at=100)
        _write(folder / "target/compiled/shop" / path, SQL, at=200)
    return folder


def _write(path: Path, text: str, at: int) -> None:
    if path.suffix == ".yml" and "compiled" in path.parts:
        path = path / "unique_orders_id.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))


def read(project: Path) -> ReadProject:
    return read_artifacts(find_artifacts(Wanted(project_dir=project), environ={}, cwd=project))


def test_compiled_files_stand_in(project: Path) -> None:
    found = read(project)
    assert [found.project.nodes[n].sql for n in (ORDERS, STG_ORDERS, UNIQUE)] == [SQL] * 3
    assert found.warnings == (
        "the manifest has no compiled SQL for 3 nodes; theirs was read from "
        f"'{project / 'target' / 'compiled'}' and may be older than macros and vars: "
        "run 'dbt compile'",
    )
    assert str(project / "target/compiled/shop/models/orders.sql") in found.consulted


def test_a_file_older_than_the_model_is_not_used(project: Path) -> None:
    _write(project / "models/orders.sql", "changed", at=300)
    nodes = read(project).project.nodes
    assert (nodes[ORDERS].sql, nodes[STG_ORDERS].sql) == (None, SQL)


def test_without_the_model_nothing_is_known_about_its_age(project: Path) -> None:
    (project / "models/orders.sql").unlink()
    assert read(project).project.nodes[ORDERS].sql is None


def test_another_projects_folder_is_not_looked_at(project: Path) -> None:
    (project / "dbt_project.yml").write_text("name: other\n")
    found = read(project)
    assert found.project.root == ""
    assert not found.project.is_compiled


def test_a_compiled_file_that_is_not_text_is_not_used(project: Path) -> None:
    path = project / "target/compiled/shop/models/orders.sql"
    path.write_bytes(b"select '\xff'")
    assert read(project).project.nodes[ORDERS].sql is None
