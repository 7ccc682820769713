"""What a project says of personal data: metas and tags of columns and nodes, and rules.

The documented form is ``config: {meta: {pii: email}}`` at a column; `KEYS` and `TAG` are the other
forms that are understood. A declaration never makes data safer than it is: it is held against what
arrives (`headwater.questions.pii`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from headwater.core.columns import Column, ColumnRef
from headwater.core.errors import did_you_mean
from headwater.core.packed import Packed
from headwater.core.project import Node, Project
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.pii_rules import ColumnRule, PiiRules
from headwater.questions.pii_words import ANY, CLASSES, LEVELS, Level, class_of, plain_word
from headwater.questions.policy import fits
from headwater.questions.policy_match import Matcher, Subject

#: Keys of a meta that declare; of several, the first that is there is the documented one.
KEYS = (
    *("pii", "personal", "personal_data", "personal_information", "contains_pii", "has_pii"),
    *("is_pii", "pii_class", "pii_type", "pii_category", "pii_classification", "gdpr"),
)
_LEVEL_KEYS = ("pii_level", "pii_masked", "masked_as")
_OWN_LEVEL_KEYS = ("level", "masked", "masking", "mask", "as")
_CLASS_KEYS = ("class", "classes", "type", "category", "kind", "name")
_OTHER_KEYS = ("reason", "note", "description", "owner", "legal_basis", "retention", "policy")
_FORM = frozenset((*_OWN_LEVEL_KEYS, *_CLASS_KEYS, *_OTHER_KEYS))
_NO = frozenset(("false", "no", "none", "n", "0", "off", "not_personal", "non_pii", "public"))
_YES = frozenset(("true", "yes", "y", "1", "on", "pii"))
_WORDS = (b"pii", b"personal", b"gdpr")  #: one of them is in every key and tag that declares
TAG = re.compile(
    r"(?P<not>no[nt]?[_\-. ]?)?(?P<key>contains[_\-. ]pii|pii|personal(?:[_\-. ]data)?)"
    r"(?:[:_\-.=/ ]+(?P<word>.+))?",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """One declaration. No classes: free of personal data. ``level`` None: it says nothing of it."""

    classes: frozenset[str]
    level: Level | None
    by: str


class Fault(NamedTuple):
    """A declaration that cannot be believed: an unknown class, or two that do not agree."""

    rule: str
    ref: ColumnRef
    message: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of one column, all declarations together; the worse one counts."""

    classes: frozenset[str]
    level: Level
    has_level: bool
    by: str

    @property
    def is_personal(self) -> bool:
        """Whether it holds personal data, as it is declared."""
        return bool(self.classes) and self.level is not Level.NONE

    def covers(self, name: str) -> bool:
        """Whether data of a class was to be expected."""
        return self.is_personal and (name in self.classes or ANY in self.classes or name == ANY)


@dataclass(frozen=True, slots=True)
class Declarations:
    """Everything that is declared, by node and column (lower case)."""

    columns: Mapping[str, Mapping[str, Declared]]
    nodes: Mapping[str, Declared]  #: declared of a whole node
    faults: tuple[Fault, ...]


def declarations(project: Project, rules: PiiRules, graph: ColumnGraph) -> Declarations:
    """Every declaration of the project and its rules."""
    return _Reader(project, rules, graph).read()


def mentioning(nodes: Mapping[str, Node], words: Iterable[bytes]) -> Iterable[str]:
    """The nodes that may have one of the words in them; to look closer takes longer."""
    return nodes.mentioning(words) if isinstance(nodes, Packed) else nodes


