"""Reads the planted projects (format: README.md beside this file) and asks `lineage pii` of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import headwater
from headwater.core.columns import short_name
from headwater.questions.pii import Pii, PiiTerms, pii
from headwater.questions.pii_rules import parse_pii

HERE = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 23)
PACKAGE = "shop"
KINDS = (
    "source",
    "seed",
    "model",
    "ephemeral",
    "snapshot",
    "python",
    "broken",
    "function",
    "masked_view",
)
_HEAD = re.compile(rf"--\s*({'|'.join(KINDS)}|exposure)\s+([\w.]+)\s*((?:\[[^\]]*\]\s*)*):\s*(.*)$")
_KEY = re.compile(r"--\s*(case|dialect|rules|found|note):\s*(.*)$")
_OPTION = re.compile(r"\[([^\]]*)\]")
_ADAPTERS = {"tsql": "sqlserver", "mysql": "mysql", "oracle": "oracle"}


@dataclass
class Part:
    """A node of a planted project."""

    kind: str
    name: str
    options: list[str]
    columns: dict[str, str]  #: name -> what it declares ("" for nothing)
    sql: str = ""

    @property
    def id(self) -> str:
        if self.kind == "source":
            return f"source.{PACKAGE}.{self.name}"
        kind = self.kind if self.kind in ("seed", "snapshot", "function") else "model"
        return f"{kind}.{PACKAGE}.{self.name}"

    def option(self, word: str) -> str | None:
        found = next((o for o in self.options if o.split()[0] == word), None)
        return None if found is None else found[len(word) :].strip()


@dataclass
class Case:
    """A planted project, and what must be found in it."""

    file: str
    name: str = ""
    dialect: str = "duckdb"
    parts: list[Part] = field(default_factory=list)
    exposures: dict[str, list[str]] = field(default_factory=dict)
    rules: str = ""
    found: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


def read_cases(pattern: str) -> list[Case]:
    """The cases of the files that the pattern fits, in file order."""
    found: list[Case] = []
    for path in sorted(HERE.glob(pattern)):
        found += _read_file(path.name, path.read_text("utf-8"))
    return found


def _read_file(file: str, text: str) -> Iterator[Case]:
    shared = Case(file)
    current = shared
    part: Part | None = None
    for line in text.splitlines():
        key, head = _KEY.match(line), _HEAD.match(line)
        if key and key[1] == "case":
            if current is not shared:
                yield current
            current = Case(file, key[2].strip(), shared.dialect, [*shared.parts])
            part = None
        elif key:
            part = None
            _set(current, key[1], key[2].strip())
        elif head and head[1] == "exposure":
            current.exposures[head[2]] = re.split(r"[,\s]+", head[4].strip())
            part = None
        elif head:
            part = Part(head[1], head[2], _OPTION.findall(head[3]), _columns(head[4]))
            current.parts = [p for p in current.parts if p.name != part.name] + [part]
        elif part is not None:
            part.sql += line + "\n"
    if current is not shared:
        yield current


def _set(case: Case, key: str, value: str) -> None:
    if key == "dialect":
        case.dialect = value
    elif key == "rules":
        case.rules += value + "\n"
    elif key == "found":
        case.found.append(value)


def _columns(text: str) -> dict[str, str]:
    found = {}
    for each in re.findall(r"[\w\"]+\s*(?:\[[^\]]*\])?", text):
        name = each.partition("[")[0].strip()
        found[name.strip('"')] = each.partition("[")[2].rstrip("]").strip() if "[" in each else ""
    return found


# -- as a manifest --------------------------------------------------------------------------------


def manifest(case: Case) -> dict[str, Any]:
    """The manifest that dbt would write."""
    nodes: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    functions: dict[str, Any] = {}
    for part in case.parts:
        where = {"source": sources, "function": functions}.get(part.kind, nodes)
        where[part.id] = _entry(case, part)
    exposures = {
        f"exposure.{PACKAGE}.{name}": {
            **_common("exposure", name),
            "type": "dashboard",
            "owner": {"name": "Ann", "email": "ann@shop.example"},
            "depends_on": {"nodes": [case.part(p).id for p in parents]},
        }
        for name, parents in case.exposures.items()
    }
    adapter = _ADAPTERS.get(case.dialect, case.dialect)
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": "1.11.16",
            "adapter_type": adapter,
            "project_name": PACKAGE,
        },
        "nodes": nodes,
        "sources": sources,
        "functions": functions,
        "exposures": exposures,
        "groups": {},
    }


def _common(kind: str, name: str) -> dict[str, Any]:
    return {
        "resource_type": kind,
        "name": name.rpartition(".")[2],
        "unique_id": f"{kind}.{PACKAGE}.{name}",
        "package_name": PACKAGE,
        "original_file_path": f"models/{name}.sql",
        "fqn": [PACKAGE, *name.split(".")],
        "depends_on": {"nodes": []},
    }


def _entry(case: Case, part: Part) -> dict[str, Any]:
    kind = part.id.partition(".")[0]
    names = "|".join(re.escape(p.name) for p in case.parts if p is not part)
    uses = set(re.findall(rf"\b(?:__dbt__cte__)?({names})\b", part.sql)) if names else set()
    parents = [p.id for p in case.parts if p.name in uses]
    is_own = part.kind in ("ephemeral", "masked_view")
    config: dict[str, Any] = {"materialized": part.kind if is_own else "table"}
    if part.kind == "snapshot":
        config |= {"strategy": "check", "unique_key": "id", "materialized": "snapshot"}
    readable = part.kind not in ("source", "seed", "python", "function")
    meta = yaml.safe_load(part.option("meta") or "{}")
    return {
        **_common(kind, part.name),
        "source_name": part.name.partition(".")[0],
        "relation_name": None if part.kind in ("ephemeral", "function") else part.name,
        "raw_code": part.sql,
        "compiled_code": part.sql if readable else None,
        "language": "python" if part.kind == "python" else "sql",
        "columns": {n: {"name": n, **_declares(said)} for n, said in part.columns.items()},
        "depends_on": {"nodes": parents},
        "config": {**config, "meta": meta},
        "meta": meta,
        "tags": (part.option("tags") or "").split(),
        "access": "public" if part.option("public") is not None else "protected",
        "group": part.option("group"),
    }


def _declares(said: str) -> dict[str, Any]:
    """``email``, ``email pseudonymised``, ``email is varchar``, ``{meta…}``, or ``tag pii``."""
    if not said:
        return {}
    if said.startswith("tag "):
        return {"tags": said[4:].split(), "config": {"tags": said[4:].split()}}
    if said.startswith("{"):
        return {"config": {"meta": yaml.safe_load(said)}}
    said, _, kind = said.partition(" is ")
    name, _, level = said.partition(" ")
    value: Any = {"class": name, "level": level} if level else name
    return {"config": {"meta": {"pii": value}}, **({"data_type": kind} if kind else {})}


# -- asked ----------------------------------------------------------------------------------------


def ask(case: Case, folder: Path) -> Pii:
    """The answer about the planted project."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest(case)), "utf-8")
    loaded = headwater.load(manifest=path, use_cache=False)
    rules = parse_pii({"pii": yaml.safe_load(case.rules) or {}}, "lineage.yml")
    return pii(loaded, PiiTerms(rules, TODAY), loaded.lineages)


def said(answer: Pii) -> list[str]:
    """Every finding as case files write it: rule, place, column it comes through, classes, level."""
    lines = []
    for found in answer.findings:
        place = short_name(found.node) if found.node else "rules"
        if found.column is not None:
            place += f".{found.column}"
        via = f" {short_name(found.via.node)}.{found.via.column}" if found.via else ""
        classes = f" {'+'.join(found.classes)}" if found.classes else ""
        excused = " excused" if found.excused else ""
        lines.append(f"{found.rule} {place}{via}{classes}{excused}")
    return sorted(lines)
