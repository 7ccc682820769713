"""The tables of the answer as RFC 4180 text, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from headwater.core.report import Cell, Report, Table
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, gap_table

#: A spreadsheet runs a cell that begins so as a formula; names and SQL come from other people.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render(report: Report, options: RenderOptions) -> str:
    """The report's only table as it is, or all of them with a leading ``table`` column.

    *Shape*: one header line, lines end with CR LF. Of several tables the columns are united by
    name, in order of first appearance; a cell its table doesn't have is empty. Without tables the
    facts are given. Text that a spreadsheet would run as a formula gets a leading ``'`` (programs
    should read the json format).
    """
    tables = report.tables or (_facts_table(report),)
    if options.every_gap and report.gaps:
        tables = (*tables, gap_table(report.gaps, len(report.gaps)))
    several = len(tables) > 1
    columns = list(dict.fromkeys(name for table in tables for name in table.columns))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["table", *columns] if several else columns)
    for table in tables:
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            values = [_guarded(cells.get(name)) for name in columns]
            writer.writerow([_guarded(table.title), *values] if several else values)
    return text.getvalue()


def _facts_table(report: Report) -> Table:
    return Table(report.title, ("fact", "value"), tuple((f.label, f.value) for f in report.facts))


def _guarded(cell: Cell) -> str:
    text = cell_text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text
