-- dialect: duckdb
-- schema: orders(id, customer_id, amount, tags, doc, placed_at, "Mixed Case"), customers(id, name, region)

-- case: names keep their spelling, and ignore case
select ID, "mixed case", Amount as Total from ORDERS
-- columns: ID, mixed case, Total
-- ID <- orders.id IDENTITY
-- mixed case <- orders.Mixed Case IDENTITY
-- Total <- orders.amount IDENTITY renamed

-- case: star with exclude, replace and rename
select * exclude (tags, doc, "Mixed Case") replace (amount * 2 as amount) rename (placed_at as at) from orders
-- columns: id, customer_id, amount, at
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount TRANSFORMATION
-- at <- orders.placed_at IDENTITY renamed

-- case: FROM first, prefix aliases
from orders select total: amount, twice: amount * 2
-- columns: total, twice
-- total <- orders.amount IDENTITY renamed
-- twice <- orders.amount TRANSFORMATION

-- case: unnest in the select list
select id, unnest(tags) as tag from orders
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: unnest in FROM
select o.id, t.tag from orders as o, unnest(o.tags) as t(tag)
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: struct access, list slices and lambdas
select doc.city as city, doc['zip'] as zip, tags[1:2] as two, list_filter(tags, x -> x <> region) as kept
from orders join customers on orders.customer_id = customers.id
-- city <- orders.doc TRANSFORMATION
-- zip <- orders.doc TRANSFORMATION
-- two <- orders.tags TRANSFORMATION
-- kept <- orders.tags TRANSFORMATION
-- kept <- customers.region TRANSFORMATION
-- * <- orders.customer_id JOIN
-- * <- customers.id JOIN

-- case: the new lambda
select list_transform(tags, lambda x: x || region) as l from orders, customers
-- l <- orders.tags TRANSFORMATION
-- l <- customers.region TRANSFORMATION

-- case: group by all, order by all
select customer_id, region, sum(amount) as s from orders join customers using (id) group by all order by all
-- customer_id <- orders.customer_id IDENTITY
-- region <- customers.region IDENTITY
-- s <- orders.amount AGGREGATION
-- * <- orders.id JOIN
-- * <- customers.id JOIN
-- * <- orders.customer_id GROUP_BY
-- * <- customers.region GROUP_BY
-- * <- orders.customer_id SORT order_only
-- * <- customers.region SORT order_only
-- * <- orders.amount SORT order_only

-- case: arg_max, list and a filter
select arg_max(amount, placed_at) as latest, list(id order by placed_at) as ids, sum(amount) filter (amount > 0) as s from orders
-- latest <- orders.amount AGGREGATION
-- latest <- orders.placed_at CONDITIONAL
-- ids <- orders.id AGGREGATION
-- ids <- orders.placed_at SORT
-- s <- orders.amount AGGREGATION
-- s <- orders.amount CONDITIONAL

-- case: qualify
select id from orders qualify row_number() over (partition by customer_id order by placed_at desc) = 1
-- id <- orders.id IDENTITY
-- * <- orders.customer_id FILTER
-- * <- orders.placed_at FILTER

-- case: a file is a relation that is not known
select f.x, o.id from 'data/file.parquet' as f join orders as o on o.id = f.id
-- x <- data/file.parquet.x IDENTITY
-- id <- orders.id IDENTITY
-- * <- orders.id JOIN
-- * <- data/file.parquet.id JOIN

-- case: read_csv's columns cannot be seen
select x from read_csv('data/file.csv')
-- columns: x
-- gap: unknown_table_function read_csv()

-- case: union by name
select id, amount from orders union all by name select name, id from customers
-- columns: id, amount, name
-- id <- orders.id IDENTITY
-- id <- customers.id IDENTITY
-- amount <- orders.amount IDENTITY
-- name <- customers.name IDENTITY

-- case: sample, limit by percent
select id from orders using sample 10 percent (bernoulli)
-- id <- orders.id IDENTITY

-- case: unpivot with columns()
unpivot customers on columns(* exclude (id)) into name k value v
-- columns: id, k, v
-- id <- customers.id IDENTITY
-- k <- customers.name CONDITIONAL
-- k <- customers.region CONDITIONAL
-- v <- customers.name IDENTITY renamed
-- v <- customers.region IDENTITY renamed
-- * <- customers.name FILTER
-- * <- customers.region FILTER

-- case: range as a table
select o.id, r.range as n from orders as o, range(o.amount) as r
-- id <- orders.id IDENTITY
-- n <- orders.amount TRANSFORMATION
-- * <- orders.amount JOIN

-- case: aliases in where and group by
select amount > 10 as is_big, count(*) as n from orders where is_big group by is_big
-- is_big <- orders.amount TRANSFORMATION
-- * <- orders.amount FILTER
-- * <- orders.amount GROUP_BY

