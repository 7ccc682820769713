"""The package's macros rendered without dbt: for one engine, in milliseconds.

`Package("postgres").sql("dedup", "orders", ["id"])` gives the SQL that dbt would. Statements are not
run, so macros that ask the warehouse are out of reach, unless a `FakeRelation` knows the answer.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytz
from jinja2 import Environment, Template

MACROS = Path(__file__).resolve().parents[3] / "macros"
# Engine, and the prefixes that dbt looks for in this order.
PREFIXES = {
    "snowflake": ("snowflake", "default"),
    "bigquery": ("bigquery", "default"),
    "databricks": ("databricks", "spark", "default"),
    "spark": ("spark", "default"),
    "redshift": ("redshift", "postgres", "default"),
    "trino": ("trino", "default"),
    "fabric": ("fabric", "default"),
    "postgres": ("postgres", "default"),
    "duckdb": ("duckdb", "default"),
}
_CALLED = {"macro": "{}", "test": "test_{}", "materialization": "materialization_{}_default"}
# Types of Postgres without an order.
UNSORTED = {"json", "xml", "point", "json[]"}


@dataclass(frozen=True)
class FakeRelation:
    """A relation whose columns are known without a warehouse: pairs of name and type."""

    name: str
    columns: tuple[tuple[str, str], ...]
    is_cte: bool = False

    def __str__(self) -> str:
        return self.name


class WrongArgumentError(Exception):
    """What a macro says of an argument; dbt raises a compilation error instead."""


class _Returned(Exception):  # not an error: how dbt's `return` leaves a macro
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Package:
    """The package as dbt shows it to a template: `headwater.<macro>`, dispatched for one engine."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self._environment = _environment()
        self._environment.globals.update(self._context())
        self._texts = _texts_by_macro()
        self._macros: dict[str, Any] = {"known_columns": _known_columns}
        self.called: set[str] = set()

    def sql(self, macro: str, *words: Any, **options: Any) -> str:
        """What a macro writes.

        Raises: WrongArgumentError, with the text that dbt shows.
        """
        return str(getattr(self, macro)(*words, **options)).strip()

    def __getattr__(self, name: str) -> Any:
        if name not in self._texts:
            raise AttributeError(name)
        self.called |= {name, name.partition("__")[2]}
        if name not in self._macros:
            found = _macros_of(self._environment, self._texts[name])
            self._macros = found | self._macros
        return self._macros[name]

    def _context(self) -> dict[str, Any]:
        def leave(value: Any = None) -> None:
            raise _Returned(value)

        def refuse(message: str) -> None:
            raise WrongArgumentError(message)

        return {
            "headwater": self,
            "adapter": SimpleNamespace(dispatch=self._dispatch, type=lambda: self.engine),
            "dbt": _standard_macros(self.engine),
            "exceptions": SimpleNamespace(raise_compiler_error=refuse),
            "modules": SimpleNamespace(re=re, datetime=datetime, pytz=pytz),
            "execute": True,
            "config": SimpleNamespace(get=lambda _name, default=None: default),
            "tojson": json.dumps,
            "var": lambda _name, default=None: default,
            "return": leave,
        }

    def _dispatch(self, name: str, _package: str) -> Any:
        names = [f"{prefix}__{name}" for prefix in PREFIXES[self.engine]]
        return getattr(self, next(found for found in names if found in self._texts))


def note_executed(packages: Iterable[Package]) -> None:
    """Write down what was rendered, where a test has run all of it, for the record of engines."""
    if folder := os.environ.get("HEADWATER_TRACE"):
        with Path(folder, f"{os.getpid()}.jsonl").open("a") as file:
            for package in packages:
                file.write(json.dumps({package.engine: sorted(package.called)}) + "\n")


def _environment() -> Environment:
    return Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=False)


@functools.cache
def _texts_by_macro() -> dict[str, str]:
    """The text of the file that defines a macro, by the macro's name."""
    found = {}
    for path in sorted(MACROS.glob("*/*.sql")):
        text = path.read_text(encoding="utf-8")
        for kind, name in re.findall(r"{%-?\s*(macro|test|materialization)\s+(\w+)", text):
            found[_CALLED[kind].format(name)] = text
    return found


def _known_columns(relation: FakeRelation) -> list[dict[str, Any]]:
    return [
        {"name": name, "type": kind, "sorts": kind not in UNSORTED}
        for name, kind in relation.columns
    ]


def _macros_of(environment: Environment, text: str) -> dict[str, Callable[..., Any]]:
    template = Template.from_code(environment, _code_of(text), environment.make_globals({}))
    module = vars(template.module)
    found = {k.replace("private_", "_", 1): v for k, v in module.items() if callable(v)}
    return {name: _with_return(macro) for name, macro in found.items()}


@functools.cache
def _code_of(text: str) -> Any:
    """Compiled once. Jinja exports no name that begins with an underscore, and knows no tests."""
    text = re.sub(r"{%(-?) test (\w+)", r"{%\1 macro test_\2", text)
    text = re.sub(
        r"{%(-?) materialization (\w+), default", r"{%\1 macro materialization_\2_default()", text
    )
    text = re.sub("end(test|materialization)", "endmacro", text)
    return _environment().compile(text.replace("macro _", "macro private_"))


def _with_return(macro: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(macro)
    def called(*words: Any, **options: Any) -> Any:
        try:
            return macro(*words, **options)
        except _Returned as left:
            return left.value

    return called


def _standard_macros(engine: str) -> SimpleNamespace:
    text = {"postgres": "text", "duckdb": "varchar", "redshift": "varchar"}.get(engine, "string")
    moment = "datetime2(6)" if engine == "fabric" else "timestamp"
    return SimpleNamespace(
        type_string=lambda: text,
        string_literal="'{}'".format,
        escape_single_quotes=lambda given: given.replace("'", "''"),
        type_timestamp=lambda: moment,
        type_bigint=lambda: "bigint",
        type_float=lambda: "double precision" if engine == "postgres" else "double",
        type_boolean=lambda: "bit" if engine == "fabric" else "boolean",
        dateadd="dateadd({0}, {1}, {2})".format,
        date_trunc="date_trunc('{0}', {1})".format,
    )
