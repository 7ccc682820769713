"""The way of personal data to a place, hop by hop, with the SQL and what is left of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from headwater.changes.raw_lines import raw_line
from headwater.core.columns import ColumnRef, short_name
from headwater.core.project import Node
from headwater.questions.effects import effect_text, ref_data
from headwater.questions.evidence import SqlTexts
from headwater.questions.loaded import Loaded
from headwater.questions.pii_findings import Found
from headwater.questions.pii_flow import BLIND, START, Flow
from headwater.questions.pii_words import Level

MOST_PLACED = 500  #: findings whose lines are looked up; the others stand in line 1 of their file
PROJECT_FILE = "dbt_project.yml"
PACKAGES = "dbt_packages"


class Step(NamedTuple):
    """One hop of a path, and what is left of the data at its end; line of the compiled SQL."""

    ref: ColumnRef
    left: Level
    how: str
    expression: str
    line: int | None

    @property
    def name(self) -> str:
        """The column as people call it."""
        name = short_name(self.ref.node)
        return name if self.ref.column is None else f"{name}.{self.ref.column}"

    def data(self) -> dict[str, Any]:
        """The step in the JSON form."""
        return {
            **ref_data(self.ref),
            "left": self.left.word,
            "how": self.how,
            "expression": self.expression or None,
            "line": self.line,
        }


class Paths:
    """Finds paths and places of the findings of one answer."""

    def __init__(self, loaded: Loaded, flow: Flow, prefix: str = "", rules_file: str = "") -> None:
        self._project, self._graph, self._flow = loaded.project, loaded.graph, flow
        self._texts = SqlTexts(loaded.project)
        self._prefix, self._rules_file = prefix, rules_file
        self._known: dict[int, tuple[str, int]] = {}

    def of(self, found: Found) -> list[Step]:
        """The way of the first class of a finding; empty where it has none."""
        if found.vertex < 0 or not found.classes:
            return []
        steps = [self._step(*each, found.classes[0])
                 for each in self._flow.path(found.vertex, found.classes[0])]  # fmt: skip
        if found.node.startswith("exposure."):
            left = steps[-1].left if steps else found.left
            steps.append(Step(ColumnRef(found.node, None), left, "shows", "", None))
        return steps

    def _step(self, vertex: int, came: Any, name: str) -> Step:
        ref, left = self._graph.ref(vertex), self._flow.levels[vertex][name]
        if came.source == START:
            return Step(ref, left, "declared", "", None)
        if came.edge == BLIND:
            return Step(ref, left, "cannot be seen", "", None)
        edge = self._graph.edge(came.edge)
        evidence = self._texts.evidence(ref.node, edge.evidence)
        how = effect_text(edge.effect, edge.source, edge.target)
        text, line = (evidence.text, evidence.line) if evidence else ("", None)
        return Step(ref, left, how, text, line)

    def expression(self, edge: int) -> tuple[str, int | None]:
        """The SQL of an edge, and its line."""
        found = self._graph.edge(edge)
        evidence = self._texts.evidence(found.target.node, found.evidence)
        return (evidence.text, evidence.line) if evidence else ("", None)

    def place(self, found: Found) -> tuple[str, int]:
        """The file, relative to the repository, and the line from 1."""
        known = self._known.get(id(found))  # of an answer that lives as long as this does
        if known is None:
            known = self._known[id(found)] = self._look(found)
        return known

    def _look(self, found: Found) -> tuple[str, int]:
        node = self._project.nodes.get(found.node)
        if node is None:
            return (self._rules_file if not found.node else "") or self._own(PROJECT_FILE), 1
        line = self._line(node, found) if len(self._known) < MOST_PLACED else 1
        return self._file(node), line

    def _own(self, file: str) -> str:
        return f"{self._prefix}{file}"

    def _file(self, node: Node) -> str:
        path = node.path.replace("\\", "/") or PROJECT_FILE
        inside = node.package in ("", self._project.name)
        return self._own(path if inside else f"{PACKAGES}/{node.package}/{path}")

    def _line(self, node: Node, found: Found) -> int:
        if found.vertex < 0 or not found.classes or found.via is not None:
            return 1
        came = self._flow.came.get((found.vertex, found.classes[0]))
        if came is None or came.edge < 0:
            return 1
        line = self._texts.line(node.id, self._graph.edge(came.edge).evidence)
        if line is None or not node.raw_sql or node.sql is None:
            return 1
        return raw_line(node.sql, node.raw_sql, line)
