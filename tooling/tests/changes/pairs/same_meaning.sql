-- note: other words for the same thing
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: equal operators
-- model: m
select id, k, a, b, s from raw.t where a > 1 and b < 8 and s <> 'a'
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: copy
select * from main.m
-- test: not_null m.id
-- exposure: board reads agg
-- change: m none

-- pair: conditions in another order
-- kind: conjunct order
-- head: m
select id, k, a, b, s from raw.t where s <> 'a' and a > 1 and b < 8

-- pair: conditions in another order, and bracketed
-- kind: conjunct order
-- head: m
select id, k, a, b, s from raw.t where (b < 8 and s <> 'a') and a > 1

-- pair: alternatives in another order
-- kind: conjunct order
-- base: m
select id, k, a, b, s from raw.t where a > 4 or b < 3 or s = 'a'
-- head: m
select id, k, a, b, s from raw.t where s = 'a' or a > 4 or b < 3

-- pair: conditions of a join in another order
-- kind: conjunct order
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t left join raw.u as u on t.id = u.id and t.a > u.x
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t left join raw.u as u on t.a > u.x and t.id = u.id

-- pair: the sides of an equality
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on u.id = t.id

-- pair: a comparison read from the other side
-- head: m
select id, k, a, b, s from raw.t where 1 < a and 8 > b and 'a' <> s

-- pair: the two signs of unequal
-- head: m
select id, k, a, b, s from raw.t where a > 1 and b < 8 and s != 'a'

-- pair: not equal, written with not
-- head: m
select id, k, a, b, s from raw.t where a > 1 and b < 8 and not s = 'a'

-- pair: a list of values in another order
-- base: m
select id, k, a, b, s from raw.t where a in (1, 2, 3)
-- head: m
select id, k, a, b, s from raw.t where a in (3, 1, 2)

-- pair: join and inner join
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t inner join raw.u as u on t.id = u.id

-- pair: left join and left outer join
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t left join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t left outer join raw.u as u on t.id = u.id

-- pair: two spellings of a cast
-- base: m
select id, k, cast(s as int) as a, b, s from raw.t where s in ('1', '2')
-- head: m
select id, k, s::int as a, b, s from raw.t where s in ('1', '2')

-- pair: two names of a type
-- base: m
select id, k, cast(a as int) as a, b, cast(s as text) as s from raw.t
-- head: m
select id, k, cast(a as integer) as a, b, cast(s as varchar) as s from raw.t

-- pair: count of one and count of a star
-- base: m
select k as id, k, count(*) as a, sum(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, count(1) as a, sum(b) as b, min(s) as s from raw.t group by k

-- pair: group by a place and by a name
-- base: m
select k, k as id, sum(a) as a, min(b) as b, min(s) as s from raw.t group by 1
-- head: m
select k, k as id, sum(a) as a, min(b) as b, min(s) as s from raw.t group by k

-- pair: keys of a group in another order
-- base: m
select k, b as id, sum(a) as a, b, s from raw.t group by k, b, s
-- head: m
select k, b as id, sum(a) as a, b, s from raw.t group by s, b, k

-- pair: partition keys in another order
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k, b) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over (partition by b, k) as a, b, s from raw.t

-- pair: ascending, said and unsaid
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k order by id) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over (partition by k order by id asc) as a, b, s from raw.t

-- pair: a window gets a name
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k order by id) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over w as a, b, s from raw.t window w as (partition by k order by id)

-- pair: the parts of a sum in another order
-- base: m
select id, k, a + b as a, b, s from raw.t
-- head: m
select id, k, b + a as a, b, s from raw.t

-- pair: is not null, written with not
-- base: m
select id, k, a, b, s from raw.t where a is not null
-- head: m
select id, k, a, b, s from raw.t where not a is null

-- pair: not in, written with not
-- base: m
select id, k, a, b, s from raw.t where a not in (1, 2)
-- head: m
select id, k, a, b, s from raw.t where not a in (1, 2)

-- pair: else null, said and unsaid
-- base: m
select id, k, case when a > 2 then a end as a, b, s from raw.t
-- head: m
select id, k, case when a > 2 then a else null end as a, b, s from raw.t

-- pair: union and union distinct
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union select id, x, x, x, w from raw.u
-- head: m
select id, k, a, b, s from raw.t union distinct select id, x, x, x, w from raw.u

-- pair: names of later branches of a union
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union all select id, x as k, x as a, x as b, w as s from raw.u
-- head: m
select id, k, a, b, s from raw.t union all select id, x, x, x, w from raw.u

-- pair: distinct and group by everything
-- kind: beyond canonical form
-- base: m
select distinct id, k, a, b, s from raw.t
-- head: m
select id, k, a, b, s from raw.t group by id, k, a, b, s
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: exists and in
-- kind: beyond canonical form
-- base: m
select id, k, a, b, s from raw.t where id in (select id from raw.u)
-- head: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.id = t.id)
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: a condition of an inner join moves to where
-- kind: beyond canonical form
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id and u.x > 2
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id where u.x > 2
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: between, and two comparisons
-- kind: beyond canonical form
-- base: m
select id, k, a, b, s from raw.t where a between 2 and 5
-- head: m
select id, k, a, b, s from raw.t where a >= 2 and a <= 5
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: a right join turned into a left join
-- kind: beyond canonical form
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t right join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.u as u left join raw.t as t on t.id = u.id
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: an order inside that nothing keeps
-- kind: beyond canonical form
-- base: m
with x as (select * from raw.t order by a) select id, k, a, b, s from x
-- head: m
with x as (select * from raw.t) select id, k, a, b, s from x
-- change: m row order?
-- felt: copy rows?

-- pair: a join with USING and with ON
-- kind: join
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u using (id)
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t join raw.u as u on t.id = u.id
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?

-- pair: qualify, and a filter around
-- kind: beyond canonical form
-- base: m
select id, k, a, b, s from raw.t qualify count(*) over (partition by k) > 3
-- head: m
with x as (select *, count(*) over (partition by k) as n from raw.t) select id, k, a, b, s from x where n > 3
-- change: m rows?
-- felt: agg rows?; copy rows?; not_null_m_id rows?; board rows?
