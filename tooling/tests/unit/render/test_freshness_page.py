"""The page of a large project: small enough, escaped, and readable in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import html_picture
import pytest

from headwater.questions.attainment import Attained
from headwater.questions.freshness import Freshness, FreshnessRow
from headwater.render import render
from headwater.render.html import _STYLE

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
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    answer = Freshness(tuple(map(row, range(MODELS))), NOW, timedelta(days=1), 0, 0)
    return render(answer.report(), "html")


def test_it_is_small_enough(page: str) -> None:
    assert len(page.encode()) <= 3_000_000
    assert page.count("<tr>") > MODELS


def test_nothing_is_loaded_run_or_taken_for_markup(page: str) -> None:
    assert "<b>" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert "href=" not in page
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page


def test_the_picture_of_the_docs_is_the_page_as_it_is_written() -> None:
    """Its style is today's, and it is a drawing that any browser reads."""
    drawn = html_picture.PICTURE.read_text()
    assert drawn.startswith("<svg ")
    assert _STYLE in drawn
    assert "shop.raw_payments &gt; stg_payments" in drawn


@pytest.mark.skipif(html_picture.browser() is None, reason="there is no Chromium on this machine")
def test_a_browser_shows_all_of_it(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page)
    shown = html_picture.browse(file, "--dump-dom")
    assert shown.count("<tr>") == page.count("<tr>")
    assert "&lt;b&gt;1999&lt;/b&gt;_daily_revenue" in shown
    picture = tmp_path / "page.png"
    html_picture.browse(file, f"--screenshot={picture}", "--window-size=1200,900")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000, "a page without text"
