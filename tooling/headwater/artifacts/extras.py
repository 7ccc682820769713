"""What only one kind of node has: the keys of `Node.extra`.

model, snapshot         macros (those its file calls, without dbt's own)
model, snapshot, seed   alias (when it is not the name), patch_path, contract_enforced, constraints,
                        column_constraints, on_schema_change, unique_key, incremental_strategy,
                        event_time, latest_version, deprecation_date, primary_key, freshness
                        delimiter and root_path (seeds), compiled_path (no compiled SQL at hand)
source                  source_name, source_description, identifier, loader, loaded_at_field,
                        loaded_at_query, freshness
test                    test_type (generic, singular), test_metadata {name, namespace, kwargs},
                        attached_node, column_name, severity, where
unit_test               model, given [{input, format, rows}], expect {format, rows}; dict and CSV
                        rows are cut to one row that names every column
exposure                type, url, maturity, label
metric                  type, label, type_params, filter
semantic_model          model, relation, primary_entity, defaults, entities, dimensions, measures
saved_query             label, query_params, exports
function                arguments, returns
with a catalog          stats {rows, bytes}, as far as the adapter counts them
"""

from __future__ import annotations

from typing import Any

from headwater.artifacts.documents import Config, Json, NodeDoc, OwnedDoc, TestMetadata
from headwater.artifacts.lazy import EMPTY, without_empty

_ADAPTERS = frozenset(
    """athena bigquery clickhouse databricks doris dremio duckdb exasol fabric fabricspark glue
    greenplum hive impala materialize mysql oracle postgres presto redshift risingwave singlestore
    snowflake spark sqlite sqlserver starrocks synapse teradata trino vertica""".split()
)


def node_extra(doc: NodeDoc, config: Config) -> Json:
    """`Node.extra` of an entry of ``nodes``, ``sources`` or ``functions``."""
    kind = doc.resource_type
    if kind == "test":
        return _test(doc, config)
    if kind == "source":
        return _source(doc, config)
    extra = _model(doc, config)
    if kind == "seed":
        extra |= {"delimiter": config.delimiter or ",", "root_path": doc.root_path}
    elif kind == "function":
        extra |= {"arguments": doc.arguments, "returns": doc.returns}
    return _kept(extra)


def _model(doc: NodeDoc, config: Config) -> Json:
    contract = doc.contract or config.contract or EMPTY
    constraints = {
        name: column.constraints
        for name, column in (doc.columns or {}).items()
        if column.constraints
    }
    return {
        "macros": _own_macros(doc),
        "alias": doc.alias if doc.alias != doc.name else None,
        "patch_path": doc.patch_path,
        "contract_enforced": contract.get("enforced") or None,
        "constraints": doc.constraints,
        "column_constraints": constraints,
        "on_schema_change": config.on_schema_change,
        "unique_key": config.unique_key,
        "incremental_strategy": config.incremental_strategy,
        "event_time": config.event_time,
        "latest_version": None if doc.latest_version is None else str(doc.latest_version),
        "deprecation_date": doc.deprecation_date,
        "primary_key": doc.primary_key,
        "freshness": without_empty(config.freshness or {}),
        "compiled_path": doc.compiled_path if doc.compiled_code is None else None,
    }


def is_dbts(macro: str) -> bool:
    """Whether a macro is dbt's own or an adapter's: those change with dbt, not with the project."""
    package = macro.split(".")[1] if macro.count(".") > 1 else ""
    return package == "dbt" or (package.startswith("dbt_") and package[4:] in _ADAPTERS)


def _own_macros(doc: NodeDoc) -> list[str]:
    called = doc.depends_on.macros if doc.depends_on else None
    return sorted(macro for macro in called if not is_dbts(macro)) if called else []


def _source(doc: NodeDoc, config: Config) -> Json:
    return _kept(
        {
            "source_name": doc.source_name,
            "source_description": doc.source_description,
            "identifier": doc.identifier,
            "loader": doc.loader,
            "loaded_at_field": doc.loaded_at_field or config.loaded_at_field,
            "loaded_at_query": doc.loaded_at_query or config.loaded_at_query,
            "freshness": without_empty(doc.freshness or config.freshness or {}),
        }
    )


def _test(doc: NodeDoc, config: Config) -> Json:
    metadata = doc.test_metadata
    return _kept(
        {
            "test_type": "generic" if metadata else "singular",
            "test_metadata": _metadata(metadata) if metadata else None,
            "attached_node": doc.attached_node,
            "column_name": doc.column_name,
            "severity": (config.severity or "error").lower(),
            "where": config.where,
            "compiled_path": doc.compiled_path if doc.compiled_code is None else None,
        }
    )


def owned_extra(doc: OwnedDoc) -> Json:
    """`Node.extra` of an exposure, metric, semantic model, saved query or unit test."""
    return _kept(
        {
            "type": doc.type,
            "url": doc.url,
            "maturity": doc.maturity,
            "label": doc.label,
            "type_params": without_empty(doc.type_params) if doc.type_params else None,
            "filter": doc.filter,
            "model": doc.model,
            "relation": (doc.node_relation or EMPTY).get("relation_name"),
            "primary_entity": doc.primary_entity,
            "defaults": doc.defaults,
            "entities": _slim(doc.entities),
            "dimensions": _slim(doc.dimensions),
            "measures": _slim(doc.measures),
            "query_params": doc.query_params,
            "exports": _slim(doc.exports),
            "given": [_fixture(item) for item in doc.given or ()],
            "expect": _fixture(doc.expect) if doc.expect else None,
        }
    )


def _slim(items: list[Json] | None) -> list[Json]:
    return [without_empty(item) for item in items or ()]


def _fixture(item: Json) -> Json:
    """A unit test's rows as one row: which columns it names matters here, not its values."""
    rows = item.get("rows")
    if isinstance(rows, str) and item.get("format") == "csv":
        header = rows.lstrip().partition("\n")[0]
        rows = [dict.fromkeys(name.strip() for name in header.split(","))]
    elif isinstance(rows, list):
        rows = [dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)]
    return {"input": item.get("input"), "format": item.get("format"), "rows": rows}


def _metadata(metadata: TestMetadata) -> Json:
    return _kept(
        {"name": metadata.name, "namespace": metadata.namespace, "kwargs": metadata.kwargs}
    )


def _kept(extra: dict[str, Any]) -> Json:
    return {key: value for key, value in extra.items() if value not in (None, "", [], {})}
