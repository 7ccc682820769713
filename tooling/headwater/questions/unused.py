"""Which columns does nothing read, and what would dropping them save?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from headwater.changes.reading import HELD, TESTS, Reading, Readings, readings
from headwater.changes.whatif import WhatIf
from headwater.core.columns import ColumnRef, short_name
from headwater.core.edges import Gap, NodeLineage
from headwater.core.project import Node
from headwater.core.report import Report
from headwater.pipeline.loading import Loaded
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.sql.snapshots import meta_columns

if TYPE_CHECKING:
    from headwater.pipeline.parsing import Store

#: Where the number of columns that a star stands for matters: alias lists, set operations, IN.
_COUNTED = re.compile(
    r"\)\s*(?:as\s+)?\w+\s*\(|\w\s*\([\w\s,]*\)\s*as\b|\b(?:union|intersect|except|in)\b", re.I
)
_STAR = re.compile(r"(?<!\()\*|\*(?!\s*\))")


class UnusedColumn(NamedTuple):
    """A column that nothing reads. ``feeds`` are the unused columns that are made of it."""

    ref: ColumnRef
    type: str | None
    feeds: tuple[ColumnRef, ...]

    @property
    def in_turn(self) -> bool:
        """Whether it becomes unused only when others are dropped first."""
        return bool(self.feeds)


class UnseenColumn(NamedTuple):
    """A column that may be read, and why that cannot be told."""

    ref: ColumnRef
    reason: str


class Saving(NamedTuple):
    """What dropping a node's unused columns would save.

    ``rows`` and ``size`` (in bytes) are the catalog's, ``None`` where it has none; ``saved`` is the
    columns' share of the size, as if all were equally wide.
    """

    node: str
    columns: int
    unused: int
    rows: int | None
    size: int | None

    @property
    def saved(self) -> int | None:
        """Bytes."""
        return None if self.size is None else self.size * self.unused // max(self.columns, 1)


@dataclass(frozen=True, slots=True)
class Unused:
    """The answer: everything sorted by node, columns in their order.

    ``ends`` are models that no node reads: whether their columns are read is not for the project to
    tell, and they count as read unless asked otherwise.
    """

    loaded: Loaded
    columns: tuple[UnusedColumn, ...]
    unseen: tuple[UnseenColumn, ...]
    savings: tuple[Saving, ...]
    ends: tuple[str, ...]
    judged: int
    gaps: tuple[Gap, ...]
    coverage: str

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.unused_report import unused_report  # noqa: PLC0415 - a circle

        return unused_report(self)


def unused(
    loaded: Loaded,
    nodes: Collection[str] | None = None,
    *,
    ends: bool = False,
    store: Store | None = None,
    stamp: bytes = b"",
) -> Unused:
    """The columns of models, snapshots, seeds and sources that nothing downstream reads.

    ``nodes`` limits the answer, not what counts as a reader. With ``ends``, columns of models that
    no node reads are judged too: only tests, promises and exposures then count as readers.
    ``store`` keeps what was found out by reading SQL again; ``stamp`` is of the code that did.
    """
    found = readings(loaded, ends_are_used=not ends)
    wanted = [
        node
        for node in loaded.graph.nodes
        if loaded.graph.kind(node) in HELD and (nodes is None or node in nodes)
    ]
    _named_in_vain(loaded, found, wanted, _Memory(WhatIf(loaded), store, stamp))
    columns, unseen, judged = [], [], 0
    for node in wanted:
        types = _types(loaded.project.nodes.get(node))
        for ref in _refs(loaded, node, found):
            judged += 1
            if found.of[ref] is Reading.UNSEEN:
                unseen.append(UnseenColumn(ref, found.reasons.get(ref, "")))
            elif found.of[ref] is not Reading.USED:
                kind = types.get((ref.column or "").lower())
                columns.append(UnusedColumn(ref, kind, found.feeds.get(ref, ())))
    return Unused(
        loaded=loaded,
        columns=tuple(columns),
        unseen=tuple(unseen),
        savings=tuple(_savings(loaded, columns)),
        ends=tuple(node for node in found.ends if node in set(wanted) and _is_table(loaded, node)),
        judged=judged,
        gaps=gaps_of(loaded, wanted),
        coverage=coverage_line(loaded),
    )


def _refs(loaded: Loaded, node: str, found: Readings) -> Iterable[ColumnRef]:
    """The judged columns of a node, without those that dbt itself adds to a snapshot."""
    known = loaded.project.nodes.get(node)
    is_snapshot = known is not None and known.kind == "snapshot"
    own = set(meta_columns(known.config).values()) if known is not None and is_snapshot else set()
    for name in loaded.graph.column_names(node):
        ref = ColumnRef(node, name)
        if ref in found.of and name not in own:
            yield ref


def _is_table(loaded: Loaded, node: str) -> bool:
    return loaded.graph.kind(node) in ("model", "snapshot", "seed")


def _types(node: Node | None) -> dict[str, str | None]:
    """Types by lower-case name, the catalog's before the declared ones."""
    if node is None:
        return {}
    said = [*node.columns, *(node.catalog_columns or ())]
    return {column.name.lower(): column.type for column in said if column.type}


