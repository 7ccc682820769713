"""A manifest file -> `Project`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import msgspec

from headwater.artifacts.decoding import convert, located, parse_object, unusable
from headwater.artifacts.documents import Head, Json, MacroDoc, ManifestDoc
from headwater.artifacts.entries import SECTIONS, Entries, decode_entries
from headwater.artifacts.extras import is_dbts
from headwater.artifacts.files import read_bytes
from headwater.artifacts.nodes import UnusableEntryError, build_nodes
from headwater.artifacts.stored import OverlaidNodes, StoredNodes
from headwater.artifacts.upgrades import NEWEST, OLDEST, upgrade
from headwater.core.errors import ArtifactError
from headwater.core.project import Node, Project

WHAT = "manifest"
_SCHEMA = re.compile(rb'"dbt_schema_version"\s*:\s*"([^"\\]*)"')
_HEAD_BYTES = 4096  #: dbt writes the metadata first
_VERSION = re.compile(r"/manifest/v(\d+)(?:\.json)?$")
#: dbt versions by manifest schema, for error texts only.
_WRITERS = {1: "0.19", 2: "0.20", 3: "0.21", 4: "1.0", 5: "1.1", 6: "1.2"}


@dataclass(frozen=True, slots=True)
class Known:
    """That digests of entries are wanted, and the nodes of an earlier load, if there was one."""

    nodes: StoredNodes | None = None


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """A project, and what should be said about how it was read.

    ``digests`` are those of the manifest's entries by id, where they were wanted and can be had.
    """

    project: Project
    warnings: tuple[str, ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)


def read_manifest(path: Path, known: Known | None = None) -> ReadManifest:
    """The project that the manifest describes, without catalog.

    With nodes ``known`` from an earlier load, those whose entries are as they were are taken from
    there, and the project's nodes are `OverlaidNodes`.

    *Raises*: `ArtifactError` when it is missing, unreadable, not a manifest, older than schema v7
    (dbt 1.3), lacks a needed key, or has no nodes.
    """
    return parse_manifest(read_bytes(path, WHAT), path, known)


def parse_manifest(data: bytes, path: Path, known: Known | None = None) -> ReadManifest:
    """As `read_manifest`, from bytes already read; ``path`` is for the texts."""
    entries, version = _decode(data, path, known)
    document = entries.document
    try:
        fresh = build_nodes(document)
    except UnusableEntryError as error:
        raise unusable(error.message, path, WHAT, error.place) from None
    nodes: Mapping[str, Node] = fresh
    if known is not None and known.nodes is not None:
        nodes = OverlaidNodes(sorted([*fresh, *entries.same]), fresh, known.nodes)
    if not nodes:
        raise ArtifactError(
            f"the {WHAT} '{path}' has no nodes",
            ("hint", "check the project's model-paths, then run 'dbt compile' again"),
        )
    metadata = document.metadata
    project = Project(
        name=metadata.project_name or _root_package(nodes),
        adapter=(metadata.adapter_type or "").lower(),
        dbt_version=metadata.dbt_version,
        schema_version=version,
        generated_at=metadata.generated_at,
        nodes=nodes,
        macros=_macros(document.macros),
    )
    return ReadManifest(project, _version_warnings(version, metadata.dbt_version), entries.digests)


def _macros(documents: Mapping[str, MacroDoc] | None) -> dict[str, str]:
    """A digest of every macro that is not dbt's own, by id; another one when what it calls is."""
    own = {key: doc for key, doc in sorted((documents or {}).items()) if not is_dbts(key)}
    texts = {
        key: blake2b(
            (doc.macro_sql or "").strip().encode("utf-8", "replace"), digest_size=8
        ).digest()
        for key, doc in own.items()
    }
    found = {}
    for key in own:
        digest = blake2b(digest_size=8)
        for called in sorted(_called(own, key)):
            digest.update(texts[called])
        found[key] = digest.hexdigest()
    return found


def _called(macros: Mapping[str, MacroDoc], start: str) -> set[str]:
    """The macro, and all that it calls, directly or not."""
    found: set[str] = set()
    stack = [start]
    while stack:
        key = stack.pop()
        doc = macros.get(key)
        if doc is not None and key not in found:
            found.add(key)
            stack += (doc.depends_on.macros or ()) if doc.depends_on else ()
    return found


def _decode(data: bytes, path: Path, known: Known | None) -> tuple[Entries, int]:
    version = _peek_version(data, path)
    if version >= NEWEST:
        try:
            if known is not None:
                return decode_entries(data, version, known.nodes), version
            return Entries(_DECODER.decode(data)), version
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # the slow way below knows NaN, and says where it fails
    value = parse_object(data, path, WHAT)
    if version < NEWEST:
        value = upgrade(value, version)
    return Entries(_from_value(value, path)), version


_DECODER = msgspec.json.Decoder(ManifestDoc, strict=False)


def _peek_version(data: bytes, path: Path) -> int:
    early = _SCHEMA.search(data, 0, _HEAD_BYTES)
    schema = early[1].decode("utf-8", "replace") if early else _schema(data, path)
    found = _VERSION.search(schema)
    if found is None:
        raise ArtifactError(
            f"'{path}' is not a {WHAT}",
            ("has", f"schema {schema}" if schema else "no schema version"),
            ("hint", "point --manifest at the manifest.json that 'dbt compile' writes"),
        )
    version = int(found[1])
    if version < OLDEST:
        raise _too_old(path, version)
    return version


def _schema(data: bytes, path: Path) -> str:
    """The schema where the metadata does not come first, or the file is not what it should be."""
    value = parse_object(data, path, WHAT)
    return convert(value, Head, path, WHAT).metadata.dbt_schema_version


def _too_old(path: Path, version: int) -> ArtifactError:
    dbt = _WRITERS.get(version, "an old version")
    return ArtifactError(
        f"the {WHAT} '{path}' is too old to be read",
        ("has", f"schema v{version}, written by dbt {dbt}"),
        ("reads", f"schema v{OLDEST} (dbt 1.3) to v{NEWEST} (dbt 1.8 and later)"),
        ("hint", "run 'dbt compile' with dbt 1.3 or later"),
    )


def _version_warnings(version: int, writer: str) -> tuple[str, ...]:
    if version <= NEWEST:
        return ()
    return (
        f"the manifest has schema v{version} (dbt {writer}), newer than the v{NEWEST} known here; "
        "what is new in it is not seen",
    )


def _from_value(value: Json, path: Path) -> ManifestDoc:
    try:
        return _DECODER.decode(msgspec.json.encode(value))
    except msgspec.ValidationError as error:
        raise located(value, SECTIONS, path, WHAT) or unusable(str(error), path, WHAT, "") from None


def _root_package(nodes: Mapping[str, Node]) -> str:
    """The project's name where the metadata lacks it (before dbt 1.4): the commonest package."""
    counts: dict[str, int] = {}
    for node in nodes.values():
        counts[node.package] = counts.get(node.package, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""
