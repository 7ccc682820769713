"""From compiled lines back to the lines of the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.changes.raw_lines import raw_line

RAW = """\
{{ config(materialized='table') }}

with orders as (
    select * from {{ ref('stg_orders') }}
),
named as (
    select id, {{ clean('name') }} as name
    from orders
    {% if is_incremental() %}
    where id > 3
    {% endif %}
)
select *, {{ amounts() }} from named
"""
COMPILED = """\


with orders as (
    select * from "db"."main"."stg_orders"
),
named as (
    select id, trim(
        name
    ) as name
    from orders

    where id > 3

)
select *, 1 as a,
 2 as b from named
"""


def test_lines_of_a_model() -> None:
    found = {
        text.strip(): RAW.splitlines()[raw_line(COMPILED, RAW, number) - 1].strip()
        for number, text in enumerate(COMPILED.splitlines(), 1)
        if text.strip()
    }
    assert found == {
        "with orders as (": "with orders as (",
        'select * from "db"."main"."stg_orders"': "select * from {{ ref('stg_orders') }}",
        "),": "),",
        "named as (": "named as (",
        "select id, trim(": "select id, {{ clean('name') }} as name",
        "name": "select id, {{ clean('name') }} as name",
        ") as name": "select id, {{ clean('name') }} as name",
        "from orders": "from orders",
        "where id > 3": "where id > 3",
        ")": ")",
        "select *, 1 as a,": "select *, {{ amounts() }} from named",
        "2 as b from named": "select *, {{ amounts() }} from named",
    }


def test_no_such_line() -> None:
    assert raw_line("select 1", "select 1", 7) == 1
    assert raw_line("", "", 1) == 1
    assert raw_line("select 1", "", 1) == 1
    assert raw_line("a\n" * 5_000, "a\n" * 5_000, 4_000) == 1


@given(st.lists(st.sampled_from(["a", "b", "c", "{{ x }}", ""]), max_size=8), st.integers(0, 9))
def test_the_line_is_always_one_of_the_file(lines: list[str], at: int) -> None:
    raw = "\n".join(lines)
    compiled = raw.replace("{{ x }}", "1\n2")
    assert 1 <= raw_line(compiled, raw, at) <= max(len(lines), 1)


@given(st.lists(st.text(alphabet="abc ,", max_size=5), min_size=1, max_size=12))
def test_what_is_not_changed_by_compiling_stays_in_its_line(lines: list[str]) -> None:
    text = "\n".join([*lines, "end"])
    for number in range(1, len(text.splitlines()) + 1):
        assert raw_line(text, text, number) == number
