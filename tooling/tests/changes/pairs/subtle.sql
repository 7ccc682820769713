-- note: names, NULLs, ties, types: where a quick look goes wrong in either direction
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: subtle
-- model: m
select id, k, a, b, s from raw.t
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: narrow
select id, s from main.m
-- say: A = agg.total value
-- say: ROWS = agg rows; agg.total value; agg.n value; narrow rows
-- say: MORE = agg rows?; agg.total value; agg.n value; narrow rows

-- pair: a lateral alias takes the place of a column
-- kind: shadowed names
-- base: m
select id, k, a + 1 as e, e * 2 as a, b, s from (select *, b as e from raw.t) as x
-- head: m
select id, k, a + 1 as g, e * 2 as a, b, s from (select *, b as e from raw.t) as x
-- change: m.e removed; m.g added; m.a value?

-- pair: an alias that a later item reads gets other logic
-- kind: shadowed names
-- base: m
select id, k, a + 1 as e, e * 2 as a, b, s from raw.t
-- head: m
select id, k, a + 5 as e, e * 2 as a, b, s from raw.t
-- change: m.e value; m.a value
-- felt: A

-- pair: GROUP BY a name that is a column and an alias
-- kind: shadowed names
-- base: m
select min(id) as id, k // 3 as k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select min(id) as id, k // 3 as k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by 2
-- change: m grain; m.id value?; m.a value?; m.b value?; m.s value?
-- felt: agg rows?; agg.total value?; agg.n value; narrow rows

-- pair: ORDER BY an alias decides a LIMIT
-- kind: limit
-- base: m
select id, k, a, b, s from raw.t order by a, id, k, b, s limit 4
-- head: m
select id, k, -a as a, b, s from raw.t order by a, id, k, b, s limit 4
-- change: m rows; m.a value?
-- felt: MORE

-- pair: USING, and the key of the other side
-- kind: join
-- base: m
select id, t.k, t.a, t.b, t.s from raw.t as t full join raw.u as u using (id)
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t full join raw.u as u using (id)
-- change: m.id value
-- felt: narrow.id value

-- pair: branches of UNION ALL change places
-- kind: union
-- base: m
select id, k, a, b, s from raw.t where f union all select id, k, a, b, s from raw.t where not f
-- head: m
select id, k, a, b, s from raw.t where not f union all select id, k, a, b, s from raw.t where f
-- change: m row order?; m none; m rows?
-- felt: agg rows?; narrow rows?

-- pair: branches of UNION ALL change places, and the names with them
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union all select id, x, x as c, x, w from raw.u
-- head: m
select id, x as k, x as c, x as b, w as s from raw.u union all select id, k, a, b, s from raw.t
-- change: m.a renamed c; m rows?; m.k value?; m.b value?; m.s value?; m.c value?
-- felt: agg breaks; narrow rows?; narrow.s value?

-- pair: an ORDER BY is added at the end
-- kind: order of rows
-- head: m
select id, k, a, b, s from raw.t order by b, id, k, a, s
-- change: m row order
-- felt: agg rows?; narrow rows?

-- pair: an ORDER BY is taken away
-- kind: order of rows
-- base: m
select id, k, a, b, s from raw.t order by b desc, id, k, a, s
-- head: m
select id, k, a, b, s from raw.t
-- change: m row order
-- felt: agg rows?; narrow rows?

-- pair: an inner join's sides change places
-- kind: join
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.u as u join raw.t as t on t.id = u.id
-- change: m none; m row order?; m rows?
-- felt: agg rows?; narrow rows?

-- pair: an inner join's sides change places under a star
-- kind: star
-- base: m
select * from (select id as tid, k, a from raw.t) as t join (select id, x as b, w as s from raw.u) as u on t.tid = u.id
-- head: m
select * from (select id, x as b, w as s from raw.u) as u join (select id as tid, k, a from raw.t) as t on t.tid = u.id
-- change: m column order; m rows?
-- felt: agg rows?; narrow rows?

-- pair: a number becomes a decimal
-- kind: constant
-- base: m
select id, k, a * 1 as a, b, s from raw.t
-- head: m
select id, k, a * 1.5 as a, b, s from raw.t
-- change: m.a value; m.a type?
-- felt: A

-- pair: a text in quotes, in other capitals that look like a keyword
-- kind: constant
-- base: m
select id, k, a, b, case when a > 3 then 'Select' else 'from' end as s from raw.t
-- head: m
select id, k, a, b, case when a > 3 then 'SELECT' else 'FROM' end as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: a line break in a text
-- kind: constant
-- base: m
select id, k, a, b, s || ' x' as s from raw.t
-- head: m
select id, k, a, b, s || '
x' as s from raw.t
-- change: m.s value
-- felt: narrow.s value


