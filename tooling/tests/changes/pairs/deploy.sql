-- note: what has to be done in the warehouse: incremental models, snapshots, contracts
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- kind: incremental
-- both: copy
select * from main.m
-- both: agg
select k, sum(a) as total from main.m group by k
-- both: narrow
select id, k from main.m
-- model: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t

-- pair: a column is added, and on_schema_change is ignore
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=ignore]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=ignore]
select id, k, a, b, s, d from raw.t
-- change: m.d column silently ignored; m.d added?; m full refresh needed?
-- felt: copy shape?

-- pair: a column is added, and on_schema_change is append_new_columns
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=append_new_columns]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=append_new_columns]
select id, k, a, b, s, d from raw.t
-- change: m.d added; m full refresh needed?; m.d full refresh needed?
-- felt: copy shape

-- pair: a column is added, and on_schema_change is sync_all_columns
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=sync_all_columns]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=sync_all_columns]
select id, k, a, b, s, d from raw.t
-- change: m.d added; m full refresh needed?; m.d full refresh needed?
-- felt: copy shape

-- pair: a column is added, and on_schema_change is fail
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=fail]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=fail]
select id, k, a, b, s, d from raw.t
-- change: m run fails; m.d added; m full refresh needed?
-- felt: copy breaks?; agg breaks?; narrow breaks?; copy shape?

-- pair: a column is removed, and on_schema_change is ignore
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=ignore]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=ignore]
select id, k, a, b from raw.t
-- change: m.s removed; m.s column silently ignored?; m full refresh needed?; m run fails?; m.s run fails?
-- felt: copy shape; copy breaks?; agg breaks?; narrow breaks?

-- pair: a column is removed, and on_schema_change is append_new_columns
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=append_new_columns]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=append_new_columns]
select id, k, a, b from raw.t
-- change: m.s removed; m.s column silently ignored?; m full refresh needed?; m.s value?
-- felt: copy shape

-- pair: a column that is read is removed, and on_schema_change is sync_all_columns
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- base: m [materialized=incremental unique_key=id on_schema_change=sync_all_columns]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id on_schema_change=sync_all_columns]
select id, k, b, s from raw.t
-- change: m.a removed; m full refresh needed?
-- felt: copy shape; agg breaks

-- pair: a value changes in an incremental model
-- base: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id]
select id, k, a * 2 as a, b, s from raw.t
-- change: m.a value; m full refresh needed
-- felt: copy.a value; agg.total value

-- pair: a condition in an incremental model
-- base: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t where b > 5
-- change: m rows; m full refresh needed
-- felt: copy rows; agg rows; agg.total value; narrow rows

-- pair: formatting in an incremental model
-- base: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t where b > 2 and a > 3
-- head: m [materialized=incremental unique_key=id]
select id, k, a, b, s from raw.t where a > 3 and b > 2
-- change: m none

-- pair: another unique key
-- cannot: it takes a table that is there already
-- head: m [unique_key=k]
-- change: m full refresh needed?; m rows?; m grain?; m unknown?; m built another way?; m none
-- felt: copy rows?; agg rows?; narrow rows?

-- pair: a table becomes incremental
-- kind: config
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=incremental]
-- change: m built another way; m none

-- pair: an incremental model becomes a table
-- kind: config
-- head: m [materialized=table]
-- change: m built another way; m none

-- pair: an incremental model becomes a view
-- kind: config
-- head: m [materialized=view]
-- change: m built another way?; m none; m relation dropped; m full refresh needed?

-- pair: on_schema_change is set
-- kind: config
-- head: m [on_schema_change=append_new_columns]
-- change: m none

-- pair: a type changes in an incremental model
-- kind: on_schema_change
-- cannot: it takes a table that is there already
-- head: m [materialized=incremental unique_key=id]
select id, k, cast(a as text) as a, b, s from raw.t
-- change: m.a type; m full refresh needed?; m.a full refresh needed?; m run fails?; m.a column silently ignored?; m column silently ignored?
-- felt: copy.a value?; copy shape?; agg.total value?; agg shape?; agg breaks?; copy breaks?; narrow breaks?

