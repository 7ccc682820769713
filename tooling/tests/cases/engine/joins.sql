-- note: how joins shape rows, and what USING and NATURAL merge.
-- dialect: postgres
-- schema: t(a, b, k), u(k, x), w(k, x, z), p(id, at_ts, price), q(id, at_ts, qty)

-- case: inner join on a condition
select t.a, u.x from t join u on t.k = u.k and u.x > 0
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- u.x JOIN

-- case: a comma join is a filter
select t.a, u.x from t, u where t.k = u.k
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k FILTER
-- * <- u.k FILTER

-- case: inner USING
select k, a from t join u using (k)
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: left USING
select k, x from t left join u using (k)
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: right USING
select k, a from t right join u using (k)
-- k <- u.k IDENTITY
-- k <- t.k CONDITIONAL
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: full USING is a coalesce
select k, a, x from t full join u using (k)
-- k <- t.k TRANSFORMATION
-- k <- t.k CONDITIONAL
-- k <- u.k TRANSFORMATION
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: a qualified key under USING is that side's
select u.k from t left join u using (k)
-- k <- u.k IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: NATURAL takes every shared name
select * from u natural join w
-- columns: k, x, z
-- k <- u.k IDENTITY
-- k <- w.k CONDITIONAL
-- x <- u.x IDENTITY
-- x <- w.x CONDITIONAL
-- z <- w.z IDENTITY
-- * <- u.k JOIN
-- * <- u.x JOIN
-- * <- w.k JOIN
-- * <- w.x JOIN

-- case: NATURAL LEFT
select k, a, x from t natural left join u
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: NATURAL FULL
select k from t natural full join u
-- k <- t.k TRANSFORMATION
-- k <- t.k CONDITIONAL
-- k <- u.k TRANSFORMATION
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: NATURAL without a shared name is a cross join
select a, price from t natural join p
-- a <- t.a IDENTITY
-- price <- p.price IDENTITY

-- case: full USING over three tables
select k from t full join u using (k) full join w using (k)
-- k <- t.k TRANSFORMATION
-- k <- t.k CONDITIONAL
-- k <- u.k TRANSFORMATION
-- k <- u.k CONDITIONAL
-- k <- w.k TRANSFORMATION
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- w.k JOIN

-- case: a cross join
select a, x from t cross join u
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY

-- case: a join in parentheses
select t.a, w.z from t left join (u join w on u.x = w.x) on t.k = u.k
-- a <- t.a IDENTITY
-- z <- w.z IDENTITY
-- * <- u.x JOIN
-- * <- w.x JOIN
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: a join in parentheses under an alias
select j.a, j.x from (t join u on t.b = u.x) as j
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- t.b JOIN
-- * <- u.x JOIN

-- case: a self join
select l.a as la, r.b as rb from t as l join t as r on l.k = r.k
-- la <- t.a IDENTITY renamed
-- rb <- t.b IDENTITY renamed
-- * <- t.k JOIN

-- case: a join on a function of keys
select t.a from t join u on lower(t.k) = upper(u.k) or t.b between u.x and u.x + 1
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- t.b JOIN
-- * <- u.x JOIN

-- case: an ambiguous name takes every candidate
select x from u join w on u.k = w.k
-- x <- u.x IDENTITY ambiguous
-- x <- w.x IDENTITY ambiguous
-- * <- u.k JOIN
-- * <- w.k JOIN
-- gap: ambiguous_column x

-- case: a semi join shows only the left
-- dialect: duckdb
select * from t semi join u on t.k = u.k
-- columns: a, b, k
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: a semi join by USING gives the left key
-- dialect: duckdb
select k, a from t semi join u using (k)
-- k <- t.k IDENTITY
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: an anti join
-- dialect: databricks
select a from t left anti join u on t.k = u.k
-- a <- t.a IDENTITY
-- * <- t.k JOIN
-- * <- u.k JOIN

-- case: ASOF with USING: the last key is compared, the left one shown
-- dialect: duckdb
select id, at_ts, price, qty from q asof left join p using (id, at_ts)
-- id <- q.id IDENTITY
-- id <- p.id CONDITIONAL
-- at_ts <- q.at_ts IDENTITY
-- at_ts <- p.at_ts CONDITIONAL
-- price <- p.price IDENTITY
-- qty <- q.qty IDENTITY
-- * <- q.id JOIN
-- * <- p.id JOIN
-- * <- q.at_ts JOIN
-- * <- p.at_ts JOIN

-- case: ASOF on a condition
-- dialect: duckdb
select q.qty, p.price from q asof join p on q.id = p.id and q.at_ts >= p.at_ts
-- qty <- q.qty IDENTITY
-- price <- p.price IDENTITY
-- * <- q.id JOIN
-- * <- p.id JOIN
-- * <- q.at_ts JOIN
-- * <- p.at_ts JOIN

-- case: ASOF with MATCH_CONDITION
-- dialect: snowflake
select q.qty, p.price from q asof join p match_condition (q.at_ts >= p.at_ts) on q.id = p.id
-- qty <- q.qty IDENTITY
-- price <- p.price IDENTITY
-- * <- q.id JOIN
-- * <- p.id JOIN
-- * <- q.at_ts JOIN
-- * <- p.at_ts JOIN

-- case: a positional join has no key
-- dialect: duckdb
select t.a, u.x from t positional join u
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY

-- case: an anti join written with a null test
select t.a from t left join u on u.k = t.k where u.k is null
-- a <- t.a IDENTITY
-- * <- u.k JOIN
-- * <- t.k JOIN
-- * <- u.k FILTER

-- case: USING with an alias for the merged columns is not parsed by sqlglot
-- note: PostgreSQL means k <- t.k IDENTITY, k <- u.k CONDITIONAL; what cannot be parsed is told.
select j.k, a from t join u using (k) as j
-- gap: parse_failed

-- case: USING after a join on
select t.a, k, z from t join p on p.id = t.a join u using (k) join w using (k)
-- a <- t.a IDENTITY
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- k <- w.k CONDITIONAL
-- z <- w.z IDENTITY
-- * <- p.id JOIN
-- * <- t.a JOIN
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- w.k JOIN

-- case: a merged key aggregated
select k, count(*) as n, sum(x) as s from t left join u using (k) group by k
-- k <- t.k IDENTITY
-- k <- u.k CONDITIONAL
-- s <- u.x AGGREGATION
-- * <- t.k JOIN
-- * <- u.k JOIN
-- * <- t.k GROUP_BY
-- * <- u.k GROUP_BY

-- case: TABLESAMPLE takes rows by chance
select a from t tablesample bernoulli (10)
-- a <- t.a IDENTITY

-- case: the condition sits after two tables
select t.a, u.x, w.z from t join u join w on u.k = w.k on t.k = u.k
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- z <- w.z IDENTITY
-- * <- u.k JOIN
-- * <- w.k JOIN
-- * <- t.k JOIN
