"""``lineage check``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from headwater.cli.bases import Bases, base_artifacts, check_compiled, load_base, outdated
from headwater.cli.failures import ANSWERED, GATE_HIT
from headwater.cli.load import artifacts, blindness, exit_code, load_project, selecting
from headwater.cli.options import FindingsOutput, Inputs, Selection, option
from headwater.cli.output import check_writable, deliver_with_copies, say, write_file
from headwater.cli.policies import prefix_of, today
from headwater.cli.sides import GATES, Manifests, gate_named, sides

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.pipeline import Loaded
    from headwater.questions.check import Check, Terms
    from headwater.questions.diff import Diff

POLICY = "Policy"


# fmt: off
@dataclass(frozen=True, slots=True)
class Rules:
    """What the change, or the project, is held against."""

    policy: Annotated[Path | None, option(
        "The policy [default: lineage.yml, or [tool.lineage] in pyproject.toml].",
        "--policy", metavar="FILE", section=POLICY)] = None
    fail_on: Annotated[str | None, option(
        f"Exit with 1 from here on: {', '.join(GATES)} [default: the policy's, or breaking].",
        "--fail-on", metavar="GATE", parser=gate_named, section=POLICY)] = None
    baseline: Annotated[Path | None, option(
        "Findings of this file were there before, and do not count.",
        "--baseline", metavar="FILE", section=POLICY)] = None
    write_baseline: Annotated[Path | None, option(
        "Write what is found now as a baseline, and exit with 0.",
        "--write-baseline", metavar="FILE", section=POLICY)] = None
# fmt: on


def command(
    bases: Bases,
    rules: Rules,
    inputs: Inputs,
    output: FindingsOutput,
    manifests: Manifests = None,
) -> int:
    """May this be merged? What does the policy say of it?

    What the change breaks or moves is held against the policy in lineage.yml (or in
    pyproject.toml under [tool.lineage]): severities, budgets, required tests and descriptions,
    waivers. The exit code is 1 when something open is an error. Without a base the project itself
    is held against what the policy requires of it.

    \b
    Examples:
      lineage check --state prod-artifacts      against production's artifacts
      lineage check --base main --fail-on rows  against where this branch began
      lineage check --state prod --out comment.md --also lineage.sarif
      lineage check --write-baseline known.json start with what is there
    """
    copies = output.copies()
    for path in [output.out, rules.write_baseline, *(path for _, path in copies)]:
        check_writable(path)
    with ExitStack() as stack:
        base_paths, paths = _sides(stack, bases, inputs, (manifests or [], output.quiet))
        terms = _terms(rules, paths)
        loaded = selecting(load_project(paths, inputs), paths, Selection(), base_paths)
        _warn([*loaded.warnings, *([blind] if (blind := blindness(loaded)) else [])], output)
        change, old = None, ""
        if base_paths is not None:
            old = outdated(loaded, inputs, bases)
            change = _diff(load_base(base_paths, inputs, bases), loaded, bases, old)
            _warn(change.notes, output)
        found = _check(loaded, change, terms)
        report = found.report()
    if rules.write_baseline is not None:
        return _write_baseline(found, rules.write_baseline, output)
    deliver_with_copies(report, output, "check", copies)
    code = exit_code(report, output, blind or old)
    return GATE_HIT if found.is_hit else code


def _sides(
    stack: ExitStack, bases: Bases, inputs: Inputs, asked: tuple[list[Path], bool]
) -> tuple[ArtifactPaths | None, ArtifactPaths]:
    """The artifacts of base (if there is one) and head. *Raises*: `UsageError`, `ArtifactError`."""
    manifests, quiet = asked
    if manifests:
        return sides(stack, (bases, inputs, quiet), manifests)
    base = stack.enter_context(base_artifacts(bases, inputs, quiet))
    return base, stack.enter_context(artifacts(inputs, quiet))


def _diff(base: Loaded, head: Loaded, bases: Bases, note: str) -> Diff:
    """What was changed; a ``note`` of ours goes into the report with those of the comparison."""
    from headwater.questions.diff import diff

    check_compiled(base, head, bases)
    known = replace(base.project, selecting=head.project.selecting)
    found = diff(replace(base, project=known), head, force=bases.force)
    return replace(found, notes=(*found.notes, note)) if note else found


def _check(loaded: Loaded, change: Diff | None, terms: Terms) -> Check:
    from headwater.questions.check import check

    return check(loaded, change, terms)


def _warn(warnings: Iterable[str], output: FindingsOutput) -> None:
    for warning in () if output.quiet else warnings:
        say(f"warning: {warning}")


def _terms(rules: Rules, paths: ArtifactPaths) -> Terms:
    """What the check is held against. *Raises*: `PolicyError`."""
    from headwater.artifacts.baseline import read_baseline
    from headwater.artifacts.policy_file import find_policy
    from headwater.questions.check import Terms
    from headwater.questions.policy import FailOn, Policy
    from headwater.questions.policy_parse import parse_policy

    found = find_policy(paths.project_dir, rules.policy)
    policy = parse_policy(found.content, found.path.as_posix()) if found else Policy()
    baseline = rules.baseline
    if baseline is None and policy.baseline and found and rules.write_baseline is None:
        baseline = found.path.parent / policy.baseline
    return Terms(
        policy=policy,
        today=today(),
        known=read_baseline(baseline) if baseline is not None else frozenset(),
        fail_on=FailOn(rules.fail_on) if rules.fail_on else None,
        prefix=prefix_of(paths.project_dir),
    )


def _write_baseline(found: Check, path: Path, output: FindingsOutput) -> int:
    from headwater.artifacts.baseline import baseline_text

    told = zip(found.findings, found.report().findings or (), strict=True)
    rows = [
        {"rule": each.rule, "subject": each.subject, "fingerprint": each.fingerprint}
        for behind, each in told
        if behind.subject.node and not behind.excused
    ]
    write_file(path, baseline_text(rows))
    if not output.quiet:
        say(f"wrote {len(rows)} {'finding' if len(rows) == 1 else 'findings'} to '{path}'")
    return ANSWERED
