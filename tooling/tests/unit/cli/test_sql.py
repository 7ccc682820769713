"""``lineage sql``: texts and cases; what it prints is in the golden files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .running import MAIN, lineage


def answers(*words: str, stdin: str) -> list[Any]:
    run = lineage("sql", *words, stdin=stdin)
    assert run.code == 0
    return [json.loads(line) for line in run.out.splitlines()]


def test_one_object_a_line_for_each_statement() -> None:
    found = answers("-o", "json", stdin="select a from t; select b, c from u")
    assert [each["data"]["lineage"] for each in found] == [
        {"a": [["t", "a"]]},
        {"b": [["u", "b"]], "c": [["u", "c"]]},
    ]


def test_files_and_standard_input_together(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("\ufeffselect 1 as one", encoding="utf-8")
    found = answers(str(tmp_path / "a.sql"), "-", "-o", "json", stdin="select 2 as two")
    assert [list(each["data"]["lineage"]) for each in found] == [["one"], ["two"]]


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("sqlserver", "select top 1 [a b] from t"),
        ("tsql", "select top 1 [a b] from t"),
        ("BigQuery", "select `a b` from t"),
        ("greenplum", 'select "a b"::int from t'),
        ("generic", 'select "a b" from t'),
    ],
)
def test_a_dialect_by_the_name_of_the_adapter_or_sqlglots(name: str, sql: str) -> None:
    (found,) = answers("--dialect", name, "-o", "json", stdin=sql)
    assert found["data"]["lineage"] == {"a b": [["t", "a b"]]}


def test_the_options_are_for_cases_that_say_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"t": ["a"]}')
    cases = [
        {"id": 0, "sql": "select * from t"},
        {"id": 1, "sql": "select * from t", "schema": {"t": ["b"]}},
    ]
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    found = answers("--jsonl", "--schema", str(tmp_path / "s.json"), stdin=lines)
    assert [(each["id"], list(each["lineage"])) for each in found] == [(0, ["a"]), (1, ["b"])]


@pytest.fixture
def talking() -> Iterator[subprocess.Popen[str]]:
    program = subprocess.Popen(
        [sys.executable, "-c", MAIN, "sql", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with program:
        yield program
        program.kill()


def test_an_answer_comes_before_the_next_case(talking: subprocess.Popen[str]) -> None:
    assert talking.stdin
    assert talking.stdout
    for number in range(3):
        talking.stdin.write(json.dumps({"id": number, "sql": "select a from t"}) + "\n")
        talking.stdin.flush()
        assert json.loads(talking.stdout.readline())["id"] == number
    talking.stdin.close()
    assert talking.wait(10) == 0


def test_nobody_reads_the_answers_any_more(talking: subprocess.Popen[str]) -> None:
    assert talking.stdin
    assert talking.stdout
    assert talking.stderr
    talking.stdout.close()
    talking.stdin.write('{"id": 1, "sql": "select 1"}\n' * 3)
    talking.stdin.close()
    assert talking.wait(10) == 0
    assert talking.stderr.read() == ""


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"id": "x", "sql": ' + "[" * 100_000, "\x00", "null"]
)
def test_a_strange_line_is_answered_with_an_error(line: str) -> None:
    strange, after = answers("--jsonl", stdin=line + '\n{"id": 2, "sql": "select 1 as a"}\n')
    assert strange["id"] is None
    assert strange["error"]
    assert after["lineage"] == {"a": []}
