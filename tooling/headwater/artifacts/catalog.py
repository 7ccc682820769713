"""A catalog file: the columns and types that the warehouse really has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
from msgspec import Struct

from headwater.artifacts.decoding import convert, located, parse_object
from headwater.artifacts.documents import Head, Json, Metadata
from headwater.artifacts.files import read_bytes
from headwater.core.columns import Column
from headwater.core.errors import ArtifactError, shown
from headwater.core.project import Project

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


class CatalogDoc(Struct, gc=False):
    """A catalog."""

    metadata: Metadata
    nodes: dict[str, CatalogTable]
    sources: dict[str, CatalogTable] = {}


_DECODER = msgspec.json.Decoder(CatalogDoc, strict=False)


def read_catalog(path: Path) -> CatalogDoc:
    """The catalog in the file.

    *Raises*: `ArtifactError` when it is missing, unreadable or not a catalog.
    """
    return parse_catalog(read_bytes(path, WHAT), path)


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
    project: Project, catalog: CatalogDoc, path: Path, *, strict: bool
) -> tuple[Project, tuple[str, ...]]:
    """The project with `catalog_columns` filled in by unique id, and warnings.

    A catalog none of whose entries is a node of the project belongs to another project: an error
    when ``strict`` (the user named it), else a warning, and the project stays as it was.
    """
    tables = catalog.nodes | catalog.sources
    nodes = dict(project.nodes)
    known = [key for key in tables if key in nodes]
    if tables and not known:
        error = _foreign(project, tables, path)
        if strict:
            raise error
        return project, (f"{str(error).splitlines()[0]}; it is not used",)
    for key in known:
        nodes[key] = replace(nodes[key], catalog_columns=_columns(tables[key]))
    attached = replace(project, nodes=nodes, has_catalog=bool(known))
    return attached, _stale_warnings(len(tables), len(known), path)


def _columns(table: CatalogTable) -> tuple[Column, ...]:
    ordered = sorted(table.columns.items(), key=lambda item: item[1].index)
    return tuple([Column(c.name or key, c.type or None, c.comment or "") for key, c in ordered])


def _foreign(project: Project, tables: dict[str, CatalogTable], path: Path) -> ArtifactError:
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
