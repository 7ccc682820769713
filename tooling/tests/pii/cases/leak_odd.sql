-- note: forms that are seldom written, many in one select
-- dialect: postgres
-- source raw.users: id, email [email], phone [phone], full_name [name], born_on [birth_date], parent_id, country

-- case: postgres, calls that leave all of it
-- model m:
select id, (u).email as a, overlay(email placing '' from 1 for 0) as b, regexp_replace(email, '^$', '***') as c,
    regexp_replace(email, '(.*)', '\1*') as d, substring(email from 1 for 100) as e, left(email, -1) as f,
    rpad(email, 200, '*') as g, translate(email, '@', '*') as h, quote_literal(email) as i, initcap(full_name) as j,
    split_part(email, '@', 1) || '@' || split_part(email, '@', 2) as k, string_to_array(email, null) as l,
    to_tsvector('simple', full_name) as n, email::bytea as o, analytics.f(email) as p, to_json(email) as q
from raw.users as u
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d email
-- found: exposed dash m.e email
-- found: exposed dash m.f email
-- found: exposed dash m.g email
-- found: exposed dash m.h email
-- found: exposed dash m.i email
-- found: exposed dash m.j name
-- found: exposed dash m.k email
-- found: exposed dash m.l email
-- found: exposed dash m.n name
-- found: exposed dash m.o email
-- found: exposed dash m.p email
-- found: exposed dash m.q email

-- case: postgres, dates that stay what they are
-- model m:
select date_trunc('day', born_on) as a, to_char(born_on, 'YYYY-MM-DD') as b, extract(epoch from born_on) as c,
    born_on + 1 as d, age(born_on) as e, born_on::text as f, current_date - born_on as g, make_interval(days => current_date - born_on) as h
from raw.users
-- exposure dash: m
-- found: exposed dash m.a birth_date
-- found: exposed dash m.b birth_date
-- found: exposed dash m.c birth_date
-- found: exposed dash m.d birth_date
-- found: exposed dash m.e birth_date
-- found: exposed dash m.f birth_date
-- found: exposed dash m.g birth_date
-- found: exposed dash m.h birth_date

-- case: postgres, a date put together of its parts
-- model m:
select make_date(extract(year from born_on)::int, extract(month from born_on)::int, extract(day from born_on)::int) as a from raw.users
-- exposure dash: m
-- found: exposed dash m.a birth_date

-- case: postgres, a text put together of its parts
-- model m:
select substr(phone, 1, 5) || '-' || substr(phone, 6, 5) as a, left(email, 4) || substring(email from 5 for 6) as b,
    date_part('year', born_on) * 1000 + date_part('doy', born_on) as c
from raw.users
-- exposure dash: m
-- found: exposed dash m.a phone
-- found: exposed dash m.b email
-- found: exposed dash m.c birth_date

-- case: bigquery, a date put together of its parts
-- dialect: bigquery
-- model m:
select date(extract(year from born_on), extract(month from born_on), extract(day from born_on)) as a from raw.users
-- exposure dash: m
-- found: exposed dash m.a birth_date

-- case: snowflake, a date put together of its parts
-- dialect: snowflake
-- model m:
select date_from_parts(year(born_on), month(born_on), day(born_on)) as a, to_char(year(born_on)) || dayofyear(born_on) as b from raw.users
-- exposure dash: m
-- found: exposed dash m.a birth_date
-- found: exposed dash m.b birth_date

-- case: postgres, documents
-- model m:
select json_object_agg(id, email) as a, jsonb_set('{}', '{m}', to_jsonb(max(email))) as b, jsonb_build_array(max(phone)) as c,
    xmlelement(name x, max(email)) as d, xmlforest(max(email) as m) as e, json_object('m' value max(email)) as f
from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c phone
-- found: exposed dash m.d email
-- found: exposed dash m.e email
-- found: exposed dash m.f email

-- case: postgres, documents of a row
-- model m:
select to_jsonb(u) ->> 'email' as a, row_to_json((select d from (select u.email, u.phone) as d)) as b,
    jsonb_path_query(to_jsonb(u), '$.email') as c, json_strip_nulls(row_to_json(u)) as d, hstore(u) as e
from raw.users as u
-- exposure dash: m
-- found: exposed dash m.a birth_date+email+name+phone
-- found: exposed dash m.b email+phone
-- found: exposed dash m.c birth_date+email+name+phone
-- found: exposed dash m.d birth_date+email+name+phone
-- found: exposed dash m.e birth_date+email+name+phone

