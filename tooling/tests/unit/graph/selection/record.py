"""Record what ``dbt ls`` selects: in the project beside this file, the demo, and a large project.

Run it with an environment that has dbt-core 1.x and dbt-postgres, or give the program of another dbt:

    python tooling/tests/unit/graph/selection/record.py [choices|demo|large] [--dbt PROGRAM]

It writes ``recorded/<project>-<dbt version>.json.gz``: the manifest (cut to what a selection can
see), the manifest of an earlier state, its results, and expression -> unique ids.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import large
from cases import case_of

HERE = Path(__file__).parent
REPO = HERE.parents[4]
NODE_KEYS = (
    "unique_id name resource_type package_name original_file_path path fqn tags config depends_on "
    "group access version latest_version source_name identifier test_metadata attached_node "
    "column_name patch_path language checksum relation_name type owner raw_code unrendered_config "
    "contract deprecation_date description database schema quoting freshness loaded_at_field "
    "external maturity url label columns defaults entities dimensions measures primary_entity "
    "model query_params exports arguments returns"
).split()
SECTIONS = (
    "nodes sources exposures metrics semantic_models saved_queries unit_tests functions".split()
)
GONE = ("snapshots/customers.yml", "tests/report_adds_up.sql", "models/marts/scores.py")
STATUSES = ("success", "error", "skipped", "success", "warn")
TEST_STATUSES = ("pass", "fail", "warn", "error")
Ls = Callable[[list[str]], list[str] | None]  #: ids, or that this dbt cannot read the words


def main(arguments: list[str]) -> None:
    program = arguments[arguments.index("--dbt") + 1] if "--dbt" in arguments else ""
    wanted = [name for name in MAKERS if name in arguments] or list(MAKERS)
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            work, state = Path(folder) / "project", Path(folder) / "state"
            state.mkdir()
            save(name, *recorded(name, program, work, state))


def recorded(
    name: str, program: str, work: Path, state: Path
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The artifacts, and what was selected."""
    before, now, cases = MAKERS[name]
    before(work)
    write_profile(work)
    parse(program, work, state / "manifest.json")
    shutil.rmtree(work, ignore_errors=True)
    now(work)
    write_profile(work)
    parse(program, work, work / "target" / "manifest.json")
    head = json.loads((work / "target" / "manifest.json").read_text())
    earlier = json.loads((state / "manifest.json").read_text())
    results, old_sources, new_sources = make_results(head, state, work / "target")
    ls = _program_ls(program, work, state) if program else _api_ls(work, state)
    expected = {" | ".join(case): ls(arguments_of(case)) for case in cases()}
    artifacts = {
        "manifest": slim(head),
        "earlier": slim(earlier),
        "run_results": results,
        "earlier_sources": old_sources,
        "sources": new_sources,
    }
    return artifacts, expected


