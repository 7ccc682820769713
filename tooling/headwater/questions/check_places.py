"""Where in the repository a finding stands: a file, and the line that makes it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.changes.raw_lines import raw_line
from headwater.core.edges import Span
from headwater.core.project import Node
from headwater.questions.check_findings import Found
from headwater.questions.evidence import SqlTexts

if TYPE_CHECKING:
    from headwater.questions.check import Check

PROJECT_FILE = "dbt_project.yml"
PACKAGES = "dbt_packages"


class Places:
    """Finds the places of one check's findings."""

    def __init__(self, answer: Check) -> None:
        self._answer = answer
        self._project = answer.loaded.project
        self._texts = SqlTexts(self._project)
        self._known: dict[int, tuple[str, int]] = {}

    def of(self, found: Found) -> tuple[str, int]:
        """The file, relative to the repository, and the line from 1.

        What is gone from the head stands in the first line of its node's file, or in that of the
        project when the file is gone too.
        """
        key = id(found)  # of an answer that lives as long as this does
        if key not in self._known:
            self._known[key] = self._look(found)
        return self._known[key]

    def _look(self, found: Found) -> tuple[str, int]:
        node = self._project.nodes.get(found.subject.node)
        if not found.subject.node:
            return self._answer.policy.file or self._own(PROJECT_FILE), 1
        if node is None:
            return self._own(PROJECT_FILE), 1
        return self._file(node), self._line(node, self._span(found))

    def shown(self, found: Found) -> str:
        """``models/orders.sql:12``; the file alone when the line says nothing."""
        file, line = self.of(found)
        return file if line == 1 else f"{file}:{line}"

    def owner(self, node_id: str) -> dict[str, str] | None:
        """Whoever owns the node, by sorted keys."""
        node = self._project.nodes.get(node_id)
        return dict(sorted(node.owner.items())) if node is not None and node.owner else None

    def _own(self, file: str) -> str:
        return f"{self._answer.prefix}{file}"

    def _file(self, node: Node) -> str:
        path = node.path.replace("\\", "/") or PROJECT_FILE
        inside = node.package in ("", self._project.name)
        return self._own(path if inside else f"{PACKAGES}/{node.package}/{path}")

    def _span(self, found: Found) -> Span:
        if found.change is not None:
            return found.change.head
        return found.hit.evidence if found.hit is not None else Span(-1, -1)

    def _line(self, node: Node, span: Span) -> int:
        line = self._texts.line(node.id, span)
        if line is None or not node.raw_sql or node.sql is None:
            return 1
        return raw_line(node.sql, node.raw_sql, line)
