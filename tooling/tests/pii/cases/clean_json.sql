-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], first_name [name], country, payload [email]

-- case: json inside one node, other field
-- model m:
with s as (select json_object('mail', email, 'c', country) as p from raw.users) select p ->> '$.c' as c, p ->> 'c' as d, json_extract_string(p, '$.c') as e from s
-- exposure dash: m

-- case: postgres json
-- dialect: postgres
-- model m:
with s as (select jsonb_build_object('mail', email, 'c', country) as p from raw.users) select p ->> 'c' as c, p -> 'c' as d from s
-- exposure dash: m

-- case: snowflake
-- dialect: snowflake
-- model m:
with s as (select object_construct('mail', email, 'c', country) as p from raw.users) select p:c::string as c, p['c'] as d from s
-- exposure dash: m

-- case: bigquery struct
-- dialect: bigquery
-- model m:
with s as (select struct(email as mail, country as c) as p from raw.users) select p.c from s
-- exposure dash: m

-- case: databricks
-- dialect: databricks
-- model m:
with s as (select named_struct('mail', email, 'c', country) as p from raw.users) select p.c from s
-- exposure dash: m

-- case: array of structs
-- dialect: bigquery
-- model m:
with s as (select array_agg(struct(email as mail, country as c)) as p from raw.users) select x.c from s, unnest(p) as x
-- exposure dash: m

-- case: nested json
-- dialect: duckdb
-- model m:
with s as (select json_object('a', json_object('mail', email, 'c', country), 'z', id) as p from raw.users) select p -> 'a' ->> 'c' as c, p ->> '$.z' as z, p ->> '$.a.c' as d from s
-- exposure dash: m
