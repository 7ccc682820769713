"""``lineage runs``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from headwater.cli.failures import ANSWERED, GATE_HIT, INCOMPLETE
from headwater.cli.load import artifacts, load_project
from headwater.cli.options import Inputs, Output, option
from headwater.cli.output import check_writable, deliver, say
from headwater.core.errors import NotFound, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.pipeline import Loaded
    from headwater.questions.runs import Runs

GATES: Mapping[str, str] = {
    "none": "never",
    "failure": "a node failed",
    "regression": "a node took notably longer than it used to",
    "any": "either",
}


def _gate(text: str) -> str:
    if text in GATES:
        return text
    known = list(GATES)
    raise NotFound(
        f"no gate '{text}'", ("has", shown(known, len(known))), *did_you_mean(text, known)
    )


# fmt: off
@dataclass(frozen=True, slots=True)
class Which:
    """Which runs are read, and which one is told of."""

    history: Annotated[list[Path], option(
        "Earlier runs to compare with: a folder of kept artifacts, or an exported run log.",
        "--history", "--log", metavar="PATH")] = field(default_factory=list)
    run: Annotated[str, option(
        "Tell of this run: its invocation id, or the beginning of it [default: the last].",
        "--run", metavar="ID")] = ""
    fail_on: Annotated[str, option(
        "Exit with 1 at: none, failure, regression, any [default: none].",
        "--fail-on", metavar="GATE", parser=_gate)] = "none"
# fmt: on


def command(which: Which, inputs: Inputs, output: Output) -> int:
    """What failed in the last run, why, what took long, and what to run again?

    Failures with the root cause first and what each kept from running, the slowest nodes, the
    critical path, a timeline, what became slower than it used to be, and the command that runs
    what is missing. Reads run_results.json beside the manifest; --history adds kept
    run_results.json files, or the run log that headwater.run_log_export printed.

    \b
    Examples:
      lineage runs
      lineage runs --history kept-artifacts --fail-on regression
      lineage runs --log runs.jsonl --run 4f1c
      lineage runs -o html --out run.html
    """
    check_writable(output.out)
    with artifacts(inputs, output.quiet) as paths:
        loaded = load_project(paths, inputs)
        answer, warnings = _asked(loaded, paths, which)
    for warning in () if output.quiet else warnings:
        say(f"warning: {warning}")
    deliver(answer.report(), output, "runs")
    if _is_hit(answer, which.fail_on):
        return GATE_HIT
    if output.strict and (answer.run is None or answer.unknown):
        say("incomplete: not every node of the run is known (--strict)")
        return INCOMPLETE
    return ANSWERED


def _asked(loaded: Loaded, paths: ArtifactPaths, which: Which) -> tuple[Runs, list[str]]:
    from headwater.artifacts.run_history import all_runs, newer_schemas
    from headwater.questions.runs import runs

    known, is_last, said = all_runs(paths, which.history)
    warnings = [*newer_schemas(paths), *said]
    answer = runs(loaded, known, which.run, is_last=is_last)
    if answer.run is None:
        warnings.append("there is no run_results.json: run 'dbt build'")
    return answer, warnings


def _is_hit(answer: Runs, gate: str) -> bool:
    failed = gate in ("failure", "any") and bool(answer.failures)
    return failed or (gate in ("regression", "any") and bool(answer.slower))
