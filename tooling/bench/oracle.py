"""Lineage against experiment: ``python tooling/bench/oracle.py`` writes ORACLE.md.

Every query runs on DuckDB over made-up rows. First everything that the engine says cannot matter is
changed (a movement is a miss, and makes the exit code 1), then every source that it names is
changed until the output it was named for has moved, or all ways of changing it are used up
("never seen to move": an edge too many, or one that these rows do not show).
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

TOOLING = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOOLING / "tests"), str(TOOLING)]

from oracle import our_cases, tpc  # noqa: E402
from oracle.generate import random_query, tables_of  # noqa: E402
from oracle.grammar import schema_of  # noqa: E402
from oracle.witness import Bench, bench, case_text, fault  # noqa: E402

from headwater.core.edges import NodeLineage  # noqa: E402
from headwater.experiment import Observed, Recipe, Source, compare, watch  # noqa: E402
from headwater.experiment.compare import Claims  # noqa: E402

DEFAULT_OUT = TOOLING / "bench" / "ORACLE.md"
SCHEMAS = 12
HEIGHT = 14
ROUNDS = 6


@dataclass(slots=True)
class Tally:
    """Counts over queries; ``wrong`` holds one text per query with a miss."""

    queries: int = 0
    rejected: int = 0
    with_rows: int = 0
    outputs: int = 0
    observed: int = 0
    missed: int = 0
    named: int = 0
    never: int = 0
    gaps: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count the other's queries too."""
        for name in ("queries", "rejected", "with_rows", "outputs", "observed", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("named", "never", "gaps"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.forms += other.forms
        self.effects += other.effects
        self.wrong += other.wrong


def main() -> None:
    """Measure, print, write; exit code 1 when an influence was missed."""
    given = _arguments()
    started = time.monotonic()
    tallies: dict[str, Tally] = {}
    with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
        for title, jobs in _suites(given):
            tallies[title] = Tally()
            for tally in pool.imap_unordered(_run, jobs):
                tallies[title].add(tally)
                for text in tally.wrong:
                    print(text, file=sys.stderr, flush=True)
    text = _markdown(tallies, given, time.monotonic() - started)
    print(text)
    if given.out is not None:
        given.out.write_text(text, encoding="utf-8")
    sys.exit(any(t.missed for t in tallies.values()))


def _suites(given: argparse.Namespace) -> Iterator[tuple[str, list[Callable[[], Tally]]]]:
    if not given.no_tpc:
        for suite, title in (("tpch", "TPC-H"), ("tpcds", "TPC-DS")):
            names = [name for name in tpc.NAMES if name.startswith(suite)]
            yield title, [partial(_tpc, name) for name in names]
        yield "our cases", [partial(_case, at) for at in range(len(our_cases.runnable()))]
    ends = range(given.seed, given.seed + given.random, 20)
    last = given.seed + given.random
    thorough = not given.misses_only
    yield "random", [partial(_random, at, min(at + 20, last), thorough) for at in ends]


def _run(job: Callable[[], Tally]) -> Tally:
    return job()


def _tpc(name: str) -> Tally:
    with tpc.bench_for(name) as (where, sql):
        return judged(where, sql, name)


def _case(at: int) -> Tally:
    case = our_cases.runnable()[at]
    with our_cases.bench_for(case) as where:
        return judged(where, case.sql, case.id)


@cache
def _benches() -> tuple[tuple[Bench, ...], ExitStack]:
    stack = ExitStack()
    made = tuple(
        stack.enter_context(bench(schema_of(tables_of(seed)), recipe=Recipe(seed, HEIGHT)))
        for seed in range(SCHEMAS)
    )
    return made, stack


def _random(start: int, end: int, thorough: bool) -> Tally:
    total = Tally()
    for seed in range(start, end):
        where = _benches()[0][seed % SCHEMAS]
        query = random_query(seed, tables_of(seed % SCHEMAS))
        if where.runs(query.sql):
            total.add(judged(where, query.sql, f"random {seed}", seed, thorough))
            total.forms += query.forms
        else:
            total.rejected += 1
    return total


def judged(where: Bench, sql: str, name: str, seed: int = 0, thorough: bool = True) -> Tally:
    """One query: misses first, then (``thorough``) what was claimed and never seen."""
    lineage, claimed = where.lineage(sql), where.claims(sql)
    tally = Tally(queries=1, outputs=len(lineage.columns), gaps=bool(lineage.gaps))
    found = where.refute(sql, seed, ROUNDS)
    wrong = fault(found, lineage)
    tally.missed = len(found.missed) or bool(wrong)
    tally.with_rows = bool(found.rows)
    if wrong:
        tally.wrong.append(f"{name}: {wrong}\n{case_text(where, sql)}")
    if found.shape_differs or found.failed or not thorough:
        return tally
    seen = Observed()
    watch(where.sandbox, sql, seen, _hoped(claimed, found.columns))
    result = compare(seen, lineage, {table: table for table in where.schema})
    tally.observed = len(seen.influences) + len(found.missed)
    tally.named, tally.never = result.named, len(result.never_seen)
    tally.effects = _effects(lineage, claimed, seen)
    return tally


def _hoped(claimed: Claims, names: Iterable[str]) -> dict[Source, frozenset[str | None]]:
    hoped: dict[Source, set[str | None]] = {source: {None} for source in claimed.rows}
    for at, name in enumerate(names):
        for source in claimed.reach(at):
            hoped.setdefault(source, set()).add(name)
    return {source: frozenset(outputs) for source, outputs in hoped.items()}


def _effects(lineage: NodeLineage, claimed: Claims, seen: Observed) -> Counter[str]:
    """``EFFECT`` and ``EFFECT never``: edges by effect, and those whose claim was never seen."""
    moved = {(i.output, i.table, (i.column or "").lower()) for i in seen.influences}
    names = dict(zip(lineage.columns, seen.columns, strict=False))
    counts: Counter[str] = Counter()
    for edge in lineage.edges():
        if edge.source.column is None:
            continue
        outputs = seen.columns if edge.target.column is None else [names[edge.target.column]]
        where = (edge.source.node, edge.source.column.lower())
        counts[edge.effect.name] += 1
        counts[f"{edge.effect.name} never"] += not any((name, *where) in moved for name in outputs)
    return counts


def _markdown(tallies: dict[str, Tally], given: argparse.Namespace, seconds: float) -> str:
    lines = [
        "# Lineage against experiment",
        "",
        f"`python tooling/bench/oracle.py --random {given.random} --seed {given.seed}`, "
        f"{seconds:,.0f} s with {given.jobs} processes.",
        "",
        "Missed: seen to move, not in the graph. Never seen: in the graph, not seen to move over "
        "these rows (the experiment proves presence, never absence).",
        "",
        "| suite | queries | returning rows | with gaps | outputs | influences seen | missed "
        "| recall | named | never seen | share |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for title, t in tallies.items():
        recall = f"{1 - t.missed / t.observed:.4f}" if t.observed else "-"
        share = f"{t.never / t.named:.1%}" if t.named else "-"
        cells = (title, t.queries, t.with_rows, t.gaps, t.outputs, t.observed, t.missed, recall)
        cells += (t.named, t.never, share)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    lines += ["", "## Edges by effect", "", "| effect | edges | never seen | share |"]
    lines += ["|---|--:|--:|--:|"]
    for effect in sorted(name for name in total.effects if " " not in name):
        count, never = total.effects[effect], total.effects[f"{effect} never"]
        lines.append(f"| {effect} | {count:,} | {never:,} | {never / count:.1%} |")
    lines += ["", "## Forms in the random queries", ""]
    forms = sorted(total.forms.items(), key=lambda item: (-item[1], item[0]))
    lines.append(", ".join(f"{form} {count:,}" for form, count in forms) + ".")
    lines += ["", f"DuckDB rejected {total.rejected:,} more random queries."]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--random", type=int, default=2400, help="random queries [2400]")
    parser.add_argument("--seed", type=int, default=0, help="the first random query [0]")
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    parser.add_argument("--no-tpc", action="store_true", help="random queries only")
    parser.add_argument("--misses-only", action="store_true", help="random: don't count claims")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="file to write [ORACLE.md]")
    return parser.parse_args()


if __name__ == "__main__":
    main()
