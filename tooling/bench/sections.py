"""What is measured, section by section: each function adds to the results."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frozen import cold, lineage, manifest_of, project, truth_of, warm, workload
from measure import Cost
from peers import PEERS, once_more, run_peer
from results import Goal, Results, Section, number, percent

if TYPE_CHECKING:
    from run import Options

# -- sections ------------------------------------------------------------------------------------


def truth(options: Options, results: Results) -> None:
    """Is the graph right? Edges that are true by construction."""
    folder = project(options, options.models)
    found = truth_of(folder)
    names = {
        "direct": "direct edges, with effect",
        "steer": "what decides one column, with effect",
        "rows": "what decides the rows, with effect",
        "origins": "raw columns behind each column, through all models",
    }
    rows = [
        (label, found[k]["true"], percent(found[k]["recall"]), percent(found[k]["precision"]))
        for k, label in names.items()
    ]
    notes = [
        f"Differs, {part}: {json.dumps(examples, ensure_ascii=False)}"
        for part, examples in found["examples"].items()
    ]
    results.sections.append(
        Section(
            f"Truth: {options.models:,} generated models, no catalog",
            f"python tooling/bench/synthetic.py --models {options.models} --out DIR\n"
            "python tooling/bench/truth_check.py DIR headwater",
            ("compared", "true", "recall", "precision"),
            rows,
            notes or ["Nothing is missing and nothing is extra."],
        )
    )
    right = all(found[k]["recall"] == found[k]["precision"] == 1 for k in names)
    worst = min(found[k][w] for k in names for w in ("recall", "precision"))
    results.goals.append(Goal("true edges found, none extra", "100 %", percent(worst), right))


def cost(options: Options, results: Results) -> None:
    """The cost of the whole graph: cold, warm, one model changed."""
    manifest = manifest_of(project(options, options.models))
    cache = options.work / "cache"
    best = _Best()
    for _ in range(options.repeat):  # in turns, so that a busy minute hits all of them
        about = best.add("limit", workload("baseline", manifest))
        best.add("start", workload("start"))
        graph = best.add("cold", cold(manifest, cache, 1))
        best.add("warm", warm(manifest, cache))
        notes = {how: best.add(how, _one_changed(manifest, options, how)) for how in _CHANGES}
    limit, first = best.costs["limit"], best.costs["cold"]
    rows: list[tuple[object, ...]] = [
        _row("limit: json.loads + parse each model once", limit, limit),
        _row("of which starting and importing sqlglot", best.costs["start"], limit),
        _row("cold, everything read and kept for later", first, limit),
        _row("warm, nothing changed", best.costs["warm"], limit),
    ]
    for how, label in _CHANGES.items():
        note = f"{notes[how]['readers']} readers, {notes[how]['parsed']} models parsed again"
        what = f"one staging model changed, {label}; {note}"
        rows.append(_row(what, best.costs[how], limit))
    shutil.rmtree(cache, ignore_errors=True)
    catalog = manifest.parent.parent / "catalog.json"
    with_catalog, _ = workload("load", manifest, "", catalog)
    rows.append(_row("cold with a catalog, nothing kept", with_catalog, limit))
    results.sections.append(
        Section(
            f"Cost: {options.models:,} models, one process",
            "python tooling/bench/run.py --only cost",
            ("work", "CPU s", "ratio", "peak MiB"),
            rows,
            [
                f"{about['bytes'] / 1e6:.1f} MB of SQL, a manifest of "
                f"{manifest.stat().st_size / 1e6:.0f} MB; the graph has {graph['vertices']:,} "
                f"columns and row sets and {graph['edges']:,} edges, all direct and indirect "
                f"ones. sqlglot {about['sqlglot']}, "
                f"{'compiled' if about['compiled'] else 'pure Python'}."
            ],
        )
    )
    results.limit("cold / limit", first.cpu / limit.cpu, 3)
    results.limit("warm / limit", best.costs["warm"].cpu / limit.cpu, 0.3)
    one = max(best.costs[how].cpu for how in _CHANGES)
    results.limit("one staging model changed / limit", one / limit.cpu, 0.5)
    name = f"peak memory, cold, {options.models:,} models"
    results.limit(name, first.peak, 400, " MiB")


_CHANGES = {
    "filter": "its logic",
    "column": "its columns (one more)",
    "layout": "its logic, and every entry written another way",
}


def _one_changed(manifest: Path, options: Options, how: str) -> tuple[Cost, dict[str, Any]]:
    """The load after a change, the cache knowing what was before."""
    copy = options.work / f"changed-{how}" / "manifest.json"
    _, about = workload("changed", manifest, copy, how)
    cache = options.work / "cache-changed"
    shutil.rmtree(cache, ignore_errors=True)
    shutil.copytree(options.work / "cache", cache)
    cost, said = workload("load", copy, cache)
    shutil.rmtree(cache, ignore_errors=True)
    return cost, {**about, **said}


class _Best:
    """The smallest figures so far, by name."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}

    def add(self, name: str, measured: tuple[Cost, dict[str, Any]]) -> dict[str, Any]:
        """Take one more run into account; gives what the run said."""
        cost, said = measured
        known = self.costs.get(name)
        self.costs[name] = cost if known is None else known.best(cost)
        return said


