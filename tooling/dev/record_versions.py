"""Record one small shop with every dbt that installs: ``record_versions.py ENVIRONMENTS``.

tooling/tests/versions/shop      the project
tooling/tests/versions/dbt-2     what dbt 2.x wants otherwise
tooling/tests/fixtures/versions  <version>.json.gz: the manifest of ``dbt compile`` with DuckDB,
                                 without dbt's own macros; made steady as the other fixtures are

An environment is made in ``ENVIRONMENTS/<version>`` where there is none. dbt 2.x compiles without
connecting; what it cannot compile so stays without compiled SQL.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from postgres import REPO
from record_artifacts import FIXTURES, steady

PROJECT = REPO / "tooling" / "tests" / "versions"
TO = FIXTURES / "versions"
VERSIONS = {
    "1.5": ("dbt-core==1.5.12", "dbt-duckdb==1.5.2"),
    "1.6": ("dbt-core==1.6.19", "dbt-duckdb==1.6.2"),
    "1.7": ("dbt-core==1.7.20", "dbt-duckdb==1.7.5"),
    "1.8": ("dbt-core==1.8.10", "dbt-duckdb==1.11.1"),
    "1.9": ("dbt-core==1.9.11", "dbt-duckdb==1.11.1"),
    "1.10": ("dbt-core==1.10.23", "dbt-duckdb==1.11.1"),
    "1.11": ("dbt-core==1.11.16", "dbt-duckdb==1.11.1"),
    "1.12": ("dbt-core==1.12.0", "dbt-core-experimental-parser==2.0.0a4", "dbt-duckdb==1.11.1"),
    "2.0": ("dbt==2.0.0rc196",),
}
SETTINGS = {"DBT_ALLOW_EXPERIMENTAL_ADAPTERS": "true", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def dbt_of(version: str, environments: Path) -> Path:
    """The ``dbt`` of this version, installed when it is not there."""
    home = environments / version
    if not (home / "bin" / "dbt").exists():
        venv.create(home, with_pip=True)
        install = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", *VERSIONS[version]]
        subprocess.run(install, check=True)
    return home / "bin" / "dbt"


def compile_with(dbt: Path, version: str, folder: Path) -> Path:
    """The manifest of the shop, compiled in the folder. *Raises*: SystemExit when there is none."""
    shutil.copytree(PROJECT / "shop", folder, dirs_exist_ok=True)
    if version.startswith("2"):
        shutil.copy(PROJECT / "dbt-2" / "schema.yml", folder / "models" / "schema.yml")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DBT_")}
    command = [str(dbt), "--quiet", "compile", "--profiles-dir", "."]
    done = subprocess.run(
        command, cwd=folder, env=clean | SETTINGS, capture_output=True, text=True, check=False
    )
    manifest = folder / "target" / "manifest.json"
    if not manifest.exists():
        sys.exit(f"{done.stdout}{done.stderr}\nerror: dbt {version} wrote no manifest")
    return manifest


def slim(manifest: dict[str, Any]) -> dict[str, Any]:
    """Without what dbt brings along: its own macros and docs."""
    own = {key: macro for key, macro in manifest["macros"].items() if key.startswith("macro.shop.")}
    return manifest | {"macros": own, "docs": {}}


def main(environments: Path) -> None:
    """Write the fixtures."""
    TO.mkdir(parents=True, exist_ok=True)
    for version in VERSIONS:
        dbt = dbt_of(version, environments)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            made = json.loads(compile_with(dbt, version, folder).read_text())
            text = json.dumps(steady(slim(made), str(folder)), separators=(",", ":"))
        path = TO / f"{version}.json.gz"
        path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
        print(f"{path.relative_to(REPO)}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
