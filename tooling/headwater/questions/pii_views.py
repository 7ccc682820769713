"""Masked views: what their policies leave, which the warehouse applies when somebody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headwater.core.project import Node
from headwater.questions.loaded import Loaded
from headwater.questions.pii_declared import mentioning
from headwater.questions.pii_flow import Flow
from headwater.questions.pii_words import Level, class_of

MASKED_VIEW = "masked_view"
#: Mask of a policy -> what is left for whoever is not meant to see more; the others leave a part.
_LEFT = {
    "hide": Level.NONE,
    "hash_pii": Level.PSEUDONYMISED,
    "tokenize": Level.PSEUDONYMISED,
    "date_shift": Level.PSEUDONYMISED,
    "reveal": Level.RAW,
}
_KNOWN = frozenset(
    """mask_partial mask_email mask_phone mask_card mask_iban mask_ip mask_name mask_text mask_json
    generalize_date generalize_number generalize_geo noise shuffle""".split()
)


def hold_masked_views(flow: Flow, loaded: Loaded) -> None:
    """Let the columns of masked views hold no more than their policies leave.

    A policy by class holds data of that class; a mask at a column is instead of it, for all data
    there. A mask that is not known leaves everything, and so does `reveal`.
    """
    graph = loaded.graph
    for node_id in mentioning(loaded.project.nodes, (MASKED_VIEW.encode(),)):
        node = loaded.project.nodes[node_id]
        if node.materialized != MASKED_VIEW or node_id not in graph:
            continue
        policies, own = list(_policies(node)), _own_masks(node)
        for vertex in graph.columns_of(node_id):
            mask = own.get(graph.name(vertex).lower())
            holds = policies if mask is None else [((), _left(mask))]
            flow.held.setdefault(vertex, []).extend(holds)


def _policies(node: Node) -> Iterator[tuple[tuple[str, ...], Level]]:
    for word, mask in _mapping(_mapping(node.meta.get("headwater")).get("policies")).items():
        name = class_of(str(word)) or str(word)
        yield (name,), _left(mask)


def _own_masks(node: Node) -> dict[str, Any]:
    found = {}
    for column in node.columns:
        mask = _mapping(column.meta.get("headwater")).get("mask")
        if mask is not None:
            found[column.name.lower()] = mask
    return found


def _left(mask: Any) -> Level:
    name = next(iter(mask), "") if isinstance(mask, Mapping) else mask
    return _LEFT.get(str(name), Level.PARTIAL if name in _KNOWN else Level.RAW)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
