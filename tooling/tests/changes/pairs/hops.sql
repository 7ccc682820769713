-- note: one change, and many ways to read it: what each reader feels
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- kind: hops
-- model: m
select id, k, a, b, s from raw.t
-- model: r_copy
select * from main.m
-- model: r_rename
select id as key, a as amount from main.m
-- model: r_const
select 1 as one, id from main.m
-- model: r_filter
select id, b from main.m where a > 3
-- model: r_filter_other
select id, a from main.m where b > 3
-- model: r_sum
select sum(a) as total, sum(b) as other from main.m
-- model: r_group_by_a
select a, count(*) as n from main.m group by a
-- model: r_group_by_k
select k, max(a) as top, count(*) as n, count(distinct b) as bs from main.m group by k
-- model: r_having
select k, count(*) as n from main.m group by k having sum(a) > 9
-- model: r_distinct_a
select distinct a from main.m
-- model: r_distinct_b
select distinct id, b from main.m
-- model: r_join_on_a
select u.id, u.x, m.b from raw.u as u join main.m as m on m.a = u.x
-- model: r_left_join_on_a
select u.id, u.x, m.b from raw.u as u left join main.m as m on m.a = u.x
-- model: r_lookup
select u.id, (select max(m.a) from main.m as m where m.k = u.id) as top from raw.u as u
-- model: r_exists
select u.id, u.w from raw.u as u where exists (select 1 from main.m as m where m.a = u.x)
-- model: r_in_b
select u.id, u.w from raw.u as u where u.x in (select b from main.m)
-- model: r_case
select id, case when a > 4 then 'big' else s end as size, b from main.m
-- model: r_coalesce
select id, coalesce(b, a) as first_known from main.m
-- model: r_window
select id, sum(a) over (partition by k) as of_group, row_number() over (partition by k order by b, id, s, a) as nr from main.m
-- model: r_partition
select id, count(*) over (partition by a) as alike from main.m
-- model: r_rank
select id, b, rank() over (order by a) as place from main.m
-- model: r_qualify
select id, b from main.m qualify row_number() over (partition by k order by a, b, id, s) = 1
-- model: r_limit
select id, b from main.m order by a, b, id, s, k limit 3
-- model: r_union
select id, a as v from main.m union all select id, x from raw.u
-- model: r_union_distinct
select k as v from main.m union select x from raw.u
-- model: r_except
select id, x as v from raw.u except select id, a from main.m
-- model: r_dead
with x as (select id, b, a * 2 as twice from main.m) select id, b from x
-- model: r_two_hops
select n * 2 as twice from main.r_group_by_a
-- model: r_through_dead
select id from main.r_case
-- model: r_text
select id, 'a: ' || cast(a as text) as told from main.m
-- model: r_null
select id, b from main.m where a is null

-- pair: other rows
-- head: m
select id, k, a, b, s from raw.t where s <> 'a' and b <> 4
-- change: m rows
-- felt: r_copy rows; r_rename rows; r_const rows; r_filter rows; r_filter_other rows; r_sum.total value; r_sum.other value
-- felt: r_group_by_a rows; r_group_by_a.n value; r_group_by_k rows; r_group_by_k.top value; r_group_by_k.n value; r_group_by_k.bs value
-- felt: r_having rows; r_having.n value; r_distinct_a rows; r_distinct_b rows; r_join_on_a rows; r_left_join_on_a rows
-- felt: r_lookup.top value; r_exists rows; r_in_b rows; r_case rows; r_coalesce rows; r_window rows; r_window.of_group value; r_window.nr value
-- felt: r_partition rows; r_partition.alike value; r_rank rows; r_rank.place value; r_qualify rows; r_limit rows; r_union rows
-- felt: r_union_distinct rows; r_except rows; r_dead rows; r_two_hops rows; r_two_hops.twice value; r_through_dead rows; r_text rows; r_null rows

-- pair: another value in a column
-- head: m
select id, k, a + 3 as a, b, s from raw.t
-- change: m.a value
-- felt: r_copy.a value; r_rename.amount value; r_filter rows; r_filter_other.a value; r_sum.total value
-- felt: r_group_by_a rows; r_group_by_a.n value?; r_group_by_k.top value; r_having rows; r_distinct_a rows
-- felt: r_join_on_a rows; r_left_join_on_a rows; r_left_join_on_a.b value?; r_lookup.top value; r_exists rows
-- felt: r_case.size value; r_coalesce.first_known value; r_window.of_group value; r_window.nr value?
-- felt: r_partition.alike value?; r_rank.place value?; r_qualify rows?; r_limit rows?; r_union.v value; r_except rows
-- felt: r_two_hops rows?; r_two_hops.twice value?; r_text.told value; r_null rows?

