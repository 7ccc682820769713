"""What a table must be after a log of changes: short models of cdc_apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One change of a log; a column that `values` does not name is unchanged."""

    seq: int
    op: str
    key: int | None = None
    old_key: int | None = None
    values: Values = field(default_factory=dict, hash=False)


def after(log: Iterable[Change], columns: tuple[str, ...], *, soft: bool = False) -> list[Values]:
    """The rows of the table, by key: the changes in the order of their positions, one by one."""
    rows: dict[int, Values] = {}
    for change in sorted(set_of(log), key=lambda change: change.seq):
        gone = list(rows) if change.op == "truncate" else []
        gone += [change.key] if change.op == "delete" and change.key is not None else []
        if change.op == "update" and change.old_key not in (None, change.key):
            gone.append(change.old_key or 0)
        for key in gone:
            if soft and key in rows:
                rows[key]["is_deleted"] = True
            rows if soft else rows.pop(key, None)
        if change.op in ("create", "update", "read") and change.key is not None:
            row = rows.setdefault(change.key, {"id": change.key, **dict.fromkeys(columns)})
            row |= {**change.values, "is_deleted": False}
    return [rows[key] for key in sorted(rows)]


def set_of(log: Iterable[Change]) -> list[Change]:
    """Each change once, however often it was delivered."""
    return list({change.seq: change for change in log}.values())
