"""The methods that look at more than the project: ``state:``, ``result:`` and ``source_status:``.

*Source*: https://docs.getdbt.com/reference/node-selection/state-selection, tried with ``dbt ls``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headwater.core.errors import SelectionError, did_you_mean, shown
from headwater.core.project import Node, Project

Predicate = Callable[[Node], bool]

PARTS = ("body", "configs", "contract", "macros", "persisted_descriptions", "relation")
STATES = ("modified", *(f"modified.{part}" for part in PARTS), "new", "old", "unmodified")
_NO_STATE = ("hint", "name the folder of an earlier run's artifacts with --state DIR")


def state(project: Project, arguments: Sequence[str], value: object) -> Predicate:
    """What is new, or different from the earlier state, or not. *Raises*: `SelectionError`."""
    known = [*STATES]
    if value not in known:
        near = did_you_mean(str(value), known)
        raise SelectionError(f"no state '{value}'", ("has", shown(known, len(known))), *near)
    changed = project.selecting.changed
    if changed is None:
        raise SelectionError(f"'state:{value}' needs an earlier state", _NO_STATE)
    word = str(value).removeprefix("modified.")
    wanted = {"old": "new", "unmodified": "modified"}.get(word, word)
    expected = wanted == word
    return lambda node: (wanted in changed.get(node.id, ())) is expected


def result(project: Project, arguments: Sequence[str], value: object) -> Predicate:
    """How the nodes ended in the earlier run. *Raises*: `SelectionError`."""
    results = project.selecting.results
    if results is None:
        hint = ("hint", "name a folder that has a run_results.json with --state DIR")
        raise SelectionError(f"'result:{value}' needs the results of an earlier run", hint)
    return lambda node: results.get(node.id) == value


def source_status(project: Project, arguments: Sequence[str], value: object) -> Predicate:
    """The sources with newer rows than in the earlier state. *Raises*: `SelectionError`."""
    if value != "fresher":
        raise SelectionError(f"no source status '{value}'", ("has", "fresher"))
    fresher = project.selecting.fresher
    if fresher is None:
        hint = ("hint", "run 'dbt source freshness', and name its earlier results with --state DIR")
        raise SelectionError("'source_status:fresher' needs two sources.json", hint)
    return lambda node: node.id in fresher
