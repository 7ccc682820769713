-- note: what a star stands for.
-- dialect: duckdb
-- schema: t(a, b, k), u(k, x), w(k, x, z), open_t(a, ...)

-- case: a star keeps the order
select * from t
-- columns: a, b, k
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY

-- case: a star over a join names both sides, twice if need be
select * from t join u on t.k = u.k
-- columns: a, b, k, k, x
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- k#2 <- u.k IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: a qualified star is one side
select u.*, a from t join u on t.k = u.k
-- columns: k, x, a
-- k <- u.k IDENTITY
-- x <- u.x IDENTITY
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: USING shows the key once, where DuckDB puts it
select * from t join u using (k)
-- columns: a, b, k, x
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: USING shows the key first in the standard
-- dialect: postgres
select * from t join u using (k)
-- columns: k, a, b, x
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: a qualified star under USING still has the key
-- dialect: postgres
select u.* from t join u using (k)
-- columns: k, x
-- k <- u.k IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: EXCLUDE leaves out
select * exclude (b, k) from t
-- columns: a
-- a <- t.a IDENTITY

-- case: EXCEPT, any case
-- dialect: bigquery
select * except (B, k) from t
-- columns: a
-- a <- t.a IDENTITY

-- case: REPLACE keeps the place
select * replace (a + b as b) from t
-- columns: a, b, k
-- a <- t.a IDENTITY
-- b <- t.a TRANSFORMATION
-- b <- t.b TRANSFORMATION
-- k <- t.k IDENTITY

-- case: RENAME keeps the place
-- dialect: snowflake
select * rename (a as first_a) from t
-- columns: first_a, b, k
-- first_a <- t.a IDENTITY renamed
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY

-- case: EXCLUDE with RENAME
-- dialect: snowflake
select t.* exclude b rename (a as z) from t
-- columns: z, k
-- z <- t.a IDENTITY renamed
-- k <- t.k IDENTITY

-- case: EXCLUDE and REPLACE on a qualified star beside others
select t.* exclude (k) replace (a * 2 as a), u.* from t cross join u
-- columns: a, b, k, x
-- a <- t.a TRANSFORMATION
-- b <- t.b IDENTITY
-- k <- u.k IDENTITY
-- x <- u.x IDENTITY

-- case: a star through several CTEs
with p as (select * from t), q as (select *, a + b as c from p), r as (select * exclude (b) from q)
select * from r
-- columns: a, k, c
-- a <- t.a IDENTITY
-- k <- t.k IDENTITY
-- c <- t.a TRANSFORMATION
-- c <- t.b TRANSFORMATION

-- case: a star beside a column of the same name
select *, a from t
-- columns: a, b, k, a
-- a <- t.a IDENTITY
-- a#2 <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY

-- case: a star over a table that is not known stays open
select * from unknown_t
-- columns: *
-- * <- unknown_t.* IDENTITY

-- case: an explicit use makes a column of an open star
with c as (select * from unknown_t) select foo, bar + 1 as baz from c
-- columns: foo, baz
-- foo <- unknown_t.foo IDENTITY
-- baz <- unknown_t.bar TRANSFORMATION

-- case: an open star lists what is known first
select * from open_t
-- columns: a, *
-- a <- open_t.a IDENTITY
-- * <- open_t.* IDENTITY

-- case: a star over an open table and a closed one
select * from open_t, u
-- columns: a, k, x, *
-- a <- open_t.a IDENTITY
-- k <- u.k IDENTITY
-- x <- u.x IDENTITY
-- * <- open_t.* IDENTITY

-- case: a name that only the open relation can have
select x, other from unknown_t join u on unknown_t.id = u.k
-- x <- u.x IDENTITY
-- other <- unknown_t.other IDENTITY
-- * <- unknown_t.id JOIN
-- * <- u.k JOIN

-- case: two open relations make a bare name ambiguous
select other from unknown_t join unknown_u on unknown_t.id = unknown_u.id
-- other <- unknown_t.other IDENTITY ambiguous
-- other <- unknown_u.other IDENTITY ambiguous
-- * <- unknown_t.id JOIN
-- * <- unknown_u.id JOIN
-- gap: ambiguous_column

-- case: a star's left-out column does not come back
with c as (select * exclude (secret) from unknown_t) select secret from c
-- columns: secret
-- gap: unknown_column

-- case: a replaced column of an open star
with c as (select * replace (lower(name) as name) from unknown_t) select name, other from c
-- name <- unknown_t.name TRANSFORMATION
-- other <- unknown_t.other IDENTITY

-- case: COLUMNS with a regex
select columns('^[ab]$') from t
-- columns: a, b
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY

-- case: COLUMNS inside an aggregate
select max(columns('^[ab]$')), k from t group by k
-- a <- t.a AGGREGATION
-- b <- t.b AGGREGATION
-- k <- t.k IDENTITY
-- * <- t.k GROUP_BY

-- case: COLUMNS over a star with EXCLUDE
select columns(* exclude (k)) + 1 from t
-- a <- t.a TRANSFORMATION
-- b <- t.b TRANSFORMATION

-- case: a star by pattern
select * like 'a%' from t
-- columns: a
-- a <- t.a IDENTITY

-- case: a star by pattern, Snowflake
-- dialect: snowflake
select * ilike 'A%' from t
-- columns: a
-- a <- t.a IDENTITY

-- case: a star in DISTINCT
select distinct * from u
-- k <- u.k IDENTITY
-- x <- u.x IDENTITY
-- * <- u.k GROUP_BY
-- * <- u.x GROUP_BY

-- case: a star over an alias of a subquery
select s.* from (select a as z, b from t) as s
-- columns: z, b
-- z <- t.a IDENTITY renamed
-- b <- t.b IDENTITY

-- case: count of a star is no column
select count(*) as n, count(distinct a) as d from t
-- d <- t.a AGGREGATION masking

-- case: a qualified star inside count is the whole row
-- dialect: snowflake
select count(t.*) as n from t
-- n <- t.a AGGREGATION masking
-- n <- t.b AGGREGATION masking
-- n <- t.k AGGREGATION masking

-- case: USING over three tables shows the key once
-- dialect: postgres
select * from t join u using (k) join w using (k)
-- columns: k, a, b, x, x, z
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- k <- w.k CONDITIONAL
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- x <- u.x IDENTITY
-- x#2 <- w.x IDENTITY
-- z <- w.z IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- w.k JOIN

-- case: a star from a star of a join through a CTE, one side taken
with j as (select t.*, u.x from t left join u on u.k = t.k) select j.* exclude (a) from j
-- columns: b, k, x
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN
