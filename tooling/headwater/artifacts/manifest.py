"""A manifest file -> `Project`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from headwater.artifacts.decoding import parse_object, unusable
from headwater.artifacts.documents import Head, Json, ManifestDoc, NodeDoc, OwnedDoc
from headwater.artifacts.files import read_bytes, rewrite_hint
from headwater.artifacts.nodes import build_nodes
from headwater.artifacts.upgrades import NEWEST, OLDEST, upgrade
from headwater.core.errors import ArtifactError
from headwater.core.project import Project

WHAT = "manifest"
_VERSION = re.compile(r"/manifest/v(\d+)(?:\.json)?$")
#: dbt versions by manifest schema, for error texts only.
_WRITERS = {1: "0.19", 2: "0.20", 3: "0.21", 4: "1.0", 5: "1.1", 6: "1.2"}


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """A project, and what should be said about how it was read."""

    project: Project
    warnings: tuple[str, ...] = ()


def read_manifest(path: Path) -> ReadManifest:
    """The project that the manifest describes, without catalog.

    *Raises*: `ArtifactError` when it is missing, unreadable, not a manifest, older than schema v7
    (dbt 1.3), lacks a needed key, or has no nodes.
    """
    return parse_manifest(read_bytes(path, WHAT), path)


def parse_manifest(data: bytes, path: Path) -> ReadManifest:
    """As `read_manifest`, from bytes already read; ``path`` is for the texts."""
    document, version = _decode(data, path)
    nodes = build_nodes(document)
    if not nodes:
        raise ArtifactError(
            f"the {WHAT} '{path}' has no nodes",
            ("hint", "check the project's model-paths, then run 'dbt compile' again"),
        )
    metadata = document.metadata
    project = Project(
        name=metadata.project_name or _root_package(document),
        adapter=(metadata.adapter_type or "").lower(),
        dbt_version=metadata.dbt_version,
        schema_version=version,
        generated_at=metadata.generated_at,
        nodes=nodes,
    )
    return ReadManifest(project, _version_warnings(version, metadata.dbt_version))


def _decode(data: bytes, path: Path) -> tuple[ManifestDoc, int]:
    version = _peek_version(data, path)
    if version >= NEWEST:
        try:
            return _DECODER.decode(data), version
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass  # the slow way below knows NaN, and says where it fails
    value = parse_object(data, path, WHAT)
    if version < NEWEST:
        value = upgrade(value, version)
    return _from_value(value, path), version


_DECODER = msgspec.json.Decoder(ManifestDoc, strict=False)


def _peek_version(data: bytes, path: Path) -> int:
    try:
        head = msgspec.json.decode(data, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        value = parse_object(data, path, WHAT)
        head = _head(value, path)
    found = _VERSION.search(head.metadata.dbt_schema_version)
    if found is None:
        raise ArtifactError(
            f"'{path}' is not a {WHAT}",
            ("has", f"schema {head.metadata.dbt_schema_version}"),
            ("hint", "point --manifest at the manifest.json that 'dbt compile' writes"),
        )
    version = int(found[1])
    if version < OLDEST:
        raise _too_old(path, version, head.metadata.dbt_version)
    return version


def _head(value: Json, path: Path) -> Head:
    try:
        return msgspec.convert(value, Head)
    except msgspec.ValidationError as error:
        raise unusable(str(error), path, WHAT, "") from None


def _too_old(path: Path, version: int, writer: str) -> ArtifactError:
    dbt = writer or _WRITERS.get(version, "an old version")
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
        raise _located(value, path) or unusable(str(error), path, WHAT, "") from None
    except (RecursionError, UnicodeEncodeError, TypeError, msgspec.DecodeError) as error:
        raise ArtifactError(
            f"the {WHAT} '{path}' cannot be read", ("why", str(error)), rewrite_hint(WHAT)
        ) from None


def _located(value: Json, path: Path) -> ArtifactError | None:
    """The first entry, by section and id, that cannot be read; msgspec does not name dict keys."""
    for section, kind in _ENTRIES.items():
        entries = value.get(section)
        for key, entry in sorted(entries.items()) if isinstance(entries, dict) else ():
            try:
                msgspec.json.decode(msgspec.json.encode(entry), type=kind, strict=False)
            except msgspec.ValidationError as error:
                return unusable(str(error), path, WHAT, f"{section}.{key}")
    return None


_ENTRIES: dict[str, type[NodeDoc] | type[OwnedDoc]] = {
    "nodes": NodeDoc,
    "sources": NodeDoc,
    "functions": NodeDoc,
    "exposures": OwnedDoc,
    "metrics": OwnedDoc,
    "semantic_models": OwnedDoc,
    "saved_queries": OwnedDoc,
    "unit_tests": OwnedDoc,
}


def _root_package(document: ManifestDoc) -> str:
    """The project's name where the metadata lacks it (before dbt 1.4): the commonest package."""
    counts: dict[str, int] = {}
    for node in document.nodes.values():
        counts[node.package_name] = counts.get(node.package_name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""
