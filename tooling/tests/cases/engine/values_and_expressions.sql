-- note: what an expression does to the columns inside it.
-- dialect: postgres
-- schema: t(a, b, c, k, s, ts), u(id, x)

-- case: arithmetic
select a + b * 2 as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION

-- case: parentheses alone change nothing
select (a) as v, ((b)) from t
-- v <- t.a IDENTITY renamed
-- b <- t.b IDENTITY

-- case: casts
select a::int as v, cast(b as text) as b from t
-- v <- t.a TRANSFORMATION cast
-- b <- t.b TRANSFORMATION cast

-- case: try_cast
-- dialect: snowflake
select try_cast(s as integer) as v, to_date(ts) as d from t
-- v <- t.s TRANSFORMATION cast
-- d <- t.ts TRANSFORMATION

-- case: CASE: branches are values, conditions steer
select case when a > 0 then b when c > 0 then k else s end as v from t
-- v <- t.b TRANSFORMATION
-- v <- t.k TRANSFORMATION
-- v <- t.s TRANSFORMATION
-- v <- t.a CONDITIONAL
-- v <- t.c CONDITIONAL

-- case: simple CASE
select case a when b then c else 0 end as v from t
-- v <- t.c TRANSFORMATION
-- v <- t.a CONDITIONAL
-- v <- t.b CONDITIONAL

-- case: CASE with only constants
select case when a > 0 then 'x' else 'y' end as v from t
-- v <- t.a CONDITIONAL

-- case: the same column as condition and value
select case when a > 0 then a else 0 end as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.a CONDITIONAL

-- case: IF, IFF and IIF
-- dialect: snowflake
select iff(a > 0, b, c) as v from t
-- v <- t.b TRANSFORMATION
-- v <- t.c TRANSFORMATION
-- v <- t.a CONDITIONAL

-- case: coalesce of three
select coalesce(a, b, c) as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.a CONDITIONAL
-- v <- t.b TRANSFORMATION
-- v <- t.b CONDITIONAL
-- v <- t.c TRANSFORMATION

-- case: coalesce with a constant
select coalesce(a, 0) as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.a CONDITIONAL

-- case: nvl and ifnull are coalesce
-- dialect: snowflake
select nvl(a, b) as v, ifnull(a, b) as w from t
-- v <- t.a TRANSFORMATION
-- v <- t.a CONDITIONAL
-- v <- t.b TRANSFORMATION
-- w <- t.a TRANSFORMATION
-- w <- t.a CONDITIONAL
-- w <- t.b TRANSFORMATION

-- case: nvl2 looks at the first and takes another
-- dialect: snowflake
select nvl2(a, b, c) as v from t
-- v <- t.b TRANSFORMATION
-- v <- t.c TRANSFORMATION
-- v <- t.a CONDITIONAL

-- case: zeroifnull
-- dialect: snowflake
select zeroifnull(a) as v, nullifzero(b) as w from t
-- v <- t.a TRANSFORMATION
-- v <- t.a CONDITIONAL
-- w <- t.b TRANSFORMATION
-- w <- t.b CONDITIONAL

-- case: nullif
select nullif(a, b) as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.b CONDITIONAL

-- case: greatest and least may be any of them
select greatest(a, b) as v, least(a, 1) as w from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION
-- w <- t.a TRANSFORMATION

-- case: decode
-- dialect: snowflake
select decode(a, 1, b, 2, c, k) as v from t
-- v <- t.b TRANSFORMATION
-- v <- t.c TRANSFORMATION
-- v <- t.k TRANSFORMATION
-- v <- t.a CONDITIONAL

-- case: comparisons as values
select a > b as v, a between b and c as w, s like 'x%' as l, a is null as n, a in (b, 1) as i, not (k = 1) as o from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION
-- w <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION
-- w <- t.c TRANSFORMATION
-- l <- t.s TRANSFORMATION
-- n <- t.a TRANSFORMATION masking
-- i <- t.a TRANSFORMATION
-- i <- t.b TRANSFORMATION
-- o <- t.k TRANSFORMATION

-- case: extract, interval, at time zone
select extract(year from ts) as y, ts + interval '1 day' as d, ts at time zone 'utc' as z, date_trunc('day', ts) as t from t
-- y <- t.ts TRANSFORMATION
-- d <- t.ts TRANSFORMATION
-- z <- t.ts TRANSFORMATION
-- t <- t.ts TRANSFORMATION

-- case: an interval made from a column
select ts + a * interval '1 day' as d from t
-- d <- t.ts TRANSFORMATION
-- d <- t.a TRANSFORMATION

-- case: functions that are not known
select my_function(a, other.fn(b)) as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION

-- case: hash functions hide
select md5(s) as h, sha256(s::bytea) as g, md5(a || b) as j from t
-- h <- t.s TRANSFORMATION masking
-- g <- t.s TRANSFORMATION cast masking
-- j <- t.a TRANSFORMATION masking
-- j <- t.b TRANSFORMATION masking

-- case: a masked value and the value itself: the value is seen
select md5(s) || s as h from t
-- h <- t.s TRANSFORMATION

-- case: a mask sticks through a CTE
with h as (select md5(s) as m from t) select upper(m) as m2 from h
-- m2 <- t.s TRANSFORMATION masking

-- case: hashes of other dialects
-- dialect: snowflake
select sha2(s, 256) as h, md5(b) as m, hash(a, b) as n from t
-- h <- t.s TRANSFORMATION masking
-- m <- t.b TRANSFORMATION masking
-- n <- t.a TRANSFORMATION masking
-- n <- t.b TRANSFORMATION masking

-- case: BigQuery's hashes
-- dialect: bigquery
select to_hex(sha256(s)) as h, farm_fingerprint(a) as f from t
-- h <- t.s TRANSFORMATION masking
-- f <- t.a TRANSFORMATION masking

