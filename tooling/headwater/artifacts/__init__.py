"""dbt's files -> `Project`. The only room that knows how artifacts look.

`find_artifacts` says where they are, `read_project` reads them.
"""

from __future__ import annotations

from headwater.artifacts.paths import ArtifactPaths, Wanted, find_artifacts
from headwater.artifacts.project import ReadProject, read_artifacts, read_project

__all__ = [
    "ArtifactPaths",
    "ReadProject",
    "Wanted",
    "find_artifacts",
    "read_artifacts",
    "read_project",
]
