"""SQL that is huge, deep, broken or strange: an answer or a `Gap`, never a crash.

A crash of the compiled parser ends the process, so everything deep is tried in a process of its own
first: one process for all texts of a dialect, which prints a line before and after each.
"""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from headwater.core.edges import GapReason
from headwater.sql.parse import parse_node

from .deep import DEEP
from .parsing import SHOP, context, edges_of, parse, reasons

SECONDS = 60  #: for one text, on a busy machine; each takes far under one second on an idle one


_CHILD = """
import sys
from sql.deep import DEEP
from sql.parsing import parse
for name, make in DEEP.items():
    print("start", name, flush=True)
    lineage = parse(make(), sys.argv[1])
    print("end", name, [g.reason for g in lineage.gaps], flush=True)
"""


@pytest.mark.parametrize(
    "dialect", ["duckdb", "snowflake", "bigquery", "postgres", "tsql", "clickhouse"]
)
def test_nothing_deep_ends_the_process(dialect: str) -> None:
    path = ":".join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, dialect],
        capture_output=True,
        text=True,
        timeout=SECONDS * 4,
        check=False,
        env={"PYTHONPATH": path, "PATH": ""},
    )
    last = (done.stdout.splitlines() or ["nothing"])[-1]
    assert done.returncode == 0, f"exit {done.returncode} at: {last}\n{done.stderr[-500:]}"
    assert done.stdout.count("end ") == len(DEEP)
    assert GapReason.INTERNAL not in done.stdout


UNDERSTOOD = [
    "10,000 terms", "10,000 conditions", "10,000 concatenations", "300 parentheses", "300 subqueries",
    "500 CTEs in a chain", "100 CTEs in each other", "200 branches", "2,000 distinct branches",
    "1,000 exceptions", "500 joins", "300 joins in parentheses",
]  # fmt: skip


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_long_but_flat_sql_is_understood(name: str) -> None:
    lineage = parse(DEEP[name]())
    assert lineage.gaps == ()
    assert edges_of(lineage, lineage.columns[-1])


@pytest.mark.parametrize(
    "name", ["5,000 parentheses", "5,000 cases", "5,000 structs", "1,000 subqueries"]
)
def test_what_is_too_deep_is_told(name: str) -> None:
    lineage = parse(DEEP[name]())
    assert (lineage.columns, reasons(lineage)) == ((), [GapReason.TOO_DEEP])


def test_sql_of_one_megabyte() -> None:
    items = ",\n".join(f"amount + {i} as a_rather_long_column_name_{i}" for i in range(25_000))
    sql = f"select\n{items}\nfrom orders"
    assert len(sql) > 1_000_000
    started = time.process_time()
    lineage = parse(sql)
    assert time.process_time() - started < SECONDS
    assert len(lineage.columns) == 25_000
    assert {e.source.column for e in edges_of(lineage, lineage.columns[-1])} == {"amount"}


def test_one_megabyte_of_comments() -> None:
    assert parse("-- (((\n" * 150_000 + "select id from orders").columns == ("id",)


def test_three_thousand_columns_through_stars() -> None:
    names = tuple(f"c{i}" for i in range(3000))
    sql = "with a as (select * from wide), b as (select *, c0 + c1 as v from a) select * from b"
    lineage = parse_node(sql, context({"wide": names}))
    assert lineage.columns == (*names, "v")
    assert {e.source.column for e in edges_of(lineage, "c2999")} == {"c2999"}


def test_brackets_beside_each_other_are_not_deep() -> None:
    items = ", ".join(f"list[{i}] + (({i})) as v{i}" for i in range(2000))
    lineage = parse_node(f"select {items} from t", context({"t": ["list"]}))
    assert (len(lineage.columns), lineage.gaps) == (2000, ())


