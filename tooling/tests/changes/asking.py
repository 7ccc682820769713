"""What `lineage diff` says about a pair."""

from __future__ import annotations

import tempfile
from pathlib import Path

import headwater
from headwater.questions.diff import Diff, diff

from .manifests import write_sides
from .pair_files import Pair


def ask(pair: Pair) -> Diff:
    """The answer, from two manifests."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sides(pair, Path(folder))
        base, head = (headwater.load(manifest=path, use_cache=False) for path in paths)
        return diff(base, head)
