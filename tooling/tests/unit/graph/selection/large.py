"""A project of several hundred nodes, and selections of it: the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SEED, MODELS, CASES = 7, 240, 300
LAYERS = ("raw", "base", "staging", "core", "marts")
TAGS = ("nightly", "hourly", "pii", "finance", "slow_run", "a-b", "old.one")
PROJECT = """\
name: large
version: "1.0"
config-version: 2
profile: large
models:
  large:
    staging: {+materialized: view, +tags: [nightly]}
    marts: {+materialized: table, +group: finance, +meta: {owner: {team: core}}}
"""


class Model(NamedTuple):
    name: str
    layer: str
    parents: tuple[str, ...]


def write_project(folder: Path, earlier: bool = False) -> None:
    """A project named ``large``; ``earlier`` has some models with other SQL or settings."""
    models = _models(random.Random(SEED))
    (folder / "dbt_project.yml").write_text(PROJECT)
    for number, model in enumerate(models):
        inner = "inner" if number % 5 == 0 else ""
        place = folder / "models" / model.layer / inner
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{model.name}.sql").write_text(_sql(number, model, earlier))
    for number in range(0 if earlier else 8):
        text = f"select id from {{{{ ref('{models[-number * 5].name}') }}}}"
        (folder / "models" / "marts" / f"marts_new_{number}.sql").write_text(text)
    schema = [*_properties(models, earlier), *_others(models)]
    (folder / "models" / "schema.yml").write_text("\n".join(schema) + "\n")
    (folder / "tests").mkdir(exist_ok=True)
    for number in range(12):
        two = models[number * 7].name, models[number * 11].name
        text = " union all ".join(f"select id from {{{{ ref('{name}') }}}}" for name in two)
        (folder / "tests" / f"agree_{number}.sql").write_text(text)


def _models(rng: random.Random) -> list[Model]:
    found: list[Model] = []
    for number in range(MODELS):
        layer = LAYERS[number * len(LAYERS) // MODELS]
        name = f"{layer}_{rng.choice(['orders', 'users', 'items'])}_{number}"
        near = [model.name for model in found[-60:]]
        found.append(Model(name, layer, tuple(rng.sample(near, min(len(near), number % 4)))))
    return found


def _sql(number: int, model: Model, earlier: bool) -> str:
    config = []
    if number % 4 == 0:
        config.append(f"tags=['{TAGS[number % len(TAGS)]}', '{TAGS[number % 3]}']")
    if number % 6 == 1 and model.layer not in ("raw", "marts"):
        config.append("materialized='ephemeral'" if number % 12 == 1 else "materialized='table'")
    if number % 18 == 9:
        config.append(f"meta={{'keeper': '{'ann' if earlier else 'bo'}'}}")
    if number % 40 == 5:
        config.append(f"schema='{'old' if earlier else 'new'}_place'")
    head = f"{{{{ config({', '.join(config)}) }}}}\n" if config else ""
    sources = [f"{{{{ ref('{name}') }}}}" for name in model.parents]
    sources = sources or [f"{{{{ source('s{number % 4}', 't{number % 3}') }}}}"]
    extra = " where id > 1" if earlier and number % 23 == 7 else ""
    return head + " union all ".join(f"select id, name from {source}" for source in sources) + extra


def _properties(models: Sequence[Model], earlier: bool) -> Iterator[str]:
    yield "version: 2\ngroups:\n  - {name: finance, owner: {name: Finance}}\nmodels:"
    for number, model in enumerate(models):
        if number % 2:
            continue
        yield f"  - name: {model.name}\n    columns:\n      - name: id"
        tests = ["unique", "not_null"] if number % 3 else ["unique"]
        yield f"        data_tests: [{', '.join(tests)}]"
        if number % 10 == 4 and model.parents:
            warn = "error" if earlier else "warn"
            yield "      - name: name\n        data_tests:\n          - relationships:"
            yield f"              arguments: {{to: ref('{model.parents[0]}'), field: name}}"
            yield f"              config: {{severity: {warn}, tags: [slow_run]}}"


def _others(models: Sequence[Model]) -> Iterator[str]:
    yield "sources:"
    for number in range(4):
        tables = ", ".join(f"{{name: t{table}}}" for table in range(3))
        yield f"  - {{name: s{number}, config: {{tags: [{TAGS[number]}]}}, tables: [{tables}]}}"
    yield "exposures:"
    for number in range(15):
        refs = ", ".join(f"\"ref('{models[-1 - number * 3 - k].name}')\"" for k in range(3))
        yield f"  - {{name: board_{number}, type: dashboard, owner: {{name: Team {number % 3}}},"
        yield f"     config: {{tags: [{TAGS[number % 7]}]}}, depends_on: [{refs}]}}"


# -- selections ----------------------------------------------------------------------------------


def cases() -> list[list[str]]:
    """Random selections in the words of the command line, without ``--select``."""
    rng = random.Random(SEED)
    names = [model.name for model in _models(random.Random(SEED))]
    return [_case(rng, names) for _ in range(CASES)]


def _case(rng: random.Random, names: Sequence[str]) -> list[str]:
    words = [_expression(rng, names) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    if rng.random() < 0.3:
        words += ["--exclude", *(_expression(rng, names) for _ in range(rng.choice([1, 2])))]
    if rng.random() < 0.25:
        words += ["--indirect-selection", rng.choice(["cautious", "buildable", "empty"])]
    return words


def _expression(rng: random.Random, names: Sequence[str]) -> str:
    parts = [_criterion(rng, names) for _ in range(rng.choice([1, 1, 1, 1, 2, 2, 3]))]
    return ",".join(parts)


def _criterion(rng: random.Random, names: Sequence[str]) -> str:
    text = _value(rng, names)
    if rng.random() < 0.12:
        return f"@{text}"
    before = rng.choice(["", "", "", "+", "1+", "2+", "0+"])
    after = rng.choice(["", "", "", "+", "+1", "+3", "+0"])
    return f"{before}{text}{after}"


def _value(rng: random.Random, names: Sequence[str]) -> str:
    name, layer, tag = rng.choice(names), rng.choice(LAYERS), rng.choice(TAGS)
    choices = (
        name,
        layer,
        f"{layer}.inner",
        f"large.{layer}.inner.{name}",
        f"large.{layer}.*",
        f"large.*.{name}",
        f"path:models/{layer}",
        f"path:models/*/inner/{layer}_*.sql",
        f"models/**/{layer}_u*",
        f"file:{name}.sql",
        f"{name}.sql",
        f"file:{layer}_*_?0*",
        f"tag:{tag}",
        f"tag:{tag[:2]}*",
        f"source:s{rng.randrange(5)}",
        f"source:s{rng.randrange(4)}.t{rng.randrange(4)}",
        f"source:large.*.t{rng.randrange(3)}",
        f"exposure:board_{rng.randrange(16)}",
        "exposure:board_1*",
        "group:finance",
        "access:protected",
        f"config.materialized:{rng.choice(['view', 'table', 'ephemeral'])}",
        "config.meta.keeper:bo",
        "config.meta.owner.team:core",
        f"config.severity:{rng.choice(['warn', 'error'])}",
        f"config.tags:{tag}",
        f"resource_type:{rng.choice(['model', 'test', 'source', 'exposure'])}",
        f"test_type:{rng.choice(['generic', 'singular', 'data', 'schema'])}",
        f"test_name:{rng.choice(['unique', 'relationships', 'not_*'])}",
        f"agree_{rng.randrange(13)}",
        f"state:{rng.choice(['new', 'old', 'modified', 'unmodified'])}",
        f"state:modified.{rng.choice(['body', 'configs', 'relation', 'macros', 'contract'])}",
        f"result:{rng.choice(['success', 'error', 'fail', 'skipped'])}",
        "package:large",
        "version:none",
    )
    return rng.choice(choices)
