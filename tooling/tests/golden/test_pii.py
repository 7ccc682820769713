"""``lineage pii``: the gate, bad rules and bad declarations, copies; see the folder `pii/`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml

from . import tiny
from .transcripts import Golden, Lineage, Project

RAW = "source.tiny.raw.orders"
STG = "model.tiny.stg_orders"
ORDERS = "model.tiny.orders"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.cli.pii.today", lambda: date(2026, 11, 1))


def declared(**columns: Any) -> Any:
    """A change that gives columns of the source a meta; `stg_…` those of the staging model."""

    def change(manifest: dict[str, Any]) -> None:
        for name, meta in columns.items():
            node, key = manifest["sources"][RAW], name
            if name.startswith("stg_"):
                node, key = manifest["nodes"][STG], name.removeprefix("stg_")
            entry = node["columns"].setdefault(key, {"name": key})
            entry["config"] = {"meta": meta}

    return change


PEOPLE = declared(customer_id={"pii": "account"}, currency={"pii": "name"})


def shown(manifest: dict[str, Any]) -> None:
    """The dashboard shows the orders themselves, which are public."""
    PEOPLE(manifest)
    manifest["exposures"]["exposure.tiny.dashboard"]["depends_on"]["nodes"] = [ORDERS]
    manifest["nodes"][ORDERS]["access"] = "public"


ERRORS = {
    "unknown_key": "pii: {exemptions: []}\n",
    "unknown_class": "pii: {columns: [{column: a, class: emial}]}\n",
    "no_class": "pii: {columns: [{column: a}]}\n",
    "no_column": "pii: {columns: [{node: a, class: email}]}\n",
    "bad_regex": "pii: {columns: [{column: '/mail(/', class: email}]}\n",
    "unknown_level": "pii: {columns: [{column: a, class: email, level: halved}]}\n",
    "unknown_mask_word": "pii: {masks: {hashing: [f]}}\n",
    "a_mask_twice": "pii: {masks: {partial: [f], none: [f]}}\n",
    "exception_for_all": "pii: {exceptions: [{reason: a, author: b, expires: 2027-01-01}]}\n",
    "exception_without_reason": "pii: {exceptions: [{node: a, author: b, expires: 2027-01-01}]}\n",
    "exception_without_author": "pii: {exceptions: [{node: a, reason: b, expires: 2027-01-01}]}\n",
    "exception_without_end": "pii: {exceptions: [{node: a, reason: b, author: c}]}\n",
    "exception_with_a_bad_day": "pii: {exceptions: [{node: a, reason: b, author: c, expires: soon}]}\n",
    "exception_of_no_rule": "pii: {exceptions: [{node: a, rule: leaked, reason: b, author: c, expires: 2027-01-01}]}\n",
    "what_is_left_where": "pii: {exceptions: [{node: a, as: none, reason: b, author: c, expires: 2027-01-01}]}\n",
    "unknown_place": "pii: {from: {exposure: raw}}\n",
    "unknown_severity": "pii: {severity: {exposed: fatal}}\n",
    "unknown_fail_on": "pii: {fail_on: exposure}\n",
    "a_list": "pii: [email]\n",
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    (project() / "lineage.yml").write_text(ERRORS[name])
    text = lineage("pii")
    assert "\nexit 2\n" in text
    golden(f"error_{name}", text)


WORDS = {
    "unknown_gate": ["--fail-on", "exposed,leaks"],
    "suggest_and_a_gate": ["--suggest", "--fail-on", "none"],
    "no_rules_there": ["--policy", "gone.yml"],
    "patch_in_no_folder": ["--patch", "gone/pii.yml"],
}


@pytest.mark.parametrize("name", WORDS)
def test_bad_words(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    project()
    text = lineage("pii", *WORDS[name])
    assert "\nexit 2\n" in text
    golden(f"error_{name}", text)


def test_the_gate(project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project(shown)
    text = lineage("pii", "--also", "a.sarif", "--also", "a.xml", "--also", "a.json")
    assert "\nexit 1\n" in text
    golden("gate", text)
    found = json.loads((folder / "a.json").read_text())["data"]["findings"]
    results = json.loads((folder / "a.sarif").read_text())["runs"][0]["results"]
    assert len(found) == len(results) == (folder / "a.xml").read_text().count("<testcase ")
    assert {each["rule"] for each in found} == {"exposed", "public", "undeclared"}
    way = next(each["path"] for each in found if each["rule"] == "exposed")
    assert [step["left"] for step in way] == ["raw"] * 4
    assert way[1]["expression"] == "customer_id"


@pytest.mark.parametrize(
    ("fail_on", "code"), [("none", 0), ("public", 1), ("over-declared", 0), ("error", 1)]
)
def test_the_gate_can_be_set(fail_on: str, code: int, project: Project, lineage: Lineage) -> None:
    project(shown)
    assert f"\nexit {code}\n" in lineage("pii", "--fail-on", fail_on, "-q")


def test_the_patch_declares_all_that_was_undeclared(project: Project, lineage: Lineage) -> None:
    folder = project(PEOPLE)
    lineage("pii", "--patch", "new.yml")
    patch = yaml.safe_load((folder / "new.yml").read_text())
    assert [each["name"] for each in patch["models"]] == ["orders", "stg_orders"]

    def patched(manifest: dict[str, Any]) -> None:
        PEOPLE(manifest)
        for model in patch["models"]:
            for column in model["columns"]:
                node = manifest["nodes"][f"model.tiny.{model['name']}"]
                node["columns"][column["name"]] = column

    project(patched)
    text = lineage("pii", "--fail-on", "note", "-q")
    assert "\nexit 0\n" in text
    assert "nothing personal goes where it should not" in text


def test_bad_declarations(project: Project, lineage: Lineage, golden: Golden) -> None:
    change = declared(
        customer_id={"pii": "acount"},
        currency={"pii": "email", "personal": "phone"},
        amount={"pii": {"class": "financial", "level": "halved"}},
        status={"pii": False, "contains_pii": True},
        stg_order_id={"pii": {"class": "email", "leval": "raw"}},
    )
    project(change)
    text = lineage("pii", "-q")
    assert "\nexit 1\n" in text
    golden("bad_declarations", text)


def test_an_exception_that_has_ended(project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project(shown)
    rule = "{exposure: dashboard, reason: billing, author: Ann, expires: %s}"
    (folder / "lineage.yml").write_text(f"pii: {{exceptions: [{rule % '2026-10-31'}]}}\n")
    golden("exception_ended", lineage("pii", "-q", "--fail-on", "exception-expired"))
    (folder / "lineage.yml").write_text(f"pii: {{exceptions: [{rule % '2026-11-01'}]}}\n")
    text = lineage("pii", "-q", "--fail-on", "exposed")
    assert "\nexit 0\n" in text


def test_the_order_of_the_manifest_does_not_count(project: Project, lineage: Lineage) -> None:
    def turned(manifest: dict[str, Any]) -> None:
        shown(manifest)
        for section in ("nodes", "sources", "exposures"):
            manifest[section] = dict(reversed(manifest[section].items()))

    project(shown)
    first = lineage("pii", "-o", "json", "--no-cache")
    project(turned)
    assert lineage("pii", "-o", "json", "--no-cache") == first


def test_nothing_is_declared(project: Project, lineage: Lineage) -> None:
    project()
    assert "'lineage pii --suggest' proposes" in " ".join(lineage("pii", "-q").split())
    assert tiny.PACKAGE == "tiny"
