-- note: what only some warehouses say, on both sides of the line between nothing and something
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: dialects
-- model: m
select id, k, a, b, s from raw.t
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: narrow
select id, s from main.m
-- say: A = agg.total value
-- say: ROWS = agg rows; agg.total value; agg.n value; narrow rows

-- pair: postgres, DISTINCT ON takes another row
-- dialect: postgres
-- base: m
select distinct on (k) id, k, a, b, s from raw.t order by k, a, id, b, s
-- head: m
select distinct on (k) id, k, a, b, s from raw.t order by k, a desc, id, b, s
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value?; narrow rows

-- pair: postgres, DISTINCT ON another key
-- dialect: postgres
-- base: m
select distinct on (k) id, k, a, b, s from raw.t order by k, a, id, b, s
-- head: m
select distinct on (k, a) id, k, a, b, s from raw.t order by k, a, id, b, s
-- change: m rows; m grain?
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: postgres, a cast with colons
-- dialect: postgres
-- base: m
select id, k, cast(a as bigint) as a, b, s from raw.t
-- head: m
select id, k, a::bigint as a, b, s from raw.t
-- change: m none

-- pair: postgres, names in capitals and no quotes
-- dialect: postgres
-- head: m
select ID, K, A, B, S from raw.t
-- change: m none

-- pair: postgres, IS NOT DISTINCT FROM
-- dialect: postgres
-- base: m
select id, k, a, b, s from raw.t where a = b
-- head: m
select id, k, a, b, s from raw.t where a is not distinct from b
-- change: m rows
-- felt: agg rows?; agg.total value?; agg.n value?; narrow rows

-- pair: postgres, FILTER becomes another condition
-- dialect: postgres
-- base: m
select k as id, k, count(*) filter (where b > 2) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, count(*) filter (where b > 5) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: postgres, a lateral join gets a limit
-- dialect: postgres
-- base: m
select t.id, t.k, x.x as a, t.b, t.s from raw.t as t cross join lateral (select u.x from raw.u as u where u.id = t.k order by u.x) as x
-- head: m
select t.id, t.k, x.x as a, t.b, t.s from raw.t as t cross join lateral (select u.x from raw.u as u where u.id = t.k order by u.x limit 1) as x
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: snowflake, names in capitals and no quotes
-- dialect: snowflake
-- head: m
SELECT ID, K, A, B, S FROM raw.t
-- change: m none

-- pair: snowflake, QUALIFY is added
-- dialect: snowflake
-- head: m
select id, k, a, b, s from raw.t qualify row_number() over (partition by k order by a, id, b, s) = 1
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: snowflake, IFF takes another condition
-- dialect: snowflake
-- base: m
select id, k, iff(b > 3, a, 0) as a, b, s from raw.t
-- head: m
select id, k, iff(b > 6, a, 0) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: snowflake, NVL and COALESCE
-- dialect: snowflake
-- base: m
select id, k, nvl(a, 0) as a, b, s from raw.t
-- head: m
select id, k, coalesce(a, 0) as a, b, s from raw.t
-- change: m none

-- pair: snowflake, another default in NVL
-- dialect: snowflake
-- base: m
select id, k, nvl(a, 0) as a, b, s from raw.t
-- head: m
select id, k, nvl(a, 5) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: snowflake, ILIKE for LIKE
-- dialect: snowflake
-- base: m
select id, k, a, b, s from raw.t where s like 'b%'
-- head: m
select id, k, a, b, s from raw.t where s ilike 'b%'
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: snowflake, a column is renamed by a star
-- dialect: snowflake
-- kind: star
-- base: m
select * exclude (d, f) from raw.t
-- head: m
select * exclude (d, f) rename (b as c) from raw.t
-- change: m.b renamed c

