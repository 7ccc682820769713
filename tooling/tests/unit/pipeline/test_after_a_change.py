"""A load that starts from an earlier one gives what a load from scratch gives, to the byte."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.artifacts.paths import Wanted, find_artifacts
from headwater.core.project import Project
from headwater.graph.state import to_state
from headwater.pipeline import Loaded, LoadOptions, cold, load
from headwater.pipeline.reparsing import reparsed

from .changing import EDITS, Shop, made


def run(folder: Path, cache: Path | None) -> Loaded:
    paths = find_artifacts(Wanted(project_dir=folder), environ={}, cwd=folder)
    return load(paths, LoadOptions(use_cache=cache is not None, cache_dir=cache, jobs=1))


def whole(loaded: Loaded) -> tuple[object, ...]:
    """Everything a load gives but what it cost."""
    project = loaded.project
    rest = [getattr(project, n) for n in ("name", "adapter", "root", "has_catalog")]
    lineages = list(loaded.lineages.items())
    nodes = [(key, repr(project.nodes[key])) for key in project.nodes]
    return to_state(loaded.graph), lineages, nodes, rest, loaded.warnings


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 100_000),
    edits=st.lists(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3), max_size=4),
)
def test_any_change_gives_what_a_load_from_scratch_gives(seed: int, edits: list[list[str]]) -> None:
    shop = made(seed)
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place, "shop"), Path(place, "cache")
        for step in [[], *edits]:
            for edit in step:
                EDITS[edit](shop)
            shop.write(folder)
            assert whole(run(folder, cache)) == whole(run(folder, None)), (seed, edits)
            again = run(folder, cache)
            assert again.stats.from_snapshot
            assert whole(again) == whole(run(folder, None)), (seed, edits)


# -- each kind of change, and whether it is drawn into the graph ---------------------------------


def plain(_: Shop) -> None:
    """No change."""


def logic(shop: Shop) -> None:
    shop.entries["model.shop.stg"]["compiled_code"] += " where id > 1"


def column(shop: Shop) -> None:
    shop.entries["model.shop.stg"]["compiled_code"] = (
        'select id, a, 2 as two from "db"."main"."raw"'
    )


def column_lost(shop: Shop) -> None:
    shop.entries["model.shop.stg"]["compiled_code"] = 'select id from "db"."main"."raw"'


def new_node(shop: Shop) -> None:
    sql = 'select id as key from "db"."main"."mart"'
    shop.add("model", ["model.shop.mart"], name="best", compiled_code=sql)


def removed_node(shop: Shop) -> None:
    del shop.entries["model.shop.mart"]


def renamed_node(shop: Shop) -> None:
    shop.entries["model.shop.mart2"] = shop.entries.pop("model.shop.mart") | {"name": "mart2"}


def description(shop: Shop) -> None:
    shop.entries["model.shop.stg"]["description"] = "new words"


def header(shop: Shop) -> None:
    shop.headers["seed.shop.rates"] = "id,rate,more"


def declared(shop: Shop) -> None:
    shop.entries["source.shop.raw"]["columns"] = shop.declared("id", "a", "b", "c")


def catalog(shop: Shop) -> None:
    shop.catalog = {"source.shop.raw": ["id", "a", "c"], "model.shop.stg": ["id", "a"]}


def unread(shop: Shop) -> None:
    """A column that nobody declared is read for the first time."""
    shop.entries["model.shop.stg"]["compiled_code"] = 'select id, a, z from "db"."main"."raw"'


def small() -> Shop:
    """A source, a seed, a staging model, a mart, and a test."""
    shop = made(0)
    shop.entries, shop.catalog, shop.headers = {}, None, {}
    raw = shop.add("source", name="raw", columns=shop.declared("id", "a"))
    seed = shop.add("seed", name="rates")
    shop.entries[seed]["original_file_path"] = "seeds/rates.csv"
    shop.headers[seed] = "id,rate"
    sql = 'select id, a from "db"."main"."raw"'
    stg = shop.add("model", [raw], name="stg", compiled_code=sql)
    sql = (
        'select s.id, rate, count(*) as n from "db"."main"."stg" s '
        'join "db"."main"."rates" using (id) group by 1, 2'
    )
    shop.add("model", [stg, seed], name="mart", compiled_code=sql)
    shop.add(
        "test",
        [stg],
        test_metadata={"name": "not_null", "kwargs": {"column_name": "id"}},
        column_name="id",
        attached_node=stg,
    )
    return shop


@pytest.mark.parametrize(
    ("change", "parsed"),
    [
        *((logic, 1), (column, 2), (column_lost, 2), (new_node, 1), (removed_node, 0)),
        *((renamed_node, 1), (description, 0), (header, 1), (declared, 1)),
    ],
)
def test_a_local_change_is_drawn_into_the_graph(
    change: Callable[[Shop], None], parsed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = small()
    shop.write(tmp_path)
    run(tmp_path, tmp_path / "cache")
    change(shop)
    shop.write(tmp_path)
    scratch = whole(run(tmp_path, None))

    def refuse(*_: Any) -> None:
        raise AssertionError("built anew")

    monkeypatch.setattr(cold, "build_graph", refuse)
    monkeypatch.setattr(cold, "parse_project", refuse)
    changed = run(tmp_path, tmp_path / "cache")
    assert changed.stats.parsed == parsed
    assert whole(changed) == scratch


@pytest.mark.parametrize("change", [catalog, unread])
def test_a_change_that_reaches_further_builds_the_graph_anew(
    change: Callable[[Shop], None], tmp_path: Path
) -> None:
    shop = small()
    shop.write(tmp_path)
    run(tmp_path, tmp_path / "cache")
    change(shop)
    shop.write(tmp_path)
    assert whole(run(tmp_path, tmp_path / "cache")) == whole(run(tmp_path, None))


def test_another_checkout_of_the_project_is_a_start_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = small()
    shop.write(tmp_path / "one")
    run(tmp_path / "one", tmp_path / "cache")
    logic(shop)
    shop.write(tmp_path / "two")
    seen: list[Project] = []

    def spy(earlier: Any, project: Project, tools: Any) -> Any:
        seen.append(project)
        return reparsed(earlier, project, tools)

    monkeypatch.setattr(cold, "reparsed", spy)
    changed = run(tmp_path / "two", tmp_path / "cache")
    assert [list(p.nodes.fresh) for p in seen] == [["model.shop.stg"]]  # type: ignore[attr-defined]
    assert whole(changed) == whole(run(tmp_path / "two", None))


def test_another_layout_of_the_same_manifest_changes_nothing(tmp_path: Path) -> None:
    shop = small()
    shop.write(tmp_path)
    run(tmp_path, tmp_path / "cache")
    manifest = tmp_path / "target" / "manifest.json"
    value = json.loads(manifest.read_text())
    for entry in value["nodes"].values():
        entry["created_at"] = 1_700_000_000.5
    manifest.write_text(json.dumps(value, indent=2))
    changed = run(tmp_path, tmp_path / "cache")
    assert changed.stats.parsed == 0
    assert whole(changed) == whole(run(tmp_path, None))
