"""The page docs/macros/engines.md: which macro ran where, which only parses, which is not offered.

Made from what `make test-engines` and the tests of dialects recorded in tooling/tests/engines/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import engine_cases

PARSED = ("snowflake", "redshift", "databricks", "fabric", "trino")
EXECUTED = ("postgres", "duckdb", "spark", "sail", "bigquery")
DIALECTS = {"sail": "spark"}
SHOWN = {"duckdb": "DuckDB", "bigquery": "BigQuery"}
HEAD = """# Engines

A macro that is right on one engine may be a syntax error on the next. So this page is not written
by hand: `make test-engines` builds [integration_tests](../../integration_tests) twice on each
engine, notes which macros ran in the cases that passed, and makes the tables of it.

* **executed**: a case that calls the macro, by itself or through another, passed on the engine, on
  the first build and on the second; **executed once**: on the first build, and the second is not
  offered; **executed in make test**: not there, but in tests of its own that every commit passes
  (`python tooling/dev/engine_tests.py` notes which ran in nodes that succeeded).
* **parsed**: rendered through the engine's own dispatch, and every statement parses in its dialect;
  it was not run. [One case or more per macro](../../tooling/tests/dbt/dialect_cases.py), in every
  `make test`.
* **no**: not offered, for a reason that stands below; a helper in *Differences between engines*
  that says no is one that nothing needs there.
"""
SERVERS = """
## What ran

Each engine has an environment of its own, locked in [requirements](../../requirements). Postgres
comes from wheels, 13, of which there is none, from npm, and from the machine where it has one.
BigQuery is an emulator: what is said of it here is said of the emulator.
`make test-engines ENGINES="postgres-14 sail"` runs some of them.

| engine | version | cases passed, twice | passed once | not offered |
|---|---|---|---|---|
"""
REFUSED = """
## Not offered

From [not_offered.yml](../../tooling/tests/engines/not_offered.yml), which the tests obey: what is
not named there must pass.
"""


def render(macros: Iterable[tuple[str, str, str]]) -> str:
    """The page, for macros as triples of theme, label and the name that dbt knows."""
    record = engine_cases.read_record()
    lines = [HEAD.rstrip("\n"), *_table(list(macros), record)]
    lines.append(SERVERS.rstrip("\n"))
    for name, entry in record.items():
        numbers = " | ".join(str(entry[n] or "") for n in ("passed", "passed_once", "not_offered"))
        lines.append(f"| {name} | {entry['version']} | {numbers} |")
    return "\n".join([*lines, REFUSED.rstrip("\n"), *_reasons()]) + "\n"


def _table(
    macros: list[tuple[str, str, str]], record: Mapping[str, dict[str, list[str]]]
) -> list[str]:
    engines, known = (*EXECUTED, *PARSED), _Known(record)
    lines = []
    for theme in dict.fromkeys(theme for theme, _, _ in macros):
        lines += ["", f"## {theme}", "", f"| | {' | '.join(map(_name, engines))} |"]
        lines.append("|---" * (len(engines) + 1) + "|")
        for _, label, name in (macro for macro in macros if macro[0] == theme):
            cells = [known.cell(engine, name) for engine in engines]
            lines.append(f"| [`{label}`](README.md#{label}) | {' | '.join(cells)} |")
    return lines


class _Known:
    """What is known of each macro on each engine."""

    def __init__(self, record: Mapping[str, dict[str, list[str]]]) -> None:
        self._record = record
        self._parsed = engine_cases.read_parsed()
        self._tested = engine_cases.read_tested()

    def cell(self, engine: str, macro: str) -> str:
        """The best that can be said."""
        runs = {n: entry for n, entry in self._record.items() if n.split("-")[0] == engine}
        for kind, words in (("macros", "executed"), ("once", "executed once")):
            where = sorted(name for name, entry in runs.items() if macro in entry[kind])
            if where and len(where) == len(runs):
                return words
            if where:
                versions = dict.fromkeys(name.split("-")[1] for name in where)
                return f"{words} ({', '.join(versions)})"
        if macro in self._tested.get(engine, []):
            return "executed in make test"
        return "parsed" if macro in self._parsed.get(DIALECTS.get(engine, engine), []) else "no"


def _reasons() -> list[str]:
    """By reason: the engines, and what they are not offered."""
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for engine, kinds in engine_cases.reasons().items():
        for kind in ("macros", "cases", "once"):
            by_reason: dict[str, list[str]] = defaultdict(list)
            for name, reason in kinds[kind].items():
                by_reason[reason].append(name)
            for reason, names in by_reason.items():
                found[kind, reason, tuple(sorted(names))].append(engine)
    titles = {"macros": "macros", "cases": "cases", "once": "cases, on a second build"}
    lines = ["", "| | engines | why | |", "|---|---|---|---|"]
    for (kind, reason, left_out), engines in found.items():
        shown = ", ".join(f"`{_short(name)}`" for name in left_out)
        lines.append(f"| {titles[kind]} | {', '.join(map(_name, engines))} | {reason} | {shown} |")
    return lines


def _short(name: str) -> str:
    return name.removeprefix("materialization_").removesuffix("_default")


def _name(engine: str) -> str:
    return SHOWN.get(engine, engine.capitalize())
