"""What a project demands of a change: the nouns of a policy.

`headwater.questions.policy_parse` makes them from a file, `headwater.questions.check` holds a
change against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import translate
from functools import lru_cache

from headwater.core.changes import Verdict

#: How bad a finding is, the worst first; ``off`` is no finding at all.
LEVELS = ("error", "warning", "note", "off")
#: The words for verdicts in a policy.
VERDICTS = {
    "breaks": Verdict.BREAKS,
    "unknown": Verdict.UNKNOWN,
    "rows": Verdict.ROWS,
    "value": Verdict.VALUE,
    "shape": Verdict.SHAPE,
}


class FailOn(StrEnum):
    """From where on a change is an error when no rule of the policy says so.

    Each includes what is worse: ``value`` also fails on other rows, on what could not be seen, and
    on what breaks.
    """

    NONE = "none"  #: never fail, whatever is found
    BREAKING = "breaking"
    UNKNOWN = "unknown"
    ROWS = "rows"
    VALUE = "value"
    EXPOSURES = "exposures"  #: anything that an exposure feels, and whatever breaks
    ANY = "any"  #: every finding


class Needed(StrEnum):
    """What a requirement asks for."""

    DESCRIPTION = "description"
    TYPE = "type"
    TEST = "test"
    UNIT_TEST = "unit test"
    OWNER = "owner"
    CONTRACT = "contract"
    LINEAGE = "lineage"  #: nothing of it may be a gap


@lru_cache(maxsize=1024)
def pattern(text: str) -> re.Pattern[str]:
    """A pattern as people write it: ``stg_*`` or ``/^stg_/``. *Raises*: ``re.error``."""
    if len(text) > 1 and text[0] == text[-1] == "/":
        return re.compile(text[1:-1])
    return re.compile(translate(text))


def fits(patterns: Iterable[str], names: Iterable[str]) -> bool:
    """Whether any name fits any of the patterns; a regex may fit anywhere in the name."""
    known = [name for name in names if name]
    return any(_fits(text, name) for text in patterns for name in known)


def _fits(text: str, name: str) -> bool:
    found = pattern(text)
    return bool(found.search(name) if text[:1] == "/" == text[-1:] else found.match(name))


@dataclass(frozen=True, slots=True)
class Where:
    """Which findings are meant: all that fit every key that is given; an empty one fits all.

    ``nodes`` and ``columns`` are names, ``kinds`` the words of `ChangeKind`, ``verdicts`` those of
    `VERDICTS`; ``select`` is a selection as in ``dbt ls``.
    """

    rules: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    exposures: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    select: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Severity:
    """Findings of this sort have this level; of several rules that fit, the last one holds."""

    where: Where
    level: str
    place: str  #: where in the file it stands


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many findings of this sort."""

    where: Where
    at_most: int
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What every column or node of this sort must have.

    ``of`` is column or node. Of the changed ones only, unless ``always``; without a base there is
    no change, so then of all. ``tests`` names the tests of which one must be there (any, if empty).
    """

    where: Where
    what: Needed
    of: str
    always: bool
    tests: tuple[str, ...]
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings that are known and wanted, until a day (which is the last one that counts)."""

    where: Where
    reason: str
    author: str
    expires: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a project demands. ``file`` is shown in texts; "" when there is no policy."""

    file: str = ""
    fail_on: FailOn = FailOn.BREAKING
    severities: tuple[Severity, ...] = ()
    budgets: tuple[Budget, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str = ""
