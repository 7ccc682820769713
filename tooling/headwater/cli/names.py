"""Model and column names for the shell, read from the artifacts' text without decoding them.

A TAB must answer at once and may never print an error, so nothing here runs the pipeline: the ids
are found by their pattern, and one node's entry is decoded when its columns are asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from headwater.core.columns import short_name

MOST_OFFERED = 500
# Ids are keys of objects (`{`) only where nodes are listed; elsewhere they are keys of lists.
_ENTRY = re.compile(rb'"((?:model|seed|snapshot|source)\.[^"\\]+)"\s*:\s*\{')
_SOURCE = "source:"


def complete_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """What a name on the command line may go on to be; nothing when that cannot be known."""
    try:
        return _completions(incomplete, _artifact_texts(ctx.params))[:MOST_OFFERED]
    except Exception:  # a message would end up in the middle of the command being typed
        return []


def _artifact_texts(params: Mapping[str, Any]) -> list[bytes]:
    """The manifest's bytes, and the catalog's when there is one."""
    from headwater.artifacts.files import read_bytes  # noqa: PLC0415 - not for other options
    from headwater.artifacts.paths import Wanted, find_artifacts  # noqa: PLC0415

    keys = ("project_dir", "target_path", "manifest", "catalog")
    paths = find_artifacts(Wanted(*(Path(v) if (v := params.get(k)) else None for k in keys)))
    texts = [read_bytes(paths.manifest, "manifest")]
    if paths.catalog is not None:
        texts.append(read_bytes(paths.catalog, "catalog"))
    return texts


def _completions(wanted: str, texts: list[bytes]) -> list[str]:
    ids: dict[str, str] = {}
    for found in _ENTRY.finditer(texts[0]):
        node = found[1].decode("utf-8", "replace")
        ids.setdefault(_typed(node), node)
    names = sorted(name for name in ids if name.startswith(wanted))
    # One name left: its columns too, so that the shell does not put a space after it.
    owners = names if len(names) == 1 else []
    owners = owners or [name for name in ids if wanted.startswith(f"{name}.")]
    columns = {f"{owner}.{column}" for owner in owners for column in _columns(ids[owner], texts)}
    return [*names, *sorted(name for name in columns if name.startswith(wanted))]


def _typed(node: str) -> str:
    return (_SOURCE if node.startswith("source.") else "") + short_name(node)


def _columns(node: str, texts: list[bytes]) -> Iterator[str]:
    """The columns of one node, declared or in the catalog."""
    key = json.dumps(node, ensure_ascii=False).encode()
    for text in texts:
        entry = re.search(re.escape(key) + rb"\s*:\s*(?=\{)", text)
        if entry is None:
            continue
        following = _ENTRY.search(text, entry.end())
        part = text[entry.end() : following.start() if following else len(text)]
        value, _ = json.JSONDecoder().raw_decode(part.decode("utf-8", "replace"))
        yield from value.get("columns") or ()


#: A model or column; TAB completes it.
Name = Annotated[
    str, typer.Argument(metavar="NAME", autocompletion=complete_names, show_default=False)
]
Names = Annotated[
    list[str], typer.Argument(metavar="NAME...", autocompletion=complete_names, show_default=False)
]
