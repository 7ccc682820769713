"""Lineages as they lie in a kept state: packed until somebody looks at one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.core.edges import NodeLineage


class StoredLineages(Mapping[str, NodeLineage]):
    """Lineages by node id; each is unpacked on first use."""

    __slots__ = ("_blob", "_known", "_offsets", "_places")

    def __init__(self, ids: list[str], offsets: array[int], blob: memoryview) -> None:
        if len(offsets) != len(ids) + 1 or offsets[-1] != len(blob):
            raise ValueError("the parts of stored lineages do not fit together")
        self._places = {node: at for at, node in enumerate(ids)}
        self._offsets = offsets
        self._blob = blob
        self._known: dict[str, NodeLineage] = {}

    def __getitem__(self, key: str) -> NodeLineage:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = unpack_lineage(self.body(key))
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def body(self, key: str) -> memoryview:
        """The lineage as it is packed. *Raises*: KeyError."""
        at = self._places[key]
        return self._blob[self._offsets[at] : self._offsets[at + 1]]


class OverlaidLineages(Mapping[str, NodeLineage]):
    """Lineages of which most are those of an earlier load, by node id and in the order of ids.

    ``fresh`` are the others; nodes in ``gone`` have none.
    """

    __slots__ = ("_ids", "base", "fresh")

    def __init__(
        self, base: StoredLineages, fresh: Mapping[str, NodeLineage], gone: Iterable[str] = ()
    ) -> None:
        ids = dict.fromkeys(base)
        for key in gone:
            ids.pop(key, None)
        came = [key for key in fresh if key not in ids]
        self._ids = dict.fromkeys(sorted([*ids, *came])) if came else ids
        self.base = base
        self.fresh = fresh

    def __getitem__(self, key: str) -> NodeLineage:
        if key in self.fresh:
            return self.fresh[key]
        if key in self._ids:
            return self.base[key]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def body(self, key: str) -> bytes | memoryview:
        """The lineage as it is packed."""
        return pack_lineage(self.fresh[key]) if key in self.fresh else self.base.body(key)


def pack_lineages(lineages: Mapping[str, NodeLineage]) -> tuple[array[int], bytes]:
    """All of them, one after the other, and where each begins and the last ends."""
    if isinstance(lineages, StoredLineages | OverlaidLineages):
        packed = [lineages.body(key) for key in lineages]
    else:
        packed = [pack_lineage(lineage) for lineage in lineages.values()]
    offsets = array("Q", [0])
    for body in packed:
        offsets.append(offsets[-1] + len(body))
    return offsets, b"".join(packed)
