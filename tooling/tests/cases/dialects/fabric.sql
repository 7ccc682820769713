-- dialect: fabric
-- schema: orders(id, customer_id, amount, doc), customers(id, name)

-- case: brackets and three parts
select [o].[id] as [Order Id] from [lake].[dbo].[orders] as [o]
-- schema: lake.dbo.orders(id)
-- columns: Order Id
-- Order Id <- lake.dbo.orders.id IDENTITY renamed

-- case: name = expression and top
select top 5 total = amount * 2 from orders order by id
-- columns: total
-- total <- orders.amount TRANSFORMATION
-- * <- orders.id SORT

-- case: create table as
create table dbo.z as select id, amount from orders where amount > 0
-- columns: id, amount
-- id <- orders.id IDENTITY
-- amount <- orders.amount IDENTITY
-- * <- orders.amount FILTER

-- case: cross apply
select c.name, x.m from customers as c cross apply (select max(o.amount) as m from orders as o where o.customer_id = c.id) as x
-- name <- customers.name IDENTITY
-- m <- orders.amount AGGREGATION
-- * <- orders.customer_id FILTER
-- * <- customers.id FILTER

-- case: isnull and convert
select isnull(amount, 0) as n, convert(int, doc) as c from orders
-- n <- orders.amount TRANSFORMATION
-- n <- orders.amount CONDITIONAL
-- c <- orders.doc TRANSFORMATION cast
