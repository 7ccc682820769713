"""What a node with SQL feels: models, snapshots, analyses, operations, and tests with SQL."""

from __future__ import annotations

from headwater.changes import hops
from headwater.changes.felt import Cause, Feel, beside, onward
from headwater.changes.following import COME_AND_GO, NO_SPAN, Following
from headwater.changes.promises import broken_by_shape, broken_by_type
from headwater.changes.propagation import Orphan
from headwater.changes.whatif import Failure, Move, Reread
from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, GapReason
from headwater.graph.drafts import SQL_KINDS
from headwater.sql.dialects import dialect_for

#: Gaps after which anything above a node may be part of it.
BLINDING = frozenset(
    (
        *(GapReason.NOT_COMPILED, GapReason.PARSE_FAILED, GapReason.TOO_DEEP),
        *(GapReason.JINJA_LEFT, GapReason.NOT_A_QUERY, GapReason.PYTHON_MODEL),
        *(GapReason.UNSUPPORTED_SYNTAX, GapReason.INTERNAL, GapReason.CYCLE),
    )
)
_FIXED = int(ColumnFlag.ROW_DEPENDENT | ColumnFlag.CONSTANT)


def visit(run: Following, node: str) -> None:
    """Note everything that a node with SQL feels of what is above it."""
    if run.fail_whole(node):
        return
    above = list(run.felt_above(node))
    if not above:
        return
    if is_blind(run, node):
        hops.blind(run.graph, run.states, node, above)
        return
    if run.whatif.touches(node) and _reshaped(run, node):
        return
    hops.hop(run.graph, run.states, node, _has_one_row(run, node))
    hops.unclear(run.graph, run.states, node, above)
    _retyped(run, node)
    settle(run, node)


def hop_plainly(run: Following, node: str) -> None:
    """What the edges of the graph hand on to a node whose SQL need not be asked."""
    hops.hop(run.graph, run.states, node, False)


def is_blind(run: Following, node: str) -> bool:
    """Whether what the node reads could not be seen."""
    lineage = run.loaded.lineages.get(node)
    if lineage is None:
        return run.graph.kind(node) in SQL_KINDS
    seen = bool(lineage.columns or lineage.links)
    return not seen or any(gap.reason in BLINDING for gap in lineage.gaps)


def _retyped(run: Following, node: str) -> None:
    """Uses of a column of another type that nothing comes of: the SQL may fail all the same."""
    retyped = [
        (ColumnRef(parent, column), cause)
        for parent in run.parents(node)
        for column, cause in run.states.columns(parent, Feel.TYPE).items()
    ]
    used = run.whatif.used(node) if retyped else frozenset()
    known = {cause.via for cause in run.states.causes(node, Feel.UNKNOWN)}
    for place, cause in retyped:
        key = place.node, (place.column or "").lower()
        if key in used and (place.node, place.column) not in known:
            then = onward(place, cause, "works on it: its type is another", NO_SPAN)
            run.states.add(ColumnRef(node, None), Feel.MAY_FAIL, then)


def settle(run: Following, node_id: str) -> None:
    """The promises of a node about the types of its columns."""
    node = run.node(node_id)
    if node is None:
        return
    for column, cause in run.states.columns(node_id, Feel.TYPE).items():
        broken = broken_by_type(node, column)
        if broken is not None and not _retyped_in_contract(run, node_id, column):
            place = ColumnRef(node_id, column)
            run.states.add(
                ColumnRef(node_id, None), Feel.BREAKS, beside(place, cause, broken.reason)
            )


def _retyped_in_contract(run: Following, node: str, column: str) -> bool:
    """Whether the contract itself was changed, so that it promises the new type."""
    old = run.base.project.nodes.get(node) if run.base else None
    new = run.node(node)
    if old is None or new is None:
        return False
    types = [
        {c.name.lower(): (c.type or "").lower() for c in each.columns}.get(column.lower())
        for each in (old, new)
    ]
    return types[0] != types[1]


def settle_shape(
    run: Following, node_id: str, lost: tuple[str, ...], gained: tuple[str, ...]
) -> None:
    """What the node promises about columns that it has no more, or has anew."""
    node = run.node(node_id)
    if node is None:
        return
    for broken in broken_by_shape(node, lost, gained):
        place = ColumnRef(node_id, broken.column)
        feels = run.states.feels(node_id, broken.column)
        cause = min(
            (feels[feel] for feel in COME_AND_GO if feel in feels),
            default=run.reshaped.get(node_id),
        )
        if cause is not None:
            then = beside(place, cause, broken.reason)
            run.states.add(ColumnRef(node_id, None), Feel.BREAKS, then)
        if broken.what != "run" and broken.column in lost:
            run.orphans.add(Orphan(broken.what, node_id, place))
    declared = {column.name.lower() for column in node.columns}
    for name in lost:
        if name.lower() in declared:
            run.orphans.add(Orphan("column doc", node_id, ColumnRef(node_id, name)))


# -- other columns above -------------------------------------------------------------------------


