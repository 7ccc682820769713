"""A `Project` as bytes that open quickly: nodes stay packed until somebody looks at one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec

from headwater.artifacts.lazy import JsonMapping
from headwater.core.project import Node, Project

_NAMES = tuple(field.name for field in fields(Node))
_VALUES = attrgetter(*_NAMES)
#: Empty and absent differ here: a catalog may know a table that has no columns.
_KEPT_WHEN_EMPTY = "catalog_columns"


def _plain(value: Any) -> Any:
    if isinstance(value, JsonMapping):
        return value.decoded_once()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} in a node")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
_NODE_DECODER = msgspec.msgpack.Decoder(Node)


class StoredProject(msgspec.Struct, array_like=True):
    """All of a `Project` but its nodes' bodies, which lie at ``offsets`` of a second part."""

    name: str
    adapter: str
    dbt_version: str
    schema_version: int
    generated_at: str
    root: str
    has_catalog: bool
    ids: list[str]
    offsets: bytes


class StoredNodes(Mapping[str, Node]):
    """The nodes of a stored project by id, in the order of ids; each is unpacked on first use."""

    __slots__ = ("_blob", "_known", "_offsets", "_places")

    def __init__(self, ids: list[str], offsets: array[int], blob: bytes | memoryview) -> None:
        self._places = {node: at for at, node in enumerate(ids)}
        self._offsets = offsets
        self._blob = memoryview(blob)
        self._known: dict[str, Node] = {}

    def __getitem__(self, key: str) -> Node:
        found = self._known.get(key)
        if found is None:
            at = self._places[key]
            body = self._blob[self._offsets[at] : self._offsets[at + 1]]
            found = self._known[key] = _NODE_DECODER.decode(body)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def pack_project(project: Project) -> tuple[StoredProject, bytes]:
    """The project in two parts: what is always needed, and the nodes' bodies.

    *Raises*: ValueError for values that cannot be packed (an integer beyond 64 bits in a meta).
    """
    offsets = array("Q", [0])
    blob = bytearray()
    for node in project.nodes.values():
        values = zip(_NAMES, _VALUES(node), strict=True)
        kept = {
            name: value
            for name, value in values
            if value or (name == _KEPT_WHEN_EMPTY and value is not None)
        }
        blob += _encoded(kept)
        offsets.append(len(blob))
    head = StoredProject(
        name=project.name,
        adapter=project.adapter,
        dbt_version=project.dbt_version,
        schema_version=project.schema_version,
        generated_at=project.generated_at,
        root=project.root,
        has_catalog=project.has_catalog,
        ids=list(project.nodes),
        offsets=offsets.tobytes(),
    )
    return head, bytes(blob)


def _encoded(value: dict[str, Any]) -> bytes:
    try:
        return _ENCODER.encode(value)
    except (OverflowError, TypeError) as error:
        raise ValueError(str(error)) from None


def unpack_project(head: StoredProject, blob: bytes | memoryview) -> Project:
    """The project again; its nodes are a lazy mapping.

    *Raises*: ValueError when the two parts do not fit together.
    """
    offsets = array("Q")
    offsets.frombytes(head.offsets)
    if len(offsets) != len(head.ids) + 1 or offsets[-1] != len(blob):
        raise ValueError("the parts of a stored project do not fit together")
    return Project(
        name=head.name,
        adapter=head.adapter,
        dbt_version=head.dbt_version,
        schema_version=head.schema_version,
        generated_at=head.generated_at,
        nodes=StoredNodes(head.ids, offsets, blob),
        root=head.root,
        has_catalog=head.has_catalog,
    )
