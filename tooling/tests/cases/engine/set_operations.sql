-- note: UNION, INTERSECT, EXCEPT: columns meet by position, the first branch names them.
-- dialect: postgres
-- schema: t(a, b, k), u(id, x), v(a, b)

-- case: columns meet by position, not by name
select a, b from t union all select b, a from v
-- columns: a, b
-- a <- t.a IDENTITY
-- a <- v.b IDENTITY renamed
-- b <- t.b IDENTITY
-- b <- v.a IDENTITY renamed

-- case: each branch's filter shapes all rows
select a from t where b > 0 union all select id from u where x > 0
-- columns: a
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- * <- t.b FILTER
-- * <- u.x FILTER

-- case: UNION compares whole rows
select a, b from t union select id, x from u
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- b <- t.b IDENTITY
-- b <- u.x IDENTITY renamed
-- * <- t.a GROUP_BY
-- * <- t.b GROUP_BY
-- * <- u.id GROUP_BY
-- * <- u.x GROUP_BY

-- case: a constant in one branch
select a, 'first' as tag from t union all select id, 'second' from u
-- columns: a, tag
-- constant: tag
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed

-- case: a constant only in the first branch
select a, null as x from t union all select id, x from u
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- x <- u.x IDENTITY

-- case: INTERSECT: both sides give the value and decide the rows
select a from t intersect select id from u
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- * <- t.a FILTER
-- * <- u.id FILTER

-- case: EXCEPT: the value is the left one
select a from t except select id from u
-- a <- t.a IDENTITY
-- a <- u.id CONDITIONAL
-- * <- t.a FILTER
-- * <- u.id FILTER

-- case: INTERSECT binds more tightly than UNION
select a from t union all select id from u intersect select x from u
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- a <- u.x IDENTITY renamed
-- * <- u.id FILTER
-- * <- u.x FILTER

-- case: a left-deep mix
select a from t except select id from u union all select a from v
-- a <- t.a IDENTITY
-- a <- u.id CONDITIONAL
-- a <- v.a IDENTITY
-- * <- t.a FILTER
-- * <- u.id FILTER

-- case: parentheses change the shape
select a from t except (select id from u union all select a from v)
-- a <- t.a IDENTITY
-- a <- u.id CONDITIONAL
-- a <- v.a CONDITIONAL
-- * <- t.a FILTER
-- * <- u.id FILTER
-- * <- v.a FILTER

-- case: three branches
select a from t union all select id from u union all select b from v
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- a <- v.b IDENTITY renamed

-- case: a branch with its own limit
(select a from t order by b limit 1) union all (select id from u order by x)
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- * <- t.b SORT
-- * <- u.x SORT order_only

-- case: an order and limit of the whole
select a from t union all select id from u order by a limit 5
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- * <- t.a SORT
-- * <- u.id SORT

-- case: an order of the whole by position, without a limit
select a, b from t union all select id, x from u order by 2
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- b <- t.b IDENTITY
-- b <- u.x IDENTITY renamed
-- * <- t.b SORT order_only
-- * <- u.x SORT order_only

-- case: stars in branches
select * from t union all select id, x, x from u
-- columns: a, b, k
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- b <- t.b IDENTITY
-- b <- u.x IDENTITY renamed
-- k <- t.k IDENTITY
-- k <- u.x IDENTITY renamed

-- case: a set operation as a subquery under an alias list
select p from (select a from t union all select x from u) as s (p)
-- p <- t.a IDENTITY renamed
-- p <- u.x IDENTITY renamed

-- case: aggregated over a union
select max(a) as m from (select a from t union all select x from u) as s
-- m <- t.a AGGREGATION
-- m <- u.x AGGREGATION

-- case: UNION BY NAME
-- dialect: duckdb
select a, b from t union all by name select b, k as a from t
-- columns: a, b
-- a <- t.a IDENTITY
-- a <- t.k IDENTITY renamed
-- b <- t.b IDENTITY

-- case: UNION BY NAME adds what only one side has
-- dialect: duckdb
select a from t union all by name select x, id as a from u
-- columns: a, x
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- x <- u.x IDENTITY

-- case: UNION BY NAME without ALL compares rows
-- dialect: duckdb
select a from t union by name select b, a from v
-- columns: a, b
-- a <- t.a IDENTITY
-- a <- v.a IDENTITY
-- b <- v.b IDENTITY
-- * <- t.a GROUP_BY
-- * <- v.a GROUP_BY
-- * <- v.b GROUP_BY

-- case: UNION ALL over tables that are not known
select * from unknown_t union all select * from unknown_u
-- columns: *
-- * <- unknown_t.* IDENTITY
-- * <- unknown_u.* IDENTITY
-- gap: unknown_columns

-- case: a column used from a union of unknown tables
with s as (select * from unknown_t union all select * from unknown_u) select id from s
-- columns: id
-- id <- unknown_t.id IDENTITY
-- id <- unknown_u.id IDENTITY
-- gap: unknown_columns

-- case: set operations of one table with itself
select a from t where b = 1 union all select a from t where k = 2
-- a <- t.a IDENTITY
-- * <- t.b FILTER
-- * <- t.k FILTER

-- case: the same source as value and as change
select a from t union all select a + 1 from t
-- a <- t.a TRANSFORMATION

-- case: INTERSECT ALL and EXCEPT ALL
(select a from t intersect all select id from u) except all select x from u
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- a <- u.x CONDITIONAL
-- * <- t.a FILTER
-- * <- u.id FILTER
-- * <- u.x FILTER

-- case: MINUS
-- dialect: snowflake
select a from t minus select id from u
-- a <- t.a IDENTITY
-- a <- u.id CONDITIONAL
-- * <- t.a FILTER
-- * <- u.id FILTER

-- case: EXCEPT compares every column
select a, b from t except select id, x from u
-- a <- t.a IDENTITY
-- a <- u.id CONDITIONAL
-- b <- t.b IDENTITY
-- b <- u.x CONDITIONAL
-- * <- t.a FILTER
-- * <- t.b FILTER
-- * <- u.id FILTER
-- * <- u.x FILTER

-- case: a union of values and a table
select a from t union all values (1), (2)
-- columns: a
-- a <- t.a IDENTITY

-- case: a union with a group by in one branch
select k, count(*) as n from t group by k union all select id, x from u
-- columns: k, n
-- k <- t.k IDENTITY
-- k <- u.id IDENTITY renamed
-- n <- u.x IDENTITY renamed
-- * <- t.k GROUP_BY
