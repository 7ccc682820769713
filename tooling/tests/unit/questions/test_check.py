"""A change held against a policy: which findings there are, how bad, and what excuses them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import headwater
from headwater.core.errors import PolicyError, UsageError
from headwater.pipeline import Loaded
from headwater.questions.check import Check

TODAY = date(2026, 11, 23)
MODELS = {
    "stg": ("select id, amount, status from db.raw.orders where id > 0", []),
    "mart": ("select id, amount, status from db.main.stg", ["model.p.stg"]),
    "total": ("select sum(amount) as amount from db.main.mart", ["model.p.mart"]),
    "other": ("select 1 as one", []),
}
MORE: dict[str, dict[str, Any]] = {
    "mart": {
        "tags": ["nightly", "pii"],
        "group": "finance",
        "access": "public",
        "description": "One row per order.",
        "columns": {"id": {"name": "ID", "description": "The key.", "data_type": "int"}},
    },
    "total": {"config": {"materialized": "table", "contract": {"enforced": True}}},
}


def manifest(sql: dict[str, str]) -> dict[str, Any]:
    """A project of four models, a test, a unit test and two exposures; some have other SQL."""
    nodes: dict[str, Any] = {}
    for name, (text, parents) in MODELS.items():
        code = sql.get(name, text)
        if code:
            nodes[f"model.p.{name}"] = {
                **entry("model", name, parents),
                "relation_name": f"db.main.{name}",
                "compiled_code": code,
                "raw_code": code,
                "config": {"materialized": "view"},
                **MORE.get(name, {}),
            }
    nodes["test.p.unique_mart_id.1"] = {
        **entry("test", "unique_mart_id", ["model.p.mart"]),
        "compiled_code": "select id from db.main.mart group by id having count(*) > 1",
        "column_name": "id",
        "attached_node": "model.p.mart",
        "test_metadata": {"name": "unique", "kwargs": {"column_name": "id"}},
    }
    source = {
        **entry("source", "orders", []),
        "unique_id": "source.p.raw.orders",
        "source_name": "raw",
        "relation_name": "db.raw.orders",
        "columns": {name: {"name": name} for name in ("id", "amount", "status")},
    }
    nodes["model.p.stg"]["depends_on"] = {"nodes": ["source.p.raw.orders"]}
    exposures = {
        f"exposure.p.{name}": {
            **entry("exposure", name, [parent]),
            "type": "dashboard",
            "owner": {"name": owner, "email": f"{owner.lower()}@example.org"},
        }
        for name, parent, owner in (
            ("board", "model.p.total", "Finance"),
            ("page", "model.p.other", "Web"),
        )
    }
    unit = entry("unit_test", "adds_up", ["model.p.total"])
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": "1.11.16",
            "adapter_type": "duckdb",
            "project_name": "p",
        },
        "nodes": nodes,
        "sources": {"source.p.raw.orders": source},
        "exposures": exposures,
        "unit_tests": {"unit_test.p.total.adds_up": {**unit, "model": "total", "given": []}},
        "groups": {"group.p.finance": {"name": "finance", "owner": {"name": "Ann"}}},
    }


def entry(kind: str, name: str, parents: list[str]) -> dict[str, Any]:
    return {
        "resource_type": kind,
        "name": name,
        "unique_id": f"{kind}.p.{name}",
        "package_name": "p",
        "original_file_path": f"models/{name}.sql",
        "fqn": ["p", name],
        "depends_on": {"nodes": parents},
    }


class Sides:
    """A base and heads with other SQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = self.load("base", {})

    def load(self, name: str, sql: dict[str, str]) -> Loaded:
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(manifest(sql)))
        return headwater.load(manifest=path, use_cache=False)

    def check(self, policy: dict[str, Any], known: tuple[str, ...] = (), **sql: str) -> Check:
        head = self.load("head", sql)
        return headwater.check(head, self.base, policy=policy, today=TODAY, known=known)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Sides:
    return Sides(tmp_path_factory.mktemp("check"))


ROWS = {"stg": "select id, amount, status from db.raw.orders where id > 9"}
VALUE = {"stg": "select id, amount + 1 as amount, status from db.raw.orders where id > 0"}
BREAKS = {"stg": "select id, amount from db.raw.orders where id > 0"}


def levels(answer: Check) -> dict[str, str]:
    """Level by rule and name; of several the worst."""
    found: dict[str, str] = {}
    for each in answer.report().findings or ():
        level = f"({each.excused})" if each.excused else each.level
        found.setdefault(f"{each.rule} {each.subject}", level)
    return found


