from __future__ import annotations

import pytest

from headwater.sql.one_row import has_one_row

ALWAYS = """\
select count(*) from t
select coalesce(max(x), 0) + 1 as n from t where y > 0
select sum(count(*)) over () from t
with a as (select count(*) as n from t), b as (select max(x) as m from u) select n, m from a cross join b
select * from (select min(x) as m from t) as s
select 1 as one
select (select max(x) from t) as m
select count(*) from a join b on a.id = b.id""".splitlines()

NOT_ALWAYS = """\
select x from t
select k, count(*) from t group by k
select count(*) from t group by ()
select count(*) from t having count(*) > 1
select count(*) from t limit 0
select sum(x) over () from t
select max(x) filter (where y) over (order by z) from t
select (select max(x) from t) as m from u
with a as (select count(*) as n from t) select * from a where n > 0
with a as (select count(*) as n from t) select a.n from a join u on u.n = a.n
with recursive a as (select 1 as n union all select n + 1 from a where n < 3) select count(*) over () from a
select unnest(array_agg(x)) from t
select count(*) from t union all select count(*) from u
select count(*) from t qualify row_number() over () > 1
select (
select 1; select 2""".splitlines()


@pytest.mark.parametrize("sql", ALWAYS)
def test_one_row_whatever_the_inputs_hold(sql: str) -> None:
    assert has_one_row(sql, "duckdb")


@pytest.mark.parametrize("sql", NOT_ALWAYS)
def test_none_or_several(sql: str) -> None:
    assert not has_one_row(sql, "duckdb")
