"""Every node after what it depends on, whatever the order it came in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from headwater.pipeline.ordering import batches

Parents = dict[str, list[str]]


def test_leaves_come_last_and_batches_are_sorted() -> None:
    parents = {"c": ["a"], "b": ["a"], "d": ["b", "c"], "a": [], "test": ["a"], "alone": []}
    assert batches(parents) == ([["a"], ["b", "c"], ["alone", "d", "test"]], frozenset())


def test_unknown_and_repeated_parents_do_not_count() -> None:
    assert batches({"b": ["a", "a", "gone"], "a": []}) == ([["a"], ["b"]], frozenset())


def test_a_cycle_is_one_batch_and_what_follows_it_still_has_its_turn() -> None:
    parents = {
        "a": [],
        "x": ["a", "z"],
        "y": ["x"],
        "z": ["y"],
        "after": ["z"],
        "leaf": ["after"],
    }
    found, cyclic = batches(parents)
    assert cyclic == {"x", "y", "z"}
    assert found == [["a"], ["x", "y", "z"], ["after"], ["leaf"]]


def test_a_node_that_depends_on_itself() -> None:
    assert batches({"a": ["a"], "b": ["a"]}) == ([["a"], ["b"]], frozenset("a"))


def test_a_long_chain_needs_no_recursion() -> None:
    parents = {f"n{at:05}": [f"n{at - 1:05}"] if at else [] for at in range(20_000)}
    found, _ = batches(parents)
    assert len(found) == 20_000


@st.composite
def graphs(draw: st.DrawFn) -> Parents:
    names = [f"n{at}" for at in range(draw(st.integers(0, 12)))]
    lists = st.lists(st.sampled_from(names), max_size=4) if names else st.just([])
    return {name: draw(lists) for name in names}


@given(graphs(), st.randoms(use_true_random=False))
def test_any_graph_is_ordered(parents: Parents, chance: random.Random) -> None:
    found, cyclic = batches(parents)
    assert sorted(node for batch in found for node in batch) == sorted(parents)
    assert cyclic == _on_cycles(parents) | _between(parents)
    place = {node: at for at, batch in enumerate(found) for node in batch}
    for node, above in parents.items():
        assert node in cyclic or all(place[parent] < place[node] for parent in above)
    shuffled = list(parents.items())
    chance.shuffle(shuffled)
    assert batches(dict(shuffled)) == (found, cyclic)


def _reach(parents: Mapping[str, Sequence[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = list(parents[start])
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo.extend(parents[node])
    return seen


def _on_cycles(parents: Mapping[str, Sequence[str]]) -> set[str]:
    return {node for node in parents if node in _reach(parents, node)}


def _between(parents: Mapping[str, Sequence[str]]) -> set[str]:
    """Nodes with a cycle above them and a cycle below them."""
    cycles = _on_cycles(parents)
    below = {node for node in parents if any(node in _reach(parents, c) for c in cycles)}
    return {node for node in below if _reach(parents, node) & cycles}
