"""The columns of a seed, from the header of its CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from headwater.core.project import Node

_HEADER_LIMIT = 1_000_000  #: characters; a header longer than this is not one


def seed_files(node: Node, project_dir: Path | None) -> tuple[Path, ...]:
    """Where the seed's CSV file may be, the likeliest first; none of them need be there.

    Under the project folder, the project's installed packages, and the folder that dbt noted when
    it wrote the manifest. A package's seed is first looked for in the package: paths of two
    projects may be alike.
    """
    if not node.path:
        return ()
    noted = str(node.extra.get("root_path") or "")
    roots = [Path(noted)] if noted else []
    if project_dir is not None:
        packages = [project_dir / name / node.package for name in ("dbt_packages", "dbt_modules")]
        own = [project_dir]
        roots = (
            [*own, *packages, *roots]
            if noted in ("", str(project_dir))
            else [
                *packages,
                *roots,
                *own,
            ]
        )
    return tuple(dict.fromkeys(root / node.path for root in roots))


def read_header(path: Path, delimiter: str = ",") -> tuple[str, ...] | None:
    """The column names in the first row; ``None`` when the file cannot be read as UTF-8 CSV.

    As dbt reads it: a byte order mark is skipped, an empty name becomes a letter by its position,
    and a repeated one gets ``_2``, ``_3`` …
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            row = next(csv.reader(_bounded(file), delimiter=delimiter or ","), None)
    except (OSError, UnicodeDecodeError, csv.Error, TypeError, ValueError):
        return None
    return _unique_names(row) if row else None


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    read = 0
    for line in lines:
        read += len(line)
        if read > _HEADER_LIMIT:
            return
        yield line


def _unique_names(row: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for position, name in enumerate(row):
        wanted = name or _letters(position)
        unique, number = wanted, 2
        while unique in names:
            unique, number = f"{wanted}_{number}", number + 1
        names.append(unique)
    return tuple(names)


def _letters(position: int) -> str:
    """``a`` … ``z``, ``aa``, ``bb`` …: what dbt's CSV reader calls a nameless column."""
    return chr(ord("a") + position % 26) * (position // 26 + 1)
