"""Runs the tests that drive dbt, and records which macros ran in them: tested.json, engines.md.

Arguments are pytest's; with some, what they find is added to the record, and without any it is new.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import engine_cases
import macro_index
from locked import REPO

TESTS = "tooling/tests/dbt"


def main(words: list[str]) -> int:
    """pytest's exit code; there is a record only of tests that all passed."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"HEADWATER_TRACE": folder}
        pytest = (sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile")
        done = subprocess.run((*pytest, *(words or [TESTS])), cwd=REPO, env=env, check=False)
        if done.returncode:
            return done.returncode
        found = _found(Path(folder))
    known = engine_cases.read_tested() if words else {}
    public = {macro.name for macro in macro_index.read_macros(REPO)}
    engines = sorted(set(known) | set(found))
    engine_cases.record_tested(
        {e: sorted((set(known.get(e, [])) | found.get(e, set())) & public) for e in engines}
    )
    return macro_index.main([])


def _found(folder: Path) -> dict[str, set[str]]:
    """By engine, the macros that ran in something that succeeded."""
    found: dict[str, set[str]] = {}
    for path in folder.glob("*.jsonl"):
        for line in path.read_text().splitlines():
            for engine, names in json.loads(line).items():
                found.setdefault(engine, set()).update(names)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
