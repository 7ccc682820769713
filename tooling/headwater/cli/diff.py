"""``lineage diff``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.bases import Bases, artifacts_at, base_artifacts, check_compiled, load_base
from headwater.cli.failures import GATE_HIT
from headwater.cli.load import artifacts, blindness, exit_code, load_project
from headwater.cli.options import Inputs, Output, option
from headwater.cli.output import check_writable, deliver, say
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.pipeline import Loaded
    from headwater.questions.diff import Diff

GATES = ("none", "breaking", "unknown", "rows", "value", "exposures", "any")


def gate_named(text: str) -> str:
    """One of `GATES`, or an error that lists them."""
    if text in GATES:
        return text
    raise NotFound(
        f"no gate '{text}'", ("has", shown(GATES, len(GATES))), *did_you_mean(text, GATES)
    )


Manifests = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[BASE [HEAD]]",
        help="Manifests, or folders that hold one.",
        show_default=False,
    ),
]
FailOn = Annotated[
    str,
    option(
        f"Exit with 1 from here on: {', '.join(GATES)} [default: none].",
        "--fail-on",
        metavar="GATE",
        parser=gate_named,
    ),
]


def command(
    bases: Bases,
    inputs: Inputs,
    output: Output,
    manifests: Manifests = None,
    fail_on: FailOn = "none",
) -> int:
    """What does this change do, and what feels it?

    Every edited node on three axes (contract, data, deployment), told apart from edits that are
    proved to do nothing; then what breaks, gets other rows or other values downstream, exposures
    with their owners first; and the smallest dbt build for it.

    \b
    Examples:
      lineage diff --state prod                against artifacts of production
      lineage diff --base main                 since this branch left main
      lineage diff base/manifest.json target   two manifests
      lineage diff --base main -o markdown --fail-on breaking
    """
    check_writable(output.out)
    with ExitStack() as stack:
        base, head = sides(stack, (bases, inputs, output.quiet), manifests or [])
        answer = _asked(load_base(base, inputs, bases), load_project(head, inputs), bases, output)
        report = answer.report()
    deliver(report, output, "diff")
    code = exit_code(report, output, blindness(answer.head))
    return GATE_HIT if answer.hits_gate(fail_on) else code


def sides(
    stack: ExitStack, asked: tuple[Bases, Inputs, bool], manifests: list[Path]
) -> tuple[ArtifactPaths, ArtifactPaths]:
    """The artifacts of base and head. *Raises*: `UsageError`, `ArtifactError`, `NotFound`."""
    bases, inputs, quiet = asked
    if len(manifests) > 2:
        raise UsageError(f"a comparison has two sides, and {len(manifests)} are named")
    if manifests and (bases.state is not None or bases.base is not None):
        option_name = "--state" if bases.state is not None else "--base"
        raise UsageError(
            f"'{manifests[0]}' and {option_name} both name a base",
            ("hint", "leave one of them out"),
        )
    if len(manifests) == 2 and (inputs.manifest is not None or inputs.compile):
        option_name = "--manifest" if inputs.manifest is not None else "--compile"
        raise UsageError(f"'{manifests[1]}' and {option_name} both name a head")
    if manifests:
        base: ArtifactPaths | None = artifacts_at(manifests[0])
    else:
        base = stack.enter_context(base_artifacts(bases, inputs, quiet))
    if base is None:
        raise UsageError(
            "no base to compare with",
            ("hint", "name artifacts with --state DIR, a commit with --base GITREF, or manifests"),
        )
    if len(manifests) == 2:
        return base, artifacts_at(manifests[1])
    return base, stack.enter_context(artifacts(inputs, quiet))


def _asked(base: Loaded, head: Loaded, bases: Bases, output: Output) -> Diff:
    from headwater.questions.diff import diff

    check_compiled(base, head, bases)
    answer = diff(base, head, force=bases.force)
    if not output.quiet:
        for side, loaded in (("base", base), ("head", head)):
            for warning in loaded.warnings:
                say(f"warning: {side}: {warning}")
        for note in answer.notes:
            say(f"warning: {note}")
    return answer
