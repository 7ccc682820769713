-- note: cuts that leave a value, and places that other columns name
-- dialect: duckdb
-- source raw.users: id, email [email is varchar], phone [phone], full_name [name], emails [email], country

-- case: slices of lists, of what may be one, and long ones
-- model m:
select phone[1:2] as a, lower(email)[1:20] as b, lower(email)[2:] as c, [email, phone][1:2] as d, emails[1:1] as e,
    emails[1] as f, list(email)[1:3] as g, lower(email)[:-2] as h, lower(email)[1:id] as i, lower(email)[id:id] as k
from raw.users group by all
-- exposure dash: m
-- found: exposed dash m.a phone
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d email+phone
-- found: exposed dash m.e email
-- found: exposed dash m.f email
-- found: exposed dash m.g email
-- found: exposed dash m.h email
-- found: exposed dash m.i email
-- found: exposed dash m.k email

-- case: sign after sign
-- model m:
select u.email[i] as a, list_transform(range(1, 50), i -> substr(email, i, 1)) as b, substr(email, i, 1) as c,
    list_transform(string_split(email, ''), c -> ascii(c)) as d
from raw.users as u, generate_series(1, 50) as g(i)
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email
-- found: exposed dash m.d email

-- case: slices put together again
-- model m:
select lower(email)[1:6] || lower(email)[7:12] as a from raw.users
-- exposure dash: m
-- found: exposed dash m.a email

-- case: a field of a column that has the name of its CTE
-- model m:
with s as (select {'a': {'b': phone, 'c': id}} as s from raw.users) select s.a.b as x, s.a.c as y from s
-- exposure dash: m
-- found: exposed dash m.x phone

-- case: postgres, numbered elements of a lateral
-- dialect: postgres
-- model m:
select t.v, t.n from raw.users as u cross join lateral unnest(array[u.email, u.phone]) with ordinality as t(v, n)
-- exposure dash: m
-- found: exposed dash m.v email+phone

-- case: snowflake, a place from a sequence
-- dialect: snowflake
-- model m:
select substr(email, seq4(), 1) as c from raw.users
-- exposure dash: m
-- found: exposed dash m.c email

-- case: databricks, a mask that is told to leave the letters
-- dialect: databricks
-- model m:
select mask(email, null, null, null, null) as a, mask_first_n(email, 2) as b, mask_show_first_n(email, 20) as c from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b email
-- found: exposed dash m.c email

-- case: mysql, margins as wide as the value
-- dialect: mysql
-- model m:
select mask_inner(email, 10, 30) as a, mask_outer(phone, 0, 0) as b from raw.users
-- exposure dash: m
-- found: exposed dash m.a email
-- found: exposed dash m.b phone
