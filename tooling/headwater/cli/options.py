"""The options that commands share: which artifacts to read, and where the answer goes.

`input_options`, `selection_options` and `output_options` decorate a command's function, which gets
an `Inputs`, a `Selection` and an `Output` instead of fifteen parameters.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from headwater.core.errors import NotFound, UsageError, did_you_mean, shown
from headwater.render import FORMATS

ARTIFACTS = "Artifacts"
ANSWER = "Answer"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which artifacts are read, and how."""

    target_path: Path | None = None
    project_dir: Path | None = None
    manifest: Path | None = None
    catalog: Path | None = None
    cache: bool = True
    compile: bool = False
    dbt: str = "dbt"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which nodes an answer is about, in dbt's grammar."""

    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is given; ``format`` is one of `FORMATS`, or ``None``: as the file ends."""

    format: str | None = None
    out: Path | None = None
    color: bool = True
    strict: bool = False
    quiet: bool = False

    @property
    def format_name(self) -> str:
        """The format that was asked for, or the one that the file's ending asks for, or table."""
        by_suffix = {suffix: name for name, form in FORMATS.items() for suffix in form.suffixes}
        ending = self.out.suffix.lower() if self.out else ""
        return self.format or by_suffix.get(ending, "table")


class SectionOption(click.Option):
    """An option that is listed under a heading of its own in the help."""

    def __init__(self, *args: Any, section: str = "Options", **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.section = section


class Question(click.Command):
    """A command whose help lists its own options first, then the shared ones under headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One section for each heading, in order of appearance."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            record = None if isinstance(param, click.Argument) else param.get_help_record(ctx)
            if record is not None:
                sections.setdefault(getattr(param, "section", "Options"), []).append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class FormatName(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 only
    """One of `FORMATS`."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or an error that lists the names."""
        if value in FORMATS:
            return str(value)
        known = list(FORMATS)
        details = [("has", shown(known, len(known))), *did_you_mean(str(value), known)]
        if Path(str(value)).suffix:
            details = [*details[:1], ("hint", f"'--out {value}' writes the answer to that file")]
        raise NotFound(f"no format '{value}'", *details)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The formats that begin so."""
        return [
            CompletionItem(name, help=form.summary)
            for name, form in FORMATS.items()
            if name.startswith(incomplete)
        ]


def _option(section: str, *names: str, **attrs: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=SectionOption, section=section, **attrs)


_FILE = click.Path(path_type=Path)

_INPUT_OPTIONS = (
    _option(ARTIFACTS, "--target-path", type=_FILE, metavar="DIR",
            help="Folder of dbt's artifacts [default: target in the project folder]."),
    _option(ARTIFACTS, "--project-dir", type=_FILE, metavar="DIR",
            help="The dbt project's folder [default: the current one]."),
    _option(ARTIFACTS, "--manifest", type=_FILE, metavar="FILE",
            help="The manifest, when it is somewhere else (gzip is fine)."),
    _option(ARTIFACTS, "--catalog", type=_FILE, metavar="FILE",
            help="The catalog, when it is somewhere else."),
    _option(ARTIFACTS, "--compile", is_flag=True,
            help="Run 'dbt compile' into a temporary folder first, and read that."),
    _option(ARTIFACTS, "--dbt", metavar="PROGRAM", default="dbt",
            help="The dbt that --compile runs [default: the one on PATH]."),
    _option(ARTIFACTS, "--no-cache", "cache", is_flag=True, flag_value=False, default=True,
            help="Understand all SQL anew, and store nothing."),
)  # fmt: skip

_SELECTION_OPTIONS = (
    _option(ANSWER, "-s", "--select", multiple=True, metavar="SELECTION",
            help="Keep only these nodes in the answer, as in 'dbt ls --select'."),
    _option(ANSWER, "--exclude", multiple=True, metavar="SELECTION",
            help="Leave these nodes out of the answer, as in 'dbt ls --exclude'."),
)  # fmt: skip

_OUTPUT_OPTIONS = (
    _option(ANSWER, "-o", "--format", type=FormatName(), metavar="FORMAT",
            help=f"{', '.join(FORMATS)} [default: what --out ends with, or table]."),
    _option(ANSWER, "--out", type=_FILE, metavar="FILE",
            help="Write the answer to a file, all of it or nothing."),
    _option(ANSWER, "--no-color", "color", is_flag=True, flag_value=False, default=True,
            help="No colours; so do NO_COLOR and a pipe."),
    _option(ANSWER, "--strict", is_flag=True,
            help="Exit with 3 when something that matters could not be seen."),
    _option(ANSWER, "-q", "--quiet", is_flag=True,
            help="Only the answer and errors: no coverage, no warnings."),
    _option(ANSWER, "--debug", is_flag=True, expose_value=False,
            help="Show where in the code an error came from."),
)  # fmt: skip


class Depth(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 only
    """A whole number from 1."""

    name = "depth"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or an error that says what is expected."""
        text = str(value)
        if text.isascii() and text.isdigit() and int(text[:9]) > 0:
            return int(text[:9])
        raise UsageError(f"option '--depth' takes a whole number from 1, not '{value}'")


def depth_option(text: str) -> Callable[[Any], Any]:
    """``--depth``; ``None`` when it is not given."""
    return click.option("--depth", type=Depth(), metavar="N", help=text)


def collected(
    name: str, build: type[Any], options: Sequence[Callable[[Any], Any]]
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """A decorator that adds options and hands them to the function as one object.

    ``build`` is a dataclass whose fields are the options' parameter names.
    """
    keys = [field.name for field in fields(build)]

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def collecting(**values: Any) -> int:
            own = {key: values.pop(key) for key in keys}
            return function(**{name: build(**own)}, **values)

        for option in reversed(options):
            option(collecting)
        return collecting

    return decorate


input_options = collected("inputs", Inputs, _INPUT_OPTIONS)
selection_options = collected("selection", Selection, _SELECTION_OPTIONS)
output_options = collected("output", Output, _OUTPUT_OPTIONS)
