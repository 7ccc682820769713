"""What has to be done in the warehouse for a change to be there, or what goes wrong in doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from headwater.changes.types import same_type
from headwater.core.changes import Axis, Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.core.errors import shown
from headwater.core.project import Node

#: What says how rows that are there already are found, kept or laid out.
_LAYOUT = (
    *("unique_key", "incremental_strategy", "partition_by", "cluster_by", "partitioned_by"),
    *("clustered_by", "incremental_predicates", "dist", "sort", "sort_type", "order_by", "engine"),
    *("file_format", "table_type", "table_format", "primary_key", "distributed_by", "buckets"),
)
_HISTORY = (
    *("strategy", "unique_key", "updated_at", "check_cols", "hard_deletes"),
    *("invalidate_hard_deletes", "snapshot_meta_column_names", "dbt_valid_to_current"),
)
_PLACE = ("database", "schema", "alias", "target_schema", "target_database")
#: Settings whose change has to be felt, whatever wrote them.
FELT_SETTINGS = frozenset((*_LAYOUT, *_HISTORY, *_PLACE, "materialized", "on_schema_change"))
_STORED = frozenset({"table", "incremental", "seed", "snapshot"})
_LOGIC = (ChangeKind.ROWS, ChangeKind.GRAIN, ChangeKind.VALUE, ChangeKind.UNKNOWN)


def deploy_changes(old: Node, new: Node, changes: Iterable[Change]) -> list[Change]:
    """The changes on the deploy axis that the edits of a node bring with them."""
    known = tuple(changes)
    found = [*_moved(old, new), *_materialized(old, new)]
    if new.materialized == "incremental" == old.materialized:
        found += _incremental(old, new, known)
    elif new.kind == "snapshot":
        found += _snapshot(old, new, known)
    found += _contract(new, known)
    return found


def _whole(node: Node, kind: ChangeKind, reason: str) -> Change:
    return Change(ColumnRef(node.id, None), kind, reason)


def _moved(old: Node, new: Node) -> Iterator[Change]:
    """Another place in the warehouse by its own configuration, not by the target's."""
    before, after = _place(old), _place(new)
    if before == after or old.kind == "source":
        return
    what = ", ".join(key for key in after if before[key] != after[key])
    if old.materialized != "ephemeral" and new.materialized != "ephemeral":
        yield _whole(
            old, ChangeKind.DROPPED,
            f"built under another {what}: the old relation stays behind and is not built any more",
        )  # fmt: skip


def _place(node: Node) -> dict[str, Any]:
    place = {key: node.config.get(key) for key in _PLACE}
    place["alias"] = node.extra.get("alias") or node.name
    return place


def _materialized(old: Node, new: Node) -> Iterator[Change]:
    before, after = old.materialized, new.materialized
    if before == after or not before or not after:
        return
    words = f"materialized {after} instead of {before}"
    kind = ChangeKind.REBUILT
    if after == "ephemeral":
        kind, words = ChangeKind.DROPPED, f"{words}: its relation stays behind, not built any more"
    elif before == "ephemeral":
        words = f"{words}: it becomes a relation"
    elif (before in _STORED) != (after in _STORED):
        kind, words = ChangeKind.DROPPED, f"{words}: the relation is dropped and made anew"
    elif after == "incremental":
        words = f"{words}: it goes on from the table that is there"
    yield _whole(new, kind, words)


# -- incremental models --------------------------------------------------------------------------


def _incremental(old: Node, new: Node, changes: tuple[Change, ...]) -> Iterator[Change]:
    """The matrix of on_schema_change, and rows that keep the old logic."""
    if new.config.get("full_refresh") is True:
        return
    schema = str(new.extra.get("on_schema_change") or "ignore")
    for change in changes:
        if change.place.column is not None and change.kind.axis is Axis.CONTRACT:
            yield from _column_change(new, change, schema)
    layout = [key for key in _LAYOUT if old.config.get(key) != new.config.get(key)]
    if layout:
        reason = f"another {shown(layout)}: the table that is there was built the old way"
        yield _whole(new, ChangeKind.FULL_REFRESH, reason)
    logic = [c for c in changes if c.kind in _LOGIC]
    if logic:
        reason = f"rows that are there already keep the old logic ({logic[0].reason})"
        yield _whole(new, ChangeKind.FULL_REFRESH, reason)


