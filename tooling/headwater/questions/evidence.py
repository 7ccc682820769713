"""Where in a node's SQL an edge comes from: the expression around a span, and its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from headwater.core.edges import Span
from headwater.core.project import Project

MOST_TEXT = 200  #: characters of an expression that are shown
#: Words that begin or end a select item or a condition when they stand outside all parentheses.
_BREAKS = frozenset(
    "select distinct from where having limit qualify union intersect except on using join inner "
    "full cross natural lateral with and or returning".split()
)
_BREAKS_BEFORE_BY = frozenset({"group", "order", "partition", "cluster", "distribute", "sort"})
_BREAKS_UNLESS_CALLED = frozenset({"left", "right"})
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_PIECE = re.compile(
    r"""'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|/\*.*?\*/|\.?\w[\w$]*|[(),;]""", re.S
)
#: What stands before a relation: a span there is the relation's own, so a star hands on all of it.
_READS = re.compile(r"(?:\bfrom|\bjoin)$", re.I)
_NAME = re.compile(
    r"""(?:(?:"[^"]*"|`[^`]*`|\[[^\]]*\]|[^\s."`\[]+)\.)*("[^"]*"|`[^`]*`|\[[^\]]*\]|[^\s."`\[]+)"""
)
_NEXT = re.compile(r"(?:\s|--[^\n]*|/\*.*?\*/)*(\w+|\S)?", re.S)


class Evidence(NamedTuple):
    """An expression as written, and the line it begins on (1 is the first)."""

    text: str
    line: int


class SqlText:
    """One node's compiled SQL, scanned once for its select items and conditions.

    The scan knows quotes, comments and parentheses and nothing of grammar; where it is fooled the
    expression shown is too short or too long, and nothing else depends on it.
    """

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._items: list[Span] | None = None

    def line(self, span: Span) -> int | None:
        """The line the span begins on, or ``None`` when the span is nowhere."""
        if not 0 <= span.start < span.end <= len(self.sql):
            return None
        return self.sql.count("\n", 0, span.start) + 1

    def evidence(self, span: Span) -> Evidence | None:
        """The whole select item or condition around the span, on one line and cut when long."""
        line = self.line(span)
        if line is None:
            return None
        wide = self.widened(span)
        text = " ".join(_COMMENT.sub(" ", self.sql[wide.start : wide.end]).split())
        if _READS.search(self.sql[max(wide.start - 5, 0) : wide.start]):
            text = f"* from {_last_name(text)}"
        if len(text) > MOST_TEXT:
            text = text[: MOST_TEXT - 1].rstrip() + "…"
        return Evidence(text, line)

    def widened(self, span: Span) -> Span:
        """The smallest item that holds the span, or the run of items that it covers.

        A condition of several parts (``a = b and c = d``) is such a run; a span in no item is
        itself.
        """
        first, last = self._around(span.start), self._around(span.end - 1)
        begin = first.start if first else span.start
        end = last.end if last else span.end
        return Span(min(begin, span.start), max(end, span.end))

    def _around(self, place: int) -> Span | None:
        """The smallest item that holds a place."""
        if self._items is None:
            self._items = sorted(_items(self.sql))
        # Items lie beside or inside each other, so the smallest one around is the last to begin.
        at = bisect_right(self._items, place, key=lambda item: item.start)
        before = (self._items[i] for i in range(at - 1, -1, -1))
        return next((item for item in before if place < item.end), None)


def _last_name(text: str) -> str:
    """Of ``"db"."schema"."orders" as o`` the ``orders``."""
    found = _NAME.match(text)
    return found[1].strip('"`[]') if found else text


def _items(sql: str) -> Iterator[Span]:
    """Every select item and condition, those of subqueries too.

    ``begins`` holds by open parenthesis (or ``case``) where the current item began, or -1 where
    the parenthesis holds no query.
    """
    begins = [0]
    for found in _PIECE.finditer(sql):
        piece, end = found[0].lower(), found.end()
        if piece == "(":
            begins.append(end if _next_word(sql, end) in ("select", "with") else -1)
        elif piece == "case":
            begins.append(-1)
        elif piece in (")", "end"):
            if len(begins) > 1:
                begin = begins.pop()
                if begin >= 0:
                    yield Span(begin, found.start())
        elif begins[-1] >= 0 and _is_break(piece, sql, end):
            yield Span(begins[-1], found.start())
            begins[-1] = end
    if begins[0] >= 0:
        yield Span(begins[0], len(sql))


def _is_break(piece: str, sql: str, end: int) -> bool:
    if piece in (",", ";") or piece in _BREAKS:
        return True
    if piece in _BREAKS_BEFORE_BY:
        return _next_word(sql, end) == "by"
    if piece == "by":
        return True
    return piece in _BREAKS_UNLESS_CALLED and _next_word(sql, end) != "("


def _next_word(sql: str, at: int) -> str:
    found = _NEXT.match(sql, at)
    return (found[1] or "").lower() if found else ""


class SqlTexts:
    """The compiled SQL of a project's nodes, each scanned at most once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, SqlText] = {}

    def evidence(self, node: str, span: Span) -> Evidence | None:
        """The expression at a span of the node's SQL, or ``None`` when there is no such place."""
        text = self._text(node)
        return text.evidence(span) if text else None

    def line(self, node: str, span: Span) -> int | None:
        """The line of a span of the node's SQL."""
        text = self._text(node)
        return text.line(span) if text else None

    def _text(self, node: str) -> SqlText | None:
        if node not in self._texts:
            found = self._project.nodes.get(node)
            if found is None or found.sql is None:
                return None
            self._texts[node] = SqlText(found.sql)
        return self._texts[node]
