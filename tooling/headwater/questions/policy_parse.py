"""The content of a policy file -> `Policy`, or an error that names the place and the choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from headwater.core.changes import ChangeKind
from headwater.core.errors import PolicyError, did_you_mean, shown
from headwater.questions.policy import (
    LEVELS,
    VERDICTS,
    Budget,
    FailOn,
    Needed,
    Policy,
    Requirement,
    Severity,
    Waiver,
    Where,
    pattern,
)

T = TypeVar("T")

#: Key in the file -> field of `Where`.
WHERE = {
    "rule": "rules",
    "node": "nodes",
    "column": "columns",
    "exposure": "exposures",
    "owner": "owners",
    "tag": "tags",
    "group": "groups",
    "access": "access",
    "package": "packages",
    "path": "paths",
    "type": "types",
    "kind": "kinds",
    "verdict": "verdicts",
    "select": "select",
}
_WORDS = {
    "kind": tuple(kind.value for kind in ChangeKind),
    "verdict": tuple(VERDICTS),
    "access": ("private", "protected", "public"),
}
_TOP = ("fail_on", "severity", "budgets", "require", "waivers", "baseline", "pii")


def parse_policy(content: Any, file: str) -> Policy:
    """The policy in a file. *Raises*: `PolicyError`."""
    top = Section(content if content is not None else {}, file, "")
    top.check(_TOP)
    return Policy(
        file=file,
        fail_on=FailOn(top.word("fail_on", tuple(FailOn), FailOn.BREAKING)),
        severities=top.each("severity", _severity),
        budgets=top.each("budgets", _budget),
        requirements=top.each("require", _requirement),
        waivers=top.each("waivers", _waiver),
        baseline=top.text("baseline"),
    )


def _severity(section: Section) -> Severity:
    section.check([*WHERE, "level"])
    return Severity(_where(section), section.word("level", LEVELS), section.place)


def _budget(section: Section) -> Budget:
    section.check([*WHERE, "at_most", "level"])
    level = section.word("level", LEVELS[:-1], "error")
    return Budget(_where(section), section.whole("at_most"), level, section.place)


def _requirement(section: Section) -> Requirement:
    section.check([*(k for k in WHERE if k not in ("kind", "verdict", "rule")),
                   "what", "of", "always", "tests", "level"])  # fmt: skip
    what = Needed(section.word("what", tuple(Needed)))
    alone = what in (Needed.OWNER, Needed.CONTRACT, Needed.UNIT_TEST, Needed.LINEAGE)
    of = section.word(
        "of", ("node",) if alone else ("column", "node"), "node" if alone else "column"
    )
    tests = section.patterns("tests")
    if tests and what is not Needed.TEST:
        raise section.error("'tests' is for 'what: test'", "tests")
    level = section.word("level", LEVELS[:-1], "error")
    always = section.flag("always")
    return Requirement(_where(section), what, of, always, tests, level, section.place)


def _waiver(section: Section) -> Waiver:
    section.check([*WHERE, "reason", "author", "expires"])
    where = _where(section)
    if where == Where():
        hint = ("hint", "name at least a node, a column, a kind or a verdict")
        raise section.error("a waiver of everything", "", hint)
    reason, author = section.needed("reason"), section.needed("author")
    return Waiver(where, reason, author, section.day("expires"), section.place)


def _where(section: Section) -> Where:
    return where_of(section, WHERE)


def where_of(section: Section, keys: Iterable[str]) -> Where:
    """Which findings are meant, by these keys of `WHERE`. *Raises*: `PolicyError`."""
    found = {}
    for key in keys:
        field = WHERE[key]
        words = _WORDS.get(key)
        if words:
            found[field] = section.words(key, words)
        else:
            found[field] = section.patterns(key) if key != "select" else section.texts(key)
    return Where(**found)


@dataclass(frozen=True, slots=True)
class Section:
    """An object in the file, and the way to it (``waivers[2]``), for errors."""

    value: Any
    file: str
    place: str

    def error(self, what: str, key: str, *details: tuple[str, str]) -> PolicyError:
        """What is wrong, with the file and the place in it."""
        place = ".".join(part for part in (self.place, key) if part)
        at = [("at", place)] if place else []
        return PolicyError(f"{what} in '{self.file}'", *at, *details)

    def check(self, known: Iterable[str]) -> None:
        """Nothing, when it is an object of these keys."""
        names = [*known]
        if not isinstance(self.value, Mapping):
            raise self.error(f"{_kind(self.value)} instead of keys", "", ("has", shown(names, 30)))
        for key in self.value:
            if key not in names:
                near = did_you_mean(str(key), names)
                raise self.error(f"unknown key '{key}'", str(key), ("has", shown(names, 30)), *near)

    def each(self, key: str, make: Callable[[Section], T]) -> tuple[T, ...]:
        """What is made of every object in a list."""
        listed = self.value.get(key)
        if listed is None:
            return ()
        if not isinstance(listed, list):
            raise self.error(f"{_kind(listed)} instead of a list", key)
        place = ".".join(part for part in (self.place, key) if part)
        sections = (Section(v, self.file, f"{place}[{at}]") for at, v in enumerate(listed, 1))
        return tuple(make(section) for section in sections)

    def text(self, key: str) -> str:
        """A text, or "" when it is not there."""
        value = self.value.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.error(f"{_kind(value)} instead of a text", key)
        return value.strip()

    def needed(self, key: str) -> str:
        """A text that must be there."""
        found = self.text(key)
        if not found:
            raise self.error(f"no '{key}'", key, ("hint", _HINTS[key]))
        return found

    def word(self, key: str, known: tuple[str, ...], default: str = "") -> str:
        """One of some words."""
        value = self.value.get(key)
        if value is None and default:
            return default
        if value is None:
            raise self.error(f"no '{key}'", key, ("has", shown(known, 30)))
        if value is False and "off" in known:  # which is what YAML makes of it without quotes
            value = "off"
        if value not in known:
            near = did_you_mean(str(value), known)
            what = f"no {key.replace('_', ' ')} '{value}'"
            raise self.error(what, key, ("has", shown(known, 30)), *near)
        return str(value)

    def words(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Some of some words."""
        found = self.texts(key)
        for text in found:
            if text not in known:
                has = ("has", shown(known, 30))
                raise self.error(f"no {key} '{text}'", key, has, *did_you_mean(text, known))
        return found

    def patterns(self, key: str) -> tuple[str, ...]:
        """Patterns, each tried."""
        found = self.texts(key)
        for text in found:
            try:
                pattern(text)
            except re.error as error:
                why = ("why", f"{error.msg} at character {(error.pos or 0) + 1}")
                raise self.error(f"the regex '{text}' cannot be read", key, why) from None
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list of them; none when it is not there."""
        value = self.value.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        for each in listed:
            if not isinstance(each, str) or not each.strip():
                raise self.error(f"{_kind(each)} instead of a text", key)
        if not listed:
            hint = ("hint", "an empty list would fit nothing: leave the key out, or name something")
            raise self.error(f"'{key}' is an empty list", key, hint)
        return tuple(each.strip() for each in listed)

    def whole(self, key: str) -> int:
        """A whole number from 0."""
        value = self.value.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if value is None:
            raise self.error(f"no '{key}'", key, ("hint", "a whole number from 0"))
        raise self.error(f"'{value}' instead of a whole number from 0", key)

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{_kind(value)} instead of true or false", key)
        return value

    def day(self, key: str) -> date | None:
        """A day, or ``None`` when it is not there."""
        value = self.value.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            hint = ("hint", "write it as year-month-day: 2027-03-31")
            raise self.error(f"'{value}' is no day", key, hint) from None


_HINTS = {
    "reason": "say why this is wanted: whoever reads the report wants to know",
    "author": "say who decided: whoever reads the report may want to ask",
    "class": "say what it is: email, phone, name …",
}


def _kind(value: Any) -> str:
    kinds = {list: "a list", str: f"the text '{value}'", dict: "an object", type(None): "nothing"}
    return kinds.get(type(value), f"'{value}'")
