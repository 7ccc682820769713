"""``lineage unused``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from headwater.cli.load import answer, kept_answers
from headwater.cli.options import Inputs, Output, SelectionByState, option
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded

Ends = Annotated[
    bool,
    option("Also judge the columns of models that no node of the project reads.", "--ends"),
]


def command(inputs: Inputs, selection: SelectionByState, output: Output, ends: Ends = False) -> int:
    """Which columns does nothing read, and what would dropping them save?

    A column is read when a filter, join, grouping or order uses it, when a test, metric, contract
    or exposure names it, and when it ends in a model at the end of the project. What cannot be seen
    is listed apart, and never called unused.

    \b
    Examples:
      lineage unused
      lineage unused --select staging   columns of these models
      lineage unused --select source:*  source columns that nobody takes
      lineage unused --ends             of models that no node reads, too
    """

    def ask(loaded: Loaded) -> Report:
        from headwater.cache.stamp import code_stamp  # noqa: PLC0415 - not for --help
        from headwater.graph.selection import select_nodes  # noqa: PLC0415 - not for --help
        from headwater.questions.unused import unused  # noqa: PLC0415 - not for --help

        nodes = None
        if selection:
            nodes = select_nodes(loaded.project, selection.select, selection.exclude)
        with kept_answers(inputs) as store:
            stamp = code_stamp("changes", "questions")
            return unused(loaded, nodes, ends=ends, store=store, stamp=stamp).report()

    return answer("unused", inputs, output, ask, selection)
