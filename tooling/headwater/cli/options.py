"""The options that commands share: which artifacts to read, and where the answer goes.

`Inputs`, `Selection` and `Output` are bundles: a command that has a parameter of that type has all
its options (see `headwater.cli.bundles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from headwater.core.errors import NotFound, UsageError, did_you_mean, shown
from headwater.core.selecting import Indirect
from headwater.render import ALL_FORMATS, FINDING_FORMATS, FORMATS, Format

ARTIFACTS = "Artifacts"
ANSWER = "Answer"


def option(text: str, *names: str, section: str = "Options", **more: Any) -> Any:
    """A typer option whose help is under a heading of its own; the text tells the default."""
    return typer.Option(*names, help=text, rich_help_panel=section, show_default=False, **more)


def _format_name(text: str) -> str:
    """One of `FORMATS`, or an error that lists them."""
    if text in FINDING_FORMATS:
        hint = ("hint", "it gives findings: 'lineage check' has some")
        raise UsageError(f"the format '{text}' is not for this answer", hint)
    return _any_format_name(text, FORMATS)


def _any_format_name(text: str, formats: Mapping[str, Format] = ALL_FORMATS) -> str:
    """One of the formats, or an error that lists them."""
    if text in formats:
        return text
    known = list(formats)
    details = [("has", shown(known, len(known))), *did_you_mean(text, known)]
    if Path(text).suffix:
        details = [*details[:1], ("hint", f"'--out {text}' writes the answer to that file")]
    raise NotFound(f"no format '{text}'", *details)


def _formats(incomplete: str) -> list[tuple[str, str]]:
    return [(name, form.summary) for name, form in FORMATS.items() if name.startswith(incomplete)]


def _all_formats(incomplete: str) -> list[tuple[str, str]]:
    found = ALL_FORMATS.items()
    return [(name, form.summary) for name, form in found if name.startswith(incomplete)]


def whole_number(text: str) -> int:
    """The depth, or an error that says what is expected."""
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9])
    raise UsageError(f"option '--depth' takes a whole number from 1, not '{text}'")


def _way(text: str) -> str:
    """A way of dbt's to select tests, or an error that lists them."""
    known = get_args(Indirect)
    if text in known:
        return text
    raise NotFound(
        f"no indirect selection '{text}'", ("has", shown(known)), *did_you_mean(text, known)
    )


# fmt: off
@dataclass(frozen=True, slots=True)
class Inputs:
    """Which artifacts are read, and how."""

    target_path: Annotated[Path | None, option(
        "Folder of dbt's artifacts [default: target in the project folder].",
        "--target-path", metavar="DIR", section=ARTIFACTS)] = None
    project_dir: Annotated[Path | None, option(
        "The dbt project's folder [default: the current one].",
        "--project-dir", metavar="DIR", section=ARTIFACTS)] = None
    manifest: Annotated[Path | None, option(
        "The manifest, when it is somewhere else (gzip is fine).",
        "--manifest", metavar="FILE", section=ARTIFACTS)] = None
    catalog: Annotated[Path | None, option(
        "The catalog, when it is somewhere else.",
        "--catalog", metavar="FILE", section=ARTIFACTS)] = None
    compile: Annotated[bool, option(
        "Run 'dbt compile' into a temporary folder first, and read that.",
        "--compile", section=ARTIFACTS)] = False
    dbt: Annotated[str, option(
        "The dbt that --compile runs [default: the one on PATH].",
        "--dbt", metavar="PROGRAM", section=ARTIFACTS)] = "dbt"
    no_cache: Annotated[bool, option(
        "Understand all SQL anew, and store nothing.",
        "--no-cache", section=ARTIFACTS)] = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Which nodes an answer is about, in dbt's grammar."""

    select: Annotated[list[str], option(
        "Keep only these nodes in the answer, as in 'dbt ls --select'.",
        "-s", "--select", metavar="SELECTION", section=ANSWER)] = field(default_factory=list)
    exclude: Annotated[list[str], option(
        "Leave these nodes out of the answer, as in 'dbt ls --exclude'.",
        "--exclude", metavar="SELECTION", section=ANSWER)] = field(default_factory=list)
    selector: Annotated[str | None, option(
        "Keep what this selector of selectors.yml selects, instead of --select.",
        "--selector", metavar="NAME", section=ANSWER)] = None
    indirect_selection: Annotated[str, option(
        "How tests come with what they test: eager, cautious, buildable, empty [default: eager].",
        "--indirect-selection", metavar="WAY", parser=_way, section=ANSWER)] = "eager"

    def __post_init__(self) -> None:
        """A named selector is a selection like any other. *Raises*: `UsageError`."""
        if self.selector is None:
            return
        if self.select or self.exclude:
            raise UsageError(
                "--selector does not go together with --select and --exclude",
                ("hint", f"write --select selector:{self.selector} to say more"),
            )
        object.__setattr__(self, "select", [f"selector:{self.selector}"])

    def __bool__(self) -> bool:
        """Whether anything was selected."""
        return bool(self.select or self.exclude)


