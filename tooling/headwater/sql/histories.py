"""Histories: the columns that the materialization `scd2` adds, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headwater.core.edges import NodeLineage
from headwater.core.project import Node
from headwater.sql.snapshots import (
    DEFAULT_NAMES,
    listed,
    with_added_columns,
    with_steered_columns,
)

#: Options whose columns make no version of their own.
_PASSIVE = (
    "unique_key",
    "updated_at",
    "sequence_by",
    "type1_cols",
    "exclude_cols",
    "deleted_column",
)


def with_history_columns(lineage: NodeLineage, node: Node) -> NodeLineage:
    """The lineage of a history's query with the meta columns added.

    With ``updated_at`` the times are that column's; without it they are the clock's. A change in a
    checked column decides whether a version begins, and a deletion whether it ends, and another can
    begin. A type-1 column shows the value of the newest event.

    *Source*: the options in docs/macros/history.md, under ``meta: headwater:`` or as config.
    """
    options = options_of(node.config)
    keys, updated = listed(options.get("unique_key")), listed(options.get("updated_at"))
    placing = [c for o in ("sequence_by", "deleted_column") for c in listed(options.get(o))]
    deciding = _checked(lineage, options) + placing
    meta = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")
    value_of = dict.fromkeys(meta, updated) | {
        "dbt_scd_id": keys + updated,
        "dbt_is_deleted": listed(options.get("deleted_column")),
    }
    steer_of = dict.fromkeys(meta, deciding) | {
        "dbt_valid_to": keys + deciding,
        "dbt_is_deleted": keys,
    }
    lineage = with_added_columns(lineage, names_of(options), value_of, steer_of)
    newest = dict.fromkeys(listed(options.get("type1_cols")), keys + updated + placing)
    return with_steered_columns(lineage, newest)


def options_of(config: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a model: those under ``meta: headwater:`` go before those of its config."""
    ours = (config.get("meta") or {}).get("headwater")
    return {**config, **(ours if isinstance(ours, Mapping) else {})}


def names_of(options: Mapping[str, Any]) -> dict[str, str]:
    """dbt's name of each meta column -> its name in this history.

    ``dbt_is_deleted`` is there where deletions are versions.
    """
    chosen = options.get("snapshot_meta_column_names")
    names = {k: str((chosen or {}).get(k) or v) for k, v in DEFAULT_NAMES.items()}
    by_absence = options.get("deletes") == "from_missing"
    if options.get("deletes") != "tombstone" and not (
        by_absence and options.get("missing_as") == "tombstone"
    ):
        del names["dbt_is_deleted"]
    return names


def _checked(lineage: NodeLineage, options: Mapping[str, Any]) -> list[str]:
    """The columns whose change makes a version."""
    chosen = listed(options.get("check_cols")) or ["all"]
    if chosen != ["all"]:
        return chosen
    passive = {name.lower() for option in _PASSIVE for name in listed(options.get(option))}
    return [name for name in lineage.columns if name != "*" and name.lower() not in passive]
