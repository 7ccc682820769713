from __future__ import annotations

import subprocess
import sys

import pytest

from headwater.render import FORMATS, RenderOptions, render

from .reports import EMPTY, HARD


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", [HARD, EMPTY], ids=["hard", "empty"])
def test_every_format_renders_every_report(name: str, report: object) -> None:
    text = render(report, name, RenderOptions(command="impact"))  # type: ignore[arg-type]
    assert text.endswith("\n")
    assert text == render(report, name, RenderOptions(command="impact"))  # type: ignore[arg-type]


def test_no_two_formats_claim_one_file_ending() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="xml"):
        render(EMPTY, "xml")


def test_the_table_of_formats_imports_no_format() -> None:
    code = (
        "import sys, headwater.render\n"
        "print(*sorted(m for m in sys.modules if m.startswith('headwater.render.')))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["headwater.render.options"]