@dataclass(frozen=True, slots=True)
class SelectionByState(Selection):
    """As `Selection`, compared with an earlier run."""

    state: Annotated[Path | None, option(
        "Folder of an earlier run's artifacts, for state:, result: and source_status:.",
        "--state", metavar="DIR", section=ANSWER)] = None


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is given; ``format`` is one of `FORMATS`, or ``None``: as the file ends."""

    format: Annotated[str | None, option(
        f"{', '.join(FORMATS)} [default: what --out ends with, or table].",
        "-o", "--format", metavar="FORMAT", parser=_format_name, autocompletion=_formats,
        section=ANSWER)] = None
    out: Annotated[Path | None, option(
        "Write the answer to a file, all of it or nothing.",
        "--out", metavar="FILE", section=ANSWER)] = None
    no_color: Annotated[bool, option(
        "No colours; so do NO_COLOR and a pipe.", "--no-color", section=ANSWER)] = False
    strict: Annotated[bool, option(
        "Exit with 3 when something that matters could not be seen.",
        "--strict", section=ANSWER)] = False
    quiet: Annotated[bool, option(
        "Only the answer and errors: no coverage, no warnings.",
        "-q", "--quiet", section=ANSWER)] = False
    debug: Annotated[bool, option(
        "Show where in the code an error came from.", "--debug", section=ANSWER)] = False
# fmt: on

    @property
    def format_name(self) -> str:
        """The format that was asked for, or the one that the file's ending asks for, or table."""
        return self.format or format_of(self.out, self._formats) or "table"

    @property
    def _formats(self) -> Mapping[str, Format]:
        return FORMATS


# fmt: off
@dataclass(frozen=True, slots=True)
class FindingsOutput(Output):
    """As `Output`, for an answer with findings, which may go to several files at once."""

    format: Annotated[str | None, option(
        f"{', '.join(ALL_FORMATS)} [default: what --out ends with, or table].",
        "-o", "--format", metavar="FORMAT", parser=_any_format_name, autocompletion=_all_formats,
        section=ANSWER)] = None
    also: Annotated[list[Path], option(
        "Write the answer to this file too, in the format that its ending asks for.",
        "--also", metavar="FILE", section=ANSWER)] = field(default_factory=list)
# fmt: on

    @property
    def _formats(self) -> Mapping[str, Format]:
        return ALL_FORMATS

    def copies(self) -> list[tuple[str, Path]]:
        """The format and the file of every further copy. *Raises*: `UsageError`."""
        found = []
        for path in self.also:
            name = format_of(path, ALL_FORMATS)
            if name is None:
                endings = [end for form in ALL_FORMATS.values() for end in form.suffixes]
                has = ("has", shown(endings, len(endings)))
                raise UsageError(f"cannot tell the format of '--also {path}' by its ending", has)
            found.append((name, path))
        return found


def format_of(path: Path | None, formats: Mapping[str, Format]) -> str | None:
    """The format that a file's ending asks for."""
    by_suffix = {suffix: name for name, form in formats.items() for suffix in form.suffixes}
    return by_suffix.get(path.suffix.lower()) if path else None
