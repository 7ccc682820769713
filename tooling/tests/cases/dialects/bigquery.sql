-- dialect: bigquery
-- schema: orders(id, customer_id, amount, tags, items, doc, placed_at), customers(id, name, region), "proj.shop.orders"(id, amount)

-- case: a backticked name with dots inside
select o.id, amount from `proj.shop.orders` as o
-- schema: proj.shop.orders(id, amount)
-- id <- proj.shop.orders.id IDENTITY
-- amount <- proj.shop.orders.amount IDENTITY

-- case: a backticked name in parts
select id from `proj`.`shop`.`orders`
-- schema: proj.shop.orders(id, amount)
-- id <- proj.shop.orders.id IDENTITY

-- case: a project with a dash
select orders.id from my-proj.shop.orders
-- schema: my-proj.shop.orders(id, amount)
-- id <- my-proj.shop.orders.id IDENTITY

-- case: unnest, comma join
select o.id, item.sku, item.price * 2 as p2 from orders as o, unnest(o.items) as item
-- columns: id, sku, p2
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- p2 <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: unnest with offset
select id, tag, pos from orders cross join unnest(tags) as tag with offset as pos
-- constant: pos
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: unnest with the offset's own name
select tag, offset from orders left join unnest(tags) as tag with offset
-- constant: offset
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: unnest by the array's path
select o.id, i.sku from orders as o, o.items as i
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: a scalar subquery over an array
select id, (select sum(i.price) from unnest(items) as i where i.price > amount) as total from orders
-- id <- orders.id IDENTITY
-- total <- orders.items AGGREGATION
-- total <- orders.items CONDITIONAL
-- total <- orders.amount CONDITIONAL

-- case: an array of a subquery
select array(select as struct i.sku, amount from unnest(items) as i) as l from orders
-- l <- orders.items TRANSFORMATION
-- l <- orders.items CONDITIONAL
-- l <- orders.amount TRANSFORMATION

-- case: exists over an array
select id from orders where exists (select 1 from unnest(tags) as t where t = 'x') and 'y' in unnest(tags)
-- id <- orders.id IDENTITY
-- * <- orders.tags FILTER

-- case: structs
select struct(id, amount as a) as s, struct(id as x).x as y from orders
-- s <- orders.id TRANSFORMATION
-- s <- orders.amount TRANSFORMATION
-- y <- orders.id TRANSFORMATION

-- case: a struct's star
select doc.* from orders
-- columns: *
-- * <- orders.doc TRANSFORMATION

-- case: star except and replace
select * except (tags, items, doc), amount * 2 as twice from orders
-- columns: id, customer_id, amount, placed_at, twice
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY
-- placed_at <- orders.placed_at IDENTITY
-- twice <- orders.amount TRANSFORMATION

-- case: replace
select c.* replace (upper(name) as name) from customers as c
-- columns: id, name, region
-- id <- customers.id IDENTITY
-- name <- customers.name TRANSFORMATION
-- region <- customers.region IDENTITY

-- case: array_agg of a struct, ordered and limited
select customer_id, array_agg(struct(id, amount) order by placed_at desc limit 1)[offset(0)].amount as latest from orders group by 1
-- customer_id <- orders.customer_id IDENTITY
-- latest <- orders.amount AGGREGATION
-- latest <- orders.placed_at SORT
-- * <- orders.customer_id GROUP_BY

-- case: whole row by alias
select array_agg(o order by placed_at limit 1)[safe_offset(0)] as row_value from (select id, amount, placed_at from orders) as o
-- row_value <- orders.id AGGREGATION
-- row_value <- orders.amount AGGREGATION
-- row_value <- orders.placed_at AGGREGATION
-- row_value <- orders.placed_at SORT

-- case: qualify with a named window
select id from orders where true qualify row_number() over w = 1 window w as (partition by customer_id order by placed_at)
-- id <- orders.id IDENTITY
-- * <- orders.customer_id FILTER
-- * <- orders.placed_at FILTER

-- case: json
select json_value(doc, '$.city') as city, doc.geo.lat as lat, json_extract_scalar(doc, '$.x') as x from orders
-- city <- orders.doc TRANSFORMATION
-- lat <- orders.doc TRANSFORMATION
-- x <- orders.doc TRANSFORMATION

-- case: if, safe_cast, safe functions
select if(amount > 0, id, customer_id) as v, safe_cast(amount as string) as s, safe.parse_date('%Y', doc) as d, safe_divide(amount, id) as q from orders
-- v <- orders.id TRANSFORMATION
-- v <- orders.customer_id TRANSFORMATION
-- v <- orders.amount CONDITIONAL
-- s <- orders.amount TRANSFORMATION cast
-- d <- orders.doc TRANSFORMATION
-- q <- orders.amount TRANSFORMATION
-- q <- orders.id TRANSFORMATION

