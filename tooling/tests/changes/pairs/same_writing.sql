-- note: edits that change nothing: formatting, comments, names that nobody outside sees
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: formatting
-- model: m
select id, k, a, b, s from raw.t where a > 1 and b < 8
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: copy
select * from main.m
-- test: not_null m.id
-- exposure: board reads agg
-- change: m none

-- pair: line breaks and indentation
-- head: m
select
    id,
    k,
    a,
    b,
    s
from raw.t
where a > 1
    and b < 8

-- pair: keywords and names in capitals
-- head: m
SELECT ID, K, A, B, S FROM raw.t WHERE A > 1 AND B < 8

-- pair: a function in capitals
-- base: m
select id, k, coalesce(a, 0) as a, b, lower(s) as s from raw.t
-- head: m
select id, k, COALESCE(a, 0) as a, b, LOWER(s) as s from raw.t

-- pair: comments of both kinds
-- head: m
select id, k, a, b, s -- what the orders are
from raw.t /* the raw
table */
where a > 1 and b < 8 -- and no more

-- pair: a comment that looks like SQL
-- head: m
select id, k, a, b, s from raw.t
/* where a > 5 */
where a > 1 and b < 8
-- limit 5

-- pair: a hint of the comment's sign inside a text stays a text
-- base: m
select id, k, a, b, '--x' as s from raw.t -- y
-- head: m
select id, k, a, b, '--x' as s from raw.t -- z

-- pair: the word as is left out
-- base: m
select id, k, a as a, b, s from raw.t as x where x.a > 1
-- head: m
select id, k, a a, b, s from raw.t x where x.a > 1

-- pair: a table gets an alias
-- kind: alias
-- head: m
select o.id, o.k, o.a, o.b, o.s from raw.t as o where o.a > 1 and o.b < 8

-- pair: a table's alias gets another name
-- kind: alias
-- base: m
select o.id, o.k, o.a, o.b, o.s from raw.t as o where o.a > 1
-- head: m
select src.id, src.k, src.a, src.b, src.s from raw.t as src where src.a > 1

-- pair: columns are qualified by the table's own name
-- kind: alias
-- head: m
select t.id, t.k, t.a, t.b, t.s from raw.t where t.a > 1 and t.b < 8

-- pair: a CTE gets another name
-- kind: alias
-- base: m
with x as (select * from raw.t), y as (select * from x where a > 1) select id, k, a, b, s from y
-- head: m
with src as (select * from raw.t), kept as (select * from src where a > 1) select id, k, a, b, s from kept

-- pair: two CTEs change places
-- kind: alias
-- base: m
with x as (select id, k, a, b, s from raw.t), y as (select id, x from raw.u) select x.id, x.k, x.a, y.x as b, x.s from x join y on x.id = y.id
-- head: m
with y as (select id, x from raw.u), x as (select id, k, a, b, s from raw.t) select x.id, x.k, x.a, y.x as b, x.s from x join y on x.id = y.id

-- pair: two CTEs swap their names
-- kind: alias
-- base: m
with x as (select id, k, a, b, s from raw.t), y as (select id from raw.u) select x.id, x.k, x.a, x.b, x.s from x join y on x.id = y.id
-- head: m
with y as (select id, k, a, b, s from raw.t), x as (select id from raw.u) select y.id, y.k, y.a, y.b, y.s from y join x on y.id = x.id

-- pair: an unused CTE is added
-- kind: alias
-- head: m
with unused as (select id, x from raw.u where x > 3) select id, k, a, b, s from raw.t where a > 1 and b < 8

-- pair: a subquery becomes a CTE
-- kind: alias
-- base: m
select id, k, a, b, s from (select * from raw.t where a > 1) as x
-- head: m
with x as (select * from raw.t where a > 1) select id, k, a, b, s from x

-- pair: the last CTE is selected by a star
-- kind: alias
-- base: m
select id, k, a, b, s from raw.t where a > 1
-- head: m
with final as (select id, k, a, b, s from raw.t where a > 1) select * from final

-- pair: a CTE of the name of a table, and its alias changes
-- kind: alias
-- base: m
with t as (select id, k, a, b, s from raw.t where a > 2) select x.id, x.k, x.a, x.b, x.s from t as x
-- head: m
with t as (select id, k, a, b, s from raw.t where a > 2) select t.id, t.k, t.a, t.b, t.s from t

-- pair: a name inside a CTE that nobody outside sees
-- kind: alias
-- base: m
with x as (select id, k, a + 1 as inner_name, b, s from raw.t) select id, k, inner_name as a, b, s from x
-- head: m
with x as (select id, k, a + 1 as other_name, b, s from raw.t) select id, k, other_name as a, b, s from x

-- pair: an unused column of a CTE is dropped
-- kind: alias
-- base: m
with x as (select id, k, a, b, s, d, f from raw.t) select id, k, a, b, s from x
-- head: m
with x as (select id, k, a, b, s from raw.t) select id, k, a, b, s from x

-- pair: names are quoted
-- kind: alias
-- head: m
select "id", "k", "a", "b", "s" from raw.t where "a" > 1 and "b" < 8

-- pair: a star is written out
-- kind: star
-- base: m
with x as (select id, k, a, b, s from raw.t) select * from x
-- head: m
with x as (select id, k, a, b, s from raw.t) select id, k, a, b, s from x

-- pair: a star of a source with known columns is written out
-- kind: star
-- both input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- base: m
select * from raw.t
-- head: m
select id, k, a, b, s, d, f from raw.t

-- pair: a star of a source that nobody knows all of is written out
-- kind: star
-- base: m
select * from raw.t
-- head: m
select id, k, a, b, s, d, f from raw.t
-- change: m unknown?
-- felt: copy unknown?; agg unknown?; board unknown?

-- pair: brackets around a condition
-- kind: brackets
-- head: m
select id, k, a, b, s from raw.t where ((a > 1) and (b < 8))

-- pair: brackets that say what precedence says
-- kind: brackets
-- base: m
select id, k, a + b * 2 as a, b, s from raw.t where a > 1 or b < 8 and k > 2
-- head: m
select id, k, a + (b * 2) as a, b, s from raw.t where a > 1 or (b < 8 and k > 2)

-- pair: brackets around a sum of three
-- kind: brackets
-- base: m
select id, k, a + b + k as a, b, s from raw.t
-- head: m
select id, k, (a + b) + k as a, b, s from raw.t

-- pair: a semicolon at the end
-- head: m
select id, k, a, b, s from raw.t where a > 1 and b < 8;

-- pair: ends of lines of another system, and tabs
-- head: m
select	id,	k,	a,	b,	s
from	raw.t
where	a > 1	and	b < 8

-- pair: a comma first
-- head: m
select id
    , k
    , a
    , b
    , s
from raw.t
where a > 1 and b < 8
