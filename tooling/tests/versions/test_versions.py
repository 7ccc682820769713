"""One shop as dbt 1.5 to 2.0 wrote it: every version is read, and the answers are the same.

`dev/record_versions.py` recorded the manifests.
"""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

import pytest

import headwater
from headwater.pipeline import Loaded
from headwater.questions.diff import diff

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "versions"
VERSIONS = ("1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11", "1.12", "2.0")
ASKED = (
    "raw.orders.amount",
    "raw.customers.name",
    "stg_orders.status",
    "stg_customers",
    "rates.rate",
)
MODELS = (
    "stg_orders",
    "orders",
    "daily",
    "both",
    "events",
    "converted",
    "dim.v1",
    "dim.v2",
    "kept",
)


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loaded]:
    found = {}
    for version in VERSIONS:
        path = tmp_path_factory.mktemp("shop") / "manifest.json"
        path.write_bytes(gzip.decompress((FIXTURES / f"{version}.json.gz").read_bytes()))
        found[version] = headwater.load(manifest=path, use_cache=False)
    return found


def test_every_version_was_recorded() -> None:
    assert {path.name.removesuffix(".json.gz") for path in FIXTURES.iterdir()} == set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_of_that_version(version: str, shops: dict[str, Loaded]) -> None:
    assert shops[version].project.dbt_version.startswith(f"{version}.")


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_left_unseen(version: str, shops: dict[str, Loaded]) -> None:
    assert not headwater.coverage(shops[version]).gaps


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("version", VERSIONS[1:])
def test_impact_is_the_same(version: str, name: str, shops: dict[str, Loaded]) -> None:
    assert _impact(shops[version], name) == _impact(shops[VERSIONS[0]], name)


def _impact(shop: Loaded, name: str) -> list[tuple[str, int, str]]:
    answer = headwater.impact(shop, [name])
    touched = [(str(c.ref), c.depth, c.effect) for c in answer.columns]
    assert touched
    return touched + [
        (node.node.rpartition(".")[0], node.depth, node.effect) for node in answer.nodes
    ]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("version", VERSIONS[1:])
def test_columns_are_the_same(version: str, name: str, shops: dict[str, Loaded]) -> None:
    assert _columns(shops[version], name) == _columns(shops[VERSIONS[0]], name)


def _columns(shop: Loaded, name: str) -> list[object]:
    node = headwater.columns(shop, name).node
    edges = {(str(e.source), str(e.target), e.effect, e.flags) for e in shop.lineages[node].edges()}
    return [shop.lineages[node].columns, sorted(edges)]


@pytest.mark.parametrize(
    ("old", "new"), [*itertools.pairwise(VERSIONS), ("1.5", "2.0"), ("2.0", "1.5")]
)
def test_an_upgrade_of_dbt_is_no_change(old: str, new: str, shops: dict[str, Loaded]) -> None:
    answer = diff(shops[old], shops[new])
    assert not [(change.place, change.kind, change.reason) for change in answer.changes]
    assert not answer.propagation.hits
    versions = (shops[old].project.dbt_version, shops[new].project.dbt_version)
    assert answer.notes == ("base was written by dbt {}, head by dbt {}".format(*versions),)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The newest shop after an edit: a condition more, and a column of another name."""
    made = json.loads(gzip.decompress((FIXTURES / f"{VERSIONS[-1]}.json.gz").read_bytes()))
    orders, customers = (made["nodes"][f"model.shop.{n}"] for n in ("stg_orders", "stg_customers"))
    for node, old, new in (
        (orders, "where amount", "where status <> 'x' and amount"),
        (customers, "email", "email as mail"),
    ):
        assert node["compiled_code"].count(old) == 1
        node["compiled_code"] = node["compiled_code"].replace(old, new)
        node["raw_code"] = node["raw_code"].replace(old, new)
        node["checksum"]["checksum"] = "edited"
    path = tmp_path_factory.mktemp("edited") / "manifest.json"
    path.write_text(json.dumps(made), "utf-8")
    return headwater.load(manifest=path, use_cache=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_edit_is_told_alike_from_every_version(
    version: str, shops: dict[str, Loaded], edited: Loaded
) -> None:
    answer, newest = diff(shops[version], edited), diff(shops[VERSIONS[-1]], edited)
    assert [(c.place, c.kind, c.other) for c in answer.changes] == [
        (c.place, c.kind, c.other) for c in newest.changes
    ]
    assert {c.kind.value for c in answer.changes} == {"rows", "renamed"}
    assert [(h.place, h.verdict) for h in answer.propagation.hits] == [
        (h.place, h.verdict) for h in newest.propagation.hits
    ]
    assert {h.verdict.words for h in answer.propagation.hits} >= {"rows change", "breaks"}
