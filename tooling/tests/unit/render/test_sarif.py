from __future__ import annotations

import json
from typing import Any

from headwater.core.report import Finding, Report
from headwater.render import RenderOptions, render

from .reports import FINDINGS, GATED, PASSED


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif", RenderOptions(command="check")))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_every_finding_is_a_result() -> None:
    run = run_of(GATED)
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    assert run["results"][0] == {
        "ruleId": "breaks",
        "level": "error",
        "message": {"text": "it reads 'a' & \"b\" <c>"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "models/o.sql", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4},
                },
                "logicalLocations": [{"fullyQualifiedName": "orders.amount"}],
            }
        ],
        "partialFingerprints": {"lineage/v1": "f1"},
        "ruleIndex": 0,
    }


def test_rules_are_those_that_are_used() -> None:
    rules = run_of(GATED)["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [
        ("breaks", "Breaks"),
        ("rows-change", "RowsChange"),
    ]
    assert [result["ruleIndex"] for result in run_of(GATED)["results"]] == [0, 1, 1]


def test_names_become_uris_and_lines_begin_at_one() -> None:
    place = run_of(GATED)["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "models/%E6%97%A5%20%E6%9C%AC.sql"
    assert place["region"] == {"startLine": 1}


def test_what_is_excused_is_suppressed() -> None:
    assert run_of(GATED)["results"][2]["suppressions"] == [
        {"kind": "external", "justification": "wanted (Ann)"}
    ]


def test_what_could_not_be_seen_is_a_notification() -> None:
    assert run_of(GATED)["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {"level": "note", "message": {"text": "Seen 2 of 3 models"}}
            ],
        }
    ]


def test_nothing_found_is_an_empty_run() -> None:
    assert run_of(PASSED)["results"] == []
    assert run_of(PASSED)["tool"]["driver"]["rules"] == []


def test_no_more_than_can_be_read() -> None:
    many = Report("t", findings=FINDINGS[:1] * 5_003)
    run = run_of(many)
    assert len(run["results"]) == 5_000
    said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert said == "3 findings are left out; the json format has them all"


def test_a_rule_that_nobody_described() -> None:
    run = run_of(Report("t", findings=(Finding("own", "note", "m", "s"),)))
    assert "ruleIndex" not in run["results"][0]
