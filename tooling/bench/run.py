"""Measure the tool: ``python tooling/bench/run.py`` (``make bench``) writes RESULTS.md.

Everything is measured on generated projects (see synthetic.py), as ratios inside one run: to the
limit "load the manifest and parse every model once", and to other tools. ``--quick`` takes small
projects and no peers, and only prints.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import sections
from frozen import measure_copy
from results import Results, render

HERE = Path(__file__).resolve().parent
DEFAULT_OUT = HERE / "RESULTS.md"


@dataclass(slots=True)
class Options:
    """What to measure, and where to work."""

    models: int
    sizes: tuple[int, ...]
    repeat: int
    work: Path
    peers: Path | None
    manifest: Path | None = None
    made: dict[int, Path] = field(default_factory=dict)


def main() -> None:
    """Measure, print, and write the results."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="headwater-bench-") as temporary:
        work = given.work or Path(temporary)
        peers = None if given.quick or given.no_peers else given.peers or work / "peers"
        options = Options(
            models=given.models or (1000 if given.quick else 5000),
            sizes=(500, 1000, 2000) if given.quick else (1000, 5000, 20_000),
            repeat=given.repeat,
            work=work,
            peers=peers,
            manifest=given.manifest,
        )
        measure_copy(work / "measured")
        results = Results("make bench" if len(sys.argv) == 1 else _spelled())
        for name, section in sections.SECTIONS.items():
            if given.only and name not in given.only:
                continue
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            section(options, results)
    text = render(results)
    print(text)
    out = given.out or (None if given.quick or given.only else DEFAULT_OUT)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    if given.json is not None:
        goals = [[g.what, g.wanted, g.measured, g.ok] for g in results.goals]
        given.json.write_text(json.dumps(goals, indent=1), encoding="utf-8")


def _spelled() -> str:
    """The command as typed, without where this machine keeps things."""
    words = [w if os.sep not in w else Path(w).name for w in sys.argv[1:]]
    return " ".join(["python tooling/bench/run.py", *words])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="small projects, no peers, no file")
    parser.add_argument("--only", nargs="*", choices=list(sections.SECTIONS), help="some sections")
    parser.add_argument("--models", type=int, help="models of the main project [5000]")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each figure [3]")
    parser.add_argument("--no-peers", action="store_true", help="leave the other tools out")
    parser.add_argument("--peers", type=Path, help="folder for their environments [temporary]")
    parser.add_argument("--work", type=Path, help="folder for generated projects [temporary]")
    parser.add_argument("--manifest", type=Path, help="a real manifest to measure too")
    parser.add_argument("--out", type=Path, help="where the results go [RESULTS.md beside this]")
    parser.add_argument("--json", type=Path, help="the goals as JSON, for a gate")
    return parser.parse_args()


if __name__ == "__main__":
    main()
