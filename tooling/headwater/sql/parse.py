"""One node's SQL, understood: ``parse_node`` is the door to this room."""

from __future__ import annotations

import logging
import sys
from array import array
from contextlib import suppress
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, EdgeFlag, Gap, GapReason, NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.sql.flows import EFFECTS, Col, place
from headwater.sql.masks import with_marks
from headwater.sql.relations import Rel
from headwater.sql.scripts import Script, with_used_sources
from headwater.sql.statements import declared_variables, read_statement
from headwater.sql.texts import first_error, statements_of, unreadable
from headwater.sql.walk import Walk

#: Part of every cache key: raise it when the same SQL would give other edges.
ENGINE_VERSION = 3

Uses = dict[ColumnRef, bool]  #: columns that something is done with; whether it names them
RENAMED = int(EdgeFlag.RENAMED)
RECURSION_LIMIT = 12_000

_SQLGLOT_LOG = logging.getLogger("sqlglot")


def parse_node(
    sql: str, context: SqlContext, *, strict: bool = False, used: Uses | None = None
) -> NodeLineage:
    """The columns, edges and gaps of one node's compiled SQL.

    Never raises for bad SQL: what could not be understood is a `Gap`. Several statements in one
    text: the last one that makes columns counts, seen through the tables that those before it made.
    ``strict`` adds gaps for what a warehouse refuses though its lineage is clear: names in CTEs
    that nobody reads, another number of columns than a place takes, keys and exclusions that name
    no column. With it, ``used`` is filled with the columns that something is done with beyond
    selecting them, even where nothing comes of it, and whether by name.
    """
    reason, detail, line = "", "", None
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
        _SQLGLOT_LOG.disabled = True  # what it cannot parse is a gap here, not a warning
        why = unreadable(sql)
        return _gap(context, *why) if why is not None else _parse(sql, context, strict, used)
    except SqlglotError as error:
        reason, (detail, line) = GapReason.PARSE_FAILED, first_error(error)
    except RecursionError:
        reason, detail = GapReason.TOO_DEEP, "the SQL is nested too deeply"
    except Exception as error:
        reason, detail = GapReason.INTERNAL, f"{type(error).__name__}: {error}"
    finally:
        sys.setrecursionlimit(limit)
        _SQLGLOT_LOG.disabled = False
    return _gap(context, reason, detail, line)


def _parse(sql: str, context: SqlContext, strict: bool, used: Uses | None) -> NodeLineage:
    if context.dialect and sqlglot.Dialect.get(context.dialect) is None:
        context = replace(context, dialect="")
    statements = _statements(sql, context.dialect or None)
    if not statements:
        return _gap(context, GapReason.NOT_A_QUERY, "there is no SQL")
    script = Script(declared_variables(statements), strict)
    found: NodeLineage | None = None
    for statement in statements:
        try:
            found = _informed(statement, sql, context, script) or found
        except Exception:  # what cannot be read before the last statement is not what was asked
            if statement is statements[-1]:
                raise
    if used is not None:
        used.update((script.sources.refs[at], named) for at, named in script.used.items())
    if found is None:
        failed = statements[-1].key
        return _gap(context, GapReason.NOT_A_QUERY, f"a {failed} statement makes no columns")
    return with_used_sources(found) if script.walks > 1 else found


def _statements(sql: str, dialect: str | None) -> list[exp.Expr]:
    """The statements, with the marks of masks as calls; without them where they stand badly."""
    marked = with_marks(sql)
    if marked != sql:
        with suppress(SqlglotError):
            return statements_of(marked, dialect)
    return statements_of(sql, dialect)


def _informed(
    statement: exp.Expr, sql: str, context: SqlContext, script: Script
) -> NodeLineage | None:
    """The lineage of a statement; one that reads its own relation is read again, knowing it."""
    lineage = _walked(statement, sql, context, script)
    if lineage is not None and _reads_itself_blindly(lineage, context):
        lineage = _walked(statement, sql, _knowing_itself(context, lineage), script)
    return lineage


def _walked(
    statement: exp.Expr, sql: str, context: SqlContext, script: Script
) -> NodeLineage | None:
    walk = Walk(context, sql, script)
    try:
        rel = read_statement(walk, statement)
        script.note(walk, statement, rel)
    except SqlglotError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        missing = [m for node in statement.walk() for m in node.error_messages()]
        if missing:  # the parser let incomplete SQL pass
            raise SqlglotError(missing[0]) from error
        raise
    return _lineage(walk, rel) if rel is not None else None


def _reads_itself_blindly(lineage: NodeLineage, context: SqlContext) -> bool:
    """Whether an incremental model reads its own relation without knowing its columns."""
    own = [r for r in context.relations.values() if r.node == context.node and not r.complete]
    reads = any(s.node == context.node for s in lineage.sources)
    return bool(own) and reads and bool(lineage.columns) and not lineage.is_open


def _knowing_itself(context: SqlContext, lineage: NodeLineage) -> SqlContext:
    """A node's own relation has exactly the columns that its SQL makes."""
    own = Relation(context.node, tuple(dict.fromkeys(lineage.columns)), complete=True)
    relations = {k: own if r.node == context.node else r for k, r in context.relations.items()}
    return replace(context, relations=relations)


def _lineage(walk: Walk, rel: Rel) -> NodeLineage:
    """The relation of a statement, written down as flat links."""
    names, cols = _outputs(rel)
    if not names and not walk.gaps:
        walk.gap(GapReason.NOT_A_QUERY, "it selects no columns")
    links = array("i")
    refs = walk.sources.refs
    flags: list[int] = []
    for target, (name, col) in enumerate(zip(names, cols, strict=True)):
        lowered = name.lower()
        flags.append(_column_flags(name, col))
        for source, (effect, flag, start, end) in col.direct.items():
            column = refs[source].column
            is_renamed = effect == 0 and column is not None and column.lower() != lowered
            flags_out = flag | RENAMED * is_renamed
            links.extend((source, target, effect, flags_out, *place(start, end)))
        for key, (flag, start, end) in col.steer.items():
            links.extend((key // EFFECTS, target, key % EFFECTS, flag, *place(start, end)))
    for key, (flag, start, end) in rel.rows.items():
        links.extend((key // EFFECTS, -1, key % EFFECTS, flag, *place(start, end)))
    return NodeLineage(
        node=walk.context.node,
        columns=tuple(names),
        column_flags=tuple(flags),
        sources=tuple(refs),
        links=links,
        gaps=tuple(walk.gaps.values()),
        calls=tuple(walk.script.calls.names),
    )


def _outputs(rel: Rel) -> tuple[list[str], list[Col]]:
    names, cols = list(rel.names), [rel.at(i) for i in range(len(rel.names))]
    if rel.is_open:
        names.append("*")
        cols.append(rel.star())
    elif rel.wild is not None and not names:
        names.append("*")
        cols.append(rel.wild)
    return names, cols


def _column_flags(name: str, col: Col) -> int:
    flags = col.flags
    if name == "*":
        flags |= int(ColumnFlag.OPEN)
    if not col.direct and not col.steer and not flags:
        flags = int(ColumnFlag.CONSTANT)
    return flags


def _gap(context: SqlContext, reason: str, detail: str, line: int | None = None) -> NodeLineage:
    return NodeLineage(context.node, gaps=(Gap(context.node, None, reason, detail, line),))
