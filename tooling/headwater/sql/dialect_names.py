"""What a person may call a dialect: sqlglot's name, or the name of a dbt adapter."""

from __future__ import annotations

from sqlglot.dialects.dialect import Dialects

from headwater.sql.dialects import DIALECTS

GENERIC = frozenset({"", "generic", "ansi"})


def dialect_names() -> list[str]:
    """Every name that `dialect_named` knows, sorted."""
    return sorted({"generic", *DIALECTS, *(each.value for each in Dialects if each.value)})


def dialect_named(name: str) -> str | None:
    """sqlglot's name of the dialect, ``""`` for generic SQL; ``None`` when there is none."""
    lowered = name.strip().lower()
    if lowered in GENERIC:
        return ""
    if lowered in DIALECTS:
        return DIALECTS[lowered]
    return lowered if lowered in {each.value for each in Dialects} else None
