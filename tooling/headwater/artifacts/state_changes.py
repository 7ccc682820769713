"""What is different between two manifests, as dbt's ``state:`` selection sees it.

Each kind of node has its own idea of being the same; `CHECKS` is the table of them. Values are
compared as JSON, nulls and empty values left out, so that versions of dbt that write them and
versions that don't agree.

*Source*: dbt's own answers, recorded by ``tooling/tests/unit/graph/selection/record.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from headwater.artifacts.decoding import parse_object
from headwater.artifacts.files import read_bytes
from headwater.artifacts.lazy import without_empty

Json = Mapping[str, Any]
Same = Callable[[Json, Json], bool]

_SECTIONS = (
    "nodes sources exposures metrics semantic_models saved_queries unit_tests functions"
).split()
#: Settings that dbt leaves out of the comparison, because others stand for them.
_NO_CONFIG = frozenset({"alias", "schema", "database", "tags", "group"})
_TEST_CONFIG = (
    "severity where limit fail_calc warn_if error_if store_failures store_failures_as"
).split()


def changed_nodes(head: Path, base: Path) -> dict[str, frozenset[str]]:
    """For each node of ``head``, the words of `SelectionContext.changed`.

    Nodes that are the same are left out. *Raises*: `ArtifactError`.
    """
    new = parse_object(read_bytes(head, "manifest"), head, "manifest")
    old = parse_object(read_bytes(base, "manifest"), base, "manifest")
    macros = _Macros(_entries(new, "macros"), _entries(old, "macros"))
    before = dict(_nodes(old))
    found = {}
    for key, node in _nodes(new):
        words = frozenset(_words(node, before.get(key), macros))
        if words:
            found[key] = words
    return found


def _nodes(manifest: Json) -> Iterator[tuple[str, Json]]:
    for section in _SECTIONS:
        yield from _entries(manifest, section).items()


def _entries(manifest: Json, section: str) -> Mapping[str, Json]:
    found = manifest.get(section)
    if not isinstance(found, dict):
        return {}
    return {key: entry for key, entry in found.items() if isinstance(entry, dict)}


def _words(new: Json, old: Json | None, macros: _Macros) -> Iterator[str]:
    kind = str(new.get("resource_type", ""))
    checks = CHECKS.get(kind, _SQL)
    if old is None:
        yield "new"
        different = {*checks}
        modified = kind not in _NEW_IS_SAME
    else:
        different = {part for part, same in checks.items() if not same(new, old)}
        generic = kind == "test" and "test_metadata" in new
        modified = bool(different & _OF_GENERIC_TESTS if generic else different)
    yield from different & _PARTS
    by_macros = macros.touch(new)
    if by_macros:
        yield "macros"
    if by_macros or modified:
        yield "modified"


class _Macros:
    """Which nodes run a macro that is new, gone or different, at any depth."""

    def __init__(self, new: Mapping[str, Json], old: Mapping[str, Json]) -> None:
        callers: dict[str, list[str]] = {}
        for name, macro in new.items():
            for called in _macros_of(macro):
                callers.setdefault(called, []).append(name)
        level = {k for k, m in new.items() if k not in old or _sql(m) != _sql(old[k])}
        level |= old.keys() - new.keys()
        self._touched: set[str] = set()
        while level:
            self._touched |= level
            level = {c for name in level for c in callers.get(name, ())} - self._touched

    def touch(self, node: Json) -> bool:
        """Whether a change of a macro reaches the node."""
        return not self._touched.isdisjoint(_macros_of(node))


def _sql(macro: Json) -> Any:
    return macro.get("macro_sql")


def _macros_of(node: Json) -> Sequence[str]:
    depends = node.get("depends_on")
    found = depends.get("macros") if isinstance(depends, dict) else None
    return [name for name in found or () if isinstance(name, str)]


# -- what is the same ----------------------------------------------------------------------------


def _field(*path: str) -> Same:
    """The same value at a place."""

    def same(new: Json, old: Json) -> bool:
        return bool(_at(new, path) == _at(old, path))

    return same


def _at(node: Any, path: Sequence[str]) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    if isinstance(node, dict):
        return without_empty(node)
    if isinstance(node, list):
        return [without_empty(item) if isinstance(item, dict) else item for item in node]
    return None if node in ("", {}, []) else node


def _config(new: Json, old: Json) -> bool:
    """The settings as they are written, before Jinja: values of an environment don't count."""
    mine, others = new.get("unrendered_config") or {}, old.get("unrendered_config") or {}
    keys = (key for key in chain(mine, others) if key not in _NO_CONFIG)
    return all(_same_key(mine, others, key) for key in keys)


