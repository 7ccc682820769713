-- note: where several rules meet.
-- dialect: postgres
-- schema: t(a, b, k, ts), u(id, x, k), w(id, x, y)

-- case: a CTE column shadows nothing outside it
with c as (select a as b, b as a from t) select t.a, c.a as ca from t join c on c.b = t.a
-- a <- t.a IDENTITY
-- ca <- t.b IDENTITY renamed
-- * <- t.a JOIN

-- case: a table alias equal to a CTE's name
with u as (select a as x from t) select u.x from w as u
-- x <- w.x IDENTITY

-- case: a subquery's alias equal to its table
select t.s from (select sum(t.a) as s from t) as t
-- s <- t.a AGGREGATION

-- case: dedup, then aggregate, then join back
with ranked as (
    select *, row_number() over (partition by k order by ts desc) as rn from t
), latest as (select * from ranked where rn = 1), totals as (
    select k, sum(a) as total from t group by k
)
select l.a, tt.total, l.a / tt.total as share from latest as l join totals as tt using (k)
-- a <- t.a IDENTITY
-- total <- t.a AGGREGATION
-- share <- t.a AGGREGATION
-- * <- t.k FILTER
-- * <- t.ts FILTER
-- * <- t.k GROUP_BY
-- * <- t.k JOIN

-- case: a CTE column list over a star
with c(p, q, r, s) as (select * from t) select s, p from c
-- s <- t.ts IDENTITY renamed
-- p <- t.a IDENTITY renamed

-- case: UNION inside a CTE inside EXISTS
select a from t where exists (with c as (select id from u union all select id from w) select 1 from c where c.id = t.k)
-- a <- t.a IDENTITY
-- * <- u.id FILTER
-- * <- w.id FILTER
-- * <- t.k FILTER

-- case: a scalar subquery over a grouped CTE
with c as (select k, max(ts) as last_ts from t group by k)
select a, (select last_ts from c where c.k = t.k) as last_ts from t
-- a <- t.a IDENTITY
-- last_ts <- t.ts AGGREGATION
-- last_ts <- t.k CONDITIONAL

-- case: coalesce over a full join's sides
select coalesce(u.id, w.id) as id, coalesce(u.x, w.x, 0) as x from u full join w on u.id = w.id
-- id <- u.id TRANSFORMATION
-- id <- u.id CONDITIONAL
-- id <- w.id TRANSFORMATION
-- x <- u.x TRANSFORMATION
-- x <- u.x CONDITIONAL
-- x <- w.x TRANSFORMATION
-- x <- w.x CONDITIONAL
-- * <- u.id JOIN
-- * <- w.id JOIN

-- case: identity through a union of itself and a rename
select k from (select k from t union all select a as k from t) as s
-- k <- t.k IDENTITY
-- k <- t.a IDENTITY renamed

-- case: a rename there and back is no rename
with c as (select a as z from t) select z as a from c
-- a <- t.a IDENTITY

-- case: a cast through a CTE is told at the end
with c as (select a::text as a from t) select a from c
-- a <- t.a TRANSFORMATION cast

-- case: a condition through a CTE stays a condition
with c as (select case when b > 0 then a end as v, k from t) select sum(v) as s, k from c group by k
-- s <- t.a AGGREGATION
-- s <- t.b CONDITIONAL
-- k <- t.k IDENTITY
-- * <- t.k GROUP_BY

-- case: a window's key through a CTE becomes a filter
with c as (select a, sum(b) over (partition by k) as s from t) select a from c where s > 10
-- a <- t.a IDENTITY
-- * <- t.b FILTER
-- * <- t.k FILTER

-- case: an aggregate in ORDER BY only
select k from t group by k order by sum(a) desc limit 3
-- k <- t.k IDENTITY
-- * <- t.k GROUP_BY
-- * <- t.a SORT

-- case: DISTINCT over a union of constants and columns
select distinct tag, a from (select 'x' as tag, a from t union all select 'y', id from u) as s
-- constant: tag
-- a <- t.a IDENTITY
-- a <- u.id IDENTITY renamed
-- * <- t.a GROUP_BY
-- * <- u.id GROUP_BY

