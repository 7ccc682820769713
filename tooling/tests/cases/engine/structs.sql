-- dialect: bigquery
-- schema: t(id, a, b, c, s, arr), u(id, x, y)

-- case: one field of a struct literal
select struct(a as x, b as y).x as v from t
-- v <- t.a TRANSFORMATION

-- case: a field of a struct that a subquery made
select s.x as v, s.y as w from (select struct(a as x, b as y) as s from t)
-- v <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION

-- case: the whole struct has every field
select s from (select struct(a as x, b as y) as s from t)
-- s <- t.a TRANSFORMATION
-- s <- t.b TRANSFORMATION

-- case: fields through CTEs, stars and aliases
with one as (select id, struct(a as x, b) as s from t), two as (select * from one), three as (select id, s as r from two)
select three.r.b, three.r.x as v from three
-- columns: b, v
-- b <- t.b TRANSFORMATION
-- v <- t.a TRANSFORMATION

-- case: a struct in a struct
select s.inner.x as v, s.inner as i, s.c from (select struct(struct(a as x, b as y) as inner, c) as s from t)
-- columns: v, i, c
-- v <- t.a TRANSFORMATION
-- i <- t.a TRANSFORMATION
-- i <- t.b TRANSFORMATION
-- c <- t.c TRANSFORMATION

-- case: a field of a column is the column
select s.x.y as v, t.s.z as w from t
-- v <- t.s TRANSFORMATION
-- w <- t.s TRANSFORMATION

-- case: a field of a field that is a column
select r.k.deep as v from (select struct(s as k, a as x) as r from t)
-- v <- t.s TRANSFORMATION

-- case: a field that the struct does not have is the struct
select s.nope as v from (select struct(a as x) as s from t)
-- v <- t.a TRANSFORMATION

-- case: all fields by a star
select s.* from (select struct(a as x, b as y) as s from t)
-- columns: x, y
-- x <- t.a TRANSFORMATION
-- y <- t.b TRANSFORMATION

-- case: a condition inside a field steers that field
select s.x as v, s.y as w from (select struct(if(c > 0, a, 0) as x, b as y) as s from t)
-- v <- t.a TRANSFORMATION
-- v <- t.c CONDITIONAL
-- w <- t.b TRANSFORMATION

-- case: an array of structs, unnested
select e.x as v, e.y as w from (select [struct(a as x, b as y), struct(b as x, c as y)] as l from t), unnest(l) as e
-- v <- t.a TRANSFORMATION
-- v <- t.b TRANSFORMATION
-- w <- t.b TRANSFORMATION
-- w <- t.c TRANSFORMATION
-- * <- t.a JOIN
-- * <- t.b JOIN
-- * <- t.c JOIN

-- case: the first element names the fields of all
select x, y from (select [struct(a as x, b as y), (c, id)] as l from t), unnest(l)
-- x <- t.a TRANSFORMATION
-- x <- t.c TRANSFORMATION
-- y <- t.b TRANSFORMATION
-- y <- t.id TRANSFORMATION
-- * <- t.a JOIN
-- * <- t.b JOIN
-- * <- t.c JOIN
-- * <- t.id JOIN

-- case: an element of an array of structs
select l[offset(0)].x as v from (select [struct(a as x, b as y)] as l from t)
-- v <- t.a TRANSFORMATION

-- case: array_agg of a struct, one field
select id, array_agg(struct(a, b) order by c desc limit 1)[offset(0)].a as latest from t group by id
-- id <- t.id IDENTITY
-- latest <- t.a AGGREGATION
-- latest <- t.c SORT
-- * <- t.id GROUP_BY

-- case: any_value of a struct, the row picked by a maximum
select any_value(struct(a as x, b as y) having max c).y as v from t
-- v <- t.b AGGREGATION
-- v <- t.c CONDITIONAL

-- case: an array of a subquery of structs
select e.k as v from (select array(select as struct u.x as k, u.y from u where u.id = t.id) as l from t), unnest(l) as e
-- v <- u.x TRANSFORMATION
-- v <- u.id CONDITIONAL
-- v <- t.id CONDITIONAL
-- * <- u.x JOIN
-- * <- u.y JOIN
-- * <- u.id JOIN
-- * <- t.id JOIN

-- case: a typed struct names its fields
select struct<p int64, q int64>(a, b).q as v from t
-- v <- t.b TRANSFORMATION cast

