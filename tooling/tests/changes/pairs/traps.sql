-- note: edits that look like nothing, and are not
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: looks the same
-- model: m
select id, k, a, b, s from raw.t
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: big
select id, k from main.m where a > 3
-- both: narrow
select id, s from main.m
-- exposure: board reads agg
-- say: A = agg.total value; big rows; board value
-- say: ROWS = agg rows; agg.total value; agg.n value; big rows; narrow rows; board rows

-- pair: branches of a CASE change places
-- base: m
select id, k, case when a > 2 then 1 when b > 2 then 5 else 9 end as a, b, s from raw.t
-- head: m
select id, k, case when b > 2 then 5 when a > 2 then 1 else 9 end as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: arguments of coalesce change places
-- base: m
select id, k, coalesce(a, b) as a, b, s from raw.t
-- head: m
select id, k, coalesce(b, a) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: AND and OR are grouped another way
-- base: m
select id, k, a, b, s from raw.t where a > 4 or b > 4 and s <> 'a'
-- head: m
select id, k, a, b, s from raw.t where (a > 4 or b > 4) and s <> 'a'
-- change: m rows
-- felt: ROWS

-- pair: the sides of a subtraction
-- base: m
select id, k, a - b as a, b, s from raw.t
-- head: m
select id, k, b - a as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: brackets in a subtraction
-- base: m
select id, k, a - b - 1 as a, b, s from raw.t
-- head: m
select id, k, a - (b - 1) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: brackets around a sum that is multiplied
-- base: m
select id, k, a + b * 2 as a, b, s from raw.t
-- head: m
select id, k, (a + b) * 2 as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: a left join's sides change places
-- kind: join
-- base: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, t.a, u.x as b, t.s from raw.u as u left join raw.t as t on t.id = u.id
-- change: m rows
-- felt: ROWS

-- pair: a left join becomes a right join
-- kind: join
-- base: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id
-- head: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t right join raw.u as u on t.id = u.id
-- change: m rows
-- felt: ROWS

-- pair: NOT IN becomes NOT EXISTS
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where a not in (select x from raw.u)
-- head: m
select id, k, a, b, s from raw.t where not exists (select 1 from raw.u where u.x = t.a)
-- change: m rows
-- felt: agg rows; big rows; narrow rows; board rows

-- pair: UNION becomes UNION ALL
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union select id, k, a, b, s from raw.t where a > 2
-- head: m
select id, k, a, b, s from raw.t union all select id, k, a, b, s from raw.t where a > 2
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; big rows; narrow rows; board rows

-- pair: count of a star becomes count of a column
-- kind: aggregate
-- base: m
select k as id, k, count(*) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, count(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: a condition of a left join moves to WHERE
-- kind: join
-- base: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id and u.x > 3
-- head: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id where u.x > 3
-- change: m rows
-- felt: ROWS

-- pair: WHERE becomes a condition of the left join
-- kind: join
-- base: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id where t.a > 5
-- head: m
select t.id, t.k, t.a, u.x as b, t.s from raw.t as t left join raw.u as u on t.id = u.id and t.a > 5
-- change: m rows
-- felt: ROWS

-- pair: not equal becomes is distinct from
-- base: m
select id, k, a, b, s from raw.t where s <> 'a'
-- head: m
select id, k, a, b, s from raw.t where s is distinct from 'a'
-- change: m rows
-- felt: ROWS

-- pair: OR of two unequals becomes NOT of an OR
-- base: m
select id, k, a, b, s from raw.t where a <> 1 or b <> 1
-- head: m
select id, k, a, b, s from raw.t where not (a = 1 or b = 1)
-- change: m rows
-- felt: ROWS

-- pair: whole numbers are divided by a whole number
-- base: m
select id, k, a / 2 as a, b, s from raw.t
-- head: m
select id, k, a // 2 as a, b, s from raw.t
-- change: m.a value; m.a type
-- felt: A

-- pair: a cast before, and a cast after, a division
-- base: m
select id, k, cast(a * 10 as int) / 9 as a, b, s from raw.t
-- head: m
select id, k, cast(a * 10 / 9 as int) as a, b, s from raw.t
-- change: m.a value; m.a type
-- felt: A

-- pair: BETWEEN with its bounds changed over
-- base: m
select id, k, a, b, s from raw.t where a between 2 and 5
-- head: m
select id, k, a, b, s from raw.t where a between 5 and 2
-- change: m rows
-- felt: agg rows; big rows; narrow rows; board rows

-- pair: BETWEEN becomes two comparisons, one of them strict
-- base: m
select id, k, a, b, s from raw.t where a between 2 and 5
-- head: m
select id, k, a, b, s from raw.t where a >= 2 and a < 5
-- change: m rows
-- felt: ROWS

-- pair: more becomes at least
-- base: m
select id, k, a, b, s from raw.t where a > 3
-- head: m
select id, k, a, b, s from raw.t where a >= 3
-- change: m rows
-- felt: agg rows; agg.total value; agg.n value; big rows?; narrow rows; board rows

-- pair: the default frame of a window is replaced
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k order by b) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over (partition by k order by b rows between unbounded preceding and current row) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: a window loses its order
-- kind: window
-- base: m
select id, k, sum(a) over (partition by k order by b) as a, b, s from raw.t
-- head: m
select id, k, sum(a) over (partition by k) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: rank becomes dense_rank
-- kind: window
-- base: m
select id, k, rank() over (partition by k order by b) as a, b, s from raw.t
-- head: m
select id, k, dense_rank() over (partition by k order by b) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: keys of the order in a window change places
-- kind: window
-- base: m
select id, k, row_number() over (order by a, b, id, s) as a, b, s from raw.t
-- head: m
select id, k, row_number() over (order by b, a, id, s) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: nulls first in a window's order
-- kind: window
-- base: m
select id, k, row_number() over (order by a nulls last, b, id, s) as a, b, s from raw.t
-- head: m
select id, k, row_number() over (order by a nulls first, b, id, s) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: a limit without an order
-- kind: limit
-- head: m
select id, k, a, b, s from raw.t limit 5
-- change: m rows
-- felt: ROWS