-- case: partition pseudo columns
select id, _partitiontime as p, _table_suffix as s from orders where _partitiondate > '2024-01-01'
-- id <- orders.id IDENTITY
-- p <- orders._partitiontime IDENTITY renamed
-- s <- orders._table_suffix IDENTITY renamed
-- * <- orders._partitiondate FILTER

-- case: wildcard tables
select x from `proj.shop.events_*` where _table_suffix = '1'
-- x <- proj.shop.events_*.x IDENTITY
-- * <- proj.shop.events_*._table_suffix FILTER

-- case: union distinct and except distinct
select id from orders union distinct select id from customers
-- id <- orders.id IDENTITY
-- id <- customers.id IDENTITY
-- * <- orders.id GROUP_BY
-- * <- customers.id GROUP_BY

-- case: approx and hll
select approx_count_distinct(id) as n, approx_quantiles(amount, 4)[offset(1)] as q from orders
-- n <- orders.id AGGREGATION masking
-- q <- orders.amount AGGREGATION

-- case: generate_date_array
select d from unnest(generate_date_array('2024-01-01', '2024-02-01')) as d
-- columns: d
-- constant: d

-- case: names without an alias
select amount + 1, id, max(amount) over () from orders
-- columns: f0_, id, f1_
-- f0_ <- orders.amount TRANSFORMATION
-- id <- orders.id IDENTITY
-- f1_ <- orders.amount AGGREGATION

-- case: pipe syntax
from orders |> where amount > 0 |> aggregate sum(amount) as total group by customer_id
-- columns: customer_id, total
-- customer_id <- orders.customer_id IDENTITY
-- total <- orders.amount AGGREGATION
-- * <- orders.amount FILTER
-- * <- orders.customer_id GROUP_BY

-- case: select as struct and as value
select s.a from (select as struct id as a, amount from orders) as s
-- a <- orders.id IDENTITY renamed

-- case: trailing commas
select id, amount, from orders
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: a script: declare, then the query
declare d date default current_date(); select id from orders where placed_at >= d
-- id <- orders.id IDENTITY
-- * <- orders.placed_at FILTER

-- case: a temporary function before the query
create temp function twice(x int64) as (x * 2); select twice(amount) as t from orders
-- t <- orders.amount TRANSFORMATION

-- case: merge with row
merge into customers as c using orders as o on c.id = o.customer_id when not matched then insert (id, name) values (o.customer_id, 'x') when matched and o.amount > 0 then update set name = o.doc
-- columns: id, name
-- id <- orders.customer_id IDENTITY renamed
-- name <- orders.doc IDENTITY renamed
-- name <- orders.amount CONDITIONAL
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: unnest of a struct's array, and of nested arrays
select o.id, p.name from orders as o, unnest(o.doc.items) as i, unnest(i.parts) as p
-- id <- orders.id IDENTITY
-- name <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: a whole struct of unnest
select o.id, i from orders as o, unnest(o.items) as i
-- id <- orders.id IDENTITY
-- i <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: grouping by a struct's field
select doc.city, count(*) as n from orders group by doc.city
-- columns: city, n
-- city <- orders.doc TRANSFORMATION
-- * <- orders.doc GROUP_BY

-- case: to_json_string of the row
select to_json_string(c) as j from customers as c
-- j <- customers.id TRANSFORMATION
-- j <- customers.name TRANSFORMATION
-- j <- customers.region TRANSFORMATION

-- case: a table with partition and options
create or replace table `p.d.x` partition by date(placed_at) cluster by id options (description = 'x') as select id, placed_at from orders
-- columns: id, placed_at
-- id <- orders.id IDENTITY
-- placed_at <- orders.placed_at IDENTITY

-- case: string_agg and array_concat_agg with limits
select customer_id, string_agg(distinct doc, ',' order by doc limit 3) as s from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- s <- orders.doc AGGREGATION
-- s <- orders.doc SORT
-- * <- orders.customer_id GROUP_BY

-- case: unpivot with nulls leaves out no row
select * from t unpivot include nulls (val for col in (a, b))
-- schema: t(id, a, b)
-- columns: id, col, val
-- constant: col
-- id <- t.id IDENTITY
-- val <- t.a IDENTITY renamed
-- val <- t.b IDENTITY renamed

-- case: a model's predictions, and what they were made from
select p.id, p.predicted_y as y from ml.predict(model `m.x`, (select id, a from t)) as p
-- schema: t(id, a)
-- id <- t.id IDENTITY
-- y <- t.id TRANSFORMATION
-- y <- t.a TRANSFORMATION
