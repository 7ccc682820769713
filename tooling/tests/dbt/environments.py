"""Environments of the other dbt versions, made once from their locks and kept in `.venvs/`."""

from __future__ import annotations

from pathlib import Path

from locked import REPO, environment

__all__ = ["REPO", "dbt_of_version"]


def dbt_of_version(version: str) -> Path:
    """The `dbt` of `requirements/dbt-<version>.txt`; safe in several processes at once."""
    return environment(f"dbt-{version}").with_name("dbt")
