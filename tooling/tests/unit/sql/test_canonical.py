"""Canonical forms: what is the same has one form, what is not has two."""

from __future__ import annotations

import pytest

from headwater.core.relations import Relation, SqlContext
from headwater.sql.canonical import NoPlan, Plan, canonical_plan
from headwater.sql.canonical_scope import Facts

CONTEXT = SqlContext(
    "model.x.m",
    "duckdb",
    {
        "t": Relation("model.x.t", ("id", "k", "a", "b", "s"), complete=True),
        "u": Relation("model.x.u", ("id", "name", "x"), complete=True),
        "v": Relation("model.x.v", ("id",), complete=False),
    },
)
FACTS = Facts(unique={"model.x.u": (frozenset({"id"}),)})


def plan(sql: str, facts: Facts = FACTS, dialect: str = "duckdb") -> Plan:
    context = SqlContext(CONTEXT.node, dialect, CONTEXT.relations)
    made = canonical_plan(sql, context, facts)
    assert isinstance(made, Plan), made
    return made


def form(sql: str, facts: Facts = FACTS, dialect: str = "duckdb") -> object:
    made = plan(sql, facts, dialect)
    order = made.order.key if made.order else None
    values = tuple(value.key for value in made.values)
    return made.keys, values, made.rows.key, order, tuple(t.key for t in made.unlisted)


