"""The comment that the documentation shows: `lineage check` of a small edit of the demo.

The edit is made in the recorded manifest, in the raw and in the compiled SQL alike, so that nothing
has to be built to show it.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
RECORDED = REPO / "tooling" / "tests" / "fixtures" / "demo" / "manifest.json.gz"
#: Node, text, text instead of it: orders of testers left out, and a column renamed half-way.
EDITS = (
    ("stg_orders", "from orders\n", "from orders\n        where status <> 'test'\n"),
    ("stg_payments", "as payment_method", "as method"),
)
POLICY = """\
severity:
  - {exposure: "*", owner: "Finance*", verdict: rows, level: error}
waivers:
  - node: customer_features
    verdict: rows
    reason: the model is trained anew every night
    author: Data science
    expires: 2099-12-31
"""


def write_project(folder: Path, edits: Sequence[tuple[str, str, str]] = EDITS) -> None:
    """``base.json.gz``, the edited ``target/manifest.json`` and the policy."""
    manifest = json.loads(gzip.decompress(RECORDED.read_bytes()))
    (folder / "target").mkdir()
    (folder / "base.json.gz").write_bytes(RECORDED.read_bytes())
    for name, old, new in edits:
        entry = manifest["nodes"][f"model.headwater.{name}"]
        for key in ("raw_code", "compiled_code"):
            if old not in entry[key]:
                raise SystemExit(f"the edit of {name} does not fit its {key} any more")
            entry[key] = entry[key].replace(old, new)
    (folder / "target" / "manifest.json").write_text(json.dumps(manifest))
    (folder / "lineage.yml").write_text(POLICY)


def comment(run_in: Path) -> str:
    """The whole comment, as `lineage` writes it in a folder that `write_project` filled."""
    from doc_output import run  # noqa: PLC0415 - a circle

    words = ["check", "base.json.gz", "--policy", "lineage.yml", "-o", "markdown", "-q"]
    return run([*words, "--target-path", "target", "--project-dir", ".", "--no-cache"], run_in)


def rendered() -> str:
    """The comment of the edit."""
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder))
        return comment(Path(folder))
