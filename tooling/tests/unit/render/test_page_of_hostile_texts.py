"""The pages of `freshness` and `runs`: whatever stands in a name or a message, it stays a text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from headwater.core.project import Node, Project
from headwater.core.runs import NodeRun, Run
from headwater.graph import build_graph
from headwater.questions.attainment import Attained
from headwater.questions.freshness import Freshness, FreshnessRow
from headwater.questions.runs import runs
from headwater.render import render

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style></title></textarea>--><img src=x onerror=alert(1)>",
    "\"' onmouseover='alert(1)' x=\"",
    "<a href='https://evil.example/'>click</a> javascript:alert(1)",
    "url(//evil.example/x.png) @import 'x'; } body { display: none",
    "&lt;b&gt; &amp; &#60;i&#62; &notanentity;",
    "\u202egnp.exe\u202c \u2067x\u2069 \u200f\u200e\u061c",
    "nul\x00 bell\x07 esc\x1b[31m del\x7f c1\x9b \ud800",
    "line\none\r\ntwo\rthree\ttab",
    "\U0001f600 \u5317\u4eac \u05e9\u05dc\u05d5\u05dd",
    "n" * 5_000,
    ".".join(["part"] * 800),
    "",
    " ",
)
#: What a page is made of; anything else came out of a text.
TAGS = set(
    "html head meta title style body h1 h2 p dl div dt dd table thead tbody tr th td details summary"
    " footer wbr br b i s span".split()
)
ATTRIBUTES = {
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "class",
    "style",
    "title",
    "scope",
}
MARKS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Reader(HTMLParser):
    """Which tags and attributes a page has, whether all are closed, and what a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes = set[str](), set[str]()
        self.styles: list[str] = []
        self.text, self.open = "", list[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles += [value or "" for name, value in attrs if name == "style"]
        self.open += [tag] if tag not in ("meta", "br", "wbr") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.open and self.open[-1] != "style" else ""


def freshness_of(texts: tuple[str, ...]) -> str:
    """Every field of every row is one of the texts."""
    rows = []
    for number, text in enumerate(texts):
        for kind in ("exposure", "model", "source"):
            name = f"{kind}.p.{text}"
            rows.append(FreshnessRow(
                node=name, kind=kind, status=("error", "warn", "unknown", "pass")[number % 4],
                reason=text, as_of=NOW, age=timedelta(hours=5), promised=text, checked_at=NOW,
                last_build=NOW, culprit=f"source.p.{text}", path=(f"source.p.{text}", name),
                unknown=(name,), next=NOW, owner={"name": text, "email": text},
                exposures=(f"exposure.p.{text}",), attained=(Attained(7, 1, 3, 2),), since=NOW,
                zone="UTC", days="■x?·" + "■" * 26,
            ))  # fmt: skip
    return render(Freshness(tuple(rows), NOW, timedelta(days=1), 3, 1).report(), "html")


def runs_of(texts: tuple[str, ...]) -> str:
    """Every name, message, thread, command and flag is one of the texts."""
    nodes, results = {}, []
    for number, text in enumerate(texts):
        name = f"model.p.{number}{text}"
        nodes[name] = Node(name, "model", f"{number}{text}", parents=tuple(nodes)[-1:])
        began = NOW + timedelta(seconds=number)
        status = ("error", "skipped", "success", "warn", text.lower())[number % 5]
        results.append(NodeRun(name, status, 1.0, began, began + timedelta(seconds=2), text, text))
    before = Run("a", "build", NOW - timedelta(days=1), None, 9.0, tuple(results))
    for each in texts:
        ran = Run(f"b{each}", f"build {each}", NOW, None, 9.0, tuple(results), flags=each)
        project = Project("p", "postgres", "1.11", 12, "", nodes)
        page = render(runs(Shown(project), [before, ran]).report(), "html")
        assert page
    return page


class Shown:
    """A project without columns."""

    def __init__(self, project: Project) -> None:
        self.project, self.graph = project, build_graph(project, {})


def test_every_field_of_both_pages_stays_a_text() -> None:
    for page in (freshness_of(HOSTILE), runs_of(HOSTILE)):
        seen = Reader(page)
        assert seen.tags <= TAGS
        assert seen.attributes <= ATTRIBUTES
        assert not seen.open, "a tag is left open"
        assert not MARKS.search(page), "a mark that reorders or hides what is read"
        page.encode()
        for text in HOSTILE[:6]:
            assert text in seen.text, "it is shown as it is written"
        assert "\\u202egnp.exe\\u202c" in seen.text
        assert "nul\\x00 bell\\x07 esc\\x1b[31m" in seen.text
        assert page.count("<style>") == page.count("</style>") == 1
        styles = page.split("<style>")[1].split("</style>")[0] + "".join(seen.styles)
        assert "evil" not in styles
        assert "url(" not in styles
        assert "@import" not in styles
        assert "default-src 'none'" in page.split("<title>")[0], "before anything could be loaded"


@pytest.mark.parametrize("count", [0, 1])
def test_few_rows_are_a_whole_page(count: int) -> None:
    answer = Freshness((), NOW, timedelta(days=1), 0, 0).report()
    page = freshness_of(HOSTILE[:count]) if count else render(answer, "html")
    assert not Reader(page).open
    nobody = runs(Shown(Project("p", "postgres", "1.11", 12, "", {})), []).report()
    page = runs_of(HOSTILE[:count]) if count else render(nobody, "html")
    assert not Reader(page).open
    assert ("No run is known" in page) == (not count)


def test_a_clock_set_back_in_a_run_draws_no_bar_backwards() -> None:
    names = [f"model.p.{n}" for n in range(3)]
    nodes = {name: Node(name, "model", name[-1]) for name in names}
    late, early = NOW, NOW - timedelta(hours=1)
    results = (
        NodeRun(names[0], "success", 2.0, late, early),
        NodeRun(names[1], "success", 2.0, early, late),
        NodeRun(names[2], "error", 0.0, early, early),
    )
    ran = Run("a", "build", NOW, NOW, 9.0, results)
    report = runs(Shown(Project("p", "postgres", "1.11", 12, "", nodes)), [ran]).report()
    assert [(bar.label, bar.begin, bar.end) for bar in report.timeline.bars] == [
        ("2", 0.0, 0.0), ("1", 0.0, 3600.0), ("0", 3600.0, 3600.0),
    ]  # fmt: skip
    widths = [style for style in Reader(render(report, "html")).styles if "width" in style]
    assert len(widths) == 3
    for style in widths:
        left, size = map(float, re.findall(r"[\d.]+", style))
        assert left >= 0
        assert size >= 0, "the least width is that of the style"
        assert left + size <= 100.01
