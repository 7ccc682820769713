"""The whole text of every way to fail; see the folder `errors/`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from . import tiny
from .transcripts import Golden, Lineage, Project, transcript

Change = Callable[[dict[str, Any]], None]
VERSION = "https://schemas.getdbt.com/dbt/manifest/v{}.json"


def version(number: int, dbt: str) -> Change:
    def change(manifest: dict[str, Any]) -> None:
        manifest["metadata"] |= {
            "dbt_schema_version": VERSION.format(number),
            "dbt_version": dbt,
        }

    return change


def not_compiled(manifest: dict[str, Any]) -> None:
    for entry in manifest["nodes"].values():
        entry["compiled_code"] = None


def sql_of(name: str, sql: str) -> Change:
    def change(manifest: dict[str, Any]) -> None:
        manifest["nodes"][f"model.tiny.{name}"]["compiled_code"] = sql

    return change


def hardly_anything_parses(manifest: dict[str, Any]) -> None:
    sql_of("stg_orders", "select id as order_id, amount as from )")(manifest)
    sql_of("orders", "{% set x = 1 %} select {{ x }}")(manifest)


def python_model(manifest: dict[str, Any]) -> None:
    manifest["nodes"]["model.tiny.orders"] |= {"language": "python", "compiled_code": "def model"}


def cycle(manifest: dict[str, Any]) -> None:
    manifest["nodes"]["model.tiny.stg_orders"]["depends_on"]["nodes"].append("model.tiny.daily")


def twins(manifest: dict[str, Any]) -> None:
    twin = tiny.model("orders", "select 1 as id", package_name="other")
    manifest["nodes"]["model.other.orders"] = twin | {"unique_id": "model.other.orders"}


def no_nodes(manifest: dict[str, Any]) -> None:
    manifest["nodes"], manifest["sources"], manifest["exposures"] = {}, {}, {}


TEXTS = {
    "empty": " ",
    "truncated": json.dumps(tiny.manifest())[:2000],
    "not_json": "name: tiny\nversion: 1\n",
    "a_list": "[]",
    "another_artifact": json.dumps(tiny.catalog(tiny.manifest())),
    "without_metadata": '{"nodes": {}}',
}
CHANGES: dict[str, Change] = {
    "from_dbt_1_0": version(4, "1.0.0"),
    "from_the_future": version(27, "4.0.0"),
    "not_compiled": not_compiled,
    "does_not_parse": sql_of("orders", "select from where )("),
    "hardly_parses": hardly_anything_parses,
    "python_model": python_model,
    "cycle": cycle,
    "no_nodes": no_nodes,
}


ASKED = {"hardly_parses": "source:raw.orders.amount"}


@pytest.mark.parametrize("name", TEXTS)
def test_manifest_text(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    project(text=TEXTS[name])
    golden(f"manifest_{name}", lineage("impact", "orders.amount_usd"))


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("strict", [False, True], ids=["", "strict"])
def test_manifest_content(
    name: str, strict: bool, project: Project, lineage: Lineage, golden: Golden
) -> None:
    project(CHANGES[name])
    words = ["--strict"] if strict else []
    suffix = "_strict" if strict else ""
    golden(
        f"manifest_{name}{suffix}", lineage("impact", ASKED.get(name, "stg_orders.amount"), *words)
    )


def test_no_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lineage: Lineage, golden: Golden
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DBT_PROJECT_DIR", raising=False)
    golden("no_project", lineage("impact", "orders"))
    (tmp_path / "dbt_project.yml").write_text("name: tiny\n")
    golden("no_manifest", lineage("impact", "orders"))
    golden("no_manifest_there", lineage("impact", "orders", "--manifest", "gone.json"))
    golden("no_project_there", lineage("impact", "orders", "--project-dir", "gone"))
    golden("doctor_without_a_manifest", lineage("doctor"))


def test_empty_file(project: Project, lineage: Lineage, golden: Golden) -> None:
    (project() / "target" / "manifest.json").write_bytes(b"")
    golden("manifest_no_bytes", lineage("impact", "orders"))
    golden("doctor_with_a_broken_manifest", lineage("doctor", "--strict", "-o", "markdown"))


PROGRAM = "from headwater.cli import app; app()"
MODEST = f"import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)); {PROGRAM}"


def test_200_mb_of_nothing(project: Project, golden: Golden) -> None:
    """A file with a hole, so that it takes no room on the disk."""
    folder = project()
    with open(folder / "target" / "manifest.json", "r+b") as file:
        file.truncate(200_000_000)
    golden("manifest_200_mb_of_nothing", in_process(MODEST, folder, "impact", "orders"))


def test_a_manifest_of_200_mb(project: Project, golden: Golden) -> None:
    """Most of a real manifest is not needed: it is answered, with less than a gigabyte."""
    text = json.dumps(tiny.manifest() | {"macros": {}})
    before, after = text.split('"macros": {', 1)
    filler = '"macro.a": {"sql": "' + "x" * 200_000_000 + '"}'
    folder = project(text=f'{before}"macros": {{{filler}{after}')
    golden("manifest_200_mb", in_process(MODEST, folder, "impact", "orders", "-q"))


@pytest.mark.parametrize("named", [True, False])
def test_a_catalog_of_another_project(
    named: bool, project: Project, lineage: Lineage, golden: Golden
) -> None:
    target = project() / "target"
    other = json.dumps(tiny.catalog(tiny.manifest(), "other"))
    if named:
        (target.parent / "other.json").write_text(other)
        words = ["--catalog", "other.json"]
    else:
        (target / "catalog.json").write_text(other)
        words = []
    name = "catalog_of_another_project" + ("_named" if named else "")
    golden(name, lineage("impact", "orders.amount_usd", *words))


NAMES = {
    "unknown_model": ["impact", "ordres"],
    "unknown_column": ["impact", "orders.amuont_usd"],
    "unknown_source": ["trace", "source:raw.ordres.id"],
    "unknown_unique_id": ["columns", "model.tiny.ordres"],
    "unknown_path": ["impact", "models/ordres.sql"],
    "empty_name": ["impact", ""],
    "no_name": ["impact"],
    "unknown_selection": ["impact", "orders", "--select", "ordres"],
    "unknown_selector_method": ["impact", "orders", "--select", "nonsense:x"],
    "selector_and_select": ["impact", "orders", "--selector", "nightly", "--select", "daily"],
    "unknown_selector": ["impact", "orders", "--selector", "nightly"],
    "unknown_indirect_selection": ["impact", "orders", "--indirect-selection", "cautius"],
    "state_without_a_state": ["impact", "state:modified"],
    "no_state_there": ["impact", "state:modified", "--state", "gone"],
    "state_without_artifacts": ["impact", "state:modified", "--state", "."],
    "depth_not_a_number": ["impact", "orders", "--depth", "x"],
    "depth_negative": ["impact", "orders", "--depth", "-1"],
    "unknown_change": ["impact", "orders", "--change", "renam"],
    "only_without_change": ["impact", "orders", "--only", "exposure"],
    "unknown_only": ["impact", "orders", "--change", "drop", "--only", "brakes"],
    "new_name_of_nothing": ["impact", "orders", "--change", "drop", "--to", "bookings"],
    "new_name_of_several": ["impact", "orders", "daily", "--change", "rename", "--to", "x"],
    "new_name_taken": ["impact", "orders.order_id", "--change", "rename", "--to", "customer_id"],
    "unknown_format": ["impact", "orders", "-o", "jsno"],
    "unknown_option": ["impact", "orders", "--dept", "1"],
    "compile_and_manifest": ["impact", "orders", "--compile", "--manifest", "m.json"],
    "no_catalog_there": ["impact", "orders", "--catalog", "gone.json"],
    "path_and_depth": ["trace", "orders.amount_usd", "--path", "rates.rate", "--depth", "1"],
    "no_dbt": ["impact", "orders", "--compile", "--dbt", "no-such-dbt"],
}


@pytest.mark.parametrize("name", NAMES)
def test_names_and_options(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    project()
    golden(name, lineage(*NAMES[name]))


SQL = {
    "sql_no_file": ["nowhere.sql"],
    "sql_a_folder": ["target"],
    "sql_empty": ["empty.sql"],
    "sql_only_comments": ["comments.sql"],
    "sql_not_utf_8": ["latin.sql"],
    "sql_unknown_dialect": ["query.sql", "--dialect", "snowflaek"],
    "sql_no_schema": ["query.sql", "--schema", "nowhere.json"],
    "sql_schema_not_json": ["query.sql", "--schema", "comments.sql"],
    "sql_schema_a_list": ["query.sql", "--schema", "list.json"],
    "sql_schema_of_texts": ["query.sql", "--schema", "texts.json"],
    "sql_jsonl_and_format": ["query.sql", "--jsonl", "-o", "json"],
    "sql_jsonl_no_file": ["--jsonl", "nowhere.jsonl"],
    "sql_does_not_parse": ["broken.sql"],
    "sql_does_not_parse_strict": ["broken.sql", "--strict"],
}


@pytest.mark.parametrize("name", SQL)
def test_sql(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project()
    (folder / "query.sql").write_text("select a from t")
    (folder / "empty.sql").write_text("")
    (folder / "comments.sql").write_text("-- nothing\n;\n/* at all */")
    (folder / "latin.sql").write_bytes("select 1\n-- Stra\xdfe".encode("latin-1"))
    (folder / "broken.sql").write_text("select 1 as a;\nselect from where;\nselect 2 as b")
    (folder / "list.json").write_text('["t"]')
    (folder / "texts.json").write_text('{"t": "a, b"}')
    golden(name, lineage("sql", *SQL[name]))


def test_no_sql_on_standard_input(lineage: Lineage, golden: Golden) -> None:
    golden("sql_nothing_on_stdin", lineage("sql", stdin=""))


def test_ambiguous(project: Project, lineage: Lineage, golden: Golden) -> None:
    project(twins)
    golden("ambiguous", lineage("impact", "orders"))


OUTS = {
    "out_in_no_folder": "no/such/answer.md",
    "out_is_a_folder": "target",
    "out_under_a_file": "dbt_project.yml/answer.md",
}


@pytest.mark.parametrize("name", OUTS)
def test_unwritable_out(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project()
    golden(name, lineage("impact", "orders.amount_usd", "--out", OUTS[name]))
    found = {path.name for path in folder.iterdir()} - {"cache"}
    assert found == {"dbt_project.yml", "target"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk(project: Project, lineage: Lineage, golden: Golden) -> None:
    project()
    golden("out_on_a_full_disk", lineage("impact", "orders.amount_usd", "--out", "/dev/full"))


def test_a_broken_pipe(project: Project, golden: Golden) -> None:
    words = ("impact", "raw.orders", "-o", "json", "-q")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = process("-c", PROGRAM, *words, cwd=project(), stdout=writer)
    finally:
        os.close(writer)
    golden("broken_pipe", transcript(words, done.returncode, "", done.stderr))


def in_process(code: str, folder: Path, *words: str) -> str:
    """The transcript of a run in a process of its own."""
    done = process("-c", code, *words, cwd=folder)
    text = transcript(words, done.returncode, done.stdout, done.stderr)
    return text.replace(str(folder.resolve()), "<project>")


def process(*words: str, cwd: Path, stdout: int = subprocess.PIPE) -> Any:
    """Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
