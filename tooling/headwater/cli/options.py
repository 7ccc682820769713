"""The options that commands share: which artifacts to read, and where the answer goes.

`input_options` and `output_options` decorate a command's function; it gets one `Inputs` and one
`Output` instead of fifteen parameters.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from headwater.core.errors import NotFound, did_you_mean, shown
from headwater.render import FORMATS

ARTIFACTS = "Artifacts"
ANSWER = "Answer"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Which artifacts are read, and which of their nodes count."""

    target_path: Path | None = None
    project_dir: Path | None = None
    manifest: Path | None = None
    catalog: Path | None = None
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    cache: bool = True
    compile: bool = False
    dbt: str = "dbt"


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is given; ``format`` is a name in `headwater.render.FORMATS`."""

    format: str = "table"
    out: Path | None = None
    color: bool = True
    strict: bool = False
    quiet: bool = False


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
            record = param.get_help_record(ctx)
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
    _option(ARTIFACTS, "-s", "--select", multiple=True, metavar="SELECTION",
            help="Keep only these nodes in the answer, as in 'dbt ls --select'."),
    _option(ARTIFACTS, "--exclude", multiple=True, metavar="SELECTION",
            help="Leave these nodes out of the answer, as in 'dbt ls --exclude'."),
    _option(ARTIFACTS, "--compile", is_flag=True,
            help="Run 'dbt compile' into a temporary folder first, and read that."),
    _option(ARTIFACTS, "--dbt", metavar="PROGRAM", default="dbt",
            help="The dbt that --compile runs [default: the one on PATH]."),
    _option(ARTIFACTS, "--no-cache", "cache", is_flag=True, flag_value=False, default=True,
            help="Understand all SQL anew, and store nothing."),
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


def input_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of `Inputs`; the function gets them as ``inputs``."""
    return _collected(function, _INPUT_OPTIONS, "inputs", Inputs)


def output_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of `Output`; the function gets them as ``output``."""
    return _collected(function, _OUTPUT_OPTIONS, "output", _output)


def _output(*, format: str | None, out: Path | None, **flags: bool) -> Output:
    by_suffix = {suffix: name for name, form in FORMATS.items() for suffix in form.suffixes}
    guessed = by_suffix.get(out.suffix.lower(), "table") if out else "table"
    return Output(format=format or guessed, out=out, **flags)


def _collected(
    function: Callable[..., int],
    options: Sequence[Callable[[Any], Any]],
    name: str,
    build: Callable[..., Any],
) -> Callable[..., int]:
    keys = [field.name for field in fields(Inputs if name == "inputs" else Output)]

    @functools.wraps(function)
    def collecting(**values: Any) -> int:
        own = {key: values.pop(key) for key in keys}
        return function(**{name: build(**own)}, **values)

    for option in reversed(options):
        option(collecting)
    return collecting
