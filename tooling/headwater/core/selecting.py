"""What dbt's node selection looks at besides the project itself."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Indirect = Literal["eager", "cautious", "buildable", "empty"]


@dataclass(frozen=True, slots=True)
class SelectionContext:
    """An earlier state, results of runs, named selectors, and how tests follow what they test.

    ``None`` says that it was not given, so a selection that needs it is an error. ``changed`` has
    for each node what is different from the earlier state, in dbt's words: ``new``, ``modified``
    and its parts (``body``, ``configs``, ``relation``, ``persisted_descriptions``, ``macros``,
    ``contract``). ``results`` are statuses by node; ``fresher`` are sources with newer rows;
    ``selectors`` are the definitions of ``selectors.yml`` by name, as the manifest has them.
    """

    changed: Mapping[str, frozenset[str]] | None = None
    results: Mapping[str, str] | None = None
    fresher: Container[str] | None = None
    selectors: Mapping[str, Any] | None = None
    indirect: Indirect = "eager"
