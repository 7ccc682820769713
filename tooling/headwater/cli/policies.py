"""What a policy is held against: the day, and where the project lies in its repository."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path


def today() -> date:
    """The day that waivers and exceptions are held against."""
    return datetime.now(UTC).date()


def prefix_of(project: Path | None) -> str:
    """The project's folder in its repository (``analytics/``), "" when it is the root."""
    if project is None:
        return ""
    place = project.absolute()
    root = next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), place)
    inside = place.relative_to(root).as_posix()
    return "" if inside == "." else f"{inside}/"
