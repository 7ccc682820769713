-- note: which rows there are: conditions, joins, groups, set operations
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- input: raw.v(id int key, y int, z text)
-- kind: where
-- model: m
select id, k, a, b, s from raw.t
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: one
select sum(a) as total, sum(b) as top from main.m
-- both: joined
select u.id, u.w, m.a from raw.u as u left join main.m as m on m.id = u.id
-- both: top
select id, k from main.m qualify row_number() over (partition by k order by b desc, id, a, s) = 1
-- both: seen
select id, w from raw.u where exists (select 1 from main.m where m.k = u.id and m.b = u.x)
-- exposure: board reads one
-- test: unique m.id
-- say: ROWS = agg rows; agg.total value; agg.n value; one.total value; one.top value; joined rows; top rows; seen rows; board value; unique_m_id rows

-- pair: a condition is added
-- head: m
select id, k, a, b, s from raw.t where a > 6
-- change: m rows
-- felt: ROWS

-- pair: a condition is removed
-- base: m
select id, k, a, b, s from raw.t where a > 6
-- head: m
select id, k, a, b, s from raw.t
-- change: m rows
-- felt: ROWS

-- pair: a second condition is added
-- base: m
select id, k, a, b, s from raw.t where a > 2
-- head: m
select id, k, a, b, s from raw.t where a > 2 and b > 4
-- change: m rows
-- felt: ROWS

-- pair: a condition in a CTE is added
-- base: m
with x as (select * from raw.t), y as (select id, k, a, b, s from x) select * from y
-- head: m
with x as (select * from raw.t where f), y as (select id, k, a, b, s from x) select * from y
-- change: m rows
-- felt: ROWS

-- pair: another constant in a condition
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where a > 2
-- head: m
select id, k, a, b, s from raw.t where a > 6
-- change: m rows
-- felt: ROWS

-- pair: another column in a condition
-- base: m
select id, k, a, b, s from raw.t where a > 5
-- head: m
select id, k, a, b, s from raw.t where b > 5
-- change: m rows
-- felt: ROWS

-- pair: a value more in a list
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where a in (1, 2, 3)
-- head: m
select id, k, a, b, s from raw.t where a in (1, 2, 3, 4, 5, 6)
-- change: m rows
-- felt: ROWS

-- pair: like becomes ilike
-- base: m
select id, k, a, b, s from raw.t where s like 'b%'
-- head: m
select id, k, a, b, s from raw.t where s ilike 'b%'
-- change: m rows
-- felt: ROWS; seen rows?

-- pair: a condition on a constant that is always false
-- kind: constant
-- head: m
select id, k, a, b, s from raw.t where 1 = 0
-- change: m rows
-- felt: agg rows; one.total value; one.top value; joined rows; joined.a value; top rows; seen rows; board value; unique_m_id rows

-- pair: a condition on today is moved
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where d >= date '2020-01-10'
-- head: m
select id, k, a, b, s from raw.t where d >= date '2020-01-25'
-- change: m rows
-- felt: ROWS

-- pair: a left join becomes an inner join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- change: m rows
-- felt: ROWS

-- pair: an inner join becomes a left join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.a
-- change: m rows
-- felt: ROWS

-- pair: a left join becomes a full join
-- kind: join
-- base: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t full join raw.u as u on u.id = t.a
-- change: m rows
-- felt: agg rows; agg.n value; agg.total value?; one.top value; one.total value?; joined rows?; top rows; seen rows?; board value; unique_m_id rows?

-- pair: a join is added only to widen the rows
-- kind: join
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on u.id = t.k
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value?; joined rows; top rows?; seen rows?; board value; unique_m_id rows

-- pair: a join is removed
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.k
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t
-- change: m rows
-- felt: ROWS; seen rows?

-- pair: another key in a join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.b
-- change: m rows
-- felt: ROWS

-- pair: a key more in a join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a and u.x = t.b
-- change: m rows
-- felt: ROWS

-- pair: equal becomes at most in a join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id <= t.a
-- change: m rows
-- felt: ROWS; seen rows?

-- pair: an inner join becomes a cross join
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as u on u.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t cross join raw.u as u
-- change: m rows
-- felt: ROWS

-- pair: another table is joined
-- kind: join
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.u as x on x.id = t.a
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t inner join raw.v as x on x.id = t.a
-- change: m rows
-- felt: ROWS; seen rows?

-- pair: distinct is added
-- kind: distinct
-- head: m
select distinct id, k, a, b, s from raw.t
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value?; joined rows; top rows?; seen rows?; board value; unique_m_id rows

-- pair: distinct is removed
-- kind: distinct
-- base: m
select distinct id, k, a, b, s from raw.t
-- head: m
select id, k, a, b, s from raw.t
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value?; joined rows; top rows?; seen rows?; board value; unique_m_id rows

-- pair: distinct over fewer columns in a CTE
-- kind: distinct
-- base: m
with x as (select distinct k, a, b from raw.t) select k as id, k, a, b, 'c' as s from x
-- head: m
with x as (select distinct k, a, 1 as b from raw.t) select k as id, k, a, b, 'c' as s from x
-- change: m rows; m.b value
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value; joined rows; top rows?; seen rows?; board value; unique_m_id rows

-- pair: a key less in a group
-- kind: group by
-- base: m
select min(id) as id, k, sum(a) as a, b, 'c' as s from raw.t group by k, b
-- head: m
select min(id) as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k
-- change: m grain; m.b value?; m.a value?; m.id value?
-- felt: agg rows?; agg.n value; agg.total value?; one.total value?; one.top value; joined rows; top rows; seen rows?; board value; unique_m_id rows

