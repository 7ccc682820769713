"""What a node promises, or is configured with, beside its SQL: column names outside of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from headwater.core.project import Node

#: Settings whose values name columns of the node itself.
_KEYS = (
    *("unique_key", "updated_at", "check_cols", "event_time", "primary_key", "partition_by"),
    *("cluster_by", "clustered_by", "indexes", "dist", "sort", "order_by", "distributed_by"),
    *("partitioned_by", "sort_key", "merge_update_columns", "merge_exclude_columns"),
)
_FULL_REFRESH = "until a full refresh"


class Broken(NamedTuple):
    """Something that no longer holds. ``column`` is the one it is about."""

    what: str  #: contract, config, run
    column: str
    reason: str


def names_in_config(node: Node) -> frozenset[str]:
    """The texts of the settings that name columns; some may be expressions."""
    named = {name for key in _KEYS for name in texts(node.config.get(key))}
    return frozenset(named | set(texts(node.extra.get("loaded_at_field"))))


def broken_by_shape(node: Node, lost: Iterable[str], gained: Iterable[str]) -> Iterator[Broken]:
    """What breaks at the node itself when its SQL makes these columns no more, and these anew."""
    declared = {column.name.lower() for column in node.columns}
    enforced = bool(node.extra.get("contract_enforced"))
    named = {name.lower() for name in names_in_config(node)}
    schema = str(node.extra.get("on_schema_change") or "ignore")
    grows = node.materialized == "incremental"
    for name in lost:
        if enforced and name.lower() in declared:
            yield Broken("contract", name, f"its contract promises '{name}'")
        if name.lower() in named:
            yield Broken("config", name, f"its configuration names '{name}'")
        if grows and schema in ("ignore", "fail"):
            yield Broken("run", name, f"its table keeps '{name}', so its run fails {_FULL_REFRESH}")
    for name in gained:
        if enforced and name.lower() not in declared:
            yield Broken("contract", name, f"its contract does not know '{name}'")
        if grows and schema == "fail":
            yield Broken("run", name, f"on_schema_change is fail: '{name}' is new")


def broken_by_type(node: Node, column: str) -> Broken | None:
    """The promise of a type, when the column gets another."""
    if not node.extra.get("contract_enforced"):
        return None
    for each in node.columns:
        if each.name.lower() == column.lower() and each.type:
            return Broken("contract", column, f"its contract promises '{column}' as {each.type}")
    return None


def texts(value: Any) -> Iterator[str]:
    """Every text inside a setting, quotes taken off."""
    if isinstance(value, str):
        yield value.strip().strip('"`[]')
        for part in value.split(",") if "," in value else ():
            yield part.strip().strip('"`[]')
    elif isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield from texts(value[key])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)
