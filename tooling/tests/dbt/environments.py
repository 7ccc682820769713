"""Environments of the other dbt versions, made once from their locks and kept in `.venvs/`."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
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
    """With uv or, where uv can't reach the registry that pip is set up for, with pip."""
    python = home / "bin" / "python"
    locked = ("--quiet", "--require-hashes", "--no-deps", "-r", lock_file)
    _must(sys.executable, "-m", "venv", "--clear", home)
    try:
        _must(UV, "pip", "install", "--python", python, *locked)
    except AssertionError:
        _must(python, "-m", "pip", "install", *locked)


def _must(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
