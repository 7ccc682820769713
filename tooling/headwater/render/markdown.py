"""GitHub Markdown that fits into one pull request comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from headwater.core.report import Cell, Fact, Report, Table, Timeline
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, folded, gap_table, safe_text
from headwater.render.timeline import timeline_lines

_MARKS = {"good": "✅ ", "warn": "⚠️ ", "bad": "❌ "}
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Underscores inside a word mean nothing to GitHub: leaving them keeps the text readable.
_PUNCTUATION = re.compile(r"[\\`*\[\]~|$]|(?<!\w)_+|_+(?!\w)|#(?=\d)")
_MENTION = re.compile(r"(?<![\w`])@(?=\w)")
_TIMELINE_WIDTH = 100
_RESERVE = 600  # characters kept for the coverage and the pointer line


def render(report: Report, options: RenderOptions) -> str:
    """Headings, a list of facts and tables, at most ``options.limit`` characters.

    What does not fit is cut by whole rows, and the last line says how many rows are missing and
    where they are. Names that look like ``@mentions`` notify nobody. A report with a headline
    begins with a comment that nobody sees, by which a bot finds its own comment again.
    """
    page = _Page(max(options.limit - _RESERVE - len(report.coverage), 0))
    if report.headline is not None:
        page.add(marker(options.command))
    page.add(f"### {_heading(report)}\n")
    page.add("".join(_fact_line(fact) for fact in report.facts))
    for table in report.tables:
        _add_table(page, table)
    if report.timeline.bars:
        _add_timeline(page, report.timeline)
    if report.gaps:
        _add_table(page, replace(gap_table(report.gaps, len(report.gaps)), is_detail=True))
    ending = []
    if report.coverage:
        ending.append(f"_{_escaped(report.coverage)}_\n")
    if page.cut:
        where = f"{_escaped(options.full)} has" if options.full else "the json and csv formats have"
        ending.append(
            f"_Cut at {options.limit:,} characters: {page.cut:,} rows are not shown; "
            f"{where} them all._\n"
        )
    return "\n".join(part for part in (*page.blocks, *ending) if part)


def _add_timeline(page: _Page, timeline: Timeline) -> None:
    """As text between fences, which no line of it can close."""
    lines = [line.replace("`", "'") for line, _ in timeline_lines(timeline, _TIMELINE_WIDTH)]
    text = "\n".join([f"#### {_escaped(timeline.title)}\n", "```text", *lines, "```\n"])
    if page.add(text):
        page.add(_escaped(timeline.note) + "\n")


def marker(command: str) -> str:
    """The first line of a comment that is to be found again and replaced."""
    return f"<!-- lineage:{command or 'answer'} -->\n"


def _heading(report: Report) -> str:
    if report.headline is None:
        return _escaped(report.title)
    mark = _MARKS.get(report.headline.level, "")
    return f"{mark}{_escaped(report.title)}: {_cell(report.headline.value)}"


class _Page:
    """Blocks of text, as long as there is room."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.blocks: list[str] = []
        self.cut = 0

    def add(self, text: str) -> bool:
        """Whether the text fitted; what does not fit is left out."""
        if len(text) + 1 > self.room:
            return False
        self.room -= len(text) + 1
        self.blocks.append(text)
        return True

    def extend(self, text: str) -> bool:
        """Like `add`, but continues the last block."""
        if len(text) > self.room:
            return False
        self.room -= len(text)
        self.blocks[-1] += text
        return True


def _fact_line(fact: Fact) -> str:
    mark, label, value = _MARKS.get(fact.level, ""), _escaped(fact.label), _cell(fact.value).strip()
    return f"- {mark}{label}: **{value}**\n" if value else f"- {mark}{label}\n"


def _add_table(page: _Page, table: Table) -> None:
    """The table; a detail is folded behind its title and the number of its rows."""
    opening, closing = (f"#### {_escaped(table.title)}\n\n" if table.title else ""), ""
    if table.is_detail:
        opening, closing = _folding(table)
    if not table.rows:
        page.add(f"{opening}none\n{closing}")
        return
    page.room -= len(closing)
    if not page.add(opening + _head(table)):
        page.cut += len(table.rows)
        page.room = 0
        return
    _add_rows(page, table)
    page.blocks[-1] += closing


def _folding(table: Table) -> tuple[str, str]:
    title = _escaped(table.title)
    if not re.search(r"\d", title):
        title += f" ({len(table.rows):,})"
    return f"<details><summary>{title}</summary>\n\n", "\n</details>\n"


def _add_rows(page: _Page, table: Table) -> None:
    for number, row in enumerate(folded(table)):
        if not page.extend(_row(row)):
            page.cut += len(table.rows) - number
            page.room = 0  # a later, shorter row must not slip in behind the cut
            return


def _head(table: Table) -> str:
    return _row(table.columns) + "| --- " * len(table.columns) + "|\n"


def _row(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(cell: Cell) -> str:
    return _escaped(cell_text(cell)).replace("\n", "<br>")


def _escaped(text: str) -> str:
    """Text that GitHub shows as it is: no HTML, no markup, no mention of anybody."""
    text = _PUNCTUATION.sub(_backslashed, safe_text(text).translate(_HTML))
    return _MENTION.sub("@<!-- -->", text)


def _backslashed(match: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in match.group())