-- pair: snowflake, a quoted name is another name
-- dialect: snowflake
-- cannot: DuckDB's names are the same in any capitals
-- base: m
select id, k, a, b, s from raw.t
-- head: m
select id, k, a as "a", b, s from raw.t
-- change: m.a renamed?; m.a removed?; m.a added?; m none?; m.a value?; m unknown?
-- felt: agg breaks?; agg.total unknown?; agg.total value?; agg unknown?

-- pair: bigquery, backticks around names
-- dialect: bigquery
-- head: m
select `id`, `k`, `a`, `b`, `s` from raw.t
-- change: m none

-- pair: bigquery, a star with EXCEPT loses a column
-- dialect: bigquery
-- kind: star
-- base: m
select * except (d, f) from raw.t
-- head: m
select * except (b, d, f) from raw.t
-- change: m.b removed

-- pair: bigquery, a star with REPLACE
-- dialect: bigquery
-- kind: star
-- base: m
select * except (d, f) from raw.t
-- head: m
select * except (d, f) replace (a + 1 as a) from raw.t
-- change: m.a value
-- felt: A

-- pair: bigquery, IF takes another branch
-- dialect: bigquery
-- base: m
select id, k, if(b > 3, a, b) as a, b, s from raw.t
-- head: m
select id, k, if(b > 3, b, a) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: bigquery, UNNEST of a longer list
-- dialect: bigquery
-- base: m
select t.id, t.k, n as a, t.b, t.s from raw.t as t cross join unnest([1, 2]) as n
-- head: m
select t.id, t.k, n as a, t.b, t.s from raw.t as t cross join unnest([1, 2, 3]) as n
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: bigquery, UNION ALL for UNION DISTINCT
-- dialect: bigquery
-- base: m
select id, k, a, b, s from raw.t union distinct select id, x, x, x, w from raw.u
-- head: m
select id, k, a, b, s from raw.t union all select id, x, x, x, w from raw.u
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: databricks, spelled in capitals
-- dialect: databricks
-- head: m
SELECT `id`, K, A, B, S FROM raw.t
-- change: m none

-- pair: databricks, LATERAL VIEW of a longer list
-- dialect: databricks
-- base: m
select t.id, t.k, n as a, t.b, t.s from raw.t as t lateral view explode(array(1, 2)) x as n
-- head: m
select t.id, t.k, n as a, t.b, t.s from raw.t as t lateral view explode(array(1, 2, 3)) x as n
-- change: m rows
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: databricks, a semi join becomes an anti join
-- dialect: databricks
-- base: m
select id, k, a, b, s from raw.t as t left semi join raw.u as u on u.x = t.a
-- head: m
select id, k, a, b, s from raw.t as t left anti join raw.u as u on u.x = t.a
-- change: m rows
-- felt: ROWS

-- pair: redshift, NVL and COALESCE
-- dialect: redshift
-- base: m
select id, k, nvl(a, 0) as a, b, s from raw.t
-- head: m
select id, k, coalesce(a, 0) as a, b, s from raw.t
-- change: m none

-- pair: redshift, DECODE gets a case more
-- dialect: redshift
-- base: m
select id, k, decode(a, 1, 10, 0) as a, b, s from raw.t
-- head: m
select id, k, decode(a, 1, 10, 2, 20, 0) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: tsql, TOP takes fewer rows
-- dialect: tsql
-- base: m
select top 6 id, k, a, b, s from raw.t order by a, id, k, b, s
-- head: m
select top 3 id, k, a, b, s from raw.t order by a, id, k, b, s
-- change: m rows
-- felt: agg rows; agg.total value; agg.n value; narrow rows

-- pair: tsql, brackets around names
-- dialect: tsql
-- head: m
select [id], [k], [a], [b], [s] from raw.t
-- change: m none

-- pair: tsql, ISNULL with another default
-- dialect: tsql
-- base: m
select id, k, isnull(a, 0) as a, b, s from raw.t
-- head: m
select id, k, isnull(a, 9) as a, b, s from raw.t
-- change: m.a value
-- felt: A

