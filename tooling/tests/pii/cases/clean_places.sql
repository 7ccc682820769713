-- note: kinds of nodes, of places, of declarations
-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], country

-- case: declared all the way, and shown to nobody
-- model stg_users: email [email], phone [phone]
select * from raw.users
-- model dim_users: email [email]
select id, email from stg_users

-- case: declared in other words
-- source raw.users: id, email [E-Mail], phone [telephone]
-- model stg_users: email [{personal: email_address}], phone [{pii: {type: mobile}}]
select id, email, phone from raw.users

-- case: declared by tags
-- source raw.users: id, email [tag pii:email]
-- model stg_users: email [tag pii]
select id, email from raw.users

-- case: declared in general
-- model stg_users: email [true]
select id, email from raw.users

-- case: declared for the whole model
-- model stg_users [meta {contains_pii: true}]:
select id, email, phone from raw.users

-- case: declared in the meta of the model
-- model stg_users [meta {pii: {email: email, phone: phone}}]:
select id, email, phone from raw.users

-- case: two declarations that agree
-- source raw.users: id, email [{pii: email, contains_pii: true}]
-- model stg_users: email [{pii: email, personal: true}]
select id, email from raw.users

-- case: looked at, and free of it
-- source raw.users: id [none], email [email], country [false]
-- model dim_users: id [none], k [email pseudonymised], country [{contains_pii: false}]
select id, md5(email) as k, country from raw.users
-- exposure dash: dim_users

-- case: a public model with a hash
-- model dim_users [public]: k [email pseudonymised]
select id, md5(email) as k from raw.users

-- case: inside one group
-- model stg_users [group crm]: k [email]
select id, md5(email) as k from raw.users
-- model dim_users [group crm]: k [email]
select id, k from stg_users

-- case: a group that is trusted
-- model stg_users [group crm]: email [email]
select id, email from raw.users
-- rules: {trusted_groups: [crm]}

-- case: a snapshot of hashes
-- model keys: k [email pseudonymised]
select id, md5(email) as k from raw.users
-- snapshot keys_history:
select * from keys
-- exposure dash: keys_history

-- case: the key of a snapshot row
-- source raw.people: id [account]
-- snapshot history: id [account]
select id from raw.people
-- model versions:
select dbt_scd_id, dbt_valid_from from history
-- exposure dash: versions

-- case: a seed without people
-- seed countries: code, label
-- model dim_countries:
select code, label, (select count(email) from raw.users as u where u.country = c.code) as people from countries as c
-- exposure dash: dim_countries

-- case: an ephemeral model that masks
-- ephemeral e_users:
select id, md5(email) as k from raw.users
-- model dim_users:
with __dbt__cte__e_users as (
select id, md5(email) as k from raw.users
)
select id, k from __dbt__cte__e_users
-- exposure dash: dim_users

-- case: an exception until next year
-- model dim_users: email [email]
select id, email from raw.users
-- exposure dash: dim_users
-- rules: {exceptions: [{node: dim_users, column: email, as: none, reason: made up addresses, author: Ann, expires: 2027-01-31}]}

-- case: partial where it is allowed
-- model dim_users: m [email partial]
select id, left(email, 2) as m from raw.users
-- exposure dash: dim_users

-- case: exposures do not count
-- model dim_users: email [email]
select id, email from raw.users
-- exposure dash: dim_users
-- rules: {from: {exposures: "off"}}

-- case: a Python model that declares what it makes
-- model keys: k [email pseudonymised]
select id, md5(email) as k from raw.users
-- python scored: k [none], score [none]
keys
-- model dim_users:
select k, score from scored
-- exposure dash: dim_users

-- case: a Python model beside personal data
-- python scored: id, score
raw.orders
-- model dim_users: email [email]
select u.id, u.email, s.score from raw.users as u join scored as s on s.id = u.id

-- case: names that look personal and are not
-- source raw.mails: id, email_count, email_sent_at, email_template, name
-- model stg_mails:
select * from raw.mails
-- exposure dash: stg_mails

-- case: a rule by pattern leaves hashed columns alone
-- source raw.users: id, kontakt_mail
-- model dim_users:
select id, md5(kontakt_mail) as mail_key from raw.users
-- exposure dash: dim_users
-- rules: {columns: [{column: "/mail/", class: email, type: source}]}

