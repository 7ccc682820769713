"""Run a command and say what it cost: CPU seconds, wall clock, peak memory.

CPU seconds are user + system of the process and everything it waited for; they hardly depend on
what else the machine does, so the smallest of a few runs is taken. The runner itself must stay
small: Linux counts the memory of the process that starts a child as the child's peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLING = Path(__file__).resolve().parents[1]
PROGRAM = "import sys; from headwater.cli import app; app(sys.argv[1:])"


class CommandError(Exception):
    """A measured command ended with another exit code than 0."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost. *Units*: seconds, seconds, MiB; ``output`` is its standard output."""

    cpu: float
    wall: float
    peak: float
    output: str = ""

    def best(self, other: Cost) -> Cost:
        """The smaller of each figure."""
        return Cost(
            min(self.cpu, other.cpu),
            min(self.wall, other.wall),
            min(self.peak, other.peak),
            self.output,
        )


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, and where. ``stdin`` is a file; ``codes`` are the exit codes that are fine."""

    words: Sequence[str]
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    stdin: Path | None = None
    codes: tuple[int, ...] = (0,)


def cost_of(command: Command, repeat: int = 1) -> Cost:
    """The smallest figures of ``repeat`` runs.

    *Raises*: `CommandError` with the end of what the command said.
    """
    best = _once(command)
    for _ in range(repeat - 1):
        best = best.best(_once(command))
    return best


def lineage(words: Sequence[str], target: Path, repeat: int = 1) -> Cost:
    """The cost of a whole process of this checkout's command; its cache stays with the project."""
    env = {"PYTHONPATH": str(TOOLING), "HEADWATER_CACHE_DIR": str(target / "cache")}
    program = [sys.executable, "-c", PROGRAM, *words, "--target-path", str(target), "-q"]
    return cost_of(Command(program, env=env), repeat)


def _once(command: Command) -> Cost:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given = command.stdin.open("rb") if command.stdin else subprocess.DEVNULL
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(command.words),
            stdin=given,
            stdout=out,
            stderr=err,
            env={**os.environ, **(command.env or {})},
            cwd=command.cwd,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if not isinstance(given, int):
            given.close()
        if process.returncode not in command.codes:
            raise CommandError(_ending(command, process.returncode, err))
        out.seek(0)
        text = out.read(4_000_000).decode(errors="replace")
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, text)


def _ending(command: Command, code: int, err: object) -> str:
    err.seek(0)  # type: ignore[attr-defined]
    said = err.read().decode(errors="replace").strip().splitlines()[-6:]  # type: ignore[attr-defined]
    words = " ".join(Path(w).name if os.sep in w else w for w in list(command.words)[:6])
    return f"'{words}' ended with {code}: " + " / ".join(said)
