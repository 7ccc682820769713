"""One node's SQL tried: its inputs changed one at a time, within a bounded time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from headwater.core.columns import ColumnRef
from headwater.core.project import Project
from headwater.core.trial import Movement, Trial
from headwater.experiment.compare import Claims
from headwater.experiment.data import Recipe, Rows, TableData, build_tables
from headwater.experiment.observe import HEIGHT, STYLES, Hoped, Influence, Observed, watch
from headwater.experiment.prepare import CannotTry, Prepared, Preparer, first_line
from headwater.experiment.refute import ROWS, refute
from headwater.experiment.sandbox import Outcome, QueryFailed, Sandbox, Source, duckdb_module
from headwater.experiment.signature import labels
from headwater.experiment.warehouse import TAKEN_ROWS, Warehouse
from headwater.graph.column_graph import ColumnGraph

ROUNDS = 3  #: new rows each
_AT_ONCE = 6  #: outputs that are challenged together


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: seconds for each node, rows of each input, the seed of everything.

    ``data`` is a DuckDB database to take rows from. Without ``rows`` there are ``HEIGHT`` made-up
    ones, and at most ``TAKEN_ROWS`` real ones.
    """

    seconds: float = 20.0
    rows: int | None = None
    seed: int = 0
    data: Path | None = None


class _TimeIsUp(Exception):
    """The node's time has passed."""


class _Clocked(Sandbox):
    """A sandbox that stops when the time is up, and counts what was changed."""

    def __init__(self, tables: Sequence[TableData], until: float) -> None:
        super().__init__(tables, seconds=max(0.5, until - monotonic()))
        self.tried: set[tuple[Source, int]] = set()
        self.runs = 0
        self._until = until
        self._changes: Mapping[Source, int] = {}

    def arrange(
        self, changes: Mapping[Source, int], order: int = 0, among: Sequence[str] | None = None
    ) -> None:
        """As the sandbox does, remembering the changes."""
        self._changes = changes
        super().arrange(changes, order, among)

    def execute(self, sql: str) -> Outcome:
        """As the sandbox does. *Raises* `_TimeIsUp` as well."""
        if monotonic() > self._until:
            raise _TimeIsUp
        try:
            outcome = super().execute(sql)
        except QueryFailed as error:
            if monotonic() > self._until:
                raise _TimeIsUp from error
            raise
        self.runs += 1
        if len(self._changes) == 1:
            self.tried.update(self._changes.items())
        return outcome


def try_nodes(
    project: Project,
    graph: ColumnGraph,
    nodes: Sequence[str],
    effort: Effort,
    watch_over: Callable[[int, str], None] = lambda number, node: None,
) -> list[Trial]:
    """The trials of several nodes; ``watch_over`` is told of each before it begins.

    *Raises*: `UsageError` without DuckDB or with a file that is no database, `ArtifactError` when
    there is no such file.
    """
    duckdb_module()
    root = Path(project.root) if project.root else None
    most = effort.rows or TAKEN_ROWS
    trials = []
    with Warehouse(project.nodes, effort.data, root, most, effort.seed) as warehouse:
        preparer = Preparer(project, graph, warehouse)
        for number, node in enumerate(nodes, 1):
            watch_over(number, node)
            trials.append(try_node(preparer, node, effort))
    return trials


def try_node(preparer: Preparer, node_id: str, effort: Effort) -> Trial:
    """What was seen to move in ``ROUNDS`` of rows, or in the time there is.

    *Shape*: the same seed gives the same trial, unless time ran out (``cut_short``).
    """
    try:
        prepared = preparer.prepare(node_id)
        places = prepared.claims.places(labels(tuple(name for name, _ in prepared.outputs)))
        if places is None:
            raise CannotTry(_other_columns(prepared))
    except CannotTry as why:
        return Trial(node_id, failed=str(why))
    return _Attempt(prepared, places, preparer.warehouse, effort).trial()