# -- names in vain -------------------------------------------------------------------------------


class _Memory:
    """Which columns a reader's SQL would miss: found out once, and kept where there is a store.

    What is kept looks like a lineage, whose columns are the names.
    """

    def __init__(self, whatif: WhatIf, store: Store | None, stamp: bytes) -> None:
        self.whatif, self.store, self.stamp = whatif, store, stamp
        self.found: dict[bytes, NodeLineage] = {}

    def missed(self, reader: str, gone: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """`WhatIf.missed`."""
        if self.store is None:
            return self.whatif.missed(reader, gone)
        mark = blake2b(self.whatif.mark(reader, gone), digest_size=16, key=self.stamp)
        key = mark.digest()
        known = self.store.get_many([key]).get(key)
        if known is None:
            names = tuple(sorted(self.whatif.missed(reader, gone)))
            known = NodeLineage(reader, names, (0,) * len(names))
            self.found[key] = known
        return frozenset(known.columns)

    def keep(self) -> None:
        """Keep what was found out."""
        if self.store is not None and self.found:
            self.store.put_many(self.found)


def _named_in_vain(loaded: Loaded, found: Readings, wanted: Iterable[str], memory: _Memory) -> None:
    """Columns that no reader makes anything of, but whose name stands in its SQL: not unused."""
    nodes = frozenset(wanted)
    for reader, lineage in loaded.lineages.items():
        refs: dict[str, list[ColumnRef]] = {}
        for ref in lineage.sources if loaded.graph.kind(reader) not in TESTS else ():
            if ref.node == reader or ref.node not in nodes:
                continue
            known = ref if ref in found.of else _spelled(loaded, ref)
            if found.of.get(known) is Reading.UNUSED:
                refs.setdefault(ref.node, []).append(known)
        suspects = _mentioned(loaded, reader, [ref for those in refs.values() for ref in those])
        gone: dict[str, list[str]] = {}
        for ref in suspects:
            gone.setdefault(ref.node, []).append(ref.column or "")
        named = memory.missed(reader, gone) if gone else frozenset()
        for ref in suspects:
            if (ref.column or "").lower() in named:
                found.of[ref] = Reading.UNSEEN
                found.reasons[ref] = f"{short_name(reader)} names it, in vain"
    memory.keep()


def _spelled(loaded: Loaded, ref: ColumnRef) -> ColumnRef:
    """The column as its own node spells it."""
    vertex = loaded.graph.find(ref) if ref.node in loaded.graph else None
    return ref if vertex is None else loaded.graph.ref(vertex)


def _mentioned(loaded: Loaded, reader: str, refs: Sequence[ColumnRef]) -> list[ColumnRef]:
    """Those that the reader's SQL may miss: by name, or where their number matters."""
    node = loaded.project.nodes.get(reader)
    if not refs or node is None or not node.sql or node.language != "sql":
        return []
    if _COUNTED.search(node.sql) and _STAR.search(node.sql):
        return list(refs)
    words = {word.lower() for word in re.findall(r"\w+", node.sql)}
    return [ref for ref in refs if ref.column and _last_word(ref.column) in words]


def _last_word(name: str) -> str:
    words: list[str] = re.findall(r"\w+", name.lower())
    return words[-1] if words else ""


# -- savings -------------------------------------------------------------------------------------


def _savings(loaded: Loaded, columns: Iterable[UnusedColumn]) -> Iterable[Saving]:
    counts: dict[str, int] = {}
    for column in columns:
        counts[column.ref.node] = counts.get(column.ref.node, 0) + 1
    for node, count in sorted(counts.items()):
        known = loaded.project.nodes.get(node)
        stats = known.extra.get("stats") or {} if known is not None else {}
        names = [name for name in loaded.graph.column_names(node) if name != "*"]
        yield Saving(node, len(names), count, stats.get("rows"), stats.get("bytes"))
