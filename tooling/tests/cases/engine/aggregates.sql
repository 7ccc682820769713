-- note: aggregates, FILTER, WITHIN GROUP, DISTINCT, GROUP BY in all its forms.
-- dialect: postgres
-- schema: t(a, b, k, ts), u(id, x)

-- case: a grouped sum: the key twice, as a value and as a key
select k, sum(a) as s from t group by k
-- k <- t.k IDENTITY
-- s <- t.a AGGREGATION
-- * <- t.k GROUP_BY

-- case: GROUP BY position
select k, b + 1 as c, max(a) as m from t group by 1, 2
-- k <- t.k IDENTITY
-- c <- t.b TRANSFORMATION
-- m <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.b GROUP_BY

-- case: GROUP BY ALL takes what is not aggregated
-- dialect: duckdb
select k, b + 1 as c, max(a) as m, 1 as one from t group by all
-- constant: one
-- k <- t.k IDENTITY
-- c <- t.b TRANSFORMATION
-- m <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.b GROUP_BY

-- case: GROUP BY ALL, a mixed item gives its plain columns
-- dialect: snowflake
select k, sum(a) + b as c from t group by all
-- k <- t.k IDENTITY
-- c <- t.a AGGREGATION
-- c <- t.b TRANSFORMATION
-- * <- t.k GROUP_BY
-- * <- t.b GROUP_BY

-- case: ORDER BY ALL
-- dialect: duckdb
select k, a from t order by all limit 2
-- k <- t.k IDENTITY
-- a <- t.a IDENTITY
-- * <- t.k SORT
-- * <- t.a SORT

-- case: grouping sets
select k, b, sum(a) as s, grouping(k) as g from t group by grouping sets ((k, b), (k), ())
-- k <- t.k IDENTITY
-- b <- t.b IDENTITY
-- s <- t.a AGGREGATION
-- g <- t.k AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.b GROUP_BY

-- case: rollup and cube
select k, b, sum(a) as s from t group by rollup (k), cube (b, ts)
-- k <- t.k IDENTITY
-- b <- t.b IDENTITY
-- s <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.b GROUP_BY
-- * <- t.ts GROUP_BY

-- case: WITH ROLLUP
-- dialect: mysql
select k, sum(a) as s from t group by k with rollup
-- k <- t.k IDENTITY
-- s <- t.a AGGREGATION
-- * <- t.k GROUP_BY

-- case: a key that is not shown
select sum(a) as s from t group by k, date_trunc('day', ts)
-- s <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.ts GROUP_BY

-- case: HAVING
select k from t group by k having count(*) > 1 and max(a) > min(b)
-- k <- t.k IDENTITY
-- * <- t.k GROUP_BY
-- * <- t.a FILTER
-- * <- t.b FILTER

-- case: DISTINCT
select distinct a, b + 1 as c from t
-- a <- t.a IDENTITY
-- c <- t.b TRANSFORMATION
-- * <- t.a GROUP_BY
-- * <- t.b GROUP_BY

-- case: DISTINCT with what steers a value
select distinct case when b > 0 then a end as c from t
-- c <- t.a TRANSFORMATION
-- c <- t.b CONDITIONAL
-- * <- t.a GROUP_BY
-- * <- t.b GROUP_BY

-- case: DISTINCT ON keeps the first by the order
select distinct on (k) k, a from t order by k, ts desc
-- k <- t.k IDENTITY
-- a <- t.a IDENTITY
-- * <- t.k GROUP_BY
-- * <- t.k SORT
-- * <- t.ts SORT

-- case: count and count distinct hide the value
select count(a) as n, count(distinct b) as d, count(*) as all_rows from t
-- n <- t.a AGGREGATION masking
-- d <- t.b AGGREGATION masking

-- case: count(*) alone has no column, and is no constant
select count(*) as n from t where a > 0
-- columns: n
-- * <- t.a FILTER

-- case: FILTER
select sum(a) filter (where b > 0) as s, count(*) filter (where k = 1) as n from t
-- s <- t.a AGGREGATION
-- s <- t.b CONDITIONAL
-- n <- t.k CONDITIONAL

-- case: a conditional inside an aggregate
select sum(case when b > 0 then a else 0 end) as s, count(case when k = 1 then 1 end) as n from t
-- s <- t.a AGGREGATION
-- s <- t.b CONDITIONAL
-- n <- t.k CONDITIONAL masking

