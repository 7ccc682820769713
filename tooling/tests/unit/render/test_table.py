from __future__ import annotations

import re

import pytest

from headwater.core.report import Fact, Report, Table
from headwater.render import RenderOptions, render
from headwater.render.text import cells_wide

from .reports import EMPTY, HARD, ROWS


def table(report: Report, width: int = 80, color: bool = False) -> str:
    return render(report, "table", RenderOptions(width=width, color=color))


def one_table(*rows: tuple[object, ...], columns: tuple[str, ...] = ("a", "b")) -> Report:
    return Report("t", tables=(Table("", columns, rows, ("b",)),))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert all(cells_wide(line) <= width for line in table(HARD, width).split("\n"))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_wrapping_loses_no_character(width: int) -> None:
    name = "int_" + "_".join(f"part{n}" for n in range(30))
    text = table(one_table((name, name)), width)
    assert re.sub(r"[\s-]", "", text).count("part29") == 2
    assert len(re.sub(r"\s", "", text)) >= 2 * len(name)


def test_prose_wraps_between_words_and_never_in_one() -> None:
    prose = "stg_orders.customer_id and then stg_orders.amount"
    text = table(one_table(("x", prose)), 40)
    assert text.split("\n")[-3:] == [
        "x  stg_orders.customer_id and then",
        "   stg_orders.amount",
        "",
    ]


def test_what_does_not_fit_beside_the_others_stands_below() -> None:
    name = "stg_orders." + "a_long_name_" * 3
    text = table(one_table((name, name, 1), ("x", "y", 2), columns=("a", "b", "n")), 60)
    assert text == (
        "t\n\n"
        "a                                                n\n"
        "-----------------------------------------------  -\n"
        f"{name}  1\n"
        f"    b: {name}\n"
        "x                                                2\n"
        "    b: y\n"
    )


def body(shape: Table, width: int) -> list[str]:
    return table(Report("t", tables=(shape,)), width).split("\n")[2:-1]


def test_stacked_cells_share_a_line_where_they_fit_and_hang_where_they_are_long() -> None:
    row = ("n" * 30, "f" * 30, "short", "word " * 20)
    heads = ("name", "from", "effect", "text")
    assert body(Table("", heads, (row,), heads[1:]), 50) == [
        "name                            effect",
        "------------------------------  ------",
        f"{row[0]}  short",
        f"    from: {row[1]}",
        "    text: word word word word word word word word",
        "          word word word word word word word word",
        "          word word word word",
    ]
    heads = ("name", "type", "from", "effect")
    row = ("n" * 30, "t" * 20, "f" * 14, "e" * 12)
    assert body(Table("", heads, (row,), heads[2:]), 52)[2:] == [
        f"{row[0]}  {row[1]}",
        f"    from: {row[2]}  effect: {row[3]}",
    ]


def test_the_few_long_names_get_a_line_of_their_own() -> None:
    names = ("stg_orders", "stg_orders_with_a_very_long_name_indeed")
    rows = tuple((name, 1, "some_effect") for name in names)
    assert body(Table("", ("name", "depth", "effect"), rows), 50) == [
        "name                            depth  effect",
        "------------------------------  -----  -----------",
        "stg_orders                          1  some_effect",
        "stg_orders_with_a_very_long_name_indeed",
        "                                    1  some_effect",
    ]


def test_rows_are_grouped_where_they_do_not_fit() -> None:
    rows = (("orders", "a", "v" * 30), ("orders", "b", "w"), ("daily", "c", "x"))
    shape = Table("", ("model", "column", "via"), rows, ("via",), group="model")
    assert body(shape, 50)[2] == f"orders  a       {'v' * 30}"
    assert body(shape, 42) == [
        "  column  via",
        "  ------  ------------------------------",
        "orders",
        f"  a       {'v' * 30}",
        "  b       w",
        "daily",
        "  c       x",
    ]


def test_numbers_are_aligned_to_the_right() -> None:
    assert table(one_table(("x", 1), ("y", 200))) == "t\n\na    b\n-  ---\nx    1\ny  200\n"


def test_wide_characters_keep_the_columns_aligned() -> None:
    lines = table(one_table(("日本", "x"), ("abcd", "y"))).split("\n")
    assert lines[4:6] == ["日本  x", "abcd  y"]


def test_terminal_escapes_are_spelled_out() -> None:
    assert "\\x1b[31mred" in table(HARD)
    assert "\x1b" not in table(HARD)
    assert "\\u202e" in table(Report("evil \u202e name"))


def test_color_changes_no_character_of_the_text() -> None:
    assert re.sub("\x1b\\[[0-9]+m", "", table(HARD, color=True)) == table(HARD)
    assert "\x1b[31m1\x1b[0m" in table(HARD, color=True)


def test_everything_stands_below_the_first_column_when_nothing_fits() -> None:
    report = Report("t", tables=(Table("", tuple("abcdefgh"), (tuple("12345678") * 1,)),))
    wide = Report("t", tables=(Table("", tuple("abcdefgh"), (("a value" * 3,) * 8,)),))
    assert "a  b  c" in table(report, 40)
    assert table(wide, 40).split("\n")[4:6] == ["a value" * 3, "    b: " + "a value" * 3]


def test_a_table_without_rows_says_so() -> None:
    assert table(Report("t", tables=(Table("Tests", ("a",), ()),))) == "t\n\nTests (none)\n"


def test_gaps_are_shown_and_the_rest_is_pointed_to() -> None:
    text = table(HARD)
    assert "Could not be seen: 7" in text
    assert text.endswith("(+2 more: lineage coverage lists them)\n")


def test_a_report_with_only_a_title() -> None:
    assert table(EMPTY) == "Nothing is downstream of orders.amount\n"


def test_long_facts_wrap_under_their_value() -> None:
    text = table(Report("t", (Fact("label", "word " * 10),)), 30)
    assert text == "t\n\nlabel  word word word word\n       word word word word\n       word word\n"


def test_every_value_is_there() -> None:
    text = re.sub(r"\s", "", table(HARD, 200))
    for row in ROWS:
        assert all(str(cell) in text for cell in row if isinstance(cell, int))


def test_what_a_reader_sees_in_the_row_before_is_not_repeated_but_in_csv() -> None:
    rows = (("a", "int", "x"), ("a", "int", "y"), ("b", "int", "z"))
    report = Report(
        "t", tables=(Table("", ("column", "type", "from"), rows, fold=("column", "type")),)
    )
    assert body(report.tables[0], 80)[2:] == [
        "a       int   x",
        "              y",
        "b       int   z",
    ]
    assert "|  |  | y |" in render(report, "markdown")
    assert "a,int,y" in render(report, "csv")
