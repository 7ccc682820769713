-- note: window functions, named windows, QUALIFY.
-- dialect: duckdb
-- schema: t(a, b, k, ts), u(id, x)

-- case: a running sum
select sum(a) over (partition by k order by ts) as s from t
-- s <- t.a AGGREGATION
-- s <- t.k WINDOW
-- s <- t.ts WINDOW

-- case: a rank has no value of its own
select row_number() over (partition by k order by ts desc) as rn, rank() over (order by a) as r from t
-- rn <- t.k WINDOW
-- rn <- t.ts WINDOW
-- r <- t.a WINDOW

-- case: an empty window is no constant
select row_number() over () as rn, count(*) over () as n from t
-- columns: rn, n

-- case: lag takes another row's value
select lag(a, 1, b) over (order by ts) as p, first_value(b) over (partition by k order by ts) as f from t
-- p <- t.a TRANSFORMATION
-- p <- t.b TRANSFORMATION
-- p <- t.ts WINDOW
-- f <- t.b TRANSFORMATION
-- f <- t.k WINDOW
-- f <- t.ts WINDOW

-- case: a named window
select sum(a) over w as s, avg(b) over w as m from t window w as (partition by k order by ts)
-- s <- t.a AGGREGATION
-- s <- t.k WINDOW
-- s <- t.ts WINDOW
-- m <- t.b AGGREGATION
-- m <- t.k WINDOW
-- m <- t.ts WINDOW

-- case: a window made from a named one
-- dialect: postgres
select sum(a) over (w order by ts) as s from t window w as (partition by k)
-- s <- t.a AGGREGATION
-- s <- t.k WINDOW
-- s <- t.ts WINDOW

-- case: a named window over another
-- dialect: postgres
select sum(a) over w2 as s from t window w as (partition by k), w2 as (w order by ts)
-- s <- t.a AGGREGATION
-- s <- t.k WINDOW
-- s <- t.ts WINDOW

-- case: a named window is not seen in a subquery
-- dialect: postgres
select (select sum(x) over (partition by id) from u limit 1) as s, sum(a) over w as q from t window w as (order by k)
-- s <- u.x AGGREGATION
-- s <- u.id WINDOW
-- q <- t.a AGGREGATION
-- q <- t.k WINDOW

-- case: QUALIFY filters rows by a window
select a from t qualify row_number() over (partition by k order by ts desc) = 1
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- t.ts FILTER

-- case: QUALIFY by an alias
select a, row_number() over (partition by k order by ts) as rn from t qualify rn = 1
-- a <- t.a IDENTITY
-- rn <- t.k WINDOW
-- rn <- t.ts WINDOW
-- * <- t.k FILTER
-- * <- t.ts FILTER

-- case: QUALIFY with a named window
select a from t window w as (partition by k order by ts) qualify row_number() over w = 1
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- t.ts FILTER

-- case: the row number filter of a subquery
select a from (select a, row_number() over (partition by k order by ts) as rn from t) as s where rn = 1
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- t.ts FILTER

-- case: a window over an aggregate
select k, sum(sum(a)) over (order by k) as s from t group by k
-- k <- t.k IDENTITY
-- s <- t.a AGGREGATION
-- s <- t.k WINDOW
-- * <- t.k GROUP_BY

-- case: an expression around a window
select a / sum(a) over (partition by k) as share from t
-- share <- t.a AGGREGATION
-- share <- t.k WINDOW

-- case: a window frame holds an expression
-- dialect: postgres
select sum(a) over (order by ts range between interval '1 day' preceding and current row) as s from t
-- s <- t.a AGGREGATION
-- s <- t.ts WINDOW

-- case: a filtered window aggregate
select sum(a) filter (where b > 0) over (partition by k) as s from t
-- s <- t.a AGGREGATION
-- s <- t.b CONDITIONAL
-- s <- t.k WINDOW

-- case: IGNORE NULLS
-- dialect: snowflake
select last_value(a ignore nulls) over (partition by k order by ts) as l,
    lag(b) ignore nulls over (order by ts) as p
from t
-- l <- t.a TRANSFORMATION
-- l <- t.k WINDOW
-- l <- t.ts WINDOW
-- p <- t.b TRANSFORMATION
-- p <- t.ts WINDOW

-- case: ntile, percent_rank, nth_value
select ntile(4) over (order by a) as q, percent_rank() over (partition by k order by b) as p,
    nth_value(a, 2) over (order by ts) as n
from t
-- q <- t.a WINDOW
-- p <- t.k WINDOW
-- p <- t.b WINDOW
-- n <- t.a TRANSFORMATION
-- n <- t.ts WINDOW

-- case: a window key that is an expression
select sum(a) over (partition by case when b > 0 then k else 0 end order by coalesce(ts, a)) as s from t
-- s <- t.a AGGREGATION
-- s <- t.a WINDOW
-- s <- t.b WINDOW
-- s <- t.k WINDOW
-- s <- t.ts WINDOW

-- case: a window in ORDER BY
select a from t order by row_number() over (order by ts)
-- a <- t.a IDENTITY
-- * <- t.ts SORT order_only

-- case: sessions: a window over a window in a subquery
select k, sum(is_new) over (partition by k order by ts) as session_no
from (
    select k, ts, case when ts - lag(ts) over (partition by k order by ts) > 30 then 1 else 0 end as is_new
    from t
) as s
-- k <- t.k IDENTITY
-- session_no <- t.ts CONDITIONAL
-- session_no <- t.k CONDITIONAL
-- session_no <- t.ts WINDOW
-- session_no <- t.k WINDOW
