"""Prints TPC-H and TPC-DS as DuckDB's own extensions know them: schemas and query texts, as JSON.

Run by the Python of an environment that has the two extensions (``requirements/tpc.txt``); the
extensions are published for one DuckDB version only, which is why they live apart.
"""

import importlib.util
import json
import sys
from pathlib import Path

import duckdb


def main() -> None:
    """One JSON object: suite -> {schema: {table: {column: type}}, queries: {number: SQL}}."""
    found = {}
    for suite, generator in (("tpch", "dbgen"), ("tpcds", "dsdgen")):
        spec = importlib.util.find_spec(f"duckdb_extension_{suite}")
        if spec is None or spec.origin is None:
            sys.exit(f"the package duckdb-extension-{suite} is not installed")
        (binary,) = Path(spec.origin).parent.rglob(f"{suite}.duckdb_extension")
        connection = duckdb.connect()
        connection.execute(f"load '{binary}'")
        connection.execute(f"call {generator}(sf = 0)")
        columns = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by table_oid, column_index"
        ).fetchall()
        schema: dict[str, dict[str, str]] = {}
        for table, column, type_ in columns:
            schema.setdefault(table, {})[column] = type_
        queries = connection.execute(
            f"select query_nr, query from {suite}_queries() order by 1"
        ).fetchall()
        found[suite] = {
            "schema": schema,
            "queries": {f"{number:02d}": sql for number, sql in queries},
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
