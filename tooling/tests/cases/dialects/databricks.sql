-- dialect: databricks
-- schema: orders(id, customer_id, amount, items, doc, placed_at), customers(id, name, region)

-- case: backticks with blanks and dots
select o.`strange name`, o.`dot.ted` as d from `main`.`shop`.`raw orders` as o
-- strange name <- main.shop.raw orders.strange name IDENTITY
-- d <- main.shop.raw orders.dot.ted IDENTITY renamed

-- case: lateral view explode
select o.id, item.sku from orders as o lateral view explode(o.items) as item
-- id <- orders.id IDENTITY
-- sku <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: lateral view posexplode
select id, pos, item from orders lateral view outer posexplode(items) x as pos, item
-- id <- orders.id IDENTITY
-- pos <- orders.items TRANSFORMATION
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: explode in the select list
select id, explode(items) as item from orders
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: a table function call
select o.id, x.col as item from orders as o, lateral explode(o.items) as x
-- id <- orders.id IDENTITY
-- item <- orders.items TRANSFORMATION
-- * <- orders.items JOIN

-- case: a json path with colons
select doc:city.name as city, doc:items[0].sku::string as sku from orders
-- city <- orders.doc TRANSFORMATION
-- sku <- orders.doc TRANSFORMATION cast

-- case: star except
select * except (items, doc, placed_at) from orders
-- columns: id, customer_id, amount
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: a struct of a star, a hash of a star
select struct(*) as s, xxhash64(*) as h from customers
-- s <- customers.id TRANSFORMATION
-- s <- customers.name TRANSFORMATION
-- s <- customers.region TRANSFORMATION
-- h <- customers.id TRANSFORMATION masking
-- h <- customers.name TRANSFORMATION masking
-- h <- customers.region TRANSFORMATION masking

-- case: qualify and lateral aliases
select id, amount * 2 as twice, twice + 1 as more from orders qualify row_number() over (partition by customer_id order by twice) = 1
-- id <- orders.id IDENTITY
-- twice <- orders.amount TRANSFORMATION
-- more <- orders.amount TRANSFORMATION
-- * <- orders.customer_id FILTER
-- * <- orders.amount FILTER

-- case: higher-order functions
select transform(items, i -> i.price * amount) as t, aggregate(items, 0, (acc, i) -> acc + i.price) as s, exists(items, i -> i.sku = doc) as e from orders
-- t <- orders.items TRANSFORMATION
-- t <- orders.amount TRANSFORMATION
-- s <- orders.items TRANSFORMATION
-- e <- orders.items TRANSFORMATION
-- e <- orders.doc TRANSFORMATION

-- case: collect, first, min_by
select customer_id, collect_set(id) as ids, first(amount, true) as f, min_by(amount, placed_at) as m, sort_array(collect_list(struct(placed_at, id))) as l from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- ids <- orders.id AGGREGATION
-- f <- orders.amount AGGREGATION
-- m <- orders.amount AGGREGATION
-- m <- orders.placed_at CONDITIONAL
-- l <- orders.placed_at AGGREGATION
-- l <- orders.id AGGREGATION
-- * <- orders.customer_id GROUP_BY

-- case: pivot
select * from (select customer_id, amount, doc from orders) pivot (sum(amount) as s, max(amount) as m for doc in ('a', 'b'))
-- columns: customer_id, a_s, a_m, b_s, b_m
-- customer_id <- orders.customer_id IDENTITY
-- a_s <- orders.amount AGGREGATION
-- a_s <- orders.doc CONDITIONAL
-- a_m <- orders.amount AGGREGATION
-- a_m <- orders.doc CONDITIONAL
-- b_s <- orders.amount AGGREGATION
-- b_s <- orders.doc CONDITIONAL
-- b_m <- orders.amount AGGREGATION
-- b_m <- orders.doc CONDITIONAL
-- * <- orders.customer_id GROUP_BY

-- case: unpivot with aliases
select id, k, v from customers unpivot include nulls (v for k in (name as `N`, region as `R`))
-- constant: k
-- id <- customers.id IDENTITY
-- v <- customers.name IDENTITY renamed
-- v <- customers.region IDENTITY renamed

-- case: stack
select id, k, v from customers lateral view stack(2, 'n', name, 'r', region) s as k, v
-- constant: k
-- id <- customers.id IDENTITY
-- v <- customers.name TRANSFORMATION
-- v <- customers.region TRANSFORMATION

-- case: merge with star
merge into customers as c using (select customer_id as id, doc as name from orders) as s on c.id = s.id
when matched and c.name <> s.name then update set name = s.name
when not matched then insert *
-- columns: name, id
-- name <- orders.doc IDENTITY renamed
-- name <- customers.name CONDITIONAL
-- name <- orders.doc CONDITIONAL
-- id <- orders.customer_id IDENTITY renamed
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: left semi and anti joins
select c.name from customers as c left semi join orders as o on o.customer_id = c.id
-- name <- customers.name IDENTITY
-- * <- orders.customer_id JOIN
-- * <- customers.id JOIN

-- case: from_json and get_json_object
select from_json(doc, 'a int').a as a, get_json_object(doc, '$.b') as b from orders
-- a <- orders.doc TRANSFORMATION
-- b <- orders.doc TRANSFORMATION

-- case: identity of a delta table by path
select id from delta.`/mnt/orders`
-- id <- delta./mnt/orders.id IDENTITY

-- case: time travel
select id from orders timestamp as of '2024-01-01'
-- id <- orders.id IDENTITY

-- case: create table using delta
create or replace table x using delta partitioned by (id) tblproperties ('a' = 'b') as select id, amount from orders
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: the struct's star, and a nested replace
select id, doc.* from orders
-- columns: id, *
-- id <- orders.id IDENTITY
-- * <- orders.doc TRANSFORMATION

-- case: window with a named window and a range
select sum(amount) over w as s from orders window w as (partition by customer_id order by placed_at range between interval 7 days preceding and current row)
-- s <- orders.amount AGGREGATION
-- s <- orders.customer_id WINDOW
-- s <- orders.placed_at WINDOW

-- case: read_files and volumes
select x from read_files('/Volumes/a/b', format => 'json')
-- columns: x
-- gap: unknown_table_function read_files()

-- case: insert into by name
insert into customers by name select doc as name, id from orders
-- columns: name, id
-- name <- orders.doc IDENTITY renamed
-- id <- orders.id IDENTITY

-- case: replace where
insert into customers replace where id > 0 select id, doc as name, doc as region from orders
-- columns: id, name, region
-- id <- orders.id IDENTITY
-- name <- orders.doc IDENTITY renamed
-- region <- orders.doc IDENTITY renamed

-- case: a stream of a table
select s.id, amount from stream(shop.orders) as s
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY
