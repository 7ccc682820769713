"""Manifest entries -> `Node`, whatever their kind."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

import msgspec

from headwater.artifacts.documents import (
    ColumnDoc,
    Config,
    ManifestDoc,
    NodeDoc,
    OwnedDoc,
)
from headwater.artifacts.extras import node_extra, owned_extra
from headwater.artifacts.lazy import EMPTY, MappingPool
from headwater.core.columns import Column
from headwater.core.project import Node


class UnusableEntryError(Exception):
    """An entry that cannot become a node: its JSON path, and msgspec's message."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place, self.message = place, message


def build_nodes(manifest: ManifestDoc) -> dict[str, Node]:
    """Every enabled entry as a `Node`, by unique id and sorted by it; empties ``manifest``.

    *Raises*: `UnusableEntryError` for a config of another shape.
    """
    builder = _Builder(manifest)
    found: dict[str, Node] = {}
    sections = (
        ("nodes", manifest.nodes),
        ("sources", manifest.sources),
        ("functions", manifest.functions or {}),
    )
    for name, section in sections:
        while section:  # an entry that has become a node need not stay: this is the peak of memory
            key, entry = section.popitem()
            node = builder.node(key, entry, name)
            if node is not None:
                found[key] = node
    for kind, name in _SECTIONS.items():
        owned: dict[str, OwnedDoc] = getattr(manifest, name) or {}
        for key, item in owned.items():
            node = builder.owned(key, item, kind)
            if node is not None:
                found[key] = node
    return dict(sorted(found.items()))


_SECTIONS = {
    "exposure": "exposures",
    "metric": "metrics",
    "semantic_model": "semantic_models",
    "saved_query": "saved_queries",
    "unit_test": "unit_tests",
}


class _Builder:
    """What is shared while a manifest's entries become nodes: configs, ids, owners of groups."""

    def __init__(self, manifest: ManifestDoc) -> None:
        self._pool = MappingPool()
        self._configs: dict[bytes, Config] = {}
        self._ids: dict[str, str] = {}
        for section in (manifest.nodes, manifest.sources):
            self._ids.update((key, key) for key in section)
        self._owners = {g.name: owner_of(g.owner) for g in (manifest.groups or {}).values()}
        self._decode_config = msgspec.json.Decoder(Config, strict=False).decode

    def node(self, key: str, doc: NodeDoc, section: str) -> Node | None:
        config = self._config(f"{section}.{key}", bytes(doc.config))
        if config.enabled is False:
            return None
        group = doc.group or config.group
        return Node(
            id=key,
            kind=intern(doc.resource_type),
            name=doc.name,
            package=intern(doc.package_name),
            relation=doc.relation_name or None,
            sql=doc.compiled_code,
            raw_sql=doc.raw_code or None,
            language=intern(doc.language or "sql"),
            columns=_columns(doc.columns),
            parents=self._parents(doc),
            tags=_tags(doc.tags, config.tags),
            meta=self._meta(bytes(doc.meta), config),
            config=self._pool.get(bytes(doc.config)),
            description=doc.description or "",
            path=doc.original_file_path or "",
            fqn=tuple(map(intern, doc.fqn or ())),
            checksum=_checksum(doc),
            materialized=intern(config.materialized or ""),
            group=group,
            access=doc.access or config.access,
            version=None if doc.version is None else version_text(doc.version),
            owner=self._owners.get(group or "", EMPTY),
            extra=node_extra(doc, config),
        )

    def owned(self, key: str, doc: OwnedDoc, kind: str) -> Node | None:
        config = self._config(f"{_SECTIONS[kind]}.{key}", bytes(doc.config))
        if config.enabled is False:
            return None
        group = doc.group or config.group
        owner = owner_of(doc.owner) if doc.owner else self._owners.get(group or "", EMPTY)
        return Node(
            id=key,
            kind=intern(doc.resource_type or kind),
            name=doc.name,
            package=intern(doc.package_name),
            parents=self._parents(doc),
            tags=_tags(doc.tags, None if kind == "metric" else config.tags),  # as dbt selects
            meta=self._meta(bytes(doc.meta), config),
            config=self._pool.get(bytes(doc.config)),
            description=doc.description or "",
            path=doc.original_file_path or "",
            fqn=tuple(map(intern, doc.fqn or ())),
            checksum=_checksum(doc),
            group=group,
            version=None if doc.version is None else version_text(doc.version),
            owner=owner,
            extra=owned_extra(doc),
        )

    def _config(self, place: str, text: bytes) -> Config:
        found = self._configs.get(text)
        if found is None:
            try:
                found = Config() if text == b"null" else self._decode_config(text)
            except msgspec.ValidationError as error:
                raise UnusableEntryError(f"{place}.config", str(error)) from None
            self._configs[text] = found
        return found

    def _meta(self, text: bytes, config: Config) -> Mapping[str, Any]:
        return _together(self._pool.get(text), config.meta)

    def _parents(self, doc: NodeDoc | OwnedDoc) -> tuple[str, ...]:
        if doc.depends_on is None or not doc.depends_on.nodes:
            return ()
        known = self._ids
        return tuple([known.get(parent, parent) for parent in doc.depends_on.nodes])


def owner_of(owner: Mapping[str, Any] | None) -> Mapping[str, str]:
    """An owner as texts; several addresses are joined by ``, ``."""
    if not owner:
        return EMPTY
    texts = {
        key: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in owner.items()
        if value not in (None, "", [], {})
    }
    return dict(sorted(texts.items()))


def version_text(version: str | int | float) -> str:
    """A model's version as dbt prints it: ``2`` for 2 and for 2.0."""
    if isinstance(version, float) and version.is_integer():
        return str(int(version))
    return str(version)


def _checksum(doc: NodeDoc | OwnedDoc) -> str:
    if doc.checksum is None or isinstance(doc.checksum, str):
        return doc.checksum or ""
    return doc.checksum.checksum


def _columns(docs: dict[str, ColumnDoc] | None) -> tuple[Column, ...]:
    return tuple([_column(name, doc) for name, doc in docs.items()]) if docs else ()


def _column(name: str, doc: ColumnDoc) -> Column:
    tags: list[str] | str | None = doc.tags
    meta: Mapping[str, Any] | None = doc.meta
    found = _tags(tags, None) if tags else ()
    if doc.config:  # before dbt 1.10 each of the two has what was written there, and no more
        others = _tags(doc.config.tags, None)
        found = found if set(others) <= set(found) else tuple(dict.fromkeys((*found, *others)))
        meta = _together(meta, doc.config.meta)
    return Column(
        doc.name or name, doc.data_type or None, doc.description or "", found, meta or EMPTY
    )


def _together(
    meta: Mapping[str, Any] | None, config: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """A meta and that of the config, which wins, as in dbt; each alone where that says it all."""
    if not config or meta == config:
        return meta or EMPTY
    return {**meta, **config} if meta else config


def _tags(tags: list[str] | str | None, other: list[str] | str | None) -> tuple[str, ...]:
    chosen = tags or other
    if not chosen:
        return ()
    return (chosen,) if isinstance(chosen, str) else tuple(map(intern, chosen))
