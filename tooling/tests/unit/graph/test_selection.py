"""dbt itself is the oracle: `selection/record.py` wrote what ``dbt ls`` selects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.project import read_project
from headwater.core.errors import SelectionError
from headwater.graph.selection import looks_like_selection, select_nodes

RECORDED = Path(__file__).parent / "selection"
PROJECT = read_project(ArtifactPaths(RECORDED, RECORDED / "manifest.json"))
EXPECTED = json.loads((RECORDED / "expected.json").read_text())


@pytest.mark.parametrize("case", list(EXPECTED))
def test_selects_what_dbt_ls_selects(case: str) -> None:
    values = case.split(" | ") if case else []
    at = values.index("--exclude") if "--exclude" in values else len(values)
    assert sorted(select_nodes(PROJECT, values[:at], values[at + 1 :])) == EXPECTED[case]


def test_every_case_is_recorded() -> None:
    cases = json.loads((RECORDED / "cases.json").read_text())
    assert [" | ".join(case) for case in cases] == list(EXPECTED)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "tga:nightly",
            "no selection method 'tga' in 'tga:nightly'\n"
            "  has: access, config, exposure, file, fqn, group, metric, package, path, "
            "resource_type, saved_query, semantic_model, source, tag, test_name, test_type, "
            "unit_test, version\n"
            "  hint: did you mean 'tag'?",
        ),
        (
            "@orders+",
            "'@' and '+' at the end of '@orders+' do not go together\n"
            "  hint: '@' selects downstream already: write '@orders'",
        ),
        (
            "a,,b",
            "cannot read the selection ''\n"
            "  hint: a selection is a name, or method:value, with + and @ around it",
        ),
        (
            "source:a.b.c.d",
            "too many dots in 'source:a.b.c.d'\n"
            "  hint: write source:SOURCE, source:SOURCE.TABLE or source:PACKAGE.SOURCE.TABLE",
        ),
        (
            "exposure:a.b.c",
            "too many dots in 'exposure:a.b.c'\n"
            "  hint: write exposure:NAME or exposure:PACKAGE.NAME",
        ),
        ("test_type:x", "no test type 'x'\n  has: data, generic, schema, singular, unit"),
        ("version:3", "no version '3' to select\n  has: latest, none, old, prerelease"),
        (
            "config:table",
            "no setting named in 'config:table'\n  hint: write config.materialized:table",
        ),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        select_nodes(PROJECT, [text])
    assert str(caught.value) == message


def test_an_unknown_resource_type_has_a_suggestion() -> None:
    with pytest.raises(SelectionError, match="did you mean 'model'"):
        select_nodes(PROJECT, ["resource_type:modle"])


@pytest.mark.parametrize("text", ["+", "@", ",", "tag:", "a:b:c", "++x++", "[", "*[", "\0", "🦆+"])
def test_odd_selections_select_or_are_errors(text: str) -> None:
    try:
        found = select_nodes(PROJECT, [text])
    except SelectionError:
        return
    assert found <= PROJECT.nodes.keys()


def test_names_are_no_selections() -> None:
    assert [
        t
        for t in ("orders", "orders.id", "orders+", "tag:x", "a b", "models/x")
        if looks_like_selection(t)
    ] == [
        "orders+",
        "tag:x",
        "a b",
        "models/x",
    ]
