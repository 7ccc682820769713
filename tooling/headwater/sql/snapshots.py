"""Snapshots: the columns that dbt adds, and where they come from."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from headwater.core.edges import ColumnFlag, Effect, NodeLineage
from headwater.core.project import Node
from headwater.sql.masks import PSEUDONYM

DEFAULT_NAMES = {
    "dbt_scd_id": "dbt_scd_id",
    "dbt_updated_at": "dbt_updated_at",
    "dbt_valid_from": "dbt_valid_from",
    "dbt_valid_to": "dbt_valid_to",
    "dbt_is_deleted": "dbt_is_deleted",
}


def meta_columns(config: Mapping[str, Any]) -> dict[str, str]:
    """dbt's name of each meta column -> its name under this snapshot's configuration.

    *Source*: dbt's ``snapshot_meta_column_names``; ``dbt_is_deleted`` exists only with
    ``hard_deletes: new_record``.
    """
    chosen = config.get("snapshot_meta_column_names") or {}
    names = {k: str(chosen.get(k) or v) for k, v in DEFAULT_NAMES.items()}
    if config.get("hard_deletes") != "new_record":
        del names["dbt_is_deleted"]
    return names


def with_snapshot_columns(lineage: NodeLineage, node: Node) -> NodeLineage:
    """The lineage of a snapshot's query with dbt's meta columns added.

    The timestamp strategy takes the valid-from time from ``updated_at``; the check strategy takes
    it from the clock, and a change of any checked column decides when a version ends.
    """
    keys = listed(node.config.get("unique_key"))
    updated = listed(node.config.get("updated_at"))
    checked = listed(node.config.get("check_cols"))
    if checked == ["all"]:
        checked = [n for n in lineage.columns if n != "*"]
    names = meta_columns(node.config)
    by_time = node.config.get("strategy") == "timestamp" or bool(updated)
    value_of = {
        "dbt_scd_id": keys + updated if by_time else keys,
        "dbt_updated_at": updated,
        "dbt_valid_from": updated,
        "dbt_valid_to": updated,
        "dbt_is_deleted": [],
    }
    steer_of = {
        "dbt_scd_id": [] if by_time else checked,
        "dbt_updated_at": [] if by_time else checked,
        "dbt_valid_from": [] if by_time else checked,
        "dbt_valid_to": keys if by_time else keys + checked,
        "dbt_is_deleted": keys,
    }
    return with_added_columns(lineage, names, value_of, steer_of)


def with_added_columns(
    lineage: NodeLineage,
    names: Mapping[str, str],
    value_of: Mapping[str, Sequence[str]],
    steer_of: Mapping[str, Sequence[str]],
) -> NodeLineage:
    """The lineage with a column for each of `names`: dbt's name of it -> what it is called here.

    Its value is made of columns of the query, and others decide about it. A column that the query
    has is not added again.
    """
    own = {n.lower() for n in lineage.columns}
    columns, flags = list(lineage.columns), list(lineage.column_flags)
    links = array("i", lineage.links)
    for meta, name in names.items():
        if name.lower() in own:
            continue
        target = len(columns)
        columns.append(name)
        flags.append(int(ColumnFlag.ROW_DEPENDENT))
        effect = Effect.IDENTITY if meta != "dbt_scd_id" else Effect.TRANSFORMATION
        for column in value_of[meta]:
            _copy(lineage, links, column, (target, int(effect), True))
        for column in steer_of[meta]:
            _copy(lineage, links, column, (target, int(Effect.CONDITIONAL), False))
    return replace(lineage, columns=tuple(columns), column_flags=tuple(flags), links=links)


def with_steered_columns(
    lineage: NodeLineage, steer_of: Mapping[str, Sequence[str]]
) -> NodeLineage:
    """The lineage where other columns, and the rows, decide which value a column has."""
    flags, links = list(lineage.column_flags), array("i", lineage.links)
    for name, deciding in steer_of.items():
        target = _position(lineage, name)
        if target >= 0:
            flags[target] |= int(ColumnFlag.ROW_DEPENDENT)
            for column in deciding:
                _copy(lineage, links, column, (target, int(Effect.CONDITIONAL), False))
    return replace(lineage, column_flags=tuple(flags), links=links)


def _copy(lineage: NodeLineage, links: array[int], column: str, how: tuple[int, int, bool]) -> None:
    """Give a meta column the sources of an output column, through one more step."""
    target, effect, direct = how
    at = _position(lineage, column)
    if at < 0:
        return
    old = lineage.links
    for i in range(0, len(old), 6):
        if old[i + 1] != at:
            continue
        is_direct = direct and old[i + 2] <= int(Effect.AGGREGATION)
        strength = max(old[i + 2], effect) if is_direct else int(Effect.CONDITIONAL)
        hashed = PSEUDONYM if is_direct and effect else 0  # dbt_scd_id is a digest
        links.extend((old[i], target, strength, old[i + 3] | hashed, old[i + 4], old[i + 5]))


def _position(lineage: NodeLineage, column: str) -> int:
    lowered = column.strip('"`[]').lower()
    for i, name in enumerate(lineage.columns):
        if name.lower() == lowered:
            return i
    return -1


def listed(value: Any) -> list[str]:
    """A name or several, as dbt takes them, as a list."""
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
