-- note: forms of SQL that hand a value on, in the four dialects that most projects are written in
-- dialect: postgres
-- source raw.users: id, email [email], phone [phone], full_name [name], born_on [birth_date], parent_id, country
-- source raw.orders: order_id, user_id, amount
-- seed people_seed: id, email [email], country

-- case: postgres, a row as JSON by its alias
-- model m:
select u.id, to_jsonb(u) as doc from raw.users as u
-- exposure dash: m
-- found: exposed dash m.doc birth_date+email+name+phone

-- case: postgres, a row as JSON less one key
-- model m:
select u.id, to_jsonb(u) - 'email' as doc from raw.users as u
-- exposure dash: m
-- found: exposed dash m.doc birth_date+email+name+phone

-- case: postgres, rows of a CTE in a list of JSON
-- model m:
with picked as (select country, email as contact from raw.users)
select country, json_agg(picked) as docs from picked group by country
-- exposure dash: m
-- found: exposed dash m.docs email

-- case: postgres, format of two columns
-- model m:
select id, format('%s <%s>', full_name, email) as label from raw.users
-- exposure dash: m
-- found: exposed dash m.label email+name

-- case: postgres, concat_ws over a whole row as text
-- model m:
select u.id, concat_ws('|', u.country, u::text) as label from raw.users as u
-- exposure dash: m
-- found: exposed dash m.label birth_date+email+name+phone

-- case: postgres, a composite value and one of its fields
-- model packed: person
select id, row(email, phone)::text as person from raw.users
-- model m:
select id, (regexp_match(person, '\((.*),'))[1] as mail from packed
-- exposure dash: m
-- found: exposed dash m.mail email+phone

-- case: postgres, a recursive CTE that collects a path of names
-- model m:
with recursive tree as (
    select id, parent_id, full_name as path from raw.users where parent_id is null
    union all
    select c.id, c.parent_id, tree.path || ' > ' || c.full_name from raw.users as c join tree on c.parent_id = tree.id
)
select id, path from tree
-- exposure dash: m
-- found: exposed dash m.path name

-- case: postgres, a recursive CTE whose second part brings the value
-- model m:
with recursive walk(id, hint) as (
    select id, null::text from raw.users where parent_id is null
    union all
    select c.id, c.email from raw.users as c join walk on c.parent_id = walk.id
)
select id, hint from walk
-- exposure dash: m
-- found: exposed dash m.hint email

-- case: postgres, a list of values in a lateral
-- model m:
select u.id, v.kind, v.contact
from raw.users as u cross join lateral (values ('mail', u.email), ('tel', u.phone)) as v(kind, contact)
-- exposure dash: m
-- found: exposed dash m.contact email+phone

-- case: postgres, a correlated subquery in the list
-- model m:
select o.order_id, (select u.email from raw.users as u where u.id = o.user_id) as customer from raw.orders as o
-- exposure dash: m
-- found: exposed dash m.customer email

-- case: postgres, an array of a subquery
-- model m:
select country, array(select u2.phone from raw.users as u2 where u2.country = u.country) as phones from raw.users as u
-- exposure dash: m
-- found: exposed dash m.phones phone

-- case: postgres, string_agg with an order, in a window over nothing
-- model m:
select country, string_agg(distinct email, '; ' order by email) as mails,
    first_value(phone) over (partition by country order by id) as first_phone
from raw.users group by country, phone, id
-- exposure dash: m
-- found: exposed dash m.mails email
-- found: exposed dash m.first_phone phone

-- case: postgres, masked, and blended with the value
-- model m:
select id, coalesce(nullif(encode(sha256(email::bytea), 'hex'), ''), email) as mail from raw.users
-- exposure dash: m
-- found: exposed dash m.mail email

-- case: postgres, masked in a CTE, and the value joined back by key
-- model m:
with masked as (select id, md5(email) as email from raw.users)
select masked.id, u.email from masked join raw.users as u on u.id = masked.id
-- exposure dash: m
-- found: exposed dash m.email email

