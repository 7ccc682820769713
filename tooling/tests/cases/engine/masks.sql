-- levels: shown
-- schema: t(id, email, phone, salary, born, enc)

-- case: a digest
select md5(email) as k, upper(md5(lower(phone))) as p from t
-- k <- t.email TRANSFORMATION masking
-- p <- t.phone TRANSFORMATION masking

-- case: counted, and whether there is one
select count(email) as n, count(distinct phone) as m, bool_or(enc is not null) as has from t
-- n <- t.email AGGREGATION counted
-- m <- t.phone AGGREGATION counted
-- has <- t.enc AGGREGATION counted

-- case: parts
select left(email, 3) as a, right(phone, 4) as b, split_part(email, '@', 2) as c, date_trunc('year', born) as d, length(email) as e from t
-- a <- t.email TRANSFORMATION partial
-- b <- t.phone TRANSFORMATION partial
-- c <- t.email TRANSFORMATION partial
-- d <- t.born TRANSFORMATION partial
-- e <- t.email TRANSFORMATION partial

-- case: no parts
select left(email, 200) as a, substr(phone, 2) as b, split_part(email, '@', 1) as c, date_trunc('day', born) as d, reverse(email) as e from t
-- a <- t.email TRANSFORMATION
-- b <- t.phone TRANSFORMATION
-- c <- t.email TRANSFORMATION
-- d <- t.born TRANSFORMATION
-- e <- t.email TRANSFORMATION

-- case: yes and no
select email = 'x' as a, email in ('x', 'y') as b, email like 'x%' as c from t
-- a <- t.email TRANSFORMATION partial
-- b <- t.email TRANSFORMATION partial
-- c <- t.email TRANSFORMATION partial

-- case: blended, and a running sum
select sum(salary) as s, avg(salary) as a, max(salary) as m, sum(sum(salary)) over (order by id) as r from t group by id
-- s <- t.salary AGGREGATION partial
-- a <- t.salary AGGREGATION partial
-- m <- t.salary AGGREGATION
-- r <- t.salary AGGREGATION partial
-- r <- t.id WINDOW
-- * <- t.id GROUP_BY

-- case: of two paths the one that is masked less counts
select coalesce(md5(email), email) as a, coalesce(md5(email), left(email, 2)) as b from t
-- a <- t.email TRANSFORMATION
-- b <- t.email TRANSFORMATION partial
-- a <- t.email CONDITIONAL masking
-- b <- t.email CONDITIONAL masking

-- case: of two masks on one path the stronger counts
with u as (select left(email, 3) as part, md5(phone) as k from t)
select md5(part) as a, left(k, 8) as b, count(k) as n from u group by 1, 2
-- a <- t.email TRANSFORMATION masking
-- b <- t.phone TRANSFORMATION masking
-- n <- t.phone AGGREGATION counted
-- * <- t.email GROUP_BY masking
-- * <- t.phone GROUP_BY masking

-- case: decrypted again
with u as (select pgp_sym_encrypt(email, 'k') as c from t)
select pgp_sym_decrypt(c, 'k') as m, md5(pgp_sym_decrypt(c, 'k')) as h from u
-- m <- t.email TRANSFORMATION revealed
-- h <- t.email TRANSFORMATION masking revealed

-- case: marks
select (/* headwater:mask=hash domain=mail */ f(email)) as a, (/*headwater:mask=partial*/phone) as b, upper((
    /* headwater:mask=constant */ coalesce(enc, 'x')
)) as c from t
-- a <- t.email TRANSFORMATION masking marked
-- b <- t.phone TRANSFORMATION partial marked
-- c <- t.enc TRANSFORMATION counted marked
-- c <- t.enc CONDITIONAL counted marked

-- case: a mark covers its parenthesis alone
select (/* headwater:mask=hash */ email) || phone as a, (/* headwater:mask=hash */ email) || email as b from t
-- a <- t.email TRANSFORMATION masking marked
-- a <- t.phone TRANSFORMATION
-- b <- t.email TRANSFORMATION

-- case: what is no mark
select /* headwater:mask=hash */ email as a, (/* headwater:mask=blur */ email) as b, (email /* headwater:mask=hash */) as c,
    '(/* headwater:mask=hash */' || email as d
from t -- (/* headwater:mask=hash */
-- a <- t.email IDENTITY renamed
-- b <- t.email IDENTITY renamed
-- c <- t.email IDENTITY renamed
-- d <- t.email TRANSFORMATION

-- case: a mark without an alias keeps the name
-- columns: md5, email
select (/* headwater:mask=hash */ md5(email)), (/* headwater:mask=hash */ email) from t
-- md5 <- t.email TRANSFORMATION masking marked
-- email <- t.email TRANSFORMATION masking marked

-- case: a look-up in a vault
-- schema: t(id, email), vault(token, value)
select (/* headwater:mask=token */ (select v.token from vault as v where v.value = t.email)) as k from t
-- k <- t.email TRANSFORMATION masking marked
-- k <- vault.token TRANSFORMATION masking marked
-- k <- vault.value TRANSFORMATION masking marked
-- k <- t.email CONDITIONAL masking marked
-- k <- vault.value CONDITIONAL masking marked

-- case: bigquery
-- dialect: bigquery
select to_hex(sha256(email)) as a, split(email, '@')[offset(1)] as b, split(email, '@')[offset(0)] as c, aead.encrypt(enc, email, 'x') as d from t
-- a <- t.email TRANSFORMATION masking
-- b <- t.email TRANSFORMATION partial
-- c <- t.email TRANSFORMATION
-- d <- t.enc TRANSFORMATION masking
-- d <- t.email TRANSFORMATION masking

-- case: snowflake
-- dialect: snowflake
select sha2(email) as a, hash(phone) as b, decrypt(enc, 'k') as c, approx_count_distinct(email) as d from t group by all
-- a <- t.email TRANSFORMATION masking
-- b <- t.phone TRANSFORMATION masking
-- c <- t.enc TRANSFORMATION revealed
-- d <- t.email AGGREGATION counted
-- * <- t.email GROUP_BY masking
-- * <- t.phone GROUP_BY masking
-- * <- t.enc GROUP_BY revealed

-- case: databricks
-- dialect: databricks
select mask(email) as a, xxhash64(email) as b, aes_encrypt(email, 'k') as c from t
-- a <- t.email TRANSFORMATION partial
-- b <- t.email TRANSFORMATION masking
-- c <- t.email TRANSFORMATION masking

-- case: members of a JSON document that the SQL makes
with d as (select json_build_object('mail', email, 'in', json_build_object('tel', phone)) as j from t)
select j ->> 'mail' as a, j -> 'in' ->> 'tel' as b, j ->> 'none' as c, j::text as e from d
-- a <- t.email TRANSFORMATION
-- b <- t.phone TRANSFORMATION
-- c <- t.email TRANSFORMATION
-- c <- t.phone TRANSFORMATION
-- e <- t.email TRANSFORMATION cast
-- e <- t.phone TRANSFORMATION cast
