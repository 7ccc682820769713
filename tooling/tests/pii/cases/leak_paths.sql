-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], first_name [name], last_name [name], birth_date [birth_date], country
-- source raw.orders: id, user_id, amount, status, placed_at

-- case: straight through two models
-- model stg_users: email [email]
select id, email from raw.users
-- model dim_users:
select id, email as contact from stg_users
-- exposure dash: dim_users
-- found: exposed dash dim_users.contact email
-- found: undeclared dim_users.contact email

-- case: through a chain of CTEs
-- model dim_users:
with a as (select * from raw.users),
b as (select id, email as e1 from a),
c as (select id, e1 as e2 from b where id > 0),
d as (select c.id, c.e2 as e3 from c)
select id, e3 as login from d
-- exposure dash: dim_users
-- found: exposed dash dim_users.login email

-- case: a CTE that shadows a masked one
-- model dim_users:
with u as (select id, md5(email) as email from raw.users)
select id, email from (with u as (select id, email from raw.users) select * from u) as inside
-- exposure dash: dim_users
-- found: exposed dash dim_users.email email

-- case: one branch of a union is not masked
-- model dim_users:
select id, md5(email) as email_key from raw.users where country = 'DE'
union all
select id, email from raw.users where country <> 'DE'
-- exposure dash: dim_users
-- found: exposed dash dim_users.email_key email

-- case: union by position puts the e-mail under another name
-- model contacts:
select id, country as info from raw.users
union all
select id, phone from raw.users
-- exposure dash: contacts
-- found: exposed dash contacts.info phone

-- case: union by name
-- model contacts:
select id, country from raw.users
union all by name
select email as country, id from raw.users
-- exposure dash: contacts
-- found: exposed dash contacts.country email

-- case: a star over a source
-- model copy_users:
select * from raw.users
-- model dim_users:
select * exclude (phone, first_name, last_name, birth_date) from copy_users
-- exposure dash: dim_users
-- found: exposed dash dim_users.email email

-- case: a star with a rename
-- model dim_users:
select * exclude (phone, first_name, last_name, birth_date) rename (email as handle) from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.handle email

-- case: a star that replaces another column with the value
-- model dim_users:
select * exclude (phone, first_name, last_name, birth_date) replace (md5(email) as email, email as country)
from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.country email

-- case: columns by pattern
-- model dim_users:
select id, columns('^e.*') from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.email email

-- case: a star over a join
-- model wide:
select * from raw.orders as o inner join (select id as uid, phone from raw.users) as u on u.uid = o.user_id
-- exposure dash: wide
-- found: exposed dash wide.phone phone

-- case: one branch of a case
-- model dim_users:
select id, case when country = 'DE' then 'hidden' when country = 'FR' then md5(email) else email end as mail
from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.mail email

-- case: coalesce of masked and raw
-- model dim_users:
select id, coalesce(nullif(md5(email), ''), email) as mail from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.mail email

-- case: the fallback of a join
-- model fct_orders:
select o.id, coalesce(u.email, 'nobody') as buyer
from raw.orders as o left join raw.users as u on u.id = o.user_id
-- exposure dash: fct_orders
-- found: exposed dash fct_orders.buyer email

-- case: the key of a using join
-- model seen:
select * from (select email, id from raw.users) as a join (select email, country from raw.users) as b using (email)
-- exposure dash: seen
-- found: exposed dash seen.email email

-- case: concatenation of two names
-- model dim_users:
select id, first_name || ' ' || last_name as label from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.label name

-- case: two classes in one text
-- model dim_users:
select id, concat_ws(' / ', email, phone) as label from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.label email+phone

-- case: printf
-- model dim_users:
select id, format('<{}>', email) as label from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.label email

-- case: a JSON document
-- model docs:
select id, json_object('id', id, 'contact', json_object('mail', email)) as payload from raw.users
-- exposure dash: docs
-- found: exposed dash docs.payload email

-- case: a JSON document, taken apart again later
-- model docs: payload [email]
select id, json_object('id', id, 'mail', email) as payload from raw.users
-- model flat:
select id, payload ->> '$.mail' as m from docs
-- exposure dash: flat
-- found: exposed dash flat.m email

-- case: a struct and its field
-- model packed: person [email]
select id, {'mail': email, 'country': country} as person from raw.users
-- model flat:
select id, person.mail as m from packed
-- exposure dash: flat
-- found: exposed dash flat.m email

-- case: a list, unnested later
-- model lists: mails [email]
select country, list(email) as mails from raw.users group by country
-- model flat:
select country, unnest(mails) as m from lists
-- exposure dash: flat
-- found: exposed dash flat.m email

-- case: a lateral unnest in FROM
-- model flat:
select u.id, c.value as contact from raw.users as u, unnest([u.email, u.phone]) as c(value)
-- exposure dash: flat
-- found: exposed dash flat.contact email+phone