class _Reader:
    def __init__(self, project: Project, rules: PiiRules, graph: ColumnGraph) -> None:
        self._project = project
        self._rules = rules
        self._graph = graph
        self._faults: list[Fault] = []
        self._matcher = Matcher([project], rules.file)

    def read(self) -> Declarations:
        columns: dict[str, dict[str, Declared]] = {}
        nodes: dict[str, Declared] = {}
        for node_id in self._mentioning():
            if not node_id.startswith(_HOLDERS):
                continue
            node = self._project.nodes[node_id]
            said = self._of_node(node, nodes)
            found = self._columns(node, said)
            if found:
                columns[node_id] = found
        return Declarations(columns, nodes, tuple(self._faults))

    def _mentioning(self) -> Iterable[str]:
        """The nodes that may declare something."""
        nodes = self._project.nodes
        return nodes if self._rules.columns else mentioning(nodes, _WORDS)

    def _of_node(self, node: Node, nodes: dict[str, Declared]) -> dict[str, list[Said]]:
        """What the node's own meta and tags say: of some columns by name, or of the whole."""
        by_column: dict[str, list[Said]] = {}
        whole: list[Said] = []
        ref = ColumnRef(node.id, None)
        for meta in _metas(node.meta) if node.meta else ():
            for key, value in meta:
                if isinstance(value, Mapping) and value and not _FORM.issuperset(value):
                    for name, inner in value.items():
                        said = self._value(
                            ColumnRef(node.id, str(name)), f"{key} of the node", inner
                        )
                        by_column.setdefault(str(name).lower(), []).extend(said)
                else:
                    whole += self._value(ref, f"{key} of the node", value)
        whole += self._tags(ref, node.tags)
        if whole:
            declared = self._together(ref, whole)
            if declared is not None:
                nodes[node.id] = declared
        return by_column

    def _columns(self, node: Node, by_column: dict[str, list[Said]]) -> dict[str, Declared]:
        found: dict[str, Declared] = {}
        for column in node.columns:
            if not (column.meta or column.tags or by_column or self._rules.columns):
                continue
            ref = ColumnRef(node.id, column.name)
            said = [*self._column(ref, column), *by_column.pop(column.name.lower(), ())]
            if said or self._rules.columns:
                ruled = self._ruled(node, column.name) if self._rules.columns else None
                declared = self._together(ref, said, ruled)
                if declared is not None:
                    found[column.name.lower()] = declared
        others = set(by_column)
        if self._rules.columns:
            others |= self._known(node) - {column.name.lower() for column in node.columns}
        for name in sorted(others):
            ruled = self._ruled(node, name) if self._rules.columns else None
            declared = self._together(ColumnRef(node.id, name), by_column.get(name, []), ruled)
            if declared is not None:
                found[name] = declared
        return found

    def _known(self, node: Node) -> set[str]:
        if node.id not in self._graph:
            return set()
        return {name.lower() for name in self._graph.column_names(node.id)} - {"*"}

    def _column(self, ref: ColumnRef, column: Column) -> list[Said]:
        found: list[Said] = []
        if column.meta:
            for meta in _metas(column.meta):
                for key, value in meta:
                    found += self._value(ref, key, value)
            found = [_with_level(each, column.meta) for each in found]
        if column.tags:
            found += self._tags(ref, column.tags)
        return found

    def _ruled(self, node: Node, column: str) -> list[tuple[ColumnRule, Said]]:
        found = []
        for rule in self._rules.columns:
            if fits(rule.where.columns, (column,)) and self._matcher.fits(
                rule.where, Subject("", node.id, column)
            ):
                classes = frozenset(c for c in rule.classes if c != "none")
                found.append((rule, Said(classes, rule.level, rule.place)))
        return found

    # -- values ----------------------------------------------------------------------------------

    def _value(self, ref: ColumnRef, by: str, value: Any) -> list[Said]:
        """``email``, ``true``, ``[email, name]``, ``{class: email, level: pseudonymised}``."""
        if isinstance(value, Mapping):
            return self._form(ref, by, value)
        if isinstance(value, list | tuple):
            if not value:
                return []
            parts = [said for each in value for said in self._value(ref, by, each)]
            classes = frozenset().union(*(p.classes for p in parts))
            levels = [p.level for p in parts if p.level is not None]
            return [Said(classes, min(levels) if levels else None, by)] if parts else []
        if value is None:
            return []
        word = plain_word(str(value))
        if word in _NO or word == "":
            return [Said(frozenset(), None, by)] if word else []
        if word in _YES:
            return [Said(frozenset((ANY,)), None, by)]
        level = LEVELS.get(word)
        if level is not None and class_of(word, self._rules.classes) is None:
            return [Said(frozenset((ANY,)), level, by)]
        return [Said(frozenset((self._class(ref, by, str(value)),)), None, by)]

    def _form(self, ref: ColumnRef, by: str, value: Mapping[str, Any]) -> list[Said]:
        named = next((value[key] for key in _CLASS_KEYS if key in value), True)
        found = self._value(ref, by, named)
        text = next((value[key] for key in _OWN_LEVEL_KEYS if key in value), None)
        level = self._level(ref, by, text)
        unknown = [str(key) for key in value if key not in _FORM]
        if unknown:
            near = did_you_mean(unknown[0], sorted(_FORM))
            hint = f"; {near[0][1]}" if near else ""
            self._fault("unknown-class", ref, f"{by} has the unknown key '{unknown[0]}'{hint}")
        return [s._replace(level=level) if level is not None else s for s in found]

    def _level(self, ref: ColumnRef, by: str, value: Any) -> Level | None:
        if value is None or value is False:
            return None
        word = plain_word(str(value))
        if value is True or word in LEVELS:
            return Level.PSEUDONYMISED if value is True else LEVELS[word]
        hint = "; has raw, partial, pseudonymised, none"
        self._fault("unknown-class", ref, f"{by} declares the unknown level '{value}'{hint}")
        return None

    def _class(self, ref: ColumnRef, by: str, text: str) -> str:
        found = class_of(text, self._rules.classes)
        if found is not None:
            return found
        near = did_you_mean(plain_word(text), sorted({*CLASSES, *self._rules.classes}))
        hint = f"; {near[0][1]}" if near else ""
        self._fault("unknown-class", ref, f"{by} declares the unknown class '{text}'{hint}")
        return ANY

    def _tags(self, ref: ColumnRef, tags: Iterable[str]) -> list[Said]:
        found = []
        for tag in tags:
            match = TAG.fullmatch(tag)
            if match is None:
                continue
            by = f"tag '{tag}'"
            if match["not"] or plain_word(match["word"] or "") in _NO:
                found.append(Said(frozenset(), None, by))
            elif not match["word"]:
                found.append(Said(frozenset((ANY,)), None, by))
            else:
                found += self._value(ref, by, match["word"])
        return found

    # -- several ---------------------------------------------------------------------------------

    def _together(
        self, ref: ColumnRef, said: list[Said], ruled: list[tuple[ColumnRule, Said]] | None = None
    ) -> Declared | None:
        """All declarations of a column as one; a rule by pattern counts only where none is."""
        exact = [s for rule, s in ruled or () if not rule.is_general]
        every = [*said, *exact]
        if not every:
            every = [s for rule, s in ruled or () if rule.is_general][-1:]
        if not every:
            return None
        self._agree(ref, every)
        classes = frozenset().union(*(s.classes for s in every))
        if len(classes) > 1:
            classes -= {ANY}
        levels = [s.level for s in every if s.level is not None and s.classes]
        level = min(levels, default=Level.RAW if classes else Level.NONE)
        return Declared(classes, level, bool(levels), ", ".join(s.by for s in every))

    def _agree(self, ref: ColumnRef, every: list[Said]) -> None:
        for at, one in enumerate(every):
            for other in every[at + 1 :]:
                if not _agree(one, other):
                    message = f"{one.by} says {_told(one)}, and {other.by} says {_told(other)}"
                    self._fault("contradiction", ref, message)
                    return

    def _fault(self, rule: str, ref: ColumnRef, message: str) -> None:
        self._faults.append(Fault(rule, ref, message))