-- case: postgres, a table by its name, a row by its name
-- model t1:
table raw.users
-- model m:
select t1 as whole, x.email as "E-Mail Adresse" from t1 cross join lateral (select t1.email) as x
-- exposure dash: m
-- found: exposed dash m.whole birth_date+email+name+phone
-- found: exposed dash m.E-Mail Adresse email

-- case: postgres, a named window and a subquery in values
-- model m:
select lag(email) over w as a, nth_value(phone, 2) over w as b, (values ((select max(full_name) from raw.users))) as c
from raw.users window w as (order by id)
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b phone
-- found: exposed dash m.c name

-- case: postgres, a CTE with names of its own, kept
-- model m:
with x(a, b) as materialized (select id, email from raw.users), y as (select b as c from x where a in (select id from raw.users))
select mode() within group (order by c) as d, array_to_string(array_agg(c), ',') as e, max(md5(c) || c) as f from y
-- exposure dash: m
-- found: exposed dash m.d email
-- found: exposed dash m.e email
-- found: exposed dash m.f email

-- case: postgres, a pivot by hand, and an array slice
-- model m:
select max(case when k = 'mail' then v end) as mail, (array_agg(v))[1:2] as some
from (select id, 'mail' as k, email as v from raw.users union all select id, 'tel', phone from raw.users) as u group by id
-- exposure dash: m
-- found: exposed dash m.mail email+phone
-- found: exposed dash m.some email+phone

-- case: snowflake, seldom written
-- dialect: snowflake
-- model m:
select id, email::variant as a, to_varchar(to_binary(email, 'utf-8'), 'utf-8') as b, insert(email, 1, 0, '') as c,
    split(email, '@') as d, to_json(object_construct('m', email)) as e, concat_ws('-', country, phone) as f,
    regexp_replace(email, 'x', '*') as g, nvl2(email, email, 'none') as h, zeroifnull(phone::int) as i, strtok_to_array(email, '@') as j,
    array_to_string(array_construct(email), ',') as k, date_trunc('day', born_on) as l, to_char(born_on, 'YYYYMMDD') as n, compress(email, 'snappy') as o
from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d email
-- found: exposed dash m.e email
-- found: exposed dash m.f phone
-- found: exposed dash m.g email
-- found: exposed dash m.h email
-- found: exposed dash m.i phone
-- found: exposed dash m.j email
-- found: exposed dash m.k email
-- found: exposed dash m.l birth_date
-- found: exposed dash m.n birth_date
-- found: exposed dash m.o email

-- case: snowflake, aggregates and positions
-- dialect: snowflake
-- model slim:
select id, email from raw.users
-- model m:
select object_agg(id::varchar, email) as a, array_unique_agg(email) as b, min_by(email, id) as c, any_value(email) as d, max($2) as e from slim
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d email
-- found: exposed dash m.e email

-- case: snowflake, a star by pattern, a table function, a path
-- dialect: snowflake
-- model slim:
select id, email, parent_id, full_name from raw.users
-- model a:
select * ilike '%mail%' from slim
-- model b:
select s.value as part from slim, lateral split_to_table(slim.email, '@') as s
-- model c:
select sys_connect_by_path(full_name, '/') as path from slim start with parent_id is null connect by prior id = parent_id
-- model d:
select t.x from slim, table(analytics.udtf(slim.email)) as t
-- exposure dash: a, b, c, d
-- found: exposed dash a.email email
-- found: exposed dash b.part email
-- found: exposed dash c.path name
-- found: exposed dash d.x email
-- found: unknown d.x name

-- case: snowflake, pivot and unpivot
-- dialect: snowflake
-- model slim:
select id, email, phone from raw.users
-- model a:
select id, kind, contact from slim unpivot (contact for kind in (email, phone))
-- exposure dash: a
-- found: exposed dash a.contact email+phone

-- case: bigquery, seldom written
-- dialect: bigquery
-- model m:
select id, safe_convert_bytes_to_string(cast(email as bytes)) as a, to_code_points(email) as b, normalize(full_name) as c,
    format_date('%F', born_on) as d, regexp_extract(email, r'(.*)') as e, json_object('m', email) as f, to_json(u) as g,
    struct(u.*) as h, array(select x from unnest([email, phone]) as x) as i, `proj.ds.fn`(email) as j, split(email, '@')[offset(0)] as k,
    to_base32(cast(email as bytes)) as l, left(email, 200) as n, if(email is null, 'none', email) as o
from raw.users as u
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c name
-- found: exposed dash m.d birth_date
-- found: exposed dash m.e email
-- found: exposed dash m.f email
-- found: exposed dash m.g birth_date+email+name+phone
-- found: exposed dash m.h birth_date+email+name+phone
-- found: exposed dash m.i email+phone
-- found: exposed dash m.j email
-- found: exposed dash m.k email
-- found: exposed dash m.l email
-- found: exposed dash m.n email
-- found: exposed dash m.o email