-- case: duckdb's braces
select {'x': a, 'y': b}.y as v, s.x as w, s['y'] as z, struct_extract(s, 'x') as e from (select a, b, struct_pack(x := a, y := b) as s from t)
-- dialect: duckdb
-- v <- t.b TRANSFORMATION
-- w <- t.a TRANSFORMATION
-- z <- t.b TRANSFORMATION
-- e <- t.a TRANSFORMATION

-- case: duckdb's star over a struct
select s.* from (select {'x': a, 'y': b} as s from t)
-- dialect: duckdb
-- columns: x, y
-- x <- t.a TRANSFORMATION
-- y <- t.b TRANSFORMATION

-- case: snowflake's object
select o:x::int as v, o['y'] as w from (select object_construct('x', a, 'y', b) as o from t)
-- dialect: snowflake
-- v <- t.a TRANSFORMATION cast
-- w <- t.b TRANSFORMATION

-- case: spark's named struct, exploded
select e.x as v, e.y as w from (select array(named_struct('x', a, 'y', b)) as l from t) lateral view explode(l) as e
-- dialect: spark
-- v <- t.a TRANSFORMATION
-- w <- t.b TRANSFORMATION
-- * <- t.a JOIN
-- * <- t.b JOIN

-- case: spark's inline makes a column of each field
select p, q from (select array(struct(a, b)) as l from t) lateral view inline(l) as p, q
-- dialect: spark
-- p <- t.a TRANSFORMATION
-- q <- t.b TRANSFORMATION
-- * <- t.a JOIN
-- * <- t.b JOIN

-- case: trino's rows have the names of their type
select r.x as v from (select cast(row(a, b) as row(x int, y int)) as r from t)
-- dialect: trino
-- v <- t.a TRANSFORMATION cast

-- case: trino unnests rows into columns
select p, q from (select array[cast(row(a, b) as row(x int, y int))] as l from t) cross join unnest(l) as e(p, q)
-- dialect: trino
-- p <- t.a TRANSFORMATION cast
-- q <- t.b TRANSFORMATION cast
-- * <- t.a JOIN cast
-- * <- t.b JOIN cast

-- case: a lambda's variable is not a struct around it
select transform(l, s -> s.x) as v, s.y as w from (select array(a) as l, struct(b as x, c as y) as s from t)
-- dialect: spark
-- v <- t.a TRANSFORMATION
-- w <- t.c TRANSFORMATION

-- case: a tuple's parts by position
select s.1 as p, tupleElement(s, 2) as q, (a, b).2 as r from (select tuple(a, b) as s, a, b from t)
-- dialect: clickhouse
-- p <- t.a TRANSFORMATION
-- q <- t.b TRANSFORMATION
-- r <- t.b TRANSFORMATION

-- case: select as value makes the struct's fields the columns
select as value struct(a as x, b) from t
-- columns: x, b
-- x <- t.a TRANSFORMATION
-- b <- t.b TRANSFORMATION

-- case: the star of an unnested struct whose fields are not known
select id, e.* from t, unnest(arr) as e
-- columns: id, *
-- id <- t.id IDENTITY
-- * <- t.arr TRANSFORMATION
-- * <- t.arr JOIN

-- case: the latest row of each group, by an aggregated row
select latest.* from (select array_agg(t order by c desc limit 1)[offset(0)] as latest from (select id, a, c from t) as t group by id)
-- columns: id, a, c
-- id <- t.id AGGREGATION
-- id <- t.c SORT
-- a <- t.a AGGREGATION
-- a <- t.c SORT
-- c <- t.c AGGREGATION
-- c <- t.c SORT
-- * <- t.id GROUP_BY

-- case: one field of a row as a value
select any_value(u).x as v, r.y as w from (select u, u as r from u)
-- v <- u.x AGGREGATION
-- w <- u.y TRANSFORMATION

-- case: select as value of a row
select c.x from (select as value u from u where y > 1) as c
-- x <- u.x TRANSFORMATION
-- * <- u.y FILTER

-- case: a struct of everything
select s.b as v from (select struct(t.*) as s from (select id, a, b from t) as t)
-- dialect: spark
-- v <- t.b TRANSFORMATION

-- case: an object of everything
select o:b::int as v from (select object_construct(*) as o from (select id, a, b from t) as t)
-- dialect: snowflake
-- v <- t.b TRANSFORMATION cast
