"""Loads the shop's files and its API into the raw tables that the demo's models read, with dlt.

``python load.py --files FOLDER --api http://127.0.0.1:8080 --schema shop_raw``; the destination is
the Postgres that the ``PG*`` variables name, the API's token is ``SHOP_API_TOKEN``. How each table
is extracted:

====================  ============================================================================
customers, products   a file that is replaced: read whole each time
exchange_rates        files that are added: those that came since the last load
orders                an API with a cursor: rows changed since then, in pages, merged by key
order_lines           the same
payments              the same
customer_changes      an API's log: entries delivered since then, appended, repeats and all
====================  ============================================================================

What was loaded up to when is dlt's state, which it keeps in the destination too. Types are those
of the sources in ``models/demo/staging/sources.yml``; ``_dlt_loads`` has a row for each load.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dlt
import yaml
from dlt.sources.filesystem import filesystem
from dlt.sources.rest_api import rest_api_resources

REPO = Path(__file__).resolve().parents[3]
SOURCES = REPO / "models" / "demo" / "staging" / "sources.yml"
TYPES: Mapping[str, Mapping[str, Any]] = {
    "integer": {"data_type": "bigint", "precision": 32},
    "bigint": {"data_type": "bigint"},
    "text": {"data_type": "text"},
    "boolean": {"data_type": "bool"},
    "date": {"data_type": "date"},
    "timestamp": {"data_type": "timestamp", "timezone": False},
}
#: What of the API is merged by which key.
MERGED = {
    "orders": ["order_id"],
    "order_lines": ["order_id", "line_number"],
    "payments": ["payment_id"],
}
BEGINNING = "1970-01-01T00:00:00Z"


def column_types(name: str) -> dict[str, Any]:
    """dlt's hints for the columns of a source of the demo."""
    tables = yaml.safe_load(SOURCES.read_text("utf-8"))["sources"][0]["tables"]
    columns = next(table["columns"] for table in tables if table["name"] == f"raw_{name}")
    return {column["name"]: _hint(column["data_type"]) for column in columns}


def _hint(data_type: str) -> dict[str, Any]:
    if data_type.startswith("numeric"):
        precision, scale = data_type.removeprefix("numeric(").removesuffix(")").split(",")
        return {"data_type": "decimal", "precision": int(precision), "scale": int(scale)}
    return dict(TYPES[data_type])


def rows_of_csv(files: list[Any]) -> Iterator[list[dict[str, str | None]]]:
    """The rows of each CSV file by column; an empty field is a missing value."""
    for file in files:
        with file.open(mode="rt", encoding="utf-8") as text:
            yield [
                {name: value or None for name, value in row.items()} for row in csv.DictReader(text)
            ]


def from_files(folder: Path) -> list[Any]:
    """Resources of the folder's CSV files: two that are replaced, and one that is added to."""
    return [
        _file("customers", filesystem(folder.as_uri(), file_glob="customers.csv"), "replace"),
        _file("products", filesystem(folder.as_uri(), file_glob="products.csv"), "replace"),
        _file(
            "exchange_rates",
            filesystem(
                folder.as_uri(),
                file_glob="exchange_rates/*.csv",
                incremental=dlt.sources.incremental("modification_date"),
            ),
            "append",
        ),
    ]


def _file(name: str, files: Any, disposition: Any) -> Any:
    return dlt.transformer(
        rows_of_csv,
        data_from=files,
        name=f"raw_{name}",
        columns=column_types(name),
        write_disposition=disposition,
    )


def from_api(address: str, token: str) -> list[Any]:
    """Resources of the API: pages of what changed since the last load."""
    changed = [_endpoint(name, "updated_at", "merge", key) for name, key in MERGED.items()]
    log = _endpoint("customer_changes", "loaded_at", "append", None)
    return rest_api_resources(
        {
            "client": {
                "base_url": address,
                "auth": {"type": "bearer", "token": token},
                "paginator": {"type": "page_number", "base_page": 1, "total_path": "pages"},
            },
            "resources": [*changed, log],
        }
    )


def _endpoint(name: str, cursor: str, disposition: str, key: list[str] | None) -> dict[str, Any]:
    """One endpoint; without a key, a row that stands at the cursor is known by its content."""
    return {
        "name": f"raw_{name}",
        "write_disposition": disposition,
        "primary_key": key,
        "columns": column_types(name),
        "endpoint": {
            "path": name,
            "data_selector": "rows",
            "incremental": {
                "cursor_path": cursor,
                "start_param": "since",
                "initial_value": BEGINNING,
            },
        },
    }


def main() -> None:
    """Load, and say how many rows came for each table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--state", type=Path, help="folder for dlt's own files")
    given = parser.parse_args()
    pipeline = dlt.pipeline(
        "shop",
        destination=dlt.destinations.postgres(credentials=_credentials()),
        dataset_name=given.schema,
        pipelines_dir=str(given.state) if given.state else None,
    )
    pipeline.run([*from_files(given.files), *from_api(given.api, os.environ["SHOP_API_TOKEN"])])
    counts = pipeline.last_trace.last_normalize_info.row_counts
    for table in sorted(name for name in counts if name.startswith("raw_")):
        print(f"{table}: {counts[table]} rows")


def _credentials() -> dict[str, Any]:
    names = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER", "password": "PGPASSWORD",
             "database": "PGDATABASE"}  # fmt: skip
    return {name: os.environ[variable] for name, variable in names.items()}


if __name__ == "__main__":
    main()
