"""Projects written as SQL texts, understood without artifacts; what is felt, in a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from headwater.changes.propagate import Propagation, propagate
from headwater.core.changes import Change, ChangeKind, Verdict
from headwater.core.columns import Column, ColumnRef, short_name
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.pipeline.loading import Loaded
from headwater.pipeline.parsing import Tools, parse_project
from headwater.sql.kept import with_table_columns
from headwater.sql.parse import parse_node

_REF = re.compile(r"\{(\w+)\}")


def node_id(name: str) -> str:
    """``raw`` and ``raw_…`` are sources, ids stay, all else is a model."""
    if "." in name:
        return name
    return f"source.shop.raw.{name}" if name.startswith("raw") else f"model.shop.{name}"


def relation(name: str) -> str:
    return f'"db"."{"raw" if name.startswith("raw") else "main"}"."{name}"'


def source(name: str, columns: str = "", **more: Any) -> Node:
    """A source whose columns are known for sure, unless none are given."""
    known = tuple(Column(c) for c in columns.split()) or None
    return Node(
        node_id(name), "source", name, relation=relation(name), catalog_columns=known, **more
    )


def model(name: str, sql: str = "", kind: str = "model", **more: Any) -> Node:
    """A model; ``{raw}`` in its SQL is a ref."""
    parents = tuple(dict.fromkeys(node_id(found) for found in _REF.findall(sql)))
    text = _REF.sub(lambda found: relation(found[1]), sql) or None
    values: dict[str, Any] = {"sql": text, "raw_sql": text, "parents": parents}
    values |= {"materialized": "table", "path": f"models/{name}.sql", "relation": relation(name)}
    key = f"{kind}.shop.{name}"
    return Node(key, kind, name, "shop", **(values | more))


def generic_test(test: str, on: str, column: str, **arguments: Any) -> Node:
    """A generic test without SQL at hand, as after ``dbt parse``."""
    kwargs = {"column_name": column, **arguments}
    others = [node_id(name) for name in _REF.findall(str(arguments.get("to", "")))]
    return Node(
        f"test.shop.{test}_{on}_{column}.0123456789",
        "test",
        f"{test}_{on}_{column}",
        "shop",
        parents=(node_id(on), *others),
        extra={
            "test_type": "generic",
            "column_name": column,
            "attached_node": node_id(on),
            "test_metadata": {"name": test, "kwargs": kwargs},
        },
    )


def reader(kind: str, name: str, *parents: str, **more: Any) -> Node:
    """An exposure, metric, unit test …"""
    return Node(
        f"{kind}.shop.{name}", kind, name, "shop", parents=tuple(map(node_id, parents)), **more
    )


def understood(*nodes: Node, adapter: str = "postgres") -> Loaded:
    """The project of these nodes."""
    ordered = {n.id: n for n in sorted(nodes, key=lambda n: n.id)}
    project = Project("shop", adapter, "1.11.0", 12, "", ordered)
    tools = Tools(
        adapter,
        lambda tasks: [parse_node(*task) for task in tasks],
        table=with_table_columns,
    )
    lineages, _ = parse_project(project, tools)
    return Loaded(project, build_graph(project, lineages), lineages)


def change(place: str, kind: ChangeKind, other: str = "") -> Change:
    """``stg.amount`` is a column, ``stg`` the rows or the whole."""
    name, _, column = place.partition(".") if not place.count(".") > 1 else (place, "", "")
    return Change(ColumnRef(node_id(name), column or None), kind, "a test", other=other)


def after(loaded: Loaded, place: str, kind: ChangeKind, other: str = "") -> Propagation:
    """What one change does."""
    return propagate(loaded, [change(place, kind, other)])


def felt(said: Propagation) -> Mapping[str, str]:
    """By place (``fct.total``, ``fct`` for its rows or the whole): the worst verdict in a word."""
    found: dict[str, Verdict] = {}
    for hit in said.hits:
        name = re.sub(r"\.0123456789$", "", short_name(hit.place.node))
        place = f"{name}.{hit.place.column}" if hit.place.column else name
        found[place] = max(found.get(place, Verdict.UNTOUCHED), hit.verdict)
    return {place: found[place].name.lower() for place in sorted(found)}


RAW_SHOP = source("raw", "id amount status")
