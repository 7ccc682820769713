"""Report -> str, pure. One file is one format; `FORMATS` is the table of formats.

A module is imported when its format is asked for, so that no command pays for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from headwater.core.report import Report
from headwater.render.options import RenderOptions

__all__ = ["ALL_FORMATS", "FINDING_FORMATS", "FORMATS", "Format", "RenderOptions", "render"]


class Format(NamedTuple):
    """What a format is for, and the file endings that ask for it."""

    summary: str
    suffixes: tuple[str, ...] = ()


#: format name = module name; each module has ``render(report, options) -> str``
FORMATS: Mapping[str, Format] = {
    "table": Format("aligned text for a terminal", (".txt",)),
    "json": Format("everything, for programs (schema_version 1)", (".json",)),
    "markdown": Format("GitHub tables, fits into one pull request comment", (".md", ".markdown")),
    "mermaid": Format("a flowchart of the columns", (".mmd", ".mermaid")),
    "csv": Format("the tables, for a spreadsheet", (".csv",)),
    "html": Format("one self-contained page, light and dark", (".html", ".htm")),
}
#: Formats that give the findings of a report, and nothing else of it.
FINDING_FORMATS: Mapping[str, Format] = {
    "sarif": Format("annotations in the changed files (SARIF 2.1.0)", (".sarif",)),
    "junit": Format("a test case for each finding (JUnit XML)", (".xml",)),
}
ALL_FORMATS: Mapping[str, Format] = {**FORMATS, **FINDING_FORMATS}


def render(report: Report, format_name: str, options: RenderOptions | None = None) -> str:
    """The report in one of `ALL_FORMATS`, ending with a newline.

    *Raises*: ``KeyError`` when there is no such format, or the report has no findings to give.
    """
    known = FORMATS if report.findings is None else ALL_FORMATS
    if format_name not in known:
        raise KeyError(format_name)
    module = import_module(f"{__name__}.{format_name}")
    renderer: Callable[[Report, RenderOptions], str] = module.render
    return renderer(report, options or RenderOptions())
