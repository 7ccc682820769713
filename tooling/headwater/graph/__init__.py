"""Project + NodeLineages -> ColumnGraph: built once, then read-only."""

from headwater.graph.build import build_graph
from headwater.graph.column_graph import ColumnGraph
from headwater.graph.state import from_state, to_state

__all__ = ["ColumnGraph", "build_graph", "from_state", "to_state"]
