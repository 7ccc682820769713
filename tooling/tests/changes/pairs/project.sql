-- note: changes of the project around the SQL: seeds, sources, macros, variables, configs, models that come and go
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- input: raw.u(id int, x int, w text)
-- seed: rates(k int, rate int)
-- kind: project
-- model: stg
select id, k, a, b, s from raw.t
-- model: m
select stg.id, stg.k, stg.a * r.rate as a, stg.b, stg.s from main.stg as stg left join main.rates as r on r.k = stg.k
-- both: agg
select k, sum(a) as total, count(*) as n from main.m group by k
-- both: narrow
select id, s from main.stg
-- exposure: board reads agg
-- test: not_null stg.id

-- pair: a seed has other content
-- kind: seed
-- head seed: rates(k int, rate int) [content=2]
-- change: rates rows; rates unknown?; rates value?
-- felt: m rows; m.a value; agg rows?; agg.total value; agg.n value; board value; board rows?

-- pair: a seed has another type of column
-- kind: seed
-- cannot: the type that dbt loads a seed with
-- head seed: rates(k int, rate int) [column_types=rate:bigint]
-- change: rates unknown?; rates.rate type; rates value?; rates full refresh needed?; rates built another way?; rates rows?
-- felt: m rows?; m.a value?; agg rows?; agg.total value?; agg.n value?; board rows?

-- pair: a description is written
-- kind: config
-- head: stg [description=2]
-- change: stg none

-- pair: a tag is added
-- kind: config
-- head: stg [tags=daily]
-- change: stg none

-- pair: a view becomes a table
-- kind: config
-- base: stg [materialized=view]
select id, k, a, b, s from raw.t
-- head: stg [materialized=table]
-- change: stg built another way?; stg relation dropped; stg none

-- pair: a table becomes ephemeral, and its readers hold it as a CTE
-- kind: ephemeral
-- base: stg [materialized=table]
select id, k, a, b, s from raw.t
-- head: stg [materialized=ephemeral]
-- change: stg relation dropped; stg none; m none; narrow none; not_null_stg_id none

-- pair: an ephemeral model gets a condition
-- kind: ephemeral
-- base: stg [materialized=ephemeral]
select id, k, a, b, s from raw.t
-- head: stg [materialized=ephemeral]
select id, k, a, b, s from raw.t where b > 4
-- change: stg rows; m none?; narrow none?; m rows?; narrow rows?; not_null_stg_id rows?
-- felt: m rows; narrow rows; agg rows; agg.total value; agg.n value; board rows; not_null_stg_id rows

-- pair: an ephemeral model is written another way
-- kind: ephemeral
-- base: stg [materialized=ephemeral]
select id, k, a, b, s from raw.t
-- head: stg [materialized=ephemeral]
with x as (select * from raw.t) select id, k, a, b, s from x
-- change: stg none

-- pair: a macro that the model uses is edited, and so is its SQL
-- kind: macro
-- base macro: cents
{% macro cents(c) %}{{ c }} * 100{% endmacro %}
-- head macro: cents
{% macro cents(c) %}{{ c }} * 1000{% endmacro %}
-- both raw: stg
select id, k, {{ cents('a') }} as a, b, s from {{ source('raw', 't') }}
-- base: stg [uses=cents]
select id, k, a * 100 as a, b, s from raw.t
-- head: stg [uses=cents]
select id, k, a * 1000 as a, b, s from raw.t
-- change: stg.a value
-- felt: m.a value; agg.total value; board value

