"""What a change of values or rows becomes from hop to hop."""

from __future__ import annotations

import pytest

from headwater.core.changes import ChangeKind
from headwater.core.columns import ColumnRef

from .projects import after, felt, model, node_id, reader, source, understood

VALUE, ROWS, UNKNOWN, TYPE = (
    ChangeKind.VALUE, ChangeKind.ROWS, ChangeKind.UNKNOWN, ChangeKind.TYPE,
)  # fmt: skip
RAW = source("raw", "id k amount status at")


def said(sql: str, place: str, kind: ChangeKind) -> dict[str, str]:
    """What one model over ``raw`` feels, without its name."""
    found = felt(after(understood(RAW, model("m", sql)), place, kind))
    return {p.removeprefix("m").removeprefix("."): word for p, word in found.items()}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select id, amount as a from {raw}", {"a": "value"}),
        ("select id, coalesce(amount, 0) as a from {raw}", {"a": "value"}),
        ("select id, md5(amount) as a from {raw}", {"a": "value"}),
        ("select id, case when amount > 0 then k end as a from {raw}", {"a": "value"}),
        ("select id, row_number() over (partition by k order by amount) as a from {raw}",
         {"a": "value"}),
        ("select id from {raw} where amount > 0", {"": "rows"}),
        ("select id, count(*) as n from {raw} where amount > 0 group by id",
         {"": "rows", "n": "value"}),
        ("select amount, count(*) as n from {raw} group by amount",
         {"": "rows", "amount": "value", "n": "value"}),
        ("select distinct amount from {raw}", {"": "rows", "amount": "value"}),
        ("select id from {raw} order by amount limit 10", {"": "rows"}),
        ("select id from {raw} order by amount", {}),
        ("select k, count(amount) as n from {raw} group by k", {"n": "value"}),
        ("select k, count(*) as n from {raw} group by k", {}),
        ("select id, 'x' as amount from {raw}", {}),
        ("with unused as (select amount from {raw}) select id from {raw}", {}),
    ],
)  # fmt: skip
def test_a_value(sql: str, expected: dict[str, str]) -> None:
    assert said(sql, "raw.amount", VALUE) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select id, amount from {raw}", {"": "rows"}),
        ("select k, sum(amount) as total from {raw} group by k", {"": "rows", "total": "value"}),
        ("select count(*) as n, max(at) as last from {raw}", {"n": "value", "last": "value"}),
        ("with all_of as (select sum(amount) as total from {raw}) select total from all_of",
         {"total": "value"}),
        ("select count(*) as n from {raw} having count(*) > 1", {"": "rows", "n": "value"}),
        ("select max(amount) filter (where k > 1) over (order by at) as m from {raw}",
         {"": "rows", "m": "value"}),
        ("select 1 as one where exists (select 1 from {raw})", {"": "rows"}),
        ("select (select count(*) from {raw}) as n", {"n": "value"}),
    ],
)  # fmt: skip
def test_rows(sql: str, expected: dict[str, str]) -> None:
    assert said(sql, "raw", ROWS) == expected


def test_an_incremental_aggregate_gets_a_row_with_every_run() -> None:
    loaded = understood(
        RAW, model("m", "select count(*) as n from {raw}", materialized="incremental")
    )
    assert felt(after(loaded, "raw", ROWS)) == {"m": "rows", "m.n": "value"}


def test_dead_columns_stop_it_and_what_feels_nothing_is_named() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id, amount, status from {raw}"),
        model("fct", "select id, amount from {stg}"),
        reader("exposure", "board", "fct"),
    )
    answer = after(loaded, "raw.status", VALUE)
    assert felt(answer) == {"stg.status": "value"}
    assert answer.untouched == ("exposure.shop.board", node_id("fct"))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select amount from {raw}", {"amount": "shape"}),
        ("select amount * 2 as a from {raw}", {"a": "unknown"}),
        ("select cast(amount as text) as a from {raw}", {"a": "unknown"}),
        ("select amount as a from {raw} union all select k from {raw}", {"a": "unknown"}),
        ("select id from {raw} where amount = k", {"": "unknown"}),
        ("select k, max(amount) as a from {raw} group by k", {"a": "unknown"}),
        ("select id from {raw} order by amount", {}),
        ("with t as (select upper(amount) as u, id from {raw}) select id from t",
         {"": "unknown"}),
        ("select id, k from {raw}", {}),
    ],
)  # fmt: skip
def test_a_type_is_handed_on_and_whatever_works_on_it_is_not_called_safe(
    sql: str, expected: dict[str, str]
) -> None:
    assert said(sql, "raw.amount", TYPE) == expected


