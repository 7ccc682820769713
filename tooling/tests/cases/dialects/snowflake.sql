-- dialect: snowflake
-- schema: orders(id, customer_id, amount, tags, doc, placed_at), customers(id, name, region), "Quoted"("Id", "id")

-- case: unquoted names ignore case
select Id, o.AMOUNT as total from Orders as O
-- columns: Id, total
-- Id <- orders.id IDENTITY
-- total <- orders.amount IDENTITY renamed

-- case: quoted names that differ only in case are two columns
select "Id" as upper_i, "id" as lower_i from "Quoted"
-- upper_i <- Quoted.Id IDENTITY renamed
-- lower_i <- Quoted.id IDENTITY renamed

-- case: paths into a variant
select doc:city::string as city, doc:items[0].sku::varchar as sku, doc['a']['b'] as b, o.doc:x.y as y from orders as o
-- city <- orders.doc TRANSFORMATION cast
-- sku <- orders.doc TRANSFORMATION cast
-- b <- orders.doc TRANSFORMATION
-- y <- orders.doc TRANSFORMATION

-- case: flatten
select o.id, f.value:sku::string as sku, f.index as nr from orders as o, lateral flatten(input => o.doc:items) as f
-- id <- orders.id IDENTITY
-- sku <- orders.doc TRANSFORMATION cast
-- nr <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: flatten of a flatten, outer
select o.id, g.value as v
from orders as o,
    lateral flatten(input => o.doc:items, outer => true) as f,
    lateral flatten(input => f.value:parts) as g
-- id <- orders.id IDENTITY
-- v <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: table(flatten()) with bare names
select id, value as tag from orders, table(flatten(tags))
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: split_to_table
select o.id, s.value as part from orders as o, lateral split_to_table(o.tags, ',') as s
-- id <- orders.id IDENTITY
-- part <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: positional columns of VALUES
select $1 as a, $2 as b from (values (1, 'x'), (2, 'y'))
-- constant: a, b

-- case: positional columns of a table
select $1 as a, t.$3 as b from orders as t
-- a <- orders.id IDENTITY renamed
-- b <- orders.amount IDENTITY renamed

-- case: star exclude, rename, replace, ilike
select * exclude (tags, doc, placed_at) rename (id as order_id) from orders
-- columns: order_id, customer_id, amount
-- order_id <- orders.id IDENTITY renamed
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: star by pattern
select * ilike '%ID%' from orders
-- columns: id, customer_id
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY

-- case: object_construct of a star
select object_construct(*) as o from customers
-- o <- customers.id TRANSFORMATION
-- o <- customers.name TRANSFORMATION
-- o <- customers.region TRANSFORMATION

-- case: hash of a star
select hash(*) as h from customers
-- h <- customers.id TRANSFORMATION masking
-- h <- customers.name TRANSFORMATION masking
-- h <- customers.region TRANSFORMATION masking

-- case: qualify by a lateral alias
select customer_id, amount, rank() over (partition by customer_id order by amount desc) as r from orders qualify r <= 3
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY
-- r <- orders.customer_id WINDOW
-- r <- orders.amount WINDOW
-- * <- orders.customer_id FILTER
-- * <- orders.amount FILTER

-- case: listagg, array_agg, object_agg
select listagg(distinct region, ',') within group (order by region) as l, array_agg(name) within group (order by id) as n, object_agg(name, region) as o from customers
-- l <- customers.region AGGREGATION
-- l <- customers.region SORT
-- n <- customers.name AGGREGATION
-- n <- customers.id SORT
-- o <- customers.name AGGREGATION
-- o <- customers.region AGGREGATION

-- case: generator makes rows of nothing
select seq4() as n, row_number() over (order by seq4()) as r from table(generator(rowcount => 10))
-- constant: n

-- case: result of a stage file
select t.$1 as c1, metadata$filename as f from @my_stage/file.csv as t
-- c1 <- @my_stage/file.csv.$1 IDENTITY renamed
-- f <- @my_stage/file.csv.metadata$filename IDENTITY renamed

-- case: connect by
select id, level as depth, sys_connect_by_path(name, '/') as path from customers start with region is null connect by region = prior id
-- constant: depth
-- id <- customers.id IDENTITY
-- path <- customers.name TRANSFORMATION
-- * <- customers.region FILTER
-- * <- customers.id FILTER

