"""Aligned text for a terminal: nothing is cut, what is too wide wraps.

Written by hand because importing a table library costs more than most answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headwater.core.report import Cell, Fact, Report, Table
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, cells_wide, gap_table, safe_text, wrapped

GAP = "  "
GAPS_SHOWN = 5
NARROWEST = 10
MOST_RECORD_LABEL = 24
_STYLES = {"title": "1", "head": "2", "good": "32", "warn": "33", "bad": "31"}


def render(report: Report, options: RenderOptions) -> str:
    """The report as lines of at most ``options.width`` terminal cells, coloured when asked."""
    paint = _Paint(options.color)
    blocks = [[paint(line, "title") for line in wrapped(safe_text(report.title), options.width)]]
    if report.facts:
        blocks.append(list(_fact_lines(report.facts, options.width, paint)))
    for table in (*report.tables, *_gaps(report)):
        blocks.append([*_table_lines(table, options.width, paint)])
    if len(report.gaps) > GAPS_SHOWN:
        blocks[-1].append(f"(+{len(report.gaps) - GAPS_SHOWN} more: lineage coverage lists them)")
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"


class _Paint:
    """Wraps text in a terminal style, or leaves it alone."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, style: str) -> str:
        code = _STYLES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text.strip() else text


def _gaps(report: Report) -> list[Table]:
    return [gap_table(report.gaps, GAPS_SHOWN)] if report.gaps else []


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
    if table.title:
        yield from (paint(line, "title") for line in wrapped(safe_text(table.title), width))
    if not table.rows:
        yield "(none)"
        return
    rows = [[safe_text(cell_text(cell)) for cell in row] for row in table.rows]
    heads = [safe_text(column) for column in table.columns]
    widths = _column_widths(table, [heads, *rows], width)
    if widths is None:
        yield from _record_lines(heads, rows, width, paint)
        return
    right = [_is_number_column(table.rows, at) for at in range(len(heads))]
    yield from (paint(line, "head") for line in _row_lines(heads, widths, right))
    yield paint(GAP.join("-" * size for size in widths), "head")
    for row in rows:
        yield from _row_lines(row, widths, right)


def _is_number_column(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    cells = [row[at] for row in rows if row[at] is not None]
    return bool(cells) and all(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells
    )


def _column_widths(table: Table, rows: list[list[str]], width: int) -> list[int] | None:
    """A width for each column so that a row fits, or ``None`` when no reading is comfortable."""
    columns = range(len(table.columns))
    sizes = [max(_widest_line(row[at]) for row in rows) for at in columns]
    room = width - len(GAP) * (len(sizes) - 1)
    wraps = [at for at in columns if table.columns[at] in table.wrap]
    names = [at for at in columns if at not in wraps]
    # Prose wraps well, names badly: each in turn gives way a little more.
    steps = ((wraps, 24), (names, 24), (wraps, 16), (names, 16), (wraps, 10), (names, 10))
    for shrinkable, narrowest in steps:
        _shrink(sizes, shrinkable, room, narrowest)
        if sum(sizes) <= room:
            return sizes
    return None


def _widest_line(text: str) -> int:
    return max(cells_wide(line.expandtabs(4)) for line in text.split("\n"))


def _shrink(sizes: list[int], columns: list[int], room: int, narrowest: int) -> None:
    """Take cells from the widest of ``columns`` until a row fits or all are at ``narrowest``."""
    for at in columns:
        sizes[at] = min(sizes[at], max(room, narrowest))
    while columns and sum(sizes) > room:
        widest = max(columns, key=sizes.__getitem__)
        if sizes[widest] <= narrowest:
            return
        sizes[widest] -= 1


def _row_lines(cells: Sequence[str], widths: list[int], right: list[bool]) -> Iterator[str]:
    stacks = [wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
    for at in range(max(map(len, stacks))):
        line = (stack[at] if at < len(stack) else "" for stack in stacks)
        yield GAP.join(map(_padded, line, widths, right)).rstrip()


def _padded(text: str, size: int, right: bool = False) -> str:
    space = " " * (size - cells_wide(text))
    return space + text if right else text + space


def _record_lines(
    heads: list[str], rows: list[list[str]], width: int, paint: _Paint
) -> Iterator[str]:
    """Each row as ``label  value`` lines: for tables with more columns than the width can hold."""
    margin = min(max(map(cells_wide, heads)), MOST_RECORD_LABEL)
    sizes = [margin, max(width - margin - len(GAP), NARROWEST)]
    for number, row in enumerate(rows):
        if number:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            if cell:
                for line in _row_lines([head, cell], sizes, [False, False]):
                    yield paint(line[:margin], "head") + line[margin:]
