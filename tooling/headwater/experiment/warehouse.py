"""Real rows to experiment with: a sample of a DuckDB database, and seeds' CSV files."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from headwater.artifacts.seeds import read_header, seed_files
from headwater.core.errors import ArtifactError, UsageError
from headwater.core.project import Node
from headwater.experiment.sandbox import duckdb_module, split_name
from headwater.experiment.values import duckdb_type, kind_of

TAKEN_ROWS = 60  #: of a relation, unless another number is asked for
_FORMS = (
    ("INTEGER", re.compile(r"[+-]?\d{1,9}")),
    ("BIGINT", re.compile(r"[+-]?\d{1,18}")),
    ("DOUBLE", re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)),
    ("BOOLEAN", re.compile(r"true|false", re.IGNORECASE)),
    ("DATE", re.compile(r"\d{4}-\d\d-\d\d")),
    ("TIMESTAMP", re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-][\d:]+)?")),
)


class Taken(NamedTuple):
    """Rows of one relation. ``types`` are DuckDB's, by column name in lower case."""

    types: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    origin: str


@dataclass(slots=True)
class Warehouse:
    """Where rows may be taken from. A context manager: ``data`` is opened to be read only.

    ``rows`` is how many of each relation at most; the same ``seed`` gives the same ones.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    data: Path | None = None
    root: Path | None = None
    rows: int = TAKEN_ROWS
    seed: int = 0
    _connection: Any = None
    _relations: dict[tuple[str, ...], str] = field(default_factory=dict)
    _taken: dict[str, Taken | None] = field(default_factory=dict)

    def __enter__(self) -> Warehouse:
        if self.data is not None:
            self._connection = _opened(self.data)
            self._relations = _relations(self._connection)
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def take(self, node: Node) -> Taken | None:
        """Rows of the node's relation; ``None`` when there are none to be had."""
        if node.id not in self._taken:
            self._taken[node.id] = self._sampled(node) or self._from_file(node)
        return self._taken[node.id]

    def _sampled(self, node: Node) -> Taken | None:
        parts = split_name(_plain(node.relation or ""))
        ends = [tuple(part.lower() for part in parts[at:]) for at in range(len(parts))]
        name = next((self._relations[end] for end in ends if end in self._relations), None)
        if name is None:
            return None
        run = self._connection.execute
        described = run(f"describe select * from {name}").fetchall()  # noqa: S608
        types = {str(row[0]).lower(): _simple(str(row[1])) for row in described}
        shown = ", ".join(f'cast("{_quoted(c)}" as {types[c]}) as "{_quoted(c)}"' for c in types)
        chosen = f"using sample reservoir({self.rows} rows) repeatable ({self.seed})"
        found = run(f"select {shown} from {name} {chosen}").fetchall()  # noqa: S608
        rows = sorted((tuple(row) for row in found), key=repr)
        return Taken(types, tuple(dict(zip(types, row, strict=True)) for row in rows), "sample")

    def _from_file(self, node: Node) -> Taken | None:
        if node.kind != "seed":
            return None
        path = next((path for path in seed_files(node, self.root) if path.is_file()), None)
        delimiter = str(node.extra.get("delimiter") or ",")
        header = read_header(path, delimiter) if path else None
        if path is None or not header:
            return None
        lines = _lines(path, delimiter, len(header))
        if len(lines) > self.rows:
            chosen = Random(f"{self.seed}/{node.id}")  # noqa: S311  (repeatable, not secret)
            lines = chosen.sample(lines, self.rows)
        names = [name.lower() for name in header]
        types = {name: _type_of([row[at] for row in lines]) for at, name in enumerate(names)}
        rows = tuple(dict(zip(names, row, strict=True)) for row in lines)
        return Taken(types, rows, "seed file")


def _opened(path: Path) -> Any:
    duckdb = duckdb_module()
    if not path.is_file():
        raise ArtifactError(f"no DuckDB database '{path}'", ("hint", "'--data' names a file"))
    try:
        connection = duckdb.connect(str(path), read_only=True)
        connection.execute("set threads = 1; set timezone = 'UTC'")
    except duckdb.Error as error:
        raise UsageError(
            f"cannot open '{path}' as a DuckDB database", ("knows", str(error).split("\n")[0])
        ) from error
    return connection


def _relations(connection: Any) -> dict[tuple[str, ...], str]:
    """Relations by every end of their name that only one has."""
    found = connection.execute(
        "select table_catalog, table_schema, table_name from information_schema.tables"
    ).fetchall()
    ends: dict[tuple[str, ...], set[str]] = {}
    for parts in sorted(tuple(map(str, row)) for row in found):
        name = ".".join(f'"{_quoted(part)}"' for part in parts)
        for at in range(3):
            ends.setdefault(tuple(part.lower() for part in parts[at:]), set()).add(name)
    return {end: min(names) for end, names in ends.items() if len(names) == 1}


def _lines(path: Path, delimiter: str, width: int) -> list[list[str | None]]:
    """The rows of a CSV file, each as wide as its header; what is empty is NULL."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=delimiter) if row][1:]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
    return [[cell or None for cell in [*row, *[""] * width][:width]] for row in rows]


def _type_of(cells: Sequence[str | None]) -> str:
    """The first type that all cells have the form of."""
    texts = [cell for cell in cells if cell is not None]
    fits = (name for name, form in _FORMS if texts and all(map(form.fullmatch, texts)))
    return next(fits, "VARCHAR")


def _simple(type_name: str) -> str:
    """A type that values can be made for."""
    bare = duckdb_type(type_name)
    return "VARCHAR" if bare.upper() == "UUID" or kind_of(bare) == "other" else bare


def _plain(relation: str) -> str:
    return relation.replace("`", '"').replace("[", '"').replace("]", '"')


def _quoted(name: str) -> str:
    return name.replace('"', '""')