-- case: postgres, renamed after the mask of another column
-- model m:
select id, phone as email, md5(email) as phone from raw.users
-- exposure dash: m
-- found: exposed dash m.email phone

-- case: postgres, encoded and decoded
-- model m:
select id, encode(convert_to(email, 'UTF8'), 'base64') as mail, reverse(phone) as tel,
    convert_from(decode(encode(full_name::bytea, 'hex'), 'hex'), 'UTF8') as n
from raw.users
-- exposure dash: m
-- found: exposed dash m.mail email
-- found: exposed dash m.tel phone
-- found: exposed dash m.n name

-- case: postgres, a union in a subquery of a snapshot
-- snapshot people_snapshot:
select * from (select id, email as contact from raw.users union all select id, email from people_seed) as both
-- exposure dash: people_snapshot
-- found: exposed dash people_snapshot.contact email

-- case: postgres, an ephemeral model with a star over a lateral
-- ephemeral both:
select u.id, x.* from raw.users as u, lateral (select u.full_name as a, upper(u.email) as b) as x
-- model m:
with __dbt__cte__both as (
select u.id, x.* from raw.users as u, lateral (select u.full_name as a, upper(u.email) as b) as x
) select id, b from __dbt__cte__both
-- exposure dash: m
-- found: exposed dash m.b email

-- case: postgres, a set-returning function
-- model m:
select id, regexp_split_to_table(email, '@') as part, unnest(array[phone]) as tel from raw.users
-- exposure dash: m
-- found: exposed dash m.part email
-- found: exposed dash m.tel phone

-- case: postgres, jsonb_each over a row
-- model m:
select u.id, e.key, e.value from raw.users as u, lateral jsonb_each_text(to_jsonb(u)) as e(key, value)
-- exposure dash: m
-- found: exposed dash m.key birth_date+email+name+phone
-- found: exposed dash m.value birth_date+email+name+phone

-- case: postgres, a filter inside an aggregate, and a within group
-- model m:
select country, max(email) filter (where id > 10) as newest,
    percentile_disc(0.5) within group (order by born_on) as middle
from raw.users group by country
-- exposure dash: m
-- found: exposed dash m.newest email
-- found: exposed dash m.middle birth_date

-- case: postgres, a natural join
-- model slim:
select id, email from raw.users
-- model m:
select * from raw.orders as o natural join (select id as user_id, email from slim) as s
-- exposure dash: m
-- found: exposed dash m.email email

-- case: postgres, a name from the table's alias list
-- model m:
select t.b as x from (select id, email from raw.users) as t(a, b)
-- exposure dash: m
-- found: exposed dash m.x email

-- case: postgres, a partial mask put together again
-- model m:
select id, left(email, 3) || substr(email, 4) as mail from raw.users
-- exposure dash: m
-- found: exposed dash m.mail email

-- case: postgres, a partial mask of one model put together in the next
-- model parts: a, b
select id, left(phone, 4) as a, substr(phone, 5) as b from raw.users
-- model m:
select id, a || b as tel from parts
-- exposure dash: m
-- found: exposed dash m.tel phone

-- case: postgres, a case whose condition masks nothing
-- model m:
select id, case when md5(email) = 'x' then 'none' when country = 'US' then phone else md5(phone) end as tel from raw.users
-- exposure dash: m
-- found: exposed dash m.tel phone

-- case: postgres, a column of a subquery in parentheses, and a boolean dressed as text
-- model m:
select id, ((email))::varchar(200) collate "C" as mail from raw.users
-- exposure dash: m
-- found: exposed dash m.mail email

-- case: duckdb, a whole table as a struct
-- dialect: duckdb
-- model m:
select u.id, u as person from raw.users as u
-- exposure dash: m
-- found: exposed dash m.person birth_date+email+name+phone

-- case: duckdb, FROM first, and COLUMNS
-- dialect: duckdb
-- model m:
from raw.users select id, columns('e.*l')
-- exposure dash: m
-- found: exposed dash m.email email

-- case: duckdb, a list aggregate with a lambda that changes little
-- dialect: duckdb
-- model m:
select country, list_transform(list(email), x -> x || '!') as mails from raw.users group by country
-- exposure dash: m
-- found: exposed dash m.mails email

