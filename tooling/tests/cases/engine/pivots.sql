-- note: PIVOT and UNPIVOT.
-- dialect: snowflake
-- schema: sales(shop, month, amount, cost), wide(id, jan, feb, note)

-- case: a pivot with named values; the other columns are keys
select * from sales pivot (sum(amount) for month in ('jan', 'feb')) as p
-- columns: shop, cost, 'jan', 'feb'
-- shop <- sales.shop IDENTITY
-- cost <- sales.cost IDENTITY
-- 'jan' <- sales.amount AGGREGATION
-- 'jan' <- sales.month CONDITIONAL
-- 'feb' <- sales.amount AGGREGATION
-- 'feb' <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY
-- * <- sales.cost GROUP_BY

-- case: a pivot over a subquery with an alias list
select p.s, j from (select shop, month, amount from sales)
    pivot (max(amount) for month in ('jan', 'feb')) as p (s, j, f)
-- columns: s, j
-- s <- sales.shop IDENTITY renamed
-- j <- sales.amount AGGREGATION
-- j <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: BigQuery's pivot
-- dialect: bigquery
select * from (select shop, month, amount from sales) pivot (sum(amount) as total for month in ('jan' as j, 'feb' as f))
-- columns: shop, total_j, total_f
-- shop <- sales.shop IDENTITY
-- total_j <- sales.amount AGGREGATION
-- total_j <- sales.month CONDITIONAL
-- total_f <- sales.amount AGGREGATION
-- total_f <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: two aggregates
-- dialect: bigquery
select shop, total_jan, lowest_feb from (select shop, month, amount, cost from sales)
    pivot (sum(amount) as total, min(cost) as lowest for month in ('jan', 'feb'))
-- shop <- sales.shop IDENTITY
-- total_jan <- sales.amount AGGREGATION
-- total_jan <- sales.month CONDITIONAL
-- lowest_feb <- sales.cost AGGREGATION
-- lowest_feb <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: Spark's pivot
-- dialect: spark
select * from (select shop, month, amount from sales) pivot (sum(amount) for month in ('jan' as j, 'feb' as f))
-- columns: shop, j, f
-- shop <- sales.shop IDENTITY
-- j <- sales.amount AGGREGATION
-- j <- sales.month CONDITIONAL
-- f <- sales.amount AGGREGATION
-- f <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: T-SQL's pivot
-- dialect: tsql
select p.shop, p.[jan], p.[feb] from (select shop, month, amount from sales) as s
    pivot (sum(amount) for month in ([jan], [feb])) as p
-- columns: shop, jan, feb
-- shop <- sales.shop IDENTITY
-- jan <- sales.amount AGGREGATION
-- jan <- sales.month CONDITIONAL
-- feb <- sales.amount AGGREGATION
-- feb <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: DuckDB's statement
-- dialect: duckdb
pivot sales on month in ('jan', 'feb') using sum(amount) group by shop
-- columns: shop, jan, feb
-- shop <- sales.shop IDENTITY
-- jan <- sales.amount AGGREGATION
-- jan <- sales.month CONDITIONAL
-- feb <- sales.amount AGGREGATION
-- feb <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: DuckDB's statement with two aggregates
-- dialect: duckdb
pivot sales on month in ('jan') using sum(amount) as s, max(cost) as m group by shop
-- columns: shop, jan_s, jan_m
-- shop <- sales.shop IDENTITY
-- jan_s <- sales.amount AGGREGATION
-- jan_s <- sales.month CONDITIONAL
-- jan_m <- sales.cost AGGREGATION
-- jan_m <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: DuckDB's pivot inside a query
-- dialect: duckdb
with p as (pivot sales on month in ('jan', 'feb') using sum(amount) group by shop) select shop, jan + feb as both_months from p
-- shop <- sales.shop IDENTITY
-- both_months <- sales.amount AGGREGATION
-- both_months <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY

-- case: UNPIVOT: the label is steered by the columns it names
select * from wide unpivot (amount for month in (jan, feb))
-- columns: id, note, month, amount
-- id <- wide.id IDENTITY
-- note <- wide.note IDENTITY
-- month <- wide.jan CONDITIONAL
-- month <- wide.feb CONDITIONAL
-- amount <- wide.jan IDENTITY renamed
-- amount <- wide.feb IDENTITY renamed
-- * <- wide.jan FILTER
-- * <- wide.feb FILTER

-- case: BigQuery's unpivot
-- dialect: bigquery
select id, month, amount from wide unpivot (amount for month in (jan as 'January', feb as 'February'))
-- id <- wide.id IDENTITY
-- month <- wide.jan CONDITIONAL
-- month <- wide.feb CONDITIONAL
-- amount <- wide.jan IDENTITY renamed
-- amount <- wide.feb IDENTITY renamed
-- * <- wide.jan FILTER
-- * <- wide.feb FILTER

-- case: T-SQL's unpivot
-- dialect: tsql
select u.id, u.month, u.amount from wide as w unpivot (amount for month in (jan, feb)) as u
-- id <- wide.id IDENTITY
-- month <- wide.jan CONDITIONAL
-- month <- wide.feb CONDITIONAL
-- amount <- wide.jan IDENTITY renamed
-- amount <- wide.feb IDENTITY renamed
-- * <- wide.jan FILTER
-- * <- wide.feb FILTER

-- case: DuckDB's unpivot statement
-- dialect: duckdb
unpivot wide on jan, feb into name month value amount
-- columns: id, note, month, amount
-- id <- wide.id IDENTITY
-- note <- wide.note IDENTITY
-- month <- wide.jan CONDITIONAL
-- month <- wide.feb CONDITIONAL
-- amount <- wide.jan IDENTITY renamed
-- amount <- wide.feb IDENTITY renamed
-- * <- wide.jan FILTER
-- * <- wide.feb FILTER

-- case: a pivot of a CTE, then joined
with s as (select shop, month, amount from sales)
select p.shop, p.jan_amount, w.note
from s pivot (sum(amount) for month in ('jan')) as p (shop, jan_amount) join wide as w on w.id = p.shop
-- shop <- sales.shop IDENTITY
-- jan_amount <- sales.amount AGGREGATION
-- jan_amount <- sales.month CONDITIONAL
-- note <- wide.note IDENTITY
-- * <- sales.shop GROUP_BY
-- * <- wide.id JOIN
-- * <- sales.shop JOIN

-- case: a pivot whose values are found when it runs
select shop, "'jan'" as j from (select shop, month, amount from sales) pivot (sum(amount) for month in (any))
-- shop <- sales.shop IDENTITY
-- j <- sales.amount AGGREGATION
-- j <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY
-- gap: dynamic_columns

-- case: a pivot by hand
select shop, sum(case when month = 'jan' then amount end) as jan from sales group by shop
-- shop <- sales.shop IDENTITY
-- jan <- sales.amount AGGREGATION
-- jan <- sales.month CONDITIONAL
-- * <- sales.shop GROUP_BY
