-- note: WITH: what a CTE's name means, and where.
-- dialect: postgres
-- schema: t(a, b, k), u(id, x)

-- case: a CTE hands its columns on
with c as (select a, b + 1 as b1 from t where k > 0) select a, b1 as z from c
-- columns: a, z
-- a <- t.a IDENTITY
-- z <- t.b TRANSFORMATION
-- * <- t.k FILTER

-- case: a CTE shadows a table, and reads that table itself
with t as (select a as b, b as a from t) select a, b from t
-- columns: a, b
-- a <- t.b IDENTITY renamed
-- b <- t.a IDENTITY renamed

-- case: a qualified name is never a CTE
with t as (select id as a from u) select t.a, s.b from t, public.t as s
-- schema: public.t(a, b), u(id, x)
-- a <- u.id IDENTITY renamed
-- b <- public.t.b IDENTITY

-- case: an inner CTE shadows an outer one
with c as (select a as v from t)
select o.v as outer_v, i.v as inner_v
from c as o cross join (with c as (select x as v from u) select v from c) as i
-- outer_v <- t.a IDENTITY renamed
-- inner_v <- u.x IDENTITY renamed

-- case: an inner CTE reads the outer one that it shadows
with c as (select a as v from t)
select v from (with c as (select v + 1 as v from c) select v from c) as i
-- v <- t.a TRANSFORMATION

-- case: a CTE that nothing reads leaves no trace
with lost as (select x from u where id > 0), c as (select a from t) select a from c
-- a <- t.a IDENTITY

-- case: what is odd in a CTE that nothing reads is no gap
with lost as (select nothing_here from t), c as (select a from t) select a from c
-- a <- t.a IDENTITY

-- case: a CTE read twice is two relations
with c as (select a, k from t) select l.a as la, r.a as ra from c as l join c as r on l.k = r.a
-- la <- t.a IDENTITY renamed
-- ra <- t.a IDENTITY renamed
-- * <- t.k JOIN
-- * <- t.a JOIN

-- case: a column list names the columns
with c(p, q) as (select a, b from t) select q, p from c
-- columns: q, p
-- q <- t.b IDENTITY renamed
-- p <- t.a IDENTITY renamed

-- case: a column list may name only the first columns
with c(p) as (select a, b from t) select p, b from c
-- columns: p, b
-- p <- t.a IDENTITY renamed
-- b <- t.b IDENTITY

-- case: MATERIALIZED changes nothing
with c as materialized (select a from t), d as not materialized (select a as a2 from c)
select a2 from d
-- a2 <- t.a IDENTITY renamed

-- case: a recursive CTE takes values from anchor and step
with recursive tree as (
    select id, parent, name as path, 1 as depth from nodes where parent is null
    union all
    select n.id, n.parent, tree.path || n.name, tree.depth + 1
    from nodes as n join tree on n.parent = tree.id
)
select id, path, depth from tree
-- schema: nodes(id, parent, name)
-- columns: id, path, depth
-- constant: depth
-- id <- nodes.id IDENTITY
-- path <- nodes.name TRANSFORMATION
-- * <- nodes.parent FILTER
-- * <- nodes.parent JOIN
-- * <- nodes.id JOIN

-- case: columns that trade places in a recursion
with recursive r as (
    select a as p, b as q from t
    union all
    select q, p from r where p < 10
)
select p, q from r
-- p <- t.a IDENTITY renamed
-- p <- t.b IDENTITY renamed
-- q <- t.a IDENTITY renamed
-- q <- t.b IDENTITY renamed
-- * <- t.a FILTER
-- * <- t.b FILTER

-- case: a recursion with a column list
with recursive r(n, s) as (
    select a, b from t union all select n + 1, s from r where n < 5
)
select s, n from r
-- s <- t.b IDENTITY renamed
-- n <- t.a TRANSFORMATION
-- * <- t.a FILTER

-- case: UNION in a recursion removes duplicates
with recursive r as (select a from t union select a + 1 from r) select a from r
-- a <- t.a TRANSFORMATION
-- * <- t.a GROUP_BY

-- case: RECURSIVE on a CTE that does not recurse
with recursive c as (select a from t), d as (select a from c) select a as z from d
-- z <- t.a IDENTITY renamed

-- case: without RECURSIVE the name inside is the table
with t as (select a from t union all select b from t) select a from t
-- a <- t.a IDENTITY
-- a <- t.b IDENTITY renamed

-- case: a WITH inside a CTE
with o as (with i as (select a as v from t where b > 0) select v * 2 as w from i) select w from o
-- w <- t.a TRANSFORMATION
-- * <- t.b FILTER

-- case: a WITH before a parenthesised query
with c as (select a from t) (select a from c)
-- a <- t.a IDENTITY

-- case: a WITH over a set operation reaches both branches
with c as (select a from t) select a from c union all select x from u join c on c.a = u.id
-- a <- t.a IDENTITY
-- a <- u.x IDENTITY renamed
-- * <- t.a JOIN
-- * <- u.id JOIN

-- case: CTE names ignore case when they are not quoted
with Totals as (select a from t) select A from TOTALS
-- columns: a
-- a <- t.a IDENTITY

-- case: an outer CTE is seen inside every kind of subquery
with c as (select id, x from u)
select t.a, (select max(c.x) from c) as m from t where exists (select 1 from c where c.id = t.k)
-- a <- t.a IDENTITY
-- m <- u.x AGGREGATION
-- * <- u.id FILTER
-- * <- t.k FILTER

-- case: the later of two CTEs reads the earlier by its own name
-- dialect: snowflake
with c as (select a from t), d as (select a + 1 as a from c), c2 as (select a from d) select * from c2
-- a <- t.a TRANSFORMATION

-- case: a CTE named like a column and like a table alias
with a as (select a from t) select a.a from a
-- a <- t.a IDENTITY

-- case: data-modifying CTE returns rows
with moved as (insert into u (id, x) select a, b from t returning id, x) select id from moved
-- id <- t.a IDENTITY renamed
