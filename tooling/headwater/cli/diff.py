"""``lineage diff``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

from headwater.cli.bases import Bases, check_compiled, load_base, outdated
from headwater.cli.failures import GATE_HIT
from headwater.cli.load import blindness, exit_code, load_project
from headwater.cli.options import Inputs, Output, option
from headwater.cli.output import check_writable, deliver, say
from headwater.cli.sides import GATES, Manifests, gate_named, sides

if TYPE_CHECKING:
    from headwater.pipeline import Loaded
    from headwater.questions.diff import Diff

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
        loaded = load_base(base, inputs, bases), load_project(head, inputs)
        answer = _asked(*loaded, (bases, inputs, output))
        report = answer.report()
    deliver(report, output, "diff")
    code = exit_code(report, output, blindness(answer.head))
    return GATE_HIT if answer.hits_gate(fail_on) else code


def _asked(base: Loaded, head: Loaded, asked: tuple[Bases, Inputs, Output]) -> Diff:
    from headwater.questions.diff import diff

    bases, inputs, output = asked
    check_compiled(base, head, bases)
    answer = diff(base, head, force=bases.force)
    if not output.quiet:
        if old := outdated(head, inputs, bases):
            say(f"warning: {old}")
        for side, loaded in (("base", base), ("head", head)):
            for warning in loaded.warnings:
                say(f"warning: {side}: {warning}")
        for note in answer.notes:
            say(f"warning: {note}")
    return answer
