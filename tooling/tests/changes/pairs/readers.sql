-- note: what is not SQL, and reads columns: unit tests, metrics, exposures
-- input: raw.t(id int, k int, a int, b int, s text, d date, f boolean)
-- kind: unit test
-- cannot: dbt itself runs what reads it
-- model: stg
select id, k, a, b, s from raw.t
-- model: m
select id, k, a + b as total from main.stg
-- exposure: board reads m

-- pair: a column that a unit test expects is renamed
-- unit test: test_m on m given stg(id, k, a, b) expects (id, total)
-- head: m
select id, k, a + b as amount from main.stg
-- change: m.total renamed amount
-- felt: test_m breaks; board unknown

-- pair: a column that a unit test is given is dropped
-- unit test: test_m on m given stg(id, k, a, b, s) expects (id, total)
-- head: stg
select id, k, a, b from raw.t
-- change: stg.s removed
-- felt: test_m breaks

-- pair: the logic that a unit test expects changes
-- unit test: test_m on m given stg(id, k, a, b) expects (id, total)
-- head: m
select id, k, a - b as total from main.stg
-- change: m.total value
-- felt: test_m value; board value

-- pair: logic before the model that a unit test is about
-- unit test: test_m on m given stg(id, k, a, b) expects (id, total)
-- head: stg
select id, k, a * 2 as a, b, s from raw.t
-- change: stg.a value
-- felt: m.total value; board value

-- pair: formatting of a model with a unit test
-- unit test: test_m on m given stg(id, k, a, b) expects (id, total)
-- head: m
select
    id,
    k,
    a + b as total
from main.stg
-- change: m none

-- pair: a metric's measure reads a column whose value changes
-- kind: metric
-- metric: revenue sums m.total by k
-- head: m
select id, k, a * b as total from main.stg
-- change: m.total value
-- felt: semantic_model.m.revenue value?; semantic_model.m rows?; revenue value; board value

-- pair: a metric's measure reads a column that goes
-- kind: metric
-- metric: revenue sums m.total by k
-- head: m
select id, k from main.stg
-- change: m.total removed
-- felt: semantic_model.m breaks; revenue breaks; board unknown

-- pair: a metric's model gets a condition
-- kind: metric
-- metric: revenue sums m.total by k
-- head: m
select id, k, a + b as total from main.stg where k > 3
-- change: m rows
-- felt: semantic_model.m rows; semantic_model.m.revenue value?; revenue rows?; revenue value; board rows

-- pair: a column of a metric's model that no metric reads
-- kind: metric
-- metric: revenue sums m.total by k
-- head: m
select id * 2 as id, k, a + b as total from main.stg
-- change: m.id value
-- felt: board value

-- pair: an exposure on a model with a condition
-- kind: exposure
-- head: stg
select id, k, a, b, s from raw.t where s = 'b'
-- change: stg rows
-- felt: m rows; board rows

-- pair: an exposure on a model that does not feel the change
-- kind: exposure
-- head: stg
select id, k, a, b, s || '!' as s from raw.t
-- change: stg.s value

-- pair: an exposure on a model that breaks
-- kind: exposure
-- head: stg
select id, k, b, s from raw.t
-- change: stg.a removed
-- felt: m breaks; board breaks
