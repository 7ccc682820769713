"""Where the time goes: ``profile_run.py MANIFEST [--cache DIR] [--sort tottime] [--lines 40]``.

One load in this process under cProfile; with a cache folder, a second run shows the warm path. The
profiler makes small Python functions look dearer than they are: it finds candidates, ``run.py``
decides.
"""

# ruff: noqa: PLC0415 - the package is imported under the profiler, as a user's run does

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    """Profile one load, and print its costliest functions and the costliest packages."""
    parser = argparse.ArgumentParser(description="Profile one load.")
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--sort", default="tottime")
    parser.add_argument("--lines", type=int, default=40)
    given = parser.parse_args()
    profiler = cProfile.Profile()
    profiler.enable()
    _load(given.manifest, given.cache)
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.sort_stats(given.sort).print_stats(given.lines)
    for room, seconds in sorted(_rooms(stats).items(), key=lambda item: -item[1])[:12]:
        print(f"{seconds:8.3f} s  {room}")


def _load(manifest: Path, cache: Path | None) -> None:
    from headwater.artifacts.paths import Wanted, find_artifacts
    from headwater.pipeline import LoadOptions, load

    options = LoadOptions(use_cache=cache is not None, cache_dir=cache, jobs=1)
    load(find_artifacts(Wanted(manifest=manifest)), options)


def _rooms(stats: pstats.Stats) -> dict[str, float]:
    """Own seconds by package (``headwater/sql``), the rest by the top folder or as built in."""
    rooms: dict[str, float] = {}
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        parts = Path(file).parts
        if "headwater" in parts:
            at = len(parts) - 1 - parts[::-1].index("headwater")
            room = "/".join(parts[at : at + 2]) if len(parts) > at + 2 else "headwater"
        else:
            room = "sqlglot" if "sqlglot" in parts else "built in and the rest"
        rooms[room] = rooms.get(room, 0.0) + own
    return rooms


if __name__ == "__main__":
    main()
