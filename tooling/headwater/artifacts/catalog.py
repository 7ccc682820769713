"""A catalog file: the columns and types that the warehouse really has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct

from headwater.artifacts.decoding import convert, located, parse_object
from headwater.artifacts.documents import Head, Json, Metadata
from headwater.artifacts.files import read_bytes
from headwater.artifacts.stored import DIGEST_SIZE
from headwater.artifacts.stored import replaced as with_nodes
from headwater.core.columns import Column
from headwater.core.errors import ArtifactError, shown
from headwater.core.project import Node, Project

WHAT = "catalog"


class CatalogColumn(Struct, gc=False):
    """A column as the warehouse has it."""

    name: str | None = None
    type: str | None = None
    index: int = 0
    comment: str | None = None


class CatalogTable(Struct, gc=False):
    """An entry of ``nodes`` or ``sources``."""

    columns: dict[str, CatalogColumn]
    stats: Any = None


class CatalogDoc(Struct, gc=False):
    """A catalog."""

    metadata: Metadata
    nodes: dict[str, CatalogTable]
    sources: dict[str, CatalogTable] = {}


class _RawCatalog(Struct, gc=False):
    """A catalog whose entries are still text."""

    metadata: Metadata
    nodes: dict[str, Raw]
    sources: dict[str, Raw] = {}


@dataclass(frozen=True, slots=True)
class CatalogTables:
    """A catalog's entries by unique id, and their digests.

    An entry is ``None`` where the caller has it from an earlier load.
    """

    tables: Mapping[str, CatalogTable | None]
    digests: Mapping[str, bytes]


_DECODER = msgspec.json.Decoder(CatalogDoc, strict=False)
_RAW = msgspec.json.Decoder(_RawCatalog, strict=False)
_TABLE = msgspec.json.Decoder(CatalogTable, strict=False)
IsKnown = Callable[[str, bytes], bool]


def read_catalog(path: Path) -> CatalogDoc:
    """The catalog in the file.

    *Raises*: `ArtifactError` when it is missing, unreadable or not a catalog.
    """
    return parse_catalog(read_bytes(path, WHAT), path)


def read_tables(path: Path, is_known: IsKnown | None) -> CatalogTables:
    """The entries of the catalog in the file; with ``is_known`` (id, digest), only the others.

    *Raises*: `ArtifactError`, as `read_catalog`.
    """
    data = read_bytes(path, WHAT)
    if is_known is not None:
        try:
            raw = _RAW.decode(data)
            texts = raw.nodes | raw.sources
            digests = {key: sha256(text).digest()[:DIGEST_SIZE] for key, text in texts.items()}
            tables = {
                key: None if is_known(key, digests[key]) else _TABLE.decode(text)
                for key, text in texts.items()
            }
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # the way below knows NaN, and says where it fails
        else:
            _check_schema(raw.metadata, path)
            return CatalogTables(tables, digests)
    document = parse_catalog(data, path)
    return CatalogTables(document.nodes | document.sources, {})


def parse_catalog(data: bytes, path: Path) -> CatalogDoc:
    """As `read_catalog`, from bytes already read; ``path`` is for the texts."""
    try:
        document = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        document = _decode_slowly(parse_object(data, path, WHAT), path)
    _check_schema(document.metadata, path)
    return document


def _decode_slowly(value: Json, path: Path) -> CatalogDoc:
    """The catalog of a file that may hold ``NaN``; or the error that names what is wrong."""
    _check_schema(convert(value, Head, path, WHAT).metadata, path)
    error = located(value, {"nodes": CatalogTable, "sources": CatalogTable}, path, WHAT)
    if error is not None:
        raise error
    return convert(value, CatalogDoc, path, WHAT)


def _check_schema(metadata: Metadata, path: Path) -> None:
    schema = metadata.dbt_schema_version
    if "/catalog/" not in schema:
        raise ArtifactError(
            f"'{path}' is not a {WHAT}",
            ("has", f"schema {schema}"),
            ("hint", "point --catalog at the catalog.json that 'dbt docs generate' writes"),
        )


def attach_catalog(
    project: Project, tables: Mapping[str, CatalogTable | None], path: Path, *, strict: bool
) -> tuple[Project, tuple[str, ...]]:
    """The project with `catalog_columns` filled in by unique id, and warnings.

    An entry that is ``None`` is in the project already.

    A catalog none of whose entries is a node of the project belongs to another project: an error
    when ``strict`` (the user named it), else a warning, and the project stays as it was.
    """
    nodes = project.nodes
    known = [key for key in tables if key in nodes]
    if tables and not known:
        error = _foreign(project, tables, path)
        if strict:
            raise error
        return project, (f"{str(error).splitlines()[0]}; it is not used",)
    found = {
        key: _with_table(nodes[key], table) for key in known if (table := tables[key]) is not None
    }
    attached = replace(project, nodes=with_nodes(nodes, found), has_catalog=bool(known))
    return attached, _stale_warnings(len(tables), len(known), path)


#: Adapters' names of how many rows and bytes a table has.
_STATS = {
    "rows": ("num_rows", "row_count", "rows"),
    "bytes": ("num_bytes", "bytes", "size"),
}


def _with_table(node: Node, table: CatalogTable) -> Node:
    node = without_table(node)
    stats = _stats(table.stats)
    extra = {**node.extra, "stats": stats} if stats else node.extra
    return replace(node, catalog_columns=_columns(table), extra=extra)


def without_table(node: Node) -> Node:
    """The node as it was before a catalog said anything of it."""
    extra = node.extra
    if "stats" in extra:
        extra = {key: value for key, value in extra.items() if key != "stats"}
    return replace(node, catalog_columns=None, extra=extra)


def _stats(said: Any) -> dict[str, int]:
    """``rows`` and ``bytes``, where the catalog has them as numbers."""
    found: dict[str, int] = {}
    for name, keys in _STATS.items():
        for key in keys:
            stat = said.get(key) if isinstance(said, Mapping) else None
            value = stat.get("value") if isinstance(stat, Mapping) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
                found.setdefault(name, int(value))
    return found


def _columns(table: CatalogTable) -> tuple[Column, ...]:
    ordered = sorted(table.columns.items(), key=lambda item: item[1].index)
    return tuple([Column(c.name or key, c.type or None, c.comment or "") for key, c in ordered])


def _foreign(project: Project, tables: Mapping[str, object], path: Path) -> ArtifactError:
    packages = {key.split(".")[1] for key in tables if key.count(".") > 1}
    return ArtifactError(
        f"the {WHAT} '{path}' is of another project: none of its {len(tables)} entries is a node "
        f"of '{project.name}'",
        ("has", f"entries of {shown(packages)}"),
        ("hint", "run 'dbt docs generate' in this project, or leave the catalog out"),
    )


def _stale_warnings(entries: int, known: int, path: Path) -> tuple[str, ...]:
    if known * 2 >= entries:
        return ()
    return (
        f"only {known} of {entries} entries of the catalog '{path}' are nodes of this project; "
        "it may be old: run 'dbt docs generate'",
    )
