"""Random edits of one model, and everything that many readers of it then feel, executed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from headwater.core.changes import Verdict
from headwater.core.columns import ColumnRef
from headwater.questions.diff import Diff

from .asking import ask
from .execution import FILLS, Fill, Seen, observe
from .mutations import EDITS, edited
from .pair_files import Pair, Part, read_pairs

MODEL = ("model", "m")
COLUMNS = {"id", "k", "a", "b", "s"}


@cache
def _world() -> Pair:
    """The pair whose readers are asked."""
    return next(p for p in read_pairs() if p.id == "hops: other rows")


@cache
def _queries() -> tuple[tuple[str, dict[tuple[str, str], Part]], ...]:
    """Queries for ``m`` from the other pairs, with the inputs they read."""
    found = {}
    for pair in read_pairs():
        parts = pair.side("base")
        inputs = {key: part for key, part in parts.items() if key[0] == "input"}
        sql = parts[MODEL].sql if MODEL in parts else ""
        if pair.dialect == "duckdb" and not pair.cannot and sql and "main." not in sql:
            found.setdefault(sql, inputs)
    return tuple(found.items())


def trials(
    seeds: Sequence[int], fills: Sequence[Fill] = FILLS
) -> Iterator[tuple[Pair, dict[str, Seen], Diff]]:
    """Edits after which ``m`` can still be built, with what was seen and what was said."""
    for seed in seeds:
        rng = Random(f"hops {seed}")
        sql, inputs = _queries()[seed % len(_queries())]
        made = edited(sql, rng, EDITS)
        if made is None:
            continue
        both = {**_world().both, **inputs}
        sides = [{MODEL: Part("model", "m", "m", text)} for text in made[:2]]
        pair = replace(
            _world(), file=f"seed {seed}", name=made[2], both=both, base=sides[0], head=sides[1]
        )
        try:
            seen = observe(pair, fills)
        except AssertionError:
            continue  # a query without the columns that the readers name
        if not seen["m"].broken:
            yield pair, seen, ask(pair)


def dangers(pair: Pair, seen: dict[str, Seen], answer: Diff) -> Iterator[str]:
    """Every reader that was shown safer than it is."""
    for name, here in seen.items():
        node = f"model.shop.{name}"
        if name == "m" or here.skipped or (not here.runs and not here.broken):
            continue
        worst = answer.propagation.worst(node)
        if here.broken:
            if worst < Verdict.UNKNOWN:
                yield f"{pair.id}: {name} fails ({here.broken}), said {worst.words}"
            continue
        if worst >= Verdict.ROWS:
            continue
        told = [(c, answer.propagation.verdict(ColumnRef(node, c))) for c in here.common]
        values = {c for c, verdict in told if verdict >= Verdict.VALUE}
        if here.rows_moved(values):
            what = "rows" if here.count_moved() else "something"
            yield f"{pair.id}: {name}: {what} moves beyond {sorted(values)}, said {worst.words}"
