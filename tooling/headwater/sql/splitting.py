"""A text of several statements -> the statements, each where it stands."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

import sqlglot
from sqlglot import TokenType
from sqlglot.errors import SqlglotError


class Part(NamedTuple):
    """One statement. *Units*: ``start`` in characters of the whole text, ``line`` from 1."""

    text: str
    start: int
    line: int


def split_statements(sql: str, dialect: str = "") -> list[Part]:
    """The statements of a text, without the semicolons and comments between them.

    *Shape*: in order; none is empty or only a comment. A text whose words cannot be told apart is
    one part: what is wrong with it is for the parser to say. ``dialect`` is sqlglot's name.
    """
    try:
        tokens = sqlglot.Dialect.get_or_raise(dialect or None).tokenize(sql)
    except (SqlglotError, ValueError):
        return [_part(sql, 0, len(sql))] if sql.strip() else []
    ends = [token.start for token in tokens if token.token_type == TokenType.SEMICOLON]
    words = [token.start for token in tokens if token.token_type != TokenType.SEMICOLON]
    parts = []
    for before, end in pairwise([-1, *ends, len(sql)]):
        at = bisect_right(words, before)
        if at < len(words) and words[at] < end:
            parts.append(_part(sql, words[at], end))
    return parts


def _part(sql: str, begin: int, end: int) -> Part:
    text = sql[begin:end]
    start = begin + len(text) - len(text.lstrip())
    return Part(text.strip(), start, sql.count("\n", 0, start) + 1)
