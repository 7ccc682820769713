"""YAML files: plain values, and errors that name the place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from headwater.artifacts.yaml_text import parse_yaml, read_yaml
from headwater.core.errors import ArtifactError

PATH = Path("lineage.yml")


def test_values_are_plain() -> None:
    text = "a: [1, two, true]\nb: {c: null}\nd: &x {e: 1}\nf: *x\ng: {<<: *x, h: 2}\n"
    assert parse_yaml(text, PATH) == {
        "a": [1, "two", True],
        "b": {"c": None},
        "d": {"e": 1},
        "f": {"e": 1},
        "g": {"e": 1, "h": 2},
    }
    assert parse_yaml("# nothing\n", PATH) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\nb:\n  c: 1\n  c: 2\n",
            "the file 'lineage.yml' has the key 'c' twice\n  at: line 4, column 3",
        ),
        (
            "a: [1, 2\nb: 3\n",
            "the file 'lineage.yml' is not YAML\n"
            "  at: line 2, column 2: expected ',' or ']', but got ':'",
        ),
        (
            "a: 2026-02-40\n",
            "the file 'lineage.yml' is not YAML\n  why: day is out of range for month",
        ),
        (
            "a: !!python/object/apply:os.getcwd []\n",
            "the file 'lineage.yml' is not YAML\n  at: line 1, column 4: could not determine a "
            "constructor for the tag 'tag:yaml.org,2002:python/object/apply:os.getcwd'",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "the file 'lineage.yml' is not YAML\n  at: line 2, column 1: but found another document",
        ),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(ArtifactError) as caught:
        parse_yaml(text, PATH)
    assert str(caught.value) == message


def test_a_list_in_itself_is_an_error_or_a_list() -> None:
    assert isinstance(parse_yaml("a: &x [*x]\n", PATH), dict)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yml").write_bytes("a: Stra\xdfe".encode("latin-1"))
    for name, words in (
        ("gone.yml", "no file"),
        ("latin.yml", "is not UTF-8 text"),
        (".", "cannot read"),
    ):
        with pytest.raises(ArtifactError, match=words):
            read_yaml(tmp_path / name)


def test_nobody_pays_for_it_before() -> None:
    code = (
        "import sys, headwater.cli, headwater.artifacts.selecting, headwater.cli.load; "
        "sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
