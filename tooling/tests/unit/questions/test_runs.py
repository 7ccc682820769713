"""Failures are led back to their roots, and the critical path is the longest chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.project import Node, Project
from headwater.core.runs import NodeRun, Run, in_order
from headwater.graph import build_graph
from headwater.questions.run_causes import failures
from headwater.questions.run_timing import critical_path, slower_nodes, usual_times
from headwater.questions.runs import runs
from headwater.questions.runs_report import message_words, seconds_words

from .shop import Shop

START = datetime(2026, 10, 1, tzinfo=UTC)


def run_of(*nodes: NodeRun, number: int = 0, command: str = "build", partial: bool = False) -> Run:
    at = START + timedelta(days=number)
    return Run(f"run-{number}", command, at, at, 10.0, nodes, is_partial=partial)


def node(name: str, *parents: str, kind: str = "model") -> Node:
    return Node(f"{kind}.p.{name}", kind, name, parents=tuple(f"model.p.{p}" for p in parents))


@st.composite
def projects(draw: st.DrawFn) -> tuple[dict[str, Node], set[str]]:
    """Models in a random order of dependency, and those that fail."""
    size = draw(st.integers(1, 9))
    nodes = {}
    for number in range(size):
        parents = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        made = node(str(number), *map(str, sorted(parents)))
        nodes[made.id] = made
    bad = draw(st.sets(st.sampled_from(sorted(nodes))))
    return nodes, bad


def ancestors(nodes: dict[str, Node], name: str) -> set[str]:
    return {a for p in nodes[name].parents for a in {p} | ancestors(nodes, p)}


@given(projects(), st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_every_skipped_node_has_its_causes(
    made: tuple[dict[str, Node], set[str]], seconds: list[int]
) -> None:
    nodes, bad = made
    ran, skipped = [], {name for name in nodes if ancestors(nodes, name) & bad}
    for name, took in zip(nodes, seconds, strict=False):
        status = "skipped" if name in skipped else "error" if name in bad else "success"
        ran.append(NodeRun(name, status, 0.0 if status == "skipped" else float(took)))
    found = failures(nodes, run_of(*ran))
    assert {each.node for each in found} == bad - skipped
    assert {name for each in found for name in each.skipped} == skipped
    for each in found:
        assert not each.after
        assert each.skipped == tuple(sorted(n for n in nodes if each.node in ancestors(nodes, n)))
    assert [len(each.skipped) for each in found] == sorted(
        (len(each.skipped) for each in found), reverse=True
    )
    path = critical_path(nodes, run_of(*ran))
    took_by = {each.node: each.seconds for each in ran if each.status != "skipped"}

    def longest(name: str) -> float:
        return took_by.get(name, 0.0) + max(map(longest, nodes[name].parents), default=0.0)

    assert sum(step.seconds for step in path) == max(map(longest, took_by), default=0.0)
    for above, below in pairwise(path):
        assert above.node in ancestors(nodes, below.node)


def test_a_failed_test_holds_up_what_is_below_the_node_it_tests() -> None:
    check = node("unique_a", "a", kind="test")
    board = Node("exposure.p.board", "exposure", "board", parents=("model.p.b",))
    nodes = {n.id: n for n in (node("a"), node("b", "a"), node("c", "b"), check, board)}
    run = run_of(
        NodeRun("model.p.a", "success", 1.0),
        NodeRun(check.id, "fail", 5.0, message="Got 2 results"),
        NodeRun("model.p.b", "skipped"),
        NodeRun("model.p.c", "skipped"),
    )
    (failure,) = failures(nodes, run)
    assert (failure.node, failure.skipped) == (check.id, ("model.p.b", "model.p.c"))
    assert failure.exposures == ("exposure.p.board",)


def test_a_failure_below_a_failure_comes_after_it() -> None:
    nodes = {n.id: n for n in (node("a"), node("b", "a"), node("unique_b", "b", kind="test"))}
    found = failures(
        nodes,
        run_of(
            NodeRun("test.p.unique_b", "fail"),
            NodeRun("model.p.b", "success"),
            NodeRun("model.p.a", "error"),
            command="run",
        ),
    )
    assert [(each.node, each.after) for each in found] == [
        ("model.p.a", ()),
        ("test.p.unique_b", ("model.p.a",)),
    ]


def test_what_waits_for_a_test_is_on_the_path_of_a_build_only() -> None:
    nodes = {n.id: n for n in (node("a"), node("b", "a"), node("unique_a", "a", kind="test"))}
    ran = (
        NodeRun("model.p.a", "success", 1.0),
        NodeRun("test.p.unique_a", "pass", 5.0),
        NodeRun("model.p.b", "success", 2.0),
    )
    assert [s.seconds for s in critical_path(nodes, run_of(*ran))] == [1.0, 5.0, 2.0]
    assert [s.seconds for s in critical_path(nodes, run_of(*ran, command="run"))] == [1.0, 5.0]


def test_a_regression_is_more_than_the_usual_spread() -> None:
    def took(seconds: float, number: int, **more: bool) -> Run:
        return run_of(NodeRun("model.p.a", "success", seconds), number=number, **more)

    steady = [took(10.0 + n % 3, n) for n in range(12)]
    usual = usual_times([*steady, took(500.0, 13, partial=True)])
    assert (usual["model.p.a"].runs, usual["model.p.a"].p50) == (12, 11.0)
    assert not slower_nodes(took(16.0, 20), usual)
    (slower,) = slower_nodes(took(22.0, 20), usual)
    assert slower.ratio == 2.0
    assert not slower_nodes(took(22.0, 20, partial=True), usual)
    assert not usual_times(steady[:2])
    quick = usual_times([took(0.1, n) for n in range(5)])
    assert not slower_nodes(took(0.9, 20), quick), "below a second nothing is worth a word"


def test_runs_are_in_order_and_there_once() -> None:
    short = run_of(NodeRun("a", "success"), number=2)
    full = run_of(NodeRun("a", "success"), NodeRun("b", "success"), number=2)
    first = run_of(NodeRun("a", "success"), number=1)
    assert in_order([short, first, full]) == (first, full)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (9.96, "10.0 s"), (59.6, "1 min"), (185, "3 min 5 s"), (7800, "2 h 10 min")],
)
def test_seconds_in_words(seconds: float, words: str) -> None:
    assert seconds_words(seconds) == words


def test_a_message_is_cut_to_what_says_something() -> None:
    text = "Database Error in model b\n  division by zero\n  compiled code at target/b.sql"
    assert message_words(text) == "Database Error in model b\ndivision by zero"
    assert message_words("\n".join("abcd")) == "a\nb\nc\n…"


def test_a_unit_test_holds_up_its_own_model_and_runs_before_it() -> None:
    nodes = {
        each.id: each
        for each in (
            node("raw"),
            node("sums", "raw"),
            node("shown", "sums"),
            node("adds_up", "sums", kind="unit_test"),
            node("unique", "sums", kind="test"),
        )
    }
    ran = run_of(
        NodeRun("model.p.raw", "success", 3.0),
        NodeRun("unit_test.p.adds_up", "fail", 2.0, message="\x1b[32mactual\x1b[0m differs"),
        NodeRun("model.p.sums", "skipped"),
        NodeRun("model.p.shown", "skipped"),
    )
    (failure,) = failures(nodes, ran)
    assert failure.skipped == ("model.p.shown", "model.p.sums")
    assert message_words(failure.message) == "actual differs"
    assert [step.node for step in critical_path(nodes, ran)] == [
        "model.p.raw",
        "unit_test.p.adds_up",
    ]
    well = run_of(*(NodeRun(name, "success", 1.0) for name in nodes))
    assert [step.node.rpartition(".")[2] for step in critical_path(nodes, well)] == [
        "raw", "adds_up", "sums", "unique", "shown",
    ]  # fmt: skip


def test_an_exposure_is_not_among_what_is_to_be_built_again() -> None:
    nodes = {each.id: each for each in (node("a"), node("board", "a", kind="exposure"))}
    ran = run_of(NodeRun("model.p.a", "error"), NodeRun("exposure.p.board", "skipped"))
    project = Project("p", "postgres", "1.11", 12, "", nodes)
    loaded = Shop(project, build_graph(project, {}))
    assert runs(loaded, [ran], is_last=False).retry == ("dbt build --select a",)


def test_what_to_run_again_is_selected_as_dbt_finds_it() -> None:
    versioned = Node("model.p.facts.v2", "model", "facts", version="2")
    dotted = Node("model.p.stg.orders", "model", "stg.orders", parents=("model.p.facts.v2",))
    project_of = Project("p", "duckdb", "1.12", 12, "", {n.id: n for n in (versioned, dotted)})
    ran = run_of(NodeRun(versioned.id, "error"), NodeRun(dotted.id, "skipped"))
    ran = replace(ran, flags="--target prod --vars '<the same>'")
    answer = runs(Shop(project_of, build_graph(project_of, {})), [ran])
    assert answer.retry == (
        "dbt retry",
        "dbt build --select facts.v2 stg.orders --target prod --vars '<the same>'",
    )


def test_what_was_reused_did_not_run() -> None:
    """dbt 2 calls so what an earlier run built well enough: neither slow, nor failed, nor usual."""
    nodes = {each.id: each for each in (node("a"), node("b", "a"), node("c", "b"))}
    shop_of = Shop(
        project := Project("p", "duckdb", "2.0", 12, "", nodes), build_graph(project, {})
    )

    def ran(number: int, a: str, c: str = "success") -> Run:
        results = [NodeRun("model.p.a", a, 60.0), NodeRun("model.p.b", "reused", 90.0)]
        return run_of(*results, NodeRun("model.p.c", c, 2.0), number=number)

    answer = runs(shop_of, [ran(n, "success" if n < 3 else "reused") for n in range(6)])
    assert [each.node for each in answer.slowest] == ["model.p.c"]
    assert [step.node for step in answer.path] == ["model.p.c"]
    assert answer.usual.keys() == {"model.p.a", "model.p.c"}
    assert (answer.usual["model.p.a"].runs, answer.slower, answer.retry) == (3, (), ())
    report = answer.report()
    assert report.headline is not None
    assert report.headline.value == "nothing failed, in 10 s; 2 reused"
    facts = {fact.label: fact.value for fact in report.facts}
    assert (facts["ran"], facts["reused"]) == (1, 2)
    failed = runs(
        shop_of, [ran(0, "error", "skipped"), ran(1, "reused"), ran(2, "error", "skipped")]
    )
    assert failed.before["model.p.a"].runs == 1, "a run that reused it did not run it"


def test_a_long_list_is_selected_by_results_that_dbt_knows() -> None:
    nodes = {each.id: each for each in (node(str(number)) for number in range(30))}
    ends = ["partial success" if number == 7 else "error" for number in range(30)]
    results = [NodeRun(name, end) for name, end in zip(nodes, ends, strict=True)]
    project = Project("p", "duckdb", "1.12", 12, "", nodes)
    answer = runs(Shop(project, build_graph(project, {})), [run_of(*results)])
    assert answer.retry[1] == "dbt build --select 7 result:error --state <a copy of target>"


def test_what_the_end_of_a_run_kept_from_running_is_nobodys_fault() -> None:
    """`--fail-fast` skips what has nothing to do with the failure."""
    nodes = {each.id: each for each in (node("a"), node("b"))}
    project_of = Project("p", "duckdb", "1.12", 12, "", nodes)
    ran = run_of(NodeRun("model.p.a", "error"), NodeRun("model.p.b", "skipped"))
    report = runs(Shop(project_of, build_graph(project_of, {})), [ran]).report()
    skipped = next(table for table in report.tables if table.title == "Skipped")
    assert skipped.rows == (("the end of the run", "b"),)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("", None),
        ("++", "new"),
        ("-+", "new: 1 of 2 runs before failed"),
        ("+--", "since 2026-10-02T00:00:00Z: 2 of 3 runs before failed"),
        ("--s", "since 2026-10-01T00:00:00Z: 2 of 2 runs before failed"),
    ],
)
def test_since_when_it_fails(ends: str, said: str | None) -> None:
    words = {"+": "pass", "-": "fail", "s": "skipped"}
    history = [
        run_of(NodeRun("model.p.a", words[end]), number=number) for number, end in enumerate(ends)
    ]
    last = run_of(NodeRun("model.p.a", "fail"), number=9)
    project_of = Project("p", "duckdb", "1.12", 12, "", {"model.p.a": node("a")})
    answer = runs(Shop(project_of, build_graph(project_of, {})), [*history, last])
    failed = next(table for table in answer.report().tables if table.title == "Failures")
    assert dict(zip(failed.columns, failed.rows[0], strict=True)).get("before") == said


def test_a_run_operation_hides_no_run() -> None:
    """Exporting the run log overwrites run_results.json by a result that is of no node."""
    project_of = Project("p", "duckdb", "1.12", 12, "", {"model.p.a": node("a")})
    shop_of = Shop(project_of, build_graph(project_of, {}))
    build = run_of(NodeRun("model.p.a", "error"))
    export = run_of(NodeRun("macro.p.export", "success"), number=1, command="run-operation")
    assert not export.builds
    answer = runs(shop_of, [build, export], is_last=False)
    assert answer.run is build
    assert answer.retry == ("dbt build --select a",)
    alone = runs(shop_of, [export])
    assert (alone.run, alone.unknown, alone.retry) == (export, (), ())


def test_the_last_run_is_the_last_of_this_project() -> None:
    project_of = Project("p", "duckdb", "1.12", 12, "", {"model.p.a": node("a")})
    ours = [run_of(NodeRun("model.p.a", "success"), number=number) for number in (0, 1)]
    others = [run_of(NodeRun("model.q.b", "error"), number=number) for number in (2, 3)]
    known = [ours[0], others[0], ours[1], others[1]]
    answer = runs(Shop(project_of, build_graph(project_of, {})), known)
    assert (answer.run, answer.earlier) == (ours[1], (ours[0],))
