"""A manifest's entries, of which only the new ones are decoded.

Between two runs of dbt most entries stay as they were, letter for letter. Every entry has a digest;
one whose digest an earlier load knew need not become a `Node` again: its packed form is at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec
from msgspec import Raw, Struct

from headwater.artifacts.documents import (
    GroupDoc,
    MacroDoc,
    ManifestDoc,
    Metadata,
    NodeDoc,
    OwnedDoc,
)
from headwater.artifacts.stored import DIGEST_SIZE, StoredNodes

#: What the entries of each part of a manifest are.
SECTIONS: Mapping[str, type[NodeDoc | OwnedDoc]] = {
    "nodes": NodeDoc,
    "sources": NodeDoc,
    "functions": NodeDoc,
    "exposures": OwnedDoc,
    "metrics": OwnedDoc,
    "semantic_models": OwnedDoc,
    "saved_queries": OwnedDoc,
    "unit_tests": OwnedDoc,
}


class _RawManifest(Struct, gc=False):
    """A manifest whose entries are still text."""

    metadata: Metadata
    nodes: dict[str, Raw]
    sources: dict[str, Raw]
    exposures: dict[str, Raw] | None = None
    metrics: dict[str, Raw] | None = None
    semantic_models: dict[str, Raw] | None = None
    saved_queries: dict[str, Raw] | None = None
    unit_tests: dict[str, Raw] | None = None
    functions: dict[str, Raw] | None = None
    groups: dict[str, GroupDoc] | None = None
    macros: dict[str, MacroDoc] | None = None


_RAW = msgspec.json.Decoder(_RawManifest, strict=False)
_DECODERS = {
    kind: msgspec.json.Decoder(kind, strict=False) for kind in dict.fromkeys(SECTIONS.values())
}


@dataclass(slots=True)
class Entries:
    """A manifest without the entries that are known.

    ``digests`` are those of all entries by id; ``same`` the ids of those that are left out.
    """

    document: ManifestDoc
    digests: dict[str, bytes] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)


def decode_entries(data: bytes, version: int, known: StoredNodes | None) -> Entries:
    """The manifest in ``data``, of schema ``version``; ``known`` are the nodes of an earlier load.

    *Raises*: `msgspec.DecodeError`, `UnicodeDecodeError` or `RecursionError`, as any decoding; and
    `msgspec.ValidationError` when one id stands in two sections.
    """
    raw = _RAW.decode(data)
    entries = Entries(ManifestDoc(raw.metadata, {}, {}, groups=raw.groups, macros=raw.macros))
    # An entry's node has the owner of its group in it, and a field may mean more in a new schema.
    common = sha256(msgspec.json.encode([version, raw.groups], order="deterministic"))
    for section, kind in SECTIONS.items():
        found: dict[str, Raw] | None = getattr(raw, section)
        salted = common.copy()
        salted.update(section.encode())
        decode, fresh = _DECODERS[kind].decode, {}
        for key, text in found.items() if found else ():
            digest = salted.copy()
            digest.update(text)
            mark = digest.digest()[:DIGEST_SIZE]
            if key in entries.digests:
                raise msgspec.ValidationError(f"'{key}' stands in two sections")
            entries.digests[key] = mark
            if known is not None and known.entry_digest(key) == mark:
                entries.same.append(key)
            else:
                fresh[key] = decode(text)
        setattr(entries.document, section, fresh)
    return entries
