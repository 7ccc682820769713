"""What type a column seems to have, from what a query does with it. Guesses, for made-up data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_NUMBER, _WHOLE, _TEXT, _TIME, _DATE, _BOOL = (
    "DOUBLE",
    "INTEGER",
    "VARCHAR",
    "TIMESTAMP",
    "DATE",
    "BOOLEAN",
)
_SURE, _LIKELY, _WEAK = 9, 3, 1
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_Kinds = tuple[type[exp.Expr], ...]
_NUMERIC: _Kinds = (
    *(exp.Sum, exp.Avg, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.Round),
    *(exp.Abs, exp.Ceil, exp.Floor, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Sqrt),
)
_TEXTUAL: _Kinds = (
    *(exp.Like, exp.ILike, exp.Lower, exp.Upper, exp.Trim, exp.DPipe, exp.Concat, exp.Initcap),
    *(exp.Substring, exp.RegexpLike, exp.RegexpReplace, exp.Split, exp.StrPosition),
    *(exp.MD5, exp.Length, exp.SplitPart, exp.Left, exp.Right),
)
_TEMPORAL: _Kinds = (
    *(exp.TimestampTrunc, exp.DateTrunc, exp.DateAdd, exp.DateSub, exp.DateDiff, exp.Extract),
    *(exp.TimestampAdd, exp.TimestampDiff, exp.LastDay, exp.Year, exp.Month),
)
_LOGICAL: _Kinds = (exp.And, exp.Or, exp.Not, exp.Where, exp.Having, exp.Filter)
_COMPARED: _Kinds = (
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Between,
    exp.In,
    exp.Coalesce,
)
_BY_KIND: tuple[tuple[_Kinds, str, int], ...] = (
    (_NUMERIC, _NUMBER, _LIKELY),
    (_TEXTUAL, _TEXT, _LIKELY),
    (_TEMPORAL, _TIME, _LIKELY),
    (_LOGICAL, _BOOL, _LIKELY),
    ((exp.JSONExtract, exp.JSONExtractScalar), "JSON", _SURE),
    ((exp.Unnest, exp.Explode), "VARCHAR[]", _SURE),
)


def type_cues(sql: str) -> Mapping[str, str]:
    """Column name in lower case -> DuckDB type, for the columns that a DuckDB query betrays."""
    try:
        tree = sqlglot.parse_one(sql, dialect="duckdb")
    except SqlglotError:
        return {}
    votes: dict[str, Counter[str]] = {}
    for column in tree.find_all(exp.Column):
        for type_name, weight in _cues(column):
            votes.setdefault(column.name.lower(), Counter())[type_name] += weight
    return {
        name: min(count, key=lambda kind: (-count[kind], kind)) for name, count in votes.items()
    }


def _cues(column: exp.Column) -> Iterator[tuple[str, int]]:
    inner: exp.Expr = column
    user = column.parent
    while isinstance(user, exp.Paren):
        inner, user = user, user.parent
    if isinstance(user, exp.Cast):
        yield user.to.sql(dialect="duckdb"), _WEAK if user.is_type("varchar", "text") else _SURE
    elif isinstance(user, (exp.Add, exp.Sub)):
        other = user.expression if user.this is inner else user.this
        yield (_TIME if isinstance(other, exp.Interval) else _NUMBER), _LIKELY
    elif isinstance(user, exp.If) and user.this is inner:
        yield _BOOL, _LIKELY
    elif isinstance(user, _COMPARED):
        for other in user.iter_expressions():
            yield from _like(other)
    else:
        yield from ((name, weight) for kinds, name, weight in _BY_KIND if isinstance(user, kinds))


def _like(other: exp.Expr) -> Iterator[tuple[str, int]]:
    """The type of what a column is compared with."""
    if isinstance(other, exp.Cast):
        yield other.to.sql(dialect="duckdb"), _LIKELY
    elif isinstance(other, exp.Boolean):
        yield _BOOL, _LIKELY
    elif isinstance(other, exp.Literal) and other.is_string:
        yield (_DATE if _DAY.match(other.name) else _TEXT), _LIKELY
    elif isinstance(other, exp.Literal):
        yield (_WHOLE if other.is_int else _NUMBER), _LIKELY
    elif isinstance(other, (exp.CurrentDate, exp.CurrentTimestamp)):
        yield _TIME, _LIKELY
