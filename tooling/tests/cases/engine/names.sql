-- note: case, quotes, odd names, duplicates.
-- dialect: postgres
-- schema: t(a, "Mixed Case", "dot.ted", "Order"), "my table"(id, x), s.t2(a, b)

-- case: unquoted names fold to lower case
select A, A as Big, T.A as "Kept" from T
-- columns: a, big, Kept
-- a <- t.a IDENTITY
-- big <- t.a IDENTITY renamed
-- Kept <- t.a IDENTITY renamed

-- case: quoted names
select "Mixed Case", "dot.ted" as d, t."Order" from t
-- columns: Mixed Case, d, Order
-- Mixed Case <- t.Mixed Case IDENTITY
-- d <- t.dot.ted IDENTITY renamed
-- Order <- t.Order IDENTITY

-- case: a quoted table with a blank
select m.id, "my table".x from "my table" as m, "my table"
-- columns: id, x
-- id <- my table.id IDENTITY
-- x <- my table.x IDENTITY

-- case: duplicate output names are both kept
select a, "Order" as a from t
-- columns: a, a
-- a <- t.a IDENTITY
-- a#2 <- t.Order IDENTITY renamed

-- case: a quote inside a name
select a as "say ""hi""" from t
-- say "hi" <- t.a IDENTITY renamed

-- case: emoji and other letters
select a as "💰", a as größe, a as "名前" from t
-- columns: 💰, größe, 名前
-- 💰 <- t.a IDENTITY renamed
-- größe <- t.a IDENTITY renamed
-- 名前 <- t.a IDENTITY renamed

-- case: a schema-qualified column
select s.t2.a, t2.b from s.t2
-- columns: a, b
-- a <- s.t2.a IDENTITY
-- b <- s.t2.b IDENTITY

-- case: a keyword as a name
select a as "select", a as "from" from t as "where"
-- columns: select, from
-- select <- t.a IDENTITY renamed
-- from <- t.a IDENTITY renamed

-- case: names without an alias, PostgreSQL
select count(*), max(a), a::int,  case when a > 1 then 1 end, (select x from "my table"), coalesce(a, 1), true from t
-- columns: count, max, a, case, x, coalesce, ?column?
-- constant: ?column?
-- max <- t.a AGGREGATION
-- a <- t.a TRANSFORMATION cast
-- case <- t.a CONDITIONAL
-- x <- my table.x IDENTITY
-- coalesce <- t.a TRANSFORMATION
-- coalesce <- t.a CONDITIONAL

-- case: Snowflake ignores case unless quoted
-- dialect: snowflake
select A as First, b.a as "second" from t as B
-- columns: First, second
-- First <- t.a IDENTITY renamed
-- second <- t.a IDENTITY renamed

-- case: the alias hides the table's name
-- schema: t(a), u(a, x)
select t.x from u as t
-- x <- u.x IDENTITY

-- case: two tables, each alias for the other
-- schema: t(a, x), u(a, x)
select t.a, u.x from u as t, t as u
-- a <- u.a IDENTITY
-- x <- t.x IDENTITY

-- case: a rename that differs only in case is none
-- dialect: snowflake
select a as A, a as "A" from t
-- columns: A, A
-- A <- t.a IDENTITY
-- A#2 <- t.a IDENTITY

-- case: an unquoted name means the unquoted column, also beside one quoted in another case
select "Id" as x, ID as y, id as z from (select a as "Id", b as id from t) as q
-- dialect: snowflake
-- schema: t(a, b)
-- x <- t.a IDENTITY renamed
-- y <- t.b IDENTITY renamed
-- z <- t.b IDENTITY renamed
