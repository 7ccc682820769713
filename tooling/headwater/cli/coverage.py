"""``lineage coverage``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.load import answer
from headwater.cli.options import Inputs, Output, SelectionByState
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded


def command(inputs: Inputs, selection: SelectionByState, output: Output) -> int:
    """What could not be seen, and why?

    Every answer carries one line about what it could not see; this is the whole list: models that
    could not be read, columns whose sources are not known, and what would help.

    \b
    Examples:
      lineage coverage
      lineage coverage --select marts   only of these models
      lineage coverage --strict         exit with 3 when there is any gap
    """

    def ask(loaded: Loaded) -> Report:
        from headwater.graph.selection import select_nodes  # noqa: PLC0415 - not for --help
        from headwater.questions.coverage import coverage  # noqa: PLC0415 - not for --help

        nodes = None
        if selection:
            nodes = select_nodes(loaded.project, selection.select, selection.exclude)
        return coverage(loaded, nodes).report()

    return answer("coverage", inputs, output, ask, selection)
