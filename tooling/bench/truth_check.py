"""Lineage against what is true by construction: ``truth_check.py FOLDER TOOL [OUTPUT]``.

Two comparisons. *Edges*: one model's direct edges, what only decides a column, and what decides
its rows, each with its effect. *Origins*: which raw source columns each column of each model comes
from in the end, through all models; every tool's answer can be brought to that form.
"""

# ruff: noqa: PLC0415 - the package is imported where it is used

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from synthetic import Truth, read_truth

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

Place = tuple[str, str]
Hops = dict[Place, set[Place]]  #: a column -> the columns it comes from, one model back


def score(want: set[Any], got: set[Any], allowed: set[Any] | None = None) -> dict[str, float]:
    """Recall and precision, and the counts behind them.

    ``allowed``: found pairs that do not count as wrong; what only decides a value (a CASE
    condition) is a source to some tools.
    """
    right = len(got & (want if allowed is None else allowed))
    return {
        "true": len(want),
        "found": len(got),
        "recall": len(want & got) / len(want) if want else 1.0,
        "precision": right / len(got) if got else 1.0,
    }


def true_hops(truth: Truth, steer: bool = False) -> Hops:
    """The direct edges as hops; with ``steer``, what decides a column too."""
    hops: Hops = {
        (node, column): {(r[0], r[1]) for r in refs}
        for node, columns in truth.direct.items()
        for column, refs in columns.items()
    }
    for node, columns in truth.steer.items() if steer else ():
        for column, refs in columns.items():
            hops[node, column] |= {(r[0], r[1]) for r in refs}
    return hops


def origins(hops: Hops) -> set[tuple[Place, Place]]:
    """Pairs of a model's column and a source's column that it comes from in the end."""
    known: dict[Place, frozenset[Place]] = {}
    for start in hops:
        stack = [start]
        while stack:
            place = stack[-1]
            if place in known:
                stack.pop()
                continue
            known_before = [p for p in hops.get(place, ()) if p not in known and p in hops]
            waiting = [p for p in known_before if p not in stack]
            if waiting:
                stack.extend(waiting)
                continue
            found: set[Place] = set()
            for before in hops.get(place, ()):
                if before[0].startswith("source."):
                    found.add(before)
                else:
                    found |= known.get(before, frozenset())
            known[place] = frozenset(found)
            stack.pop()
    return {(place, origin) for place in hops for origin in known[place]}


# -- headwater -----------------------------------------------------------------------------------


def headwater(folder: Path) -> dict[str, Any]:
    """Ours, from the lineage of every model."""
    from headwater.artifacts.paths import Wanted, find_artifacts
    from headwater.core.edges import Effect
    from headwater.pipeline import LoadOptions, load

    manifest = folder / "target" / "manifest.json"
    paths = find_artifacts(Wanted(manifest=manifest))
    loaded = load(paths, LoadOptions(use_cache=False, jobs=1))
    names = [e.name for e in Effect]
    truth = read_truth(folder)
    want: dict[str, set[Any]] = {"direct": set(), "steer": set(), "rows": set()}
    got: dict[str, set[Any]] = {"direct": set(), "steer": set(), "rows": set()}
    hops: Hops = {}
    for node in truth.direct:
        for part in ("direct", "steer"):
            for column, refs in getattr(truth, part)[node].items():
                want[part] |= {(*ref[:2], node, column, ref[2]) for ref in refs}
        want["rows"] |= {(*ref[:2], node, None, ref[2]) for ref in truth.rows[node]}
        lineage = loaded.lineages[node]
        hops |= {(node, column): set() for column in lineage.columns}
        for edge in lineage.edges():
            if edge.source.column is None:
                continue
            column = edge.target.column
            part = "rows" if column is None else "direct" if edge.effect.is_direct else "steer"
            got[part].add((*edge.source, node, column, names[edge.effect]))
            if part == "direct":
                hops[node, str(column)].add((edge.source.node, str(edge.source.column)))
    found: dict[str, Any] = {part: score(want[part], got[part]) for part in want}
    found["origins"] = score(origins(true_hops(truth)), origins(hops))
    found["examples"] = {
        part: {
            "missing": sorted(map(str, want[part] - got[part]))[:3],
            "extra": sorted(map(str, got[part] - want[part]))[:3],
        }
        for part in want
        if want[part] != got[part]
    }
    return found


# -- peers ---------------------------------------------------------------------------------------


def colibri(folder: Path, output: Path) -> dict[str, Any]:
    """dbt-colibri's JSON: one edge per pair of columns, all direct."""
    edges = json.loads((output / "colibri-manifest.json").read_text())["lineage"]["edges"]
    pairs = (
        ((e["target"], e["targetColumn"]), (e["source"], e["sourceColumn"]))
        for e in edges
        if e.get("sourceColumn") and e.get("targetColumn")
    )
    return _of_hops(folder, pairs)


def dlin(folder: Path, output: Path) -> dict[str, Any]:
    """dlin's JSON: for each column of each model, the raw columns with the way between."""
    truth = read_truth(folder)
    ids = {node.rsplit(".", 1)[1]: node for node in truth.direct}
    got = set()
    for model in json.loads(output.read_text()):
        for column in model["columns"]:
            for source in column["sources"]:
                table = source["table"].rsplit(".", 1)[-1]
                if table and table not in ids:
                    place = (f"source.synthetic.raw.{table}", source["column"])
                    got.add(((ids[model["model"]], column["column"]), place))
    allowed = origins(true_hops(truth, steer=True))
    return {"origins": score(origins(true_hops(truth)), got, allowed)}


def pairs(folder: Path, output: Path) -> dict[str, Any]:
    """Lines of ``[target node, column, source node, column]``; only the models that occur."""
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    return _of_hops(folder, (((r[0], r[1]), (r[2], r[3])) for r in rows))


def _of_hops(folder: Path, edges: Iterable[tuple[Place, Place]]) -> dict[str, Any]:
    truth = read_truth(folder)
    found = set(edges)
    models = {target[0] for target, _ in found}
    want, allowed = true_hops(truth), true_hops(truth, steer=True)
    some = {place: sources for place, sources in want.items() if place[0] in models}
    hops: Hops = {place: set() for place in want}
    for target, source in found:
        hops.setdefault(target, set()).add(source)
    complete = len(models) >= 0.8 * len(truth.direct)
    asked = _pairs(want if complete else some)
    result: dict[str, Any] = {"direct": score(asked, found, _pairs(allowed))}
    if complete:
        result["origins"] = score(origins(want), origins(hops), origins(allowed))
    return result


def _pairs(hops: Hops) -> set[tuple[Place, Place]]:
    return {(target, source) for target, sources in hops.items() for source in sources}


TOOLS: dict[str, Callable[..., dict[str, Any]]] = {
    "headwater": headwater,
    "colibri": colibri,
    "dlin": dlin,
    "pairs": pairs,
}


if __name__ == "__main__":
    print(json.dumps(TOOLS[sys.argv[2]](Path(sys.argv[1]), *map(Path, sys.argv[3:]))))
