"""Each node is read knowing the columns of its inputs, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from headwater.core.columns import Column, ColumnRef
from headwater.core.edges import ColumnFlag, Gap, GapReason, NodeLineage
from headwater.core.project import Node, Project
from headwater.core.relations import Relation
from headwater.pipeline.contexts import offered
from headwater.pipeline.parsing import Tools, is_known_test, parse_project
from headwater.sql.parse import parse_node

from .nodes import Recorder, node, project


def parse(given: Project, **tools: object) -> tuple[Recorder, dict[str, NodeLineage]]:
    recorder = Recorder()
    known = Tools("postgres", recorder.many, **tools)  # type: ignore[arg-type]
    found, _ = parse_project(given, known)
    return recorder, found


def relation(recorder: Recorder, reader: str, name: str) -> Relation:
    return recorder.seen[f"model.shop.{reader}"].relations[f'"db"."main"."{name}"']


def model(name: str, sql: str | None, *parents: str, **more: object) -> Node:
    ids = [p if "." in p else f"model.shop.{p}" for p in parents]
    return node("model", name, ids, sql=sql, **more)


def test_columns_flow_from_model_to_model() -> None:
    recorder, found = parse(project(model("a", "x, y"), model("b", "*", "a"), model("c", "*", "b")))
    assert relation(recorder, "b", "a") == Relation("model.shop.a", ("x", "y"), complete=True)
    assert relation(recorder, "c", "b") == Relation("model.shop.b", ("x", "y"), complete=True)
    assert found["model.shop.c"].columns == ("x", "y")
    assert list(found) == sorted(found)


def test_a_node_sees_its_parents_and_itself_only() -> None:
    recorder, _ = parse(project(model("a", "x"), model("b", "y"), model("c", "*", "a")))
    assert list(recorder.seen["model.shop.c"].relations) == ['"db"."main"."a"', '"db"."main"."c"']
    assert recorder.seen["model.shop.c"].dialect == "postgres"


def test_declared_columns_may_not_be_all() -> None:
    source = node("source", "raw", declared=["x"])
    recorder, found = parse(project(source, model("a", "*", source.id), model("b", "*", "a")))
    assert relation(recorder, "a", "raw") == Relation(source.id, ("x",), complete=False)
    assert found["model.shop.a"].columns == ("x", "*")
    assert relation(recorder, "b", "a") == Relation("model.shop.a", ("x",), complete=False)


def test_the_catalog_closes_what_the_sql_leaves_open() -> None:
    source = node("source", "raw")
    stg = model("a", "*", source.id, catalog=["x", "y"])
    recorder, _ = parse(project(source, stg, model("b", "*", "a")))
    assert relation(recorder, "b", "a") == Relation("model.shop.a", ("x", "y"), complete=True)


def test_the_sql_wins_over_the_catalog_where_it_is_closed() -> None:
    stg = model("a", "x, new", catalog=["x", "old"])
    recorder, _ = parse(project(stg, model("b", "*", "a")))
    assert relation(recorder, "b", "a").columns == ("x", "new")


def test_a_seed_has_its_catalogs_columns_else_its_files_else_the_declared() -> None:
    seed = node("seed", "codes", declared=["x"])
    reader = model("a", "*", seed.id)

    def header(_: Node) -> tuple[str, ...]:
        return ("x", "y")

    recorder, found = parse(project(seed, reader))
    assert relation(recorder, "a", "codes") == Relation(seed.id, ("x",))
    recorder, found = parse(project(seed, reader), header=header)
    assert relation(recorder, "a", "codes") == Relation(seed.id, ("x", "y"), complete=True)
    assert found[seed.id].columns == ("x", "y")
    known = node("seed", "codes", catalog=["z"])
    recorder, found = parse(project(known, reader), header=header)
    assert relation(recorder, "a", "codes") == Relation(seed.id, ("z",), complete=True)
    assert seed.id not in found


def test_ephemeral_inputs_are_named_as_ctes_with_those_they_rest_on() -> None:
    first = model("first", "x", relation=None, materialized="ephemeral")
    second = model("second", "*", "first", relation=None, extra={"alias": "other"})
    recorder, found = parse(project(first, second, model("a", "*", "second")))
    assert recorder.seen["model.shop.a"].ephemerals == {
        "__dbt__cte__second": Relation("model.shop.second", ("x",), complete=True),
        "__dbt__cte__other": Relation("model.shop.second", ("x",), complete=True),
        "__dbt__cte__first": Relation("model.shop.first", ("x",), complete=True),
    }
    assert found["model.shop.second"].columns == ("x",)


def test_two_nodes_on_one_relation_are_told_apart_by_who_depends_on_them() -> None:
    shared = '"db"."main"."same"'
    one = model("one", "x", relation=shared)
    two = model("two", "y", relation=shared)
    _, found = parse(project(one, two, model("a", "*", "one"), model("b", "*", "two")))
    assert found["model.shop.a"].columns == ("x",)
    assert found["model.shop.b"].columns == ("y",)


def test_an_incremental_model_sees_itself_as_the_catalog_has_it() -> None:
    recorder, _ = parse(project(model("a", "x", catalog=["x", "old"])))
    assert relation(recorder, "a", "a") == Relation("model.shop.a", ("x", "old"), complete=True)


def test_snapshots_get_their_own_columns_before_others_read_them() -> None:
    snap = node("snapshot", "snap", sql="x")

    def with_meta(lineage: NodeLineage, of: Node) -> NodeLineage:
        if of.kind != "snapshot":
            return lineage
        return replace(lineage, columns=(*lineage.columns, "meta"), column_flags=(0, 0))

    recorder, found = parse(project(snap, model("a", "*", snap.id)), table=with_meta)
    assert relation(recorder, "a", "snap").columns == ("x", "meta")
    assert found[snap.id].columns == ("x", "meta")


def test_a_relation_dbt_was_not_told_of_is_looked_for_in_the_project() -> None:
    seed = node("seed", "prices", catalog=["x"])
    source = node("source", "prices", catalog=["x", "y"])
    recorder, found = parse(project(seed, source, model("a", "from db.main.Prices")))
    assert relation(recorder, "a", "prices") == Relation(source.id, ("x", "y"), complete=True)
    assert found["model.shop.a"].sources == (ColumnRef(source.id, "x"), ColumnRef(source.id, "y"))
    _, found = parse(project(source, model("a", "from db.main.other")))
    assert found["model.shop.a"].sources == (ColumnRef("external.db.main.other", None),)


def test_a_relation_of_several_nodes_is_none_of_them_where_dbt_was_not_told_which() -> None:
    shared = '"db"."main"."same"'
    one = model("one", "x", relation=shared, catalog=["x"])
    two = model("two", "y", relation=shared, catalog=["y"])
    reader = model("a", "from db.main.Same")
    _, found = parse(project(one, two, reader))
    assert found[reader.id].sources == (ColumnRef("external.db.main.Same", None),)
    _, found = parse(project(one, reader))
    assert found[reader.id].sources == (ColumnRef(one.id, "x"),)
    _, found = parse(project(one, two, replace(reader, parents=(two.id,))))
    assert found[reader.id].sources == (ColumnRef(two.id, "y"),)


def test_the_gap_names_the_nodes_that_share_a_relation() -> None:
    shared = '"db"."main"."same"'
    source = node("source", "same", catalog=["x"])
    one, reader = model("one", "x", relation=shared), model("a", "select x from db.main.SAME")
    nodes = project(source, one, reader)
    tools = Tools("postgres", lambda tasks: [parse_node(*task) for task in tasks])
    found, _ = parse_project(nodes, tools)
    (gap,) = found[reader.id].gaps
    assert gap.detail == (
        "db.main.SAME could be model.shop.one or source.shop.same: depends_on names none of them"
    )
    assert found[reader.id].columns == ("x",)


def test_what_is_found_so_is_kept_too() -> None:
    source = node("source", "prices", catalog=["x", "y"])
    memory = Memory()
    nodes = (source, model("a", "from db.main.prices"))
    assert again(memory, *nodes) == ["a"]
    assert again(memory, *nodes) == []
    wider = replace(source, catalog_columns=(*(source.catalog_columns or ()), Column("z")))
    assert again(memory, wider, nodes[1]) == ["a"]


# -- what cannot be read -------------------------------------------------------------------------


def reasons(found: Mapping[str, NodeLineage], name: str) -> list[str]:
    return [gap.reason for gap in found[name].gaps]


def test_without_compiled_sql_there_is_a_gap_and_the_columns_that_are_known() -> None:
    bare = model("a", None, declared=["x"])
    recorder, found = parse(project(bare, model("b", "*", "a")))
    assert reasons(found, "model.shop.a") == [GapReason.NOT_COMPILED]
    assert relation(recorder, "b", "a") == Relation("model.shop.a", ("x",))


def test_a_python_model_is_a_gap() -> None:
    python = model("a", "def model(dbt, session): ...", language="python", catalog=["x"])
    recorder, found = parse(project(python, model("b", "*", "a")))
    assert reasons(found, "model.shop.a") == [GapReason.PYTHON_MODEL]
    assert relation(recorder, "b", "a").complete
    assert "model.shop.a" not in recorder.seen


def test_a_model_of_another_project_is_no_gap() -> None:
    foreign = model("a", None, raw_sql=None, path="", catalog=["x"])
    _, found = parse(project(foreign, model("b", "*", "a")))
    assert "model.shop.a" not in found
    assert found["model.shop.b"].columns == ("x",)


def test_a_cycle_is_a_gap_and_not_a_crash() -> None:
    a, b = model("a", "x, y", "b"), model("b", "*", "a", declared=["x"])
    _, found = parse(project(a, b, model("c", "*", "a")))
    assert reasons(found, "model.shop.a") == [GapReason.CYCLE]
    assert reasons(found, "model.shop.b") == [GapReason.CYCLE]
    assert reasons(found, "model.shop.c") == []
    assert found["model.shop.c"].columns == ("x", "y")
    alone = model("a", None, "a")
    assert reasons(parse(project(alone))[1], "model.shop.a") == [
        GapReason.NOT_COMPILED,
        GapReason.CYCLE,
    ]


def test_parents_that_are_not_there_do_no_harm() -> None:
    _, found = parse(project(model("a", "x", "gone")))
    assert found["model.shop.a"].columns == ("x",)


# -- tests ---------------------------------------------------------------------------------------

GENERIC = {
    "test_type": "generic",
    "test_metadata": {"name": "unique", "kwargs": {"column_name": "x"}},
    "attached_node": "model.shop.a",
    "column_name": "x",
}


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({}, True),
        ({"test_metadata": {"name": "not_null", "namespace": "dbt"}}, True),
        ({"test_metadata": {"name": "unique", "namespace": "mine"}}, False),
        ({"test_metadata": {"name": "recent"}}, False),
        ({"where": "y > 1"}, False),
        ({"column_name": "lower(x)"}, False),
        ({"column_name": '"Odd name"'}, True),
        ({"column_name": None}, False),
        ({"attached_node": None}, False),
        ({"test_metadata": None, "test_type": "singular"}, False),
    ],
)
def test_which_tests_need_no_parsing(change: dict[str, object], known: bool) -> None:
    assert is_known_test(node("test", "t", extra=GENERIC | change)) == known


def test_other_tests_are_read_like_models() -> None:
    plain = node("test", "plain", ["model.shop.a"], sql="x", relation=None, extra=GENERIC)
    where = node("test", "where", ["model.shop.a"], sql="x", relation=None)
    where = replace(where, extra={"test_type": "singular"})
    recorder, found = parse(project(model("a", "x"), plain, where))
    assert plain.id not in found
    assert list(recorder.seen[where.id].relations) == ['"db"."main"."a"']
    bare = replace(where, sql=None)
    assert reasons(parse(project(model("a", "x"), bare))[1], where.id) == [GapReason.NOT_COMPILED]


# -- the store -----------------------------------------------------------------------------------


class Memory:
    """A store that counts."""

    def __init__(self) -> None:
        self.kept: dict[bytes, NodeLineage] = {}

    def get_many(self, keys: list[bytes]) -> dict[bytes, NodeLineage]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put_many(self, lineages: Mapping[bytes, NodeLineage]) -> None:
        self.kept.update(lineages)


SOURCE = node("source", "raw", declared=["x"])
CHAIN = (SOURCE, model("a", "*", SOURCE.id), model("b", "x", "a"), model("c", "*", "b"))


def again(memory: Memory, *nodes: Node, stamp: bytes = b"") -> list[str]:
    """The names of the nodes that had to be parsed."""
    recorder, _ = parse(project(*nodes), store=memory, stamp=stamp)
    return sorted(name.rpartition(".")[2] for name in recorder.seen)


def changed(name: str, **change: object) -> tuple[Node, ...]:
    return tuple(replace(n, **change) if n.name == name else n for n in CHAIN)  # type: ignore[arg-type]


def test_nothing_is_parsed_twice() -> None:
    memory = Memory()
    assert again(memory, *CHAIN) == ["a", "b", "c"]
    assert again(memory, *CHAIN) == []
    fresh, kept = parse(project(*CHAIN)), parse(project(*CHAIN), store=memory)
    assert fresh[1] == kept[1]


def test_a_change_is_parsed_and_those_below_only_when_columns_change() -> None:
    memory = Memory()
    again(memory, *CHAIN)
    assert again(memory, *changed("b", sql="x, x2")) == ["b", "c"]
    assert again(memory, *changed("a", sql="x, *")) == ["a", "b"]
    reordered = changed("b", description="other words")
    assert again(memory, *reordered) == []


@pytest.mark.parametrize(
    ("name", "change", "parsed"),
    [
        ("raw", {"relation": '"db"."main"."moved"'}, ["a"]),
        ("raw", {"columns": ()}, ["a", "b"]),
        ("raw", {"catalog_columns": ()}, ["a", "b"]),
        ("b", {"relation": '"db"."main"."moved"'}, ["b", "c"]),
        ("a", {"parents": ()}, ["a", "b"]),
    ],
)
def test_what_a_node_may_read_is_part_of_its_key(
    name: str, change: dict[str, object], parsed: list[str]
) -> None:
    memory = Memory()
    again(memory, *CHAIN)
    assert again(memory, *changed(name, **change)) == parsed


def test_what_an_ephemeral_input_rests_on_is_part_of_the_key() -> None:
    first = model("first", "x", relation=None)
    second = model("second", "y", "first", relation=None)
    last = model("a", "*", "second")
    memory = Memory()
    assert again(memory, first, second, last) == ["a", "first", "second"]
    wider = replace(first, sql="x, z")
    assert again(memory, wider, second, last) == ["a", "first", "second"]


def test_other_code_does_not_trust_what_was_kept() -> None:
    memory = Memory()
    again(memory, *CHAIN, stamp=b"1")
    assert again(memory, *CHAIN, stamp=b"2") == ["a", "b", "c"]


def test_what_went_wrong_inside_is_not_kept() -> None:
    memory = Memory()
    gap = Gap("model.shop.a", None, GapReason.INTERNAL, "bug")
    failed = NodeLineage("model.shop.a", gaps=(gap,))
    for _ in range(2):
        tools = Tools("postgres", lambda tasks: [failed for _ in tasks], store=memory)
        _, counts = parse_project(project(model("a", "x")), tools)
        assert (counts.parsed, counts.cached) == (1, 0)


def test_what_a_node_offers() -> None:
    open_flag = int(ColumnFlag.OPEN)
    given = model("a", "x", declared=["d"])
    closed = NodeLineage(given.id, ("x",), (0,))
    opened = NodeLineage(given.id, ("x", "*"), (0, open_flag))
    assert offered(given, closed) == Relation(given.id, ("x",), complete=True)
    assert offered(given, opened) == Relation(given.id, ("x",))
    assert offered(given, None) == Relation(given.id, ("d",))
    assert offered(given, NodeLineage(given.id)) == Relation(given.id, ("d",))
