-- note: more ways to hand on a value
-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], first_name [name], country, payload [email]

-- case: map
-- model m:
select id, map(['a'], [email]) as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: values joined
-- model m:
select v.k, u.email as x from (values (1,'a')) as v(k, l) join raw.users u on u.id = v.k
-- exposure dash: m
-- found: exposed dash m.x email

-- case: asof / positional
-- model m:
select a.id, b.phone as x from raw.users a positional join raw.users b
-- exposure dash: m
-- found: exposed dash m.x phone

-- case: list comprehension
-- model m:
select id, [upper(e) for e in [email, phone]] as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email+phone

-- case: string_split unnest
-- model m:
select id, unnest(string_split(email, '@')) as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: json_extract_string
-- model m:
select id, json_extract_string(payload, '$.mail') as x, payload->'a' as y from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y email

-- case: qualify
-- model m:
select id, email as x from raw.users qualify row_number() over (partition by country order by id) = 1
-- exposure dash: m
-- found: exposed dash m.x email

-- case: correlated lateral
-- model m:
select c.country, l.x from (select distinct country from raw.users) c, lateral (select max(u.email) as x from raw.users u where u.country = c.country) l
-- exposure dash: m
-- found: exposed dash m.x email

-- case: filter clause agg
-- model m:
select country, max(email) filter (where id > 1) as x from raw.users group by country
-- exposure dash: m
-- found: exposed dash m.x email

-- case: grouping sets
-- model m:
select country, email as x, count(*) n from raw.users group by grouping sets ((country), (email))
-- exposure dash: m
-- found: exposed dash m.x email

-- case: hash minus
-- model m:
select id, md5(email) || substr(email, 3) as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: encode hex
-- model m:
select id, hex(email) as x, to_base64(encode(email)) as y, url_encode(email) as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y email
-- found: exposed dash m.z email

-- case: greatest least ifnull nvl2 if
-- model m:
select id, greatest(email, 'a') as x, ifnull(phone, 'x') as y, if(id > 1, first_name, 'x') as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y phone
-- found: exposed dash m.z name

-- case: union all of three via ctes and star
-- model m:
with a as (select 'a' as k, md5(email) as v from raw.users), b as (select 'b', phone from raw.users), c as (select 'c', country from raw.users)
select * from a union all select * from b union all select * from c
-- exposure dash: m
-- found: exposed dash m.v phone

-- case: string slicing operator
-- model m:
select id, email[1:30] as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: struct_pack / row
-- model m:
select id, struct_pack(a := email) as x, row(phone) as y from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y phone

-- case: mode quantile first last histogram
-- model m:
select mode(email) as a, quantile_disc(phone, 0.5) as b, first(first_name) as c, last(email) as d, histogram(email) as e from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b phone
-- found: exposed dash m.c name
-- found: exposed dash m.d email
-- found: exposed dash m.e email

-- case: group_concat distinct order
-- model m:
select group_concat(distinct email order by email) as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: temp name reuse
-- model m:
with u as (select * from raw.users), u2 as (select *, md5(email) as email_hash from u) select email_hash, email as e from u2
-- exposure dash: m
-- found: exposed dash m.e email

-- case: table function from query
-- model m:
from raw.users select email as x
-- exposure dash: m
-- found: exposed dash m.x email

-- case: nested case with hash in condition
-- model m:
select id, case when md5(email) = 'x' then email end as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: translate identity
-- model m:
select id, translate(email, 'abc', 'def') as x, replace(phone, '+', '00') as y, lpad(first_name, 20, ' ') as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y phone
-- found: exposed dash m.z name

-- case: levenshtein etc is partial, array of raw
-- model m:
select id, array_value(email) as x, list_concat([email], [phone]) as y, list_value(email)[1] as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y email+phone
-- found: exposed dash m.z email

-- case: xor-ish
-- model m:
select id, concat(email, id) as x, printf('%s', phone) as y, format('{}', first_name) as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x email
-- found: exposed dash m.y phone
-- found: exposed dash m.z name

-- case: mask on only empty
-- model m:
select id, case when email = '' then '' else left(email, length(email)) end as x from raw.users
-- exposure dash: m
-- found: exposed dash m.x email

-- case: right all but two
-- model m:
select id, right(phone, length(phone) - 2) as x, left(phone, -1) as y, left(phone, -3) as z from raw.users
-- exposure dash: m
-- found: exposed dash m.x phone
-- found: exposed dash m.y phone
-- found: exposed dash m.z phone
