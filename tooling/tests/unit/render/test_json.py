from __future__ import annotations

import json

from headwater.core.report import Report
from headwater.render import RenderOptions, render

from .reports import EMPTY, HARD


def test_the_keys_and_their_order() -> None:
    answer = json.loads(render(HARD, "json", RenderOptions(command="impact")))
    assert list(answer) == ["schema_version", "command", "title", "data", "gaps", "coverage"]
    assert answer["schema_version"] == 1
    assert answer["command"] == "impact"
    assert answer["data"] == {"columns": 3}
    assert answer["coverage"] == "Seen 412 of 430 models; 18 gaps"


def test_gaps_are_all_there() -> None:
    gaps = json.loads(render(HARD, "json"))["gaps"]
    assert len(gaps) == 7
    assert gaps[0] == {
        "node": "model.x.y",
        "column": None,
        "reason": "python_model",
        "detail": "a Python model's columns cannot be seen",
        "line": 3,
    }


def test_an_empty_answer_has_the_same_keys() -> None:
    assert list(json.loads(render(EMPTY, "json"))) == list(json.loads(render(HARD, "json")))


def test_text_stays_readable_and_numbers_that_are_not_json_become_null() -> None:
    text = render(
        Report("t", data={"name": "日本", "x": float("nan"), "y": [float("inf"), 1]}), "json"
    )
    assert '"日本"' in text
    assert json.loads(text)["data"] == {"name": "日本", "x": None, "y": [None, 1]}


def test_half_a_surrogate_pair_can_be_written() -> None:
    text = render(Report("t", data={"name": "\ud800"}), "json")
    assert json.loads(text.encode())["data"] == {"name": "\ud800"}
