"""A content-keyed store of `NodeLineage`: one SQLite file. Losing it loses only time.

A key is a digest of everything that shapes a lineage (SQL, what it may read, dialect) together with
what made it (this package's own code, sqlglot's version, the machine's byte order). So nothing is
ever invalidated, only forgotten when the file grows beyond its size. Every failure of the file
(read-only folder, full disk, a lock held too long, damage) ends in "not known", said once.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.core.edges import NodeLineage

FILE = "lineage-1.sqlite"
SIZE_LIMIT = 512 * 1024 * 1024  #: bytes of payload; above it the least recently used half goes
_BUSY_SECONDS = 2.0
_DAY = 86_400
_CHUNK = 2_000  #: keys per select

_SCHEMA = """
create table if not exists lineage (
    id integer primary key, used integer not null, size integer not null, value blob not null
)
"""


class LineageCache:
    """The store, opened on first use. Not for threads; any number of processes may share it."""

    def __init__(self, folder: Path, size_limit: int = SIZE_LIMIT) -> None:
        self._path = folder / FILE
        self._limit = size_limit
        self._connection: sqlite3.Connection | None = None
        self._failed = False
        self.warnings: list[str] = []

    def get_many(self, keys: list[bytes]) -> dict[bytes, NodeLineage]:
        """The lineages that are known, by key (16 bytes each)."""
        wanted = {_row_id(key): key for key in keys}
        found: dict[bytes, NodeLineage] = {}
        with self._guarded() as connection:
            if connection is None:
                return found
            today, stale = int(time.time()) // _DAY, []
            for row_id, used, value in _rows(connection, list(wanted)):
                lineage = _unpacked(wanted[row_id], value)
                if lineage is not None:
                    found[wanted[row_id]] = lineage
                    if used < today:
                        stale.append(row_id)
            _touch(connection, stale, today)
        return found

    def put_many(self, lineages: Mapping[bytes, NodeLineage]) -> None:
        """Keep these; all or none of them."""
        today = int(time.time()) // _DAY
        rows = []
        for key, lineage in lineages.items():
            value = _packed(key, lineage)
            rows.append((_row_id(key), today, len(value), value))
        with self._guarded() as connection:
            if connection is not None:
                with connection:
                    connection.executemany("insert or replace into lineage values (?,?,?,?)", rows)

    def close(self) -> None:
        """Forget the oldest when there is too much, and let go of the file."""
        with self._guarded() as connection:
            if connection is not None:
                self._evict(connection)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _evict(self, connection: sqlite3.Connection) -> None:
        pages = connection.execute("pragma page_count").fetchone()[0]
        size = connection.execute("pragma page_size").fetchone()[0]
        if pages * size <= self._limit:
            return
        with connection:
            connection.execute(
                "delete from lineage where id in (select id from (select id, sum(size) over "
                "(order by used desc, id) as total from lineage) where total > ?)",
                (self._limit // 2,),
            )
        connection.execute("vacuum")

    # -- the file ------------------------------------------------------------------------------

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """The open connection, or ``None``; a failure inside ends the cache, not the run."""
        connection = None
        try:
            connection = self._open()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        try:
            yield connection
        except sqlite3.Error as error:
            self._give_up(error)

    def _open(self) -> sqlite3.Connection | None:
        if self._failed or self._connection is not None:
            return self._connection
        try:
            self._connection = _connect(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            _remove(self._path)  # not a database, or a damaged one: start anew
            self._connection = _connect(self._path)
        return self._connection

    def _give_up(self, error: Exception) -> None:
        damaged = isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        if damaged:
            with suppress(OSError):
                _remove(self._path)
        if not self._failed:
            self.warnings.append(f"no lineage cache in '{self._path.parent}': {error}")
        self._failed = True


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = off")  # a torn file is found out and remade
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _rows(connection: sqlite3.Connection, ids: list[int]) -> Iterator[tuple[int, int, bytes]]:
    query = "select id, used, value from lineage where id in (select value from json_each(?))"
    for at in range(0, len(ids), _CHUNK):
        yield from connection.execute(query, (str(ids[at : at + _CHUNK]),))


def _touch(connection: sqlite3.Connection, ids: list[int], today: int) -> None:
    if ids:
        with connection:
            connection.executemany(
                "update lineage set used = ? where id = ?", [(today, row_id) for row_id in ids]
            )


def _row_id(key: bytes) -> int:
    return int.from_bytes(key[:8], "big", signed=True)


# -- one row ------------------------------------------------------------------------------------


def _packed(key: bytes, lineage: NodeLineage) -> bytes:
    payload = pack_lineage(lineage)
    return key + zlib.crc32(payload).to_bytes(4, "big") + payload


def _unpacked(key: bytes, value: Any) -> NodeLineage | None:
    """The lineage, or ``None`` when the row is another key's or was damaged."""
    if not isinstance(value, bytes) or value[:16] != key:
        return None
    payload = memoryview(value)[20:]
    if zlib.crc32(payload).to_bytes(4, "big") != value[16:20]:
        return None
    try:
        return unpack_lineage(payload)
    except (msgspec.DecodeError, ValueError, IndexError):
        return None
