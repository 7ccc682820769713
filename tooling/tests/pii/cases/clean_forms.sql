-- note: the same forms with nothing in them
-- dialect: postgres
-- source raw.users: id, email [email], phone [phone], full_name [name], born_on [birth_date], parent_id, country
-- source raw.orders: order_id, user_id, amount
-- seed people_seed: id, email [email], country

-- case: postgres, a row as JSON of a CTE without people
-- model m:
with plain as (select id, country from raw.users)
select id, to_jsonb(plain) as doc from plain
-- exposure dash: m

-- case: postgres, rows of hashes in a list of JSON
-- model m:
with plain as (select country, md5(email) as k from raw.users)
select country, json_agg(plain) as docs from plain group by country
-- exposure dash: m

-- case: postgres, format of plain columns
-- model m:
select id, format('%s-%s', id, country) as label from raw.users
-- exposure dash: m

-- case: postgres, a recursive CTE of ids
-- model m:
with recursive tree as (
    select id, parent_id, id::text as path from raw.users where parent_id is null
    union all
    select c.id, c.parent_id, tree.path || '>' || c.id from raw.users as c join tree on c.parent_id = tree.id
)
select id, path from tree
-- exposure dash: m

-- case: postgres, values of a lateral, hashed
-- model m:
select u.id, v.kind, v.k from raw.users as u cross join lateral (values ('mail', md5(u.email)), ('tel', md5(u.phone))) as v(kind, k)
-- exposure dash: m

-- case: postgres, the other column of a lateral list
-- model m:
select u.id, v.kind from raw.users as u cross join lateral (values ('mail', u.email), ('tel', u.phone)) as v(kind, contact)
-- exposure dash: m

-- case: postgres, a correlated subquery that counts
-- model m:
select o.order_id, (select count(u.email) from raw.users as u where u.id = o.user_id) as n from raw.orders as o
-- exposure dash: m

-- case: postgres, exists and in by a personal column
-- model m:
select o.order_id, exists (select 1 from raw.users as u where u.id = o.user_id and u.email like '%@shop.example') as ours,
    o.user_id in (select id from raw.users where phone is not null) as reachable
from raw.orders as o
-- exposure dash: m

-- case: postgres, a distinct count in a window, and a rank by name
-- model m:
select id, rank() over (partition by country order by full_name) as place, count(email) over (partition by country) as n from raw.users
-- exposure dash: m

-- case: postgres, masked before the join
-- model m:
with masked as (select id, md5(email) as email from raw.users)
select o.order_id, masked.email from raw.orders as o join masked on masked.id = o.user_id
-- exposure dash: m

-- case: postgres, the name of a raw column for a mask
-- model m:
select id, md5(phone) as phone, encode(sha256(convert_to(lower(trim(email)), 'UTF8')), 'hex') as email from raw.users
-- exposure dash: m

-- case: postgres, coalesce of a mask and a constant
-- model m:
select id, coalesce(md5(email), 'none') as k, nullif(md5(phone), md5('')) as t from raw.users
-- exposure dash: m

-- case: postgres, a join by a personal column of two tables
-- model m:
select u.id, s.country from raw.users as u join people_seed as s on lower(s.email) = lower(u.email)
-- exposure dash: m

-- case: postgres, an array of ids by an order of names
-- model m:
select country, array_agg(id order by full_name) as ids, string_agg(id::text, ',' order by email) as joined from raw.users group by country
-- exposure dash: m

-- case: postgres, a filter inside an aggregate by a personal column
-- model m:
select country, count(*) filter (where email is null) as no_mail, sum(1) filter (where born_on < date '2008-01-01') as adults
from raw.users group by country
-- exposure dash: m

-- case: postgres, the HMAC of a key table
-- model m:
select id, encode(hmac(email, (select k from keys.secret limit 1), 'sha256'), 'hex') as mail from raw.users
-- exposure dash: m

-- case: postgres, an alias list that puts plain columns in front
-- model m:
select t.a as x from (select id, email from raw.users) as t(a, b)
-- exposure dash: m

-- case: postgres, a union of masks under a name of the first
-- model m:
select md5(email) as email from raw.users union select md5(email) from people_seed
-- exposure dash: m

-- case: postgres, JSON keys of hashes
-- model m:
select id, jsonb_build_object('mail', md5(email), 'country', country) as doc from raw.users
-- exposure dash: m

-- case: postgres, a snapshot of partial values
-- snapshot people_snapshot:
select id, left(full_name, 1) as initial, split_part(email, '@', 2) as domain, date_trunc('year', born_on) as born from raw.users
-- exposure dash: people_snapshot

-- case: postgres, a subquery that nobody takes a personal column from
-- model m:
select x.id, x.n from (select u.id, u.email, count(*) over () as n from raw.users as u) as x
-- exposure dash: m

-- case: postgres, a CTE that is never used
-- model m:
with everything as (select * from raw.users), slim as (select id, country from raw.users) select * from slim
-- exposure dash: m

-- case: postgres, distinct on by a personal column
-- model m:
select distinct on (email) id, country from raw.users order by email, id
-- exposure dash: m

-- case: duckdb, a struct of plain columns
-- dialect: duckdb
-- model m:
select id, {'c': country, 'n': id} as doc from raw.users
-- exposure dash: m

-- case: duckdb, columns by pattern without people
-- dialect: duckdb
-- model m:
select columns('^(id|country)$') from raw.users
-- exposure dash: m

-- case: duckdb, a star that leaves people out
-- dialect: duckdb
-- model m:
from raw.users select * exclude (email, phone, full_name, born_on)
-- exposure dash: m

-- case: duckdb, a list of hashes by a lambda
-- dialect: duckdb
-- model m:
select country, list_transform(list(email), x -> md5(x)) as ks from raw.users group by country
-- exposure dash: m

