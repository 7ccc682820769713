"""One `NodeLineage` as bytes: for the cache, for the kept state, and between processes."""

from __future__ import annotations

from array import array

import msgspec

from headwater.core.columns import ColumnRef
from headwater.core.edges import Gap, NodeLineage


class _Stored(msgspec.Struct, array_like=True, gc=False):
    """A `NodeLineage` with every node id once, and links in the smallest fitting integers."""

    node: str
    columns: tuple[str, ...]
    flags: bytes
    nodes: list[str]
    source_nodes: list[int]
    source_columns: list[str | None]
    code: str
    links: bytes
    gaps: list[tuple[str, str | None, str, str, int | None]]
    calls: tuple[str, ...] = ()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Stored)
_SMALL = 32_767


def pack_lineage(lineage: NodeLineage) -> bytes:
    """A lineage as msgpack; links are in this machine's byte order."""
    nodes: dict[str, int] = {}
    places = [nodes.setdefault(ref.node, len(nodes)) for ref in lineage.sources]
    links = lineage.links
    code = "h" if not links or max(links) <= _SMALL else "i"
    packed = array("h", links) if code == "h" else links
    return _ENCODER.encode(
        _Stored(
            lineage.node,
            lineage.columns,
            bytes(map(int, lineage.column_flags)),
            list(nodes),
            places,
            [ref.column for ref in lineage.sources],
            code,
            packed.tobytes(),
            [(g.node, g.column, g.reason, g.detail, g.line) for g in lineage.gaps],
            lineage.calls,
        )
    )


def unpack_lineage(data: bytes | memoryview) -> NodeLineage:
    """What `pack_lineage` packed.

    *Raises*: `msgspec.DecodeError`, `ValueError` or `IndexError` for anything else.
    """
    stored = _DECODER.decode(data)
    links = array(stored.code)
    links.frombytes(stored.links)
    nodes = [stored.nodes[at] for at in stored.source_nodes]
    return NodeLineage(
        stored.node,
        stored.columns,
        tuple(stored.flags),
        tuple(map(ColumnRef, nodes, stored.source_columns)),
        links if stored.code == "i" else array("i", links),
        tuple([Gap(*gap) for gap in stored.gaps]) if stored.gaps else (),
        stored.calls,
    )
