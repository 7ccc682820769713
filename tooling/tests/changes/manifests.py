"""One side of a pair as the manifest that dbt would write."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .execution import short, sql_of
from .pair_files import Pair, Part
from .truth import name_of

Json = dict[str, Any]
PACKAGE, DATABASE = "shop", "db"
_NAMED = re.compile(r"\b(raw|main)\.(\w+)")
_BACKTICKS = ("bigquery", "databricks", "spark", "mysql")
_WORDS = re.compile(r"(\w+)\s*\(([^)]*)\)")
_ADAPTERS = {"tsql": "sqlserver"}
_EPHEMERAL = "__dbt__cte__"


def write_sides(pair: Pair, folder: Path) -> tuple[Path, Path]:
    """The manifests of both sides, in ``folder/base/target`` and ``folder/head/target``."""
    made = []
    for side in ("base", "head"):
        target = folder / side / "target"
        target.mkdir(parents=True)
        path = target / "manifest.json"
        path.write_text(json.dumps(manifest(pair, side), indent=1), "utf-8")
        known = catalog(pair, side)
        if known["sources"]:
            path.with_name("catalog.json").write_text(json.dumps(known, indent=1), "utf-8")
        made.append(path)
    return made[0], made[1]


def manifest(pair: Pair, side: str) -> Json:
    """The manifest of one side."""
    return _Writer(pair, side).manifest()


def catalog(pair: Pair, side: str) -> Json:
    """The catalog of the inputs that say ``[catalog]``."""
    writer = _Writer(pair, side)
    sources = {
        node_id("input", part.name): {
            "metadata": {"type": "BASE TABLE", "schema": "raw", "name": part.name.split(".")[1],
                         "database": DATABASE, "comment": None, "owner": None},
            "columns": {name: {"name": name, "type": kind, "index": at, "comment": None}
                        for at, (name, kind) in enumerate(part.columns, 1)},
            "stats": {}, "unique_id": node_id("input", part.name),
        }
        for (kind, _), part in writer.parts.items()
        if kind == "input" and "catalog" in part.options
    }  # fmt: skip
    metadata = writer.manifest()["metadata"]
    schema = "https://schemas.getdbt.com/dbt/catalog/v1.json"
    metadata |= {"dbt_schema_version": schema}
    return {"metadata": metadata, "nodes": {}, "sources": sources, "errors": None}


def node_id(kind: str, name: str, words: str = "") -> str:
    """The unique id; that of a generic test ends in a hash."""
    if kind == "input":
        return f"source.{PACKAGE}.{name}"
    if kind == "test":
        called = name_of(kind, name)
        digest = hashlib.sha256(words.encode()).hexdigest()[:10] if " " in name else ""
        return f"test.{PACKAGE}.{called}" + (f".{digest}" if digest else "")
    if kind == "unit test":
        return f"unit_test.{PACKAGE}.{words.split()[2]}.{name_of(kind, name)}"
    return f"{kind}.{PACKAGE}.{name_of(kind, name)}"


class _Writer:
    """One side of one pair being written."""

    def __init__(self, pair: Pair, side: str) -> None:

        self.pair, self.side = pair, side
        self.parts = pair.side(side)
        self.ids: dict[str, str] = {}
        self.relations: dict[str, str] = {}
        for (kind, name), part in self.parts.items():
            if kind in ("model", "seed", "snapshot", "input"):
                told = name if kind == "input" else f"main.{short(name)}"
                self.ids[told] = node_id(kind, name)
                alias = part.options.get(
                    "alias", short(name.split(".", 1)[1] if kind == "input" else name)
                )
                schema = part.options.get("schema", "raw" if kind == "input" else "main")
                self.relations[told] = self._quoted(DATABASE, schema, alias)

    def manifest(self) -> Json:
        """All of it."""
        nodes = [self._node(kind, name, part) for (kind, name), part in self.parts.items()
                 if kind in ("model", "seed", "snapshot", "test")]  # fmt: skip
        sources = [self._source(p) for (kind, _), p in self.parts.items() if kind == "input"]
        exposures = [self._exposure(p) for (kind, _), p in self.parts.items() if kind == "exposure"]
        units = [self._unit_test(p) for (kind, _), p in self.parts.items() if kind == "unit test"]
        layer = [
            made
            for (kind, _), p in self.parts.items()
            if kind == "metric"
            for made in self._metric(p)
        ]
        every = [*nodes, *exposures, *units, *layer]
        parents = {entry["unique_id"]: entry["depends_on"]["nodes"] for entry in every}
        parents |= {entry["unique_id"]: [] for entry in sources}
        return {
            "metadata": self._metadata(),
            "nodes": _by_id(nodes),
            "sources": _by_id(sources),
            "macros": self._macros(),
            "docs": {},
            "exposures": _by_id(exposures),
            "metrics": _by_id([e for e in layer if e["resource_type"] == "metric"]),
            "groups": {},
            "selectors": {},
            "disabled": {},
            "parent_map": parents,
            "child_map": {key: sorted(c for c, p in parents.items() if key in p) for key in parents},
            "group_map": {},
            "saved_queries": {},
            "semantic_models": _by_id([e for e in layer if e["resource_type"] != "metric"]),
            "unit_tests": _by_id(units),
            "functions": {},
        }  # fmt: skip

    def _metadata(self) -> Json:
        return {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": "1.11.16",
            "generated_at": "2026-11-01T12:00:00.000000Z",
            "invocation_id": "00000000-0000-4000-8000-000000000000",
            "env": {},
            "project_name": PACKAGE,
            "adapter_type": _ADAPTERS.get(self.pair.dialect, self.pair.dialect),
        }

    def _quoted(self, *names: str) -> str:
        sign = "`" if self.pair.dialect in _BACKTICKS else '"'
        if self.pair.dialect == "snowflake":
            return ".".join(names)
        return ".".join(f"{sign}{name}{sign}" for name in names)

    # -- SQL -------------------------------------------------------------------------------------

    def _compiled(self, sql: str) -> str:
        """Relations as dbt prints them; ephemeral models as CTEs before the rest."""
        inner = [n for _, n in _NAMED.findall(sql) if self._is_ephemeral(n)]
        text = _NAMED.sub(lambda m: self._relation(m[0]), sql)
        ctes = ", ".join(
            f"{_EPHEMERAL}{name} as (\n{self._compiled(self.parts['model', name].sql)}\n)"
            for name in dict.fromkeys(inner)
        )
        if not ctes:
            return text
        begin = re.match(r"\s*with\s+", text, re.IGNORECASE)
        return f"with {ctes}, {text[begin.end() :]}" if begin else f"with {ctes} {text}"

    def _is_ephemeral(self, name: str) -> bool:
        part = self.parts.get(("model", name))
        return part is not None and part.options.get("materialized") == "ephemeral"

    def _relation(self, told: str) -> str:
        name = told.split(".", 1)[1]
        return f"{_EPHEMERAL}{name}" if self._is_ephemeral(name) else self.relations[told]

    def _raw(self, name: str, sql: str) -> str:
        told = self.parts.get(("raw", name))
        if told is not None:
            return told.sql.strip()

        def call(match: re.Match[str]) -> str:
            if match[1] == "raw":
                return f"{{{{ source('raw', '{match[2]}') }}}}"
            return f"{{{{ ref('{match[2]}') }}}}"

        return _NAMED.sub(call, sql).strip()

    # -- entries ---------------------------------------------------------------------------------

    def _base(self, kind: str, name: str, called: str) -> Json:
        folder = {"seed": "seeds", "snapshot": "snapshots", "test": "tests"}.get(kind, "models")
        suffix = "csv" if kind == "seed" else "sql"
        return {
            "database": DATABASE, "schema": "main", "name": called, "resource_type": kind,
            "package_name": PACKAGE, "path": f"{called}.{suffix}",
            "original_file_path": f"{folder}/{called}.{suffix}",
            "unique_id": node_id(kind, name, name), "fqn": [PACKAGE, called], "alias": called,
            "description": "", "columns": {}, "meta": {}, "tags": [], "docs": {"show": True},
            "patch_path": None, "build_path": None, "unrendered_config": {}, "created_at": 1.0,
            "doc_blocks": [],
        }  # fmt: skip

    def _node(self, kind: str, name: str, part: Part) -> Json:
        sql = sql_of(part).strip() if kind != "seed" else ""
        called = name_of(kind, name)
        version = part.options.get("version")
        raw = self._raw(name, sql)
        read = list(dict.fromkeys(s + "." + n for s, n in _NAMED.findall(sql)))
        refs = [r for r in read if r.startswith("main.")]
        options = part.options
        declared = self.parts.get(("declared", name))
        entry = self._base(kind, name, called.split(".", maxsplit=1)[0] if version else called) | {
            "relation_name": self._relation_name(kind, name),
            "checksum": {"name": "sha256", "checksum": _digest(raw + options.get("content", ""))},
            "config": self._config(kind, part),
            "raw_code": raw, "language": "sql",
            "refs": [{"name": r[5:], "package": None, "version": None} for r in refs],
            "sources": [r.split(".") for r in read if r.startswith("raw.")],
            "metrics": [], "group": None, "access": options.get("access", "protected"),
            "depends_on": {"macros": [f"macro.{PACKAGE}.{m}" for m in _listed(options.get("uses"))],
                           "nodes": [self.ids[r] for r in read if r in self.ids]},
            "contract": {"enforced": "contract" in options, "checksum": None, "alias_types": True},
            "constraints": [], "version": _version(version),
            "latest_version": _version(options.get("latest")), "deprecation_date": None,
            "columns": _columns(declared or part), "tags": _listed(options.get("tags")),
        }  # fmt: skip
        entry["alias"] = options.get("alias", entry["alias"] if not version else short(name))
        if "depends" in options:
            entry["depends_on"]["nodes"] = [self.ids[r] for r in _listed(options["depends"])]
        if kind == "seed":
            entry |= {"root_path": None}
        elif self._has_ephemeral(sql) or options.get("compiled") != "no":
            entry |= {"compiled": True, "compiled_code": self._compiled(sql),
                      "compiled_path": None, "extra_ctes": [], "extra_ctes_injected": True}  # fmt: skip
        return entry | (self._tested(part) if kind == "test" and not part.sql else {})

    def _relation_name(self, kind: str, name: str) -> str | None:
        if kind == "test" or self._is_ephemeral(name):
            return None
        return self.relations.get(f"main.{short(name)}")

    def _has_ephemeral(self, sql: str) -> bool:
        return any(self._is_ephemeral(name) for _, name in _NAMED.findall(sql))

    def _config(self, kind: str, part: Part) -> Json:
        own = {"uses", "alias", "content", "version", "latest", "contract", "depends", "compiled"}
        default = {"model": "table", "seed": "seed", "snapshot": "snapshot", "test": "test"}[kind]
        config: Json = {
            "enabled": True, "materialized": default, "tags": _listed(part.options.get("tags")),
            "meta": {}, "contract": {"enforced": "contract" in part.options, "alias_types": True},
            "on_schema_change": "ignore", "unique_key": None, "pre-hook": [], "post-hook": [],
            "column_types": {}, "quoting": {}, "grants": {}, "packages": [],
            "full_refresh": None, "persist_docs": {}, "docs": {"show": True},
            "incremental_strategy": None, "group": None, "access": "protected",
        }  # fmt: skip
        if kind == "test":
            config |= {"severity": "ERROR", "where": None}
        for key, value in part.options.items():
            if key == "column_types":
                config[key] = dict([value.split(":")])
            elif key == "check_cols":
                config[key] = value if value == "all" else value.split(",")
            elif key not in own:
                config[key] = (
                    value.split(",") if key == "tags" else {"true": True}.get(value, value)
                )
        return config

    def _tested(self, part: Part) -> Json:
        name, on, *more = part.words.split()
        model, column = on.rsplit(".", 1)
        told = model if model.startswith("raw.") else f"main.{short(model)}"
        kwargs: Json = {
            "column_name": column,
            "model": f"{{{{ get_where_subquery(ref('{model}')) }}}}",
        }
        if name == "accepted_values":
            kwargs["values"] = more
        if name == "relationships":
            to, field = more[-1].rsplit(".", 1)
            kwargs |= {"to": f"ref('{to}')", "field": field}
        return {
            "column_name": column, "attached_node": self.ids.get(told), "file_key_name": f"models.{model}",
            "raw_code": f"{{{{ test_{name}(**_dbt_generic_test_kwargs) }}}}",
            "test_metadata": {"name": name, "kwargs": kwargs, "namespace": None},
            "compiled_code": "\n    \n    \n\n" + self._compiled(sql_of(part)) + "\n\n",
        }  # fmt: skip

    def _source(self, part: Part) -> Json:
        schema, table = part.name.split(".")
        identifier = part.options.get("alias", table)
        return self._base("source", table, table) | {
            "unique_id": node_id("input", part.name), "schema": schema, "source_name": schema,
            "fqn": [PACKAGE, schema, table], "original_file_path": "models/sources.yml",
            "source_description": "", "loader": "", "identifier": identifier, "quoting": {},
            "relation_name": self.relations[part.name], "loaded_at_field": None, "freshness": None,
            "external": None, "source_meta": {}, "config": {"enabled": True},
            "columns": _columns(part), "path": "models/sources.yml",
        }  # fmt: skip

    def _exposure(self, part: Part) -> Json:
        read = [self.ids[f"main.{short(name)}"] for name in part.words.split()[2:]]
        return {
            "name": part.name, "resource_type": "exposure", "package_name": PACKAGE,
            "path": "exposures.yml", "original_file_path": "models/exposures.yml",
            "unique_id": node_id("exposure", part.name), "fqn": [PACKAGE, part.name],
            "type": "dashboard", "owner": {"name": "Finance", "email": "finance@example.org"},
            "description": "", "label": None, "maturity": None, "meta": {}, "tags": [],
            "config": {"enabled": True}, "url": None, "depends_on": {"macros": [], "nodes": read},
            "refs": [], "sources": [], "metrics": [], "created_at": 1.0, "unrendered_config": {},
        }  # fmt: skip

    def _unit_test(self, part: Part) -> Json:
        """``name on model given input(column …) expects (column …)``."""
        words = part.words.split()
        calls = _WORDS.findall(part.words)
        given = [
            {"input": f"ref('{name}')" if "main." + name in self.ids else f"source('raw', '{name}')",
             "rows": [dict.fromkeys(_listed(columns), 1)], "format": "dict", "fixture": None}
            for name, columns in calls if name != "expects"
        ]  # fmt: skip
        expected = next(_listed(columns) for name, columns in calls if name == "expects")
        return {
            "name": words[0], "resource_type": "unit_test", "package_name": PACKAGE,
            "model": words[2], "path": "unit.yml", "original_file_path": "models/unit.yml",
            "unique_id": node_id("unit test", part.name, part.words),
            "fqn": [PACKAGE, words[2], words[0]], "given": given,
            "expect": {"rows": [dict.fromkeys(expected, 1)], "format": "dict", "fixture": None},
            "description": "", "overrides": None, "schema": "main", "created_at": 1.0,
            "depends_on": {"macros": [], "nodes": [self.ids[f"main.{short(words[2])}"]]},
            "config": {"enabled": True, "tags": [], "meta": {}}, "checksum": None, "versions": None,
            "version": None,
        }  # fmt: skip

    def _metric(self, part: Part) -> list[Json]:
        """``name sums model.column by dimension``: a semantic model, and a metric on its measure."""
        name, _, on, _, dimension = part.words.split()
        model, column = on.rsplit(".", 1)
        base = {"package_name": PACKAGE, "path": "metrics.yml", "description": "", "label": name,
                "original_file_path": "models/metrics.yml", "created_at": 1.0, "group": None,
                "config": {"enabled": True}, "tags": [], "meta": {}}  # fmt: skip
        semantic = base | {
            "name": model, "resource_type": "semantic_model", "fqn": [PACKAGE, model],
            "unique_id": f"semantic_model.{PACKAGE}.{model}", "model": f"ref('{model}')",
            "node_relation": {"alias": model, "schema_name": "main", "database": DATABASE,
                              "relation_name": self.relations[f"main.{short(model)}"]},
            "entities": [], "measures": [{"name": name, "agg": "sum", "expr": column}],
            "dimensions": [{"name": dimension, "type": "categorical", "expr": None}],
            "depends_on": {"macros": [], "nodes": [self.ids[f"main.{short(model)}"]]},
            "primary_entity": "row", "defaults": None, "refs": [],
        }  # fmt: skip
        metric = base | {
            "name": name, "resource_type": "metric", "fqn": [PACKAGE, name], "type": "simple",
            "unique_id": f"metric.{PACKAGE}.{name}", "filter": None,
            "type_params": {"measure": {"name": name}, "input_measures": [{"name": name}]},
            "depends_on": {"macros": [], "nodes": [semantic["unique_id"]]},
        }  # fmt: skip
        return [semantic, metric]

    def _macros(self) -> Json:
        return {
            f"macro.{PACKAGE}.{name}": {
                "name": name, "resource_type": "macro", "package_name": PACKAGE,
                "path": f"macros/{name}.sql", "original_file_path": f"macros/{name}.sql",
                "unique_id": f"macro.{PACKAGE}.{name}", "macro_sql": part.sql.strip(),
                "depends_on": {"macros": []}, "description": "", "meta": {}, "arguments": [],
            }
            for (kind, name), part in self.parts.items() if kind == "macro"
        }  # fmt: skip


def _columns(part: Part) -> Json:
    return {
        name: {"name": name, "data_type": kind.removesuffix(" key") or None, "description": "",
               "meta": {}, "tags": [], "constraints": [], "quote": None}
        for name, kind in part.columns
    }  # fmt: skip


def _by_id(entries: list[Json]) -> Mapping[str, Json]:
    return {entry["unique_id"]: entry for entry in entries}


def _listed(text: str | None) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text or "") if word]


def _version(text: str | None) -> int | None:
    return None if text is None else int(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
