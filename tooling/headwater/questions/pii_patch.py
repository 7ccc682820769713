"""YAML that declares personal data: ready to be put into the project's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from headwater.core.project import Node
from headwater.questions.pii_words import Level

Wanted = Mapping[str, Mapping[str, tuple[tuple[str, ...], Level]]]
_SECTIONS = {"source": "sources", "seed": "seeds", "snapshot": "snapshots", "model": "models"}
_PLAIN = re.compile(r"[A-Za-z_][\w]*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


def inline(classes: Iterable[str], level: Level = Level.RAW) -> str:
    """``pii: email``, or with a level ``pii: {class: email, level: partial}``."""
    names = sorted(classes)
    told = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    if level is Level.RAW:
        return f"pii: {told}"
    return f"pii: {{class: {told}, level: {level.word}}}"


def patch_yaml(nodes: Mapping[str, Node], wanted: Wanted) -> str:
    """The properties that declare these columns, by kind, node and column."""
    lines: list[str] = []
    for kind, section in _SECTIONS.items():
        found = sorted(n for n in wanted if n in nodes and nodes[n].kind == kind)
        if not found:
            continue
        lines += ["", f"{section}:"] if lines else [f"{section}:"]
        if kind == "source":
            lines += _sources([nodes[n] for n in found], wanted)
            continue
        for node_id in found:
            lines.append(f"  - name: {_scalar(nodes[node_id].name)}")
            lines += _columns(wanted[node_id], "    ")
    return "\n".join(lines) + "\n" if lines else ""


def _sources(found: list[Node], wanted: Wanted) -> list[str]:
    lines: list[str] = []
    current = None
    for node in found:
        name = node.fqn[-2] if len(node.fqn) > 1 else node.id.split(".")[-2]
        if name != current:
            lines += [f"  - name: {_scalar(name)}", "    tables:"]
            current = name
        lines.append(f"      - name: {_scalar(node.name)}")
        lines += _columns(wanted[node.id], "        ")
    return lines


def _columns(columns: Mapping[str, tuple[tuple[str, ...], Level]], indent: str) -> list[str]:
    lines = [f"{indent}columns:"]
    for name, (classes, level) in sorted(columns.items()):
        lines += [
            f"{indent}  - name: {_scalar(name)}",
            f"{indent}    config:",
            f"{indent}      meta:",
            f"{indent}        {inline(classes, level)}",
        ]
    return lines


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
