"""A manifest small enough to know by heart: two inputs, four models, a test and an exposure.

raw.orders ─> stg_orders ─┬> orders ─> daily ─> dashboard
rates ────────────────────┘    └─ not_null
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PACKAGE = "tiny"
STG_ORDERS = """\
select
    id as order_id,
    customer_id,
    cast(amount as numeric) as amount,
    currency,
    created_at
from "db"."raw"."orders"
where status <> 'deleted'
"""
ORDERS = """\
select
    o.order_id,
    o.customer_id,
    coalesce(o.amount, 0) * r.rate as amount_usd,
    o.created_at
from "db"."main"."stg_orders" as o
inner join "db"."main"."rates" as r on r.currency = o.currency
"""
DAILY = """\
select
    date_trunc('day', created_at) as ordered_on,
    sum(amount_usd) as revenue_usd,
    count(*) as orders
from "db"."main"."orders"
group by 1
"""


def columns(*names: str) -> dict[str, Any]:
    """Declared columns."""
    return {name: {"name": name} for name in names}


def node(kind: str, name: str, sql: str | None, parents: list[str], **more: Any) -> dict[str, Any]:
    """An entry of ``nodes``."""
    path = f"seeds/{name}.csv" if kind == "seed" else f"models/{name}.sql"
    return {
        "resource_type": kind,
        "name": name,
        "unique_id": f"{kind}.{PACKAGE}.{name}",
        "package_name": PACKAGE,
        "path": path.partition("/")[2],
        "original_file_path": path,
        "fqn": [PACKAGE, name],
        "relation_name": f'"db"."main"."{name}"',
        "raw_code": sql or "",
        "compiled_code": sql,
        "language": "sql",
        "columns": {},
        "depends_on": {"nodes": parents},
        "config": {"materialized": "table"},
        "tags": [],
        **more,
    }


def model(name: str, sql: str | None, *parents: str, **more: Any) -> dict[str, Any]:
    """A model whose parents are unique ids."""
    return node("model", name, sql, list(parents), **more)


def manifest() -> dict[str, Any]:
    """The manifest, new each time, so that a test may change it."""
    nodes = [
        node("seed", "rates", None, [], columns=columns("currency", "rate")),
        model("stg_orders", STG_ORDERS, "source.tiny.raw.orders"),
        model("orders", ORDERS, "model.tiny.stg_orders", "seed.tiny.rates"),
        model("daily", DAILY, "model.tiny.orders", description="One row per day."),
        not_null("orders", "amount_usd"),
    ]
    source = node(
        *("source", "orders", None, []),
        unique_id="source.tiny.raw.orders",
        source_name="raw",
        identifier="orders",
        relation_name='"db"."raw"."orders"',
        original_file_path="models/sources.yml",
        columns=columns(*"id customer_id amount currency status created_at".split()),
    )
    exposure = {
        "name": "dashboard",
        "resource_type": "exposure",
        "unique_id": "exposure.tiny.dashboard",
        "package_name": PACKAGE,
        "path": "exposures.yml",
        "original_file_path": "models/exposures.yml",
        "fqn": [PACKAGE, "dashboard"],
        "type": "dashboard",
        "owner": {"name": "Finance", "email": "finance@example.org"},
        "depends_on": {"nodes": ["model.tiny.daily"]},
    }
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": "1.11.16",
            "generated_at": "2026-11-01T12:00:00.000000Z",
            "adapter_type": "postgres",
            "project_name": PACKAGE,
        },
        "nodes": {entry["unique_id"]: entry for entry in nodes},
        "sources": {source["unique_id"]: source},
        "exposures": {exposure["unique_id"]: exposure},
        "metrics": {},
        "semantic_models": {},
        "unit_tests": {},
        "saved_queries": {},
    }


def before() -> dict[str, Any]:
    """The manifest before a change that shows on every axis, and an edit that does nothing."""
    found = manifest()
    nodes = found["nodes"]
    edits = {
        "stg_orders": STG_ORDERS.replace("where status <> 'deleted'\n", ""),
        "orders": ORDERS.replace(
            "coalesce(o.amount, 0) * r.rate as amount_usd", "o.amount as amount"
        ).replace("o.created_at", "o.created_at,\n    o.currency"),
        "daily": f'with source as (select * from "db"."main"."orders")\n{DAILY}'.replace(
            'from "db"."main"."orders"\n', "from source\n"
        ),
    }
    for name, sql in edits.items():
        nodes[f"model.{PACKAGE}.{name}"] |= {"compiled_code": sql, "raw_code": sql}
    nodes[f"model.{PACKAGE}.orders"]["config"] = {"materialized": "view"}
    gone = model("old_orders", "select 1 as id")
    nodes[gone["unique_id"]] = gone
    return found


def not_null(on: str, column: str) -> dict[str, Any]:
    """A generic test."""
    return node(
        *("test", f"not_null_{on}_{column}"),
        f'select {column} from "db"."main"."{on}" where {column} is null',
        [f"model.tiny.{on}"],
        unique_id=f"test.tiny.not_null_{on}_{column}.1a2b3c",
        relation_name=None,
        column_name=column,
        attached_node=f"model.tiny.{on}",
        test_metadata={"name": "not_null", "kwargs": {"column_name": column}},
        config={"materialized": "test", "severity": "ERROR"},
    )


def catalog(manifest: dict[str, Any], package: str = PACKAGE) -> dict[str, Any]:
    """A catalog of the manifest's relations, or of another project's of the same names."""
    found = {
        entry["unique_id"].replace(".tiny.", f".{package}."): {
            "metadata": {"type": "BASE TABLE", "schema": "main", "name": entry["name"]},
            "columns": {
                name: {"name": name, "type": "text", "index": number}
                for number, name in enumerate(names, 1)
            },
        }
        for entry, names in (
            (manifest["nodes"]["seed.tiny.rates"], ["currency", "rate"]),
            (
                manifest["nodes"]["model.tiny.daily"],
                ["ordered_on", "revenue_usd", "orders"],
            ),
        )
    }
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json",
            "dbt_version": "1.11.16",
            "generated_at": "2026-11-01T12:05:00.000000Z",
        },
        "nodes": found,
        "sources": {},
        "errors": None,
    }


#: Of each node: begin and seconds in the run of the given number, and the thread.
RUN = (
    ("seed.tiny.rates", 0.0, 0.5, 1),
    ("model.tiny.stg_orders", 0.6, 2.0, 1),
    ("model.tiny.orders", 2.7, 8.0, 2),
    ("test.tiny.not_null_orders_amount_usd.1a2b3c", 10.8, 0.4, 1),
    ("model.tiny.daily", 11.3, 1.0, 2),
)


def run_results(number: int) -> dict[str, Any]:
    """A run of all nodes; in the fifth `orders` takes long and its test fails."""
    day = datetime(2026, 10, 20 + number, 6, tzinfo=UTC)
    is_bad = number == 5
    results = []
    for name, begin, seconds, thread in RUN:
        took = seconds * (3.0 if is_bad and name.endswith("orders") and begin > 1 else 1.0)
        start = day + timedelta(seconds=begin + (16 if is_bad and begin > 3 else 0))
        is_test = name.startswith("test.")
        entry = {
            "unique_id": name, "status": "pass" if is_test else "success", "execution_time": took,
            "thread_id": f"Thread-{thread}", "message": None if is_test else "SELECT 3",
            "failures": 0 if is_test else None, "adapter_response": {"rows_affected": 3},
            "timing": [{"name": "execute", "started_at": moment(start),
                        "completed_at": moment(start + timedelta(seconds=took))}],
        }  # fmt: skip
        if is_bad and is_test:
            entry |= {"status": "fail", "failures": 2,
                      "message": "Got 2 results, configured to fail if != 0"}  # fmt: skip
        if is_bad and name.endswith("daily"):
            entry |= {"status": "skipped", "execution_time": 0, "timing": [], "message": None}
        results.append(entry)
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
            "dbt_version": "1.11.16", "generated_at": moment(day + timedelta(seconds=30)),
            "invocation_id": f"{number:08d}-0000-4000-8000-000000000000",
            "invocation_started_at": moment(day),
        },
        "results": results, "elapsed_time": 28.5 if is_bad else 12.5,
        "args": {"which": "build", "invocation_command": "dbt build"},
    }  # fmt: skip


def moment(at: datetime) -> str:
    """As dbt writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_runs(folder: Path) -> None:
    """Keep the results of five runs, each in a folder of its own."""
    for number in range(1, 6):
        kept = folder / str(number)
        kept.mkdir(parents=True)
        (kept / "run_results.json").write_text(json.dumps(run_results(number)))
