"""Which cases of integration_tests/ an engine is offered, and the record of what ran where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from locked import REPO

ENGINES = REPO / "tooling" / "tests" / "engines"
NOT_OFFERED = ENGINES / "not_offered.yml"
RECORD = ENGINES / "record.json"
PARSED = ENGINES / "parsed.json"
TESTED = ENGINES / "tested.json"
PROJECT = REPO / "integration_tests"
KINDS = {"cases", "once", "macros"}


@dataclass(frozen=True)
class Cases:
    """The names of the cases that an engine is not offered.

    removed: models and seeds, which may not even parse there. excluded: tests. once: nodes that are
    built a first time only.
    """

    removed: frozenset[str]
    excluded: frozenset[str]
    once: frozenset[str]


def reasons() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By engine and kind, the reason why each name is not offered.

    Raises: ValueError when the file says anything else.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for engine, kinds in yaml.safe_load(NOT_OFFERED.read_text(encoding="utf-8")).items():
        if unknown := set(kinds or {}) - KINDS:
            raise ValueError(f"{NOT_OFFERED.name}: {engine}: unknown {sorted(unknown)}")
        found[engine] = {kind: _by_name((kinds or {}).get(kind) or {}) for kind in sorted(KINDS)}
    return found


def _by_name(by_reason: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: reason for reason, names in by_reason.items() for name in names}


def copy_cases(target: str, folder: Path) -> Cases:
    """Copy the project without the models and seeds that the target is not offered.

    Raises: ValueError when a name stands for nothing, so that the list can't outlive its cases.
    """
    ours = reasons().get(target, {})
    named, once = set(ours.get("cases", {})), set(ours.get("once", {}))
    away = shutil.ignore_patterns("target", "logs", "dbt_packages", "*.duckdb*")
    shutil.copytree(PROJECT, folder, ignore=away)
    (folder / "packages.yml").write_text(json.dumps({"packages": [{"local": str(REPO)}]}))
    removed = set()
    for path in sorted(folder.glob("*/**/*")):
        if path.suffix in (".sql", ".csv") and path.stem in named:
            path.unlink()
            removed.add(path.stem)
    tests = set()
    for path in sorted(folder.glob("*/**/*.yml")):
        tests |= _without(path, removed)
    stems = {path.stem for path in folder.glob("*/**/*.*")}
    if unknown := sorted(named - removed - tests) + sorted(once - stems - tests):
        raise ValueError(f"{NOT_OFFERED.name}: {target}: no case '{unknown[0]}'")
    return Cases(frozenset(removed), frozenset(named - removed), frozenset(once))


def _without(path: Path, removed: set[str]) -> set[str]:
    """Write the properties without those of the removed nodes; gives the names of its tests."""
    entries: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind in ("models", "seeds"):
        entries[kind] = [e for e in entries.get(kind, []) if e["name"] not in removed]
    units = [u for u in entries.get("unit_tests", []) if u["model"] not in removed]
    entries["unit_tests"] = units
    path.write_text(json.dumps({kind: found for kind, found in entries.items() if found}))
    names = {unit["name"] for unit in units}
    for node in entries["models"]:
        for test in node.get("data_tests", []):
            if isinstance(test, dict):
                names |= {body["name"] for body in test.values() if "name" in body}
    return names


def read_record() -> dict[str, Any]:
    """What ran where, by engine; empty before the first run."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.exists() else {}


def read_parsed() -> dict[str, list[str]]:
    """The macros that parse in each engine's dialect; empty before the first run."""
    return dict(json.loads(PARSED.read_text(encoding="utf-8"))) if PARSED.exists() else {}


def read_tested() -> dict[str, list[str]]:
    """The macros that ran in tests of their own, by engine; empty before the first run."""
    return dict(json.loads(TESTED.read_text(encoding="utf-8"))) if TESTED.exists() else {}


def record_tested(macros: Mapping[str, list[str]]) -> None:
    """Put what ran in tests in the place of what did."""
    TESTED.write_text(json.dumps(macros, indent=1) + "\n", encoding="utf-8")


def record_parsed(macros: Mapping[str, list[str]]) -> None:
    """Put what parses in the place of what did."""
    PARSED.write_text(json.dumps(macros, indent=1) + "\n", encoding="utf-8")


def record(engine: str, entry: Mapping[str, object]) -> None:
    """Put an engine's entry in the place of its last one."""
    entries = read_record() | {engine: dict(entry)}
    text = json.dumps(dict(sorted(entries.items())), indent=1)
    RECORD.write_text(text + "\n", encoding="utf-8")
