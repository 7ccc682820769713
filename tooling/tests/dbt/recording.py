"""The package run without dbt and without a warehouse: every statement that it would send, by engine.

After `Recorder("snowflake", config={...}).written("materialization_upsert_default")` its `sent` are
what dbt would run; the warehouse's answers are made up. `reached` are the macros that were called on
the way. Good for "does it parse", not for "is it right".
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from rendering import FakeRelation, Package

COLUMNS = (("id", "integer"), ("part", "varchar"), ("Happened On", "date"), ("note", "varchar"))
OWN = (("is_deleted", "boolean"), ("deleted_at", "timestamp"))


@dataclass(frozen=True)
class Table(FakeRelation):
    """A relation as a materialization holds it."""

    name: str = "shop.orders"
    columns: tuple[tuple[str, str], ...] = COLUMNS
    schema: str = "shop"
    database: str | None = None
    identifier: str = "orders"
    type: str | None = "table"
    is_view: bool = False
    is_table: bool = True

    def incorporate(self, **changes: Any) -> Table:
        """Another relation, as dbt's method of that name."""
        path = changes.pop("path", {})
        identifier = path.get("identifier", self.identifier)
        columns = COLUMNS if identifier.startswith("hw_") else self.columns  # a staged batch
        return replace(self, name=f"shop.{identifier}", identifier=identifier, columns=columns)

    def include(self, **_: Any) -> Table:
        return self

    def render(self) -> str:
        return self.name

    def get(self, name: str, default: Any = None) -> Any:
        return getattr(self, name, default)


class _Row(list[Any]):
    def values(self) -> list[Any]:
        """The fields, as a row of agate gives them."""
        return self


class Recorder(Package):
    """A package whose statements are written down instead of run."""

    def __init__(
        self,
        engine: str,
        config: Mapping[str, Any] | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(engine)
        self.sent: list[str] = []
        self.reached: set[str] = set()
        self._config = dict(config or {})
        self._answers = dict(answers or {})
        self._last: dict[str, Any] = {}
        self._environment.globals.update(self._warehouse())

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        self.reached |= {name, name.partition("__")[2]}  # of postgres__x, also x
        return found

    def written(self, macro: str, *words: Any, **options: Any) -> list[str]:
        """What the macro returns, as texts; what it sends to the warehouse is in `sent`."""
        self._environment.globals["sql"] = "select * from shop.source"
        returned = getattr(self, macro)(*words, **options)
        texts = returned if isinstance(returned, list) else [returned]
        return [text.strip() for text in texts if isinstance(text, str) and text.strip()]

    def _warehouse(self) -> dict[str, Any]:
        column = SimpleNamespace
        context = self._environment.globals
        context["adapter"].get_columns_in_relation = lambda relation: [
            column(name=name, data_type=kind, dtype=kind) for name, kind in relation.columns
        ]
        context["adapter"].get_column_schema_from_query = lambda _: [
            column(name=name, data_type=kind, dtype=kind) for name, kind in COLUMNS
        ]
        context["adapter"].add_query = self._add_query
        context["adapter"].commit = lambda: ""
        context["adapter"].get_relation = lambda **_: Table()
        config = SimpleNamespace(
            get=lambda name, default=None: self._config.get(name, default),
            require=lambda name: self._config[name],
            persist_relation_docs=lambda: False,
        )
        nothing = lambda *_, **__: ""  # noqa: E731
        return {
            "this": self._answers.get("this", Table()),
            "target": SimpleNamespace(type=self.engine, name=self.engine, schema="shop"),
            "config": config,
            "model": SimpleNamespace(
                name="orders", columns={}, batch=self._answers.get("batch"), config={},
                depends_on=SimpleNamespace(nodes=[]), unique_id="model.shop.orders",
            ),
            "flags": SimpleNamespace(EMPTY=False, SAMPLE=None, FULL_REFRESH=False),
            "invocation_id": "an invocation",
            "local_md5": lambda text: hashlib.md5(text.encode()).hexdigest(),
            "should_full_refresh": lambda: False,
            "load_cached_relation": lambda relation: self._answers.get("this", relation),
            "make_temp_relation": lambda relation, *_: relation,
            "get_create_table_as_sql": lambda _, relation, sql: f"create table {relation} as {sql}",
            "statement": self._statement,
            "load_result": lambda name: self._last[name],
            "run_query": self._run_query,
            "pre_hooks": [], "post_hooks": [],
            "fromjson": json.loads,
            "run_started_at": datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC),
            "api": SimpleNamespace(
                Relation=SimpleNamespace(create=lambda **_: Table()),
                Column=lambda name, kind: SimpleNamespace(name=name, data_type=kind),
            ),
            "env_var": lambda _, default="": default,
            "ref": lambda *_: FakeRelation("shop.orders", COLUMNS),
            "source": lambda *_: FakeRelation("shop.orders", COLUMNS),
            "namespace": context["namespace"],
            "load_relation": lambda relation: relation,
            **dict.fromkeys(
                ("print", "run_hooks", "apply_grants", "persist_docs", "create_indexes", "log",
                 "get_assert_columns_equivalent", "alter_column_type",
                 "alter_relation_add_remove_columns"), nothing,
            ),
        }  # fmt: skip

    def _statement(self, name: str | None = None, *, caller: Callable[[], str], **_: Any) -> str:
        text = caller()
        self.sent.append(text)
        self._last[name or ""] = SimpleNamespace(
            data=[row] if (row := self._answers.get(name or "", [1] * 12)) else []
        )
        return ""

    def _add_query(self, text: str, **_: Any) -> tuple[None, None]:
        self.sent.append(text)
        return None, None

    def _run_query(self, text: str) -> Any:
        self.sent.append(text)
        row = _Row(self._answers.get("run_query", [2]))
        return SimpleNamespace(
            rows=[row],
            columns=[SimpleNamespace(values=lambda value=value: [value]) for value in row],
        )
