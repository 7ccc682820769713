"""Generated projects as the JSON that dbt-core writes: manifest schema v12, catalog v1."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

WRITTEN_AT = "2026-01-01T00:00:00.000000Z"
DATABASE, RAW_SCHEMA, SCHEMA = "warehouse", "raw", "analytics"
_CREATED = 1767225600.0
_TYPES = {
    "id": "bigint",
    "text": "text",
    "number": "numeric(18,2)",
    "moment": "timestamp without time zone",
    "flag": "boolean",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A node to write: ``columns`` are kinds by name; sources have no SQL.

    ``documented``: the columns are declared in YAML too, as they are for part of a real project.
    """

    id: str
    folder: str
    columns: Mapping[str, str]
    parents: tuple[str, ...] = ()
    sql: str | None = None
    materialized: str = "table"
    documented: bool = True


def relation_name(node_id: str) -> str:
    """The name in the warehouse, as dbt prints it for Postgres."""
    schema = RAW_SCHEMA if node_id.startswith("source.") else SCHEMA
    return f'"{DATABASE}"."{schema}"."{node_id.rsplit(".", 1)[1]}"'


def build_manifest(project: str, nodes: Sequence[Written]) -> Json:
    """The whole manifest: models, sources, a generic test per model, exposures, both maps."""
    models = [n for n in nodes if n.sql is not None]
    tests = {t["unique_id"]: t for n in models for t in [_test(project, n)]}
    exposures = {e["unique_id"]: e for e in _exposures(project, models)}
    entries: dict[str, Json] = {n.id: _model(project, n) for n in models}
    entries |= tests
    parents = {key: entry["depends_on"]["nodes"] for key, entry in (entries | exposures).items()}
    parents |= {n.id: [] for n in nodes if n.sql is None}
    return {
        "metadata": _metadata(project, "manifest/v12"),
        "nodes": entries,
        "sources": {n.id: _source(project, n) for n in nodes if n.sql is None},
        "macros": {},
        "docs": {},
        "exposures": exposures,
        "metrics": {},
        "groups": {},
        "selectors": {},
        "disabled": {},
        "parent_map": parents,
        "child_map": _children(parents),
        "group_map": {},
        "saved_queries": {},
        "semantic_models": {},
        "unit_tests": {},
        "functions": {},
    }


def build_catalog(project: str, nodes: Iterable[Written]) -> Json:
    """The catalog of the same nodes, every column with its type."""
    entries = {n.id: _catalog_entry(n) for n in nodes}
    return {
        "metadata": _metadata(project, "catalog/v1"),
        "nodes": {k: v for k, v in entries.items() if not k.startswith("source.")},
        "sources": {k: v for k, v in entries.items() if k.startswith("source.")},
        "errors": None,
    }


def _metadata(project: str, schema: str) -> Json:
    return {
        "dbt_schema_version": f"https://schemas.getdbt.com/dbt/{schema}.json",
        "dbt_version": "1.11.16",
        "generated_at": WRITTEN_AT,
        "invocation_id": "00000000-0000-4000-8000-000000000000",
        "env": {},
        "project_name": project,
        "adapter_type": "postgres",
        "quoting": {"database": True, "schema": True, "identifier": True, "column": None},
    }


def _column(name: str, kind: str | None) -> Json:
    return {
        "name": name,
        "description": f"The {name.replace('_', ' ')}.",
        "meta": {},
        "data_type": None if kind is None else _TYPES[kind],
        "constraints": [],
        "quote": None,
        "config": {"meta": {}, "tags": []},
        "tags": [],
        "granularity": None,
        "doc_blocks": [],
    }


def _config(materialized: str) -> Json:
    return {
        "enabled": True,
        "alias": None,
        "schema": None,
        "database": None,
        "tags": [],
        "meta": {},
        "group": None,
        "materialized": materialized,
        "incremental_strategy": None,
        "persist_docs": {},
        "post-hook": [],
        "pre-hook": [],
        "quoting": {},
        "column_types": {},
        "full_refresh": None,
        "unique_key": None,
        "on_schema_change": "ignore",
        "on_configuration_change": "apply",
        "grants": {},
        "packages": [],
        "docs": {"show": True, "node_color": None},
        "contract": {"enforced": False, "alias_types": True},
        "access": "protected",
        "freshness": None,
    }


def _base(project: str, node: Written, kind: str) -> Json:
    name = node.id.rsplit(".", 1)[1]
    path = f"{node.folder}/{name}.sql"
    return {
        "database": DATABASE,
        "schema": RAW_SCHEMA if kind == "source" else SCHEMA,
        "name": name,
        "resource_type": kind,
        "package_name": project,
        "path": path,
        "original_file_path": f"models/{path}",
        "unique_id": node.id,
        "fqn": [project, node.folder, name],
        "columns": {c: _column(c, k) for c, k in node.columns.items() if node.documented},
        "meta": {},
        "tags": [],
        "description": f"One row per {name}.",
        "unrendered_config": {},
        "created_at": _CREATED,
        "relation_name": relation_name(node.id),
        "doc_blocks": [],
        "patch_path": f"{project}://models/{node.folder}/{node.folder}.yml",
    }