def test_what_cannot_be_seen_is_unknown_never_untouched() -> None:
    loaded = understood(
        RAW,
        model("py", language="python", parents=(node_id("raw"),)),
        model("bad", "select id from ((( {raw}"),
        model("below", "select x from {py}"),
        model("plain", "select id from {raw}"),
    )
    answer = after(loaded, "raw.amount", VALUE)
    assert {place: word for place, word in felt(answer).items() if "." not in place} == {
        "bad": "unknown",
        "below": "unknown",
        "py": "unknown",
    }
    assert answer.untouched == (node_id("plain"),)


def test_a_star_over_unknown_columns_hands_on_what_is_asked_of_it() -> None:
    loaded = understood(
        source("raw"),
        model("stg", "select * from {raw}"),
        model("fct", "select sum(amount) as total from {stg} group by k"),
    )
    answer = after(loaded, "raw.amount", VALUE)
    assert felt(answer) == {"fct.total": "value", "stg.*": "value", "stg.amount": "value"}


def test_a_column_that_one_reader_names_is_among_what_a_star_hands_on_to_others() -> None:
    loaded = understood(
        source("raw"),
        model("names", "select amount from {raw}"),
        model("copy", "select * from {raw}"),
        model("far", "select * from {copy}"),
    )
    found = felt(after(loaded, "raw.amount", VALUE))
    assert (found["copy.*"], found["far.*"]) == ("value", "value")


def test_nodes_on_a_cycle_are_unknown() -> None:
    loaded = understood(
        RAW,
        model("a", "select raw.id, b.x from {raw} as raw join {b} as b on b.id = raw.id"),
        model("b", "select id, id as x from {a}"),
    )
    assert felt(after(loaded, "raw.amount", VALUE)) | {} == {
        "a": "unknown", "a.id": "unknown", "a.x": "unknown",
        "b": "unknown", "b.id": "unknown", "b.x": "unknown",
    }  # fmt: skip


def test_an_unknown_change_is_unknown_all_the_way() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id, amount from {raw}"),
        model("fct", "select k, count(*) as n from {stg} group by k"),
        model("const", "select 1 as one from {stg} limit 0"),
    )
    answer = after(loaded, "stg", UNKNOWN)
    assert answer.verdict(ColumnRef(node_id("fct"), "n")).name == "UNKNOWN"
    assert not answer.untouched


def test_a_hit_says_how_near_how_it_came_and_where() -> None:
    loaded = understood(
        RAW,
        model("stg", "select id, amount from {raw}"),
        model("fct", "select id, sum(amount) as total from {stg} group by id"),
    )
    answer = after(loaded, "raw.amount", VALUE)
    hit = answer.leading(node_id("fct"))
    assert hit is not None
    assert (hit.depth, str(hit.via), hit.reason) == (2, "stg.amount", "aggregates it")
    sql = loaded.project.nodes[node_id("fct")].sql or ""
    assert "amount" in sql[hit.evidence.start : hit.evidence.end]
    assert [str(place) for place in answer.path(hit)] == [
        "raw.raw.amount",
        "stg.amount",
        "fct.total",
    ]


def test_a_seed_and_the_source_over_it_feel_the_same() -> None:
    seed = model("numbers", kind="seed", relation='"db"."raw"."raw"')
    loaded = understood(RAW, seed, model("stg", "select amount from {raw}"))
    assert felt(after(loaded, "seed.shop.numbers", ROWS)) == {"stg": "rows"}
