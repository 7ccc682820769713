from __future__ import annotations

import time

import pytest

from headwater.core.edges import Span
from headwater.core.project import Node, Project
from headwater.questions.evidence import MOST_TEXT, Evidence, SqlText, SqlTexts


def around(sql: str, text: str) -> str:
    start = sql.index(text)
    found = SqlText(sql).evidence(Span(start, start + len(text)))
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("sql", "text", "expected"),
    [
        ("select a, b + 1 as c from t", "b", "b + 1 as c"),
        ("select coalesce(x, 0) as y, z from t", "x", "coalesce(x, 0) as y"),
        ("select a from t where b = 1 and c = 2", "c =", "c = 2"),
        ("select a from t where b = 1 and c = 2", "b", "b = 1"),
        (
            "select case when a and b then c else d end as e, f",
            "b",
            "case when a and b then c else d end as e",
        ),
        ("select a from t join u on t.id = u.id", "t.id", "t.id = u.id"),
        ("select a from t left join u on x = y", "y", "x = y"),
        ("select left(name, 1) as i from t", "name", "left(name, 1) as i"),
        ("select a, (select max(b) from u where u.x = 1) as m from t", "b", "max(b)"),
        ("with c as (select p.v as w from p) select w from c", "p.v", "p.v as w"),
        ("select ',' || a || 'from' as s, b from t", "a ", "',' || a || 'from' as s"),
        ("select a -- the, first\n as x, b from t", "a", "a as x"),
        ("select a /* from */ as x from t", "a", "a as x"),
        (
            "select sum(a) over (partition by b order by c) as s, d",
            "b",
            "sum(a) over (partition by b order by c) as s",
        ),
        ("select t.group as g, h from t", "t.group", "t.group as g"),
        ("select a from t group by a, b order by c", "b", "b"),
        ("select extract(year from d) as y from t", "d)", "extract(year from d) as y"),
        ("select\n  a\n    + b   as c\nfrom t", "b", "a + b as c"),
        (
            "select percentile_cont(0.5) within group (order by x) as m, y from t",
            "x",
            "percentile_cont(0.5) within group (order by x) as m",
        ),
    ],
)
def test_the_whole_item_around_a_span(sql: str, text: str, expected: str) -> None:
    assert around(sql, text) == expected


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ('select * from "db"."main"."raw orders" as o', '"db"'),
        ("select * from `db.main`.`raw orders`", "`db.main`"),
        ("select * from a JOIN raw orders", "raw"),
    ],
)
def test_a_relation_stands_for_its_star(sql: str, text: str) -> None:
    assert around(sql, text) in ("* from raw orders", "* from raw")


def test_line_numbers_begin_at_one() -> None:
    text = SqlText("select\n  a,\n  b\nfrom t")
    assert text.line(Span(0, 6)) == 1
    assert text.evidence(Span(14, 15)) == Evidence("b", 3)


@pytest.mark.parametrize("span", [Span(-1, -1), Span(5, 5), Span(3, 2), Span(0, 999)])
def test_a_span_that_is_nowhere(span: Span) -> None:
    assert SqlText("select 1").evidence(span) is None
    assert SqlText("select 1").line(span) is None


def test_long_expressions_are_cut() -> None:
    found = around("select " + " + ".join(f"column_{n}" for n in range(100)) + " as x", "column_7 ")
    assert len(found) <= MOST_TEXT
    assert found.endswith("…")


@pytest.mark.parametrize(
    "sql",
    ["select (((a", "a)))) b", "select 'open a", '"', "case case a end end end", ")", "", "/* a"],
)
def test_text_that_does_not_balance_still_gives_something(sql: str) -> None:
    for end in range(1, len(sql) + 1):
        assert SqlText(sql).evidence(Span(end - 1, end)) is not None


def test_a_wide_select_is_scanned_once() -> None:
    sql = "select " + ", ".join(f"t.c{n} as d{n}" for n in range(20_000)) + " from t"
    text, begin = SqlText(sql), time.process_time()
    for at in range(7, len(sql) - 20, 97):
        text.evidence(Span(at, at + 1))
    assert time.process_time() - begin < 5


def test_texts_of_a_project() -> None:
    nodes = {n: Node(n, "model", n, sql=s) for n, s in (("a", "select x"), ("b", None))}
    texts = SqlTexts(Project("p", "", "", 12, "", nodes))
    assert texts.evidence("a", Span(7, 8)) == Evidence("x", 1)
    assert texts.evidence("b", Span(0, 1)) is None
    assert texts.evidence("c", Span(0, 1)) is None
    assert texts.line("a", Span(7, 8)) == 1


def test_a_condition_of_several_parts_is_shown_whole_and_no_more() -> None:
    sql = "with a as (-- why\nselect x from t join u on t.i = u.i and t.j = u.j join v on 1 = 1) select 1"
    start, end = sql.index("t.i"), sql.index("u.j") + 3
    assert SqlText(sql).evidence(Span(start, end)) == ("t.i = u.i and t.j = u.j", 2)
    assert SqlText(sql).evidence(Span(start, start + 3)) == ("t.i = u.i", 2)