def test_by_default_only_what_breaks_is_an_error(sides: Sides) -> None:
    answer = sides.check({}, **ROWS)
    assert not answer.is_hit
    assert levels(answer) == {
        "edit-rows stg": "warning",
        "rows-change mart": "warning",
        "rows-change unique_mart_id.1": "note",
        "value-change board": "warning",
        "value-change total.amount": "warning",
    }
    broken = sides.check({}, **BREAKS)
    assert broken.is_hit
    assert levels(broken)["breaks mart"] == "error"
    assert levels(broken)["breaks total"] == "warning"  # only not built


@pytest.mark.parametrize(
    ("where", "hits"),
    [
        ({"exposure": "board"}, True),
        ({"exposure": "page"}, False),
        ({"owner": "Fin*"}, True),
        ({"owner": "/@example\\.org$/"}, True),
        ({"owner": "Ann"}, True),
        ({"owner": "Web"}, False),
        ({"tag": ["hourly", "pii"]}, True),
        ({"tag": "hourly"}, False),
        ({"group": "finance"}, True),
        ({"access": "public"}, True),
        ({"access": "private"}, False),
        ({"kind": "rows"}, True),
        ({"kind": "removed"}, False),
        ({"verdict": "value"}, True),
        ({"verdict": "breaks"}, False),
        ({"rule": "edit-*"}, True),
        ({"node": "mart", "verdict": "rows"}, True),
        ({"node": "mart", "verdict": "value"}, False),
        ({"node": "model.p.mart"}, True),
        ({"node": "model*"}, False),
        ({"column": "amount"}, True),
        ({"column": "id"}, False),
        ({"package": "p"}, True),
        ({"path": "models/m*"}, True),
        ({"type": "exposure"}, True),
        ({"type": "snapshot"}, False),
        ({"select": "tag:nightly+"}, True),
        ({"select": "other+"}, False),
    ],
)
def test_severity(where: dict[str, Any], hits: bool, sides: Sides) -> None:
    policy = {"severity": [{**where, "level": "error"}]}
    assert sides.check(policy, **ROWS).is_hit is hits
    waived = {"severity": [{"node": "*", "level": "error"}, {**where, "level": "off"}]}
    everything = sides.check({"severity": [{"node": "*", "level": "error"}]}, **ROWS)
    less = sides.check(waived, **ROWS)
    assert (len(less.findings) < len(everything.findings)) is hits


def test_the_last_rule_that_fits_holds(sides: Sides) -> None:
    rules = [{"node": "mart", "level": "error"}, {"tag": "pii", "level": "note"}]
    assert levels(sides.check({"severity": rules}, **ROWS))["rows-change mart"] == "note"


def test_a_public_column_that_is_gone_breaks_by_itself(sides: Sides) -> None:
    answer = sides.check({}, mart="select id, amount from db.main.stg")
    assert levels(answer)["edit-removed mart.status"] == "error"


@pytest.mark.parametrize(("at_most", "hit"), [(0, True), (1, True), (2, False)])
def test_budgets(at_most: int, hit: bool, sides: Sides) -> None:
    policy = {"budgets": [{"verdict": "rows", "type": "model", "at_most": at_most}]}
    answer = sides.check(policy, **ROWS)
    assert answer.spent[0].used == 2  # the edit of stg, and mart
    assert answer.is_hit is hit
    said = [f.message for f in answer.findings if f.subject.rule == "budget"]
    assert said == ([f"2 findings, and budgets[1] allows {at_most}"] if hit else [])


def waiver(**more: Any) -> dict[str, Any]:
    return {"reason": "wanted", "author": "Ann", **more}


@pytest.mark.parametrize(
    ("expires", "hit"), [("2026-11-22", True), ("2026-11-23", False), (None, False)]
)
def test_a_waiver_counts_up_to_its_last_day(expires: str | None, hit: bool, sides: Sides) -> None:
    waivers = [waiver(node="*", **({"expires": expires} if expires else {}))]
    answer = sides.check({"fail_on": "value", "waivers": waivers}, **VALUE)
    assert answer.is_hit is hit
    assert answer.waived[0].expired is hit
    assert (answer.waived[0].used > 0) is not hit
    assert any(f.subject.rule == "waiver-expired" for f in answer.findings) is hit


def test_the_first_waiver_that_fits_excuses(sides: Sides) -> None:
    waivers = [waiver(node="mart", reason="one"), waiver(node="m*", reason="two")]
    answer = sides.check({"waivers": waivers}, **ROWS)
    assert [each.used for each in answer.waived] == [1, 0]
    assert levels(answer)["rows-change mart"] == "(one (Ann))"


def test_an_excused_finding_is_no_part_of_a_budget(sides: Sides) -> None:
    policy = {
        "budgets": [{"verdict": "rows", "type": "model", "at_most": 1}],
        "waivers": [waiver(node="mart")],
    }
    assert not sides.check(policy, **ROWS).is_hit


