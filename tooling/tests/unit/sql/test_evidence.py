"""Every edge says which piece of the SQL makes it so."""

from __future__ import annotations

import pytest

from .parsing import edges_of, evidence, parse

PIECES = [
    ("select amount from orders", "amount", {("amount", "IDENTITY", "amount")}),
    ("select o.amount as v from orders o", "v", {("amount", "IDENTITY", "o.amount")}),
    (
        "select id, amount * 2 + id as v from orders",
        "v",
        {
            ("amount", "TRANSFORMATION", "amount * 2 + id"),
            ("id", "TRANSFORMATION", "amount * 2 + id"),
        },
    ),
    ("select id from orders where amount > 10", None, {("amount", "FILTER", "amount")}),
    (
        "with c as (select amount * 2 as twice from orders) select twice as v from c",
        "v",
        {("amount", "TRANSFORMATION", "amount")},
    ),
    (
        "select case when status = 'x' then amount end as v from orders",
        "v",
        {
            ("amount", "TRANSFORMATION", "status = 'x' then amount"),
            ("status", "CONDITIONAL", "status = 'x' then amount"),
        },
    ),
    ("select * from orders", "amount", {("amount", "IDENTITY", "orders")}),
    ("select o.* from orders as o", "id", {("id", "IDENTITY", "orders")}),
    (
        "select status, sum(amount) as s from orders group by 1",
        "s",
        {("amount", "AGGREGATION", "sum(amount")},
    ),
]


@pytest.mark.parametrize(("sql", "column", "expected"), PIECES, ids=[p[0] for p in PIECES])
def test_the_span_is_the_expression_in_the_text(
    sql: str, column: str | None, expected: set[tuple[str, str, str]]
) -> None:
    assert evidence(sql, parse(sql), column) == expected


def test_the_evidence_is_the_place_where_the_value_changed() -> None:
    sql = "with c as (\n  select amount * 2 as twice from orders\n)\nselect twice from c"
    (edge,) = edges_of(parse(sql), "twice")
    assert sql[: edge.evidence.start].count("\n") == 1


def test_spans_count_characters_after_emoji() -> None:
    sql = "select '💰💰' as e, amount as v from orders"
    assert evidence(sql, parse(sql), "v") == {("amount", "IDENTITY", "amount")}


def test_spans_survive_comments_and_windows_line_ends() -> None:
    sql = "-- first\r\nselect /* a */ id,\r\n  amount /* b */ as v\r\nfrom orders"
    assert evidence(sql, parse(sql), "v") == {("amount", "IDENTITY", "amount")}


def test_every_span_lies_inside_the_text_or_nowhere() -> None:
    sql = (
        "with c as (select *, row_number() over (partition by status order by id) as rn from orders) "
        "select c.*, n.name, coalesce(n.name, c.status) as label from c "
        "left join customers n on n.id = c.customer_id where rn = 1 union all select null, id, "
        "null, null, null, name, name from customers order by 2 limit 3"
    )
    for edge in parse(sql).edges():
        start, end = edge.evidence
        assert (start, end) == (-1, -1) or 0 <= start < end <= len(sql)


def test_a_gap_names_its_line() -> None:
    lineage = parse("select id,\n  missing\nfrom orders")
    assert [(g.reason, g.detail, g.line) for g in lineage.gaps] == [
        ("unknown_column", "missing", 2)
    ]


def test_a_failed_parse_names_its_line() -> None:
    (gap,) = parse("select id\nfrom orders\nwhere and").gaps
    assert (gap.reason, gap.line) == ("parse_failed", 3)
