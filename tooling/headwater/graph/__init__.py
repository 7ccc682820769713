"""Project + NodeLineages -> ColumnGraph: built once, then read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.graph.column_graph import ColumnGraph
from headwater.graph.state import from_state, to_state

if TYPE_CHECKING:
    from headwater.graph.build import build_graph

__all__ = ["ColumnGraph", "build_graph", "from_state", "to_state"]


def __getattr__(name: str) -> Any:
    """The builder only when somebody builds: a warm start does not."""
    if name != "build_graph":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from headwater.graph.build import build_graph  # noqa: PLC0415

    return build_graph
