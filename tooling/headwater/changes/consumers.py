"""What tests, unit tests, exposures and the semantic layer feel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from headwater.changes import relations
from headwater.changes.felt import DATA, Cause, Feel, at_origin, onward
from headwater.changes.following import NO_SPAN, Following
from headwater.changes.hops import became
from headwater.changes.promises import texts
from headwater.changes.propagation import Orphan
from headwater.core.columns import ColumnRef, short_name
from headwater.core.project import Node

_WORD = re.compile(r"""'(?:[^']|'')*'|"([^"]+)"|`([^`]+)`|([A-Za-z_][\w$]*)""")
#: Parts of a semantic model, and the keys of an item that hold SQL.
_PARTS = ("entities", "dimensions", "measures")
#: A test's arguments that never name columns.
_NO_COLUMNS = frozenset({"model", "to", "values", "severity", "config", "where", "tags", "meta"})


def visit(run: Following, node: str) -> None:
    """Note everything that a node of any kind feels of what is above it."""
    _VISITS.get(run.graph.kind(node), relations.visit)(run, node)


def spoken_of(run: Following, node: str) -> list[str]:
    """The nodes that a node reads, or names: a unit test also names its model's inputs.

    A metric and a saved query name dimensions of semantic models that they need not depend on.
    """
    above, kind = list(run.parents(node)), run.graph.kind(node)
    if kind == "unit_test":
        above += [inner for tested in above for inner in run.parents(tested)]
    elif kind in ("metric", "saved_query"):
        rows = run.graph.rows_vertex(node)
        above += {run.graph.node_of(source) for _, source in run.graph.upstream(rows)}
    return above


# -- tests ---------------------------------------------------------------------------------------


def _test(run: Following, node_id: str) -> None:
    node = run.node(node_id)
    if node is None or run.fail_whole(node_id):
        return
    for parent, column, cause in _named_and_gone(run, node):
        place = ColumnRef(parent, column)
        run.fail(node_id, place, cause, (f"its arguments name '{column}'", NO_SPAN))
        run.orphans.add(Orphan("test", node_id, place))
    if run.states.breaks(node_id) is not None:
        return
    above = list(run.felt_above(node_id))
    if node_id in run.loaded.lineages and run.whatif.touches(node_id):
        reread = run.whatif.reread(node_id)
        for failure in reread.failures:
            via, cause = relations.blame(run, node_id, failure)
            run.fail(node_id, via, cause, (relations.refused(failure), failure.evidence))
            if via.column is not None:
                run.orphans.add(Orphan("test", node_id, via))
        for move in reread.moves:
            relations.move_output(run, node_id, move._replace(column=None))
        if reread.unseen:
            _unknown(run, node_id, above)
    elif node_id not in run.loaded.lineages:
        _mentioned(run, node)
    if run.states.breaks(node_id) is None:
        _whole(run, node_id)


def _named_and_gone(run: Following, node: Node) -> Iterator[tuple[str, str, Cause]]:
    """The columns that the test's arguments name and that are gone: node, column, cause."""
    arguments = _mapping(_mapping(node.extra.get("test_metadata")).get("kwargs"))
    attached = node.extra.get("attached_node") or next(iter(node.parents), None)
    has_other = "field" in arguments and "to" in arguments
    for parent in run.parents(node.id):
        gone = run.gone(parent)
        if not gone:
            continue
        if parent == attached:
            values = [node.extra.get("column_name")]
            skip = _NO_COLUMNS | ({"field"} if has_other else set())
            values += [arguments[key] for key in arguments if key not in skip]
        else:
            values = [arguments.get("field")] if has_other else []
        named = {name.lower() for value in values for name in texts(value)}
        for column, cause in gone.items():
            if column.lower() in named:
                yield parent, column, cause


def _mentioned(run: Following, node: Node) -> None:
    """A test without SQL at hand, whose arguments may speak of a column that came or went."""
    arguments = _mapping(_mapping(node.extra.get("test_metadata")).get("kwargs"))
    values = [node.extra.get("column_name"), node.extra.get("where")]
    values += [arguments[key] for key in sorted(arguments) if key not in _NO_COLUMNS]
    words = {word for value in values for text in texts(value) for word in _words(text)}
    for parent in run.parents(node.id):
        for column, cause in run.gone(parent).items():
            if column.lower() in words:
                then = onward(
                    ColumnRef(parent, column), cause, f"its arguments mention '{column}'", NO_SPAN
                )
                run.states.add(ColumnRef(node.id, None), Feel.UNKNOWN, then)


