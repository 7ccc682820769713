"""parrant's answers: ``changes_parrant.py FOLDER``. Two manifests with their catalogs, JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from click.testing import CliRunner
from parrant.cli.main import impact


def main(folder: Path) -> None:
    """One line of JSON per pair."""
    for pair in sorted(folder.iterdir()):
        words = ["-f", "json", "--adapter", json.loads((pair / "pair.json").read_text())["dialect"]]
        for side, flag in (("head", ""), ("base", "base-")):
            for kind in ("manifest", "catalog"):
                words += [f"--{flag}{kind}", str(pair / side / "target" / f"{kind}.json")]
        done = CliRunner().invoke(impact, words)
        try:
            told = json.loads(done.stdout[done.stdout.index("{") :])
        except ValueError:
            print(
                json.dumps(
                    {"pair": pair.name, "failed": (done.output or repr(done.exception))[-200:]}
                )
            )
            continue
        changes = told["changeset"]["changes"]
        said = [c for c in changes if c["semantic"] != "equivalent"]
        origins = {c["model"] for c in said}
        named = {m["name"] for m in told["affected_models"]} - origins if said else set()
        print(json.dumps({
            "pair": pair.name,
            "said": bool(said),
            "words": sorted({"/".join(filter(None, (c["kind"], c["semantic"]))) for c in changes}),
            "touched": sorted(named),
        }))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
