"""One node on both sides -> its `NodeDiff`; ``None`` where nothing was edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import ne
from typing import Any

from headwater.changes.compare_sql import SAME_TEXT, SqlDiff, compare_sql, unknown
from headwater.changes.deploy import FELT_SETTINGS, constraints_changed, deploy_changes
from headwater.changes.node_diff import NodeDiff, Status
from headwater.changes.sides import Sides
from headwater.changes.types import same_type
from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.core.errors import shown
from headwater.core.project import Node

_SQL_KINDS = frozenset({"model", "snapshot"})
_CODE_KINDS = _SQL_KINDS | {"test", "analysis", "operation", "function", "sql_operation"}
#: Settings that neither the warehouse nor a reader of the data can feel.
_SILENT = frozenset(
    """description docs meta tags group access enabled packages persist_docs contract
    query_tag severity store_failures""".split()
)
#: What a setting is that is not there: some versions of dbt write it down.
_DEFAULTS = {"on_schema_change": "ignore"}
#: What a project says of a node besides its SQL, and the word for it.
_ASPECTS = (
    ("description", "description"),
    ("tags", "tags"),
    ("meta", "meta"),
    ("group", "group"),
    ("access", "access"),
    ("version", "version"),
    ("owner", "owner"),
    ("path", "path"),
    ("columns", "columns in YAML"),
)


def compare_nodes(sides: Sides, old: Node, new: Node) -> NodeDiff | None:
    """What was edited, and what it does; ``old`` and ``new`` may differ in name."""
    culprits = _culprits(sides, old, new)
    edited = [*_edited(sides, old, new), *(["macros"] if culprits else [])]
    if not edited:
        return None
    found = SqlDiff(proof="its SQL was not edited")
    if new.kind in _SQL_KINDS:
        found = _of_sql(sides, old, new, culprits)
    changes = [*found.changes, *_of_kind(old, new)]
    if new.kind in _SQL_KINDS:
        changes += constraints_changed(old, new)
    changes += deploy_changes(old, new, changes) if new.kind in (*_SQL_KINDS, "seed") else []
    if old.id != new.id:
        changes.insert(0, _renamed(old, new))
    status = Status.RENAMED if old.id != new.id else Status.MODIFIED if changes else Status.SAME
    return NodeDiff(
        old.id, new.id, new.kind, status, tuple(_sorted(changes)), tuple(edited),
        culprits, "" if found.changes else found.proof,
    )  # fmt: skip


def _of_sql(sides: Sides, old: Node, new: Node, culprits: tuple[str, ...]) -> SqlDiff:
    found = compare_sql(sides, old, new)
    if not found.changes and not found.proof:  # raw SQL alike, and not compiled
        if culprits:
            names = shown(macro.rpartition(".")[2] for macro in culprits)
            why = f"a macro that it calls was edited ({names}), and the SQL is not compiled"
            return SqlDiff((unknown(new.id, why),))
        return SqlDiff(proof="neither its SQL nor a macro that it calls was edited")
    if found.proof == SAME_TEXT and old.raw_sql == new.raw_sql:
        return SqlDiff(proof="its SQL was not edited")
    return found


def _culprits(sides: Sides, old: Node, new: Node) -> tuple[str, ...]:
    """The macros that were edited among those that the node's file calls."""
    before, after = sides.base.project.macros, sides.head.project.macros
    called = {*(old.extra.get("macros") or ()), *(new.extra.get("macros") or ())}
    return tuple(sorted(m for m in called if before.get(m) != after.get(m)))


def _renamed(old: Node, new: Node) -> Change:
    reason = f"{'version' if old.name == new.name else 'name'} changed: now {new.id}"
    place = ColumnRef(old.id, None)
    return Change(place, ChangeKind.RENAMED, reason, other=new.id, similarity=1.0)


_ORDER = {kind: at for at, kind in enumerate(ChangeKind)}


def _sorted(changes: list[Change]) -> list[Change]:
    """By axis and kind, then as they were found; each once."""
    unique = list(dict.fromkeys(changes))
    return sorted(unique, key=lambda change: _ORDER[change.kind])


# -- what was edited -----------------------------------------------------------------------------


def _edited(sides: Sides, old: Node, new: Node) -> Iterator[str]:
    if old.id != new.id:
        yield "name"
    if new.kind in _CODE_KINDS and not new.extra.get("test_metadata"):
        if old.raw_sql != new.raw_sql or old.language != new.language:
            yield "sql"
        elif new.kind in _SQL_KINDS and _both_compiled(old, new) and not sides.same_text(old, new):
            yield "compiled sql"
    elif new.kind == "seed" and old.checksum != new.checksum:
        yield "seed data"
    elif new.kind == "source":
        if _table(old) != _table(new):
            yield "relation"
        if _both_cataloged(old, new):
            yield "columns in the catalog"
    told = _told_apart(sides)
    settings = sorted(_settings(old, new, told))
    if settings:
        yield f"config ({', '.join(settings)})"
    if bool(old.extra.get("contract_enforced")) != bool(new.extra.get("contract_enforced")):
        yield "contract"
    for name, word in _ASPECTS:
        if getattr(old, name) != getattr(new, name) and not (name == "path" and old.id != new.id):
            yield word
    if new.kind not in _SQL_KINDS:
        before = {sides.name_in_head(parent) for parent in old.parents}
        if before != set(new.parents):
            yield "what it depends on"
    yield from sorted(_extras(old, new, told))


