"""dbt-plan's answers: ``changes_dbt_plan.py FOLDER``. A project's compiled SQL, twice."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from pathlib import Path

from dbt_plan.cli import main as dbt_plan

PROJECT = 'name: shop\nversion: "1.0"\nprofile: shop\n'


def main(folder: Path) -> None:
    """One line of JSON per pair."""
    for pair in sorted(folder.iterdir()):
        dialect = json.loads((pair / "pair.json").read_text())["dialect"]
        project = pair / "project"
        _put(project, pair / "base")
        _run("snapshot", "--project-dir", str(project))
        _put(project, pair / "head")
        words = ("check", "--project-dir", str(project), "--format", "json", "--dialect", dialect)
        text = _run(*words)
        shutil.rmtree(project)
        try:
            told = json.loads(text[text.index("{") :])
        except ValueError:
            print(json.dumps({"pair": pair.name, "failed": text[-200:]}))
            continue
        models = told["models"]
        findings = [
            f
            for f in told["findings"]
            if f["severity"] != "safe" and f["rule_code"] != "input.refusal"
        ]
        touched = {(f["affected"] or {}).get("name") for f in findings} - {
            m["model_name"] for m in models
        }
        said = [
            m for m in models if m["safety"] != "safe" or m["columns_added"] or m["columns_removed"]
        ]
        print(json.dumps({
            "pair": pair.name,
            "said": bool(said or findings),
            "words": sorted({m["safety"] for m in models} | {f["rule_code"] for f in findings}),
            "touched": sorted(name for name in touched if name),
        }))  # fmt: skip


def _put(project: Path, side: Path) -> None:
    """The files that dbt would have left: sources of the models, compiled SQL, the manifest."""
    for part in ("models", "target/compiled/shop/models"):
        shutil.rmtree(project / part, ignore_errors=True)
        (project / part).mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT)
    text = (side / "target" / "manifest.json").read_text()
    (project / "target" / "manifest.json").write_text(text)
    for node in json.loads(text)["nodes"].values():
        if node["resource_type"] == "model":
            (project / "models" / node["path"]).write_text(node["raw_code"])
            compiled = project / "target" / "compiled" / "shop" / "models" / node["path"]
            compiled.write_text(node["compiled_code"])


def _run(*words: str) -> str:
    out = io.StringIO()
    sys.argv = ["dbt-plan", *words]
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        contextlib.suppress(SystemExit),
    ):
        dbt_plan()
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
