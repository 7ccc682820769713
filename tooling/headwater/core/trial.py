"""What an experiment with one node's SQL saw: the witness that a graph is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from headwater.core.columns import ColumnRef


class Movement(NamedTuple):
    """A source was changed, and an output moved; ``output is None``: the number of rows did."""

    source: ColumnRef
    output: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One node, tried.

    *Shape*: ``outputs`` are the columns that DuckDB gave, in order, repeated names counted
    (``id:2``). ``tried`` counts for each source the changes that were made to it alone. About
    ``unstable`` outputs, which move by themselves, nothing is known, nor about the number of rows
    when ``stable_rows`` is False. ``failed`` says why nothing could be tried, or is empty;
    ``cut_short`` that the time ended first. ``rows`` is the most rows that a run returned,
    ``data`` where the rows of each input came from.
    """

    node: str
    outputs: tuple[str, ...] = ()
    movements: frozenset[Movement] = frozenset()
    tried: Mapping[ColumnRef, int] = field(default_factory=dict)
    unstable: frozenset[str] = frozenset()
    stable_rows: bool = True
    rows: int = 0
    runs: int = 0
    data: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""
    cut_short: bool = False
