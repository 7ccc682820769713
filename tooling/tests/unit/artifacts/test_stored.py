"""A project packed into bytes is the same project."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from headwater.artifacts.lazy import JsonMapping, without_empty
from headwater.artifacts.manifest import read_manifest
from headwater.artifacts.stored import StoredProject, pack_project, unpack_project
from headwater.core.columns import Column
from headwater.core.project import Project

from .tiny import MANIFESTS, ORDERS


def again(project: Project) -> Project:
    head, blob = pack_project(project)
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(head), type=StoredProject)
    return unpack_project(read, blob)


@pytest.mark.parametrize("version", ["v7", "v9", "v12", "v12-dbt-2"])
def test_nothing_is_lost(version: str) -> None:
    project = read_manifest(MANIFESTS / f"{version}.json").project
    found = again(project)
    assert list(found.nodes) == list(project.nodes)
    assert dict(found.nodes) == dict(project.nodes)
    assert replace(found, nodes={}) == replace(project, nodes={})


def test_a_table_without_columns_is_not_an_unknown_table() -> None:
    project = read_manifest(MANIFESTS / "v12.json").project
    for known in (None, (), (Column("id", "integer"),)):
        node = replace(project.nodes[ORDERS], catalog_columns=known)
        found = again(replace(project, nodes={ORDERS: node}))
        assert found.nodes[ORDERS].catalog_columns == known


def test_parts_that_do_not_fit_are_refused() -> None:
    head, blob = pack_project(read_manifest(MANIFESTS / "v12.json").project)
    with pytest.raises(ValueError, match="do not fit"):
        unpack_project(head, blob[:-1])


def test_a_stored_mapping_behaves_as_one() -> None:
    nodes = again(read_manifest(MANIFESTS / "v12.json").project).nodes
    assert ORDERS in nodes
    assert "model.shop.none" not in nodes
    assert nodes.get("model.shop.none") is None
    assert nodes[ORDERS] is nodes[ORDERS]
    assert len(nodes) == len(list(nodes.values()))


def test_empty_values_are_left_out_at_every_depth() -> None:
    text = b'{"a": null, "b": "", "c": [], "d": {"e": {}}, "f": false, "g": 0, "h": {"i": [1]}}'
    config = JsonMapping(text)
    assert dict(config) == {"f": False, "g": 0, "h": {"i": [1]}}
    assert config == {"f": False, "g": 0, "h": {"i": [1]}}
    assert config.get("a") is None
    assert without_empty({"x": [None]}) == {"x": [None]}
    assert dict(JsonMapping(b"[1]")) == {}
