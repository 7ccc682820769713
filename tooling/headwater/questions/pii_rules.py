"""The section ``pii`` of a project's policy: classes, masks, exceptions, what is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headwater.core.errors import did_you_mean, shown
from headwater.questions.pii_words import (
    ANY,
    CLASSES,
    LEVEL_OF,
    LEVELS,
    MASK_WORDS,
    Level,
    class_of,
    plain_word,
)
from headwater.questions.policy import LEVELS as SEVERITIES
from headwater.questions.policy import Where
from headwater.questions.policy_parse import Section, where_of

_PLACES = ("node", "column", "tag", "package", "path", "type", "select", "group", "access", "owner")
_TOP = (
    *("classes", "columns", "masks", "exceptions", "from", "severity", "fail_on"),
    "trusted_groups",
)
#: Where personal data must not be, and from which level on.
FROM = ("exposures", "public", "groups", "undeclared")
_FROM_WORDS = (Level.RAW.word, Level.PARTIAL.word, Level.PSEUDONYMISED.word, "off")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Columns of this sort hold data of these classes (none: they are free of it)."""

    where: Where
    classes: tuple[str, ...]
    level: Level
    is_general: bool  #: it names a pattern, so a column's own declaration counts more
    place: str


@dataclass(frozen=True, slots=True)
class PiiException:
    """Known and wanted until a day. ``level``: what is left at the column; None: it is excused."""

    where: Where
    classes: tuple[str, ...]
    level: Level | None
    reason: str
    author: str
    expires: date
    place: str


@dataclass(frozen=True, slots=True)
class PiiRules:
    """Everything the section says. ``file`` is shown in texts; "" when there is none."""

    file: str = ""
    classes: frozenset[str] = frozenset()
    columns: tuple[ColumnRule, ...] = ()
    masks: Mapping[str, str] = field(default_factory=dict)  #: function -> a word of MASK_WORDS
    exceptions: tuple[PiiException, ...] = ()
    limits: Mapping[str, Level | None] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    fail_on: tuple[str, ...] = ("error",)
    trusted_groups: tuple[str, ...] = ()  #: patterns: personal data is theirs to hold

    def limit(self, place: str) -> Level | None:
        """The level from which on data there is a finding; ``None``: never."""
        return self.limits.get(place, Level.RAW)


def parse_pii(content: Any, file: str) -> PiiRules:
    """The section ``pii`` of a policy's content. *Raises*: `PolicyError`."""
    whole = content.get("pii") if isinstance(content, Mapping) else None
    if content is not None and not isinstance(content, Mapping):
        Section(content, file, "").check(("pii",))
    top = Section(whole if whole is not None else {}, file, "pii")
    top.check(_TOP)
    own = frozenset(map(plain_word, top.texts("classes")))
    parser = _Parser(own)
    return PiiRules(
        file=file,
        classes=own,
        columns=top.each("columns", parser.column),
        masks=_masks(_inside(top, "masks")),
        exceptions=top.each("exceptions", parser.exception),
        limits=_limits(_inside(top, "from")),
        severities=_severities(_inside(top, "severity")),
        fail_on=gates(top.texts("fail_on") or ("error",), top),
        trusted_groups=top.patterns("trusted_groups"),
    )


def gates(words: tuple[str, ...], section: Section) -> tuple[str, ...]:
    """What the exit code depends on: levels and rules. *Raises*: `PolicyError`."""
    known = GATES
    for word in words:
        if word not in known:
            near = did_you_mean(word, known)
            raise section.error(f"no fail on '{word}'", "fail_on", ("has", shown(known, 30)), *near)
    return words


GATES = (*SEVERITIES[:-1], "none", *LEVEL_OF)


def _inside(top: Section, key: str) -> Section:
    value = top.value.get(key)
    return Section(value if value is not None else {}, top.file, f"{top.place}.{key}")


def _masks(section: Section) -> dict[str, str]:
    section.check(MASK_WORDS)
    found: dict[str, str] = {}
    for word in MASK_WORDS:
        for name in section.texts(word):
            known = name.lower()
            if found.get(known, word) != word:
                what = f"the function '{name}' is declared as {found[known]} and as {word}"
                raise section.error(what, word)
            found[known] = word
    return found


def _limits(section: Section) -> dict[str, Level | None]:
    section.check(FROM)
    given = {key: section.word(key, _FROM_WORDS, Level.RAW.word) for key in FROM}
    return {key: None if word == "off" else LEVELS[word] for key, word in given.items()}


def _severities(section: Section) -> dict[str, str]:
    section.check(LEVEL_OF)
    return {rule: section.word(rule, SEVERITIES) for rule in LEVEL_OF if rule in section.value}


class _Parser:
    """Reads the entries of lists, knowing the project's own classes."""

    def __init__(self, own: frozenset[str]) -> None:
        self._own = own

    def column(self, section: Section) -> ColumnRule:
        section.check([*_PLACES, "class", "level"])
        where = where_of(section, _PLACES)
        if not where.columns:
            hint = ("hint", "name the columns: column: email, or column: '/(^|_)mail/'")
            raise section.error("no 'column'", "column", hint)
        classes = self._classes(section)
        if not section.texts("class"):
            section.needed("class")
        level = self._level(section, "level") or Level.RAW
        names = (*where.nodes, *where.columns)
        is_general = not where.nodes or any(c in name for name in names for c in "*?[/")
        return ColumnRule(where, classes, level, is_general, section.place)

    def exception(self, section: Section) -> PiiException:
        section.check([*_PLACES, "rule", "exposure", "class", "as", "reason", "author", "expires"])
        where = where_of(section, [*_PLACES, "rule", "exposure"])
        if where == Where():
            hint = ("hint", "name at least a node, a column, an exposure or a group")
            raise section.error("an exception for everything", "", hint)
        for rule in section.texts("rule"):
            if rule not in LEVEL_OF:
                has = ("has", shown(LEVEL_OF, 30))
                raise section.error(
                    f"no rule '{rule}'", "rule", has, *did_you_mean(rule, [*LEVEL_OF])
                )
        level = self._level(section, "as")
        if level is not None and not (where.columns and where.nodes):
            hint = ("hint", "say of which column of which node, with 'node' and 'column'")
            raise section.error("'as' without a column", "as", hint)
        reason, author = section.needed("reason"), section.needed("author")
        expires = section.day("expires")
        if expires is None:
            hint = ("hint", "say until when: personal data is not excused for ever")
            raise section.error("no 'expires'", "expires", hint)
        classes = self._classes(section)
        return PiiException(where, classes, level, reason, author, expires, section.place)

    def _classes(self, section: Section) -> tuple[str, ...]:
        found = []
        for text in section.texts("class"):
            word = class_of(text, self._own)
            if word is None and plain_word(text) != "none":
                known = sorted({*CLASSES, *self._own})
                has = ("has", shown(known, 40))
                raise section.error(f"no class '{text}'", "class", has, *did_you_mean(text, known))
            found.append(word or "none")
        return tuple(found)

    @staticmethod
    def _level(section: Section, key: str) -> Level | None:
        text = section.text(key)
        if not text:
            return None
        if plain_word(text) not in LEVELS:
            known = [level.word for level in Level if level is not Level.UNKNOWN]
            near = did_you_mean(text, known)
            raise section.error(f"no level '{text}'", key, ("has", ", ".join(known)), *near)
        return LEVELS[plain_word(text)]


def fits_class(wanted: tuple[str, ...], name: str) -> bool:
    """Whether data of a class is meant; no class means all."""
    return not wanted or name in wanted or ANY in wanted
