"""The page of a large project: small enough, escaped, and readable in a real browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import html_picture
import pytest

from headwater.questions.attainment import Attained
from headwater.questions.freshness import Freshness, FreshnessRow
from headwater.render import render

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MODELS = 2_000


def row(number: int) -> FreshnessRow:
    """A model that is late by the fault of a source far above it, with all that can be said."""
    name = f"model.shop.<b>{number}</b>_daily_revenue_by_country_and_channel"
    path = tuple(f"model.shop.int_step_{number}_{step}_of_a_long_way" for step in range(6))
    return FreshnessRow(
        node=name, kind="model", status="error",
        reason=f"due Sun {number % 28 + 1} Nov 07:00 Europe/Berlin, and nothing of that day is there",
        as_of=NOW - timedelta(hours=number), age=timedelta(hours=number),
        promised="by 07:00 Europe/Berlin mon-fri, not on holidays (bank), grace 30m",
        checked_at=NOW, last_build=NOW, culprit="source.shop.raw.orders",
        path=("source.shop.raw.orders", *path, name), unknown=(), next=NOW,
        owner={"name": "Finance <analytics> & others"}, exposures=("exposure.shop.board",),
        attained=(Attained(7, 5, 7, 0), Attained(30, 29, 30, 0)),
        since=NOW, zone="Europe/Berlin", days="■" * 12 + "x?·" * 6,
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    answer = Freshness(tuple(map(row, range(MODELS))), NOW, timedelta(days=1), 0, 0)
    return render(answer.report(), "html")


def test_it_is_small_enough(page: str) -> None:
    assert len(page.encode()) <= 3_000_000
    assert page.count("<tr>") > MODELS


def test_nothing_is_loaded_run_or_taken_for_markup(page: str) -> None:
    assert "<b>1" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page


def test_late_rows_come_first_and_the_rest_is_one_click_away(page: str) -> None:
    first, rest = page.split("<details>")
    assert first.count("Finance &lt;analytics") == 50
    assert rest.count("Finance &lt;analytics") == MODELS - 50
    assert "<summary>1,950 more</summary>" in rest


needs_a_browser = pytest.mark.skipif(
    html_picture.browser() is None, reason="there is no Chromium on this machine"
)


@needs_a_browser
@pytest.mark.parametrize("name", html_picture.ALL)
def test_the_pictures_of_the_docs_are_of_the_pages_as_they_are_written(name: str) -> None:
    drawn = (html_picture.PICTURES / f"{name}.png").read_bytes()
    page = html_picture.page_of(html_picture.ALL[name].words)
    assert html_picture.stamp_of(drawn) == html_picture.mark_of(page), "make docs"


@needs_a_browser
def test_a_browser_shows_all_of_it(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page)
    shown = html_picture.browse(file, "--dump-dom")
    assert shown.count("<tr>") == page.count("<tr>")
    assert "&lt;b&gt;1999&lt;/<wbr>b&gt;_<wbr>daily_<wbr>revenue" in shown
    pictures = [
        html_picture.shot(page, html_picture.Picture((), settings, 900, width))
        for settings, width in (
            (html_picture.LIGHT, 1200),
            (html_picture.DARK, 1200),
            (html_picture.LIGHT, 500),
        )
    ]
    assert all(len(png) > 20_000 for png in pictures), "a page without text"
    assert len(set(pictures)) == len(pictures), "dark as light, or narrow as wide"


@needs_a_browser
def test_a_browser_runs_no_script_in_it(page: str, tmp_path: Path) -> None:
    """The page is what it is without scripts: the browser would run none if one stood in it."""
    planted = "<script>document.title = 'a script ran'</script></body>"
    file = tmp_path / "page.html"
    file.write_text(page.replace("</body>", planted))
    assert "<title>Freshness" in html_picture.browse(file, "--dump-dom")
    file.write_text(re.sub("<meta http-equiv[^>]*>", "", page).replace("</body>", planted))
    assert "<title>a script ran" in html_picture.browse(file, "--dump-dom")
