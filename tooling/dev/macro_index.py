"""Writes docs/macros/README.md from the .yml beside each macro, and engines.md; `--check` compares.

Where each of them ran, engine_page.py says.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import engine_page
import yaml

REPO = Path(__file__).resolve().parents[2]
INDEX = REPO / "docs" / "macros" / "README.md"
ENGINES_PAGE = INDEX.with_name("engines.md")
THEMES = {
    "deduplication": "Deduplication",
    "incremental": "Incremental",
    "cdc": "Change data capture",
    "history": "History",
    "snapshots": "Snapshots",
    "masking": "Masking",
    "modelling": "Modelling",
    "run_log": "Run log",
    "freshness": "Freshness",
    "identifiers": "Identifiers",
    "generic_tests": "Generic tests",
    "cross_db": "Differences between engines",
}
HEAD = """# Macros

Made from the `.yml` beside each macro; `make check` fails when it is out of date. Every macro is
called as `headwater.<name>`. Which of them runs on which engine: [engines](engines.md).
"""


@dataclass(frozen=True)
class Macro:
    """What the index says of one macro."""

    name: str
    theme: str
    description: str
    arguments: tuple[tuple[str, str, str], ...]
    required: frozenset[str]

    @property
    def is_test(self) -> bool:
        """Whether it is used under `data_tests:` and not called."""
        return self.theme == "generic_tests"

    @property
    def materialization(self) -> str:
        """What `materialized:` calls it, or nothing for a macro of another kind."""
        found = re.fullmatch(r"materialization_(\w+)_default", self.name)
        return found.group(1) if found else ""

    @property
    def label(self) -> str:
        """Its name in a heading, and the stem of its file."""
        return self.materialization or self.name

    @property
    def summary(self) -> str:
        """The first sentence of the description."""
        paragraph = " ".join(self.description.split("\n\n")[0].split())
        return re.split(r"(?<=\.) ", paragraph, maxsplit=1)[0]

    @property
    def signature(self) -> str:
        """The call with its arguments, the optional ones as `name=…`."""
        if self.materialization:
            return f"materialized='{self.materialization}'"
        shown = [
            name if name in self.required else f"{name}=…"
            for name, _, _ in self.arguments
            if not (self.is_test and name == "model")
        ]
        return (
            f"{self.name.removeprefix('test_') if self.is_test else self.name}({', '.join(shown)})"
        )


def read_macros(repo: Path) -> list[Macro]:
    """All public macros, by theme and name."""
    macros = [
        _macro(entry, path)
        for path in sorted((repo / "macros").glob("*/*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["macros"]
    ]
    order = list(THEMES)
    rank = {theme: place for place, theme in enumerate(order)}
    return sorted(macros, key=lambda m: (rank.get(m.theme, len(order)), m.theme, m.name))


def _macro(entry: dict[str, Any], path: Path) -> Macro:
    arguments = entry.get("arguments") or []
    return Macro(
        name=entry["name"],
        theme=path.parent.name,
        description=entry["description"].strip(),
        arguments=tuple((a["name"], a["type"], a["description"]) for a in arguments),
        required=_required(path.with_suffix(".sql").read_text(encoding="utf-8"), entry["name"]),
    )


def _required(sql: str, name: str) -> frozenset[str]:
    """The arguments without a default, read from the macro's own first line."""
    plain = name.removeprefix("test_")
    found = re.search(rf"{{%-?\s*(?:macro|test)\s+(?:{name}|{plain})\s*\(([^)]*)\)", sql)
    parts = found.group(1).split(",") if found else []
    return frozenset(part.strip() for part in parts if part.strip() and "=" not in part)


def render_index(macros: list[Macro]) -> str:
    """The whole page: a table of all macros, then each with its description and arguments."""
    lines = [HEAD, "| macro | what it gives |", "|---|---|"]
    for macro in macros:
        anchor = f"[`{macro.signature}`](#{macro.label})"
        lines.append(f"| {anchor} | {_cell(macro.summary)} |")
    for theme in dict.fromkeys(macro.theme for macro in macros):
        lines += ["", f"## {THEMES.get(theme, theme)}"]
        for macro in (m for m in macros if m.theme == theme):
            lines += _section(macro)
    return "\n".join(lines) + "\n"


def _section(macro: Macro) -> list[str]:
    source = f"../../macros/{macro.theme}/{macro.label}.sql"
    link = f"[`{macro.signature}`]({source})"
    lines = ["", f"### {macro.label}", "", link, "", macro.description]
    if macro.arguments:
        lines += ["", "| argument | type | |", "|---|---|---|"]
    for name, kind, description in macro.arguments:
        lines.append(f"| `{name}` | `{kind}` | {_cell(description)} |")
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(words: list[str]) -> int:
    """0, or 1 when `--check` finds a page out of date."""
    macros = read_macros(REPO)
    rows = [(THEMES.get(m.theme, m.theme), m.label, m.name) for m in macros]
    pages = {
        INDEX: render_index(macros),
        ENGINES_PAGE: engine_page.render(rows),
    }
    if "--check" not in words:
        INDEX.parent.mkdir(parents=True, exist_ok=True)
        for page, text in pages.items():
            page.write_text(text, encoding="utf-8")
        return 0
    for page, text in pages.items():
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            shown = page.relative_to(REPO).as_posix()
            print(f"{shown}: out of date; run `python tooling/dev/macro_index.py`", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