-- case: T-SQL's hash
-- dialect: tsql
select hashbytes('SHA2_256', s) as h from t
-- h <- t.s TRANSFORMATION masking

-- case: constants of all kinds
select 1 as i, 'x' as s, null as n, true as b, current_date as d, array[1, 2] as l, -1 as m, 1 + 2 as e from t
-- constant: i, s, n, b, d, l, m, e

-- case: a constant through a CTE is still one
with c as (select 1 as one, a from t) select one, one + 1 as two, a from c
-- constant: one, two
-- a <- t.a IDENTITY

-- case: no FROM at all
select 1 as one
-- columns: one
-- constant: one

-- case: whole-row reference
select t as r, u.id from t, u
-- r <- t.a TRANSFORMATION
-- r <- t.b TRANSFORMATION
-- r <- t.c TRANSFORMATION
-- r <- t.k TRANSFORMATION
-- r <- t.s TRANSFORMATION
-- r <- t.ts TRANSFORMATION
-- id <- u.id IDENTITY

-- case: whole row to json
select row_to_json(r) as j from u as r
-- j <- u.id TRANSFORMATION
-- j <- u.x TRANSFORMATION

-- case: a column named like the relation is the column
select s from (select s from t) as s
-- s <- t.s IDENTITY

-- case: count of a whole row
select count(u) as n from u
-- n <- u.id AGGREGATION masking
-- n <- u.x AGGREGATION masking

-- case: struct fields
-- dialect: bigquery
select s.city as city, t.s.street as street, s.geo.lat as lat from t
-- city <- t.s TRANSFORMATION
-- street <- t.s TRANSFORMATION
-- lat <- t.s TRANSFORMATION

-- case: a struct is built and taken apart
-- dialect: duckdb
with r as (select {'x': a, 'y': b} as p from t) select p.x as x from r
-- x <- t.a TRANSFORMATION

-- case: JSON paths
select s ->> 'name' as n, s -> 'a' -> 'b' as v, s #>> '{x,y}' as p, s @> '{}' as q from t
-- n <- t.s TRANSFORMATION
-- v <- t.s TRANSFORMATION
-- p <- t.s TRANSFORMATION
-- q <- t.s TRANSFORMATION

-- case: arrays and subscripts
select s[1] as e, s[a:b] as l, array[a, b] as m, a = any(s) as n from t
-- e <- t.s TRANSFORMATION
-- l <- t.s TRANSFORMATION
-- l <- t.a TRANSFORMATION
-- l <- t.b TRANSFORMATION
-- m <- t.a TRANSFORMATION
-- m <- t.b TRANSFORMATION
-- n <- t.a TRANSFORMATION
-- n <- t.s TRANSFORMATION

-- case: a composite's field
select (s).city as city, (t).a as a from t
-- city <- t.s TRANSFORMATION
-- a <- t.a IDENTITY

-- case: a list comprehension
-- dialect: duckdb
select [x + a for x in s if x > b] as l from t
-- l <- t.a TRANSFORMATION
-- l <- t.b TRANSFORMATION
-- l <- t.s TRANSFORMATION

-- case: a lambda hides a column of the same name
-- dialect: databricks
select transform(s, a -> a + b) as l, filter(s, (x, i) -> i > k) as f from t
-- l <- t.s TRANSFORMATION
-- l <- t.b TRANSFORMATION
-- f <- t.s TRANSFORMATION
-- f <- t.k TRANSFORMATION

-- case: named arguments
-- dialect: snowflake
select my_udf(x => a, y => b) as v from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION

-- case: comments change nothing
select /* a */ a -- b
    , /* from u */ b /* as z */ as z
from t -- where k
-- columns: a, z
-- a <- t.a IDENTITY
-- z <- t.b IDENTITY renamed

-- case: conditions in WHERE are all filters
select a from t where case when b > 0 then c else k end = 1 and coalesce(s, 'x') = 'y'
-- a <- t.a IDENTITY
-- * <- t.b FILTER
-- * <- t.c FILTER
-- * <- t.k FILTER
-- * <- t.s FILTER

-- case: VALUES
select v.p, v.q from (values (1, 'x'), (2, 'y')) as v (p, q)
-- columns: p, q
-- constant: p, q

-- case: VALUES without names
select column1, column2 from (values (1, 'x')) as v
-- constant: column1, column2

-- case: a VALUES statement
values (1, 2), (3, 4)
-- columns: column1, column2
-- constant: column1, column2

-- case: VALUES beside a correlated value
select v.p from t cross join lateral (values (t.a, t.b), (t.b, t.c)) as v (p, q)
-- p <- t.a IDENTITY renamed
-- p <- t.b IDENTITY renamed

-- case: system columns are no gap
select ctid, xmin from t
-- columns: ctid, xmin
-- ctid <- t.ctid IDENTITY
-- xmin <- t.xmin IDENTITY

-- case: a column that a table does not have is told
select t.missing, a from t
-- missing <- t.missing IDENTITY
-- a <- t.a IDENTITY
-- gap: unknown_column t.missing

-- case: trim, substring, position, overlay
select trim(both a from s) as x, substring(s from a for b) as y, position(a in s) as z from t
-- x <- t.a TRANSFORMATION
-- x <- t.s TRANSFORMATION
-- y <- t.s TRANSFORMATION
-- y <- t.a TRANSFORMATION
-- y <- t.b TRANSFORMATION
-- z <- t.a TRANSFORMATION
-- z <- t.s TRANSFORMATION

-- case: concatenation
select a || '-' || b as v, concat(a, b) as w, concat_ws('-', a, b) as x from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION
-- w <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION
-- x <- t.a TRANSFORMATION
-- x <- t.b TRANSFORMATION
