"""Types of canonical values: of casts, of columns whose type is known, of a few functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from headwater.sql.terms import Term

#: The type of a value, or None where it is not known.
TypeOf = Callable[[Term], str | None]
#: input node -> column -> type, both in lower case
Known = Mapping[str, Mapping[str, str]]

_SYNONYMS = {
    "int": "integer", "int4": "integer", "signed": "integer", "int8": "bigint", "int64": "bigint",
    "long": "bigint", "int2": "smallint", "short": "smallint", "int1": "tinyint",
    "numeric": "decimal", "number": "decimal", "string": "text", "varchar": "text",
    "character varying": "text", "nvarchar": "text", "bpchar": "char", "float8": "double",
    "double precision": "double", "float64": "double", "float4": "real", "float": "real",
    "bool": "boolean", "timestamp without time zone": "timestamp", "datetime": "timestamp",
    "timestamp_ntz": "timestamp", "timestamp with time zone": "timestamptz", "hugeint": "hugeint",
}  # fmt: skip
_LADDERS = (
    ("boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "decimal", "double", "text"),
    ("real", "double", "text"),
    ("date", "timestamp", "text"),
)
_SIZED = re.compile(r"decimal\((\d+)(?:,(\d+))?\)")
_ARGUMENTS = re.compile(r"\s*\(([^)]*)\)")
_COUNTS = frozenset({"Count", "ApproxDistinct", "CountIf", "RowNumber", "Rank", "DenseRank"})


def normal_type(text: str) -> str:
    """One name for each type: ``int4``, ``INT`` and ``integer`` are ``integer``."""
    lowered = " ".join(text.lower().split())
    found = _ARGUMENTS.search(lowered)
    name = _ARGUMENTS.sub("", lowered).strip()
    arguments = f"({found[1].replace(' ', '')})" if found else ""
    return _SYNONYMS.get(name, name) + arguments


def same_type(one: str, other: str) -> bool:
    """Whether two names mean one type."""
    return normal_type(one) == normal_type(other)


def widened(before: str | None, after: str) -> bool:
    """Whether every value of the old type is still told from every other one in the new one."""
    new = normal_type(after)
    if new == "text":
        return True
    if before is None:
        return False
    old = normal_type(before)
    for ladder in _LADDERS:
        if old in ladder and new in ladder:
            return ladder.index(new) >= ladder.index(old)
    size, wider = _text_size(old), _text_size(new)
    if size is not None and wider is not None:
        return wider >= size
    return old == new or _digits(old, new)


def _digits(old: str, new: str) -> bool:
    """Whether a decimal of the new size holds all of the old one: as many places on both sides."""
    before, after = _SIZED.fullmatch(old), _SIZED.fullmatch(new)
    if new == "decimal" and before:
        return True
    if not before or not after:
        return False
    places, wider = int(before[2] or 0), int(after[2] or 0)
    return wider >= places and int(after[1]) - wider >= int(before[1]) - places


def _text_size(name: str) -> float | None:
    found = re.fullmatch(r"text(?:\((\d+)\))?", name)
    return None if found is None else float(found[1] or "inf")


def typer(known: Known) -> TypeOf:
    """The type of values over inputs whose column types are ``known``."""

    def type_of(found: Term) -> str | None:
        op = found.op
        kind, _, rest = op.partition(" ")
        if kind in ("cast", "trycast"):
            return rest
        if op.startswith("col:") and found.args:
            source = found.args[0].op.partition("|")[2].rpartition("#")[0]
            return known.get(source, {}).get(op[4:].lower())
        if op in ("null", "closed"):
            return type_of(found.args[0])
        if op in ("true", "false", "and", "or", "not", "eq", "neq", "lt", "lte"):
            return "boolean"
        if op == "summary":
            return _of_summary(found, type_of)
        return None

    return type_of


def _of_summary(found: Term, type_of: TypeOf) -> str | None:
    inner = found.args[0].args[0]
    name = inner.op.partition(" ")[0]
    if name in _COUNTS:
        return "bigint"
    if name in ("Min", "Max") and len(inner.args) == 1:
        return type_of(inner.args[0])
    return None
