"""The store of lineages: shared, bounded, and never in the way."""

from __future__ import annotations

import multiprocessing
import sqlite3
from array import array
from pathlib import Path

import pytest

from headwater.cache.lineages import FILE, LineageCache
from headwater.core.columns import ColumnRef
from headwater.core.edges import NodeLineage


def lineage(name: str) -> NodeLineage:
    source = ColumnRef("source.shop.raw.orders", "id")
    return NodeLineage(name, ("id",), (0,), (source,), array("i", [0, 0, 0, 0, 7, 9]))


def key(number: int) -> bytes:
    return number.to_bytes(8, "big") + b"padding!"


def many(count: int) -> dict[bytes, NodeLineage]:
    return {key(number): lineage(f"model.shop.m{number}") for number in range(count)}


def keep(folder: Path, lineages: dict[bytes, NodeLineage]) -> list[str]:
    cache = LineageCache(folder)
    cache.put_many(lineages)
    cache.close()
    return cache.warnings


def recall(folder: Path, keys: list[bytes]) -> dict[bytes, NodeLineage]:
    cache = LineageCache(folder)
    found = cache.get_many(keys)
    cache.close()
    return found


def test_what_was_kept_is_found_by_another_run(tmp_path: Path) -> None:
    kept = many(5_000)
    assert keep(tmp_path, kept) == []
    assert recall(tmp_path, [*kept, key(9_999)]) == kept


def test_an_empty_cache_knows_nothing_and_makes_its_folder(tmp_path: Path) -> None:
    assert recall(tmp_path / "new" / "folder", [key(1)]) == {}
    assert (tmp_path / "new" / "folder" / FILE).exists()
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o077 == 0


def test_another_key_in_the_same_row_is_not_mistaken(tmp_path: Path) -> None:
    keep(tmp_path, {key(1): lineage("a")})
    assert recall(tmp_path, [key(1)[:8] + b"another!"]) == {}


def test_a_damaged_row_is_not_found(tmp_path: Path) -> None:
    keep(tmp_path, many(2))
    with sqlite3.connect(tmp_path / FILE) as connection:
        value = connection.execute("select value from lineage where id = 1").fetchone()[0]
        spoiled = value[:-3] + bytes([value[-3] ^ 1]) + value[-2:]
        connection.execute("update lineage set value = ? where id = 1", (spoiled,))
    connection.close()
    assert list(recall(tmp_path, [key(0), key(1)])) == [key(0)]


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 500]
)
def test_a_damaged_file_is_made_anew(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    cache = LineageCache(tmp_path)
    assert cache.get_many([key(1)]) == {}
    cache.close()
    keep(tmp_path, many(3))
    assert recall(tmp_path, [*many(3)]) == many(3)


def test_a_file_cut_in_the_middle_costs_only_time(tmp_path: Path) -> None:
    keep(tmp_path, many(3_000))
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data[: len(data) // 2])
    found = recall(tmp_path, [*many(3_000)])
    assert all(many(3_000)[k] == value for k, value in found.items())
    keep(tmp_path, many(3_000))
    assert recall(tmp_path, [*many(3_000)]) == many(3_000)


def test_a_folder_that_cannot_be_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = LineageCache(tmp_path / "file" / "cache")
    cache.put_many(many(1))
    assert cache.get_many([key(0)]) == {}
    cache.close()
    assert len(cache.warnings) == 1
    assert cache.warnings[0].startswith(f"no lineage cache in '{tmp_path / 'file' / 'cache'}': ")


def test_a_full_disk_is_said_once_and_ends_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(path: Path, **options: object) -> sqlite3.Connection:
        connection = original(path, **options)  # type: ignore[call-overload]
        connection.execute("pragma max_page_count = 3")
        return connection  # type: ignore[no-any-return]

    original = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)
    warnings = keep(tmp_path, many(2_000))
    assert warnings == [f"no lineage cache in '{tmp_path}': database or disk is full"]
    monkeypatch.undo()
    assert recall(tmp_path, [*many(2_000)]) == {}


def test_a_lock_held_too_long_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, many(1))
    monkeypatch.setattr("headwater.cache.lineages._BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("begin immediate")
    assert keep(tmp_path, many(2)) == [f"no lineage cache in '{tmp_path}': database is locked"]
    holder.execute("rollback")
    holder.close()
    assert recall(tmp_path, [*many(2)]) == many(1)


def test_too_much_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    keep(tmp_path, many(2_000))
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("update lineage set used = used - 9 where id >= 500")
    connection.close()
    small = LineageCache(tmp_path, size_limit=200_000)
    small.close()
    found = recall(tmp_path, [*many(2_000)])
    assert 0 < len(found) < 1_500
    assert set(many(500)) <= set(found)
    assert (tmp_path / FILE).stat().st_size < 200_000


def test_use_makes_a_row_young_again(tmp_path: Path) -> None:
    keep(tmp_path, many(2))
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("update lineage set used = 1")
    connection.close()
    recall(tmp_path, [key(1)])
    with sqlite3.connect(tmp_path / FILE) as connection:
        rows = dict(connection.execute("select id, used from lineage"))
    connection.close()
    assert rows[0] == 1
    assert rows[1] > 1


def _fill(folder: Path, start: int) -> None:
    for at in range(start, start + 40):
        cache = LineageCache(folder)
        cache.put_many({key(at): lineage(f"m{at}")})
        cache.get_many([key(at)])
        cache.close()


def test_two_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_fill, args=(tmp_path, start)) for start in (0, 20)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    assert len(recall(tmp_path, [key(at) for at in range(60)])) == 60
