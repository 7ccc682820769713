"""``sqlglot.lineage`` for every column of every n-th model: ``sqlglot_lineage.py FOLDER EVERY``.

Each model is qualified once, with the columns of what it reads (from the catalog) and nothing
else, and its scope is handed to every call: the cheapest way that its documentation offers.
Writes ``FOLDER/sqlglot_lineage.jsonl``, lines of ``[target node, column, source node, column]``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sqlglot import exp, parse_one
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

DIALECT = "postgres"


def main(folder: Path, every: int) -> None:
    """Answer, and print how many models and columns that were."""
    manifest = json.loads((folder / "target" / "manifest.json").read_text())
    catalog = json.loads((folder / "catalog.json").read_text())
    known = catalog["nodes"] | catalog["sources"]
    nodes = manifest["nodes"] | manifest["sources"]
    owners = {(n["schema"], n.get("identifier") or n["name"]): k for k, n in nodes.items()}
    models = [n for n in manifest["nodes"].values() if n["resource_type"] == "model"][::every]
    columns = failed = 0
    with (folder / "sqlglot_lineage.jsonl").open("w") as out:
        for model in models:
            schema = _schema(model, known)
            tree = qualify(parse_one(model["compiled_code"], dialect=DIALECT), schema=schema)
            scope = build_scope(tree)
            for name in known[model["unique_id"]]["columns"]:
                columns += 1
                try:
                    root = lineage(name, tree, schema=schema, scope=scope, dialect=DIALECT)
                except Exception:
                    failed += 1
                    continue
                for leaf in root.walk():
                    table = leaf.expression
                    if isinstance(table, exp.Table):
                        source = owners.get((table.db, table.name))
                        line = [model["unique_id"], name, source, leaf.name.rsplit(".", 1)[-1]]
                        out.write(json.dumps([w.strip('"') if w else w for w in line]) + "\n")
    print(json.dumps({"models": len(models), "columns": columns, "failed": failed}))


def _schema(model: dict, known: dict) -> dict:
    schema: dict = {}
    for parent in [*model["depends_on"]["nodes"], model["unique_id"]]:
        entry = known[parent]
        place = entry["metadata"]
        columns = {name: column["type"] for name, column in entry["columns"].items()}
        schema.setdefault(place["database"], {}).setdefault(place["schema"], {})[place["name"]] = (
            columns
        )
    return schema


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
