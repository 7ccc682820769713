-- note: lateral column aliases, and where a table's column of that name wins.
-- dialect: snowflake
-- schema: t(a, b, k), u(id, x)

-- case: an alias used by a later item
select a + 1 as a1, a1 * 2 as a2 from t
-- columns: a1, a2
-- a1 <- t.a TRANSFORMATION
-- a2 <- t.a TRANSFORMATION

-- case: the table's column wins over an alias of its name
select b as a, a + 1 as c from t
-- a <- t.b IDENTITY renamed
-- c <- t.a TRANSFORMATION

-- case: the table's column wins in BigQuery, which has no lateral aliases
-- dialect: bigquery
select b as a, a + 1 as c from t
-- a <- t.b IDENTITY renamed
-- c <- t.a TRANSFORMATION

-- case: Redshift, the column wins
-- dialect: redshift
select b as a, a + 1 as c, c * 2 as d from t
-- a <- t.b IDENTITY renamed
-- c <- t.a TRANSFORMATION
-- d <- t.a TRANSFORMATION

-- case: Databricks, the column wins
-- dialect: databricks
select b as a, a + 1 as c, c * 2 as d from t
-- a <- t.b IDENTITY renamed
-- c <- t.a TRANSFORMATION
-- d <- t.a TRANSFORMATION

-- case: DuckDB, the column wins
-- dialect: duckdb
select b as a, a + 1 as c, c * 2 as d from t
-- a <- t.b IDENTITY renamed
-- c <- t.a TRANSFORMATION
-- d <- t.a TRANSFORMATION

-- case: ClickHouse, the alias wins
-- dialect: clickhouse
select b as a, a + 1 as c from t
-- a <- t.b IDENTITY renamed
-- c <- t.b TRANSFORMATION

-- case: an alias keeps what steers it
select case when b > 0 then a end as c, c + 1 as d from t
-- c <- t.a TRANSFORMATION
-- c <- t.b CONDITIONAL
-- d <- t.a TRANSFORMATION
-- d <- t.b CONDITIONAL

-- case: an alias in WHERE
select a + b as s from t where s > 10
-- s <- t.a TRANSFORMATION
-- s <- t.b TRANSFORMATION
-- * <- t.a FILTER
-- * <- t.b FILTER

-- case: an alias in WHERE, DuckDB
-- dialect: duckdb
select a + b as s from t where s > 10
-- s <- t.a TRANSFORMATION
-- s <- t.b TRANSFORMATION
-- * <- t.a FILTER
-- * <- t.b FILTER

-- case: WHERE sees the table's column, not an alias of its name
select b as a from t where a > 10
-- a <- t.b IDENTITY renamed
-- * <- t.a FILTER

-- case: GROUP BY sees the table's column first
-- dialect: postgres
select b as a, count(*) as n from t group by a, b
-- a <- t.b IDENTITY renamed
-- * <- t.a GROUP_BY
-- * <- t.b GROUP_BY

-- case: ORDER BY sees the alias first
-- dialect: postgres
select b as a from t order by a limit 1
-- a <- t.b IDENTITY renamed
-- * <- t.b SORT

-- case: an expression in ORDER BY sees the table's column
-- dialect: postgres
select b as a from t order by a + 1 limit 1
-- a <- t.b IDENTITY renamed
-- * <- t.a SORT

-- case: GROUP BY an alias of an expression
-- dialect: postgres
select a % 10 as bucket, sum(b) as s from t group by bucket
-- bucket <- t.a TRANSFORMATION
-- s <- t.b AGGREGATION
-- * <- t.a GROUP_BY

-- case: HAVING by an alias
-- dialect: bigquery
select k, sum(a) as total from t group by k having total > 10
-- k <- t.k IDENTITY
-- total <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.a FILTER

-- case: an alias inside a window
select a * b as v, sum(v) over (partition by k order by v) as s from t
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION
-- s <- t.a AGGREGATION
-- s <- t.b AGGREGATION
-- s <- t.k WINDOW
-- s <- t.a WINDOW
-- s <- t.b WINDOW

-- case: an alias inside an aggregate
-- dialect: redshift
select a * 2 as v, v + b as w from t where k = 1
-- v <- t.a TRANSFORMATION
-- w <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION
-- * <- t.k FILTER

-- case: a qualified name is never an alias
select b as a, t.a as c from t
-- a <- t.b IDENTITY renamed
-- c <- t.a IDENTITY renamed

-- case: an alias is known in a subquery of a later item
select a + 1 as k2, (select max(x) from u where u.id = k2) as m from t
-- k2 <- t.a TRANSFORMATION
-- m <- u.x AGGREGATION
-- m <- u.id CONDITIONAL
-- m <- t.a CONDITIONAL

-- case: without lateral aliases the name is unknown
-- dialect: postgres
select a + 1 as a1, a1 * 2 as a2 from t
-- a1 <- t.a TRANSFORMATION
-- gap: unknown_column a1

-- case: an alias over a table that is not known
select x + 1 as y, y * 2 as z from unknown_t
-- y <- unknown_t.x TRANSFORMATION
-- z <- unknown_t.x TRANSFORMATION

-- case: an alias chain of three
select a as p, p || b as q, q || k as r from t
-- p <- t.a IDENTITY renamed
-- q <- t.a TRANSFORMATION
-- q <- t.b TRANSFORMATION
-- r <- t.a TRANSFORMATION
-- r <- t.b TRANSFORMATION
-- r <- t.k TRANSFORMATION

-- case: an alias in a join's condition is the table's column
select t.a as id from t join u on id = t.k
-- id <- t.a IDENTITY renamed
-- * <- u.id JOIN
-- * <- t.k JOIN
