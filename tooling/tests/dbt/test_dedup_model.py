"""dedup() and coalesce_duplicates() held against short models, on Postgres and on DuckDB.

Random rows with NULLs, ties and exact repeats, and random arguments. Whatever the order in which the
rows are stored, the same rows must come back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import hypothesis.strategies as st
import psycopg2
import pytest
from hypothesis import HealthCheck, event, given, settings
from projects import connect
from rendering import FakeRelation, Package

COLUMNS = ("Key", "order", "moment", "rank", "amount", "document")
TYPES = {
    "postgres": ("integer", "text", "timestamp without time zone", "integer", "numeric", "json"),
    "duckdb": ("integer", "varchar", "timestamp", "integer", "double", "json"),
}
MOMENTS = [None, "2026-01-01 00:00:00", "2026-01-02 00:00:00"]
Row = tuple[Any, ...]
Run = Callable[[str], list[Row]]

rows_of_any_kind = st.lists(
    st.tuples(
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from(MOMENTS),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, "1.5", "2"]),
        st.sampled_from([None, '{"a": 1}', "[2]"]),
    ),
    max_size=9,
)


@dataclass(frozen=True)
class Call:
    """The arguments of a call."""

    key: tuple[str, ...]
    order_by: tuple[str, ...]
    tie_breaker: tuple[str, ...]
    keep: str
    nulls: str
    null_keys: str

    def options(self) -> dict[str, Any]:
        """As the macro takes them."""
        chosen = {"nulls": self.nulls, "null_keys": self.null_keys}
        return chosen | {"order_by": list(self.order_by), "tie_breaker": list(self.tie_breaker)}


calls = st.builds(
    Call,
    key=st.sampled_from([("Key",), ("order", "Key"), ("document",)]),
    order_by=st.sampled_from([(), ("moment",), ("moment desc",), ("rank desc", "moment")]),
    tie_breaker=st.sampled_from([(), ("amount",), ("rank desc",)]),
    keep=st.sampled_from(["last", "first", "all_ties", "error"]),
    nulls=st.sampled_from(["last", "first"]),
    null_keys=st.sampled_from(["group", "keep_all", "drop"]),
)


class TieError(Exception):
    """Where the model refuses a tie."""


def groups(rows: Sequence[Row], call: Call) -> Iterator[list[Row]]:
    """The rows of each key; a row that stands alone by `keep_all` is a key of its own."""
    found: dict[Any, list[Row]] = {}
    for number, row in enumerate(rows):
        key: tuple[Any, ...] = tuple(row[COLUMNS.index(name)] for name in call.key)
        if None in key and call.null_keys == "drop":
            continue
        alone = None in key and call.null_keys == "keep_all"
        found.setdefault((key, number) if alone else key, []).append(row)
    yield from found.values()


def tiers(rows: Sequence[Row], call: Call) -> list[list[Row]]:
    """The rows of a key, best first; those that tie stand together."""
    remaining = [list(rows)]
    for item in (*call.order_by, *call.tie_breaker):
        name, _, direction = item.partition(" ")
        place = COLUMNS.index(name)
        remaining = [
            part
            for tied in remaining
            for part in _split(tied, place, (direction == "desc") != (call.keep != "first"), call)
        ]
    return remaining


def _split(rows: list[Row], place: int, descending: bool, call: Call) -> list[list[Row]]:
    value = float if COLUMNS[place] == "amount" else lambda given: given
    present = sorted({value(r[place]) for r in rows if r[place] is not None}, reverse=descending)
    parts = [[r for r in rows if r[place] is not None and value(r[place]) == v] for v in present]
    without = [r for r in rows if r[place] is None]
    ordered = [*parts, without] if call.nulls == "last" else [without, *parts]
    return [part for part in ordered if part]


def model(rows: Sequence[Row], call: Call) -> list[list[Row]]:
    """For each row that must come back, those that it may be.

    Raises: TieError where the call does not stand one.
    """
    answer: list[list[Row]] = []
    for group in groups(rows, call):
        best = tiers(group, call)[0]
        if call.keep == "error" and len(best) > 1:
            raise TieError
        answer += [[row] for row in best] if call.keep == "all_ties" else [best]
    return answer


def merged(rows: Sequence[Row], call: Call) -> list[list[set[Any]]]:
    """For each key, what each column may hold: the values of the best tier that has any."""
    answer = []
    for group in groups(rows, call):
        ranked = tiers(group, call)
        merged_row = []
        for place in range(len(COLUMNS)):
            present = [{r[place] for r in tier} - {None} for tier in ranked]
            merged_row.append(next((found for found in present if found), {None}))
        answer.append(merged_row)
    return answer


def relation_of(rows: Sequence[Row], engine: str) -> FakeRelation:
    """A relation that holds these rows in this order, with the columns' types known."""
    casts = ", ".join(
        f'cast("{n}" as {t}) as "{n}"' for n, t in zip(COLUMNS, TYPES[engine], strict=True)
    )
    values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows or [(None,) * 6])
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    where = "" if rows else " where false"
    text = f"(select {casts} from (values {values}) as v ({names}){where}) as given"
    return FakeRelation(text, tuple(zip(COLUMNS, TYPES[engine], strict=True)))