-- pair: a macro that the model uses is edited, and its SQL stays
-- kind: macro
-- base macro: cents
{% macro cents(c) %}{{ c }} * 100{% endmacro %}
-- head macro: cents
{% macro cents(c) %}{# in cents #}{{ c }} * 100{% endmacro %}
-- both raw: stg
select id, k, {{ cents('a') }} as a, b, s from {{ source('raw', 't') }}
-- both: stg [uses=cents]
select id, k, a * 100 as a, b, s from raw.t
-- change: stg none

-- pair: a variable has another value
-- kind: var
-- both raw: stg
select id, k, a, b, s from {{ source('raw', 't') }} where a > {{ var('least') }}
-- base: stg
select id, k, a, b, s from raw.t where a > 2
-- head: stg
select id, k, a, b, s from raw.t where a > 5
-- change: stg rows
-- felt: m rows; narrow rows; agg rows; agg.total value; agg.n value; not_null_stg_id rows; board rows

-- pair: a model is added
-- kind: added model
-- head: extra
select id, k from main.stg
-- change: extra added; extra rows?; extra none

-- pair: a model that nothing reads is removed
-- kind: removed model
-- head: narrow removed
-- change: narrow removed; narrow relation dropped?

-- pair: a model is removed, and its reader reads the one before
-- kind: removed model
-- base: m
select stg.id, stg.k, stg.a * r.rate as a, stg.b, stg.s from main.stg as stg left join main.rates as r on r.k = stg.k
-- head: m removed
-- head: agg
select k, sum(a) as total, count(*) as n from main.stg group by k
-- change: m removed; m relation dropped?; agg.total value; agg.n value; agg rows?; agg grain?; agg.k value?
-- felt: board value; board rows?

-- pair: a model gets another name, and its readers follow
-- kind: renamed model
-- head: stg removed
-- head: staged
select id, k, a, b, s from raw.t
-- head: m
select staged.id, staged.k, staged.a * r.rate as a, staged.b, staged.s from main.staged left join main.rates as r on r.k = staged.k
-- head: narrow
select id, s from main.staged
-- head test: not_null stg.id removed
-- head test: not_null staged.id
-- change: stg renamed staged; stg relation dropped?; staged relation dropped?; staged none; m none; narrow none

-- pair: a model gets another name and another condition
-- kind: renamed model
-- head: narrow removed
-- head: slim
select id, s from main.stg where b > 4
-- change: narrow removed; narrow relation dropped?; slim added; slim rows?

-- pair: a model moves to another relation of the same name
-- kind: config
-- cannot: where a relation stands
-- head: stg [alias=stg_orders]
-- change: stg relation dropped; stg none

-- pair: two nodes share a relation, and only one of them is changed
-- kind: shared relation
-- cannot: two nodes cannot build one relation at a time
-- both: stg_old [alias=shared]
select id, k, a from raw.t
-- both: stg_new [alias=shared schema=new]
select id, x as k, x as a from raw.u
-- both: reads_old
select id, a from main.stg_old
-- both: reads_new
select id, a from main.stg_new
-- head: stg_new [alias=shared schema=new]
select id, x as k, x * 2 as a from raw.u
-- change: stg_new.a value
-- felt: reads_new.a value

-- pair: two nodes have the very same relation, and only one of them is changed
-- kind: shared relation
-- cannot: two nodes cannot build one relation at a time
-- both: stg_old [alias=shared]
select id, k, a from raw.t
-- both: stg_new [alias=shared]
select id, x as k, x as a from raw.u
-- both: reads_old
select id, a from main.stg_old
-- both: reads_new
select id, a from main.stg_new
-- head: stg_new [alias=shared]
select id, x as k, x * 2 as a from raw.u
-- change: stg_new.a value
-- felt: reads_new.a value; reads_old.a value?; stg_old.a value?

-- pair: a source stands under another identifier
-- kind: source
-- cannot: another table has other rows
-- head input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [alias=t_v2]
-- change: raw.t unknown; raw.t relation dropped?
-- felt: stg unknown; m unknown; narrow unknown; agg unknown; board unknown; not_null_stg_id unknown

-- pair: a source's declared type changes
-- kind: source
-- cannot: what a source is declared to be is not what it is
-- head input: raw.t(id int, k int, a int, b int, s text, d timestamp, f boolean)
-- change: raw.t.d type?; raw.t.d unknown?

-- pair: a source gets a column, by the catalog
-- kind: source
-- both: all
select * from raw.t
-- base input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- head input: raw.t(id int, k int, a int, b int, s text, d date, f boolean, g int) [catalog]
-- change: raw.t.g added
-- felt: all shape

-- pair: a source loses a column that is read, by the catalog
-- kind: source
-- both: all
select * from raw.t
-- base input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- head input: raw.t(id int, k int, a int, b int, d date, f boolean) [catalog]
-- change: raw.t.s removed
-- felt: all shape; stg breaks

-- pair: a source loses a column that nobody reads, by the catalog
-- kind: source
-- base input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- head input: raw.t(id int, k int, a int, b int, s text, d date) [catalog]
-- change: raw.t.f removed

-- pair: a source's column has another type, by the catalog
-- kind: source
-- cannot: the same rows in another type cannot be made up
-- base input: raw.t(id int, k int, a int, b int, s text, d date, f boolean) [catalog]
-- head input: raw.t(id int, k int, a int, b double, s text, d date, f boolean) [catalog]
-- change: raw.t.b type
-- felt: stg.b value?; stg shape?; m.b value?; m shape?

-- pair: another version of a model becomes the latest
-- kind: version
-- both: dim.v1 [version=1 latest=2]
select id, k from raw.t
-- base: dim.v2 [version=2 latest=2]
select id, k, a from raw.t
-- head: dim.v2 [version=2 latest=2]
select id, k, a * 2 as a from raw.t
-- both: on_one
select id, k from main.dim_v1
-- both: on_two
select id, k, a from main.dim_v2
-- change: dim.v2.a value
-- felt: on_two.a value

-- pair: a version is added, and readers stay on the old one
-- kind: version
-- both: dim.v1 [version=1 latest=1]
select id, k from raw.t
-- head: dim.v2 [version=2 latest=1]
select id, k, a from raw.t
-- both: on_one
select id, k from main.dim_v1
-- change: dim.v2 added; dim.v2 rows?

-- pair: a model becomes private
-- kind: config
-- head: stg [access=private]
-- change: stg none

-- pair: a hook is added
-- kind: config
-- head: stg [post-hook=analyze]
-- change: stg none; stg unknown?; stg rows?; stg value?; stg built another way?
-- felt: m unknown?; narrow unknown?; agg unknown?; board unknown?; not_null_stg_id unknown?
