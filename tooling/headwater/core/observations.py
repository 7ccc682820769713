"""What was seen of a warehouse: when data was loaded, when nodes were built, and how that ended.

*Units*: every moment is a `datetime` with a time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from headwater.core.runs import Run


@dataclass(frozen=True, slots=True)
class Checked:
    """One source in ``dbt source freshness``: ``status`` is dbt's word when it was checked.

    dbt 2's ``dbt freshness`` looks at models, too.
    """

    status: str
    checked_at: datetime | None
    loaded_at: datetime | None  #: of the newest row; ``None`` when it could not be queried


@dataclass(frozen=True, slots=True)
class Built:
    """The last known run of one node. ``good_at`` is the end of the last run that went well."""

    status: str
    at: datetime | None
    good_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Observations:
    """Everything that artifacts, or a run log, say. A node that is missing was not seen.

    ``is_checked``: sources were checked at some time, whatever came of it.
    """

    sources: Mapping[str, Checked] = field(default_factory=dict)
    builds: Mapping[str, Built] = field(default_factory=dict)
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()  #: what happened before, the oldest first
    is_checked: bool = False
