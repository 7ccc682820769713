"""The JSON of the answers is as the schemas in docs/schemas/ say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from . import tiny
from .test_check import POLICY, edited
from .transcripts import Lineage, Project

jsonschema = pytest.importorskip("jsonschema", reason="comes with dbt")
SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
WORDS = {
    "check": [["--state", "prod"], ["--state", "target"], []],
    "diff": [["prod", "target"], ["target", "prod"], ["target", "target"]],
    "answer": [],
}


def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.fixture
def folder(project: Project) -> Path:
    place = project(edited)
    (place / "prod").mkdir()
    (place / "prod" / "manifest.json").write_text(json.dumps(tiny.manifest()))
    (place / "lineage.yml").write_text(POLICY)
    return place


def answer_to(lineage: Lineage, *words: str) -> dict[str, Any]:
    text = lineage(*words, "-o", "json", "-q")
    answer: dict[str, Any] = json.loads(text.partition("--- stdout\n")[2])
    return answer


def unknown_keys(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> list[str]:
    """Keys that the schema says nothing of: they should be in it."""
    schema = (
        root["$defs"]["gap" if "gap" in schema["$ref"] else "finding"]
        if "$ref" in schema
        else schema
    )
    known = schema.get("properties")
    if isinstance(value, dict) and known:
        found = [key for key in value if key not in known]
        inner = [unknown_keys(value[key], known[key], root) for key in value if key in known]
        return found + [key for keys in inner for key in keys]
    if isinstance(value, list) and "items" in schema:
        return [key for item in value for key in unknown_keys(item, schema["items"], root)]
    return []


def test_every_schema_is_tried() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(WORDS)


@pytest.mark.parametrize(("command", "words"), [(c, w) for c, ws in WORDS.items() for w in ws])
def test_answers(command: str, words: list[str], folder: Path, lineage: Lineage) -> None:
    answer, schema = answer_to(lineage, command, *words), schema_of(command)
    jsonschema.validate(answer, schema)
    assert unknown_keys(answer, schema, schema) == []


@pytest.mark.parametrize("words", [["impact", "orders"], ["coverage"], ["trace", "daily.orders"]])
def test_every_answer_has_the_same_frame(words: list[str], folder: Path, lineage: Lineage) -> None:
    answer, schema = answer_to(lineage, *words), schema_of("answer")
    jsonschema.validate(answer, schema)
    assert answer.keys() == schema["properties"].keys()


def test_a_wrong_answer_is_refused(folder: Path, lineage: Lineage) -> None:
    answer = answer_to(lineage, "check", "--state", "prod")
    answer["data"]["findings"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError, match="'fatal' is not one of"):
        jsonschema.validate(answer, schema_of("check"))
