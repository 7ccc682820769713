"""A separate project installs the package and gets its macros and tests, and no node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from projects import REPO, DbtProject

KINDS_OF_NODES = (
    "nodes sources exposures metrics semantic_models saved_queries unit_tests functions groups"
)
# The model has the name of one of the demo's: it must not get in the way.
CONSUMER = {
    "models/stg_orders.sql": (
        "select {{ headwater.surrogate_key(['store', 'number']) }} as order_key, orders.*\n"
        "from (values ('north', 1), ('north', 2), (null, 1)) as orders (store, number)\n"
    ),
    "models/schema.yml": """
models:
  - name: stg_orders
    columns:
      - name: order_key
        data_tests: [unique, not_null]
    data_tests:
      - headwater.grain:
          arguments:
            columns: [store, number]
""",
}


@pytest.fixture(scope="session")
def tagged_repository(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a repository that holds this checkout under the tag `v9.9.9`.

    Made of the files and not of the history, which a shallow clone in CI does not have.
    """
    folder = tmp_path_factory.mktemp("published")
    listed = _git(REPO, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (REPO / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPO / name, folder / name)
    author = ("-c", "user.name=Publisher", "-c", "user.email=publisher@example.com")
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all", "--force")
    _git(folder, *author, "commit", "--quiet", "--message=Release", "--no-gpg-sign")
    _git(folder, *author, "tag", "v9.9.9")
    return f"file://{folder}"


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _installed(project: DbtProject, package: dict[str, str]) -> DbtProject:
    project.write({**CONSUMER, "packages.yml": json.dumps({"packages": [package]})})
    project.run("deps")
    return project


def _from_headwater(manifest: dict[str, Any], kind: str) -> list[str]:
    found = manifest.get(kind, {})
    return sorted(key for key, node in found.items() if node["package_name"] == "headwater")


def test_installed_by_git_tag_it_builds(bare_project: DbtProject, tagged_repository: str) -> None:
    project = _installed(bare_project, {"git": tagged_repository, "revision": "v9.9.9"})
    assert not (project.folder / "dbt_packages" / "headwater").is_symlink()
    _assert_adds_macros_and_no_node(project)


def test_installed_by_local_path_it_builds(bare_project: DbtProject) -> None:
    project = _installed(bare_project, {"local": str(REPO)})
    _assert_adds_macros_and_no_node(project)


def _assert_adds_macros_and_no_node(project: DbtProject) -> None:
    ran = project.run("build")
    manifest = project.manifest()
    extra = {kind: _from_headwater(manifest, kind) for kind in KINDS_OF_NODES.split()}
    assert not any(extra.values()), extra
    macros = _from_headwater(manifest, "macros")
    files = sorted((REPO / "macros").glob("*/*.sql"))
    assert files
    known = {re.sub(r"\.materialization_(\w+)_default$", r".\1", name) for name in macros}
    assert {f"macro.headwater.{path.stem}" for path in files} <= known
    assert sorted(name.split(".")[2] for name in ran.results) == [
        "headwater_grain_stg_orders_store__number",
        "not_null_stg_orders_order_key",
        "stg_orders",
        "unique_stg_orders_order_key",
    ]
    assert {result["status"] for result in ran.results.values()} == {"success", "pass"}
    assert project.sql("select count(distinct order_key), min(length(order_key)) from stg_orders")[
        0
    ] == (3, 64)


def test_its_tests_fail_where_they_should(dbt_project: DbtProject) -> None:
    dbt_project.write(CONSUMER)
    model = CONSUMER["models/stg_orders.sql"].replace("('north', 2)", "('north', 1)")
    dbt_project.write({"models/stg_orders.sql": model})
    ran = dbt_project.run("build", code=1)
    failed = {name.split(".")[2] for name, r in ran.results.items() if r["status"] == "fail"}
    assert failed == {"headwater_grain_stg_orders_store__number", "unique_stg_orders_order_key"}