-- pair: a contract, and a column that it names goes
-- kind: contract
-- cannot: dbt itself holds a contract against the query
-- base declared: m(id int, k int, a int, b int, s text)
-- base: m [materialized=table contract=true]
select id, k, a, b, s from raw.t
-- head declared: m(id int, k int, a int, b int, s text)
-- head: m [materialized=table contract=true]
select id, k, a, b from raw.t
-- change: m run fails; m.s removed?
-- felt: copy breaks?; agg breaks?; narrow breaks?; copy shape?

-- pair: a contract, and a column that it does not name comes
-- kind: contract
-- cannot: dbt itself holds a contract against the query
-- base declared: m(id int, k int, a int, b int, s text)
-- base: m [materialized=table contract=true]
select id, k, a, b, s from raw.t
-- head declared: m(id int, k int, a int, b int, s text)
-- head: m [materialized=table contract=true]
select id, k, a, b, s, d from raw.t
-- change: m run fails; m.d added?
-- felt: copy breaks?; agg breaks?; narrow breaks?; copy shape?

-- pair: a contract, and another type comes out
-- kind: contract
-- cannot: dbt itself holds a contract against the query
-- base declared: m(id int, k int, a int, b int, s text)
-- base: m [materialized=table contract=true]
select id, k, a, b, s from raw.t
-- head declared: m(id int, k int, a int, b int, s text)
-- head: m [materialized=table contract=true]
select id, k, cast(a as text) as a, b, s from raw.t
-- change: m run fails; m.a type?; m.a run fails?
-- felt: copy breaks?; agg breaks?; narrow breaks?; copy shape?

-- pair: a contract and its query lose a column together
-- kind: contract
-- base declared: m(id int, k int, a int, b int, s text)
-- base: m [materialized=table contract=true]
select id, k, a, b, s from raw.t
-- head declared: m(id int, k int, a int, b int)
-- head: m [materialized=table contract=true]
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape

-- pair: a contract further down names a column that a star no longer brings
-- kind: contract
-- cannot: dbt itself holds a contract against the query
-- both declared: kept(id int, k int, a int, b int, s text)
-- both: kept [contract=true]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; kept breaks

-- pair: a contract further down does not know a column that a star brings
-- kind: contract
-- cannot: dbt itself holds a contract against the query
-- both declared: kept(id int, k int, a int, b int, s text)
-- both: kept [contract=true]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, b, s, d from raw.t
-- change: m.d added
-- felt: copy shape; kept breaks

-- pair: a snapshot's query gets a condition
-- kind: snapshot
-- both snapshot: snap [strategy=check unique_key=id check_cols=all]
select id, k, a from main.m
-- both: snapped
select id, a from main.snap
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, b, s from raw.t where b > 3
-- change: m rows
-- felt: copy rows; agg rows; agg.total value; narrow rows; snap rows; snapped rows

-- pair: a snapshot's unique key is dropped
-- kind: snapshot
-- cannot: dbt itself makes the statement that reads the key
-- both snapshot: snap [strategy=check unique_key=b check_cols=all]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, s from raw.t
-- change: m.b removed
-- felt: copy shape; snap breaks

-- pair: a column that a snapshot checks is dropped
-- kind: snapshot
-- cannot: dbt itself makes the statement that reads the columns
-- both snapshot: snap [strategy=check unique_key=id check_cols=a,s]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; snap breaks

-- pair: the column of a snapshot's clock is dropped
-- kind: snapshot
-- cannot: dbt itself makes the statement that reads the clock
-- both snapshot: snap [strategy=timestamp unique_key=id updated_at=d]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s, d from raw.t
-- head: m [materialized=table]
select id, k, a, b, s from raw.t
-- change: m.d removed
-- felt: copy shape; snap breaks

-- pair: a column of an incremental key is dropped further up
-- kind: incremental
-- cannot: dbt itself makes the statement that reads the key
-- both: kept [materialized=incremental unique_key=s]
select * from main.m
-- base: m [materialized=table]
select id, k, a, b, s from raw.t
-- head: m [materialized=table]
select id, k, a, b from raw.t
-- change: m.s removed
-- felt: copy shape; kept breaks