def _unit_test(run: Following, node_id: str) -> None:
    """Its inputs are made up, so only names, and the logic of the model it tests, matter."""
    node = run.node(node_id)
    if node is None or run.fail_whole(node_id):
        return
    tested = next(iter(node.parents), None)
    expected = _row_names(_mapping(node.extra.get("expect")))
    given = [(_input(g), _row_names(_mapping(g))) for g in node.extra.get("given") or ()]
    above = run.parents(tested) if tested else ()
    for parent in (*((tested,) if tested else ()), *above):
        for column, cause in run.gone(parent).items():
            names = expected if parent == tested else _given_to(given, parent)
            if column.lower() in names:
                place = ColumnRef(parent, column)
                run.fail(node_id, place, cause, (f"its rows name '{column}'", NO_SPAN))
                run.orphans.add(Orphan("unit test", node_id, place))
    if tested and run.states.breaks(node_id) is None:
        _logic(run, node_id, tested, expected)


def _logic(run: Following, node_id: str, tested: str, expected: frozenset[str]) -> None:
    """The tested model's own edit: what it expects may no longer come out."""
    own = {at for at, change in enumerate(run.changes) if change.place.node == tested}
    for name in (None, *run.graph.column_names(tested)):
        for feel in (*DATA, Feel.TYPE):
            cause = run.states.feels(tested, name).get(feel)
            if cause is None or cause.depth or cause.origin not in own:
                continue
            if name is not None and expected and name.lower() not in expected:
                continue
            then = onward(ColumnRef(tested, name), cause, "tests logic that changes", NO_SPAN)
            felt = Feel.UNKNOWN if feel in (Feel.UNKNOWN, Feel.TYPE) else Feel.VALUE
            run.states.add(ColumnRef(node_id, None), felt, then)


def _row_names(fixture: Mapping[str, Any]) -> frozenset[str]:
    rows = fixture.get("rows")
    if not isinstance(rows, list):
        return frozenset()
    return frozenset(str(name).lower() for row in rows if isinstance(row, dict) for name in row)


def _input(given: Any) -> str:
    return str(_mapping(given).get("input") or "")


def _given_to(given: list[tuple[str, frozenset[str]]], parent: str) -> frozenset[str]:
    """The columns of the rows given for a node: ``ref('orders')``, ``source('raw', 'orders')``."""
    name = short_name(parent)
    last = name.rpartition(".")[2] if parent.startswith("source.") else name.partition(".")[0]
    found: set[str] = set()
    for call, names in given:
        if last in {text.strip("'\" ") for text in re.findall(r"""['"][^'"]+['"]""", call)}:
            found |= names
    return frozenset(found)


# -- exposures -----------------------------------------------------------------------------------


def _exposure(run: Following, node_id: str) -> None:
    node = run.node(node_id)
    if node is None:
        return
    shown = shown_columns(node)
    for parent in run.parents(node_id):
        broken = run.states.breaks(parent)
        if broken is not None:
            is_gone = run.is_gone(parent)
            words = "refers to what is gone" if is_gone else "what it shows breaks"
            run.fail(node_id, ColumnRef(parent, None), broken, (words, NO_SPAN))
            if not is_gone:
                run.states.blocked.add(node_id)
            continue
        if parent in run.states.dropped:
            at = run.states.dropped[parent]
            cause = at_origin(run.changes[at], at)
            run.fail(node_id, ColumnRef(parent, None), cause, ("its relation goes away", NO_SPAN))
        for name in (None, *_moved_columns(run, parent)):
            _shows(run, node_id, ColumnRef(parent, name), shown)


def _moved_columns(run: Following, node: str) -> list[str]:
    feels = (Feel.GONE, Feel.TYPE, Feel.NULLS, Feel.VALUE, Feel.UNKNOWN)
    return list(run.states.columns(node, *feels))


def _shows(run: Following, node_id: str, place: ColumnRef, shown: frozenset[str] | None) -> None:
    """What an exposure feels of one place of a model it depends on."""
    listed = shown is not None and place.column is not None
    name = (place.column or "").lower()
    owner = short_name(place.node).lower()
    if listed and shown is not None and not shown & {name, f"{owner}.{name}"}:
        return
    for feel, cause in run.states.feels(place.node, place.column).items():
        felt = _shown_feel(feel, place, listed)
        if felt is None:
            continue
        if listed or place.column is None:
            words = "shows it"
        else:
            words = f"depends on {short_name(place.node)}: which columns it shows is not known"
        run.states.add(ColumnRef(node_id, None), felt, onward(place, cause, words, NO_SPAN))


def _shown_feel(feel: Feel, place: ColumnRef, listed: bool) -> Feel | None:
    if feel is Feel.NEW or (feel is Feel.NULLS and not listed):
        return None
    if place.column is None:
        return feel
    if feel is Feel.GONE:
        return Feel.BREAKS if listed else Feel.UNKNOWN
    return Feel.UNKNOWN if feel in (Feel.TYPE, Feel.NULLS) else feel