-- case: duckdb, the field of a struct that holds none
-- dialect: duckdb
-- model m:
select p.c as c from (select {'c': country, 'm': email} as p from raw.users)
-- exposure dash: m

-- case: snowflake, hashes in an object
-- dialect: snowflake
-- model m:
select id, object_construct('m', sha2(email, 256), 'c', country) as doc from raw.users
-- exposure dash: m

-- case: snowflake, an alias of a hash used again
-- dialect: snowflake
-- model m:
select id, sha2(email) as k, upper(k) as shown, left(k, 8) as short from raw.users
-- exposure dash: m

-- case: snowflake, qualify by a personal column
-- dialect: snowflake
-- model m:
select id, country from raw.users qualify row_number() over (partition by email order by id) = 1
-- exposure dash: m

-- case: snowflake, a star that excludes and renames
-- dialect: snowflake
-- model m:
select * exclude (email, phone, full_name, born_on) rename (country as land) from raw.users
-- exposure dash: m

-- case: bigquery, a row as JSON of a subquery without people
-- dialect: bigquery
-- model m:
select to_json_string(t) as doc from (select id, country from raw.users) as t
-- exposure dash: m

-- case: bigquery, a star that replaces each of them
-- dialect: bigquery
-- model m:
select * except (full_name, born_on) replace (to_hex(sha256(email)) as email, to_hex(md5(phone)) as phone) from raw.users
-- exposure dash: m

-- case: bigquery, a plain field of a row that was kept
-- dialect: bigquery
-- model m:
select newest.country as c from (select country, array_agg(u limit 1)[safe_offset(0)] as newest from (select id, country, email from raw.users) as u group by country)
-- exposure dash: m

-- case: bigquery, countif and approx
-- dialect: bigquery
-- model m:
select country, countif(email is not null) as n, approx_count_distinct(phone) as tels, logical_or(born_on is null) as gap from raw.users group by country
-- exposure dash: m

-- case: postgres, parts that are not the whole
-- model m:
select left(phone, 3) || '***' || right(phone, 2) as a, substr(email, 1, 2) || '***' || substr(email, 8, 2) as b,
    extract(year from born_on) * 100 + extract(month from born_on) as c,
    md5(extract(year from born_on) || '-' || extract(month from born_on) || '-' || extract(day from born_on)) as d,
    extract(year from current_date) - extract(year from born_on)
        - case when extract(month from born_on) > 6 or extract(day from born_on) > 15 then 1 else 0 end as e
from raw.users
-- exposure dash: m

-- case: bigquery, parts of two columns
-- dialect: bigquery
-- model m:
select extract(year from born_on) as y, extract(month from born_on) as m, extract(day from born_on) as d, substr(phone, 1, 4) as p, substr(phone, 5, 4) as q from raw.users
-- exposure dash: m

-- case: postgres, the domain in other words
-- model m:
select (string_to_array(email, '@'))[2] as a, (regexp_match(email, '@(.*)$'))[1] as b, regexp_replace(email, '^.*@', '') as c,
    reverse(split_part(reverse(email), '@', 1)) as d, regexp_replace(email, '.+@(.+)', '\1') as e
from raw.users
-- exposure dash: m

-- case: postgres, all but the last digits, and signs by the number
-- model m:
select regexp_replace(phone, '\d(?=\d{4})', '*', 'g') as a, overlay(email placing repeat('*', 6) from 2 for 6) as b from raw.users
-- exposure dash: m

-- case: postgres, the plain member of a document, by a path
-- model m:
select jsonb_build_object('u', jsonb_build_object('m', email, 'c', country)) #>> '{u,c}' as c from raw.users
-- exposure dash: m

-- case: snowflake, the numbers of a flattened list
-- dialect: snowflake
-- model m:
select u.id, f.index, g.seq from raw.users as u, lateral flatten(input => array_construct(u.email)) as f,
    table(flatten(input => array_construct(u.phone))) as g
-- exposure dash: m

-- case: snowflake, the plain key of an object, and a UUID of a name
-- dialect: snowflake
-- model m:
select get(object_construct('m', email, 'c', country), 'c') as c, uuid_string('fe971b24-9572-4005-b22f-351e9c09274d', email) as k from raw.users
-- exposure dash: m

-- case: databricks, the place in a list
-- dialect: databricks
-- model m:
select id, p from raw.users lateral view posexplode(array(email, phone)) as p, c
-- exposure dash: m

-- case: databricks, the plain field of a struct of all
-- dialect: databricks
-- model m:
with packed as (select struct(*) as person from raw.users) select person.country as c from packed
-- exposure dash: m

-- case: bigquery, a plain field of a row whose columns are not all known
-- dialect: bigquery
-- model m:
select any_value(u).country as a, array_agg(u order by id limit 1)[offset(0)].id as b, newest.unlisted as c
from (select array_agg(x)[safe_offset(0)] as newest from raw.users as x), raw.users as u group by newest
-- exposure dash: m

-- case: tsql and its ends of months
-- dialect: tsql
-- model m:
select eomonth(born_on) as a, patindex('%@%', email) as b from raw.users
-- exposure dash: m

-- case: clickhouse, whether it is empty, and the domain
-- dialect: clickhouse
-- model m:
select empty(email) as a, notEmpty(phone) as b, splitByChar('@', email)[-1] as c, extract(email, '@(.*)') as d from raw.users
-- exposure dash: m

-- case: duckdb, methods that mask
-- dialect: duckdb
-- model m:
select email.lower().sha256() as a, email.regexp_extract('@(.*)', 1) as b, string_split(email, '@')[-1] as c, decade(born_on) as d,
    datesub('year', born_on, current_date) as e, last_day(born_on) as f
from raw.users
-- exposure dash: m