SAME = {
    "a CTE": ("select a from t where k = 1", "with x as (select * from t) select a from x where k = 1"),
    "a filter in a CTE": ("select a from t where k = 1", "with x as (select a, k from t where 1 = k) select a from x"),
    "a subquery": ("select a + 1 as c from t", "select c from (select a + 1 as c, b from t) as q"),
    "ON and WHERE of an inner join": (
        "select t.a from t join v on t.id = v.id and t.k > 1",
        "select t.a from v, t where t.id = v.id and 1 < t.k",
    ),
    "a filter inside of a left join's right side": (
        "select t.a, v.id from t left join (select * from v where id > 3) as v on t.id = v.id",
        "select t.a, v.id from t left join v on t.id = v.id and v.id > 3",
    ),
    "a left join that adds nothing": (
        "select t.a from t left join u on u.id = t.k",
        "select a from t",
    ),
    "QUALIFY and a subquery": (
        "select a from t qualify row_number() over (partition by k order by id) = 1",
        "select a from (select *, row_number() over (partition by k order by id) as n from t) where n = 1",
    ),
    "DISTINCT and GROUP BY": ("select distinct k, s from t", "select k, s from t group by k, s"),
    "group by all": ("select k, sum(a) as c from t group by all", "select k, sum(a) as c from t group by 1"),
    "an alias as a key": ("select k + 1 as c, sum(a) as d from t group by c", "select k + 1 as c, sum(a) as d from t group by k + 1"),
    "union branches": (
        "select a from t union all select x from u",
        "with q as (select x from u), p as (select a from t) select a from p union all (select x from q)",
    ),
    "nested unions": (
        "select a from t union all (select x from u union all select id from v)",
        "(select a from t union all select x from u) union all select id from v",
    ),
    "correlation": (
        "select id from t where exists (select 1 from u where u.x = t.a)",
        "select id from t as o where exists (select * from u as i where o.a = i.x)",
    ),
    "USING": ("select id, a from t join u using (id)", "select t.id, a from t join u on u.id = t.id"),
    "an order nobody sees": ("select sum(a) as c from t", "select sum(a) as c from (select * from t order by k)"),
    "BETWEEN": ("select a from t where a between 1 and 3", "select a from t where a >= 1 and a <= 3"),
    "IN and OR": ("select a from t where a in (2, 1)", "select a from t where a = 1 or a = 2"),
    "CASE": (
        "select case k when 1 then 2 end as c from t",
        "select case when k = 1 then 2 else null end as c from t",
    ),
    "a named window": (
        "select sum(a) over w as c from t window w as (partition by k)",
        "select sum(a) over (partition by k) as c from t",
    ),
    "recursion under another name": (
        "with recursive r as (select 1 as n union all select n + 1 from r where n < 9) select n from r",
        "with recursive z(m) as (select 1 union all select m + 1 from z where m < 9) select m as n from z",
    ),
    "a window over the same rows": (
        "with x as (select * from t where a > 1) select id, rank() over (order by b) as r from x",
        "select id, rank() over (order by b) as r from t where 1 < a",
    ),
    "IN and EXISTS": (
        "select id from t where k in (select x from u where id > 1)",
        "select id from t where exists (select 1 from u where 1 < u.id and t.k = u.x)",
    ),
    "FILTER and CASE": (
        "select sum(a) filter (where k > 1) as c, count(*) filter (where b = 1) as d from t",
        "select sum(case when 1 < k then a end) as c, count(case when b = 1 then 1 end) as d from t",
    ),
    "NOT of a comparison": ("select a from t where not a > 1", "select a from t where a <= 1"),
    "the usual frame": (
        "select sum(a) over (order by b) as c from t",
        "select sum(a) over (order by b range unbounded preceding) as c from t",
    ),
    "a pivot in parentheses": (
        "select * from (pivot t on s in ('b') using sum(a) group by k) where k > 1",
        "with p as (select * from (pivot t on s in ('b') using sum(a) group by k)) select * from p where 1 < k",
    ),
    "De Morgan": ("select a from t where not (a = 1 or k = 2)", "select a from t where k <> 2 and a <> 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_the_same(name: str) -> None:
    one, other = SAME[name]
    assert form(one) == form(other)


OTHER = {
    "ON and WHERE of a left join": (
        "select t.a from t left join v on t.id = v.id and v.id > 3",
        "select t.a from t left join v on t.id = v.id where v.id > 3",
    ),
    "coalesce inside and outside of a left join": (
        "select v.c from t left join (select id, coalesce(id, 0) as c from v) as v on t.id = v.id",
        "select coalesce(v.id, 0) as c from t left join v on t.id = v.id",
    ),
    "a left join that may add rows": ("select t.a from t left join u on u.x = t.k", "select a from t"),
    "a unique key that is only a part": (
        "select t.a from t left join u on u.id > t.k", "select a from t",
    ),
    "two rolls of the dice": (
        "with x as (select random() as r from t) select r as p, r as q from x",
        "select random() as p, random() as q from t",
    ),
    "which table of two": (
        "select p.a from t as p join t as q on p.id = q.k", "select q.a from t as p join t as q on p.id = q.k",
    ),
    "correlation lost": (
        "select id from t where exists (select 1 from t as i where i.k = t.a)",
        "select id from t where exists (select 1 from t as i where i.k = i.a)",
    ),
    "a filter before and after a window": (
        "select rank() over (order by b) as r from t where a > 1",
        "select r from (select a, rank() over (order by b) as r from t) where a > 1",
    ),
    "WHERE and HAVING over another column": (
        "select k, sum(a) as c from t where a > 1 group by k", "select k, sum(a) as c from t group by k having sum(a) > 1",
    ),
    "a limit above and below a filter": (
        "select a from (select * from t order by id limit 5) where k = 1",
        "select a from t where k = 1 order by id limit 5",
    ),
    "NOT IN and NOT EXISTS": (
        "select id from t where k not in (select x from u)",
        "select id from t where not exists (select 1 from u where u.x = t.k)",
    ),
    "IN as a value": (
        "select k in (select x from u) as c from t",
        "select exists (select 1 from u where u.x = t.k) as c from t",
    ),
    "FILTER and CASE of what keeps NULL": (
        "select list(a) filter (where k > 1) as c from t",
        "select list(case when k > 1 then a end) as c from t",
    ),
    "another frame": (
        "select sum(a) over (order by b) as c from t",
        "select sum(a) over (order by b rows unbounded preceding) as c from t",
    ),
    "a window that another one is made of": (
        "select sum(a) over w as c from t window p as (partition by k), w as (p order by id)",
        "select sum(a) over w as c from t window p as (partition by s), w as (p order by id)",
    ),
    "the order of an array": (
        "select array(select x from u order by id) as c from t",
        "select array(select x from u order by name) as c from t",
    ),
    "repeated names": (
        "select id_1 from (select t.id, u.id from t join u on t.k = u.x)",
        "select id_1 from (select u.id, t.id from t join u on t.k = u.x)",
    ),
    "a star of a pivot": (
        "select * from (select k, s, a from t) pivot (sum(a) for s in ('b', 'c'))",
        "select * from (select k, s, b as a from t) pivot (sum(a) for s in ('b', 'c'))",
    ),
    "CASE branches": (
        "select case when a > 1 then 1 when b > 1 then 2 end as c from t",
        "select case when b > 1 then 2 when a > 1 then 1 end as c from t",
    ),
    "coalesce": ("select coalesce(a, b) as c from t", "select coalesce(b, a) as c from t"),
    "the order inside of a list": ("select list(a order by b) as c from t", "select list(a order by a) as c from t"),
    "the order below a list": (
        "select list(a) as c from (select * from t order by b)", "select list(a) as c from t",
    ),
    "distinct": ("select k from t", "select distinct k from t"),
    "what a union stacks": (
        "select a, b from t union all select id, x from u", "select a, b from t union all select x, id from u",
    ),
    "union and union all": ("select a from t union select x from u", "select a from t union all select x from u"),
    "except": ("select a from t except select x from u", "select x as a from u except select a from t"),
    "capitals in a text": ("select a from t where s = 'b'", "select a from t where s = 'B'"),
    "a shadowed name": (
        "select a from t", "with t as (select a + 1 as a from t) select a from t",
    ),
    "one and one point nought": ("select a / 2 as c from t", "select a / 2.0 as c from t"),
    "all columns in order": ("select a from t order by all limit 3", "select a from t order by id limit 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER)
def test_not_the_same(name: str) -> None:
    one, other = OTHER[name]
    assert form(one) != form(other)


def test_a_column_more_changes_nothing_else() -> None:
    before = plan(
        "with x as (select k, sum(a) as c from t group by k) select k, c from x where c > 1"
    )
    after = plan(
        "with x as (select k, sum(a) as c, max(b) as d from t group by k) select k, c, d from x where c > 1"
    )
    assert before.rows == after.rows
    assert before.values == after.values[:2]


def test_a_source_is_told_from_its_copy_by_unique_keys_only() -> None:
    facts = Facts()
    one, other = SAME["a left join that adds nothing"]
    assert form(one, facts) != form(other, facts)


def test_a_row_number_of_one_makes_a_key() -> None:
    picked = "(select *, row_number() over (partition by x order by id) as n from u) where n = 1"
    joined = f"select t.a from t left join (select * from {picked}) as p on p.x = t.k"
    assert form(joined) == form("select a from t")
    fanned = f"(select w.*, v.id as vid from (select * from {picked}) as w join v on v.id > w.x)"
    again = f"select t.a from t left join {fanned} as p on p.x = t.k"
    assert form(again) != form("select a from t")


def test_a_column_that_was_renamed_above() -> None:
    facts = Facts(others={"model.x.t": ("amount",)}, renamed={"model.x.t": {"amount": "a"}})
    assert form("select amount as c from t", facts) == form("select a as c from t", facts)
    unrenamed = Facts(others={"model.x.t": ("amount",)})
    assert form("select amount as c from t", unrenamed) != form("select a as c from t", unrenamed)


def test_a_model_that_one_side_lacks_is_read_through() -> None:
    body = {"external.half_way": ("select id, a * 2 as c from t where k = 1", CONTEXT)}
    facts = Facts(body=body.get)
    assert form("select c from half_way", facts) == form(
        "select a * 2 as c from t where 1 = k", facts
    )
    assert form("select c from half_way", facts) != form("select a as c from t where k = 1", facts)


def test_quoted_names_by_dialect() -> None:
    assert form('select "A" as c from t') == form("select a as c from t")
    quoted = form('select "A" as c from v', dialect="postgres")
    assert quoted != form("select a as c from v", dialect="postgres")
    assert form('select "A" as c from v', dialect="snowflake") == form(
        "select a as c from v", dialect="snowflake"
    )


NONE = {
    "drop table t": "it is a drop statement",
    "select * from t; select * from u": "it has several statements",
    "select columns('a.*') from t": "it has columns that depend on a pattern",
    "select a.* from t": "it has the fields of a value",
    "select * exclude (t.id) from t join u using (id)": "it has a star without one table's column",
    "select a from": "it could not be parsed",
    "select {{ x }}": "the SQL is a template, not compiled",
    "": "there is no SQL",
}


def test_names() -> None:
    assert plan("select a, b from t union all by name select id, b from t").names == (
        "a",
        "b",
        "id",
    )
    assert plan("select * from t join u using (id)").names[:2] == ("id", "k")
    kept = "select * from (select k, id from t) join u using (id)"
    assert plan(kept).names == ("k", "id", "name", "x")
    assert plan(kept, dialect="postgres").names == ("id", "k", "name", "x")


@pytest.mark.parametrize("sql", NONE)
def test_no_form(sql: str) -> None:
    made = canonical_plan(sql, CONTEXT, FACTS)
    assert isinstance(made, NoPlan)
    assert made.why.startswith(NONE[sql])