def save(name: str, artifacts: dict[str, Any], expected: dict[str, Any]) -> None:
    version = artifacts["manifest"]["metadata"]["dbt_version"]
    short = ".".join(version.split(".")[:2]) if not version.startswith("2") else "2"
    path = HERE / "recorded" / f"{name}-{short}.json.gz"
    path.parent.mkdir(exist_ok=True)
    text = json.dumps({**artifacts, "expected": expected}, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{path.name}: {len(expected)} selections, {path.stat().st_size:,} bytes", flush=True)


def write_profile(work: Path) -> None:
    """A warehouse that nothing here connects to, of an adapter that every version has."""
    found = re.search(r"(?m)^profile: *['\"]?([\w-]+)", (work / "dbt_project.yml").read_text())
    name = found[1] if found else "default"
    (work / "profiles.yml").write_text(
        f"{name}: {{target: dev, outputs: {{dev: {{type: postgres, host: localhost, port: 1, "
        "user: nobody, password: nothing, dbname: db, schema: main, threads: 1}}}\n"
    )


# -- projects ------------------------------------------------------------------------------------


def choices(work: Path) -> None:
    shutil.copytree(HERE / "project", work)


def choices_before(work: Path) -> None:
    choices(work)
    shutil.copytree(HERE / "earlier", work, dirs_exist_ok=True)
    for name in GONE:
        (work / name).unlink()


def demo(work: Path) -> None:
    kept = ("models", "macros", "seeds", "snapshots", "tests", "dbt_project.yml")
    work.mkdir(parents=True)
    for name in kept:
        copy = shutil.copytree if (REPO / name).is_dir() else shutil.copy
        copy(REPO / name, work / name)
    project = (work / "dbt_project.yml").read_text()
    (work / "dbt_project.yml").write_text(re.sub(r"(?m)^packages-install-path.*\n", "", project))


def demo_before(work: Path) -> None:
    """The demo with a comment more in every fifth model."""
    demo(work)
    for path in sorted(work.glob("models/**/*.sql"))[::5]:
        path.write_text(path.read_text() + "\n-- as it was\n")


MAKERS: Mapping[str, tuple[Callable[[Path], None], Callable[[Path], None], Callable[[], Any]]] = {
    "choices": (choices_before, choices, lambda: json.loads((HERE / "cases.json").read_text())),
    "demo": (demo_before, demo, lambda: json.loads((HERE / "demo_cases.json").read_text())),
    "large": (
        lambda work: (work.mkdir(), large.write_project(work, earlier=True))[0],
        lambda work: (work.mkdir(), large.write_project(work))[0],
        large.cases,
    ),
}


# -- dbt -----------------------------------------------------------------------------------------


def parse(program: str, work: Path, to: Path) -> None:
    os.chdir(work)
    os.environ |= {
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_ALLOW_EXPERIMENTAL_ADAPTERS": "true",  # Postgres is one to dbt 2
    }
    for words in (["deps"], ["parse"]):
        if words == ["deps"] and not (work / "packages.yml").exists():
            continue
        places = ["--profiles-dir", "."]
        if program:
            subprocess.run([program, *words, *places], cwd=work, check=True, capture_output=True)
        else:
            invoke([*words, *places])
    to.parent.mkdir(exist_ok=True)
    if to != work / "target" / "manifest.json":
        shutil.copy(work / "target" / "manifest.json", to)


def invoke(arguments: list[str], **more: Any) -> Any:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - not with another dbt

    result = dbtRunner(**more).invoke([*arguments, "--quiet"])
    if not result.success:
        raise SystemExit(f"{arguments}: {result.exception or result.result}")
    return result.result


def _api_ls(work: Path, state: Path) -> Ls:
    manifest = invoke(["parse", "--profiles-dir", "."])

    def ls(arguments: list[str]) -> list[str] | None:
        os.chdir(work)
        try:
            lines = invoke(["ls", *arguments, "--state", str(state)], manifest=manifest) or []
        except SystemExit as error:
            print(error, flush=True)
            return None
        return sorted(json.loads(line)["unique_id"] for line in lines)

    return ls


def _program_ls(program: str, work: Path, state: Path) -> Ls:
    """dbt 2 lists everything by itself, and knows no ``--resource-type all``."""

    def ls(arguments: list[str]) -> list[str] | None:
        words = [
            program,
            "ls",
            *arguments[2:],
            "--state",
            str(state),
            "--profiles-dir",
            ".",
            "--quiet",
        ]
        done = subprocess.run(words, cwd=work, capture_output=True, text=True, check=False)
        if done.returncode:
            print(arguments, done.stdout[-300:], done.stderr[-300:], flush=True)
            return None
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        return sorted(json.loads(line)["unique_id"] for line in lines if "unique_id" in line)

    return ls


def arguments_of(words: list[str]) -> list[str]:
    case = case_of(words)
    arguments = ["--resource-type", "all", "--output", "json", "--output-keys", "unique_id"]
    for option, values in (("--select", case.select), ("--exclude", case.exclude)):
        arguments += [option, *values] if values else []
    arguments += ["--selector", case.selector] if case.selector else []
    arguments += ["--indirect-selection", case.indirect] if case.indirect else []
    return arguments


# -- artifacts -----------------------------------------------------------------------------------


def make_results(head: dict[str, Any], state: Path, target: Path) -> tuple[Any, Any, Any]:
    """Results of runs that never were, in turn of every status."""
    results = []
    for number, key in enumerate(sorted(head["nodes"])):
        statuses = TEST_STATUSES if key.startswith("test.") else STATUSES
        results.append(_result(key, statuses[number % len(statuses)]))
    run = _results("run-results/v6", results=results, elapsed_time=1.0, args={})
    before = [_fresh(key, 8) for key in sorted(head["sources"])[1:]]
    now = [_fresh(key, 8 + at % 2) for at, key in enumerate(sorted(head["sources"]))]
    sources = [_results("sources/v3", results=found, elapsed_time=1.0) for found in (before, now)]
    (state / "run_results.json").write_text(json.dumps(run))
    (state / "sources.json").write_text(json.dumps(sources[0]))
    (target / "sources.json").write_text(json.dumps(sources[1]))
    return run, *sources


def _results(schema: str, **more: Any) -> dict[str, Any]:
    metadata = {
        "dbt_schema_version": f"https://schemas.getdbt.com/dbt/{schema}.json",
        "dbt_version": "1.11.0",
        "generated_at": "2026-11-23T08:00:00Z",
        "invocation_id": "00000000-0000-4000-8000-000000000000",
        "env": {},
    }
    return {"metadata": metadata, **more}


def _result(key: str, status: str) -> dict[str, Any]:
    return {
        "status": status, "timing": [], "thread_id": "Thread-1", "execution_time": 1.0,
        "adapter_response": {}, "message": None, "failures": None, "unique_id": key,
        "compiled": None, "compiled_code": None, "relation_name": None, "batch_results": None,
    }  # fmt: skip


def _fresh(key: str, hour: int) -> dict[str, Any]:
    return {
        "unique_id": key, "max_loaded_at": f"2026-11-23T{hour:02}:00:00Z",
        "snapshotted_at": "2026-11-23T10:00:00Z", "max_loaded_at_time_ago_in_s": 3600.0,
        "status": "pass", "adapter_response": {}, "timing": [], "thread_id": "Thread-1",
        "execution_time": 1.0,
        "criteria": {"warn_after": {"count": 1, "period": "day"}, "error_after": None},
    }  # fmt: skip


def slim(manifest: dict[str, Any]) -> dict[str, Any]:
    """What a selection can see. dbt's own macros are the same on both sides, and left out."""
    found: dict[str, Any] = {"metadata": {}}
    for key in ("dbt_schema_version", "dbt_version", "project_name", "adapter_type"):
        found["metadata"][key] = manifest["metadata"][key]
    found["metadata"]["generated_at"] = "2026-11-23T08:00:00Z"
    found["selectors"] = manifest.get("selectors") or {}
    macros = manifest.get("macros") or {}
    found["macros"] = {
        key: {"macro_sql": macro["macro_sql"], "depends_on": macro["depends_on"]}
        for key, macro in macros.items()
        if not key.startswith(("macro.dbt.", "macro.dbt_"))
    }
    for section in SECTIONS:
        found[section] = {
            key: {
                name: node[name] for name in NODE_KEYS if node.get(name) not in (None, [], {}, "")
            }
            for key, node in (manifest.get(section) or {}).items()
        }
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