-- case: a class of the project's own
-- source raw.users: id, bonus_no [loyalty]
-- model dim_users: bonus_no [loyalty]
select id, bonus_no from raw.users
-- rules: {classes: [loyalty]}

-- case: an incremental model of hashes
-- model kept:
select id, md5(email) as k from raw.users where id > (select max(id) from kept)
union all
select id, k from kept
-- exposure dash: kept

-- case: the same name in another table
-- source raw.shops: id, email, phone
-- model dim_shops:
select s.id, s.email, s.phone, u.country from raw.shops as s join raw.users as u on u.id = s.id
-- exposure dash: dim_shops

-- case: postgres, keyed hashes
-- dialect: postgres
-- model dim_users:
select id, encode(hmac(email, current_setting('app.key'), 'sha256'), 'hex') as k, encode(digest(phone, 'sha512'), 'base64') as p, crypt(email, gen_salt('bf')) as c
from raw.users
-- exposure dash: dim_users

-- case: postgres, partial forms
-- dialect: postgres
-- model dim_users:
select id, overlay(phone placing '*******' from 1 for 7) as a, translate(phone, '0123456789', '##########') as b,
    substring(email from '@(.*)$') as c, regexp_replace(email, '(.).*(@.*)', '\1***\2') as d, anon.partial_email(email) as e
from raw.users
-- exposure dash: dim_users

-- case: bigquery, hashes and halves
-- dialect: bigquery
-- model dim_users:
select to_hex(sha256(email)) as k, farm_fingerprint(phone) as f, split(email, '@')[safe_offset(1)] as d, regexp_replace(email, r'^[^@]+', 'xxx') as x,
    deterministic_encrypt(keys.k, email, 'a') as e
from raw.users cross join keys
-- exposure dash: dim_users

-- case: snowflake, hashes and halves
-- dialect: snowflake
-- model dim_users:
select sha2(email, 256) as k, hash(phone) as h, split_part(email, '@', -1) as d, encrypt(email, 'pw') as e, left(phone, 3) || '***' as p
from raw.users
-- exposure dash: dim_users

-- case: databricks, hashes and halves
-- dialect: databricks
-- model dim_users:
select sha2(email, 256) as k, xxhash64(phone) as h, mask(email) as m, base64(aes_encrypt(email, 'k')) as e, substring_index(email, '@', -1) as d
from raw.users
-- exposure dash: dim_users

-- case: redshift and tsql
-- dialect: tsql
-- model dim_users:
select convert(varchar(64), hashbytes('SHA2_256', email), 2) as k, stuff(phone, 1, 6, '******') as p, checksum(email) as c from raw.users
-- exposure dash: dim_users

-- case: clickhouse and mysql
-- dialect: clickhouse
-- model dim_users:
select hex(SHA256(email)) as k, sipHash64(phone) as s, uniqExact(email) over () as n from raw.users
-- exposure dash: dim_users

-- case: trino
-- dialect: trino
-- model dim_users:
select to_hex(hmac_sha256(to_utf8(email), to_utf8('k'))) as k, to_hex(sha256(to_utf8(phone))) as p, approx_distinct(email) as n from raw.users group by 1, 2
-- exposure dash: dim_users

-- case: a masked view
-- masked_view people [meta {headwater: {policies: {e-mail: mask_email, phone: {hash_pii: {domain: tel}}}}}]: email [email], phone [phone], country
select id, email, phone, country from raw.users
-- exposure dash: people

-- case: a masked view with masks of its own
-- masked_view people [public]: email [{pii: email, headwater: {mask: hash_pii}}], phone [{pii: phone, headwater: {mask: hide}}]
select id, email, phone from raw.users
-- model again:
select id, email as k from people
-- exposure dash: people, again

-- case: an ephemeral model that hands on what the next one masks
-- ephemeral e_users:
select id, email from raw.users
-- model dim_users:
with __dbt__cte__e_users as (
select id, email from raw.users
)
select id, md5(email) as k from __dbt__cte__e_users
-- exposure dash: dim_users
