-- dialect: postgres
-- schema: orders(id, customer_id, amount, tags, doc, placed_at, "Mixed"), customers(id, name, region)

-- case: unquoted names fold, quoted names do not
select ID, "Mixed", Amount as Total from Orders
-- columns: id, Mixed, total
-- id <- orders.id IDENTITY
-- Mixed <- orders.Mixed IDENTITY
-- total <- orders.amount IDENTITY renamed

-- case: three-part names
select o.id from "shop"."public"."orders" as o
-- schema: shop.public.orders(id, amount)
-- id <- shop.public.orders.id IDENTITY

-- case: DISTINCT ON
select distinct on (customer_id) customer_id, amount from orders order by customer_id, placed_at desc
-- customer_id <- orders.customer_id IDENTITY
-- amount <- orders.amount IDENTITY
-- * <- orders.customer_id GROUP_BY
-- * <- orders.customer_id SORT
-- * <- orders.placed_at SORT

-- case: unnest with ordinality in FROM
select o.id, u.tag, u.nr from orders as o, unnest(o.tags) with ordinality as u(tag, nr)
-- constant: nr
-- id <- orders.id IDENTITY
-- tag <- orders.tags TRANSFORMATION
-- * <- orders.tags JOIN

-- case: JSON arrows, casts and containment
select doc ->> 'city' as city, (doc -> 'n')::int as n from orders where doc @> '{"a": 1}' and tags && array['x']
-- city <- orders.doc TRANSFORMATION
-- n <- orders.doc TRANSFORMATION cast
-- * <- orders.doc FILTER
-- * <- orders.tags FILTER

-- case: jsonb_array_elements
select o.id, e ->> 'sku' as sku from orders as o cross join jsonb_array_elements(o.doc) as e
-- id <- orders.id IDENTITY
-- sku <- orders.doc TRANSFORMATION
-- * <- orders.doc JOIN

-- case: filter, within group and ordered aggregates
select customer_id, count(*) filter (where amount > 10) as big,
    percentile_disc(0.9) within group (order by amount) as p90,
    array_agg(id order by placed_at) as ids
from orders group by customer_id
-- customer_id <- orders.customer_id IDENTITY
-- big <- orders.amount CONDITIONAL
-- p90 <- orders.amount AGGREGATION
-- ids <- orders.id AGGREGATION
-- ids <- orders.placed_at SORT
-- * <- orders.customer_id GROUP_BY

-- case: lateral join
select c.name, l.amount from customers as c left join lateral (
    select o.amount from orders as o where o.customer_id = c.id order by o.placed_at desc limit 1
) as l on true
-- name <- customers.name IDENTITY
-- amount <- orders.amount IDENTITY
-- * <- orders.customer_id FILTER
-- * <- customers.id FILTER
-- * <- orders.placed_at SORT

-- case: whole row, and a row constructor
select to_jsonb(c) as j, row(c.id, c.name) as r from customers as c
-- j <- customers.id TRANSFORMATION
-- j <- customers.name TRANSFORMATION
-- j <- customers.region TRANSFORMATION
-- r <- customers.id TRANSFORMATION
-- r <- customers.name TRANSFORMATION

-- case: is distinct from, ilike, similar, regex
select id from orders where amount is distinct from 1 and "Mixed" ilike 'x' and doc::text ~ 'y'
-- id <- orders.id IDENTITY
-- * <- orders.amount FILTER
-- * <- orders.Mixed FILTER
-- * <- orders.doc FILTER

-- case: window frames and exclusion
select sum(amount) over (partition by customer_id order by placed_at groups between 1 preceding and current row) as s from orders
-- s <- orders.amount AGGREGATION
-- s <- orders.customer_id WINDOW
-- s <- orders.placed_at WINDOW

-- case: merge
merge into customers as c using (select customer_id, max(amount) as top from orders group by 1) as s
on c.id = s.customer_id
when matched then update set name = s.top::text
when not matched then insert (id, region) values (s.customer_id, 'new')
-- columns: name, id, region
-- constant: region
-- name <- orders.amount AGGREGATION cast
-- id <- orders.customer_id IDENTITY renamed
-- * <- customers.id JOIN
-- * <- orders.customer_id JOIN
-- * <- orders.customer_id GROUP_BY

-- case: date arithmetic and extract
select date_part('year', placed_at) as y, age(placed_at) as a, placed_at::date - 1 as d from orders
-- y <- orders.placed_at TRANSFORMATION
-- a <- orders.placed_at TRANSFORMATION
-- d <- orders.placed_at TRANSFORMATION cast

-- case: for update and tablesample
select id from orders tablesample system (1) for update
-- id <- orders.id IDENTITY

-- case: set-returning functions in the select list
select id, generate_series(1, amount) as n, jsonb_array_elements(doc) as e from orders
-- id <- orders.id IDENTITY
-- n <- orders.amount TRANSFORMATION
-- e <- orders.doc TRANSFORMATION
-- * <- orders.amount JOIN
-- * <- orders.doc JOIN

-- case: rows from
select a, b from orders, rows from (unnest(tags), generate_series(1, amount)) as x(a, b)
-- a <- orders.tags TRANSFORMATION
-- b <- orders.amount TRANSFORMATION
-- * <- orders.tags JOIN
-- * <- orders.amount JOIN

-- case: select into
select id, amount as a into new_table from orders
-- columns: id, a
-- id <- orders.id IDENTITY
-- a <- orders.amount IDENTITY renamed

-- case: insert on conflict
insert into customers (id, name) select customer_id, doc from orders on conflict (id) do update set name = excluded.name where customers.region is null
-- columns: id, name
-- id <- orders.customer_id IDENTITY renamed
-- name <- orders.doc IDENTITY renamed
-- name <- customers.region CONDITIONAL

-- case: a composite's star
select (c).* from customers as c
-- columns: id, name, region
-- id <- customers.id IDENTITY
-- name <- customers.name IDENTITY
-- region <- customers.region IDENTITY

-- case: operators of extensions
select doc #> '{a}' as p, tags <@ array['x'] as c, "Mixed" <-> 'x' as d, placed_at - interval '1 day' as y, not tags @> array['y'] as n from orders
-- p <- orders.doc TRANSFORMATION
-- c <- orders.tags TRANSFORMATION
-- d <- orders.Mixed TRANSFORMATION
-- y <- orders.placed_at TRANSFORMATION
-- n <- orders.tags TRANSFORMATION

-- case: grouping sets in a union
select region, count(*) as n from customers group by grouping sets ((region), ()) union select null, 0
-- region <- customers.region IDENTITY
-- * <- customers.region GROUP_BY
