"""Whatever a name, a description or a piece of SQL holds, each format stays what it is."""

from __future__ import annotations

import csv
import io
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.core.edges import Gap
from headwater.core.report import Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.render import RenderOptions, render
from headwater.render.csv import FORMULA_STARTS
from headwater.render.text import cells_wide

QUICK = settings(max_examples=40, deadline=None)
NASTY = st.sampled_from(
    ["|", "`", "\n", "\r\n", "<!--", "-->", "]]", '"', "\\", "\x1b[2J", "日", "_"]
)
TEXT = st.lists(st.text(max_size=12) | NASTY, max_size=6).map("".join)
CELL = st.none() | st.booleans() | st.integers() | TEXT


@st.composite
def reports(draw: st.DrawFn) -> Report:
    columns = tuple(f"c{n}" for n in range(draw(st.integers(1, 6))))
    rows = draw(st.lists(st.tuples(*[CELL] * len(columns)), max_size=4))
    ids = draw(st.lists(TEXT, unique=True, max_size=4))
    ends = st.sampled_from(ids) if ids else st.nothing()
    arrows = st.builds(GraphEdge, ends, ends, TEXT, st.booleans())
    return Report(
        title=draw(TEXT),
        facts=tuple(draw(st.lists(st.builds(Fact, TEXT, CELL), max_size=2))),
        tables=(Table(draw(TEXT), columns, tuple(rows), columns[:1]),),
        graph=Subgraph(
            tuple(GraphNode(name, draw(TEXT), "model", draw(TEXT)) for name in ids),
            tuple(draw(st.lists(arrows, max_size=4))) if ids else (),
        ),
        gaps=tuple(draw(st.lists(st.builds(Gap, TEXT, TEXT, TEXT, TEXT), max_size=2))),
        coverage=draw(TEXT),
        data={"text": draw(TEXT)},
    )


@QUICK
@given(reports(), st.integers(40, 120))
def test_the_table_fits_and_holds_no_control_character(report: Report, width: int) -> None:
    text = render(report, "table", RenderOptions(width=width))
    assert all(cells_wide(line) <= width for line in text.split("\n"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@QUICK
@given(reports())
def test_the_json_can_be_read_back(report: Report) -> None:
    assert json.loads(render(report, "json").encode())["data"] == report.data


@QUICK
@given(reports())
def test_the_csv_can_be_read_back(report: Report) -> None:
    rows = list(csv.reader(io.StringIO(render(report, "csv"), newline="")))
    assert len(rows) == 1 + len(report.tables[0].rows)
    for read, row in zip(rows[1:], report.tables[0].rows, strict=True):
        for cell, value in zip(read, row, strict=True):
            assert not cell.startswith(FORMULA_STARTS) or isinstance(value, int)
            if isinstance(value, str) and "\r" not in value:
                assert cell.removeprefix("'") == value.removeprefix("'")


@QUICK
@given(reports())
def test_markdown_keeps_its_tables_and_lets_no_html_in(report: Report) -> None:
    text = render(report, "markdown")
    pipes = len(report.tables[0].columns) + 1
    rows = [line for line in text.split("\n\n") if line.startswith("| c0 |")]
    for line in "\n".join(rows).split("\n"):
        assert not line or len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == pipes
    ours = text.replace("@<!-- -->", "").replace("<br>", "")
    for tag in ("<details>", "<summary>", "</summary>", "</details>"):
        ours = ours.replace(tag, "")
    assert "<" not in ours


@QUICK
@given(reports())
def test_mermaid_has_one_statement_a_line(report: Report) -> None:
    lines = render(report, "mermaid").split("flowchart LR\n", 1)[1].split("\n")[:-1]
    box = r'n\d+(\["[^"]*"\]|\[\("[^"]*"\)\])'
    arrow = r'n\d+ (-->|-\.->)(\|"[^"]*"\|)? n\d+'
    for line in lines:
        assert re.fullmatch(rf'\s+({box}|{arrow}|subgraph g\d+\["[^"]*"\]|end)', line), line
