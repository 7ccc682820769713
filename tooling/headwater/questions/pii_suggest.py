"""What names and types suggest to be personal data: proposals for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from headwater.core.columns import ColumnRef, short_name
from headwater.core.report import Fact, Report, Table
from headwater.questions.coverage import coverage_line
from headwater.questions.effects import ref_data
from headwater.questions.loaded import Loaded
from headwater.questions.pii_declared import declarations
from headwater.questions.pii_guess import guesses, is_plausible
from headwater.questions.pii_patch import inline, patch_yaml
from headwater.questions.pii_rules import PiiRules
from headwater.questions.pii_start import is_fed
from headwater.questions.pii_words import Level

_HOLDERS = frozenset(("source", "seed", "model", "snapshot"))


class Proposal(NamedTuple):
    """A column that may hold personal data, and why."""

    ref: ColumnRef
    classes: tuple[str, ...]
    type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Proposals by node and column. Columns that others feed are left to what feeds them."""

    loaded: Loaded
    proposals: tuple[Proposal, ...]

    @property
    def patch(self) -> str:
        """The YAML that would declare them all."""
        wanted: dict[str, dict[str, tuple[tuple[str, ...], Level]]] = {}
        for each in self.proposals:
            name = each.ref.column or ""
            wanted.setdefault(each.ref.node, {})[name] = (each.classes, Level.RAW)
        return patch_yaml(self.loaded.project.nodes, wanted)

    def report(self) -> Report:
        """The proposals in shapes."""
        rows = tuple(
            (short_name(p.ref.node), p.ref.column, p.kind, p.type, inline(p.classes))
            for p in self.proposals
        )
        heads = ("node", "column", "kind", "type", "would be declared as")
        nodes = {p.ref.node for p in self.proposals}
        facts = (
            Fact("columns that look personal", len(rows), "warn" if rows else "good"),
            Fact("nodes", len(nodes)),
            Fact("applied", "nothing: --patch FILE writes YAML to look through"),
        )
        data = {
            "proposals": [
                {**ref_data(p.ref), "classes": list(p.classes), "type": p.type or None}
                for p in self.proposals
            ],
            "patch": self.patch,
        }
        return Report(
            title="Columns that look like personal data",
            facts=facts,
            tables=(Table("Proposals", heads, rows, group="node"),),
            coverage=coverage_line(self.loaded),
            data=data,
        )


def suggest(loaded: Loaded, rules: PiiRules, nodes: frozenset[str] | None = None) -> Suggestions:
    """Undeclared columns whose names and types look personal, where such data begins."""
    graph, found = loaded.graph, []
    declared = declarations(loaded.project, rules, graph)
    for node_id in loaded.project.nodes:
        if node_id not in graph or graph.kind(node_id) not in _HOLDERS:
            continue
        if nodes is not None and node_id not in nodes:
            continue
        node = loaded.project.nodes[node_id]
        said = declared.columns.get(node_id, {})
        types = {
            c.name.lower(): c.type or "" for c in (*node.columns, *(node.catalog_columns or ()))
        }
        for vertex in graph.columns_of(node_id):
            name = graph.name(vertex)
            if name == "*" or name.lower() in said or is_fed(graph, vertex):
                continue
            type_ = types.get(name.lower(), "")
            classes = tuple(sorted(c for c in guesses(name) if is_plausible(c, type_)))
            if classes:
                found.append(Proposal(ColumnRef(node_id, name), classes, type_, node.kind))
    return Suggestions(loaded, tuple(found))
