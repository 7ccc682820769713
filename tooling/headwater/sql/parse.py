"""One node's SQL, understood: ``parse_node`` is the door to this room."""

from __future__ import annotations

import logging
import re
import sys
from array import array
from contextlib import suppress
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.edges import ColumnFlag, EdgeFlag, Gap, GapReason, NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.sql.flows import EFFECTS, Col
from headwater.sql.relations import Rel
from headwater.sql.statements import declared_variables, read_statement
from headwater.sql.walk import Walk

#: Part of every cache key: raise it when the same SQL would give other edges.
ENGINE_VERSION = 1

MAX_NESTING = 400  #: brackets and CASEs; beyond this a parser written as recursion is not safe
RENAMED = int(EdgeFlag.RENAMED)
RECURSION_LIMIT = 12_000

_SQLGLOT_LOG = logging.getLogger("sqlglot")
_JINJA = re.compile(r"\{\{|\{%|\{#")
_NESTING = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|([(\[{]|\bcase\b)|([)\]}]|\bend\b)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_SUBSCRIPTS = re.compile(r"(?:\[[^\[\]]*\]\s*){200,}")


def parse_node(sql: str, context: SqlContext) -> NodeLineage:
    """The columns, edges and gaps of one node's compiled SQL.

    Never raises for bad SQL: what could not be understood is a `Gap`. Several statements in one
    text: the last one that makes columns counts.
    """
    reason, detail, line = "", "", None
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
        _SQLGLOT_LOG.disabled = True  # what it cannot parse is a gap here, not a warning
        if _has_jinja(sql):
            return _gap(context, GapReason.JINJA_LEFT, "the SQL is a template, not compiled")
        if _nesting(sql) > MAX_NESTING:
            return _gap(context, GapReason.TOO_DEEP, f"more than {MAX_NESTING} levels of nesting")
        return _parse(sql, context)
    except SqlglotError as error:
        reason, (detail, line) = GapReason.PARSE_FAILED, _first_error(error)
    except RecursionError:
        reason, detail = GapReason.TOO_DEEP, "the SQL is nested too deeply"
    except Exception as error:
        reason, detail = GapReason.INTERNAL, f"{type(error).__name__}: {error}"
    finally:
        sys.setrecursionlimit(limit)
        _SQLGLOT_LOG.disabled = False
    return _gap(context, reason, detail, line)


def _parse(sql: str, context: SqlContext) -> NodeLineage:
    statements = _statements(sql, context.dialect or None)
    if not statements:
        return _gap(context, GapReason.NOT_A_QUERY, "there is no SQL")
    failed = ""
    variables = declared_variables(statements)
    for statement in reversed(statements):
        lineage = _walked(statement, sql, context, variables)
        if lineage is not None and _reads_itself_blindly(lineage, context):
            known = _knowing_itself(context, lineage)
            lineage = _walked(statement, sql, known, variables)
        if lineage is not None:
            return lineage
        failed = failed or statement.key
    return _gap(context, GapReason.NOT_A_QUERY, f"a {failed} statement makes no columns")


#: PostgreSQL's object identifier types as arrays, which sqlglot does not read.
_REGTYPES = re.compile(r"\breg(?:class|type|role|proc|namespace)\s*\[\s*\]", re.IGNORECASE)


def _as_text(match: re.Match[str]) -> str:
    """``text[]``, padded so that every place in the text stays where it is."""
    return "text[]".ljust(len(match[0]))


def _walked(
    statement: exp.Expr, sql: str, context: SqlContext, variables: frozenset[str]
) -> NodeLineage | None:
    walk = Walk(context, sql)
    walk.variables = variables
    rel = read_statement(walk, statement)
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


def _statements(sql: str, dialect: str | None) -> list[exp.Expr]:
    """The statements of a text; when one of several is broken, those that are not."""
    try:
        return [s for s in sqlglot.parse(sql, dialect=dialect) if s is not None]
    except SqlglotError:
        plain = _REGTYPES.sub(_as_text, sql)
        if plain != sql:
            return _statements(plain, dialect)
        pieces = sql.split(";")
        if len(pieces) < 2:
            raise
        found = []
        for piece in pieces:
            with suppress(SqlglotError):
                found += [s for s in sqlglot.parse(piece, dialect=dialect) if s is not None]
        found = [s for s in found if not isinstance(s, (exp.Command, exp.Alias, exp.Column))]
        if not found:
            raise
        return found


def _lineage(walk: Walk, rel: Rel) -> NodeLineage:
    """The relation of a statement, written down as flat links."""
    names, cols = _outputs(rel)
    links = array("i")
    refs = walk.sources.refs
    flags: list[int] = []
    for target, (name, col) in enumerate(zip(names, cols, strict=True)):
        lowered = name.lower()
        flags.append(_column_flags(name, col))
        for source, (effect, flag, start, end) in col.direct.items():
            column = refs[source].column
            is_renamed = effect == 0 and column is not None and column.lower() != lowered
            links.extend((source, target, effect, flag | RENAMED * is_renamed, start, end))
        for key, (flag, start, end) in col.steer.items():
            links.extend((key // EFFECTS, target, key % EFFECTS, flag, start, end))
    for key, (flag, start, end) in rel.rows.items():
        links.extend((key // EFFECTS, -1, key % EFFECTS, flag, start, end))
    return NodeLineage(
        node=walk.context.node,
        columns=tuple(names),
        column_flags=tuple(flags),
        sources=tuple(refs),
        links=links,
        gaps=tuple(walk.gaps.values()),
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


def _has_jinja(sql: str) -> bool:
    """Whether template marks stand outside strings and comments."""
    if not _JINJA.search(sql):
        return False
    return _JINJA.search(_QUOTED.sub("''", sql)) is not None


def _nesting(sql: str) -> int:
    """How deeply brackets and CASEs nest, outside strings and comments.

    Cheap for ordinary SQL: counts first. A long run of subscripts counts as nesting: the parser's
    time for it grows with the square of its length.
    """
    opening = sql.count("(") + sql.count("[") + sql.count("{")
    if opening <= MAX_NESTING and sql.lower().count("case") <= MAX_NESTING:
        return 0
    if _SUBSCRIPTS.search(sql):
        return MAX_NESTING + 1
    depth = deepest = 0
    for opened, closed in _NESTING.findall(sql):
        if opened:
            depth += 1
            deepest = max(deepest, depth)
        elif closed:
            depth -= 1
    return deepest


def _first_error(error: SqlglotError) -> tuple[str, int | None]:
    errors = getattr(error, "errors", None)
    if errors:
        first = errors[0]
        near = f" near '{first.get('highlight')}'" if first.get("highlight") else ""
        return f"{first.get('description', '')}{near}", first.get("line")
    return str(error).split("\n", 1)[0], None


def _gap(context: SqlContext, reason: str, detail: str, line: int | None = None) -> NodeLineage:
    return NodeLineage(context.node, gaps=(Gap(context.node, None, reason, detail, line),))
