"""The last load of a project, kept whole: a second question about it starts in no time.

Two files per project in the cache folder, each written under another name and moved into place:

``<identity>.inputs``   which files the load had read, how they looked, and what made the state
``<identity>.state``    project, graph and lineages, packed, each part with its checksum

A state is used when every file it came from still looks the same (size, times, inode). A file that
was written less than two seconds before it was read could change without looking different: its
content was noted too and is compared. Anything that does not fit is "no state", never an error.
"""

from __future__ import annotations

import os
import struct
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from headwater.artifacts.stored import StoredProject, pack_project, unpack_project
from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.cache.stamp import code_stamp
from headwater.core.edges import NodeLineage
from headwater.core.project import Project
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.state import from_state, to_state

KEPT_STATES = 12
_MAGIC = b"hdwater1"
_PART = struct.Struct("<QI")
_PARTS = 4  #: head, nodes, graph, lineages
_RACY_NS = 2_000_000_000


class FileMark(msgspec.Struct, array_like=True, frozen=True):
    """How a file looked; ``size`` -1: it was not there. ``digest`` only where looks may deceive."""

    path: str
    size: int = -1
    modified: int = 0
    changed: int = 0
    inode: int = 0
    digest: bytes = b""


class _Inputs(msgspec.Struct, array_like=True):
    stamp: bytes
    state: bytes
    warnings: list[str]
    files: list[FileMark]


class _Head(msgspec.Struct, array_like=True):
    project: StoredProject
    lineages: list[str]
    offsets: bytes


@dataclass(frozen=True, slots=True)
class WarmState:
    """What a load had found."""

    project: Project
    graph: ColumnGraph
    lineages: Mapping[str, NodeLineage]
    warnings: tuple[str, ...] = ()


def look(path: str | Path) -> FileMark:
    """How the file looks now; to be taken before it is read."""
    text = str(path)
    try:
        seen = os.stat(text)
    except (OSError, ValueError):
        return FileMark(text)
    mark = FileMark(text, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
    if time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) > _RACY_NS:
        return mark
    return msgspec.structs.replace(mark, digest=_digest(text))


def identity(parts: Iterable[object]) -> str:
    """The name of a project's state: what was asked for, not what was in it."""
    return blake2b(
        "\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=12
    ).hexdigest()


def read_warm(folder: Path, name: str) -> WarmState | None:
    """The state of that name, when its inputs are as they were; else ``None``."""
    try:
        inputs = _read_inputs(folder / f"{name}.inputs")
        if inputs.stamp != code_stamp():
            return None
        marks = [_still(mark) for mark in inputs.files]
        if not all(marks):
            return None
        state = _read_state(folder / f"{name}.state", inputs)
    except (OSError, ValueError, msgspec.MsgspecError, struct.error):
        return None
    if state is not None and any(
        seen != old for seen, old in zip(marks, inputs.files, strict=True)
    ):
        inputs.files = [mark for mark in marks if mark]
        with suppress(OSError):
            _write(folder / f"{name}.inputs", _checked(inputs))
    return state


def write_warm(folder: Path, name: str, state: WarmState, files: Iterable[FileMark]) -> None:
    """Keep the state for the next run.

    *Raises*: OSError when it cannot be written, ValueError when it cannot be packed; nothing
    half-written is left under its name.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state_id = os.urandom(16)
    head, nodes = pack_project(state.project)
    packed = [pack_lineage(lineage) for lineage in state.lineages.values()]
    offsets = array("Q", [0])
    for body in packed:
        offsets.append(offsets[-1] + len(body))
    encode = msgspec.msgpack.encode
    parts = [
        encode(_Head(head, list(state.lineages), offsets.tobytes())),
        nodes,
        encode(to_state(state.graph)),
        b"".join(packed),
    ]
    header = b"".join(_PART.pack(len(part), zlib.crc32(part)) for part in parts)
    inputs = _Inputs(code_stamp(), state_id, list(state.warnings), list(files))
    _write(folder / f"{name}.state", [_MAGIC, state_id, header, *parts])
    _write(folder / f"{name}.inputs", _checked(inputs))
    _forget_old(folder)


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
            at = self._places[key]
            found = unpack_lineage(self._blob[self._offsets[at] : self._offsets[at + 1]])
            self._known[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


# -- files ---------------------------------------------------------------------------------------


def _checked(inputs: _Inputs) -> list[bytes]:
    body = msgspec.msgpack.encode(inputs)
    return [zlib.crc32(body).to_bytes(4, "big"), body]


def _read_inputs(path: Path) -> _Inputs:
    data = path.read_bytes()
    if zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
        raise ValueError(f"{path} is damaged")
    return msgspec.msgpack.decode(data[4:], type=_Inputs)


def _read_state(path: Path, inputs: _Inputs) -> WarmState | None:
    data = memoryview(path.read_bytes())
    if bytes(data[:8]) != _MAGIC or bytes(data[8:24]) != inputs.state:
        return None
    at = 24 + _PARTS * _PART.size
    parts: list[memoryview] = []
    for number in range(_PARTS):
        length, checksum = _PART.unpack_from(data, 24 + number * _PART.size)
        part = data[at : at + length]
        if len(part) != length or zlib.crc32(part) != checksum:
            return None
        parts.append(part)
        at += length
    head = msgspec.msgpack.decode(parts[0], type=_Head)
    offsets = array("Q")
    offsets.frombytes(head.offsets)
    graph: dict[str, Any] = msgspec.msgpack.decode(parts[2])
    return WarmState(
        unpack_project(head.project, parts[1]),
        from_state(graph),
        StoredLineages(head.lineages, offsets, parts[3]),
        tuple(inputs.warnings),
    )


def _still(mark: FileMark) -> FileMark | None:
    """How the file looks now when it is still the same, else ``None``."""
    seen = look(mark.path)
    if not mark.digest:
        same = (seen.size, seen.modified, seen.changed, seen.inode)
        return mark if same == (mark.size, mark.modified, mark.changed, mark.inode) else None
    digest = seen.digest or _digest(mark.path)
    return seen if seen.size == mark.size and digest == mark.digest else None


def _digest(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            found = blake2b(digest_size=16)
            while chunk := file.read(1 << 20):
                found.update(chunk)
    except OSError:
        return b"?"
    return found.digest()


def _write(path: Path, parts: list[bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            for part in parts:
                file.write(part)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _forget_old(folder: Path) -> None:
    """Keep the newest states, and take away what killed runs left behind."""
    with suppress(OSError):
        states = sorted(folder.glob("*.state"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in states[KEPT_STATES:]:
            old.unlink()
            old.with_suffix(".inputs").unlink(missing_ok=True)
        before = time.time() - 3600
        for left in folder.glob(".*.state.*"):
            if left.stat().st_mtime < before:
                left.unlink()