def test_brackets_in_strings_and_comments_are_not_deep() -> None:
    sql = f"select id, '{'(' * 5000}' as v /* {'(' * 5000} */ from orders -- {'[' * 5000}"
    assert parse(sql).gaps == ()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("", ["not_a_query"]),
        ("   \n\t ", ["not_a_query"]),
        (";;;", ["not_a_query"]),
        ("-- only a comment", ["not_a_query"]),
        ("select", ["not_a_query"]),
        ("select id from", ["parse_failed"]),
        ("this is no sql", ["not_a_query"]),
        ("select id from orders where (", ["parse_failed"]),
        ("select 'open from orders", ["parse_failed"]),
        ("select id from {{ ref('orders') }}", ["jinja_left"]),
        ("{% if x %} select id from orders {% endif %}", ["jinja_left"]),
        ("select id from orders {# a note #}", ["jinja_left"]),
        ("grant select on orders to someone", ["not_a_query"]),
        ("truncate table orders", ["not_a_query"]),
        ("vacuum", ["not_a_query"]),
        ("call do_it(1)", ["not_a_query"]),
        ("def model(dbt, session):\n    return dbt.ref('orders')", ["parse_failed"]),
    ],
)
def test_what_is_no_query_is_told(sql: str, expected: list[str]) -> None:
    lineage = parse(sql)
    assert (lineage.columns, reasons(lineage)) == ((), expected)


def test_jinja_in_a_string_or_a_comment_is_text() -> None:
    lineage = parse("select id, '{{ x }}' as v /* {% y %} */ from orders -- {# z #}")
    assert (lineage.columns, lineage.gaps) == (("id", "v"), ())


STRANGE = [
    "select id from orders\x00",
    "\x00select id from orders",
    "select 'a\x00b' as v, id from orders",
    "select id, '\ud800' as v from orders",
    'select id as "\udfff" from orders',
    "\ufeffselect id from orders",
    "select\u00a0id\u00a0from\u00a0orders",
    "select id from orders \u200b",
    "select\rid\rfrom\rorders",
    "select id\x0cfrom\x0borders",
    "select \uff49\uff44 from orders",
    "select id from orders\x1a",
    "select “id” from orders",
    "select id \u2013 1 from orders",
    'select id as "" from orders',
    "select id as `` from orders",
    "select id as [] from orders",
    'select id as "a.b.""c"".💥" from orders',
]


@pytest.mark.parametrize("sql", STRANGE, ids=ascii)
@pytest.mark.parametrize("dialect", ["duckdb", "bigquery", "tsql", "clickhouse"])
def test_strange_characters_never_raise(sql: str, dialect: str) -> None:
    lineage = parse(sql, dialect)
    assert GapReason.INTERNAL not in reasons(lineage)
    assert lineage.columns or lineage.gaps


def test_the_table_statement_is_understood_or_told() -> None:
    """Only newer versions of sqlglot read ``table t``."""
    lineage = parse("table orders", "postgres")
    assert lineage.columns == SHOP["orders"] or reasons(lineage) == ["not_a_query"]


@pytest.mark.parametrize("order", ["row(amount) using operator(pg_catalog.*>)", "amount using >"])
def test_comparisons_of_bytes_are_understood(order: str) -> None:
    """As the package itself writes them on Postgres."""
    sql = (
        "select id, row(status)::record *<> lag(row(status)::record)"
        f" over (partition by id order by customer_id desc, {order}) as changed from orders"
    )
    lineage = parse(sql, "postgres")
    assert lineage.gaps == ()
    found = {e.source.column for e in edges_of(lineage, "changed")}
    assert found == {"status", "id", "customer_id", "amount"}


def test_a_byte_order_mark_is_no_part_of_the_sql() -> None:
    assert parse("\ufeffselect id from orders").columns == ("id",)


def test_no_break_spaces_are_spaces() -> None:
    assert parse("select\u00a0id from\u00a0orders").columns == ("id",)


@pytest.mark.parametrize(
    "name", ["a.b", 'a"b', "a'b", "a`b", "a[b]", "💰", " ", "select", "a\nb", "*", "%"]
)
def test_names_hold_anything_that_is_quoted(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    sql = f"with c as (select {quoted} from t) select c.{quoted}, {quoted} as v from c"
    lineage = parse_node(sql, context({"t": [name]}))
    assert lineage.columns == (name, "v")
    assert [e.source.column for e in edges_of(lineage, "v")] == [name]
    assert lineage.gaps == ()


def test_an_unknown_dialect_is_a_gap_or_generic_sql() -> None:
    lineage = parse("select id from orders", "no_such_dialect")
    assert GapReason.INTERNAL not in reasons(lineage)
    assert lineage.columns or lineage.gaps
