-- note: kinds of nodes, of places, of declarations
-- dialect: duckdb
-- source raw.users: id, email [email], phone [phone], country

-- case: a public model
-- model dim_users [public]: email [email]
select id, email from raw.users
-- found: public dim_users.email email

-- case: into a group from outside
-- model stg_users: email [email]
select id, email from raw.users
-- model campaign [group marketing]: email [email]
select id, email from stg_users
-- found: group campaign.email email

-- case: an undeclared copy that nobody shows
-- model stg_users:
select id, email as login from raw.users
-- found: undeclared stg_users.login email

-- case: declared as another class
-- model stg_users: contact [phone]
select id, email as contact from raw.users
-- found: undeclared stg_users.contact email
-- found: over-declared stg_users.contact

-- case: declared masked, and it is not
-- model dim_users: email [email pseudonymised]
select id, lower(email) as email from raw.users
-- found: not-masked dim_users.email email

-- case: declared partial, and it is raw
-- model dim_users: phone [phone partial]
select id, coalesce(phone, left(phone, 3)) as phone from raw.users
-- found: not-masked dim_users.phone phone

-- case: declared pseudonymised, and a part of it shows
-- model dim_users: phone [phone pseudonymised]
select id, left(phone, 4) as phone from raw.users
-- found: not-masked dim_users.phone phone

-- case: declared free of it, and it is not
-- model dim_users: label [none]
select id, country || email as label from raw.users
-- found: not-masked dim_users.label email

-- case: a snapshot
-- snapshot users_history: email [email]
select * from raw.users
-- model dim_users:
select id, email as m, dbt_valid_from from users_history
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email
-- found: undeclared users_history.phone phone

-- case: a seed
-- seed people: id, full_name [name], team
-- model teams:
select team, string_agg(full_name, ', ') as members from people group by team
-- exposure dash: teams
-- found: exposed dash teams.members name

-- case: an ephemeral model
-- ephemeral e_users: mail [email]
select id, email as mail from raw.users
-- model dim_users:
with __dbt__cte__e_users as (
select id, email as mail from raw.users
)
select id, mail as m from __dbt__cte__e_users
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: an ephemeral model over another
-- ephemeral e_one: mail [email]
select id, email as mail from raw.users
-- ephemeral e_two: mail [email]
with __dbt__cte__e_one as (
select id, email as mail from raw.users
)
select id, lower(mail) as mail from __dbt__cte__e_one
-- model dim_users:
with __dbt__cte__e_one as (
select id, email as mail from raw.users
), __dbt__cte__e_two as (
select id, lower(mail) as mail from __dbt__cte__e_one
)
select id, mail as m from __dbt__cte__e_two
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: an exposure reads a source
-- exposure dash: raw.users
-- found: exposed dash raw.users.email email
-- found: exposed dash raw.users.phone phone

-- case: an incremental model keeps what it had
-- model kept:
select id, email as m from raw.users where id > (select max(id) from kept)
union all
select id, m from kept
-- exposure dash: kept
-- found: exposed dash kept.m email

-- case: a function that nobody knows
-- model dim_users:
select id, scramble(email) as m from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.m email

-- case: a function that is declared, in one branch only
-- model dim_users:
select id, case when country = 'DE' then scramble(email) else email end as m from raw.users
-- exposure dash: dim_users
-- rules: {masks: {pseudonymised: [scramble]}}
-- found: exposed dash dim_users.m email

-- case: a function that reveals
-- model keys: token [email pseudonymised]
select id, scramble(email) as token from raw.users
-- model dim_users:
select id, unscramble(token) as m from keys
-- exposure dash: dim_users
-- rules: {masks: {pseudonymised: [scramble], reveal: [unscramble]}}
-- found: exposed dash dim_users.m email

-- case: a dbt function that reads a table of people
-- function mail_of [meta {x: 1}]:
select email from raw.users where id = user_id
-- model named:
select id, mail_of(id) as m from raw.users
-- exposure dash: named
-- found: unknown dash named.id email+phone
-- found: unknown dash named.m email+phone
-- found: unknown mail_of email+phone

-- case: a Python model
-- model stg_users: email [email]
select id, email from raw.users
-- python scored: id, score
stg_users
-- model dim_users:
select id, score from scored
-- exposure dash: dim_users
-- found: unknown scored email
-- found: unknown dash dim_users.id email
-- found: unknown dash dim_users.score email

