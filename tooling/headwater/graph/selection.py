"""dbt's node selection grammar over a `Project`: the same nodes as ``dbt ls``.

    orders+             and everything downstream       2+orders+1   with depths
    @orders             downstream, and what that needs
    a b                 union                           a,b          intersection
    tag:nightly         methods, see `selection_methods`; * ? [] as wildcards
    state:modified      compared with an earlier state  selector:nightly   of selectors.yml

Tests follow what they test, as ``SelectionContext.indirect`` says (dbt's ``eager`` by default).

*Source*: https://docs.getdbt.com/reference/node-selection/syntax, tried against ``dbt ls``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from headwater.core.errors import SelectionError, did_you_mean, shown
from headwater.core.project import Project
from headwater.core.selecting import Indirect
from headwater.graph.selection_methods import make_predicate
from headwater.graph.selection_spec import (
    Criterion,
    How,
    Spec,
    from_definition,
    from_words,
)

_SELECTION = re.compile(r"[+@,*?\[\]\s/\\]|^[\w.]+:")
_TESTS = frozenset({"test", "unit_test"})
#: Hooks are nodes of the manifest, but never selected.
_NOT_SELECTABLE = frozenset({"operation", "sql_operation"})
SELECTOR = "selector"


def looks_like_selection(text: str) -> bool:
    """Whether a text has something of the grammar about it, and is not just a name."""
    return _SELECTION.search(text) is not None


def select_nodes(
    project: Project, select: Sequence[str] = (), exclude: Sequence[str] = ()
) -> frozenset[str]:
    """The ids of the nodes that ``--select`` and ``--exclude`` leave; all without ``select``.

    *Raises*: `SelectionError` for an expression that cannot be read, or needs what is not at hand.
    """
    view = _View.of(project)
    chosen = view.walk(from_words(select)).direct if select else set(view.selectable)
    return frozenset(chosen - view.walk(from_words(exclude)).direct)


class _Found(NamedTuple):
    """What a selection takes, and tests that it takes if all they read is taken in the end."""

    direct: set[str]
    maybe: set[str]


@dataclass(frozen=True, slots=True)
class _View:
    """The node graph of a project, both ways, and the selectors that are being walked."""

    project: Project
    selectable: frozenset[str]
    children: Mapping[str, Sequence[str]]
    within: tuple[str, ...] = ()

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

    def walk(self, spec: Spec) -> _Found:
        """What a selection takes."""
        if isinstance(spec, Criterion):
            return self._criterion(spec)
        found = [self.walk(part) for part in spec.parts]
        direct = _combined(spec.how, [each.direct for each in found])
        maybe = _combined(spec.how, [each.direct | each.maybe for each in found])
        return _Found(self._completed(direct, maybe, self._way(spec)), maybe)

    def _way(self, spec: Spec) -> Indirect:
        return spec.indirect or self.project.selecting.indirect

    def _criterion(self, spec: Criterion) -> _Found:
        picked = self._picked(spec)
        selected = set(picked)
        if spec.at:
            below = self.downstream(picked) | picked
            selected |= below | self.upstream(below)
        if spec.up:
            selected |= self.upstream(picked, spec.up_depth)
        if spec.down:
            selected |= self.downstream(picked, spec.down_depth)
        if spec.method == SELECTOR:  # what it leaves out must not come back with what it tests
            return _Found(selected, set())
        return self._with_tests(selected, self._way(spec))

    def _picked(self, spec: Criterion) -> set[str]:
        if spec.method == SELECTOR:
            return self._selector(str(spec.value))
        matches = make_predicate(self.project, spec.method, spec.value)
        nodes = self.project.nodes
        return {node for node in self.selectable if matches(nodes[node])}

    def _selector(self, pattern: str) -> set[str]:
        """What the named selectors of ``selectors.yml`` take."""
        known = self.project.selecting.selectors or {}
        names = sorted(name for name in known if fnmatchcase(name, pattern))
        if not names:
            has = ("has", shown(known)) if known else ("knows", "the project has no selectors.yml")
            near = did_you_mean(pattern, list(known))
            raise SelectionError(f"no selector '{pattern}'", has, *near)
        found: set[str] = set()
        for name in names:
            if name in self.within:
                way = ("way", " > ".join([*self.within, name]))
                raise SelectionError(f"the selector '{name}' is made of itself", way)
            inner = _View(self.project, self.selectable, self.children, (*self.within, name))
            found |= inner.walk(from_definition(known[name], name)).direct
        return found

    def _with_tests(self, selected: set[str], way: Indirect) -> _Found:
        """With the tests of what is selected, by one of dbt's four ways."""
        if way == "empty":
            return _Found(selected, set())
        nodes = self.project.nodes
        near = {c for node in selected for c in self.children.get(node, ())}
        tests = {test for test in near if nodes[test].kind in _TESTS}
        if way == "eager":
            return _Found(selected | tests, set())
        enough = set(selected)
        if way == "buildable":
            enough |= self.upstream(selected) | {n for n in nodes if nodes[n].kind == "source"}
        sure = {test for test in tests if set(nodes[test].parents) <= enough}
        return _Found(selected | sure, tests - sure - selected)

    def _completed(self, direct: set[str], maybe: set[str], way: Indirect) -> set[str]:
        """With the tests whose other nodes came in through another part of the selection."""
        if way not in ("cautious", "buildable"):
            return direct
        nodes = self.project.nodes
        enough = direct | (self.upstream(direct) if way == "buildable" else set())
        waiting = (test for test in maybe if nodes[test].kind != "unit_test")
        return direct | {test for test in waiting if set(nodes[test].parents) <= enough}


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


def _combined(how: How, sets: Sequence[set[str]]) -> set[str]:
    if not sets:
        return set()
    if how is How.UNION:
        return set().union(*sets)
    return sets[0].intersection(*sets) if how is How.INTERSECTION else sets[0].difference(*sets[1:])
