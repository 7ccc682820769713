-- dialect: mysql
-- schema: orders(id, customer_id, amount, doc, placed_at), customers(id, name, region)

-- case: backticks
select `o`.`id`, o.amount as `the total`, o.amount 'in quotes' from `orders` `o`
-- columns: id, the total, in quotes
-- id <- orders.id IDENTITY
-- the total <- orders.amount IDENTITY renamed
-- in quotes <- orders.amount IDENTITY renamed

-- case: if and ifnull
select if(amount > 0, id, customer_id) as i, ifnull(amount, 0) as n from orders
-- i <- orders.id TRANSFORMATION
-- i <- orders.customer_id TRANSFORMATION
-- i <- orders.amount CONDITIONAL
-- n <- orders.amount TRANSFORMATION
-- n <- orders.amount CONDITIONAL

-- case: group_concat with an order
select customer_id, group_concat(distinct doc order by placed_at desc separator '|') as l from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- l <- orders.doc AGGREGATION
-- l <- orders.placed_at SORT
-- * <- orders.customer_id GROUP_BY

-- case: json arrows
select doc -> '$.a' as a, doc ->> '$.b' as b, json_unquote(json_extract(doc, '$.c')) as c from orders
-- a <- orders.doc TRANSFORMATION
-- b <- orders.doc TRANSFORMATION
-- c <- orders.doc TRANSFORMATION

-- case: json_table
select o.id, j.sku from orders as o, json_table(o.doc, '$[*]' columns (sku varchar(10) path '$.sku')) as j
-- id <- orders.id IDENTITY
-- sku <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: straight join, using, natural left join
select o.id, c.name from orders as o straight_join customers as c on c.id = o.customer_id
-- id <- orders.id IDENTITY
-- name <- customers.name IDENTITY
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN

-- case: limit offset, count
select id from orders order by amount limit 5, 10
-- id <- orders.id IDENTITY
-- * <- orders.amount SORT

-- case: user variables
select id, @n := @n + 1 as n from orders
-- constant: n
-- id <- orders.id IDENTITY

-- case: regexp, div, xor, null-safe equals
select doc regexp 'x' as r, amount div 2 as d, amount <=> id as e from orders where customer_id xor amount
-- r <- orders.doc TRANSFORMATION
-- d <- orders.amount TRANSFORMATION
-- e <- orders.amount TRANSFORMATION
-- e <- orders.id TRANSFORMATION
-- * <- orders.customer_id FILTER
-- * <- orders.amount FILTER

-- case: dates
select date_add(placed_at, interval amount day) as d, date_format(placed_at, '%Y') as f, str_to_date(doc, '%Y') as s, timestampdiff(day, placed_at, now()) as n from orders
-- d <- orders.placed_at TRANSFORMATION
-- d <- orders.amount TRANSFORMATION
-- f <- orders.placed_at TRANSFORMATION
-- s <- orders.doc TRANSFORMATION
-- n <- orders.placed_at TRANSFORMATION

-- case: insert on duplicate key
insert into customers (id, name) select customer_id, doc from orders on duplicate key update name = values(name)
-- columns: id, name
-- id <- orders.customer_id IDENTITY renamed
-- name <- orders.doc IDENTITY renamed

-- case: lateral derived table
select c.name, l.top from customers as c, lateral (select max(o.amount) as top from orders as o where o.customer_id = c.id) as l
-- name <- customers.name IDENTITY
-- top <- orders.amount AGGREGATION
-- * <- orders.customer_id FILTER
-- * <- customers.id FILTER

-- case: group by an alias, having an alias
select year(placed_at) as y, count(*) as n, sum(amount) as s from orders group by y having s > 10
-- y <- orders.placed_at TRANSFORMATION
-- s <- orders.amount AGGREGATION
-- * <- orders.placed_at GROUP_BY
-- * <- orders.amount FILTER

-- case: comments of its own
select id # the key
from orders -- done
-- columns: id
-- id <- orders.id IDENTITY

-- case: hashes
select md5(doc) as m, sha1(doc) as s, sha2(doc, 256) as t, crc32(doc) as c from orders
-- m <- orders.doc TRANSFORMATION masking
-- s <- orders.doc TRANSFORMATION masking
-- t <- orders.doc TRANSFORMATION masking
-- c <- orders.doc TRANSFORMATION masking
