-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], first_name [name], last_name [name], birth_date [birth_date], country, payload

-- case: the column is left out
-- model dim_users:
select id, country from raw.users
-- exposure dash: dim_users

-- case: left out of a star
-- model dim_users:
select * exclude (email, phone, first_name, last_name, birth_date) from raw.users
-- exposure dash: dim_users

-- case: replaced in a star
-- model dim_users:
select * exclude (phone, first_name, last_name, birth_date) replace (md5(email) as email) from raw.users
-- exposure dash: dim_users

-- case: hashed
-- model dim_users [public]: k [email pseudonymised]
select id, sha256(lower(trim(email))) as k from raw.users
-- exposure dash: dim_users

-- case: hashed, then handed on and dressed
-- model stg_users:
select id, md5(email) as k from raw.users
-- model dim_users:
with a as (select * from stg_users), b as (select id, upper(k) || '-' || country_code as k from a, (select 'x' as country_code))
select * from b
-- exposure dash: dim_users

-- case: hashed before the union in both branches
-- model dim_users:
select id, md5(email) as k from raw.users where id > 0
union all
select id, md5(phone) from raw.users where id < 0
-- exposure dash: dim_users

-- case: hashed in every branch of a case
-- model dim_users:
select id, case when country = 'DE' then md5(email) when country = 'FR' then sha256(email) else 'none' end as k from raw.users
-- exposure dash: dim_users

-- case: a hash over several columns
-- model dim_users:
select md5(concat_ws('|', id, email, phone)) as user_key, country from raw.users
-- exposure dash: dim_users

-- case: a CTE that shadows the raw one
-- model dim_users:
with u as (select id, email from raw.users)
select id, email from (with u as (select id, md5(email) as email from raw.users) select * from u) as inside
-- exposure dash: dim_users

-- case: a constant in its place
-- model dim_users:
select id, 'hidden' as email, null as phone from raw.users
-- exposure dash: dim_users

-- case: counted
-- model by_country:
select country, count(email) as mails, count(distinct phone) as phones, approx_count_distinct(last_name) as names
from raw.users group by country
-- exposure dash: by_country

-- case: counted under a condition
-- model by_country:
select country, count(*) filter (where email is not null) as with_mail, sum(case when phone is null then 1 else 0 end) as without
from raw.users group by country
-- exposure dash: by_country

-- case: whether there is one
-- model dim_users:
select id, email is not null as has_mail, phone is null as lacks_phone from raw.users
-- exposure dash: dim_users

-- case: a condition decides
-- model dim_users:
select id, case when email like '%@example.com' then 'intern' else 'extern' end as kind from raw.users
-- exposure dash: dim_users

-- case: compared
-- model dim_users:
select id, email = lower(email) as is_lower, phone in ('1', '2') as is_known, country = 'DE' as is_german from raw.users
-- exposure dash: dim_users

-- case: a filter
-- model dim_users:
select id, country from raw.users where email like '%.de' and phone is not null
-- exposure dash: dim_users

-- case: an order
-- model dim_users:
select id, row_number() over (partition by country order by last_name) as n from raw.users order by first_name
-- exposure dash: dim_users

-- case: a join by a personal key
-- source raw.bounces: address [email], bounced_at
-- model bounced:
select u.id, b.bounced_at from raw.users as u inner join raw.bounces as b on b.address = u.email
-- exposure dash: bounced

-- case: exists
-- source raw.bounces: address [email], bounced_at
-- model bounced:
select u.id, exists (select 1 from raw.bounces as b where b.address = u.email) as did from raw.users as u
-- exposure dash: bounced

-- case: in a subquery
-- source raw.bounces: address [email], bounced_at
-- model bounced:
select u.id from raw.users as u where u.email in (select b.address from raw.bounces as b)
-- exposure dash: bounced

-- case: grouped by a hash
-- model counted:
select md5(email) as k, count(*) as n from raw.users group by md5(email)
-- exposure dash: counted

-- case: the first signs
-- model dim_users:
select id, left(first_name, 1) || '.' as initial, right(phone, 2) as last_two from raw.users
-- exposure dash: dim_users

