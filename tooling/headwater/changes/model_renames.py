"""Which node that is gone is which node that is new: a new name, version or package."""

from __future__ import annotations

from collections.abc import Iterable

from headwater.changes.sides import Sides
from headwater.core.project import Node

_KINDS = frozenset({"model", "snapshot", "seed"})


def renamed_nodes(sides: Sides, gone: Iterable[Node], come: Iterable[Node]) -> dict[str, str]:
    """Base id -> head id. Only where it is certain: the same name, or the very same content."""
    olds = [node for node in gone if node.kind in _KINDS]
    news = {node.id: node for node in come if node.kind in _KINDS}
    found: dict[str, str] = {}
    for same in (_same_name, _same_content):
        for old in olds:
            if old.id in found:
                continue
            fitting = [new.id for new in news.values() if same(sides, old, new)]
            if len(fitting) == 1:
                found[old.id] = fitting[0]
                del news[fitting[0]]
    return found


def _same_name(sides: Sides, old: Node, new: Node) -> bool:
    """Another version, or another package: the name stayed."""
    return old.kind == new.kind and old.name == new.name


def _same_content(sides: Sides, old: Node, new: Node) -> bool:
    """The file's content stayed; its name did not."""
    if old.kind != new.kind:
        return False
    if old.kind == "seed":
        return bool(old.checksum) and old.checksum == new.checksum
    if old.raw_sql and new.raw_sql and old.raw_sql.strip() == new.raw_sql.strip():
        return True
    return old.sql is not None and new.sql is not None and _text(old) == _text(new)


def _text(node: Node) -> str:
    return (node.sql or "").replace(node.relation or "\0", "").strip()
