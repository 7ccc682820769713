-- note: what stands in the columns: expressions, constants, aggregates, windows
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: value
-- model: m
select id, k, a, b, s, d from raw.t
-- both: agg
select k, sum(a) as total, count(*) as n, count(b) as bs from main.m group by k
-- both: big
select id, s from main.m where a > 3
-- both: dead
select id, k from (select id, k, a, b, s from main.m) as x
-- both: far
select k, total * 2 as twice, n from main.agg
-- both: named
select m.id, upper(m.s) as name, u.x from main.m as m left join raw.u as u on u.w = m.s
-- exposure: board reads far
-- test: not_null m.a
-- say: A = agg.total value; far.twice value; big rows; board value; not_null_m_a rows?
-- say: B = agg.bs value?
-- say: S = big.s value; named rows; named.name value; named.x value?

-- pair: a constant is multiplied in
-- kind: constant
-- head: m
select id, k, a * 2 as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: another constant
-- kind: constant
-- base: m
select id, k, a * 2 as a, b, s, d from raw.t
-- head: m
select id, k, a * 5 as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: coalesce is added
-- head: m
select id, k, coalesce(a, 99) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: another default in coalesce
-- kind: constant
-- base: m
select id, k, coalesce(a, 0) as a, b, s, d from raw.t
-- head: m
select id, k, coalesce(a, 99) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a branch is added to a CASE
-- kind: case
-- base: m
select id, k, case when s = 'a' then 1 else a end as a, b, s, d from raw.t
-- head: m
select id, k, case when s = 'a' then 1 when s = 'b' then 77 else a end as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: another condition in a CASE
-- kind: case
-- base: m
select id, k, case when b > 3 then 50 else a end as a, b, s, d from raw.t
-- head: m
select id, k, case when b >= 3 then 50 else a end as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: ELSE is added
-- kind: case
-- base: m
select id, k, case when b > 3 then a end as a, b, s, d from raw.t
-- head: m
select id, k, case when b > 3 then a else 60 end as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a text is trimmed and lowered
-- head: m
select id, k, a, b, lower(trim(s)) as s, d from raw.t
-- change: m.s value
-- felt: big.s value; named rows; named.name value?; named.x value?

-- pair: another column under the same name
-- head: m
select id, k, b as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a column becomes a constant
-- kind: constant
-- head: m
select id, k, 7 as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a key changes, and groups with it
-- head: m
select id, k + 100 as k, a, b, s, d from raw.t
-- change: m.k value
-- felt: agg rows; dead.k value; far rows; board rows

-- pair: a key is coarsened
-- head: m
select id, k // 3 as k, a, b, s, d from raw.t
-- change: m.k value
-- felt: agg rows; agg.total value?; agg.n value?; agg.bs value?; dead.k value; far rows; far.twice value?; far.n value?; board rows

-- pair: a column that nobody below uses
-- kind: dead column
-- head: m
select id, k, a, b, s, d + 1 as d from raw.t
-- change: m.d value

-- pair: only whether it is NULL matters below
-- head: m
select id, k, a, nullif(b, 3) as b, s, d from raw.t
-- change: m.b value
-- felt: agg.bs value

-- pair: a date is truncated to its month
-- head: m
select id, k, a, b, s, cast(date_trunc('month', d) as date) as d from raw.t
-- change: m.d value

-- pair: sum becomes max
-- kind: aggregate
-- base: m
select min(id) as id, k, sum(a) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- head: m
select min(id) as id, k, max(a) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- change: m.a value; m.a type
-- felt: A

