"""``lineage freshness``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from headwater.cli.failures import ANSWERED, GATE_HIT, INCOMPLETE
from headwater.cli.load import artifacts, empty_selections, load_project, selecting, settled
from headwater.cli.options import Inputs, Output, SelectionByState, option
from headwater.cli.output import check_writable, deliver, say
from headwater.core.columns import short_name
from headwater.core.errors import ArtifactError, NotFound, UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.core.observations import Observations
    from headwater.core.runs import Run
    from headwater.pipeline import Loaded
    from headwater.questions.freshness import Freshness

#: a word of --fail-on -> the statuses that hit the gate
GATES: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "error": ("error",),
    "warn": ("error", "warn"),
    "unknown": ("error", "unknown", "old artifact"),
    "any": ("error", "old artifact", "unknown", "warn"),
}


def _moment(text: str) -> datetime:
    """A moment with a time zone; UTC where none is given."""
    try:
        found = datetime.fromisoformat(text)
        if not 1970 <= found.year <= 9000:
            raise ValueError
    except ValueError:
        raise UsageError(
            f"'--now {text}' is no moment", ("write", "2026-11-23T08:00:00Z")
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _age(text: str) -> timedelta:
    from headwater.core.sla import SlaError, parse_duration

    try:
        return parse_duration(text)
    except SlaError as error:
        raise UsageError(
            f"'--max-artifact-age {text}' is {error.message}", *error.details
        ) from None


def _gate(text: str) -> str:
    if text in GATES:
        return text
    known = list(GATES)
    has = ("has", shown(known, len(known)))
    raise NotFound(f"no gate '{text}'", has, *did_you_mean(text, known))


# fmt: off
@dataclass(frozen=True, slots=True)
class Judging:
    """At which moment, and by which rules."""

    now: Annotated[datetime | None, option(
        "Judge as of this moment [default: now].",
        "--now", metavar="MOMENT", parser=_moment)] = None
    max_artifact_age: Annotated[timedelta | None, option(
        "Results older than this are never called fresh [default: 24h].",
        "--max-artifact-age", metavar="DURATION", parser=_age)] = None
    calendar: Annotated[list[str], option(
        "A file of holidays, one date a line, under the name that an sla gives it.",
        "--calendar", metavar="NAME=FILE")] = field(default_factory=list)
    history: Annotated[list[Path], option(
        "Earlier results: a folder of kept artifacts, or an exported run log.",
        "--history", "--log", metavar="PATH")] = field(default_factory=list)
    fail_on: Annotated[str, option(
        "Exit with 1 at: none, error, warn, unknown, any [default: none].",
        "--fail-on", metavar="GATE", parser=_gate)] = "none"
# fmt: on


def command(judging: Judging, inputs: Inputs, selection: SelectionByState, output: Output) -> int:
    """What is stale, since when, and whose fault?

    One row for each exposure, model and source: is the promise kept (dbt's own freshness, or
    meta.sla: {by: "07:00", tz: Europe/Berlin, days: weekdays} or {max_age: 24h}), how old is the
    data, and which source upstream is to blame. Reads sources.json or freshness.json and
    run_results.json beside the manifest; old results are never called fresh. With --history it also
    says how often each promise was kept in the last 7 and 30 days.

    \b
    Examples:
      lineage freshness
      lineage freshness --select +exposure:weekly_revenue
      lineage freshness --fail-on error --max-artifact-age 2h
      lineage freshness --history kept-artifacts
      lineage freshness -o html --out freshness.html
    """
    check_writable(output.out)
    with artifacts(inputs, output.quiet) as paths:
        loaded = selecting(load_project(paths, inputs), paths, selection)
        for warning in () if output.quiet else _warnings(loaded, paths, selection):
            say(f"warning: {warning}")
        with settled():
            answer = _asked(loaded, paths, judging, selection)
            report = answer.report()
    deliver(report, output, "freshness")
    if answer.of(*GATES[judging.fail_on]):
        return GATE_HIT
    if output.strict and answer.of("unknown", "old artifact"):
        say("incomplete: of some nodes it is not known how fresh they are (--strict)")
        return INCOMPLETE
    return ANSWERED


def _asked(
    loaded: Loaded, paths: ArtifactPaths, judging: Judging, selection: SelectionByState
) -> Freshness:
    from headwater.artifacts.observed import observed
    from headwater.artifacts.run_history import kept_runs
    from headwater.graph.selection import select_nodes
    from headwater.questions.freshness import freshness

    nodes = None
    if selection:
        nodes = select_nodes(loaded.project, selection.select, selection.exclude)
    earlier: list[Run] = []
    for place in judging.history:
        found, warnings = kept_runs(place)
        earlier += found
        for warning in warnings:
            say(f"warning: {warning}")
    seen = observed(paths, _holidays(judging.calendar), earlier)
    if paths.run_results is not None and not seen.builds:
        say("warning: run_results.json is of no build: run 'dbt build', or give --history")
    _check_project(loaded, seen)
    now = judging.now or datetime.now(UTC)
    return freshness(loaded, seen, now, max_artifact_age=judging.max_artifact_age, nodes=nodes)


def _check_project(loaded: Loaded, seen: Observations) -> None:
    """*Raises*: `ArtifactError` when there are results, and none of them is of this project."""
    ids = {*seen.sources, *seen.builds}
    known = loaded.project.nodes
    if ids and not any(name in known for name in ids):
        raise ArtifactError(
            f"the results are not of project '{loaded.project.name}'",
            ("has", shown(map(short_name, ids))),
            ("hint", "give the manifest of the same run (--target-path or --manifest)"),
        )


def _holidays(given: list[str]) -> dict[str, frozenset[date]]:
    from headwater.artifacts.observed import read_holidays

    found: dict[str, frozenset[date]] = {}
    for text in given:
        name, equals, file = text.partition("=")
        if not (name and equals and file):
            raise UsageError(f"'--calendar {text}' is no NAME=FILE")
        found[name] = found.get(name, frozenset()) | read_holidays(Path(file))
    return found


def _warnings(loaded: Loaded, paths: ArtifactPaths, selection: SelectionByState) -> list[str]:
    from headwater.artifacts.run_history import newer_schemas

    found = [*newer_schemas(paths), *empty_selections(loaded, selection)]
    if paths.sources is None:
        found.append("there is no sources.json: run 'dbt source freshness'")
    if paths.run_results is None:
        found.append("there is no run_results.json: run 'dbt build'")
    return found
