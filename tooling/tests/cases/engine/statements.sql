-- note: DML and DDL that write columns.
-- dialect: postgres
-- schema: t(a, b, k), u(id, x, k), target(id, x, y)

-- case: create table as
create table z as select a, b + 1 as c from t where k = 1
-- columns: a, c
-- a <- t.a IDENTITY
-- c <- t.b TRANSFORMATION
-- * <- t.k FILTER

-- case: create view with a column list
create or replace view z (p, q) as select a, b from t
-- columns: p, q
-- p <- t.a IDENTITY renamed
-- q <- t.b IDENTITY renamed

-- case: create temporary table with a WITH
create temp table z as with c as (select a from t) select a as v from c
-- columns: v
-- v <- t.a IDENTITY renamed

-- case: insert with a column list goes by position
insert into target (x, id) select a, b from t
-- columns: x, id
-- x <- t.a IDENTITY renamed
-- id <- t.b IDENTITY renamed

-- case: insert without a list takes the table's columns
insert into target select a, b, k from t
-- columns: id, x, y
-- id <- t.a IDENTITY renamed
-- x <- t.b IDENTITY renamed
-- y <- t.k IDENTITY renamed

-- case: insert into a table that is not known keeps the query's names
insert into somewhere select a, b as c from t
-- columns: a, c
-- a <- t.a IDENTITY
-- c <- t.b IDENTITY renamed

-- case: insert with a WITH in front
with c as (select a from t) insert into target (id) select a from c
-- columns: id
-- id <- t.a IDENTITY renamed

-- case: insert by name
-- dialect: duckdb
insert into target by name select b as id, a as x from t
-- columns: id, x
-- id <- t.b IDENTITY renamed
-- x <- t.a IDENTITY renamed

-- case: insert overwrite
-- dialect: spark
insert overwrite table somewhere partition (day = '1') select a, b from t
-- columns: a, b
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY

-- case: insert of values
insert into target (id, x) values (1, 2)
-- columns: id, x
-- constant: id, x

-- case: select into
-- dialect: tsql
select a, b as c into #temp from t
-- columns: a, c
-- a <- t.a IDENTITY
-- c <- t.b IDENTITY renamed

-- case: update from
update target set x = t.a, y = target.y + t.b from t where target.id = t.k
-- columns: x, y
-- x <- t.a IDENTITY renamed
-- x <- t.k CONDITIONAL
-- x <- target.id CONDITIONAL
-- y <- target.y TRANSFORMATION
-- y <- t.b TRANSFORMATION
-- y <- t.k CONDITIONAL
-- y <- target.id CONDITIONAL

-- case: update with a subquery
update target set x = (select max(u.x) from u where u.id = target.id)
-- columns: x
-- x <- u.x AGGREGATION
-- x <- u.id CONDITIONAL
-- x <- target.id CONDITIONAL

-- case: update of a tuple
update target set (x, y) = (t.a, t.b) from t where t.k = target.id
-- x <- t.a IDENTITY renamed
-- x <- t.k CONDITIONAL
-- x <- target.id CONDITIONAL
-- y <- t.b IDENTITY renamed
-- y <- t.k CONDITIONAL
-- y <- target.id CONDITIONAL

-- case: merge: each branch writes, its condition steers
merge into target as d using u as s on d.id = s.id
when matched and s.k > 0 then update set x = s.x
when not matched then insert (id, x) values (s.id, s.x + 1)
-- columns: x, id
-- x <- u.x TRANSFORMATION
-- x <- u.k CONDITIONAL
-- id <- u.id IDENTITY
-- * <- target.id JOIN
-- * <- u.id JOIN

-- case: merge with a delete
merge into target as d using (select id, x from u where k = 1) as s on d.id = s.id
when matched and s.x is null then delete
when not matched then insert (id) values (s.id)
-- columns: id
-- id <- u.id IDENTITY
-- * <- target.id JOIN
-- * <- u.id JOIN
-- * <- u.k FILTER
-- * <- u.x FILTER

-- case: merge of every column
-- dialect: databricks
merge into target as d using u as s on d.id = s.id
when matched then update set * when not matched then insert *
-- columns: id, x, k
-- id <- u.id IDENTITY
-- x <- u.x IDENTITY
-- k <- u.k IDENTITY
-- * <- target.id JOIN
-- * <- u.id JOIN

-- case: create table like makes no columns known here
create table z (like t)
-- gap: not_a_query

-- case: drop is no query
drop table if exists t
-- gap: not_a_query

-- case: delete is no query
delete from t where a in (select id from u)
-- gap: not_a_query

-- case: the last statement that makes columns counts
select a from t; select b from t;
-- columns: b
-- b <- t.b IDENTITY

-- case: settings before the query
set search_path to x; select a from t
-- columns: a
-- a <- t.a IDENTITY

