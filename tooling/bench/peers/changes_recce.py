"""Recce's answers: ``changes_recce.py FOLDER``.

Its server renders each model and classifies the change; that classifier is asked here, with what
the server would hand it: names as the server renders them, and the columns of what the model reads.
What lies downstream is shown by its server only, which needs a project and its warehouse.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from recce.util.change_classifier import parse_change_category

_SOURCE = re.compile(r"\{\{ source\('(\w+)', '(\w+)'\) \}\}")
_REF = re.compile(r"\{\{ ref\('(\w+)'\) \}\}")


def main(folder: Path) -> None:
    """One line of JSON per pair."""
    for pair in sorted(folder.iterdir()):
        dialect = json.loads((pair / "pair.json").read_text())["dialect"]
        base, head = (
            json.loads((pair / s / "target" / "manifest.json").read_text())
            for s in ("base", "head")
        )
        known = [
            json.loads((pair / s / "target" / "catalog.json").read_text()) for s in ("base", "head")
        ]
        words, said = set(), False
        for key in sorted(base["nodes"].keys() | head["nodes"].keys()):
            old, new = base["nodes"].get(key), head["nodes"].get(key)
            if (old or new)["resource_type"] != "model":
                continue
            if old is None or new is None:
                words.add("added" if old is None else "removed")
                said = True
                continue
            sides = zip((old, new), known, strict=True)
            texts = [(_rendered(n), _schema(n, c)) for n, c in sides]
            if texts[0][0] == texts[1][0]:
                continue
            change = parse_change_category(
                texts[0][0],
                texts[1][0],
                old_schema=texts[0][1],
                new_schema=texts[1][1],
                dialect=dialect,
            )
            words.add(change.category)
            said = said or change.category != "non_breaking" or bool(change.columns)
        print(
            json.dumps({"pair": pair.name, "said": said, "words": sorted(words), "touched": None})
        )


def _rendered(node: dict) -> str:
    text = _SOURCE.sub(lambda m: f"__{m[1]}__{m[2]}", node["raw_code"])
    return _REF.sub(lambda m: m[1], text)


def _schema(node: dict, catalog: dict) -> dict:
    schema = {}
    every = catalog["nodes"] | catalog["sources"]
    for parent in node["depends_on"]["nodes"]:
        entry = every.get(parent)
        if entry is not None:
            parts = parent.split(".")
            name = f"__{parts[2]}__{parts[3]}" if parts[0] == "source" else parts[2]
            schema[name] = {c: found["type"] for c, found in entry["columns"].items()}
    return schema


if __name__ == "__main__":
    main(Path(sys.argv[1]))
