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

-- case: duckdb, the keys of a map are people
-- dialect: duckdb
-- model m:
select id, map {email: 1} as a, map_keys(map {lower(email): id}) as b from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email

-- case: snowflake, the keys of an object are people
-- dialect: snowflake
-- model m:
select object_construct(email, 1) as a, object_keys(object_construct(lower(email), id)) as b, object_construct('n', 1, email, 2):n as c from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email
