"""Environments of the other dbt versions, made once from their locks and kept in `.venvs/`."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]
UV = Path(sys.executable).with_name("uv")


def dbt_of_version(version: str) -> Path:
    """The `dbt` of `requirements/dbt-<version>.txt`; safe in several processes at once."""
    lock_file = REPO / "requirements" / f"dbt-{version}.txt"
    home = REPO / ".venvs" / f"dbt-{version}"
    home.parent.mkdir(exist_ok=True)
    with home.with_name(f"dbt-{version}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        stamp, wanted = home / ".made-from", hashlib.sha256(lock_file.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            _make(home, lock_file)
            stamp.write_text(wanted)
    return home / "bin" / "dbt"


def _make(home: Path, lock_file: Path) -> None:
    python = home / "bin" / "python"
    _must([UV, "venv", "--quiet", "--clear", "--python", sys.executable, home])
    pip = (UV, "pip", "install", "--quiet", "--require-hashes", "--python", python)
    _must([*pip, "-r", lock_file])


def _must(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