-- pair: sum of distinct values
-- kind: aggregate
-- base: m
select min(id) as id, k, sum(a) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- head: m
select min(id) as id, k, sum(distinct a) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: another argument of an aggregate
-- kind: aggregate
-- base: m
select min(id) as id, k, max(a) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- head: m
select min(id) as id, k, max(a + b) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: the order inside of an aggregate
-- kind: aggregate
-- base: m
select min(id) as id, k, min(a) as a, min(b) as b, string_agg(s, ',' order by s, id) as s, min(d) as d from raw.t group by k
-- head: m
select min(id) as id, k, min(a) as a, min(b) as b, string_agg(s, ',' order by s desc, id) as s, min(d) as d from raw.t group by k
-- change: m.s value
-- felt: big.s value; named.name value; named rows?; named.x value?

-- pair: another filter of an aggregate
-- kind: aggregate
-- base: m
select min(id) as id, k, sum(a) filter (where b > 2) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- head: m
select min(id) as id, k, sum(a) filter (where b > 5) as a, min(b) as b, min(s) as s, min(d) as d from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: another partition of a window
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k) as a, b, s, d from raw.t
-- head: m
select id, k, sum(a) over (partition by b) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: another order of a window
-- kind: window
-- base: m
select id, k, row_number() over (partition by k order by b, id, s, d, a) as a, b, s, d from raw.t
-- head: m
select id, k, row_number() over (partition by k order by b desc, id, s, d, a) as a, b, s, d from raw.t
-- change: m.a value
-- felt: agg.total value?; far.twice value?; big rows; not_null_m_a rows?; board value?

-- pair: another frame of a window
-- kind: window
-- base: m
select id, k, sum(a) over (order by id, b, s, d, k rows between 1 preceding and current row) as a, b, s, d from raw.t
-- head: m
select id, k, sum(a) over (order by id, b, s, d, k rows between 2 preceding and current row) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: lag by two
-- kind: window
-- base: m
select id, k, lag(a) over (order by id, b, s, d, k) as a, b, s, d from raw.t
-- head: m
select id, k, lag(a, 2) over (order by id, b, s, d, k) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: row_number becomes rank
-- kind: window
-- base: m
select id, k, row_number() over (partition by k order by b, id, s, d, a) as a, b, s, d from raw.t
-- head: m
select id, k, rank() over (partition by k order by b) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a scalar subquery takes another aggregate
-- kind: subquery
-- base: m
select id, k, (select max(x) from raw.u) as a, b, s, d from raw.t
-- head: m
select id, k, (select min(x) from raw.u) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a condition in a scalar subquery
-- kind: subquery
-- base: m
select id, k, (select count(*) from raw.u where u.id = t.k) as a, b, s, d from raw.t
-- head: m
select id, k, (select count(*) from raw.u where u.id = t.k and u.x > 4) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a condition in a CTE that only one column comes from
-- kind: nested CTE
-- base: m
with x as (select id, max(x) as x from raw.u group by id) select t.id, t.k, x.x as a, t.b, t.s, t.d from raw.t as t left join x on x.id = t.k
-- head: m
with x as (select id, max(x) as x from raw.u where w <> 'b' group by id) select t.id, t.k, x.x as a, t.b, t.s, t.d from raw.t as t left join x on x.id = t.k
-- change: m.a value; m rows?
-- felt: A; agg rows?; agg.n value?; agg.bs value?; far rows?; far.n value?; dead rows?; named rows?; board rows?

-- pair: an expression three CTEs deep
-- kind: nested CTE
-- base: m
with x as (select *, a + b as e from raw.t), y as (select *, e * 2 as g from x), z as (select *, g - 1 as h from y) select id, k, h as a, b, s, d from z
-- head: m
with x as (select *, a + b as e from raw.t), y as (select *, e * 3 as g from x), z as (select *, g - 1 as h from y) select id, k, h as a, b, s, d from z
-- change: m.a value
-- felt: A

-- pair: one branch of a union
-- kind: union
-- base: m
select id, k, a, b, s, d from raw.t union all select id, id, x, x, w, date '2020-01-01' from raw.u
-- head: m
select id, k, a, b, s, d from raw.t union all select id, id, x * 10, x, w, date '2020-01-01' from raw.u
-- change: m.a value
-- felt: A

