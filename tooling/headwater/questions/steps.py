"""One hop of influence with the SQL that makes it so, for the questions that show it."""

from __future__ import annotations

from typing import Any, NamedTuple

from headwater.core.columns import ColumnRef
from headwater.core.edges import EdgeFlag, Effect
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.effects import effect_text, flag_names, ref_data
from headwater.questions.evidence import Evidence, SqlTexts


class Hop(NamedTuple):
    """One edge with its evidence. ``effect`` is ``None`` from a row set to a value over it."""

    source: ColumnRef
    target: ColumnRef
    effect: Effect | None
    flags: EdgeFlag
    evidence: Evidence | None

    @property
    def word(self) -> str:
        """The effect as it is said."""
        return effect_text(self.effect, self.source, self.target)

    @property
    def expression(self) -> str:
        """The SQL, or nothing."""
        return self.evidence.text if self.evidence else ""

    @property
    def line(self) -> int | None:
        """The line in the compiled SQL of the target's node."""
        return self.evidence.line if self.evidence else None

    def data(self) -> dict[str, Any]:
        """The hop in the JSON form."""
        return {
            "source": ref_data(self.source),
            "target": ref_data(self.target),
            "effect": None if self.effect is None else self.effect.name,
            "flags": flag_names(self.flags),
            "expression": self.expression or None,
            "line": self.line,
        }


def hop(graph: ColumnGraph, texts: SqlTexts, number: int) -> Hop:
    """The edge of that number."""
    edge = graph.edge(number)
    found = texts.evidence(edge.target.node, edge.evidence)
    return Hop(edge.source, edge.target, edge.effect, edge.flags, found)


def rows_hop(graph: ColumnGraph, source: int, target: int) -> Hop:
    """The step from a node's row set to a value that is computed over it."""
    return Hop(graph.ref(source), graph.ref(target), None, EdgeFlag.NONE, None)