-- case: WITHIN GROUP: the order is the value
select percentile_cont(0.5) within group (order by a) as p, mode() within group (order by b) as m from t
-- p <- t.a AGGREGATION
-- m <- t.b AGGREGATION

-- case: LISTAGG within group: the order only sorts
-- dialect: snowflake
select k, listagg(a, ',') within group (order by ts) as l from t group by k
-- k <- t.k IDENTITY
-- l <- t.a AGGREGATION
-- l <- t.ts SORT
-- * <- t.k GROUP_BY

-- case: an ordered aggregate
select array_agg(a order by ts desc) as l, string_agg(b, ',' order by k) as s from t
-- l <- t.a AGGREGATION
-- l <- t.ts SORT
-- s <- t.b AGGREGATION
-- s <- t.k SORT

-- case: aggregates of several columns
select max_by(a, ts) as latest, corr(a, b) as c from t
-- dialect: duckdb
-- latest <- t.a AGGREGATION
-- latest <- t.ts CONDITIONAL
-- c <- t.a AGGREGATION
-- c <- t.b AGGREGATION

-- case: an aggregate of an aggregate through a CTE
with d as (select k, sum(a) as s from t group by k) select avg(s) as m from d
-- m <- t.a AGGREGATION
-- * <- t.k GROUP_BY

-- case: aggregate plus plain value
select k || max(a) as c from t group by k
-- c <- t.k TRANSFORMATION
-- c <- t.a AGGREGATION
-- * <- t.k GROUP_BY

-- case: functions around an aggregate
select round(cast(sum(a) as numeric) / nullif(count(b), 0), 2) as r from t
-- r <- t.a AGGREGATION cast
-- r <- t.b AGGREGATION masking

-- case: boolean aggregates
select bool_and(a > 0) as every_a, bool_or(b = k) as any_b from t
-- every_a <- t.a AGGREGATION
-- any_b <- t.b AGGREGATION
-- any_b <- t.k AGGREGATION

-- case: sumif and countif
-- dialect: bigquery
select countif(a > 0) as n, sum(if(b > 0, a, 0)) as s, any_value(k having max ts) as v from t
-- n <- t.a AGGREGATION masking
-- s <- t.a AGGREGATION
-- s <- t.b CONDITIONAL
-- v <- t.k AGGREGATION
-- v <- t.ts CONDITIONAL

-- case: json and map aggregates
select json_object_agg(k, a) as j, jsonb_agg(b) as l from t
-- j <- t.k AGGREGATION
-- j <- t.a AGGREGATION
-- l <- t.b AGGREGATION

-- case: LIMIT without an order
select a from t limit 10
-- a <- t.a IDENTITY

-- case: ORDER BY without a limit moves no row in or out
select a from t order by ts desc, 1
-- a <- t.a IDENTITY
-- * <- t.ts SORT order_only
-- * <- t.a SORT order_only

-- case: ORDER BY with LIMIT picks rows
select a from t order by ts desc limit 10
-- a <- t.a IDENTITY
-- * <- t.ts SORT

-- case: ORDER BY with OFFSET
select a from t order by ts offset 5
-- a <- t.a IDENTITY
-- * <- t.ts SORT

-- case: FETCH FIRST
select a from t order by ts fetch first 3 rows only
-- a <- t.a IDENTITY
-- * <- t.ts SORT

-- case: an ordered CTE stays order only
with c as (select a, b from t order by b) select a from c
-- a <- t.a IDENTITY
-- * <- t.b SORT order_only

-- case: an ordered CTE that is cut later
with c as (select a, b from t order by b) select a from c limit 3
-- a <- t.a IDENTITY
-- * <- t.b SORT

-- case: group by all looks for no key inside a filter or an order
select max(a) filter (b > 1) as m, first(a order by c) as f, id from t group by all
-- dialect: duckdb
-- schema: t(id, a, b, c)
-- m <- t.a AGGREGATION
-- m <- t.b CONDITIONAL
-- f <- t.a AGGREGATION
-- f <- t.c SORT
-- id <- t.id IDENTITY
-- * <- t.id GROUP_BY

-- case: an aggregate folded by a lambda
select reduce_agg(a, 0, (s, x) -> s + x, (s, x) -> s + x) as r from t
-- dialect: trino
-- schema: t(id, a, b, c)
-- r <- t.a AGGREGATION