-- case: a query, then a grant
select a from t; grant select on t to someone
-- columns: a
-- a <- t.a IDENTITY

-- case: only a semicolon
;
-- gap: not_a_query

-- case: only a comment
/* nothing */
-- gap: not_a_query

-- case: Jinja that was not rendered
select a from {{ ref('t') }} where {% if x %} b {% endif %}
-- gap: jinja_left

-- case: SQL that is broken
select a from from t where
-- gap: parse_failed

-- case: FROM first
-- dialect: duckdb
from t select a where b > 0
-- columns: a
-- a <- t.a IDENTITY
-- * <- t.b FILTER

-- case: FROM alone
-- dialect: duckdb
from t
-- columns: a, b, k
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY

-- case: time travel
-- dialect: snowflake
select a from t at (timestamp => '2024-01-01'::timestamp) where b > 0
-- a <- t.a IDENTITY
-- * <- t.b FILTER

-- case: time travel, BigQuery
-- dialect: bigquery
select a from t for system_time as of timestamp '2024-01-01'
-- a <- t.a IDENTITY

-- case: time travel, Databricks
-- dialect: databricks
select a from t version as of 3
-- a <- t.a IDENTITY

-- case: MATCH_RECOGNIZE
-- dialect: snowflake
select * from t match_recognize (
    partition by k order by a
    measures last(up.b) as top_b, count(*) as n
    one row per match
    pattern (start_row up+)
    define up as up.b > lag(up.b)
) as m
-- columns: k, top_b, n
-- k <- t.k IDENTITY
-- top_b <- t.b AGGREGATION
-- * <- t.k GROUP_BY
-- * <- t.a SORT
-- * <- t.b FILTER

-- case: a merged insert is made of the source only
merge into customers as c using orders as o on c.id = o.customer_id when not matched then insert (id, name) values (id, status)
-- columns: id, name
-- id <- orders.id IDENTITY
-- name <- orders.status IDENTITY renamed
-- * <- orders.customer_id JOIN
-- * <- customers.id JOIN

-- case: a view made by a statement before
create view v as select id, amount * 2 as twice from orders; select v.twice, c.name from v join customers as c on c.id = v.id
-- twice <- orders.amount TRANSFORMATION
-- name <- customers.name IDENTITY
-- * <- customers.id JOIN
-- * <- orders.id JOIN

-- case: a star over a table made by a statement before
create table t as select id, status as state from orders where amount > 0; create table u as select * from t
-- id <- orders.id IDENTITY
-- state <- orders.status IDENTITY renamed
-- * <- orders.amount FILTER

-- case: a table created, filled twice, and read
create temp table t (a int, b int); insert into t select id, amount from orders; insert into t (b) select id from customers; select * from t
-- a <- orders.id IDENTITY renamed
-- b <- orders.amount IDENTITY renamed
-- b <- customers.id IDENTITY renamed

-- case: a table that was there before stays a source
insert into customers (name) select status from orders; select name from customers
-- name <- customers.name IDENTITY

-- case: on conflict, an update from the new row and the old one
insert into w (id, z) select id, a from t on conflict (id) do update set z = excluded.z + w.z where w.k > 1
-- dialect: postgres
-- schema: w(id, z, k), t(id, a)
-- columns: id, z
-- id <- t.id IDENTITY
-- z <- t.a TRANSFORMATION
-- z <- w.z TRANSFORMATION
-- z <- w.k CONDITIONAL

-- case: on conflict, the new value alone
insert into w (id, z) select id, a from t on conflict (id) do update set z = excluded.z
-- dialect: postgres
-- schema: w(id, z, k), t(id, a)
-- id <- t.id IDENTITY
-- z <- t.a IDENTITY renamed

-- case: on conflict, a column that is not inserted
insert into w as old (id) select id from t on conflict (id) do update set z = coalesce(old.z, 0) + 1
-- dialect: postgres
-- schema: w(id, z, k), t(id, a)
-- columns: id, z
-- id <- t.id IDENTITY
-- z <- w.z TRANSFORMATION
-- z <- w.z CONDITIONAL

-- case: on duplicate key, by values()
insert into w (id, z) select id, a from t on duplicate key update z = values(z) + 1
-- dialect: mysql
-- schema: w(id, z, k), t(id, a)
-- id <- t.id IDENTITY
-- z <- t.a TRANSFORMATION

-- case: several columns set by one subquery
update w set (z, k) = (select u.x, u.y from u where u.id = w.id)
-- dialect: postgres
-- schema: w(id, z, k), u(id, x, y)
-- columns: z, k
-- z <- u.x IDENTITY renamed
-- z <- u.id CONDITIONAL
-- z <- w.id CONDITIONAL
-- k <- u.y IDENTITY renamed
-- k <- u.id CONDITIONAL
-- k <- w.id CONDITIONAL
