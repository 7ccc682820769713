"""Bodies for engines that no test runs on: what they write parses in the engine's dialect."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlglot
from jinja2 import Environment

MACROS = Path(__file__).resolve().parents[3] / "macros"
# Engine, and the prefixes that dbt looks for in this order.
ENGINES = {
    "snowflake": ("snowflake", "default"),
    "bigquery": ("bigquery", "default"),
    "databricks": ("databricks", "spark", "default"),
    "spark": ("spark", "default"),
    "trino": ("trino", "default"),
    "postgres": ("postgres", "default"),
    "duckdb": ("duckdb", "default"),
}


class _Package:
    """The package as dbt shows it to a template: `headwater.<macro>`, dispatched for one engine."""

    def __init__(self, engine: str) -> None:
        def dispatch(name: str, _package: str) -> Any:
            found = [f"{p}__{name}" for p in ENGINES[engine] if f"{p}__{name}" in self.macros]
            return self.macros[found[0]]

        environment = Environment(extensions=["jinja2.ext.do"], autoescape=False)
        environment.globals.update(
            headwater=self,
            adapter=SimpleNamespace(dispatch=dispatch, type=lambda: engine),
            dbt=SimpleNamespace(type_string=lambda: "string"),
            execute=True,
            var=lambda _name, default: default,
        )
        environment.globals["return"] = lambda value: value
        self.macros: dict[str, Any] = {}
        for path in sorted(MACROS.glob("*/*.sql")):
            text = path.read_text(encoding="utf-8")
            if re.search(r"{% test ", text) is None:
                # Jinja exports no name that begins with an underscore.
                module = environment.from_string(text.replace("macro _", "macro private_")).module
                found = {k.replace("private_", "_"): v for k, v in vars(module).items()}
                self.macros |= {k: v for k, v in found.items() if callable(v)}

    def __getitem__(self, name: str) -> Any:
        return self.macros[name]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("macro", ["row_hash", "surrogate_key"])
def test_hashes_parse_in_the_dialect(engine: str, macro: str) -> None:
    expression = _Package(engine)[macro](["order", "Mixed Case"], "o").strip()
    (tree,) = sqlglot.parse(f"select {expression} as hash from orders as o", read=engine)
    columns = {(c.table, c.name) for c in tree.find_all(sqlglot.exp.Column)}
    folded = "ORDER" if engine == "snowflake" else "order"
    alias = "O" if engine == "snowflake" else "o"
    assert columns == {(alias, folded), (alias, "Mixed Case")}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quote_in_a_name_stays_inside_of_it(engine: str) -> None:
    name = """a"b`c'd"""
    quoted = _Package(engine)["quote_identifier"](name).strip()
    (tree,) = sqlglot.parse(f"select {quoted} from orders", read=engine)
    assert [c.name for c in tree.find_all(sqlglot.exp.Column)] == [name]
