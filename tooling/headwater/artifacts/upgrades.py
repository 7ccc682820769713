"""Old manifests in the form of the newest: one small dict -> dict step per schema version.

Each step takes the manifest of its version and returns that of the next, changing it in place.
Only what headwater reads is brought forward. ``v7`` is dbt 1.3, ``v12`` is dbt 1.8 and later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

OLDEST = 7
NEWEST = 12


def upgrade(manifest: Json, version: int) -> Json:
    """``manifest``, written in schema ``version``, in the form of schema `NEWEST`."""
    for step in range(version, NEWEST):
        manifest = _STEPS[step](manifest)
    return manifest


def _from_v7(manifest: Json) -> Json:
    """1.3 -> 1.4: seeds lost everything that only compiled nodes have."""
    for node in _entries(manifest, "nodes").values():
        if node.get("resource_type") == "seed":
            for key in ("compiled_code", "raw_code", "language"):
                node.pop(key, None)
            node["depends_on"] = {"nodes": []}
    return manifest


def _from_v8(manifest: Json) -> Json:
    """1.4 -> 1.5: groups came; generic tests name the node they are attached to."""
    manifest.setdefault("groups", {})
    nodes = _entries(manifest, "nodes")
    names = {
        str(node.get("name")): key
        for key, node in nodes.items()
        if key.partition(".")[0] in ("model", "seed", "snapshot")
    }
    for node in nodes.values():
        if node.get("test_metadata") and not node.get("attached_node"):
            node["attached_node"] = _attached(node, names)
    return manifest


def _attached(test: Json, names: dict[str, str]) -> str | None:
    """The node of ``models.orders`` in ``file_key_name``, else the last node depended on.

    A ``relationships`` test depends on the referenced node first and on its own model last.
    """
    kind, _, name = str(test.get("file_key_name") or "").partition(".")
    if kind in ("models", "seeds", "snapshots") and name in names:
        return names[name]
    depends_on = test.get("depends_on")
    parents = depends_on.get("nodes") if isinstance(depends_on, dict) else None
    return str(parents[-1]) if isinstance(parents, list) and parents else None


def _from_v9(manifest: Json) -> Json:
    """1.5 -> 1.6: metrics moved to the semantic layer's form; semantic models came."""
    manifest.setdefault("semantic_models", {})
    for metric in _entries(manifest, "metrics").values():
        metric["type"] = metric.pop("calculation_method", None)
        metric["type_params"] = {"expr": metric.pop("expression", None)}
        metric.pop("filters", None)
    return manifest


def _from_v10(manifest: Json) -> Json:
    """1.6 -> 1.7: saved queries came; a metric's filter became a list of filters."""
    manifest.setdefault("saved_queries", {})
    for metric in _entries(manifest, "metrics").values():
        if metric.get("filter") is not None:
            metric["filter"] = {"where_filters": [metric["filter"]]}
    return manifest


def _from_v11(manifest: Json) -> Json:
    """1.7 -> 1.8: unit tests came."""
    manifest.setdefault("unit_tests", {})
    return manifest


_STEPS: dict[int, Callable[[Json], Json]] = {
    7: _from_v7,
    8: _from_v8,
    9: _from_v9,
    10: _from_v10,
    11: _from_v11,
}


def _entries(manifest: Json, section: str) -> dict[str, Json]:
    """The section's entries that look like entries; what else is wrong is said on decoding."""
    found = manifest.get(section)
    if not isinstance(found, dict):
        return {}
    return {key: entry for key, entry in found.items() if isinstance(entry, dict)}
