from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from headwater.core.columns import ColumnRef
from headwater.core.errors import HeadwaterError
from headwater.core.project import Node
from headwater.core.trial import Trial
from headwater.experiment.prepare import CannotTry, Preparer
from headwater.experiment.trying import Effort, try_node
from headwater.experiment.warehouse import Warehouse

from .small_project import Small, model, small, source

ORDERS = source("orders", id="integer", amount="numeric(12,2)", status="text", at="timestamp")
SUMS = 'select status, sum(amount) as total from "db"."raw"."orders" where id > 3 group by status'


def tried(where: Small, name: str, warehouse: Warehouse | None = None, **effort: int) -> Trial:
    with warehouse or Warehouse(where.project.nodes) as rows:
        preparer = Preparer(where.project, where.graph, rows)
        return try_node(preparer, f"model.p.{name}", Effort(**effort))


def moved(trial: Trial, output: str | None) -> set[str | None]:
    return {m.source.column for m in trial.movements if m.output == output}


def test_what_moves_what() -> None:
    trial = tried(small(ORDERS, model("sums", SUMS, ORDERS.id)), "sums")
    assert trial.outputs == ("status", "total")
    assert moved(trial, "total") == {"id", "amount", "status", None}
    assert moved(trial, "status") == {"id", "status", None}
    assert "at" not in moved(trial, "total")
    assert trial.tried[ColumnRef(ORDERS.id, "amount")] > 0
    assert trial.tried[ColumnRef(ORDERS.id, "at")] > trial.tried[ColumnRef(ORDERS.id, "amount")]
    assert not trial.cut_short
    assert trial.data == {ORDERS.id: "made up"}


def test_the_same_seed_gives_the_same_trial() -> None:
    where = small(ORDERS, model("sums", SUMS, ORDERS.id))
    assert tried(where, "sums", seed=4) == tried(where, "sums", seed=4)
    assert tried(where, "sums", seed=4).movements == tried(where, "sums", seed=5).movements


def test_an_ephemeral_model_hands_its_sources_on() -> None:
    inner = model(
        "inner", 'select id, amount as x from "db"."raw"."orders"', ORDERS.id, ephemeral=True
    )
    outer = model(
        "outer",
        'with __dbt__cte__inner as (select id, amount as x from "db"."raw"."orders")\n'
        "select id, x + 1 as y from __dbt__cte__inner",
        "model.p.inner",
    )
    trial = tried(small(ORDERS, inner, outer), "outer")
    assert moved(trial, "y") == {"amount", None}


def test_chance_is_told_from_influence_and_the_clock_stands_still() -> None:
    sql = 'select random() as luck, now() as at, id from "db"."raw"."orders"'
    trial = tried(small(ORDERS, model("m", sql, ORDERS.id)), "m")
    assert trial.unstable == {"luck"}
    assert moved(trial, "luck") == set()


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ('select nonsense(id) as x from "db"."raw"."orders"', "DuckDB refuses it: "),
        ("select from where", "not for DuckDB: "),
        (None, "the manifest has no compiled SQL for 'm'"),
    ],
)
def test_what_cannot_be_tried_has_a_reason(sql: str | None, why: str) -> None:
    trial = tried(small(ORDERS, model("m", sql, ORDERS.id)), "m")
    assert trial.failed.startswith(why)
    assert not trial.movements


def test_time_is_bounded() -> None:
    slow = (
        'select a.id, count(*) as n from "db"."raw"."orders" as a, range(30000) as r, range(20000) as s'
        " where hash(a.id, r.range, s.range) % 7 = 3 group by 1"
    )
    trial = tried(small(ORDERS, model("m", slow, ORDERS.id)), "m", seconds=1)
    assert (
        trial.failed == "DuckDB cannot run it: one run takes more than 1 seconds: raise --seconds"
    )


