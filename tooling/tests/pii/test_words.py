"""The macros and the lineage mean the same by the classes of personal data."""

from __future__ import annotations

import re
from pathlib import Path

from headwater.questions.pii_words import CLASSES

MACRO = Path(__file__).parents[3] / "macros" / "_internal" / "_pii_classes.sql"


def test_the_macros_know_the_same_classes() -> None:
    text = MACRO.read_text("utf-8")
    found = {
        name: tuple(re.findall(r'"(\w+)"', words))
        for name, words in re.findall(r'"(\w+)": \[([^\]]*)\]', text)
    }
    assert found == CLASSES
