"""From artifacts to a graph: cold, warm, and with what may go wrong on the way."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from headwater.artifacts.paths import Wanted, find_artifacts
from headwater.core.columns import ColumnRef
from headwater.core.edges import Effect, GapReason
from headwater.core.errors import ArtifactError
from headwater.pipeline import Loaded, LoadOptions, load

from .nodes import lineage

MANIFESTS = Path(__file__).parents[2] / "fixtures" / "manifests"
ORDERS, STG_ORDERS, COUNTRIES = "model.shop.orders", "model.shop.stg_orders", "seed.shop.countries"


def manifest(version: str = "v12") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((MANIFESTS / f"{version}.json").read_text())
    return loaded


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with its manifest, catalog and seed file."""
    folder = tmp_path / "shop"
    (folder / "target").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "dbt_project.yml").write_text("name: shop\n")
    (folder / "seeds" / "countries.csv").write_text("code,name\nDE,Germany\n")
    write(folder, manifest())
    (folder / "target" / "catalog.json").write_text((MANIFESTS / "catalog.json").read_text())
    return folder


def write(folder: Path, value: dict[str, Any]) -> None:
    (folder / "target" / "manifest.json").write_text(json.dumps(value))


def run(folder: Path, cache: Path | None = None, **options: Any) -> Loaded:
    paths = find_artifacts(Wanted(project_dir=folder), environ={}, cwd=folder)
    return load(paths, LoadOptions(use_cache=cache is not None, cache_dir=cache, **options))


def summary(loaded: Loaded) -> tuple[object, ...]:
    return (
        repr(dict(loaded.project.nodes)),
        list(loaded.graph.edges()),
        loaded.graph.gaps,
        dict(loaded.lineages),
        loaded.warnings,
    )


def test_a_project_becomes_a_graph(shop: Path) -> None:
    loaded = run(shop)
    edges = {(e.source, e.target, e.effect) for e in loaded.graph.edges()}
    assert (ColumnRef(STG_ORDERS, "amount"), ColumnRef(ORDERS, "amount"), Effect.AGGREGATION) in (
        edges
    )
    assert loaded.project.root == str(shop)
    assert loaded.project.has_catalog
    assert loaded.lineages[ORDERS].columns == ("id", "amount")
    assert loaded.lineages[COUNTRIES].columns == ("code", "name")
    assert loaded.graph.column_names(COUNTRIES) == ("code", "name")


@pytest.mark.parametrize("version", ["v7", "v8", "v9", "v10", "v11", "v12", "v12-dbt-2"])
def test_every_manifest_version_gives_the_same_edges_between_columns(
    version: str, shop: Path
) -> None:
    write(shop, manifest(version))
    kinds = ("model", "source", "test")
    found = {
        (e.source, e.target, e.effect)
        for e in run(shop).graph.edges()
        if e.target.node.startswith(kinds) and e.source.node.startswith(kinds)
    }
    write(shop, manifest())
    newest = {
        (e.source, e.target, e.effect)
        for e in run(shop).graph.edges()
        if e.target.node.startswith(kinds) and e.source.node.startswith(kinds)
    }
    assert found == newest


def test_the_order_of_the_manifest_does_not_matter(shop: Path) -> None:
    plain = summary(run(shop))
    value = manifest()
    value["nodes"] = dict(reversed(value["nodes"].items()))
    write(shop, value)
    assert summary(run(shop)) == plain


def test_no_catalog_on_request(shop: Path) -> None:
    assert not run(shop, catalog=False).project.has_catalog


def test_another_walk_may_be_used(shop: Path) -> None:
    paths = find_artifacts(Wanted(project_dir=shop), environ={}, cwd=shop)
    loaded = load(paths, parse=lineage)
    assert loaded.lineages[STG_ORDERS].columns[0].startswith("select id")


def test_a_manifest_that_was_only_parsed_is_full_of_gaps(shop: Path) -> None:
    value = manifest()
    for node in value["nodes"].values():
        node.pop("compiled_code", None)
    write(shop, value)
    loaded = run(shop)
    assert not loaded.project.is_compiled
    reasons = {gap.node: gap.reason for gap in loaded.graph.gaps}
    assert reasons[ORDERS] == reasons[STG_ORDERS] == GapReason.NOT_COMPILED


def test_errors_rise(shop: Path) -> None:
    (shop / "target" / "manifest.json").write_text("[]")
    with pytest.raises(ArtifactError):
        run(shop)
    assert gc.isenabled()


