-- note: the changes on which other tools were found wrong, on a project like jaffle-shop
-- input: raw.orders(id int, customer_id int, status text, amount decimal, ordered_on date)
-- input: raw.customers(id int, name text, email text)

-- model: stg_orders
select
    id as order_id,
    customer_id,
    status,
    amount,
    ordered_on
from raw.orders

-- model: stg_customers
with source as (
    select * from raw.customers
),

renamed as (
    select
        id as customer_id,
        name as customer_name,
        email
    from source
)

select * from renamed

-- model: orders
select
    o.order_id,
    o.customer_id,
    c.customer_name,
    o.status,
    o.amount,
    o.ordered_on
from main.stg_orders as o
left join main.stg_customers as c on o.customer_id = c.customer_id

-- model: customer_orders
select
    customer_id,
    count(distinct order_id) as number_of_orders,
    sum(amount) as lifetime_value
from main.orders
group by customer_id

-- model: big_orders
select order_id, status from main.orders where amount > 10

-- test: not_null stg_orders.order_id
-- test: accepted_values stg_orders.status placed shipped
-- exposure: board reads customer_orders

-- pair: a WHERE is added in a staging model
-- kind: where
-- head: stg_orders
select
    id as order_id,
    customer_id,
    status,
    amount,
    ordered_on
from raw.orders
where status <> 'deleted'
-- change: stg_orders rows
-- felt: orders rows
-- felt: customer_orders rows; customer_orders.number_of_orders value; customer_orders.lifetime_value value
-- felt: big_orders rows
-- felt: accepted_values_stg_orders_status_placed_shipped rows; not_null_stg_orders_order_id rows
-- felt: board rows

-- pair: a column is renamed with new logic, and a test still points at the old name
-- kind: rename
-- head: stg_orders
select
    id as order_id,
    customer_id,
    lower(status) as order_status,
    amount,
    ordered_on
from raw.orders
-- head: orders
select
    o.order_id,
    o.customer_id,
    c.customer_name,
    o.order_status as status,
    o.amount,
    o.ordered_on
from main.stg_orders as o
left join main.stg_customers as c on o.customer_id = c.customer_id
-- change: stg_orders.status renamed order_status; stg_orders.order_status value
-- change: orders none; orders.status value?
-- felt: orders.status value
-- felt: big_orders.status value
-- felt: accepted_values_stg_orders_status_placed_shipped breaks

-- pair: a column is dropped, and a star passes the drop on
-- kind: drop
-- head: stg_customers
with source as (
    select * from raw.customers
),

renamed as (
    select
        id as customer_id,
        name as customer_name
    from source
)

select * from renamed
-- both: contacts
select * from main.stg_customers
-- both: mailing
select customer_id, lower(email) as email from main.contacts
-- change: stg_customers.email removed
-- felt: contacts shape
-- felt: mailing breaks

-- pair: a value changes
-- kind: value
-- head: orders
select
    o.order_id,
    o.customer_id,
    c.customer_name,
    o.status,
    o.amount / 100 as amount,
    o.ordered_on
from main.stg_orders as o
left join main.stg_customers as c on o.customer_id = c.customer_id
-- change: orders.amount value; orders.amount type?
-- felt: customer_orders.lifetime_value value
-- felt: big_orders rows
-- felt: board value

-- pair: count distinct becomes count
-- kind: value
-- head: customer_orders
select
    customer_id,
    count(order_id) as number_of_orders,
    sum(amount) as lifetime_value
from main.orders
group by customer_id
-- change: customer_orders.number_of_orders value
-- felt: board value

-- pair: a comment
-- kind: formatting
-- head: customer_orders
-- one row per customer who ordered
select
    customer_id,
    count(distinct order_id) as number_of_orders, -- each once
    sum(amount) as lifetime_value
from main.orders
/* no keys */
group by customer_id
-- change: customer_orders none

-- pair: a CTE is renamed
-- kind: alias
-- head: stg_customers
with raw_customers as (
    select * from raw.customers
),

final as (
    select
        id as customer_id,
        name as customer_name,
        email
    from raw_customers
)

select * from final
-- change: stg_customers none

-- pair: a left join becomes an inner join
-- kind: join
-- head: orders
select
    o.order_id,
    o.customer_id,
    c.customer_name,
    o.status,
    o.amount,
    o.ordered_on
from main.stg_orders as o
inner join main.stg_customers as c on o.customer_id = c.customer_id
-- change: orders rows
-- felt: customer_orders rows
-- felt: big_orders rows
-- felt: board rows

-- pair: a column is added
-- kind: add
-- head: orders
select
    o.order_id,
    o.customer_id,
    c.customer_name,
    c.email,
    o.status,
    o.amount,
    o.ordered_on
from main.stg_orders as o
left join main.stg_customers as c on o.customer_id = c.customer_id
-- change: orders.email added

-- pair: a type changes
-- kind: type
-- head: stg_orders
select
    id as order_id,
    customer_id,
    status,
    cast(amount as double) as amount,
    ordered_on
from raw.orders
-- change: stg_orders.amount type
-- felt: orders.amount value?; customer_orders.lifetime_value value?; big_orders rows?; board value?

-- pair: nothing changes
-- kind: formatting
-- head: stg_orders
select
    id as order_id,
    customer_id,
    status,
    amount,
    ordered_on
from raw.orders
-- change: stg_orders none
