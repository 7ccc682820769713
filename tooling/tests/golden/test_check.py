"""``lineage check`` on the tiny project; see the folder `check/`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headwater.render import ALL_FORMATS

from . import tiny
from .transcripts import Golden, Lineage, Project

POLICY = """\
severity:
  - {exposure: "*", owner: "Finance*", level: error}
  - {kind: row order, level: "off"}
budgets:
  - {verdict: rows, at_most: 2}
require:
  - {what: test, column: "*_usd"}
  - {what: description, of: node, level: warning}
waivers:
  - node: orders
    column: amount_usd
    verdict: value
    reason: nulls were zeros before, as agreed
    author: Ann
    expires: 2026-12-31
  - {node: stg_*, kind: rows, reason: long ago, author: Bo, expires: 2026-10-31}
  - {tag: nightly, reason: never used, author: Cy}
"""


def edited(manifest: dict[str, Any]) -> None:
    """A row less, a column less that is read, another value."""
    for node, old, new in (
        ("stg_orders", "where status <> 'deleted'", "where status <> 'deleted' and amount > 0"),
        ("stg_orders", "    customer_id,\n", ""),
        ("orders", "coalesce(o.amount, 0) * r.rate", "o.amount * r.rate"),
    ):
        entry = manifest["nodes"][f"model.tiny.{node}"]
        for key in ("raw_code", "compiled_code"):
            assert old in entry[key]
            entry[key] = entry[key].replace(old, new)


def quiet(manifest: dict[str, Any]) -> None:
    """Another value only, and a comment."""
    entry = manifest["nodes"]["model.tiny.orders"]
    for key in ("raw_code", "compiled_code"):
        entry[key] = "-- said\n" + entry[key].replace("coalesce(o.amount, 0)", "o.amount")


@pytest.fixture
def folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edited project, its base in ``prod``, on a day in November."""
    place = project(edited)
    state = place / "prod"
    state.mkdir()
    (state / "manifest.json").write_text(json.dumps(tiny.manifest()))
    monkeypatch.setattr("headwater.cli.check.today", lambda: date(2026, 11, 23))
    return place


@pytest.mark.parametrize("format_name", ALL_FORMATS)
def test_every_format(format_name: str, folder: Path, lineage: Lineage, golden: Golden) -> None:
    (folder / "lineage.yml").write_text(POLICY)
    text = lineage("check", "--state", "prod", "-o", format_name)
    assert "\nexit 1\n" in text
    golden(f"check.{format_name}", text)


WITHOUT_POLICY = {
    "no_policy": ["--state", "prod", "-q"],
    "fail_on_none": ["--state", "prod", "--fail-on", "none", "-q"],
    "two_manifests": ["prod/manifest.json", "target/manifest.json", "-q"],
    "nothing_changed": ["--state", "target"],
}


@pytest.mark.parametrize("name", WITHOUT_POLICY)
def test_without_a_policy(name: str, folder: Path, lineage: Lineage, golden: Golden) -> None:
    golden(name, lineage("check", *WITHOUT_POLICY[name]))


@pytest.mark.parametrize("gate", ["breaking", "unknown", "rows", "value", "exposures", "any"])
def test_gates(gate: str, project: Project, folder: Path, lineage: Lineage) -> None:
    project(quiet)
    text = lineage("check", "--state", "prod", "--fail-on", gate, "-q")
    hit = gate in ("value", "exposures", "any")
    assert f"\nexit {int(hit)}\n" in text
    assert f"gate      {'hit' if hit else 'not hit'} (fail on: {gate})" in text


def test_a_change_that_breaks_nothing(
    project: Project, folder: Path, lineage: Lineage, golden: Golden
) -> None:
    project(quiet)
    golden("value_only", lineage("check", "--state", "prod", "-o", "markdown", "-q"))


def test_the_project_as_it_is(folder: Path, lineage: Lineage, golden: Golden) -> None:
    (folder / "pyproject.toml").write_text(
        '[[tool.lineage.require]]\nwhat = "description"\nof = "node"\n\n'
        '[[tool.lineage.require]]\nwhat = "test"\ncolumn = "/_(id|usd)$/"\nlevel = "warning"\n\n'
        '[[tool.lineage.require]]\nwhat = "owner"\ntype = "exposure"\n'
    )
    golden("of_the_project", lineage("check"))


def test_a_baseline(folder: Path, lineage: Lineage, golden: Golden) -> None:
    (folder / "lineage.yml").write_text(POLICY + "baseline: known.json\n")
    golden("write_baseline", lineage("check", "--state", "prod", "--write-baseline", "known.json"))
    golden("baseline_file", (folder / "known.json").read_text())
    golden("with_baseline", lineage("check", "--state", "prod", "-q"))


