"""dbt's node selection grammar over a `Project`: the same nodes as ``dbt ls``.

    orders+             and everything downstream       2+orders+1   with depths
    @orders             downstream, and what that needs
    a b                 union                           a,b          intersection
    tag:nightly         methods, see `selection_methods`; * ? [] as wildcards

Tests are selected with the nodes they test (dbt's ``eager`` indirect selection).

*Source*: https://docs.getdbt.com/reference/node-selection/syntax, tried against ``dbt ls``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.core.errors import SelectionError
from headwater.core.project import Project
from headwater.graph.selection_methods import default_method, make_predicate

_CRITERION = re.compile(
    r"(?P<at>@)?(?P<up>(?P<up_depth>\d*)\+)?(?:(?P<method>[\w.]+):)?(?P<value>.*?)"
    r"(?P<down>\+(?P<down_depth>\d*))?"
)
_SELECTION = re.compile(r"[+@,*?\[\]\s/\\]|^[\w.]+:")
_TESTS = frozenset({"test", "unit_test"})
#: Hooks are nodes of the manifest, but never selected.
_NOT_SELECTABLE = frozenset({"operation", "sql_operation"})


def looks_like_selection(text: str) -> bool:
    """Whether a text has something of the grammar about it, and is not just a name."""
    return _SELECTION.search(text) is not None


def select_nodes(
    project: Project, select: Sequence[str] = (), exclude: Sequence[str] = ()
) -> frozenset[str]:
    """The ids of the nodes that ``--select`` and ``--exclude`` leave; all without ``select``.

    *Raises*: `SelectionError` for an expression that cannot be read.
    """
    view = _View.of(project)
    chosen = _union(view, select) if select else set(view.selectable)
    return frozenset(chosen - _union(view, exclude))


@dataclass(frozen=True, slots=True)
class _View:
    """The node graph of a project, both ways."""

    project: Project
    selectable: frozenset[str]
    children: Mapping[str, Sequence[str]]

    @staticmethod
    def of(project: Project) -> _View:
        nodes = project.nodes
        children: dict[str, list[str]] = {}
        for node in nodes.values():
            for parent in node.parents:
                if parent in nodes:
                    children.setdefault(parent, []).append(node.id)
        selectable = frozenset(n.id for n in nodes.values() if n.kind not in _NOT_SELECTABLE)
        return _View(project, selectable, children)

    def downstream(self, nodes: Iterable[str], depth: int | None = None) -> set[str]:
        """What depends on any of the nodes."""
        return _spread(nodes, lambda node: self.children.get(node, ()), depth)

    def upstream(self, nodes: Iterable[str], depth: int | None = None) -> set[str]:
        """What any of the nodes depends on."""
        known = self.project.nodes
        return _spread(nodes, lambda node: [p for p in known[node].parents if p in known], depth)


def _spread(
    begin: Iterable[str], steps: Callable[[str], Iterable[str]], depth: int | None
) -> set[str]:
    found: set[str] = set()
    level = set(begin)
    while level and (depth is None or depth > 0):
        level = {other for node in level for other in steps(node)} - found
        found |= level
        depth = None if depth is None else depth - 1
    return found


def _union(view: _View, expressions: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for expression in expressions:
        for part in expression.split():
            found |= _intersection(view, part)
    return found


def _intersection(view: _View, part: str) -> set[str]:
    return set.intersection(*(_criterion(view, text) for text in part.split(",")))


def _criterion(view: _View, text: str) -> set[str]:
    """One criterion with its graph operators, and the tests of what it selects."""
    found = _CRITERION.fullmatch(text)
    if found is None or not found["value"]:
        hint = ("hint", "a selection is a name, or method:value, with + and @ around it")
        raise SelectionError(f"cannot read the selection '{text}'", hint)
    if found["at"] and found["down"]:
        hint = ("hint", f"'@' selects downstream already: write '{text.rstrip('+0123456789')}'")
        raise SelectionError(f"'@' and '+' at the end of '{text}' do not go together", hint)
    value = found["value"]
    matches = make_predicate(view.project, found["method"] or default_method(value), value)
    nodes = view.project.nodes
    picked = {node for node in view.selectable if matches(nodes[node])}
    selected = set(picked)
    if found["at"]:
        below = view.downstream(picked) | picked
        selected |= below | view.upstream(below)
    if found["up"]:
        selected |= view.upstream(picked, _depth(found["up_depth"]))
    if found["down"]:
        selected |= view.downstream(picked, _depth(found["down_depth"]))
    tests = {t for node in selected for t in view.children.get(node, ()) if nodes[t].kind in _TESTS}
    return selected | tests


def _depth(digits: str) -> int | None:
    return int(digits) if digits else None
