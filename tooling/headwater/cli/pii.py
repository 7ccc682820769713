"""``lineage pii``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from headwater.cli.failures import GATE_HIT
from headwater.cli.load import (
    artifacts,
    blindness,
    empty_selections,
    exit_code,
    load_project,
    selecting,
)
from headwater.cli.options import FindingsOutput, Inputs, Selection, option
from headwater.cli.output import check_writable, deliver_with_copies, say, write_file
from headwater.cli.policies import prefix_of, today
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.core.report import Report
    from headwater.pipeline import Loaded
    from headwater.questions.pii import Pii
    from headwater.questions.pii_rules import PiiRules

RULES = "Rules"
_TABLES = ("table", "mermaid")  #: for the eye: what nobody could read is left out


def _gate_named(text: str) -> str:
    """Levels and rules, checked; or an error that lists them."""
    from headwater.questions.pii_rules import GATES

    for word in text.split(","):
        if word.strip() not in GATES:
            near = did_you_mean(word.strip(), GATES)
            raise NotFound(f"no fail on '{word.strip()}'", ("has", shown(GATES, 30)), *near)
    return text


# fmt: off
@dataclass(frozen=True, slots=True)
class PiiOptions:
    """What the project is held against, and what to write besides."""

    policy: Annotated[Path | None, option(
        "Rules, in section 'pii' [default: lineage.yml, or [tool.lineage] in pyproject.toml].",
        "--policy", metavar="FILE", section=RULES)] = None
    fail_on: Annotated[str | None, option(
        "Exit with 1 on: error, warning, note, none, or rules like exposed,undeclared "
        "[default: that of the rules, or error].",
        "--fail-on", metavar="WORDS", parser=_gate_named, section=RULES)] = None
    patch: Annotated[Path | None, option(
        "Write YAML that declares what is found undeclared (or suggested) to this file.",
        "--patch", metavar="FILE", section=RULES)] = None
    suggest: Annotated[bool, option(
        "Propose classes for undeclared columns from their names and types, and nothing else.",
        "--suggest", section=RULES)] = False
# fmt: on


def command(inputs: Inputs, rules: PiiOptions, selection: Selection, output: FindingsOutput) -> int:
    """Where does personal data go, how much of it is left, and who gets to see it?

    Columns that declare personal data (config: {meta: {pii: email}}) are followed along every
    expression to models, exposures and groups; masks leave less of it, what is not known leaves
    all. The exit code is 1 when something open is an error.

    \b
    Examples:
      lineage pii
      lineage pii --suggest                what looks personal and is not declared
      lineage pii --patch pii.yml          YAML for what is not declared
      lineage pii --fail-on exposed,undeclared --also pii.sarif
    """
    copies = output.copies()
    for path in [output.out, rules.patch, *(path for _, path in copies)]:
        check_writable(path)
    if rules.suggest and rules.fail_on is not None:
        raise UsageError("--suggest has no gate", ("hint", "leave --fail-on out"))
    with artifacts(inputs, output.quiet) as paths:
        found_rules = _rules(rules, paths)
        loaded = selecting(load_project(paths, inputs), paths, selection)
        blind = blindness(loaded)
        empty = empty_selections(loaded, selection)
        for warning in () if output.quiet else (*loaded.warnings, *filter(None, [blind]), *empty):
            say(f"warning: {warning}")
        nodes = _selected(loaded, selection)
        if rules.suggest:
            return _suggest(loaded, found_rules, (rules, nodes), output)
        only_tables = output.format_name in _TABLES and not copies and rules.patch is None
        with _collector_paused():
            answer = _ask(loaded, found_rules, (rules, nodes), prefix_of(paths.project_dir))
            report = answer.report(every=not only_tables)
    if rules.patch is not None:
        _write_patch(report, rules.patch, output)
    deliver_with_copies(report, output, "pii", copies)
    code = exit_code(report, output, blind)
    return GATE_HIT if answer.is_hit else code


def _collector_paused() -> AbstractContextManager[None]:
    from headwater.pipeline.loading import collector_paused

    return collector_paused()


def _rules(rules: PiiOptions, paths: ArtifactPaths) -> PiiRules:
    """The rules of the project. *Raises*: `PolicyError`."""
    from headwater.artifacts.policy_file import find_policy
    from headwater.questions.pii_rules import PiiRules, parse_pii

    found = find_policy(paths.project_dir, rules.policy)
    return parse_pii(found.content, found.path.as_posix()) if found else PiiRules()


def _selected(loaded: Loaded, selection: Selection) -> frozenset[str] | None:
    from headwater.graph.selection import select_nodes

    if not selection:
        return None
    return frozenset(select_nodes(loaded.project, selection.select, selection.exclude))


def _ask(
    loaded: Loaded, found: PiiRules, asked: tuple[PiiOptions, frozenset[str] | None], prefix: str
) -> Pii:
    from headwater.questions.pii import PiiTerms, pii

    rules, nodes = asked
    words = tuple(w.strip() for w in rules.fail_on.split(",")) if rules.fail_on else None
    return pii(loaded, PiiTerms(found, today(), words, nodes, prefix), loaded.lineages)


def _suggest(
    loaded: Loaded,
    found: PiiRules,
    asked: tuple[PiiOptions, frozenset[str] | None],
    output: FindingsOutput,
) -> int:
    from headwater.questions.pii_suggest import suggest

    rules, nodes = asked
    report = suggest(loaded, found, nodes).report()
    if rules.patch is not None:
        _write_patch(report, rules.patch, output)
    deliver_with_copies(report, output, "pii", output.copies())
    return exit_code(report, output)


def _write_patch(report: Report, path: Path, output: FindingsOutput) -> None:
    text = report.data["patch"] or "# nothing to declare\n"
    write_file(path, text)
    if not output.quiet:
        say(f"wrote YAML to '{path}'")
