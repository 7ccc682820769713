"""dbt's selections as trees: from the command line's text and from ``selectors.yml``.

A tree is read once and says what is meant; `headwater.graph.selection` walks it over a project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeGuard, get_args

from headwater.core.errors import SelectionError, did_you_mean, shown
from headwater.core.selecting import Indirect

_CRITERION = re.compile(
    r"(?P<at>@)?(?P<up>(?P<up_depth>\d*)\+)?(?:(?P<method>[\w.]+):)?(?P<value>.*?)"
    r"(?P<down>\+(?P<down_depth>\d*))?",
    re.S,
)
_FILE_NAME = re.compile(r"\.(sql|py|csv)$", re.I)
_WAYS = ("eager", "cautious", "buildable", "empty")
assert set(_WAYS) == set(get_args(Indirect))  # noqa: S101 - a mistake of ours, seen on import
_KEYS = (
    "method value parents parents_depth children children_depth childrens_parents exclude "
    "indirect_selection"
).split()


class How(Enum):
    """How the parts of a group go together."""

    UNION = "union"
    INTERSECTION = "intersection"
    DIFFERENCE = "difference"  #: the first without all others


@dataclass(frozen=True, slots=True)
class Criterion:
    """``2+tag:nightly+``: a method and a value, and what is taken along around them.

    A depth of ``None`` is all the way; ``indirect`` of ``None`` is whatever the caller wants.
    """

    text: str
    method: str
    value: Any
    at: bool = False
    up: bool = False
    up_depth: int | None = None
    down: bool = False
    down_depth: int | None = None
    indirect: Indirect | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Several selections as one. ``indirect`` of ``None`` is whatever the caller wants."""

    how: How
    parts: tuple[Spec, ...]
    indirect: Indirect | None = "eager"


Spec = Criterion | Group


def is_way(text: object) -> TypeGuard[Indirect]:
    """Whether a text says how tests follow what they test."""
    return text in _WAYS


def default_method(value: str) -> str:
    """The method of a value without one: a path, a file name or a name."""
    if "/" in value or "\\" in value:
        return "path"
    return "file" if _FILE_NAME.search(value) else "fqn"


# -- the command line ----------------------------------------------------------------------------


def from_words(expressions: Sequence[str]) -> Group:
    """``a b`` is a union, ``a,b`` an intersection. *Raises*: `SelectionError`."""
    parts = [part for expression in expressions for part in expression.split()]
    groups = (
        Group(How.INTERSECTION, tuple(map(from_text, part.split(","))), None) for part in parts
    )
    return Group(How.UNION, tuple(groups), None)


def from_text(text: str) -> Criterion:
    """One criterion with its graph operators. *Raises*: `SelectionError`."""
    found = _CRITERION.fullmatch(text)
    if found is None or not found["value"]:
        hint = ("hint", "a selection is a name, or method:value, with + and @ around it")
        raise SelectionError(f"cannot read the selection '{text}'", hint)
    if found["at"] and found["down"]:
        hint = ("hint", f"'@' selects downstream already: write '{text.rstrip('+0123456789')}'")
        raise SelectionError(f"'@' and '+' at the end of '{text}' do not go together", hint)
    return Criterion(
        text,
        found["method"] or default_method(found["value"]),
        found["value"],
        at=bool(found["at"]),
        up=bool(found["up"]),
        up_depth=_depth(found["up_depth"], text),
        down=bool(found["down"]),
        down_depth=_depth(found["down_depth"], text),
    )


def _depth(value: Any, text: str) -> int | None:
    if value in (None, ""):
        return None
    if str(value).isdecimal():
        return int(value)
    raise SelectionError(f"a depth is a whole number, not '{value}', in '{text}'")


# -- selectors.yml -------------------------------------------------------------------------------


def from_definition(definition: Any, name: str) -> Spec:
    """The definition of a selector called ``name``. *Raises*: `SelectionError`."""
    if isinstance(definition, str):
        return from_text(definition)
    if not isinstance(definition, Mapping):
        kind = "nothing" if definition is None else type(definition).__name__
        raise _unreadable(name, f"a text or an object was expected, not {kind}")
    for how in (How.UNION, How.INTERSECTION):
        if how.value in definition:
            return _group(how, definition[how.value], name)
    return _criterion(definition, name)


def _group(how: How, parts: Any, name: str) -> Spec:
    listed = _list(parts, how.value, name)
    without = [p for p in listed if isinstance(p, Mapping) and "exclude" in p and "value" not in p]
    if len(without) > 1:
        raise _unreadable(name, f"'{how.value}' has more than one 'exclude'")
    kept = [from_definition(part, name) for part in listed if part not in without]
    group = Group(how, tuple(kept))
    return _less(group, without[0]["exclude"], name) if without else group


def _less(spec: Spec, exclude: Any, name: str) -> Group:
    listed = [exclude] if isinstance(exclude, Mapping) else _list(exclude, "exclude", name)
    parts = [from_definition(part, name) for part in listed]
    return Group(How.DIFFERENCE, (spec, Group(How.UNION, tuple(parts))))


def _criterion(found: Mapping[str, Any], name: str) -> Spec:
    if len(found) == 1 and "method" not in found:
        ((method, value),) = found.items()
        found = {"method": method, "value": value}
    if not {"method", "value"} <= found.keys():
        raise _unreadable(name, f"'method' and 'value' are needed, found {shown(map(str, found))}")
    unknown = next((str(key) for key in sorted(found, key=str) if key not in _KEYS), None)
    if unknown is not None:
        raise _unreadable(name, f"'{unknown}' is no key", *did_you_mean(unknown, _KEYS))
    indirect = found.get("indirect_selection")
    if indirect is not None and not is_way(indirect):
        raise _unreadable(name, f"no indirect selection '{indirect}'", ("has", shown(_WAYS)))
    text = f"{found['method']}:{found['value']}"
    base = Criterion(
        text,
        str(found["method"]),
        found["value"],
        at=bool(found.get("childrens_parents")),
        up=bool(found.get("parents")),
        up_depth=_depth(found.get("parents_depth"), text),
        down=bool(found.get("children")),
        down_depth=_depth(found.get("children_depth"), text),
        indirect=indirect,
    )
    return _less(base, found["exclude"], name) if "exclude" in found else base


def _list(value: Any, key: str, name: str) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    raise _unreadable(name, f"'{key}' takes a list")


def _unreadable(name: str, why: str, *more: tuple[str, str]) -> SelectionError:
    return SelectionError(f"cannot read the selector '{name}'", ("why", why), *more)
