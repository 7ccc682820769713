"""Bodies for engines that no test runs on: what they write parses in the engine's dialect."""

from __future__ import annotations

import pytest
import sqlglot
from rendering import PREFIXES, Package

#: Engines on which hashes are offered; elsewhere they raise.
HASHING = ("snowflake", "bigquery", "databricks", "spark", "trino", "postgres", "duckdb")


@pytest.mark.parametrize("engine", HASHING)
@pytest.mark.parametrize("macro", ["row_hash", "surrogate_key"])
def test_hashes_parse_in_the_dialect(engine: str, macro: str) -> None:
    expression = Package(engine).sql(macro, ["order", "Mixed Case"], "o")
    (tree,) = sqlglot.parse(f"select {expression} as hash from orders as o", read=engine)
    columns = {(c.table, c.name) for c in tree.find_all(sqlglot.exp.Column)}
    folded = "ORDER" if engine == "snowflake" else "order"
    alias = "O" if engine == "snowflake" else "o"
    assert columns == {(alias, folded), (alias, "Mixed Case")}


@pytest.mark.parametrize("engine", PREFIXES)
def test_a_quote_in_a_name_stays_inside_of_it(engine: str) -> None:
    name = """a"b`c'd"""
    quoted = Package(engine).sql("quote_identifier", name)
    (tree,) = sqlglot.parse(f"select {quoted} from orders", read=engine)
    assert [c.name for c in tree.find_all(sqlglot.exp.Column)] == [name]
