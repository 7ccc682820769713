-- note: subqueries as values, as conditions, as relations.
-- dialect: postgres
-- schema: t(a, b, k), u(id, x, y), w(v, k)

-- case: a scalar subquery is an aggregated value
select (select max(x) from u) as m, a from t
-- m <- u.x AGGREGATION
-- a <- t.a IDENTITY

-- case: a correlated scalar subquery: its condition steers the one column
select a, (select u.x from u where u.id = t.k) as x from t
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- x <- u.id CONDITIONAL
-- x <- t.k CONDITIONAL

-- case: an outer value passes through a scalar subquery
select (select t.a + u.x from u where u.id = 1) as s from t
-- s <- t.a TRANSFORMATION
-- s <- u.x TRANSFORMATION
-- s <- u.id CONDITIONAL

-- case: a bare outer name inside a subquery
select (select max(x) from u where id = k) as m from t
-- m <- u.x AGGREGATION
-- m <- u.id CONDITIONAL
-- m <- t.k CONDITIONAL

-- case: the inner column wins over an outer one of the same name
select (select max(k) from w) as m from t
-- m <- w.k AGGREGATION

-- case: a scalar subquery with grouping and a limit
select (select x from u group by x, y order by y limit 1) as first_x from t
-- first_x <- u.x IDENTITY renamed
-- first_x <- u.x CONDITIONAL
-- first_x <- u.y CONDITIONAL

-- case: EXISTS in WHERE
select a from t where exists (select 1 from u where u.id = t.k and u.x > 0)
-- a <- t.a IDENTITY
-- * <- u.id FILTER
-- * <- u.x FILTER
-- * <- t.k FILTER

-- case: EXISTS looks at no value
select a from t where exists (select u.y, u.x from u where u.id = t.k)
-- a <- t.a IDENTITY
-- * <- u.id FILTER
-- * <- t.k FILTER

-- case: NOT EXISTS as a value
select a, not exists (select 1 from u where u.id = t.k) as is_new from t
-- a <- t.a IDENTITY
-- is_new <- u.id CONDITIONAL
-- is_new <- t.k CONDITIONAL

-- case: IN with a subquery in WHERE
select a from t where k in (select id from u where x > 0)
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- u.id FILTER
-- * <- u.x FILTER

-- case: NOT IN
select a from t where k not in (select id from u)
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- u.id FILTER

-- case: IN over a row value
select a from t where (a, k) in (select id, x from u)
-- a <- t.a IDENTITY
-- * <- t.a FILTER
-- * <- t.k FILTER
-- * <- u.id FILTER
-- * <- u.x FILTER

-- case: IN with a subquery as a value
select k in (select id from u where x > 0) as is_known from t
-- is_known <- t.k TRANSFORMATION
-- is_known <- u.id CONDITIONAL
-- is_known <- u.x CONDITIONAL

-- case: ANY and ALL over a subquery
select a from t where a > any (select x from u) and b < all (select v from w where w.k = t.k)
-- a <- t.a IDENTITY
-- * <- t.a FILTER
-- * <- t.b FILTER
-- * <- t.k FILTER
-- * <- u.x FILTER
-- * <- w.v FILTER
-- * <- w.k FILTER

-- case: a subquery in HAVING
select k, sum(a) as s from t group by k having sum(a) > (select avg(x) from u)
-- k <- t.k IDENTITY
-- s <- t.a AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.a FILTER
-- * <- u.x FILTER

-- case: a subquery in a join condition
select t.a, w.v from t join w on w.k = (select min(u.id) from u where u.x = t.b)
-- a <- t.a IDENTITY
-- v <- w.v IDENTITY
-- * <- w.k JOIN
-- * <- u.id JOIN
-- * <- u.x JOIN
-- * <- t.b JOIN

-- case: a subquery in ORDER BY with a limit
select a from t order by (select x from u where u.id = t.k) limit 3
-- a <- t.a IDENTITY
-- * <- u.x SORT
-- * <- u.id SORT
-- * <- t.k SORT

-- case: a subquery inside CASE
select case when exists (select 1 from u where u.id = t.k) then a else (select max(v) from w) end as c from t
-- c <- t.a TRANSFORMATION
-- c <- w.v AGGREGATION
-- c <- u.id CONDITIONAL
-- c <- t.k CONDITIONAL

-- case: a subquery in FROM hides what it does not select
select s.p from (select a as p, b from t where k = 1) as s
-- p <- t.a IDENTITY renamed
-- * <- t.k FILTER

-- case: an alias list on a subquery
select q from (select a, b from t) as s (p, q)
-- q <- t.b IDENTITY renamed

-- case: two levels of correlation
select (select (select u.x + t.a + w.v from w where w.k = u.id) from u where u.id = t.k) as deep from t
-- deep <- u.x TRANSFORMATION
-- deep <- t.a TRANSFORMATION
-- deep <- w.v TRANSFORMATION
-- deep <- w.k CONDITIONAL
-- deep <- u.id CONDITIONAL
-- deep <- t.k CONDITIONAL

-- case: a subquery over a set operation
select a from t where a in (select id from u union all select v from w)
-- a <- t.a IDENTITY
-- * <- t.a FILTER
-- * <- u.id FILTER
-- * <- w.v FILTER

-- case: a scalar subquery in arithmetic
select a - (select avg(a) from t) as diff from t
-- diff <- t.a AGGREGATION

-- case: a subquery as a function's argument
select coalesce((select max(x) from u where u.id = t.k), b) as c from t
-- c <- u.x AGGREGATION
-- c <- u.x CONDITIONAL
-- c <- u.id CONDITIONAL
-- c <- t.k CONDITIONAL
-- c <- t.b TRANSFORMATION

-- case: ARRAY of a subquery
select array(select x from u where u.id = t.k order by y) as xs from t
-- xs <- u.x TRANSFORMATION
-- xs <- u.id CONDITIONAL
-- xs <- t.k CONDITIONAL
-- xs <- u.y CONDITIONAL order_only

-- case: EXISTS over rows that are cut
select a from t where exists (select * from u)
-- a <- t.a IDENTITY

-- case: a subquery that counts
select (select count(*) from u where u.id = t.k) as n from t
-- n <- u.id CONDITIONAL
-- n <- t.k CONDITIONAL

-- case: a subquery without FROM passes an outer value
select (select t.a) as s from t
-- s <- t.a IDENTITY renamed

-- case: a column of the outer query only, in EXISTS
select a from t where exists (select 1 from u where t.k > 0)
-- a <- t.a IDENTITY
-- * <- t.k FILTER