-- pair: another limit
-- kind: limit
-- base: m
select id, k, a, b, s from raw.t order by a, id, b, s limit 5
-- head: m
select id, k, a, b, s from raw.t order by a, id, b, s limit 6
-- change: m rows
-- felt: ROWS

-- pair: a limit over another order
-- kind: limit
-- base: m
select id, k, a, b, s from raw.t order by a, id, b, s limit 5
-- head: m
select id, k, a, b, s from raw.t order by b, id, a, s limit 5
-- change: m rows
-- felt: ROWS

-- pair: offset is added to a limit
-- kind: limit
-- base: m
select id, k, a, b, s from raw.t order by a, id, b, s limit 5
-- head: m
select id, k, a, b, s from raw.t order by a, id, b, s limit 5 offset 1
-- change: m rows
-- felt: ROWS

-- pair: two columns exchange their names
-- base: m
select id, k, a, b, s from raw.t
-- head: m
select id, k, b as a, a as b, s from raw.t
-- change: m.a value; m.b value
-- felt: A

-- pair: a name that another table has too, read from the other table
-- base: m
select t.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on t.id = u.id
-- head: m
select u.id, t.k, t.a, t.b, t.s from raw.t as t left join raw.u as u on t.id = u.id
-- change: m.id value
-- felt: big.id value; narrow.id value

-- pair: a CTE takes the name of a table, and shadows it
-- kind: shadowed names
-- base: m
select id, k, a, b, s from raw.t
-- head: m
with t as (select id, k, a + 1 as a, b, s from raw.t) select id, k, a, b, s from t
-- change: m.a value
-- felt: A

-- pair: two CTEs swap their contents
-- kind: shadowed names
-- base: m
with x as (select id, k, a, b, s from raw.t where a > 3), y as (select id, k, a, b, s from raw.t where b > 3) select * from x
-- head: m
with x as (select id, k, a, b, s from raw.t where b > 3), y as (select id, k, a, b, s from raw.t where a > 3) select * from x
-- change: m rows
-- felt: ROWS

-- pair: the last select reads another CTE
-- kind: shadowed names
-- base: m
with x as (select id, k, a, b, s from raw.t where a > 3), y as (select id, k, a, b, s from raw.t where b > 3) select * from x
-- head: m
with x as (select id, k, a, b, s from raw.t where a > 3), y as (select id, k, a, b, s from raw.t where b > 3) select * from y
-- change: m rows
-- felt: ROWS

-- pair: an inner CTE hides an outer one of the same name
-- kind: shadowed names
-- base: m
with x as (select * from raw.t where a > 2) select id, k, a, b, s from (select * from x) as y
-- head: m
with x as (select * from raw.t where a > 2) select id, k, a, b, s from (with x as (select * from raw.t where b > 2) select * from x) as y
-- change: m rows
-- felt: ROWS

