"""What the locks in requirements/ name, installed once each under `.venvs/`.

`environment("spark")` is a virtual environment of `requirements/spark.txt`; `folder("postgres-14")`
only unpacks wheels, whichever Python they say they are for.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")


def environment(name: str) -> Path:
    """The Python of the lock's environment; safe in several processes at once.

    Raises: RuntimeError, with what the installer said.
    """
    return _made(name, _make_environment) / "bin" / "python"


def folder(name: str, python: str) -> Path:
    """The folder that the lock's wheels for that Python are unpacked into.

    Raises: RuntimeError, with what the installer said.
    """
    return _made(name, lambda home, lock: _unpack(home, lock, python))


def _made(name: str, make: Callable[[Path, Path], None]) -> Path:
    lock_file = REPO / "requirements" / f"{name}.txt"
    home = REPO / ".venvs" / name
    home.parent.mkdir(exist_ok=True)
    with home.with_name(f"{name}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        stamp, wanted = home / ".made-from", hashlib.sha256(lock_file.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            make(home, lock_file)
            stamp.write_text(wanted)
    return home


def _make_environment(home: Path, lock_file: Path) -> None:
    """With uv or, where uv can't reach the registry that pip is set up for, with pip."""
    python = home / "bin" / "python"
    locked = ("--quiet", "--require-hashes", "--no-deps", "-r", lock_file)
    _must(sys.executable, "-m", "venv", "--clear", home)
    try:
        _must(UV, "pip", "install", "--python", python, *locked)
    except RuntimeError:
        _must(python, "-m", "pip", "install", *locked)


def _unpack(home: Path, lock_file: Path, python: str) -> None:
    locked = ("--quiet", "--require-hashes", "--no-deps", "-r", lock_file)
    target = ("--python-version", python, "--only-binary", ":all:", "--target", home)
    try:
        _must(UV, "pip", "install", *target, *locked)
    except RuntimeError:
        _must(sys.executable, "-m", "pip", "install", "--upgrade", *target, *locked)


def _must(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
