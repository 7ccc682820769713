"""What is said of a change is true: whatever breaks or moves when it is made was said to.

Random projects are built on DuckDB before and after random changes. An error is dangerous when a
node is shown safer than it is; those, and only those, fail here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import duckdb
import pytest

from headwater.changes.propagate import Propagation, propagate
from headwater.core.changes import Verdict
from headwater.core.columns import ColumnRef

from .projects import RandomProject, Seen, Trial, build, node_id, random_project, trials

BATCHES = 6
PROJECTS = 3
CHANGES = 16
ORDERS = (0, 1, 2)
KNOWN = ("catalog", "declared", "nothing")


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_is_shown_safer_than_it_is(batch: int) -> None:
    tally: Counter[str] = Counter()
    for seed in range(batch * PROJECTS, (batch + 1) * PROJECTS):
        project = random_project(seed, KNOWN[seed % len(KNOWN)])
        wrong = list(dangerous(project, CHANGES, tally))
        assert not wrong, "\n".join(wrong)
    assert tally["judged"] > PROJECTS * CHANGES
    assert tally["moved"] > PROJECTS


def dangerous(project: RandomProject, count: int, tally: Counter[str]) -> Iterator[str]:
    """Every place that was shown safer than it is, in words."""
    base = build(project)
    shaky = _shaky(project, base)
    for trial in trials(project, count):
        try:
            head = build(project, trial)
        except duckdb.Error:
            continue  # the change itself is not possible
        said = propagate(project.loaded, trial.changes)
        for name, sql in project.models:
            if name in trial.statements or name in shaky:
                continue
            for wrong in _wrong(said, name, (base[name], head[name]), tally):
                yield f"seed {project.seed}: {_told(trial)}: {name}: {wrong}\n  {sql}"


def _told(trial: Trial) -> str:
    return (
        "; ".join(
            f"{change.place} {change.kind}{change.other and f' to {change.other}'}"
            for change in trial.changes
        )
        + f" by {' ; '.join(map(str, trial.statements.values()))[:300]}"
    )


def _shaky(project: RandomProject, base: dict[str, Seen]) -> set[str]:
    """Models whose rows depend on the order of their inputs' rows, and all that read them."""
    found: set[str] = set()
    others = [build(project, order=order) for order in ORDERS[1:]]
    for name, _ in project.models:
        names = [c.lower() for c in base[name].columns]
        lineage = project.loaded.lineages[node_id(name)]
        above = {source.node.rpartition(".")[2] for source in lineage.sources}
        if above & found or any(
            other[name].error or other[name].bag(names) != base[name].bag(names) for other in others
        ):
            found.add(name)
    return found


def _wrong(
    said: Propagation, name: str, seen: tuple[Seen, Seen], tally: Counter[str]
) -> Iterator[str]:
    base, head = seen
    node = node_id(name)
    worst = said.worst(node)
    tally["judged"] += 1
    if head.error:
        tally["moved"] += 1
        if head.skipped and worst is not Verdict.BREAKS:
            return  # the one above it that failed is judged
        if worst not in (Verdict.BREAKS, Verdict.UNKNOWN):
            yield f"said {worst.words}, but it fails: {head.error}"
        elif worst is Verdict.BREAKS and head.skipped != (node in said.blocked):
            tally["blamed otherwise"] += 1
        return
    if worst is Verdict.BREAKS:
        tally["over: breaks"] += 1
        return
    lost = [c for c in base.columns if c not in head.columns]
    gained = [c for c in head.columns if c not in base.columns]
    for column in (*lost, *gained):
        if said.verdict(ColumnRef(node, column)) is Verdict.UNTOUCHED and not _unknown(said, node):
            yield f"column {column} comes or goes, and nothing is said of it"
    yield from _moved(said, node, (base, head), tally)


def _moved(
    said: Propagation, node: str, seen: tuple[Seen, Seen], tally: Counter[str]
) -> Iterator[str]:
    base, head = seen
    retyped = any("type" in hit.reason or "takes" in hit.reason for hit in said.of(node))
    common = [c for c in base.columns if c in head.columns]
    rows = said.verdict(ColumnRef(node, None))
    same_height = len(base.rows) == len(head.rows)
    if not same_height and rows < Verdict.ROWS:
        yield f"{len(base.rows)} rows become {len(head.rows)}, said {rows.words} of its rows"
    moved = not same_height
    for column in common:
        if base.bag([column]) != head.bag([column]):
            moved = True
            felt = said.verdict(ColumnRef(node, column))
            if rows < Verdict.ROWS and felt < (Verdict.SHAPE if retyped else Verdict.VALUE):
                yield f"{column} moves, said {felt.words} of it and {rows.words} of the rows"
    if base.bag(common) != head.bag(common):
        moved = True
        if said.worst(node) < (Verdict.SHAPE if retyped else Verdict.VALUE):
            yield f"its rows move, said {said.worst(node).words}"
    tally["moved"] += moved
    tally["over: moved"] += not moved and said.worst(node) >= Verdict.VALUE
    tally["unknown"] += said.worst(node) is Verdict.UNKNOWN


def _unknown(said: Propagation, node: str) -> bool:
    return said.verdict(ColumnRef(node, None)) is Verdict.UNKNOWN
