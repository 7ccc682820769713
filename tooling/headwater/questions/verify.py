"""Does the graph agree with what an experiment saw?

An influence that was seen and is not in the graph is an error of the graph. One that is in the
graph and was never seen may still be true: an experiment shows presence, never absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from headwater.core.columns import ColumnRef
from headwater.core.edges import Effect, Gap
from headwater.core.errors import UsageError
from headwater.core.report import Report
from headwater.core.trial import Movement, Trial
from headwater.graph.claims import NodeClaims, claims_of, inlined_in
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.selection import select_nodes
from headwater.questions.coverage import coverage_line, gaps_of
from headwater.questions.impact import targets_of
from headwater.questions.loaded import Loaded

#: The kinds whose SQL can be tried.
TRIED_KINDS = frozenset({"model", "snapshot"})


class Unseen(NamedTuple):
    """An influence that is in the graph and was not seen; ``output is None``: on the rows.

    ``tried`` is how many changes were made to the source.
    """

    source: ColumnRef
    output: str | None
    effects: tuple[Effect, ...]
    tried: int


class Untested(NamedTuple):
    """What of a node could not be tested, and why."""

    node: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One node's graph and trial, held against each other.

    ``claimed`` counts the influences of the graph that the experiment could have seen, ``seen``
    those that it did. ``missed`` is what it saw beside them.
    """

    trial: Trial
    claimed: int = 0
    seen: int = 0
    missed: tuple[Movement, ...] = ()
    never_seen: tuple[Unseen, ...] = ()
    untested: tuple[Untested, ...] = ()

    @property
    def node(self) -> str:
        """The node's id."""
        return self.trial.node

    @property
    def is_tested(self) -> bool:
        """Whether anything of the node was put to the test."""
        return not self.trial.failed and bool(self.trial.rows or self.trial.movements)


@dataclass(frozen=True, slots=True)
class Verify:
    """The answer: a verdict for each node, sorted by id."""

    graph: ColumnGraph
    verdicts: tuple[Verdict, ...]
    gaps: tuple[Gap, ...]
    coverage: str

    @property
    def agrees(self) -> bool:
        """Whether everything that was seen is in the graph."""
        return not any(verdict.missed for verdict in self.verdicts)

    @property
    def untested(self) -> tuple[Untested, ...]:
        """What could not be tested, of all nodes."""
        return tuple(each for verdict in self.verdicts for each in verdict.untested)

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.verify_report import verify_report  # noqa: PLC0415 - it needs us

        return verify_report(self)


def nodes_to_verify(
    loaded: Loaded,
    names: Sequence[str],
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    *,
    every: bool = False,
) -> tuple[str, ...]:
    """The nodes that are meant, sorted: the named ones, the selected models, or all models.

    *Raises*: `NotFound`, `Ambiguous`, `SelectionError`, and `UsageError` when nothing is meant.
    """
    named = {target.node for target in targets_of(loaded, names)}
    if not named and not select and not every:
        raise UsageError(
            "no model is named",
            ("hint", "'lineage verify orders', '--select marts', or --all for every model"),
        )
    kept = select_nodes(loaded.project, select, exclude)
    if named:
        return tuple(sorted(node for node in named if not (select or exclude) or node in kept))
    nodes = loaded.project.nodes
    return tuple(sorted(node for node in kept if nodes[node].kind in TRIED_KINDS))


def verify(loaded: Loaded, trials: Iterable[Trial]) -> Verify:
    """The graph held against the trials."""
    inlined = inlined_in(loaded.project)
    by_node = sorted(trials, key=lambda trial: trial.node)
    return Verify(
        loaded.graph,
        tuple(_verdict(claims_of(loaded.graph, t.node, inlined), t) for t in by_node),
        gaps_of(loaded, [trial.node for trial in by_node]),
        coverage_line(loaded),
    )


def _verdict(claims: NodeClaims, trial: Trial) -> Verdict:
    places = claims.places(trial.outputs) if not trial.failed else None
    if places is None:
        reason = trial.failed or "DuckDB gives other columns than the graph has"
        return Verdict(trial, untested=(Untested(trial.node, "all of it", reason),))
    held = _Held(claims, trial, dict(zip(trial.outputs, places, strict=True)))
    never_seen = tuple(held.never_seen())
    claimed = held.claimed()
    return Verdict(
        trial,
        len(claimed),
        len(claimed) - len(never_seen),
        tuple(sorted(held.missed(), key=_by_place)),
        never_seen,
        tuple(held.untested()),
    )