_HOLDERS = ("model.", "seed.", "snapshot.", "source.")


def _metas(meta: Mapping[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    """The entries that declare, of a meta and of its part ``headwater``."""
    yield [(f"meta.{key}", meta[key]) for key in _declaring(meta)]
    own = meta.get("headwater")
    if isinstance(own, Mapping):
        yield [(f"meta.headwater.{key}", own[key]) for key in _declaring(own)]


def _declaring(meta: Mapping[str, Any]) -> list[str]:
    """The keys that declare, ``PII`` and ``contains-pii`` too, in the order of `KEYS`."""
    found = [key for key in meta if plain_word(str(key)) in KEYS]
    return sorted(found, key=lambda key: (KEYS.index(plain_word(str(key))), str(key)))


def _with_level(said: Said, meta: Mapping[str, Any]) -> Said:
    """``pii_level: pseudonymised`` beside ``pii: email``."""
    word = next((plain_word(str(meta[key])) for key in _LEVEL_KEYS if key in meta), "")
    return said._replace(level=LEVELS[word]) if word in LEVELS and said.level is None else said


def _agree(one: Said, other: Said) -> bool:
    if bool(one.classes) is not bool(other.classes):
        return False
    generic = ANY in one.classes or ANY in other.classes
    if not generic and one.classes != other.classes:
        return False
    return one.level is None or other.level is None or one.level is other.level


def _told(said: Said) -> str:
    if not said.classes:
        return "it is free of personal data"
    names = ", ".join(sorted(said.classes))
    return names if said.level is None else f"{names} ({said.level.word})"


def declared_masks(project: Project, rules: PiiRules) -> dict[str, str]:
    """Function -> what it leaves: of the rules, and of the metas of dbt's functions."""
    found = dict(rules.masks)
    for node_id in project.nodes:
        if not node_id.startswith("function."):  # to look at every node takes longer than all else
            continue
        node = project.nodes[node_id]
        if not node.meta:
            continue
        own = node.meta.get("headwater")
        word = own.get("mask") if isinstance(own, Mapping) else node.meta.get("mask")
        level = LEVELS.get(plain_word(str(word))) if word is not None else None
        if plain_word(str(word)) == "reveal":
            found.setdefault(node.name.lower(), "reveal")
        elif level is not None and level is not Level.RAW:
            found.setdefault(node.name.lower(), level.word)
    return found