def _column_change(node: Node, change: Change, schema: str) -> Iterator[Change]:
    """What happens to one column that came, went, or changed its type."""
    column, kind = change.place.column or "", change.kind
    says = f"on_schema_change is {schema}"
    goes = kind in (ChangeKind.REMOVED, ChangeKind.RENAMED)
    comes = kind in (ChangeKind.ADDED, ChangeKind.RENAMED)
    if schema == "fail":
        if goes or comes:
            reason = f"{says}, and '{column}' is {kind}: the run stops until a full refresh"
            yield _whole(node, ChangeKind.RUN_FAILS, reason)
        return
    if goes:
        yield from _column_gone(node, column, schema, says)
    if comes:
        yield from _column_come(node, change.other or column, schema, says)
    if kind is ChangeKind.TYPE and schema != "sync_all_columns":
        yield _whole(node, ChangeKind.FULL_REFRESH, f"{says}: '{column}' keeps its old type")


def _column_gone(node: Node, column: str, schema: str, says: str) -> Iterator[Change]:
    if schema == "ignore":
        reason = f"{says}: the table still has '{column}', so the run fails until a full refresh"
        yield _whole(node, ChangeKind.RUN_FAILS, reason)
    elif schema == "append_new_columns":
        reason = f"{says}: '{column}' stays in the table, NULL in new rows"
        yield _whole(node, ChangeKind.FULL_REFRESH, reason)


def _column_come(node: Node, column: str, schema: str, says: str) -> Iterator[Change]:
    if schema == "ignore":
        reason = f"{says}: the table does not get '{column}' until a full refresh"
        yield Change(ColumnRef(node.id, column), ChangeKind.IGNORED, reason)
    else:
        reason = f"{says}: '{column}' is NULL in rows that are there already"
        yield _whole(node, ChangeKind.FULL_REFRESH, reason)


# -- snapshots, contracts ------------------------------------------------------------------------


def _snapshot(old: Node, new: Node, changes: tuple[Change, ...]) -> Iterator[Change]:
    history = [key for key in _HISTORY if old.config.get(key) != new.config.get(key)]
    if history:
        reason = f"another {shown(history)}: the history so far was kept the old way"
        yield _whole(new, ChangeKind.REBUILT, reason)
    if any(c.kind in _LOGIC for c in changes):
        reason = "the history so far keeps the old logic, and changed rows get a new version"
        yield _whole(new, ChangeKind.REBUILT, reason)


def _contract(new: Node, changes: tuple[Change, ...]) -> Iterator[Change]:
    """What the SQL makes now against what an enforced contract says."""
    if not new.extra.get("contract_enforced"):
        return
    declared = {c.name.lower(): c.type for c in new.columns}
    for change in changes:
        column = change.place.column
        if column is None or change.kind.axis is not Axis.CONTRACT:
            continue
        for reason in _broken_promises(change, column, declared):
            yield _whole(new, ChangeKind.RUN_FAILS, f"contract violated: {reason}")


def _broken_promises(
    change: Change, column: str, declared: Mapping[str, str | None]
) -> Iterator[str]:
    kind = change.kind
    if kind in (ChangeKind.REMOVED, ChangeKind.RENAMED) and column.lower() in declared:
        yield f"it promises '{column}'"
    come = change.other if kind is ChangeKind.RENAMED else column
    if kind in (ChangeKind.ADDED, ChangeKind.RENAMED) and come.lower() not in declared:
        yield f"it does not know '{come}'"
    promised = declared.get(column.lower())
    if kind is ChangeKind.TYPE and promised:
        made = change.reason.partition(" instead of ")[0]
        if " instead of " not in change.reason or not same_type(made, promised):
            yield f"it promises '{column}' as {promised} ({change.reason})"


def constraints_changed(old: Node, new: Node) -> Iterator[Change]:
    """NOT NULL that columns gained or lost, and declared types that changed, in a contract."""
    if not (old.extra.get("contract_enforced") or new.extra.get("contract_enforced")):
        return
    before, after = _not_null(old), _not_null(new)
    names = {c.name.lower(): c.name for c in (*old.columns, *new.columns)}
    for key in sorted(before ^ after):
        reason = "NOT NULL added" if key in after else "NOT NULL removed"
        yield Change(ColumnRef(new.id, names.get(key, key)), ChangeKind.NULLABILITY, reason)


def _not_null(node: Node) -> frozenset[str]:
    if not node.extra.get("contract_enforced"):
        return frozenset()
    constraints: Mapping[str, Any] = node.extra.get("column_constraints") or {}
    found = {
        name.lower()
        for name, each in constraints.items()
        if any(c.get("type") in ("not_null", "primary_key") for c in each)
    }
    for constraint in node.extra.get("constraints") or ():
        if constraint.get("type") in ("not_null", "primary_key"):
            found |= {str(c).lower() for c in constraint.get("columns") or ()}
    return frozenset(found)