#: A source, an output (``None``: the rows), and the effects between them.
Claim = tuple[ColumnRef, str | None, tuple[Effect, ...]]


class _Held:
    """Claims and trial of one node. ``places`` are the claims' places of the trial's outputs."""

    def __init__(self, claims: NodeClaims, trial: Trial, places: dict[str, int]) -> None:
        self.claims, self.trial = claims, trial
        self.clear = {
            name: at for name, at in places.items() if at >= 0 and at not in claims.unclear
        }
        self.own = {name: {*map(_folded, claims.columns[at])} for name, at in self.clear.items()}
        self.rows = {*map(_folded, claims.rows)}
        self.moved = {(_folded(m.source), m.output) for m in trial.movements}
        self.tried = {_folded(source): count for source, count in trial.tried.items()}

    def missed(self) -> Iterator[Movement]:
        """Movements that no claim covers."""
        for movement in self.trial.movements:
            source, output = _folded(movement.source), movement.output
            if output is not None and output not in self.clear:
                continue
            covering = self.own[output] if output is not None else ()
            if source not in self.rows and source not in covering:
                yield movement

    def claimed(self) -> list[Claim]:
        """The claims that the experiment could have seen, in the order of the outputs."""
        return [claim for claim in self._stable() if not self._is_idle(claim[0])]

    def _is_idle(self, ref: ColumnRef) -> bool:
        """Whether the source was never changed: nothing can be said of its claims."""
        return not self.tried.get(_folded(ref))

    def _stable(self) -> list[Claim]:
        """The claims about what stays when nothing is changed."""
        found: list[Claim] = []
        for name, at in self.clear.items():
            if name not in self.trial.unstable:
                sources = self.claims.columns[at].items()
                found += [(ref, name, tuple(sorted(effects))) for ref, effects in sources]
        for ref, effects in self.claims.rows.items() if self.trial.stable_rows else ():
            if ref not in self.claims.order_only:
                found.append((ref, None, tuple(sorted(effects))))
        return found

    def never_seen(self) -> Iterator[Unseen]:
        """Claims without a movement."""
        for ref, output, effects in self.claimed():
            source = _folded(ref)
            has_moved = (source, output) in self.moved
            if output is None and not has_moved:
                has_moved = self._moves_another(source)
            if not has_moved:
                yield Unseen(ref, output, effects, self.tried.get(source, 0))

    def _moves_another(self, source: ColumnRef) -> bool:
        """Whether an output moved that only a change of rows explains."""
        return any(
            who == source and output in self.own and source not in self.own[output]
            for who, output in self.moved
            if output is not None
        )

    def untested(self) -> Iterator[Untested]:
        """What the trial says nothing about."""
        trial, node = self.trial, self.trial.node
        if not trial.rows:
            what = "the values" if trial.movements else "all of it"
            yield Untested(node, what, "no row passed its conditions: try --data, --rows or --seed")
        if trial.unstable:
            names = ", ".join(sorted(trial.unstable))
            yield Untested(node, names, "differs from run to run: by chance, or by order of rows")
        if not trial.stable_rows:
            yield Untested(node, "how many rows", "differs from run to run")
        unclear = [name for name in trial.outputs if name not in self.clear]
        if unclear:
            reason = "the graph has a gap here: lineage coverage tells why"
            yield Untested(node, ", ".join(unclear), reason)
        idle = sum(self._is_idle(ref) for ref, _, _ in self._stable())
        if idle and trial.rows:
            why = "could not be changed" if not trial.cut_short else "were not changed in time"
            yield Untested(node, f"{idle} in the graph", f"their sources {why}")
        if trial.cut_short:
            yield Untested(node, "some changes", "the time was up: give more with --seconds")


def _folded(ref: ColumnRef) -> ColumnRef:
    return ref if ref.column is None else ColumnRef(ref.node, ref.column.lower())


def _by_place(movement: Movement) -> tuple[str, ...]:
    return movement.output or "", movement.source.node, movement.source.column or ""