-- case: SQL that cannot be read
-- broken odd:
select id, email from (raw.users where
-- model dim_users:
select id, thing from odd
-- exposure dash: dim_users
-- found: unknown odd email+phone
-- found: unknown dash dim_users.id email+phone
-- found: unknown dash dim_users.thing email+phone

-- case: an unknown class counts as personal
-- source raw.users: id, email [emial]
-- model dim_users:
select id, email from raw.users
-- exposure dash: dim_users
-- found: unknown-class raw.users.email
-- found: exposed dash dim_users.email personal

-- case: two declarations that do not agree
-- source raw.users: id, email [{pii: email, personal: phone}]
-- model dim_users:
select id, md5(email) as k from raw.users
-- exposure dash: dim_users
-- found: contradiction raw.users.email

-- case: one says none, a tag says pii
-- source raw.users [meta {pii: {email: none}}]: id, email [tag pii]
-- model dim_users:
select id, email from raw.users
-- exposure dash: dim_users
-- found: contradiction raw.users.email
-- found: exposed dash dim_users.email personal

-- case: declared by a tag with a class
-- source raw.users: id, mail [tag pii:email]
-- model dim_users:
select id, mail from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.mail email

-- case: declared in the meta of the table
-- source raw.users [meta {pii: {mail: email}}]: id, mail
-- model dim_users:
select id, mail from raw.users
-- exposure dash: dim_users
-- found: exposed dash dim_users.mail email

-- case: the whole table is declared
-- source raw.visits [meta {contains_pii: true}]: id, who
-- model dim_visits:
select who from raw.visits
-- exposure dash: dim_visits
-- found: exposed dash dim_visits.who personal

-- case: declared by a rule
-- source raw.users: id, kontakt_mail
-- model dim_users:
select id, kontakt_mail as m from raw.users
-- exposure dash: dim_users
-- rules: {columns: [{column: "/mail/", class: email}]}
-- found: exposed dash dim_users.m email

-- case: declared late, in the first model
-- source raw.users: id, email
-- model stg_users: email [email]
select id, email from raw.users
-- model dim_users: email [email]
select id, email from stg_users
-- exposure dash: dim_users
-- found: exposed dash dim_users.email email
-- found: undeclared raw.users.email email

-- case: an exception that has ended
-- model dim_users: email [email]
select id, email from raw.users
-- exposure dash: dim_users
-- rules: {exceptions: [{exposure: dash, reason: billing, author: Ann, expires: 2026-01-31}]}
-- found: exposed dash dim_users.email email
-- found: exception-expired rules

-- case: an exception for another class
-- model dim_users: email [email], phone [phone]
select id, email, phone from raw.users
-- exposure dash: dim_users
-- rules: {exceptions: [{exposure: dash, class: phone, reason: calls, author: Ann, expires: 2027-01-31}]}
-- found: exposed dash dim_users.email email
-- found: exposed dash dim_users.phone phone excused

-- case: an exception that says what is left does not hold behind another column
-- model stg_users: email [email], e2 [email]
select id, email, email as e2 from raw.users
-- model dim_users: email [email], e2 [email]
select id, email, e2 from stg_users
-- exposure dash: dim_users
-- rules: {exceptions: [{node: stg_users, column: email, as: none, reason: test data, author: Ann, expires: 2027-01-31}]}
-- found: exposed dash dim_users.e2 email

-- case: over-declared, a constant
-- model dim_users: email [email]
select id, 'hidden' as email from raw.users
-- found: over-declared dim_users.email

-- case: over-declared, only counted
-- model by_country: mails [email]
select country, count(email) as mails from raw.users group by country
-- found: over-declared by_country.mails

-- case: over-declared, another column
-- model dim_users: land [email]
select id, country as land from raw.users
-- found: over-declared dim_users.land

-- case: declared raw, and only a pseudonym arrives
-- model dim_users: k [email raw]
select id, md5(email) as k from raw.users
-- found: over-declared dim_users.k

-- case: partial data where partial is too much
-- model dim_users: m [email partial]
select id, left(email, 2) as m from raw.users
-- exposure dash: dim_users
-- rules: {from: {exposures: partial}}
-- found: exposed dash dim_users.m email

-- case: a masked view that shows one column
-- masked_view people [meta {headwater: {policies: {phone: mask_phone}}}]: email [{pii: email, headwater: {mask: reveal, reason: staff}}], phone [phone]
select id, email, phone from raw.users
-- exposure dash: people
-- found: exposed dash people.email email

-- case: a masked view whose mask nobody knows, and a column that was forgotten
-- masked_view people: email [{pii: email, headwater: {mask: my_mask}}], phone [phone]
select id, email, phone from raw.users
-- exposure dash: people
-- found: exposed dash people.email email
-- found: exposed dash people.phone phone

-- case: a public model whose SQL cannot be read
-- broken odd [public]:
select (((( from raw.users
-- found: unknown odd email+phone
-- found: unknown odd email+phone

-- case: declared by a key in capitals, and one with a hyphen
-- source raw.people: id, a [{PII: email}], b [{contains-pii: true}]
-- model dim_people:
select id, a, b from raw.people
-- exposure dash: dim_people
-- found: exposed dash dim_people.a email
-- found: exposed dash dim_people.b personal

-- case: an ephemeral model with a declaration that does not hold
-- ephemeral e_users: email [email pseudonymised]
select id, email from raw.users
-- found: not-masked e_users.email email
