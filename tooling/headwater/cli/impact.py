"""``lineage impact``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from headwater.cli.load import answer
from headwater.cli.names import Names
from headwater.cli.options import Inputs, Output, SelectionByState, option, whole_number
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.pipeline import Loaded

WHAT_IF = "What if"
#: The words of --change, and what each means.
CHANGES = {
    "drop": "the column, or the whole model, is taken away",
    "rename": "it gets another name (--to says which)",
    "type": "the column gets another type",
    "logic": "the column is computed in another way; of a model, all of it",
    "rows": "a filter or a join is another: which rows there are",
}
VERDICTS = ("breaks", "unknown", "rows", "value", "shape", "untouched")
KINDS = tuple(
    "model snapshot seed source test unit_test exposure metric semantic_model saved_query "
    "function analysis operation".split()
)


def _one_of(what: str, known: tuple[str, ...], text: str) -> str:
    """One of the words, or an error that lists them."""
    if text in known:
        return text
    details = [("has", shown(known, len(known))), *did_you_mean(text, known)]
    raise NotFound(f"no {what} '{text}'", *details)


def _change(text: str) -> str:
    return _one_of("change", tuple(CHANGES), text)


def _kept(text: str) -> str:
    return _one_of("kind or verdict", VERDICTS + KINDS, text)


def _changes(incomplete: str) -> list[tuple[str, str]]:
    return [each for each in CHANGES.items() if each[0].startswith(incomplete)]


def _keepable(incomplete: str) -> list[str]:
    return [word for word in VERDICTS + KINDS if word.startswith(incomplete)]


# fmt: off
@dataclass(frozen=True, slots=True)
class WhatIf:
    """How far to look, a change that is thought of, and how much is told of what it would do."""

    depth: Annotated[int | None, option(
        "How many nodes downstream to look [default: all the way].",
        "--depth", metavar="N", parser=whole_number)] = None
    change: Annotated[str | None, option(
        "What would break, or change: drop, rename, type, logic, rows.",
        "--change", metavar="CHANGE", section=WHAT_IF, parser=_change,
        autocompletion=_changes)] = None
    to: Annotated[str, option(
        "The new name, for --change rename.",
        "--to", metavar="NAME", section=WHAT_IF)] = ""
    only: Annotated[list[str], option(
        "Keep only this kind (model, test, exposure ...) or verdict (breaks, unknown, rows, "
        "value, shape, untouched).",
        "--only", metavar="WORD", section=WHAT_IF, parser=_kept,
        autocompletion=_keepable)] = field(default_factory=list)
    effects: Annotated[bool, option(
        "Also list every column, with the SQL that makes it so.",
        "--effects", section=WHAT_IF)] = False
    path: Annotated[bool, option(
        "Also show the way from the change to each node.",
        "--path", section=WHAT_IF)] = False
# fmt: on

    def __post_init__(self) -> None:
        """The other options say how much is told of a change. *Raises*: `UsageError`."""
        given = [f"--{name}" for name in ("to", "only", "effects", "path") if getattr(self, name)]
        if given and self.change is None:
            words = ", ".join(CHANGES)
            raise UsageError(
                f"{given[0]} goes with --change", ("hint", f"add --change and one of {words}")
            )


def command(
    names: Names,
    inputs: Inputs,
    what_if: WhatIf,
    selection: SelectionByState,
    output: Output,
) -> int:
    """What breaks, or changes, downstream of this model or column?

    Exposures with their owners first, then models, columns, tests and metrics: whose values flow
    from it, whose rows it decides, and what depends on the model without touching it.

    With --change, a verdict for each thing downstream: breaks, rows change, value changes, shape
    changes, untouched or unknown, and the SQL that makes it so.

    \b
    Examples:
      lineage impact orders                      a whole model
      lineage impact orders.amount               one column
      lineage impact source:shop.raw_orders.id   a source's column
      lineage impact models/marts/orders.sql     the model in a file
      lineage impact tag:finance --depth 1       a selection, direct readers only
      lineage impact orders.amount -o markdown   for a pull request
      lineage impact orders.amount --change drop            what would break?
      lineage impact orders.id --change rename --to order_id
      lineage impact stg_orders --change rows --only exposure
    """

    def ask(loaded: Loaded) -> Report:
        select, exclude = selection.select, selection.exclude
        if what_if.change is not None:
            return _changed(loaded, names, what_if, selection)
        from headwater.questions.impact import impact  # noqa: PLC0415 - not for --help

        depth = what_if.depth
        return impact(loaded, names, depth=depth, select=select, exclude=exclude).report()

    return answer("impact", inputs, output, ask, selection)


def _changed(
    loaded: Loaded, names: list[str], what_if: WhatIf, selection: SelectionByState
) -> Report:
    from headwater.questions.impact_change import Asked, impact_change  # noqa: PLC0415

    wants = [name for name in ("effects", "path") if getattr(what_if, name)]
    asked = Asked(what_if.depth, what_if.only, selection.select, selection.exclude, wants)
    return impact_change(loaded, names, what_if.change or "", to=what_if.to, asked=asked).report()
