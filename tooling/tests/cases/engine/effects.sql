-- dialect: duckdb
-- schema: t(a, b, c, k), u(id, x)

-- case: coalesce steers with all but its last argument
select coalesce(a, b) as c from t where a > 0
-- columns: c
-- c <- t.a TRANSFORMATION
-- c <- t.a CONDITIONAL
-- c <- t.b TRANSFORMATION
-- * <- t.a FILTER

-- case: a rename is told
select a as z, b from t
-- z <- t.a IDENTITY renamed
-- b <- t.b IDENTITY

-- case: a literal has no source
select 1 as one, count(*) as n from t
-- constant: one

-- case: a lambda's parameter is not a column
select list_transform(a, k -> k + b) as l, k from t
-- l <- t.a TRANSFORMATION
-- l <- t.b TRANSFORMATION
-- k <- t.k IDENTITY
