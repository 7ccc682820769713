"""Every error a person can meet, as a tree.

HeadwaterError            exit code 2: could not answer
├── ArtifactError         a manifest, catalog or results file is missing or cannot be used
├── NotFound              a name that is not there (with near suggestions)
├── Ambiguous             a name that fits several things (with the choices)
├── SelectionError        a --select expression that cannot be read
├── UsageError            options that cannot go together
├── PolicyError           a policy or baseline file that cannot be read
└── OutputError           the answer could not be written
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

SHOWN = 5


class HeadwaterError(Exception):
    """What happened; then lines of what is known, and of what to do.

    ``str()`` gives the text as printed after ``error: ``: the message, then one indented line for
    each pair in ``details`` (``has: …``, ``hint: …``).
    """

    def __init__(self, message: str, *details: tuple[str, str]) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {label}: {text}" for label, text in self.details)])


class ArtifactError(HeadwaterError):
    """A manifest, catalog or results file is missing or cannot be used."""


class NotFound(HeadwaterError):
    """A name that is not there."""


class Ambiguous(HeadwaterError):
    """A name that fits several things."""


class SelectionError(HeadwaterError):
    """A ``--select`` expression that cannot be read."""


class UsageError(HeadwaterError):
    """Options that cannot go together."""


class PolicyError(HeadwaterError):
    """A policy or baseline file that cannot be read."""


class OutputError(HeadwaterError):
    """The answer could not be written."""


def shown(names: Iterable[str], limit: int = SHOWN) -> str:
    """The names sorted, cut at ``limit``: ``a, b, c, d, e (+3)``."""
    ordered = sorted(set(names))
    rest = len(ordered) - limit
    return ", ".join(ordered[:limit]) + (f" (+{rest})" if rest > 0 else "")


def did_you_mean(name: str, known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """A ``hint`` detail when a known name is near, else nothing."""
    lowered = {k.lower(): k for k in known}
    near = difflib.get_close_matches(name.lower(), list(lowered), n=1, cutoff=0.6)
    return (("hint", f"did you mean '{lowered[near[0]]}'?"),) if near else ()