-- pair: another value in a column, and it decides otherwise
-- head: m
select id, k, case when b > 4 then null else (a * 7) % 11 end as a, b, s from raw.t
-- change: m.a value
-- felt: r_copy.a value; r_rename.amount value; r_filter rows; r_filter_other.a value; r_sum.total value
-- felt: r_group_by_a rows; r_group_by_a.n value; r_group_by_k.top value; r_having rows; r_distinct_a rows
-- felt: r_join_on_a rows; r_left_join_on_a rows; r_left_join_on_a.b value?; r_lookup.top value; r_exists rows
-- felt: r_case.size value; r_coalesce.first_known value; r_window.of_group value; r_window.nr value?
-- felt: r_partition.alike value; r_rank.place value; r_qualify rows; r_limit rows; r_union.v value; r_except rows
-- felt: r_two_hops rows; r_two_hops.twice value?; r_text.told value; r_null rows

-- pair: a key of groups and partitions changes
-- head: m
select id, k % 3 as k, a, b, s from raw.t
-- change: m.k value
-- felt: r_copy.k value; r_group_by_k rows; r_having rows; r_lookup.top value; r_window.of_group value; r_window.nr value
-- felt: r_qualify rows; r_limit rows?; r_union_distinct rows; r_group_by_k.top value?; r_group_by_k.n value?; r_group_by_k.bs value?

-- pair: a column is dropped
-- head: m
select id, k, b, s from raw.t
-- change: m.a removed
-- felt: r_copy shape; r_rename breaks; r_filter breaks; r_filter_other breaks; r_sum breaks; r_group_by_a breaks
-- felt: r_group_by_k breaks; r_having breaks; r_distinct_a breaks; r_join_on_a breaks; r_left_join_on_a breaks; r_lookup breaks
-- felt: r_exists breaks; r_case breaks; r_coalesce breaks; r_window breaks; r_partition breaks; r_rank breaks; r_qualify breaks
-- felt: r_limit breaks; r_union breaks; r_except breaks; r_dead breaks; r_text breaks; r_null breaks

-- pair: a column is renamed
-- head: m
select id, k, a as amount, b, s from raw.t
-- change: m.a renamed amount
-- felt: r_copy shape; r_rename breaks; r_filter breaks; r_filter_other breaks; r_sum breaks; r_group_by_a breaks
-- felt: r_group_by_k breaks; r_having breaks; r_distinct_a breaks; r_join_on_a breaks; r_left_join_on_a breaks; r_lookup breaks
-- felt: r_exists breaks; r_case breaks; r_coalesce breaks; r_window breaks; r_partition breaks; r_rank breaks; r_qualify breaks
-- felt: r_limit breaks; r_union breaks; r_except breaks; r_dead breaks; r_text breaks; r_null breaks

-- pair: a column is added
-- head: m
select id, k, a, b, s, d from raw.t
-- change: m.d added
-- felt: r_copy shape

-- pair: nothing but another way to write it
-- head: m
with x as (select id, k, a, b, s from raw.t) select x.id, x.k, x.a, x.b, x.s from x
-- change: m none

-- pair: only the order of the rows
-- head: m
select id, k, a, b, s from raw.t order by id desc, k, a, b, s
-- change: m row order

-- pair: rows and a value, in two models at once
-- kind: several edits
-- head: m
select id, k, a, b, s from raw.t where b > 2
-- head: r_rename
select id as key, a * 2 as amount from main.m
-- change: m rows; r_rename.amount value
-- felt: r_copy rows; r_rename rows; r_const rows; r_filter rows; r_filter_other rows?; r_sum.total value; r_sum.other value
-- felt: r_group_by_a rows; r_group_by_a.n value; r_group_by_k rows; r_group_by_k.top value; r_group_by_k.n value; r_group_by_k.bs value
-- felt: r_having rows; r_having.n value; r_distinct_a rows; r_distinct_b rows; r_join_on_a rows; r_left_join_on_a rows
-- felt: r_lookup.top value; r_exists rows; r_in_b rows; r_case rows; r_coalesce rows; r_window rows; r_window.of_group value; r_window.nr value
-- felt: r_partition rows; r_partition.alike value; r_rank rows; r_rank.place value; r_qualify rows; r_limit rows; r_union rows
-- felt: r_union_distinct rows; r_except rows; r_dead rows; r_two_hops rows; r_two_hops.twice value?; r_through_dead rows; r_text rows; r_null rows

-- pair: one model is written another way, and another changes
-- kind: several edits
-- head: m
select x.id, x.k, x.a, x.b, x.s from raw.t as x
-- head: r_case
select id, case when a > 4 then 'huge' else s end as size, b from main.m
-- change: m none; r_case.size value

-- pair: a column goes, and its reader goes with it
-- kind: several edits
-- head: r_group_by_a
select k as a, count(*) as n from main.m group by k
-- head: r_distinct_a removed
-- change: r_group_by_a grain; r_group_by_a.a value?; r_distinct_a removed; r_distinct_a relation dropped?
-- felt: r_two_hops rows; r_two_hops.twice value?
