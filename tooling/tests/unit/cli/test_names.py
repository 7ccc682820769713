from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperCommand

from headwater.cli.names import complete_names

NODES = {
    "model.shop.orders": {"unique_id": "model.shop.orders", "columns": {"id": {}, "amount": {}}},
    "model.shop.orders.v2": {"columns": {"id": {}}},
    "model.shop.order_lines": {"columns": {}},
    "seed.shop.rates": {"columns": {}},
    "test.shop.unique_orders": {"columns": {}},
}
SOURCES: dict[str, Any] = {"source.shop.raw.orders": {"columns": {"ID": {}}}}
CATALOG = {"nodes": {"model.shop.orders": {"columns": {"status": {"type": "text"}}}}}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    manifest = {
        "nodes": NODES,
        "sources": SOURCES,
        "parent_map": {"model.shop.orders": ["source.shop.raw.orders"]},
        "child_map": {"model.elsewhere.gone": []},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG))
    return tmp_path


def offered(target: Path, incomplete: str) -> list[str]:
    ctx = typer.Context(TyperCommand("impact"))
    ctx.params = {"manifest": target / "manifest.json"}
    return complete_names(ctx, incomplete)


def test_models_seeds_and_sources_are_offered(target: Path) -> None:
    assert offered(target, "") == [
        "order_lines",
        "orders",
        "orders.v2",
        "rates",
        "source:raw.orders",
    ]


def test_names_are_offered_by_their_beginning(target: Path) -> None:
    assert offered(target, "order_") == ["order_lines"]
    assert offered(target, "zzz") == []


def test_columns_come_from_the_manifest_and_the_catalog(target: Path) -> None:
    assert offered(target, "orders.") == ["orders.v2", *offered(target, "orders.")[1:]]
    assert offered(target, "orders.a") == ["orders.amount"]
    assert offered(target, "orders.s") == ["orders.status"]
    assert offered(target, "source:raw.orders.") == ["source:raw.orders.ID"]


def test_the_only_name_left_brings_its_columns(target: Path) -> None:
    assert offered(target, "source:raw.o") == ["source:raw.orders", "source:raw.orders.ID"]


@pytest.mark.parametrize("text", ["", "{", '{"nodes": {"model.a.b": {"columns": ', "\xff"])
def test_a_broken_manifest_offers_nothing_and_says_nothing(
    target: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (target / "manifest.json").write_text(text, encoding="latin-1")
    assert offered(target, "b.") == []
    (target / "manifest.json").unlink()
    os.mkdir(target / "manifest.json")
    assert offered(target, "b.") == []
    assert capfd.readouterr() == ("", "")
