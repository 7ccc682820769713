"""Other tools on the same project: each from PyPI, pinned, in an environment of its own.

What runs here is listed in ``peers/*.txt``. A tool that cannot be installed or that fails is
reported as such and left out of the comparison.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from measure import Command, Cost, cost_of

HERE = Path(__file__).resolve().parent
MODELS_ASKED = 250  #: for a tool that is asked column by column: about so many models


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: how to run it on a generated project, and how to read its answer.

    ``repeat``: how often it is measured, in turns with ours. ``sampled``: it is asked about a share
    of the models only, and its costs are divided by it.
    """

    name: str
    requirements: str
    command: Callable[[Path, Path, int], Command]
    reader: str
    output: str
    repeat: int = 1
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class PeerResult:
    """What a tool cost for the whole graph, and how true its answer was."""

    name: str
    version: str
    cost: Cost | None
    share: float
    truth: dict[str, dict[str, float]]
    trouble: str = ""


def _dlin(bin_dir: Path, folder: Path, every: int) -> Command:
    """Every column of every model, traced upstream; names on standard input, no cache."""
    words = [str(bin_dir / "dlin"), "column", "upstream", "--no-cache", "-q", "-p", "."]
    script = 'exec "$@" > dlin.json'
    return Command(
        ["sh", "-c", script, "sh", *words], cwd=folder, stdin=folder / "names.txt", codes=(0, 1)
    )


def _colibri(bin_dir: Path, folder: Path, every: int) -> Command:
    words = [str(bin_dir / "colibri"), "generate", "--manifest", "target/manifest.json"]
    words += ["--catalog", "catalog.json", "--output-dir", "colibri", "--light"]
    words += ["--disable-telemetry"]
    return Command(words, cwd=folder, env={"DO_NOT_TRACK": "1"})


def _sqlglot(bin_dir: Path, folder: Path, every: int) -> Command:
    script = HERE / "peers" / "sqlglot_lineage.py"
    return Command([str(bin_dir / "python"), str(script), ".", str(every)], cwd=folder)


PEERS = (
    Peer("dlin-cli", "dlin", _dlin, "dlin", "dlin.json", repeat=3),
    Peer("dbt-colibri", "dbt-colibri", _colibri, "colibri", "colibri"),
    Peer("sqlglot.lineage", "sqlglot", _sqlglot, "pairs", "sqlglot_lineage.jsonl", sampled=True),
)


def run_peer(peer: Peer, folder: Path, models: int, environments: Path) -> PeerResult:
    """The figures of one tool on one generated project."""
    version = _pin(peer)
    every = max(1, models // MODELS_ASKED) if peer.sampled else 1
    share = len(range(0, models, every)) / models
    try:
        bin_dir = environment(peer.requirements, environments)
        cost = cost_of(peer.command(bin_dir, folder, every))
        check = [sys.executable, str(HERE / "truth_check.py"), str(folder), peer.reader]
        truth = json.loads(cost_of(Command([*check, str(folder / peer.output)])).output)
    except Exception as error:  # whatever another tool does, ours is still measured
        return PeerResult(peer.name, version, None, share, {}, str(error))
    return PeerResult(peer.name, version, cost, share, truth)


def once_more(peer: Peer, result: PeerResult, folder: Path, environments: Path) -> PeerResult:
    """The smaller figures of those and one more run; for tools that are asked about everything."""
    if result.cost is None:
        return result
    again = cost_of(peer.command(environment(peer.requirements, environments), folder, 1))
    return replace(result, cost=result.cost.best(again))


def _pin(peer: Peer) -> str:
    lines = (HERE / "peers" / f"{peer.requirements}.txt").read_text().splitlines()
    return next(line for line in lines if not line.startswith("#")).partition("==")[2]


def environment(tool: str, environments: Path) -> Path:
    """The ``bin`` folder of the environment of ``peers/<tool>.txt``, made when it is not there."""
    home = environments / tool
    bin_dir = home / ("Scripts" if sys.platform == "win32" else "bin")
    wanted = (HERE / "peers" / f"{tool}.txt").read_text()
    stamp = home / "installed.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(home, with_pip=True, clear=True)
        file = HERE / "peers" / f"{tool}.txt"
        install = [str(bin_dir / "python"), "-m", "pip", "install", "-q", "-r", str(file)]
        subprocess.run(install, check=True, capture_output=True)
        stamp.write_text(wanted)
    return bin_dir
