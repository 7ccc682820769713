"""What a person types -> the node or column that is meant.

orders                     a model, seed or snapshot; else a source table, exposure, metric …
orders.amount              a column of it; parts with dots in quotes: orders."unit.price"
orders.v2                  a version
source:shop.raw_orders.id  a kind, a colon, a name (and a column)
model.shop.orders.amount   a unique id (and a column)
models/marts/orders.sql    the file of a model, seed or snapshot
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from headwater.core.columns import ColumnRef, short_name
from headwater.core.errors import Ambiguous, NotFound, did_you_mean, shown
from headwater.questions.loaded import Loaded

#: Kinds by how likely a bare name means one. Kinds of one group are equally likely.
_RANKS: Sequence[frozenset[str]] = (
    frozenset({"model", "seed", "snapshot"}),
    frozenset({"source"}),
    frozenset({"exposure", "metric", "semantic_model", "saved_query", "function", "analysis"}),
    frozenset({"test", "unit_test", "operation", "sql_operation"}),
    frozenset({"external"}),
)
KINDS = tuple(sorted(frozenset().union(*_RANKS)))
_PART = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|\'([^\']*)\'|([^."`\']+)')
_FILE = re.compile(r"[/\\]|\.(sql|py|csv|ya?ml)$")
_VERSION = re.compile(r"\.v[^.]+$")


@dataclass(frozen=True, slots=True)
class Target:
    """A node, or one of its columns."""

    node: str
    column: str | None = None

    @property
    def ref(self) -> ColumnRef:
        """The column's address; the row set's for a whole node."""
        return ColumnRef(self.node, self.column)

    def __str__(self) -> str:
        """``orders`` or ``orders.amount``."""
        name = short_name(self.node)
        return name if self.column is None else f"{name}.{self.column}"


class _Reading(NamedTuple):
    """One way to read the text: this node, and this rest of it as a column."""

    node: str
    rank: int
    column: str | None


def resolve(loaded: Loaded, text: str) -> Target:
    """The node or column that the text names.

    *Raises*: `NotFound` with near names, `Ambiguous` with the choices.
    """
    text = text.strip()
    readings = _readings(loaded, text)
    if not readings:
        raise _no_node(loaded, text)
    fitting = [r for r in readings if r.column is None or _column(loaded, r) is not None]
    if not fitting:
        raise no_column(loaded, min(readings, key=lambda r: (r.rank, r.column or "")))
    best = min(reading.rank for reading in fitting)
    found = sorted({r for r in fitting if r.rank == best})
    if len(found) > 1:
        raise _ambiguous(text, found)
    return Target(found[0].node, _column(loaded, found[0]))


def no_column(loaded: Loaded, target: _Reading | Target) -> NotFound:
    """The error for a column that a node does not have."""
    names = [n for n in loaded.graph.column_names(target.node) if n != "*"]
    kind = loaded.graph.kind(target.node)
    details = [("has", shown(names))] if names else []
    details += did_you_mean(target.column or "", names)
    if not names:
        details.append(("knows", f"no column of this {kind} is known"))
    return NotFound(f"no column '{target.column}' in {kind} '{short_name(target.node)}'", *details)


# -- readings ------------------------------------------------------------------------------------


def _readings(loaded: Loaded, text: str) -> list[_Reading]:
    kind, colon, rest = text.partition(":")
    if colon and kind in KINDS:
        return [r for r in _by_name(loaded, rest) if loaded.graph.kind(r.node) == kind]
    return _by_id(loaded, text) or _by_file(loaded, text) or _by_name(loaded, text)


def _by_id(loaded: Loaded, text: str) -> list[_Reading]:
    """The longest beginning that is a unique id, the rest being a column."""
    parts = _parts(text)
    for size in range(len(parts), 0, -1):
        node = ".".join(parts[:size])
        if node in loaded.graph:
            return [_Reading(node, 0, ".".join(parts[size:]) or None)]
    return []


def _by_file(loaded: Loaded, text: str) -> list[_Reading]:
    if not _FILE.search(text):
        return []
    project = loaded.project
    path = text.replace("\\", "/").removeprefix("./")
    path = path.removeprefix(project.root.replace("\\", "/").rstrip("/") + "/")
    found = [n for n in project.nodes.values() if n.path.replace("\\", "/") == path]
    data = [n for n in found if n.kind in _RANKS[0] or n.kind in _RANKS[1]] or found
    own = [n for n in data if n.package == project.name] or data
    return [_Reading(n.id, _rank(n.kind), None) for n in own]


def _by_name(loaded: Loaded, text: str) -> list[_Reading]:
    parts = _parts(text)
    wanted = {".".join(parts[:size]): size for size in range(1, len(parts) + 1)}
    found = _matching(loaded, wanted) or _matching(
        loaded, {name.lower(): size for name, size in wanted.items()}, fold=True
    )
    return [
        _Reading(node, rank, ".".join(parts[wanted_size:]) or None)
        for node, rank, wanted_size in found
    ]


def _matching(
    loaded: Loaded, wanted: dict[str, int], fold: bool = False
) -> list[tuple[str, int, int]]:
    """The nodes that go by one of the names: id, rank, and how many parts the name took."""
    found = []
    for node, kind in zip(loaded.graph.nodes, loaded.graph.data.kinds, strict=True):
        for name, penalty in _names(node, kind):
            size = wanted.get(name.lower() if fold else name)
            if size is not None:
                found.append((node, _rank(kind) + penalty, size))
                break
    return found


def _names(node: str, kind: str) -> Iterator[tuple[str, int]]:
    """The names a node goes by, the most specific first, each with a penalty to its rank."""
    name = short_name(node)
    if kind == "external":
        yield node.partition(".")[2], 0
        return
    yield name, 0
    yield node.partition(".")[2], 0
    if kind == "source":
        yield name.rpartition(".")[2], 1
    elif kind == "model" and _VERSION.search(name):
        yield _VERSION.sub("", name), 0
    elif kind == "test":
        yield name.rpartition(".")[0], 0
    elif kind == "unit_test":
        yield name.rpartition(".")[2], 0


def _rank(kind: str) -> int:
    """Twice the place in `_RANKS`, so that a penalty fits in between."""
    return 2 * next((at for at, kinds in enumerate(_RANKS) if kind in kinds), len(_RANKS))


def _parts(text: str) -> list[str]:
    """The parts between dots; quotes keep dots inside a part and are taken off."""
    return [
        found[1].replace('""', '"') if found[1] is not None else found[2] or found[3] or found[4]
        for found in _PART.finditer(text)
        if found[0]
    ]


def _column(loaded: Loaded, reading: _Reading) -> str | None:
    """The column's own spelling; of a path into a struct, the column that holds it."""
    if reading.column is None:
        return None
    graph = loaded.graph
    for name in (reading.column, reading.column.partition(".")[0]):
        vertex = graph.find(ColumnRef(reading.node, name))
        if vertex is not None:
            return graph.name(vertex)
    return None


