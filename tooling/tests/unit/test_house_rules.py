"""The house rules hold here, and each of them can fail."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import house
import pytest

Rule = Callable[[Path], Iterator[str]]


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(house.REPO)) == []


CLEAN = {
    "macros/hash/row_hash.sql": "{% macro row_hash(a) %}{% endmacro %}",
    "macros/hash/row_hash.yml": "macros: []",
    "macros/generic_tests/test_grain.sql": "{% test grain(model) %}{% endtest %}",
    "macros/generic_tests/test_grain.yml": "data_tests: []",
    "macros/_internal/_raise.sql": "{% macro _raise() %}{% endmacro %}",
    "macros/cross_db/sha.sql": (
        "{% macro sha() %}{% endmacro %}{% macro duckdb__sha() %}{% endmacro %}"
        "{% macro default__sha() %}{% endmacro %}"
    ),
    "macros/cross_db/sha.yml": "macros: []",
    "tests/demo/no_negative.sql": "select 1",
    "tooling/headwater/_version.py": '__version__ = "1.2.3"',
    "tooling/headwater/core/a.py": "import datetime\n\nX = datetime.date(2026, 1, 1)\n",
    "dbt_project.yml": "name: headwater\nversion: 1.2.3\n",
    "CHANGELOG.md": "## [1.2.3]\n",
    "requirements/dev.txt": "uv==1.0 \\\n    --hash=sha256:00\n",
}
BROKEN = [
    ("macro_pairs", {"macros/hash/b.sql": "{% macro b() %}{% endmacro %}"}, "no b.yml beside it"),
    ("macro_pairs", {"macros/hash/b.yml": "macros: []"}, "no b.sql beside it"),
    (
        "macro_pairs",
        {"macros/_internal/_raise.sql": "{% macro _other() %}{% endmacro %}"},
        "defines ['_other'], and its name says '_raise'",
    ),
    ("macro_pairs", {"macros/_internal/raise.sql": ""}, "begin with '_'"),
    ("macro_pairs", {"macros/x.sql": "{% macro x() %}{% endmacro %}"}, "in macros/<theme>/"),
    (
        "argument_types",
        {"macros/hash/a.yml": "        type: list[mapping | string]\n"},
        "macros/hash/a.yml: dbt knows no type 'mapping'",
    ),
    (
        "adapters_in_cross_db",
        {"macros/hash/row_hash.sql": "{% macro duckdb__row_hash() %}{% endmacro %}"},
        "'duckdb__row_hash' belongs in macros/cross_db/",
    ),
    ("tests_sql_only", {"tests/demo/tests.yml": ""}, "only .sql may stand in tests/"),
    ("one_version", {"dbt_project.yml": "version: '1.2.4'"}, "version 1.2.4"),
    ("one_version", {"CHANGELOG.md": "## [1.2.2]"}, "no heading for 1.2.3"),
    (
        "locks_without_addresses",
        {"requirements/dev.txt": "--index-url https://x\nuv==1.0 \\\n    --hash=sha256:00\n"},
        "requirements/dev.txt:1: an address",
    ),
    ("locks_without_addresses", {"requirements/dev.txt": "uv==1.0\n"}, "no hash for 'uv==1.0'"),
    ("no_machine_paths", {"README.md": f"cd /{'home'}/anna/headwater"}, "README.md:1: a path"),
    ("nothing_left_over", {"models/a.sql": f"-- {'TO'}DO: later"}, "models/a.sql:1: unfinished"),
    ("pure_rooms", {"tooling/headwater/core/a.py": "x = open('y')"}, "a.py:1: 'open' in a room"),
]


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    _write(tmp_path, CLEAN)
    return tmp_path


def _write(repo: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        (repo / name).write_text(text)


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_a_clean_repository_keeps_the_rule(rule: Rule, clean: Path) -> None:
    assert list(rule(clean)) == []


@pytest.mark.parametrize(("rule", "files", "finding"), BROKEN)
def test_a_broken_rule_is_found(
    rule: str, files: dict[str, str], finding: str, clean: Path
) -> None:
    _write(clean, files)
    found = list(getattr(house, rule)(clean))
    assert any(finding in line for line in found), found


def test_every_rule_has_a_test_that_breaks_it() -> None:
    assert {rule.__name__ for rule in house.RULES} == {rule for rule, _, _ in BROKEN}
