"""Tables for an experiment: base rows, and for every column the ways it will be changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from headwater.experiment.values import Domain, draw, duckdb_type, fresh, kind_of

Schema = Mapping[str, Mapping[str, str]]  #: relation as written in SQL -> column -> type
Rows = Mapping[str, Sequence[Sequence[Any]]]

#: how a column is changed; the index in this tuple (from 1; 0 is unchanged) names the variant
CHANGES = ("redraw", "fresh", "nulls", "shuffle", "partial", "one", "constant", "hinted", "filled")
#: how the rows of a table are changed
ROW_CHANGES = ("fewer", "repeated", "none")
ORDERS = 3  #: physical orders of the same rows, to tell influence from chance

_STRING = re.compile(r"'((?:[^']|'')*)'")
_NUMBER = re.compile(r"(?<![\w.'-])-?\d+(?:\.\d+)?(?![\w'])")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_JSON_KEY = re.compile(r"->>?\s*'(?:\$\.)?(\w+)'|json_extract\w*\([^,]+,\s*'(?:\$\.)?(\w+)'")
_COMPARED = r"""\b{column}"?[\w\s,.)+:*"-]{{0,24}}?
             (?:=|<>|!=|<=?|>=?|\bin\s*\(|\bbetween\b|\bi?like\b)
             \s*((?:[^()]|\([^()]*\)){{0,160}})"""


@dataclass(frozen=True, slots=True)
class TableData:
    """One relation's rows, column by column.

    *Shape*: ``values[c][v]`` is column ``c`` under change ``v`` (0: as it is), one value per row.
    ``picks[p]`` lists row numbers: the first ``ORDERS`` are permutations, then ``ROW_CHANGES``.
    """

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    values: tuple[tuple[tuple[Any, ...], ...], ...]
    picks: tuple[tuple[int, ...], ...]

    @property
    def height(self) -> int:
        """Rows in the base table."""
        return len(self.picks[0])


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make rows up: rows per table, what text looks like, and the seed of everything.

    ``keys`` is how many different values a column of keys has (0: as many as there are rows): few
    make facts meet over several keys. ``nulls`` and ``hinted`` are shares, see `Domain`.
    """

    seed: int = 0
    height: int = 24
    style: str = "words"
    keys: int = 0
    nulls: float = 0.11
    hinted: float = 0.6


def build_tables(
    schema: Schema, sql: str = "", recipe: Recipe | None = None, rows: Rows | None = None
) -> tuple[TableData, ...]:
    """A table for each relation of ``schema``: the given ``rows``, or made-up ones.

    Literals that the SQL compares a column with become likely values of that column.
    """
    how = recipe or Recipe()
    pool = _Pool.read(sql)
    return tuple(
        _table(name, columns, pool, how, (rows or {}).get(name)) for name, columns in schema.items()
    )


@dataclass(frozen=True, slots=True)
class _Pool:
    """The literals of one SQL text."""

    sql: str
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    keys: tuple[str, ...]

    @classmethod
    def read(cls, sql: str) -> _Pool:
        bare = _STRING.sub("''", sql)
        keys = (first or second for first, second in _JSON_KEY.findall(sql))
        return cls(
            sql,
            tuple(dict.fromkeys(text.replace("''", "'") for text in _STRING.findall(sql))),
            tuple(dict.fromkeys(_NUMBER.findall(bare))),
            tuple(dict.fromkeys(keys)),
        )

    def near(self, column: str) -> tuple[str, ...]:
        """Literals that stand in a comparison with this column, as far as the text shows."""
        pattern = _COMPARED.format(column=re.escape(column))
        found: dict[str, None] = {}
        for match in re.finditer(pattern, self.sql, re.IGNORECASE | re.VERBOSE):
            tail = re.split(r"\b(?:and|or|group|order|then|select)\b", match[1], flags=re.I)
            texts = tail[: 2 if "between" in match[0].lower() else 1]
            for text in texts:
                found.update(dict.fromkeys(s.replace("''", "'") for s in _STRING.findall(text)))
                found.update(dict.fromkeys(_NUMBER.findall(_STRING.sub("''", text))))
        return tuple(found)


def _table(
    name: str,
    columns: Mapping[str, str],
    pool: _Pool,
    how: Recipe,
    rows: Sequence[Sequence[Any]] | None,
) -> TableData:
    rng = Random(f"{how.seed}/{name}")  # noqa: S311  (repeatable, not secret)
    types = tuple(duckdb_type(type_name) for type_name in columns.values())
    height = len(rows) if rows is not None else how.height
    values = []
    for at, (column, type_name) in enumerate(zip(columns, types, strict=True)):
        domain = _domain(column, type_name, at, pool, how)
        base = _column(domain, height, rng) if rows is None else tuple(r[at] for r in rows)
        values.append((base, *(_changed(change, base, domain, rng) for change in CHANGES)))
    return TableData(name, tuple(columns), types, tuple(values), _picks(height, rng))


def _domain(column: str, type_name: str, at: int, pool: _Pool, how: Recipe) -> Domain:
    kind = kind_of(type_name)
    hints = pool.near(column)
    if not hints and kind in ("date", "timestamp"):
        hints = tuple(text for text in pool.texts if _DAY.match(text))
    if not hints and kind == "list":
        hints = (*pool.texts[:6], *pool.numbers[:6])
    is_key = at == 0 and kind == "int" and not hints
    looks_like_key = bool(re.search(r"(_id|_sk|key|^id)$", column, re.IGNORECASE))
    spread = how.keys or how.height if is_key or looks_like_key else 9
    return Domain(
        type_name, hints, is_key, max(2, spread), how.style, pool.keys, how.nulls, how.hinted
    )


def _column(domain: Domain, height: int, rng: Random) -> tuple[Any, ...]:
    if domain.unique:
        keys = list(range(1, height + 1))
        rng.shuffle(keys)
        return tuple(keys)
    return tuple(draw(domain, rng) for _ in range(height))


def _changed(change: str, base: tuple[Any, ...], domain: Domain, rng: Random) -> tuple[Any, ...]:
    """The column after one kind of change."""
    loose = replace(domain, unique=False)
    height = len(base)
    if change == "redraw":
        known = [value for value in base if value is not None] or [draw(loose, rng)]
        return tuple(draw(loose, rng) if rng.random() < 0.5 else rng.choice(known) for _ in base)
    if change == "fresh":
        return tuple(fresh(domain, rng) for _ in base)
    if change == "nulls":
        return (None,) * height
    if change == "shuffle":
        return tuple(rng.sample(base, height))
    if change == "partial":
        return tuple(draw(loose, rng) if rng.random() < 0.35 else value for value in base)
    if change == "one":
        at = rng.randrange(height) if height else 0
        return tuple(fresh(domain, rng) if row == at else value for row, value in enumerate(base))
    if change == "constant":
        known = [value for value in base if value is not None] or [draw(loose, rng)]
        return (rng.choice(known),) * height
    if change == "hinted":
        keen = replace(loose, hints=domain.hints) if domain.hints else loose
        return tuple(draw(keen, rng) for _ in base)
    return tuple(fresh(domain, rng) if value is None else value for value in base)


def _picks(height: int, rng: Random) -> tuple[tuple[int, ...], ...]:
    rows = range(height)
    orders = [tuple(rows), tuple(reversed(rows)), tuple(rng.sample(rows, height))]
    fewer = tuple(row for row in rows if rng.random() < 0.6)
    repeated = tuple(row for row in rows for _ in range(1 + (rng.random() < 0.3)))
    return (*orders[:ORDERS], fewer, repeated, ())
