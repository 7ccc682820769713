"""dbt itself is the oracle: `selection/record.py` wrote what ``dbt ls`` selects."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.project import read_project
from headwater.artifacts.selecting import earlier_artifacts, selection_context
from headwater.core.errors import ArtifactError, SelectionError
from headwater.core.project import Project
from headwater.core.selecting import SelectionContext
from headwater.graph.selection import looks_like_selection, select_nodes

from .selection.cases import case_of

HERE = Path(__file__).parent / "selection"
RECORDED = sorted(HERE.glob("recorded/*.json.gz"))


class Oracle(NamedTuple):
    """A project with everything a selection may look at, and what dbt selected."""

    project: Project
    context: SelectionContext
    expected: dict[str, list[str] | None]

    def selected(self, words: list[str]) -> list[str]:
        case = case_of(words)
        select = [f"selector:{case.selector}"] if case.selector else case.select
        context = replace(self.context, indirect=case.indirect or "eager")
        project = replace(self.project, selecting=context)
        return sorted(select_nodes(project, select, case.exclude))


@cache
def oracle(path: Path, folder: Path) -> Oracle:
    recorded: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    target, state = folder / "target", folder / "state"
    for place, files in (
        (target, {"manifest": "manifest", "sources": "sources"}),
        (
            state,
            {"manifest": "earlier", "run_results": "run_results", "sources": "earlier_sources"},
        ),
    ):
        place.mkdir()
        for name, key in files.items():
            (place / f"{name}.json").write_text(json.dumps(recorded[key]))
    paths = ArtifactPaths(target, target / "manifest.json", sources=target / "sources.json")
    context = selection_context(paths, earlier_artifacts(state))
    return Oracle(read_project(paths), context, recorded["expected"])


@pytest.fixture(scope="module")
def project(folder: Path) -> Project:
    """The project of choices, with nothing beside it."""
    (folder / "alone").mkdir()
    found = oracle(HERE / "recorded" / "choices-1.11.json.gz", folder / "alone").project
    return replace(found, selecting=SelectionContext())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("selection")


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_selects_what_dbt_ls_selects(path: Path, folder: Path) -> None:
    place = folder / path.name
    place.mkdir()
    found = oracle(path, place)
    wrong = {}
    for case, expected in found.expected.items():
        if expected is None:  # this version of dbt cannot read it
            continue
        selected = found.selected(case.split(" | ") if case else [])
        if selected != expected:
            wrong[case] = {
                "too many": sorted(set(selected) - set(expected)),
                "missing": sorted(set(expected) - set(selected)),
            }
    assert not wrong, json.dumps(wrong, indent=1)


def test_every_case_is_recorded() -> None:
    for path in RECORDED:
        recorded = json.loads(gzip.decompress(path.read_bytes()))["expected"]
        if path.name.startswith("choices"):
            cases = json.loads((HERE / "cases.json").read_text())
            assert [" | ".join(case) for case in cases if " | ".join(case) not in recorded] == []
        assert len(recorded) > 40
        assert sum(bool(ids) for ids in recorded.values()) > len(recorded) / 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "tga:nightly",
            "no selection method 'tga' in 'tga:nightly'\n"
            "  has: access, config, exposure, file, fqn, group, metric, package, path, "
            "resource_type, result, saved_query, selector, semantic_model, source, "
            "source_status, state, tag, test_name, test_type, unit_test, version\n"
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
            "state:modified",
            "'state:modified' needs an earlier state\n"
            "  hint: name the folder of an earlier run's artifacts with --state DIR",
        ),
        (
            "state:modifed.body",
            "no state 'modifed.body'\n"
            "  has: modified, modified.body, modified.configs, modified.contract, modified.macros, "
            "modified.persisted_descriptions, modified.relation, new, old, unmodified\n"
            "  hint: did you mean 'modified.body'?",
        ),
        (
            "result:error",
            "'result:error' needs the results of an earlier run\n"
            "  hint: name a folder that has a run_results.json with --state DIR",
        ),
        (
            "source_status:fresher",
            "'source_status:fresher' needs two sources.json\n"
            "  hint: run 'dbt source freshness', and name its earlier results with --state DIR",
        ),
        ("source_status:stale", "no source status 'stale'\n  has: fresher"),
        (
            "selector:nightly",
            "no selector 'nightly'\n  knows: the project has no selectors.yml",
        ),
        (
            "config:table",
            "no setting named in 'config:table'\n  hint: write config.materialized:table",
        ),
    ],
)
def test_errors(text: str, message: str, project: Project) -> None:
    with pytest.raises(SelectionError) as caught:
        select_nodes(project, [text])
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (
            {"method": "selector", "value": "mine"},
            "the selector 'mine' is made of itself\n  way: mine > mine",
        ),
        (
            {"method": "tag", "value": "x", "childs": True},
            "cannot read the selector 'mine'\n  why: 'childs' is no key\n"
            "  hint: did you mean 'children'?",
        ),
        (
            {"method": "tag", "vlaue": "x"},
            "cannot read the selector 'mine'\n"
            "  why: 'method' and 'value' are needed, found method, vlaue",
        ),
        ({"union": "tag:x"}, "cannot read the selector 'mine'\n  why: 'union' takes a list"),
        (
            {"union": [{"exclude": ["a"]}, {"exclude": ["b"]}]},
            "cannot read the selector 'mine'\n  why: 'union' has more than one 'exclude'",
        ),
        (
            {"method": "tag", "value": "x", "children_depth": "all"},
            "a depth is a whole number, not 'all', in 'tag:x'",
        ),
        (
            {"method": "tag", "value": "x", "indirect_selection": "timid"},
            "cannot read the selector 'mine'\n  why: no indirect selection 'timid'\n"
            "  has: buildable, cautious, eager, empty",
        ),
        (
            None,
            "cannot read the selector 'mine'\n  why: a text or an object was expected, not nothing",
        ),
    ],
)
def test_selectors_that_cannot_be_read(definition: Any, message: str, project: Project) -> None:
    context = SelectionContext(selectors={"mine": definition})
    with pytest.raises(SelectionError) as caught:
        select_nodes(replace(project, selecting=context), ["selector:m*"])
    assert str(caught.value) == message


def test_an_unknown_resource_type_has_a_suggestion(project: Project) -> None:
    with pytest.raises(SelectionError, match="did you mean 'model'"):
        select_nodes(project, ["resource_type:modle"])


@pytest.mark.parametrize("text", ["+", "@", ",", "tag:", "a:b:c", "++x++", "[", "*[", "\0", "🦆+"])
def test_odd_selections_select_or_are_errors(text: str, project: Project) -> None:
    try:
        found = select_nodes(project, [text])
    except SelectionError:
        return
    assert found <= project.nodes.keys()


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


@pytest.mark.parametrize(("version", "expected"), [("1.11.16", "manifest"), ("2.0.0", "file")])
def test_where_selectors_are_read(version: str, expected: str, tmp_path: Path) -> None:
    """The manifests of dbt 2 lose which setting a selection asks for."""
    (tmp_path / "selectors.yml").write_text("selectors: [{name: file, definition: 'tag:a'}]\n")
    definition = {"method": "config", "value": "view"}
    manifest = {
        "metadata": {"dbt_version": version},
        "selectors": {"manifest": {"name": "manifest", "definition": definition}},
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))
    context = selection_context(ArtifactPaths(tmp_path, path, project_dir=tmp_path))
    assert list(context.selectors or ()) == [expected]


def test_selectors_of_a_file(project: Project, tmp_path: Path) -> None:
    """Without a manifest that knows them, the file's own words mean the same."""
    path = tmp_path / "manifest.json"
    path.write_text('{"metadata": {}}')
    (tmp_path / "selectors.yml").write_text((HERE / "project" / "selectors.yml").read_text())
    context = selection_context(ArtifactPaths(tmp_path, path, project_dir=tmp_path))
    with_file = replace(project, selecting=context)
    recorded = json.loads(
        gzip.decompress((HERE / "recorded" / "choices-1.11.json.gz").read_bytes())
    )
    for name in ("nightly", "plain", "short", "again", "both", "less", "careful", "settings"):
        found = sorted(select_nodes(with_file, [f"selector:{name}"]))
        assert found == recorded["expected"][f"--selector | {name}"], name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selectors: {a: b}\n", "has no list under 'selectors'"),
        ("selectors: [\n", "is not YAML"),
    ],
)
def test_a_selectors_file_that_cannot_be_read(
    text: str, message: str, project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "manifest.json"
    path.write_text('{"metadata": {}}')
    (tmp_path / "selectors.yml").write_text(text)
    context = selection_context(ArtifactPaths(tmp_path, path, project_dir=tmp_path))
    with pytest.raises(ArtifactError, match=message):
        select_nodes(replace(project, selecting=context), ["selector:a"])