def _both_cataloged(old: Node, new: Node) -> bool:
    """Whether both have a catalog, and it tells other columns."""
    before, after = old.catalog_columns, new.catalog_columns
    return bool(before and after) and (
        [(c.name, c.type) for c in before or ()] != [(c.name, c.type) for c in after or ()]
    )


def _both_compiled(old: Node, new: Node) -> bool:
    return old.sql is not None and new.sql is not None


def _told_apart(sides: Sides) -> Callable[[object, object], bool]:
    """Whether two values of a setting are an edit.

    Another version of dbt writes other settings with their defaults: one that only one side has
    says nothing then.
    """
    if sides.base.project.dbt_version == sides.head.project.dbt_version:
        return ne
    return lambda old, new: old is not None and new is not None and old != new


def _settings(old: Node, new: Node, told: Callable[[object, object], bool]) -> Iterator[str]:
    if old.config is new.config:
        return
    for key in {*old.config, *new.config}:
        default = _DEFAULTS.get(key)
        before, after = old.config.get(key, default), new.config.get(key, default)
        is_told = told if key not in FELT_SETTINGS else ne
        if key not in _SILENT and is_told(before, after):
            yield key


#: Keys of `Node.extra` that follow from others, or from where the project lies.
_DERIVED = frozenset(
    """macros root_path compiled_path patch_path contract_enforced on_schema_change unique_key
    severity incremental_strategy event_time delimiter latest_version relation where""".split()
)


def _extras(old: Node, new: Node, told: Callable[[object, object], bool]) -> Iterator[str]:
    for key in {*old.extra, *new.extra}:
        if key not in _DERIVED and told(old.extra.get(key), new.extra.get(key)):
            yield key.replace("_", " ")


# -- changes that are not in the SQL -------------------------------------------------------------


def _of_kind(old: Node, new: Node) -> Iterator[Change]:
    if new.kind == "seed":
        yield from _of_seed(old, new)
    elif new.kind == "source":
        yield from _of_source(old, new)
    elif new.kind in ("metric", "semantic_model", "saved_query"):
        if _definition(old) != _definition(new):
            what = new.kind.replace("_", " ")
            yield Change(
                ColumnRef(new.id, None), ChangeKind.VALUE, f"another definition of the {what}"
            )
    elif new.kind in ("function", "operation") and old.raw_sql != new.raw_sql:
        yield unknown(new.id, f"the code of the {new.kind} was edited")


def _definition(node: Node) -> tuple[object, ...]:
    keys = ("type", "type_params", "filter", "entities", "dimensions", "measures", "query_params")
    return tuple(node.extra.get(key) for key in keys)


def _of_seed(old: Node, new: Node) -> Iterator[Change]:
    if old.checksum != new.checksum:
        yield unknown(new.id, "the content of its file changed")
    before, after = _types(old), _types(new)
    for column in sorted({*before, *after}):
        if before.get(column) != after.get(column):
            reason = f"{after.get(column) or 'no type'} instead of {before.get(column) or 'none'}"
            yield Change(ColumnRef(new.id, column), ChangeKind.TYPE, reason)
    if old.extra.get("delimiter") != new.extra.get("delimiter"):
        yield unknown(new.id, "its file is read with another delimiter")


def _types(seed: Node) -> Mapping[str, Any]:
    found = seed.config.get("column_types")
    return found if isinstance(found, Mapping) else {}


def _of_source(old: Node, new: Node) -> Iterator[Change]:
    if _table(old) != _table(new):
        reason = f"it is another table: {new.relation} instead of {old.relation}"
        yield unknown(new.id, reason)
    told = "catalog" if old.catalog_columns and new.catalog_columns else "YAML"
    befores = old.catalog_columns if told == "catalog" else old.columns
    afters = new.catalog_columns if told == "catalog" else new.columns
    have = {c.name.lower(): c for c in befores or ()}
    if not have:
        return  # nothing was told before: what is told now need not be new
    for column in afters or ():
        known = have.pop(column.name.lower(), None)
        place = ColumnRef(new.id, column.name)
        if known is None:
            yield Change(place, ChangeKind.ADDED, f"added, says the {told}")
        elif known.type and column.type and not same_type(known.type, column.type):
            reason = f"{column.type} instead of {known.type}, says the {told}"
            yield Change(place, ChangeKind.TYPE, reason)
    for column in have.values() if afters else ():
        yield Change(ColumnRef(new.id, column.name), ChangeKind.REMOVED, f"gone, says the {told}")


def _table(source: Node) -> tuple[str, ...]:
    """Schema and name; the database may be another one in every environment."""
    return tuple(part.strip('"`[] ') for part in (source.relation or "").split("."))[-2:]
