"""The methods of dbt's node selection: what ``tag:``, ``source:``, ``path:`` … match.

Each maker takes the project, the arguments of the method (``config.materialized`` has one) and the
value, and gives a predicate over nodes.

*Source*: https://docs.getdbt.com/reference/node-selection/methods, tried against ``dbt ls``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from headwater.core.errors import SelectionError, did_you_mean, shown
from headwater.core.project import Node, Project
from headwater.graph.selection_states import result, source_status, state

Predicate = Callable[[Node], bool]
Maker = Callable[[Project, Sequence[str], Any], Predicate]

#: Kinds that live beside dbt's ``nodes`` (models, tests, seeds …) in a manifest.
_OWNED = frozenset(
    {"source", "exposure", "metric", "semantic_model", "saved_query", "unit_test", "function"}
)
_RESOURCE_TYPES = frozenset(
    {"model", "analysis", "test", "snapshot", "seed", "operation", "sql_operation", "macro"}
    | {"doc", "block", "group", "fixture", "seed"}
    | _OWNED
)
_TEST_TYPES: Mapping[str, frozenset[str]] = {
    "generic": frozenset({"generic"}),
    "schema": frozenset({"generic"}),
    "singular": frozenset({"singular"}),
    "data": frozenset({"generic", "singular"}),
    "unit": frozenset({"unit"}),
}
_WILD = re.compile(r"[*?\[\]]")
#: Methods that compare the value itself; all others its text.
_ANY_VALUE = frozenset({"config"})


def make_predicate(project: Project, method: str, value: Any) -> Predicate:
    """What ``method:value`` matches. *Raises*: `SelectionError`."""
    name, *arguments = method.split(".")
    maker = METHODS.get(name)
    if maker is None:
        known = [*METHODS, "selector"]
        raise SelectionError(
            f"no selection method '{name}' in '{method}:{value}'",
            ("has", shown(known, len(known))),
            *did_you_mean(name, known),
        )
    if isinstance(value, bool) or name not in _ANY_VALUE:
        value = str(value)
    return maker(project, arguments, value)


# -- names ---------------------------------------------------------------------------------------


def _fqn(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    bare = "." not in value and _knows_bare_wildcards(project.dbt_version)

    def matches(node: Node) -> bool:
        if node.kind == "source" or not node.fqn:
            return False
        fits = _name_fits(node.fqn, value, node) or _name_fits(node.fqn[1:], value, node)
        return fits or (bare and fnmatchcase(_leaf(node), value))

    return matches


def _knows_bare_wildcards(dbt_version: str) -> bool:
    """Whether ``fct*`` fits a model in any folder: since autumn 2026 in every line of dbt."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", dbt_version)
    if found is None:
        return True
    major, minor, patch = map(int, found.groups())
    return (major, minor) >= (1, 10) and patch > _LAST_WITHOUT.get((major, minor), -1)


#: The last patch of a line of dbt in which a wildcard had to fit from the first folder on.
_LAST_WITHOUT = {(1, 10): 23, (1, 11): 15, (1, 12): 0}


def _leaf(node: Node) -> str:
    versioned = node.version is not None and len(node.fqn) > 1
    return node.fqn[-2] if versioned else node.fqn[-1]


def _name_fits(fqn: Sequence[str], value: str, node: Node) -> bool:
    """Whether a value names the node, or a folder that it lies in, or fits by wildcards."""
    if not fqn:
        return False
    wanted, parts = value.split("."), ".".join(fqn).split(".")
    versioned = node.version is not None and len(fqn) > 1
    leaf = fqn[-2] if versioned else fqn[-1]
    if leaf == value or (versioned and "_".join(fqn[-2:]) == "_".join(wanted[-2:])):
        return True
    if len(parts) < len(wanted):
        return False
    at = next((i for i, part in enumerate(wanted) if _WILD.search(part)), len(wanted))
    if wanted[:at] != parts[:at]:
        return False
    return at == len(wanted) or fnmatchcase(".".join(parts[at:]), ".".join(wanted[at:]))


