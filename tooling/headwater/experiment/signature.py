"""Outcomes compared: each column as a bag of values, blind to row order and to float dust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater.experiment.data import ORDERS
from headwater.experiment.sandbox import Outcome, QueryFailed, Sandbox, Source

DIGITS = 9  #: floats that agree to so many digits are equal: sums depend on the order of addition


@dataclass(frozen=True, slots=True)
class Signature:
    """What of an outcome can be compared: names, number of rows, one bag of values per column."""

    columns: tuple[str, ...]
    height: int
    bags: tuple[tuple[str, ...], ...]

    def moved(self, other: Signature) -> frozenset[int]:
        """Positions of the output columns whose bags differ."""
        return frozenset(
            at for at, (a, b) in enumerate(zip(self.bags, other.bags, strict=True)) if a != b
        )


def signature(outcome: Outcome) -> Signature:
    """The comparable form of an outcome."""
    width = len(outcome.columns)
    columns = zip(*outcome.rows, strict=True) if outcome.rows else ((),) * width
    bags = tuple(tuple(sorted(_text(value) for value in column)) for column in columns)
    return Signature(outcome.columns, len(outcome.rows), bags)


def measure(sandbox: Sandbox, sql: str, changes: Mapping[Source, int], order: int = 0) -> Signature:
    """The signature of the query over the tables so changed. *Raises* `QueryFailed`."""
    sandbox.arrange(changes, order, sandbox.named_in(sql))
    return signature(sandbox.execute(sql))


def settled(sandbox: Sandbox, sql: str, changes: Mapping[Source, int], times: int = 1) -> Settled:
    """The signature, and which columns are the same in every physical order of the rows.

    Each order is measured ``times`` times: random samples may agree once. *Raises*
    `QueryFailed`, also when the columns themselves differ between runs.
    """
    first = measure(sandbox, sql, changes)
    unstable: frozenset[int] = frozenset()
    same_height = True
    for run in range(1, ORDERS * times):
        other = measure(sandbox, sql, changes, run % ORDERS)
        if other.columns != first.columns:
            raise QueryFailed("the output columns depend on the data")
        unstable |= first.moved(other)
        same_height &= other.height == first.height
    return Settled(first, unstable, same_height)


@dataclass(frozen=True, slots=True)
class Settled:
    """A signature with what of it is chance: columns, and whether the number of rows is not."""

    signature: Signature
    unstable: frozenset[int]
    same_height: bool


def labels(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Distinct names for output columns: a repeated name gets its count, ``id``, ``id:2``."""
    seen: dict[str, int] = {}
    result = []
    for column in columns:
        name = column.lower()
        seen[name] = seen.get(name, 0) + 1
        result.append(column if seen[name] == 1 else f"{column}:{seen[name]}")
    return tuple(result)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_text(item)}" for key, item in value.items()) + "}"
    return repr(value)
