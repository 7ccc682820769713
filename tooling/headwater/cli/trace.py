"""``lineage trace``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from headwater.cli.load import answer
from headwater.cli.names import complete_names
from headwater.cli.options import (
    Inputs,
    Output,
    Question,
    collected,
    depth_option,
    input_options,
    output_options,
)
from headwater.core.errors import UsageError
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded


@dataclass(frozen=True, slots=True)
class Upstream:
    """Which way up: only the one from ``source``, or all of them."""

    source: str | None
    rows: bool
    depth: int | None


_OPTIONS = (
    click.option(
        "--path",
        "source",
        metavar="COLUMN",
        shell_complete=complete_names,
        help="Only a shortest way from this column down to NAME.",
    ),
    click.option("--rows", is_flag=True, help="Also follow what decides which rows there are."),
    depth_option("How many nodes upstream to look [default: up to the sources]."),
)


@click.command(cls=Question)
@click.argument("name", metavar="NAME", shell_complete=complete_names)
@collected("upstream", Upstream, _OPTIONS)
@input_options
@output_options
def command(name: str, upstream: Upstream, inputs: Inputs, output: Output) -> int:
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
    source, depth, rows = upstream.source, upstream.depth, upstream.rows
    if source is not None and (depth or rows):
        raise UsageError("--path shows one way as it is: leave --depth and --rows out")

    def ask(loaded: Loaded) -> Report:
        from headwater.questions.trace import trace, way  # noqa: PLC0415 - not for --help

        if source is not None:
            return way(loaded, source, name).report()
        return trace(loaded, name, depth=depth, rows=rows).report()

    return answer("trace", inputs, output, ask)