-- case: nested parentheses around queries and joins
select x from ((select x from u) union all (select x from w)) as s
-- x <- u.x IDENTITY
-- x <- w.x IDENTITY

-- case: NOT IN with a null test, under OR
select a from t where k not in (select k from u where x is not null) or b is null
-- a <- t.a IDENTITY
-- * <- t.k FILTER
-- * <- t.b FILTER
-- * <- u.k FILTER
-- * <- u.x FILTER

-- case: values from both sides of a self join through a CTE
with pairs as (select l.a as la, r.a as ra from t as l join t as r on l.k = r.b) select la - ra as gap_size from pairs
-- gap_size <- t.a TRANSFORMATION
-- * <- t.k JOIN
-- * <- t.b JOIN

-- case: a correlated subquery two scopes out
select a from t where exists (select 1 from u where exists (select 1 from w where w.id = t.k and w.x = u.x))
-- a <- t.a IDENTITY
-- * <- w.id FILTER
-- * <- t.k FILTER
-- * <- w.x FILTER
-- * <- u.x FILTER

-- case: grouped by an expression that is selected in another form
select date_trunc('month', ts)::date as month_on, count(distinct a) as n from t group by date_trunc('month', ts)
-- month_on <- t.ts TRANSFORMATION cast
-- n <- t.a AGGREGATION masking
-- * <- t.ts GROUP_BY

-- case: USING over a CTE and a subquery
with c as (select id, x as cx from u) select id, cx, y from c left join (select id, y from w where x > 0) as s using (id)
-- id <- u.id IDENTITY
-- id <- w.id CONDITIONAL
-- cx <- u.x IDENTITY renamed
-- y <- w.y IDENTITY
-- * <- u.id JOIN
-- * <- w.id JOIN
-- * <- w.x FILTER

-- case: a star over USING of three relations, through a CTE
with j as (select * from u join w using (id)) select id, y from j
-- id <- u.id IDENTITY
-- id <- w.id CONDITIONAL
-- y <- w.y IDENTITY
-- * <- u.id JOIN
-- * <- w.id JOIN

-- case: duplicate names inside a subquery are ambiguous outside
select x from (select u.x, w.x from u join w on u.id = w.id) as s
-- x <- u.x IDENTITY ambiguous
-- x <- w.x IDENTITY ambiguous
-- * <- u.id JOIN
-- * <- w.id JOIN
-- gap: ambiguous_column x

-- case: of duplicate names inside a subquery the first is meant, DuckDB
-- dialect: duckdb
select x from (select u.x, w.x from u join w on u.id = w.id) as s
-- x <- u.x IDENTITY
-- * <- u.id JOIN
-- * <- w.id JOIN

-- case: the second of duplicate names gets a number, DuckDB
-- dialect: duckdb
select x_1 from (select u.x, w.x from u join w on u.id = w.id) as s
-- x_1 <- w.x IDENTITY renamed
-- * <- u.id JOIN
-- * <- w.id JOIN

-- case: an update of a CTE's values
with s as (select id, max(x) as top from u group by id) update w set x = s.top from s where s.id = w.id
-- x <- u.x AGGREGATION
-- x <- u.id CONDITIONAL
-- x <- w.id CONDITIONAL

-- case: dbt's sample and empty wrappers
select * from (select * from t where ts >= '2024-01-01' and ts < '2024-02-01') as _dbt_sample_subq_t
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- ts <- t.ts IDENTITY
-- * <- t.ts FILTER

-- case: dbt's empty wrapper
select a from (select * from t where false limit 0) as _dbt_limit_subq_t
-- a <- t.a IDENTITY

-- case: dbt_utils.star and deduplicate as they compile
with row_numbered as (
    select _inner.*, row_number() over (partition by k order by ts desc) as rn from t as _inner
)
select distinct data.* from t as data natural join row_numbered where row_numbered.rn = 1
-- columns: a, b, k, ts
-- a <- t.a IDENTITY
-- b <- t.b IDENTITY
-- k <- t.k IDENTITY
-- ts <- t.ts IDENTITY
-- * <- t.a JOIN
-- * <- t.b JOIN
-- * <- t.k JOIN
-- * <- t.ts JOIN
-- * <- t.k FILTER
-- * <- t.ts FILTER
-- * <- t.a GROUP_BY
-- * <- t.b GROUP_BY
-- * <- t.k GROUP_BY
-- * <- t.ts GROUP_BY