def _literal(value: Any) -> str:
    return "null" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def _plain(row: Row) -> Row:
    """A row as it comes back, in the form in which it was given."""
    key, order, moment, rank, amount, document = row
    given_amount = {None: None, 1.5: "1.5", 2.0: "2"}[None if amount is None else float(amount)]
    given_document = (
        document if document is None or isinstance(document, str) else json.dumps(document)
    )
    return key, order, None if moment is None else str(moment), rank, given_amount, given_document


def matches(answer: list[Row], wanted: list[list[Row]]) -> bool:
    """Whether each row of the answer is one of those that one place of the model allows."""
    waiting = sorted(wanted, key=len)
    for row in answer:
        found = next((allowed for allowed in waiting if row in allowed), None)
        if found is None:
            return False
        waiting.remove(found)
    return not waiting


@pytest.fixture(scope="module")
def engines(postgres: Mapping[str, str]) -> Iterator[dict[str, Run]]:
    """How to run a select on each engine."""
    server = connect(postgres)
    server.autocommit = True
    cursor, local = server.cursor(), duckdb.connect()

    def on_postgres(sql: str) -> list[Row]:
        cursor.execute(sql)
        return list(map(_plain, cursor.fetchall()))

    yield {
        "postgres": on_postgres,
        "duckdb": lambda sql: list(map(_plain, local.execute(sql).fetchall())),
    }
    server.close()
    local.close()


PACKAGES = {engine: Package(engine) for engine in TYPES}
examples = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("engine", TYPES)
@pytest.mark.parametrize("form", ["relation", "select"])
@examples
@given(rows=rows_of_any_kind, call=calls, data=st.data())
def test_dedup_equals_the_model_in_any_order(
    engines: dict[str, Run],
    engine: str,
    form: str,
    rows: list[Row],
    call: Call,
    data: st.DataObject,
) -> None:
    if form == "select" and "document" in call.key:
        call = Call(("Key",), *list(vars(call).values())[1:])
    answers = []
    for stored in (rows, data.draw(st.permutations(rows))):
        relation = relation_of(stored, engine)
        given = relation if form == "relation" else f"select * from {relation}"
        sql = PACKAGES[engine].sql("dedup", given, list(call.key), keep=call.keep, **call.options())
        try:
            wanted = model(stored, call)
        except TieError:
            event("a tie is refused")
            with pytest.raises(
                (psycopg2.Error, duckdb.Error), match=r"headwater\.dedup\(\): \d+ rows"
            ):
                engines[engine](sql)
            return
        answer = engines[engine](sql)
        assert matches(answer, wanted), sql
        answers.append(sorted(map(str, answer)))
    event(f"{call.keep}, {len(answers[0])} of {len(rows)} rows")
    assert answers[0] == answers[1]


@pytest.mark.parametrize("engine", TYPES)
@examples
@given(rows=rows_of_any_kind, call=calls, data=st.data())
def test_coalesce_duplicates_equals_the_model_in_any_order(
    engines: dict[str, Run], engine: str, rows: list[Row], call: Call, data: st.DataObject
) -> None:
    call = Call(*list(vars(call).values())[:3], "last", call.nulls, call.null_keys)
    answers = []
    for stored in (rows, data.draw(st.permutations(rows))):
        sql = PACKAGES[engine].sql(
            "coalesce_duplicates", relation_of(stored, engine), list(call.key), **call.options()
        )
        answer = engines[engine](sql)
        waiting = merged(stored, call)
        assert len(answer) == len(waiting)
        for row in answer:
            found = [w for w in waiting if all(v in may for v, may in zip(row, w, strict=True))]
            assert found, (row, sql)
            waiting.remove(found[0])
        answers.append(sorted(map(str, answer)))
    assert answers[0] == answers[1]