def _row(label: str, cost: Cost, limit: Cost) -> tuple[object, ...]:
    return label, cost.cpu, cost.cpu / limit.cpu, f"{cost.peak:.0f}"


def engine(options: Options, results: Results) -> None:
    """The SQL walk alone."""
    _, found = workload("engine", manifest_of(project(options, options.models)))
    ratio = found["walk"] / found["parse"]
    rows = [
        ("sqlglot.parse_one, every model", found["parse"], 1),
        ("parse_node, every model (it parses too)", found["walk"], ratio),
    ]
    command = "python tooling/bench/run.py --only engine"
    title = "Engine: SQL to edges, without reading and building"
    results.sections.append(Section(title, command, ("work", "CPU s", "ratio"), rows))


def commands(options: Options, results: Results) -> None:
    """What a person waits for."""
    manifest, cache = manifest_of(project(options, options.models)), options.work / "cache"
    _, about = workload("changed", manifest, options.work / "unused" / "manifest.json", "filter")
    name = about["node"].rsplit(".", 1)[1]
    columns = json.loads((manifest.parent.parent / "truth.json").read_text())["direct"]
    column = f"{name}.{next(iter(columns[about['node']]))}"
    del columns
    workload("load", manifest, cache)
    named = ["--manifest", str(manifest)]
    lineage(["impact", name, *named], cache, 1)
    rows = []
    for label, words in (
        ("lineage impact MODEL", ["impact", name, *named]),
        ("lineage impact MODEL.COLUMN", ["impact", column, *named]),
        ("lineage trace MODEL.COLUMN", ["trace", column, *named]),
        ("lineage --help", ["--help"]),
    ):
        spent = lineage(words, cache, options.repeat + 2)
        rows.append((label, spent.cpu, spent.wall, f"{spent.peak:.0f}"))
        if label.endswith("MODEL"):
            goal = f"lineage impact, warm, {options.models:,} models, wall"
            results.limit(goal, spent.wall, 0.7, " s")
        if label.endswith("--help"):
            results.limit("lineage --help, CPU", spent.cpu, 0.3, " s")
    _, said = workload("imported", "--help")
    clean = "sqlglot" not in said["imported"]
    heavy = ", ".join(said["imported"]) or "none of sqlglot, networkx, rich, msgspec, sqlite3, dbt"
    results.goals.append(Goal("lineage --help imports no sqlglot", "none", heavy, clean))
    title = f"Commands, warm, {options.models:,} models"
    command = "python tooling/bench/run.py --only commands"
    heads = ("command", "CPU s", "wall s", "peak MiB")
    note = f"MODEL has {about['readers']} direct readers. `lineage --help` imports: {heavy}."
    results.sections.append(Section(title, command, heads, rows, [note]))


def growth(options: Options, results: Results) -> None:
    """Does the cost grow with the number of models, and no faster?"""
    rows, points = [], []
    for models in options.sizes:
        manifest = manifest_of(project(options, models))
        limit, _ = workload("baseline", manifest)
        cache = options.work / "cache-growth"
        first, graph = cold(manifest, cache, 2 if models < 10_000 else 1)
        second, _ = warm(manifest, cache)
        shutil.rmtree(cache, ignore_errors=True)
        points.append((models, first.cpu))
        rows.append(
            (
                models,
                graph["vertices"],
                graph["edges"],
                first.cpu,
                f"{1000 * first.cpu / models:.2f}",
                first.cpu / limit.cpu,
                second.cpu,
                f"{first.peak:.0f}",
            )
        )
    slope = _slope(points)
    heads = ("models", "vertices", "edges", "cold CPU s", "ms a model", "cold / limit")
    results.sections.append(
        Section(
            "Growth",
            "python tooling/bench/run.py --only growth",
            (*heads, "warm CPU s", "peak MiB"),
            rows,
            [f"Cold CPU grows as models^{slope:.2f} (least squares over logarithms; 1 is linear)."],
        )
    )
    smallest, largest = min(options.sizes), max(options.sizes)
    name = f"growth from {smallest:,} to {largest:,} models: exponent (1 is linear)"
    results.limit(name, slope, 1.1)


