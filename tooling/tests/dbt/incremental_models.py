"""What each incremental materialization must make of its batches: short models to hold it against.

A row is (id, part, day, seq, name); its key is (id, part), in which None is a value. A state is a dict
from key to row, or for `replace_window`, which has no key, a sorted list of rows.
"""

from __future__ import annotations

from typing import Any

Row = tuple[int | None, str | None, int | None, int, str]
Keyed = dict[Any, Any]


def one_per_key(batch: list[Row]) -> Keyed:
    """The last row of each key by (day, seq), where None comes before everything."""
    return {
        row[:2]: row for row in sorted(batch, key=lambda r: (r[2] is not None, r[2] or 0, r[3]))
    }


def upsert(state: Keyed, batch: list[Row]) -> Keyed:
    """The batch's rows beat the table's."""
    return state | one_per_key(batch)


def delete_insert(state: Keyed, batch: list[Row]) -> Keyed:
    """The same rows, written in another way."""
    return state | one_per_key(batch)


def append_dedup(state: Keyed, batch: list[Row]) -> Keyed:
    """The table's rows beat the batch's."""
    return one_per_key(batch) | state


def full_diff(state: Keyed, batch: list[Row]) -> Keyed:
    """The batch is the table, unless it is empty, which is taken for an accident."""
    return one_per_key(batch) or state


def soft_delete(state: Keyed, batch: list[Row]) -> Keyed:
    """Rows end in whether they are marked; what the batch lacks is."""
    fresh = {key: (*row, False) for key, row in one_per_key(batch).items()}
    return {key: (*row[:5], True) for key, row in state.items()} | fresh if fresh else state


def replace_window(state: list[Row], batch: list[Row]) -> list[Row]:
    """Rows outside of what the batch covers, and the batch; rows without a time go with their like."""
    times = [row[2] for row in batch if row[2] is not None]
    has_null = len(times) < len(batch)

    def stays(row: Row) -> bool:
        if row[2] is None:
            return not has_null
        return not times or not min(times) <= row[2] <= max(times)

    return [row for row in state if stays(row)] + batch


MODELS = {
    "upsert": upsert,
    "delete_insert": delete_insert,
    "append_dedup": append_dedup,
    "full_diff": full_diff,
    "soft_delete": soft_delete,
    "replace_window": replace_window,
}
