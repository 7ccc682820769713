"""What dbt told us, free of manifest versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from headwater.core.columns import Column
from headwater.core.selecting import SelectionContext


@dataclass(frozen=True, slots=True)
class Node:
    """Anything with a unique id in a manifest: model, seed, snapshot, source, test, exposure …

    ``parents`` are the ids of ``depends_on`` (nodes only, manifest order). ``relation`` is the name
    in the warehouse as dbt prints it (``"db"."schema"."orders"``). ``sql`` is the compiled SQL or
    ``None``. ``catalog_columns`` is ``None`` where no catalog entry was found. ``extra`` keeps what
    only one kind has (exposure: ``type``, ``url``; test: ``column_name``, ``attached_node`` …).
    """

    id: str
    kind: str
    name: str
    package: str = ""
    relation: str | None = None
    sql: str | None = None
    raw_sql: str | None = None
    language: str = "sql"
    columns: tuple[Column, ...] = ()
    catalog_columns: tuple[Column, ...] | None = None
    parents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    path: str = ""
    fqn: tuple[str, ...] = ()
    checksum: str = ""
    materialized: str = ""
    group: str | None = None
    access: str | None = None
    version: str | None = None
    owner: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A whole project. ``nodes`` is keyed by unique id and sorted by it.

    *Units*: ``generated_at`` is dbt's own text, UTC (``2026-11-23T08:00:00Z``).
    """

    name: str
    adapter: str
    dbt_version: str
    schema_version: int
    generated_at: str
    nodes: Mapping[str, Node]
    root: str = ""  #: the project's folder, or "" when only artifacts are at hand
    has_catalog: bool = False
    selecting: SelectionContext = field(default_factory=SelectionContext)
    macros: Mapping[str, str] = field(default_factory=dict)  #: digests, without dbt's own

    @property
    def is_compiled(self) -> bool:
        """Whether at least one SQL model carries compiled SQL."""
        return any(n.sql is not None for n in self.nodes.values() if n.kind == "model")
