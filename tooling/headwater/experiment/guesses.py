"""Types for columns of which nothing is known, corrected by what a database complains about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

#: what a column's name suggests, the first that fits
_BY_NAME = (
    (re.compile(r"(_at|_time|_ts|timestamp)$|^timestamp"), "TIMESTAMP"),
    (re.compile(r"(_on|_date|_day|^date|^day)$"), "DATE"),
    (re.compile(r"^(is|has|was)_"), "BOOLEAN"),
    (re.compile(r"(amount|price|cost|rate|total|quantity|revenue|balance|_usd|_pct)$"), "DOUBLE"),
    (re.compile(r"(_id|^id|_sk|_key|_number|_count|_cents)$|^(count|number)_"), "INTEGER"),
)
_POOL = ("VARCHAR", "INTEGER", "TIMESTAMP", "BOOLEAN", "DATE", "DOUBLE", "JSON", "VARCHAR[]")
_WORD = re.compile(r"\w+")
_NEAR = 80  #: characters after the place that DuckDB points at

Place = tuple[str, str]  #: table, column


@dataclass(slots=True)
class Guesses:
    """A type for every column; those that were told stay, the others may be changed."""

    told: Mapping[str, Mapping[str, str]]
    choices: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    turns: dict[Place, int] = field(default_factory=dict)

    @classmethod
    def about(cls, told: Mapping[str, Mapping[str, str]], cues: Mapping[str, str]) -> Guesses:
        """First guesses: the type of a column with the same name, the use, then the name.

        ``told`` holds the types by table and column; empty where unknown. ``cues`` are types by
        column name in lower case.
        """
        alike = {c.lower(): t for columns in told.values() for c, t in columns.items() if t}
        found = cls(told)
        for table, columns in told.items():
            for column, type_name in columns.items():
                if not type_name:
                    name = column.lower()
                    named = next((t for form, t in _BY_NAME if form.search(name)), "VARCHAR")
                    first = (alike.get(name), cues.get(name), named)
                    likely = dict.fromkeys([*filter(None, first), *_POOL])
                    found.choices[table, column] = tuple(likely)
        return found

    def schema(self) -> dict[str, dict[str, str]]:
        """Every column with the type it has now."""
        return {
            table: {
                column: type_name or self._guess((table, column))
                for column, type_name in columns.items()
            }
            for table, columns in self.told.items()
        }

    def _guess(self, place: Place) -> str:
        choices = self.choices[place]
        return choices[self.turns.get(place, 0) % len(choices)]

    def learn(self, complaint: str) -> bool:
        """Whether another guess was made about a column that the complaint may be about.

        Columns of one name change together: they mostly hold the same thing.
        """
        words = _words_at(complaint)
        by_name: dict[str, list[Place]] = {}
        for place in self.choices:
            by_name.setdefault(place[1].lower(), []).append(place)
        near = [word for word in words if word in by_name]
        if not near:
            return False
        least = min(near, key=lambda word: (self.turns.get(by_name[word][0], 0), near.index(word)))
        turn = self.turns.get(by_name[least][0], 0) + 1
        for place in by_name[least]:
            self.turns[place] = turn
        return turn < len(_POOL) + 2


def _words_at(complaint: str) -> list[str]:
    """The words of the SQL that the message points at: its line, from the caret on."""
    lines = complaint.split("\n")
    for above, below in pairwise(lines):
        if below.strip() == "^" and above.startswith("LINE"):
            place = below.index("^")
            return [word.lower() for word in _WORD.findall(above[place : place + _NEAR])]
    return [word.lower() for word in _WORD.findall(complaint)]