def _test_config(new: Json, old: Json) -> bool:
    mine, others = new.get("unrendered_config") or {}, old.get("unrendered_config") or {}
    return all(_same_key(mine, others, key) for key in _TEST_CONFIG)


def _same_key(mine: Json, others: Json, key: str) -> bool:
    return (key in mine) == (key in others) and mine.get(key) == others.get(key)


def _relation(new: Json, old: Json) -> bool:
    mine, others = new.get("unrendered_config") or {}, old.get("unrendered_config") or {}
    return all(mine.get(key) == others.get(key) for key in ("database", "schema", "alias"))


def _descriptions(new: Json, old: Json) -> bool:
    """Descriptions that dbt writes into the warehouse (``persist_docs``)."""
    persist = (new.get("config") or {}).get("persist_docs") or {}
    if persist.get("relation") and not _field("description")(new, old):
        return False
    return not persist.get("columns") or _column_texts(new) == _column_texts(old)


def _column_texts(node: Json) -> dict[str, Any]:
    return {
        name: column.get("description") or ""
        for name, column in (node.get("columns") or {}).items()
    }


def _contract(new: Json, old: Json) -> bool:
    mine, others = new.get("contract") or {}, old.get("contract") or {}
    if not mine.get("enforced") and not others.get("enforced"):
        return True
    both = bool(mine.get("enforced") and others.get("enforced"))
    return both and bool(mine.get("checksum") == others.get("checksum"))


def _parents(new: Json, old: Json) -> bool:
    return set(_at(new, ("depends_on", "nodes")) or ()) == set(
        _at(old, ("depends_on", "nodes")) or ()
    )


def _exports(new: Json, old: Json) -> bool:
    return [*_targets(new)] == [*_targets(old)]


def _targets(node: Json) -> Iterator[tuple[Any, ...]]:
    for export in node.get("exports") or ():
        config = export.get("unrendered_config") or {}
        yield export.get("name"), *(config.get(key) for key in ("export_as", "schema", "alias"))


def _always(new: Json, old: Json) -> bool:
    return True


#: The words of ``state:modified.<part>``; other names in `CHECKS` count for ``modified`` only.
_PARTS = frozenset({"body", "configs", "persisted_descriptions", "relation", "contract"})
_SQL: Mapping[str, Same] = {
    "body": _field("raw_code"),
    "configs": _config,
    "persisted_descriptions": _descriptions,
    "relation": _relation,
    "contract": _always,
    "fqn": _field("fqn"),
}
_ON_TEST: Mapping[str, Same] = {
    **_SQL,
    "configs": _test_config,
    "persisted_descriptions": _always,
}
CHECKS: Mapping[str, Mapping[str, Same]] = {
    "model": {
        **_SQL,
        "contract": _contract,
        "latest_version": _field("latest_version"),
        "access": _field("access"),
        "deprecation_date": _field("deprecation_date"),
    },
    "seed": {**_SQL, "body": _field("checksum")},
    "test": _ON_TEST,
    "function": {**_SQL, "arguments": _field("arguments"), "returns": _field("returns")},
    "source": {
        "configs": _config,
        "relation": lambda new, old: all(
            _field(key)(new, old) for key in ("database", "schema", "identifier")
        ),
        **{k: _field(k) for k in "fqn quoting freshness loaded_at_field external".split()},
    },
    "exposure": {
        "configs": _config,
        **{k: _field(k) for k in "fqn type owner maturity url description label".split()},
        "parents": _parents,
    },
    "metric": {
        "configs": _config,
        **{k: _field(k) for k in "type description label".split()},
    },
    "semantic_model": {
        "configs": _field("config"),
        **{
            k: _field(k)
            for k in "model description defaults entities dimensions measures primary_entity "
            "group".split()
        },
    },
    "saved_query": {
        "configs": _field("config"),
        **{k: _field("query_params", k) for k in "metrics group_by where".split()},
        **{k: _field(k) for k in "description label group tags".split()},
        "exports": _exports,
    },
    "unit_test": {"checksum": _field("checksum")},
}
#: A generic test is its configuration and its place; its SQL is a macro's.
_OF_GENERIC_TESTS = frozenset({"configs", "fqn"})
#: What dbt does not call modified when it is new.
_NEW_IS_SAME = frozenset({"source", "exposure", "metric", "semantic_model", "saved_query"})
