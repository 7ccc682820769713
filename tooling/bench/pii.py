"""Measure `lineage pii` on a generated project.

``python tooling/bench/pii.py [--models 5000]``: of every source two columns are personal. Printed
are the seconds of whole processes, the least of three with a warm cache, the columns of the project
and how many of them hold personal data.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from measure import lineage
from synthetic import make_project, write_project

CLASSES = ("email", "name")


def declare(manifest: dict[str, Any]) -> None:
    """The first columns of every source that are no key."""
    for source in manifest["sources"].values():
        named = [name for name in source["columns"] if not name.endswith("id")]
        for name, kind in zip(named, CLASSES, strict=False):
            meta = {"pii": kind}
            source["columns"][name] |= {"meta": meta, "config": {"meta": meta, "tags": []}}


def make(models: int, folder: Path) -> tuple[Path, int]:
    """The target folder of a project with declared columns, and the columns of its models."""
    made = make_project(models)
    write_project(made, folder, catalog=False)
    target = next(folder.rglob("manifest.json")).parent
    manifest = json.loads((target / "manifest.json").read_text())
    declare(manifest)
    (target / "manifest.json").write_text(json.dumps(manifest))
    return target, sum(map(len, made.truth.direct.values()))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target, columns = make(options.models, Path(folder))
        out = Path(folder) / "pii.json"
        words = ["pii", "--fail-on", "none"]
        lineage([*words, "-o", "json", "--out", str(out)], target)  # makes the cache
        spent = lineage(words, target, repeat=3)
        held = len(json.loads(out.read_text())["data"]["columns"])
    print(
        f"lineage pii on {options.models:,} models with {columns:,} columns:"
        f" {spent.wall:.2f} s, {spent.cpu:.2f} s of one core"
    )
    print(f"columns that hold personal data: {held:,}")


if __name__ == "__main__":
    main()