-- case: bigquery, aggregates, a pivot, an offset
-- dialect: bigquery
-- model slim:
select id, email, phone, country from raw.users
-- model a:
select any_value(email having max id) as a, string_agg(email, ',' order by id limit 5) as b, approx_top_count(email, 3) as c, array_concat_agg([phone]) as d from slim
-- model b:
select c, o from slim, unnest([email, phone]) as c with offset as o
-- model c:
select * from (select country, id, email from slim) pivot(max(email) as m for country in ('US', 'DE'))
-- exposure dash: a, b, c
-- found: exposed dash a.a email
-- found: exposed dash a.b email
-- found: exposed dash a.c email
-- found: exposed dash a.d phone
-- found: exposed dash b.c email+phone
-- found: exposed dash c.m_US email
-- found: exposed dash c.m_DE email

-- case: duckdb, seldom written
-- dialect: duckdb
-- model m:
select id, list_reduce([email, phone], (a, b) -> a || b) as a, email.upper().trim() as b, struct_insert({'a': 1}, m := email) as c,
    to_json(u) as d, format('{}', email) as e, [x for x in [email] if x is not null] as f, regexp_extract(email, '.*') as g,
    strftime(born_on, '%x') as h, list_zip([email], [phone]) as i, email[:] as j, base64(encode(email)) as k, bin(email) as l
from raw.users as u
-- exposure dash: m
-- found: exposed dash m.a email+phone
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d birth_date+email+name+phone
-- found: exposed dash m.e email
-- found: exposed dash m.f email
-- found: exposed dash m.g email
-- found: exposed dash m.h birth_date
-- found: exposed dash m.i email+phone
-- found: exposed dash m.j email
-- found: exposed dash m.k email
-- found: exposed dash m.l email

-- case: postgres, a month and the day beside it
-- model m:
select date_trunc('month', born_on) + (extract(day from born_on) - 1) * interval '1 day' as a,
    to_char(born_on, 'YYYY-MM') || '-' || to_char(born_on, 'DD') as b
from raw.users
-- exposure dash: m
-- found: exposed dash m.a birth_date
-- found: exposed dash m.b birth_date

-- case: postgres, a replacement that leaves the mailbox, and one that puts a code
-- model m:
select regexp_replace(email, '@.*$', '') as a, regexp_replace(email, '^.*@', 'at ') as b, regexp_replace(phone, '[^0-9]', '', 'g') as c
from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c phone

-- case: snowflake, the parts of a flattened list but for its numbers
-- dialect: snowflake
-- model m:
select u.id, f.index, f.value::string as v, g.key, g.this from raw.users as u,
    lateral flatten(input => array_construct(u.email)) as f, table(flatten(input => object_construct('m', u.phone))) as g
-- exposure dash: m
-- found: exposed dash m.v email
-- found: exposed dash m.key phone
-- found: exposed dash m.this phone

-- case: bigquery, fields of a row whose columns are not all known
-- dialect: bigquery
-- model m:
select any_value(u).email as a, array_agg(u order by id limit 1)[offset(0)].phone as b, newest.full_name as c
from (select array_agg(x)[safe_offset(0)] as newest from raw.users as x), raw.users as u group by newest
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b phone
-- found: exposed dash m.c name

-- case: duckdb, a chain of methods that masks nothing
-- dialect: duckdb
-- model m:
select email.lower().substr(1, 100) as a, phone.left(2) || phone as b from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b phone

-- case: a star over a function that takes them
-- dialect: snowflake
-- model a:
select x.* from raw.users as u, table(analytics.udtf(u.email)) as x
-- model b:
select * from table(analytics.udtf((select email from raw.users)))
-- exposure dash: b
-- found: exposed dash b.* email
-- found: unknown a.* birth_date+name+phone

-- case: bigquery, a prediction about people
-- dialect: bigquery
-- model slim:
select id, email from raw.users
-- model m:
select * from ml.predict(model `p.m`, table slim)
-- model n:
select * from ml.generate_text(model `p.m`, (select email as prompt from slim), struct(1 as x))
-- exposure dash: m, n
-- found: exposed dash m.* email
-- found: exposed dash m.email email
-- found: exposed dash n.* email

-- case: trino, a star over a list that is taken apart
-- dialect: trino
-- model m:
select t.* from raw.users as u cross join unnest(array[u.email]) as t
-- model n:
select * from (select id from raw.users) as i cross join unnest(array[i.id]) cross join (select array_agg(phone) as p from raw.users) as q cross join unnest(q.p)
-- exposure dash: m
-- found: exposed dash m.t email
