-- dialect: tsql
-- schema: orders(id, customer_id, amount, doc, placed_at, "Order Date"), customers(id, name, region)

-- case: brackets
select [o].[id], [o].[Order Date] as [when], o.amount "total" from [orders] as [o]
-- columns: id, when, total
-- id <- orders.id IDENTITY
-- when <- orders.Order Date IDENTITY renamed
-- total <- orders.amount IDENTITY renamed

-- case: four-part and three-part names
select t.id, u.id as uid from [shop].[dbo].[orders] as t join shop..customers as u on u.id = t.customer_id
-- schema: shop.dbo.orders(id, customer_id), shop.customers(id)
-- id <- shop.dbo.orders.id IDENTITY
-- uid <- shop.customers.id IDENTITY renamed
-- * <- shop.customers.id JOIN
-- * <- shop.dbo.orders.customer_id JOIN

-- case: name = expression
select total = amount * 2, id, [big one] = case when amount > 10 then 1 else 0 end from orders
-- columns: total, id, big one
-- total <- orders.amount TRANSFORMATION
-- id <- orders.id IDENTITY
-- big one <- orders.amount CONDITIONAL

-- case: top with an order
select top 10 id from orders order by amount desc
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: top with ties, percent
select top (10) percent with ties id from orders order by amount
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: cross apply of a subquery passes the inner value, not the key
select c.name, o.amount from customers as c cross apply (select top 1 x.amount from orders as x where x.customer_id = c.id order by x.placed_at desc) as o
-- name <- customers.name IDENTITY
-- amount <- orders.amount IDENTITY
-- * <- orders.customer_id FILTER
-- * <- customers.id FILTER
-- * <- orders.placed_at SORT

-- case: cross apply of values
select o.id, v.k, v.v from orders as o cross apply (values ('a', o.amount), ('c', o.customer_id)) as v(k, v)
-- constant: k
-- id <- orders.id IDENTITY
-- v <- orders.amount IDENTITY renamed
-- v <- orders.customer_id IDENTITY renamed

-- case: cross apply of a select without FROM
select o.id, x.twice, y.more from orders as o cross apply (select o.amount * 2 as twice) as x cross apply (select x.twice + 1 as more) as y
-- id <- orders.id IDENTITY
-- twice <- orders.amount TRANSFORMATION
-- more <- orders.amount TRANSFORMATION

-- case: outer apply of a function
select o.id, s.value from orders as o outer apply string_split(o.doc, ',') as s
-- id <- orders.id IDENTITY
-- value <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: openjson with a schema
select o.id, j.sku from orders as o cross apply openjson(o.doc) with (sku varchar(10) '$.sku', price int) as j
-- id <- orders.id IDENTITY
-- sku <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: iif, isnull, choose, convert, try_convert
select iif(amount > 0, id, customer_id) as i, isnull(amount, 0) as n, convert(varchar(10), amount) as c, try_convert(int, doc) as t from orders
-- i <- orders.id TRANSFORMATION
-- i <- orders.customer_id TRANSFORMATION
-- i <- orders.amount CONDITIONAL
-- n <- orders.amount TRANSFORMATION
-- n <- orders.amount CONDITIONAL
-- c <- orders.amount TRANSFORMATION cast
-- t <- orders.doc TRANSFORMATION cast

-- case: string_agg within group
select customer_id, string_agg(doc, ',') within group (order by placed_at) as l from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- l <- orders.doc AGGREGATION
-- l <- orders.placed_at SORT
-- * <- orders.customer_id GROUP_BY

-- case: hints, nolock
select o.id from orders as o with (nolock) inner join customers as c with (index(ix)) on c.id = o.customer_id option (maxdop 1)
-- id <- orders.id IDENTITY
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: dates
select dateadd(day, 1, placed_at) as d, datepart(year, placed_at) as y, datediff(day, placed_at, getdate()) as n, eomonth(placed_at) as e, format(placed_at, 'yyyy') as f from orders
-- d <- orders.placed_at TRANSFORMATION
-- y <- orders.placed_at TRANSFORMATION
-- n <- orders.placed_at TRANSFORMATION
-- e <- orders.placed_at TRANSFORMATION
-- f <- orders.placed_at TRANSFORMATION

-- case: json
select json_value(doc, '$.a') as a, json_query(doc, '$.b') as b from orders
-- a <- orders.doc TRANSFORMATION
-- b <- orders.doc TRANSFORMATION

-- case: for json
select (select o.id, o.amount from orders as o where o.customer_id = c.id for json path) as j from customers as c
-- j <- orders.id TRANSFORMATION
-- j <- orders.amount TRANSFORMATION
-- j <- orders.customer_id CONDITIONAL
-- j <- customers.id CONDITIONAL

-- case: WITH before CREATE VIEW's select
create view dbo.v as with c as (select id from orders) select id as x from c
-- columns: x
-- x <- orders.id IDENTITY renamed

-- case: offset fetch
select id from orders order by amount offset 5 rows fetch next 5 rows only
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: temporal tables
select id from orders for system_time as of '2024-01-01'
-- id <- orders.id IDENTITY

-- case: update with an alias
update c set c.region = o.doc from customers as c join orders as o on o.customer_id = c.id where o.amount > 0
-- columns: region
-- region <- orders.doc IDENTITY renamed
-- region <- orders.customer_id CONDITIONAL
-- region <- customers.id CONDITIONAL
-- region <- orders.amount CONDITIONAL

-- case: hashbytes
select hashbytes('SHA2_256', concat(name, '|', region)) as h from customers
-- h <- customers.name TRANSFORMATION masking
-- h <- customers.region TRANSFORMATION masking

-- case: a script: declare, then the query
declare @from date = '2024-01-01'; select id from orders where placed_at >= @from
-- id <- orders.id IDENTITY
-- * <- orders.placed_at FILTER

-- case: with, then insert
with c as (select id, amount from orders) insert into customers (id, name) select id, amount from c
-- columns: id, name
-- id <- orders.id IDENTITY
-- name <- orders.amount IDENTITY renamed

-- case: a merge with output
merge customers as c using orders as o on c.id = o.customer_id when matched then update set c.name = o.doc when not matched by target then insert (id) values (o.customer_id) output inserted.id;
-- columns: name, id
-- name <- orders.doc IDENTITY renamed
-- id <- orders.customer_id IDENTITY renamed
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: window with rows, and percentile over
select percentile_cont(0.5) within group (order by amount) over (partition by customer_id) as p, sum(amount) over (order by id rows unbounded preceding) as s from orders
-- p <- orders.amount AGGREGATION
-- p <- orders.customer_id WINDOW
-- s <- orders.amount AGGREGATION
-- s <- orders.id WINDOW

-- case: choose and concat with plus
select choose(id, amount, customer_id) as c, 'a' + doc as d from orders
-- c <- orders.amount TRANSFORMATION
-- c <- orders.customer_id TRANSFORMATION
-- c <- orders.id CONDITIONAL
-- d <- orders.doc TRANSFORMATION

-- case: union with order
select id from orders union all select id from customers order by id offset 0 rows
-- id <- orders.id IDENTITY
-- id <- customers.id IDENTITY
-- * <- orders.id SORT
-- * <- customers.id SORT

-- case: the nodes of an XML column
select t.id, n.c.value('@id', 'int') as cid from t cross apply j.nodes('/r/i') as n(c)
-- schema: t(id, j)
-- id <- t.id IDENTITY
-- cid <- t.j TRANSFORMATION
-- * <- t.j JOIN
