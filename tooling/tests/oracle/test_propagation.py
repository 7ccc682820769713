"""What is said of a change is true: whatever breaks or moves when it is made was said to.

Random projects are built on DuckDB before and after random changes. An error is dangerous when a
node is shown safer than it is; those, and only those, fail here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from headwater.changes.propagate import Propagation, propagate
from headwater.core.changes import Change, ChangeKind, Verdict
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
            told = Told(said, node_id(name), project, trial.changes)
            for wrong in _wrong(told, (base[name], head[name]), tally):
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


@dataclass(frozen=True)
class Told:
    """What was said of one node."""

    said: Propagation
    node: str
    project: RandomProject
    said_of: tuple[Change, ...]

    @property
    def worst(self) -> Verdict:
        return self.said.worst(self.node)

    @property
    def rows(self) -> Verdict:
        return self.said.verdict(ColumnRef(self.node, None))

    def of(self, column: str) -> Verdict:
        """Of one column; one that the tool does not know by name is among ``*``."""
        place = ColumnRef(self.node, column)
        known = self.project.loaded.graph.find(place) is not None
        found = self.said.verdict(place)
        return found if known else max(found, self.said.verdict(ColumnRef(self.node, "*")))


def _wrong(told: Told, seen: tuple[Seen, Seen], tally: Counter[str]) -> Iterator[str]:
    base, head = seen
    tally["judged"] += 1
    if head.error:
        tally["moved"] += 1
        if head.skipped and told.worst is not Verdict.BREAKS:
            return  # the one above it that failed is judged
        if told.worst not in (Verdict.BREAKS, Verdict.UNKNOWN):
            yield f"said {told.worst.words}, but it fails: {head.error}"
        elif told.worst is Verdict.BREAKS and head.skipped != (told.node in told.said.blocked):
            tally["blamed otherwise"] += 1
        return
    if told.worst is Verdict.BREAKS:
        tally["over: breaks"] += 1
        return
    lost = [c for c in base.columns if c not in head.columns]
    gained = [c for c in head.columns if c not in base.columns]
    for column in (*lost, *gained):
        if Verdict.UNTOUCHED is told.of(column) and told.rows is not Verdict.UNKNOWN:
            yield f"column {column} comes or goes, and nothing is said of it"
    yield from _moved(told, (base, head), tally)


def _moved(told: Told, seen: tuple[Seen, Seen], tally: Counter[str]) -> Iterator[str]:
    base, head = seen
    retyped = any(change.kind is ChangeKind.TYPE for change in told.said_of)
    least = Verdict.SHAPE if retyped else Verdict.VALUE
    common = [c for c in base.columns if c in head.columns]
    moved = len(base.rows) != len(head.rows)
    if moved and told.rows < Verdict.ROWS:
        yield f"{len(base.rows)} rows become {len(head.rows)}, said {told.rows.words} of its rows"
    for column in common:
        if base.bag([column]) != head.bag([column]):
            moved = True
            if told.rows < Verdict.ROWS and told.of(column) < least:
                yield f"{column} moves, said {told.of(column).words} of it, {told.rows.words} of rows"
    if base.bag(common) != head.bag(common):
        moved = True
        if told.worst < least:
            yield f"its rows move, said {told.worst.words}"
    tally["moved"] += moved
    tally["over: moved"] += not moved and told.worst >= Verdict.VALUE
    tally["unknown"] += told.worst is Verdict.UNKNOWN
