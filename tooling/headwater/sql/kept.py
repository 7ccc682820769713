"""Tables whose columns are not those of their query: snapshots, histories, applied changes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from headwater.core.edges import STRIDE, Effect, NodeLineage
from headwater.core.project import Node
from headwater.sql.histories import with_history_columns
from headwater.sql.snapshots import with_snapshot_columns

#: Columns that `cdc_apply` keeps for itself -> the column of the change that they are made of.
OWN = {"_cdc_seq": "seq", "_cdc_ts": "ts", "_cdc_older": "seq", "_cdc_deleted_at": "ts"}
#: What of a change decides whether its row is there, and in which version.
DECIDING = ("op", "seq")
Link = tuple[int, int, int, int, int, int]


def with_table_columns(lineage: NodeLineage, node: Node) -> NodeLineage:
    """The lineage of the node's table, made of that of its query."""
    if node.kind == "snapshot":
        return with_snapshot_columns(lineage, node)
    if node.materialized == "scd2":
        return with_history_columns(lineage, node)
    if node.materialized == "cdc_apply":
        return with_applied_columns(lineage, node)
    return lineage


def with_applied_columns(lineage: NodeLineage, node: Node) -> NodeLineage:
    """The table that `cdc_apply` makes of changes: rows of `key`, `op`, `ts`, `seq`, `payload`.

    A column is the member of that name in the payload. Where the payload is a source's row as JSON,
    that is the source's column of the name; else all that the payload is made of. Which columns the
    table has is known from the catalog, or from what is declared.
    """
    places = {name.lower(): at for at, name in enumerate(lineage.columns)}
    names = [column.name for column in node.catalog_columns or node.columns]
    if "payload" not in places or not names:
        return lineage
    links = array("i")
    for link in _links(lineage, -1):
        links.extend(link)
    for name in DECIDING:
        read = _links(lineage, places.get(name, -2))
        for source, start, end in dict.fromkeys((link[0], *link[4:]) for link in read):
            links.extend((source, -1, int(Effect.FILTER), 0, start, end))
    for at, name in enumerate(names):
        for source, _, effect, flags, start, end in _made_of(lineage, places, name):
            strength = max(effect, int(Effect.TRANSFORMATION))
            links.extend((source, at, strength, flags, start, end))
    marks = (lineage.column_flags[places["payload"]],) * len(names)
    return replace(lineage, columns=tuple(names), column_flags=marks, links=links)


def _made_of(lineage: NodeLineage, places: dict[str, int], name: str) -> list[Link]:
    found = list(_links(lineage, places.get(OWN.get(name.lower(), "payload"), -2)))
    same = [
        link for link in found if (lineage.sources[link[0]].column or "").lower() == name.lower()
    ]
    return same or found


def _links(lineage: NodeLineage, target: int) -> Iterator[Link]:
    """The links of a column, or of the rows (-1)."""
    links = lineage.links
    for at in range(0, len(links), STRIDE):
        if links[at + 1] == target:
            source, to, effect, flags, start, end = links[at : at + STRIDE]
            yield source, to, effect, flags, start, end