# -- the second run ------------------------------------------------------------------------------


def test_a_second_run_parses_nothing_and_answers_the_same(shop: Path, tmp_path: Path) -> None:
    plain, cache = run(shop), tmp_path / "cache"
    cold, warm = run(shop, cache), run(shop, cache)
    assert (cold.stats.parsed, cold.stats.from_snapshot) == (2, False)
    assert (warm.stats.parsed, warm.stats.from_snapshot) == (0, True)
    assert summary(plain) == summary(cold) == summary(warm)


def test_a_change_parses_only_what_it_touches(shop: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(shop, cache)
    value = manifest()
    value["nodes"][ORDERS]["compiled_code"] += " limit 5"
    write(shop, value)
    changed = run(shop, cache)
    assert (changed.stats.parsed, changed.stats.cached) == (1, 1)
    assert summary(changed) == summary(run(shop))


@pytest.mark.parametrize(
    "change",
    [
        lambda shop: (shop / "target/catalog.json").unlink(),
        lambda shop: (shop / "seeds/countries.csv").write_text("code\nDE\n"),
        lambda shop: (shop / "seeds/countries.csv").unlink(),
        lambda shop: (shop / "dbt_project.yml").write_text("name: other\n"),
        lambda shop: os.utime(shop / "target/manifest.json", (1, 1)),
    ],
    ids=["catalog", "seed changed", "seed gone", "another project", "older manifest"],
)
def test_every_file_that_was_looked_at_counts(change: Any, shop: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(shop, cache)
    change(shop)
    assert summary(run(shop, cache)) == summary(run(shop))


def test_files_that_compiled_sql_was_measured_by_count_too(shop: Path, tmp_path: Path) -> None:
    """A model that is edited makes the compiled file of before too old; one may come later."""
    value = manifest()
    for node in value["nodes"].values():
        node.pop("compiled_code", None)
    write(shop, value)
    cache, model = tmp_path / "cache", shop / value["nodes"][ORDERS]["original_file_path"]
    assert run(shop, cache).project.nodes[ORDERS].sql is None
    compiled = shop / "target" / "compiled" / "shop" / model.relative_to(shop)
    for path in (model, compiled):
        path.parent.mkdir(parents=True)
        path.write_text("select 1 as id")
        os.utime(path, (100, 100))
    assert run(shop, cache).project.nodes[ORDERS].sql == "select 1 as id"
    os.utime(model, (200, 200))
    assert run(shop, cache).project.nodes[ORDERS].sql is None


def test_options_do_not_share_a_state(shop: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert run(shop, cache).project.has_catalog
    assert not run(shop, cache, catalog=False).project.has_catalog


def test_a_state_is_not_kept_on_request(shop: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(shop, cache, keep_state=False)
    assert not list(cache.glob("*.state"))
    assert run(shop, cache).stats.cached == 2


def test_a_cache_that_cannot_be_is_one_warning(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    loaded = run(shop, tmp_path / "file" / "cache")
    assert len(loaded.warnings) == 1
    assert loaded.warnings[0].startswith("no lineage cache in ")
    assert loaded.lineages[ORDERS].columns == ("id", "amount")


def test_what_cannot_be_packed_is_not_kept(shop: Path, tmp_path: Path) -> None:
    value = manifest()
    value["nodes"][ORDERS]["config"]["meta"] = {"big": 10**30}
    write(shop, value)
    cache = tmp_path / "cache"
    loaded = run(shop, cache)
    assert loaded.warnings[0].startswith(f"nothing kept for the next run in '{cache}': ")
    assert run(shop, cache).stats.cached == 2


def test_a_warm_start_does_not_import_the_parser(shop: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(shop, cache)
    code = (
        "import sys; from pathlib import Path\n"
        "from headwater.artifacts.paths import Wanted, find_artifacts\n"
        "from headwater.pipeline import LoadOptions, load\n"
        f"paths = find_artifacts(Wanted(project_dir=Path({str(shop)!r})))\n"
        f"loaded = load(paths, LoadOptions(cache_dir=Path({str(cache)!r})))\n"
        "assert loaded.stats.from_snapshot, loaded.stats\n"
        "print([n for n in ('sqlglot', 'sqlite3', 'networkx', 'multiprocessing') if n in sys.modules])"
    )
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.stdout) == ("", "[]\n")
