"""Relations: a project's names, ephemeral models, the node itself, and what is not known."""

from __future__ import annotations

from headwater.core.edges import ColumnFlag, Effect
from headwater.core.relations import Relation, SqlContext
from headwater.sql.parse import parse_node

from .parsing import context, edges_of, flags_of, parse, reasons


def sources(sql: str, ctx: SqlContext) -> dict[str, list[str]]:
    lineage = parse_node(sql, ctx)
    return {
        column: sorted(f"{e.source.node}.{e.source.column}" for e in edges_of(lineage, column))
        for column in lineage.columns
    }


ORDERS = Relation("model.shop.orders", ("id", "amount"), True)


def test_a_name_as_dbt_prints_it() -> None:
    ctx = SqlContext("model.shop.x", "postgres", {'"db"."public"."orders"': ORDERS})
    for written in ('"db"."public"."orders"', "db.public.orders", "public.orders", "orders"):
        assert sources(f"select amount from {written}", ctx) == {
            "amount": ["model.shop.orders.amount"]
        }


def test_a_name_in_backticks_with_dots_inside() -> None:
    ctx = SqlContext("model.shop.x", "bigquery", {"`my-proj`.`shop`.`orders`": ORDERS})
    for written in ("`my-proj`.`shop`.`orders`", "`my-proj.shop.orders`", "`my-proj`.shop.orders"):
        assert sources(f"select amount from {written}", ctx) == {
            "amount": ["model.shop.orders.amount"]
        }


def test_a_name_with_dots_quotes_and_emoji_in_its_parts() -> None:
    name = '"db"."sales.2024"."o""x 💰"'
    ctx = SqlContext("model.shop.x", "postgres", {name: ORDERS})
    assert sources(f"select amount from {name}", ctx) == {"amount": ["model.shop.orders.amount"]}


def test_the_schema_tells_two_relations_of_one_name_apart() -> None:
    ctx = SqlContext(
        "model.shop.x",
        "postgres",
        {
            '"db"."raw"."orders"': Relation("source.shop.raw.orders", ("id", "amount"), True),
            '"db"."public"."orders"': ORDERS,
        },
    )
    sql = "select r.amount as raw, p.amount as clean from raw.orders r join public.orders p using (id)"
    assert sources(sql, ctx) == {
        "raw": ["source.shop.raw.orders.amount"],
        "clean": ["model.shop.orders.amount"],
    }


def test_two_nodes_on_one_relation_are_told_apart_by_the_context() -> None:
    first = SqlContext(
        "model.shop.x", "postgres", {'"db"."s"."t"': Relation("seed.a.t", ("v",), True)}
    )
    other = SqlContext(
        "model.shop.y", "postgres", {'"db"."s"."t"': Relation("seed.b.t", ("v",), True)}
    )
    assert sources("select v from s.t", first) == {"v": ["seed.a.t.v"]}
    assert sources("select v from s.t", other) == {"v": ["seed.b.t.v"]}


def test_an_ephemeral_model_is_a_node_not_a_cte() -> None:
    sql = (
        "with __dbt__cte__orders as (select id * 2 as id, amount from raw_orders), "
        "c as (select amount + 1 as more from __dbt__cte__orders) select more from c"
    )
    ctx = SqlContext(
        "model.shop.x", "postgres", {}, {"__dbt__cte__orders": ORDERS}, external="external."
    )
    assert sources(sql, ctx) == {"more": ["model.shop.orders.amount"]}
    assert reasons(parse_node(sql, ctx)) == []


def test_the_rows_of_a_source_shape_the_rows_of_the_node() -> None:
    lineage = parse_node(
        "select amount from orders", SqlContext("m", "postgres", {"orders": ORDERS})
    )
    rows = [e for e in lineage.edges() if e.source.column is None]
    assert [(e.source.node, e.target.column, e.effect) for e in rows] == [
        ("model.shop.orders", None, Effect.FILTER)
    ]


def test_an_incremental_model_reads_itself() -> None:
    ctx = SqlContext(
        "model.shop.x",
        "postgres",
        {'"db"."s"."x"': Relation("model.shop.x", ("id", "at"), True), "orders": ORDERS},
    )
    sql = "select id, amount as at from orders where amount > (select max(at) from db.s.x)"
    lineage = parse_node(sql, ctx)
    assert {(e.source.node, e.source.column, e.effect.name) for e in edges_of(lineage, None)} == {
        ("model.shop.orders", "amount", "FILTER"),
        ("model.shop.x", "at", "FILTER"),
    }
    assert lineage.gaps == ()


def test_a_table_outside_the_project_is_an_external_node_and_a_gap() -> None:
    lineage = parse_node("select a from db.s.other", SqlContext("m", "postgres", {}))
    assert {e.source.node for e in edges_of(lineage, "a")} == {"external.db.s.other"}
    assert reasons(lineage) == ["unknown_relation"]


def test_a_star_over_a_table_with_unknown_columns_is_open() -> None:
    ctx = SqlContext("m", "duckdb", {"raw": Relation("source.raw", ("id",), complete=False)})
    lineage = parse_node("select *, 1 as one from raw", ctx)
    assert set(lineage.columns) == {"id", "one", "*"}
    assert lineage.is_open
    assert flags_of(lineage, "*") & ColumnFlag.OPEN


def test_a_star_over_a_known_table_is_not_open() -> None:
    assert not parse("select * from orders").is_open


def test_an_aggregate_moves_with_the_rows() -> None:
    lineage = parse(
        "select id, count(*) as n, sum(amount) over () as s, sum(amount) + 1 as t, 1 as one "
        "from orders group by id, amount"
    )
    dependent = [c for c in lineage.columns if flags_of(lineage, c) & ColumnFlag.ROW_DEPENDENT]
    assert dependent == ["n", "s", "t"]
    assert flags_of(lineage, "one") == ColumnFlag.CONSTANT


def test_row_dependence_passes_through_a_cte() -> None:
    lineage = parse("with c as (select count(*) as n from orders) select n + 1 as m from c")
    assert flags_of(lineage, "m") & ColumnFlag.ROW_DEPENDENT


def test_a_column_whose_source_is_not_found_has_failed() -> None:
    lineage = parse("select missing, id from orders")
    assert flags_of(lineage, "missing") & ColumnFlag.FAILED
    assert not flags_of(lineage, "id") & ColumnFlag.FAILED


def test_a_column_of_an_unknown_table_function_is_opaque() -> None:
    lineage = parse("select x from read_parquet('f.parquet')")
    assert flags_of(lineage, "x") & ColumnFlag.OPAQUE
    assert reasons(lineage) == ["unknown_table_function"]


def test_the_order_of_relations_does_not_matter() -> None:
    sql = "select o.id, c.name from orders o join customers c on c.id = o.customer_id"
    ctx = context()
    turned = SqlContext(
        "query", "duckdb", dict(reversed(list(ctx.relations.items()))), {}, external=""
    )
    assert parse_node(sql, ctx) == parse_node(sql, turned)