-- pair: a text in other capitals
-- kind: constant
-- base: m
select id, k, a, b, s from raw.t where s = 'b'
-- head: m
select id, k, a, b, s from raw.t where s = 'B'
-- change: m rows
-- felt: ROWS

-- pair: a blank in a text
-- kind: constant
-- base: m
select id, k, a, b, s || 'x  y' as s from raw.t
-- head: m
select id, k, a, b, s || 'x y' as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: a comment's sign in a text
-- kind: constant
-- base: m
select id, k, a, b, s || '-- x' as s from raw.t
-- head: m
select id, k, a, b, s || '-- y' as s from raw.t
-- change: m.s value
-- felt: narrow.s value

-- pair: a condition is commented out
-- kind: where
-- base: m
select id, k, a, b, s from raw.t where a > 1
  and b > 3
-- head: m
select id, k, a, b, s from raw.t where a > 1
  /* and b > 3 */
-- change: m rows
-- felt: ROWS

-- pair: a column is commented out
-- kind: drop
-- base: m
select id, k, a, b, s from raw.t
-- head: m
select id, k, a, /* b, */ s from raw.t
-- change: m.b removed

-- pair: a forgotten comma makes an alias
-- kind: drop
-- base: m
select id, k, a, b, s from raw.t
-- head: m
select id, k, a b, s from raw.t
-- change: m.a removed; m.b value
-- felt: agg breaks; big breaks

-- pair: IN with a NULL among its values
-- base: m
select id, k, a, b, s from raw.t where a not in (1, 2)
-- head: m
select id, k, a, b, s from raw.t where a not in (1, 2, null)
-- change: m rows
-- felt: agg rows; big rows; narrow rows; board rows

-- pair: EXISTS loses its correlation
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.x = t.a)
-- head: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.x = u.x)
-- change: m rows
-- felt: ROWS

-- pair: an anti join becomes a semi join
-- kind: subquery
-- base: m
select id, k, a, b, s from raw.t where not exists (select 1 from raw.u where u.x = t.a)
-- head: m
select id, k, a, b, s from raw.t where exists (select 1 from raw.u where u.x = t.a)
-- change: m rows
-- felt: ROWS

-- pair: EXCEPT with its sides changed over
-- kind: union
-- base: m
select id, k, a, b, s from raw.t where a > 1 except select id, k, a, b, s from raw.t where b > 3
-- head: m
select id, k, a, b, s from raw.t where b > 3 except select id, k, a, b, s from raw.t where a > 1
-- change: m rows
-- felt: ROWS

-- pair: columns of a union's branch in another order
-- kind: union
-- base: m
select id, k, a, b, s from raw.t union all select id, id as k, x as a, 7 as b, w as s from raw.u
-- head: m
select id, k, a, b, s from raw.t union all select id, id as k, 7 as b, x as a, w as s from raw.u
-- change: m.a value; m.b value
-- felt: A

-- pair: a distinct inside a count
-- kind: aggregate
-- base: m
select k as id, k, count(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, count(distinct a) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: a sum of nothing is zero or NULL
-- kind: aggregate
-- base: m
select k as id, k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, coalesce(sum(a), 0) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: agg.total value; big rows?; board value

-- pair: coalesce inside and outside of an average
-- kind: aggregate
-- base: m
select k as id, k, coalesce(avg(a), 0) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, avg(coalesce(a, 0)) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: WHERE and FILTER
-- kind: aggregate
-- base: m
select k as id, k, sum(a) as a, min(b) as b, min(s) as s from raw.t where b > 3 group by k
-- head: m
select k as id, k, sum(a) filter (where b > 3) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m rows; m.b value; m.s value
-- felt: agg rows; big rows?; narrow rows; narrow.s value; board rows

-- pair: WHERE becomes HAVING
-- kind: having
-- base: m
select k as id, k, sum(a) as a, max(b) as b, min(s) as s from raw.t where b > 5 group by k
-- head: m
select k as id, k, sum(a) as a, max(b) as b, min(s) as s from raw.t group by k having max(b) > 5
-- change: m.a value; m.s value; m.b value?; m rows?
-- felt: agg.total value; agg rows?; agg.n value?; big rows; narrow rows?; board rows?; narrow.s value; board value