-- pair: trino, another percentile
-- dialect: trino
-- cannot: no engine says approx_percentile as another
-- base: m
select k as id, k, approx_percentile(a, 0.5) as a, min(b) as b, min(s) as s from raw.t group by k
-- head: m
select k as id, k, approx_percentile(a, 0.9) as a, min(b) as b, min(s) as s from raw.t group by k
-- change: m.a value
-- felt: A

-- pair: trino, conditions in another order
-- dialect: trino
-- kind: conjunct order
-- base: m
select id, k, a, b, s from raw.t where a > 1 and b < 8
-- head: m
select id, k, a, b, s from raw.t where b < 8 and a > 1
-- change: m none

-- pair: clickhouse, FINAL is added
-- dialect: clickhouse
-- cannot: which rows FINAL leaves out depends on the table's engine
-- head: m
select id, k, a, b, s from raw.t final
-- change: m rows; m unknown?
-- felt: ROWS

-- pair: clickhouse, PREWHERE and WHERE
-- dialect: clickhouse
-- cannot: DuckDB has no PREWHERE
-- base: m
select id, k, a, b, s from raw.t where a > 1
-- head: m
select id, k, a, b, s from raw.t prewhere a > 1
-- change: m none; m rows?; m unknown?
-- felt: agg rows?; narrow rows?

-- pair: clickhouse, LIMIT BY
-- dialect: clickhouse
-- cannot: DuckDB has no LIMIT BY
-- head: m
select id, k, a, b, s from raw.t order by id limit 1 by k
-- change: m rows; m unknown?
-- felt: agg rows?; agg.total value; agg.n value; narrow rows

-- pair: mysql, IFNULL and COALESCE
-- dialect: mysql
-- base: m
select id, k, ifnull(a, 0) as a, b, s from raw.t
-- head: m
select id, k, coalesce(a, 0) as a, b, s from raw.t
-- change: m none

-- pair: mysql, an integer division
-- dialect: mysql
-- base: m
select id, k, a / 2 as a, b, s from raw.t
-- head: m
select id, k, a div 2 as a, b, s from raw.t
-- change: m.a value; m.a type?
-- felt: A

-- pair: duckdb, FROM first
-- head: m
from raw.t select id, k, a, b, s
-- change: m none

-- pair: duckdb, GROUP BY ALL and named keys
-- base: m
select id, k, sum(a) as a, b, s from raw.t group by all
-- head: m
select id, k, sum(a) as a, b, s from raw.t group by id, k, b, s
-- change: m none

-- pair: duckdb, a key comes into GROUP BY ALL
-- kind: group by
-- base: m
select min(id) as id, k, sum(a) as a, min(b) as b, min(s) as s from raw.t group by all
-- head: m
select min(id) as id, k, sum(a) as a, b, min(s) as s from raw.t group by all
-- change: m grain; m.id value?; m.a value?; m.b value?; m.s value?
-- felt: agg rows?; agg.total value?; agg.n value; narrow rows

-- pair: duckdb, ASOF join in the other direction
-- base: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t asof left join (select distinct x from raw.u where x is not null) as u on t.a >= u.x
-- head: m
select t.id, t.k, u.x as a, t.b, t.s from raw.t as t asof left join (select distinct x from raw.u where x is not null) as u on t.a <= u.x
-- change: m.a value; m rows?
-- felt: A; agg rows?; agg.n value?; narrow rows?

-- pair: duckdb, a pivot gets one value more
-- base: m
with p as (pivot (select k, s, a from raw.t) on s in ('a', 'b') using sum(a) group by k) select k as id, k, coalesce(a, 0) as a, b, 'c' as s from p
-- head: m
with p as (pivot (select k, s, a from raw.t) on s in ('a', 'b', 'B') using max(a) group by k) select k as id, k, coalesce(a, 0) as a, b, 'c' as s from p
-- change: m.a value; m.b value?; m.a type?; m.b type?
-- felt: A
-- cannot: DuckDB gives the pivoted columns 'b' and 'B' one name
