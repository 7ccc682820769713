"""Record what ``dbt ls`` selects in the project beside this file.

Run it with an environment that has dbt-core and dbt-duckdb:
``python tooling/tests/unit/graph/selection/record.py``. It writes ``manifest.json`` (cut to what a
selection can see) and ``expected.json`` (expression -> unique ids).
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

HERE = Path(__file__).parent
KEPT = (
    "unique_id name resource_type package_name original_file_path path fqn tags config depends_on "
    "group access version latest_version source_name identifier test_metadata attached_node "
    "column_name patch_path language checksum relation_name type owner"
).split()
SECTIONS = "nodes sources exposures metrics semantic_models saved_queries unit_tests".split()


def main() -> None:
    cases = json.loads((HERE / "cases.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "project"
        shutil.copytree(HERE / "project", work)
        os.chdir(work)
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        run(["deps"])
        run(["parse"])
        manifest = json.loads((work / "target" / "manifest.json").read_text())
        expected = {" | ".join(case): selected(case) for case in cases}
    (HERE / "manifest.json").write_text(json.dumps(slim(manifest), indent=1, sort_keys=True) + "\n")
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def run(arguments: list[str]) -> Any:
    result = dbtRunner().invoke([*arguments, "--quiet", "--profiles-dir", "."])
    if not result.success:
        raise SystemExit(f"{arguments}: {result.exception or result.result}")
    return result.result


def selected(case: list[str]) -> list[str]:
    """A case is the values of ``--select``, and after ``--exclude`` those of that."""
    at = case.index("--exclude") if "--exclude" in case else len(case)
    arguments = [*("--resource-type", "all", "--output", "json", "--output-keys", "unique_id")]
    if case[:at]:
        arguments += ["--select", *case[:at]]
    if case[at + 1 :]:
        arguments += ["--exclude", *case[at + 1 :]]
    lines = run(["ls", *arguments]) or []
    return sorted(json.loads(line)["unique_id"] for line in lines)


def slim(manifest: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"metadata": {}}
    for key in ("dbt_schema_version", "dbt_version", "project_name", "adapter_type"):
        found["metadata"][key] = manifest["metadata"][key]
    found["metadata"]["generated_at"] = "2026-11-23T08:00:00Z"
    for section in SECTIONS:
        found[section] = {
            key: {name: node[name] for name in KEPT if node.get(name) not in (None, [], {}, "")}
            for key, node in manifest[section].items()
        }
    return found


if __name__ == "__main__":
    main()
