"""The critical path and the timeline, against a plain scheduler with a thread for every node.

With so many threads a run takes as long as its critical path, no matter what it is made of.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from headwater.core.project import Node, Project
from headwater.core.runs import NodeRun, Run
from headwater.graph import build_graph
from headwater.questions.runs import Runs, runs

from .shop import Shop

START = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # clocks change in Europe while it runs


def a_project(dice: random.Random) -> dict[str, Node]:
    """Models that read each other, tests of one model and of two, and unit tests."""
    made: dict[str, Node] = {}
    models: list[str] = []
    for number in range(dice.randint(1, 30)):
        parents = dice.sample(models, min(len(models), dice.randint(0, 3)))
        made[f"model.p.{number}"] = Node(
            f"model.p.{number}", "model", str(number), parents=tuple(sorted(parents))
        )
        models.append(f"model.p.{number}")
    for number in range(dice.randint(0, 20)):
        kind = dice.choice(("test", "test", "unit_test"))
        most = 2 if kind == "test" and len(models) > 1 else 1
        tested = dice.sample(models, dice.randint(1, most))
        name = f"{kind}.p.t{number}"
        made[name] = Node(name, kind, f"t{number}", parents=tuple(sorted(tested)))
    names = sorted(made)
    dice.shuffle(names)
    return {name: made[name] for name in names}


def waits(nodes: dict[str, Node], name: str, command: str) -> set[str]:
    """What `dbt build` lets a node wait for; other commands know models only."""
    node = nodes[name]
    if node.kind == "unit_test":
        return set(nodes[node.parents[0]].parents)
    found = set(node.parents)
    if node.kind == "model" and command == "build":
        for each in nodes.values():
            if each.kind == "test" and len(each.parents) == 1 and each.parents[0] in node.parents:
                found.add(each.id)
            if each.kind == "unit_test" and each.parents == (name,):
                found.add(each.id)
    return found


def scheduled(nodes: dict[str, Node], took: dict[str, int], command: str) -> dict[str, int]:
    """When each node begins, second by second."""
    begun: dict[str, int] = {}
    ended: set[str] = set()
    second = 0
    while len(ended) < len(nodes):
        ended |= {name for name, at in begun.items() if at + took[name] <= second}
        ready = {n for n in nodes if n not in begun and waits(nodes, n, command) <= ended}
        begun |= dict.fromkeys(ready, second)
        second += 1
    return begun


def a_run(begun: dict[str, int], took: dict[str, int], command: str) -> Run:
    """The run, as its results tell."""
    results = tuple(
        NodeRun(name, "pass" if "test" in name else "success", float(took[name]),
                START + timedelta(seconds=at), START + timedelta(seconds=at + took[name]), "T")
        for name, at in begun.items()
    )  # fmt: skip
    return Run("a", command, START, START, 0.0, results)


def asked(nodes: dict[str, Node], run: Run) -> Runs:
    """What `lineage runs` says of it."""
    project = Project("p", "postgres", "1.11", 12, "", nodes)
    return runs(Shop(project, build_graph(project, {})), [run])


@pytest.mark.parametrize("seed", range(25))
def test_the_critical_path_is_how_long_a_run_must_take(seed: int) -> None:
    dice = random.Random(seed)
    nodes, command = a_project(dice), dice.choice(("build", "build", "run"))
    if command == "run":
        nodes = {name: node for name, node in nodes.items() if node.kind == "model"}
    took = {name: dice.randint(1, 20) for name in nodes}
    begun = scheduled(nodes, took, command)
    answer = asked(nodes, a_run(begun, took, command))
    whole = max(at + took[name] for name, at in begun.items())
    assert sum(step.seconds for step in answer.path) == whole
    assert begun[answer.path[0].node] == 0
    for before, after in pairwise(answer.path):
        assert begun[after.node] == begun[before.node] + took[before.node], "it waited for nothing"
        assert before.node in waits(nodes, after.node, command)
    bars = answer.report().timeline.bars
    assert len(bars) == min(len(nodes), 40)
    marked = {bar.label for bar in bars if bar.mark}
    assert len(marked) == len(answer.path)
    for bar in bars:
        (name,) = (name for name in nodes if nodes[name].name == bar.label)
        assert (bar.begin, bar.end) == (begun[name], begun[name] + took[name])
    assert answer.report().timeline.seconds == whole
    slowest = [took[each.node] for each in answer.slowest]
    assert slowest == sorted(took.values(), reverse=True)


@pytest.mark.parametrize("seed", range(10))
def test_a_run_that_was_killed_is_told_as_far_as_it_went(seed: int) -> None:
    """What had not ended is left out of the results, without times, or skipped."""
    dice = random.Random(seed)
    nodes = a_project(dice)
    took = {name: dice.randint(1, 20) for name in nodes}
    begun = scheduled(nodes, took, "build")
    full = a_run(begun, took, "build")
    end = max(at + took[name] for name, at in begun.items())
    killed = dice.randint(0, end)
    results, left = [], []
    for each in full.nodes:
        if begun[each.node] + took[each.node] <= killed:
            results.append(each)
        elif dice.random() < 0.7:
            left.append(each.node)
            results.append(NodeRun(each.node, "skipped"))
    if not results:
        return
    answer = asked(nodes, Run("a", "build", START, None, 0.0, tuple(results)))
    assert not answer.failures
    assert sum(step.seconds for step in answer.path) <= killed
    report = answer.report()
    assert report.headline is not None
    assert report.headline.level == ("warn" if left else "good")
    status = next(fact.value for fact in report.facts if fact.label == "status")
    assert status == ("not finished" if left else "went well")
    skipped = [table.rows for table in report.tables if table.title == "Skipped"]
    assert sum(map(len, skipped)) == len(left)
    assert bool(answer.retry) == bool(left)
