"""Artifacts are found where dbt would write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.artifacts.paths import ArtifactPaths, Wanted, find_artifacts
from headwater.core.errors import ArtifactError

from .tiny import make_project, write


def find(wanted: Wanted, cwd: Path, **environ: str) -> ArtifactPaths:
    return find_artifacts(wanted, environ=environ, cwd=cwd)


def manifest_in(folder: Path) -> Path:
    return write(folder / "manifest.json", {})


def test_the_target_folder_of_the_enclosing_project(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop", manifest={}, catalog={}, run_results={}, sources={})
    deep = project / "models" / "marts"
    deep.mkdir(parents=True)
    found = find(Wanted(), deep)
    target = project / "target"
    assert found == ArtifactPaths(
        target_dir=target,
        manifest=target / "manifest.json",
        catalog=target / "catalog.json",
        run_results=target / "run_results.json",
        sources=target / "sources.json",
        project_dir=project,
    )


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ("target-path: out", "out"),
        ('target-path: "out"  # not target', "out"),
        ('target-path: \'{{ env_var("OUT", "elsewhere") }}\'', "elsewhere"),
        ("target-path: \"{{ var('x') }}\"", "target"),
        ("# target-path: out", "target"),
        ("vars:\n  target-path: out", "target"),
        ("target-path:", "target"),
    ],
)
def test_the_target_path_of_the_project_file(line: str, folder: str, tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop")
    (project / "dbt_project.yml").write_text(f"name: shop\n{line}\nprofile: x\n")
    manifest = manifest_in(project / folder)
    assert find(Wanted(project_dir=project), tmp_path).manifest == manifest


def test_an_env_var_in_the_project_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop")
    (project / "dbt_project.yml").write_text("target-path: \"{{ env_var('OUT') }}\"\n")
    manifest = manifest_in(project / "there")
    assert find(Wanted(project_dir=project), tmp_path, OUT="there").manifest == manifest


def test_the_option_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop")
    (project / "dbt_project.yml").write_text("target-path: file\n")
    in_file, in_env, in_option = (manifest_in(project / n) for n in ("file", "env", "option"))
    assert find(Wanted(), project).manifest == in_file
    assert find(Wanted(), project, DBT_TARGET_PATH="env").manifest == in_env
    wanted = Wanted(target_path=Path("option"))
    assert find(wanted, project, DBT_TARGET_PATH="env").manifest == in_option


def test_the_project_folder_of_the_environment(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop", manifest={})
    assert find(Wanted(), tmp_path, DBT_PROJECT_DIR="shop").project_dir == project


def test_packed_artifacts_are_found_and_plain_ones_win(tmp_path: Path) -> None:
    packed = tmp_path / "manifest.json.gz"
    packed.write_bytes(b"x")
    assert find(Wanted(manifest=tmp_path), tmp_path).manifest == packed
    plain = manifest_in(tmp_path)
    assert find(Wanted(manifest=tmp_path), tmp_path).manifest == plain


def test_dbt_2_calls_its_freshness_results_otherwise(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop", manifest={}, freshness={})
    assert find(Wanted(), project).sources == project / "target" / "freshness.json"


def test_a_named_manifest_brings_its_own_folder(tmp_path: Path) -> None:
    here = make_project(tmp_path / "here", manifest={})
    manifest = manifest_in(tmp_path / "elsewhere")
    catalog = write(tmp_path / "elsewhere" / "catalog.json", {})
    found = find(Wanted(manifest=manifest), here)
    assert (found.manifest, found.catalog) == (manifest, catalog)
    assert found.project_dir is None
    assert not found.catalog_given


def test_a_named_manifest_inside_a_project_belongs_to_it(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop", manifest={})
    found = find(Wanted(manifest=Path("shop/target/manifest.json")), tmp_path)
    assert found.project_dir == project


def test_a_named_catalog(tmp_path: Path) -> None:
    project = make_project(tmp_path / "shop", manifest={})
    catalog = write(tmp_path / "mine.json", {})
    found = find(Wanted(manifest=project / "target", catalog=Path("mine.json")), tmp_path)
    assert (found.catalog, found.catalog_given) == (catalog, True)
    found = find(Wanted(catalog=Path("../mine.json")), project)
    assert found.catalog is not None
    assert found.catalog.samefile(catalog)


# -- not found -----------------------------------------------------------------------------------


def error_of(wanted: Wanted, cwd: Path) -> str:
    with pytest.raises(ArtifactError) as caught:
        find(wanted, cwd)
    return str(caught.value).replace(str(cwd), "HERE")


def test_a_project_without_a_manifest(tmp_path: Path) -> None:
    make_project(tmp_path)
    assert error_of(Wanted(), tmp_path) == (
        "no manifest\n"
        "  looked: HERE/target/manifest.json, HERE/target/manifest.json.gz\n"
        "  knows: project 'HERE', target folder 'HERE/target'\n"
        "  hint: run 'dbt compile' in the project; "
        "or point at one with --manifest FILE or --target-path DIR"
    )


def test_outside_any_project(tmp_path: Path) -> None:
    assert error_of(Wanted(), tmp_path) == (
        "no manifest\n"
        "  looked: HERE/target/manifest.json, HERE/target/manifest.json.gz\n"
        "  knows: no dbt_project.yml in 'HERE' or above it\n"
        "  hint: run in a dbt project, or name it with --project-dir DIR; "
        "or point at one with --manifest FILE or --target-path DIR"
    )


def test_a_named_manifest_that_is_not_there(tmp_path: Path) -> None:
    assert error_of(Wanted(manifest=Path("x.json")), tmp_path) == (
        "no manifest at 'x.json'\n"
        "  looked: the path as given\n"
        "  hint: run 'dbt compile' to write one, or check --manifest"
    )


def test_a_named_catalog_that_is_not_there(tmp_path: Path) -> None:
    make_project(tmp_path, manifest={})
    assert error_of(Wanted(catalog=tmp_path / "x.json"), tmp_path) == (
        "no catalog at 'HERE/x.json'\n"
        "  hint: run 'dbt docs generate' to write one, or leave --catalog out"
    )


def test_a_project_folder_that_is_not_there(tmp_path: Path) -> None:
    assert error_of(Wanted(project_dir=Path("nowhere")), tmp_path) == "no project folder 'nowhere'"
