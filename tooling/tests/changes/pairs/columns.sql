-- note: which columns there are: dropped, renamed, added, in another order, behind stars and contracts
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: drop
-- model: m
select id, k, a, b, s from raw.t
-- both: copy
select * from main.m
-- both: uses_a
select id, a * 2 as twice from main.m where k > 0
-- both: filters_b
select id, k from main.m where b > 3
-- both: no_b
select id, k, a from main.copy
-- test: not_null m.id
-- exposure: board reads copy

-- pair: a column that nothing below names is dropped
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; board unknown

-- pair: a column that a filter reads is dropped
-- head: m
select id, k, a, s from raw.t
-- change: m.b removed
-- felt: copy shape; filters_b breaks; board unknown

-- pair: a column that an expression reads is dropped
-- head: m
select id, k, b, s from raw.t
-- change: m.a removed
-- felt: copy shape; uses_a breaks; no_b breaks; board unknown

-- pair: a column that a join reads is dropped
-- both: joined
select m.id, u.x from main.m as m left join raw.u as u on m.s = u.w
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; joined breaks; board unknown

-- pair: a column that only an order reads is dropped
-- both: ordered
select id, k from main.m order by s
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; ordered breaks; board unknown

-- pair: a column that a group reads is dropped
-- both: grouped
select count(*) as n from main.m group by s
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; grouped breaks; board unknown

-- pair: a column that a window reads is dropped
-- both: windowed
select id, row_number() over (partition by s order by id, k, a, b) as nr from main.m
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; windowed breaks; board unknown

-- pair: a column that only an unused CTE reads is dropped
-- dialect: postgres
-- cannot: DuckDB does not look into a CTE that nobody reads; Postgres does, and fails
-- both: unused
with x as (select s from main.m) select id from main.m
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; unused breaks; board unknown

-- pair: a column that a correlated subquery reads is dropped
-- both: correlated
select u.id, (select count(*) from main.m where m.s = u.w) as n from raw.u as u
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; correlated breaks; board unknown

-- pair: a dropped column's name is found in an outer query, and nothing fails
-- both: outer
select u.id, u.w from raw.u as u where exists (select 1 from main.m where w = 'a' and m.id = u.id)
-- base: m
select id, k, a, b, s, s as w from raw.t
-- head: m
select id, k, a, b, s from raw.t
-- change: m.w removed
-- felt: copy shape; outer rows; board unknown

-- pair: a dropped column's name is found in the other table of a join
-- both: other
select u.id, x from raw.u as u join main.m as m on m.id = u.id
-- base: m
select id, k, a, b, s, f as y from raw.t
-- head: m
select id, k, a, b, s from raw.t
-- change: m.y removed
-- felt: copy shape; board unknown

-- pair: a dropped column is read without the alias of its table
-- both: other
select m.id, x from raw.t as m join main.m as n on n.id = m.id
-- base: m
select id, k, a, b, s, b as x from raw.t
-- head: m
select id, k, a, b, s from raw.t
-- change: m.x removed
-- felt: copy shape; other breaks; board unknown

-- pair: an added column makes a name ambiguous
-- kind: add
-- both: clash
select u.id, x from raw.u as u join main.m as m on m.id = u.id
-- head: m
select id, k, a, b, s, a as x from raw.t
-- change: m.x added
-- felt: copy shape; clash breaks

-- pair: an added column is joined by NATURAL
-- kind: add
-- both: nat
select id, a, x from main.m natural join raw.u
-- head: m
select id, k, a, b, s, s as w from raw.t
-- change: m.w added
-- felt: copy shape; nat rows

-- pair: an added column hides an outer one in a subquery
-- kind: add
-- both: outer
select u.id, u.w from raw.u as u where exists (select 1 from main.m where w = 'a' and m.id = u.id)
-- head: m
select id, k, a, b, s, s as w from raw.t
-- change: m.w added
-- felt: copy shape; outer rows

-- pair: a column is added
-- kind: add
-- head: m
select id, k, a, b, s, d from raw.t
-- change: m.d added
-- felt: copy shape

-- pair: a computed column is added in the middle
-- kind: add
-- head: m
select id, k, a + b as c, a, b, s from raw.t
-- change: m.c added; m column order?
-- felt: copy shape

-- pair: a column is added before a union by place
-- kind: union
-- both: stacked
select * from main.m union all select id, x, x, x, w from raw.u
-- head: m
select id, k, a, b, s, d from raw.t
-- change: m.d added
-- felt: copy shape; stacked breaks

-- pair: a column is dropped before a union by place
-- kind: union
-- both: stacked
select * from main.m union all select id, x, x, x, w from raw.u
-- head: m
select id, k, a, s from raw.t
-- change: m.b removed
-- felt: copy shape; stacked breaks; filters_b breaks; board unknown

-- pair: columns change places
-- kind: order of columns
-- head: m
select id, a, k, b, s from raw.t
-- change: m column order
-- felt: copy shape

-- pair: columns change places before a union by place
-- kind: order of columns
-- both: stacked
select * from main.m union all select id, x, 0, x, w from raw.u
-- head: m
select id, a, k, b, s from raw.t
-- change: m column order
-- felt: copy shape; stacked.k value; stacked.a value; stacked shape

