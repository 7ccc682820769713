"""``lineage verify``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.failures import ANSWERED, GATE_HIT, INCOMPLETE
from headwater.cli.load import answer
from headwater.cli.names import complete_names
from headwater.cli.options import Inputs, Output, SelectionByState, option
from headwater.cli.output import say
from headwater.core.errors import UsageError

if TYPE_CHECKING:
    from headwater.core.report import Report
    from headwater.core.trial import Trial
    from headwater.pipeline import Loaded
    from headwater.questions.verify import Verify

MOST = 1_000_000  #: of rows, seconds, or a seed

Models = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MODEL]...", autocompletion=complete_names, show_default=False),
]


def _whole(text: str) -> int:
    """A whole number, or an error that says what is expected."""
    if text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= MOST:
        return int(text)
    raise UsageError(f"a whole number from 0 to {MOST} is expected, not '{text}'")


def _some(text: str) -> int:
    """A whole number that is not zero."""
    if _whole(text) == 0:
        raise UsageError("a whole number from 1 is expected, not '0'")
    return _whole(text)


# fmt: off
@dataclass(frozen=True, slots=True)
class Trying:
    """What is tried, on which rows, how hard."""

    every: Annotated[bool, option(
        "Try every model and snapshot.", "--all")] = False
    data: Annotated[Path | None, option(
        "Take rows from this DuckDB database, which is only read [default: seeds' files, and "
        "made-up rows].", "--data", metavar="FILE")] = None
    rows: Annotated[int | None, option(
        "Rows of each input [default: 24 made up, at most 60 taken].",
        "--rows", metavar="N", parser=_some)] = None
    seconds: Annotated[int | None, option(
        "Time for each model [default: 20].",
        "--seconds", metavar="N", parser=_some)] = None
    seed: Annotated[int | None, option(
        "Another number makes up other rows and other changes [default: 0].",
        "--seed", metavar="N", parser=_whole)] = None
# fmt: on


def command(
    trying: Trying,
    inputs: Inputs,
    selection: SelectionByState,
    output: Output,
    models: Models = None,
) -> int:
    """Is the graph right, when the SQL runs and its sources change?

    Each model's SQL runs on DuckDB (in memory; SQL of other adapters is translated), over its
    inputs as small tables. A column is changed and the result compared, column by column. What
    moved and is not in the graph is an error of the graph: exit code 1. Needs
    dbt-headwater[verify].

    \b
    Examples:
      lineage verify orders
      lineage verify --select marts --seconds 60
      lineage verify --all --seed 7
      lineage verify orders --data warehouse.duckdb --rows 500
    """
    from headwater.experiment.sandbox import duckdb_module

    duckdb_module()
    found: list[Verify] = []

    def ask(loaded: Loaded) -> Report:
        from headwater.questions.verify import nodes_to_verify, verify

        nodes = nodes_to_verify(
            loaded, models or (), selection.select, selection.exclude, every=trying.every
        )
        found.append(verify(loaded, _trials(loaded, nodes, trying, quiet=output.quiet)))
        return found[0].report()

    code = answer("verify", inputs, output, ask, selection)
    if not found[0].agrees:
        return GATE_HIT
    if code == ANSWERED and output.strict and (found[0].untested or not found[0].verdicts):
        say("incomplete: not everything could be tested (--strict)")
        return INCOMPLETE
    return code


def _trials(loaded: Loaded, nodes: Sequence[str], trying: Trying, *, quiet: bool) -> list[Trial]:
    from headwater.core.columns import short_name
    from headwater.experiment.trying import Effort, try_nodes

    is_watched = not quiet and len(nodes) > 1 and sys.stderr is not None and sys.stderr.isatty()

    def tell(number: int, node: str) -> None:
        if is_watched:
            say(f"{number} of {len(nodes)}: {short_name(node)}")

    seconds = trying.seconds or Effort().seconds
    effort = Effort(seconds, trying.rows, trying.seed or 0, trying.data)
    return try_nodes(loaded.project, loaded.graph, nodes, effort, tell)
