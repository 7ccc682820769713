"""Lineage is true: whatever is seen to move when a source changes is in the graph.

Each test runs SQL on DuckDB over made-up rows, changes the columns that the engine says cannot
matter, and fails when an output moves all the same. The message holds the counter-example, shrunk,
in the form of a case file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from headwater.experiment import Recipe

from . import our_cases, tpc
from .generate import random_query, tables_of
from .grammar import schema_of
from .witness import Bench, bench, case_text, fault

SCHEMAS = 3
BATCHES = 10
BATCH = 28  #: DuckDB rejects about one in ten
OUR_PARTS = 2


@pytest.fixture(scope="module")
def benches() -> Iterator[list[Bench]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(bench(schema_of(tables_of(seed)), recipe=Recipe(seed, 14)))
            for seed in range(SCHEMAS)
        ]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_queries(batch: int, benches: list[Bench]) -> None:
    valid = 0
    seeds = range(batch * BATCH, (batch + 1) * BATCH)
    for seed in seeds:
        where = benches[seed % SCHEMAS]
        made = random_query(seed, tables_of(seed % SCHEMAS))
        if not where.runs(made.sql):
            continue
        valid += 1
        found = where.refute(made.sql, seed)
        wrong = fault(found, where.lineage(made.sql))
        assert not wrong, f"seed {seed}: {wrong}\n\n{case_text(where, made.sql)}"
    assert valid > len(seeds) / 2


@pytest.mark.parametrize("name", tpc.NAMES)
def test_tpc(name: str) -> None:
    with tpc.bench_for(name) as (where, sql):
        lineage = where.lineage(sql)
        assert not lineage.gaps
        found = where.refute(sql, rounds=3)
        assert not found.failed
        assert not fault(found, lineage)


@pytest.mark.parametrize("part", range(OUR_PARTS))
def test_our_cases(part: int) -> None:
    cases = our_cases.runnable()
    assert len(cases) > 60
    for case in cases[part::OUR_PARTS]:
        with our_cases.bench_for(case) as where:
            wrong = fault(where.refute(case.sql, rounds=6), where.lineage(case.sql))
            assert not wrong, f"{case.id}: {wrong}\n\n{case.sql}"


def test_every_form_is_met() -> None:
    forms: Counter[str] = Counter()
    for seed in range(BATCHES * BATCH):
        forms += random_query(seed, tables_of(seed % SCHEMAS)).forms
    rare = {form for form in FORMS if forms[form] < 1}
    assert not rare


FORMS = (
    "join", "inner join", "left join", "right join", "full outer join", "cross join", "comma join",
    "semi join", "anti join", "asof join", "natural join", "join using", "left join using",
    "right join using", "full join using", "lateral", "unnest of a column",
    "unnest of expressions", "unnest in select", "values", "derived", "derived.column_aliases",
    "cte", "cte shadows a table", "cte.column_aliases", "recursive cte", "with inside with",
    "union", "union all", "intersect", "intersect all", "except", "except all", "union by name",
    "set operation, ordered and limited", "from first", "pivot statement", "pivot clause",
    "unpivot statement", "unpivot clause", "subquery.scalar", "subquery.count", "subquery.exists",
    "subquery.in", "subquery.any", "subquery.correlated", "subquery.scalar with limit",
    "correlated", "aggregate", "aggregates without group by", "filter", "having", "distinct",
    "distinct on", "group by keys", "group by all", "group by rollup", "group by cube",
    "group by grouping sets", "grouping()", "window.ranking", "window.aggregate", "window.frame",
    "window.filter", "named window", "qualify", "lateral alias offered", "star", "star exclude",
    "star replace", "star rename", "table star", "columns()", "struct", "json", "list", "lambda",
    "list aggregate", "string_agg", "order by, limit", "repeated output name",
)  # fmt: skip
