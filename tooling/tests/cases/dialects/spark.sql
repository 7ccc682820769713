-- dialect: spark
-- schema: orders(id, customer_id, amount, items, doc, placed_at), customers(id, name, region)

-- case: names ignore case
select ID, `Amount` as Total from ORDERS
-- columns: ID, Total
-- ID <- orders.id IDENTITY
-- Total <- orders.amount IDENTITY renamed

-- case: lateral view explode
select id, item from orders lateral view explode(items) t as item
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: two lateral views, the second over the first
select id, part from orders lateral view explode(items) a as item lateral view explode(item.parts) b as part
-- id <- orders.id IDENTITY
-- part <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: lateral view of a map
select id, k, v from orders lateral view explode(doc) m as k, v
-- id <- orders.id IDENTITY
-- k <- orders.doc TRANSFORMATION
-- v <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: posexplode as several aliases
select id, posexplode(items) as (pos, item) from orders
-- columns: id, pos, item
-- id <- orders.id IDENTITY
-- pos <- orders.items TRANSFORMATION
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: inline gives a struct's fields
select id, sku, price from orders lateral view inline(items) t as sku, price
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- price <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: json_tuple
select id, a, b from orders lateral view json_tuple(doc, 'a', 'b') j as a, b
-- id <- orders.id IDENTITY
-- a <- orders.doc TRANSFORMATION
-- b <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: select transform, the higher-order function
select transform(items, x -> x + amount) as t from orders
-- t <- orders.items TRANSFORMATION
-- t <- orders.amount TRANSFORMATION

-- case: select transform, the script
select transform (id, amount) using 'cat' as (a, b) from orders
-- columns: a, b
-- a <- orders.id TRANSFORMATION
-- a <- orders.amount TRANSFORMATION
-- b <- orders.id TRANSFORMATION
-- b <- orders.amount TRANSFORMATION

-- case: distribute by, sort by, cluster by
select id from orders distribute by customer_id sort by amount
-- id <- orders.id IDENTITY
-- * <- orders.customer_id SORT order_only
-- * <- orders.amount SORT order_only

-- case: if, nvl, ifnull, nullif
select if(amount > 0, id, customer_id) as v, nvl(amount, id) as n, nullif(id, 0) as z from orders
-- v <- orders.id TRANSFORMATION
-- v <- orders.customer_id TRANSFORMATION
-- v <- orders.amount CONDITIONAL
-- n <- orders.amount TRANSFORMATION
-- n <- orders.amount CONDITIONAL
-- n <- orders.id TRANSFORMATION
-- z <- orders.id TRANSFORMATION

-- case: named_struct and map access
select named_struct('a', id, 'b', amount).a as a, doc['x'] as x, map('k', id) as m from orders
-- a <- orders.id TRANSFORMATION
-- x <- orders.doc TRANSFORMATION
-- m <- orders.id TRANSFORMATION

-- case: a struct's fields by a star
select doc.* from orders
-- columns: *
-- * <- orders.doc TRANSFORMATION

-- case: group by with grouping sets
select region, name, count(*) as n, grouping_id() as g from customers group by region, name grouping sets ((region, name), (region))
-- region <- customers.region IDENTITY
-- name <- customers.name IDENTITY
-- * <- customers.region GROUP_BY
-- * <- customers.name GROUP_BY

-- case: insert overwrite
insert overwrite table target partition (day) select id, amount, placed_at as day from orders
-- columns: id, amount, day
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY
-- day <- orders.placed_at IDENTITY renamed

-- case: hints and a values table
select /*+ broadcast(c) */ o.id, v.x from orders as o join values (1, 'a'), (2, 'b') as v(n, x) on v.n = o.id join customers as c on c.id = o.customer_id
-- constant: x
-- id <- orders.id IDENTITY
-- * <- orders.id JOIN
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: from first, many inserts
from orders insert into a select id where amount > 0 insert into b select customer_id
-- columns: id, customer_id
-- id <- orders.id IDENTITY
-- id <- orders.amount CONDITIONAL
-- customer_id <- orders.customer_id IDENTITY

-- case: stack deals its arguments to the columns in turn
select stack(2, 'a', a, 'b', b) as (n, val) from t
-- schema: t(id, a, b)
-- columns: n, val
-- constant: n
-- val <- t.a TRANSFORMATION
-- val <- t.b TRANSFORMATION

-- case: stack in a lateral view
select id, n, val from t lateral view stack(2, 'a', a, 'b', b) s as n, val
-- schema: t(id, a, b)
-- constant: n
-- id <- t.id IDENTITY
-- val <- t.a TRANSFORMATION
-- val <- t.b TRANSFORMATION
