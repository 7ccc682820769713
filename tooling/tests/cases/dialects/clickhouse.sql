-- dialect: clickhouse
-- schema: orders(id, customer_id, amount, tags, prices, doc, placed_at), customers(id, name, region)

-- case: names are exact
select id as Id, `amount` as "Total" from orders
-- columns: Id, Total
-- Id <- orders.id IDENTITY
-- Total <- orders.amount IDENTITY renamed

-- case: with an expression as a name
with amount * 2 as twice select id, twice + 1 as more from orders
-- id <- orders.id IDENTITY
-- more <- orders.amount TRANSFORMATION

-- case: with a scalar subquery as a name
with (select max(amount) from orders) as top select id, amount / top as share from orders
-- id <- orders.id IDENTITY
-- share <- orders.amount AGGREGATION

-- case: with a constant as a name
with '2024-01-01' as start_on select id from orders where placed_at > start_on
-- id <- orders.id IDENTITY
-- * <- orders.placed_at FILTER

-- case: array join
select id, tag from orders array join tags as tag
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: array join of two arrays, in place
select id, tags, p from orders left array join tags, prices as p
-- id <- orders.id IDENTITY
-- tags <- orders.tags TRANSFORMATION
-- p <- orders.prices TRANSFORMATION
-- * <- orders.tags JOIN
-- * <- orders.prices JOIN

-- case: arrayJoin in the select list
select id, arrayJoin(tags) as tag from orders
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: prewhere, final, sample
select id from orders final sample 0.1 prewhere customer_id = 1 where amount > 0
-- id <- orders.id IDENTITY
-- * <- orders.customer_id FILTER
-- * <- orders.amount FILTER

-- case: limit by
select id, customer_id from orders order by placed_at desc limit 2 by customer_id
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- * <- orders.placed_at SORT
-- * <- orders.customer_id GROUP_BY

-- case: an alias anywhere
select (amount * 2 as twice) + 1 as more, twice as t from orders where twice > 10
-- more <- orders.amount TRANSFORMATION
-- t <- orders.amount TRANSFORMATION
-- * <- orders.amount FILTER

-- case: combinators
select sumIf(amount, customer_id = 1) as s, countIf(amount > 0) as n, argMax(id, placed_at) as a, uniqExact(id) as u, groupArray(doc) as g, quantile(0.9)(amount) as q, anyLast(doc) as l from orders
-- s <- orders.amount AGGREGATION
-- s <- orders.customer_id CONDITIONAL
-- n <- orders.amount AGGREGATION masking
-- a <- orders.id AGGREGATION
-- a <- orders.placed_at CONDITIONAL
-- u <- orders.id AGGREGATION masking
-- g <- orders.doc AGGREGATION
-- q <- orders.amount AGGREGATION
-- l <- orders.doc AGGREGATION

-- case: states and merges
select sumState(amount) as s, uniqMerge(doc) as u from orders
-- s <- orders.amount AGGREGATION
-- u <- orders.doc AGGREGATION masking

-- case: if and multiIf
select if(amount > 0, id, customer_id) as i, multiIf(amount > 0, tags, id > 1, prices, doc) as m from orders
-- i <- orders.id TRANSFORMATION
-- i <- orders.customer_id TRANSFORMATION
-- i <- orders.amount CONDITIONAL
-- m <- orders.tags TRANSFORMATION
-- m <- orders.prices TRANSFORMATION
-- m <- orders.doc TRANSFORMATION
-- m <- orders.amount CONDITIONAL
-- m <- orders.id CONDITIONAL

-- case: tuples and lambdas
select arrayMap(x -> x * amount, prices) as p, arrayFilter((x, y) -> y > id, tags, prices) as f, tupleElement((id, amount), 1) as t, (id, amount).1 as u from orders
-- p <- orders.prices TRANSFORMATION
-- p <- orders.amount TRANSFORMATION
-- f <- orders.tags TRANSFORMATION
-- f <- orders.prices TRANSFORMATION
-- f <- orders.id TRANSFORMATION
-- t <- orders.id TRANSFORMATION
-- u <- orders.id TRANSFORMATION

-- case: star except, replace, columns
select * except (tags, prices, doc) replace (amount / 100 as amount) from orders
-- columns: id, customer_id, amount, placed_at
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount TRANSFORMATION
-- placed_at <- orders.placed_at IDENTITY

-- case: columns by a pattern
select columns('id$') from orders
-- columns: id, customer_id
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY

-- case: any join, asof join, global in
select o.id, c.name from orders as o any left join customers as c on c.id = o.customer_id where o.id global in (select id from customers)
-- id <- orders.id IDENTITY
-- name <- customers.name IDENTITY
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN
-- * <- orders.id FILTER
-- * <- customers.id FILTER

-- case: group by with totals
select customer_id, sum(amount) as s from orders group by customer_id with totals having s > 0
-- customer_id <- orders.customer_id IDENTITY
-- s <- orders.amount AGGREGATION
-- * <- orders.customer_id GROUP_BY
-- * <- orders.amount FILTER

-- case: numbers and settings
select number as n from numbers(10) settings max_threads = 1 format JSON
-- constant: n

-- case: dictionaries and hashes
select dictGet('regions', 'name', customer_id) as r, cityHash64(doc) as h, sipHash64(id) as s, halfMD5(doc) as m from orders
-- r <- orders.customer_id TRANSFORMATION
-- h <- orders.doc TRANSFORMATION masking
-- s <- orders.id TRANSFORMATION masking
-- m <- orders.doc TRANSFORMATION masking

-- case: order with fill, limit with offset
select id from orders order by placed_at with fill step 1 limit 5, 10
-- id <- orders.id IDENTITY
-- * <- orders.placed_at SORT

-- case: global joins, using, and settings
select id, name from orders global any inner join customers using (id) settings join_use_nulls = 1
-- id <- orders.id IDENTITY
-- id <- customers.id CONDITIONAL
-- name <- customers.name IDENTITY
-- * <- orders.id JOIN
-- * <- customers.id JOIN

-- case: aggregate with order and group by an alias
select toStartOfMonth(placed_at) as month, sum(amount) as s from orders group by month order by month
-- month <- orders.placed_at TRANSFORMATION
-- s <- orders.amount AGGREGATION
-- * <- orders.placed_at GROUP_BY
-- * <- orders.placed_at SORT order_only

-- case: columns apply
select columns('amount') apply (sum) from orders
-- columns: sum(amount)
-- sum(amount) <- orders.amount AGGREGATION

-- case: create a table with an engine
create table x engine = MergeTree order by id as select id, amount from orders
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: a materialized view to a table
create materialized view x to y as select customer_id, sum(amount) as s from orders group by customer_id
-- columns: customer_id, s
-- customer_id <- orders.customer_id IDENTITY
-- s <- orders.amount AGGREGATION
-- * <- orders.customer_id GROUP_BY

-- case: with fill interpolate, ternary
select id, amount > 0 ? id : customer_id as v from orders
-- id <- orders.id IDENTITY
-- v <- orders.id TRANSFORMATION
-- v <- orders.customer_id TRANSFORMATION
-- v <- orders.amount CONDITIONAL
