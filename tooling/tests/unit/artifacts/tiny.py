"""The tiny recorded manifests, and a folder that looks like a dbt project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MANIFESTS = Path(__file__).parents[2] / "fixtures" / "manifests"
ORDERS, STG_ORDERS = "model.shop.orders", "model.shop.stg_orders"
RAW_ORDERS, COUNTRIES = "source.shop.raw.orders", "seed.shop.countries"
UNIQUE = "test.shop.unique_orders_id.abc"


def manifest(version: str = "v12") -> dict[str, Any]:
    """A recorded manifest as plain values, to be bent by a test."""
    loaded: dict[str, Any] = json.loads((MANIFESTS / f"{version}.json").read_text())
    return loaded


def catalog() -> dict[str, Any]:
    """The catalog of the same project."""
    loaded: dict[str, Any] = json.loads((MANIFESTS / "catalog.json").read_text())
    return loaded


def write(path: Path, value: Any) -> Path:
    """``value`` as JSON in a file whose folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def make_project(folder: Path, **artifacts: Any) -> Path:
    """A project folder named ``shop``; ``artifacts`` are written into its target folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dbt_project.yml").write_text("name: shop\n")
    for name, value in artifacts.items():
        write(folder / "target" / f"{name}.json", value)
    return folder
