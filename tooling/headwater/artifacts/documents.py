"""The parts of a manifest that are read, as typed documents in its newest form.

Only what is listed here is decoded; docs, maps and rendered leftovers are skipped by the
decoder. A field without a default is needed: its absence is an error that names its JSON path.
Everything else may be absent (dbt 2.x leaves out null keys) or null.
"""

from __future__ import annotations

from typing import Any

from msgspec import Raw, Struct

Json = dict[str, Any]
_RAW = Raw(b"null")


class Metadata(Struct, gc=False):
    """``metadata`` of any artifact."""

    dbt_schema_version: str
    dbt_version: str = ""
    generated_at: str = ""
    adapter_type: str | None = None
    project_name: str | None = None
    invocation_id: str | None = None
    invocation_started_at: str | None = None


class Head(Struct, gc=False):
    """Just enough of an artifact to know what wrote it."""

    metadata: Metadata


class ColumnConfig(Struct, gc=False):
    """``config`` of a column."""

    tags: list[str] | str | None = None
    meta: Json | None = None


class ColumnDoc(Struct, gc=False):
    """A declared column; dbt 2.x keeps tags and meta under ``config``."""

    name: str | None = None
    data_type: str | None = None
    description: str | None = None
    tags: list[str] | str | None = None
    meta: Json | None = None
    config: ColumnConfig | None = None
    constraints: list[Json] | None = None
    quote: bool | None = None


class DependsOn(Struct, gc=False):
    """``depends_on``."""

    nodes: list[str] | None = None
    macros: list[str] | None = None


class ChecksumDoc(Struct, gc=False):
    """``checksum`` of a node's file."""

    checksum: str = ""


class TestMetadata(Struct, gc=False):
    """What a generic test was called with."""

    name: str = ""
    kwargs: Json | None = None
    namespace: str | None = None


class Config(Struct, gc=False):
    """The few config values with a meaning here; the whole config stays as text beside it."""

    materialized: str | None = None
    enabled: bool | None = None
    severity: str | None = None
    where: str | None = None
    delimiter: str | None = None
    group: str | None = None
    access: str | None = None
    contract: Json | None = None
    on_schema_change: str | None = None
    unique_key: str | list[str] | None = None
    incremental_strategy: str | None = None
    event_time: str | None = None
    freshness: Json | None = None
    loaded_at_field: str | None = None
    loaded_at_query: str | None = None
    tags: list[str] | str | None = None
    meta: Json | None = None


class NodeDoc(Struct, gc=False):
    """An entry of ``nodes``, ``sources`` or ``functions``."""

    resource_type: str
    name: str
    package_name: str = ""
    path: str | None = None
    original_file_path: str | None = None
    patch_path: str | None = None
    fqn: list[str] | None = None
    alias: str | None = None
    identifier: str | None = None
    relation_name: str | None = None
    raw_code: str | None = None
    compiled_code: str | None = None
    compiled_path: str | None = None
    language: str | None = None
    columns: dict[str, ColumnDoc] | None = None
    depends_on: DependsOn | None = None
    tags: list[str] | str | None = None
    meta: Raw = _RAW
    config: Raw = _RAW
    description: str | None = None
    checksum: ChecksumDoc | str | None = None
    group: str | None = None
    access: str | None = None
    version: str | int | float | None = None
    latest_version: str | int | float | None = None
    deprecation_date: str | None = None
    constraints: list[Json] | None = None
    contract: Json | None = None
    primary_key: list[str] | None = None
    attached_node: str | None = None
    column_name: str | None = None
    test_metadata: TestMetadata | None = None
    root_path: str | None = None
    source_name: str | None = None
    source_description: str | None = None
    loader: str | None = None
    loaded_at_field: str | None = None
    loaded_at_query: str | None = None
    freshness: Json | None = None
    arguments: list[Json] | None = None
    returns: Json | None = None


class OwnedDoc(Struct, gc=False):
    """An entry of any other section: exposures, metrics, semantic models, saved queries …"""

    name: str
    resource_type: str = ""
    package_name: str = ""
    path: str | None = None
    original_file_path: str | None = None
    fqn: list[str] | None = None
    depends_on: DependsOn | None = None
    tags: list[str] | str | None = None
    meta: Raw = _RAW
    config: Raw = _RAW
    description: str | None = None
    group: str | None = None
    label: str | None = None
    checksum: ChecksumDoc | str | None = None
    # exposures and metrics
    owner: Json | None = None
    type: str | None = None
    url: str | None = None
    maturity: str | None = None
    type_params: Json | None = None
    filter: Any = None
    # semantic models
    model: str | None = None
    node_relation: Json | None = None
    primary_entity: str | None = None
    defaults: Json | None = None
    entities: list[Json] | None = None
    dimensions: list[Json] | None = None
    measures: list[Json] | None = None
    # saved queries
    query_params: Json | None = None
    exports: list[Json] | None = None
    # unit tests
    given: list[Json] | None = None
    expect: Json | None = None
    version: str | int | float | None = None


class GroupDoc(Struct, gc=False):
    """An entry of ``groups``."""

    name: str
    owner: Json | None = None
    description: str | None = None


class MacroDoc(Struct, gc=False):
    """An entry of ``macros``: its text, and the macros that it calls."""

    macro_sql: str | None = None
    depends_on: DependsOn | None = None


class ManifestDoc(Struct, gc=False):
    """A manifest in the form of schema v12."""

    metadata: Metadata
    nodes: dict[str, NodeDoc]
    sources: dict[str, NodeDoc]
    exposures: dict[str, OwnedDoc] | None = None
    metrics: dict[str, OwnedDoc] | None = None
    semantic_models: dict[str, OwnedDoc] | None = None
    saved_queries: dict[str, OwnedDoc] | None = None
    unit_tests: dict[str, OwnedDoc] | None = None
    functions: dict[str, NodeDoc] | None = None
    groups: dict[str, GroupDoc] | None = None
    macros: dict[str, MacroDoc] | None = None
