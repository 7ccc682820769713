from __future__ import annotations

import csv
import io

from headwater.core.report import Fact, Report, Table
from headwater.render import render

from .reports import HARD, SQL


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_one_table_is_given_as_it_is() -> None:
    report = Report("t", tables=(Table("Columns", ("a", "b"), (("x,y", 1), (None, True))),))
    assert render(report, "csv") == 'a,b\r\n"x,y",1\r\n,yes\r\n'


def test_several_tables_share_one_header() -> None:
    rows = read(render(HARD, "csv"))
    assert rows[0] == ["table", "node", "column", "effect", "depth", "expression", "test"]
    assert rows[2][:6] == [
        "Columns",
        "fct_orders_with_a_long_name_enhanced",
        "amount_usd",
        "TRANSFORMATION",
        "2",
        SQL,
    ]
    assert {len(row) for row in rows} == {7}


def test_no_cell_runs_as_a_formula() -> None:
    cells = ("=1+2", "+1", "-x", "@sum", "\tx", "\rx")
    report = Report("t", tables=(Table("", ("a",), tuple((cell,) for cell in cells)),))
    rows = read(render(report, "csv"))[1:]
    assert [row[0] for row in rows] == ["'=1+2", "'+1", "'-x", "'@sum", "'\tx", "'\nx"]


def test_negative_numbers_stay_numbers() -> None:
    assert (
        render(Report("t", tables=(Table("", ("a",), ((-1,), (-0.5,))),)), "csv")
        == "a\r\n-1\r\n-0.5\r\n"
    )


def test_without_tables_the_facts_are_given() -> None:
    assert render(Report("t", (Fact("models", 4),)), "csv") == "fact,value\r\nmodels,4\r\n"
