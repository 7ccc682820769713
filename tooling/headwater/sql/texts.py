"""SQL text before it is parsed: what is no SQL, and what no parser should be given."""

from __future__ import annotations

import re
from contextlib import suppress

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.edges import GapReason

MAX_NESTING = 400  #: brackets and CASEs; beyond this a parser written as recursion is not safe
MAX_TYPED_NESTING = 12  #: brackets after a type's name: sqlglot's time doubles with each

_TYPES = (
    "array struct row tuple nested map list enum range vector date time timestamp datetime decimal "
    "numeric number char varchar int integer float double json object variant interval bit year"
).split()
_JINJA = re.compile(r"\{\{|\{%|\{#")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_TYPED = re.compile(rf"\b(?:{'|'.join(_TYPES)})\w*\s*[(\[<]", re.IGNORECASE)
_BRACKETS = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/"
    rf"|(\b(?:{'|'.join(_TYPES)})\w*\s*[(\[])|([(\[{{]|\bcase\b)|([)\]}}]|\bend\b)",
    re.IGNORECASE | re.DOTALL,
)
_SUBSCRIPTS = re.compile(r"(?:\[[^\[\]]*\]\s*){200,}")
_DOTS = re.compile(r"(?:\.\s*\w+\s*){2000,}")
#: PostgreSQL's object identifier types as arrays, which sqlglot does not read.
_REGTYPES = re.compile(r"\breg(?:class|type|role|proc|namespace)\s*\[\s*\]", re.IGNORECASE)

#: PostgreSQL's comparisons of bytes, and the operator to sort by, which sqlglot does not read.
_BYTEWISE = re.compile(r"\*(<>|<=|>=|<|>|=)")
_SORT_OPERATOR = re.compile(r"\busing\s+(?:operator\s*\([\w.\s]*[*<>=~]+\s*\)|[<>])", re.IGNORECASE)


def unreadable(sql: str) -> tuple[str, str] | None:
    """Why a text should not be parsed (a gap's reason and detail); ``None`` when it may be."""
    if _has_jinja(sql):
        return GapReason.JINJA_LEFT, "the SQL is a template, not compiled"
    if _is_nested_too_deeply(sql):
        return GapReason.TOO_DEEP, f"nested too deeply to be parsed safely (limit {MAX_NESTING})"
    return None


def _has_jinja(sql: str) -> bool:
    """Whether template marks stand outside strings and comments."""
    if not _JINJA.search(sql):
        return False
    return _JINJA.search(_QUOTED.sub("''", sql)) is not None


def _is_nested_too_deeply(sql: str) -> bool:
    """Cheap for ordinary SQL: counts first, and looks at brackets only when there are many."""
    opening = sql.count("(") + sql.count("[") + sql.count("{")
    many = opening > MAX_NESTING or sql.lower().count("case") > MAX_NESTING
    if not many and (opening <= MAX_TYPED_NESTING or len(_TYPED.findall(sql)) <= MAX_TYPED_NESTING):
        return False if sql.count(".") < 2000 else _DOTS.search(sql) is not None
    if _SUBSCRIPTS.search(sql) or _DOTS.search(sql):
        return True
    kinds: list[bool] = []
    typed = 0
    for type_, opened, closed in _BRACKETS.findall(sql):
        if type_ or opened:
            kinds.append(bool(type_))
            typed += bool(type_)
            if len(kinds) > MAX_NESTING or typed > MAX_TYPED_NESTING:
                return True
        elif closed and kinds:
            typed -= kinds.pop()
    return False


def statements_of(sql: str, dialect: str | None) -> list[exp.Expr]:
    """The statements of a text; when one of several is broken, those that are not.

    *Raises*: `SqlglotError` when none can be read.
    """
    try:
        return [s for s in _parsed(sql, dialect) if s is not None]
    except SqlglotError:
        plain = _REGTYPES.sub(_as_text, sql)
        plain = _SORT_OPERATOR.sub(lambda found: " " * len(found[0]), plain)
        plain = _BYTEWISE.sub(lambda found: f" {found[1]}", plain)
        if plain != sql:
            return statements_of(plain, dialect)
        pieces = sql.split(";")
        if len(pieces) < 2:
            raise
        found: list[exp.Expr] = []
        for piece in pieces:
            with suppress(SqlglotError):
                found += [s for s in _parsed(piece, dialect) if s is not None]
        found = [s for s in found if not isinstance(s, (exp.Command, exp.Alias, exp.Column))]
        if not found:
            raise
        return found


def _parsed(sql: str, dialect: str | None) -> list[exp.Expr | None]:
    """sqlglot's trees; what it fails on in its own ways is a `SqlglotError` too."""
    try:
        return list(sqlglot.parse(sql.replace("\ufeff", " ", 1), dialect=dialect))
    except (SqlglotError, RecursionError, MemoryError):
        raise
    except Exception as error:  # broken text makes the parser trip over itself
        raise SqlglotError(f"the parser gave up: {error}") from error


def _as_text(match: re.Match[str]) -> str:
    """``text[]``, padded so that every place in the text stays where it is."""
    return "text[]".ljust(len(match[0]))


def first_error(error: SqlglotError) -> tuple[str, int | None]:
    """What a parser's error says in one line, and the line of the SQL it is about."""
    errors = getattr(error, "errors", None)
    if not errors:
        return _without_objects(str(error).split("\n", 1)[0]), None
    first = errors[0]
    near = f" near '{first.get('highlight')}'" if first.get("highlight") else ""
    return _without_objects(f"{first.get('description', '')}{near}"), first.get("line")


def _without_objects(text: str) -> str:
    """The message without the parser's own objects (``<Token …>``, ``<class …>``)."""
    text = re.sub(r"<class '[\w.]*?(\w+)'>", r"\1", text)
    text = re.sub(r"<Token token_type: \w*\.?(\w+),? text: ([^,>]*)[^>]*>", r"'\2'", text)
    return re.sub(r"<[^<>]*>", "…", text).strip(" .")
