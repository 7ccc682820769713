"""What is called unused is not used: dropped from a random project, it takes nothing along."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.questions.unused import unused

from .projects import RandomProject, build, node_id, random_project, remade, trial

BATCHES = 3
PROJECTS = 4


@pytest.mark.parametrize("batch", range(BATCHES))
def test_dropping_what_is_unused_takes_nothing_along(batch: int) -> None:
    found = 0
    for seed in range(batch * PROJECTS, (batch + 1) * PROJECTS):
        project = random_project(1000 + seed)
        answer = unused(project.loaded)
        found += len(answer.columns)
        wrong = list(taken_along(project))
        assert not wrong, "\n".join(wrong)
    assert found > PROJECTS


def taken_along(project: RandomProject) -> Iterator[str]:
    """What failed or moved when all unused columns of one relation were dropped, in words."""
    base = build(project)
    gone = {each.ref for each in unused(project.loaded).columns}
    names = [t.name for t in project.tables] + [name for name, _ in project.models]
    for name in names:
        first = [e for e in unused(project.loaded).columns if e.ref.node == node_id(name)]
        dropped = [each.ref.column or "" for each in first if not each.in_turn]
        kept = [c for c in project.columns[name] if c not in dropped]
        if not dropped or not kept:
            continue
        told = Change(ColumnRef(node_id(name), dropped[0]), ChangeKind.REMOVED, "unused")
        head = build(project, trial(name, told, remade(name, kept)))
        for model, sql in project.models:
            before, after = base[model], head[model]
            columns = [
                c for c in before.columns if c in after.columns or not _is_gone(gone, model, c)
            ]
            if after.error:
                yield f"seed {project.seed}: {name} without {dropped}: {after.error}\n  {sql}"
            elif set(columns) - set(after.columns) and model != name:
                yield f"seed {project.seed}: {name} without {dropped}: {model} lost columns\n  {sql}"
            elif model != name and before.bag(columns) != after.bag(columns):
                yield f"seed {project.seed}: {name} without {dropped}: {model} moves\n  {sql}"


def _is_gone(gone: set[ColumnRef], model: str, column: str) -> bool:
    return ColumnRef(node_id(model), column) in gone
