"""Run several dbt commands in one process: importing dbt costs more than most commands.

`dbt_steps.py "build" "docs generate --quiet"` stops at the first command that fails, with its
exit code. `run` starts that in a child process, with a clean environment, and puts the demo's
masking key in place before the demo is built: the one of `HEADWATER_MASKING_KEY`, else one that
Postgres makes for itself and nobody sees. DuckDB has no numbers for that, so there it is a file of
the checkout that only its owner may read.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import engine_trace

REPO = Path(__file__).resolve().parents[2]
KEY = "HEADWATER_MASKING_KEY"
KEY_FILE = REPO / ".headwater" / "masking-key"


def environment(server: Mapping[str, str], work: Path | None = None) -> dict[str, str]:
    """The caller's environment without its own dbt settings; output goes to `work` if given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")}
    settings = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
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
    key_step, key = _masking_key(list(steps), folder, env)
    return subprocess.run(
        [sys.executable, __file__, *key_step, *steps],
        cwd=folder,
        env=dict(env) | {"DBT_PROFILES_DIR": env.get("DBT_PROFILES_DIR", str(folder))} | key,
        check=False,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )


def _masking_key(
    steps: list[str], folder: Path, env: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """What puts the masking key in place before the demo is built: a step, and its environment."""
    is_demo = (folder / "models" / "demo").exists()
    built = next((s for s in steps if is_demo and s.split()[0] in ("build", "run")), None)
    if built is None:
        return [], {}
    words = built.split()
    target = words[words.index("--target") :][:2] if "--target" in words else []
    install = " ".join(["run-operation headwater.install_masking", *target])
    if (target[1:] or [env.get("HEADWATER_TARGET", "")])[0] == "duckdb":
        return [install], {KEY: env.get(KEY) or _key_of_the_checkout()}
    if not env.get(KEY):
        return [f"{install} --args '{{source: generate}}'"], {}
    escaped = "".join(f"\\{sign}" if sign in " \\" else sign for sign in env[KEY])
    given = f"-c headwater.masking_key={escaped}"
    return [install], {"PGOPTIONS": f"{env.get('PGOPTIONS', '')} {given}".strip()}


def _key_of_the_checkout() -> str:
    """The key in the file, which is made when it is not there.

    Raises: SystemExit when the file is somebody else's.
    """
    KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
    new = KEY_FILE.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    try:
        new.touch(0o600)
        new.write_text(f"hex:{secrets.token_hex(32)}")
        with suppress(FileExistsError):  # whole or not at all, also when two builds begin at once
            os.link(new, KEY_FILE)
        new.unlink()
        return KEY_FILE.read_text()
    except PermissionError as error:
        sys.exit(f"error: no right to '{error.filename}'; remove it, or set {KEY}")


def main() -> int:
    """0, or the exit code of the first command that failed (dbt's: 1 failed, 2 could not run)."""
    try:
        return _run_all(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


def _run_all(steps: list[str]) -> int:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415  # the import takes seconds

    calls = engine_trace.watch() if os.environ.get("HEADWATER_TRACE") else None
    for step in steps:
        words = shlex.split(step)
        sys.argv = ["dbt", *words]  # dbt records it as the command that was run
        result = dbtRunner().invoke(words)
        if calls is not None:
            engine_trace.note(result, calls)
        if not result.success:
            if result.exception is not None:
                print(result.exception, file=sys.stderr)
            return 1 if result.exception is None else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
