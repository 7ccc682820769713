"""Things kept as bytes, by id: each is unpacked when somebody first looks at it."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Packed(Mapping[str, T], Generic[T]):
    """Packed things in the order of their ids.

    ``offsets`` says where in ``blob`` each begins, and at last where the last one ends.
    """

    __slots__ = ("_blob", "_known", "_offsets", "_places")

    def __init__(self, ids: list[str], offsets: array[int], blob: bytes | memoryview) -> None:
        """*Raises*: ValueError when the parts do not fit together."""
        if len(offsets) != len(ids) + 1 or offsets[-1] != len(blob):
            raise ValueError("the parts of a kept state do not fit together")
        self._places = {node: at for at, node in enumerate(ids)}
        self._offsets = offsets
        self._blob = memoryview(blob)
        self._known: dict[str, T] = {}

    @abstractmethod
    def unpacked(self, body: memoryview) -> T:
        """The thing that was packed so."""

    def __getitem__(self, key: str) -> T:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.unpacked(self.body(key))
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def body(self, key: str) -> memoryview:
        """The thing as it is packed. *Raises*: KeyError."""
        at = self._places[key]
        return self._blob[self._offsets[at] : self._offsets[at + 1]]

    def mentioning(self, words: Iterable[bytes]) -> list[str]:
        """The ids of those with one of the words (lower-case ASCII) in any text, in their order.

        To search the bytes takes a fraction of the time to unpack them.
        """
        ids, text = list(self._places), bytes(self._blob).lower()
        found: set[int] = set()
        for word in words:
            place = text.find(word)
            while place >= 0:
                at = bisect_right(self._offsets, place) - 1
                found.add(at)
                place = text.find(word, self._offsets[at + 1])
        return [ids[at] for at in sorted(found)]


class Overlaid(Mapping[str, T], Generic[T]):
    """Things of which most are those of an earlier load (``base``); ``fresh`` are the others."""

    __slots__ = ("_ids",)

    base: Packed[T]
    fresh: Mapping[str, T]

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = dict.fromkeys(ids)

    def __getitem__(self, key: str) -> T:
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


def join_packed(bodies: Iterable[bytes | memoryview]) -> tuple[array[int], bytes]:
    """All of them, one after the other, and where each begins and the last ends."""
    offsets = array("Q", [0])
    blob = bytearray()
    for body in bodies:
        blob += body
        offsets.append(len(blob))
    return offsets, bytes(blob)