-- case: the domain
-- model dim_users:
select id, split_part(email, '@', 2) as domain, regexp_extract(email, '@(.+)$', 1) as again from raw.users
-- exposure dash: dim_users

-- case: stars for signs
-- model dim_users:
select id, regexp_replace(phone, '[0-9]', '*', 'g') as a, regexp_replace(email, '^[^@]+', '***') as b from raw.users
-- exposure dash: dim_users

-- case: initial, stars and domain
-- model dim_users:
select id, left(email, 1) || repeat('*', 5) || substr(email, position('@' in email)) as m from raw.users
-- exposure dash: dim_users

-- case: the year of birth
-- model dim_users:
select id, year(birth_date) as y, date_trunc('year', birth_date) as since, strftime(birth_date, '%Y') as t, extract(year from birth_date) as e
from raw.users
-- exposure dash: dim_users

-- case: the age in years
-- model dim_users:
select id, date_diff('year', birth_date, current_date) as age from raw.users
-- exposure dash: dim_users

-- case: blended
-- source raw.pay: id, team, salary [financial]
-- model by_team:
select team, avg(salary) as mean, sum(salary) as total, stddev(salary) as spread from raw.pay group by team
-- exposure dash: by_team

-- case: blended over a window without an order
-- source raw.pay: id, team, salary [financial]
-- model by_team:
select distinct team, avg(salary) over (partition by team) as mean from raw.pay
-- exposure dash: by_team

-- case: a length
-- model dim_users:
select id, length(email) as n from raw.users
-- exposure dash: dim_users

-- case: windows that number
-- model dim_users:
select id, dense_rank() over (order by email) as person_no, count(*) over (partition by email) as doubles from raw.users
-- exposure dash: dim_users

-- case: a list of hashes
-- model by_country:
select country, list(distinct md5(email)) as people, string_agg(sha256(phone), ',') as phones from raw.users group by country
-- exposure dash: by_country

-- case: JSON of hashes
-- model docs:
select id, json_object('id', id, 'k', md5(email)) as payload from raw.users
-- exposure dash: docs

-- case: a struct with one personal field, another field is taken
-- model flat:
with s as (select id, {'mail': email, 'country': country} as person from raw.users)
select id, person.country as c from s
-- exposure dash: flat

-- case: hash of a sum of texts in another model
-- model keys:
select id, md5(first_name || last_name || birth_date::varchar) as k from raw.users
-- model again:
select md5(k || 'salt') as k2, count(*) as n from keys group by 1
-- exposure dash: again

-- case: an alias used again after the mask
-- model dim_users:
select id, md5(email) as k, k || '!' as loud from raw.users
-- exposure dash: dim_users

-- case: a declared function
-- model dim_users:
select id, scramble(email) as m, upper(scramble(phone)) as p from raw.users
-- exposure dash: dim_users
-- rules: {masks: {pseudonymised: [scramble]}}

-- case: a declared function of a schema, over two models
-- model keys:
select id, analytics.scramble(email) as m from raw.users
-- model dim_users:
select id, lower(m) as m from keys
-- exposure dash: dim_users
-- rules: {masks: {pseudonymised: [analytics.scramble]}}

-- case: a dbt function that says that it masks
-- function scramble [meta {headwater: {mask: hash}}]:
upper(x)
-- model dim_users:
select id, scramble(email) as m from raw.users
-- exposure dash: dim_users

-- case: a recursive CTE over a hash
-- model walked:
with recursive w as (
    select id, md5(email) as k, 1 as n from raw.users
    union all
    select id, k, n + 1 from w where n < 3
)
select id, k from w
-- exposure dash: walked

-- case: a mark
-- model dim_users:
select id, (/* headwater:mask=hash key=1 */ reverse(email)) as k, (/* headwater:mask=partial */ phone) as p from raw.users
-- exposure dash: dim_users

-- case: a mark in a CTE, twice, with strings that look like marks
-- model dim_users:
with u as (select id, '(/* headwater:mask=hash */' as t, (/* headwater:mask=constant */ coalesce(email, 'x')) as m from raw.users)
select id, t, m || '?' as m from u
-- exposure dash: dim_users
