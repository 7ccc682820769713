"""Manifests of every version become the same project; bad ones say what is wrong with them."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from headwater.artifacts.manifest import read_manifest
from headwater.core.errors import ArtifactError
from headwater.core.project import Project

from .tiny import COUNTRIES, MANIFESTS, ORDERS, RAW_ORDERS, STG_ORDERS, UNIQUE, manifest, write

VERSIONS = ["v7", "v8", "v9", "v10", "v11", "v12", "v12-dbt-2"]


def project_of(value: Any, tmp_path: Path) -> Project:
    return read_manifest(write(tmp_path / "manifest.json", value)).project


def error_of(path: Path) -> str:
    with pytest.raises(ArtifactError) as caught:
        read_manifest(path)
    return str(caught.value).replace(str(path), "PATH")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_gives_the_same_nodes(version: str) -> None:
    nodes = read_manifest(MANIFESTS / f"{version}.json").project.nodes
    assert {COUNTRIES, STG_ORDERS, ORDERS, UNIQUE, RAW_ORDERS} < set(nodes)
    assert list(nodes) == sorted(nodes)
    orders = nodes[ORDERS]
    assert orders.parents == (STG_ORDERS,)
    assert orders.relation == '"db"."main"."orders"'
    assert orders.sql is not None
    assert orders.sql.startswith("select id, sum(amount)")
    assert orders.materialized == "table"
    assert orders.tags == ("mart",)
    assert [(c.name, c.type, c.tags, dict(c.meta)) for c in orders.columns] == [
        ("id", "integer", ("key",), {"pii": False})
    ]
    assert nodes[COUNTRIES].parents == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_tells_what_a_generic_test_is_about(version: str) -> None:
    extra = read_manifest(MANIFESTS / f"{version}.json").project.nodes[UNIQUE].extra
    assert extra["test_type"] == "generic"
    assert extra["test_metadata"]["name"] == "unique"
    assert (extra["attached_node"], extra["column_name"]) == (ORDERS, "id")
    assert extra["severity"] == "warn"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_knows_its_project(version: str) -> None:
    project = read_manifest(MANIFESTS / f"{version}.json").project
    assert (project.name, project.adapter) == ("shop", "postgres")
    assert project.schema_version == int(version.removesuffix("-dbt-2").removeprefix("v"))
    assert project.is_compiled


def test_a_manifest_without_nulls_gives_the_same_project() -> None:
    one = read_manifest(MANIFESTS / "v12.json").project
    two = read_manifest(MANIFESTS / "v12-dbt-2.json").project
    for key in one.nodes:
        first, second = one.nodes[key], two.nodes[key]
        for name in ("parents", "sql", "columns", "extra", "owner", "tags", "checksum", "config"):
            assert getattr(first, name) == getattr(second, name), (key, name)


def test_group_owners_reach_their_models() -> None:
    nodes = read_manifest(MANIFESTS / "v12.json").project.nodes
    assert nodes[ORDERS].owner == {"email": "finance@example.com", "name": "Finance"}
    assert nodes[ORDERS].group == "finance"
    assert nodes["exposure.shop.revenue"].owner["name"] == "Finance"


def test_an_owner_with_several_addresses_is_one_text(tmp_path: Path) -> None:
    value = manifest()
    value["exposures"]["exposure.shop.revenue"]["owner"] = {"email": ["a@x", "b@x"], "name": None}
    assert project_of(value, tmp_path).nodes["exposure.shop.revenue"].owner == {"email": "a@x, b@x"}


def test_kinds_without_sql_keep_what_is_theirs() -> None:
    nodes = read_manifest(MANIFESTS / "v12.json").project.nodes
    exposure = nodes["exposure.shop.revenue"]
    assert (exposure.kind, exposure.parents) == ("exposure", (ORDERS,))
    assert exposure.extra == {
        "type": "dashboard",
        "url": "https://example.com/revenue",
        "maturity": "high",
    }
    semantic = nodes["semantic_model.shop.orders"].extra
    assert semantic["measures"] == [{"name": "revenue", "agg": "sum", "expr": "amount"}]
    assert semantic["relation"] == '"db"."main"."orders"'
    assert nodes["metric.shop.revenue"].extra["type_params"] == {"measure": {"name": "revenue"}}
    assert nodes["function.shop.cents"].extra["returns"] == {"data_type": "bigint"}
    source = nodes[RAW_ORDERS].extra
    assert source["loaded_at_field"] == "loaded_at"
    assert source["freshness"] == {"warn_after": {"count": 12, "period": "hour"}}


def test_unit_test_rows_are_cut_to_the_columns_they_name() -> None:
    extra = read_manifest(MANIFESTS / "v12.json").project.nodes["unit_test.shop.orders.sums"].extra
    assert [list(given["rows"][0]) for given in extra["given"]] == [
        ["id", "amount"],
        ["code", "name"],
    ]
    assert list(extra["expect"]["rows"][0]) == ["id", "amount"]


def test_old_metrics_keep_their_expression() -> None:
    metric = read_manifest(MANIFESTS / "v9.json").project.nodes["metric.shop.revenue"]
    assert metric.parents == (ORDERS,)
    assert (metric.extra["type"], metric.extra["type_params"]) == ("sum", {"expr": "amount"})


def test_disabled_nodes_are_left_out(tmp_path: Path) -> None:
    value = manifest()
    value["nodes"][STG_ORDERS]["config"]["enabled"] = False
    nodes = project_of(value, tmp_path).nodes
    assert STG_ORDERS not in nodes
    assert "model.shop.switched_off" not in nodes


def test_the_order_of_the_manifest_does_not_matter(tmp_path: Path) -> None:
    value = manifest()
    entries = list(value["nodes"].items())
    random.Random(7).shuffle(entries)
    shuffled = project_of(value | {"nodes": dict(entries)}, tmp_path)
    plain = read_manifest(MANIFESTS / "v12.json").project
    assert repr(shuffled) == repr(plain)


def test_versions_are_texts(tmp_path: Path) -> None:
    value = manifest()
    value["nodes"][ORDERS] |= {"version": 2, "latest_version": 3}
    value["nodes"][STG_ORDERS]["version"] = "2024-11"
    nodes = project_of(value, tmp_path).nodes
    assert (nodes[ORDERS].version, nodes[ORDERS].extra["latest_version"]) == ("2", "3")
    assert nodes[STG_ORDERS].version == "2024-11"


def test_a_gzip_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json.gz"
    path.write_bytes(gzip.compress((MANIFESTS / "v12.json").read_bytes()))
    assert ORDERS in read_manifest(path).project.nodes


def test_unknown_keys_and_not_a_number_do_no_harm(tmp_path: Path) -> None:
    value = manifest()
    value["nodes"][ORDERS] |= {"something_new": {"deep": [1]}, "meta": {"weight": float("nan")}}
    nodes = project_of(value, tmp_path).nodes
    assert nodes[ORDERS].parents == (STG_ORDERS,)


def test_a_column_has_its_meta_and_that_of_its_config(tmp_path: Path) -> None:
    """Before dbt 1.10 the two are written as they stand; later both are in both."""
    value = manifest()
    value["nodes"][ORDERS]["columns"]["id"] |= {
        "meta": {"owner": "ann", "pii": "none"},
        "tags": ["key"],
        "config": {"meta": {"pii": "email"}, "tags": ["pii", "key"]},
    }
    column = (
        read_manifest(write(tmp_path / "manifest.json", value)).project.nodes[ORDERS].columns[0]
    )
    assert dict(column.meta) == {"owner": "ann", "pii": "email"}
    assert column.tags == ("key", "pii")


def test_metadata_may_come_last(tmp_path: Path) -> None:
    value = manifest()
    value["metadata"] = {"x": "y" * 9000} | value.pop("metadata")
    assert project_of(value, tmp_path).name == "shop"


def test_a_version_from_the_future_is_tried_with_a_warning(tmp_path: Path) -> None:
    value = manifest()
    value["metadata"] |= {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v99.json",
        "dbt_version": "9.0.0",
    }
    read = read_manifest(write(tmp_path / "manifest.json", value))
    assert ORDERS in read.project.nodes
    assert read.warnings == (
        "the manifest has schema v99 (dbt 9.0.0), newer than the v12 known here; "
        "what is new in it is not seen",
    )


# -- bad input -----------------------------------------------------------------------------------

REWRITE = "\n  hint: write a new one with 'dbt compile'"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "the manifest 'PATH' is empty" + REWRITE),
        (b"\x1f\x8b\x08\x00", "the manifest 'PATH' is a broken gzip file"),
        (
            b'{"metadata": {"dbt_schema_version": "x/manifest/v12.json"}, "nodes": {"a": {',
            "the manifest 'PATH' is cut short\n  at: line 1, column 77: "
            "expecting property name enclosed in double quotes" + REWRITE,
        ),
        (
            b"nodes: []",
            "the manifest 'PATH' is not JSON\n  at: line 1, column 1: expecting value" + REWRITE,
        ),
        (
            b"[1, 2]",
            "the manifest 'PATH' is not a dbt artifact\n"
            "  has: a list at the top; an object was expected" + REWRITE,
        ),
        (b"null", "the manifest 'PATH' is not a dbt artifact\n  has: null at the top"),
        (b'{"a": "\xff"}', "the manifest 'PATH' is not UTF-8 text\n  at: byte 7" + REWRITE),
        (
            b'{"a": "\\ud83d"}',
            "the manifest 'PATH' holds what is no text or number\n"
            "  why: 'utf-8' codec can't encode character '\\ud83d' in position 0: "
            "surrogates not allowed" + REWRITE,
        ),
        (b"{}", "the manifest 'PATH' lacks 'metadata'" + REWRITE),
        (b'{"metadata": {}}', "the manifest 'PATH' lacks 'metadata.dbt_schema_version'" + REWRITE),
        (b'{"x":' * 100_000, "the manifest 'PATH' is nested too deeply to be one"),
    ],
    ids="empty gzip truncated text list null bytes surrogate nothing headless deep".split(),
)
def test_what_is_not_a_manifest_says_so(content: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(content)
    assert error_of(path).startswith(text)


def test_a_missing_key_is_named_by_its_path(tmp_path: Path) -> None:
    value = manifest()
    del value["nodes"][ORDERS]["resource_type"]
    assert error_of(write(tmp_path / "manifest.json", value)) == (
        "the manifest 'PATH' lacks 'nodes.model.shop.orders.resource_type'" + REWRITE
    )


def test_a_missing_section_is_named(tmp_path: Path) -> None:
    value = manifest()
    del value["sources"]
    assert error_of(write(tmp_path / "manifest.json", value)) == (
        "the manifest 'PATH' lacks 'sources'" + REWRITE
    )


def test_a_wrong_type_is_named_by_its_path(tmp_path: Path) -> None:
    value = manifest()
    value["nodes"][ORDERS]["depends_on"]["nodes"] = "model.shop.stg_orders"
    assert error_of(write(tmp_path / "manifest.json", value)) == (
        "the manifest 'PATH' cannot be read at 'nodes.model.shop.orders.depends_on.nodes'\n"
        "  why: expected array | null, got str" + REWRITE
    )


@pytest.mark.parametrize(
    ("section", "key"), [("nodes", ORDERS), ("exposures", "exposure.shop.revenue")]
)
def test_a_config_of_another_shape_is_named_too(section: str, key: str, tmp_path: Path) -> None:
    value = manifest()
    value[section][key]["config"] = {"enabled": "perhaps"}
    assert error_of(write(tmp_path / "manifest.json", value)) == (
        f"the manifest 'PATH' cannot be read at '{section}.{key}.config.enabled'\n"
        "  why: expected bool | null, got str" + REWRITE
    )


def test_an_old_manifest_says_what_can_be_read(tmp_path: Path) -> None:
    value = manifest("v7")
    value["metadata"]["dbt_schema_version"] = "https://schemas.getdbt.com/dbt/manifest/v4.json"
    assert error_of(write(tmp_path / "manifest.json", value)) == (
        "the manifest 'PATH' is too old to be read\n"
        "  has: schema v4, written by dbt 1.0\n"
        "  reads: schema v7 (dbt 1.3) to v12 (dbt 1.8 and later)\n"
        "  hint: run 'dbt compile' with dbt 1.3 or later"
    )


def test_a_catalog_is_not_a_manifest() -> None:
    path = MANIFESTS / "catalog.json"
    assert error_of(path) == (
        "'PATH' is not a manifest\n"
        "  has: schema https://schemas.getdbt.com/dbt/catalog/v1.json\n"
        "  hint: point --manifest at the manifest.json that 'dbt compile' writes"
    )


def test_a_manifest_without_nodes_says_so(tmp_path: Path) -> None:
    value = manifest()
    empty = {key: {} for key in value} | {"metadata": value["metadata"]}
    assert error_of(write(tmp_path / "manifest.json", empty)) == (
        "the manifest 'PATH' has no nodes\n"
        "  hint: check the project's model-paths, then run 'dbt compile' again"
    )


def test_a_folder_is_not_a_manifest(tmp_path: Path) -> None:
    assert error_of(tmp_path) == "the manifest 'PATH' is not a file" + REWRITE


def test_a_manifest_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "manifest.json", manifest())

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    if os.geteuid() == 0:  # root may read anything
        monkeypatch.setattr(Path, "read_bytes", refuse)
    path.chmod(0)
    assert error_of(path) == (
        "no permission to read the manifest 'PATH'\n"
        "  hint: the user who runs this must be allowed to read it"
    )


def test_a_large_manifest_works(tmp_path: Path) -> None:
    value = manifest()
    value["macros"] = {"macro.shop.big": {"macro_sql": "x" * 20_000_000}}
    assert ORDERS in project_of(value, tmp_path).nodes
    assert json.loads((tmp_path / "manifest.json").read_text())["macros"]
