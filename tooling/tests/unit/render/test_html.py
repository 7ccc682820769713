"""A page that stands alone: escaped, nothing loaded, all rows."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from headwater.core.report import Fact, Report, Table
from headwater.render import render


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag == "td":
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    return reader


def page(*rows: tuple[object, ...]) -> str:
    return render(Report("T", tables=(Table("Rows", ("a", "b"), rows),)), "html")  # type: ignore[arg-type]


def test_names_are_text_and_never_markup() -> None:
    text = page(("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'))
    assert "<script" not in text
    assert "<img" not in text
    assert read(text).cells == ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>']


def test_nothing_is_loaded() -> None:
    text = page(("a", "b"))
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text


def test_statuses_and_numbers_are_marked() -> None:
    text = page(("error", 3), ("pass", 4.5))
    assert '<td class="bad">error</td><td class="number">3</td>' in text
    assert '<td class="good">pass</td><td class="number">4.5</td>' in text


def test_a_long_table_is_folded_and_whole() -> None:
    text = page(*((f"r{i}", i) for i in range(1000)))
    assert "<h2>Rows (1,000)</h2>" in text
    assert "<details><summary>950 more</summary>" in text
    assert len(read(text).cells) == 2000


def test_facts_and_the_coverage_line() -> None:
    report = Report("T & co", (Fact("models", 4, "good"),), coverage="Seen 4 of 4")
    text = render(report, "html")
    assert '<dt>models</dt><dd class="good">4</dd>' in text
    assert "<title>T &amp; co</title>" in text
    assert "Seen 4 of 4" in text


@given(st.text(max_size=40))
def test_any_text_comes_back_or_is_spelled_out(text: str) -> None:
    cells = read(page((text, "x"))).cells
    assert len(cells) == 2
    printable = "".join(c for c in text if c.isprintable() and c not in "\ud800")
    if printable == text:
        assert cells[0] == text


def test_long_names_may_break_where_their_parts_meet() -> None:
    text = page(("int_orders_by_country_and_channel", "short_name"))
    assert "int_<wbr>orders_<wbr>by_<wbr>country_<wbr>and_<wbr>channel" in text
    assert ">short_name<" in text


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    assert "<th>b</th>" not in page(("x", None), ("y", ""))
    assert '<th class="number">b</th>' in page(("x", None), ("y", 3))


def test_on_a_narrow_screen_each_cell_says_what_it_is() -> None:
    table = Table("T", ("a", "</style> \\ 1 %"), (("x", "y"),))
    text = render(Report("T", tables=(table,)), "html")
    assert text.count("</style>") == 1
    assert 'content: "\\3c \\2f style\\3e  \\5c  1 \\25 : "' in text


def test_signs_are_coloured_run_by_run() -> None:
    table = Table("T", ("a", "days"), (("x", "■■x?·"),), strips=("days",))
    text = render(Report("T", tables=(table,)), "html")
    assert '<td class="strip">■■<b>x</b><i>?</i><s>·</s></td>' in text
    assert read(text).cells == ["x", "■■x?·"]