-- case: macros and dotted calls
select name.upper().trim() as u from customers
-- u <- customers.name TRANSFORMATION

-- case: a struct's star gives its fields
select doc.* from orders
-- columns: *
-- * <- orders.doc TRANSFORMATION

-- case: try_cast, if, date functions
select try_cast(doc as int) as i, if(amount > 0, id, customer_id) as f, date_trunc('month', placed_at) as m, strftime(placed_at, '%Y') as y from orders
-- i <- orders.doc TRANSFORMATION cast
-- f <- orders.id TRANSFORMATION
-- f <- orders.customer_id TRANSFORMATION
-- f <- orders.amount CONDITIONAL
-- m <- orders.placed_at TRANSFORMATION
-- y <- orders.placed_at TRANSFORMATION

-- case: columns as a list, and by a lambda
select columns([c for c in (*) if c like '%id']) from orders
-- columns: id, customer_id
-- id <- orders.id IDENTITY
-- customer_id <- orders.customer_id IDENTITY

-- case: columns named from a pattern
select columns('(.*)_id') as '\1_key' from orders
-- columns: customer_key
-- customer_key <- orders.customer_id IDENTITY renamed

-- case: a filter over every column
select id from customers where columns(*) is not null
-- id <- customers.id IDENTITY
-- * <- customers.id FILTER
-- * <- customers.name FILTER
-- * <- customers.region FILTER

-- case: lateral join without the word
select o.id, s.v from orders as o, (select o.amount * 2 as v) as s
-- id <- orders.id IDENTITY
-- v <- orders.amount TRANSFORMATION

-- case: insert or replace, returning
insert or replace into customers select id, doc as name, doc as region from orders
-- columns: id, name, region
-- id <- orders.id IDENTITY
-- name <- orders.doc IDENTITY renamed
-- region <- orders.doc IDENTITY renamed

-- case: describe and summarize are no lineage
summarize orders
-- gap: not_a_query

-- case: one side's key left out of a star over a join by it
select * exclude (l.k) from l join r using (k)
-- schema: l(k, a), r(k, b)
-- columns: a, k, b
-- a <- l.a IDENTITY
-- k <- r.k IDENTITY
-- b <- r.b IDENTITY
-- * <- l.k JOIN
-- * <- r.k JOIN

-- case: the other side's key left out changes nothing
select * exclude (r.k) from l join r using (k)
-- schema: l(k, a), r(k, b)
-- columns: k, a, b
-- k <- l.k IDENTITY
-- k <- r.k CONDITIONAL
-- a <- l.a IDENTITY
-- b <- r.b IDENTITY
-- * <- l.k JOIN
-- * <- r.k JOIN

-- case: of two columns with one name, one is left out
select * exclude (l.k) from l cross join r
-- schema: l(k, a), r(k, b)
-- columns: a, k, b
-- a <- l.a IDENTITY
-- k <- r.k IDENTITY
-- b <- r.b IDENTITY

-- case: a pivot over truth values and numbers
from t pivot (sum(v) for k in (true, false, null, -1, 2.5))
-- schema: t(id, k, v)
-- columns: id, true, false, NULL, -1, 2.5
-- id <- t.id IDENTITY
-- true <- t.v AGGREGATION
-- true <- t.k CONDITIONAL
-- false <- t.v AGGREGATION
-- false <- t.k CONDITIONAL
-- NULL <- t.v AGGREGATION
-- NULL <- t.k CONDITIONAL
-- -1 <- t.v AGGREGATION
-- -1 <- t.k CONDITIONAL
-- 2.5 <- t.v AGGREGATION
-- 2.5 <- t.k CONDITIONAL
-- * <- t.id GROUP_BY

-- case: a pivot statement over truth values
pivot t on k in (true) using sum(v)
-- schema: t(id, k, v)
-- columns: id, true
-- id <- t.id IDENTITY
-- true <- t.v AGGREGATION
-- true <- t.k CONDITIONAL
-- * <- t.id GROUP_BY

-- case: columns unpacked into the arguments of one call
select coalesce(*columns('a|b')) as z, greatest(*columns(* exclude (id)), id) as g, [*columns('a|b')] as l from t
-- schema: t(id, a, b)
-- columns: z, g, l
-- z <- t.a TRANSFORMATION
-- z <- t.a CONDITIONAL
-- z <- t.b TRANSFORMATION
-- g <- t.a TRANSFORMATION
-- g <- t.b TRANSFORMATION
-- g <- t.id TRANSFORMATION
-- l <- t.a TRANSFORMATION
-- l <- t.b TRANSFORMATION

-- case: the columns of a file are not known
select * from read_csv('x.csv') as f where f.a > 1
-- columns: *
-- gap: unknown_table_function read_csv()
