"""Whatever happens to a manifest, it is read or refused with an `ArtifactError`: never a crash."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.artifacts.manifest import parse_manifest
from headwater.artifacts.stored import pack_project, unpack_project
from headwater.core.edges import NodeLineage
from headwater.core.errors import ArtifactError
from headwater.pipeline.contexts import offered
from headwater.pipeline.parsing import Tools, parse_project

from .tiny import manifest

PATH = Path("manifest.json")
VERSIONS = st.sampled_from(["v7", "v9", "v11", "v12", "v12-dbt-2"])
ODD: list[Any] = [
    None,
    True,
    -1,
    2.5,
    "",
    "x",
    [],
    ["x"],
    [None],
    {},
    {"x": None},
    "\ud83d",
    10**30,
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in items:
        found.append((*path, key))
        if isinstance(item, dict | list):
            found += places(item, (*path, key))
    return found


def read(data: bytes) -> None:
    """Reads, and uses what was read as a load would."""
    try:
        project = parse_manifest(data, PATH).project
    except ArtifactError:
        return
    with suppress(ValueError):
        assert unpack_project(*pack_project(project)).nodes.keys() == project.nodes.keys()
    tools = Tools("", lambda tasks: [NodeLineage(context.node) for _, context in tasks])
    parse_project(project, tools)
    assert all(offered(node, None).node == node.id for node in project.nodes.values())


@settings(max_examples=150, deadline=None)
@given(VERSIONS, st.data())
def test_any_value_may_be_replaced_or_lost(version: str, data: st.DataObject) -> None:
    value = manifest(version)
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(places(value)))
        inner = value
        for key in path:
            inner = inner[key]
        if data.draw(st.booleans()):
            inner[last] = deepcopy(data.draw(st.sampled_from(ODD)))
        else:
            del inner[last]
    read(json.dumps(value).encode())


@settings(max_examples=100, deadline=None)
@given(VERSIONS, st.data())
def test_any_byte_may_be_changed(version: str, data: st.DataObject) -> None:
    content = bytearray(json.dumps(manifest(version)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    read(bytes(content))


@settings(max_examples=50, deadline=None)
@given(VERSIONS, st.data())
def test_it_may_end_anywhere(version: str, data: st.DataObject) -> None:
    content = json.dumps(manifest(version)).encode()
    read(content[: data.draw(st.integers(1, len(content)))])
