"""From a line of compiled SQL to the line of the file that it came from, as well as can be told.

Compiling leaves most lines as they are, fills the holes of others, and adds or drops some: dbt
keeps no map. So lines are aligned, the equal ones first, and between two equal ones by the words
they share.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"\w+")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
MOST_LINES = 3_000  #: aligning longer texts would take seconds


def raw_line(compiled: str, raw: str, line: int) -> int:
    """The line of ``raw`` (from 1) behind a line of ``compiled`` (from 1); 1 when in doubt."""
    new, old = _places(compiled), _places(raw)
    text = compiled.splitlines()[line - 1 : line] if line > 0 else []
    if not text:
        return 1
    key = _key(text[0])
    if len(old.get(key, ())) == len(new.get(key, ())) == 1:  # most lines: no need to align
        return old[key][0]
    return _aligned(compiled, raw)[line - 1]


@lru_cache(maxsize=64)
def _places(text: str) -> dict[str, list[int]]:
    """Where each line stands, from 1."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found.setdefault(_key(line), []).append(number)
    return found


@lru_cache(maxsize=64)
def _aligned(compiled: str, raw: str) -> tuple[int, ...]:
    """For each line of the compiled text a line of the raw one."""
    new, old = compiled.splitlines(), raw.splitlines()
    if len(new) > MOST_LINES or len(old) > MOST_LINES or not old:
        return (1,) * len(new)
    matcher = SequenceMatcher(None, [_key(x) for x in new], [_key(x) for x in old], autojunk=False)
    found = [0] * len(new)
    for tag, begin, end, first, last in matcher.get_opcodes():
        for at in range(begin, end):
            if tag == "equal":
                found[at] = first + at - begin + 1
            elif tag == "replace":
                found[at] = _likeliest(new[at], old, first, last) or 0
    return tuple(_filled(found))


def _key(line: str) -> str:
    return " ".join(line.lower().split())


def _likeliest(line: str, old: list[str], first: int, last: int) -> int | None:
    """The line of a stretch that shares most words with this one, what Jinja says left out."""
    words = set(_WORD.findall(line.lower()))
    best = max(range(first, last), key=lambda at: (_shared(words, old[at]), -at))
    return best + 1 if _shared(words, old[best]) else None


def _shared(words: set[str], line: str) -> int:
    written = set(_WORD.findall(_JINJA.sub(" ", line).lower()))
    named = set(_WORD.findall(line.lower()))
    return 2 * len(words & written) + len(words & named)


def _filled(found: list[int]) -> list[int]:
    """Lines that nothing is known of belong to the last known one: a macro's text follows it."""
    last = 1
    filled = []
    for line in found:
        last = line or last
        filled.append(last)
    return filled
