"""Queries -> canonical relations: CTEs and subqueries vanish, what they do stays.

A SELECT that neither groups, limits nor stacks rows is its FROM with more conditions, so it makes
no difference whether it stands in a CTE, a subquery or in place. What such a SELECT computes is
carried by its columns: a window or an aggregate remembers the rows it was computed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.relations import SqlContext
from headwater.sql.canonical_from import read_item
from headwater.sql.canonical_order import ordered_block
from headwater.sql.canonical_pivots import pivot_statement
from headwater.sql.canonical_scope import Block, Facts, Frame, Unseen, column_key
from headwater.sql.canonical_select import refuse_others, select
from headwater.sql.canonical_setops import recursive, set_operation
from headwater.sql.canonical_values import Values
from headwater.sql.scripts import Script
from headwater.sql.terms import Term
from headwater.sql.texts import statements_of, unreadable
from headwater.sql.walk import Walk


class Canon:
    """One statement being put into canonical form."""

    def __init__(
        self, context: SqlContext, sql: str, facts: Facts, around: Canon | None = None
    ) -> None:
        self.context = context
        self.around = around
        self.facts = facts
        self.names = Walk(context, sql, Script())
        self.rules = self.names.rules
        self.volatile: dict[bytes, int] = around.volatile if around is not None else {}
        self.bodies: dict[str, Block | None] = around.bodies if around is not None else {}

    def inlined(self, node: str) -> Block | None:
        """The query of a node that only one side has, as if it were a CTE here."""
        if node not in self.bodies:
            self.bodies[node] = None  # also where it reads itself
            body = self.facts.body(node)
            if body is not None:
                self.bodies[node] = self._body(*body)
        return self.bodies[node]

    def _body(self, sql: str, context: SqlContext) -> Block | None:
        if unreadable(sql) is not None:
            return None
        with suppress(SqlglotError, Unseen):
            statements = statements_of(sql, context.dialect or None)
            if len(statements) == 1 and isinstance(statements[0], exp.Query):
                return Canon(context, sql, self.facts, self).query(statements[0], {}, None, 0)
        return None

    def query(
        self, node: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
    ) -> Block:
        """Any query as a relation whose labels belong to ``depth``."""
        known = self.with_ctes(node, ctes, parent, depth)
        if isinstance(node, exp.Select):
            return select(self, node, Frame(known, parent, depth))
        if isinstance(node, exp.SetOperation):
            block = set_operation(self, node, known, parent, depth)
        elif (
            isinstance(node, (exp.Subquery, exp.Paren))
            and isinstance(node.this, (exp.Query, exp.Paren))
            and not node.args.get("pivots")
        ):
            block = self.query(node.this, known, parent, depth)
        else:
            star = exp.Select(expressions=[exp.Star()], from_=exp.From(this=node))
            return select(self, star, Frame(known, parent, depth))
        refuse_others(node)
        return ordered_block(self, node, block, known, (parent, depth))

    def item(self, values: Values, item: exp.Expr) -> Term:
        """Add one item of FROM to the frame; its rows."""
        return read_item(self, values, item)

    def pivot(self, node: exp.Expr, frame: Frame) -> Block:
        """DuckDB's statement ``pivot t on … using …``."""
        star = exp.Select(expressions=[exp.Star()], from_=exp.From(this=node.this))
        block = select(self, star, Frame(frame.ctes, frame.parent, frame.depth))
        return pivot_statement(self, block, node, frame.depth)

    def with_ctes(
        self, node: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
    ) -> dict[str, Block]:
        """The CTEs in reach inside ``node``, each as a relation of its own."""
        known = dict(ctes)
        with_ = node.args.get("with_")
        if with_ is None:
            return known
        for cte in with_.expressions:
            name = cte.alias.lower()
            if name in self.names.index.ephemerals:
                known.pop(name, None)
                continue
            alias = cte.args.get("alias")
            columns = list(alias.args.get("columns") or ()) if alias is not None else []
            if with_.args.get("recursive") and _mentions(cte.this, name):
                block = recursive(self, cte, known, parent, depth)
            elif isinstance(cte.this, (exp.Query, exp.Paren, exp.Values, exp.Pivot)):
                block = self.query(cte.this, known, parent, depth)
            else:
                raise Unseen(f"a CTE that is a {cte.this.key}")
            known[name] = _renamed(block, [self.names.spell(c) for c in columns])
        return known

    def keys(self, names: list[str]) -> list[str]:
        """Listed names as `column_key` has them; exact where two differ by case only."""
        folded = [column_key(name, True, self.context.dialect) for name in names]
        return folded


def _renamed(block: Block, names: list[str]) -> Block:
    if names:
        block.names = [*names, *block.names[len(names) :]][: max(len(names), len(block.names))]
        if len(names) > len(block.values):
            raise Unseen("a column list over unknown columns")
        block.starred = [False] * len(names) + block.starred[len(names) :]
    return block


def _mentions(node: exp.Expr, name: str) -> bool:
    return any(t.name.lower() == name and not t.args.get("db") for t in node.find_all(exp.Table))
