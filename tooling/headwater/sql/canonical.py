"""A query's canonical form: ``canonical_plan`` is the door to it."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.relations import SqlContext
from headwater.sql.canonical_queries import Canon
from headwater.sql.canonical_scope import Facts, Unseen
from headwater.sql.terms import Term
from headwater.sql.texts import first_error, statements_of, unreadable

RECURSION_LIMIT = 12_000
_SQLGLOT_LOG = logging.getLogger("sqlglot")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query means.

    *Shape*: ``keys`` (names as the dialect compares them), ``values`` and ``starred`` are parallel
    to ``names``. ``starred``: the column came from an input's column through stars alone.
    ``unlisted`` stands for columns that are not known by name. ``order`` is that of the rows that
    come out, where the query says one.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    values: tuple[Term, ...]
    starred: tuple[bool, ...]
    rows: Term
    unlisted: tuple[Term, ...] = ()
    order: Term | None = None


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Why a query has no canonical form. ``tokens`` is its text without layout and comments."""

    why: str
    tokens: str = ""


def canonical_plan(sql: str, context: SqlContext, facts: Facts) -> Plan | NoPlan:
    """The canonical form of a node's compiled SQL. Never raises for bad SQL."""
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
        _SQLGLOT_LOG.disabled = True
        why = unreadable(sql)
        return NoPlan(why[1]) if why is not None else _plan(sql, context, facts)
    except SqlglotError as error:
        return NoPlan(f"it could not be parsed: {first_error(error)[0]}")
    except RecursionError:
        return NoPlan("it is nested too deeply")
    except Exception as error:
        return NoPlan(f"{type(error).__name__}: {error}")
    finally:
        sys.setrecursionlimit(limit)
        _SQLGLOT_LOG.disabled = False


def _plan(sql: str, context: SqlContext, facts: Facts) -> Plan | NoPlan:
    statements = statements_of(sql, context.dialect or None)
    if len(statements) != 1:
        return NoPlan("it has several statements" if statements else "there is no SQL")
    statement = statements[0]
    if not isinstance(statement, (exp.Query, exp.Values, exp.Paren, exp.Pivot)):
        return NoPlan(f"it is a {statement.key} statement", _tokens(statement))
    canon = Canon(context, sql, facts)
    try:
        block = canon.query(statement, {}, None, 0)
    except Unseen as unseen:
        return NoPlan(f"it has {unseen}", _tokens(statement))
    return Plan(
        tuple(block.names),
        tuple(canon.keys(block.names)),
        tuple(block.values),
        tuple(block.starred),
        block.rows,
        tuple(each.everything() for each in block.opens),
        block.order,
    )


def _tokens(statement: exp.Expr) -> str:
    """The syntax tree as text: without layout, comments and the case of keywords."""
    for node in statement.walk():
        node.comments = None
    return repr(statement)
