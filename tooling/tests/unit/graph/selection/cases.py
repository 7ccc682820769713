"""A recorded selection: words as on the command line, without ``--select``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_OPTIONS = ("--exclude", "--selector", "--indirect-selection")


class Case(NamedTuple):
    select: list[str]
    exclude: list[str]
    selector: str = ""
    indirect: str = ""


def case_of(words: Sequence[str]) -> Case:
    """``["a", "--exclude", "b"]`` -> what each option was given."""
    found: dict[str, list[str]] = {option: [] for option in ("", *_OPTIONS)}
    current = ""
    for word in words:
        if word in _OPTIONS:
            current = word
        else:
            found[current].append(word)
    selector, indirect = ("".join(found[name]) for name in _OPTIONS[1:])
    return Case(found[""], found["--exclude"], selector, indirect)
