-- dialect: trino
-- schema: orders(id, customer_id, amount, items, attrs, doc, placed_at), customers(id, name, region)

-- case: names ignore case
select "ID", Amount as Total from Orders
-- columns: ID, Total
-- ID <- orders.id IDENTITY
-- Total <- orders.amount IDENTITY renamed

-- case: unnest with ordinality
select o.id, t.item, t.nr from orders as o cross join unnest(o.items) with ordinality as t (item, nr)
-- constant: nr
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: unnest of a map gives key and value
select id, k, v from orders cross join unnest(attrs) as t (k, v)
-- id <- orders.id IDENTITY
-- k <- orders.attrs TRANSFORMATION
-- v <- orders.attrs TRANSFORMATION
-- * <- orders.attrs JOIN

-- case: left join unnest
select id, item from orders left join unnest(items) as t (item) on true
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: unnest of an array of rows gives its fields
select id, sku, price from orders cross join unnest(items) as t (sku, price)
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- price <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: maps, rows, lambdas
select attrs['a'] as a, element_at(attrs, doc) as e, cast(row(id, amount) as row(x int, y int)).x as x,
    transform(items, i -> i + amount) as t, reduce(items, 0, (s, i) -> s + i, s -> s) as r
from orders
-- a <- orders.attrs TRANSFORMATION
-- e <- orders.attrs TRANSFORMATION
-- e <- orders.doc TRANSFORMATION
-- x <- orders.id TRANSFORMATION cast
-- t <- orders.items TRANSFORMATION
-- t <- orders.amount TRANSFORMATION
-- r <- orders.items TRANSFORMATION

-- case: try, if, nullif, try_cast
select try(amount / id) as q, if(amount > 0, id) as i, try_cast(doc as bigint) as b from orders
-- q <- orders.amount TRANSFORMATION
-- q <- orders.id TRANSFORMATION
-- i <- orders.id TRANSFORMATION
-- i <- orders.amount CONDITIONAL
-- b <- orders.doc TRANSFORMATION cast

-- case: aggregates
select customer_id, max_by(id, placed_at) as m, approx_distinct(id) as d, array_agg(id order by placed_at) as l,
    count_if(amount > 0) as n, map_agg(id, amount) as g, listagg(doc, ',') within group (order by id) as t
from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- m <- orders.id AGGREGATION
-- m <- orders.placed_at CONDITIONAL
-- d <- orders.id AGGREGATION masking
-- l <- orders.id AGGREGATION
-- l <- orders.placed_at SORT
-- n <- orders.amount AGGREGATION masking
-- g <- orders.id AGGREGATION
-- g <- orders.amount AGGREGATION
-- t <- orders.doc AGGREGATION
-- t <- orders.id SORT
-- * <- orders.customer_id GROUP_BY

-- case: json
select json_extract_scalar(doc, '$.a') as a, json_value(doc, 'lax $.b') as b from orders
-- a <- orders.doc TRANSFORMATION
-- b <- orders.doc TRANSFORMATION

-- case: hashes
select to_hex(sha256(to_utf8(doc))) as h, xxhash64(to_utf8(doc)) as x from orders
-- h <- orders.doc TRANSFORMATION masking
-- x <- orders.doc TRANSFORMATION masking

-- case: a table function
select n from table(sequence(start => 1, stop => 10)) as t (n)
-- constant: n

-- case: values
select n, w from (values (1, 'a'), (2, 'b')) as t (n, w)
-- constant: n, w

-- case: offset and fetch
select id from orders order by amount offset 5 rows fetch first 10 rows only
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: at time zone, date functions
select date_trunc('day', placed_at at time zone 'UTC') as d, date_diff('day', placed_at, current_timestamp) as n from orders
-- d <- orders.placed_at TRANSFORMATION
-- n <- orders.placed_at TRANSFORMATION

-- case: match_recognize
select m.customer_id, m.top from orders match_recognize (
    partition by customer_id order by placed_at
    measures last(up.amount) as top
    one row per match
    pattern (strt up+)
    define up as up.amount > prev(up.amount)
) as m
-- customer_id <- orders.customer_id IDENTITY
-- top <- orders.amount AGGREGATION
-- * <- orders.customer_id GROUP_BY
-- * <- orders.placed_at SORT
-- * <- orders.amount FILTER

-- case: a row's star
select doc.* from (select cast(row(id, amount) as row(x int, y int)) as doc from orders) as s
-- columns: x, y
-- x <- orders.id TRANSFORMATION cast
-- y <- orders.amount TRANSFORMATION cast
