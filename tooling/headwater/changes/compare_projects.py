"""Two projects -> a `NodeDiff` for every node that was edited, added or removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from headwater.changes.compare_nodes import compare_nodes
from headwater.changes.model_renames import renamed_nodes
from headwater.changes.node_diff import NodeDiff, Status
from headwater.changes.sides import Sides
from headwater.core.changes import Change, ChangeKind
from headwater.core.columns import ColumnRef
from headwater.core.project import Node
from headwater.graph.column_graph import ColumnGraph
from headwater.pipeline.loading import Loaded

#: Kinds that others read, so that one more or one less is a change, not only an edit.
_READ = frozenset("model seed snapshot source metric semantic_model saved_query function".split())


def compare_projects(base: Loaded, head: Loaded) -> tuple[NodeDiff, ...]:
    """Every node with a difference, by the id it goes by."""
    olds, news = base.project.nodes, head.project.nodes
    gone = [olds[node] for node in olds if node not in news]
    come = [news[node] for node in news if node not in olds]
    sides = Sides(base, head)
    renamed = renamed_nodes(sides, gone, come)
    sides = Sides(base, head, renamed)
    found = list(_edited(sides, olds, news))
    for old in gone:
        if old.id in renamed:
            diff = compare_nodes(sides, old, news[renamed[old.id]])
            found += [diff] if diff is not None else []
        else:
            found.append(_removed(old))
    taken = frozenset(renamed.values())
    found += [_added(new) for new in come if new.id not in taken]
    return tuple(sorted(found, key=lambda diff: (diff.node, diff.base)))


def _edited(sides: Sides, olds: Mapping[str, Node], news: Mapping[str, Node]) -> Iterator[NodeDiff]:
    for node_id in _in_order(sides.head.graph, _differing(sides)):
        diff = compare_nodes(sides, olds[node_id], news[node_id])
        if diff is not None:
            _note_renames(sides, diff)
            yield diff


def _in_order(graph: ColumnGraph, nodes: Iterable[str]) -> list[str]:
    """Inputs before their readers, so that these know which columns were renamed."""
    wanted = sorted(nodes)
    seen: set[str] = set()
    order: dict[str, int] = {}
    stack = [(node, False) for node in reversed(wanted)]
    while stack:
        node, is_done = stack.pop()
        if is_done:
            order[node] = len(order)
        elif node not in seen and node in graph:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in graph.parents(node))
    return sorted(wanted, key=lambda node: (order.get(node, len(order)), node))


def _note_renames(sides: Sides, diff: NodeDiff) -> None:
    own = {
        change.place.column.lower(): change.other.lower()
        for change in diff.changes
        if change.kind is ChangeKind.RENAMED and change.place.column
    }
    if own:
        sides.renamed_columns[diff.head] = {**sides.renames_of(diff.head), **own}


def _differing(sides: Sides) -> Iterable[str]:
    """The nodes of both sides that are not the same byte by byte, where that can be seen."""
    old, new = sides.base.project, sides.head.project
    olds, news = old.nodes, new.nodes
    before, after = getattr(olds, "body", None), getattr(news, "body", None)
    if dict(old.macros) != dict(new.macros):
        before = None  # a node may be the same, and what it calls another
    for node_id in news:
        if node_id not in olds:
            continue
        if before is None or after is None or before(node_id) != after(node_id):
            yield node_id


def _removed(old: Node) -> NodeDiff:
    changes: tuple[Change, ...] = ()
    if old.kind in _READ:
        changes = (
            Change(ColumnRef(old.id, None), ChangeKind.REMOVED, f"the {_word(old)} is removed"),
        )
    return NodeDiff(old.id, "", old.kind, Status.REMOVED, changes)


def _added(new: Node) -> NodeDiff:
    changes: tuple[Change, ...] = ()
    if new.kind in _READ:
        changes = (Change(ColumnRef(new.id, None), ChangeKind.ADDED, f"the {_word(new)} is new"),)
    return NodeDiff("", new.id, new.kind, Status.ADDED, changes)


def _word(node: Node) -> str:
    return node.kind.replace("_", " ")
