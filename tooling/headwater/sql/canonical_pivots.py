"""PIVOT and UNPIVOT in canonical terms: one closed operator over all that goes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_scope import Block, Frame, Item, Unseen
from headwater.sql.canonical_values import Values
from headwater.sql.flows import NOTHING
from headwater.sql.pivots import apply_pivot, simplified_pivot
from headwater.sql.relations import Rel
from headwater.sql.scope import Scope
from headwater.sql.terms import closing, label_term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon

_INPUT = "the_input"


def pivoted(canon: Canon, block: Block, pivot: exp.Expr, depth: int) -> Block:
    """The relation after ``from t pivot (…)`` or ``unpivot``."""
    rel = _listed(block)
    return _closed(canon, block, pivot, (apply_pivot(canon.names, rel, pivot, Scope({})), depth))


def pivot_statement(canon: Canon, block: Block, node: exp.Expr, depth: int) -> Block:
    """DuckDB's ``pivot t on … using …``."""
    plain = node.copy()
    plain.set("this", exp.to_table(_INPUT))
    made = simplified_pivot(canon.names, plain, Scope({_INPUT: _listed(block)}))
    plain.set("this", None)
    return _closed(canon, block, plain, (made, depth))


def _listed(block: Block) -> Rel:
    """The names alone, for whoever makes the new names of them."""
    if block.opens:
        raise Unseen("a pivot of unknown columns")
    return Rel(list(block.names), [NOTHING] * len(block.names), {})


def _closed(canon: Canon, block: Block, pivot: exp.Expr, made: tuple[Rel, int]) -> Block:
    rel, depth = made
    if rel.is_open:
        raise Unseen("a pivot whose columns depend on the data")
    frame = Frame({}, None, depth)
    frame.items = [Item("", (), canon.keys(block.names), block)]
    plain = pivot.copy()
    for key in ("alias", "columns"):
        if key in plain.args:
            plain.set(key, None)
    how = Values(canon, frame).parts(plain)
    text = plain.sql(dialect=canon.context.dialect or None, comments=False)  # its aliases too
    needs = (block.rows, term("row", *block.values), how, term(f"text {text}"))
    label = f"{depth}|pivot#0"
    rows = term("pivot", label_term(label), *closing(block.labels, *needs))
    names = [name.partition(" /*")[0] for name in rel.names]  # sqlglot keeps comments in them
    values = [term(f"pivoted {key}", rows) for key in canon.keys(names)]
    return Block(names, values, [False] * len(values), (label,), rows)
