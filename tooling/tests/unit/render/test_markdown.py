from __future__ import annotations

from headwater.core.report import Fact, Report, Table
from headwater.render import RenderOptions, render

from .reports import EMPTY, GATED, HARD


def test_the_whole_text() -> None:
    report = Report(
        "What changes?",
        (Fact("models", 4), Fact("exposures", 1, "bad")),
        (Table("Columns", ("node", "column"), (("orders", "amount"),)), Table("Tests", ("a",), ())),
        coverage="Seen 2 of 2 models",
    )
    assert render(report, "markdown") == (
        "### What changes?\n\n"
        "- models: **4**\n- ❌ exposures: **1**\n\n"
        "#### Columns\n\n| node | column |\n| --- | --- |\n| orders | amount |\n\n"
        "#### Tests\n\nnone\n\n"
        "_Seen 2 of 2 models_\n"
    )


def test_markup_html_and_mentions_are_taken_literally() -> None:
    text = render(
        Report("t", tables=(Table("", ("a",), (("|`*_x_* <b> & a__b @me x@y.z #12",),)),)),
        "markdown",
    )
    assert r"| \|\`\*\_x\_\* &lt;b&gt; &amp; a__b @<!-- -->me x@y.z \#12 |" in text


def test_line_ends_stay_inside_their_cell() -> None:
    assert "| coalesce(o.amount, 0) \\* r.rate<br>  + 1 -- \\|x\\| &lt;b&gt; |" in (
        render(HARD, "markdown").replace("TRANSFORMATION | 2 ", "")
    )


def test_every_row_has_as_many_cells_as_the_header() -> None:
    lines = [line for line in render(HARD, "markdown").split("\n") if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {6}


def test_gaps_are_folded_away_but_complete() -> None:
    text = render(HARD, "markdown")
    assert text.count("python_model") == 7
    assert text.count("<details>") == text.count("</details>") == 1


def test_the_cap_cuts_whole_rows_and_says_how_many() -> None:
    rows = tuple((f"node_{n}", "x" * 50) for n in range(5000))
    report = Report(
        "t",
        tables=(Table("A", ("a", "b"), rows), Table("B", ("a",), (("z",),))),
        coverage="Seen all",
    )
    text = render(report, "markdown", RenderOptions(limit=10_000))
    shown = text.count("| node_")
    assert len(text) <= 10_000
    assert shown > 100
    assert text.endswith(
        f"_Seen all_\n\n_Cut at 10,000 characters: {5001 - shown:,} rows are not shown; "
        "the json and csv formats have them all._\n"
    )


def test_a_long_gap_list_is_cut_too() -> None:
    report = Report("t", gaps=HARD.gaps * 1000)
    text = render(report, "markdown")
    assert len(text) <= 60_000
    assert text.count("</details>") == 1
    assert "rows are not shown" in text


def test_a_report_with_only_a_title() -> None:
    assert render(EMPTY, "markdown") == "### Nothing is downstream of orders.amount\n"


def test_a_comment_begins_with_its_marker_and_its_verdict() -> None:
    text = render(GATED, "markdown", RenderOptions(command="check"))
    assert text.startswith("<!-- lineage:check -->\n\n### ❌ Check: 1 thing breaks\n")


def test_details_are_folded_with_their_number_of_rows() -> None:
    table = Table("Waivers", ("a",), (("x",), ("y",)), is_detail=True)
    assert render(Report("t", tables=(table,)), "markdown") == (
        "### t\n\n<details><summary>Waivers (2)</summary>\n\n"
        "| a |\n| --- |\n| x |\n| y |\n\n</details>\n"
    )


def test_what_is_folded_is_closed_when_it_is_cut_and_the_full_file_is_named() -> None:
    rows = tuple((f"node_{n}",) for n in range(500))
    details = tuple(Table(f"D{n}", ("a",), rows, is_detail=True) for n in range(4))
    options = RenderOptions(limit=9_000, full="all of it.json")
    text = render(Report("t", tables=details), "markdown", options)
    assert len(text) <= 9_000
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.endswith("rows are not shown; all of it.json has them all._\n")


def test_the_cap_holds_whatever_is_in_it() -> None:
    facts = (Fact("to build", "x" * 70_000),)
    long = Table("T", ("a",), (("y" * 70_000,), ("z",)))
    text = render(Report("t", facts, (long,), coverage="seen"), "markdown")
    assert len(text) <= 60_000
    assert "2 rows are not shown" in text