def test_copies_for_every_reader(folder: Path, lineage: Lineage, golden: Golden) -> None:
    also = [word for name in ("a.json", "a.sarif", "a.xml") for word in ("--also", name)]
    words = ["check", "--state", "prod", "--out", "comment.md", *also, "-q"]
    golden("copies", lineage(*words))
    assert (folder / "comment.md").read_text().startswith("<!-- lineage:check -->\n")
    answer = json.loads((folder / "a.json").read_text())
    results = json.loads((folder / "a.sarif").read_text())["runs"][0]["results"]
    cases = (folder / "a.xml").read_text().count("<testcase ")
    assert len(answer["data"]["findings"]) == len(results) == cases > 5


def test_the_project_lies_in_a_folder_of_its_repository(
    folder: Path, lineage: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "shop" / "analytics").mkdir(parents=True)
    for name in ("dbt_project.yml", "target", "prod"):
        (folder / name).rename(folder / "shop" / "analytics" / name)
    (folder / "shop" / ".git").mkdir()
    monkeypatch.chdir(folder / "shop" / "analytics")
    text = lineage("check", "--state", "prod", "-o", "json", "-q").partition("--- stdout\n")[2]
    files = {each["file"] for each in json.loads(text)["data"]["findings"]}
    assert "analytics/models/stg_orders.sql" in files


ERRORS = {
    "nothing_to_check": ("", []),
    "nothing_required": ("severity: [{tag: a, level: error}]\n", []),
    "unknown_key": ("waiver: []\n", ["--state", "prod"]),
    "unknown_key_inside": ("waivers:\n  - {nodes: a, reason: b, author: c}\n", []),
    "bad_regex": ("severity:\n  - {node: '/stg_(/', level: error}\n", []),
    "bad_date": ("waivers:\n  - {node: a, reason: b, author: c, expires: soon}\n", []),
    "bad_yaml": ("waivers:\n  - {node: a\n", []),
    "a_key_twice": ("fail_on: rows\nfail_on: value\n", []),
    "bad_selection": ("severity:\n  - {select: 'tga:x', level: error}\n", ["--state", "prod"]),
    "unknown_gate": ("", ["--fail-on", "breaks"]),
    "no_policy_there": ("", ["--policy", "gone.yml"]),
    "no_baseline_there": ("", ["--state", "prod", "--baseline", "gone.json"]),
    "no_baseline_at_all": ("", ["--state", "prod", "--baseline", "target/manifest.json"]),
    "copy_of_no_format": ("", ["--state", "prod", "--also", "a.docx"]),
    "copy_in_no_folder": ("", ["--state", "prod", "--also", "gone/a.json"]),
    "no_state_there": ("", ["--state", "gone"]),
    "three_manifests": ("", ["prod", "target", "prod"]),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors(name: str, folder: Path, lineage: Lineage, golden: Golden) -> None:
    policy, words = ERRORS[name]
    if policy:
        (folder / "lineage.yml").write_text(policy)
    text = lineage("check", *words)
    assert "\nexit 2\n" in text
    golden(name, text)


def uncompiled(manifest: dict[str, Any]) -> None:
    for entry in manifest["nodes"].values():
        entry["compiled_code"] = None


def test_sides_without_compiled_sql(
    project: Project, folder: Path, lineage: Lineage, golden: Golden
) -> None:
    project(uncompiled)
    golden("head_not_compiled", lineage("check", "--state", "prod"))
    golden("head_not_compiled_forced", lineage("check", "--state", "prod", "--force"))
    golden("base_not_compiled", lineage("check", "target", "prod"))


def test_a_format_of_findings_elsewhere(folder: Path, lineage: Lineage, golden: Golden) -> None:
    golden("no_findings", lineage("impact", "orders", "-o", "sarif"))


def test_the_order_of_the_manifest_does_not_show(
    project: Project, folder: Path, lineage: Lineage
) -> None:
    def turned(manifest: dict[str, Any]) -> None:
        edited(manifest)
        for section in ("nodes", "sources", "exposures"):
            manifest[section] = dict(reversed(manifest[section].items()))

    (folder / "lineage.yml").write_text(POLICY)
    before = [lineage("check", "--state", "prod", "-o", name) for name in ALL_FORMATS]
    project(turned)
    assert [lineage("check", "--state", "prod", "-o", name) for name in ALL_FORMATS] == before