-- pair: a key more in a group
-- kind: group by
-- base: m
select min(id) as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k
-- head: m
select min(id) as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k, f
-- change: m grain
-- felt: agg rows?; agg.n value; agg.total value?; one.total value?; one.top value; joined rows; top rows; seen rows?; board value; unique_m_id rows

-- pair: another key in a group
-- kind: group by
-- base: m
select k as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k
-- head: m
select b as id, b as k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by b
-- change: m grain; m.id value?; m.k value?; m.a value?
-- felt: agg rows; agg.n value?; agg.total value?; one.total value?; one.top value; joined rows?; joined.a value?; top rows; seen rows; board value; unique_m_id rows?

-- pair: a plain select becomes a grouped one
-- kind: group by
-- head: m
select id, k, sum(a) as a, max(b) as b, max(s) as s from raw.t group by id, k
-- change: m grain; m.a value?; m.b value?; m.s value?; m.a type
-- felt: agg rows?; agg.n value; agg.total value?; one.total value?; one.top value?; joined rows; top rows?; seen rows?; board value?; unique_m_id rows

-- pair: HAVING is added
-- kind: having
-- base: m
select k as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k
-- head: m
select k as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k having count(*) > 4
-- change: m rows
-- felt: agg rows; agg.total value?; agg.n value?; one.total value; one.top value; joined rows?; joined.a value; top rows; seen rows; board value; unique_m_id rows?

-- pair: another constant in HAVING
-- kind: having
-- base: m
select k as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k having sum(a) > 5
-- head: m
select k as id, k, sum(a) as a, min(b) as b, 'c' as s from raw.t group by k having sum(a) > 25
-- change: m rows
-- felt: agg rows; agg.total value?; agg.n value?; one.total value; one.top value; joined rows?; joined.a value; top rows; seen rows; board value; unique_m_id rows?

-- pair: QUALIFY is added
-- kind: qualify
-- head: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by id order by b, a, s, k) = 1
-- change: m rows
-- felt: agg rows; agg.total value; agg.n value; one.total value; one.top value; joined rows; top rows; seen rows; board value; unique_m_id rows

-- pair: another order in QUALIFY
-- kind: qualify
-- base: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by k order by b, a, s, id) = 1
-- head: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by k order by b desc, a, s, id) = 1
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value?; one.total value; one.top value; joined rows; top rows; seen rows?; board value; unique_m_id rows

-- pair: another partition in QUALIFY
-- kind: qualify
-- base: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by k order by b, a, s, id) = 1
-- head: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by k, a order by b, a, s, id) = 1
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value; joined rows; top rows; seen rows?; board value; unique_m_id rows

-- pair: a deduplication by row_number in a CTE gets another order
-- kind: window
-- base: m
with x as (select *, row_number() over (partition by k order by b, a, s, id) as nr from raw.t) select id, k, a, b, s from x where nr = 1
-- head: m
with x as (select *, row_number() over (partition by k order by a, b, s, id) as nr from raw.t) select id, k, a, b, s from x where nr = 1
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value?; one.total value; one.top value; joined rows; top rows; seen rows?; board value; unique_m_id rows

-- pair: a branch is added to a union
-- kind: union
-- base: m
select id, k, a, b, s from raw.t
-- head: m
select id, k, a, b, s from raw.t union all select id, x, x, id, w from raw.u
-- change: m rows
-- felt: ROWS

-- pair: a branch is removed from a union
-- kind: union
-- base: m
select id, k, a, b, s from raw.t where f union all select id, k, a, b, s from raw.t where not f union all select id, x, x, id, w from raw.u
-- head: m
select id, k, a, b, s from raw.t where f union all select id, x, x, id, w from raw.u
-- change: m rows
-- felt: ROWS

-- pair: a condition in one branch of a union
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union all select id, x, x, id, w from raw.u
-- head: m
select id, k, a, b, s from raw.t union all select id, x, x, id, w from raw.u where x > 4
-- change: m rows
-- felt: ROWS

-- pair: a union becomes an intersection
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union select id, k, a, b, s from raw.t where f
-- head: m
select id, k, a, b, s from raw.t intersect select id, k, a, b, s from raw.t where f
-- change: m rows
-- felt: ROWS

-- pair: IN with another subquery
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where a in (select x from raw.u)
-- head: m
select id, k, a, b, s from raw.t where a in (select x from raw.u where w > 'b')
-- change: m rows
-- felt: ROWS

-- pair: EXISTS is added
-- kind: subquery
-- head: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.x = t.a and u.id = t.b)
-- change: m rows
-- felt: ROWS

-- pair: a scalar subquery in a condition changes its aggregate
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where a >= (select max(x) from raw.u)
-- head: m
select id, k, a, b, s from raw.t where a >= (select min(x) from raw.u)
-- change: m rows
-- felt: ROWS

-- pair: LIMIT is removed
-- kind: limit
-- base: m
select id, k, a, b, s from raw.t order by id, k, a, b, s limit 4
-- head: m
select id, k, a, b, s from raw.t
-- change: m rows
-- felt: ROWS

-- pair: unnest of a list multiplies the rows
-- kind: join
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t, unnest([1, 2]) as x(n)
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; one.total value; one.top value?; joined rows; top rows?; seen rows?; board value; unique_m_id rows

-- pair: another source is read
-- kind: source
-- base: m
select id, x as k, x as a, id as b, w as s from raw.u
-- head: m
select id, y as k, y as a, id as b, z as s from raw.v
-- change: m rows; m.id value?; m.k value?; m.a value?; m.b value?; m.s value?
-- felt: agg rows; agg.total value?; agg.n value?; one.total value; one.top value; joined rows; joined.a value?; top rows; seen rows; board value; unique_m_id rows