def _model(project: str, node: Written) -> Json:
    sql = node.sql or ""
    name = node.id.rsplit(".", 1)[1]
    raw = sql
    for parent in node.parents:
        own = parent.rsplit(".", 1)[1]
        call = f"source('raw', '{own}')" if parent.startswith("source.") else f"ref('{own}')"
        raw = raw.replace(relation_name(parent), "{{ " + call + " }}")
    refs = [p.rsplit(".", 1)[1] for p in node.parents if not p.startswith("source.")]
    sources = [["raw", p.rsplit(".", 1)[1]] for p in node.parents if p.startswith("source.")]
    return _base(project, node, "model") | {
        "alias": name,
        "checksum": {"name": "sha256", "checksum": hashlib.sha256(raw.encode()).hexdigest()},
        "config": _config(node.materialized),
        "group": None,
        "docs": {"show": True, "node_color": None},
        "build_path": None,
        "raw_code": raw,
        "language": "sql",
        "refs": [{"name": r, "package": None, "version": None} for r in refs],
        "sources": sources,
        "metrics": [],
        "functions": [],
        "depends_on": {"macros": [], "nodes": list(node.parents)},
        "compiled_path": f"target/compiled/{project}/models/{node.folder}/{name}.sql",
        "compiled": True,
        "compiled_code": sql,
        "extra_ctes_injected": True,
        "extra_ctes": [],
        "contract": {"enforced": False, "alias_types": True, "checksum": None},
        "access": "protected",
        "constraints": [],
        "version": None,
        "latest_version": None,
        "deprecation_date": None,
        "primary_key": [],
        "time_spine": None,
    }


def _source(project: str, node: Written) -> Json:
    return _base(project, node, "source") | {
        "source_name": "raw",
        "source_description": "",
        "loader": "",
        "identifier": node.id.rsplit(".", 1)[1],
        "quoting": {"database": None, "schema": None, "identifier": None, "column": None},
        "loaded_at_field": None,
        "freshness": {"warn_after": {}, "error_after": {}, "filter": None},
        "external": None,
        "source_meta": {},
        "config": {"enabled": True, "event_time": None, "freshness": None, "meta": {}, "tags": []},
    }


def _test(project: str, node: Written) -> Json:
    """``not_null`` on the model's first column, compiled."""
    name, column = node.id.rsplit(".", 1)[1], next(iter(node.columns))
    full = f"not_null_{name}_{column}"
    key = hashlib.sha256(full.encode()).hexdigest()[:10]
    relation = relation_name(node.id)
    sql = f"\n    \n    \n\n\n\nselect {column}\nfrom {relation}\nwhere {column} is null\n\n\n"
    test = Written(f"test.{project}.{full}", node.folder, {}, (node.id,), sql, "test")
    entry = _model(project, test)
    return entry | {
        "unique_id": f"test.{project}.{full}.{key}",
        "resource_type": "test",
        "relation_name": None,
        "raw_code": "{{ test_not_null(**_dbt_generic_test_kwargs) }}",
        "column_name": column,
        "attached_node": node.id,
        "file_key_name": f"models.{name}",
        "test_metadata": {
            "name": "not_null",
            "kwargs": {
                "column_name": column,
                "model": f"{{{{ get_where_subquery(ref('{name}')) }}}}",
            },
            "namespace": None,
        },
    }


def _exposures(project: str, models: Sequence[Written]) -> Iterable[Json]:
    """A dashboard on every fortieth model, from the last ones back."""
    for at, model in enumerate(reversed(models[::40])):
        name = f"dashboard_{at}"
        yield {
            "name": name,
            "resource_type": "exposure",
            "package_name": project,
            "path": "exposures.yml",
            "original_file_path": "models/exposures.yml",
            "unique_id": f"exposure.{project}.{name}",
            "fqn": [project, name],
            "type": "dashboard",
            "owner": {"email": "team@example.com", "name": "Team"},
            "description": "",
            "label": None,
            "maturity": None,
            "meta": {},
            "tags": [],
            "config": {"enabled": True, "tags": [], "meta": {}},
            "url": None,
            "depends_on": {"macros": [], "nodes": [model.id]},
            "refs": [],
            "sources": [],
            "metrics": [],
            "created_at": _CREATED,
        }


def _children(parents: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {key: [] for key in parents}
    for key in sorted(parents):
        for parent in parents[key]:
            children[parent].append(key)
    return children


def _catalog_entry(node: Written) -> Json:
    name = node.id.rsplit(".", 1)[1]
    schema = RAW_SCHEMA if node.id.startswith("source.") else SCHEMA
    columns = {
        c: {"type": _TYPES[k], "index": at, "name": c, "comment": None}
        for at, (c, k) in enumerate(node.columns.items(), 1)
    }
    return {
        "metadata": {
            "type": "BASE TABLE",
            "schema": schema,
            "name": name,
            "database": DATABASE,
            "comment": None,
            "owner": "analytics",
        },
        "columns": columns,
        "stats": {},
        "unique_id": node.id,
    }
