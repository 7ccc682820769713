-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], first_name [name], country, payload [email]

-- case: nested json leak
-- dialect: duckdb
-- model m:
with s as (select json_object('a', json_object('mail', email, 'c', country), 'z', id) as p from raw.users) select p -> 'a' as c, p ->> '$.a.mail' as z, p ->> '$.*' as d, p ->> k as e, p::varchar as f from s, (select 'x' as k) as y
-- exposure dash: m
-- found: exposed dash m.c email
-- found: exposed dash m.z email
-- found: exposed dash m.d email
-- found: exposed dash m.e email
-- found: exposed dash m.f email

-- case: json keys in two cases
-- dialect: duckdb
-- model m:
with s as (select json_object('A', email, 'a', country) as p from raw.users) select p ->> 'a' as c from s
-- exposure dash: m
-- found: exposed dash m.c email
