"""Aligned text for a terminal: nothing is cut, no name is broken, what is too wide stands below.

Written by hand because importing a table library costs more than most answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter

from headwater.core.report import Cell, Fact, Report, Table, Timeline
from headwater.render.layout import GAP, Layout, layout_of
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, cells_wide, folded, gap_table, safe_text, wrapped
from headwater.render.timeline import timeline_lines

GAPS_SHOWN = 5
NARROWEST = 10
MOST_LABEL = 24
INDENT = "  "  #: of rows under the heading of their group
BELOW = "    "  #: before what stands below its row
_STYLES = {"title": "1", "head": "2", "good": "32", "warn": "33", "bad": "31"}


def render(report: Report, options: RenderOptions) -> str:
    """The report as lines of at most ``options.width`` terminal cells, coloured when asked."""
    paint = _Paint(options.color)
    blocks = [[paint(line, "title") for line in wrapped(safe_text(report.title), options.width)]]
    if report.headline is not None:
        said = safe_text(cell_text(report.headline.value))
        blocks[0] += [paint(line, report.headline.level) for line in wrapped(said, options.width)]
    if report.facts:
        blocks.append(list(_fact_lines(report.facts, options.width, paint)))
    shown = len(report.gaps) if options.every_gap else GAPS_SHOWN
    gaps = [gap_table(report.gaps, shown)] if report.gaps else []
    for table in (*report.tables, *gaps):
        blocks.append([*_table_lines(table, options.width, paint)])
    if report.timeline.bars:
        blocks.append([*_drawn(report.timeline, options.width, paint)])
    if len(report.gaps) > shown:
        blocks[-1].append(f"(+{len(report.gaps) - shown} more: lineage coverage lists them)")
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"


def _drawn(timeline: Timeline, width: int, paint: _Paint) -> Iterator[str]:
    yield paint(safe_text(timeline.title), "title")
    for line, level in timeline_lines(timeline, width):
        yield paint(line, level if level != "good" else "")
    yield from wrapped(safe_text(timeline.note), width)


class _Paint:
    """Wraps text in a terminal style, or leaves it alone."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, style: str) -> str:
        code = _STYLES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text.strip() else text


def _fact_lines(facts: Sequence[Fact], width: int, paint: _Paint) -> Iterator[str]:
    labels = [safe_text(fact.label) for fact in facts]
    margin = min(max(map(cells_wide, labels)), width // 2)
    for label, fact in zip(labels, facts, strict=True):
        room = max(width - margin - len(GAP), NARROWEST)
        lines = wrapped(safe_text(cell_text(fact.value)), room)
        heads = wrapped(label, margin)
        for at in range(max(len(lines), len(heads))):
            head = heads[at] if at < len(heads) else ""
            line = lines[at] if at < len(lines) else ""
            yield _padded(head, margin) + GAP + paint(line, fact.level)


def _table_lines(table: Table, width: int, paint: _Paint) -> Iterator[str]:
    title = safe_text(table.title)
    if not table.rows:
        yield from (paint(line, "title") for line in wrapped(f"{title} (none)".strip(), width))
        return
    if title:
        yield from (paint(line, "title") for line in wrapped(title, width))
    rows = [[safe_text(cell_text(cell)) for cell in row] for row in folded(table)]
    heads = [safe_text(column) for column in table.columns]
    # A column in which nothing stands says nothing, and takes the room of another.
    columns = [
        at for at in range(len(heads)) if not (at and table.is_sparse) or any(r[at] for r in rows)
    ]
    prose = [at for at in columns if table.columns[at] in table.wrap]
    layout = layout_of([heads, *rows], columns, prose, width)
    group = table.columns.index(table.group) if table.group else None
    if group is not None and not layout.is_flat:
        columns_left = [at for at in columns if at != group]
        layout = layout_of([heads, *rows], columns_left, prose, width - len(INDENT))
        yield from _grouped(rows, group, _Rows(table, heads, layout, width - len(INDENT), paint))
    else:
        body = _Rows(table, heads, layout, width, paint)
        yield from body.head()
        for row in rows:
            yield from body.lines(row)


def _grouped(rows: Sequence[Sequence[str]], group: int, body: _Rows) -> Iterator[str]:
    """The rows under a heading for each run of the same value."""
    yield from (INDENT + line for line in body.head())
    for name, members in groupby(rows, key=itemgetter(group)):
        yield from wrapped(name, body.width + len(INDENT))
        for row in members:
            yield from (INDENT + line for line in body.lines(row))


class _Rows:
    """Rows of cells as lines: side by side, and below what does not fit."""

    def __init__(
        self, table: Table, heads: Sequence[str], layout: Layout, width: int, paint: _Paint
    ) -> None:
        self.heads, self.layout, self.width, self.paint = heads, layout, width, paint
        self.right = [_is_number_column(table.rows, at) for at in layout.columns]

    def head(self) -> Iterator[str]:
        """The heads of what stands side by side, and a rule."""
        cells = [self.heads[at] for at in self.layout.columns]
        for line in _row_lines(cells, self.layout.sizes, self.right):
            yield self.paint(line, "head")
        yield self.paint(GAP.join("-" * size for size in self.layout.sizes), "head")

    def lines(self, row: Sequence[str]) -> Iterator[str]:
        """One row."""
        cells = [row[at] for at in self.layout.columns]
        if len(cells) > 1 and _is_wider(cells[0], self.layout.sizes[0]):
            yield from wrapped(cells[0], self.width)
            cells[0] = ""
        if any(cells):
            yield from _row_lines(cells, self.layout.sizes, self.right)
        yield from self._below([(self.heads[at], row[at]) for at in self.layout.stacked if row[at]])

    def _below(self, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
        """``head: cell`` pairs, as many on a line as fit; a long cell hangs under itself."""
        line = ""
        for head, cell in pairs:
            pair = f"{head}: {cell}"
            further = f"{line}{GAP}{pair}" if line else BELOW + pair
            if "\n" not in pair and cells_wide(further.expandtabs(4)) <= self.width:
                line = further.expandtabs(4)
                continue
            if line:
                yield line
            *lines, line = self._hanging(head, cell)
            yield from lines
        if line:
            yield line

    def _hanging(self, head: str, cell: str) -> Iterator[str]:
        margin = min(cells_wide(head) + 1, MOST_LABEL)
        room = max(self.width - len(BELOW) - margin - 1, NARROWEST)
        labels = wrapped(f"{head}:", margin)
        for label, text in zip_longest(labels, wrapped(cell, room), fillvalue=""):
            yield f"{BELOW}{_padded(label, margin)} {text}".rstrip()


def _is_wider(text: str, size: int) -> bool:
    return any(cells_wide(line.expandtabs(4)) > size for line in text.split("\n"))


def _is_number_column(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    cells = [row[at] for row in rows if row[at] is not None]
    return bool(cells) and all(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells
    )


def _row_lines(cells: Sequence[str], widths: list[int], right: list[bool]) -> Iterator[str]:
    stacks = [wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
    for line in zip_longest(*stacks, fillvalue=""):
        yield GAP.join(map(_padded, line, widths, right)).rstrip()


def _padded(text: str, size: int, right: bool = False) -> str:
    space = " " * (size - cells_wide(text))
    return space + text if right else text + space
