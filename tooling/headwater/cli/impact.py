"""``lineage impact``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from headwater.cli.load import answer
from headwater.cli.names import Names
from headwater.cli.options import Inputs, Output, SelectionByState, option, whole_number
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded


Depth = Annotated[
    int | None,
    option(
        "How many nodes downstream to look [default: all the way].",
        "--depth",
        metavar="N",
        parser=whole_number,
    ),
]


def command(
    names: Names,
    inputs: Inputs,
    selection: SelectionByState,
    output: Output,
    depth: Depth = None,
) -> int:
    """What breaks, or changes, downstream of this model or column?

    Exposures with their owners first, then models, columns, tests and metrics: whose values flow
    from it, whose rows it decides, and what depends on the model without touching it.

    \b
    Examples:
      lineage impact orders                      a whole model
      lineage impact orders.amount               one column
      lineage impact source:shop.raw_orders.id   a source's column
      lineage impact models/marts/orders.sql     the model in a file
      lineage impact tag:finance --depth 1       a selection, direct readers only
      lineage impact orders.amount -o markdown   for a pull request
    """

    def ask(loaded: Loaded) -> Report:
        from headwater.questions.impact import impact  # noqa: PLC0415 - not for --help

        select, exclude = selection.select, selection.exclude
        return impact(loaded, names, depth=depth, select=select, exclude=exclude).report()

    return answer("impact", inputs, output, ask, selection)
