"""Values to experiment with: drawn by column type, with collisions, ties, NULLs and near misses.

What makes an influence visible is not realism but coincidence: join keys that meet, groups with
several members, values on both sides of the literals that the SQL compares with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

#: warehouse type names -> DuckDB's, for columns described by another adapter's catalog
_ALIASES = {
    "character varying": "VARCHAR",
    "character": "VARCHAR",
    "string": "VARCHAR",
    "text": "VARCHAR",
    "nvarchar": "VARCHAR",
    "number": "DECIMAL(18,3)",
    "numeric": "DECIMAL(18,3)",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "double precision": "DOUBLE",
    "timestamp without time zone": "TIMESTAMP",
    "timestamp with time zone": "TIMESTAMP",
    "timestamptz": "TIMESTAMP",
    "timestamp_ntz": "TIMESTAMP",
    "timestamp_tz": "TIMESTAMP",
    "timestamp_ltz": "TIMESTAMP",
    "datetime": "TIMESTAMP",
    "bool": "BOOLEAN",
    "jsonb": "JSON",
    "variant": "JSON",
    "super": "JSON",
    "bytes": "BLOB",
    "bytea": "BLOB",
}
_KINDS = (
    ("bool", ("BOOLEAN", "LOGICAL")),
    ("int", ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "INT", "UINTEGER", "UBIGINT")),
    ("float", ("DOUBLE", "FLOAT", "REAL")),
    ("decimal", ("DECIMAL",)),
    ("timestamp", ("TIMESTAMP",)),
    ("date", ("DATE",)),
    ("time", ("TIME",)),
    ("json", ("JSON",)),
    ("blob", ("BLOB",)),
    ("text", ("VARCHAR", "CHAR", "BPCHAR", "UUID")),
)
_WORDS = ("a", "b", "ab", "abc", "B", "x1", "yy", "", "a b", "zed")
_EPOCH = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Domain:
    """What one column's values are drawn from.

    ``hints`` are literals of the SQL text that this column may be compared with; ``unique`` asks
    for a key; ``style`` says what text looks like: words, numbers or dates; ``nulls`` and
    ``hinted`` are the shares of NULLs and of values on or beside a literal.
    """

    type: str
    hints: tuple[str, ...] = ()
    unique: bool = False
    spread: int = 9
    style: str = "words"
    keys: tuple[str, ...] = ()
    nulls: float = 0.11
    hinted: float = 0.6


def duckdb_type(type_name: str | None) -> str:
    """The DuckDB type to create a column with; VARCHAR where nothing is known."""
    if not type_name:
        return "VARCHAR"
    bare = type_name.strip()
    alias = _ALIASES.get(re.sub(r"\(.*", "", bare.lower()).strip())
    return alias or bare


def kind_of(type_name: str) -> str:
    """``int``, ``text``, ``list`` …: the family of a DuckDB type; ``other`` when unknown."""
    upper = type_name.strip().upper()
    if upper.endswith("[]"):
        return "list"
    if upper.startswith(("STRUCT", "MAP")):
        return upper.partition("(")[0].strip().lower()
    return next((kind for kind, names in _KINDS if upper.startswith(names)), "other")


def draw(domain: Domain, rng: Random) -> Any:
    """A value of the domain; NULL now and then, unless the column is a key."""
    if not domain.unique and rng.random() < domain.nulls:
        return None
    kind = kind_of(domain.type)
    if kind in _SCALARS:
        if domain.hints and rng.random() < domain.hinted:
            near = _near(kind, rng.choice(domain.hints), rng)
            if near is not None:
                return near
        return _SCALARS[kind](domain, rng)
    return _nested(kind, domain, rng)


def fresh(domain: Domain, rng: Random) -> Any:
    """A value that no draw gives: far outside the domain, different each time."""
    number = rng.randint(1_000, 9_000)
    kind = kind_of(domain.type)
    if kind == "text" and domain.style == "dates":
        return str(_EPOCH + timedelta(days=number))
    makers: dict[str, Any] = {
        "int": number if not domain.type.upper().startswith("TINY") else number % 100 + 20,
        "float": float(number) + 0.25,
        "decimal": min(Decimal(number), _largest(domain.type)),
        "text": str(number) if domain.style == "numbers" else f"new{number}",
        "date": _EPOCH + timedelta(days=number),
        "timestamp": datetime(2020, 1, 1) + timedelta(hours=number),
        "time": time(number % 24, number % 60),
        "json": f'{{"{(domain.keys or ("a",))[0]}": {number}}}',
        "blob": str(number).encode(),
    }
    return makers[kind] if kind in makers else draw(domain, rng)


def elements(type_name: str) -> list[tuple[str, str]]:
    """The ``(name, type)`` pairs inside ``STRUCT(a INT, b VARCHAR)`` or ``MAP(K, V)``."""
    inner = type_name[type_name.index("(") + 1 : type_name.rindex(")")]
    parts, depth, start = [], 0, 0
    for at, char in enumerate(inner):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(inner[start:at])
            start = at + 1
    parts.append(inner[start:])
    pairs = [part.strip().partition(" ") for part in parts]
    return [(name.strip('"'), rest.strip() or name) for name, _, rest in pairs]


def _nested(kind: str, domain: Domain, rng: Random) -> Any:
    if kind == "list":
        inner = Domain(domain.type.strip()[:-2], domain.hints, style=domain.style)
        return [draw(inner, rng) for _ in range(rng.randint(0, 3))]
    if kind == "struct":
        return {name: draw(Domain(type_), rng) for name, type_ in elements(domain.type)}
    return None


def _largest(type_name: str) -> Decimal:
    found = re.search(r"\((\d+)\s*(?:,\s*(\d+))?", type_name)
    precision, scale = (int(found[1]), int(found[2] or 0)) if found else (18, 3)
    return Decimal(10) ** (precision - scale) - 1


def _integer(domain: Domain, rng: Random) -> int:
    return rng.randint(1, domain.spread)


def _decimal(domain: Domain, rng: Random) -> Decimal:
    value = Decimal(rng.choice((0, 1, 2, 3, 5, 8, 10, 25, 50))) + Decimal(rng.choice((0, 50))) / 100
    return min(value, _largest(domain.type))


def _text(domain: Domain, rng: Random) -> str:
    if domain.style == "numbers":
        return str(rng.randint(1, domain.spread))
    if domain.style == "dates":
        return str(_EPOCH + timedelta(days=rng.randint(0, 40)))
    return rng.choice(_WORDS)


def _json(domain: Domain, rng: Random) -> str:
    keys = domain.keys or ("a", "b")
    parts = (f'"{key}": {rng.choice(("1", "2", chr(34) + "u" + chr(34), "null"))}' for key in keys)
    return "{" + ", ".join(parts) + "}"


def _near(kind: str, hint: str, rng: Random) -> Any:
    """A value on or just beside a literal of the SQL text; ``None`` when the kinds don't meet."""
    if kind in ("date", "timestamp"):
        found = re.match(r"(\d{4})-(\d\d?)-(\d\d?)", hint)
        if not found:
            return None
        try:
            day = date(*map(int, found.groups())) + timedelta(days=rng.choice((0, 0, 1, 5, 20, -3)))
        except (ValueError, OverflowError):
            return None
        return day if kind == "date" else datetime(day.year, day.month, day.day, rng.choice((0, 7)))
    if kind in ("int", "float", "decimal"):
        if not re.fullmatch(r"-?\d+(\.\d+)?", hint) or len(hint) > 9:
            return None
        value = Decimal(hint) + rng.choice((0, 0, 0, 1, -1))
        return int(value) if kind == "int" else float(value) if kind == "float" else value
    if kind == "text":
        return re.sub(r"[%_]+", lambda m: rng.choice(("", "q")) if "%" in m[0] else m[0], hint)
    return None


_SCALARS: dict[str, Any] = {
    "int": _integer,
    "float": lambda domain, rng: float(_decimal(domain, rng)),
    "decimal": _decimal,
    "text": _text,
    "bool": lambda _, rng: rng.random() < 0.5,
    "date": lambda _, rng: _EPOCH + timedelta(days=rng.randint(0, 40)),
    "timestamp": lambda _, rng: datetime(2020, 1, 1) + timedelta(hours=9 * rng.randint(0, 60)),
    "time": lambda _, rng: time(rng.randint(0, 23), 30),
    "json": _json,
    "blob": lambda _, rng: rng.choice((b"a", b"b", b"cc")),
}


def literal(value: Any) -> str:
    """The value as DuckDB SQL text."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return f"'{value}'" if str(value) in ("inf", "-inf", "nan") else str(value)
    if isinstance(value, bytes):
        return "'" + "".join(f"\\x{byte:02X}" for byte in value) + "'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        inner = ", ".join(f"{literal(str(key))}: {literal(item)}" for key, item in value.items())
        return "{" + inner + "}"
    return "'" + str(value).replace("'", "''") + "'"