def test_a_baseline_excuses_what_was_there(sides: Sides) -> None:
    before = sides.check({"fail_on": "rows"}, **ROWS)
    known = tuple(found.fingerprint for found in before.open)
    assert not sides.check({"fail_on": "rows"}, known, **ROWS).is_hit
    assert sides.check({"fail_on": "rows"}, known, **BREAKS).is_hit


def test_a_baseline_excuses_no_other_change_that_is_felt_in_the_same_way(sides: Sides) -> None:
    known = tuple(found.fingerprint for found in sides.check({}, **ROWS).open)
    other = {"stg": ROWS["stg"].replace("> 9", "> 99")}
    answer = sides.check({"fail_on": "rows"}, known, **other)
    assert answer.is_hit
    assert levels(answer)["rows-change mart"] == "error"


def test_fingerprints_are_the_same_for_the_same_thing_only(sides: Sides) -> None:
    one = sides.check({}, **ROWS).findings
    again = sides.check({}, stg=ROWS["stg"] + " -- said\n").findings
    assert [f.fingerprint for f in one] == [f.fingerprint for f in again]
    assert len({f.fingerprint for f in one}) == len(one)


REQUIRED = {
    "description of a column": ({"what": "description", "of": "column"}, ["mart.ID"]),
    "description of a node": ({"what": "description", "of": "node"}, ["mart"]),
    "type": ({"what": "type"}, ["mart.ID"]),
    "any test": ({"what": "test"}, ["mart.ID"]),
    "this test": ({"what": "test", "tests": ["unique", "not_null"]}, ["mart.ID"]),
    "another test": ({"what": "test", "tests": "not_null"}, []),
    "a test of the node": ({"what": "test", "of": "node"}, ["mart"]),
    "unit test": ({"what": "unit test"}, ["total"]),
    "owner": ({"what": "owner"}, ["mart"]),
    "contract": ({"what": "contract"}, ["total"]),
    "lineage": ({"what": "lineage"}, ["mart", "other", "stg", "total"]),
}


@pytest.mark.parametrize("name", REQUIRED)
def test_requirements(name: str, sides: Sides) -> None:
    requirement, having = REQUIRED[name]
    answer = headwater.check(sides.base, policy={"require": [requirement]}, today=TODAY)
    lacking = {f.subject.node.rpartition(".")[2] + (f".{f.subject.column}" if f.subject.column else "")
               for f in answer.findings}  # fmt: skip
    columns = {"stg": "id amount status", "mart": "id amount status", "total": "amount",
               "other": "one"}  # fmt: skip
    of_columns = requirement.get("of", "column") == "column" and requirement["what"] in (
        "description", "type", "test",
    )  # fmt: skip
    everything = (
        {f"{n}.{c}" for n, cs in columns.items() for c in cs.split()} if of_columns else {*columns}
    )
    has = {each.replace("ID", "id") for each in having}
    assert {each.replace("ID", "id") for each in lacking} == everything - has


def test_requirements_are_about_what_was_changed(sides: Sides) -> None:
    policy: dict[str, Any] = {"require": [{"what": "test"}]}
    assert [k for k in levels(sides.check(policy, **VALUE)) if k.startswith("required")] == [
        "required stg.amount (test)"
    ]
    policy["require"][0]["always"] = True
    found = [k for k in levels(sides.check(policy, **VALUE)) if k.startswith("required")]
    assert len(found) == 7


def test_requirements_of_a_new_model_are_about_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps(manifest({"other": ""})))
    base = headwater.load(manifest=path, use_cache=False)
    head = Sides(tmp_path).base
    answer = headwater.check(head, base, policy={"require": [{"what": "test"}]}, today=TODAY)
    required = [k for k in levels(answer) if k.startswith("required")]
    assert required == ["required other.one (test)"]


def test_nothing_to_check(sides: Sides) -> None:
    with pytest.raises(UsageError, match="nothing to check"):
        headwater.check(sides.base, policy={}, today=TODAY)


def test_a_selection_that_cannot_be_read_names_the_policy(sides: Sides) -> None:
    policy = {"severity": [{"select": "tga:x", "level": "error"}]}
    with pytest.raises(PolicyError, match="no selection method 'tga' in 'tga:x' in 'the policy'"):
        sides.check(policy, **ROWS)


def test_nothing_changed_is_said_so(sides: Sides) -> None:
    answer = sides.check({})
    headline = answer.report().headline
    assert headline is not None
    assert (headline.value, headline.level, answer.is_hit) == ("nothing was changed", "good", False)
