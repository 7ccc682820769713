"""The tables of RESULTS.md: goals against what was measured, then one section per question."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("sqlglot", "sqlglotc", "msgspec", "networkx", "typer")


@dataclass(frozen=True, slots=True)
class Goal:
    """What was wanted and what came out; ``ok`` is None when it was not measured."""

    what: str
    wanted: str
    measured: str
    ok: bool | None


@dataclass(slots=True)
class Section:
    """One question: how it was asked (a command), a table, and what to know about it."""

    title: str
    command: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Results:
    """Everything that one run measured."""

    command: str
    goals: list[Goal] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def limit(self, what: str, measured: float, at_most: float, unit: str = "") -> None:
        """A goal that a figure stays at or below a limit."""
        goal = Goal(what, f"≤ {number(at_most)}{unit}", f"{number(measured)}{unit}", None)
        self.goals.append(Goal(goal.what, goal.wanted, goal.measured, measured <= at_most))


def number(value: float) -> str:
    """A figure with as many digits as mean something."""
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    return (
        f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    )


def percent(value: float) -> str:
    """A share, rounded down so that only the whole is 100 %."""
    if value == 1:
        return "100 %"
    return f"{int(value * 10_000) / 100:.2f} %"


def render(results: Results) -> str:
    """The whole document as Markdown."""
    parts = ["# Results", "", *_about(results), "", "## Goals", ""]
    words = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(g.what, g.wanted, g.measured, words[g.ok]) for g in results.goals]
    parts += _table(("what", "goal", "measured", "met"), rows)
    for section in results.sections:
        parts += ["", f"## {section.title}", ""]
        if section.command:
            parts += ["```sh", section.command, "```", ""]
        if section.rows:
            parts += _table(section.columns, section.rows)
        parts += [line for note in section.notes for line in ("", note)]
    return "\n".join(parts) + "\n"


def _about(results: Results) -> list[str]:
    installed = []
    for name in _PACKAGES:
        try:
            installed.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            installed.append(f"no {name}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return [
        f"Measured {datetime.now(UTC):%Y-%m-%d} by `{results.command}` on {_processor()}, "
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"{', '.join(installed)}. Load of the machine at the end: {load:.1f}.",
        "",
        "CPU seconds are user + system of the whole process with its children, from the start of "
        "the interpreter to its end, the smallest of several runs. Wall clock depends on what else "
        "the machine did. Ratios compare figures of this one run. What is measured is a copy of "
        "the code made at its start: an edit meanwhile would change the keys of every cache.",
    ]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.partition(":")[2].strip() for line in file if "model name" in line]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.processor() or platform.machine()


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    def line(cells: Sequence[object]) -> str:
        shown = [number(c) if isinstance(c, (int, float)) else str(c) for c in cells]
        return f"| {' | '.join(shown)} |"

    return [line(columns), "|" + "---|" * len(columns), *map(line, rows)]
