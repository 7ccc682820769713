"""What every question is asked of."""

from __future__ import annotations

from typing import Protocol

from headwater.core.project import Project
from headwater.graph.column_graph import ColumnGraph


class Loaded(Protocol):
    """A project and its column graph; `headwater.pipeline.Loaded` is one."""

    @property
    def project(self) -> Project:
        """What dbt told."""

    @property
    def graph(self) -> ColumnGraph:
        """What the SQL was understood to do."""
