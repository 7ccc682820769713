"""What a renderer may be told besides the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render; each format uses what concerns it.

    *Units*: ``width`` in terminal cells, ``limit`` in characters (GitHub refuses a comment of more
    than 65,536).
    """

    width: int = 80
    color: bool = False
    command: str = ""  #: the question that was asked, as typed on the command line
    limit: int = 60_000
    every_gap: bool = False  #: table and csv: all gaps, not only the first
    compact: bool = False  #: json: the object on one line
    full: str = ""  #: markdown: the file that has what did not fit