@dataclass(slots=True)
class _Attempt:
    """One node being tried."""

    prepared: Prepared
    places: tuple[int, ...]
    warehouse: Warehouse
    effort: Effort
    rounds: list[Observed] = field(default_factory=list)
    tried: Counter[Source] = field(default_factory=Counter)
    runs: int = 0
    data: dict[str, str] = field(default_factory=dict)
    style: int = 0

    def trial(self) -> Trial:
        until = monotonic() + self.effort.seconds
        claims = self._claims()
        rows = self._rows()
        is_cut = False
        while len(self.rounds) < ROUNDS and not is_cut:
            tables = build_tables(self.prepared.schema, self.prepared.sql, self._recipe(), rows)
            seen = Observed()
            with _Clocked(tables, until) as sandbox:
                try:
                    has_failed = self._round(sandbox, claims, seen)
                except _TimeIsUp:
                    is_cut, has_failed = True, False
                self.runs += sandbox.runs
                self.tried.update(source for source, _ in sandbox.tried)
            if has_failed and not self.rounds and self.style + 1 < len(STYLES):
                self.style += 1
                continue
            self.rounds.append(seen)
        return self._result(is_cut)

    def _recipe(self) -> Recipe:
        """New rows for each round; the last has few of them, so that few are alike."""
        turn = len(self.rounds)
        rows = self.effort.rows or HEIGHT
        height = max(6, rows // 3) if turn == ROUNDS - 1 else rows
        return Recipe(self.effort.seed * 1_000 + turn, height, STYLES[self.style])

    def _round(self, sandbox: _Clocked, claims: Claims, seen: Observed) -> bool:
        """Whether the query failed; first looks for what is claimed, then for what is denied."""
        if watch(sandbox, self.prepared.sql, seen, self._hoped(claims)):
            return True
        for some in self._portions(claims):
            turn = len(self.rounds)
            found = refute(sandbox, self.prepared.sql, some, rounds=1, seed=turn)
            seen.influences |= found.missed
            seen.unstable |= found.unstable
        return False

    def _claims(self) -> Claims:
        """The graph's claims in the experiment's words; outputs without a claim are opaque."""
        of = self.prepared.claims
        columns = tuple(
            self._sources(of.columns[at]) if at >= 0 else frozenset() for at in self.places
        )
        unclear = {n for n, at in enumerate(self.places) if at < 0 or at in of.unclear}
        names = tuple(name for name, _ in self.prepared.outputs)
        return Claims(names, columns, self._sources(of.rows), frozenset(unclear))

    def _sources(self, refs: Mapping[ColumnRef, Any]) -> frozenset[Source]:
        tables = self.prepared.tables
        return frozenset(
            Source(tables[ref.node], None if ref.column is None else ref.column.lower())
            for ref in refs
            if ref.node in tables
        )

    def _hoped(self, claims: Claims) -> Hoped:
        """The claims that were not seen yet, by source."""
        spelt = {
            Source(table, column.lower()): Source(table, column)
            for table, columns in self.prepared.schema.items()
            for column in columns
        }
        names = labels(claims.names)
        order_only = self._sources(dict.fromkeys(self.prepared.claims.order_only))
        hoped: dict[Source, set[str | None]] = {}
        for at, sources in enumerate(claims.columns):
            for source in sources:
                hoped.setdefault(spelt.get(source, source), set()).add(names[at])
        for source in claims.rows - order_only:
            hoped.setdefault(spelt.get(source, source), set()).add(None)
        every = (influence for each in self.rounds for influence in each.influences)
        seen = {(Source(i.table, i.column), i.output) for i in every}
        left = {s: frozenset(o for o in outs if (s, o) not in seen) for s, outs in hoped.items()}
        return {source: outputs for source, outputs in left.items() if outputs}

    def _portions(self, claims: Claims) -> Iterator[Claims]:
        """The claims in parts, so that what was found is kept when the time ends."""
        every = [*range(len(claims.columns)), ROWS]
        for start in range(0, len(every), _AT_ONCE):
            others = frozenset(every) - frozenset(every[start : start + _AT_ONCE])
            yield replace(claims, opaque=claims.opaque | others)

    def _rows(self) -> Rows:
        """Rows that are at hand, in the order of each table's columns."""
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for node_id, table in self.prepared.tables.items():
            taken = None
            if node_id in self.warehouse.nodes:
                taken = self.warehouse.take(self.warehouse.nodes[node_id])
            self.data[node_id] = taken.origin if taken and taken.rows else "made up"
            if taken and taken.rows:
                columns = [column.lower() for column in self.prepared.schema[table]]
                rows[table] = [tuple(row.get(c) for c in columns) for row in taken.rows]
        return rows

    def _result(self, is_cut: bool) -> Trial:
        """What all rounds saw. What is chance in every round is unstable."""
        rounds = [each for each in self.rounds if each.answered]
        if not rounds:
            errors = [error for each in self.rounds for error in each.errors]
            late = f"one run takes more than {self.effort.seconds:g} seconds: raise --seconds"
            failed = first_line(errors[0]) if errors else late
            return Trial(self.prepared.node, failed=f"DuckDB cannot run it: {failed}")
        nodes = {table: node for node, table in self.prepared.tables.items()}
        return Trial(
            self.prepared.node,
            rounds[0].columns,
            frozenset(movement for each in rounds for movement in _movements(each, nodes)),
            {ColumnRef(nodes[s.table], s.column): n for s, n in self.tried.items()},
            frozenset.intersection(*(frozenset(each.unstable) for each in rounds)),
            any(each.stable_rows for each in rounds),
            max(each.rows for each in rounds),
            self.runs,
            dict(sorted(self.data.items())),
            cut_short=is_cut,
        )


def _movements(seen: Observed, nodes: Mapping[str, str]) -> Iterator[Movement]:
    for each in seen.influences:
        if _is_sure(each, seen):
            yield Movement(ColumnRef(nodes[each.table], each.column), each.output)


def _is_sure(each: Influence, seen: Observed) -> bool:
    return seen.stable_rows if each.output is None else each.output not in seen.unstable


def _other_columns(prepared: Prepared) -> str:
    def listed(names: Sequence[str]) -> str:
        more = f" (+{len(names) - 5})" if len(names) > 5 else ""
        return ", ".join(names[:5]) + more

    ours = listed(prepared.claims.outputs)
    theirs = listed([name for name, _ in prepared.outputs])
    return f"the graph has the columns {ours or '(none)'}, and DuckDB {theirs or '(none)'}"
