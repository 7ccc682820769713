"""Lineages as they lie in a kept state: packed until somebody looks at one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.core.edges import NodeLineage
from headwater.core.packed import Overlaid, Packed, join_packed


class StoredLineages(Packed[NodeLineage]):
    """Lineages by node id; each is unpacked on first use."""

    __slots__ = ()

    def unpacked(self, body: memoryview) -> NodeLineage:
        """The lineage that was packed so."""
        return unpack_lineage(body)


class OverlaidLineages(Overlaid[NodeLineage]):
    """Lineages of which most are those of an earlier load, by node id and in the order of ids.

    ``fresh`` are the others; nodes in ``gone`` have none.
    """

    __slots__ = ("base", "fresh")

    base: StoredLineages
    fresh: Mapping[str, NodeLineage]

    def __init__(
        self, base: StoredLineages, fresh: Mapping[str, NodeLineage], gone: Iterable[str] = ()
    ) -> None:
        ids = dict.fromkeys(base)
        for key in gone:
            ids.pop(key, None)
        came = [key for key in fresh if key not in ids]
        super().__init__(sorted([*ids, *came]) if came else ids)
        self.base = base
        self.fresh = fresh

    def body(self, key: str) -> bytes | memoryview:
        """The lineage as it is packed."""
        return pack_lineage(self.fresh[key]) if key in self.fresh else self.base.body(key)


def pack_lineages(lineages: Mapping[str, NodeLineage]) -> tuple[array[int], bytes]:
    """All of them, one after the other, and where each begins and the last ends."""
    if isinstance(lineages, StoredLineages | OverlaidLineages):
        return join_packed(lineages.body(key) for key in lineages)
    return join_packed(pack_lineage(lineage) for lineage in lineages.values())