def test_types_are_found_where_none_are_told() -> None:
    bare = source("bare", id=None, born_on=None, price=None, flag=None, doc=None)
    sql = (
        "select date_trunc('month', born_on) as m, sum(price) as p, count(*) filter (where flag) as f,"
        ' max(doc ->> \'a\') as d from "db"."raw"."bare" where id in (1, 2, 3) group by 1'
    )
    upper = model("upper", 'select m + interval 1 day as next from "db"."main"."m"', "model.p.m")
    where = small(bare, model("m", sql, bare.id), upper)
    with Warehouse(where.project.nodes) as rows:
        preparer = Preparer(where.project, where.graph, rows)
        (columns,) = preparer.prepare("model.p.m").schema.values()
        assert columns["flag"] == "BOOLEAN"
        assert columns["doc"] == "JSON"
        assert preparer.types("model.p.m")["p"] == "DOUBLE"
    assert moved(tried(where, "upper"), "next") == {"m", None}


def test_types_are_corrected_by_what_the_database_says() -> None:
    bare = source("bare", a_id=None, b=None)
    sql = 'select list_sum(a_id) as s, b from "db"."raw"."bare" where starts_with(b, \'x\')'
    with Warehouse() as rows:
        where = small(bare, model("m", sql, bare.id))
        with pytest.raises(CannotTry, match="list_aggr"):  # no list of numbers among the guesses
            Preparer(where.project, where.graph, rows).prepare("model.p.m")
        sql = sql.replace("list_sum", "len").replace("a_id)", "a_id[1])")
        where = small(bare, model("m", sql, bare.id))
        (columns,) = Preparer(where.project, where.graph, rows).prepare("model.p.m").schema.values()
    assert columns["a_id"] in ("VARCHAR", "VARCHAR[]")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema raw")
        connection.execute(
            "create table raw.orders as select i as id, i * 1.5 as amount, 'paid' as status,"
            " timestamptz '2026-01-01 00:00:00+00' as at, uuid() as token from range(500) as t(i)"
        )
    return path


def test_rows_of_a_database_are_sampled_and_never_written(database: Path) -> None:
    before = database.read_bytes()
    where = small(ORDERS, model("sums", SUMS, ORDERS.id))

    def trial() -> Trial:
        warehouse = Warehouse(where.project.nodes, database, rows=30, seed=1)
        with warehouse:
            taken = warehouse.take(ORDERS)
            assert taken is not None
            assert len(taken.rows) == 30
        return tried(where, "sums", Warehouse(where.project.nodes, database, rows=30, seed=1))

    first = trial()
    assert first == trial()
    assert first.data == {ORDERS.id: "sample"}
    assert moved(first, "total") >= {"id", "amount", "status"}
    assert database.read_bytes() == before


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(HeadwaterError, match="no DuckDB database") as gone:
        Warehouse(data=tmp_path / "gone.duckdb").__enter__()
    assert gone.value.details == (("hint", "'--data' names a file"),)
    (tmp_path / "other.txt").write_text("not a database, but long enough to look at" * 200)
    with pytest.raises(HeadwaterError, match="as a DuckDB database"):
        Warehouse(data=tmp_path / "other.txt").__enter__()


def test_a_seed_gives_its_own_rows(tmp_path: Path) -> None:
    with (tmp_path / "rates.csv").open("w", newline="") as file:
        lines = [["code", "rate", "from"], ["EUR", "1.1", "2026-01-01"], ["USD", "1", ""]]
        csv.writer(file).writerows(lines)
    seed = Node("seed.p.rates", "seed", "rates", "p", '"db"."main"."rates"', path="rates.csv")
    taken = Warehouse({seed.id: seed}, root=tmp_path).take(seed)
    assert taken is not None
    assert taken.types == {"code": "VARCHAR", "rate": "DOUBLE", "from": "DATE"}
    assert taken.rows[1] == {"code": "USD", "rate": "1", "from": None}
    assert Warehouse({seed.id: seed}, root=tmp_path / "elsewhere").take(seed) is None