-- case: aggregates that hand on a value
-- model by_country:
select country, min(email) as first_mail, string_agg(phone, ',') as phones, any_value(last_name) as somebody
from raw.users group by country
-- exposure dash: by_country
-- found: exposed dash by_country.first_mail email
-- found: exposed dash by_country.phones phone
-- found: exposed dash by_country.somebody name

-- case: a window that looks back
-- model steps:
select id, lag(email) over (order by id) as before, first_value(phone) over (partition by country order by id) as first
from raw.users
-- exposure dash: steps
-- found: exposed dash steps.before email
-- found: exposed dash steps.first phone

-- case: max by
-- model latest:
select country, arg_max(email, id) as newest from raw.users group by country
-- exposure dash: latest
-- found: exposed dash latest.newest email

-- case: a scalar subquery
-- model fct_orders:
select o.id, (select max(u.email) from raw.users as u where u.id = o.user_id) as buyer from raw.orders as o
-- exposure dash: fct_orders
-- found: exposed dash fct_orders.buyer email

-- case: the key of a group by that is shown
-- model counted:
select email, count(*) as n from raw.users group by email
-- exposure dash: counted
-- found: exposed dash counted.email email

-- case: distinct
-- model seen:
select distinct phone from raw.users
-- exposure dash: seen
-- found: exposed dash seen.phone phone

-- case: values that are only dressed
-- model dim_users:
select id, upper(trim(email)) as a, reverse(phone) as b, base64(encode(last_name)) as c, cast(birth_date as varchar) as d
from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.a email
-- found: exposed dash dim_users.b phone
-- found: exposed dash dim_users.c name
-- found: exposed dash dim_users.d birth_date

-- case: only spaces and signs are taken out
-- model dim_users:
select id, regexp_replace(phone, '[^0-9]', '', 'g') as digits, replace(email, '.', '') as mail from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.digits phone
-- found: exposed dash dim_users.mail email

-- case: a cut that cuts nothing
-- model dim_users:
select id, left(email, 250) as a, substr(phone, 1) as b, substring(last_name, 1, 100) as c from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.a email
-- found: exposed dash dim_users.b phone
-- found: exposed dash dim_users.c name

-- case: the two halves of a value
-- model dim_users:
select id, left(email, 3) || substr(email, 4) as mail from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.mail email

-- case: the part before the at sign
-- model dim_users:
select id, split_part(email, '@', 1) as nick from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.nick email

-- case: a replacement that replaces the first digit only
-- model dim_users:
select id, regexp_replace(phone, '[0-9]', '*') as masked_phone from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.masked_phone phone

-- case: masked in one column, raw in the next
-- model dim_users:
select id, md5(email) as email_key, email as e from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.e email

-- case: masked by name only
-- model dim_users:
select id, email as email_hash from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.email_hash email

-- case: hashed and joined back
-- model keys:
select id, md5(email) as k from raw.users
-- model back:
select keys.k, u.email as m from keys join raw.users as u on md5(u.email) = keys.k
-- exposure dash: back
-- found: exposed dash back.m email

-- case: a pivot
-- model wide:
pivot (select country, id, email from raw.users) on country in ('DE', 'FR') using max(email) group by id
-- exposure dash: wide
-- found: exposed dash wide.DE email
-- found: exposed dash wide.FR email

-- case: an unpivot
-- model tall:
unpivot (select id, email, phone from raw.users) on email, phone into name kind value contact
-- exposure dash: tall
-- found: exposed dash tall.contact email+phone

-- case: a recursive CTE
-- model walked:
with recursive w as (
    select id, email as m, 1 as n from raw.users
    union all
    select id, m, n + 1 from w where n < 3
)
select id, m from w
-- exposure dash: walked
-- found: exposed dash walked.m email

-- case: a running sum gives every value away
-- source raw.pay: id, salary [financial]
-- model runs:
select id, sum(salary) over (order by id) as total_so_far from raw.pay
-- exposure dash: runs
-- found: exposed dash runs.total_so_far financial

-- case: a whole row as text
-- model rows_as_text:
select u.id, to_json(u) as everything from (select id, email from raw.users) as u
-- exposure dash: rows_as_text
-- found: exposed dash rows_as_text.everything email

-- case: an alias used again in the same list
-- model dim_users:
select id, lower(email) as e, e || '!' as loud from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.e email
-- found: exposed dash dim_users.loud email

-- case: list functions
-- model dim_users:
select id, list_transform([email, phone], x -> upper(x))[1] as c from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.c email+phone

-- case: values through except and intersect
-- model seen:
select email from raw.users intersect select email from raw.users where id > 1
-- exposure dash: seen
-- found: exposed dash seen.email email

-- case: ids that stand for people
-- source raw.events: id, visitor [device], ip [ip]
-- model visits:
select visitor as v, ip::varchar as address, count(*) as n from raw.events group by all
-- exposure dash: visits
-- found: exposed dash visits.v device
-- found: exposed dash visits.address ip
