from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from graph.builders import node, project

from headwater.core.moments import parse_time
from headwater.graph import build_graph
from headwater.questions.doctor import Artifact, Doctor, doctor
from questions.shop import Shop, shop

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MANIFEST = Artifact("manifest", "target/manifest.json", "2026-11-23T06:59:59.5Z", "1.11.16", 12)
CATALOG = Artifact("catalog", "target/catalog.json", "2026-11-23T07:30:00Z", "1.11.16", 1)


def said(answer: Doctor) -> list[tuple[str, str]]:
    return [(each.level, each.finding) for each in answer.advice]


def test_no_manifest() -> None:
    answer = doctor([Artifact("manifest"), Artifact("catalog")], None, NOW)
    assert answer.advice[0] == ("bad", "there is no manifest", "run 'dbt compile'")
    assert answer.report().facts[0].value == "cannot answer"


def test_a_manifest_that_cannot_be_used() -> None:
    broken = Artifact("manifest", "target/manifest.json", problem="not JSON")
    assert said(doctor([broken], None, NOW)) == [("bad", "the manifest cannot be used: not JSON")]


def test_all_is_well() -> None:
    nodes = project(node("@raw", catalog="id"))
    loaded = Shop(nodes, build_graph(nodes, {}))
    answer = doctor([MANIFEST, CATALOG], loaded, NOW)
    assert answer.advice == ()
    report = answer.report()
    assert report.facts[0].value == "all is well"
    assert report.tables[0].rows[0] == ("manifest", "target/manifest.json", "1.11.16", 12, "1 hour")
    assert json.loads(json.dumps(report.data)) == report.data


def test_nothing_is_compiled() -> None:
    nodes = project(node("a", sql=None), node("b", sql=None))
    answer = doctor([MANIFEST, CATALOG], Shop(nodes, build_graph(nodes, {})), NOW)
    assert answer.advice == (
        ("bad", "2 of 2 models have no compiled SQL", "run 'dbt compile', or use --compile"),
    )


def test_old_files_and_a_newer_version() -> None:
    old = MANIFEST._replace(generated_at="2026-11-01T00:00:00Z", schema_version=13)
    older = CATALOG._replace(generated_at="2026-10-01T00:00:00Z")
    assert said(doctor([old, older], None, NOW)) == [
        ("warn", "manifest version 13 is newer than any that was tried"),
        ("info", "the manifest was written 22 days ago"),
        ("info", "the catalog is 31 days older than the manifest"),
    ]


def test_other_gaps_are_named() -> None:
    assert said(doctor([MANIFEST], shop(), NOW)) == [("info", "further gaps: python_model 1")]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2026-11-23T08:00:00.123456Z", True),
        ("2026-11-23 08:00:00", True),
        ("", False),
        ("x", False),
    ],
)
def test_times(text: str, known: bool) -> None:
    found = parse_time(text)
    assert (found is not None) == known
    assert found is None or found.tzinfo is not None
