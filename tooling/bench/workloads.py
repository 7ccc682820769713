"""The pieces of work that are measured, each in a process of its own: ``workloads.py NAME …``.

Each prints one JSON object. What a workload does not need it does not import: its start is part of
its cost.
"""

# ruff: noqa: PLC0415 - a workload imports what it needs itself: imports are part of its cost

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def baseline(manifest: str) -> dict[str, Any]:
    """The limit: load the manifest, parse each SQL model once, keep nothing."""
    import sqlglot

    models, size, dialect = _models(manifest)
    begun = time.process_time()
    failed = 0
    for sql in models.values():
        try:
            sqlglot.parse_one(sql, dialect=dialect)
        except sqlglot.ParseError:
            failed += 1
    spent = time.process_time() - begun
    compiled = not str(sqlglot.parser.__file__ or "").endswith(".py")
    return {
        "models": len(models),
        "bytes": size,
        "failed": failed,
        "parse": spent,
        "sqlglot": version("sqlglot"),
        "compiled": compiled,
    }


def start() -> dict[str, Any]:
    """An interpreter that has imported sqlglot: what every figure of this table contains."""
    import sqlglot

    return {"sqlglot": version("sqlglot"), "file": Path(str(sqlglot.__file__)).name}


def load(manifest: str, cache: str = "", catalog: str = "") -> dict[str, Any]:
    """The whole column graph, in one process; with a cache folder, through the cache."""
    from headwater.artifacts.paths import Wanted, find_artifacts
    from headwater.pipeline import LoadOptions, load

    wanted = Wanted(manifest=Path(manifest), catalog=Path(catalog) if catalog else None)
    folder = Path(cache) if cache else None
    options = LoadOptions(use_cache=bool(cache), cache_dir=folder, jobs=1)
    loaded = load(find_artifacts(wanted), options)
    return {
        "vertices": len(loaded.graph),
        "edges": loaded.graph.edge_count,
        "parsed": loaded.stats.parsed,
        "cached": loaded.stats.cached,
        "warm": loaded.stats.from_snapshot,
    }


def engine(manifest: str) -> dict[str, Any]:
    """The SQL walk alone against the parser alone, in one process, input columns known.

    *Units*: CPU seconds without start and manifest.
    """
    import sqlglot

    from headwater.sql.parse import parse_node

    tasks = _tasks(manifest)
    begun = time.process_time()
    for sql, context in tasks:
        sqlglot.parse_one(sql, dialect=context.dialect)
    parsed = time.process_time()
    for sql, context in tasks:
        parse_node(sql, context)
    walked = time.process_time()
    return {"models": len(tasks), "parse": parsed - begun, "walk": walked - parsed}


def _tasks(manifest: str) -> list[Any]:
    """The SQL of every model with the context that the pipeline would give it."""
    from headwater.artifacts.paths import Wanted, find_artifacts
    from headwater.pipeline import LoadOptions, load
    from headwater.sql.parse import parse_node

    tasks = []

    def remembered(sql: str, context: Any) -> Any:
        if context.node.startswith("model."):
            tasks.append((sql, context))
        return parse_node(sql, context)

    paths = find_artifacts(Wanted(manifest=Path(manifest)))
    load(paths, LoadOptions(use_cache=False, jobs=1), parse=remembered)
    return tasks


def _models(manifest: str) -> tuple[dict[str, str], int, str]:
    document = json.loads(read_bytes(Path(manifest)))
    models = {
        key: node["compiled_code"]
        for key, node in document["nodes"].items()
        if node["resource_type"] == "model"
        and node.get("language", "sql") == "sql"
        and node.get("compiled_code")
    }
    return models, sum(map(len, models.values())), document["metadata"]["adapter_type"]


def read_bytes(path: Path) -> bytes:
    """A file's bytes, unpacked when it is gzipped."""
    if path.suffix == ".gz":
        import gzip

        return gzip.decompress(path.read_bytes())
    return path.read_bytes()


def busiest(manifest: str, prefix: str = "model.") -> dict[str, Any]:
    """The node that most others read."""
    document = json.loads(read_bytes(Path(manifest)))
    return _busiest(document, prefix)


def _busiest(document: dict[str, Any], prefix: str) -> dict[str, Any]:
    readers: dict[str, int] = {}
    for key, node in sorted(document["nodes"].items()):
        for parent in (
            node.get("depends_on", {}).get("nodes", ()) if key.startswith("model.") else ()
        ):
            readers[parent] = readers.get(parent, 0) + 1
    chosen = max((k for k in sorted(readers) if k.startswith(prefix)), key=readers.__getitem__)
    return {"node": chosen, "readers": readers[chosen]}


def changed(manifest: str, out: str, how: str) -> dict[str, Any]:
    """A copy of a manifest with one staging model changed: ``filter`` (logic) or ``column``.

    ``layout`` is ``filter`` in a manifest in which no entry is written as before: dbt without its
    partial parsing notes another time in each.
    """
    document = json.loads(read_bytes(Path(manifest)))
    project = document["metadata"]["project_name"]
    chosen = _busiest(document, f"model.{project}.stg_")
    node = document["nodes"][chosen["node"]]
    head, _, last = node["compiled_code"].rpartition("select * from ")
    select = "select *, 1 as added" if how == "column" else "select *"
    node["compiled_code"] = f"{head}{select} from {last}" + " where true" * (how != "column")
    for entry in (*document["nodes"].values(), *document["sources"].values()):
        entry["created_at"] += how == "layout"
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    Path(out).write_text(json.dumps(document))
    return chosen


def imported(*words: str) -> dict[str, Any]:
    """Which of the heavy packages a run of the command line imports."""
    from headwater.cli import app

    sys.argv = ["lineage", *words]
    with suppress(SystemExit):
        app()
    heavy = ("sqlglot", "networkx", "rich", "msgspec", "sqlite3", "dbt")
    print()
    return {"imported": [name for name in heavy if name in sys.modules]}


WORKLOADS = {w.__name__: w for w in (baseline, start, load, engine, busiest, changed, imported)}


if __name__ == "__main__":
    print(json.dumps(WORKLOADS[sys.argv[1]](*sys.argv[2:])))
