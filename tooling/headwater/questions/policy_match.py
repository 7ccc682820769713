"""Which findings a rule of a policy means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from headwater.core.changes import Verdict
from headwater.core.columns import short_name
from headwater.core.errors import PolicyError, SelectionError
from headwater.core.project import Node, Project
from headwater.graph.selection import select_nodes
from headwater.questions.policy import VERDICTS, Where, fits

_WORD = {verdict: word for word, verdict in VERDICTS.items()}


class Subject(NamedTuple):
    """What a finding is about; ``kind`` is a word of `ChangeKind`, or "" for what is only felt."""

    rule: str
    node: str
    column: str | None = None
    kind: str = ""
    verdict: Verdict = Verdict.UNTOUCHED


class Matcher:
    """Tells whether a subject fits; knows the nodes of one project, or of two."""

    def __init__(self, projects: Sequence[Project], file: str) -> None:
        self._projects = projects
        self._file = file
        self._selected: dict[tuple[str, ...], frozenset[str]] = {}

    def node(self, node: str) -> Node | None:
        """The node in the first project that has it."""
        return next((p.nodes[node] for p in self._projects if node in p.nodes), None)

    def fits(self, where: Where, subject: Subject) -> bool:
        """Whether the subject fits every key that is given."""
        own = (
            (where.rules, (subject.rule,)),
            (where.columns, (subject.column or "",)),
            (where.kinds, (subject.kind,)),
            (where.verdicts, (_WORD.get(subject.verdict, ""),)),
        )
        if not all(not wanted or fits(wanted, names) for wanted, names in own):
            return False
        return self._node_fits(where, subject.node)

    def _node_fits(self, where: Where, node_id: str) -> bool:
        node = self.node(node_id)
        if node is None:
            of_nodes = replace(where, rules=(), columns=(), kinds=(), verdicts=())
            return of_nodes == Where()
        whole = [text for text in where.nodes if text.count(".") >= 2]  # or m* fits model.x.y
        if where.nodes and not (
            fits(where.nodes, (short_name(node.id), node.name)) or fits(whole, (node.id,))
        ):
            return False
        texts = (
            (where.exposures, (node.name,) if node.kind == "exposure" else ()),
            (where.owners, owners_of(node)),
            (where.tags, node.tags),
            (where.groups, (node.group or "",)),
            (where.access, (node.access or "",)),
            (where.packages, (node.package,)),
            (where.paths, (node.path.replace("\\", "/"),)),
            (where.types, (node.kind,)),
        )
        if not all(not wanted or fits(wanted, names) for wanted, names in texts):
            return False
        return not where.select or node_id in self._select(where.select)

    def _select(self, texts: tuple[str, ...]) -> frozenset[str]:
        """The nodes that a selection takes in any of the projects."""
        if texts not in self._selected:
            try:
                found = [select_nodes(project, texts) for project in self._projects]
            except SelectionError as error:
                at = ("at", f"select: {', '.join(texts)}")
                message = f"{error.message} in '{self._file}'"
                raise PolicyError(message, at, *error.details) from None
            self._selected[texts] = frozenset().union(*found)
        return self._selected[texts]


def owners_of(node: Node) -> tuple[str, ...]:
    """Names and addresses of whoever owns the node, by its group or its meta."""
    named = node.meta.get("owner")
    meta = named.values() if isinstance(named, Mapping) else [named]
    return (*node.owner.values(), *(value for value in meta if isinstance(value, str)))
