-- note: what other warehouses write; not executed
-- dialect: postgres
-- source raw.users: id, email [email], phone [phone], payload [email], tags, country

-- case: postgres, JSON and a lateral join
-- model flat:
select u.id, x.v as contact, u.payload #>> '{contact,mail}' as m
from raw.users as u cross join lateral (select u.phone as v) as x
-- exposure dash: flat
-- found: exposed dash flat.contact phone
-- found: exposed dash flat.m email

-- case: postgres, decrypted again
-- model vault: c [email pseudonymised]
select id, pgp_sym_encrypt(email, 'k') as c from raw.users
-- model dim_users:
select id, pgp_sym_decrypt(c, 'k') as m from vault
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: postgres, a mark beside the value
-- model dim_users:
select id, (/* headwater:mask=hash key=1 */ encode(sha256(email::bytea), 'hex')) || '|' || email as k from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.k email

-- case: postgres, a mark that nobody knows
-- model dim_users:
select id, (/* headwater:mask=blur */ email) as k from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.k email

-- case: postgres, a mark in a comment alone
-- model dim_users:
select id, /* headwater:mask=hash */ email as k from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.k email

-- case: postgres, detokenised
-- model tokens: t [email pseudonymised]
select id, (/* headwater:mask=token */ (select v.token from vault.pairs as v where v.value = u.email)) as t
from raw.users as u
-- model back:
select id, (/* headwater:mask=reveal */ (select v.value from vault.pairs as v where v.token = x.t)) as m
from tokens as x
-- exposure dash: back
-- found: exposed dash back.m email

-- case: postgres, a distinct on with composite text
-- model dim_users:
select distinct on (u.country) u.country, row_to_json(u) as j from raw.users as u order by u.country, u.id
-- exposure dash: dim_users
-- found: exposed dash dim_users.j email+phone

-- case: bigquery, a struct in an array
-- dialect: bigquery
-- model packed: people [email phone]
select country, array_agg(struct(email, phone)) as people from raw.users group by country
-- model flat:
select country, p.email as m from packed, unnest(people) as p
-- exposure dash: flat
-- found: exposed dash flat.m email+phone
-- found: unknown-class packed.people

-- case: bigquery, except leaves the e-mail
-- dialect: bigquery
-- model dim_users:
select * except (phone, payload) from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.email email

-- case: bigquery, decrypted
-- dialect: bigquery
-- model dim_users:
select id, aead.decrypt_string(keys.k, aead.encrypt(keys.k, email, 'x'), 'x') as m from raw.users, keys
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: snowflake, flatten of a variant
-- dialect: snowflake
-- model flat:
select u.id, f.value:mail::string as m from raw.users as u, lateral flatten(input => u.payload:contacts) as f
-- exposure dash: flat
-- found: exposed dash flat.m email

-- case: snowflake, an object and a list
-- dialect: snowflake
-- model docs:
select id, object_construct('m', email) as o, array_construct(phone) as p, listagg(email, ';') over (partition by country) as l
from raw.users
-- exposure dash: docs
-- found: exposed dash docs.o email
-- found: exposed dash docs.p phone
-- found: exposed dash docs.l email

-- case: snowflake, qualify
-- dialect: snowflake
-- model newest:
select email as m from raw.users qualify row_number() over (partition by country order by id desc) = 1
-- exposure dash: newest
-- found: exposed dash newest.m email

-- case: databricks, explode of a map
-- dialect: databricks
-- model flat:
select id, k, v from raw.users lateral view explode(map('mail', email, 'tel', phone)) t as k, v
-- exposure dash: flat
-- found: exposed dash flat.k email+phone
-- found: exposed dash flat.v email+phone

-- case: databricks, decrypted
-- dialect: databricks
-- model dim_users:
select id, cast(aes_decrypt(aes_encrypt(email, 'k'), 'k') as string) as m from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: redshift, listagg
-- dialect: redshift
-- model l:
select country, listagg(email, ',') within group (order by id) as mails from raw.users group by country
-- exposure dash: l
-- found: exposed dash l.mails email

-- case: tsql, for json
-- dialect: tsql
-- model docs:
select id, convert(varchar(100), email) + '' as m, string_agg(phone, ',') as p from raw.users group by id, email
-- exposure dash: docs
-- found: exposed dash docs.m email
-- found: exposed dash docs.p phone

-- case: mysql, group_concat
-- dialect: mysql
-- model l:
select country, group_concat(email separator ';') as mails, ifnull(max(phone), '') as p from raw.users group by country
-- exposure dash: l
-- found: exposed dash l.mails email
-- found: exposed dash l.p phone

-- case: clickhouse, arrays
-- dialect: clickhouse
-- model l:
select country, groupArray(email) as mails, argMax(phone, id) as p from raw.users group by country
-- exposure dash: l
-- found: exposed dash l.mails email
-- found: exposed dash l.p phone

-- case: trino, unnest and a lambda
-- dialect: trino
-- model l:
select u.id, c as contact, transform(array[u.email], x -> lower(x)) as t from raw.users as u cross join unnest(array[u.email, u.phone]) as k (c)
-- exposure dash: l
-- found: exposed dash l.contact email+phone
-- found: exposed dash l.t email