-- case: a date spine
with recursive days as (select min(ts) as d from t union all select d + 1 from days where d < (select max(ts) from t))
select d from days
-- d <- t.ts AGGREGATION
-- * <- t.ts FILTER

-- case: a surrogate key
select md5(cast(coalesce(cast(a as text), '_null_') || '-' || coalesce(cast(b as text), '_null_') as text)) as key from t
-- key <- t.a TRANSFORMATION cast masking
-- key <- t.a CONDITIONAL masking
-- key <- t.b TRANSFORMATION cast masking
-- key <- t.b CONDITIONAL masking

-- case: union_relations as it compiles
(select cast('"db"."s"."u"' as text) as _dbt_source_relation, cast("id" as int) as "id", cast(null as int) as "y" from u)
union all
(select cast('"db"."s"."w"' as text) as _dbt_source_relation, cast("id" as int) as "id", cast("y" as int) as "y" from w)
-- columns: _dbt_source_relation, id, y
-- constant: _dbt_source_relation
-- id <- u.id TRANSFORMATION cast
-- id <- w.id TRANSFORMATION cast
-- y <- w.y TRANSFORMATION cast

-- case: a pivot as dbt_utils compiles it
select k, sum(case when b = 'x' then 1 else 0 end) as "x", sum(case when b = 'y' then a else 0 end) as "y" from t group by k
-- k <- t.k IDENTITY
-- x <- t.b CONDITIONAL
-- y <- t.a AGGREGATION
-- y <- t.b CONDITIONAL
-- * <- t.k GROUP_BY

-- case: an unpivot as dbt_utils compiles it
select k, cast('a' as text) as field, cast(a as text) as value from t union all select k, cast('b' as text), cast(b as text) from t
-- constant: field
-- k <- t.k IDENTITY
-- value <- t.a TRANSFORMATION cast
-- value <- t.b TRANSFORMATION cast

-- case: an incremental filter over the node itself
select a from t where ts > (select coalesce(max(ts), '1900-01-01') from this_node)
-- schema: t(a, ts), this_node(a, ts)
-- a <- t.a IDENTITY
-- * <- t.ts FILTER
-- * <- this_node.ts FILTER

-- case: a values list joined by position to a column
select t.a, m.label from t left join (values (1, 'one'), (2, 'two')) as m (k, label) on m.k = t.k
-- constant: label
-- a <- t.a IDENTITY
-- * <- t.k JOIN

-- case: row comparison and overlaps
select a from t where (a, b) < (k, ts) and (ts, ts) overlaps (a, b)
-- a <- t.a IDENTITY
-- * <- t.a FILTER
-- * <- t.b FILTER
-- * <- t.k FILTER
-- * <- t.ts FILTER

-- case: lateral joins with USING after
select u.id, l.v, y from u cross join lateral (select u.x * 2 as v) as l join w using (id)
-- id <- u.id IDENTITY
-- v <- u.x TRANSFORMATION
-- y <- w.y IDENTITY
-- * <- u.id JOIN
-- * <- w.id JOIN

-- case: a subquery in LIMIT decides how many rows there are
-- dialect: duckdb
-- schema: p(id, n), q(v)
select n from p order by id limit (select min(v) from q)
-- columns: n
-- n <- p.n IDENTITY
-- * <- p.id SORT
-- * <- q.v FILTER

-- case: a qualified star by a pattern of names
-- dialect: duckdb
-- schema: p(id, n), q(v)
select p.* like 'i%' from p, q
-- columns: id
-- id <- p.id IDENTITY

-- case: a statement that is no query stands as a table
-- dialect: duckdb
-- schema: p(id, n)
select * from (describe p)
-- columns:
-- gap: unsupported_syntax