# -- errors --------------------------------------------------------------------------------------


def _ambiguous(text: str, found: list[_Reading]) -> Ambiguous:
    choices = [r.node if r.column is None else f"{r.node}.{r.column}" for r in found]
    return Ambiguous(
        f"'{text}' fits {len(found)} things",
        ("has", shown(choices)),
        ("hint", "name one of them in full"),
    )


def _no_node(loaded: Loaded, text: str) -> NotFound:
    """Names of the kind that was asked for; a file when it looks like one."""
    if _FILE.search(text):
        paths = sorted({n.path for n in loaded.project.nodes.values() if n.kind in _RANKS[0]})
        return NotFound(
            f"no node in file '{text}'", ("has", shown(paths)), *did_you_mean(text, paths)
        )
    kind, colon, rest = text.partition(":")
    kinds = frozenset({kind}) if colon and kind in KINDS else _RANKS[0] | _RANKS[1]
    names = [
        short_name(node)
        for node, node_kind in zip(loaded.graph.nodes, loaded.graph.data.kinds, strict=True)
        if node_kind in kinds
    ]
    what = kind if len(kinds) == 1 else "model, seed, snapshot or source"
    name = rest if len(kinds) == 1 else text
    near = did_you_mean(name, names) or did_you_mean((_parts(name) or [""])[0], names)
    details = [("has", shown(names))] if names else [("knows", f"the project has no {what}")]
    return NotFound(f"no {what} '{name}'", *details, *near)
