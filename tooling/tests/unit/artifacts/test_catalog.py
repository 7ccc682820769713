"""A catalog gives nodes their real columns; another project's does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.artifacts.paths import Wanted, find_artifacts
from headwater.artifacts.project import ReadProject, read_artifacts, read_project
from headwater.core.errors import ArtifactError

from .tiny import ORDERS, RAW_ORDERS, STG_ORDERS, catalog, make_project, manifest, write


def read(project: Path, named: Path | None = None, use: bool = True) -> ReadProject:
    wanted = Wanted(project_dir=project, catalog=named)
    return read_artifacts(find_artifacts(wanted, environ={}, cwd=project), catalog=use)


def foreign() -> dict[str, object]:
    value = catalog()
    value["nodes"] = {"model.other.customers": value["nodes"][ORDERS]}
    return value | {"sources": {}}


def test_columns_come_in_the_warehouses_order(tmp_path: Path) -> None:
    found = read(make_project(tmp_path, manifest=manifest(), catalog=catalog()))
    columns = found.project.nodes[ORDERS].catalog_columns
    assert columns is not None
    assert [(c.name, c.type, c.description) for c in columns] == [
        ("id", "integer", "key"),
        ("amount", "numeric", ""),
    ]
    source = found.project.nodes[RAW_ORDERS].catalog_columns
    assert source is not None
    assert [c.name for c in source] == ["id", "amount", "note"]
    assert found.project.nodes[STG_ORDERS].catalog_columns is None
    assert found.project.has_catalog
    assert found.warnings == ()


def test_without_a_catalog_nothing_is_known(tmp_path: Path) -> None:
    project = make_project(tmp_path, manifest=manifest(), catalog=catalog())
    found = read(project, use=False)
    assert not found.project.has_catalog
    assert found.project.nodes[ORDERS].catalog_columns is None
    paths = find_artifacts(Wanted(project_dir=project), environ={}, cwd=project)
    assert read_project(paths).has_catalog


def test_a_found_catalog_of_another_project_is_a_warning(tmp_path: Path) -> None:
    found = read(make_project(tmp_path, manifest=manifest(), catalog=foreign()))
    assert not found.project.has_catalog
    path = tmp_path / "target" / "catalog.json"
    assert found.warnings == (
        f"the catalog '{path}' is of another project: none of its 1 entries is a node of 'shop'; "
        "it is not used",
    )


def test_a_named_catalog_of_another_project_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "other.json", foreign())
    with pytest.raises(ArtifactError) as caught:
        read(make_project(tmp_path, manifest=manifest()), path)
    assert str(caught.value) == (
        f"the catalog '{path}' is of another project: none of its 1 entries is a node of 'shop'\n"
        "  has: entries of other\n"
        "  hint: run 'dbt docs generate' in this project, or leave the catalog out"
    )


def test_a_catalog_that_mostly_misses_may_be_old(tmp_path: Path) -> None:
    value = catalog()
    entry = value["nodes"][ORDERS]
    value["nodes"] |= {f"model.shop.gone_{n}": entry for n in range(9)}
    found = read(make_project(tmp_path, manifest=manifest(), catalog=value))
    assert found.project.has_catalog
    assert found.warnings == (
        f"only 2 of 11 entries of the catalog '{tmp_path / 'target' / 'catalog.json'}' are nodes "
        "of this project; it may be old: run 'dbt docs generate'",
    )


def test_a_broken_catalog_is_a_warning_when_found_and_an_error_when_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, manifest=manifest())
    path = project / "target" / "catalog.json"
    path.write_text('{"metadata": ')
    assert read(project).warnings == (f"the catalog '{path}' is cut short; it is not used",)
    with pytest.raises(ArtifactError, match="is cut short"):
        read(project, path)


def test_a_manifest_is_not_a_catalog(tmp_path: Path) -> None:
    project = make_project(tmp_path, manifest=manifest())
    with pytest.raises(ArtifactError) as caught:
        read(project, project / "target" / "manifest.json")
    assert str(caught.value) == (
        f"'{project / 'target' / 'manifest.json'}' is not a catalog\n"
        "  has: schema https://schemas.getdbt.com/dbt/manifest/v12.json\n"
        "  hint: point --catalog at the catalog.json that 'dbt docs generate' writes"
    )


def test_a_missing_key_is_named_by_its_path(tmp_path: Path) -> None:
    value = catalog()
    del value["nodes"][ORDERS]["columns"]
    path = write(tmp_path / "mine.json", value)
    with pytest.raises(ArtifactError) as caught:
        read(make_project(tmp_path, manifest=manifest()), path)
    assert str(caught.value) == (
        f"the catalog '{path}' lacks 'nodes.model.shop.orders.columns'\n"
        "  hint: write a new one with 'dbt docs generate'"
    )
