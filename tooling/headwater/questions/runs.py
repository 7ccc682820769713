"""What happened in the last run of dbt: what failed and why, what took long, what to run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headwater.core.columns import short_name
from headwater.core.errors import ArtifactError, NotFound, shown
from headwater.core.moments import time_text
from headwater.core.project import Node
from headwater.core.report import Report
from headwater.core.runs import BAD, DID_NOT_RUN, SKIPPED, NodeRun, Run, is_no_node
from headwater.questions.loaded import Loaded
from headwater.questions.run_causes import Before, Failure, earlier_ends, failures
from headwater.questions.run_timing import (
    Slower,
    Step,
    Usual,
    critical_path,
    slower_nodes,
    usual_times,
)

#: Commands that ``dbt retry`` knows how to go on with.
RETRIED = frozenset(
    {"build", "compile", "clone", "run", "seed", "snapshot", "test", "generate", "run-operation"}
)
_NOT_NAMED = ("exposure.", "metric.", "saved_query.", "semantic_model.")
_NAMED = 20  #: more nodes than this are selected by their results, not by their names


@dataclass(frozen=True, slots=True)
class Runs:
    """The answer. ``run`` is the one that is told of; ``None`` when no run is known.

    ``earlier`` are the others, the oldest first; ``unknown`` are nodes that ran and are not in the
    manifest. ``before``: how what failed ended earlier. ``retry`` are commands that run what is
    missing, the first the best.
    """

    run: Run | None
    earlier: tuple[Run, ...]
    nodes: Mapping[str, Node]
    failures: tuple[Failure, ...]
    path: tuple[Step, ...]
    usual: Mapping[str, Usual]
    slower: tuple[Slower, ...]
    retry: tuple[str, ...]
    unknown: tuple[str, ...]
    before: Mapping[str, Before] = field(default_factory=dict)

    def of(self, *statuses: str) -> tuple[NodeRun, ...]:
        """What ended with one of these statuses."""
        nodes = self.run.nodes if self.run else ()
        return tuple(each for each in nodes if each.status in statuses)

    @property
    def slowest(self) -> tuple[NodeRun, ...]:
        """What ran, the slowest first."""
        nodes = self.run.nodes if self.run else ()
        ran = [each for each in nodes if each.status not in DID_NOT_RUN]
        return tuple(sorted(ran, key=lambda each: (-each.seconds, each.node)))

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.runs_report import runs_report  # noqa: PLC0415 - a circle

        return runs_report(self)


def runs(loaded: Loaded, known: Sequence[Run], which: str = "", *, is_last: bool = True) -> Runs:
    """The last run, or the one of an invocation id (its beginning is enough).

    ``known`` are all runs, the oldest first. ``is_last``: the newest of them is the one that
    ``dbt retry`` would go on with.

    *Raises*: `NotFound` for a run that is not among them, `ArtifactError` when it is one of another
    project.
    """
    nodes = loaded.project.nodes
    # The last `dbt run-operation` is told of only where nothing else is known.
    with_nodes = [run for run in known if run.has_nodes] or [run for run in known if run.nodes]
    # A log may have the runs of several projects, and of models that are gone.
    ours = [run for run in with_nodes if any(each.node in nodes for each in run.nodes)]
    run = _chosen(with_nodes if which else ours or with_nodes, which)
    if run is None:
        return Runs(None, (), nodes, (), (), {}, (), (), ())
    unknown = tuple(sorted({each.node for each in run.nodes if _is_missing(each, nodes)}))
    if len(unknown) == len({each.node for each in run.nodes}):
        raise _of_another_project(run, unknown, loaded.project.name)
    earlier = tuple(ours[: ours.index(run)]) if run in ours else ()
    usual = usual_times(earlier)
    found = failures(nodes, run)
    return Runs(
        run=run,
        earlier=earlier,
        nodes=nodes,
        failures=found,
        path=critical_path(nodes, run),
        usual=usual,
        slower=slower_nodes(run, usual),
        retry=_retry(run, nodes, can_retry=is_last and run is with_nodes[-1]),
        unknown=unknown,
        before=earlier_ends(run, earlier),
    )


def _chosen(known: Sequence[Run], which: str) -> Run | None:
    if not which:
        return known[-1] if known else None
    found = [run for run in known if run.id.startswith(which)]
    if len(found) != 1:
        has = ("has", shown([f"{run.id[:8]} ({time_text(run.at)})" for run in known]))
        what = "no run" if not found else f"{len(found)} runs begin with"
        raise NotFound(f"{what} '{which}'", has)
    return found[0]


def _is_missing(result: NodeRun, nodes: Mapping[str, Node]) -> bool:
    return result.node not in nodes and not is_no_node(result.node)


def _of_another_project(run: Run, unknown: Sequence[str], project: str) -> ArtifactError:
    return ArtifactError(
        f"the results in '{run.origin}' are not of project '{project}'",
        ("has", shown(map(short_name, unknown))),
        ("hint", "give the manifest of the same run (--target-path or --manifest)"),
    )


def _retry(run: Run, nodes: Mapping[str, Node], *, can_retry: bool) -> tuple[str, ...]:
    """Commands that run what failed and what was skipped."""
    missing = [each for each in run.nodes if each.status in BAD or each.status == SKIPPED]
    missing = [each for each in missing if not is_no_node(each.node)]
    if not missing:
        return ()
    found = ["dbt retry"] if can_retry and run.command in RETRIED else []
    command = run.command if run.command in ("run", "seed", "snapshot", "test") else "build"
    # What is not built (an exposure) is not found by its name, and comes with what it shows.
    built = [each.node for each in missing if not each.node.startswith(_NOT_NAMED)]
    names = sorted({_selector(name, nodes) for name in built} - {""})
    if not names:
        return tuple(found)
    flags = f" {run.flags}" if run.flags else ""
    if len(names) <= _NAMED:
        found.append(f"dbt {command} --select {' '.join(names)}{flags}")
    elif can_retry:
        # A status of two words (a microbatch's) is no selector: such nodes are named.
        words = sorted(
            {
                f"result:{each.status}" if " " not in each.status else _selector(each.node, nodes)
                for each in missing
            }
            - {""}
        )
        chosen = f"--select {' '.join(words)} --state <a copy of target>"
        found.append(f"dbt {command} {chosen}{flags}")
    return tuple(found)


def _selector(name: str, nodes: Mapping[str, Node]) -> str:
    """What dbt selects a node by: its name, with its version; a unit test by its model's."""
    node, parts = nodes.get(name), name.split(".")
    if node is None or node.kind not in ("model", "seed", "snapshot", "test"):
        return parts[2] if len(parts) > 2 else ""
    return f"{node.name}.v{node.version}" if node.version is not None else node.name