-- case: duckdb, a struct unpacked into columns whose names are not in sight
-- dialect: duckdb
-- model packed:
select id, unnest({'a': email, 'b': phone}) from raw.users
-- model m:
select a as x from packed
-- exposure dash: m
-- found: unknown dash m.x email+phone
-- found: unknown m.x email+phone

-- case: duckdb, unpivot
-- dialect: duckdb
-- model m:
select id, kind, contact from (unpivot raw.users on email, phone into name kind value contact)
-- exposure dash: m
-- found: exposed dash m.contact email+phone

-- case: duckdb, arg_max and a map
-- dialect: duckdb
-- model m:
select country, arg_max(email, id) as newest, map([id], [phone]) as tel from raw.users group by country, id, phone
-- exposure dash: m
-- found: exposed dash m.newest email
-- found: exposed dash m.tel phone

-- case: snowflake, object_construct of a star
-- dialect: snowflake
-- model m:
select id, object_construct(*) as doc from raw.users
-- exposure dash: m
-- found: exposed dash m.doc birth_date+email+name+phone

-- case: snowflake, a list of objects flattened later
-- dialect: snowflake
-- model packed: people
select country, array_agg(object_construct('m', email, 'p', phone)) within group (order by id) as people from raw.users group by country
-- model m:
select f.value:m::string as mail from packed, lateral flatten(input => packed.people) as f
-- exposure dash: m
-- found: exposed dash m.mail email+phone

-- case: snowflake, iff and decode and an alias used again
-- dialect: snowflake
-- model m:
select id, email as raw_mail, iff(id > 5, sha2(raw_mail), raw_mail) as mail, decode(id, 1, phone, 'none') as tel from raw.users
-- exposure dash: m
-- found: exposed dash m.raw_mail email
-- found: exposed dash m.mail email
-- found: exposed dash m.tel phone

-- case: snowflake, base64 and back
-- dialect: snowflake
-- model m:
select id, base64_decode_string(base64_encode(email)) as mail, hex_encode(phone) as tel from raw.users
-- exposure dash: m
-- found: exposed dash m.mail email
-- found: exposed dash m.tel phone

-- case: snowflake, a star that renames and leaves one out
-- dialect: snowflake
-- model m:
select * exclude (phone, full_name, born_on) rename (email as contact) from raw.users
-- exposure dash: m
-- found: exposed dash m.contact email

-- case: bigquery, a row as JSON
-- dialect: bigquery
-- model m:
select id, to_json_string(u) as doc from raw.users as u
-- exposure dash: m
-- found: exposed dash m.doc birth_date+email+name+phone

-- case: bigquery, a whole row kept
-- dialect: bigquery
-- model m:
select country, array_agg(u order by id desc limit 1)[offset(0)] as newest from raw.users as u group by country
-- exposure dash: m
-- found: exposed dash m.newest birth_date+email+name+phone

-- case: bigquery, a field of a row that was kept
-- dialect: bigquery
-- model slim:
select country, email, phone from raw.users
-- model m:
select newest.email as mail from (select country, array_agg(s limit 1)[safe_offset(0)] as newest from slim as s group by country)
-- exposure dash: m
-- found: exposed dash m.mail email

-- case: bigquery, a star that puts the value in another place
-- dialect: bigquery
-- model m:
select * except (full_name, born_on, phone) replace (to_hex(sha256(email)) as email, phone as country) from raw.users
-- exposure dash: m
-- found: exposed dash m.country phone

-- case: bigquery, format and an array as text
-- dialect: bigquery
-- model m:
select id, format('%t', u) as doc, array_to_string([email, phone], ',') as contact from raw.users as u
-- exposure dash: m
-- found: exposed dash m.doc birth_date+email+name+phone
-- found: exposed dash m.contact email+phone

-- case: bigquery, a struct value with a star
-- dialect: bigquery
-- model m:
select id, (select as struct u.email, u.phone) as person from raw.users as u
-- exposure dash: m
-- found: exposed dash m.person email+phone
