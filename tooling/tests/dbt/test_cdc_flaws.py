"""A log of changes applied by dbt's own incremental model, and by cdc_apply: each flaw as a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from dbt_sessions import Ran, session
from projects import DbtProject, drop, link_package, new_project

SCHEMA = "hw_cdc_flaws"
THEIRS = """
{{ config(materialized='incremental', incremental_strategy='%(strategy)s', unique_key='%(key)s') }}
select %(quoted)s, note, long_text, op, seq from {{ target.schema }}.log_%(case)s
"""
OURS = """
{{ config(materialized='cdc_apply', unique_key=['%(key)s'], meta={'headwater': {'column_types': {
    '%(key)s': 'int', 'note': 'text', 'long_text': 'text'}}}) }}
{{ headwater.cdc_normalize(
    "select %(quoted)s, op, seq, timestamp '2026-01-01' as ts, jsonb_strip_nulls(jsonb_build_object("
    ~ "'%(key)s', %(sql_key)s, 'note', note, 'long_text', long_text)) as payload from "
    ~ target.schema ~ ".log_%(case)s",
    ['%(key)s'], fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'payload'}
) }}
"""
#: By flaw the two batches of its log: key, note, long text, operation, position.
LOGS = {
    "null_key": (
        "(1, 'a', 'x', 'update', 1), (null, 'n', 'x', 'update', 2)",
        "(null, 'n', 'x', 'update', 2)",
    ),
    "two_in_a_batch": (
        "(1, 'a', 'x', 'update', 1)",
        "(1, 'b', 'x', 'update', 2), (1, 'c', 'x', 'update', 3)",
    ),
    "mixed_case": ("(1, 'a', 'x', 'update', 1)", "(1, 'b', 'x', 'update', 2)"),
    "deleted": (
        "(1, 'a', 'x', 'update', 1), (2, 'b', 'x', 'update', 2)",
        "(2, null, null, 'delete', 3)",
    ),
    "late": ("(1, 'new', 'x', 'update', 5)", "(1, 'old', 'x', 'update', 4)"),
    "unchanged_text": ("(1, 'a', 'x', 'update', 1)", "(1, 'b', null, 'update', 2)"),
}


@dataclass(frozen=True)
class Demo:
    """The project after two runs, with what the second said."""

    project: DbtProject
    second: Ran

    def notes(self, model: str) -> list[tuple[object, ...]]:
        """Key, note and long text of a model's rows."""
        return self.project.sql(f"select *, 1 from {model} order by 1, 2")

    def kept(self, model: str) -> list[tuple[object, ...]]:
        """The first three columns of the rows."""
        return [row[:3] for row in self.notes(model)]


@pytest.fixture(scope="module")
def demo(postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Both runs, the second on the second batches."""
    project = new_project(tmp_path_factory.mktemp("cdc_flaws"), SCHEMA, postgres)
    link_package(project)
    drop(postgres, SCHEMA)
    project.sql(f"create schema {SCHEMA}")
    for case in LOGS:
        key = "UserId" if case == "mixed_case" else "id"
        names = {"case": case, "key": key, "strategy": "merge"}
        theirs, ours = f'"{key}"', f'\\"{key}\\"'
        project.write(
            {
                f"models/theirs_{case}.sql": THEIRS % (names | {"quoted": theirs}),
                f"models/ours_{case}.sql": OURS % (names | {"quoted": ours, "sql_key": ours}),
            }
        )
        project.sql(
            f'create table log_{case} ("{key}" int, note text, long_text text, op text, seq int)'
        )
    with session(project) as dbt:
        for number in range(2):
            for case, batches in LOGS.items():
                project.sql(f"truncate log_{case}; insert into log_{case} values {batches[number]}")
            ran = dbt.run("run")
        yield Demo(project, ran)
    drop(postgres, SCHEMA)


def test_i1_a_change_without_a_key(demo: Demo) -> None:
    """Theirs doubles it on every run; ours sets it aside, once, with the reason."""
    assert demo.kept("theirs_null_key").count((None, "n", "x")) == 2
    assert demo.kept("ours_null_key") == [(1, "a", "x")]
    reasons = demo.project.sql("select reason, count(*) from ours_null_key_quarantine group by 1")
    assert reasons == [("no key", 1)]


def test_i2_two_changes_of_a_key_in_one_batch(demo: Demo) -> None:
    status, message = demo.second["theirs_two_in_a_batch"]
    assert status == "error"
    assert "cannot affect row a second time" in message
    assert demo.kept("ours_two_in_a_batch") == [(1, "c", "x")]


def test_i3_a_key_of_mixed_case(demo: Demo) -> None:
    assert demo.second["theirs_mixed_case"][0] == "error"
    assert demo.kept("ours_mixed_case") == [(1, "b", "x")]


def test_i6_what_the_source_deleted(demo: Demo) -> None:
    assert demo.kept("theirs_deleted") == [(1, "a", "x"), (2, None, None)]
    assert demo.kept("ours_deleted") == [(1, "a", "x")]


def test_a_change_that_comes_late(demo: Demo) -> None:
    """Theirs goes back in time."""
    assert demo.kept("theirs_late") == [(1, "old", "x")]
    assert demo.kept("ours_late") == [(1, "new", "x")]


def test_a_text_that_was_not_sent_because_it_did_not_change(demo: Demo) -> None:
    assert demo.kept("theirs_unchanged_text") == [(1, "b", None)]
    assert demo.kept("ours_unchanged_text") == [(1, "b", "x")]
