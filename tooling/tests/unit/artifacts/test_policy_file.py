"""Which file a policy is read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.artifacts.policy_file import find_policy
from headwater.core.errors import PolicyError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_project_without_a_policy(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.other]\nx = 1\n")
    assert find_policy(tmp_path) is None
    assert find_policy(None) is None


def test_yaml_in_the_project(tmp_path: Path) -> None:
    path = write(tmp_path / "lineage.yml", "fail_on: rows\n")
    assert find_policy(tmp_path) == ({"fail_on": "rows"}, path)


def test_toml_in_the_project_or_above(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", '[tool.lineage]\nfail_on = "rows"\n')
    project = tmp_path / "analytics"
    project.mkdir()
    assert find_policy(project) == ({"fail_on": "rows"}, path)
    write(project / "pyproject.toml", "[tool.other]\n")
    assert find_policy(project) is None


def test_the_named_file_goes_before(tmp_path: Path) -> None:
    write(tmp_path / "lineage.yml", "fail_on: rows\n")
    named = write(tmp_path / "other.toml", 'fail_on = "any"\n')
    assert find_policy(tmp_path, named) == ({"fail_on": "any"}, named)


@pytest.mark.parametrize(
    ("files", "named", "message"),
    [
        (
            {"lineage.yml": "{}", "pyproject.toml": "[tool.lineage]\n"},
            "",
            "two policies\n  has: DIR/lineage.yml, DIR/pyproject.toml\n"
            "  hint: keep one, or name it with --policy FILE",
        ),
        ({}, "gone.yml", "no file 'DIR/gone.yml'"),
        ({}, "gone.toml", "no file 'DIR/gone.toml'"),
        (
            {"pyproject.toml": "[tool.other]\n"},
            "pyproject.toml",
            "no policy in 'DIR/pyproject.toml'\n  hint: it belongs into the table [tool.lineage]",
        ),
        (
            {"pyproject.toml": "[tool.lineage\n"},
            "",
            "the file 'DIR/pyproject.toml' is not TOML\n"
            "  at: Expected ']' at the end of a table declaration (at line 1, column 14)",
        ),
        (
            {"lineage.yml": "a: [\n"},
            "",
            "the file 'DIR/lineage.yml' is not YAML\n"
            "  at: line 2, column 1: expected the node content, but found '<stream end>'",
        ),
    ],
)
def test_errors(files: dict[str, str], named: str, message: str, tmp_path: Path) -> None:
    for name, text in files.items():
        write(tmp_path / name, text)
    with pytest.raises(PolicyError) as caught:
        find_policy(tmp_path, tmp_path / named if named else None)
    assert str(caught.value).replace(str(tmp_path), "DIR") == message
