"""Run results and source results -> `Observations`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from headwater.artifacts.paths import ArtifactPaths, find_results
from headwater.artifacts.run_history import kept_runs, last_runs
from headwater.core.errors import ArtifactError
from headwater.core.observations import Built, Checked, Observations
from headwater.core.runs import GOOD, Run, in_order


def observed(
    paths: ArtifactPaths,
    holidays: Mapping[str, frozenset[date]] | None = None,
    earlier: Sequence[Run] = (),
) -> Observations:
    """What the artifacts beside a manifest say, and earlier runs; nothing of what is not there.

    *Raises*: `ArtifactError` when one of them cannot be used.
    """
    sources: dict[str, Checked] = {}
    builds: dict[str, Built] = {}
    known = in_order([*earlier, *last_runs(paths)])
    for run in known:
        _remember(run, sources, builds)
    is_checked = any(run.checks or "freshness" in run.command for run in known)
    past = known if earlier else ()
    return Observations(sources, builds, holidays or {}, past, is_checked=is_checked)


def observed_in(
    folder: Path, holidays: Mapping[str, frozenset[date]], history: Sequence[Path]
) -> Observations:
    """What the artifacts in a folder say, and earlier ones. *Raises*: `ArtifactError`."""
    earlier = [run for place in history for run in kept_runs(place)[0]]
    return observed(find_results(folder), holidays, earlier)


def _remember(run: Run, sources: dict[str, Checked], builds: dict[str, Built]) -> None:
    """The newest of each counts; a run of a few nodes does not hide the last run of the others."""
    for check in run.checks:
        known = sources.get(check.node)
        if known is None or _later(check.checked_at, known.checked_at):
            sources[check.node] = Checked(check.status, check.checked_at, check.loaded_at)
    for each in run.nodes if run.builds and run.has_nodes else ():
        at = each.completed_at or run.generated_at
        good = at if each.status in GOOD and not run.is_partial else None
        before = builds.get(each.node)
        if before is None:
            builds[each.node] = Built(each.status, at, good)
        elif _later(at, before.at):
            builds[each.node] = Built(each.status, at, good or before.good_at)
        elif good is not None and _later(good, before.good_at):
            builds[each.node] = Built(before.status, before.at, good)


def _later(at: datetime | None, than: datetime | None) -> bool:
    return at is not None and (than is None or at > than)


def read_holidays(path: Path) -> frozenset[date]:
    """The dates of a calendar file: one ``2026-12-25`` a line; what follows it is a remark.

    *Raises*: `ArtifactError` that names the line that is no date, or has two.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ArtifactError(f"cannot read the calendar '{path}': {why}") from None
    except UnicodeDecodeError:
        raise ArtifactError(f"the calendar '{path}' is not UTF-8 text") from None
    found, is_first = set[date](), True
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].replace(",", " ").replace(";", " ").split()
        if not words or (is_first and words[0].strip('"').lower() in _HEADINGS):
            continue
        is_first = False
        days = [day for word in words if (day := _date(word)) is not None]
        if _date(words[0]) is None:
            raise _no_date(path, number, f"is no date: '{words[0]}'")
        if len(days) > 1:  # a stretch of days, or several in a line: nothing is guessed
            raise _no_date(path, number, f"has more than one date: '{line.strip()}'")
        found.update(days)
    return frozenset(found)


_HEADINGS = ("date", "day", "holiday", "ds")


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word.strip("\"'"))
    except ValueError:
        return None


def _no_date(path: Path, number: int, why: str) -> ArtifactError:
    said = f"line {number} of the calendar '{path}' {why}"
    return ArtifactError(said, ("write", "2026-12-25, one a line; a remark may follow"))