def shown_columns(node: Node) -> frozenset[str] | None:
    """The columns that ``meta: {columns: …}`` lists, plain or with their model; else ``None``.

    A list of names, of ``model.column``, or a mapping of models to names.
    """
    said = node.meta.get("columns")
    if isinstance(said, Mapping):
        return frozenset(
            f"{model}.{name}".lower() for model, names in said.items() for name in texts(names)
        )
    if isinstance(said, (list, tuple)) and said:
        return frozenset(name.lower() for name in texts(list(said)))
    return None


# -- semantic layer ------------------------------------------------------------------------------


def _semantic_model(run: Following, node_id: str) -> None:
    node = run.node(node_id)
    if node is None or run.fail_whole(node_id):
        return
    for parent in run.parents(node_id):
        for column, cause in run.gone(parent).items():
            for name in _reading(node, column):
                words = f"'{name}' reads '{column}'"
                then = onward(ColumnRef(parent, column), cause, words, NO_SPAN)
                run.states.add(ColumnRef(node_id, name), Feel.BREAKS, then)
                run.states.add(ColumnRef(node_id, None), Feel.BREAKS, then)
                run.orphans.add(Orphan("semantic model", node_id, ColumnRef(parent, column)))
    relations.hop_plainly(run, node_id)


def _reading(node: Node, column: str) -> Iterator[str]:
    """The entities, dimensions and measures whose expression speaks of a column."""
    for part in _PARTS:
        for item in node.extra.get(part) or ():
            name = _mapping(item).get("name")
            expression = _mapping(item).get("expr")
            text = str(expression) if expression is not None else str(name)
            if isinstance(name, str) and column.lower() in _words(text):
                yield name


def _semantic(run: Following, node_id: str) -> None:
    """Metrics and saved queries: what they are made of decides."""
    for parent in run.parents(node_id):
        cause = run.states.breaks(parent)
        made_of = run.graph_kind(parent) in {"metric", "saved_query"}
        if cause is not None and made_of and not run.is_gone(parent):
            words = "what it is made of breaks"
            run.fail(node_id, ColumnRef(parent, None), cause, (words, NO_SPAN))
            if parent in run.states.blocked:
                run.states.blocked.add(node_id)
        elif cause is not None and run.is_gone(parent):
            run.fail(node_id, ColumnRef(parent, None), cause, ("refers to what is gone", NO_SPAN))
        elif cause is not None and parent in run.states.blocked:
            run.fail(node_id, ColumnRef(parent, None), cause, ("is not built", NO_SPAN))
            run.states.blocked.add(node_id)
    _whole(run, node_id)


# -- shared --------------------------------------------------------------------------------------


def _whole(run: Following, node_id: str) -> None:
    """A node without columns: what it reads is felt there as it is."""
    graph, target = run.graph, ColumnRef(node_id, None)
    for number, source in graph.upstream(graph.rows_vertex(node_id)):
        place, edge = graph.ref(source), graph.edge(number)
        for feel, cause in run.states.feels(place.node, place.column).items():
            felt = feel
            if feel not in (Feel.VALUE, Feel.ROWS, Feel.BREAKS):
                step = became(feel, edge, alone=False) if feel in _LESS else None
                if step is None:
                    continue
                felt = step.feel
            if feel is Feel.BREAKS and place.column is None:
                continue  # of a semantic model only what reads the broken part breaks with it
            if felt is Feel.VALUE and graph.kind(node_id) == "test":
                felt = Feel.ROWS  # a test is the rows that it finds
            words = "reads it" if place.column is not None else "reads its rows"
            run.states.add(target, felt, onward(place, cause, words, edge.evidence))


_LESS = (Feel.TYPE, Feel.NULLS, Feel.UNKNOWN)


def _unknown(run: Following, node_id: str, above: list[tuple[ColumnRef, Cause]]) -> None:
    for place, cause in above:
        then = onward(place, cause, "its SQL could not be seen", NO_SPAN)
        run.states.add(ColumnRef(node_id, None), Feel.UNKNOWN, then)


def _words(text: str) -> set[str]:
    found = (m[1] or m[2] or m[3] for m in _WORD.finditer(text))
    return {word.lower() for word in found if word}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


_VISITS: Mapping[str, Callable[[Following, str], None]] = {
    "test": _test,
    "unit_test": _unit_test,
    "exposure": _exposure,
    "semantic_model": _semantic_model,
    "metric": _semantic,
    "saved_query": _semantic,
}
