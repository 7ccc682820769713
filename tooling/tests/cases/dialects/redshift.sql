-- dialect: redshift
-- schema: orders(id, customer_id, amount, items, doc, placed_at), customers(id, name, region)

-- case: names fold to lower case
select ID, AMOUNT as Total, "Name" from orders, customers
-- schema: orders(id, amount), customers(name)
-- columns: id, total, Name
-- id <- orders.id IDENTITY
-- total <- orders.amount IDENTITY renamed
-- Name <- customers.name IDENTITY

-- case: a super array in FROM
select o.id, i.sku, i.price * 2 as p2 from orders as o, o.items as i
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- p2 <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: a super array with its index
select o.id, i as item, nr from orders as o, o.items as i at nr
-- constant: nr
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: a path into a super
select o.doc.city.name as city, o.items[0].sku as sku from orders as o
-- city <- orders.doc TRANSFORMATION
-- sku <- orders.items TRANSFORMATION

-- case: exclude after the list
select * exclude (items, doc) from orders
-- columns: id, customer_id, amount, placed_at
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY
-- placed_at <- orders.placed_at IDENTITY

-- case: lateral aliases
select amount * 2 as twice, twice + 1 as more from orders
-- twice <- orders.amount TRANSFORMATION
-- more <- orders.amount TRANSFORMATION

-- case: listagg and approximate
select customer_id, listagg(id, ',') within group (order by placed_at) as ids, approximate count(distinct amount) as n from orders group by 1
-- customer_id <- orders.customer_id IDENTITY
-- ids <- orders.id AGGREGATION
-- ids <- orders.placed_at SORT
-- n <- orders.amount AGGREGATION masking
-- * <- orders.customer_id GROUP_BY

-- case: qualify
select id from orders qualify row_number() over (partition by customer_id order by placed_at) = 1
-- id <- orders.id IDENTITY
-- * <- orders.customer_id FILTER
-- * <- orders.placed_at FILTER

-- case: decode and nvl2
select decode(region, 'a', name, 'b') as d, nvl2(name, region, 'x') as n from customers
-- d <- customers.name TRANSFORMATION
-- d <- customers.region CONDITIONAL
-- n <- customers.region TRANSFORMATION
-- n <- customers.name CONDITIONAL

-- case: json functions and hashes
select json_extract_path_text(doc, 'a') as a, md5(doc) as m, fnv_hash(id) as f, sha2(doc, 256) as s from orders
-- a <- orders.doc TRANSFORMATION
-- m <- orders.doc TRANSFORMATION masking
-- f <- orders.id TRANSFORMATION masking
-- s <- orders.doc TRANSFORMATION masking

-- case: pivot
select * from (select region, name, id from customers) pivot (count(id) for region in ('eu' as eu, 'us' as us))
-- columns: name, eu, us
-- name <- customers.name IDENTITY
-- eu <- customers.id AGGREGATION masking
-- eu <- customers.region CONDITIONAL
-- us <- customers.id AGGREGATION masking
-- us <- customers.region CONDITIONAL
-- * <- customers.name GROUP_BY

-- case: unpivot
select * from customers unpivot (v for k in (name, region))
-- columns: id, k, v
-- id <- customers.id IDENTITY
-- k <- customers.name CONDITIONAL
-- k <- customers.region CONDITIONAL
-- v <- customers.name IDENTITY renamed
-- v <- customers.region IDENTITY renamed
-- * <- customers.name FILTER
-- * <- customers.region FILTER

-- case: an object unpivoted
select o.id, k, v from orders as o, unpivot o.doc as v at k
-- id <- orders.id IDENTITY
-- v <- orders.doc TRANSFORMATION
-- k <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: late binding view
create view v as select id from orders with no schema binding
-- columns: id
-- id <- orders.id IDENTITY

-- case: dates
select dateadd(day, amount, placed_at) as d, datediff(day, placed_at, getdate()) as n, trunc(placed_at) as t from orders
-- d <- orders.amount TRANSFORMATION
-- d <- orders.placed_at TRANSFORMATION
-- n <- orders.placed_at TRANSFORMATION
-- t <- orders.placed_at TRANSFORMATION

-- case: top
select top 3 id from orders order by amount
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: create table with keys
create table x diststyle key distkey (id) sortkey (id) as select id, amount from orders
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: a recursive CTE
with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select o.id, n.i from orders as o join n on n.i <= o.amount
-- constant: i
-- id <- orders.id IDENTITY
-- * <- orders.amount JOIN

-- case: super arrays nested
select o.id, p.name from orders as o, o.items as i, i.parts as p
-- id <- orders.id IDENTITY
-- name <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: ratio, median, percentile
select median(amount) as m, ratio_to_report(amount) over (partition by customer_id) as r from orders
-- m <- orders.amount AGGREGATION
-- r <- orders.amount AGGREGATION
-- r <- orders.customer_id WINDOW
