"""Mappings that are read when somebody looks inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

EMPTY: Mapping[str, Any] = {}
V = TypeVar("V")


class LazyMapping(Mapping[str, V], Generic[V]):
    """What a function gives, called on first use."""

    __slots__ = ("_read", "_value")

    def __init__(self, read: Callable[[], Mapping[str, V]]) -> None:
        self._read = read
        self._value: Mapping[str, V] | None = None

    def _found(self) -> Mapping[str, V]:
        if self._value is None:
            self._value = self._read()
        return self._value

    def __getitem__(self, key: str) -> V:
        return self._found()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


class JsonMapping(Mapping[str, Any]):
    """A JSON object, decoded on first use, without its null and empty values.

    A project's configs are hundreds of bytes per node and most questions never read one. Leaving
    out nulls and empties makes every dbt version's config alike: 1.x writes them, 2.x does not.
    """

    __slots__ = ("_text", "_value")

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._value: dict[str, Any] | None = None

    @property
    def text(self) -> bytes:
        """The JSON as it was read."""
        return self._text

    def decoded_once(self) -> dict[str, Any]:
        """The object, without keeping it: for whoever goes through a whole project once."""
        return self._value if self._value is not None else _object(self._text)

    def _decoded(self) -> dict[str, Any]:
        if self._value is None:
            self._value = _object(self._text)
        return self._value

    def __getitem__(self, key: str) -> Any:
        return self._decoded()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded())

    def __len__(self) -> int:
        return len(self._decoded())

    def __repr__(self) -> str:
        return repr(self._decoded())


def _object(text: bytes) -> dict[str, Any]:
    value = msgspec.json.decode(text)
    return without_empty(value) if isinstance(value, dict) else {}


_EMPTIES: tuple[Any, ...] = (None, "", [], {})


def without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """``value`` without keys whose value is null, "", [] or {}; nested objects too."""
    kept = {}
    for key, item in value.items():
        inner = without_empty(item) if isinstance(item, dict) else item
        if not any(inner == empty and type(inner) is type(empty) for empty in _EMPTIES):
            kept[key] = inner
    return kept


class MappingPool:
    """One `JsonMapping` per distinct text, so that equal configs share one."""

    def __init__(self) -> None:
        self._known: dict[bytes, Mapping[str, Any]] = {b"": EMPTY, b"{}": EMPTY, b"null": EMPTY}

    def get(self, text: bytes) -> Mapping[str, Any]:
        """The mapping of this JSON text."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = JsonMapping(text)
        return found