-- case: asof join and a lateral subquery
select c.name, l.top from customers as c, lateral (select max(o.amount) as top from orders as o where o.customer_id = c.id) as l
-- name <- customers.name IDENTITY
-- top <- orders.amount AGGREGATION
-- * <- orders.customer_id FILTER
-- * <- customers.id FILTER

-- case: dynamic identifiers and sessions
select id from identifier('orders') where amount > $min_amount
-- id <- orders.id IDENTITY
-- * <- orders.amount FILTER

-- case: time travel and sampling
select id from orders before (statement => 'abc') sample (10)
-- id <- orders.id IDENTITY

-- case: group by cube, having, order by nulls last, fetch
select region, count(distinct id) as n from customers group by cube (region) having n > 1 order by n desc nulls last limit 5
-- region <- customers.region IDENTITY
-- n <- customers.id AGGREGATION masking
-- * <- customers.region GROUP_BY
-- * <- customers.id FILTER masking
-- * <- customers.id SORT masking

-- case: a three-part quoted name
select o."ID" from "SHOP"."PUBLIC"."ORDERS" as o
-- schema: SHOP.PUBLIC.ORDERS(ID, AMOUNT)
-- ID <- SHOP.PUBLIC.ORDERS.ID IDENTITY

-- case: mixed merge
merge into customers as c using (select * from orders) as s on c.id = s.customer_id
when matched and s.amount > 0 then update set c.region = s.doc:region::string
when not matched then insert (id, name) values (s.customer_id, s.doc:name)
-- columns: region, id, name
-- region <- orders.doc TRANSFORMATION cast
-- region <- orders.amount CONDITIONAL
-- id <- orders.customer_id IDENTITY renamed
-- name <- orders.doc TRANSFORMATION
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: values as a table
select v.column1 as a, column2 as b from values (1, 'x'), (2, 'y') as v
-- constant: a, b

-- case: flatten by name, path and mode; each of its columns
select f.seq, f.key, f.path, f.index, f.value, f.this from orders as o, lateral flatten(input => o.doc, path => 'a', recursive => true) as f
-- seq <- orders.doc TRANSFORMATION
-- key <- orders.doc TRANSFORMATION
-- path <- orders.doc TRANSFORMATION
-- index <- orders.doc TRANSFORMATION
-- value <- orders.doc TRANSFORMATION
-- this <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: a star over flatten
select f.* from orders as o, lateral flatten(o.tags) as f
-- columns: SEQ, KEY, PATH, INDEX, VALUE, THIS
-- SEQ <- orders.tags TRANSFORMATION
-- KEY <- orders.tags TRANSFORMATION
-- PATH <- orders.tags TRANSFORMATION
-- INDEX <- orders.tags TRANSFORMATION
-- VALUE <- orders.tags TRANSFORMATION
-- THIS <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: higher-order functions
select filter(tags, x -> x:price > amount) as f, transform(tags, (x int) -> x + id) as t from orders
-- f <- orders.tags TRANSFORMATION
-- f <- orders.amount TRANSFORMATION
-- t <- orders.tags TRANSFORMATION
-- t <- orders.id TRANSFORMATION

-- case: a lateral alias chain under aggregation
select customer_id, sum(amount) as total, total / count(*) as mean, mean > 10 as is_big from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- total <- orders.amount AGGREGATION
-- mean <- orders.amount AGGREGATION
-- is_big <- orders.amount AGGREGATION
-- * <- orders.customer_id GROUP_BY

-- case: ratio_to_report, conditional_true_event
select ratio_to_report(amount) over (partition by customer_id) as r, conditional_true_event(amount > 0) over (order by placed_at) as e from orders
-- r <- orders.amount AGGREGATION
-- r <- orders.customer_id WINDOW
-- e <- orders.amount TRANSFORMATION
-- e <- orders.placed_at WINDOW

-- case: create table with options
create or replace transient table x cluster by (id) copy grants as (select id, amount from orders)
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY

-- case: create view with a column list and comments
create or replace secure view x (a comment 'first', b) as select id, amount from orders
-- columns: a, b
-- a <- orders.id IDENTITY renamed
-- b <- orders.amount IDENTITY renamed

-- case: a dynamic table
create or replace dynamic table x target_lag = '1 minute' warehouse = w as select id from orders
-- columns: id
-- id <- orders.id IDENTITY

-- case: the columns of a staged file by position
select $1, f.$2, $3:name::string as n from @stage/path f
-- columns: $1, $2, n
-- $1 <- @stage/path.$1 IDENTITY
-- $2 <- @stage/path.$2 IDENTITY
-- n <- @stage/path.$3 TRANSFORMATION cast
