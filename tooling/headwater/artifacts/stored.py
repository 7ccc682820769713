"""A `Project` as bytes that open quickly: nodes stay packed until somebody looks at one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import msgspec

from headwater.artifacts.lazy import JsonMapping
from headwater.core.packed import Overlaid, Packed, join_packed
from headwater.core.project import Node, Project

_NAMES = tuple(field.name for field in fields(Node))
_VALUES = attrgetter(*_NAMES)
#: Empty and absent differ here: a catalog may know a table that has no columns.
_KEPT_WHEN_EMPTY = "catalog_columns"
DIGEST_SIZE = 16
NO_DIGEST = bytes(DIGEST_SIZE)


@dataclass(frozen=True, slots=True)
class Digests:
    """What each node was made of, by id: digests of its entries in the manifest and the catalog.

    A node that was made of more than that (its SQL from a file) has none in ``entries``.
    """

    entries: Mapping[str, bytes] = field(default_factory=dict)
    tables: Mapping[str, bytes] = field(default_factory=dict)


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
    entries: bytes = b""
    tables: bytes = b""
    macros: dict[str, str] = {}


class StoredNodes(Packed[Node]):
    """The nodes of a stored project by id, in the order of ids; each is unpacked on first use."""

    __slots__ = ("_entries", "_tables")

    def __init__(
        self,
        ids: list[str],
        offsets: array[int],
        blob: bytes | memoryview,
        digests: tuple[bytes, bytes] = (b"", b""),
    ) -> None:
        super().__init__(ids, offsets, blob)
        self._entries, self._tables = digests

    def unpacked(self, body: memoryview) -> Node:
        """The node that was packed so."""
        return _NODE_DECODER.decode(body)

    def entry_digest(self, key: str) -> bytes:
        """The digest of the manifest's entry; `NO_DIGEST` when there is no telling."""
        return self._digest(self._entries, key)

    def table_digest(self, key: str) -> bytes:
        """The digest of the catalog's entry; `NO_DIGEST` when there was none."""
        return self._digest(self._tables, key)

    @property
    def has_tables(self) -> bool:
        """Whether any node was made with an entry of a catalog."""
        return bool(self._tables.strip(b"\0"))

    def _digest(self, digests: bytes, key: str) -> bytes:
        at = self._places.get(key)
        if at is None or not digests:
            return NO_DIGEST
        return digests[at * DIGEST_SIZE : (at + 1) * DIGEST_SIZE]


class OverlaidNodes(Overlaid[Node]):
    """Nodes of which most are those of an earlier load, by id and in the order of ids.

    ``fresh`` are the others; ``bodies`` holds those of them that have been packed.
    """

    __slots__ = ("base", "bodies", "fresh")

    base: StoredNodes
    fresh: dict[str, Node]

    def __init__(self, ids: Iterable[str], fresh: dict[str, Node], base: StoredNodes) -> None:
        super().__init__(ids)
        self.fresh = fresh
        self.base = base
        self.bodies: dict[str, bytes] = {}

    def body(self, key: str) -> bytes | memoryview:
        """The node as it is packed. *Raises*: ValueError for values that cannot be."""
        if key not in self.fresh:
            return self.base.body(key)
        if key not in self.bodies:
            self.bodies[key] = pack_node(self.fresh[key])
        return self.bodies[key]

    def without_unchanged(self) -> OverlaidNodes:
        """The same nodes; one that is packed as before counts as the earlier one."""
        fresh = {
            key: node
            for key, node in self.fresh.items()
            if key not in self.base or self.base.body(key) != self.body(key)
        }
        slim = OverlaidNodes(self._ids, fresh, self.base)
        slim.bodies = {key: self.bodies[key] for key in fresh if key in self.bodies}
        return slim


def fresh_nodes(nodes: Mapping[str, Node]) -> Mapping[str, Node]:
    """Those that are not of an earlier load."""
    return nodes.fresh if isinstance(nodes, OverlaidNodes) else nodes


def replaced(nodes: Mapping[str, Node], found: Mapping[str, Node]) -> Mapping[str, Node]:
    """``nodes`` with other nodes of the same ids for some of them."""
    if isinstance(nodes, OverlaidNodes):
        return OverlaidNodes(nodes, {**nodes.fresh, **found}, nodes.base)
    return {**nodes, **found}


def pack_node(node: Node) -> bytes:
    """One node's body.

    *Raises*: ValueError for values that cannot be packed (an integer beyond 64 bits in a meta).
    """
    values = zip(_NAMES, _VALUES(node), strict=True)
    kept = {
        name: value
        for name, value in values
        if value or (name == _KEPT_WHEN_EMPTY and value is not None)
    }
    try:
        return _ENCODER.encode(kept)
    except (OverflowError, TypeError) as error:
        raise ValueError(str(error)) from None


def pack_project(project: Project, digests: Digests | None = None) -> tuple[StoredProject, bytes]:
    """The project in two parts: what is always needed, and the nodes' bodies.

    *Raises*: ValueError, as `pack_node`.
    """
    digests = digests or Digests()
    nodes = project.nodes
    packed = nodes.body if isinstance(nodes, OverlaidNodes | StoredNodes) else None
    offsets, blob = join_packed(packed(key) if packed else pack_node(nodes[key]) for key in nodes)
    head = StoredProject(
        name=project.name,
        adapter=project.adapter,
        dbt_version=project.dbt_version,
        schema_version=project.schema_version,
        generated_at=project.generated_at,
        root=project.root,
        has_catalog=project.has_catalog,
        ids=list(nodes),
        offsets=offsets.tobytes(),
        entries=_joined(digests.entries, nodes),
        tables=_joined(digests.tables, nodes),
        macros=dict(project.macros),
    )
    return head, blob


def _joined(digests: Mapping[str, bytes], ids: Iterable[str]) -> bytes:
    return b"".join([digests.get(key, NO_DIGEST) for key in ids]) if digests else b""


def unpack_project(head: StoredProject, blob: bytes | memoryview) -> Project:
    """The project again; its nodes are a lazy mapping.

    *Raises*: ValueError when the two parts do not fit together.
    """
    offsets = array("Q")
    offsets.frombytes(head.offsets)
    if {len(head.entries), len(head.tables)} - {0, DIGEST_SIZE * len(head.ids)}:
        raise ValueError("the digests of a stored project do not fit its nodes")
    return Project(
        name=head.name,
        adapter=head.adapter,
        dbt_version=head.dbt_version,
        schema_version=head.schema_version,
        generated_at=head.generated_at,
        nodes=StoredNodes(head.ids, offsets, blob, (head.entries, head.tables)),
        root=head.root,
        has_catalog=head.has_catalog,
        macros=head.macros,
    )
