"""Spoiled SQL: tokens dropped, doubled, swapped, put in; never raised, never hung, never empty."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator

from headwater.core.edges import GapReason, NodeLineage
from headwater.core.relations import SqlContext
from headwater.sql.parse import parse_node
from tests.cases.case_files import Case, read_cases

from .parsing import reasons

SECONDS = 60  #: for one text, on a busy machine; each takes milliseconds on an idle one

_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\w+|\s+|[^\w\s]")
_SPICE = ["(", ")", ",", "*", "select", "from", "union", "with", "as", "join", "case", "end", ".", "null",
          "over", "lateral", "[", "]", "{", "}", "->", "::", ":", "in", "not", "distinct", "group by",
          "1", "''", "unnest", "pivot", "exclude", ";", "@", "$1", "?", "--", "values", "recursive"]  # fmt: skip


def mutated(sql: str, chance: random.Random) -> str:
    """The text with some tokens dropped, doubled, swapped or put in."""
    tokens = _TOKEN.findall(sql)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(tokens)) if tokens else 0
        kind = chance.randrange(5)
        if kind == 0:
            del tokens[at : at + 1]
        elif kind == 1:
            tokens[at:at] = tokens[at : at + chance.randint(1, 5)]
        elif kind == 2 and tokens:
            other = chance.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif kind == 3:
            tokens.insert(at, f" {chance.choice(_SPICE)} ")
        else:
            del tokens[at:]
    return "".join(tokens)


def spoiled(per_case: int) -> Iterator[tuple[Case, str]]:
    """Every case's SQL, spoiled the same way on every run."""
    for case in read_cases():
        chance = random.Random(case.id)
        for _ in range(per_case):
            yield case, mutated(case.sql, chance)


def _is_sound(lineage: NodeLineage) -> bool:
    return bool(lineage.columns or lineage.gaps) and len(lineage.columns) == len(
        lineage.column_flags
    )


def test_spoiled_sql_never_raises_and_never_hangs() -> None:
    for case, sql in spoiled(per_case=4):
        started = time.process_time()
        lineage = parse_node(sql, case.context())
        assert time.process_time() - started < SECONDS, sql
        assert GapReason.INTERNAL not in reasons(lineage), f"{case.id}\n{sql}\n{lineage.gaps}"
        assert _is_sound(lineage), f"{case.id}\n{sql}"
        assert sum(1 for _ in lineage.edges()) == len(lineage.links) // 6


DIALECTS = (
    "postgres duckdb snowflake bigquery redshift databricks spark trino tsql fabric clickhouse mysql "
    "athena oracle hive teradata exasol singlestore doris starrocks sqlite materialize risingwave "
    "dremio"
).split()


def test_sql_of_another_dialect_never_raises() -> None:
    """Every case in three dialects that are mostly not its own."""
    for turn, case in enumerate(read_cases()):
        for step in (0, 7, 13):
            dialect = DIALECTS[(turn + step) % len(DIALECTS)]
            lineage = parse_node(case.sql, SqlContext("query", dialect, case.schema, external=""))
            assert GapReason.INTERNAL not in reasons(lineage), f"{case.id} as {dialect}"
            assert _is_sound(lineage), f"{case.id} as {dialect}"
