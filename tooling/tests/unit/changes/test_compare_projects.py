"""Two projects compared: what was edited, and what it does there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from headwater.changes.node_diff import NodeDiff, Status
from headwater.core.columns import Column
from headwater.core.errors import UsageError
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.pipeline.loading import Loaded
from headwater.pipeline.parsing import Tools, parse_project
from headwater.questions.diff import Diff, diff
from headwater.sql.parse import parse_node


def relation(name: str) -> str:
    return f'"db"."main"."{name}"'


def model(name: str, sql: str | None, *parents: str, **more: Any) -> Node:
    config = {"materialized": "table", **more.pop("config", {})}
    for parent in parents:
        sql = sql.replace(f"@{parent}", relation(parent)) if sql else sql
    made = Node(
        f"model.shop.{name}",
        "model",
        name.partition(".")[0],
        package="shop",
        relation=relation(name),
        sql=sql,
        raw_sql=sql,
        parents=tuple(f"{'source.shop' if p == 'raw' else 'model.shop'}.{p}" for p in parents),
        config=config,
        materialized=config["materialized"],
        path=f"models/{name}.sql",
    )
    return replace(made, **more)


def source(*columns: str) -> Node:
    known = tuple(Column(name, "int") for name in columns)
    return Node("source.shop.raw", "source", "raw", relation=relation("raw"), catalog_columns=known)


RAW = source("id", "k", "a", "b")
STG = model("stg", "select id, k, a, b from @raw", "raw")
MART = model("mart", "select k, sum(a) as total from @stg group by k", "stg")


def loaded(*nodes: Node, macros: Mapping[str, str] | None = None, **more: Any) -> Loaded:
    known = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    project = Project("shop", "duckdb", "1.11.0", 12, "", known, macros=macros or {})
    project = replace(project, **more)
    tools = Tools("duckdb", lambda tasks: [parse_node(*task) for task in tasks])
    lineages, _ = parse_project(project, tools)
    return Loaded(project, build_graph(project, lineages), lineages)


def compared(base: tuple[Node, ...], head: tuple[Node, ...], **more: Any) -> Diff:
    return diff(loaded(*base, **more), loaded(*head, **more))


def told(answer: Diff) -> list[tuple[str, str]]:
    return [(str(change.place), change.kind.value) for change in answer.changes]


def status(answer: Diff) -> dict[str, Status]:
    return {node.node.rpartition(".")[2]: node.status for node in answer.nodes}


def one(answer: Diff) -> NodeDiff:
    assert len(answer.nodes) == 1
    return answer.nodes[0]


def test_nothing() -> None:
    answer = compared((RAW, STG, MART), (MART, STG, RAW))
    assert (answer.nodes, answer.changes, answer.build_command) == ((), (), "")
    assert not answer.hits_gate("any")


def test_another_schema_is_no_edit() -> None:
    def elsewhere(node: Node) -> Node:
        moved = {key: text.replace('"main"', '"ci"') for key, text in
                 (("relation", node.relation or ""), ("sql", node.sql or ""))}  # fmt: skip
        return replace(node, **moved) if node.kind == "model" else node

    head = tuple(map(elsewhere, (STG, MART)))
    stg = replace(head[0], sql=STG.sql)  # it reads the same source
    assert compared((RAW, STG, MART), (RAW, stg, head[1])).nodes == ()


def test_rows_with_what_is_built() -> None:
    head = model("stg", "select id, k, a, b from @raw where a > 1", "raw")
    answer = compared((RAW, STG, MART), (RAW, head, MART))
    assert told(answer) == [("stg.*rows", "rows")]
    assert answer.changes[0].reason == "condition added: a > 1"
    assert head.sql is not None
    assert head.sql[slice(*answer.changes[0].head)] == "a > 1"
    assert answer.build_command == "dbt build -s stg+"
    assert [
        answer.hits_gate(gate) for gate in ("none", "breaking", "unknown", "rows", "value")
    ] == [*(False, False, False, True, True)]


def test_what_feels_nothing_is_not_built() -> None:
    other = model("other", "select id from @stg", "stg")
    head = model("stg", "select id, k, a + 1 as a, b from @raw", "raw")
    answer = compared((RAW, STG, MART, other), (RAW, head, MART, other))
    assert answer.build_command == "dbt build -s mart stg"
    assert answer.propagation.untouched == ("model.shop.other",)


def test_proved_the_same() -> None:
    head = model("stg", "with x as (select * from @raw) select id, k, a, b from x -- tidy", "raw")
    answer = compared((RAW, STG, MART), (RAW, head, MART))
    assert one(answer).status is Status.SAME
    assert one(answer).proof == "another way to write the same query"
    assert answer.build_command == ""


def test_a_comment_in_a_macro_call_only() -> None:
    head = replace(STG, raw_sql=f"{STG.raw_sql} -- tidy")
    answer = compared((RAW, STG), (RAW, head))
    assert (one(answer).status, one(answer).proof) == (
        Status.SAME,
        "the compiled SQL is the same",
    )


def test_a_rename_and_the_reader_that_follows() -> None:
    stg = model("stg", "select id, k, a as amount, b from @raw", "raw")
    mart = model("mart", "select k, sum(amount) as total from @stg group by k", "stg")
    answer = compared((RAW, STG, MART), (RAW, stg, mart))
    assert told(answer) == [("stg.a", "renamed")]
    assert (answer.changes[0].other, answer.changes[0].similarity) == ("amount", 1.0)
    assert status(answer) == {"stg": Status.MODIFIED, "mart": Status.SAME}


def test_a_rename_is_followed_through_a_star() -> None:
    between = model("between", "select * from @stg", "stg")
    mart = model("mart", "select k, sum(a) as total from @between group by k", "between")
    stg = model("stg", "select id, k, a as amount, b from @raw", "raw")
    follows = model("mart", "select k, sum(amount) as total from @between group by k", "between")
    answer = compared((RAW, STG, between, mart), (RAW, stg, between, follows))
    assert told(answer) == [("stg.a", "renamed")]


def test_a_renamed_model_and_its_readers() -> None:
    stg = replace(STG, id="model.shop.staged", name="staged", relation=relation("staged"))
    mart = replace(
        MART,
        sql=(MART.sql or "").replace('"stg"', '"staged"'),
        raw_sql="changed",
        parents=(stg.id,),
    )
    answer = compared((RAW, STG, MART), (RAW, stg, mart))
    assert told(answer) == [("stg.*rows", "renamed"), ("stg.*rows", "relation dropped")]
    assert status(answer) == {"staged": Status.RENAMED, "mart": Status.SAME}


def test_a_version_bump() -> None:
    old = model("stg.v1", STG.sql, version="1")
    new = model("stg.v2", f"{STG.sql} where a > 1", version="2")
    answer = compared((old,), (new,))
    assert ("stg.v2.*rows", "rows") in told(answer)
    assert one(answer).status is Status.RENAMED


def test_a_part_of_a_model_becomes_a_model() -> None:
    whole = model(
        "mart",
        "with x as (select k, a * 2 as c from @raw where b > 1) select k, sum(c) as c from x group by k",
        "raw",
    )
    part = model("part", "select k, a * 2 as c from @raw where b > 1", "raw")
    rest = model("mart", "select k, sum(c) as c from @part group by k", "part")
    answer = compared((RAW, whole), (RAW, part, rest))
    assert status(answer) == {"mart": Status.SAME, "part": Status.ADDED}
    back = compared((RAW, part, rest), (RAW, whole))
    assert status(back) == {"mart": Status.SAME, "part": Status.REMOVED}


def test_an_incremental_part_is_not_read_through() -> None:
    part = model(
        "part", "select k, a as c from @raw", "raw", config={"materialized": "incremental"}
    )
    whole = model("mart", "select k, a as c from @raw", "raw")
    rest = model("mart", "select k, c from @part", "part")
    assert status(compared((RAW, whole), (RAW, part, rest)))["mart"] is Status.MODIFIED


def test_macros() -> None:
    calls = replace(STG, sql=None, extra={"macros": ["macro.shop.cents"]})
    base = loaded(RAW, calls, macros={"macro.shop.cents": "one"})
    head = loaded(RAW, calls, macros={"macro.shop.cents": "two"})
    answer = diff(base, head)
    assert told(answer) == [("stg.*rows", "unknown")]
    assert answer.changes[0].reason == (
        "a macro that it calls was edited (cents), and the SQL is not compiled"
    )
    compiled = replace(calls, sql=STG.sql)
    same = diff(
        loaded(RAW, compiled, macros={"macro.shop.cents": "one"}),
        loaded(RAW, compiled, macros={"macro.shop.cents": "two"}),
    )
    assert (one(same).status, one(same).edited, one(same).culprits) == (
        Status.SAME,
        ("macros",),
        ("macro.shop.cents",),
    )


def test_python_and_what_is_not_compiled() -> None:
    python = replace(STG, language="python", sql="def model(): 1", raw_sql="def model(): 1")
    edited = replace(python, sql="def model(): 2", raw_sql="def model(): 2")
    assert told(compared((RAW, python), (RAW, edited))) == [("stg.*rows", "unknown")]
    raw = replace(STG, sql=None)
    answer = compared((RAW, raw), (RAW, replace(raw, raw_sql="edited")))
    assert told(answer) == [("stg.*rows", "unknown")]
    assert "nor whether vars changed" in answer.notes[0]


def test_sql_that_cannot_be_understood() -> None:
    base = replace(STG, sql="selekt a from", raw_sql="a")
    head = replace(STG, sql="selekt a, b from", raw_sql="b")
    assert told(compared((RAW, base), (RAW, head))) == [("stg.*rows", "unknown")]
    pattern = f"select columns('a.*') from {relation('raw')}"
    same = replace(STG, sql=f"{pattern} -- c", raw_sql="c")
    answer = compared((RAW, replace(STG, sql=pattern, raw_sql="d")), (RAW, same))
    assert one(answer).proof == "only layout and comments"


INCREMENTAL = {"materialized": "incremental", "unique_key": "id"}


@pytest.mark.parametrize(
    ("schema", "sql", "kinds"),
    [
        ("ignore", "select id, k, a from @raw", ["removed", "run fails"]),
        ("ignore", "select id, k, a, b, a as c from @raw", ["added", "column silently ignored"]),
        ("append_new_columns", "select id, k, a from @raw", ["removed", "full refresh needed"]),
        ("append_new_columns", "select id, k, a, b, a as c from @raw", ["added", "full refresh needed"]),
        ("sync_all_columns", "select id, k, a from @raw", ["removed"]),
        ("fail", "select id, k, a, b, a as c from @raw", ["added", "run fails"]),
        ("fail", "select id, k, a, b + 1 as b from @raw", ["value", "full refresh needed"]),
    ],
)  # fmt: skip
def test_incremental_models(schema: str, sql: str, kinds: list[str]) -> None:
    more = {"config": {**INCREMENTAL, "on_schema_change": schema}}
    extra = {"on_schema_change": schema}
    base = model("stg", "select id, k, a, b from @raw", "raw", extra=extra, **more)
    head = model("stg", sql, "raw", extra=extra, **more)
    answer = compared((RAW, base), (RAW, head))
    assert [kind for _, kind in told(answer)] == kinds
    if "full refresh needed" in kinds:
        assert answer.build_command == "dbt build --full-refresh -s stg"


def test_a_broken_contract() -> None:
    columns = (Column("id", "int"), Column("k", "int"), Column("a", "int"), Column("b", "int"))
    contract = {"columns": columns, "extra": {"contract_enforced": True}}
    base = replace(STG, **contract)
    head = replace(base, sql=(STG.sql or "").replace(", b from", " from"), raw_sql="edited")
    answer = compared((RAW, base), (RAW, head))
    assert told(answer) == [("stg.b", "removed"), ("stg.*rows", "run fails")]
    assert answer.hits_gate("breaking")
    cast = replace(base, sql=(STG.sql or "").replace("a,", "a::text as a,"), raw_sql="edited")
    assert told(compared((RAW, base), (RAW, cast))) == [
        ("stg.a", "type"),
        ("stg.*rows", "run fails"),
    ]


def test_a_seed_and_a_source() -> None:
    seed = Node(
        "seed.shop.s", "seed", "s", relation=relation("s"), checksum="1", materialized="seed"
    )
    assert told(compared((seed,), (replace(seed, checksum="2"),))) == [("s.*rows", "unknown")]
    wider = source("id", "k", "a", "b", "c")
    assert told(compared((RAW, STG), (wider, STG)))[0][1] == "added"
    elsewhere = replace(RAW, relation='"db"."other"."raw"')
    assert told(compared((RAW,), (elsewhere,)))[0][1] == "unknown"


def test_what_is_removed_and_added() -> None:
    answer = compared((RAW, STG, MART), (RAW, STG))
    assert told(answer) == [("mart.*rows", "removed")]
    answer = compared((RAW, STG), (RAW, STG, MART))
    assert told(answer) == [("mart.*rows", "added")]
    assert answer.build_command == "dbt build -s mart"


@pytest.mark.parametrize(("what", "value"), [("name", "blog"), ("adapter", "snowflake")])
def test_two_different_things(what: str, value: str) -> None:
    base, head = loaded(RAW, STG), loaded(RAW, STG, **{what: value})
    word = "project" if what == "name" else what
    with pytest.raises(UsageError, match=f"base and head are of different {word}s"):
        diff(base, head)
    assert diff(base, head, force=True).notes


def test_a_project_without_base_packages() -> None:
    other = replace(STG, id="model.utils.stg", package="utils", relation=relation("u"))
    answer = compared((RAW, STG, other), (RAW, STG))
    assert answer.notes == ("packages that only the base has: utils",)


def test_a_name_that_is_there_twice() -> None:
    base = model("stg", "select id, a, b as a from @raw", "raw")
    head = model("stg", "select id, a, k as a from @raw", "raw")
    assert told(compared((RAW, base), (RAW, head))) == [("stg.a", "value")]
