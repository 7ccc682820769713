"""``lineage columns``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.load import answer
from headwater.cli.names import Name
from headwater.cli.options import Inputs, Output

if TYPE_CHECKING:
    from headwater.core.report import Report
    from headwater.pipeline import Loaded


def command(name: Name, inputs: Inputs, output: Output) -> int:
    """Which columns does this model have, and what is each made of?

    The columns in order, with type and description where they are known, the columns their values
    come from, what else decides them, and what decides which rows there are.

    \b
    Examples:
      lineage columns orders
      lineage columns orders.amount
      lineage columns orders -o csv --out orders.csv
    """

    def ask(loaded: Loaded) -> Report:
        from headwater.questions.columns import columns  # noqa: PLC0415 - not for --help

        return columns(loaded, name).report()

    return answer("columns", inputs, output, ask)
