"""A text of several statements -> the statements, each where it stands."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType


class Part(NamedTuple):
    """One statement. *Units*: ``start`` in characters of the whole text, ``line`` from 1."""

    text: str
    start: int
    line: int


def split_statements(sql: str, dialect: str = "") -> list[Part]:
    """The statements of a text, without the semicolons between them.

    *Shape*: in order; none is empty or only a comment. A text whose words cannot be told apart is
    one part: what is wrong with it is for the parser to say. ``dialect`` is sqlglot's name.
    """
    try:
        tokens = sqlglot.Dialect.get_or_raise(dialect or None).tokenize(sql)
    except (SqlglotError, ValueError):
        return [_part(sql, 0, len(sql))] if sql.strip() else []
    ends = [token.start for token in tokens if token.token_type == TokenType.SEMICOLON]
    words = [token.start for token in tokens if token.token_type != TokenType.SEMICOLON]
    bounds = pairwise([-1, *ends, len(sql)])
    return [
        _part(sql, before + 1, end)
        for before, end in bounds
        if any(before < word < end for word in words)
    ]


def _part(sql: str, begin: int, end: int) -> Part:
    text = sql[begin:end]
    start = begin + len(text) - len(text.lstrip())
    return Part(text.strip(), start, sql.count("\n", 0, start) + 1)
