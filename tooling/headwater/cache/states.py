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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from headwater.artifacts.stored import Digests, StoredProject, pack_project, unpack_project
from headwater.cache.stamp import code_stamp
from headwater.cache.stored import StoredLineages, pack_lineages
from headwater.core.edges import NodeLineage
from headwater.core.project import Project
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.state import from_state, to_state

KEPT_STATES = 12
_MAGIC = b"hdwater2"
_PART = struct.Struct("<QI")
_PARTS = 4  #: head, nodes, graph, lineages
_RACY_NS = 2_000_000_000


class FileMark(msgspec.Struct, array_like=True, frozen=True):
    """How a file looked; ``size`` -1: it was not there. ``digest`` only where looks may deceive.

    ``timed``: when it was modified matters too, not only what is in it.
    """

    path: str
    size: int = -1
    modified: int = 0
    changed: int = 0
    inode: int = 0
    digest: bytes = b""
    timed: bool = False


class _Inputs(msgspec.Struct, array_like=True):
    stamp: bytes
    state: bytes
    warnings: list[str]
    files: list[FileMark]
    project: str = ""


class _Head(msgspec.Struct, array_like=True):
    project: StoredProject
    lineages: list[str]
    offsets: bytes
    undeclared: bool = True
    missing: list[str] = []


@dataclass(frozen=True, slots=True)
class Loose:
    """What in a project may be tied to nodes that its ``depends_on`` does not name.

    ``undeclared``: some SQL may read nodes of the project that dbt was not told of. ``missing``:
    ids that were depended on, and may not have been there. Neither is left out when it is so.
    """

    undeclared: bool = True
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WarmState:
    """What a load had found; ``digests`` and ``loose`` are for a load after a change."""

    project: Project
    graph: ColumnGraph
    lineages: Mapping[str, NodeLineage]
    warnings: tuple[str, ...] = ()
    digests: Digests = field(default_factory=Digests)
    loose: Loose = field(default_factory=Loose)


def look(path: str | Path, timed: bool = False) -> FileMark:
    """How the file looks now; to be taken before it is read."""
    text = os.path.abspath(path)  # the next run may be somewhere else
    try:
        seen = os.stat(text)
    except (OSError, ValueError):
        return FileMark(text, timed=timed)
    times = seen.st_mtime_ns, seen.st_ctime_ns
    mark = FileMark(text, seen.st_size, *times, seen.st_ino, timed=timed)
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


def read_earlier(folder: Path, name: str, project: str) -> WarmState | None:
    """What this code had found before the inputs changed: a start for the next load, no answer.

    The state of that name, else the newest of a project called ``project`` (another checkout's).
    """
    with suppress(OSError):
        by_age = sorted(folder.glob("*.state"), key=lambda p: p.stat().st_mtime, reverse=True)
        own = [path for path in by_age if path.stem == name]
        for path in (*own, *(path for path in by_age if path.stem != name)):
            with suppress(OSError, ValueError, msgspec.MsgspecError, struct.error):
                inputs = _read_inputs(path.with_suffix(".inputs"))
                mine = path.stem == name or (project and inputs.project == project)
                if mine and inputs.stamp == code_stamp() and (state := _read_state(path, inputs)):
                    return state
    return None


def write_warm(folder: Path, name: str, state: WarmState, files: Iterable[FileMark]) -> None:
    """Keep the state for the next run.

    *Raises*: OSError when it cannot be written, ValueError when it cannot be packed; nothing
    half-written is left under its name.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state_id = os.urandom(16)
    parts = _parts(state)
    header = b"".join(_PART.pack(len(part), zlib.crc32(part)) for part in parts)
    warnings, name_of = list(state.warnings), state.project.name
    inputs = _Inputs(code_stamp(), state_id, warnings, list(files), name_of)
    _write(folder / f"{name}.state", [_MAGIC, state_id, header, *parts])
    _write(folder / f"{name}.inputs", _checked(inputs))
    _forget_old(folder)


def _parts(state: WarmState) -> list[bytes]:
    encode = msgspec.msgpack.encode
    project, nodes = pack_project(state.project, state.digests)
    offsets, lineages = pack_lineages(state.lineages)
    loose = state.loose
    head = _Head(
        project, list(state.lineages), offsets.tobytes(), loose.undeclared, sorted(loose.missing)
    )
    return [encode(head), nodes, encode(to_state(state.graph)), lineages]


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
        loose=Loose(head.undeclared, frozenset(head.missing)),
    )


def _still(mark: FileMark) -> FileMark | None:
    """How the file looks now when it is still the same, else ``None``."""
    seen = look(mark.path, mark.timed)
    if mark.timed and seen.modified != mark.modified:
        return None
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