def _reshaped(run: Following, node: str) -> bool:
    """Read the SQL again over the changed relations; whether nothing else need be asked."""
    reread = run.whatif.reread(node)
    if reread.unseen:
        hops.blind(run.graph, run.states, node, list(run.felt_above(node)))
        return True
    for failure in reread.failures:
        via, cause = blame(run, node, failure)
        run.fail(node, via, cause, (refused(failure), failure.evidence))
    if reread.failures:
        return True
    if node in run.whatif.shapes:
        run.reshaped[node] = _shape_cause(run, node)
    _come_and_go(run, node, reread)
    for move in reread.moves:
        move_output(run, node, move)
    if reread.strayed and not reread.moves:
        _stray(run, node, reread.strayed[0])
    settle_shape(run, node, reread.shape.lost, reread.shape.gained)
    return run.states.breaks(node) is not None


def refused(failure: Failure) -> str:
    """Why the SQL of a reader fails, in words."""
    if failure.reason == GapReason.COLUMN_COUNT:
        return f"its SQL fails: {failure.name}"
    if failure.reason == GapReason.AMBIGUOUS_COLUMN:
        return f"its SQL fails: '{failure.name}' means several columns"
    return f"its SQL fails: it reads '{failure.name}'"


def blame(run: Following, node: str, failure: Failure) -> tuple[ColumnRef, Cause]:
    """The column above that the failure is about; else the nearest that came or went."""
    name = failure.name.rpartition(".")[2].lower()
    found: list[tuple[bool, Cause, ColumnRef]] = []
    for parent in run.parents(node):
        for column, cause in run.states.columns(parent, *COME_AND_GO).items():
            found.append((column.lower() != name, cause, ColumnRef(parent, column)))
        if parent in run.reshaped:
            found.append((True, run.reshaped[parent], ColumnRef(parent, None)))
    _, cause, place = min(found, key=lambda each: (each[0], each[1], each[2].column or ""))
    return place, cause


def _shape_cause(run: Following, node: str) -> Cause:
    causes = [(run.reshaped[p], p) for p in run.parents(node) if p in run.reshaped]
    cause, parent = min(causes)
    return onward(ColumnRef(parent, None), cause, "takes all columns", NO_SPAN)


def _come_and_go(run: Following, node: str, reread: Reread) -> None:
    whole = run.reshaped.get(node)
    for feel, names, words in (
        (Feel.GONE, reread.shape.lost, "loses it: all columns are taken"),
        (Feel.NEW, reread.shape.gained, "gains it: all columns are taken"),
    ):
        for name in names:
            source, span = reread.carries.get(name, (None, NO_SPAN))
            cause = run.states.feels(source.node, source.column).get(feel) if source else None
            if source is not None and cause is not None:
                then = onward(source, cause, words, span)
            elif whole is not None:
                then = whole
            else:
                continue
            run.states.add(ColumnRef(node, name), feel, then)
    reordered = not reread.shape.lost and not reread.shape.gained
    if whole is not None and reordered and node in run.whatif.shapes:
        then = whole._replace(reason="its columns come in another order")
        run.states.add(ColumnRef(node, None), Feel.NEW, then)


def move_output(run: Following, node: str, move: Move) -> None:
    """Note an output that is made of something else now."""
    felt = run.states.feels(move.source.node, move.source.column)
    cause = min((felt[feel] for feel in COME_AND_GO if feel in felt), default=None)
    via = move.source
    if cause is None:
        blamed = Failure("", move.source.column or "", move.evidence)
        via, cause = blame(run, node, blamed)
    if move.is_other:
        words, feel = "a name in it means something else then", Feel.UNKNOWN
    elif move.column is None:
        words, feel = "which rows there are is decided by other columns", Feel.ROWS
    else:
        words, feel = "is made of other columns", Feel.VALUE
    then = onward(via, cause, words, move.evidence)
    run.states.add(ColumnRef(node, move.column), feel, then)


def _stray(run: Following, node: str, now: ColumnRef) -> None:
    """A name that means a column of another relation now, in a part that nothing comes of."""
    via, cause = blame(run, node, Failure("", now.column or "", NO_SPAN))
    words = f"'{now.column}' means something else in it then"
    run.states.add(ColumnRef(node, None), Feel.MAY_FAIL, onward(via, cause, words, NO_SPAN))


# -- one row, whatever happens -------------------------------------------------------------------


def _has_one_row(run: Following, node_id: str) -> bool:
    """Whether the node is an aggregate over everything."""
    graph, node = run.graph, run.node(node_id)
    flags = graph.data.column_flags
    if node is None or node.sql is None or node.kind != "model":
        return False
    if node.materialized == "incremental":
        return False  # every run adds one
    if not all(flags[vertex] & _FIXED for vertex in graph.columns_of(node_id)):
        return False
    from headwater.sql.one_row import has_one_row  # noqa: PLC0415 - sqlglot only where needed

    return has_one_row(node.sql, dialect_for(run.loaded.project.adapter))
