-- note: LATERAL, UNNEST and table functions: values that come through a correlation.
-- dialect: postgres
-- schema: t(a, b, k, tags, doc), u(id, x, y)

-- case: a value through a correlated LATERAL is the inner table's
select t.a, l.x from t cross join lateral (select u.x from u where u.id = t.k) as l
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- u.id FILTER
-- * <- t.k FILTER

-- case: a left LATERAL with a limit
select t.a, l.latest from t left join lateral (
    select u.x as latest from u where u.id = t.k order by u.y desc limit 1
) as l on true
-- a <- t.a IDENTITY
-- latest <- u.x IDENTITY renamed
-- * <- u.id FILTER
-- * <- t.k FILTER
-- * <- u.y SORT

-- case: LATERAL passes an outer value on
select l.v from t, lateral (select t.a + u.x as v from u) as l
-- v <- t.a TRANSFORMATION
-- v <- u.x TRANSFORMATION

-- case: LATERAL over another LATERAL
select m.w from t, lateral (select t.a * 2 as v) as l, lateral (select l.v + t.b as w) as m
-- w <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION

-- case: an aggregate through LATERAL
select t.k, l.total from t cross join lateral (select sum(u.x) as total from u where u.id = t.k) as l
-- k <- t.k IDENTITY
-- total <- u.x AGGREGATION
-- * <- u.id FILTER
-- * <- t.k FILTER

-- case: a star over LATERAL
select * from u, lateral (select u.x + 1 as x1) as l
-- columns: id, x, y, x1
-- id <- u.id IDENTITY
-- x <- u.x IDENTITY
-- y <- u.y IDENTITY
-- x1 <- u.x TRANSFORMATION

-- case: CROSS APPLY
-- dialect: tsql
select t.a, l.x from t cross apply (select top 1 u.x from u where u.id = t.k order by u.y) as l
-- a <- t.a IDENTITY
-- x <- u.x IDENTITY
-- * <- u.id FILTER
-- * <- t.k FILTER
-- * <- u.y SORT

-- case: OUTER APPLY
-- dialect: tsql
select t.a, l.m from t outer apply (select max(u.x) as m from u where u.id = t.k) as l
-- a <- t.a IDENTITY
-- m <- u.x AGGREGATION
-- * <- u.id FILTER
-- * <- t.k FILTER

-- case: UNNEST of a column
select t.a, tag from t, unnest(t.tags) as tag
-- a <- t.a IDENTITY
-- tag <- t.tags TRANSFORMATION
-- * <- t.tags JOIN

-- case: UNNEST with a column alias
select t.a, x.tag from t cross join unnest(t.tags) as x(tag)
-- a <- t.a IDENTITY
-- tag <- t.tags TRANSFORMATION
-- * <- t.tags JOIN

-- case: UNNEST with ordinality: the number is no value of the array
select x.tag, x.n from t cross join unnest(t.tags) with ordinality as x(tag, n)
-- constant: n
-- tag <- t.tags TRANSFORMATION
-- * <- t.tags JOIN

-- case: UNNEST of two arrays
select p, q from t cross join unnest(t.tags, t.doc) as x(p, q)
-- p <- t.tags TRANSFORMATION
-- q <- t.doc TRANSFORMATION
-- * <- t.tags JOIN
-- * <- t.doc JOIN

-- case: UNNEST in the select list
select a, unnest(tags) as tag from t
-- a <- t.a IDENTITY
-- tag <- t.tags TRANSFORMATION
-- * <- t.tags JOIN

-- case: UNNEST of an array literal
select a, n from t cross join unnest(array[1, 2, 3]) as n
-- constant: n
-- a <- t.a IDENTITY

-- case: generate_series from columns
select t.a, g from t, generate_series(t.b, t.k) as g
-- a <- t.a IDENTITY
-- g <- t.b TRANSFORMATION
-- g <- t.k TRANSFORMATION
-- * <- t.b JOIN
-- * <- t.k JOIN

-- case: generate_series of constants
select g.n from generate_series(1, 10) as g(n)
-- constant: n

-- case: json records
select t.a, r.name, r.age from t, json_to_record(t.doc) as r(name text, age int)
-- a <- t.a IDENTITY
-- name <- t.doc TRANSFORMATION
-- age <- t.doc TRANSFORMATION
-- * <- t.doc JOIN

-- case: jsonb_each gives key and value
select e.key, e.value from t cross join lateral jsonb_each(t.doc) as e
-- key <- t.doc TRANSFORMATION
-- value <- t.doc TRANSFORMATION
-- * <- t.doc JOIN

-- case: a table function that is not known reads its arguments, and more perhaps
select f.v from t, my_rows(t.a) as f
-- v <- t.a TRANSFORMATION
-- * <- t.a JOIN
-- gap: unknown_table_function my_rows()

-- case: values through LATERAL
select t.a, v.which, v.amount from t cross join lateral (values ('b', t.b), ('k', t.k)) as v(which, amount)
-- constant: which
-- a <- t.a IDENTITY
-- amount <- t.b IDENTITY renamed
-- amount <- t.k IDENTITY renamed

-- case: a correlated array subquery in FROM
select t.a, x from t, unnest(array(select u.x from u where u.id = t.k)) as x
-- a <- t.a IDENTITY
-- x <- u.x TRANSFORMATION
-- x <- u.id CONDITIONAL
-- x <- t.k CONDITIONAL
-- * <- u.x JOIN
-- * <- u.id JOIN
-- * <- t.k JOIN
