"""``lineage trace``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from headwater.cli.load import answer
from headwater.cli.names import Name, complete_names
from headwater.cli.options import Inputs, Output, option, whole_number
from headwater.core.errors import UsageError
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded


# fmt: off
@dataclass(frozen=True, slots=True)
class Upstream:
    """Which way up: only the one from ``path``, or all of them."""

    path: Annotated[str | None, option(
        "Only a shortest way from this column down to NAME.",
        "--path", metavar="COLUMN", autocompletion=complete_names)] = None
    rows: Annotated[bool, option(
        "Also follow what decides which rows there are.", "--rows")] = False
    depth: Annotated[int | None, option(
        "How many nodes upstream to look [default: up to the sources].",
        "--depth", metavar="N", parser=whole_number)] = None
# fmt: on


def command(name: Name, upstream: Upstream, inputs: Inputs, output: Output) -> int:
    """Where does this column come from, step by step?

    Every step up to the sources, with the expression that makes it so and its line in the
    compiled SQL. Of a model: all its columns.

    \b
    Examples:
      lineage trace orders.amount
      lineage trace orders.amount --rows
      lineage trace orders.amount --path source:shop.raw_payments.amount
      lineage trace orders.amount -o mermaid
    """
    source, depth, rows = upstream.path, upstream.depth, upstream.rows
    if source is not None and (depth or rows):
        raise UsageError("--path shows one way as it is: leave --depth and --rows out")

    def ask(loaded: Loaded) -> Report:
        from headwater.questions.trace import trace, way  # noqa: PLC0415 - not for --help

        if source is not None:
            return way(loaded, source, name).report()
        return trace(loaded, name, depth=depth, rows=rows).report()

    return answer("trace", inputs, output, ask)
