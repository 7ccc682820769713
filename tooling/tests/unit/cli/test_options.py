from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest

from headwater.cli.app import question
from headwater.cli.options import Inputs, Output, Selection, option, whole_number
from headwater.core.errors import HeadwaterError, UsageError


def run(function: Callable[..., int], *words: str) -> Any:
    return question(function, "probe").main(list(words), "probe", standalone_mode=False)


def parsed(*words: str) -> tuple[Inputs, Selection, Output]:
    """What a command with all shared options gets for these words."""
    got: list[tuple[Inputs, Selection, Output]] = []

    def command(inputs: Inputs, selection: Selection, output: Output) -> int:
        got.append((inputs, selection, output))
        return 0

    run(command, *words)
    return got[0]


def test_without_options_everything_is_by_default() -> None:
    assert parsed() == (Inputs(), Selection(), Output())


def test_inputs() -> None:
    inputs, selection, _ = parsed(
        *("--target-path", "t", "--project-dir", "p", "--manifest", "m", "--catalog", "c"),
        *("--select", "a", "-s", "b", "--exclude", "x", "--compile", "--no-cache", "--dbt", "d"),
    )
    assert inputs == Inputs(
        Path("t"),
        Path("p"),
        Path("m"),
        Path("c"),
        compile=True,
        dbt="d",
        no_cache=True,
    )
    assert selection == Selection(["a", "b"], ["x"])


def test_output() -> None:
    *_, output = parsed("-o", "json", "--out", "f", "--no-color", "--strict", "-q", "--debug")
    assert output == Output("json", Path("f"), no_color=True, strict=True, quiet=True, debug=True)


@pytest.mark.parametrize(
    ("words", "format_name"),
    [
        (("--out", "a.json"), "json"),
        (("--out", "a.MD"), "markdown"),
        (("--out", "a.csv"), "csv"),
        (("--out", "a.mmd"), "mermaid"),
        (("--out", "a.unknown"), "table"),
        (("--out", "a.json", "-o", "csv"), "csv"),
        (("--format", "mermaid"), "mermaid"),
    ],
)
def test_the_format_comes_from_the_option_or_the_file(
    words: tuple[str, ...], format_name: str
) -> None:
    assert parsed(*words)[2].format_name == format_name


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("jsno", "\n  hint: did you mean 'json'?"),
        ("xml", ""),
        ("a.json", "\n  hint: '--out a.json' writes the answer to that file"),
    ],
)
def test_an_unknown_format(word: str, hint: str) -> None:
    with pytest.raises(HeadwaterError) as error:
        parsed("-o", word)
    assert str(error.value) == (
        f"no format '{word}'\n  has: csv, html, json, markdown, mermaid, table{hint}"
    )


@pytest.mark.parametrize("word", ["0", "-1", "x", "1.5", "²", ""])
def test_a_depth_that_is_none(word: str) -> None:
    text = f"option '--depth' takes a whole number from 1, not '{word}'"
    with pytest.raises(UsageError, match=re.escape(text)):
        whole_number(word)


def test_help_has_headings(capfd: pytest.CaptureFixture[str]) -> None:
    def command(
        inputs: Inputs,
        selection: Selection,
        output: Output,
        depth: Annotated[str, option("How far.", "--depth")] = "",
    ) -> int:
        return 0

    run(command, "--help")
    text = capfd.readouterr().out
    at = [text.index(f"\n{heading}:\n") for heading in ("Options", "Artifacts", "Answer")]
    assert at == sorted(at)
    assert at[0] < text.index("--depth") < at[1] < text.index("--catalog") < at[2]
