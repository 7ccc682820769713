"""Generate dbt projects of any size as artifacts, with their true column lineage beside them.

    python tooling/bench/synthetic.py --models 5000 --out DIR

writes ``DIR/target/manifest.json``, ``DIR/catalog.json``, ``DIR/truth.json``, ``DIR/names.txt``
(the models) and a ``dbt_project.yml`` (some tools want one). The same arguments give the same
bytes. See `Truth` for the shape of ``truth.json``. The catalog is not beside the manifest, so that
it is only used when it is asked for.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from manifest_writer import Written, build_catalog, build_manifest, relation_name
from sql_shapes import Maker, Shape, raw_columns
from sql_truth import DIRECT, Offer

PROJECT = "synthetic"
COLUMNS = 20
ENTITIES = "orders customers payments shipments products invoices sessions events tickets".split()

#: Layer -> (share of all models, shapes with weights, fewest and most parents by shape).
LAYERS: dict[str, tuple[float, dict[str, int]]] = {
    "staging": (0.30, {"staging": 9, "deduplicated": 1}),
    "intermediate": (
        0.42,
        {
            "joined": 30,
            "aggregated": 15,
            "windowed": 10,
            "chained": 15,
            "unioned": 8,
            "starred": 8,
            "incremental": 6,
            "semijoined": 5,
            "deduplicated": 5,
        },
    ),
    "marts": (
        0.28,
        {"joined": 35, "aggregated": 20, "chained": 20, "starred": 10, "incremental": 15},
    ),
}
_PREFIX = {"staging": "stg", "intermediate": "int", "marts": "mart"}
_SEVERAL = {"joined": (2, 4), "aggregated": (1, 3), "chained": (2, 3), "unioned": (2, 2)}
_SEVERAL |= {"starred": (1, 3), "semijoined": (2, 2)}
WINDOW = 400  #: how far back a model looks for its parents: lineage stays local, depth grows


@dataclass(slots=True)
class Truth:
    """What is true by construction.

    ``direct``: ``{target node: {column: {"node.column" key: effect word}}}`` as lists of
    ``[source node, source column, effect]``; ``steer`` the same for what only decides one column;
    ``rows``: ``{target node: [[source node, source column, effect], …]}``.
    """

    direct: dict[str, dict[str, list[list[str]]]] = field(default_factory=dict)
    steer: dict[str, dict[str, list[list[str]]]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)

    def add(self, node: str, shape: Shape) -> None:
        """Keep the lineage of one model."""
        columns = shape.table.columns
        self.direct[node] = {
            name: [[*ref, DIRECT[strength]] for ref, strength in sorted(value.direct.items())]
            for name, value in columns.items()
        }
        self.steer[node] = {
            name: sorted([*ref, effect] for ref, effect in value.steer)
            for name, value in columns.items()
        }
        self.rows[node] = sorted([*ref, effect] for ref, effect in shape.table.rows)


@dataclass(slots=True)
class Synthetic:
    """A generated project: nodes in an order where each comes after what it reads."""

    nodes: list[Written]
    truth: Truth
    shapes: dict[str, int]


def make_project(models: int, seed: int = 1, columns: int = COLUMNS) -> Synthetic:
    """A project of that many models (sources are extra), layered, about ``columns`` wide."""
    rng = random.Random(seed)
    maker = Maker(rng, columns)
    made = Synthetic([], Truth(), {})
    offers: dict[str, list[Offer]] = {"source": []}
    counts = {layer: int(models * share) for layer, (share, _) in LAYERS.items()}
    counts["marts"] += models - sum(counts.values())
    for at in range(counts["staging"]):
        entity = f"{ENTITIES[at % len(ENTITIES)]}_{at}"
        kinds = raw_columns(rng, entity, columns)
        node = f"source.{PROJECT}.raw.{entity}"
        offers["source"].append(Offer(node, relation_name(node), kinds))
        made.nodes.append(Written(node, "staging", kinds))
    for layer, (_, weights) in LAYERS.items():
        offers[layer] = []
        for at in range(counts[layer]):
            shape = rng.choices(list(weights), list(weights.values()))[0]
            _add_model(made, maker, offers, (layer, at, shape))
    return made


def _add_model(
    made: Synthetic, maker: Maker, offers: dict[str, list[Offer]], which: tuple[str, int, str]
) -> None:
    layer, at, kind = which
    parents = _parents(maker.rng, offers, which)
    entity = next((e for e in ENTITIES if e in parents[0].name), ENTITIES[0])
    node = f"model.{PROJECT}.{_PREFIX[layer]}_{entity}_{at}"
    own = Offer(node, relation_name(node), {})
    shape: Shape = getattr(maker, kind)(parents, own)
    kinds = {name: value.kind for name, value in shape.table.columns.items()}
    offers[layer].append(Offer(node, own.relation, kinds))
    made.truth.add(node, shape)
    made.shapes[kind] = made.shapes.get(kind, 0) + 1
    how = "incremental" if kind == "incremental" else "view" if layer == "staging" else "table"
    ids = tuple(dict.fromkeys(p.node for p in parents))
    documented = layer == "marts" or at % 3 == 0
    made.nodes.append(Written(node, layer, kinds, ids, shape.sql, how, documented))


def _parents(
    rng: random.Random, offers: dict[str, list[Offer]], which: tuple[str, int, str]
) -> Sequence[Offer]:
    layer, at, kind = which
    if layer == "staging":
        return [offers["source"][at]]
    fewest, most = _SEVERAL.get(kind, (1, 1))
    pool = offers["staging"] if layer == "intermediate" else offers["intermediate"]
    place = int(len(pool) * at / max(1, int(len(pool) * 1.2)))
    near = pool[max(0, place - WINDOW // 2) : place + WINDOW // 2] or pool
    if layer == "intermediate":
        near = near + offers["intermediate"][-WINDOW // 2 :]
    else:
        near = near + offers["marts"][-WINDOW // 8 :]
    return rng.sample(near, min(len(near), rng.randint(fewest, most)))


def write_project(made: Synthetic, folder: Path, catalog: bool = True) -> Path:
    """Write the artifacts; gives the path of the manifest."""
    target = folder / "target"
    target.mkdir(parents=True, exist_ok=True)
    manifest = target / "manifest.json"
    _write(manifest, build_manifest(PROJECT, made.nodes))
    if catalog:
        _write(folder / "catalog.json", build_catalog(PROJECT, made.nodes))
    truth = made.truth
    parts = {"direct": truth.direct, "steer": truth.steer, "rows": truth.rows}
    _write(folder / "truth.json", parts)
    models = [n.id.rsplit(".", 1)[1] for n in made.nodes if n.sql is not None]
    (folder / "names.txt").write_text("\n".join(models) + "\n")
    (folder / "dbt_project.yml").write_text(
        f"name: {PROJECT}\nversion: '1.0'\nprofile: {PROJECT}\nmodel-paths: [models]\n"
    )
    return manifest


def read_truth(folder: Path) -> Truth:
    """The truth that `write_project` wrote."""
    return Truth(**json.loads((folder / "truth.json").read_text()))


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))


def main() -> None:
    """Write one project, and say what is in it."""
    parser = argparse.ArgumentParser(description="Generate a dbt project with known lineage.")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--columns", type=int, default=COLUMNS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--no-catalog", action="store_true")
    options = parser.parse_args()
    made = make_project(options.models, options.seed, options.columns)
    manifest = write_project(made, options.out, catalog=not options.no_catalog)
    models = [n for n in made.nodes if n.sql is not None]
    sql = sum(len(n.sql or "") for n in models)
    edges = sum(len(refs) for node in made.truth.direct.values() for refs in node.values())
    print(f"{manifest}: {manifest.stat().st_size / 1e6:.1f} MB")
    print(
        f"{len(models)} models, {sum(len(n.columns) for n in models)} columns, {sql / 1e6:.1f} MB"
    )
    print(f"{edges} direct edges; shapes {dict(sorted(made.shapes.items()))}")


if __name__ == "__main__":
    main()