-- pair: average, and sum by count of all
-- kind: aggregate
-- base: m
select k as id, k, avg(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, sum(a) / count(*) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: count, and a sum of ones
-- kind: aggregate
-- base: m
select k as id, k, count(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, sum(case when a is not null then 1 end) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value; m.a type
-- felt: A

-- pair: max of all, and of distinct values
-- kind: beyond canonical form
-- base: m
select k as id, k, max(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, max(distinct a) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m none; m.a value?
-- felt: agg.total value?

-- pair: distinct over what is grouped
-- kind: beyond canonical form
-- base: m
select k as id, k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select distinct k as id, k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m none; m rows?; m grain?
-- felt: agg rows?; narrow rows?

-- pair: a tie in a row number is broken
-- kind: window
-- base: m
select id, k, row_number() over (order by b, id, s, k, a, d, f) as a, b, s from raw.t
-- head: m
select id, k, row_number() over (order by b, s, id, k, a, d, f) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: last_value with its frame
-- kind: window
-- base: m
select id, k, last_value(b) over (partition by k order by b, id, a) as a, b, s from raw.t
-- head: m
select id, k, last_value(b) over (partition by k order by b, id, a rows between unbounded preceding and unbounded following) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: the frame is said as it is by default
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k order by b) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over (partition by k order by b range between unbounded preceding and current row) as a, b, s from raw.t
-- change: m none; m.a value?
-- felt: agg.total value?

-- pair: EXISTS of a star and of one
-- kind: equal operators
-- base: m
select id, k, a, b, s from raw.t where exists (select * from raw.u where u.id = t.k)
-- head: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.id = t.k)
-- change: m none; m rows?
-- felt: agg rows?; narrow rows?

-- pair: a condition that is always true
-- kind: beyond canonical form
-- base: m
select id, k, a, b, s from raw.t where a > 2
-- head: m
select id, k, a, b, s from raw.t where 1 = 1 and a > 2
-- change: m none; m rows?
-- felt: agg rows?; narrow rows?

-- pair: NOT of more, and at most
-- kind: equal operators
-- base: m
select id, k, a, b, s from raw.t where not a > 4
-- head: m
select id, k, a, b, s from raw.t where a <= 4
-- change: m none; m rows?
-- felt: agg rows?; narrow rows?

-- pair: NOT of AND, and OR of NOTs
-- kind: beyond canonical form
-- base: m
select id, k, a, b, s from raw.t where not (a > 4 and b > 4)
-- head: m
select id, k, a, b, s from raw.t where a <= 4 or b <= 4
-- change: m none; m rows?
-- felt: agg rows?; narrow rows?

-- pair: NOT of AND, and AND of NOTs
-- kind: where
-- base: m
select id, k, a, b, s from raw.t where not (a > 4 and b > 4)
-- head: m
select id, k, a, b, s from raw.t where not a > 4 and not b > 4
-- change: m rows
-- felt: ROWS

-- pair: coalesce of NOT, and NOT of coalesce
-- kind: where
-- base: m
select id, k, a, b, s from raw.t where coalesce(not f, false)
-- head: m
select id, k, a, b, s from raw.t where not coalesce(f, false)
-- change: m rows
-- felt: ROWS

-- pair: IS NULL, and equal to NULL
-- kind: where
-- base: m
select id, k, a, b, s from raw.t where a is null
-- head: m
select id, k, a, b, s from raw.t where a = null
-- change: m rows
-- felt: agg rows; agg.total value?; agg.n value?; narrow rows

-- pair: an unused CTE gets other logic
-- kind: dead column
-- base: m
with x as (select id, x from raw.u where x > 3) select id, k, a, b, s from raw.t
-- head: m
with x as (select id, x * 2 as x from raw.u where x > 5) select id, k, a, b, s from raw.t
-- change: m none

-- pair: a column of a CTE that nobody takes gets other logic
-- kind: dead column
-- base: m
with x as (select *, a + b as e from raw.t) select id, k, a, b, s from x
-- head: m
with x as (select *, a * b as e from raw.t) select id, k, a, b, s from x
-- change: m none

-- pair: a column that nobody takes, in a CTE that is DISTINCT
-- kind: distinct
-- base: m
with x as (select distinct id, k, a, b, s, 1 as e from raw.t) select id, k, a, b, s from x
-- head: m
with x as (select distinct id, k, a, b, s, d as e from raw.t) select id, k, a, b, s from x
-- change: m rows
-- felt: MORE

-- pair: a column that nobody takes, in a UNION
-- kind: union
-- base: m
with x as (select id, k, a, b, s, 1 as e from raw.t union select id, x, x, x, w, 1 from raw.u) select id, k, a, b, s from x
-- head: m
with x as (select id, k, a, b, s, d as e from raw.t union select id, x, x, x, w, date '2020-01-01' from raw.u) select id, k, a, b, s from x
-- change: m rows
-- felt: MORE

-- pair: a column that nobody takes, by which is joined
-- kind: join
-- base: m
with x as (select id, x as j from raw.u) select t.id, t.k, t.a, t.b, t.s from raw.t as t join x on x.j = t.a
-- head: m
with x as (select id, x + 1 as j from raw.u) select t.id, t.k, t.a, t.b, t.s from raw.t as t join x on x.j = t.a
-- change: m rows
-- felt: MORE

-- pair: a join to a CTE that becomes unique
-- kind: group by
-- base: m
with x as (select id, x from raw.u) select t.id, t.k, t.a, t.b, t.s from raw.t as t left join x on x.id = t.k
-- head: m
with x as (select distinct id from raw.u) select t.id, t.k, t.a, t.b, t.s from raw.t as t left join x on x.id = t.k
-- change: m rows
-- felt: MORE

-- pair: an aggregate in a join's CTE
-- kind: nested CTE
-- base: m
with x as (select id, min(x) as x from raw.u group by id) select t.id, t.k, x.x as a, t.b, t.s from raw.t as t left join x on x.id = t.k
-- head: m
with x as (select id, max(x) as x from raw.u group by id) select t.id, t.k, x.x as a, t.b, t.s from raw.t as t left join x on x.id = t.k
-- change: m.a value
-- felt: A

-- pair: a recursion goes further
-- kind: nested CTE
-- base: m
with recursive x as (select 1 as n union all select n + 1 from x where n < 4) select n as id, n as k, n as a, n as b, 'c' as s from x
-- head: m
with recursive x as (select 1 as n union all select n + 1 from x where n < 6) select n as id, n as k, n as a, n as b, 'c' as s from x
-- change: m rows
-- felt: agg rows; agg.total value?; agg.n value?; narrow rows

-- pair: an anti join by IS NULL is turned round
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a where u.id is null
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a where u.id is not null
-- change: m rows
-- felt: ROWS

-- pair: IS NULL on another column of a left join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a where u.id is null
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a where u.x is null
-- change: m rows
-- felt: MORE

-- pair: an interval grows
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where d > date '2020-01-10' - interval '1 day'
-- head: m
select id, k, a, b, s from raw.t where d > date '2020-01-10' - interval '9 days'
-- change: m rows
-- felt: ROWS

-- pair: a part of a date
-- kind: constant
-- base: m
select id, k, extract(month from d) as a, b, s from raw.t
-- head: m
select id, k, extract(day from d) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: today, and now
-- kind: constant
-- cannot: the clock does not stand still
-- base: m
select id, k, a, b, s from raw.t where d < current_date
-- head: m
select id, k, a, b, s from raw.t where d < current_timestamp
-- change: m rows; m unknown?
-- felt: ROWS

-- pair: one pattern for another
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where s like 'a%'
-- head: m
select id, k, a, b, s from raw.t where s like 'a_'
-- change: m rows
-- felt: MORE

-- pair: a regular expression
-- kind: constant
-- base: m
select id, k, a, b, regexp_replace(s, 'a', 'z') as s from raw.t
-- head: m
select id, k, a, b, regexp_replace(s, '[ab]', 'z') as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: joined texts change places
-- kind: looks the same
-- base: m
select id, k, a, b, s || 'x' as s from raw.t
-- head: m
select id, k, a, b, 'x' || s as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: concat and the sign for it
-- kind: looks the same
-- base: m
select id, k, a, b, s || 'x' as s from raw.t
-- head: m
select id, k, a, b, concat(s, 'x') as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: nested coalesce
-- kind: beyond canonical form
-- base: m
select id, k, coalesce(a, coalesce(b, 0)) as a, b, s from raw.t
-- head: m
select id, k, coalesce(a, b, 0) as a, b, s from raw.t
-- change: m none; m.a value?
-- felt: agg.total value?

-- pair: FILTER, and CASE inside of the sum
-- kind: beyond canonical form
-- base: m
select k as id, k, sum(a) filter (where f) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, sum(case when f then a end) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m none; m.a value?
-- felt: agg.total value?

-- pair: CASE inside of the sum, with ELSE 0
-- kind: aggregate
-- base: m
select k as id, k, sum(case when f then a end) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, sum(case when f then a else 0 end) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: CASE inside of the count, with ELSE 0
-- kind: aggregate
-- base: m
select k as id, k, count(case when f then 1 end) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, count(case when f then 1 else 0 end) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: the grain of a ROLLUP
-- kind: group by
-- base: m
select k as id, k, sum(a) as a, b, 'c' as s from raw.t group by k, b
-- head: m
select k as id, k, sum(a) as a, b, 'c' as s from raw.t group by rollup (k, b)
-- change: m grain; m.a value?
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: a scalar subquery loses its correlation
-- kind: subquery
-- base: m
select id, k, (select max(x) from raw.u where u.id = t.id) as a, b, s from raw.t
-- head: m
select id, k, (select max(x) from raw.u) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: an unqualified name in a subquery means the outer table
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where a in (select x from raw.u where u.id = k)
-- head: m
select id, k, a, b, s from raw.t where a in (select x from raw.u where id = k)
-- change: m none

-- pair: an unqualified name in a subquery means the inner table
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where a in (select x from raw.u where t.id = u.x)
-- head: m
select id, k, a, b, s from raw.t where a in (select x from raw.u where id = u.x)
-- change: m rows
-- felt: ROWS

-- pair: a subquery in FROM gets a LIMIT
-- kind: limit
-- base: m
select id, k, a, b, s from (select * from raw.t order by a, id, k, b, s) as x
-- head: m
select id, k, a, b, s from (select * from raw.t order by a, id, k, b, s limit 3) as x
-- change: m rows
-- felt: MORE

-- pair: a sample
-- kind: limit
-- cannot: a sample is another one each time
-- head: m
select id, k, a, b, s from raw.t using sample 10 percent
-- change: m rows; m unknown?
-- felt: MORE

-- pair: a star that leaves out more
-- kind: star
-- base: m
select * exclude (d, f) from raw.t
-- head: m
select * exclude (d, f, b) from raw.t
-- change: m.b removed

-- pair: a struct takes another field
-- kind: value
-- base: m
with x as (select *, {'p': a, 'q': b} as z from raw.t) select id, k, z.p as a, b, s from x
-- head: m
with x as (select *, {'p': a, 'q': b} as z from raw.t) select id, k, z.q as a, b, s from x
-- change: m.a value
-- felt: A

-- pair: VALUES with another row
-- kind: constant
-- base: m
select id, k, a, b, s from (values (1, 1, 1, 1, 'a'), (2, 2, 2, 2, 'b')) as x(id, k, a, b, s)
-- head: m
select id, k, a, b, s from (values (1, 1, 1, 1, 'a'), (2, 2, 2, 2, 'b'), (3, 2, 2, 2, 'c')) as x(id, k, a, b, s)
-- change: m rows
-- felt: MORE

-- pair: VALUES with another value
-- kind: constant
-- base: m
select id, k, a, b, s from (values (1, 1, 1, 1, 'a'), (2, 2, 2, 2, 'b')) as x(id, k, a, b, s)
-- head: m
select id, k, a, b, s from (values (1, 1, 5, 1, 'a'), (2, 2, 2, 2, 'b')) as x(id, k, a, b, s)
-- change: m.a value; m rows?
-- felt: agg.total value; agg rows?; agg.n value?; narrow rows?

-- pair: column aliases of a derived table change places
-- kind: shadowed names
-- base: m
select id, k, a, b, s from (select id, k, a, b, s from raw.t) as x(id, k, a, b, s)
-- head: m
select id, k, a, b, s from (select id, k, a, b, s from raw.t) as x(id, k, b, a, s)
-- change: m.a value; m.b value
-- felt: A

-- pair: a CTE's list of columns gives other names
-- kind: shadowed names
-- base: m
with x(id, k, a, b, s) as (select id, k, a, b, s from raw.t) select id, k, a, b, s from x
-- head: m
with x(id, a, k, b, s) as (select id, k, a, b, s from raw.t) select id, k, a, b, s from x
-- change: m.a value; m.k value
-- felt: agg rows; agg.total value?; agg.n value?

-- pair: a self join reads the other side
-- kind: join
-- base: m
select o.id, o.k, o.a, o.b, o.s from raw.t as o left join raw.t as p on p.id = o.k
-- head: m
select o.id, o.k, p.a, o.b, o.s from raw.t as o left join raw.t as p on p.id = o.k
-- change: m.a value
-- felt: A

-- pair: the parents of a self join change their names
-- kind: alias
-- base: m
select o.id, o.k, p.a, o.b, o.s from raw.t as o left join raw.t as p on p.id = o.k
-- head: m
select p.id, p.k, o.a, p.b, p.s from raw.t as p left join raw.t as o on o.id = p.k
-- change: m none
