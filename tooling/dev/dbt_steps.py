"""Run several dbt commands in one process: importing dbt costs more than most commands.

`dbt_steps.py "build" "docs generate --quiet"` stops at the first command that fails, with its
exit code. `run` starts that in a child process, with a clean environment.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
#: The masking key of the demo and of nothing else: it stands here for everybody to read.
DEMO_KEY = "the-demo-key-that-everybody-knows-and-that-protects-nothing"


def environment(server: Mapping[str, str], work: Path | None = None) -> dict[str, str]:
    """The caller's environment without its own dbt settings; output goes to `work` if given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
    settings = {
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "HEADWATER_MASKING_KEY": DEMO_KEY,
        "PGOPTIONS": f"{clean.get('PGOPTIONS', '')} -c headwater.masking_key={DEMO_KEY}".strip(),
    }
    if work is not None:
        settings |= {
            "DBT_TARGET_PATH": str(work / "target"),
            "DBT_LOG_PATH": str(work / "logs"),
            "HEADWATER_DUCKDB": str(work / "headwater.duckdb"),
        }
    return clean | dict(server) | settings


def run(
    steps: Iterable[str], folder: Path, env: Mapping[str, str], *, quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """The finished child process; its output is kept when `quiet`, else shown as it comes."""
    command = [sys.executable, __file__, *_with_key(list(steps), folder)]
    return subprocess.run(
        command,
        cwd=folder,
        env=dict(env) | {"DBT_PROFILES_DIR": env.get("DBT_PROFILES_DIR", str(folder))},
        check=False,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )


def _with_key(steps: list[str], folder: Path) -> list[str]:
    """The steps, after one that puts the masking key in place if they build the demo."""
    is_demo = (folder / "models" / "demo").exists()
    built = next((s for s in steps if is_demo and s.split()[0] in ("build", "run")), None)
    if built is None:
        return steps
    words = built.split()
    target = words[words.index("--target") :][:2] if "--target" in words else []
    return [" ".join(["run-operation headwater.install_masking", *target]), *steps]


def main() -> int:
    """0, or the exit code of the first command that failed (dbt's: 1 failed, 2 could not run)."""
    try:
        return _run_all(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


def _run_all(steps: list[str]) -> int:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415  # the import takes seconds

    for step in steps:
        words = shlex.split(step)
        sys.argv = ["dbt", *words]  # dbt records it as the command that was run
        result = dbtRunner().invoke(words)
        if not result.success:
            if result.exception is not None:
                print(result.exception, file=sys.stderr)
            return 1 if result.exception is None else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