-- pair: columns change places before a group by place
-- kind: order of columns
-- both: placed
select *, count(*) as n from main.m group by 1, 2, 3, 4, 5
-- head: m
select id, a, k, b, s from raw.t
-- change: m column order
-- felt: copy shape; placed shape; placed rows?

-- pair: a column is renamed, and its readers are not
-- kind: rename
-- head: m
select id, k, a as amount, b, s from raw.t
-- change: m.a renamed amount
-- felt: copy shape; uses_a breaks; no_b breaks; board unknown

-- pair: a column is renamed, and one reader follows
-- kind: rename
-- head: m
select id, k, a as amount, b, s from raw.t
-- head: uses_a
select id, amount * 2 as twice from main.m where k > 0
-- change: m.a renamed amount; uses_a none
-- felt: copy shape; no_b breaks; board unknown

-- pair: only the case of a name changes
-- kind: rename
-- head: m
select id, k, A, b, s from raw.t
-- change: m none

-- pair: two columns are renamed into each other
-- kind: rename
-- head: m
select id, k, a as b, b as a, s from raw.t
-- change: m.a value; m.b value; m column order
-- felt: copy.a value; copy.b value; copy shape; uses_a.twice value; filters_b rows; no_b.a value; board value

-- pair: a star stops passing a column on
-- kind: star
-- head: copy
select * exclude (b) from main.m
-- change: copy.b removed
-- felt: board unknown

-- pair: a star replaces a column's value
-- kind: star
-- head: copy
select * replace (a * 2 as a) from main.m
-- change: copy.a value
-- felt: no_b.a value; board value

-- pair: a star becomes a list that leaves one out
-- kind: star
-- head: copy
select id, k, a, b from main.m
-- change: copy.s removed
-- felt: board unknown

-- pair: a list becomes a star, and more comes through
-- kind: star
-- both input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- head: m
select * from raw.t
-- change: m.d added; m.f added
-- felt: copy shape

-- pair: a source is declared to have a column more
-- kind: source
-- cannot: what a source is declared to be is not what it is
-- base: m
select * from raw.t
-- head input: raw.t(id int, k int, a int, b int, s text, d date, f boolean, g int)
-- change: raw.t.g added?; raw.t.g unknown?
-- felt: m shape?; copy shape?; m unknown?; copy unknown?; board unknown?

-- pair: a source is declared without a column that a model reads
-- kind: source
-- cannot: what a source is declared to be is not what it is
-- head input: raw.t(id int, k int, a int, b int, d date, f boolean)
-- change: raw.t.s removed?; raw.t.s unknown?
-- felt: m breaks?; m unknown?; uses_a breaks?; copy breaks?; filters_b breaks?; no_b breaks?; board unknown?; not_null_m_id breaks?

-- pair: a source is declared without a column that nobody reads
-- kind: source
-- cannot: what a source is declared to be is not what it is
-- head input: raw.t(id int, k int, a int, b int, s text, d date)
-- change: raw.t.f removed?; raw.t.f unknown?

-- pair: a type goes from whole numbers to text
-- kind: type
-- head: m
select id, k, cast(a as text) as a, b, s from raw.t
-- base: uses_a
select id, a as twice from main.m
-- change: m.a type
-- felt: copy.a value?; copy shape?; uses_a.twice value?; uses_a shape?; no_b.a value?; no_b shape?; board value?

-- pair: a type goes from a date to a moment
-- kind: type
-- base: m
select id, k, a, b, s, d from raw.t
-- head: m
select id, k, a, b, s, cast(d as timestamp) as d from raw.t
-- change: m.d type
-- felt: copy.d value?; copy shape?; board value?

-- pair: a cast that is there already is taken away
-- kind: type
-- base: m
select id, k, cast(a as bigint) as a, b, s from raw.t
-- head: m
select id, k, a, b, s from raw.t
-- change: m.a type
-- felt: copy.a value?; copy shape?; uses_a.twice value?; uses_a shape?; no_b.a value?; no_b shape?; board value?

-- pair: a column is dropped that a test on the next model needs
-- kind: test
-- test: not_null copy.s
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; not_null_copy_s breaks; board unknown

-- pair: a column is dropped that a test of relationships needs
-- kind: test
-- both: small
select distinct id from raw.u
-- test: relationships m.k to small.id
-- head: m
select id, a, b, s from raw.t
-- head: uses_a
select id, a * 2 as twice from main.m
-- head: filters_b
select id, a as k from main.m where b > 3
-- head: no_b
select id, a from main.copy
-- change: m.k removed; uses_a rows; filters_b.k value; no_b.k removed
-- felt: copy shape; relationships_m_k_to_small_id breaks; board unknown

-- pair: a column is dropped that a test of our own needs
-- kind: test
-- test: no_empty_s
select id from main.m where s = ''
-- head: m
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; no_empty_s breaks; board unknown

-- pair: a test of our own feels a value
-- kind: test
-- test: no_big_a
select id from main.m where a > 5
-- head: m
select id, k, a + 3 as a, b, s from raw.t
-- change: m.a value
-- felt: copy.a value; uses_a.twice value; no_b.a value; no_big_a rows; board value
