-- note: cuts that leave a few signs
-- dialect: duckdb
-- source raw.users: id, email [email is varchar(255)], phone [phone], full_name [name], country
-- seed contacts: id, mail [email]

-- case: slices of what is known to be text
-- model m:
with u as (select * from raw.users), v as (select email as e, phone from u union all select email, phone from u)
select e[1:2] as a, lower(phone)[1:3] as b, (phone::varchar)[:2] as c, e[strpos(e, '@'):] as d, trim(phone)[-2:] as f,
    array_slice(upper(phone), 1, 3) as g, (phone || '')[1] as h, list_extract(e, 1) as i, phone.lower()[:2] as j, c.mail[:3] as k
from v, contacts as c
-- exposure dash: m

-- case: first letters of words
-- model m:
select list_transform(string_split(full_name, ' '), w -> left(w, 1)) as a from raw.users
-- exposure dash: m

-- case: databricks, masks
-- dialect: databricks
-- model m:
select mask(email) as a, mask_first_n(phone, 8) as b, mask_show_first_n(phone, 2) as c from raw.users
-- exposure dash: m

-- case: postgres, only the number of an element
-- dialect: postgres
-- model m:
select t.n from raw.users as u cross join lateral jsonb_array_elements(to_jsonb(u.email)) with ordinality as t(w, n)
-- exposure dash: m