def _slope(points: list[tuple[int, float]]) -> float:
    xs, ys = [math.log(n) for n, _ in points], [math.log(c) for _, c in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    upper = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return upper / sum((x - mean_x) ** 2 for x in xs)


def others(options: Options, results: Results) -> None:
    """The same graph by other tools, in the same run."""
    if options.peers is None:
        return
    folder = project(options, options.models)
    manifest = manifest_of(folder)
    best = _Best()
    answers = {peer.name: run_peer(peer, folder, options.models, options.peers) for peer in PEERS}
    for turn in range(options.repeat):  # in turns, so that a busy minute hits all of them
        best.add("ours", cold(manifest, options.work / "cache-peers", 1))
        best.add("alone", workload("load", manifest))
        for peer in (p for p in PEERS if turn + 1 < p.repeat):
            answers[peer.name] = once_more(peer, answers[peer.name], folder, options.peers)
    ours, alone, found = best.costs["ours"], best.costs["alone"], truth_of(folder)
    rows: list[tuple[object, ...]] = [
        _peer_row("headwater, cold", ours, 1.0, (alone, found)),
        _peer_row("headwater, cold, nothing kept", alone, 1.0, (alone, found)),
    ]
    notes = []
    for peer in PEERS:
        result = answers[peer.name]
        label = f"{result.name} {result.version}"
        if result.cost is None:
            notes.append(f"{label} did not run: {result.trouble}")
            continue
        rows.append(_peer_row(label, result.cost, result.share, (alone, result.truth)))
        if result.share < 1:
            notes.append(f"{label}: measured on {percent(result.share)} of the models, scaled up.")
        _peer_goal(results, peer.name, result.cost.cpu / result.share / alone.cpu)
    heads = ("tool", "CPU s", "x ours", "peak MiB", "direct recall", "precision")
    results.sections.append(
        Section(
            f"Other tools: the whole column graph of the same {options.models:,} models",
            "python tooling/bench/run.py --only others",
            (*heads, "origins recall", "precision"),
            rows,
            [*notes, _PEER_NOTE],
        )
    )


_PEER_NOTE = (
    "Ours has direct and indirect edges with evidence and uses no catalog; the others make direct "
    "edges, and dbt-colibri and sqlglot.lineage are given the catalog. dlin answers through all "
    "models (its `column upstream` of every model), so it is compared by origins. What only "
    "decides a value (a CASE condition) counts as neither missing nor extra for the others."
)


def _peer_row(
    label: str, cost: Cost, share: float, rest: tuple[Cost, dict[str, dict[str, float]]]
) -> tuple[object, ...]:
    alone, found = rest
    cells: list[object] = [label, cost.cpu / share, cost.cpu / share / alone.cpu]
    cells.append(f"{cost.peak:.0f}")
    for part in ("direct", "origins"):
        for figure in ("recall", "precision"):
            cells.append(percent(found[part][figure]) if part in found else "-")
    return tuple(cells)


def _peer_goal(results: Results, name: str, times: float) -> None:
    wanted = {"dbt-colibri": 5.0, "dlin-cli": 1.0}.get(name)
    if wanted is None:
        return
    text = f"≥ {number(wanted)}x ours"
    what = f"CPU of {name}, ours and theirs keeping nothing"
    results.goals.append(Goal(what, text, f"{times:.2f}x", times >= wanted))


def given(options: Options, results: Results) -> None:
    """A manifest that the caller names: cold ``lineage impact`` on its most read node."""
    if options.manifest is None:
        return
    limit, about = workload("baseline", options.manifest, repeat=options.repeat)
    _, node = workload("busiest", options.manifest)
    cache = options.work / "cache-given"
    words = ["impact", node["node"], "--manifest", str(options.manifest), "--no-cache"]
    first = lineage(words, cache, options.repeat)
    graph, _ = workload("load", options.manifest, repeat=options.repeat)
    rows = [
        _row("limit: json.loads + parse each model once", limit, limit),
        _row("the graph, one process", graph, limit),
        _row("cold lineage impact on the most read node", first, limit),
    ]
    title = f"A real manifest: {options.manifest.parent.name}, {about['models']} models"
    command = "lineage impact NODE --manifest FILE --no-cache"
    note = f"{about['bytes'] / 1e6:.2f} MB of SQL; {node['readers']} direct readers."
    heads = ("work", "CPU s", "ratio", "peak MiB")
    results.sections.append(Section(title, command, heads, rows, [note]))


SECTIONS: dict[str, Callable[[Options, Results], None]] = {
    "truth": truth,
    "cost": cost,
    "engine": engine,
    "commands": commands,
    "growth": growth,
    "others": others,
    "given": given,
}