def _source(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    parts = value.split(".")
    if len(parts) > 3:
        hint = ("hint", "write source:SOURCE, source:SOURCE.TABLE or source:PACKAGE.SOURCE.TABLE")
        raise SelectionError(f"too many dots in 'source:{value}'", hint)
    package = parts.pop(0) if len(parts) == 3 else "*"
    name, table = parts if len(parts) == 2 else (parts[0], "*")

    def matches(node: Node) -> bool:
        return (
            node.kind == "source"
            and fnmatchcase(node.package, package)
            and fnmatchcase(str(node.extra.get("source_name", "")), name)
            and fnmatchcase(node.name, table)
        )

    return matches


def _owned(kind: str, project: Project, arguments: Sequence[str], value: str) -> Predicate:
    parts = value.split(".")
    if len(parts) > 2:
        hint = ("hint", f"write {kind}:NAME or {kind}:PACKAGE.NAME")
        raise SelectionError(f"too many dots in '{kind}:{value}'", hint)
    package, name = parts if len(parts) == 2 else ("*", parts[0])

    def matches(node: Node) -> bool:
        return (
            node.kind == kind
            and fnmatchcase(node.package, package)
            and fnmatchcase(node.name, name)
        )

    return matches


# -- places --------------------------------------------------------------------------------------


def _path(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    """A file or folder, by what the root project has; a package's files lie in folders of it."""
    pattern = _glob(value.replace("\\", "/").removeprefix("./").rstrip("/"))
    own = (_slashed(n.path) for n in project.nodes.values() if n.package == project.name)
    there = {place for path in own for place in _places(path)}
    there |= {_patch(n) for n in project.nodes.values()} - {""}
    hit = frozenset(place for place in there if pattern.fullmatch(place))

    def matches(node: Node) -> bool:
        return not hit.isdisjoint(_places(_slashed(node.path))) or _patch(node) in hit

    return matches


def _places(path: str) -> list[str]:
    """The path and the folders it lies in."""
    parts = path.split("/")
    return ["/".join(parts[:size]) for size in range(1, len(parts) + 1)]


def _patch(node: Node) -> str:
    """The YAML file that describes the node (``shop://models/schema.yml``)."""
    return _slashed(str(node.extra.get("patch_path") or "").partition("://")[2])


def _slashed(path: str) -> str:
    return path.replace("\\", "/")


def _glob(pattern: str) -> re.Pattern[str]:
    """A path pattern: ``*`` stays within one folder, ``**`` does not."""
    pieces = re.split(r"(\*\*/?|\*|\?|\[[^\]]*\])", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(words.get(p) or (p if p.startswith("[") else re.escape(p)) for p in pieces)
    )


def _file(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    def matches(node: Node) -> bool:
        name = _slashed(node.path).rpartition("/")[2]
        stem = name.rpartition(".")[0] or name
        return fnmatchcase(name, value) or fnmatchcase(stem, value)

    return matches


def _package(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    wanted = project.name if value == "this" else value
    return lambda node: fnmatchcase(node.package, wanted)


# -- attributes ----------------------------------------------------------------------------------


def _tag(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    return lambda node: any(fnmatchcase(tag, value) for tag in node.tags)


def _group(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    def matches(node: Node) -> bool:
        has_groups = node.kind not in _OWNED or node.kind == "metric"
        return has_groups and node.group is not None and fnmatchcase(node.group, value)

    return matches


def _access(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    return lambda node: node.kind == "model" and node.access == value


def _version(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    """``latest``, ``prerelease``, ``old`` or ``none``, for models."""
    known = ("latest", "none", "old", "prerelease")
    if value not in known:
        raise SelectionError(f"no version '{value}' to select", ("has", shown(known)))

    def matches(node: Node) -> bool:
        if node.kind != "model":
            return False
        if node.version is None:
            return value == "none"
        latest = node.extra.get("latest_version")
        if value == "none" or latest is None:
            return False
        difference = _order(node.version, str(latest))
        return {"latest": difference == 0, "prerelease": difference > 0, "old": difference < 0}[
            value
        ]

    return matches


def _order(one: str, other: str) -> int:
    """-1, 0 or 1: by number where both are numbers, else by text."""
    try:
        a, b = float(one), float(other)
    except ValueError:
        return (one > other) - (one < other)
    return (a > b) - (a < b)


def _resource_type(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    if value not in _RESOURCE_TYPES:
        known = sorted(_RESOURCE_TYPES)
        raise SelectionError(
            f"no resource type '{value}'", ("has", shown(known, 20)), *did_you_mean(value, known)
        )
    return lambda node: node.kind == value


def _config(project: Project, arguments: Sequence[str], value: Any) -> Predicate:
    """``config.materialized:table``; a list matches when it holds the value."""
    if not arguments:
        raise SelectionError(
            f"no setting named in 'config:{value}'", ("hint", "write config.materialized:table")
        )
    fold = list(arguments) == ["severity"]

    def matches(node: Node) -> bool:
        if node.kind in _OWNED and node.kind != "source":
            return False
        found: Any = node.config
        for key in arguments:
            if not isinstance(found, Mapping) or key not in found:
                return False
            found = found[key]
        values = found if isinstance(found, list) else [found]
        return any(_config_fits(one, value, fold) for one in values)

    return matches


def _config_fits(found: Any, value: Any, fold: bool) -> bool:
    if isinstance(found, bool):
        return str(value).lower() == str(found).lower()
    if isinstance(found, str) and fold:
        return found.lower() == str(value).lower()
    return bool(found == value)


# -- tests ---------------------------------------------------------------------------------------


def _test_name(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    def matches(node: Node) -> bool:
        if node.kind == "unit_test":
            return fnmatchcase(node.name, value)
        metadata = node.extra.get("test_metadata") if node.kind == "test" else None
        return isinstance(metadata, Mapping) and fnmatchcase(str(metadata.get("name")), value)

    return matches


def _test_type(project: Project, arguments: Sequence[str], value: str) -> Predicate:
    if value not in _TEST_TYPES:
        raise SelectionError(f"no test type '{value}'", ("has", shown(_TEST_TYPES)))
    wanted = _TEST_TYPES[value]

    def matches(node: Node) -> bool:
        if node.kind == "unit_test":
            return "unit" in wanted
        kind = "generic" if node.extra.get("test_metadata") else "singular"
        return node.kind == "test" and kind in wanted

    return matches


METHODS: Mapping[str, Maker] = {
    "access": _access,
    "config": _config,
    "exposure": partial(_owned, "exposure"),
    "file": _file,
    "fqn": _fqn,
    "group": _group,
    "metric": partial(_owned, "metric"),
    "package": _package,
    "path": _path,
    "resource_type": _resource_type,
    "result": result,
    "saved_query": partial(_owned, "saved_query"),
    "semantic_model": partial(_owned, "semantic_model"),
    "source": _source,
    "source_status": source_status,
    "state": state,
    "tag": _tag,
    "test_name": _test_name,
    "test_type": _test_type,
    "unit_test": partial(_owned, "unit_test"),
    "version": _version,
}