-- pair: a branch of a UNION that removes what is repeated
-- kind: union
-- base: m
select id, k, a, b, s, d from raw.t union select id, id, x, x, w, date '2020-01-01' from raw.u
-- head: m
select id, k, a, b, s, d from raw.t union select id, id, x // 5, x // 5, w, date '2020-01-01' from raw.u
-- change: m.a value?; m.b value?; m rows
-- felt: A; agg rows?; agg.n value; agg.bs value; far rows?; far.n value; dead rows; named rows; named.x value?; board rows

-- pair: values of a column under distinct
-- kind: distinct
-- base: m
select distinct k as id, k, a, b, 'a' as s, date '2020-01-01' as d from raw.t
-- head: m
select distinct k as id, k, a // 4 as a, b, 'a' as s, date '2020-01-01' as d from raw.t
-- change: m.a value?; m rows
-- felt: A; agg rows?; agg.n value; agg.bs value; far rows?; far.n value; dead rows; named rows; board rows

-- pair: a column that decides a limit
-- kind: limit
-- base: m
with x as (select id, k, a, b, s, d, b as o from raw.t) select id, k, a, b, s, d from x order by o, id, s, d, a, k limit 5
-- head: m
with x as (select id, k, a, b, s, d, -b as o from raw.t) select id, k, a, b, s, d from x order by o, id, s, d, a, k limit 5
-- change: m rows
-- felt: agg rows; agg.total value; agg.n value; agg.bs value; far rows; far.twice value; far.n value; big rows; dead rows; named rows; board rows; not_null_m_a rows?

-- pair: a column that decides a join
-- kind: join
-- base: m
with x as (select id, k as j, k, a, b, s, d from raw.t) select x.id, x.k, u.x as a, x.b, x.s, x.d from x join raw.u as u on u.id = x.j
-- head: m
with x as (select id, k + 2 as j, k, a, b, s, d from raw.t) select x.id, x.k, u.x as a, x.b, x.s, x.d from x join raw.u as u on u.id = x.j
-- change: m rows; m.a value?
-- felt: agg rows; agg.total value; agg.n value; agg.bs value; far rows; far.twice value; far.n value; big rows; dead rows; named rows; board rows; not_null_m_a rows?

-- pair: a column that a window is ordered by, in a CTE
-- kind: window
-- base: m
with x as (select *, b as o from raw.t) select id, k, row_number() over (order by o, id, s, d, k, a) as a, b, s, d from x
-- head: m
with x as (select *, -b as o from raw.t) select id, k, row_number() over (order by o, id, s, d, k, a) as a, b, s, d from x
-- change: m.a value
-- felt: A

-- pair: a text goes into a list of values
-- kind: constant
-- base: m
select id, k, case when s in ('a', 'b') then 1 else 20 end as a, b, s, d from raw.t
-- head: m
select id, k, case when s in ('a', 'b', 'B') then 1 else 20 end as a, b, s, d from raw.t
-- change: m.a value
-- felt: A

-- pair: a format of a date
-- kind: constant
-- base: m
select id, k, a, b, strftime(d, '%Y-%m') as s, d from raw.t
-- head: m
select id, k, a, b, strftime(d, '%Y-%d') as s, d from raw.t
-- change: m.s value
-- felt: big.s value; named.name value; named rows?; named.x value?

-- pair: a rounding with fewer digits
-- kind: constant
-- base: m
select id, k, round(a / 3.0, 3) as a, b, s, d from raw.t
-- head: m
select id, k, round(a / 3.0, 1) as a, b, s, d from raw.t
-- change: m.a value; m.a type?
-- felt: agg.total value; far.twice value; big rows?; board value; not_null_m_a rows?

-- pair: least becomes greatest
-- head: m
select id, k, greatest(a, b) as a, b, s, d from raw.t
-- base: m
select id, k, least(a, b) as a, b, s, d from raw.t
-- change: m.a value
-- felt: A
